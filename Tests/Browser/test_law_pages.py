"""The rule book, one rule, and what other rules would do to the cases."""

import re

from test_every_page import violations
from visitor import WHAT_IF, WHAT_IF_PEOPLE, ask_who


def test_the_rule_book_shows_two_days_side_by_side(visit):
    analyst = visit("analyst").open("/law?on=2026-06-30&beside=2026-07-01")
    assert "30.06.2026" in analyst.heading() and "01.07.2026" in analyst.heading()
    rows = analyst.page.locator("main table tbody tr")
    different = rows.filter(has_text=re.compile("Forskellig$"))
    assert rows.count() > 20 and 5 < different.count() < rows.count()
    first = rows.filter(has_text="Den første samtale").first.inner_text()
    assert "LAB § 31, stk. 5" in first and "usikker" in first


def test_the_day_is_chosen_in_the_form(visit):
    analyst = visit("analyst").open("/law")
    analyst.page.locator("#on").fill("2021-03-01")
    analyst.page.locator("main form button").first.click()
    analyst.check_page()
    assert "01.03.2021" in analyst.heading()
    assert "arbejdspligt" not in analyst.main_text().lower()


def test_a_rule_shows_its_versions_and_where_it_stands(visit):
    analyst = visit("analyst").open("/law")
    analyst.follow("/law/rules/contact-first-cash")
    text = analyst.main_text()
    assert "LAB § 31, stk. 5" in text and "Usikker" in text and "Gælder nu" in text
    assert analyst.page.locator('main a[href^="https://"]').count() >= 2


def test_what_other_rules_would_do_to_the_cases(visit):
    manager = visit("manager").open(WHAT_IF)
    touched = int(re.match(r"[\d.]+", manager.heading())[0].replace(".", ""))
    assert touched > 10
    sums = 0
    for row in manager.page.locator("main table tbody tr").all():
        numbers = [int(text.replace(".", "")) for text in row.locator("td").all_inner_texts()]
        assert len(numbers) == 3 and sum(numbers) > 0
        sums += sum(numbers)
    assert sums >= touched
    same = visit("manager").open("/law/what-if?from=2026-06-30&to=2026-06-30&on=2025-06-30")
    assert same.page.locator("main table").count() == 0


def test_what_is_proposed_is_asked_for_and_marked(visit):
    analyst = visit("analyst").open("/law/rules/contact-six-months-cash")
    assert "(foreslået)" in analyst.main_text()
    manager = visit("manager").open("/law/what-if?from=2026-12-31&to=2027-01-01&on=2025-06-30")
    assert manager.page.locator("main table").count() == 0
    manager.page.locator("#proposed").check()
    manager.page.locator("main form button").first.click()
    manager.check_page()
    assert manager.page.locator("main table").count() >= 2
    assert "(foreslået)" in manager.main_text()


def state_purpose(visitor):
    visitor.page.locator('input[name="purpose"]').first.check()
    visitor.page.locator("main form:has([name=purpose]) button").first.click()
    visitor.check_page()


def test_from_the_what_if_to_one_citizen_and_why(visit):
    manager = visit("manager").open(WHAT_IF).follow("/law/what-if/people")
    assert manager.page.locator("main table").count() == 0
    state_purpose(manager)
    promised = int(re.search(r": ([\d.]+) borgere", manager.heading())[1].replace(".", ""))
    rows = manager.page.locator("main table tbody tr")
    assert rows.count() == min(promised, 100)
    masked = rows.first.locator("td").first.inner_text()
    assert re.fullmatch(r"\d{6}-?[•*x]+", masked), masked
    manager.follow(r"/law/citizens/\d+")
    assert manager.page.locator("main h3").count() >= 1
    assert violations(manager) == []
    why = manager.page.locator("main details").first
    assert not why.locator("li").first.is_visible()
    why.locator("summary").click()
    reasons = why.locator("li").all_inner_texts()
    assert any(re.match("Sat i gang af: .+", reason) for reason in reasons)
    assert any(re.match("Frist: .+, altså ", reason) for reason in reasons)
    log = visit("administrator").open("/lookups").main_text()
    assert "En borgers frister, 30.06.2025" in log
    assert "Borgere, som andre regler ville ændre noget for, 30.06.2025" in log


