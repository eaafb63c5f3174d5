"""A citizen on a phone: the next conversation, the plan, messages, jobs, forms and letters, with
script and without, and by keyboard alone."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess

import pytest
import serving

BINARY = serving.ROOT / os.environ.get("FODFAESTE_BINARY", ".build/debug/fodfaeste")
PHONE = {"width": 375, "height": 740}
# Whom the demonstration's two decisions are about.
DECIDED = 1630000103


@pytest.fixture
def citizen(visit):
    """A citizen with much to show, on a phone; `script=False` has none."""

    def make(script=True, number=None):
        visitor = visit(None, viewport=PHONE, java_script_enabled=script)
        visitor.open("/sign-in")
        if number:
            visitor.page.locator("#citizen").fill(str(number))
        return visitor.sign_in_here("citizen")

    return make


def send(visitor):
    """Presses the form's first button."""
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.check_page()
    return visitor.main_text()


def fits(visitor):
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def caseworker_of(visitor, visit):
    """The case number of the citizen, and a caseworker who looks at the case. The number is out
    of the citizen's own file, as others may have the same name."""
    everything = visitor.page.request.get("/me/everything.jsonl").text()
    number = json.loads(everything.splitlines()[0])["citizen"]
    return number, visit("caseworker").open(f"/citizens/{number}?purpose=Sagsbehandling")


@pytest.mark.parametrize("script", [True, False])
def test_what_happens_next_and_a_time_of_ones_own(citizen, script):
    me = citizen(script)
    assert me.page.url.endswith("/me")
    assert "Din næste samtale er" in me.heading() or "ingen aftalt samtale" in me.heading()
    fits(me)
    for part in ["Min plan", "Samtaler", "Beskeder", "Job", "Mere"]:
        me.page.locator("nav.main a", has_text=part).first.click()
        me.check_page()
        fits(me)
    me.open("/me/conversations")
    if me.page.locator("main a[href*='/me/do/move']").count():
        me.follow("/me/do/move")
        before = me.page.locator("main .lead").inner_text()
        me.page.locator("input[name=slot]").last.check()
        chosen = me.page.locator("input[name=slot]:checked + label").inner_text()
        assert chosen not in before
    else:
        me.follow("/me/do/book")
        me.page.locator("input[name=slot]").first.check()
        chosen = me.page.locator("input[name=slot]:checked + label").inner_text()
    me.page.locator("input[name=form]").last.check()
    body = me.page.evaluate(
        "new URLSearchParams(new FormData(document.querySelector('main form'))).toString()")
    form = me.page.url
    text = send(me)
    assert "Kvittering" in text and chosen in text
    # The same form sent again shows the first receipt; one opened anew is told that it was
    # booked. Nothing is booked twice.
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    again = me.page.request.post(form, data=body, headers=headers)
    assert again.url == me.page.url and "Kvittering" in again.text()
    anew = me.page.request.post(
        form, data=re.sub("_once=[^&]*&?", "", body), headers=headers)
    assert anew.status == 400 and "allerede" in anew.text()
    me.open("/me/conversations")
    assert me.page.locator("main h3", has_text=chosen).count() == 1


def test_a_call_off_with_a_ground(citizen):
    me = citizen()
    me.open("/me/conversations")
    if not me.page.locator("main a[href*='/me/do/call-off']").count():
        me.follow("/me/do/book")
        me.page.locator("input[name=slot]").first.check()
        send(me)
    me.follow("/me/do/call-off")
    assert "Vælg" in send(me), "no ground was chosen"
    me.page.locator("#ground-otherReasonable").check()
    assert "words" in me.page.content() and "/me/do/call-off" in me.page.url
    send(me)
    assert "/me/do/call-off" in me.page.url, "something else takes words"
    me.page.locator("#words").fill("Jeg skal til jobsamtale <b>& mere</b>")
    text = send(me)
    assert "Kvittering" in text and "Aflyst" in text
    assert "Jeg skal til jobsamtale <b>& mere</b>" in me.open("/me/messages").main_text()


