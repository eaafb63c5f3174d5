"""From what the law allows an employer to an agreement that four have signed."""

import datetime
import re

import pytest
from desk import of_team
from test_employers import fill, press

# The demonstration's own agreements and the secrets of their links.
LATE = "/sign/proeve-udloebet"
REPLACED = "/sign/proeve-erstattet"
REFUSED = "/sign/proeve-nej"
START = datetime.date(2026, 1, 19)


def new_agreement(caseworker, place, **fields):
    """An internship of four weeks for somebody close to work; the agreement's address."""
    citizen = of_team(caseworker, "Ledige", place).page.url
    number = re.search(r"/citizens/(\d+)", citizen)[1]
    unit = some_unit(caseworker)
    caseworker.open(f"/citizens/{number}/efforts?purpose=Sagsbehandling")
    caseworker.follow("/agreements/new")
    assert caseworker.page.locator("#citizen").input_value() == number
    caseworker.page.locator("#measure").select_option("company-internship-private")
    fields = {
        "unit": unit, "starts": START.isoformat(),
        "ends": (START + datetime.timedelta(25)).isoformat(), "hours": "20",
        "tasks": "Pakke varer", "deadline": "2026-01-12", "name-employer": "Bente Prøve",
        "contact-employer": "bente@example.org", "name-employees": "Thor Prøve",
    } | fields
    fill(caseworker, **fields)
    return number, unit


def save(caseworker):
    press(caseworker, "Gem aftalen")
    assert "Kvittering nr." in caseworker.main_text(), caseworker.main_text()
    return re.search(r"/agreements/(\d+)", caseworker.page.url)[1]


def signer(caseworker, party):
    """The part of an agreement's page about who signs for a party."""
    return caseworker.page.locator(f'.record:has(h3:text-matches("^{party}:"))').first


def link(caseworker, agreement, party):
    """Makes a link for a party; its address."""
    caseworker.open(f"/agreements/{agreement}")
    line = signer(caseworker, party)
    line.get_by_role("link", name=re.compile("Lav et (nyt )?link")).click()
    press(caseworker, "Lav linket")
    assert "kun et fingeraftryk" in caseworker.main_text()
    return re.search(r"/sign/\w+", caseworker.main_text())[0]


def sign(signer, address, name="Prøve"):
    signer.open(address)
    fill(signer, name=name)
    return press(signer, "Skriv under")


def sign_for_us(caseworker, agreement):
    caseworker.open(f"/agreements/{agreement}").follow(f"/agreements/{agreement}/sign")
    return press(caseworker, "Skriv under for kommunen")


def counted(caseworker, company, unit):
    """How many the ratio counts at the workplace on the agreement's first day."""
    caseworker.open(f"/companies/{company}/limits?unit={unit}")
    fill(caseworker, starts=START.isoformat(), hours="20")
    fill(caseworker, ends=(START + datetime.timedelta(25)).isoformat())
    caseworker.page.get_by_role("button", name="Prøv", exact=True).click()
    caseworker.check_page()
    assert "BEK 1216/2023" in caseworker.main_text()
    return int(re.search(r"(\d+) er i tilbud på arbejdspladsen", caseworker.main_text())[1])


