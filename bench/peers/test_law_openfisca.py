"""OpenFisca's answers about two duties against answers worked out by hand."""

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TODAY = "2026-03-31"
CONTACT, OFFER = "contact-six-months-cash", "offer-first-cash"
INTERNSHIP, SUBSIDY = "companyInternshipPrivate", "wageSubsidyPublic"
NOBODY = []


class Person:
    """One period, its facts, and what should come of it: due day, number done and status of
    the conversations and of the offer, or None where the duty does not apply. Spans are
    "from to value", without `to` while they go on."""

    def __init__(self, period, groups, talks="", offers=NOBODY, states=NOBODY, *, contact, offer):
        self.period, self.groups, self.talks = period, groups, talks.split()
        self.offers, self.states = offers, states
        self.expected = {CONTACT: contact, OFFER: offer}


PERSONS = [
    # The fourth conversation on the last day of the first six months. The offer begins on the
    # day six months after, and lasts 14 days.
    Person(
        "2025-01-08",
        ["2025-01-08 2"],
        "2025-01-20 2025-03-01 2025-05-01 2025-07-07",
        [f"2025-07-08 2025-07-21 {INTERNSHIP}"],
        contact="2025-07-07 4 fulfilled",
        offer="2025-07-08 1 fulfilled",
    ),
    # Both a day too late. 13 days are too few, and guidance does not count.
    Person(
        "2025-01-08",
        ["2024-06-01 3"],
        "2025-01-20 2025-03-01 2025-05-01 2025-07-08",
        [
            f"2025-02-01 2025-02-13 {INTERNSHIP}",
            "2025-03-01 2025-05-31 guidanceAndUpskilling",
            f"2025-07-09 {SUBSIDY}",
        ],
        contact="2025-07-07 3 fulfilledLate",
        offer="2025-07-08 0 fulfilledLate",
    ),
    # Six months after 31 August are 28 February. Group 4 is not owed the offer.
    Person(
        "2025-08-31",
        ["2025-08-31 4"],
        "2025-09-15 2026-02-27 2026-02-28",
        contact="2026-02-27 2 overdue",
        offer=None,
    ),
    Person(
        "2025-08-31",
        ["2025-08-31 2"],
        contact="2026-02-27 0 overdue",
        offer="2026-02-28 0 overdue",
    ),
    # 14 days left, and 15; then 13 and 14; then 15 alone; then none and one.
    Person(
        "2025-10-15",
        ["2025-10-15 2"],
        "2025-11-01",
        contact="2026-04-14 1 due",
        offer="2026-04-15 0 notYetDue",
    ),
    Person(
        "2025-10-14", ["2025-10-14 3"], contact="2026-04-13 0 due", offer="2026-04-14 0 due"
    ),
    Person("2025-10-16", ["2025-10-16 5"], contact="2026-04-15 0 notYetDue", offer=None),
    Person(
        "2025-10-01", ["2025-10-01 2"], contact="2026-03-31 0 due", offer="2026-04-01 0 due"
    ),
    # Leave covers both due days. The offer is due a month after it: 30 November.
    Person(
        "2025-03-01",
        ["2025-03-01 2"],
        "2025-04-01 2025-11-01",
        states=["2025-08-01 2025-10-31 leave"],
        contact="2025-08-31 1 exempt",
        offer="2025-11-30 0 overdue",
    ),
    # Moved to 10 October and from there to 31 January, where leave goes on. Illness is no
    # exemption from conversations.
    Person(
        "2025-03-01",
        ["2025-03-01 3"],
        states=[
            "2025-08-15 2025-09-10 illness",
            "2025-10-10 2025-12-31 soonInWork",
            "2026-01-15 leave",
        ],
        contact="2025-08-31 0 overdue",
        offer="2026-01-31 0 exempt",
    ),
    # Moved to 5 October, and an offer before that. One day outside contact is enough.
    Person(
        "2025-03-01",
        ["2025-03-01 2"],
        "2025-04-01 2025-05-01 2025-06-01",
        [f"2025-10-01 2025-12-31 {SUBSIDY}", f"2026-01-01 {SUBSIDY}"],
        ["2025-08-20 2025-09-05 illness", "2025-08-31 2025-08-31 outsideContact"],
        contact="2025-08-31 3 exempt",
        offer="2025-10-05 1 fulfilled",
    ),
    # An offer in time is an offer in time, exempt or not; holiday exempts from nothing.
    Person(
        "2025-03-01",
        ["2025-03-01 2"],
        offers=[f"2025-05-01 2025-05-31 {INTERNSHIP}", f"2025-09-01 2025-09-30 {INTERNSHIP}"],
        states=["2025-08-01 2025-09-30 illness", "2025-08-01 2025-09-30 holiday"],
        contact="2025-08-31 0 overdue",
        offer="2025-09-01 2 fulfilled",
    ),
    # Of two states the one that began last counts: moved to 10 October, and then the illness
    # that goes on.
    Person(
        "2025-03-01",
        ["2025-03-01 2"],
        states=["2025-08-15 illness", "2025-08-20 2025-09-10 leave"],
        contact="2025-08-31 0 exempt",
        offer="2025-10-10 0 exempt",
    ),
    # Due today in a leave that ends in June.
    Person(
        "2025-10-01",
        ["2025-10-01 2"],
        states=["2026-03-01 2026-06-15 leave"],
        contact="2026-03-31 0 exempt",
        offer="2026-07-15 0 notYetDue",
    ),
    # The period ended before; and on the last day of the six months, after which the offer
    # was due.
    Person(
        "2025-03-01 2025-08-30",
        ["2025-03-01 2"],
        "2025-09-15",
        contact="2025-08-31 0 lapsed",
        offer="2025-09-01 0 lapsed",
    ),
    Person(
        "2025-03-01 2025-08-31",
        ["2025-03-01 2025-08-31 2"],
        contact="2025-08-31 0 overdue",
        offer="2025-09-01 0 lapsed",
    ),
    # Another group on the due day; and no group any more today, though both are due later.
    Person(
        "2025-03-01",
        ["2025-03-01 2025-06-30 2", "2025-07-01 6"],
        "2025-04-01 2025-05-01 2025-06-01 2025-09-01",
        contact="2025-08-31 3 lapsed",
        offer="2025-09-01 0 lapsed",
    ),
    Person(
        "2025-12-01",
        ["2025-12-01 2026-02-28 2"],
        contact="2026-05-31 0 lapsed",
        offer="2026-06-01 0 lapsed",
    ),
    # No group on the first day: the first that begins later.
    Person(
        "2025-03-01",
        ["2024-01-01 2025-02-10 1", "2025-03-20 2025-04-30 3", "2025-05-01 2"],
        contact="2025-08-31 0 overdue",
        offer="2025-09-01 0 overdue",
    ),
    # Nor on the due day, and the one after that is not owed the offer.
    Person(
        "2025-03-01",
        ["2025-03-20 2025-04-30 3", "2025-11-01 5"],
        contact="2025-08-31 0 overdue",
        offer="2025-09-01 0 lapsed",
    ),
    # Two groups on the first day: the one that began last.
    Person(
        "2025-03-01",
        ["2025-01-01 2", "2025-02-01 4"],
        contact="2025-08-31 0 overdue",
        offer=None,
    ),
    # To neither: another group at the start; no group known in the period; no facts at all.
    Person("2025-03-01", ["2025-01-01 2025-06-30 14", "2025-07-01 2"], contact=None, offer=None),
    Person(
        "2025-03-01 2025-05-31",
        ["2025-06-01 2"],
        "2025-03-05",
        contact=None,
        offer=None,
    ),
    Person("2025-03-01", [], contact=None, offer=None),
]


