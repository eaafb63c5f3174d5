"""The manager opens the plan and follows a figure down to its definition."""

from visitor import PLAN


def test_sign_in_leads_to_a_start_page(visit):
    manager = visit("manager")
    assert manager.heading()
    assert "/sign-in" not in manager.page.url


def test_the_plan_is_one_click_from_the_start_page(visit):
    manager = visit("manager").open("/")
    manager.page.locator(f'a[href^="{PLAN}"]').first.click()
    manager.check_page()
    assert manager.page.url.split("?")[0].endswith(PLAN)


def test_the_plan_shows_every_goal(visit):
    manager = visit("manager").open(PLAN)
    goals = manager.page.locator(f'main a[href^="{PLAN}/goal/"]')
    addresses = {goal.get_attribute("href").split("?")[0] for goal in goals.all()}
    assert len(addresses) >= 8, "Herlev's plan has five goals of the minister and three of its own"


def test_a_goal_leads_to_its_targets(visit):
    manager = visit("manager").open(PLAN)
    manager.follow(f"{PLAN}/goal/.+")
    assert manager.heading()
    manager.page.go_back()
    manager.follow(f"{PLAN}/target/.+")
    assert manager.heading()


def targets(visitor):
    links = visitor.open(PLAN).page.locator(f'main a[href^="{PLAN}/target/"]').all()
    return sorted({link.get_attribute("href").split("?")[0] for link in links})


def test_every_target_opens_and_most_show_a_chart_with_its_table(visit):
    manager = visit("manager")
    paths = targets(manager)
    assert len(paths) >= 7, "the plan has at least seven measurable targets"
    charted = 0
    for path in paths:
        manager.open(path)
        charts = manager.page.locator('main svg[role="img"]')
        if charts.count():
            charted += 1
            assert charts.first.locator("title").count(), f"{path}: the chart has no title"
            assert manager.page.locator("main table").count(), f"{path}: no table under the chart"
    assert charted >= 5, f"only {charted} of {len(paths)} targets show a chart"


def test_a_target_leads_to_the_definition_of_its_figure(visit):
    manager = visit("manager")
    manager.open(targets(manager)[0])
    manager.follow("/indicators/[a-z0-9-]+")
    assert manager.page.locator("main").inner_text()


def test_the_plan_as_it_stood_on_a_day(visit):
    manager = visit("manager").open(PLAN)
    today = manager.main_text()
    assert manager.open(f"{PLAN}?asof=2024-06-30").main_text() != today


def test_the_plan_waits_for_sign_in(visit):
    stranger = visit(None)
    answer = stranger.page.goto(PLAN)
    assert "/sign-in" in stranger.page.url or answer.status in (401, 403)
    stranger.check_page()


def test_signing_out_closes_the_plan(visit):
    manager = visit("manager").open(PLAN)
    manager.page.locator('form[action^="/sign-out"] button, a[href^="/sign-out"]').first.click()
    manager.page.goto(PLAN)
    assert "/sign-in" in manager.page.url or manager.page.locator('[name="role"]').count()


def test_a_small_figure_is_not_given_away_by_its_explanation(visit):
    """Of all targets, those hidden from the analyst show no working either."""
    analyst = visit("analyst").open(PLAN)
    links = {a.get_attribute("href") for a in analyst.page.locator("main h3 a").all()}
    hidden = 0
    for link in sorted(links):
        analyst.open(link)
        if "vises ikke" not in analyst.page.locator("main dl.facts").first.inner_text():
            continue
        hidden += 1
        assert "Tallet for" not in analyst.main_text()
        assert analyst.page.locator("main svg[role=img]").count() == 0
    assert hidden > 0
