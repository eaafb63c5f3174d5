"""How long a quarter's management information takes from a server that is warm:

    pack_latency.py http://127.0.0.1:8080 RUNS

Each run asks for another day up to which is counted, so that nothing is kept from before.
Prints a line of JSON for each form with the median, least and most in ms. The register of the
municipality is in memory, as it is after the first page of the day.
"""

import json
import statistics
import sys

from desk_latency import Visitor, signed_in

QUARTER = "/packs/2024Q3"
FORMS = {"page": "", "PDF": "/pack.pdf", "XLSX": "/pack.xlsx", "CSV": "/pack.csv"}


def main():
    host, runs = sys.argv[1].removeprefix("http://"), int(sys.argv[2])
    visitor = Visitor(host, signed_in(host))
    day = 1
    visitor.get(QUARTER)
    for name, ending in FORMS.items():
        times, size = [], 0
        for _ in range(runs):
            asof = f"2024-11-{day:02}"
            day += 1
            took, status, body = visitor.get(f"{QUARTER}{ending}?asof={asof}")
            if status != 200:
                sys.exit(f"{name}: {status}")
            times.append(took)
            size = len(body)
        print(json.dumps({
            "form": name, "runs": runs, "median": round(statistics.median(times), 1),
            "least": round(min(times), 1), "most": round(max(times), 1), "bytes": size}))


main()
