"""A citizen on a phone, from the first registration to a job: by touch, without script, and by
keyboard alone."""

import re

import pytest
from test_employers import fill, press

PHONE = {"width": 375, "height": 740}


class Touch:
    """How a page is used with a finger."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.page = visitor.page

    def open(self, path):
        self.visitor.open(path)
        return self

    def follow(self, part):
        """The first link whose address has the part."""
        self.activate(self.page.locator(f"main a[href*='{part}']").first)

    def activate(self, target):
        with self.page.expect_navigation():
            target.click()
        self.visitor.check_page()

    def check(self, target):
        target.check()

    def fill(self, **fields):
        fill(self.visitor, **fields)

    def send(self):
        self.activate(self.page.locator("main form button[type=submit]").first)
        return self.text()

    def text(self):
        return self.visitor.main_text()


class Keyboard(Touch):
    """The same with Tab, Space, Enter and letters: nothing is reached otherwise."""

    def reach(self, target):
        element = target.element_handle()
        for _ in range(200):
            if self.page.evaluate("e => document.activeElement === e", element):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached on {self.page.url}")

    def activate(self, target):
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.visitor.check_page()

    def check(self, target):
        """Arrows choose within a group, as Tab reaches only one of it."""
        element = target.element_handle()
        if self.page.evaluate("e => e.checked", element):
            return
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return
        group = self.page.locator(f"input[name='{target.get_attribute('name')}']")
        for _ in range(200):
            if self.page.evaluate(
                    "n => document.activeElement.name === n", target.get_attribute("name")):
                break
            self.page.keyboard.press("Tab")
        for _ in range(group.count() + 1):
            self.page.keyboard.press("Space")
            if self.page.evaluate("e => e.checked", element):
                return
            self.page.keyboard.press("ArrowDown")
            if self.page.evaluate("e => e.checked", element):
                return
        raise AssertionError(f"{target} cannot be chosen on {self.page.url}")

    def fill(self, **fields):
        for name, value in fields.items():
            field = self.page.locator(f'[name="{name}"]').first
            self.reach(field)
            if field.get_attribute("type") in ("date", "time"):
                # The browser's own way of typing a day depends on its language.
                field.fill(value)
                continue
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(value)


@pytest.mark.parametrize("way", ["touch", "without script", "keyboard"])
def test_from_the_first_registration_to_a_job(visit, way):
    hand = Keyboard if way == "keyboard" else Touch
    phone = {"viewport": PHONE, "java_script_enabled": way != "without script"}
    me, we = (hand(visit(None, **phone)) for _ in range(2))
    me.open("/sign-in").visitor.sign_in_here("citizen")
    we.open("/sign-in").visitor.sign_in_here("employer")
    name = me.page.locator("header strong").inner_text()
    archive = me.page.request.get("/me/everything.jsonl").text()
    number = re.search(r'"citizen":\s*"?(\d+)', archive)[1]

    # Registered as a job seeker: what the law asks for begins there.
    caseworker = visit("caseworker")
    caseworker.open(f"/citizens/{number}/act?purpose=Sagsbehandling")
    caseworker.page.locator("#kind").select_option("registration")
    day = {"touch": "2025-12-31", "without script": "2025-12-30", "keyboard": "2025-12-29"}[way]
    fill(caseworker, day=day)
    press(caseworker, "Gem")
    assert "Kvittering" in caseworker.main_text()

    # A CV line, and what one can and wishes for.
    me.open("/me/cv").follow("/me/do/cv-entry")
    names = [f.get_attribute("name") for f in me.page.locator("main input[type=text]").all()]
    me.fill(**{field: "Nordlager" for field in names if not field.endswith("Date")})
    assert "Nordlager" in me.send()
    me.open("/me/do/profile")
    me.fill(wishes="lagermedarbejder", skills="truckcertifikat, dansk", postcode="2730")
    me.check(me.page.locator("input[type=checkbox][name$=ordinary]"))
    text = me.send()
    assert "Kvittering" in text and "lagermedarbejder" in text

    # A conversation of one's own choice.
    me.open("/me/conversations")
    has = me.page.locator("main a[href*='/me/do/move']").count()
    me.follow("/me/do/move" if has else "/me/do/book")
    me.check(me.page.locator("input[name=slot]").nth(-2 if way == "keyboard" else -1))
    me.check(me.page.locator("input[name=form]").last)
    assert "Kvittering" in me.send()

    # A line of the plan: proposed by the caseworker, agreed by the citizen.
    caseworker.open(f"/citizens/{number}/plan-line?purpose=Sagsbehandling")
    fill(caseworker, text=f"Du søger job på lager ({way})")
    caseworker.page.locator("#author-caseworker").check()
    caseworker.page.locator("#stance-proposed").check()
    caseworker.page.locator("main form button[type=submit]").first.click()
    assert "Kvittering" in caseworker.main_text()
    me.open("/me").follow("/me/do/plan-answer")
    me.check(me.page.locator("input[name=stance][value=agreed]"))
    assert "Kvittering" in me.send()

    # A company orders, and the job is among those that fit.
    we.open("/door").follow("/door/do/order")
    we.fill(text="Vi mangler en på lageret", title="Lagermedarbejder",
            occupation="lagermedarbejder", must="truckcertifikat", postcode="2730", positions="1")
    we.send()
    order = re.search(r"/door/orders/(\d+)", we.page.url)[1]
    me.open("/me/jobs").follow(f"/me/do/choice?id={order}")
    me.check(me.page.locator("#answer-wants"))
    assert "Kvittering" in me.send()

    # The consultant sees the wish and refers; the company invites and hires.
    consultant = visit("companyConsultant")
    consultant.open(f"/orders/{order}").follow(f"/orders/{order}/refer")
    assert name in consultant.heading()
    consultant.page.locator('[name="agreed"]').check()
    press(consultant, "Formidl")
    for answer, fields in [
        ("invite", {"day": "2026-01-08", "begins": "10:00"}), ("hire", {"day": "2026-02-01"}),
    ]:
        we.open(f"/door/orders/{order}").follow("/door/do/answer")
        assert name in we.visitor.heading()
        we.check(we.page.locator(f"#kind-{answer}"))
        we.fill(**fields)
        assert "Kvittering" in we.send()
    told = me.open("/me/messages").text()
    assert "Du er inviteret til samtale" in told and "Du har fået jobbet" in told
    assert "Lukket: besat" in consultant.open(f"/orders/{order}").main_text()

    # The search is noted, and the whole way stands in the citizen's own file.
    me.open("/me/do/record?id=job-log")
    names = [f.get_attribute("name") for f in me.page.locator("main input[type=text]").all()]
    me.fill(**{field: "Nordlager" for field in names})
    for group in me.page.locator("main fieldset").all():
        me.check(group.locator("input[type=radio]").first)
    me.send()
    assert "Nordlager" in me.open("/me/job-log").text()
    archive = me.page.request.get("/me/everything.jsonl").text()
    for what in ["registration", "warehouse-worker", f"lager ({way})", "volunteered"]:
        assert what in archive, what