def test_people_behind_a_figure_lead_to_their_deadlines(visit):
    manager = visit("manager")
    ask_who(manager)
    manager.follow(r"/law/citizens/\d+")
    assert "deadlines" in manager.heading() or "frister" in manager.heading()


def test_what_is_not_registered_is_not_called_late(visit):
    manager = visit("manager").open(WHAT_IF_PEOPLE)
    paths = [link.get_attribute("href") for link in
             manager.page.locator('main a[href^="/law/citizens/"]').all()][:12]
    seen = 0
    for path in paths:
        manager.open(path)
        apart = manager.page.locator("main section", has_text="Kan ikke ses her")
        seen += apart.locator("h3").count()
        for late in manager.page.locator("main section", has_text="Overskredet").all():
            assert "Min Plan" not in late.locator("h3").all_inner_texts()
    assert seen > 0


def test_one_citizen_is_shown_to_those_who_may_and_for_a_purpose(visit):
    visit("analyst").open("/law/citizens/1630000005", expect=403)
    manager = visit("manager").open("/law/citizens/1630000005")
    assert "Hvad skal du bruge" in manager.heading()
    visit("manager").open("/law/citizens/999999999?purpose=Kvalitet", expect=404)


def test_the_75_per_cent_rules(visit):
    manager = visit("manager").open("/law/portfolios?on=2025-06-30")
    assert "Ingen 75 procent-regel" in manager.heading()
    manager.open("/law/portfolios?on=2026-08-01")
    assert manager.page.locator("main h2").count() == 3
    manager.open("/law/portfolios?on=2025-06-30&rules=2026-07-01")
    numbers = [int(text.replace(".", "")) for text in
               manager.page.locator("main section").first.locator("dd").all_inner_texts()]
    citizens, exempt, served, required, room = numbers
    assert citizens > 5 and served == citizens - exempt
    assert required == -(-citizens * 3 // 4) and room == served - required
    visit("analyst").open("/law/portfolios", expect=403)


def test_the_ratio_is_worked_out_and_what_was_typed_is_kept(visit):
    analyst = visit("analyst").open("/law/allowed")
    form = analyst.page.locator("main form").first
    form.locator('[name="starts"]').fill("2025-03-10")
    form.locator('[name="hours"]').fill("6413,2")
    form.locator('[name="present"]').fill("1")
    form.locator("button").click()
    analyst.check_page()
    assert analyst.heading().startswith("Ja")
    assert "10,00 fuldtidsansatte" in analyst.main_text()
    assert analyst.page.locator('[name="hours"]').input_value() == "6413,2"
    analyst.page.locator('[name="present"]').fill("1,5")
    analyst.page.locator("main form").first.locator("button").click()
    assert analyst.heading().startswith("Nej")
    wrong = visit("analyst").open("/law/allowed?ask=ratio&hours=mange", expect=400)
    assert "mange" in wrong.main_text() and "1603,3" in wrong.main_text()


def test_an_offer_is_measured_against_its_limit(visit):
    analyst = visit("analyst").open("/law/allowed")
    form = analyst.page.locator("main form").nth(2)
    form.locator('[name="starts"]').fill("2025-03-03")
    form.locator('[name="ends"]').fill("2025-03-31")
    form.locator("button").click()
    analyst.check_page()
    assert analyst.heading().startswith("Nej") and "30.03.2025" in analyst.main_text()
    visit("analyst").open("/law/allowed?ask=offer&starts=2025-03-03&ends=2025-03-01", expect=400)


def test_a_wage_subsidy_must_mean_more_employees(visit):
    analyst = visit("analyst").open("/law/allowed")
    form = analyst.page.locator("main form").nth(1)
    form.locator('[name="average"]').fill("1603,3")
    form.locator('[name="now"]').fill("1603,3")
    form.locator("button").click()
    analyst.check_page()
    assert analyst.heading().startswith("Ja") and "11,00" in analyst.main_text()
    analyst.page.locator('[name="now"]').fill("1442,97")
    analyst.page.locator("main form").nth(1).locator("button").click()
    assert analyst.heading().startswith("Nej")


def test_a_question_of_conditions_is_found_asked_and_mended(visit):
    analyst = visit("analyst").open("/law/allowed")
    analyst.page.get_by_role("link", name="Kan arbejdsgiveren få tilskud til en voksenlærling?").click()
    form = analyst.page.locator("main form")
    form.locator('[name="on"]').fill("2024-03-01")
    form.locator('[name="age"]').fill("syvogtyve")
    form.locator('[name="unskilled"]').check()
    form.locator("button").click()
    analyst.check_page()
    # What is missing is named and what was typed is kept.
    errors = analyst.page.locator(".errors").inner_text()
    assert "Alder" in errors and "Arbejdsgiveren har søgt" in errors
    assert "Måneder på offentlig ydelse" not in errors
    assert form.locator('[name="age"]').input_value() == "syvogtyve"
    assert form.locator('[name="unskilled"]').is_checked()
    form.locator('[name="age"]').fill("27")
    form.locator('[name="starts"]').fill("2024-03-01")
    form.locator('[name="applied"]').fill("2024-04-01")
    form.locator("button").click()
    analyst.check_page()
    assert analyst.page.locator(".errors").count() == 0
    assert "45 kr. i timen" in analyst.main_text() and "LAB §§ 154-160" in analyst.main_text()
    visit("analyst").open("/law/allowed/nothing", expect=404)


def test_the_rule_book_shows_conditions_beside_those_of_another_day(visit):
    analyst = visit("analyst").open("/law?on=2026-06-30&beside=2026-07-01")
    link = analyst.page.get_by_role("link", name="Fleksjob", exact=True)
    assert "Forskellig" in analyst.page.locator("tr", has=link).inner_text()


def test_who_may_not_see_few_gets_no_what_if(visit):
    visit("analyst").open(WHAT_IF, expect=403)
    visit("analyst").open(WHAT_IF.replace("what-if", "what-if/people"), expect=403)


def test_a_wrong_day_is_answered_with_what_is_right(visit):
    analyst = visit("analyst").open("/law?on=2026-13-40", expect=400)
    assert "2026-13-40" in analyst.main_text()


def test_what_a_proposal_would_mean_is_asked_for_and_marked(visit):
    asked = "/law/allowed/activity-ready-contact?on=2027-01-01&ask=1&category=activityReady&contactTried=1"
    analyst = visit("analyst").open(asked)
    answer = analyst.page.locator("main section").first
    assert "(foreslået)" not in answer.inner_text() and "LAS § 35" in answer.inner_text()
    form = analyst.page.locator("main form")
    form.locator('[name="proposed"]').check()
    form.locator("button").click()
    analyst.check_page()
    assert "(foreslået)" in answer.inner_text()
    # A question that no proposal changes does not ask.
    analyst.open("/law/allowed/adult-apprentice")
    assert analyst.page.locator('[name="proposed"]').count() == 0


def test_a_change_of_benefit_that_begins_no_period_stands_in_the_rule_book(visit):
    analyst = visit("analyst").open("/law?on=2025-07-15")
    analyst.page.get_by_role("link", name="Fra de tidligere ydelser til kontanthjælp").click()
    analyst.check_page()
    assert "(usikker)" in analyst.main_text() and "1655/2024" in analyst.main_text()
