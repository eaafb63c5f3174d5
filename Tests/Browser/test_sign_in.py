"""Signing in by OpenID Connect, against providers of other people's making (providers.py)."""

import base64
import hashlib
import os
import pathlib
import re
import subprocess
from urllib.parse import parse_qs, urlsplit

import providers
import pytest
import serving
from providers import TODAY, rows
from test_every_page import jumps, violations, wrong_when_narrow
from visitor import Visitor

STAFF, CITIZEN = "Ansat i kommunen", "Borger eller virksomhed (MitID)"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with providers.served(tmp_path_factory.mktemp("sign-in")) as site:
        yield site


@pytest.fixture
def visit(site, browser):
    """Makes visitors, each with a browser window of their own, who are not signed in."""
    opened = []

    def make(**settings):
        context = browser.new_context(base_url=site.url, locale="da-DK", **settings)
        context.set_default_timeout(15_000)
        opened.append(context)
        return Visitor(context.new_page())

    yield make
    for context in opened:
        context.close()


def go(visitor, door, person, path="/sign-in"):
    """Goes by a door to its provider, and says there who one is."""
    visitor.open(path)
    visitor.page.get_by_role("link", name=door).click()
    return authorize(visitor, person)


def authorize(visitor, person):
    visitor.page.get_by_role("button", name=person, exact=True).click()
    visitor.page.wait_for_url(re.compile(r"^http://127\.0\.0\.1"))
    visitor.check_page()
    return visitor


def header(visitor):
    return visitor.page.locator("header").inner_text()


def session(visitor):
    return [c for c in visitor.page.context.cookies() if c["name"] == "session" and c["value"]]


def assert_nobody(visitor):
    assert session(visitor) == []
    visitor.open("/")
    assert visitor.page.locator('form[action="/sign-out"]').count() == 0


def test_staff_sign_in_with_a_role(visit, site):
    manager = go(visit(), STAFF, "lone")
    assert manager.page.url == site.url + "/"
    assert "Lone Leder (lol) · Leder" in header(manager)
    cookie, = session(manager)
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax" and cookie["expires"] == -1
    manager.open("/citizens?q=hansen&purpose=Sagsbehandling")
    # There is no demonstration, and nothing says that there is.
    assert manager.page.locator(".demo").count() == 0


def test_a_caseworker_has_the_citizens_of_the_registration(visit):
    caseworker = go(visit(), STAFF, "kim", path="/day")
    assert caseworker.page.url.split("?")[0].endswith("/day"), "the visit began at my day"
    assert "Kim Prøve (kim) · Sagsbehandler" in header(caseworker)


def test_the_code_was_exchanged_with_proof_and_password(visit, site):
    visitor = visit()
    seen = []
    visitor.page.on("request", lambda request: seen.append(request.url))
    go(visitor, STAFF, "lone")
    asked = [url for url in seen if url.startswith(site.own.issuer + "/oauth2/authorize")][0]
    asked = parse_qs(urlsplit(asked).query)
    password, form = site.own.app.tokens[-1]
    digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["code_challenge"] == [base64.urlsafe_b64encode(digest).decode().rstrip("=")]
    assert password.startswith("Basic ")
    assert site.own.secret in base64.b64decode(password[6:]).decode()
    assert site.own.secret not in site.log.read_text(encoding="utf-8")


def test_a_citizen_signs_in_by_cpr_and_sees_no_page_of_the_staffs(visit, site):
    citizen = go(visit(), CITIZEN, "borger")
    assert urlsplit(citizen.page.url).path == "/me"
    assert site.citizen in header(citizen) and "Fra Loginnet" not in header(citizen)
    for path in ("/citizens", "/citizens/1630000005?purpose=Sagsbehandling", "/day", "/companies",
                 "/orders", "/lookups", "/packs/2025Q3", "/agreements", "/pool"):  # fmt: skip
        citizen.open(path, expect=403)
    citizen.open("/law")
    log = rows(
        site.database,
        "SELECT actor, role FROM lookup WHERE subject = 'signIn " + TODAY + "' ORDER BY number",
    )
    assert ("borgeren", "citizen") in log
    citizen.open("/")
    assert urlsplit(citizen.page.url).path == "/me"


def test_an_employer_signs_in_by_cvr_and_for_the_company(visit, site):
    employer = go(visit(), CITIZEN, "virksomhed")
    assert f"Eva Ejer, {site.company}" in header(employer)
    assert site.citizen not in header(employer)
    assert employer.page.url.endswith("/door")
    employer.open("/companies", expect=403)
    employer.open("/indicators")


