"""What must hold on every page: accessible, narrow, in two languages, without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from visitor import (
    COMPARED, EFFORT, INDICATOR, PEOPLE, PERIOD, PLAN, WHAT_IF, WHAT_IF_PEOPLE, Visitor, ask_who,
)

PAGES = {
    "start": ("manager", "/"),
    "plan": ("manager", PLAN),
    "catalogue": ("analyst", "/indicators"),
    "indicator": ("analyst", f"/indicators/{INDICATOR}?period={PERIOD}&cut=benefit"),
    "does it work": ("analyst", "/effects"),
    "answer": ("manager", f"/effects/{EFFORT}"),
    "comparison": ("analyst", f"/compare?indicator={COMPARED}&with=0219"),
    "find a citizen": ("caseworker", "/citizens?q=hansen&purpose=Sagsbehandling"),
    "citizen": ("caseworker", "/citizens/1630000005?purpose=Sagsbehandling"),
    "due": ("caseworker", "/due?purpose=Sagsbehandling"),
    "my day": ("caseworker", "/day"),
    "summons": ("caseworker", "/citizens/1630000005/summons?purpose=Sagsbehandling"),
    "effort": ("caseworker", "/citizens/1630000005/effort?purpose=Sagsbehandling"),
    "decision": ("caseworker", "/citizens/1630000005/decision?purpose=Sagsbehandling"),
    "my plan": ("caseworker", "/citizens/1630000005/plan?purpose=Sagsbehandling"),
    "conversation": ("caseworker", "/citizens/1630000005/conversation?purpose=Sagsbehandling"),
    "course": ("caseworker", "/citizens/1630000005/course?purpose=Sagsbehandling&course=refugee"),
    "records": ("caseworker", "/citizens/1630000005/records?purpose=Sagsbehandling"),
    "post": ("caseworker", "/citizens/1630000005/post?purpose=Sagsbehandling"),
    "efforts": ("caseworker", "/citizens/1630000005/efforts?purpose=Sagsbehandling"),
    "whole plan": ("caseworker", "/citizens/1630000005/whole-plan?purpose=Sagsbehandling"),
    "document": ("caseworker", "/citizens/1630000005/document?purpose=Sagsbehandling"),
    "letters to many": ("manager", "/mailings"),
    "moving many": ("manager", "/move-cases?from=1"),
    "management information": ("manager", "/packs"),
    "a quarter": ("manager", "/packs/2024Q3"),
    "a number": ("manager", "/packs/2024Q3/number?number=unemployment.gross.change"),
    "a number of the plan": ("analyst", "/packs/2024Q3/number?number=targets.flex-jobs.aim"),
    "a note for a quarter": ("caseworker", "/packs/2024Q3/note"),
    "companies": ("companyConsultant", "/companies?q=a"),
    "orders": ("companyConsultant", "/orders?state=all"),
    "an order": ("companyConsultant", "/orders/1"),
    "candidates": ("companyConsultant", "/orders/118/candidates"),
    "events": ("companyConsultant", "/events"),
    "an event": ("companyConsultant", "/events/1"),
    "a distribution of seats": ("companyConsultant", "/events/2/fill"),
    "job shops": ("companyConsultant", "/shops"),
    "a job shop": ("companyConsultant", "/shops/1?month=2025-12"),
    "agreements": ("companyConsultant", "/agreements"),
    "an agreement": ("caseworker", "/agreements/2"),
    "signing": (None, "/sign/proeve-aaben"),
    "signing too late": (None, "/sign/proeve-udloebet"),
    "surveys": ("manager", "/surveys"),
    "feedback over time": ("manager", "/feedback-trends"),
    "what a survey says": (None, "/surveys/1"),
    "a survey under way": ("manager", "/surveys/2/manage"),
    "the words of a survey": ("caseworker", "/surveys/1/words"),
    "a survey's questions": (None, "/survey/proeve-spoerg-90"),
    "a survey that is over": (None, "/survey/proeve-forbi-1"),
    "a citizen's feedback": ("caseworker", "/citizens/1630000986/feedback?purpose=Sagsbehandling"),
    "quality": ("qualityConsultant", "/quality"),
    "a closed sample": ("qualityConsultant", "/quality/samples/2"),
    "a sample under review": ("qualityConsultant", "/quality/samples/3"),
    "a drawn case": ("qualityConsultant", "/quality/cases/1"),
    "everything in a drawn case": ("qualityConsultant", "/quality/cases/1/file"),
    "actions": ("qualityConsultant", "/quality/actions"),
    "training": ("manager", "/quality/training"),
    "training in a theme": ("qualityConsultant", "/quality/training/conflict"),
    "focus groups": ("qualityConsultant", "/quality/groups"),
    "a focus group": ("qualityConsultant", "/quality/groups/1"),
    "councils": ("qualityConsultant", "/quality/councils"),
    "what councils and groups said": (None, "/quality/heard"),
    "jobs": ("caseworker", "/citizens/1630000005/jobs?purpose=Sagsbehandling"),
    "job profile": ("caseworker", "/citizens/1630000005/job-profile?purpose=Sagsbehandling"),
    "pools": ("companyConsultant", "/pool"),
    "a pool": ("companyConsultant", "/pool/nord"),
    "a pool's member": ("companyConsultant", "/pool/nord/members/0163"),
    "a shared order": ("companyConsultant", "/pool/nord/orders/0163/118"),
    "repatriation": (None, "/repatriation"),
    "rules": ("analyst", "/law?on=2026-06-30&beside=2026-07-01"),
    "rule": ("analyst", "/law/rules/contact-six-months-cash"),
    "what-if": ("manager", WHAT_IF),
    "what-if people": ("manager", WHAT_IF_PEOPLE),
    "citizen's deadlines": ("manager", "/law/citizens/1630000005?purpose=Kvalitet&on=2025-06-30"),
    "allowed": ("analyst", "/law/allowed?ask=ratio&starts=2025-03-10&hours=6413,2"),
    "entitlement": ("analyst", "/law/allowed/repatriation-aid?on=2025-03-01&ask=1&adults=2"),
    "portfolios": ("manager", "/law/portfolios?on=2026-08-01"),
    "purpose": ("manager", PEOPLE),
    "log": ("administrator", "/lookups"),
    "my course": ("citizen", "/me"),
    "my own plan": ("citizen", "/me/plan"),
    "my conversations": ("citizen", "/me/conversations"),
    "my messages": ("citizen", "/me/messages"),
    "my jobs": ("citizen", "/me/jobs"),
    "my career": ("citizen", "/me/career"),
    "my job search": ("citizen", "/me/job-log"),
    "my forms": ("citizen", "/me/forms"),
    "my letters": ("citizen", "/me/letters"),
    "my CV": ("citizen", "/me/cv"),
    "who looked": ("citizen", "/me/who-looked"),
    "more": ("citizen", "/me/more"),
    "my way back": ("citizen", "/me/way-back"),
    "guides": ("citizen", "/me/guides"),
    "a guide": ("citizen", "/me/guides/interview"),
    "our overview": ("employer", "/door"),
    "our orders": ("employer", "/door/orders"),
    "our agreements": ("employer", "/door/agreements"),
    "our events": ("employer", "/door/events"),
    "complaints": ("manager", "/complaints?show=all"),
    "a complaint": ("caseworker", "/complaints/17"),
    "complaints without names": ("analyst", "/complaints/overview"),
    "complaints of a month": ("manager", "/complaints/overview?month=2025M11"),
    "who asks the adviser": ("citizensAdviser", "/adviser"),
    "what the adviser is asked": ("analyst", "/adviser/overview"),
    "my complaints": ("citizen", "/me/complaints"),
    "my adviser": ("citizen", "/me/adviser"),
    "my cases": ("citizen", "/me/cases"),
    "statement": (None, "/accessibility"),
    "privacy": (None, "/privacy"),
    "sign-in": (None, "/sign-in"),
}
# Written by the same code as the forms above: looked at for what each brings of its own.
FORMS = {
    "our order": ("employer", "/door/do/order"),
    "our limits": ("employer", "/door/do/limits"),
    "our fast track": ("employer", "/door/do/fast-track"),
    "our call": ("employer", "/door/do/contact"),
    "our stand": ("employer", "/door/do/sign-up?id=2"),
    "my proposal": ("citizen", "/me/do/plan-line"),
    "my message": ("citizen", "/me/do/message"),
    "my hours at work": ("citizen", "/me/do/partial-return"),
    "my booking": ("citizen", "/me/do/book"),
    "my profile": ("citizen", "/me/do/profile"),
    "my job application": ("citizen", "/me/do/record?id=job-log"),
    "a CV from a file": ("citizen", "/me/do/cv-file"),
    "a line of my CV": ("citizen", "/me/do/cv-entry?id=work"),
    "my complaint": ("citizen", "/me/do/complain?id=1"),
    "my consent": ("citizen", "/me/do/adviser-consent"),
    "my question": ("citizen", "/me/do/ask-adviser"),
    "my helper": ("citizen", "/me/do/record?id=own-representative"),
    "a complaint by letter": ("caseworker", "/citizens/1630000005/complaint?purpose=Sagsbehandling"),
    "a reassessment": ("caseworker", "/complaints/17/reassessed"),
    "what was learned": ("caseworker", "/complaints/17/learned"),
    "agreement": ("caseworker", "/agreements/new?id=1630000005"),
    "change of an agreement": ("caseworker", "/agreements/2/change"),
    "link to sign": ("caseworker", "/agreements/2/link?id=5"),
    "absence": ("caseworker", "/citizens/1630000005/absence?purpose=Sagsbehandling"),
    "plan line": ("caseworker", "/citizens/1630000005/plan-line?purpose=Sagsbehandling"),
    "end of an effort": ("caseworker", "/citizens/1630000005/effort-end?purpose=Sagsbehandling"),
    "act": ("caseworker", "/citizens/1630000005/act?purpose=Sagsbehandling"),
    "hand-over": ("caseworker", "/citizens/1630000005/hand-over?purpose=Sagsbehandling"),
    "record": ("caseworker", "/citizens/1630000005/record?purpose=Sagsbehandling&id=whole-plan-consent"),
    "end of a record": ("caseworker", "/citizens/1630000005/record-end?purpose=Sagsbehandling"),
    "follow-up": ("caseworker", "/citizens/1630000005/follow-up?purpose=Sagsbehandling"),
    "message": ("caseworker", "/citizens/1630000005/message?purpose=Sagsbehandling"),
    "message done": ("caseworker", "/citizens/1630000005/message-done?purpose=Sagsbehandling"),
    "letter to many": ("manager", "/mailings/new"),
    "a new company": ("companyConsultant", "/companies/new"),
    "sharing an order": ("companyConsultant", "/orders/118/share"),
    "a consent to a pool": ("caseworker", "/citizens/1630000005/pool-consent?purpose=Sagsbehandling"),
    "a step of an order": ("companyConsultant", "/orders/118/step"),
    "a new event": ("companyConsultant", "/events/new"),
    "a new stand": ("companyConsultant", "/events/2/stand"),
    "a sign-up": ("companyConsultant", "/events/2/sign-up"),
    "attendance": ("companyConsultant", "/events/1/attendance"),
    "a distribution to register": ("companyConsultant", "/events/2/distribute"),
    "a new job shop": ("companyConsultant", "/shops/new"),
    "somebody came": ("companyConsultant", "/shops/1/visit"),
    "a new survey": ("manager", "/surveys/new"),
    "a new sample": ("qualityConsultant", "/quality/samples/new"),
    "a new action": ("qualityConsultant", "/quality/actions/new?sample=2&question=next"),
    "an action that is done": ("qualityConsultant", "/quality/actions/1"),
    "a new course": ("manager", "/quality/training/new"),
    "a new focus group": ("qualityConsultant", "/quality/groups/new"),
    "what a focus group said": ("qualityConsultant", "/quality/groups/1/edit"),
    "an invitation": ("qualityConsultant", "/quality/groups/1/invite"),
    "a consent": ("qualityConsultant", "/quality/groups/1/members/1"),
    "a new matter for a council": ("qualityConsultant", "/quality/councils/new"),
    "a council's answer": ("qualityConsultant", "/quality/councils/2"),
    "links of a survey": ("manager", "/surveys/2/send"),
    "partial return": ("caseworker", "/citizens/1630000005/partial-return?purpose=Sagsbehandling"),
}
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FINGER = {"runOnly": {"type": "rule", "values": ["target-size"]}}


@pytest.fixture(scope="module")
def seat(address, browser):
    """A visitor for each role, signed in once, with the addresses its page asked for."""
    seats = {}

    def sit(role):
        if role not in seats:
            context = browser.new_context(base_url=address, locale="da-DK")
            context.set_default_timeout(15_000)
            visitor = Visitor(context.new_page())
            if role:
                visitor.sign_in(role)
            asked = []
            visitor.page.on("request", lambda request: asked.append(request.url))
            seats[role] = context, visitor, asked
        return seats[role]

    yield sit
    for context, _, _ in seats.values():
        context.close()


def violations(visitor, options=WCAG):
    found = Axe().run(visitor.page, options=options).response["violations"]
    return [
        f"{rule['id']}: {rule['help']} ({node['html'][:120]})"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def too_wide_with_large_text(visitor):
    """What stands outside the window when the text is twice as large (WCAG 1.4.4). Wide tables
    and charts have a bar of their own to scroll by."""
    return visitor.page.evaluate("""() => {
      const root = document.documentElement;
      root.style.fontSize = "200%";
      const wide = root.scrollWidth <= root.clientWidth ? [] : [...document.body.querySelectorAll("*")]
        .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.children.length)
        .slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
      root.style.fontSize = "";
      return wide;
    }""")


def jumps(visitor):
    """Headings that leave out a level."""
    levels = visitor.page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => +e.tagName[1])"
    )
    return [pair for pair in zip([0, *levels], levels) if pair[1] > pair[0] + 1]


def wrong_when_narrow(visitor):
    """What is wrong in a window of 320 pixels: a page that is wider, and links and buttons too
    small for a finger (WCAG 1.4.10 and 2.5.8)."""
    size = visitor.page.viewport_size
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    small = violations(visitor, FINGER)
    visitor.page.set_viewport_size(size)
    return ([f"{width} pixels wide"] if width > 320 else []) + small


@pytest.mark.parametrize("name", PAGES | FORMS)
def test_a_page(seat, address, name):
    """Nothing from elsewhere, nothing that axe finds, no heading left out, no sideways
    scrolling on a narrow screen, and English on request."""
    role, path = (PAGES | FORMS)[name]
    context, visitor, asked = seat(role)
    asked.clear()
    visitor.open(path)
    assert visitor.language() == "da"
    assert [url for url in asked if not url.startswith(address) and url[:5] != "data:"] == []
    assert violations(visitor) == []
    assert jumps(visitor) == []
    assert wrong_when_narrow(visitor) == []
    assert too_wide_with_large_text(visitor) == []
    if name in PAGES:
        danish = visitor.main_text()
        visitor.open(path + ("&" if "?" in path else "?") + "lang=en")
        assert visitor.language() == "en"
        assert visitor.main_text() != danish
        context.clear_cookies(name="lang")


@pytest.mark.parametrize("kind", ["goal", "target"])
def test_axe_finds_nothing_further_down_the_plan(visit, kind):
    manager = visit("manager").open(PLAN).follow(f"{PLAN}/{kind}/.+")
    assert violations(manager) == []


def test_axe_finds_nothing_on_the_list_of_people(visit):
    manager = visit("manager")
    ask_who(manager)
    assert violations(manager) == []


def test_axe_finds_nothing_on_a_refusal(visit):
    assert violations(visit("manager").open("/nothing-here", expect=404)) == []


def test_the_target_page_fits_a_narrow_screen(visit):
    manager = visit("manager", viewport={"width": 320, "height": 640})
    manager.open(PLAN).follow(f"{PLAN}/target/.+")
    assert manager.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_chosen_language_stays(visit):
    manager = visit("manager").open("/")
    manager.page.locator('a[href*="lang=en"]').first.click()
    assert manager.language() == "en"
    manager.open("/indicators")
    assert manager.language() == "en"
    manager.page.locator('a[href*="lang=da"]').first.click()
    assert manager.language() == "da"


def test_everything_works_without_script(visit):
    manager = visit("manager", java_script_enabled=False)
    manager.open(PLAN).follow(f"{PLAN}/target/.+")
    assert manager.page.locator("main").inner_text()
    ask_who(manager)
    assert manager.page.locator("main table tbody tr").count() > 0


def test_the_skip_link_comes_first_and_leads_to_the_main_part(visit):
    manager = visit("manager").open(PLAN)
    manager.page.keyboard.press("Tab")
    target = manager.page.evaluate("document.activeElement.getAttribute('href')")
    assert target and target.startswith("#")
    reached = manager.page.locator(target)
    assert reached.evaluate("e => e.closest('main') !== null || e.querySelector('main') !== null")


def test_pages_say_what_a_browser_may_do(visit):
    answer = visit("manager").page.goto(PLAN)
    policy = answer.headers.get("content-security-policy", "")
    assert "script-src" in policy or "default-src" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers.get("x-content-type-options") == "nosniff"
