"""An employer on a phone, with script and without: from the sign-in to the hire, signing, what the
law allows, a sick employee, and what is typed wrong."""

import re

import pytest
from test_employers import fill, press

PHONE = {"width": 375, "height": 740}
WORDS = (
    "Vi mangler 1 lagermedarbejder i 2730 Herlev, 37 timer om ugen fra 1. februar."
    " Du skal have truckcertifikat.")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def employer(visit):
    """Somebody who is signed in for a company, on a phone; the one with most going on unless a
    number is given."""

    def make(script=True, company=None):
        visitor = visit(None, viewport=PHONE, java_script_enabled=script)
        visitor.open("/sign-in")
        if company:
            visitor.page.locator("#company").fill(company)
        return visitor.sign_in_here("employer")

    return make


def send(visitor):
    """Presses the form's first button."""
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.check_page()
    return visitor.main_text()


def body(visitor):
    return visitor.page.evaluate(
        "new URLSearchParams(new FormData(document.querySelector('main form'))).toString()")


def fits(visitor):
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def order_of(visitor, words=WORDS):
    """Orders in the company's own words; the order's number."""
    visitor.open("/door").follow("/door/do/order")
    fill(visitor, text=words)
    press(visitor, "Læs teksten")
    value = lambda name: visitor.page.locator(f"#{name}").input_value()
    assert value("occupation") == "lagermedarbejder" and value("positions") == "1"
    assert "truckcertifikat" in value("must") and value("start") == "2026-02-01"
    assert not visitor.page.locator("#answerBy").count(), "the promise is ours to make"
    press(visitor, "Send ordren")
    assert "Kvittering" in visitor.main_text() and "I får svar senest" in visitor.main_text()
    fits(visitor)
    return re.search(r"/door/orders/(\d+)", visitor.page.url)[1]


def refer(consultant, order, place=0):
    """The consultant refers one who fits; the citizen's number and name."""
    consultant.open(f"/orders/{order}/candidates")
    link = consultant.page.locator(f"main a[href*='/orders/{order}/refer']").nth(place)
    number = re.search(r"id=(\d+)", link.get_attribute("href"))[1]
    link.click()
    name = re.match(r"Formidl (.+) til ", consultant.heading())[1]
    consultant.page.locator('[name="agreed"]').check()
    press(consultant, "Formidl")
    return number, name


