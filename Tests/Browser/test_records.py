"""Notes whose forms are data, and the guided course of each group, on the pages alone."""

import re

from desk import PURPOSE, of_all, receipt


def number_of(visitor):
    return re.search(r"/citizens/(\d+)", visitor.page.url).group(1)


def record(visitor, citizen, kind, **fields):
    """Fills in the form of one kind and sends it."""
    visitor.open(f"/citizens/{citizen}/record?{PURPOSE}&id={kind}")
    page = visitor.page
    for name, value in fields.items():
        field = page.locator(f'[name="{name}"]' if name in ("start", "end") else f'[name="f-{name}"]')
        kind_of = field.first.get_attribute("type")
        if kind_of == "radio":
            page.locator(f'[name="f-{name}"][value="{value}"]').check()
        elif kind_of == "checkbox":
            field.check()
        else:
            field.fill(value)
    page.get_by_role("button", name="Gem optegnelsen").click()
    return visitor


def test_a_course_shows_what_is_done_and_leads_to_what_is_not(visit):
    caseworker = of_all(visit("caseworker"), "Sygemeldte", 0)
    caseworker.page.get_by_role("link", name="Forløbet, trin for trin").click()
    caseworker.check_page()
    step = caseworker.page.locator(".course li", has_text="Delvist tilbage på arbejde")
    assert "Hvis det er relevant" in step.inner_text()
    done = int(re.search(r"(\d+) af \d+ trin er gjort", caseworker.main_text()).group(1))
    step.get_by_role("link").click()
    caseworker.check_page()
    page = caseworker.page
    assert "Plan for at vende tilbage for" in caseworker.heading()
    for name, value in (
        ("firstHours", "8"), ("steps", "8 timer, så 15 og 25"), ("goalHours", "37"),
        ("reachedBy", "2026-02-01"),
    ):
        page.locator(f'[name="f-{name}"]').fill(value)
    page.get_by_role("button", name="Gem optegnelsen").click()
    caseworker.check_page()
    receipt(caseworker)
    assert "Alle timer er nået senest: 01.02.2026" in caseworker.main_text()
    caseworker.open(f"/citizens/{number_of(caseworker)}/course?{PURPOSE}")
    assert f"{done + 1} af" in caseworker.main_text()
    step = caseworker.page.locator(".course li.done", has_text="Delvist tilbage på arbejde")
    assert "Plan for at vende tilbage" in step.inner_text()
    # Any other course can be looked at, and one that is none is not there.
    caseworker.page.locator("#course").select_option("repatriation")
    caseworker.page.get_by_role("button", name="Vis").click()
    caseworker.check_page()
    assert "Dansk Flygtningehjælp" in caseworker.main_text()
    caseworker.open(f"/citizens/{number_of(caseworker)}/course?{PURPOSE}&course=none", expect=404)
    visit("analyst").open(f"/citizens/{number_of(caseworker)}/course?{PURPOSE}", expect=403)


def test_a_whole_plan_takes_a_consent_and_warns_when_it_drags_on(visit):
    caseworker = of_all(visit("caseworker"), "Indsats", 1)
    citizen = number_of(caseworker)
    action = {
        "order": "1", "who": "social", "action": "Hjælp til at ordne boligen",
        "deadline": "2025-12-15", "start": "2025-12-01",
    }
    record(caseworker, citizen, "whole-plan-action", **action)
    caseworker.check_page()
    # Without the consent nothing is stored, and what was typed is there.
    assert "Registrer først: Samtykke til én samlet plan" in caseworker.page.locator(".errors").inner_text()
    assert caseworker.page.locator('[name="f-action"]').input_value() == "Hjælp til at ordne boligen"
    consent = {"social": "1", "form": "written", "informed": "1", "start": "2025-11-30"}
    record(caseworker, citizen, "whole-plan-consent", **consent)
    receipt(caseworker)
    record(caseworker, citizen, "whole-plan-action", **action)
    caseworker.check_page()
    receipt(caseworker)
    warning = "Handling i den samlede plan: skulle være gjort senest 15.12.2025"
    assert warning in caseworker.main_text()
    caseworker.open(f"/citizens/{citizen}?{PURPOSE}")
    assert warning in caseworker.main_text()
    # Done, it is warned of no more.
    caseworker.open(f"/citizens/{citizen}/records?{PURPOSE}")
    line = caseworker.page.locator(".record", has_text="Handling i den samlede plan")
    line.get_by_role("link", name=re.compile("Afslut")).click()
    caseworker.check_page()
    assert "Handling i den samlede plan" in caseworker.page.locator("#record option:checked").inner_text()
    caseworker.page.get_by_role("button", name="Afslut optegnelsen").click()
    caseworker.check_page()
    receipt(caseworker)
    assert warning not in caseworker.main_text() and "31.12.2025" in caseworker.main_text()


def test_what_a_kind_asks_for_is_told_beside_the_field(visit):
    caseworker = of_all(visit("caseworker"), "Fleksjob", 1)
    citizen = number_of(caseworker)
    record(caseworker, citizen, "ips-fidelity", score="126", assessor="Bo")
    caseworker.check_page()
    assert "Skriv et helt tal fra 25 til 125" in caseworker.main_text()
    assert caseworker.page.locator('[name="f-assessor"]').input_value() == "Bo"
    mentor = {
        "mentor": "Ida", "goal": "Møde til tiden", "tasks": "Ringe om morgenen",
        "weeklyHours": "3", "signed": "1", "start": "2025-12-01", "end": "2026-06-01",
    }
    record(caseworker, citizen, "mentor-agreement", **mentor)
    caseworker.check_page()
    assert "Den kan højst vare til 31.05.2026" in caseworker.main_text()
    record(caseworker, citizen, "mentor-agreement", **(mentor | {"end": "2026-05-31"}))
    caseworker.check_page()
    receipt(caseworker)
    record(caseworker, citizen, "mentor-agreement", **{k: v for k, v in mentor.items() if k != "signed"})
    assert "Det skal være på plads" in caseworker.main_text()
    caseworker.open(f"/citizens/{citizen}/record?{PURPOSE}&id=nothing", expect=404)
    visit("manager").open(f"/citizens/{citizen}/record?{PURPOSE}&id=mentor-agreement", expect=403)


def test_a_summons_goes_into_a_calendar(visit):
    caseworker = of_all(visit("caseworker"), "Integration", 0)
    page = caseworker.page
    page.get_by_role("link", name="Indkald til en samtale", exact=True).click()
    page.locator("#begins").fill("15:45")
    page.get_by_role("button", name="Gem indkaldelsen").click()
    caseworker.check_page()
    page.get_by_role("link", name=re.compile("Indkaldelse")).first.click()
    caseworker.check_page()
    link = page.get_by_role("link", name="Hent samtalen til en kalender")
    reply = page.request.get(page.url.split("/citizens")[0] + link.get_attribute("href"))
    assert reply.headers["content-type"].startswith("text/calendar")
    assert "T154500" in reply.text() and reply.text().startswith("BEGIN:VCALENDAR\r\n")


def test_changes_of_caseworker_are_counted_for_a_team(visit):
    manager = visit("manager").open("/day?whose=team:Ledige")
    counted = re.search(
        r"(\d+) af dem har fået en anden sagsbehandler det seneste år. De har haft (\d+,\d)",
        manager.main_text())
    assert counted and float(counted.group(2).replace(",", ".")) >= 1