def test_somebody_who_thinks_better_of_it_is_told_so_and_may_try_again(visit):
    visitor = visit().open("/day")
    assert "/sign-in" in visitor.page.url, "my day asks who it is"
    visitor.page.get_by_role("link", name=STAFF).click()
    visitor.page.get_by_role("button", name="Deny").click()
    visitor.page.wait_for_url("**/sign-in/cancelled*")
    visitor.check_page()
    assert visitor.heading() == "Du afbrød"
    assert session(visitor) == []
    visitor.page.get_by_role("link", name=STAFF).click()
    authorize(visitor, "kim")
    assert visitor.page.url.split("?")[0].endswith("/day")


@pytest.mark.parametrize(
    "door, person, heading, said",
    [
        (CITIZEN, "fremmed", "Vi kan ikke finde dig her", "Ring til jobcentret"),
        (CITIZEN, "ukendt", "Vi kan ikke finde dig her", "Ring til jobcentret"),
        (CITIZEN, "tom", "Det lykkedes ikke at logge ind", "referencen"),
        (STAFF, "vikar", "Du har ingen rolle her", "it-vagten, 44 52 00 00"),
        (STAFF, "forhen", "Du står ikke som ansat her i dag", "it-vagten"),
    ],
)
def test_one_who_is_nobody_here_is_told_why(visit, site, door, person, heading, said):
    visitor = go(visit(), door, person)
    assert visitor.heading() == heading
    assert said in visitor.main_text()
    assert "code=" not in visitor.page.url and "state=" not in visitor.page.url
    if said == "referencen":
        reference = visitor.page.url.split("reference=")[1]
        assert reference in visitor.main_text()
        line, = [text for text in site.log.read_text().splitlines() if reference in text]
        assert "claimMissing" in line and "Uden Numre" not in line
    if person == "vikar":
        assert "job-sagsbehandler" in visitor.main_text()
    assert_nobody(visitor)


def test_citizen_and_company_that_are_unknown_are_told_the_same(visit):
    told = {go(visit(), CITIZEN, person).main_text() for person in ("fremmed", "ukendt")}
    assert len(told) == 1


def returning(visitor, door, person):
    """Signs in, and gives the address that the provider sent the visitor back to."""
    seen = []
    visitor.page.on("request", lambda request: seen.append(request.url))
    go(visitor, door, person)
    return [url for url in seen if "/sign-in/back?" in url][0]


def test_a_return_can_be_used_once_and_in_its_own_browser(visit):
    visitor = visit()
    address = returning(visitor, STAFF, "lone")
    assert session(visitor)
    visitor.page.context.clear_cookies(name="session")
    visitor.open(address)
    assert visitor.heading() == "Du skal begynde forfra"
    assert_nobody(visitor)


def test_a_return_with_another_state_or_in_another_browser_is_none(visit):
    victim = visit().open("/sign-in")
    # Somebody signs in as themself, stops on the way back, and gives the address to others.
    other = visit().open("/sign-in")
    other.page.get_by_role("link", name=STAFF).click()
    other.page.get_by_role("button", name="lone", exact=True).wait_for()
    address = other.page.request.post(
        other.page.url, form={"sub": "lone"}, max_redirects=0
    ).headers["location"]
    victim.open(address)
    assert victim.heading() == "Du skal begynde forfra"
    assert_nobody(victim)
    other.open(re.sub("state=[^&]+", "state=forkert", address))
    assert other.heading() == "Du skal begynde forfra"
    assert session(other) == []
    # What was tried before did not use it up for the one it belongs to.
    other.open(address)
    assert "Lone Leder" in header(other)


def test_one_provider_does_not_answer_for_the_other(visit, site):
    visitor = visit().open("/sign-in")
    visitor.page.get_by_role("link", name=STAFF).click()
    visitor.page.get_by_role("button", name="lone", exact=True).wait_for()
    address = visitor.page.request.post(
        visitor.page.url, form={"sub": "lone"}, max_redirects=0
    ).headers["location"]
    visitor.open(f"{address}&iss={site.broker.issuer}")
    assert visitor.heading() == "Det lykkedes ikke at logge ind"
    assert_nobody(visitor)


def test_signing_in_gives_another_session(visit):
    visitor = visit()
    go(visitor, CITIZEN, "borger")
    first, = session(visitor)
    go(visitor, STAFF, "lone")
    second, = session(visitor)
    assert first["value"] != second["value"]
    assert "Lone Leder" in header(visitor)


