"""Does it work? The protocols, and the answer to one."""

from visitor import EFFORT


def test_the_list_leads_to_an_answer(visit):
    analyst = visit("analyst").open("/effects")
    assert analyst.page.locator('main a[href^="/effects/"]').count() >= 2
    analyst.follow(f"/effects/{EFFORT}")
    headings = analyst.page.locator("main h2").all_inner_texts()
    assert headings[0].startswith("Svar: ")
    assert "Det bygger svaret på" in headings


def test_the_answer_says_what_is_not_measured(visit):
    manager = visit("manager").open(f"/effects/{EFFORT}?lang=en")
    text = manager.main_text()
    assert "not measured" in text and "Motivation" in text
    assert manager.page.locator("main table").count() >= 1


def test_the_public_does_not_see_what_is_about_few(visit):
    open_text = visit("manager").open(f"/effects/{EFFORT}").main_text()
    analyst = visit("analyst").open(f"/effects/{EFFORT}")
    assert analyst.main_text().split("\n")[0] == open_text.split("\n")[0]


def test_an_unknown_protocol_is_not_found(visit):
    visit("analyst").open("/effects/no-such-protocol", expect=404)
