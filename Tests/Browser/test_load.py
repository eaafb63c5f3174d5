"""Many visitors at once. A synchronous database read in a request handler would stop
the server for good under this load (see docs/decisions/0001-sqlite-through-grdb.md)."""

import concurrent.futures
import http.cookiejar
import time
import urllib.parse
import urllib.request

from visitor import COMPARED, INDICATOR, PERIOD, PLAN

PAGES = ["/", PLAN, f"/indicators/{INDICATOR}?period={PERIOD}&cut=benefit",
         f"/compare?indicator={COMPARED}&with=0219", "/accessibility"]
VISITORS = 48
ROUNDS = 6


def manager(address):
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    opener = urllib.request.build_opener(jar)
    opener.open(address + "/sign-in", data=b"role=manager", timeout=60).read()
    return opener


def test_nobody_is_refused_and_the_server_lives_on(address):
    opener = manager(address)

    def visit(number):
        statuses = []
        for turn in range(ROUNDS):
            page = PAGES[(number + turn) % len(PAGES)]
            with opener.open(address + page, timeout=120) as answer:
                statuses.append((answer.status, len(answer.read()) > 1000))
        people = f"/indicators/{INDICATOR}/people?period={PERIOD}&purpose=" + urllib.parse.quote(
            f"prøve af belastning {number}")
        with opener.open(address + people, timeout=120) as answer:
            statuses.append((answer.status, len(answer.read()) > 1000))
        return statuses

    with concurrent.futures.ThreadPoolExecutor(VISITORS) as pool:
        all_statuses = [s for found in pool.map(visit, range(VISITORS)) for s in found]
    assert len(all_statuses) == VISITORS * (ROUNDS + 1)
    assert set(all_statuses) == {(200, True)}

    started = time.monotonic()
    with urllib.request.urlopen(address + "/health", timeout=10) as answer:
        assert answer.status == 200
    assert time.monotonic() - started < 2