@pytest.mark.parametrize("door, person, go_on", [
    (STAFF, "lone", "Log også ud af kommunens login"), (CITIZEN, "borger", "Log også ud af MitID"),
])  # fmt: skip
def test_signing_out_ends_ours_and_leads_to_the_providers(visit, site, door, person, go_on):
    visitor = go(visit(), door, person)
    kept, = session(visitor)
    visitor.page.get_by_role("button", name="Log ud").click()
    visitor.check_page()
    assert visitor.heading() == "Du er logget ud"
    assert violations(visitor) == []
    assert session(visitor) == []
    visitor.page.get_by_role("button", name=go_on).click()
    visitor.page.wait_for_url("**/oauth2/end_session")
    said = visitor.page.content()
    assert "id_token_hint" in said and "eyJ" in said, "the provider was not told whose session"
    visitor.page.get_by_role("button", name="End session").click()
    visitor.page.wait_for_url(site.url + "/signed-out")
    visitor.check_page()
    assert visitor.heading() == "Du er logget ud"
    # The session is over on the server, not only forgotten by the browser.
    visitor.page.context.add_cookies([kept])
    visitor.open("/")
    assert visitor.page.locator('form[action="/sign-out"]').count() == 0


def test_what_was_typed_survives_that_the_session_ended(visit, site):
    number, = rows(
        site.database,
        "SELECT a.citizen FROM assignment a JOIN residence r ON r.citizen = a.citizen "
        "WHERE a.superseded_by IS NULL AND a.valid_to IS NULL AND r.superseded_by IS NULL "
        "AND r.valid_to IS NULL LIMIT 1",
    )[0]
    caseworker = go(visit(), STAFF, "kim")
    form = f"/citizens/{number}/message?purpose=Sagsbehandling"
    page = caseworker.open(form).page
    page.locator("#subject").fill("Vigtig besked")
    page.locator("#text").fill("Det her må ikke gå tabt.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Gem beskeden").click()
    caseworker.check_page()
    assert "Log ind igen" in caseworker.heading()
    assert "Det her må ikke gå tabt." in caseworker.main_text()
    assert violations(caseworker) == []
    # One who thinks better of it has it still.
    page.get_by_role("button", name=STAFF).click()
    page.get_by_role("button", name="Deny").click()
    page.wait_for_url("**/sign-in/back*")
    caseworker.check_page()
    assert "Det her må ikke gå tabt." in caseworker.main_text()
    page.get_by_role("button", name=STAFF).click()
    authorize(caseworker, "kim")
    assert page.url.split("?")[0] == site.url + form.split("?")[0]
    assert page.locator("#text").input_value() == "Det her må ikke gå tabt."


def invite(citizen, site, may):
    """The citizen lets somebody help; the path of the link to give away."""
    page = citizen.open("/me/do/record?id=own-representative").page
    page.locator("#f-person").fill("Rut Hjælper")
    page.locator(f"#f-may-{may}").check()
    page.locator("#f-agreed").check()
    page.get_by_role("button", name="Send skemaet").click()
    citizen.check_page()
    assert "Kvittering nr." in page.locator("#receipt").inner_text()
    link = re.findall(re.escape(site.url) + r"(/represent/[0-9a-f-]+)", citizen.main_text())
    return link[0]


def accept(helper, link):
    helper.open(link)
    assert violations(helper) == [] and jumps(helper) == [] and wrong_when_narrow(helper) == []
    helper.page.get_by_role("link", name="Log ind").first.click()
    helper.page.get_by_role("link", name=CITIZEN).click()
    return authorize(helper, "fremmed")


