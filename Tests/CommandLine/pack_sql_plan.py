"""How a plan's result targets stand at the end of a quarter: what is measured, the baseline, the
aim, and what the rest of the period must bring a month."""
import math
from datetime import date
from functools import cache

import yaml

from pack_sql_figures import DEFINITIONS, period
from pack_sql_numbers import Number, where
from pack_sql_store import ROOT

STOCKS = {
    "spells-open-start", "spells-open-end", "sickness-over-26-weeks", "sickness-over-52-weeks",
    "long-term-unemployed-80", "long-term-unemployed-52", "citizens-in-work",
    "seniors-in-work-55", "seniors-in-work-60",
}
RATIOS = {"percent", "weeks", "days", "perPerson", "points"}
ALONE = {
    "flex-job-full-time": "flexJob", "education-aid-full-time": "educationAid",
    "sickness-full-time": "sicknessBenefit",
}
# Wants more, and whether the aim itself is not enough.
SENSES = {
    "atLeast": (True, False), "shareAtLeast": (True, False), "cumulative": (True, False),
    "growth": (True, False), "moreThan": (True, True), "atMost": (False, False),
    "within": (False, False), "lessThan": (False, True),
}


def code_of(given):
    return f"{given}Y01" if isinstance(given, int) else str(given)


def quantity(given):
    return float(str(given).split()[0])


def holds(sense, value, aim):
    wants_more, is_strict = sense
    if is_strict:
        return value > aim if wants_more else value < aim
    return value >= aim if wants_more else value <= aim


def threshold(sense, aim):
    """The least, or the largest, whole count that holds."""
    return {
        (True, False): math.ceil(aim), (True, True): math.floor(aim) + 1,
        (False, False): math.floor(aim), (False, True): math.ceil(aim) - 1,
    }[sense]


@cache
def plans():
    return [yaml.safe_load(file.read_text()) for file in sorted(ROOT.glob("plans/*.yaml"))]


