"""Nine municipalities in one installation share an order, and somebody is hired across them."""

import re
import time

import pytest
from test_employers import fill, new_order, press, some_company
from visitor import Visitor

# Herlev is the home of the demonstration; the others are its made-up neighbours.
NAMES = {
    "0163": "Herlev", "0201": "Allerød", "0210": "Fredensborg", "0217": "Helsingør",
    "0219": "Hillerød", "0223": "Hørsholm", "0230": "Rudersdal", "0250": "Frederikssund",
    "0260": "Halsnæs",
}  # fmt: skip
# Not the home, whose orders other tests count.
OWNER = "0219"
POOL = "/pool/nord"
PURPOSE = "purpose=Sagsbehandling"
OWNED, PLACED = 4, 5  # cells of a row of the fair share


@pytest.fixture(scope="module")
def sign_in(address, browser):
    """Makes visitors who are signed in to a municipality with a role."""
    opened = []

    def make(municipality, role):
        context = browser.new_context(base_url=address, locale="da-DK")
        context.set_default_timeout(15_000)
        opened.append(context)
        visitor = Visitor(context.new_page()).open("/sign-in")
        if not visitor.page.locator("#municipality").count():
            pytest.skip("this server serves one municipality")
        visitor.page.locator("#municipality").select_option(municipality)
        visitor.sign_in_here(role)
        assert f"{NAMES[municipality]} Kommune" in visitor.page.inner_text("header")
        return visitor

    yield make
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def nine(sign_in):
    return {code: sign_in(code, "companyConsultant") for code in NAMES}


def shared(visitor, **fields):
    """A new order of a visitor's municipality, shared by the order's own page."""
    new_order(visitor, some_company(visitor), postcode="2730", **fields)
    number = re.search(r"/orders/(\d+)", visitor.page.url)[1]
    assert "Ordren er ikke delt i en pulje" in visitor.main_text()
    visitor.follow(f"/orders/{number}/share")
    press(visitor, "Del ordren")
    assert "Registreret og fortalt til puljen" in visitor.main_text()
    return number, re.search(r"/pool/[^?]+", visitor.page.url)[0]


def section(visitor, heading):
    return visitor.page.locator("section", has=visitor.page.get_by_role("heading", name=heading))


def offer(visitor, order):
    """Offers the own citizen who fits best; the citizen's number."""
    visitor.open(order)
    link = section(visitor, "Egne borgere, der passer").locator("a").first
    citizen = re.search(r"id=(\d+)", link.get_attribute("href"))[1]
    link.click()
    visitor.check_page()
    press(visitor, "Tilbyd")
    assert visitor.page.locator(".error").count(), "nobody was asked whether the citizen wants it"
    visitor.page.locator("#agreed").check()
    press(visitor, "Tilbyd")
    assert "Registreret og fortalt til puljen" in visitor.main_text()
    return citizen


def shares(visitor):
    """The figures of the fair share by member."""
    visitor.open(POOL)
    rows = [row.split("\t") for row in visitor.page.inner_text("#shares tbody").splitlines()]
    return {row[0].strip(): [cell.strip() for cell in row[1:]] for row in rows if len(row) > 5}


def cards(visitor, member):
    visitor.open(f"{POOL}/members/{member}")
    table = visitor.page.locator("#memberCards tbody th")
    return set(table.all_inner_texts())


def test_nine_share_an_order_and_one_of_another_is_hired(nine, sign_in):
    owner = nine[OWNER]
    before = shares(owner)
    number, order = shared(owner, positions="1")
    for code, visitor in nine.items():
        visitor.open(POOL)
        row = visitor.page.locator(f"#shared tr:has(a[href='{order}'])").inner_text()
        assert "Lagermedarbejder" in row and "Hillerød" in row, NAMES[code]
    helpers = ["0201", "0210", "0163"]
    hired = [offer(nine[code], order) for code in helpers][0]
    waiting = section(owner.open("/companies"), "Tilbud fra andre kommuner").inner_text()
    text = owner.open(order).main_text()
    for code in helpers:
        assert f"fra {NAMES[code]}" in waiting
        assert f"Kandidatens kommune: {NAMES[code]}" in text
    assert text.count("Tilbudt; venter på svar") == 3
    # The company hears of one, and the order's own page follows.
    offers = section(owner, "Tilbud og ansættelser")
    record = offers.locator(".record", has_text="Tilbud").filter(has_text="fra Allerød")
    record.get_by_role("link", name="Formidl til virksomheden").click()
    press(owner, "Formidl")
    assert owner.page.locator(".error").count()
    owner.page.locator("#agreed").check()
    press(owner, "Formidl")
    assert "Formidlet" in owner.page.locator("p.lead").inner_text()
    assert "Kvittering nr." in owner.main_text()
    owner.open(order)
    record.get_by_role("link", name="Ansat").click()
    press(owner, "Gem ansættelsen")
    text = owner.main_text()
    assert "Kvittering nr." in text and "Lukket: besat" in text and "1 ansat" in text
    assert "Ansat gennem puljen: 1 (Allerød)" in text
    # Both sides tell owner, candidate's municipality and credit apart.
    for code in [OWNER, "0201", "0260"]:
        text = nine[code].open(order).main_text()
        assert "Ordren ejes af: Hillerød" in text and "Kandidatens kommune: Allerød" in text
        assert "Æren har: Allerød" in text and text.startswith("Lagermedarbejder")
        assert "Lukket. 1 stilling" in text
        after = shares(nine[code])
        assert int(after["Hillerød"][OWNED]) == int(before["Hillerød"][OWNED]) + 1
        assert int(after["Allerød"][PLACED]) == int(before["Allerød"][PLACED]) + 1
        assert after["Allerød"][OWNED] == before["Allerød"][OWNED]
        assert after["Hillerød"][PLACED] == before["Hillerød"][PLACED]
    caseworker = sign_in("0201", "caseworker").open(f"/citizens/{hired}/jobs?{PURPOSE}")
    assert "Ansat: Lagermedarbejder hos Hillerød" in caseworker.main_text()
    # The figure opens to what is behind it.
    nine["0201"].open(POOL).follow(f"{POOL}/members/0201")
    assert nine["0201"].page.locator(f"#memberPlaced a[href='{order}']").count() == 1
    assert "1 ansat" in sign_in(OWNER, "manager").open(f"/orders/{number}").main_text()


