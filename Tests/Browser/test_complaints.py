"""A complaint from a decision's letter to what was learned, and the citizens' adviser, who sees
a case only while its citizen says yes."""

import re

# Whom the demonstration shows before anybody has changed anything.
CITIZEN = "1630000103"
HOSTILE = '<script>alert("1")</script> & <b>æøå</b>'


def press(visitor, name, at=0):
    visitor.page.get_by_role("button", name=name, exact=True).nth(at).click()
    visitor.check_page()
    return visitor


def link(visitor, name):
    visitor.page.get_by_role("link", name=name).first.click()
    visitor.check_page()
    return visitor


def citizen(visit, name=None, **screen):
    """The demonstration's citizen, who has a decision to complain of."""
    visitor = visit(None, java_script_enabled=False, **screen)
    visitor.open("/sign-in").page.locator("#citizen").fill(CITIZEN)
    return visitor.sign_in_here("citizen")


def step(visitor, number, kind, choice=None, **fields):
    """Registers a step; the complaint's page with its receipt."""
    visitor.open(f"/complaints/{number}/{kind}")
    if choice:
        visitor.page.locator(f"#choice-{choice}").check()
    for name, value in fields.items():
        visitor.page.locator(f"#{name}").fill(value)
    press(visitor, "Registrer")
    assert re.search(rf"/complaints/{number}\?receipt=\d+$", visitor.page.url), visitor.main_text()
    return visitor


def count(visitor, table, row):
    """A number of the overview; 0 where the line is not there."""
    visitor.open("/complaints/overview")
    for line in visitor.page.locator(f"#{table} tbody tr").all():
        if line.locator("th").inner_text() == row:
            return int(line.locator("td").last.inner_text())
    return 0


def complain(phone, words, twice=False):
    """Complains of the latest decision from its letter; the complaint's number."""
    phone.open("/me/letters")
    link(phone, "Læs brevet")
    link(phone, "Klag over afgørelsen")
    assert phone.page.locator("#subject-decision").is_checked()
    form = phone.page.url
    phone.page.locator("#words").fill(words)
    press(phone, "Send klagen")
    if twice:
        # Back in the browser and sent once more.
        phone.open(form)
        phone.page.locator("#words").fill(words)
        press(phone, "Send klagen")
    assert "receipt=" in phone.page.url
    return re.search(r"Klage (\d+), sendt", phone.main_text())[1]


def test_a_complaint_all_the_way(visit):
    phone = citizen(visit, viewport={"width": 320, "height": 640})
    phone.open("/me/letters")
    before = "1" if "Klage" in phone.open("/me/complaints").main_text() else ""
    words = f"Jeg er uenig {before} {HOSTILE}"
    number = complain(phone, words, twice=True)
    # Sent twice, registered once; and what was written is text.
    assert phone.main_text().count('alert("1")') == 1
    assert phone.page.locator("main script").count() == 0
    assert "Du får besked om, hvad der sker, senest" in phone.main_text()
    assert phone.page.evaluate is not None

    staff = visit("manager")
    received, fault = count(staff, "subject", "I alt"), count(staff, "fault", "I alt")
    changed = count(staff, "board", "Ændret")
    staff.open(f"/complaints/{number}")
    assert '<script>alert("1")</script>' in staff.main_text()
    assert "Kvitter senest" in staff.heading() and "RSL § 66" in staff.main_text()
    step(staff, number, "acknowledged", words="Tak, vi ser på den")
    assert "Genvurder senest" in staff.heading()
    # The same again is refused with a reason, and nothing is lost.
    staff.open(f"/complaints/{number}/acknowledged")
    staff.page.locator("#words").fill("Endnu en gang")
    press(staff, "Registrer")
    assert "allerede kvitteret" in staff.main_text()
    assert staff.page.locator("#words").input_value() == "Endnu en gang"
    step(staff, number, "talked", words="Vi blev enige om at se på det igen")
    # Without reasons and without a result: both are named.
    staff.open(f"/complaints/{number}/reassessed")
    press(staff, "Registrer")
    assert "Skriv begrundelsen" in staff.main_text()
    step(staff, number, "reassessed", "partly", words="Du får ret i det ene")
    assert "Send til Ankestyrelsen senest" in staff.heading()
    assert "delvist medhold" in phone.open("/me/complaints").main_text()
    step(staff, number, "forwarded")
    assert "Ankestyrelsen har din klage" in phone.open("/me/complaints").main_text()
    step(staff, number, "boardDecided", "changed", words="Begrundelsen holdt ikke")
    assert "afgørelsen er ændret" in staff.heading()
    staff.open(f"/complaints/{number}/learned")
    staff.page.locator("#choice").select_option("reasons")
    staff.page.locator("#words").fill("En kollega læser begrundelsen")
    staff.page.locator("#detail").fill("Team Job")
    staff.page.locator("#deadline").fill("2026-02-01")
    press(staff, "Registrer")
    assert "Gennemfør ændringen senest 01.02.2026" in staff.heading()
    step(staff, number, "changeMade")
    assert count(staff, "subject", "I alt") == received
    assert count(staff, "fault", "I alt") == fault + 1
    assert count(staff, "board", "Ændret") == changed + 1
    # Each number opens down to its complaints, for those who may see them.
    staff.open("/complaints?figure=board.changed")
    assert f"Klage {number}" in staff.main_text()
    told = phone.open("/me/complaints").main_text()
    assert "afgørelsen er ændret" in told and "Team Job" not in told
    assert "рішення змінено" in phone.open("/me/complaints?lang=uk").main_text()
    phone.open("/me/complaints?lang=da")


