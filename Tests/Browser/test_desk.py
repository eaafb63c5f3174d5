"""The caseworker's desk, done as a caseworker does it and counted; the budgets are the
product's and not the tests'."""

import datetime
import re

from desk import PURPOSE, Doing, of_all, of_team, open_form, receipt, workplace

DAY = datetime.timedelta(days=1)


def today(page):
    """The demonstration's own day, as the form proposes it."""
    return datetime.date.fromisoformat(page.locator("#day").input_value())


def test_my_day_shows_a_team_and_one_caseworker(visit):
    caseworker = visit("caseworker").open("/day")
    assert re.match(r"\d+ samtaler? i dag, ", caseworker.heading())
    options = caseworker.page.locator("#whose option").all_inner_texts()
    assert any(option.startswith("Hele teamet") for option in options) and len(options) > 6
    caseworker.open("/day?whose=team:Ledige")
    rows = caseworker.page.locator("main table tbody tr")
    assert rows.count() > 2
    assert "§" in rows.first.inner_text()
    caseworker.page.locator("#status").select_option("overdue")
    caseworker.page.get_by_role("button", name="Vis").click()
    caseworker.check_page()
    assert set(
        caseworker.page.locator("main table tbody td:nth-of-type(3)").all_inner_texts()
    ) == {"Overskredet"}
    visit("manager").open("/day").check_page()
    visit("analyst").open("/day", expect=403)
    visit(None).page.goto("/day")


def test_a_conversation_with_note_and_agreement_in_six_clicks(visit):
    caseworker = of_team(visit("caseworker"), "Ledige", 1)
    doing = Doing(caseworker.page)
    doing.link("En samtale, der er holdt")
    caseworker.check_page()
    doing.choose("i telefon").write("note", "Vil gerne køre bus. Søger to steder i denne uge.")
    doing.write("agreed1", "Søger to job som chauffør").button("Gem samtalen")
    caseworker.check_page()
    receipt(caseworker)
    assert "Vil gerne køre bus" in caseworker.main_text()
    doing.told("a conversation", 6)
    caseworker.page.get_by_role("link", name="Min Plan", exact=True).click()
    caseworker.check_page()
    assert "Søger to job som chauffør" in caseworker.main_text()
    assert "Aftalt" in caseworker.main_text()


def test_a_summons_has_a_letter_and_its_hour_is_taken(visit):
    caseworker = of_team(visit("caseworker"), "Ledige", 2)
    citizen = caseworker.page.url
    page = open_form(caseworker, "Indkald til en samtale")
    day = today(page)
    assert day.weekday() < 5
    page.locator("#begins").fill("16:15")
    page.locator("#place").fill("Rum 4")
    page.get_by_role("button", name="Gem indkaldelsen").click()
    receipt(caseworker)
    page.get_by_role("link", name="Indkaldelse til en samtale").click()
    caseworker.check_page()
    letter = caseworker.main_text()
    assert "kl. 16.15" in letter and "Rum 4" in letter and "bisidder" in letter
    # The same caseworker cannot be at two places.
    page.goto(citizen)
    open_form(caseworker, "Indkald til en samtale")
    page.locator("#begins").fill("16:30")
    page.get_by_role("button", name="Gem indkaldelsen").click()
    assert "en anden samtale kl. 16.15" in page.locator(".errors").inner_text()
    assert page.locator("#begins").input_value() == "16:30"
    while day.weekday() != 5:
        day += DAY
    page.locator("#day").fill(day.isoformat())
    page.get_by_role("button", name="Gem indkaldelsen").click()
    assert "weekend" in page.locator(".errors").inner_text()


