"""Recomputes every number of a quarter's management information in SQL, from the database it was
made from, and tells which are not as they stand.

    python pack_sql.py DATABASE PACK.json
"""
import argparse
import json
import math
import sys
from dataclasses import dataclass, field
from pathlib import Path

from pack_sql_numbers import Book

FIELDS = {"value": "value", "numerator": "numerator", "denominator": "denominator",
          "persons": "persons"}


@dataclass
class Report:
    """What was recomputed, and what stands otherwise: by id what should be and what is."""

    total: int = 0
    equal: set = field(default_factory=set)
    wrong: dict = field(default_factory=dict)
    unknown: dict = field(default_factory=dict)


def is_same(own, given):
    """To the last digit: within what the order of additions can change."""
    if own is None or given is None:
        return own is given
    return own == given or math.isclose(own, given, rel_tol=1e-12, abs_tol=0)


def printed(value, decimals):
    return None if value is None else f"{value:.{decimals}f}"


def differences(own, given):
    """What of a number is not as it was recomputed."""
    found = {}
    for name in ("value", "numerator", "denominator", "persons"):
        mine, theirs = getattr(own, name), given.get(name)
        if not is_same(mine, theirs):
            found[name] = (mine, theirs)
    if own.state != given["state"]:
        found["state"] = (own.state, given["state"])
    if own.is_provisional != given["isProvisional"]:
        found["isProvisional"] = (own.is_provisional, given["isProvisional"])
    if own.period is not None and own.period != given["period"]:
        found["period"] = (own.period, given["period"])
    return found


def check(path, pack):
    """Compares every number of a pack that hides nothing."""
    book, report = Book(path, pack), Report()
    for id, given in book.numbers.items():
        report.total += 1
        found = differences(book.number(id), given)
        if found:
            report.wrong[id] = found
        else:
            report.equal.add(id)
    book.close()
    return report


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("pack", type=Path)
    arguments = parser.parse_args()
    report = check(arguments.database, json.loads(arguments.pack.read_text()))
    for id, found in report.wrong.items():
        for name, (own, given) in found.items():
            print(f"{id}: {name} is {given}, recomputed {own}")
    print(f"{len(report.equal)} of {report.total} numbers are as recomputed.")
    sys.exit(bool(report.wrong))


if __name__ == "__main__":
    main()
