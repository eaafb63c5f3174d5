"""Messages, files, letters and their PDF, feedback, letters to many, moving many, and forms
whose time is up: on the pages alone."""

import datetime
import hashlib
import re
import subprocess

from desk import PURPOSE, of_all, of_team, open_form, receipt
from test_every_page import violations

PDF = b"%PDF-1.4\n" + bytes(range(256))


def number_of(visitor):
    return re.search(r"/citizens/(\d+)", visitor.page.url).group(1)


def fetched(visitor, address):
    answer = visitor.page.request.get(address)
    assert answer.status == 200, (address, answer.status)
    return answer


def words(pdf, tmp_path):
    """The text of a PDF file as poppler reads it, and what it says of itself."""
    assert pdf.headers["content-type"] == "application/pdf"
    file = tmp_path / "page.pdf"
    file.write_bytes(pdf.body())
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    about = subprocess.run(
        ["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Tagged: +yes", about) and re.search(r"Page size: .*A4", about), about
    return re.sub(r"\s+", " ", text), int(re.search(r"Pages: +(\d+)", about).group(1))


def test_a_message_waits_on_the_day_until_it_is_answered(visit):
    caseworker = of_all(visit("caseworker"), "Ledige", 3)
    citizen = number_of(caseworker)
    page = open_form(caseworker, "En besked")
    page.get_by_role("button", name="Gem beskeden").click()
    assert page.locator(".errors li").count() == 2
    page.locator("#subject").fill("Kan ikke komme på fredag")
    page.locator("#text").fill("Borgeren ringede. Bilen er gået i stykker.")
    page.get_by_role("button", name="Gem beskeden").click()
    caseworker.check_page()
    receipt(caseworker)
    day = "/day?whose=team:Ledige"
    caseworker.open(day)
    assert "Fra borgeren: Kan ikke komme på fredag" in caseworker.main_text()
    caseworker.open(f"/citizens/{citizen}/post?{PURPOSE}")
    page.get_by_role("link", name=re.compile("^Svar:")).click()
    assert "Bilen er gået i stykker" in caseworker.main_text()
    assert page.locator("#subject").input_value() == "Svar: Kan ikke komme på fredag"
    page.locator("#text").fill("Vi tager samtalen på telefonen.")
    page.get_by_role("button", name="Gem beskeden").click()
    caseworker.check_page()
    receipt(caseworker)
    assert "Ingen beskeder venter" in caseworker.main_text()
    caseworker.open(day)
    assert "Kan ikke komme på fredag" not in caseworker.main_text()


def test_a_file_is_kept_as_it_is_and_a_wrong_one_is_not(visit):
    caseworker = of_all(visit("caseworker"), "Ledige", 4)
    citizen = number_of(caseworker)
    page = open_form(caseworker, "Et dokument")

    def send(name, content):
        page.set_input_files("#file", {"name": name, "mimeType": "x/y", "buffer": content})
        page.get_by_role("button", name="Gem dokumentet").click()
        caseworker.check_page()

    page.locator("#title").fill("Lægeattest fra maj")
    page.get_by_role("button", name="Gem dokumentet").click()
    assert "Vælg en fil" in page.locator("#file-error").inner_text()
    send("program.exe", b"MZ")
    assert "program.exe er ikke en fil" in page.locator("#file-error").inner_text()
    send("attest.pdf", b"<html>")
    assert "noget andet, end navnet siger" in page.locator("#file-error").inner_text()
    send("attest.pdf", PDF + b"x" * (10 * 1024 * 1024))
    assert "10,1 MB. Der er plads til 10 MB" in page.locator("#file-error").inner_text()
    assert page.locator("#title").input_value() == "Lægeattest fra maj"
    send("attest.pdf", PDF)
    receipt(caseworker)
    assert "Lægeattest fra maj, borgeren" in caseworker.main_text()
    link = page.get_by_role("link", name="Hent filen").get_attribute("href")
    kept = fetched(caseworker, link)
    assert hashlib.sha256(kept.body()).digest() == hashlib.sha256(PDF).digest()
    assert 'filename="attest.pdf"' in kept.headers["content-disposition"]
    assert kept.headers["x-content-type-options"] == "nosniff"
    # Nobody else's number leads to it, and nobody without the role.
    other = int(citizen) + 1
    assert caseworker.page.request.get(link.replace(citizen, str(other))).status == 404
    assert visit("analyst").page.request.get(link).status == 403
    caseworker.open(f"/citizens/{citizen}/document?{PURPOSE}")
    send("igen.pdf", PDF)
    assert "Den samme fil ligger allerede i sagen" in page.locator("#file-error").inner_text()


def test_much_too_much_is_told_on_a_page(visit):
    caseworker = of_all(visit("caseworker"), "Ledige", 4)
    page = open_form(caseworker, "Et dokument")
    token = page.locator('[name="_token"]').first.get_attribute("value")
    answer = page.request.post(
        page.url.split("?")[0],
        multipart={
            "_token": token, "purpose": "Sagsbehandling",
            "file": {"name": "a.pdf", "mimeType": "x/y", "buffer": b"0" * (33 * 1024 * 1024)},
        })
    assert answer.status == 413
    assert "højst fylde 10 MB" in answer.text()


def test_a_joint_conversation_calls_the_fund(visit, tmp_path):
    caseworker = of_all(visit("caseworker"), "Ledige", 5)
    citizen = number_of(caseworker)
    page = open_form(caseworker, "Indkald til en samtale")
    page.get_by_label("Fællessamtale med a-kassen", exact=True).check()
    page.locator("#begins").fill("14:00")
    page.get_by_role("button", name="Gem indkaldelsen").click()
    assert "hvilken a-kasse" in page.locator("#fund-error").inner_text()
    page.locator("#fund").fill("A-kassen Ærø")
    page.get_by_role("button", name="Gem indkaldelsen").click()
    caseworker.check_page()
    receipt(caseworker)
    caseworker.open(f"/citizens/{citizen}/post?{PURPOSE}")
    assert "Til a-kassen (A-kassen Ærø): Indkaldelse til fælles samtale" in caseworker.main_text()
    page.get_by_role("link", name=re.compile("^Læs brevet: .*Til a-kassen")).click()
    caseworker.check_page()
    assert "A-kassen Ærø" in caseworker.main_text() and "kl. 14.00" in caseworker.main_text()
    assert not violations(caseworker)
    text, pages = words(
        fetched(caseworker, page.get_by_role("link", name="Hent som PDF").get_attribute("href")),
        tmp_path)
    assert "A-kassen Ærø" in text and "kl. 14.00" in text and pages == 1
    assert "Kvittering" not in text and "Log ud" not in text


def test_the_plan_and_a_decision_are_printed_in_plain_danish(visit, tmp_path):
    caseworker = of_all(visit("caseworker"), "Ledige", 6)
    citizen = number_of(caseworker)
    page = open_form(caseworker, "En linje i Min Plan")
    page.locator("#text").fill("Blive buschauffør på Ærø")
    page.get_by_role("button", name="Gem linjen").click()
    receipt(caseworker)
    caseworker.open(f"/citizens/{citizen}/plan?{PURPOSE}")
    name = re.sub("Min Plan for ", "", caseworker.heading())
    link = page.get_by_role("link", name="Hent som PDF").get_attribute("href")
    text, pages = words(fetched(caseworker, link), tmp_path)
    assert f"Min Plan for {name}" in text and "Blive buschauffør på Ærø" in text
    # The seven contents of the act stand there, and nothing that belongs to the screen.
    for part in ("Jobmål", "Jobsøgning", "Tilbud", "Status og opfølgning"):
        assert part in text
    assert "Ret" not in text.split() and pages == 1
    caseworker.open(f"/citizens/{citizen}/whole-plan?{PURPOSE}")
    assert "ikke sagt ja til én samlet plan" in caseworker.main_text()
    caseworker.page.get_by_role("link", name="Samtykke til én samlet plan").click()
    for tick in ("social", "informed"):
        page.locator(f'[name="f-{tick}"]').check()
    page.locator('[name="f-form"][value="written"]').check()
    page.get_by_role("button", name="Gem optegnelsen").click()
    receipt(caseworker)
    caseworker.open(f"/citizens/{citizen}/whole-plan?{PURPOSE}")
    assert "Hvem gør hvad" in caseworker.main_text()
    assert "Blive buschauffør på Ærø" in caseworker.main_text()
    link = page.get_by_role("link", name="Hent som PDF").get_attribute("href")
    text, _ = words(fetched(caseworker, link), tmp_path)
    assert "Den samlede plan" in text and "Samtykke til én samlet plan" in text


def test_the_citizen_answers_once_without_signing_in(visit):
    caseworker = of_all(visit("caseworker"), "Ledige", 7)
    citizen = number_of(caseworker)
    page = open_form(caseworker, "En samtale, der er holdt")
    page.locator("#note").fill("Vi talte om fremtiden.")
    page.get_by_role("button", name="Gem samtalen").click()
    receipt(caseworker)
    page.get_by_role("link", name="Hvordan var samtalen?").click()
    caseworker.check_page()
    address = re.search(r"http://\S+/feedback/\S+", caseworker.main_text()).group(0)
    stranger = visit(None)
    stranger.open(address)
    assert not violations(stranger)
    # The page names nobody.
    assert citizen not in stranger.page.content()
    stranger.page.get_by_role("button", name="Send svaret").click()
    assert stranger.page.locator(".errors li").count() == 4
    for scale, value in (("heard", 9), ("topics", 8), ("method", 0), ("overall", 7)):
        stranger.page.locator(f"#{scale}-{value}").check()
    stranger.page.locator("#words").fill("Godt, at I <b>ringede</b>")
    stranger.page.get_by_role("button", name="Send svaret").click()
    stranger.check_page()
    assert "Tak for dit svar" in stranger.heading()
    stranger.open(address)
    assert "besvaret" in stranger.heading()
    stranger.open(address[:-1] + "zz", expect=404)
    caseworker.open("/day?whose=team:Ledige")
    assert "Svar efter en samtale: 7 af 10" in caseworker.main_text()
    post = caseworker.open(f"/citizens/{citizen}/post?{PURPOSE}").main_text()
    assert "Efter samtalen den" in post and "Godt, at I <b>ringede</b>" in post


def test_a_letter_to_many_takes_two(visit, tmp_path):
    caseworker = visit("caseworker")
    page = caseworker.open("/mailings/new").page
    page.locator("#subject").fill("Jobmesse på rådhuset")
    page.locator("#text").fill("Kære {fornavm}")
    page.locator("#group").select_option("group1")
    page.get_by_role("button", name="Prøv uden at sende").click()
    assert "Kun disse kan udfyldes" in page.locator("#text-error").inner_text()
    assert page.locator("#subject").input_value() == "Jobmesse på rådhuset"
    page.locator("#text").fill("Kære {fornavn}\nKom og mød ti virksomheder.")
    page.get_by_role("button", name="Prøv uden at sende").click()
    caseworker.check_page()
    count = int(re.search(r"([\d.]+) borgere: Dagpengemodtagere", caseworker.main_text()).group(1))
    assert count > 5 and page.locator(".record").count() == 5
    assert not violations(caseworker)
    assert "{" not in caseworker.main_text()
    assert page.get_by_role("button", name="Godkend brevet").count() == 0
    letter = page.url.split("?")[0]
    leader = visit("manager")
    own = leader.open(letter).page
    own.get_by_role("button", name="Godkend brevet").click()
    assert "Læs alle 5 breve" in own.locator(".errors").inner_text()
    assert not violations(leader)
    for tick in own.locator('[name="read"]').all():
        tick.check()
    own.get_by_role("button", name="Godkend brevet").click()
    leader.check_page()
    assert "Klar til at sende" in leader.main_text()
    caseworker.open(letter)
    page.get_by_role("button", name="Send til alle").click()
    caseworker.check_page()
    assert "Brevet ligger i hver sag" in caseworker.main_text()
    link = page.get_by_role("link", name="Hent alle breve som PDF").get_attribute("href")
    text, pages = words(fetched(caseworker, link), tmp_path)
    assert pages == count and text.count("Kom og mød ti virksomheder") == count
    caseworker.open("/mailings")
    assert "Jobmesse på rådhuset" in caseworker.main_text()


def test_many_citizens_are_moved_together(visit):
    leader = visit("manager")
    page = leader.open("/move-cases").page
    # The last caseworker, whom no other test uses.
    of = page.locator("#from option").last
    value = of.get_attribute("value")
    page.locator("#from").select_option(value)
    page.get_by_role("button", name="Vis").click()
    leader.check_page()
    ticks = page.locator('[name="citizen"]')
    count = ticks.count()
    assert count > 3
    for place in range(2, count):
        ticks.nth(place).uncheck()
    page.get_by_role("button", name="Flyt de valgte").click()
    assert page.locator(".errors li").count() == 3
    assert page.locator('[name="citizen"]:checked').count() == 2
    page.locator("#to").select_option(page.locator("#to option").nth(1).get_attribute("value"))
    page.locator("#note").fill("Ny fordeling fra nytår")
    page.locator("#told").check()
    page.get_by_role("button", name="Flyt de valgte").click()
    leader.check_page()
    assert "2 borgere er flyttet" in leader.main_text()
    assert page.locator('[name="citizen"]').count() == count - 2
    visit("analyst").open("/move-cases", expect=403)


def test_an_effort_is_followed_up(visit):
    caseworker = of_all(visit("caseworker"), "Indsats", 2)
    citizen = number_of(caseworker)
    page = open_form(caseworker, "En indsats")
    page.locator("#measure").select_option("mentor")
    page.locator("#goal").fill("Komme ud ad døren")
    today = datetime.date(2025, 12, 31)
    page.locator("#starts").fill((today - datetime.timedelta(days=20)).isoformat())
    page.locator("#ends").fill((today + datetime.timedelta(days=60)).isoformat())
    page.locator("#hours1").fill("2")
    page.get_by_role("button", name="Gem indsatsen").click()
    caseworker.check_page()
    receipt(caseworker)
    caseworker.open(f"/citizens/{citizen}/efforts?{PURPOSE}")
    page.get_by_role("link", name=re.compile("^Følg op på en indsats: Mentor")).click()
    page.locator("#how").fill("De mødes hver tirsdag.")
    page.locator("#from").fill(today.isoformat())
    page.locator("#hours").fill("3")
    page.get_by_role("button", name="Gem opfølgningen").click()
    caseworker.check_page()
    receipt(caseworker)
    text = caseworker.main_text()
    assert "Fulgt op 31.12.2025: De mødes hver tirsdag." in text
    assert "Fra 31.12.2025: 3,0 timer om ugen" in text and "Næste opfølgning" in text


def test_a_rule_asks_for_its_conditions_before_a_decision_is_sent(visit):
    caseworker = of_team(visit("caseworker"), "Ledige", 1)
    page = open_form(caseworker, "En afgørelse")
    rule = page.locator('#rule option[value^="availability-sanction@"]').get_attribute("value")
    page.locator("#kind-sanction").check()
    page.locator("#subject").fill("skærpet rådighedssanktion")
    page.locator("#rule").select_option(rule)
    page.get_by_role("button", name="Prøv afgørelsen").click()
    caseworker.check_page()
    assert "Svar på spørgsmålene under reglen" in caseworker.main_text()
    # What is registered is not asked for.
    if page.locator("#ask-category").count():
        page.locator("#ask-category").select_option("jobReady")
    page.locator("#ask-guided").check()
    page.locator("#ask-duration").fill("4")
    page.get_by_role("button", name="Prøv afgørelsen").click()
    caseworker.check_page()
    assert "betingelser er ikke opfyldt" in page.locator("#rule-error").inner_text()
    assert page.locator("#subject").input_value() == "skærpet rådighedssanktion"
    page.locator("#ask-warned").check()
    page.locator("#ask-duration").fill("3")
    page.get_by_role("button", name="Prøv afgørelsen").click()
    assert page.locator("#rule-error").count() == 0
    assert "Kan borgeren få en skærpet rådighedssanktion? Ja" in caseworker.main_text()


def test_a_form_whose_time_is_up_keeps_what_was_typed(visit):
    caseworker = of_all(visit("caseworker"), "Ledige", 8)
    page = open_form(caseworker, "En besked")
    form = page.url
    page.locator("#subject").fill("Vigtig besked")
    page.locator("#text").fill("Det her må ikke gå tabt.")
    # Signed out, as after a night: nothing is saved, and signing in leads back.
    page.context.clear_cookies()
    page.get_by_role("button", name="Gem beskeden").click()
    assert "Log ind igen" in caseworker.heading()
    assert "Det her må ikke gå tabt." in caseworker.main_text()
    page.locator('[name="role"][value="caseworker"]').check()
    page.locator('main form button[type="submit"]').click()
    caseworker.check_page()
    assert page.url.split("?")[0] == form.split("?")[0]
    assert page.locator("#text").input_value() == "Det her må ikke gå tabt."
    page.get_by_role("button", name="Slet kladden").click()
    # Signed in anew elsewhere: the form's own token is old.
    page.locator("#subject").fill("Vigtig besked")
    page.locator("#text").fill("Heller ikke det her.")
    page.request.post("/sign-in", form={"role": "caseworker"})
    page.get_by_role("button", name="Gem beskeden").click()
    assert "udløbet" in caseworker.heading()
    assert not violations(caseworker)
    page.get_by_role("button", name="Vis formularen med det, jeg skrev").click()
    caseworker.check_page()
    assert page.locator("#text").input_value() == "Heller ikke det her."
    page.get_by_role("button", name="Gem beskeden").click()
    caseworker.check_page()
    receipt(caseworker)


def test_a_number_typed_wrongly_is_told_beside_the_field(visit):
    caseworker = visit("caseworker")
    for typed, said in (
        ("310293-1234", "de første seks cifre er ikke en dag"), ("610190-100", "Her er 9"),
        ("610190-1999", "Ingen borger"), ("Hverken Eller", None),
    ):
        caseworker.open(f"/citizens?q={typed}&purpose=Sagsbehandling")
        assert "Ingen borger er fundet" in caseworker.heading()
        problem = caseworker.page.locator("#q-error")
        assert (said in problem.inner_text()) if said else problem.count() == 0
        assert caseworker.page.locator("#q").input_value() == typed


def test_how_repatriation_is_handled_is_open_to_all(visit):
    stranger = visit(None)
    stranger.open("/repatriation")
    text = stranger.main_text()
    assert "Dansk Flygtningehjælp" in text and "Ankestyrelsen" in text and "§ 10" in text
    stranger.open("/accessibility")
    stranger.page.get_by_role("link", name="Repatriering").click()
    assert "vende hjem" in stranger.heading()