def test_somebody_without_a_case_helps_a_citizen_until_the_citizen_stops_it(visit, site):
    citizen = go(visit(), CITIZEN, "borger")
    link = invite(citizen, site, "represent")
    # Whoever has the link sees who asks, and nothing of the case before signing in.
    helper = accept(visit(), link)
    assert urlsplit(helper.page.url).path == link
    assert helper.heading() == f"Vil du hjælpe {site.citizen}?"
    assert violations(helper) == []
    helper.open("/me", expect=403)
    helper.open(link).page.get_by_role("button", name="Sig ja").click()
    helper.check_page()
    assert "Sæt kryds" in helper.page.locator(".errors").inner_text()
    helper.page.locator("#agreed").check()
    before = session(helper)[0]["value"]
    helper.page.get_by_role("button", name="Sig ja").click()
    helper.check_page()
    assert urlsplit(helper.page.url).path == "/me"
    assert session(helper)[0]["value"] != before, "the session is another one"
    banner = helper.page.locator(".acts-for")
    assert site.citizen in banner.inner_text() and "Rut Hjælper" in header(helper)
    assert violations(helper) == [] and wrong_when_narrow(helper) == []
    # Writes in the case by name; what is personal stays the citizen's.
    page = helper.open("/me/do/message").page
    page.locator("#subject").fill("På vegne af")
    page.locator("#text").fill("Vi vil gerne høre, hvad næste skridt er.")
    page.get_by_role("button", name="Send beskeden").click()
    helper.check_page()
    written = page.locator("#receipt").inner_text()
    assert "Kvittering nr." in written
    for path in ("/me/adviser", "/me/everything.jsonl", "/me/do/ask-adviser",
                 "/me/do/record?id=own-representative"):  # fmt: skip
        helper.open(path, expect=403)
        assert "kun borgeren selv" in helper.main_text()
    more = helper.open("/me/more").main_text()
    assert "Borgerrådgiveren" not in more and "Skemaer" in more
    # The citizen sees the look, and whose it was.
    seen = citizen.open("/me/who-looked").main_text()
    assert "Rut Hjælper for borgeren" in seen and "Hjælper borgeren" in seen
    forms = citizen.open("/me/forms").main_text()
    assert "Frida Fremmed sagde ja" in forms and "/represent/" not in forms
    # Signed in anew, without the link.
    again = go(visit(), CITIZEN, "fremmed")
    assert urlsplit(again.page.url).path == "/me"
    assert site.citizen in again.page.locator(".acts-for").inner_text()
    # The link is used up for everybody else.
    other = go(visit(), CITIZEN, "borger")
    other.open(link, expect=404)
    assert other.heading() == "Linket fører ikke til noget"
    # Stopped: with the next press it is over.
    citizen.page.get_by_role("link", name="Stop det").first.click()
    citizen.check_page()
    assert violations(citizen) == []
    citizen.page.get_by_role("button", name="Stop hjælpen").click()
    citizen.check_page()
    assert "Kvittering nr." in citizen.page.locator("#receipt").inner_text()
    assert "Stoppet" in citizen.main_text()
    assert citizen.page.get_by_role("link", name="Stop det").count() == 0
    helper.open("/me/plan", expect=403)
    assert "har stoppet din adgang" in helper.main_text()
    late = go(visit(), CITIZEN, "fremmed")
    assert late.heading() == "Vi kan ikke finde dig her"


def test_who_may_only_see_writes_nothing(visit, site):
    citizen = go(visit(), CITIZEN, "borger")
    helper = accept(visit(), invite(citizen, site, "see"))
    helper.page.locator("#agreed").check()
    helper.page.get_by_role("button", name="Sig ja").click()
    helper.check_page()
    helper.open("/me/plan")
    helper.open("/me/do/message", expect=403)
    assert "ikke skrive i den" in helper.main_text()


PAGES = [
    "/sign-in", "/signed-out", "/sign-in/cancelled", "/sign-in/too-old", "/sign-in/unknown",
    "/sign-in/failed?reference=1a2b3c", "/sign-in/no-role", "/sign-in/not-employed",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_sign_in(visit, path):
    """Nothing that axe finds, no heading left out, no sideways scrolling, in each language."""
    visitor = visit().open(path)
    assert violations(visitor) == []
    assert jumps(visitor) == []
    assert wrong_when_narrow(visitor) == []
    danish = visitor.main_text()
    visitor.open(path + ("&" if "?" in path else "?") + "lang=en")
    assert visitor.language() == "en"
    english = visitor.main_text()
    assert english != danish
    visitor.open(path + ("&" if "?" in path else "?") + "lang=uk")
    # What only staff are told is in English.
    if "no-role" not in path and "not-employed" not in path:
        assert visitor.heading() not in english + danish


def test_it_all_works_without_script(visit):
    assert "Lone Leder" in header(go(visit(java_script_enabled=False), STAFF, "lone"))


def test_what_is_wrong_in_the_file_is_told_with_its_place(tmp_path):
    binary = str(serving.ROOT / os.environ.get("FODFAESTE_BINARY", ".build/debug/fodfaeste"))
    file = pathlib.Path(tmp_path) / "sign-in.yaml"
    file.write_text("format: 1\ncitizen: {issuer: http://x.example, client: c}\n", encoding="utf-8")

    def serve(*more):
        return subprocess.run(
            [binary, "serve", "--database", str(tmp_path / "none.sqlite"), *more],
            cwd=serving.ROOT, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    told = serve("--sign-in", str(file), "--site", "http://127.0.0.1:1", "--lang", "en")
    assert told.returncode == 1
    assert ":2:19: citizen.issuer: " in told.stderr
    assert 'The field "claims" is missing.' in told.stderr
    assert serve("--sign-in", str(file)).returncode == 64, "it needs the site's address"
    for wrong in ("http://job.example", "https://job.example/", "job.example"):
        assert serve("--sign-in", str(file), "--site", wrong).returncode == 64, wrong
    assert serve("--sign-in", str(file), "--site", "https://x", "--demo").returncode == 64