def test_a_step_is_taken_back(visit):
    phone = citizen(visit)
    number = complain(phone, "Et skridt for meget")
    staff = visit("caseworker")
    step(staff, number, "acknowledged", words="Den forkerte klage")
    staff.page.get_by_role("link", name="Tag det tilbage").click()
    staff.check_page()
    assert "har kvitteret" in staff.page.locator("#number option:checked").inner_text()
    staff.page.locator("#why").fill("Hørte til en anden sag")
    press(staff, "Tag det tilbage")
    staff.open(f"/complaints/{number}")
    assert "Den forkerte klage" not in staff.main_text() and "Kvitter senest" in staff.heading()
    assert staff.page.get_by_role("link", name="Tag det tilbage").count() == 0


def test_too_late_and_too_long(visit):
    phone = citizen(visit, viewport={"width": 390, "height": 800})
    phone.open("/me/letters")
    old = phone.page.get_by_role("link", name="Klag over afgørelsen").last.get_attribute("href")
    phone.open(old)
    assert "Fristen for at klage var" in phone.main_text()
    long = "æ" * 20_000
    phone.page.locator("#words").fill(long)
    press(phone, "Send klagen")
    assert "Teksten er på 20000 tegn" in phone.main_text()
    assert phone.page.locator("#words").input_value() == long
    phone.page.locator("#words").fill("Jeg var indlagt, derfor kommer den sent")
    press(phone, "Send klagen")
    assert "Klagen kom efter fristen" in phone.main_text()
    number = re.search(r"Klage (\d+), sendt", phone.main_text())[1]
    staff = visit("caseworker").open(f"/complaints/{number}")
    assert "efter klagefristen" in staff.main_text()
    link(phone, "Træk klagen tilbage")
    press(phone, "Træk klagen tilbage")
    assert "klagen er trukket tilbage" in phone.main_text()


def test_ten_megabytes_are_refused_with_a_page(visit, address):
    phone = citizen(visit)
    phone.open("/me/do/complain")
    phone.page.locator("#subject-other").check()
    phone.page.locator("#words").evaluate("(field, text) => field.value = text", "x" * 10_000_000)
    phone.page.get_by_role("button", name="Send klagen").click()
    assert phone.page.locator("h1").count() == 1
    assert "Du har klaget" not in phone.main_text()