def test_a_step_of_the_plan_in_six_clicks_and_nobody_overwrites(visit):
    caseworker = of_team(visit("caseworker"), "Ledige", 3)
    citizen = caseworker.page.url
    doing = Doing(caseworker.page)
    doing.link("En linje i Min Plan").write("text", "Jeg vil arbejde med dyr")
    doing.button("Gem linjen")
    caseworker.check_page()
    receipt(caseworker)
    assert "Jeg vil arbejde med dyr" in caseworker.main_text()
    doing.told("a step of the plan", 6)
    # Two have the line open; the second is told, and keeps the words.
    change = caseworker.page.get_by_role("link", name="Ret: Jeg vil arbejde med dyr")
    address = change.get_attribute("href")
    other = visit("caseworker")
    other.open(address)
    caseworker.open(address)
    other.page.locator("#text").fill("Jeg vil arbejde med heste")
    other.page.get_by_role("button", name="Gem linjen").click()
    receipt(other)
    caseworker.page.locator("#text").fill("Jeg vil passe hunde")
    caseworker.page.get_by_role("button", name="Gem linjen").click()
    text = caseworker.main_text()
    assert "har ændret det samme" in text and "Jeg vil arbejde med heste" in text
    assert caseworker.page.locator("#text").input_value() == "Jeg vil passe hunde"
    caseworker.page.get_by_role("button", name="Gem linjen").click()
    receipt(caseworker)
    text = caseworker.main_text()
    assert "Jeg vil passe hunde" in text
    caseworker.page.get_by_text("Tidligere udgaver").click()
    assert "Jeg vil arbejde med heste" in caseworker.main_text()
    caseworker.page.goto(citizen)


def test_an_internship_with_rising_hours_in_twelve_clicks(visit):
    caseworker = of_team(visit("caseworker"), "Ledige", 5)
    citizen = caseworker.page.url
    page = caseworker.page
    number = workplace(caseworker, citizen)
    doing = Doing(page)
    doing.link("En indsats").select("measure", "company-internship-private")
    start = datetime.date.fromisoformat(page.locator("#starts").input_value())
    doing.write("unit", "a").button("Prøv betingelserne")
    caseworker.check_page()
    # What the beginning of the name found stands with its number; one with room is taken.
    numbers = re.findall(r"(\d{10}): ", caseworker.main_text())
    assert numbers, caseworker.main_text()[:500]
    doing.write("unit", number).write("goal", "Prøve faget")
    doing.write("hours1", "12").set_day("from2", (start + 14 * DAY).isoformat())
    doing.write("hours2", "22,5").button("Gem indsatsen")
    caseworker.check_page()
    receipt(caseworker)
    text = caseworker.main_text()
    assert "Virksomhedspraktik" in text and "22,5 timer om ugen" in text
    doing.told("an internship", 12)


def test_an_effort_the_law_does_not_allow_is_not_kept(visit):
    caseworker = of_team(visit("caseworker"), "Ledige", 5)
    citizen = caseworker.page.url
    before = caseworker.page.locator("main table caption").last.inner_text()
    page = open_form(caseworker, "En indsats")
    start = datetime.date.fromisoformat(page.locator("#starts").input_value())
    page.locator("#measure").select_option("mentor")
    page.locator("#goal").fill("Komme godt i gang")
    page.locator("#hours1").fill("2")
    page.locator("#ends").fill((start + 300 * DAY).isoformat())
    page.get_by_role("button", name="Gem indsatsen").click()
    assert "Højst 6 måneder" in caseworker.main_text()
    assert "Loven tillader det ikke" in page.locator(".errors").inner_text()
    assert page.locator("#goal").input_value() == "Komme godt i gang"
    page.locator("#ends").fill((start - DAY).isoformat())
    page.locator("#hours1").fill("mange")
    page.get_by_role("button", name="Gem indsatsen").click()
    assert "Skriv timer om ugen som et tal" in page.locator(".errors").inner_text()
    page.goto(citizen)
    assert page.locator("main table caption").last.inner_text() == before


def test_a_page_an_act_and_a_citizen_are_reached_by_typing(visit):
    caseworker = of_team(visit("caseworker"), "Ledige", 0)
    page = caseworker.page
    name = caseworker.heading()
    page.keyboard.press("Control+k")
    page.keyboard.type("delvis tilb")
    page.keyboard.press("Enter")
    page.wait_for_url("**/partial-return**")
    caseworker.check_page()
    page.keyboard.press("Control+k")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/citizens?**")
    assert name in caseworker.main_text()
    page.keyboard.press("Control+k")
    page.keyboard.type("min dag")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/day")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    assert not page.locator("#command-box").is_visible()