def test_from_the_sign_in_to_the_hire(employer, visit):
    """Without script the same way is gone in test_to_a_job.py."""
    we = employer()
    assert we.page.url.endswith("/door")
    fits(we)
    order = order_of(we)
    consultant = visit("companyConsultant")
    consultant.open(f"/orders/{order}")
    assert "Virksomhedens egne sider" not in consultant.heading()
    assert "Modtaget" in consultant.page.locator("p.lead").inner_text()
    number, name = refer(consultant, order)
    refer(consultant, order)
    # Two wait, and the first page says so.
    we.open("/door")
    assert "2 kandidater til Lagermedarbejder venter på svar" in we.main_text()
    we.open(f"/door/orders/{order}")
    text = we.main_text()
    assert name in text and "Formidlet" in text
    # Nothing but the name and what one can: no case number, no benefit, no day of birth.
    assert number not in we.page.content() and "kontanthjælp" not in we.page.content().lower()
    line = we.page.locator(".record", has=we.page.locator("h3", has_text=name)).first
    line.get_by_role("link", name="Svar").click()
    we.check_page()
    assert name in we.heading()
    # A day that is over is told, and what was typed stays.
    we.page.locator("#kind-invite").check()
    fill(we, day="2025-12-01", begins="10:00", place="Lageret, port 3 <b>")
    assert "over" in send(we).lower() or we.page.locator(".error").count()
    assert we.page.locator("#place").input_value() == "Lageret, port 3 <b>"
    fill(we, day="2026-01-08", begins="10:00")
    text = send(we)
    assert "Kvittering" in text and "Inviteret til samtale" in text
    assert "torsdag den 08.01.2026 kl. 10.00, Lageret, port 3 <b>" in text
    # The citizen has it among the messages, in the same words, and sees who looked.
    me = visit(None, viewport=PHONE)
    me.open("/sign-in").page.locator("#citizen").fill(number)
    me.sign_in_here("citizen")
    told = me.open("/me/messages").main_text()
    assert "Du er inviteret til samtale hos" in told and "Lageret, port 3 <b>" in told
    assert "CVR" in me.open("/me/who-looked").main_text()
    # The hire closes the order; the same form sent again registers nothing.
    we.open(f"/door/orders/{order}")
    line = we.page.locator(".record", has=we.page.locator("h3", has_text=name)).first
    line.get_by_role("link", name="Svar").click()
    we.page.locator("#kind-hire").check()
    fill(we, day="2026-02-01")
    sent, form = body(we), we.page.url
    text = send(we)
    assert "Kvittering" in text and "Lukket: besat" in text and "1 ansat" in text
    again = we.page.request.post(form, data=sent, headers=FORM)
    assert again.url == we.page.url, "the first receipt"
    anew = we.page.request.post(form, data=re.sub("_once=[^&]*&?", "", sent), headers=FORM)
    assert anew.status in (400, 404)
    consultant.open(f"/orders/{order}")
    assert "1 ansat" in consultant.page.locator("p.lead").inner_text()
    assert "Du har fået jobbet" in me.open("/me/messages").main_text()
    # How it went: once.
    we.open("/door").follow("/door/do/say")
    assert "Vælg" in send(we)
    we.page.locator("#score-4").check()
    fill(we, words="Hurtigt svar <script>alert(1)</script>")
    assert "Kvittering" in send(we)
    assert not we.open(f"/door/orders/{order}").page.locator("a[href*='/door/do/say']").count()


def test_an_order_is_corrected_and_closed(employer):
    we = employer(script=False)
    order = order_of(we)
    we.open(f"/door/orders/{order}").follow("/door/do/correct")
    fill(we, title="Lagerleder", positions="0")
    send(we)
    assert we.page.locator(".error").count() and we.page.locator(
        "#title").input_value() == "Lagerleder"
    fill(we, positions="2")
    assert "Lagerleder" in send(we) and "2 stillinger" in we.main_text()
    we.follow("/door/do/close")
    assert "Vælg" in send(we)
    we.page.locator("#reason-filledElsewhere").check()
    assert "Lukket" in send(we)
    we.open("/door/do/correct?id=" + order, expect=404)


def test_another_companys_orders_and_the_staffs_pages_are_closed(employer, visit):
    we = employer()
    mine = order_of(we)
    consultant = visit("companyConsultant")
    companies = consultant.open("/companies?q=a").page.locator("main a[href^='/companies/']")
    numbers = {re.search(r"/companies/(\d{8})", a.get_attribute("href"))[1]
               for a in companies.all() if re.search(r"/companies/\d{8}$", a.get_attribute("href"))}
    own = we.page.locator("header strong").inner_text()
    other = None
    for number in sorted(numbers):
        if own not in consultant.open(f"/companies/{number}").heading():
            other = employer(company=number)
            break
    other.open(f"/door/orders/{mine}", expect=404)
    other.open(f"/door/do/close?id={mine}", expect=404)
    for path in ["/orders", f"/orders/{mine}", "/companies", "/citizens", "/me"]:
        other.open(path, expect=403)
    visit("companyConsultant").open("/door", expect=403)


def test_what_the_law_allows_is_told_before_anybody_is_asked_for(employer):
    we = employer()
    we.open("/door").follow("/door/do/limits")
    assert not we.page.locator("#category").count()
    text = send(we)
    assert "Ja, efter det" in text or "Nej, ikke sådan" in text
    assert "§" in text or "BEK" in text
    assert "sag nr." not in text.lower(), "nobody else's case is told"
    fits(we)


