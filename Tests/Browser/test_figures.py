"""The catalogue, one figure with its cut, municipalities side by side, the people behind."""

import re

from visitor import COMPARED, INDICATOR, PEOPLE, PERIOD, ask_who


def test_the_catalogue_lists_the_indicators(visit):
    analyst = visit("analyst").open("/indicators")
    links = analyst.page.locator('main a[href^="/indicators/"]').all()
    assert len({link.get_attribute("href").split("?")[0] for link in links}) >= 40


def test_an_indicator_says_what_it_means(visit):
    analyst = visit("analyst").open("/indicators")
    analyst.follow(f"/indicators/{INDICATOR}")
    assert analyst.page.locator("main table").count()


def test_a_cut_is_a_table_with_headers(visit):
    analyst = visit("analyst").open(f"/indicators/{INDICATOR}?period={PERIOD}&cut=benefit")
    table = analyst.page.locator("main table").first
    assert table.locator("th[scope]").count() > 1
    assert table.locator("tbody tr").count() > 1


def test_a_press_on_a_heading_sorts_the_table(visit):
    analyst = visit("analyst").open(f"/indicators/{INDICATOR}?period={PERIOD}&cut=benefit")
    table = analyst.page.locator('main [role="region"] > table', has_text="A-dagpenge").first
    figures = lambda: [
        float(text.replace(".", "").replace(",", "."))
        for text in table.locator("tbody tr td:nth-child(2)").all_inner_texts()
        if re.search(r"\d", text)
    ]
    as_it_was = table.locator("tbody").inner_text()
    heading = table.locator("thead th").nth(1)
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert figures() == sorted(figures()) and len(set(figures())) > 1
    analyst.check_page()
    heading.get_by_role("button").click()
    assert figures() == sorted(figures(), reverse=True)
    table.locator("thead th").first.get_by_role("button").click()
    names = table.locator("tbody th").all_inner_texts()
    assert names[0] < names[-1] and heading.get_attribute("aria-sort") is None
    for _ in range(2):
        table.locator("thead th").first.get_by_role("button").click()
    assert table.locator("tbody").inner_text() == as_it_was


def test_municipalities_side_by_side(visit):
    analyst = visit("analyst").open(f"/compare?indicator={COMPARED}&with=0219")
    text = analyst.main_text()
    assert "Herlev" in text and "Hillerød" in text


def test_the_drill_down_asks_what_for_and_shows_masked_people(visit):
    manager = visit("manager")
    ask_who(manager)
    assert manager.page.locator("main table tbody tr").count() > 0
    assert not re.search(r"\b\d{6}-?\d{4}\b", manager.main_text()), "a whole CPR number shows"


def test_without_a_purpose_nobody_is_shown(visit):
    manager = visit("manager").open(PEOPLE)
    form = manager.page.locator('main form:has([name="purpose"])')
    for choice in form.locator('[name="purpose"]:checked').all():
        choice.evaluate("e => e.checked = false")
    # The browser's own check is put aside, as an old or scripted browser would.
    form.evaluate("f => f.noValidate = true")
    form.locator("button").first.click()
    manager.check_page()
    assert manager.page.locator('main form [name="purpose"]').count()
    assert manager.page.locator("main table tbody tr").count() == 0


def test_the_look_up_is_in_the_log(visit):
    administrator = visit("administrator").open("/lookups")
    before = administrator.main_text()
    answers = ask_who(visit("manager"), "Kontrol af et tal til udvalgets møde")
    after = administrator.open("/lookups").main_text()
    assert after != before
    assert any(answer in after for answer in answers), f"the log shows none of {answers}"


def test_without_permission_the_answer_says_why_not(visit):
    analyst = visit("analyst").open(PEOPLE, expect=403)
    reason = " ".join(analyst.page.locator("main p").all_inner_texts())
    assert len(reason.split()) >= 10, f"a refusal gives its reason, not only: {reason}"
    visit("caseworker").open("/lookups", expect=403)