def test_a_partial_return_in_eight_clicks(visit):
    caseworker = of_team(visit("caseworker"), "Sygemeldte", 0)
    doing = Doing(caseworker.page)
    doing.link("Delvis tilbage på arbejde")
    start = datetime.date.fromisoformat(caseworker.page.locator("#from1").input_value())
    doing.write("hours1", "10").set_day("from2", (start + 14 * DAY).isoformat())
    doing.write("hours2", "20").button("Gem planen for timerne")
    caseworker.check_page()
    receipt(caseworker)
    assert "10,0 timer om ugen" in caseworker.main_text()
    doing.told("a partial return", 8)
    # Less than four hours away is no partial absence.
    page = open_form(caseworker, "Delvis tilbage på arbejde")
    page.locator("#hours1").fill("36")
    page.get_by_role("button", name="Gem planen for timerne").click()
    assert "væk mindst 4 timer" in page.locator(".errors").inner_text()
    assert page.locator("#hours1").input_value() == "36"


def test_a_decision_in_twelve_clicks_and_not_before_it_holds(visit):
    caseworker = of_team(visit("caseworker"), "Indsats", 0)
    doing = Doing(caseworker.page)
    doing.link("En afgørelse").write("subject", "løntilskud hos Møller")
    page = caseworker.page
    facts = page.locator("#facts").input_value()
    assert re.search(r"\d\d\.\d\d\.\d{4}", facts), "the case tells no day"
    day = datetime.date.fromisoformat(page.locator("#from").input_value())
    # The last rules are the limits, which ask nothing.
    doing.select("rule", page.locator("#rule option").last.get_attribute("value"))
    doing.button("Send afgørelsen")
    problems = page.locator(".errors").inner_text()
    assert "Skriv, hvorfor" in problems and "skal høres først" in problems
    assert page.locator("#subject").input_value() == "løntilskud hos Møller"
    since = re.search(r"\d\d\.\d\d\.\d{4}", facts).group(0)
    doing.write(
        "reasons",
        f"Du har fået ydelse siden {since}, og det er ikke længe nok til løntilskud hos Møller. "
        "Vi finder en anden vej sammen med dig.")
    doing.set_day("heardOn", (day - 8 * DAY).isoformat()).button("Send afgørelsen")
    caseworker.check_page()
    receipt(caseworker)
    letter = caseworker.main_text()
    assert "Ankestyrelsen" in letter and since in letter and "Vi har ikke fået et svar" in letter
    assert re.search(r"§ \d+", letter)
    doing.told("a decision", 12)


def test_a_decision_that_waits_is_opened_from_the_day_and_sent(visit):
    caseworker = of_all(visit("caseworker"), "Ledige", 10)
    page = open_form(caseworker, "En afgørelse")
    page.locator("#kind-grant").check()
    page.locator("#subject").fill("en mentor i et halvt år")
    page.locator("#rule").select_option(page.locator("#rule option").last.get_attribute("value"))
    page.get_by_role("button", name="Gem til underskrift").click()
    caseworker.check_page()
    caseworker.open("/day?whose=team:Ledige")
    waiting = page.locator("main li", has_text="en mentor i et halvt år")
    waiting.get_by_role("link").click()
    caseworker.check_page()
    assert page.locator("#subject").input_value() == "en mentor i et halvt år"
    page.get_by_role("button", name="Send afgørelsen").click()
    caseworker.check_page()
    receipt(caseworker)
    caseworker.open("/day?whose=team:Ledige")
    assert "en mentor i et halvt år" not in caseworker.main_text()


def test_a_hand_over_in_ten_clicks(visit):
    caseworker = of_team(visit("caseworker"), "Unge", 0)
    citizen = caseworker.page.url
    doing = Doing(caseworker.page)
    doing.link("Giv borgeren en anden sagsbehandler")
    page = caseworker.page
    doing.select("staff", page.locator("#staff option").nth(1).get_attribute("value"))
    for check in page.locator('input[name^="check-"]').all():
        check.check()
        doing.clicks += 1
    doing.write("note", "Starter på FGU efter nytår").button("Giv sagen videre")
    caseworker.check_page()
    receipt(caseworker)
    assert "Borgeren har haft" in caseworker.main_text()
    doing.told("a hand-over", 10)
    page.goto(citizen)
    page.get_by_role("link", name="Giv borgeren en anden sagsbehandler").click()
    page.get_by_role("button", name="Giv sagen videre").click()
    assert "Gør det først" in page.locator(".errors").inner_text()


