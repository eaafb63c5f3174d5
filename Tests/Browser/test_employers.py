"""From an employer's phone call to a hire, with every figure following."""

import re

import pytest

ADVERT = (
    "Hej! Vi søger 2 lagermedarbejdere til vores lager i 2730 Herlev, 30-37 timer om ugen fra"
    " 1. februar. Du skal have truckcertifikat og kunne dansk. Det er en fordel, hvis du kan"
    " engelsk. Ansøgningsfrist 15. januar. Ring til Bo."
)
CITIZEN = "1630000005"
SAVE_RECORD = "Gem optegnelsen"


def press(visitor, button, expect=303):
    """Sends the page's form by a button and waits for what comes of it."""
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=button, exact=True).click()
    visitor.check_page()
    return visitor


def some_company(visitor):
    """The first company of the contact plan."""
    visitor.open("/companies").follow(r"/companies/\d{8}")
    return re.search(r"\d{8}", visitor.page.url)[0]


def figures(manager, indicator):
    """The indicator's own figures by month of the demonstration's last year."""
    manager.open("/")
    answer = manager.page.request.get(f"/indicators/{indicator}/figures.csv?period=2025M12")
    assert answer.status == 200
    rows = [line.split(";") for line in answer.text().lstrip("\ufeff").splitlines()[1:]]
    return {row[0]: row[1] for row in rows}


def december(manager, indicator):
    text = figures(manager, indicator)["december 2025"]
    return float(text.replace(".", "").replace(",", ".") or 0)


def fill(visitor, **fields):
    for name, value in fields.items():
        visitor.page.locator(f'[name="{name}"]').first.fill(value)
    return visitor


def new_order(visitor, company, **fields):
    visitor.open(f"/companies/{company}/order")
    fields = {"title": "Lagermedarbejder", "occupation": "lagermedarbejder"} | fields
    return press(fill(visitor, **fields), "Gem ordren")


def test_a_phone_call_becomes_a_hire_and_every_figure_follows(visit):
    manager, consultant = visit("manager"), visit("companyConsultant")
    before = {
        name: december(manager, name)
        for name in ("job-orders", "job-order-positions", "company-contacts")
    }
    company = some_company(consultant)
    consultant.follow(rf"/companies/{company}/order")
    fill(consultant, text=ADVERT)
    press(consultant, "Læs teksten")
    value = lambda name: consultant.page.locator(f"#{name}").input_value()
    assert value("occupation") == "lagermedarbejder" and value("title") == "Lagermedarbejder"
    assert "truckcertifikat" in value("must") and "dansk" in value("must")
    assert value("nice") == "engelsk" and value("postcode") == "2730"
    assert (value("hoursLeast"), value("hoursMost")) == ("30", "37")
    assert (value("positions"), value("start"), value("deadline")) == (
        "2", "2026-02-01", "2026-01-15")
    fill(consultant, positions="1")
    press(consultant, "Gem ordren")
    assert "Kvittering nr." in consultant.main_text() and "Modtaget" in consultant.main_text()
    order = re.search(r"/orders/(\d+)", consultant.page.url)[1]
    # The company was promised an answer, and the day's page says so.
    assert "1 svar er lovet" in consultant.open("/companies").heading()
    for kind, stage in [("clarified", "Afklaret"), ("shared", "Delt")]:
        consultant.open(f"/orders/{order}/step")
        consultant.page.locator(f'[name="kind"][value="{kind}"]').check()
        press(consultant, "Gem")
        assert stage in consultant.page.locator("p.lead").inner_text()
    consultant.open(f"/orders/{order}").follow(f"/orders/{order}/candidates")
    assert "af 100 point" in consultant.main_text()
    name = re.match(r"1\. (.+)", consultant.page.locator("h3").first.inner_text())[1]
    consultant.follow(f"/orders/{order}/refer")
    assert name in consultant.heading()
    press(consultant, "Formidl")
    assert "Sæt" in consultant.main_text() or consultant.page.locator(".error").count()
    consultant.page.locator('[name="agreed"]').check()
    press(consultant, "Formidl")
    assert "Formidlet" in consultant.page.locator("p.lead").inner_text()
    consultant.follow(f"/orders/{order}/candidate")
    consultant.page.locator('[name="citizen"]').first.check()
    press(consultant, "Gem")
    assert "Til samtale" in consultant.page.locator("p.lead").inner_text()
    consultant.follow(f"/orders/{order}/hire")
    consultant.page.locator('[name="citizen"]').first.check()
    fill(consultant, day="2025-12-31")
    press(consultant, "Gem ansættelsen")
    assert "Lukket: besat" in consultant.page.locator("p.lead").inner_text()
    assert f"{name}" in consultant.main_text()
    # The look at candidates is in the log, with what it was for.
    log = visit("administrator").open("/lookups").main_text()
    assert f"Formidling til jobordre {order}" in log
    assert december(manager, "job-orders") == before["job-orders"] + 1
    assert december(manager, "job-order-positions") == before["job-order-positions"] + 1
    assert december(manager, "company-contacts") == before["company-contacts"] + 1
    satisfied = visit("companyConsultant").open(f"/companies/{company}/record?id=satisfaction")
    fill(satisfied, **{"f-order": order, "f-score": "6"})
    press(satisfied, SAVE_RECORD)
    assert "fra 1 til 5" in satisfied.main_text()
    fill(satisfied, **{"f-score": "5"})
    press(satisfied, SAVE_RECORD)
    assert "Tilfredshed fra 1 til 5: 5" in satisfied.main_text()