def test_a_plan_of_ones_own(citizen, visit):
    me = citizen(script=False)
    number, caseworker = caseworker_of(me, visit)
    me.open("/me/plan").follow("/me/do/plan-line")
    assert "/me/do/plan-line" in me.page.url
    send(me)
    assert me.page.locator(".error").count(), "an empty proposal is told"
    me.page.locator("#text").fill("Jeg vil prøve at køre lastbil")
    assert "Dit forslag. Sagsbehandleren har ikke svaret endnu." in send(me)
    caseworker.open(f"/citizens/{number}/plan?purpose=Sagsbehandling")
    assert "Jeg vil prøve at køre lastbil" in caseworker.main_text()
    # The caseworker proposes, and the citizen disagrees in the own words.
    caseworker.open(f"/citizens/{number}/plan-line?purpose=Sagsbehandling")
    caseworker.page.locator("#text").fill("Du starter i praktik på et lager")
    caseworker.page.locator("#author-caseworker").check()
    caseworker.page.locator("#stance-proposed").check()
    send(caseworker)
    me.open("/me")
    assert "foreslår noget til din plan" in me.main_text()
    me.follow("/me/do/plan-answer")
    me.page.locator("#stance-disputed").check()
    send(me)
    assert me.page.locator("#words-error").count(), "it asks for the words"
    me.page.locator("#words").fill("Jeg har været på lager, og ryggen siger nej")
    assert "Uenighed siden" in send(me)
    caseworker.open(f"/citizens/{number}/post?purpose=Sagsbehandling")
    assert "ryggen siger nej" in caseworker.main_text()
    caseworker.open(f"/citizens/{number}/plan?purpose=Sagsbehandling")
    assert "Uenighed" in caseworker.main_text()
    assert "Sagsbehandler (prøve)" in me.open("/me/who-looked").main_text()


def test_a_message_is_promised_an_answer(citizen):
    me = citizen()
    me.open("/me/messages").follow("/me/do/message")
    promised = re.search(r"senest (\d\d\.\d\d\.\d{4})", me.main_text())[1]
    me.page.locator("#subject").fill("Må jeg holde ferie?")
    me.page.locator("#text").fill("Jeg vil gerne have fri i uge 7.")
    text = send(me)
    assert f"Du får svar senest {promised}" in me.heading() and "uge 7" in text
    huge = "æ" * 11_000
    me.open("/me/do/message")
    me.page.locator("#subject").fill("Langt")
    me.page.locator("#text").evaluate("(field, text) => field.value = text", huge)
    send(me)
    assert me.page.locator("#text-error").count()
    assert me.page.locator("#text").input_value() == huge, "what was typed is kept"


def test_the_front_page_tells_what_has_come_and_what_comes(citizen, visit):
    me = citizen(script=False, number=DECIDED)
    number, caseworker = caseworker_of(me, visit)
    text = me.open("/me").main_text()
    decision = me.page.locator("main h3", has_text="Afslag på kursus i regnskab")
    assert decision.count() == 1 and "Du kan klage til og med 19.01.2026" in text
    assert "Afslag på mentor" not in text, "the time to complain is over"
    later = text[text.index("Det sker senere"):]
    assert re.search(r"det skal \w+ sørge for\s+Senest \d\d\.\d\d\.2026", later), later
    why = me.page.locator("main section", has_text="Det sker senere").locator("details").first
    assert "Sat i gang af" not in later, "why is folded away"
    why.locator("summary").click()
    assert "Sat i gang af" in why.inner_text()
    # A message stands there until the citizen has answered.
    caseworker.open(f"/citizens/{number}/message?purpose=Sagsbehandling")
    caseworker.page.locator("#ends").select_option(label="Til borgeren")
    caseworker.page.locator("#subject").fill("Nyt om praktikken")
    caseworker.page.locator("#text").fill("Du kan begynde i uge 3.")
    send(caseworker)
    assert "Ny besked 31.12.2025: Nyt om praktikken" in me.open("/me").main_text()
    me.page.locator("main a[href*='/me/do/message?id=']").click()
    me.check_page()
    me.page.locator("#text").fill("Tak, det passer fint.")
    send(me)
    assert "Ny besked" not in me.open("/me").main_text()


