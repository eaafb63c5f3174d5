"""How long the caseworker's pages take: one user after the other, and fifty who search as
they type.

    desk_latency.py http://127.0.0.1:8080 CITIZEN RUNS

Prints a line of JSON for each page with its median and 95th percentile in ms, the time of
the first, and how many failed.
"""

import http.client
import json
import random
import re
import sys
import threading
import time
from urllib.parse import quote, urlsplit

PURPOSE = quote("Sagsbehandling")
NAMES = ["a", "an", "and", "ma", "mar", "jen", "jens", "sø", "han ni", "peter", "kir", "lau", "ole h"]
USERS = 50
# A key is pressed every 0.1 to 0.5 seconds.
PAUSE = (0.1, 0.5)


class Visitor:
    def __init__(self, host, cookie=""):
        self.connection = http.client.HTTPConnection(host)
        self.cookie = cookie

    def get(self, path):
        start = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        reply = self.connection.getresponse()
        body = reply.read()
        return (time.perf_counter() - start) * 1000, reply.status, body


def signed_in(host):
    connection = http.client.HTTPConnection(host)
    connection.request(
        "POST", "/sign-in", "role=caseworker", {"Content-Type": "application/x-www-form-urlencoded"}
    )
    reply = connection.getresponse()
    reply.read()
    return reply.getheader("Set-Cookie").split(";")[0]


def report(what, took, failed):
    took = sorted(took)
    print(
        json.dumps(
            {
                "what": what,
                "p50": round(took[len(took) // 2], 1),
                "p95": round(took[int(len(took) * 0.95)], 1),
                "count": len(took),
                "failed": failed,
            }
        ),
        flush=True,
    )


def in_turn(host, cookie, what, paths, count):
    visitor = Visitor(host, cookie)
    took, failed = [], 0
    for number in range(count):
        ms, status, _ = visitor.get(paths[number % len(paths)])
        took.append(ms)
        failed += status != 200
    report(what, took, failed)


def together(host, cookie, what, paths, count):
    took, failed, lock = [], [], threading.Lock()

    def user(seed):
        chosen = random.Random(seed)
        visitor = Visitor(host, cookie)
        for _ in range(count):
            time.sleep(chosen.uniform(*PAUSE))
            ms, status, _ = visitor.get(chosen.choice(paths))
            with lock:
                took.append(ms)
                if status != 200:
                    failed.append(status)

    threads = [threading.Thread(target=user, args=(seed,)) for seed in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report(what, took, len(failed))


def main():
    host = urlsplit(sys.argv[1]).netloc
    citizen, count = sys.argv[2], int(sys.argv[3]) * 20
    cookie = signed_in(host)
    page = Visitor(host, cookie).get("/day")[2].decode()
    whose = re.findall(r'<option value="((?:team:[^"]+)|\d+)"', page)
    staff = [f"/day?whose={quote(one)}" for one in whose if not one.startswith("team:")]
    teams = [f"/day?whose={quote(one)}" for one in whose if one.startswith("team:")]
    own = f"/citizens/{citizen}?purpose={PURPOSE}"
    in_turn(host, cookie, "citizen page, 20,000 registrations: the first time", [own], 1)
    in_turn(host, cookie, "citizen page, 20,000 registrations", [own], count)
    in_turn(host, cookie, "my day of a caseworker: the first time", staff, len(staff))
    in_turn(host, cookie, "my day of a caseworker", staff, max(count, len(staff)))
    in_turn(host, cookie, "my day of a team: the first time", teams, len(teams))
    in_turn(host, cookie, "my day of a team", teams, count)
    searches = [f"/citizens?q={quote(name)}&purpose={PURPOSE}" for name in NAMES]
    in_turn(host, cookie, "search", searches, count)
    together(host, cookie, f"search, {USERS} users who type", searches, count // 5)


if __name__ == "__main__":
    main()
