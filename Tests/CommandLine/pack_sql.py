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

from pack_sql_hidden import (
    PARTS, few_together, given_away, has_few, hidden_needlessly, shown_wrongly, target_of,
)
from pack_sql_numbers import Apart, Book, where
from pack_sql_shape import otherwise

@dataclass
class Report:
    """What was recomputed, and what stands otherwise: by id what should be and what is."""

    total: int = 0
    wrong: dict = field(default_factory=dict)
    # Those that cannot be recomputed, those that no rule is known for, and those whose source
    # leaves out whom they are about.
    apart: dict = field(default_factory=dict)
    unknown: dict = field(default_factory=dict)
    unsaid: list = field(default_factory=list)
    # Numbers that are left out, that nothing asks for, or that come from elsewhere.
    otherwise: dict = field(default_factory=dict)
    # Of the public edition.
    hidden: set = field(default_factory=set)
    shown_wrongly: dict = field(default_factory=dict)
    hidden_needlessly: list = field(default_factory=list)
    given_away: list = field(default_factory=list)

    @property
    def equal(self):
        others = (self.hidden, self.wrong, self.apart, self.unknown)
        return self.total - sum(map(len, others))


def is_same(own, given):
    """To the last digit: within what the order of additions can change."""
    if own is None or given is None:
        return own is given
    return own == given or math.isclose(own, given, rel_tol=1e-12, abs_tol=0)


def differences(own, given):
    """What of a number is not as it was recomputed."""
    found = {}
    for name in PARTS:
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


def check(path, pack, is_public=False, figures=None):
    """Compares every number of a pack; in the public edition those that are shown. `figures`: those
    that were asked for the same day and knowledge before."""
    book, report = Book(path, pack, figures), Report()
    report.total = len(book.numbers)
    if is_public:
        report.hidden = {id for id, given in book.numbers.items() if is_withheld(book, id, given)}
        report.shown_wrongly = shown_wrongly(book)
        report.hidden_needlessly = hidden_needlessly(book)
        report.given_away = given_away(book) + few_together(book)
    for id, given in book.numbers.items():
        if id in report.hidden:
            continue
        try:
            found = differences(book.number(id), given)
        except Apart as reason:
            report.apart[id] = str(reason)
            continue
        except KeyError as problem:
            report.unknown[id] = f"no rule for {problem}"
            continue
        if found:
            report.wrong[id] = found
    report.unsaid, report.otherwise = unsaid(book), otherwise(book)
    book.store.close()
    return report


def unsaid(book):
    """Targets' figures whose source does not tell the whole filter."""
    found = []
    for id, given in book.numbers.items():
        if not id.startswith("targets.") or "register" not in given["source"]:
            continue
        pairs = {pair["name"]: pair["value"] for pair in given["source"]["register"]["filter"]}
        said = {}
        if "benefit" in pairs:
            said["benefits"] = pairs["benefit"].split(",")
        for name, key in (("group", "targetGroups"), ("basis", "residenceBases")):
            if name in pairs:
                said[key] = pairs[name].split(",")
        if "ages" in pairs:
            said["ages"] = dict(zip(("from", "to"), map(int, pairs["ages"].split("-"))))
        if where(said) != book.plan.targets[id.split(".")[1]].condition:
            found.append(id)
    return found


def is_withheld(book, id, given):
    """Hidden, or what a target needs where its figure is hidden."""
    is_needed = id.endswith(".needed") and given.get("value") is None
    return given["state"] == "hidden" or (is_needed and has_few(book, target_of(id)))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--public", action="store_true", help="the edition for everybody")
    arguments = parser.parse_args()
    pack = json.loads(arguments.pack.read_text())
    report = check(arguments.database, pack, arguments.public)
    for id, found in report.wrong.items():
        for name, (own, given) in found.items():
            print(f"{id}: {name} is {given}, recomputed {own}")
    for id, why in (
            report.apart | report.unknown | report.otherwise | report.shown_wrongly).items():
        print(f"{id}: {why}")
    for id in report.hidden_needlessly:
        print(f"{id}: hidden without a reason")
    for id in report.given_away:
        print(f"{id}: hidden, but follows from others")
    for id in report.unsaid:
        print(f"{id}: its source does not say whom it is about")
    print(f"{report.equal} of {report.total} numbers are as recomputed,"
          f" {len(report.hidden)} hidden, {len(report.apart)} not to be recomputed.")
    sys.exit(any([report.wrong, report.unknown, report.otherwise, report.shown_wrongly,
                  report.given_away]))


if __name__ == "__main__":
    main()
