"""What the tests of the desk share: counting what a user does, and finding somebody."""

import re

PURPOSE = "purpose=Sagsbehandling"


class Doing:
    """Does what a user does and counts it: clicks, key presses, and fields met twice."""

    def __init__(self, page):
        self.page = page
        self.clicks = 0
        self.keys = 0
        self.met = []

    def link(self, name):
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.clicks += 1
        self._meet()
        return self

    def button(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()
        self.clicks += 1
        return self

    def choose(self, label):
        self.page.get_by_label(label, exact=True).check()
        self.clicks += 1
        return self

    def select(self, name, value):
        # One click opens the list and one chooses.
        self.page.locator(f'select[name="{name}"]').select_option(value)
        self.clicks += 2
        return self

    def write(self, name, text):
        """Fields are reached by the Tab key, as those do who write all day."""
        self.page.locator(f'[name="{name}"]').fill(text)
        self.keys += len(text) + 1
        return self

    def set_day(self, name, iso):
        self.page.locator(f'[name="{name}"]').fill(iso)
        self.keys += 9
        return self

    def _meet(self):
        labels = self.page.locator("main form.form label, main form.form legend").all_inner_texts()
        self.met += [label.strip() for label in labels]

    @property
    def asked_twice(self):
        return sorted({label for label in self.met if self.met.count(label) > 1})

    def told(self, what, budget):
        print(
            f"{what}: {self.clicks} clicks of {budget}, {self.keys} key presses, "
            f"{len(self.asked_twice)} fields asked twice")
        assert self.clicks <= budget
        assert not self.asked_twice, self.asked_twice


def receipt(visitor):
    text = visitor.page.locator("#receipt").inner_text()
    assert "Kvittering nr." in text
    return int(re.search(r"nr\. ([\d.]+)", text).group(1).replace(".", ""))


def of_team(visitor, team, place=0):
    """The page of somebody of whom something is due in a team."""
    visitor.open(f"/day?whose=team:{team}")
    visitor.page.locator("main table tbody th a").nth(place).click()
    visitor.check_page()
    return visitor


def of_all(visitor, team, place):
    """The page of one of all citizens of a team, counted from the last."""
    visitor.open(f"/day?whose=team:{team}&all=1")
    links = visitor.page.locator("#citizens tbody th a")
    links.nth(links.count() - 1 - place).click()
    visitor.check_page()
    return visitor


def open_form(visitor, name):
    visitor.page.get_by_role("link", name=name, exact=True).click()
    visitor.check_page()
    return visitor.page


def workplace(visitor, citizen):
    """The number of a workplace with room for one more in an internship."""
    visitor.page.goto(citizen)
    page = open_form(visitor, "En indsats")
    page.locator("#measure").select_option("company-internship-private")
    page.locator("#goal").fill("Prøve")
    page.locator("#hours1").fill("20")
    for letter in "abeghjklmnprst":
        page.locator("#unit").fill(letter)
        page.get_by_role("button", name="Prøv betingelserne").click()
        for number in re.findall(r"(\d{10}): ", visitor.main_text()):
            page.locator("#unit").fill(number)
            page.get_by_role("button", name="Prøv betingelserne").click()
            if "har plads til én mere" in visitor.main_text():
                page.goto(citizen)
                return number
    raise AssertionError("no workplace has room")
