"""Whether intervals hold the mean of the rest of a year, as the management information reckons
them: the ends of the months' intervals, drawn together because errors cancel out in part.

    forecast_means.py PANEL.csv [TOGETHERNESS] [BINARY]

For published full-time persons at the ends of quarters: the panel is cut there, the program
forecasts to December, and the mean that came is looked for. Prints the part held, in percent.
"""

import collections
import csv
import os
import subprocess
import sys
import tempfile

ORIGINS = ["2023M06", "2023M09", "2024M03", "2024M06", "2024M09"]
LEVELS = ("50", "80", "95")


def forecast(binary, rows, left):
    """The lines of each series."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "panel.csv")
        with open(path, "w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        done = subprocess.run(
            [binary, "forecast", "--panel", path, "--horizon", str(left), "--format", "csv"],
            check=True, capture_output=True, text=True)
    found = collections.defaultdict(list)
    for line in csv.DictReader(done.stdout.splitlines()):
        found[line["series"]].append(line)
    return found


def held(lines, mean, togetherness):
    """By level, whether the interval of the mean holds what came."""
    count = len(lines)
    narrower = ((1 + (count - 1) * togetherness) / count) ** 0.5

    def mean_of(name):
        return sum(float(line[name]) for line in lines) / count

    middle = mean_of("mean")
    return {
        level: middle - narrower * (middle - mean_of("lo" + level)) <= mean
        <= middle + narrower * (mean_of("hi" + level) - middle)
        for level in LEVELS}


def main():
    panel = sys.argv[1]
    togetherness = float(sys.argv[2]) if len(sys.argv) > 2 else 0.5
    binary = sys.argv[3] if len(sys.argv) > 3 else ".build/release/fodfaeste"
    with open(panel) as file:
        rows = list(csv.DictReader(file))
    came = {
        (f"{int(row['code']):04}/{row['table']}/{row['measure']}", row["period"]):
        float(row["value"]) for row in rows if row["value"] not in ("", "-", "..")}
    total, hits = collections.Counter(), collections.Counter()
    for origin in ORIGINS:
        left = 12 - int(origin[5:])
        before = [row for row in rows if row["period"] <= origin]
        for series, lines in forecast(binary, before, left).items():
            values = [came.get((series, line["period"])) for line in lines]
            is_due = lines[0]["period"] == f"{origin[:5]}{int(origin[5:]) + 1:02}"
            if "_ft" not in series or not is_due or None in values:
                continue
            for level, holds in held(lines, sum(values) / left, togetherness).items():
                for group in (origin, "all"):
                    total[group, level] += 1
                    hits[group, level] += holds
    print("origin   series   " + "   ".join(f"{level} %" for level in LEVELS))
    for group in [*ORIGINS, "all"]:
        parts = [f"{100 * hits[group, level] / total[group, level]:5.1f}" for level in LEVELS]
        print(f"{group:<8} {total[group, '80']:>6}   " + "  ".join(parts))


main()