def test_four_sign_and_the_offer_is_everywhere(visit):
    caseworker = visit("caseworker")
    citizen, unit = new_agreement(caseworker, 3)
    agreement = save(caseworker)
    assert "Ikke sendt endnu" in caseworker.main_text()
    caseworker.follow(r"/companies/\d+")
    company = re.search(r"\d{8}", caseworker.page.url)[0]
    before = counted(caseworker, company, unit)
    for party, name in [("Arbejdsgiver", "Bente"), ("Medarbejderrepræsentant", "Thor")]:
        address = link(caseworker, agreement, party)
        other = visit(None).open(address)
        assert "har plads til én mere" in other.main_text()
        # An employer learns nothing of the citizen's case.
        assert "Målgruppen" not in other.main_text()
        fill(other, name="Igen")
        outsider = sign(visit(None), address, f"{name} Prøve")
        assert outsider.heading() == "Du har skrevet under"
        assert "Kvittering nr." in outsider.main_text()
        # The same link, open twice and sent again, does nothing twice.
        press(other, "Skriv under")
        assert other.heading() == "Du har skrevet under"
        assert f"{name} Prøve svarede" in other.main_text()
    sign_for_us(caseworker, agreement)
    assert "Venter på underskrifter" in caseworker.main_text()
    assert caseworker.main_text().count("Har skrevet under") == 3
    phone = visit(None, viewport={"width": 320, "height": 640})
    sign(phone, link(caseworker, agreement, "Borger"))
    assert "Skrevet under af alle" in phone.main_text()
    caseworker.open(f"/agreements/{agreement}")
    assert "Indsatsen og tilbuddet er registreret" in caseworker.main_text()
    caseworker.follow(f"/citizens/{citizen}/efforts")
    assert "Virksomhedspraktik, privat, 19.01.2026" in caseworker.main_text()
    assert "Pakke varer" in caseworker.main_text() and unit in re.sub(
        r"\s", "", caseworker.main_text())
    caseworker.open(f"/citizens/{citizen}?purpose=Sagsbehandling")
    assert "Virksomhedspraktik" in caseworker.main_text()
    assert counted(caseworker, company, unit) == before + 1
    caseworker.open(f"/companies/{company}")
    assert "Skrevet under af alle" in caseworker.main_text()
    log = visit("administrator").open("/lookups").main_text()
    assert "Underskriver" in log and "Borgeren i en aftale" in log


def test_a_new_link_another_signer_and_a_change(visit):
    caseworker = visit("caseworker")
    new_agreement(caseworker, 1)
    agreement = save(caseworker)
    old = link(caseworker, agreement, "Arbejdsgiver")
    new = link(caseworker, agreement, "Arbejdsgiver")
    outsider = visit(None).open(old)
    assert outsider.heading() == "Der er lavet et nyere link"
    sign(outsider, new)
    given = link(caseworker, agreement, "Medarbejderrepræsentant")
    screen = visit(None).open(given)
    fill(screen, name="Thor Prøve")
    caseworker.open(f"/agreements/{agreement}/change")
    fill(caseworker, tasks="Køre truck")
    press(caseworker, "Gem ændringen")
    assert "Underskriften gælder ikke" in caseworker.main_text()
    # What stood on the screen before the change is not what is agreed now.
    press(screen, "Skriv under")
    assert "Aftalen er ændret, siden siden blev åbnet" in screen.main_text()
    assert "Køre truck" in screen.main_text()
    assert "dit svar gælder ikke mere" in outsider.open(new).main_text()
    caseworker.open(f"/agreements/{agreement}")
    line = signer(caseworker, "Medarbejderrepræsentant")
    line.get_by_role("link", name=re.compile("Skift underskriver")).click()
    press(caseworker, "Gem den nye underskriver")
    assert "Her skal der stå noget" in caseworker.main_text()
    fill(caseworker, name="Vibeke Prøve")
    press(caseworker, "Gem den nye underskriver")
    assert "I stedet for Thor Prøve" in caseworker.main_text()
    assert screen.open(given).heading() == "En anden skriver under nu"
    # A no in own words stops the others, and the agreement is taken back.
    no = visit(None).open(link(caseworker, agreement, "Medarbejderrepræsentant"))
    press(no, "Sig nej")
    assert "Skriv med dine egne ord" in no.main_text()
    fill(no, words="Vi har for travlt <b>nu</b>")
    press(no, "Sig nej")
    assert no.heading() == "Du har sagt nej"
    caseworker.open(f"/agreements/{agreement}")
    assert "Vibeke Prøve sagde nej: Vi har for travlt <b>nu</b>" in caseworker.main_text()
    caseworker.follow(f"/agreements/{agreement}/withdraw")
    fill(caseworker, why="Virksomheden kan ikke")
    press(caseworker, "Tag den tilbage")
    assert "Aftalen er taget tilbage" in caseworker.main_text()