def test_a_job_that_is_wanted(citizen, visit):
    me = citizen(script=False)
    number, _ = caseworker_of(me, visit)
    consultant = visit("companyConsultant").open("/orders")
    order = consultant.page.locator("main table a[href^='/orders/']").first.get_attribute("href")
    title = consultant.page.locator("main table a[href^='/orders/']").first.inner_text()
    me.open("/me/do/profile")
    me.page.locator("#wishes").fill(title.split(",")[0])
    me.page.locator("#postcode").fill("2730")
    assert "Gemt: Jobprofil, 31.12.2025. Kvittering nr." in send(me)
    # Of how many points depends on what the employer has told.
    assert re.search(r"\d+ af \d+ point", me.main_text()), me.main_text()
    me.page.locator(f"main a[href*='/me/do/choice?id={order.split('/')[2]}']").first.click()
    me.check_page()
    me.page.locator("#answer-wants").check()
    assert "Kvittering" in send(me)
    name = me.page.locator("header strong").inner_text()
    assert name in consultant.open(order).main_text(), "the consultant sees who wants it"
    me.open("/me/career")
    fits(me)
    me.open("/me/job-log").follow("/me/do/record")
    me.page.locator("#f-title").fill("Chauffør")
    me.page.locator("#f-workplace").fill("Prøve Transport")
    me.page.locator("#f-how-visit").check()
    me.page.locator("#f-outcome-waiting").check()
    assert "Chauffør, Prøve Transport" in send(me)
    assert "Jobsøgninger i denne måned: 1" in me.heading()


def test_by_keyboard_alone(citizen):
    me = citizen()
    me.open("/me")
    page = me.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "/me/do/message":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/do/message")
    page.locator("#main").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("Hej")
    page.keyboard.press("Tab")
    page.keyboard.type("Hvornår ringer I?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/messages?receipt=*")
    assert "Hvornår ringer I?" in me.main_text()


def test_staff_and_citizens_keep_to_their_own_pages(citizen, visit):
    me = citizen()
    number = caseworker_of(me, visit)[0]
    for path in [f"/citizens/{number}?purpose=Sagsbehandling", "/citizens?q=a&purpose=x",
                 "/day", "/orders", "/companies", "/pool", "/lookups", "/mailings", "/events",
                 "/due?purpose=Sagsbehandling", f"/citizens/{number}/plan?purpose=Sagsbehandling"]:
        answer = me.page.goto(path)
        assert answer.status in (403, 404), f"{path}: {answer.status}"
    for role in ["caseworker", "manager", "administrator"]:
        assert visit(role).page.goto("/me").status == 403
    assert me.page.goto("/me/letter?receipt=1").status == 404, "not the citizen's"
    assert me.open("/").page.url.endswith("/me")


def test_in_ukrainian(citizen):
    me = citizen()
    for path in ["/me", "/me/plan", "/me/conversations", "/me/messages", "/me/jobs", "/me/more"]:
        me.page.goto(path + "?lang=uk")
        assert me.language() == "uk"
        assert re.search("[а-щьюяєіїґ]{4}", me.main_text().lower()), path


def test_a_cv_of_ones_own(citizen, tmp_path):
    me = citizen(script=False)
    me.open("/me/jobs").follow("/me/cv")
    me.page.locator("main a", has_text="Tilføj et job").click()
    me.page.locator("#name").fill("Prøve <i>Transport</i>")
    me.page.locator("#startDate").fill("sidste år")
    send(me)
    assert me.page.locator("#position-error, #startDate-error").count()
    assert me.page.locator("#name").input_value() == "Prøve <i>Transport</i>"
    me.page.locator("#position").fill("Chauffør")
    me.page.locator("#startDate").fill("2019-04")
    text = send(me)
    assert "Kvittering" in text and "Chauffør" in text and "Prøve <i>Transport</i>" in text
    with me.page.expect_download() as waiting:
        me.page.locator("main a[href='/me/cv.json']").click()
    file = waiting.value.path()
    cv = json.loads(open(file, encoding="utf-8").read())
    assert cv["work"][0]["startDate"] == "2019-04"
    # Another program's CV replaces it; one that is wrong is told where, and nothing is lost.
    me.open("/me/cv").follow("/me/do/cv-file")
    me.page.locator("#pasted").fill('{"work":[{"position":5}]}')
    send(me)
    assert "work.1.position" in me.page.locator("#pasted-error").inner_text()
    assert "5" in me.page.locator("#pasted").input_value()
    cv["work"][0]["position"] = "Buschauffør"
    mine = tmp_path / "mit.json"
    mine.write_text(json.dumps(cv), encoding="utf-8")
    me.page.locator("#pasted").fill("")
    me.page.locator("#file").set_input_files(mine)
    assert "Buschauffør" in send(me)
    me.page.locator("main a[href*='cv-entry?id=work%200']").click()
    me.page.locator("button[value=remove]").click()
    me.check_page()
    assert "Buschauffør" not in me.main_text()


