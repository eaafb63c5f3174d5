"""Compares two CSV files of figures (indicator,municipality,month,value) cell by cell.
Cells that only one file has must be zero there. Exit status 1 when they differ."""

import argparse
import csv
import math


def figures(path):
    with open(path, newline="") as file:
        return {
            (row["indicator"], int(row["municipality"]), int(row["month"])): float(row["value"])
            for row in csv.DictReader(file)
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ours")
    parser.add_argument("theirs")
    arguments = parser.parse_args()
    ours, theirs = figures(arguments.ours), figures(arguments.theirs)
    shared = {key[0] for key in ours} & {key[0] for key in theirs}
    failed = not shared
    for indicator in sorted(shared):
        keys = {key for key in ours.keys() | theirs.keys() if key[0] == indicator}
        wrong = [
            key
            for key in sorted(keys)
            if not math.isclose(ours.get(key, 0), theirs.get(key, 0), rel_tol=1e-9, abs_tol=1e-9)
        ]
        print(f"{indicator}: {len(keys)} cells, {len(wrong)} differ")
        for key in wrong[:3]:
            print(f"  municipality {key[1]}, month {key[2]}: {ours.get(key)} and {theirs.get(key)}")
        failed = failed or bool(wrong)
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
