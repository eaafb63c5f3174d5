"""Seconds from a start to a whole page, several times.

    python first_page.py RUNS WHAT ADDRESS COMMAND ...

Each run starts the command, asks for the page until it is there, and stops what was
started.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request


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
                    with urllib.request.urlopen(page) as answer:
                        answer.read()
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
