"""What every browser test shares: the served program, one browser, and visitors."""

import os
import signal

import pytest
from playwright.sync_api import sync_playwright
from visitor import Visitor

import serving

# Pictures are not tests: `make screenshots` takes them.
collect_ignore = [] if os.environ.get("SCREENSHOTS") else ["test_pictures.py"]


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
def address():
    with serving.served() as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # Containers rarely allow Chromium's own sandbox; only our own pages are opened.
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
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