@pytest.mark.parametrize(
    "text, told",
    [
        ("   ", "Der er ingen tekst at læse"),
        ("Vi søger 200 rengøringsassistenter i Herlev.", "Der står 200 stillinger"),
        (
            "Vi søger en kok til vores køkken i 2730 Herlev. Send din ansøgning til os.\n\n"
            "Vi søger en buschauffør med kørekort D til ruten i 2800 Lyngby. Ring og hør mere.",
            "to opslag",
        ),
        ("Vi søger en tømrer til en byggeplads i 21120 Malmö.", "udlandet"),
        ("We are looking for a cleaner, 20 hours a week, in Herlev.", "ikke på dansk"),
    ],
)
def test_a_text_that_cannot_be_read_whole_is_told_and_still_of_use(visit, text, told):
    consultant = visit("companyConsultant")
    company = some_company(consultant)
    fill(consultant.open(f"/companies/{company}/order"), text=text)
    press(consultant, "Læs teksten")
    assert told in consultant.main_text()
    kept = consultant.page.locator("#text").input_value()
    assert kept.split() == text.split()


def test_wrong_input_is_told_beside_its_field_and_kept(visit):
    consultant = visit("companyConsultant")
    company = some_company(consultant)
    new_order(
        consultant, company, positions="200", postcode="22100", must="truckcertifikat, flyvning til Mars",
        hoursLeast="40", hoursMost="20",
    )
    text = consultant.main_text()
    assert "22100 er ikke et dansk postnummer" in text and "flyvning til Mars" in text
    assert consultant.page.locator("#positions").input_value() == "200"
    fill(consultant, postcode="2730", must="truckcertifikat")
    press(consultant, "Gem ordren")
    text = consultant.main_text()
    assert "Det er 200 stillinger" in text and "højeste timetal er lavere" in text
    fill(consultant, hoursLeast="20", hoursMost="30")
    consultant.page.locator("#sure").check()
    press(consultant, "Gem ordren")
    assert "200 stillinger" in consultant.page.locator("p.lead").inner_text()


