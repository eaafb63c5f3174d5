"""An event filled and changed by hand, and somebody who walks into the job shop."""

import re

from test_employers import CITIZEN, fill, new_order, press, some_company


def kept(visitor):
    assert "Kvittering nr." in visitor.main_text()
    return visitor


def new_event(consultant, **fields):
    consultant.open("/events/new")
    consultant.page.locator("#kind").select_option(fields.pop("kind", "speedMeetings"))
    press(fill(consultant, **fields), "Gem arrangementet")
    kept(consultant)
    return re.search(r"/events/(\d+)", consultant.page.url)[1]


def stand(consultant, event, order=None, **fields):
    consultant.open(f"/events/{event}/stand")
    if order:
        consultant.page.locator("#order").select_option(order)
    press(fill(consultant, **fields), "Gem standen")


def sign_up(consultant, event, wish=None):
    """Signs up the first who is suggested; the name."""
    consultant.open(f"/events/{event}/sign-up")
    first = consultant.page.locator('[name="who"]').first
    name = consultant.page.locator(f'label[for="{first.get_attribute("id")}"]').inner_text()
    first.check()
    if wish:
        consultant.page.locator("#wish-1").select_option(label=wish)
    press(consultant, "Tilmeld")
    kept(consultant)
    return name.split(":")[0]


def section(visitor, heading):
    """The names in the page's section with a heading."""
    found = visitor.page.locator("section").filter(
        has=visitor.page.locator("h2", has_text=heading))
    return [text.strip() for text in found.locator("h3").all_inner_texts()]


def an_order(consultant, company, title, **fields):
    new_order(consultant, company, title=title, positions="3", **fields)
    return re.search(r"/orders/(\d+)", consultant.page.url)[1]


def test_an_event_is_filled_changed_by_hand_and_followed_up(visit):
    consultant = visit("companyConsultant")
    company = some_company(consultant)
    orders = {
        "Lagerhjælp": an_order(consultant, company, "Lagerhjælp", postcode="2730"),
        "Rengøring": an_order(
            consultant, company, "Rengøring", occupation="rengøringsassistent", postcode="2730"),
    }
    event = new_event(
        consultant, title="Jobdating i Prøvehallen", start="2025-12-31", begins="09:00",
        ends="10:00", slot="20", places="2", programme="9.00 Velkomst\n9.10 Samtaler")
    for title, order in orders.items():
        stand(consultant, event, order, seats="2", title=title)
    names = [sign_up(consultant, event, wish="Lagerhjælp") for _ in range(3)]
    assert len(set(names)) == 3
    consultant.open(f"/events/{event}").follow(f"/events/{event}/fill")
    assert re.match(r"4 af 4 pladser kan fyldes", consultant.heading())
    text = consultant.main_text()
    assert "Deltagerens 1. ønske" in text and re.search(r"\d+ af \d+ point", text)
    assert "Fordelingen er ikke registreret: 4 nye pladser, 0 der forsvinder" in text
    consultant.follow(f"/events/{event}/distribute")
    assert "4 får en plads:" in consultant.main_text()
    press(consultant, "Registrér")
    kept(consultant)
    stands = consultant.main_text()
    assert stands.count("2 af 2 pladser er taget") == 2
    assert re.search(r"9\.\d0 " + re.escape(names[0]), stands)
    # Ruled out by hand, another takes the seat; kept by hand, it stays.
    out = section(consultant.open(f"/events/{event}/fill"), "Lagerhjælp: 2 af 2")[0]
    name = out.split(" ", 1)[1]
    consultant.page.get_by_label(f"Fasthold eller udeluk: {out}").first.click()
    assert name in consultant.heading()
    consultant.page.locator('[name="state"][value="forbidden"]').check()
    press(consultant, "Gem")
    kept(consultant)
    consultant.follow(f"/events/{event}/fill").follow(f"/events/{event}/distribute")
    press(consultant, "Registrér")
    kept(consultant)
    consultant.follow(f"/events/{event}/fill")
    lager = [line.split(" ", 1)[1] for line in section(consultant, "Lagerhjælp: 2 af 2")]
    assert name not in lager and set(lager) == set(names) - {name}
    assert "Fordelingen er ikke registreret" not in consultant.main_text()
    # A third seat there cannot be filled, and the page says by whom not and why.
    consultant.open(f"/events/{event}").page.get_by_label("Ret standen: Lagerhjælp").click()
    press(fill(consultant, seats="3", least="3"), "Gem standen")
    consultant.open(f"/events/{event}/fill")
    assert consultant.heading() == "Pladserne kan ikke fordeles"
    assert "Der kræves 3, og der kan højst blive 2" in consultant.main_text()
    # Attendance on the day, and the outcome that is to come.
    consultant.open(f"/events/{event}/attendance")
    for place, state in enumerate(["attended", "attended", "absent"]):
        consultant.page.locator("select").nth(place).select_option(state)
    press(consultant, "Gem fremmødet")
    kept(consultant)
    text = consultant.main_text()
    assert "2 mødte, 1 udeblev" in text
    assert "efter en måned, vides 31.01.2026" in text
    log = visit("administrator").open("/lookups").main_text()
    assert f"Arrangement {event}" in log