def test_a_team_leader_moves_a_case_and_takes_complaints_and_nothing_else(visit):
    manager = of_team(visit("manager"), "Indsats", 1)
    actions = manager.page.locator("aside a").all_inner_texts()
    assert actions == [
        "Giv borgeren en anden sagsbehandler", "En klage, der kom med brev eller på telefon"]
    page = open_form(manager, "Giv borgeren en anden sagsbehandler")
    page.locator("#staff").select_option(index=1)
    for check in page.locator('input[name^="check-"]').all():
        check.check()
    page.locator("#note").fill("Bytter for at få færre sager")
    page.get_by_role("button", name="Giv sagen videre").click()
    receipt(manager)


def test_a_draft_outlives_the_window(visit):
    caseworker = of_team(visit("caseworker"), "Fleksjob", 0)
    citizen = caseworker.page.url
    page = open_form(caseworker, "En samtale, der er holdt")
    form = page.url
    page.locator("#note").fill("Halvt skrevet")
    page.locator("#draft-state").filter(has_text="gemt som kladde").wait_for()
    page.close()
    again = visit("caseworker").open("/day")
    again.page.get_by_role("link", name=re.compile("En samtale, der er holdt, kladde")).first.click()
    again.check_page()
    assert again.page.locator("#note").input_value() == "Halvt skrevet"
    assert "Her er din kladde" in again.main_text()
    again.page.get_by_role("button", name="Slet kladden").click()
    assert again.page.locator("#note").input_value() == ""
    again.open(form[form.index("/citizens"):])
    assert "Her er din kladde" not in again.main_text()
    assert citizen


def test_a_dropped_line_keeps_what_was_typed(visit):
    caseworker = of_team(visit("caseworker"), "Fleksjob", 1)
    page = open_form(caseworker, "En linje i Min Plan")
    page.locator("#text").fill("Skrevet uden net")
    page.context.set_offline(True)
    page.get_by_role("button", name="Gem linjen").click()
    page.locator("#draft-state").filter(has_text="ingen forbindelse").wait_for()
    assert page.locator("#text").input_value() == "Skrevet uden net"
    page.context.set_offline(False)
    page.get_by_role("button", name="Gem linjen").click()
    receipt(caseworker)
    assert "Skrevet uden net" in caseworker.main_text()


def test_without_script_the_forms_work(visit):
    caseworker = of_team(visit("caseworker", java_script_enabled=False), "Fleksjob", 0)
    page = open_form(caseworker, "En linje i Min Plan")
    page.locator("#text").fill("Uden script")
    page.get_by_role("button", name="Gem som kladde").click()
    page.get_by_role("link", name="En linje i Min Plan", exact=True).click()
    assert page.locator("#text").input_value() == "Uden script"
    page.get_by_role("button", name="Gem linjen").click()
    receipt(caseworker)
    assert PURPOSE in page.url


def test_a_mistake_is_taken_back(visit):
    caseworker = of_team(visit("caseworker"), "Ledige", 4)
    page = open_form(caseworker, "Noget, der er gjort")
    page.locator("#kind").select_option("readingTest")
    page.get_by_role("button", name="Gem", exact=True).click()
    receipt(caseworker)
    assert "test i læsning" in caseworker.main_text()
    open_form(caseworker, "Tag noget tilbage")
    page.locator("#number").select_option(index=1)
    page.get_by_role("button", name="Tag det tilbage").click()
    assert "Her skal der stå noget" in page.locator(".errors").inner_text()
    page.locator("#why").fill("Skrevet på den forkerte borger")
    page.get_by_role("button", name="Tag det tilbage").click()
    caseworker.check_page()
    assert "Taget tilbage" in caseworker.main_text()
    assert "test i læsning" not in caseworker.main_text()


def test_citizens_are_found_while_one_types(visit):
    caseworker = visit("caseworker").open("/citizens")
    page = caseworker.page
    page.locator("#q").press_sequentially("hansen", delay=40)
    page.locator("#found tbody tr").first.wait_for()
    assert caseworker.heading().startswith("Fundet")
    name = page.locator("#found tbody a").first
    number = re.search(r"/citizens/(\d+)", name.get_attribute("href")).group(1)
    page.locator("#q").fill(number)
    page.locator("h1").filter(has_text="1").wait_for()
    name = page.locator("#found tbody a").first
    name.click()
    caseworker.check_page()
    assert f"Sag nr. {number}" in caseworker.main_text()