class Target:
    """One target on the quarter's last day."""

    def __init__(self, entry, book):
        self.entry, self.book = entry, book
        self.indicator = entry.get("indicator")
        self.span = period(code_of(entry["period"]))
        months, day = self.span.months, book.quarter.last
        self.gone = [month for month in months if month.last <= day]
        self.left = [month for month in months if month.last > day]
        self.measured = self.measuring(day)
        self.condition = where(entry.get("filter", {}))
        # The whole figure of the baseline, which the aim may be made from.
        self.whole = None

    @property
    def accumulation(self):
        if self.indicator is None:
            return "ratio"
        unit = DEFINITIONS[self.indicator]["unit"]
        if self.indicator in STOCKS:
            return "stock"
        return "level" if unit == "fullTimePersons" else "ratio" if unit in RATIOS else "count"

    @property
    def is_running(self):
        return bool(self.gone) and bool(self.left)

    def measuring(self, day):
        """The period, or of a running year what has gone of it."""
        if day < self.span.first or not self.gone:
            return None
        if "Y" not in self.span.code[4:5] or not self.is_running:
            return self.span
        last = self.gone[-1]
        is_stock = self.accumulation == "stock"
        return last if is_stock else period(last.code.replace("M", "MYTD"))

    def figure(self, span):
        """The target's own figure in a period: registered, else as published."""
        book = self.book
        if book.covers(span):
            figure = book.figures.figure(self.indicator, span, self.condition)
            if figure.value is not None:
                return Number(
                    figure.value, "shown", figure.numerator, figure.denominator, figure.persons,
                    book.figures.is_provisional(self.indicator, span), span.code)
        if "published" not in self.entry:
            return None
        return self.published(self.entry["published"], span)

    def published(self, measure, span):
        if span.last > self.book.as_of:
            return None
        unit = DEFINITIONS[self.indicator]["unit"] if self.indicator else "percent"
        found = self.book.published(
            measure["table"], measure["measure"], self.book.municipality, span, unit)
        return Number(found[0], period=span.code) if found and found[0] is not None else None

    def part_of(self, base):
        """The part of a baseline period that compares with what is measured."""
        if "Y01" not in self.span.code + base.code or "Y01" not in base.code:
            return base if self.measured == self.span else self.measured.year_before
        if self.measured == self.span:
            return base
        years = int(self.span.code[:4]) - int(base.code[:4])
        return period(f"{int(self.measured.code[:4]) - years:04}{self.measured.code[4:]}")

    def baseline(self):
        """The comparable part of the baseline, and the whole figure that must be beaten."""
        entry = self.entry
        since = entry.get("moreThan") or entry.get("lessThan") or entry.get("growth", {}).get(
            "since")
        if since is None and "noNumber" not in entry:
            return None, None
        base = period(code_of(since)) if since else self.span.year_before
        part = self.figure(self.part_of(base))
        if part is None:
            return None, None
        self.whole = self.figure(base) or part
        return part, self.whole.value

    def aim(self, whole):
        entry = self.entry
        for shape in ("atLeast", "atMost", "shareAtLeast", "cumulative"):
            if shape in entry:
                return quantity(entry[shape])
        if "within" in entry:
            amount, unit = quantity(entry["within"]), entry["within"].split()[1]
            factors = {("weeks", "days"): 7, ("days", "weeks"): 1 / 7}
            return amount * factors.get((unit, DEFINITIONS[self.indicator]["unit"]), 1)
        if "moreThan" in entry or "lessThan" in entry:
            return whole
        percent = entry.get("growth", {}).get("percent")
        return None if percent is None or whole is None else whole * (1 + percent / 100)

    def needed(self, measured, aim):
        """What each month left must bring; None where that says nothing."""
        sense = next((SENSES[shape] for shape in SENSES if shape in self.entry), None)
        if aim is None or sense is None or not self.left or self.measured == self.span:
            return None
        if self.accumulation == "level":
            gone, whole = self.measured.days, self.span.days
            mean = (aim * whole - measured.value * gone) / (whole - gone)
            return None if not sense[0] and mean < 0 else mean
        if self.accumulation == "count":
            if holds(sense, measured.value, aim) == sense[0]:
                return None
            return max(0, threshold(sense, aim) - measured.value) / len(self.left)
        return None

    def ranked(self):
        """The newest published value of up to four rolling years."""
        last = self.span.months[-1]
        for back in range(4):
            index = last.first.year * 4 + (last.first.month - 1) // 3 - back
            span = period(f"{index // 4:04}QMAT{index % 4 + 1:02}")
            found = self.published(self.entry["rank"], span)
            if found:
                return found
        return None

    def numbers(self):
        """Measured, aim, baseline and needed."""
        entry = self.entry
        if "held" in entry:
            return None, float(entry["held"]["times"]), None, None
        if "noData" in entry or "coupled" in entry:
            return None, None, None, None
        if "rank" in entry:
            at_most = entry["rank"].get("atMost")
            measured = self.ranked()
            return measured, None if at_most is None else float(at_most), None, None
        if self.measured is None:
            return None, None, None, None
        if "ceiling" in entry:
            return self.under_ceiling()
        measured = self.figure(self.measured)
        if measured is None:
            return None, None, None, None
        part, whole = self.baseline()
        aim = self.aim(whole)
        return measured, aim, part, self.needed(measured, aim)

    def under_ceiling(self):
        """The first measurement at or above the limit, else the newest."""
        limit = quantity(self.entry["ceiling"]["below"])
        every = self.entry["ceiling"]["every"]
        ends = {"month": self.span.months, "year": [self.span], "quarter": [
            period(f"{month.code[:4]}Q{month.first.month // 3:02}")
            for month in self.span.months if month.first.month % 3 == 0]}[every]
        done = [span for span in ends if span.last <= self.book.quarter.last]
        known = [found for found in map(self.figure, done or [self.measured]) if found]
        broken = [found for found in known if found.value >= limit and done]
        measured = (broken or known[-1:] or [None])[0]
        return measured, limit, None, None


class PlanNumbers:
    """The numbers under `targets` by their ids."""

    def __init__(self, book):
        followed = [
            plan for plan in plans() if int(plan["municipality"]) == book.municipality
            and day(plan["period"]["from"]) <= book.quarter.last
            and day(plan["period"]["to"]) >= book.quarter.first]
        self.targets = {
            entry["id"]: Target(entry, book)
            for plan in followed[:1] for entry in plan["targets"]}
        self.found, self.wholes = {}, {}
        for name, target in self.targets.items():
            measured, aim, baseline, needed = target.numbers()
            if aim is not None:
                self.wholes[f"targets.{name}.aim"] = target.whole
            for last, number in (("measured", measured), ("baseline", baseline)):
                self.found[f"targets.{name}.{last}"] = number or Number(
                    None, "missing", period="")
            for last, value in (("aim", aim), ("needed", needed)):
                self.found[f"targets.{name}.{last}"] = Number(
                    value, "undefined" if value is None else "shown", period=target.span.code)

    def __getitem__(self, id):
        return self.found[id]

    def benefit(self, name):
        """The only benefit whose full-time persons a target counts."""
        entry = self.targets[name].entry
        benefits = entry.get("filter", {}).get("benefits", [])
        return benefits[0] if len(benefits) == 1 else ALONE.get(entry["indicator"])


def day(given):
    return given if isinstance(given, date) else date.fromisoformat(given)
