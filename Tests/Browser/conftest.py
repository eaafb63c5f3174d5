"""What every browser test shares: the served program, one browser, and visitors."""

import os
import signal

import pytest
from playwright.sync_api import sync_playwright
from visitor import Visitor

import serving

# Pictures are not tests: `make screenshots` takes them.
collect_ignore = [] if os.environ.get("SCREENSHOTS") else ["test_pictures.py"]


# A file stays on one process: the longest come first, so that none is left over at the end.
LONGEST = [
    "test_every_page", "test_pool", "test_sign_in", "test_desk", "test_pool_network",
    "test_pack_sql_cap", "test_equal", "test_quality", "test_courses", "test_trust",
    "test_correspondence", "test_to_a_job", "test_survey",
]


def pytest_collection_modifyitems(items):
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONGEST)))


@pytest.fixture(autouse=True)
def ends():
    """A test that waits for ever fails instead: not every call of the browser has a limit."""

    def give_up(number, frame):
        raise TimeoutError("the test took more than five minutes")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(300)
    yield
    signal.alarm(0)


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    folder = tmp_path_factory.getbasetemp()
    with serving.served(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # Containers rarely allow Chromium's own sandbox; only our own pages are opened.
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(address, browser):
    """Makes visitors, each with a browser window of their own; `visit("manager")`
    is signed in, `visit(None)` is not."""
    opened = []

    def make(role, **settings):
        settings.setdefault("locale", "da-DK")
        context = browser.new_context(base_url=address, **settings)
        context.set_default_timeout(15_000)
        opened.append(context)
        visitor = Visitor(context.new_page())
        if role:
            visitor.sign_in(role)
        return visitor

    yield make
    for context in opened:
        context.close()
