"""A user survey: drafted, drawn, sent, answered without signing in, ended and shown to all."""

import concurrent.futures
import csv
import io
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

# The demonstration's own waves: one that is over, and links of one that is not.
OVER = "/surveys/1"
ASKED = "/survey/proeve-spoerg-"
USED = "/survey/proeve-forbi-"
THEMES = ["meeting", "goals", "conversation", "progress", "overall"]
HOSTILE = '<script>alert("1")</script> & <b>æøå</b>'


def press(visitor, name):
    visitor.page.get_by_role("button", name=name, exact=True).click()
    visitor.check_page()
    return visitor


def choose(visitor, **scores):
    for theme, score in scores.items():
        visitor.page.locator(f"#{theme}-{score}").check()
    return visitor


def post(address, scores, words=""):
    """Answers by HTTP alone; the headline of the page one comes to."""
    fields = dict(zip(THEMES, scores)) | {"words": words}
    try:
        with urllib.request.urlopen(address, urllib.parse.urlencode(fields).encode()) as page:
            text = page.read().decode()
    except urllib.error.HTTPError as error:
        text = error.read().decode()
    return re.search(r"<h1>(.*?)</h1>", text)[1]


def links(visitor, number):
    """Makes links; the rows of the file they come in."""
    visitor.open(f"/surveys/{number}/send")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Hent filen med links").click()
    text = open(download.value.path(), encoding="utf-8-sig").read()
    return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]


def test_answering_on_a_phone_without_script(visit):
    phone = visit(None, java_script_enabled=False, viewport={"width": 320, "height": 640})
    phone.open(ASKED + "1")
    assert phone.page.locator("header nav.main").count() == 0
    choose(phone, meeting=5, goals="unknown", conversation=3)
    phone.page.locator("#words").fill(HOSTILE)
    press(phone, "Send svaret")
    # Two questions were passed over: they are named, and what was typed is kept.
    assert phone.page.locator(".errors a").count() == 2
    assert phone.page.locator("#meeting-5").is_checked()
    assert phone.page.locator("#goals-unknown").is_checked()
    assert phone.page.locator("#words").input_value() == HOSTILE
    choose(phone, progress=2, overall=4)
    phone.page.locator("#words").fill("å" * 2001)
    press(phone, "Send svaret")
    assert "2001 tegn" in phone.page.locator(".errors").inner_text()
    assert phone.page.locator("#words").input_value() == "å" * 2001
    phone.page.locator("#words").fill(HOSTILE)
    press(phone, "Send svaret")
    assert phone.heading() == "Tak for dit svar"
    # Going back and sending it again keeps nothing more.
    phone.open(ASKED + "1")
    assert phone.heading() == "Der er allerede svaret"


def test_every_link_says_what_it_leads_to(visit, address):
    assert visit(None).open(USED + "1").heading() in (
        "Der er allerede svaret", "Undersøgelsen er slut")
    headings = {visit(None).open(USED + str(n)).heading() for n in range(1, 12)}
    assert headings == {"Der er allerede svaret", "Undersøgelsen er slut"}
    assert "hele linket" in visit(None).open("/survey/intet", expect=404).main_text()
    english = visit(None).open(ASKED + "2?lang=en")
    assert english.heading() == "How is it going with the job centre?"
    assert post(address + "/survey/intet", [4] * 5) == "Linket fører ikke til noget"


@pytest.mark.parametrize("scores", [["6"] * 5, ["x"] * 5, ["-1"] * 5, []])
def test_wrong_scores_are_refused(address, scores):
    assert post(address + ASKED + "3", scores) == "Hvordan går det med jobcentret?"


def test_sent_twice_at_once_it_is_kept_once(visit, address):
    manager = visit("manager").open("/surveys/2/manage")
    before = int(re.search(r"(\d+) af \d+ har svaret", manager.main_text())[1])
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: post(address + ASKED + "4", [4] * 5), range(8)))
    assert set(told) <= {"Tak for dit svar", "Der er allerede svaret"}
    manager.open("/surveys/2/manage")
    assert int(re.search(r"(\d+) af \d+ har svaret", manager.main_text())[1]) == before + 1


