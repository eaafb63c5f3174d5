"""What cannot be answered is answered properly: a page that says what was wrong."""

import pytest
from visitor import INDICATOR, PEOPLE, PLAN

WRONG = [
    ("/nothing-here", {404}),
    ("/indicators/no-such-indicator", {404}),
    ("/plan/no-such-plan", {404}),
    (f"{PLAN}/goal/no-such-goal", {404}),
    (f"{PLAN}/target/no-such-target", {404}),
    (f"/indicators/{INDICATOR}?period=2024M13", {400, 404}),
    (f"/indicators/{INDICATOR}?period=yesterday", {400, 404}),
    (f"/indicators/{INDICATOR}?period=2024M06&cut=shoe-size", {400, 404}),
    (f"/compare?indicator={INDICATOR}&with=9999", {400, 404}),
    ("/compare?indicator=no-such-indicator&with=0219", {400, 404}),
    (f"/indicators/{INDICATOR}?period=2024M06%00", {400, 404}),
    (f"/indicators/{INDICATOR}?period=%ff", {200, 400, 404}),
    (f"{PLAN}?asof=31.02.2024", {400, 404}),
    (f"/indicators/{INDICATOR}?period=<script>alert(1)</script>", {400, 404}),
]


@pytest.mark.parametrize(("path", "statuses"), WRONG)
def test_a_proper_page(visit, path, statuses):
    manager = visit("manager")
    answer = manager.page.goto(path)
    assert answer.status in statuses, f"{path}: {answer.status}"
    manager.check_page()
    assert manager.main_text().strip()
    assert manager.page.locator("script:not([src])").count() == 0


def test_an_unknown_role_is_not_let_in(visit):
    stranger = visit(None).open("/sign-in")
    answer = stranger.page.request.post("/sign-in", form={"role": "mayor"})
    assert answer.status in (400, 403, 422)
    after = stranger.page.goto(PLAN)
    assert "/sign-in" in stranger.page.url or after.status in (401, 403)


def test_a_form_from_another_site_is_refused(visit):
    manager = visit("manager")
    answer = manager.page.request.post(
        PEOPLE,
        form={"purpose": "test"},
        headers={"Origin": "https://example.com"},
    )
    assert answer.status in (400, 403)
