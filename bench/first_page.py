"""Seconds from starting the server to its first page, several times.

    python first_page.py RUNS PROGRAM ARGUMENT ... --port PORT
"""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request


def main():
    runs, command = int(sys.argv[1]), sys.argv[2:]
    page = f"http://127.0.0.1:{command[command.index('--port') + 1]}/"
    for run in range(runs):
        start = time.perf_counter()
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
            server.terminate()
            server.wait()
        print(json.dumps({"what": "first page", "run": run, "seconds": round(seconds, 4)}))


if __name__ == "__main__":
    main()