def test_a_sick_employee(employer):
    we = employer(script=False)
    we.open("/door").follow("/door/do/fast-track")
    fill(we, cpr="12", firstAbsence="2025-12-10", wellBy="2026-03-10", contact="Bo, 12 34 56 78")
    text = send(we)
    assert "ti cifre" in text and we.page.locator("#contact").input_value() == "Bo, 12 34 56 78"
    # Too late to ask: the paragraph says why, and nothing is sent.
    fill(we, cpr="610190-1002", firstAbsence="2025-10-10")
    text = send(we)
    assert "Det kan I ikke bede om sådan" in text and "SDPL" in text and "5 uger" in text
    fill(we, firstAbsence="2025-12-10")
    text = send(we)
    assert "Kvittering" in text
    assert "1002" not in we.page.content(), "the number is not kept"
    # Asking again the same day is refused, in words.
    we.open("/door/do/fast-track")
    fill(we, cpr="610190-1002", firstAbsence="2025-12-10", wellBy="2026-03-11",
         contact="Bo, 12 34 56 78")
    assert "allerede" in send(we)
    # What is kept as a draft is all but the number.
    we.page.get_by_role("button", name="Gem som kladde").click()
    we.open("/door/do/fast-track")
    assert we.page.locator("#contact").input_value() == "Bo, 12 34 56 78"
    assert we.page.locator("#cpr").input_value() == ""


def test_a_call_and_a_stand(employer, visit):
    we = employer()
    we.open("/door").follow("/door/do/contact")
    fill(we, person="Ellen, 12 34 56 78", text="Vi vil høre om lærlinge")
    assert "Kvittering" in send(we) and "Vi har aftalt kontakt" in we.main_text()
    assert "Ellen, 12 34 56 78" in visit("companyConsultant").open("/companies").page.content()
    order = order_of(we)
    we.open("/door/events").follow("/door/do/sign-up")
    fill(we, seats="mange")
    we.page.locator("#order").select_option(order)
    send(we)
    assert we.page.locator(".error").count() and we.page.locator("#order").input_value() == order
    fill(we, seats="3")
    sent, form = body(we), we.page.url
    assert "I er tilmeldt: Lagermedarbejder. 0 af 3" in send(we)
    again = we.page.request.post(form, data=sent, headers=FORM)
    assert again.url == we.page.url
    anew = we.page.request.post(form, data=re.sub("_once=[^&]*&?", "", sent), headers=FORM)
    assert anew.status == 400 and "allerede" in anew.text()


def test_an_agreement_is_signed_without_a_link(employer, visit):
    caseworker = visit("caseworker")
    found = caseworker.open("/agreements").page.locator("main")
    # The demonstration's agreement that waits for everybody.
    caseworker.open("/agreements/2")
    company = re.search(
        r"/companies/(\d{8})", caseworker.page.locator("main a[href*='/companies/']").first
        .get_attribute("href"))[1]
    we = employer(company=company)
    we.open("/door/agreements")
    if not we.page.locator("main a[href='/door/agreements/2']").count():
        pytest.fail("the agreement is not on the company's pages: " + found.inner_text())
    we.follow("/door/agreements/2")
    if not we.page.locator("#name").count():
        pytest.skip("the demonstration's agreement is signed by the employer already")
    assert "navn" in send(we).lower() and we.page.locator(".error").count()
    fill(we, name="Bente Prøve")
    text = send(we)
    assert "Kvittering" in text or "Bente Prøve" in text
    assert not we.open("/door/agreements/2").page.locator("#name").count()


def test_everything_by_keyboard(employer):
    """An order without touching the screen."""
    we = employer()
    page = we.page
    page.keyboard.press("Tab")
    for _ in range(60):
        if page.evaluate("document.activeElement.getAttribute('href')") == "/door/do/order":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/door/do/order")
    for _ in range(60):
        if page.evaluate("document.activeElement.id") == "text":
            break
        page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    for _ in range(60):
        if page.evaluate("document.activeElement.innerText") == "Læs teksten":
            break
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#occupation").input_value() == "lagermedarbejder"
    for _ in range(60):
        if page.evaluate("document.activeElement.innerText") == "Send ordren":
            break
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Kvittering" in we.main_text()