def number(day):
    return (date.fromisoformat(day) - date(1970, 1, 1)).days


def span(words):
    """From, to and what follows of a span, which may go on."""
    begin, *rest = words.split()
    until = number(rest.pop(0)) if rest and rest[0].count("-") == 2 else 1073741823
    return [number(begin), until, *rest]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("law")
    tables = {
        "cases": ["case,person,start,end"],
        "groups": ["case,from,to,group"],
        "talks": ["case,day"],
        "offers": ["case,from,to,kind"],
        "states": ["case,from,to,state"],
        "today": ["today", number(TODAY)],
    }
    for case, person in enumerate(PERSONS):
        tables["cases"].append(",".join(map(str, [case, case, *span(person.period)])))
        tables["talks"] += [f"{case},{number(day)}" for day in person.talks]
        for name in ("groups", "offers", "states"):
            for words in getattr(person, name):
                tables[name].append(",".join(map(str, [case, *span(words)])))
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("".join(f"{line}\n" for line in lines))
    return folder


def run(folder, runs):
    command = [sys.executable, HERE / "law_openfisca.py", folder, "--runs", str(runs)]
    command += ["--out", folder / "openfisca.csv"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    with open(folder / "openfisca.csv", newline="") as file:
        answers = {
            (row["duty"], int(row["case"])): (int(row["due"]), int(row["done"]), row["status"])
            for row in csv.DictReader(file)
        }
    return [json.loads(line) for line in output.splitlines()], answers


def expected():
    for case, person in enumerate(PERSONS):
        for duty, answer in person.expected.items():
            if answer:
                due, done, status = answer.split()
                yield (duty, case), (number(due), int(done), status)


def test_answers(folder):
    lines, answers = run(folder, 2)
    assert answers == dict(expected())
    assert [(line["what"], line["run"]) for line in lines] == [
        ("law-contact-offers-build", 0),
        ("law-contact-offers", 0),
        ("law-contact-offers", 1),
    ]
    assert {(line["program"], line["threads"], line["rows"]) for line in lines} == {
        ("openfisca", 1, len(PERSONS))
    }


def test_every_status_is_among_the_expected():
    statuses = {"notYetDue", "due", "overdue", "fulfilled", "fulfilledLate", "exempt", "lapsed"}
    for duty in (CONTACT, OFFER):
        assert {answer[2] for key, answer in expected() if key[0] == duty} == statuses


def test_tables_without_rows(folder, tmp_path):
    """Groups alone: nothing done, nobody exempt, and the same answers where that is so."""
    for file in folder.glob("*.csv"):
        text = file.read_text()
        bare = file.stem in ("talks", "offers", "states")
        (tmp_path / file.name).write_text(text.splitlines()[0] + "\n" if bare else text)
    answers = run(tmp_path, 1)[1]
    hand = {
        key: answer
        for key, answer in expected()
        if not (p := PERSONS[key[1]]).talks and not p.offers and not p.states
    }
    assert {key: answers[key] for key in hand} == hand
    assert {done for _, done, _ in answers.values()} == {0}
