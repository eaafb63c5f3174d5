"""Quality of casework: drawn, reviewed, acted on, drawn again; training, groups and councils."""

import csv
import io
import re

HOSTILE = '<script>alert("1")</script> & <b>æøå</b>'
FINDINGS = ["met", "notMet", "notRelevant", "cannotTell"]
# The demonstration's sample that is closed, and the one under review.
CLOSED, OPEN = "/quality/samples/2", "/quality/samples/3"


def press(visitor, name):
    visitor.page.get_by_role("button", name=name, exact=True).click()
    visitor.check_page()
    return visitor


def fill(visitor, **fields):
    for name, value in fields.items():
        visitor.page.locator(f"#{name}").fill(value)
    return visitor


def draw(visitor, title, seed="11", wanted="12"):
    visitor.open("/quality").follow("/quality/samples/new")
    visitor.page.locator("#checklist").select_option("conversations")
    fill(visitor, title=title, start="2025-10-01", end="2025-12-31", wanted=wanted, seed=seed)
    press(visitor, "Træk sagerne")
    return re.search(r"/quality/samples/(\d+|new)", visitor.page.url)[1]


def cases(visitor, sample):
    visitor.open(f"/quality/samples/{sample}")
    links = visitor.page.locator("#cases a").evaluate_all("all => all.map(a => a.pathname)")
    return links


def review(visitor, finding="met"):
    """Says the same of every question that the register has not answered."""
    page = visitor.page
    for fieldset in page.locator("form.form fieldset").all():
        if fieldset.locator("input:checked").count() == 0:
            fieldset.locator(f"input[value={finding}]").check()
        chosen = fieldset.locator("input:checked").get_attribute("value")
        if chosen == "notMet":
            name = fieldset.locator("input:checked").get_attribute("name")
            page.locator(f"#{name.replace('finding', 'remark')}").fill("Mangler " + HOSTILE)
    return press(visitor, "Gem og gå til den næste")


def the_file_says_the_same(visitor, number, text):
    """The sample's figures as a file beside those of its page."""
    answer = visitor.page.request.get(f"/quality/samples/{number}/figures.csv")
    assert answer.status == 200 and "attachment" in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 5
    for line in lines:
        met, told = int(line["Opfyldt"]), int(line["Kunne afgøres"])
        assert f"{line['Spørgsmål']}\t{line['Lov']}\t{met} af {told}\t" in text
        if told >= 10:
            share = float(line["Opfyldt, procent"].replace(",", "."))
            assert abs(share - 100 * met / told) <= 0.05
            low, high = line["Interval fra, procent"], line["Interval til, procent"]
            assert f"\t{low} % til {high} %" in text
        else:
            assert not re.search(r"\d", line["Opfyldt, procent"])
        assert line["Stikprøve"] == "Efterår <2025>" and line["Trukket den"] == "31.12.2025"


