"""Seconds from a start to a whole page, several times.

    python first_page.py RUNS WHAT ADDRESS COMMAND ...

Each run starts the command, signs in as the demonstration's manager as soon as that is
answered, reads the page, and stops what was started.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urljoin


def main():
    runs, what, page, command = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
    for run in range(runs):
        start = time.perf_counter()
        # A session of its own, so that what the command starts is stopped with it.
        server = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            while True:
                try:
                    reader = urllib.request.build_opener(
                        urllib.request.HTTPCookieProcessor(CookieJar())
                    )
                    reader.open(urljoin(page, "/sign-in"), data=b"role=manager").read()
                    with reader.open(page) as answer:
                        answer.read()
                        if answer.geturl() != page:
                            raise SystemExit(f"led to {answer.geturl()} instead of {page}")
                    break
                except urllib.error.HTTPError:
                    raise
                except OSError:
                    if server.poll() is not None or time.perf_counter() - start > 60:
                        raise SystemExit("the server did not answer") from None
                    time.sleep(0.005)
            seconds = time.perf_counter() - start
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
        print(json.dumps({"what": what, "run": run, "seconds": round(seconds, 4)}))


if __name__ == "__main__":
    main()
