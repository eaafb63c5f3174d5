"""One course for each target group, from a summons to an outcome, on the pages alone."""

import datetime
import re

import pytest
from desk import PURPOSE, open_form, receipt

DAY = datetime.timedelta(days=1)


def of_group(visitor, team, group=None, older=None):
    """The page of somebody in a team, in a target group, of an age."""
    visitor.open(f"/day?whose=team:{team}&all=1")
    for row in visitor.page.locator("#all tbody tr").all():
        text = row.inner_text()
        age = int(row.locator("td").first.inner_text())
        if (group is None or group in text) and (older is None or age >= older):
            row.locator("a").click()
            visitor.check_page()
            return visitor.page.url
    raise AssertionError(f"nobody in {team} {group}")


def summon_and_hold(visitor, citizen, said, agreed):
    page = visitor.page
    page.goto(citizen)
    open_form(visitor, "Indkald til en samtale")
    for hour in range(8, 16):
        page.locator("#begins").fill(f"{hour:02}:15")
        page.get_by_role("button", name="Gem indkaldelsen").click()
        if page.locator("#receipt").count():
            break
    receipt(visitor)
    page.get_by_role("link", name="Indkaldelse til en samtale").click()
    assert "Ankestyrelsen" not in visitor.main_text()
    page.goto(citizen)
    open_form(visitor, "En samtale, der er holdt")
    page.locator("#note").fill(said)
    page.locator("#agreed1").fill(agreed)
    page.get_by_role("button", name="Gem samtalen").click()
    receipt(visitor)
    assert said in visitor.main_text()


def begin(visitor, citizen, measure, goal, hours=None, weeks=4, extended=False):
    """Registers an effort; a workplace is found by the first letter that has one."""
    page = visitor.page
    page.goto(citizen)
    open_form(visitor, "En indsats")
    page.locator("#measure").select_option(measure)
    start = datetime.date.fromisoformat(page.locator("#starts").input_value())
    page.locator("#ends").fill((start + weeks * 7 * DAY - DAY).isoformat())
    page.locator("#goal").fill(goal)
    if hours:
        page.locator("#hours1").fill(hours)
    if extended:
        page.locator("#extended").check()
    page.get_by_role("button", name="Gem indsatsen").click()
    # The conditions of the act are asked about before it is granted.
    for fact in CONDITIONS.get(measure, ()):
        page.locator(f"#ask-{fact}").check()
    for letter in "abeghjklmnprst":
        if page.locator("#receipt").count():
            break
        page.locator("#unit").fill(letter)
        page.get_by_role("button", name="Prøv betingelserne").click()
        for number in re.findall(r"(\d{10}): ", visitor.main_text()):
            page.locator("#unit").fill(number)
            page.get_by_role("button", name="Gem indsatsen").click()
            if page.locator("#receipt").count():
                break
    assert page.locator("#receipt").count(), visitor.main_text()[:900]
    receipt(visitor)
    return start


def act(visitor, citizen, kind):
    page = visitor.page
    page.goto(citizen)
    open_form(visitor, "Noget, der er gjort")
    page.locator("#kind").select_option(kind)
    page.get_by_role("button", name="Gem", exact=True).click()
    receipt(visitor)


def end(visitor, citizen, outcome, day=None):
    page = visitor.page
    page.goto(citizen)
    open_form(visitor, "En indsats er slut")
    if day:
        page.locator("#day").fill(day.isoformat())
    page.get_by_label(outcome, exact=True).check()
    page.get_by_role("button", name="Afslut indsatsen").click()
    receipt(visitor)
    assert outcome in visitor.main_text()


# What must be so before an effort of a kind is granted.
CONDITIONS = {"flex-job": ["lastingLimits", "allTried", "teamHeard"]}

COURSES = {
    "a dagpenge recipient": ("Ledige", "Dagpengemodtagere", None, [
        ("company-internship-private", "Prøve lageret", "30", 4)], "ordinært job"),
    "a job-ready recipient of cash benefit": ("Ledige", "Jobparate", None, [
        ("company-internship-public", "Prøve køkkenet", "25", 4)], "ordinært job"),
    "an activity-ready recipient of cash benefit": ("Indsats", "Aktivitetsparate", None, [
        ("mentor", "Komme op om morgenen", "2", 20),
        ("small-job", "Lønnede timer", "6", 26)], "ordinært job"),
    "a young person": ("Unge", None, None, [
        ("bridge-to-education", "Se skolen an", "12", 10),
        ("mentor", "Holde fast", "2", 20)], "uddannelse"),
    "a refugee": ("Integration", None, None, [
        ("danish-course", "Modul 3", "12", 26),
        ("integration-internship-private", "Tale dansk på arbejde", "20", 12)], "ordinært job"),
    "a flex-jobber": ("Fleksjob", "fleksjob", None, [
        ("flex-job", "Lager, 12 timer", "12", 52)], "fleksjob"),
    "a senior": ("Ledige", None, 55, [
        ("company-internship-private", "Brug for erfaring", "20", 4)], "ordinært job"),
}


@pytest.mark.parametrize("who", COURSES)
def test_a_course_from_first_contact_to_outcome(visit, who):
    team, group, older, efforts, outcome = COURSES[who]
    caseworker = visit("caseworker")
    citizen = of_group(caseworker, team, group, older)
    summon_and_hold(caseworker, citizen, f"Vi talte om: {efforts[0][1]}", "Ringer til stedet")
    starts = []
    for measure, goal, hours, weeks in efforts:
        starts.append(begin(caseworker, citizen, measure, goal, hours, weeks))
    if who == "a refugee":
        act(caseworker, citizen, "repatriationTalk")
    caseworker.page.goto(citizen)
    caseworker.page.get_by_role("link", name="Min Plan", exact=True).click()
    caseworker.check_page()
    plan = caseworker.main_text()
    assert "Ringer til stedet" in plan and efforts[0][1] in plan
    for start in reversed(starts):
        end(caseworker, citizen, outcome, start + 7 * DAY)
    assert PURPOSE in citizen


def test_a_sick_listed_employee_from_notice_to_recovery_in_part(visit):
    caseworker = visit("caseworker")
    citizen = of_group(caseworker, "Sygemeldte", "Sygemeldte")
    for kind in ["disclosureFormSent", "disclosureFormReturned", "fastTrackRequest"]:
        act(caseworker, citizen, kind)
    summon_and_hold(caseworker, citizen, "Ryggen driller mindre", "Prøver to timer om dagen")
    page = caseworker.page
    page.goto(citizen)
    open_form(caseworker, "Delvis tilbage på arbejde")
    start = datetime.date.fromisoformat(page.locator("#from1").input_value())
    page.locator("#hours1").fill("10")
    page.locator("#from2").fill((start + 14 * DAY).isoformat())
    page.locator("#hours2").fill("20")
    page.get_by_role("button", name="Gem planen for timerne").click()
    receipt(caseworker)
    page.get_by_role("link", name="Se alle frister, og hvorfor").click()
    caseworker.check_page()
    # The talk just held meets what was asked for early, and the page says so.
    assert "Tidlig opfølgning" in caseworker.main_text()
    begin(caseworker, citizen, "job-retention", "Beholde jobbet", None, 8)
    end(caseworker, citizen, "ordinært job", start + 10 * DAY)