@pytest.mark.parametrize(
    "typed, told",
    [
        ("13585629", "kontrolcifferet passer ikke"),
        ("13585628", "ikke registreret her"),
        ("1358562", "8 cifre"),
        ("Ingen hedder sådan", "Ingen virksomhed"),
    ],
)
def test_an_unknown_company_is_explained(visit, typed, told):
    consultant = visit("companyConsultant").open("/companies")
    fill(consultant, q=typed)
    press(consultant, "Søg")
    assert told in consultant.main_text()


def test_a_company_is_registered_by_hand_and_takes_an_order(visit):
    consultant = visit("companyConsultant").open("/companies/new")
    fill(
        consultant, cvr="13585629", name="Prøve A/S", unit="1012345678", employees="fem",
        street="Prøvevej 1", postcode="2730", town="Herlev",
    )
    press(consultant, "Opret virksomheden")
    assert "kontrolcifferet" in consultant.main_text() and "helt tal" in consultant.main_text()
    fill(consultant, cvr="13585628", employees="5")
    consultant.page.locator("#industry").select_option("52")
    press(consultant, "Opret virksomheden")
    assert consultant.heading() == "Prøve A/S" and "5 ansatte" in consultant.main_text()
    new_order(consultant, "13585628")
    assert "Prøve A/S" in consultant.heading()


def test_two_teams_do_not_visit_the_same_company(visit):
    consultant = visit("companyConsultant")
    company = some_company(consultant)
    consultant.follow(rf"/companies/{company}/planned-contact")
    press(consultant, "Gem aftalen")
    assert "Kvittering" in consultant.main_text()
    caseworker = visit("caseworker").open(f"/companies/{company}/planned-contact")
    press(caseworker, "Gem aftalen")
    assert "Teamet Virksomhedsservice besøger virksomheden" in caseworker.main_text()
    caseworker.page.locator('[name="form"][value="phone"]').check()
    press(caseworker, "Gem aftalen")
    assert "Kvittering" in caseworker.main_text()


def test_a_citizen_with_a_profile_sees_jobs_and_asks_for_one(visit):
    consultant = visit("companyConsultant")
    new_order(consultant, some_company(consultant), postcode="2730", must="truckcertifikat")
    order = re.search(r"/orders/(\d+)", consultant.page.url)[1]
    caseworker = visit("caseworker")
    purpose = "purpose=Sagsbehandling"
    caseworker.open(f"/citizens/{CITIZEN}/job-profile?{purpose}")
    fill(
        caseworker, wishes="", skills="",
        text="Jeg har arbejdet på lager i 5 år og har truckcertifikat. Jeg vil gerne være"
        " lagermand igen.",
        postcode="2730",
    )
    press(caseworker, "Læs teksten")
    assert "lagermedarbejder" in caseworker.page.locator("#wishes").input_value()
    assert "truckcertifikat" in caseworker.page.locator("#skills").input_value()
    press(caseworker, "Gem profilen")
    text = caseworker.main_text()
    assert "Ønsker netop det job: lagermedarbejder (40 af 40)" in text
    assert "Andre fag inden for rækkevidde" in text
    caseworker.open(f"/citizens/{CITIZEN}/job-choice?{purpose}&id={order}")
    caseworker.page.locator('[value="volunteered"]').check()
    press(caseworker, "Gem svaret")
    assert "Har selv bedt om jobbet" in caseworker.main_text()
    assert "Vil gerne have jobbet" in consultant.open(f"/orders/{order}").main_text()


def test_a_cv_in_another_language_is_told(visit):
    caseworker = visit("caseworker")
    caseworker.open(f"/citizens/{CITIZEN}/job-profile?purpose=Sagsbehandling")
    fill(
        caseworker,
        text="Ich habe zehn Jahre als Koch gearbeitet und suche eine Stelle in der Küche.",
    )
    press(caseworker, "Læs teksten")
    assert "ikke på dansk eller engelsk" in caseworker.main_text()


def test_an_analyst_sees_no_companies(visit):
    visit("analyst").open("/companies", expect=403)
    visit("manager").open("/companies/new", expect=403)
