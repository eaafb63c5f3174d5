"""A person at a browser: what they open, and what must hold on every page they see."""

import re
from urllib.parse import urlsplit

PLAN = "/plan/herlev-2024-2025"
ROLES = ["manager", "caseworker", "analyst", "administrator"]
# An indicator about persons, so that a figure has people behind it.
INDICATOR = "full-time-persons"
PERIOD = "2024M06"
# An indicator that the official statistics publish as well, for every municipality.
COMPARED = "gross-unemployed"
EFFORT = "company-placement"
WHAT_IF = "/law/what-if?from=2026-06-30&to=2026-07-01&on=2025-06-30"
WHAT_IF_PEOPLE = (
    WHAT_IF.replace("what-if", "what-if/people") + "&duty=contact-six-months-cash&purpose=Kvalitet"
)
PEOPLE = f"/indicators/{INDICATOR}/people?period={PERIOD}"


class Visitor:
    def __init__(self, page):
        self.page = page
        # A refused policy or a failed script shows here; a 4xx answer does as well,
        # but that is what some tests ask for.
        self.complaints = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _console(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def open(self, path, expect=200):
        """Opens a page and checks what holds for every page."""
        answer = self.page.goto(path)
        assert answer.status == expect, f"{path}: {answer.status}, expected {expect}"
        self.check_page()
        return self

    def sign_in(self, role):
        """Signs in by the form that the demo shows, as a person would."""
        return self.open("/sign-in").sign_in_here(role)

    def sign_in_here(self, role):
        """Signs in by the form that is open, with the municipality chosen there."""
        self.page.locator(f'[name="role"][value="{role}"]').check()
        self.page.locator('main form:has([name="role"]) button').first.click()
        assert not self.page.url.endswith("/sign-in"), f"not signed in as {role}"
        return self

    def follow(self, path_pattern):
        """Clicks the first link of the page whose path fits the pattern."""
        for link in self.page.locator("main a[href], aside a[href]").all():
            target = urlsplit(link.get_attribute("href"))
            if re.fullmatch(path_pattern, target.path):
                link.click()
                self.check_page()
                return self
        raise AssertionError(f"{self.page.url} has no link to {path_pattern}")

    def main_text(self):
        return self.page.locator("main").inner_text()

    def heading(self):
        return self.page.locator("h1").inner_text().strip()

    def language(self):
        return self.page.locator("html").get_attribute("lang")

    def check_page(self):
        """A page has a title, one headline, a language, a main part and no
        missing text (the catalogue shows an unknown key in brackets)."""
        # A press leads to another page, which may be on its way.
        self.page.wait_for_load_state()
        where = self.page.url
        assert self.page.title().strip(), f"{where} has no title"
        assert self.page.locator("h1").count() == 1, f"{where} needs exactly one h1"
        assert self.page.locator("main").count() == 1, f"{where} needs exactly one main"
        assert self.language() in ("da", "en", "uk"), f"{where} names no language"
        missing = re.findall(r"\[[a-z]+(?:[.-][A-Za-z0-9]+)+\]", self.page.inner_text("body"))
        assert not missing, f"{where} lacks the texts {missing}"
        assert not self.complaints, f"{where}: {self.complaints}"


def ask_who(visitor, note="Opfølgning på planens mål"):
    """Asks who stands behind a figure, and answers the question what for. Gives
    what the look-up log may show of the answer."""
    visitor.open(PEOPLE)
    form = visitor.page.locator('main form:has([name="purpose"])')
    assert form.count() == 1, "the drill-down asks for no purpose"
    purpose = form.locator('[name="purpose"]').first
    answers = [note]
    if purpose.get_attribute("type") == "radio":
        purpose.check()
        answers.append(form.locator(f'label[for="{purpose.get_attribute("id")}"]').inner_text())
        form.locator('[name="note"]').fill(note)
    else:
        purpose.fill(note)
    form.locator("button").first.click()
    visitor.check_page()
    return answers
