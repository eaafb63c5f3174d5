"""Installations of their own pass a pool's feeds over the network: a card comes and goes within
seconds, one that was cut off catches up, and nobody but a member is told anything."""

import contextlib
import json
import pathlib
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import serving
from visitor import Visitor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "CommandLine"))

from test_commands import BINARY, run  # noqa: E402
from test_pool import CODES, TODAY, Member, agree, simulated  # noqa: E402, F401

SECONDS = 5  # within which everybody reachable has heard of it


class Installation(Member):
    def __init__(self, code, folder):
        super().__init__(code, folder / f"{code}.sqlite")
        self.port, self.process, self.log = serving.free_port(), None, folder / f"{code}.log"
        self.url = f"http://127.0.0.1:{self.port}"

    def serve(self):
        log = open(self.log, "a", encoding="utf-8")
        self.process = subprocess.Popen(
            [BINARY, "serve", "--demo", "--municipality", self.code, "--database", self.database,
             "--port", str(self.port), "--pool-seconds", "1", *TODAY],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=serving.ROOT)
        log.close()
        within(60, lambda: serving.answers(self.url + "/health"))
        return self

    def stop(self):
        serving.stop(self.process)
        self.process = None

    def cards(self):
        return self.rows("SELECT count(*) FROM pool_entry WHERE municipality = ? AND "
                         "kind = 'cardShared' AND payload IS NOT NULL")[0][0]


def within(seconds, done):
    """Waits until something is so, and tells how long it took."""
    began = time.monotonic()
    while not done():
        took = time.monotonic() - began
        assert took < seconds, f"not within {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - began


@pytest.fixture
def three(simulated, tmp_path):  # noqa: F811
    for code in CODES:
        shutil.copy(simulated / f"{code}.sqlite", tmp_path)
    members = [Installation(code, tmp_path) for code in CODES]
    file = agree(members, tmp_path)
    paper = json.loads(file.read_text(encoding="utf-8"))
    for line, member in zip(paper["members"], members):
        line["address"] = member.url
    file.write_text(json.dumps(paper), encoding="utf-8")
    for member in members:
        member.pool("agree", file)
    with contextlib.ExitStack() as stack:
        for member in members:
            member.serve()
            stack.callback(lambda member=member: member.process and member.stop())
        yield members


def post(member, asked, body):
    request = urllib.request.Request(
        f"{member.url}/exchange/pool/nrs/{asked}", data=body, method="POST",
        headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_withdrawn_card_is_gone_everywhere_within_seconds(three, browser):
    owner, home, away = three
    order, kind = owner.order()
    citizen = home.citizen(kind)
    owner.pool("share", "--order", order)
    home.pool("consent", "--citizen", citizen)
    took = within(SECONDS, lambda: all(member.cards() == 1 for member in three))
    print(f"the card was everywhere after {took:.1f} s")
    first = json.loads(home.rows(
        "SELECT payload FROM pool_entry WHERE municipality = ? AND kind = 'cardShared'")[0][0])
    salt = first["salt"].encode()
    assert owner.holds(salt) and away.holds(salt)

    away.stop()
    home.pool("offer", "--citizen", citizen, "--owner", owner.code, "--order", order)
    context = browser.new_context(base_url=home.url, locale="da-DK")
    context.set_default_timeout(15_000)
    caseworker = Visitor(context.new_page())
    caseworker.sign_in("caseworker")
    caseworker.open(f"/citizens/{citizen}/pool-withdrawal?purpose=Sagsbehandling")
    caseworker.page.locator("main form button[type=submit]").first.click()
    caseworker.page.wait_for_url("**/jobs**")
    began = time.monotonic()
    within(SECONDS, lambda: owner.cards() == 0 and not owner.holds(salt))
    print(f"erased with who can be reached after {time.monotonic() - began:.1f} s")
    jobs = f"/citizens/{citizen}/jobs?purpose=Sagsbehandling"

    def stands(text):
        caseworker.open(jobs)
        return text in caseworker.main_text()

    # Told as it is: one has confirmed, one has not been heard from.
    within(SECONDS, lambda: stands("Kortet er slettet hos: Herlev, Hillerød"))
    assert stands("Kortet slettes, når de henter vores strøm: Allerød")
    manager = caseworker.open("/pool/nrs")
    assert "Svarer ikke nu. Vi prøver igen og igen." in manager.main_text()
    assert away.cards() == 1 and away.holds(salt)

    # Its author is gone when the one that was away comes back; another tells it.
    home.stop()
    away.serve()
    took = within(SECONDS, lambda: away.cards() == 0 and not away.holds(salt))
    print(f"the one that was away caught up {took:.1f} s after it answered")
    home.serve()
    caseworker.sign_in("caseworker")
    within(20, lambda: stands("Kortet er slettet hos: Allerød, Herlev, Hillerød"))
    states = [member.status() for member in three]
    assert states[0] == states[1] == states[2]
    for member in three:
        run("verify", "--database", member.database)
    context.close()


def test_nobody_but_a_member_is_told_anything(three, tmp_path):
    home, owner, away = three
    home.pool("consent", "--citizen", home.citizen())
    for body in (b"", b"{}", b"\xff\xfe", b'{"ask":{},"signature":""}', b"x" * 600_000):
        status, text = post(home, home.code, body)
        assert status in (403, 404) and text == "unknown\n", (status, text)
    assert post(home, owner.code, b"{}")[1] == "unknown\n", "asked for another's"

    # One who has left gets nothing more, is told why, and keeps no card.
    within(SECONDS, lambda: away.cards() == 1)
    paper = json.loads((tmp_path / "agreement.json").read_text(encoding="utf-8"))
    leaver = next(line for line in paper["members"] if line["member"] == away.code)
    leaver["end"] = "2025-12-30"
    file = tmp_path / "left.json"
    file.write_text(json.dumps(paper), encoding="utf-8")
    home.pool("agree", file)
    owner.pool("agree", file)
    refused = away.pool("ask", code=69)
    assert refused.stderr.count("vi ikke er medlem med vores nøgle") == 2, refused.stderr
    # A clock that is wrong, an address that is none.
    paper["members"][0]["address"] = "http://jobcenter.example"
    file.write_text(json.dumps(paper), encoding="utf-8")
    wrong = home.pool("agree", file, code=1)
    assert "members.1.address" in wrong.stderr
