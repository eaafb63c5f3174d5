"""A citizen is found, read about, and a held conversation is registered."""

import datetime
import re

CASEWORK = "purpose=Sagsbehandling"
# From the citizen's page to the receipt; the budget is of the product, not of the test.
CONVERSATION_CLICKS = 6


class Clicks:
    """Does what a user does and counts it."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def link(self, name):
        self.page.get_by_role("link", name=name).click()
        self.count += 1

    def button(self, name):
        self.page.get_by_role("button", name=name).click()
        self.count += 1

    def choose(self, name):
        self.page.get_by_label(name, exact=True).check()
        self.count += 1


def some_citizen(visitor, text="hansen"):
    visitor.open("/citizens")
    visitor.page.locator("#q").fill(text)
    visitor.page.get_by_role("button", name="Søg").click()
    visitor.page.locator("main table a").first.click()
    visitor.check_page()
    return visitor


def test_a_citizen_is_found_and_the_look_up_is_logged(visit):
    caseworker = visit("caseworker").open("/citizens")
    caseworker.page.locator("#q").fill("HANSEN")
    caseworker.page.get_by_role("button", name="Søg").click()
    caseworker.check_page()
    assert caseworker.heading().startswith("Fundet")
    names = caseworker.page.locator("main table tbody th").all_inner_texts()
    assert names and all("hansen" in name.lower() for name in names)
    assert not re.search(r"\d{6}-\d{4}", caseworker.main_text())
    caseworker.open(f"/citizens?q=Ingenmedsligtnavn&{CASEWORK}")
    assert caseworker.heading() == "Ingen borger er fundet"
    log = visit("administrator").open("/lookups").main_text()
    assert "Søgning efter borgere" in log


def test_a_held_conversation_is_registered_with_few_clicks(visit):
    caseworker = some_citizen(visit("caseworker"))
    before = caseworker.page.locator("main table tbody tr").count()
    clicks = Clicks(caseworker.page)
    clicks.link("En samtale, der er holdt")
    caseworker.check_page()
    clicks.choose("på video")
    clicks.button("Gem samtalen")
    caseworker.check_page()
    assert "Kvittering nr." in caseworker.page.locator("#receipt").inner_text()
    assert caseworker.page.locator("main table tbody tr").count() == before + 1
    assert "Jobsamtale, holdt" in caseworker.main_text() or "samtale" in caseworker.main_text()
    print(f"clicks for a conversation: {clicks.count} of {CONVERSATION_CLICKS}")
    assert clicks.count <= CONVERSATION_CLICKS
    # The same once more is asked about, and then refused beside the field, with what was typed
    # kept.
    clicks.link("En samtale, der er holdt")
    clicks.choose("på video")
    clicks.button("Gem samtalen")
    assert "præcis det samme" in caseworker.main_text()
    clicks.button("Gem samtalen")
    assert "allerede registreret" in caseworker.page.locator(".errors").inner_text()
    assert caseworker.page.get_by_label("på video").is_checked()


def test_a_conversation_that_cannot_have_been_is_refused(visit):
    caseworker = some_citizen(visit("caseworker"))
    caseworker.page.get_by_role("link", name="En samtale, der er holdt").click()
    today = caseworker.page.locator("#day").input_value()
    tomorrow = datetime.date.fromisoformat(today) + datetime.timedelta(days=1)
    for day, answer in [(tomorrow.isoformat(), "ikke kommet endnu"), ("1900-01-01", "boede ikke")]:
        caseworker.page.locator("#day").fill(day)
        caseworker.page.get_by_role("button", name="Gem samtalen").click()
        assert answer in caseworker.page.locator(".errors").inner_text()
        assert caseworker.page.locator("#day").input_value() == day
    caseworker.page.locator("#day").fill("")
    caseworker.page.get_by_role("button", name="Gem samtalen").click()
    assert "Skriv en dag" in caseworker.page.locator(".errors").inner_text()


def test_a_manager_reads_and_does_not_register(visit):
    manager = some_citizen(visit("manager"))
    assert manager.page.get_by_role("link", name="En samtale, der er holdt").count() == 0
    number = re.search(r"/citizens/(\d+)", manager.page.url).group(1)
    visit("manager").open(f"/citizens/{number}/conversation?{CASEWORK}", expect=403)
    visit("manager").open(f"/citizens/{number}").check_page()
    visit("analyst").open(f"/citizens/{number}?{CASEWORK}", expect=403)
    visit("analyst").open("/citizens", expect=403)
    visit("caseworker").open(f"/citizens/999999999?{CASEWORK}", expect=404)


def test_the_timeline_shows_one_kind(visit):
    caseworker = some_citizen(visit("caseworker"))
    caseworker.page.locator("#kind").select_option("residence")
    caseworker.page.get_by_role("button", name="Vis").click()
    caseworker.check_page()
    kinds = caseworker.page.locator("main table tbody td:nth-of-type(1)").all_inner_texts()
    assert kinds and set(kinds) == {"Bopæl"}


def test_what_is_due_is_filtered_and_leads_to_the_citizen(visit):
    caseworker = visit("caseworker").open("/citizens")
    caseworker.page.get_by_role("button", name="Se fristerne").click()
    caseworker.check_page()
    overdue, soon = map(int, re.findall(r"(\d+) f", caseworker.heading())[:2])
    caseworker.page.locator("#status").select_option("overdue")
    caseworker.page.get_by_role("button", name="Vis").click()
    caseworker.check_page()
    rows = caseworker.page.locator("main table tbody tr")
    assert overdue + soon > 0 and rows.count() == min(overdue, 50)
    assert all("Overskredet" in text for text in rows.all_inner_texts())
    # The duty with its paragraph in parentheses.
    duty, _, law = rows.first.locator("td").nth(1).inner_text().partition(" (LAB")
    assert law
    rows.first.locator("a").click()
    caseworker.check_page()
    assert duty in caseworker.main_text()
    visit("caseworker").open("/due").check_page()
    visit("analyst").open("/due", expect=403)