def test_a_withdrawn_card_is_gone_with_the_eight_others(nine, sign_in):
    owner = nine[OWNER]
    _, order = shared(owner, positions="2")
    citizen = offer(nine["0217"], order)
    caseworker = sign_in("0217", "caseworker").open(f"/citizens/{citizen}/jobs?{PURPOSE}")
    card = re.search(r"Kort (\d+) vises hos", caseworker.main_text())[1]
    for visitor in nine.values():
        assert card in cards(visitor, "0217")
    assert "Helsingør" in owner.open(order).main_text()
    caseworker.follow(f"/citizens/{citizen}/pool-withdrawal")
    began = time.monotonic()
    press(caseworker, "Træk samtykket tilbage")
    for visitor in nine.values():
        assert card not in cards(visitor, "0217")
    assert time.monotonic() - began < 15, "the card was not gone within seconds"
    text = caseworker.main_text()
    assert "Kvittering nr." in text and "Kortet er slettet hos: " in text
    gone = re.search(r"Kortet er slettet hos: (.+)", text)[1]
    assert set(gone.split(", ")) == set(NAMES.values())
    assert "fra Helsingør" not in section(owner.open(order), "Tilbud og ansættelser").inner_text()
    # Nothing stands to be withdrawn any more; a new consent gives a new card.
    caseworker.open(f"/citizens/{citizen}/pool-withdrawal?{PURPOSE}", expect=404)
    caseworker.open(f"/citizens/{citizen}/pool-consent?{PURPOSE}")
    assert "kortet viser ønskede fag" in caseworker.main_text()
    press(caseworker, "Gem samtykket")
    assert caseworker.page.locator(".error").count()
    caseworker.page.locator("#agreed").check()
    press(caseworker, "Gem samtykket")
    again = re.search(r"Kort (\d+) vises hos: (.+)", caseworker.main_text())
    assert again[1] != card and set(again[2].split(", ")) == set(NAMES.values())
    assert again[1] in cards(owner, "0217")


def test_what_changes_on_the_owners_order_is_told(nine):
    owner = nine[OWNER]
    number, order = shared(owner, positions="3")
    owner.open(f"/orders/{number}/correct")
    press(fill(owner, title="Lagermand om natten"), "Gem rettelsen")
    assert "Lagermand om natten" in nine["0260"].open(order).heading()
    owner.open(f"/orders/{number}/step")
    owner.page.locator('[name="kind"][value="closed"]').check()
    owner.page.locator('[name="reason"]').select_option("withdrawn")
    press(owner, "Gem")
    assert "Lukket." in nine["0260"].open(order).main_text()
    nine["0260"].open(POOL)
    assert not nine["0260"].page.locator(f"#shared a[href='{order}']").count()


def test_what_cannot_be_is_told_and_nothing_is_stored(nine, sign_in):
    owner, other = nine[OWNER], nine["0230"]
    number, order = shared(owner, positions="1")
    owner.open(f"/orders/{number}/share")
    press(owner, "Del ordren")
    assert "allerede" in owner.main_text() or owner.page.locator(".notice").count()
    citizen = offer(other, order)
    other.open(f"{order}/offer?id={citizen}", expect=404)
    owner.open(f"{order}/hire?id=0230-999999")
    fill(owner, day="2020-01-01")
    press(owner, "Gem ansættelsen")
    assert "Der er ikke sådan et tilbud" in owner.main_text()
    assert owner.page.locator("#day").input_value() == "2020-01-01"
    assert "0 ansat" in owner.open(order).main_text()
    other.open(f"{POOL}/orders/0219/999999", expect=404)
    other.open("/pool/findes-ikke", expect=404)
    sign_in("0163", "analyst").open(POOL, expect=403)


def test_nobody_reaches_another_municipality_by_a_cookie(sign_in):
    visitor = sign_in("0219", "companyConsultant")
    visitor.page.context.add_cookies(
        [{"name": "municipality", "value": "0163", "url": visitor.page.url}]
    )
    visitor.page.goto("/orders")
    assert "/sign-in" in visitor.page.url
