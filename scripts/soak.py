"""Serves the full-size municipality under load, kills it midway, and goes on.

Visitors of every role follow random links and ask who stands behind a figure.
Afterwards must hold: no page answered with a server error, no look-up that was
acknowledged before the kill is missing from the log, the ledger is sound, the plan
page shows the same as before, and memory has settled.

SOAK_MINUTES      how long (default 10)
SOAK_VISITORS     how many at a time (default 8)
FODFAESTE_BINARY  the program (default .build/release/fodfaeste)
"""

import html
import http.cookiejar
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests/Browser"))
import serving  # noqa: E402
from visitor import PEOPLE, PLAN, ROLES  # noqa: E402

MINUTES = float(os.environ.get("SOAK_MINUTES", "10"))
VISITORS = int(os.environ.get("SOAK_VISITORS", "8"))
BINARY = serving.ROOT / os.environ.get("FODFAESTE_BINARY", ".build/release/fodfaeste")
POPULATION = os.environ.get("FODFAESTE_POPULATION", "29000")
LINK = re.compile(r'href="(/[^"#]*)"')
INPUT = re.compile(r"<input\b[^>]*>")
SLOWEST = 1.0  # seconds that 99 of 100 pages may take, with the load on the same machine
GROWTH = (1.25, 32_000)  # factor and kilobytes by which memory may grow once warm


class Client:
    def __init__(self, address, role):
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.send("/sign-in", role=role)

    def get(self, path, form=None):
        """The status and text of a page."""
        data = urllib.parse.urlencode(form).encode() if form else None
        try:
            with self.opener.open(self.address + path, data, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")


    def send(self, path, **answers):
        """Fills in the form of a page: its hidden fields, the first choice of every
        question, and the answers given."""
        status, text = self.get(path)
        if status != 200:
            return status, text
        form = {}
        for field in INPUT.findall(main_part(text)):
            values = dict(re.findall(r'(\w+)="([^"]*)"', field))
            if values.get("name"):
                form.setdefault(values["name"], html.unescape(values.get("value", "")))
        return self.get(path, form | answers)


class Tally:
    def __init__(self):
        self.lock = threading.Lock()
        self.seconds = []
        self.errors = []
        self.memory = []

    def add(self, seconds, path, status):
        with self.lock:
            self.seconds.append(seconds)
            if status >= 500:
                self.errors.append(f"{path}: {status}")

    def fail(self, path, error):
        with self.lock:
            self.errors.append(f"{path}: {error!r}")


def wander(address, seed, until, tally):
    choose = random.Random(seed)
    client = Client(address, ROLES[seed % len(ROLES)])
    path = "/"
    while time.monotonic() < until:
        begun = time.monotonic()
        try:
            status, text = client.send(path, note="soak") if path == PEOPLE else client.get(path)
        except OSError as error:
            tally.fail(path, error)
            return
        tally.add(time.monotonic() - begun, path, status)
        links = [html.unescape(link) for link in LINK.findall(text)]
        links = [link for link in links if not link.startswith("/sign-out")]
        path = PEOPLE if choose.random() < 0.02 else choose.choice(links or ["/", PLAN])


def resident(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def load(address, process, seconds, tally, name):
    """Lets the visitors wander for a while and watches memory meanwhile."""
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=wander, args=(address, seed, until, tally), daemon=True)
        for seed in range(VISITORS)
    ]
    for thread in threads:
        thread.start()
    memory = []
    while time.monotonic() < until:
        time.sleep(min(1, seconds / 20))
        memory.append(resident(process))
        left = int(until - time.monotonic())
        if left > 0 and left % 30 == 0:
            print(f"{name}: {left} s left, {len(tally.seconds)} pages, {memory[-1]} kB", flush=True)
    for thread in threads:
        thread.join(timeout=60)
    fifth = max(1, len(memory) // 5)
    tally.memory.append(
        (statistics.median(memory[fifth : 2 * fifth] or memory), statistics.median(memory[-fifth:]))
    )


def main_part(text):
    return re.sub(r"\s+", " ", text.partition("<main")[2].partition("</main>")[0])


def check(problems, holds, sentence):
    print(("ok      " if holds else "FAILED  ") + sentence)
    if not holds:
        problems.append(sentence)


def verify(database, problems, when):
    """Has the program examine its own ledger."""
    answer = subprocess.run(
        [str(BINARY), "verify", "--database", database],
        cwd=serving.ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    print(answer.stdout + answer.stderr, end="")
    check(problems, answer.returncode == 0, f"the ledger is sound {when}")


def soak(folder, log, tally, problems):
    port = serving.free_port()
    address = f"http://127.0.0.1:{port}"
    begin = lambda: serving.start(str(BINARY), POPULATION, f"{folder}/soak.sqlite", port, log)  # noqa: E731
    process = begin()
    try:
        load(address, process, MINUTES * 30, tally, "before the kill")
        plan = main_part(Client(address, "manager").get(PLAN)[1])
        before = main_part(Client(address, "administrator").get("/lookups")[1])
        status, _ = Client(address, "manager").send(PEOPLE, note="last before the kill")
        after = main_part(Client(address, "administrator").get("/lookups")[1])
        process.kill()
        process.wait()
        verify(f"{folder}/soak.sqlite", problems, "after the kill")
        check(problems, status == 200, "the last look-up before the kill was acknowledged")
        process = begin()
        again = main_part(Client(address, "manager").get(PLAN)[1])
        check(problems, plan != "" and plan == again, "the plan page is the same after the kill")
        kept = main_part(Client(address, "administrator").get("/lookups")[1])
        check(problems, before != after == kept, "the last look-up before the kill is in the log")
        load(address, process, MINUTES * 30, tally, "after the kill")
    finally:
        serving.stop(process)
    verify(f"{folder}/soak.sqlite", problems, "at the end")


def main():
    tally, problems = Tally(), []
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/log.txt", "w", encoding="utf-8") as log:
            soak(folder, log, tally, problems)
    seconds = sorted(tally.seconds)
    p50, p99 = seconds[len(seconds) // 2], seconds[len(seconds) * 99 // 100]
    for line in sorted(set(tally.errors))[:20]:
        print(f"        {line}")
    check(problems, not tally.errors, f"{len(seconds)} pages, {len(tally.errors)} errors")
    check(problems, p99 < SLOWEST, f"p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
    for warm, end in tally.memory:
        settled = end <= warm * GROWTH[0] + GROWTH[1]
        check(problems, settled, f"memory {warm:.0f} kB when warm, {end:.0f} kB at the end")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