def test_a_wave_from_draft_to_the_plan(visit, address):
    manager = visit("manager")
    manager.open("/plan/herlev-2024-2025/goal/dignity")
    duty = re.search(r"Brugerundersøgelse blandt.*?\n(?=\n)", manager.main_text() + "\n\n", re.S)
    held = duty[0].count("31.12.2025") if duty else 0
    manager.open("/surveys").follow("/surveys/new")
    manager.page.locator("#title").fill("Vinter <2025>")
    manager.page.locator("#closes").fill("2025-01-01")
    press(manager, "Gem undersøgelsen")
    assert "før den første" in manager.page.locator(".errors").inner_text()
    assert manager.page.locator("#title").input_value() == "Vinter <2025>"
    manager.page.locator("#closes").fill("2026-01-31")
    manager.page.locator("#wanted").fill("60")
    press(manager, "Gem undersøgelsen")
    number = re.search(r"/surveys/(\d+)/manage", manager.page.url)[1]
    assert "stikprøven er ikke trukket" in manager.main_text()
    manager.follow(f"/surveys/{number}/draw")
    press(manager, "Træk stikprøven")
    drawn = int(re.search(r"(\d+) af \d+\n", manager.main_text())[1])
    assert drawn >= 60
    rows = links(manager, number)
    assert len(rows) == drawn and len({row[2] for row in rows}) == drawn
    # Forty-five answer, some of them in a browser.
    secrets = [urllib.parse.urlsplit(row[2]).path for row in rows]
    for place, secret in enumerate(secrets[:45]):
        score = "4" if place < 30 else "2"
        words = f"Navn Navnesen skriver {HOSTILE}" if place == 0 else ""
        if place < 3:
            citizen = choose(visit(None).open(secret), **dict.fromkeys(THEMES, score))
            citizen.page.locator("#words").fill(words)
            assert press(citizen, "Send svaret").heading() == "Tak for dit svar"
        else:
            assert post(address + secret, [score] * 5) == "Tak for dit svar"
    assert post(address + secrets[0], ["1"] * 5) == "Der er allerede svaret"
    # A reminder goes to the others alone.
    reminded = links(manager, number)
    assert {row[0] for row in reminded} == {row[0] for row in rows[45:]}
    assert visit(None).open(f"/surveys/{number}", expect=404)
    manager.open(f"/surveys/{number}/manage").follow(f"/surveys/{number}/end")
    press(manager, "Afslut undersøgelsen")
    for secret in (secrets[50], urllib.parse.urlsplit(reminded[0][2]).path):
        assert visit(None).open(secret).heading() == "Undersøgelsen er slut"

    anybody = visit(None).open("/surveys").follow(f"/surveys/{number}")
    text = anybody.main_text()
    assert anybody.heading() == "Vinter <2025>"
    assert f"{drawn} inviterede, 45 svarede" in text and "digitalt" in text
    assert "66,7 %" in text and "Påmindelse" in text and "Navnesen" not in text
    with urllib.request.urlopen(f"{address}/surveys/{number}/results.csv") as answer:
        sheet = list(csv.reader(io.StringIO(answer.read().decode("utf-8-sig")), delimiter=";"))
    assert len(sheet) == 6 and [row[0] for row in sheet[1:]] == THEMES
    overall = dict(zip(sheet[0], sheet[5]))
    assert overall["Inviterede"] == str(drawn) and overall["Svarede"] == "45"
    number_of = lambda key: float(overall[key].replace(",", "."))
    assert number_of("Nedre grænse") < number_of("Tilfredse, vægtet") < number_of("Øvre grænse")

    manager.open("/plan/herlev-2024-2025/goal/dignity")
    duty = re.search(r"Brugerundersøgelse blandt.*?\n(?=\n)", manager.main_text() + "\n\n", re.S)
    assert duty and duty[0].count("31.12.2025") == held + 1, duty and duty[0]
    quoted(visit, number)


def quoted(visit, number):
    """Two read, one takes out the name, and only then is it shown."""
    caseworker = visit("caseworker").open(f"/surveys/{number}/words")
    caseworker.follow(f"/surveys/{number}/quote")
    caseworker.page.locator("#shown").fill(f"N.N. skriver {HOSTILE}")
    press(caseworker, "Det må citeres")
    assert "N.N. skriver" not in visit(None).open(f"/surveys/{number}").main_text()
    manager = visit("manager").open(f"/surveys/{number}/words").follow(f"/surveys/{number}/quote")
    assert manager.page.locator("#shown").input_value() == f"N.N. skriver {HOSTILE}"
    press(manager, "Det må citeres")
    assert "Vises offentligt" in manager.main_text()
    assert f"N.N. skriver {HOSTILE}" in visit(None).open(f"/surveys/{number}").main_text()


def test_only_a_manager_holds_a_survey(visit):
    visit("analyst").open("/surveys/new", expect=403)
    visit("caseworker").open("/surveys/2/manage", expect=403)
    visit("analyst").open("/surveys/1/words", expect=403)
    assert "/sign-in" in visit(None).open("/surveys/2/manage").page.url
