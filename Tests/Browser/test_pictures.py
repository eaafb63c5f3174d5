"""The pictures in docs/images; taken only by `make screenshots`."""

import pytest
from serving import ROOT
from test_own_pages import citizen, let_help  # noqa: F401
from visitor import COMPARED, INDICATOR, PERIOD, PLAN, WHAT_IF, WHAT_IF_PEOPLE, ask_who

IMAGES = ROOT / "docs/images"

# A day in the middle of the plan, so that the pictures show pace and forecast.
DAY = "asof=2024-09-30"

ALLOWED = (
    "/law/allowed/adult-apprentice?on=2025-03-03&ask=1&age=27&unskilled=1"
    "&starts=2025-03-03&applied=2025-04-01"
)

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 375, "height": 760}}
LONG = {"viewport": {"width": 375, "height": 1500}}


def take(visitor, name):
    IMAGES.mkdir(parents=True, exist_ok=True)
    visitor.page.screenshot(path=IMAGES / f"{name}.png")
    assert (IMAGES / f"{name}.png").stat().st_size > 5000


@pytest.mark.parametrize(
    ("name", "role", "path", "window"),
    [
        ("plan", "manager", f"{PLAN}?{DAY}", DESK),
        ("plan-english", "manager", f"{PLAN}?lang=en&{DAY}", DESK),
        ("plan-phone", "manager", f"{PLAN}?{DAY}", PHONE),
        ("start", "manager", "/", DESK),
        ("indicator", "analyst", f"/indicators/{INDICATOR}?period={PERIOD}&cut=benefit", DESK),
        ("comparison", "analyst", f"/compare?indicator={COMPARED}&with=0219", DESK),
        ("what-if", "manager", WHAT_IF, DESK),
        ("day", "caseworker", "/day?whose=team:Sygemeldte", DESK),
        ("allowed", "analyst", ALLOWED, DESK),
        ("companies", "companyConsultant", "/companies", DESK),
        ("event", "companyConsultant", "/events/2/fill", DESK),
        ("my-course", "citizen", "/me", LONG),
        ("my-course-ukrainian", "citizen", "/me?lang=uk", LONG),
        ("book", "citizen", "/me/do/book", PHONE),
        ("door", "employer", "/door", PHONE),
        ("survey", None, "/surveys/1", DESK),
        ("complaints", "manager", "/complaints", DESK),
        ("sample", "qualityConsultant", "/quality/samples/2", DESK),
        ("sign-in", None, "/sign-in", DESK),
        ("log", "administrator", "/lookups", DESK),
    ],
)
def test_page(visit, name, role, path, window):
    take(visit(role, **window).open(path), name)


def test_helper(visit, citizen):
    me, helper = citizen(), citizen(number=1630000012)
    let_help(me, helper, "Rut Hjælper")
    take(helper, "helper")


def test_candidates(visit):
    consultant = visit("companyConsultant", **DESK).open("/orders")
    consultant.page.locator("main table a").first.click()
    consultant.follow(r"/orders/\d+/candidates")
    take(consultant, "candidates")


def test_target(visit):
    take(visit("manager", **DESK).open(f"{PLAN}/target/flex-jobs?{DAY}"), "target")


def test_people(visit):
    manager = visit("manager", **DESK)
    ask_who(manager)
    take(manager, "people")


def test_citizen(visit):
    caseworker = visit("caseworker", **DESK).open("/due?purpose=Sagsbehandling")
    caseworker.page.locator("main table a").first.click()
    take(caseworker, "citizen")


def open_form(visitor, name):
    visitor.open("/day?whose=team:Ledige")
    visitor.page.locator("main table tbody th a").last.click()
    visitor.page.get_by_role("link", name=name, exact=True).click()
    return visitor.page


def test_effort(visit):
    caseworker = visit("caseworker", **DESK)
    page = open_form(caseworker, "En indsats")
    page.locator("#measure").select_option("mentor")
    page.locator("#goal").fill("Komme godt i gang")
    page.locator("#hours1").fill("2")
    page.locator("#ends").fill("2027-12-31")
    page.get_by_role("button", name="Gem indsatsen").click()
    take(caseworker, "effort")


def test_decision(visit):
    caseworker = visit("caseworker", **DESK)
    page = open_form(caseworker, "En afgørelse")
    page.locator("#subject").fill("løntilskud")
    page.get_by_role("button", name="Prøv afgørelsen").click()
    take(caseworker, "decision")


def test_course(visit):
    caseworker = visit("caseworker", **DESK)
    page = open_form(caseworker, "Forløbet, trin for trin")
    page.locator("#course").select_option("sick-listed")
    page.get_by_role("button", name="Vis").click()
    take(caseworker, "course")


def test_post(visit):
    caseworker = visit("caseworker", **DESK)
    page = open_form(caseworker, "En besked")
    page.locator("#subject").fill("Kan ikke komme på fredag")
    page.locator("#text").fill("Borgeren ringede. Bilen er gået i stykker.")
    page.get_by_role("button", name="Gem beskeden").click()
    page.get_by_role("link", name="Et dokument", exact=True).click()
    page.set_input_files(
        "#file", {"name": "attest.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    page.locator("#title").fill("Lægeattest fra december")
    page.get_by_role("button", name="Gem dokumentet").click()
    take(caseworker, "post")


def test_letter_to_many(visit):
    caseworker = visit("caseworker", **DESK)
    page = caseworker.open("/mailings/new").page
    page.locator("#subject").fill("Kom til jobmesse på rådhuset")
    page.locator("#text").fill(
        "Kære {fornavn}\nTorsdag den 15. januar kl. 10 er der jobmesse på rådhuset. "
        "Tag dit CV med, og mød ti virksomheder, der søger folk.")
    page.locator("#group").select_option("group1")
    page.get_by_role("button", name="Prøv uden at sende").click()
    take(caseworker, "letter-to-many")


def test_why(visit):
    manager = visit("manager", **DESK).open(WHAT_IF_PEOPLE).follow(r"/law/citizens/\d+")
    manager.page.locator("main details summary").first.click()
    take(manager, "why")