def test_a_sample_from_the_draw_to_its_effect(visit):
    visitor = visit("qualityConsultant")
    assert visitor.page.url.endswith("/quality")
    visitor.open("/quality/samples/new")
    fill(visitor, title="Efterår <2025>", start="2025-12-31", end="2025-01-01", wanted="0")
    press(visitor, "Træk sagerne")
    assert visitor.page.locator(".errors a").count() >= 1
    assert visitor.page.locator("#title").input_value() == "Efterår <2025>"
    number = draw(visitor, "Efterår <2025>")
    assert "Kvittering nr." in visitor.main_text()
    assert "Gennemgået: 0 af" in visitor.main_text()
    drawn = cases(visitor, number)
    assert len(drawn) >= 12
    # The same again is asked about, and is the same sample when it is meant.
    assert draw(visitor, "Efterår <2025>") == "new"
    assert "præcis det samme" in visitor.main_text()
    press(visitor, "Træk sagerne")
    assert visitor.page.url.split("?")[0].endswith(f"/quality/samples/{number}")
    visitor.open(f"/quality/samples/{number}/close")
    press(visitor, "Luk stikprøven")
    assert "mangler at blive gennemgået" in visitor.main_text()
    assert visitor.page.request.get(f"/quality/samples/{number}/figures.csv").status == 404

    for place, link in enumerate(drawn):
        visitor.open(link)
        if place == 0:
            # Nothing chosen: each question is named, and what was typed is kept.
            fill(visitor, **{"remark-own-words": HOSTILE})
            visitor.page.locator("#finding-plan-met").check()
            press(visitor, "Gem og gå til den næste")
            assert visitor.page.locator(".errors a").count() >= 1
            assert visitor.page.locator("#remark-own-words").input_value() == HOSTILE
            assert visitor.page.locator("#finding-plan-met").is_checked()
        review(visitor, "met" if place % 2 else "notMet")
    visitor.open(f"/quality/samples/{number}").follow(f"/quality/samples/{number}/close")
    press(visitor, "Luk stikprøven")
    text = visitor.main_text()
    assert "Det viser stikprøven" in text and "Siden Samtaler, " in text
    assert "Kan ikke afgøres endnu." in text or "Det kan ses." in text
    assert HOSTILE in text
    the_file_says_the_same(visitor, number, text)
    # An action of what was found.
    visitor.page.get_by_role("link", name=re.compile("Skriv en handling: ")).first.click()
    fill(visitor, text="Skabelon " + HOSTILE, due="2026-02-01")
    press(visitor, "Gem")
    assert visitor.page.locator("#owner-error").count() == 1
    visitor.page.locator("#owner").select_option(index=1)
    press(visitor, "Gem")
    assert "Skabelon " + HOSTILE in visitor.main_text()
    visitor.page.get_by_role("link", name="Skriv, at det er gjort: Skabelon").click()
    fill(visitor, done="2025-12-31")
    press(visitor, "Gem")
    assert visitor.page.locator("#result-error").count() == 1
    fill(visitor, result="Set i ti sager")
    press(visitor, "Gem")
    assert "Gjort 31.12.2025: Set i ti sager" in visitor.main_text()