def test_a_complaint_by_telephone_about_treatment(visit):
    staff = visit("caseworker")
    staff.open("/citizens/1630000005/complaint?purpose=Sagsbehandling")
    staff.page.locator("#subject-treatment").check()
    staff.page.locator("#channel-phone").check()
    press(staff, "Registrer klagen")
    assert "Skriv, hvad klagen handler om" in staff.main_text()
    assert staff.page.locator("#channel-phone").is_checked()
    staff.page.locator("#words").fill("Ingen lyttede")
    press(staff, "Registrer klagen")
    assert "Ankestyrelsen behandler den ikke" in staff.main_text()
    number = re.search(r"/complaints/(\d+)", staff.page.url)[1]
    staff.open(f"/complaints/{number}/forwarded")
    press(staff, "Registrer")
    assert "kun klager over afgørelser" in staff.main_text()
    step(staff, number, "answered", "whole", words="Du har ret, og vi beklager")
    assert "klageren fik ret" in staff.heading()


def test_the_adviser_comes_in_by_consent_alone(visit):
    phone = citizen(visit, viewport={"width": 390, "height": 800})
    phone.open("/me/do/adviser-consent")
    phone.page.locator("#choice-no").check()
    press(phone, "Gem svaret")
    phone.open("/me/do/ask-adviser")
    if phone.page.locator("#choice-time").count():
        phone.page.locator("#choice-time").check()
    phone.page.locator("#words").fill(f"Hvor længe skal jeg vente? {HOSTILE}")
    press(phone, "Send")
    name = phone.page.locator("header").inner_text()
    name = re.search(r"(\S.*?) · Borger", name)[1].strip()

    dorte = visit("citizensAdviser").open("/adviser")
    link(dorte, re.compile(name))
    thread = dorte.page.url.split("?")[0]
    path = "/" + thread.split("/", 3)[3]
    assert "ikke sagt ja" in dorte.main_text()
    assert dorte.page.locator("main script").count() == 0
    asked = f"{path}/case?purpose=Henvendelse"
    dorte.open(asked, expect=403)
    assert "ikke sagt ja" in dorte.main_text()
    number = path.split("/")[-1]
    dorte.open(f"/citizens/{number}?purpose=Henvendelse", expect=403)

    phone.open("/me/do/adviser-consent")
    phone.page.locator("#choice-yes").check()
    press(phone, "Gem svaret")
    assert "må se din sag" in phone.heading()
    # First what for, then the case.
    dorte.open(f"{path}/case")
    assert dorte.page.locator('[name="purpose"]').count() > 0
    dorte.open(asked)
    assert "Kun til at læse" in dorte.main_text()
    assert dorte.page.locator("main form").count() == 0
    dorte.open(f"{path}/join")
    dorte.page.locator("#subject").fill("Svar til borgeren")
    dorte.page.locator("#words").fill("Hvornår får borgeren svar?")
    press(dorte, "Send")
    assert "skrev til jobcentret" in dorte.main_text()
    assert "Borgerrådgiver (prøve)" in phone.open("/me/who-looked").main_text()
    assert "Hvornår får borgeren svar?" in phone.open("/me/adviser").main_text()
    staff = visit("caseworker").open(f"/citizens/{number}/post?purpose=Sagsbehandling")
    assert "Svar til borgeren" in staff.main_text()
    assert "Hvor længe skal jeg vente?" not in staff.main_text()

    phone.open("/me/do/adviser-consent")
    phone.page.locator("#choice-no").check()
    press(phone, "Gem svaret")
    dorte.open(asked, expect=403)
    dorte.open(f"{path}/close")
    dorte.page.locator("#choice-guided").check()
    press(dorte, "Send")
    assert "vejledt" in dorte.main_text()


def test_the_overview_has_no_names_and_no_small_counts(visit):
    analyst = visit("analyst").open("/complaints/overview")
    assert "vises ikke" in analyst.main_text()
    assert analyst.page.locator('main a[href*="figure="]').count() == 0
    analyst.open("/complaints", expect=403)
    assert "Overblikket uden navne" in analyst.main_text()
    analyst.open("/adviser/overview")
    analyst.open("/adviser", expect=403)