def test_links_that_lead_nowhere_say_why(visit):
    outsider = visit(None)
    assert outsider.open(LATE).heading() == "Fristen er gået"
    assert outsider.open(REPLACED).heading() == "En anden skriver under nu"
    assert outsider.open(REFUSED).heading() == "Du har sagt nej"
    outsider.open("/sign/findes-ikke", expect=404)
    assert outsider.heading() == "Linket fører ingen steder hen"
    text = outsider.open(f"{LATE}?lang=en").main_text()
    assert "Nothing was signed" in text
    # The last day gets later, and the same link works.
    caseworker = visit("caseworker").open("/agreements")
    number = re.search(r"/agreements/\d+", caseworker.page.locator(
        "section", has_text="Fristen er gået").get_by_role("link").first.get_attribute("href"))[0]
    caseworker.open(f"{number}/change")
    fill(caseworker, starts=START.isoformat(), deadline="2026-01-12")
    fill(caseworker, ends=(START + datetime.timedelta(25)).isoformat())
    press(caseworker, "Gem ændringen")
    assert "Venter på underskrifter" in caseworker.main_text()
    assert "Skriv under på aftalen" in visit(None).open(LATE).heading()


def test_what_the_law_forbids_is_refused_with_a_way_out(visit):
    caseworker = visit("caseworker")
    new_agreement(caseworker, 9, ends=(START + datetime.timedelta(60)).isoformat())
    press(caseworker, "Gem aftalen")
    text = caseworker.main_text()
    assert "Loven tillader det ikke sådan" in text and "LAB §§ 57 og 61" in text
    assert "At det slutter senest 15.02.2026" in text
    assert caseworker.page.locator("#tasks").input_value() == "Pakke varer"
    fill(caseworker, ends="2026-02-15")
    save(caseworker)


@pytest.mark.parametrize(
    "fields, told",
    [
        ({"hours": "40"}, "højst 37 timer"),
        ({"tasks": ""}, "Her skal der stå noget"),
        ({"deadline": "2026-01-30"}, "senest den dag det begynder"),
        ({"unit": "123"}, "10 cifre"),
        ({"wage": "100"}, "Lad feltet stå tomt"),
        ({"wage": "mange"}, "kroner i timen som et tal"),
        ({"citizen": "999"}, "ingen borger med det sagsnummer"),
        ({"name-employer": ""}, "Her skal der stå noget"),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_kept(visit, fields, told):
    caseworker = visit("caseworker")
    unit = some_unit(caseworker)
    caseworker.open("/agreements/new?id=1630000005")
    caseworker.page.locator("#measure").select_option("company-internship-private")
    fill(caseworker, **({
        "unit": unit, "hours": "20", "tasks": "Pakke", "deadline": "2026-01-05",
        "name-employer": "Bente", "name-employees": "Thor"} | fields))
    press(caseworker, "Gem aftalen")
    assert told in caseworker.page.locator(".errors").inner_text()
    assert caseworker.page.locator("#hours").input_value() == fields.get("hours", "20")


def some_unit(caseworker):
    """The workplace of one of the demonstration's agreements, which has room for several."""
    page = caseworker.open("/agreements/2").main_text()
    return re.sub(r"\D", "", re.search(r"P ([\d ]{10,14})", page)[1])


def test_a_consultant_needs_an_order_and_never_signs(visit):
    consultant = visit("companyConsultant").open("/agreements/2")
    assert "/sign" not in "".join(
        link.get_attribute("href") for link in consultant.page.locator("main a").all())
    consultant.open("/agreements/2/sign", expect=403)
    visit("analyst").open("/agreements", expect=403)