def test_a_review_by_keyboard_alone(visit):
    visitor = visit("qualityConsultant")
    visitor.open(OPEN)
    link = visitor.page.locator("#cases tr", has_text="Venter").first.locator("a")
    link.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/quality/cases/*")
    visitor.page.locator("#finding-note-met, #finding-note-notMet").first.focus()
    for _ in range(60):
        box = visitor.page.evaluate(
            "() => [document.activeElement.type, document.activeElement.id,"
            " document.activeElement.textContent]")
        if box[0] == "radio":
            visitor.page.keyboard.press("Space")
        elif box[0] == "text":
            visitor.page.keyboard.type("Set i sagen")
        elif box[0] == "submit" and "Gem og" in box[2]:
            break
        visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**receipt=*")
    assert "Kvittering nr." in visitor.main_text()


def test_a_case_is_read_with_a_purpose_that_is_logged(visit):
    visitor = visit("qualityConsultant")
    link = cases(visitor, 3)[0]
    visitor.open(link).follow(link + "/file")
    assert "Kvalitetsstikprøve 3" in visitor.main_text()
    assert visitor.page.locator("main form").count() == 0
    # No other case can be opened, and no list of citizens.
    visitor.open("/citizens?q=hansen&purpose=Kvalitet", expect=403)
    visitor.open("/citizens/1630000005?purpose=Kvalitet", expect=403)
    log = visit("administrator").open("/lookups")
    assert "Kvalitetsstikprøve 3" in log.main_text()


def test_others_do_not_come_in(visit):
    for role in ("caseworker", "companyConsultant", "analyst"):
        visit(role).open("/quality", expect=403)
        assert visit(role).open("/quality/heard").heading()
    assert visit("manager").open("/quality").page.locator("nav a[href='/quality']").count() == 1


def test_figures_are_shown_with_their_doubt(visit):
    visitor = visit("qualityConsultant").open(CLOSED)
    rows = visitor.page.locator("#figures tbody tr").all_inner_texts()
    assert len(rows) == 5
    for row in rows:
        assert re.search(r"\d+ af \d+", row) and ("% til" in row or "for få" in row)
    names = visit("manager").open("/quality/training").main_text()
    assert "Deltagere: " in names


def test_training_names_are_for_the_manager(visit):
    manager = visit("manager").open("/quality/training").follow("/quality/training/new")
    fill(manager, title="Kursus " + HOSTILE, hours="for længe")
    press(manager, "Gem")
    problems = manager.page.locator(".errors").inner_text()
    assert "timer mellem" in problems and "mindst én" in problems
    assert manager.page.locator("#title").input_value() == "Kursus " + HOSTILE
    manager.page.locator("#theme-conflict").check()
    fill(manager, hours="1,5", day="2025-12-01")
    name = manager.page.locator("label[for^=staff-]").first.inner_text().split(",")[0]
    manager.page.locator("input[id^=staff-]").first.check()
    press(manager, "Gem")
    assert name in manager.main_text() and "Kursus " + HOSTILE in manager.main_text()
    other = visit("qualityConsultant").open("/quality/training/conflict")
    assert "Kursus " + HOSTILE in other.main_text() and name not in other.main_text()
    other.open("/quality/training/new", expect=403)


def test_a_focus_group_with_one_who_withdraws(visit):
    visitor = visit("qualityConsultant").open("/quality/groups").follow("/quality/groups/new")
    press(visitor, "Gem")
    assert visitor.page.locator(".errors a").count() >= 1
    fill(visitor, title="Breve " + HOSTILE, audience="unge", initiative="Korte breve",
         day="2025-12-20")
    visitor.page.locator("#kind-coCreation").check()
    press(visitor, "Gem")
    group = re.search(r"/quality/groups/(\d+)", visitor.page.url)[1]
    visitor.follow(f"/quality/groups/{group}/invite")
    fill(visitor, citizens="1630000005, 99")
    press(visitor, "Invitér")
    assert "sagsnummer 99" in visitor.page.locator(".errors").inner_text()
    assert visitor.page.locator("#citizens").input_value() == "1630000005, 99"
    fill(visitor, citizens="1630000005 1630000986")
    press(visitor, "Invitér")
    assert "Inviteret: 2." in visitor.main_text()
    member = f"a[href^='/quality/groups/{group}/members/']"
    first = visitor.page.locator(member).first.get_attribute("href")
    visitor.open(first)
    fill(visitor, words="Hemmeligt")
    press(visitor, "Gem")
    assert "Uden samtykke" in visitor.page.locator(".errors").inner_text()
    visitor.page.locator("#consent-given").check()
    press(visitor, "Gem")
    assert "Hemmeligt" in visitor.main_text()
    visitor.open(first)
    visitor.page.locator("#consent-withdrawn").check()
    fill(visitor, words="")
    press(visitor, "Gem")
    assert "Hemmeligt" not in visitor.main_text() and "Trukket tilbage: 1." in visitor.main_text()
    visitor.open(f"/quality/groups/{group}/edit")
    fill(visitor, result="Skriv kort", changed="Nye breve", changedOn="2025-12-30",
         told="2025-12-31")
    press(visitor, "Gem")
    anybody = visit(None).open("/quality/heard").main_text()
    assert "Breve " + HOSTILE in anybody and "Ændret 30.12.2025: Nye breve" in anybody
    assert "1630000005" not in anybody


def test_who_is_invited_answers_and_takes_it_back(visit):
    visitor = visit("qualityConsultant").open("/quality/groups/new")
    fill(visitor, title="Sms " + HOSTILE, audience="unge", initiative="Sms før samtaler",
         day="2026-02-01")
    visitor.page.locator("#kind-trial").check()
    press(visitor, "Gem")
    group = re.search(r"/quality/groups/(\d+)", visitor.page.url)[1]
    links = visit("companyConsultant").open("/companies").page.locator("main a[href^='/companies/']")
    company = re.search(r"\d{8}", " ".join(a.get_attribute("href") for a in links.all()))[0]
    visitor.follow(f"/quality/groups/{group}/invite")
    fill(visitor, citizens="1630000012", companies=company)
    press(visitor, "Invitér")
    phone = visit(None, viewport={"width": 320, "height": 700}, java_script_enabled=False)
    phone.open("/sign-in").page.locator("#citizen").fill("1630000012")
    phone.sign_in_here("citizen").open("/me")
    assert f"Vil du være med i »Sms {HOSTILE}«?" in phone.main_text()
    phone.page.get_by_role("link", name="Svar på invitationen").first.click()
    phone.check_page()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
    press(phone, "Send svaret")
    assert phone.page.locator("#answer-error").count() == 1
    phone.page.locator("#answer-yes").check()
    press(phone, "Send svaret")
    assert "Du har sagt ja." in phone.main_text()
    assert "Kvittering nr." in phone.page.locator("#receipt").inner_text()
    assert "Har givet samtykke" in visitor.open(f"/quality/groups/{group}").main_text()
    assert "Sms" not in phone.open("/me").main_text()
    phone.open("/me/conversations").follow("/me/do/focus")
    phone.page.locator("#answer-no").check()
    press(phone, "Send svaret")
    assert "Det, du sagde, er slettet." in phone.main_text()
    assert "trukket samtykket tilbage" in visitor.open(f"/quality/groups/{group}").main_text()
    door = visit(None, viewport={"width": 320, "height": 700})
    door.open("/sign-in").page.locator("#company").fill(company)
    door.sign_in_here("employer").open("/door")
    assert f"Vil du være med i »Sms {HOSTILE}«?" in door.main_text()
    door.follow("/door/do/focus").page.locator("#answer-yes").check()
    press(door, "Send svaret")
    assert "Du har sagt ja." in door.main_text()
    assert "Kvittering nr." in door.page.locator("#receipt").inner_text()


def test_a_council_is_asked_and_answers(visit):
    visitor = visit("qualityConsultant").open("/quality/councils")
    assert "Forsinket." in visitor.main_text()
    visitor.follow("/quality/councils/new")
    visitor.page.locator("#council-disability").check()
    fill(visitor, title="Adgang " + HOSTILE, text="x" * 4_001, asked="2025-12-01",
         due="2025-12-15")
    press(visitor, "Gem")
    assert "4001 tegn. Der er plads til 4000" in visitor.page.locator("#text-error").inner_text()
    fill(visitor, text="Kan alle komme ind?")
    press(visitor, "Gem")
    visitor.page.get_by_role("link", name="Skriv svaret: Adgang").click()
    fill(visitor, answer="Døren er for smal")
    press(visitor, "Gem")
    assert visitor.page.locator("#answered-error").count() == 1
    fill(visitor, answered="2025-12-16", changed="Ny dør", changedOn="2025-12-20")
    press(visitor, "Gem")
    anybody = visit(None).open("/quality/heard").main_text()
    assert "Adgang " + HOSTILE in anybody and "Svar 16.12.2025: Døren er for smal" in anybody


def test_ten_megabytes_are_refused_and_nothing_is_kept(visit):
    visitor = visit("qualityConsultant").open("/quality/actions/new")
    token = visitor.page.locator("input[name=_token]").first.get_attribute("value")
    answer = visitor.page.request.post(
        "/quality/actions/new", data=f"_token={token}&text=".encode() + b"%C3%A5" * 1_700_000,
        headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 413
    assert "ååå" not in visitor.open("/quality/actions").main_text()


def test_a_form_sent_twice_is_registered_once(visit):
    visitor = visit("qualityConsultant").open("/quality/actions/new")
    token = visitor.page.locator("input[name=_token]").first.get_attribute("value")
    owner = visitor.page.locator("#owner option").nth(1).get_attribute("value")
    form = {"_token": token, "text": "Kun én gang", "owner": owner, "due": "2026-03-01"}
    places = {
        visitor.page.request.post("/quality/actions/new", form=form).url for _ in range(3)}
    assert len(places) == 1
    assert visitor.open("/quality/actions").main_text().count("Kun én gang") == 1


def test_in_english(visit):
    visitor = visit("qualityConsultant").open("/quality?lang=en")
    assert "Cases waiting" in visitor.heading() or "Nothing waits" in visitor.heading()
    assert "Share" in visitor.open(CLOSED).main_text()
