"""The rule book, one rule, and what other rules would do to the cases."""

import re

from visitor import WHAT_IF


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


def test_who_may_not_see_few_gets_no_what_if(visit):
    visit("analyst").open(WHAT_IF, expect=403)


def test_a_wrong_day_is_answered_with_what_is_right(visit):
    analyst = visit("analyst").open("/law?on=2026-13-40", expect=400)
    assert "2026-13-40" in analyst.main_text()
