"""Both peers on a small random register: against each other for every indicator and variant,
and against counting day by day for those where the rules are hardest."""

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

import columns
from indicators import VARIANTS
from scales import SCALES

HERE = Path(__file__).parent
FIRST, COUNT, OPEN = "2020M01", 24, 2**30 - 1
PERSONS = 260
UNITS = 40


def table(rows, **kinds):
    values = list(zip(*rows)) if rows else [[] for _ in kinds]
    return {
        name: np.array(column, dtype=columns.TYPES[kind])
        for (name, kind), column in zip(kinds.items(), values)
    }


def sample():
    """Spells one after another with short and long gaps, of some people others beside them;
    the rest anywhere."""
    random = np.random.default_rng(20)
    starts, ends = columns.months(FIRST, COUNT)
    low, high = int(starts[0]), int(ends[-1])

    def pick(*values):
        return int(random.choice(values))

    def day(before=0, after=0):
        return int(random.integers(low - before, high + after))

    spells, talks, offers, work, homes, orders, referrals, placements = ([] for _ in range(8))
    for person in range(PERSONS):
        home = pick(101, 163, 219)
        homes.append((person, low - 9000, OPEN, home))
        start = day(before=900)
        while start < high + 60:
            end = start + int(random.exponential(150))
            end = OPEN if random.random() < 0.1 else end
            benefit = pick(0, 0, 0, 1, 1, 2, 3, 4, 5, 8, 9)
            category = pick(0, 0, 1, 1, 2, 4)
            minutes = pick(2220, 2220, 1110, 370)
            if end - start > 40 and end != OPEN and random.random() < 0.3:
                half = (start + end) // 2
                spells.append((person, benefit, category, start, half, minutes, home))
                spells.append((person, benefit, 1 - category % 2, half + 1, end, minutes, home))
            else:
                spells.append((person, benefit, category, start, end, minutes, home))
            if end == OPEN:
                break
            start = end + 1 + pick(0, 0, 5, 28, 33, 61, 200)
        for _ in range(pick(0, 0, 0, 1, 2)):
            start = day(before=100)
            benefit, minutes = pick(4, 6, 9, 10, 12, 13), pick(2220, 1110)
            spells.append((person, benefit, 4, start, start + pick(15, 90), minutes, home))
        for _ in range(pick(0, 3, 12, 40)):
            talks.append((person, day(before=400, after=30), pick(1, 1, 1, 0), home))
        for _ in range(pick(0, 1, 2)):
            start = day(before=200, after=20)
            length = pick(10, 80, OPEN - start if random.random() < 0.05 else 40)
            kind, minutes, unit = pick(*range(8)), pick(2220, 900), pick(0, *range(UNITS + 5))
            offers.append((person, kind, start, start + length, minutes, home, unit))
        for _ in range(pick(0, 1, 2, 3)):
            start, kind, unit = day(before=400), pick(*range(5)), pick(0, *range(UNITS))
            length, minutes = pick(20, 300, 2000), pick(300, 600, 2220, 0)
            work.append((person, kind, start, start + length, minutes, unit))
    for order in range(160):
        created = day(before=30, after=20)
        orders.append((created, pick(1, 2, 3), pick(101, 163, 219)))
        for _ in range(pick(0, 1, 3)):
            referrals.append((order, pick(*range(3)), created + pick(1, 20, 90)))
        for _ in range(pick(0, 1)):
            placements.append((order, pick(*range(3)), created + pick(10, 60), pick(0, 1, 2)))
    born = [low - int(random.integers(15 * 365, 70 * 365)) for _ in range(PERSONS)]
    born[:3] = (date(1968, 2, 29) - date(1970, 1, 1)).days, 2**31 - 1, born[2]
    persons = [(birthday, pick(0, 1, 1, 3, 255)) for birthday in born]

    def some(rows, length, *codes):
        """Spans of random people, with codes."""
        spans = ((pick(*range(PERSONS)), day(before=500)) for _ in range(rows))
        return [
            (person, *(pick(*code) for code in codes), start, start + pick(*length))
            for person, start in spans
        ]

    def events(rows, *codes):
        return [
            (day(before=50, after=50), *(pick(*code) for code in codes), pick(101, 163, 219))
            for _ in range(rows)
        ]

    units = []
    for number in range(1, UNITS + 1):
        start = day(before=700)
        for employees in (pick(0, 1, 3), pick(0, 2)):
            end = start + pick(40, 300, 900)
            company = 1 + number // 2
            units.append((number, company, employees, start, end, 101 + 62 * (number % 3 % 2)))
            start = end + 1
    span = {"start": "i32", "end": "i32"}
    who, place, minutes = {"person": "i32"}, {"municipality": "u16"}, {"minutes": "i32"}
    kinds, unit = {"benefit": "u8", "category": "u8"}, {"unit": "i64"}
    premises = {"number": "i64", "company": "i64", "employees": "i32"}
    everyone, rating = tuple(range(PERSONS)), tuple(range(11))
    complaints = [(person, *row) for row in events(90) for person in [pick(*everyone)]]
    answers = [(person, *row) for row in events(200, rating) for person in [pick(*everyone)]]
    return {
        "spells": table(spells, **who, **kinds, **span, **minutes, **place),
        "matches": table(some(200, (20, 400, 900), (0, 0, 1, 2)), **who, category="u8", **span),
        "conversations": table(talks, **who, day="i32", status="u8", **place),
        "offers": table(offers, **who, kind="u8", **span, **minutes, **place, **unit),
        "employments": table(work, **who, kind="u8", **span, **minutes, **unit),
        "residences": table(homes, **who, **span, **place),
        "exemptions": table(some(90, (10, 60)), **who, **span),
        "enrolments": table(some(300, (30, 300, 900)), **who, **span),
        "educations": table(some(90, (900, OPEN // 2), (0, 1)), **who, qualifying="u8", **span),
        "complaints": table(complaints, **who, day="i32", **place),
        "feedback": table(answers, **who, day="i32", overall="u8", **place),
        "persons": table(persons, born="i32", basis="u8"),
        "units": table(units, **premises, **span, **place),
        "contacts": table(events(150, (0, 1, 1)), day="i32", held="u8", **place),
        "orders": table(orders, created="i32", positions="i32", **place),
        "referrals": table(referrals, order="i32", **who, day="i32"),
        "placements": table(placements, order="i32", **who, day="i32", terms="u8"),
    }


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The tables, and what a peer writes of them: figures[peer, variant][indicator]."""
    folder = tmp_path_factory.mktemp("register")
    tables = sample()
    for name, content in tables.items():
        columns.write(folder / name, content)
    return tables, Figures(folder)


class Figures(dict):
    def __init__(self, folder):
        self.folder = folder

    def __missing__(self, key):
        peer, variant = key
        command = [sys.executable, HERE / "indicators.py", self.folder, "--first", FIRST]
        command += ["--months", str(COUNT), "--threads", "1", "--runs", "1"]
        command += ["--peers", peer, "--variants", variant, "--out", self.folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        self[key] = defaultdict(dict)
        with open(self.folder / f"{peer}-{variant}.csv", newline="") as file:
            for row in csv.DictReader(file):
                cell = int(row["municipality"]), int(row["month"])
                # A cell without anything is as good as none.
                if float(row["value"]):
                    self[key][row["indicator"]][cell] = float(row["value"])
        return self[key]


@pytest.mark.parametrize("indicator", SCALES)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("peer", ["duckdb", "polars"])
def test_peers_agree(results, peer, variant, indicator):
    figures = results[1]
    first = figures["duckdb", "natural"][indicator]
    assert len(first) > 5
    assert figures[peer, variant][indicator] == pytest.approx(first)


# Day by day


def by_person(tables, name):
    rows = defaultdict(list)
    content = tables[name]
    for row in zip(*(content[key].tolist() for key in content)):
        rows[row[0]].append(dict(zip(content, row)))
    for group in rows.values():
        group.sort(key=lambda row: (row.get("start", 0), row.get("end", 0), row.get("benefit", 0)))
    return rows


def is_unemployed(row):
    return row["benefit"] == 0 or (row["benefit"] in (1, 2, 3) and row["category"] == 0)


def next_month_ends(day):
    first = (date(1970, 1, 1) + timedelta(day)).replace(day=1)
    for _ in range(2):
        first = (first + timedelta(32)).replace(day=1)
    return (first - date(1970, 1, 1)).days - 1


def windows():
    starts, ends = columns.months(FIRST, COUNT)
    return list(zip(range(COUNT), starts.tolist(), ends.tolist()))


def unemployed_days(spells, offers, high):
    """Minutes and municipality of each day of gross unemployment."""
    days = {}
    for row in spells:
        for day in range(row["start"], min(row["end"], high) + 1):
            if is_unemployed(row):
                days[day] = row["minutes"], row["municipality"]
    covered = {d for row in spells for d in range(row["start"], min(row["end"], high) + 1)}
    extra = Counter()
    for offer in offers:
        earlier = [row for row in spells if row["start"] <= offer["start"]]
        if offer["kind"] not in (2, 3) or not earlier:
            continue
        covering = [row for row in earlier if row["end"] >= offer["start"]]
        if covering:
            under = min(covering, key=lambda row: row["benefit"])
        else:
            under = max(earlier, key=lambda row: row["end"])
        if is_unemployed(under):
            for day in range(offer["start"], min(offer["end"], high) + 1):
                if day not in covered:
                    extra[day, under["municipality"]] += min(2220, offer["minutes"])
    return days, extra


def test_gross_and_long_term_unemployed(results):
    tables, figures = results
    spells, offers = by_person(tables, "spells"), by_person(tables, "offers")
    gross, long_term = Counter(), Counter()
    high = windows()[-1][2]
    for person in range(PERSONS):
        days, extra = unemployed_days(spells[person], offers[person], high)
        for month, first, last in windows():
            for day in range(first, last + 1):
                minutes, place = days.get(day, (0, None))
                if minutes:
                    gross[place, month] += minutes / 2220 / (last - first + 1)
            for (day, place), minutes in extra.items():
                if first <= day <= last:
                    gross[place, month] += minutes / 2220 / (last - first + 1)
            year = range(last - 363, last + 1)
            sums = sum(days.get(day, (0, None))[0] for day in year)
            sums += sum(minutes for (day, _), minutes in extra.items() if day in year)
            if sums * 100 >= 80 * 2220 * 364:
                place = next(row["municipality"] for row in spells[person])
                long_term[place, month] += 1
    assert figures["duckdb", "natural"]["gross-unemployed"] == pytest.approx(dict(gross))
    assert figures["duckdb", "natural"]["long-term-unemployed-80"] == dict(long_term)


def runs(spells, limit, high):
    """Spells joined while the next begins no later than the limit of what is reached."""
    joined = []
    for row in spells:
        end = OPEN if row["end"] > high else row["end"]
        if joined and (joined[-1][1] == OPEN or row["start"] <= limit(joined[-1][1])):
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([row["start"], end])
    return joined


def test_official_spells(results):
    tables, figures = results
    begun, ended, weeks = Counter(), Counter(), Counter()
    high = windows()[-1][2]
    for rows in by_person(tables, "spells").values():
        for benefit in (0, *range(4, 14)):
            chosen = [r for r in rows if r["benefit"] == benefit and r["start"] <= high]
            limit = (lambda day: day + 1) if benefit == 4 else next_month_ends
            for start, end in runs(chosen, limit, high):
                place = chosen[0]["municipality"]
                for month, first, last in windows():
                    if first <= start <= last:
                        begun[place, month] += 1
                    confirmed = benefit == 4 or (end < OPEN and next_month_ends(end) <= high)
                    if first <= end <= last and confirmed:
                        ended[place, month] += 1
                        weeks[place, month] += (end - start + 1) / 7
    assert figures["duckdb", "natural"]["spells-begun"] == dict(begun)
    assert figures["duckdb", "natural"]["spells-ended"] == dict(ended)
    means = {cell: weeks[cell] / ended[cell] for cell in ended}
    assert figures["duckdb", "natural"]["mean-duration-ended"] == pytest.approx(means)


def test_focus_conversations_and_paid_hours(results):
    tables, figures = results
    spells = by_person(tables, "spells")
    talks, work = by_person(tables, "conversations"), by_person(tables, "employments")
    lacking, people, paid = Counter(), Counter(), Counter()
    high = windows()[-1][2]
    starts = [first for _, first, _ in windows()]
    before = columns.months("2019M02", COUNT)[0].tolist()
    for person, rows in spells.items():
        rows = [row for row in rows if row["benefit"] <= 8 and row["start"] <= high]
        for month, first, last in windows():
            place = rows[0]["municipality"] if rows else None
            if any(r["start"] <= before[month] and r["end"] >= last for r in map(
                lambda run: {"start": run[0], "end": run[1]}, runs(rows, next_month_ends, high)
            )):
                people[place, month] += 1
                held = [
                    t for t in talks[person]
                    if t["status"] == 1 and before[month] <= t["day"] <= last
                ]
                lacking[place, month] += len(held) < 4
            on_benefit = any(r["start"] <= last and r["end"] >= first for r in rows)
            has_pay = any(
                w["kind"] == 0 and w["minutes"] > 0 and w["start"] <= last and w["end"] >= first
                for w in work[person]
            )
            paid[place, month] += on_benefit and has_pay
    shares = {cell: 100 * lacking[cell] / people[cell] for cell in people}
    assert len(starts) == COUNT
    assert figures["duckdb", "natural"]["focus-target-conversations"] == pytest.approx(shares)
    found = figures["duckdb", "natural"]["persons-with-paid-hours"]
    assert found == {c: n for c, n in paid.items() if n}


def test_capped_and_net_days(results):
    tables, figures = results
    spells, offers = by_person(tables, "spells"), by_person(tables, "offers")
    capped, net = Counter(), Counter()
    high = windows()[-1][2]
    for person, rows in spells.items():
        minutes, unemployed = Counter(), Counter()
        for row in rows:
            for day in range(row["start"], min(row["end"], high) + 1):
                minutes[day] += row["minutes"]
                unemployed[day] += row["minutes"] * is_unemployed(row)
        for offer in offers[person]:
            if offer["kind"] <= 6:
                for day in range(offer["start"], min(offer["end"], high) + 1):
                    unemployed.pop(day, None)
        for month, first, last in windows():
            cell = rows[0]["municipality"], month
            days = range(first, last + 1)
            capped[cell] += sum(min(2220, minutes[day]) for day in days) / 2220 / len(days)
            net[cell] += sum(unemployed[day] for day in days) / 2220 / len(days)
    peer = figures["duckdb", "natural"]
    assert peer["full-time-persons-capped"] == pytest.approx(dict(capped))
    assert peer["net-unemployed"] == pytest.approx(dict(net))


def steps_of(spells, work, high):
    """The step of the ladder in each week with a benefit."""

    def weeks(rows):
        return {
            week
            for row in rows
            for week in range((row["start"] + 3) // 7, (min(row["end"], high) + 3) // 7 + 1)
        }

    paid = weeks(row for row in spells if row["benefit"] <= 10)
    supported = weeks(row for row in work if row["kind"] in (1, 2))
    steps, used, free = {}, 0, []
    for week in range(min(paid, default=0), max(paid, default=-1) + 1):
        if week not in paid:
            free += [week] * (week not in supported)
            continue
        if week - 1 not in paid and sum(week - 156 <= other for other in free) >= 52:
            used, free = 0, []
        steps[week] = 1 + (used >= 4) + (used >= 26) + (used >= 52)
        used += 1
    return steps


def test_ladder(results):
    tables, figures = results
    spells, work = by_person(tables, "spells"), by_person(tables, "employments")
    above, below = defaultdict(Counter), Counter()
    high = windows()[-1][2]
    for person, rows in spells.items():
        rows = [row for row in rows if row["start"] <= high]
        steps = steps_of(rows, work[person], high)
        for month, first, last in windows():
            for row in rows:
                if row["benefit"] <= 10:
                    cell = row["municipality"], month
                    for day in range(max(first, row["start"]), min(last, row["end"]) + 1):
                        above[steps[(day + 3) // 7]][cell] += row["minutes"]
                        below[cell] += row["minutes"]
    for step in (1, 2, 3, 4):
        shares = {cell: 100 * sum_ / below[cell] for cell, sum_ in above[step].items()}
        indicator = f"reimbursement-share-step-{step}"
        assert figures["duckdb", "natural"][indicator] == pytest.approx(shares)