def test_everything_in_one_file_comes_out_of_another_store_the_same(citizen, tmp_path):
    me = citizen()
    me.open("/me/do/message")
    me.page.locator("#subject").fill("Til arkivet")
    me.page.locator("#text").fill("æøå \"citat\" og\nto linjer")
    send(me)
    answer = me.page.request.get("/me/everything.jsonl")
    assert answer.status == 200 and "attachment" in answer.headers["content-disposition"]
    lines = [json.loads(line) for line in answer.text().splitlines()]
    assert lines[0]["format"] == "fodfaeste-everything/1"
    assert lines[0]["registrations"] > 5
    assert any("Til arkivet" in line.get("said", "") for line in lines)
    file = tmp_path / "alt.jsonl"
    file.write_bytes(answer.body())
    store = tmp_path / "andet.sqlite"
    done = subprocess.run(
        [BINARY, "import", "everything", file, "--database", store, "--lang", "da"],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    again = subprocess.run(
        [BINARY, "import", "everything", file, "--database", store], capture_output=True, text=True)
    assert again.returncode == 1 and "Intet er registreret" in again.stderr
    said = {(line["kind"], line["fact"]): line["said"] for line in lines if "said" in line}
    with contextlib.closing(sqlite3.connect(store)) as other:
        kept = {(kind, fact): text for kind, fact, text in other.execute(
            "SELECT kind, fact, payload FROM ledger WHERE citizen = ?", (lines[0]["citizen"],))}
    assert kept == {place: text for place, text in said.items() if text != "null"}
    assert subprocess.run([BINARY, "verify", "--database", store]).returncode == 0


def let_help(me, helper, name):
    """`me` lets somebody act for them, who has a case too and says yes."""
    page = me.open("/me/do/record?id=own-representative").page
    page.locator("#f-person").fill(name)
    page.locator("#f-may-represent").check()
    page.locator("#f-agreed").check()
    send(me)
    link = re.search(r"/represent/[0-9a-f-]+", me.main_text())[0]
    helper.open(link).page.locator("#agreed").check()
    send(helper)


def test_one_who_has_a_case_helps_another_and_goes_between_the_two(citizen):
    me = citizen(script=False)
    name = me.page.locator("header .user strong").inner_text()
    helper = citizen(script=False, number=1630000012)
    own = helper.page.locator("header .user strong").inner_text()
    assert own != name
    let_help(me, helper, "Rut Hjælper")
    fits(helper)
    assert name in helper.page.locator(".acts-for").inner_text()
    helper.open("/me/cases").page.locator("#case-own").check()
    send(helper)
    assert helper.page.locator(".acts-for").count() == 0
    assert own in helper.page.locator("header .user strong").inner_text()
    # Without a choice it asks for one, and stays where it is.
    page = helper.open("/me/more").follow("/me/cases").page
    assert page.locator("#case-own").is_checked()
    token = page.locator("main [name=_token]").get_attribute("value")
    for form in ({"_token": token, "case": "99"}, {"_token": token}):
        answer = page.request.post("/me/cases", form=form)
        assert answer.status == 400 and own in answer.text()
    assert page.request.post("/me/cases", form={"case": "1"}).status == 403, "not without a token"
    assert helper.open("/me").page.locator(".acts-for").count() == 0
    # Stopped while the case is open: the page says so, and leads back to the own case.
    helper.open("/me/cases").page.locator("main [type=radio]").last.check()
    send(helper)
    me.open("/me/forms").page.get_by_role("link", name="Stop det").first.click()
    send(me)
    helper.open("/me/plan", expect=403).page.get_by_role("link", name="Sager, du kan se").click()
    helper.check_page()
    helper.page.locator("#case-own").check()
    send(helper)
    assert own in helper.page.locator("header .user strong").inner_text()


def test_a_ukrainian_reads_and_types_occupations(citizen):
    me = citizen(script=False)
    page = me.open("/me/do/profile?lang=uk").page
    page.locator("#wishes").fill("складський працівник")
    page.locator("#skills").fill("керування навантажувачем, українська")
    send(me)
    assert "складський працівник" in me.main_text() and "українська" in me.main_text()
    danish = me.open("/me/jobs?lang=da").main_text()
    assert "lagermedarbejder" in danish and "truckkørsel" in danish and "ukrainsk" in danish