def test_wrong_input_about_an_event_is_told_and_kept(visit):
    consultant = visit("companyConsultant")
    consultant.open("/events/new")
    fill(consultant, title="Messe", start="2026-02-02", end="2026-02-01", postcode="22100")
    press(consultant, "Gem arrangementet", expect=400)
    assert "22100 er ikke et dansk postnummer" in consultant.main_text()
    fill(consultant, postcode="2730")
    press(consultant, "Gem arrangementet")
    assert consultant.page.locator("#end-error").count() == 1
    assert consultant.page.locator("#title").input_value() == "Messe"
    fill(consultant, end="", begins="10:00", ends="09:00")
    press(consultant, "Gem arrangementet")
    assert "Ret et af tidspunkterne" in consultant.main_text()
    fill(consultant, ends="11:00", slot="20", places="9")
    press(consultant, "Gem arrangementet")
    assert "kun tid til 3 møder" in consultant.main_text()
    fill(consultant, places="3")
    press(consultant, "Gem arrangementet")
    event = re.search(r"/events/(\d+)", kept(consultant).page.url)[1]
    consultant.open(f"/events/{event}/stand")
    press(fill(consultant, company="12345678", seats="2"), "Gem standen")
    assert "kontrolcifferet" in consultant.main_text()
    press(fill(consultant, company="", title="Kommunen", seats="4"), "Gem standen")
    assert "kun tid til 3 møder" in consultant.main_text()
    press(fill(consultant, seats="3", least="4"), "Gem standen")
    assert "end der er pladser til" in consultant.main_text()
    consultant.open(f"/events/{event}/sign-up")
    press(fill(consultant, person="Ingen Hedder Sådan"), "Tilmeld")
    assert "Vi finder ingen borger" in consultant.main_text()
    press(fill(consultant, person="a"), "Tilmeld")
    assert "Der er flere, der passer" in consultant.main_text()
    assert consultant.page.locator('[name="who"]').count() > 1
    consultant.page.locator('[name="who"]').first.check()
    press(consultant, "Tilmeld")
    kept(consultant)


def test_somebody_walks_in_and_is_referred_in_one_form(visit):
    consultant = visit("companyConsultant")
    company = some_company(consultant)
    order = an_order(consultant, company, "Kasseassistent", occupation="butiksassistent")
    consultant.open("/orders?q=kasseassistent+i+butik")
    assert "Kasseassistent" in consultant.main_text()
    consultant.open("/orders?q=astronaut")
    assert "Ingen ordre passer" in consultant.main_text()
    consultant.open("/shops").follow("/shops/1")
    assert "Måned for måned" in consultant.main_text()
    consultant.follow("/shops/1/visit")
    press(consultant, "Gem henvendelsen")
    assert "Vælg" in consultant.main_text() and consultant.page.locator(".error").count()
    consultant.page.locator('[name="topic-cv"]').check()
    press(consultant, "Gem henvendelsen")
    assert "Uden navn" in kept(consultant).main_text()
    consultant.open("/shops/1/visit")
    consultant.page.locator("#order").select_option(order)
    press(consultant, "Gem henvendelsen")
    assert "Skriv, hvem der skal formidles" in consultant.main_text()
    press(fill(consultant, person=CITIZEN), "Gem henvendelsen")
    text = kept(consultant).main_text()
    assert "Formidlet til Kasseassistent" in text and "Ansat efter formidling herfra: 0 af 1" in text
    consultant.follow(f"/orders/{order}")
    assert "Formidlet" in consultant.page.locator("p.lead").inner_text()


def test_two_who_come_to_the_job_shop_with_the_same_are_two_when_it_is_meant(visit):
    consultant = visit("companyConsultant")

    def come():
        # The form's time is now, and a minute later is something else.
        consultant.open("/shops/1/visit").page.locator("#time").fill("10:15")
        consultant.page.locator('[name="topic-interview"]').check()
        press(consultant, "Gem henvendelsen")

    def receipt():
        told = consultant.page.locator("#receipt").inner_text()
        return re.search(r"Kvittering nr. ([\d.]+)", told)[1]

    come()
    first = receipt()
    come()
    assert consultant.page.locator('[name="topic-interview"]').is_checked(), "what was typed is kept"
    consultant.page.get_by_role("link", name="Se det, du gemte").click()
    assert receipt() == first, "nothing was saved again"
    come()
    press(consultant, "Gem henvendelsen")
    assert receipt() != first
