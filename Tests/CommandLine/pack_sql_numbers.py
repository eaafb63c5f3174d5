"""The numbers of a pack, recomputed from the database it was made from."""
import math
import sqlite3
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

import pack_sql_cap
import pack_sql_rows as rows
from pack_sql_figures import DEFINITIONS, Figures, day_of, number_of, period
from pack_sql_store import OPEN


@dataclass(frozen=True)
class Number:
    """What a number of the pack should be."""

    value: float | None
    state: str = "shown"
    numerator: float | None = None
    denominator: float | None = None
    persons: int | None = None
    is_provisional: bool = False
    period: str | None = None
    # The value without any rounding, where ties must be told.
    exact: Fraction | None = None


MISSING = Number(None, "missing")
UNDEFINED = Number(None, "undefined")


class Apart(Exception):
    """A number that cannot be recomputed, and why."""


def numbers_of(pack):
    """Every number of a pack by its id."""
    return {
        cell["number"]["_0"]["id"]: cell["number"]["_0"]
        for section in pack["sections"] for table in section["tables"]
        for row in table["rows"] for cell in row["cells"] if "number" in cell
    }


def where(filters):
    """The condition of a filter on the rows of an indicator."""
    parts = ["TRUE"]
    if "benefits" in filters:
        parts.append(f"benefit IN {rows.listed(filters['benefits'])}")
    if "targetGroups" in filters:
        parts.append(f"target IN {rows.listed(filters['targetGroups'])}")
    persons = []
    if "residenceBases" in filters:
        persons.append(f"basis IN {rows.listed(filters['residenceBases'])}")
    if "ages" in filters:
        persons.append(rows.of_age(filters["ages"]["from"], filters["ages"]["to"] + 1))
    if persons:
        parts.append(f"who IN (SELECT person FROM persons WHERE {' AND '.join(persons)})")
    return " AND ".join(parts)


def unit_of(number):
    """The unit's name, or of those that only packs have their own."""
    unit = number["unit"]
    return unit["unit"]["_0"] if "unit" in unit else next(iter(unit))


def figures_behind(path, pack):
    """The figures of the day and the knowledge that a pack was made from."""
    known = pack.get("knownAt")
    return Figures(path, int(pack["municipality"]), date.fromisoformat(pack["asOf"]),
                   date.fromisoformat(known) if known else None)


class Book:
    """A pack, and where its numbers come from."""

    def __init__(self, path, pack, figures=None):
        self.pack = pack
        self.numbers = numbers_of(pack)
        self.municipality = int(pack["municipality"])
        self.quarter = period(pack["quarter"])
        self.as_of = date.fromisoformat(pack["asOf"])
        self.store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.figures = figures or figures_behind(path, pack)
        self.found = {}

    @cached_property
    def registered_from(self):
        found = self.store.execute(
            "SELECT recorded_on FROM ledger WHERE municipality = ? AND number = 1",
            [self.municipality]).fetchone()
        return day_of(found[0]) if found else None

    def covers(self, span):
        """True where the registrations go back to the period's first day."""
        since = self.registered_from
        return since is not None and since <= span.first <= self.as_of

    def rows(self, select):
        return self.figures.con.execute(select).fetchall()

    # Numbers by where they come from

    def number(self, id):
        """What a number should be, in an edition that hides nothing."""
        if id not in self.found:
            source = self.numbers[id]["source"] if id in self.numbers else self.behind(id)
            kind, given = next(iter(source.items()))
            self.found[id] = {
                "register": self.registered, "published": self.published_number,
                "derived": self.derived, "given": self.given,
            }[kind](id, given)
        return self.found[id]

    def behind(self, id):
        """The source of a number that others are worked out from but no table shows."""
        if id.startswith("budget."):
            benefit = id.rsplit(".", 1)[1]
            return {"register": {"indicator": "reimbursement-net-cost",
                                 "filter": [{"name": "benefit", "value": benefit}]}}
        if id.startswith("surveys."):
            return {"given": {"_0": "survey"}}
        line = id.rsplit(".", 1)[0]
        shown = self.numbers.get(f"{line}.official") or self.numbers[f"{line}.now"]
        return {"published": shown["source"]["published"] | {"area": 0}}

    def place(self, id):
        """Unit and period of a number, also of one that no table shows."""
        if id in self.numbers:
            return unit_of(self.numbers[id]), self.numbers[id]["period"]
        line, last = id.rsplit(".", 1)
        if id.startswith("budget."):
            return "kroner", line.split(".")[1]
        shown = unit_of(self.numbers[f"{line}.now"])
        span = self.quarter if last == "country" else self.quarter.year_before
        return shown, span.code

    def registered(self, id, source):
        _, code = self.place(id)
        if id.startswith("targets."):
            return self.plan[id]
        filters = {pair["name"]: pair["value"] for pair in source["filter"]}
        span = period(code)
        if not self.covers(span):
            return MISSING
        is_cut = id.split(".")[0] in ("bridge", "ladder", "budget") or "cap.benefit." in id
        benefit = filters.get("benefit")
        asked = {} if is_cut or not benefit else {"benefits": benefit.split(",")}
        if "group" in filters:
            asked["targetGroups"] = filters["group"].split(",")
        condition = where(asked)
        figure = self.figures.figure(
            source["indicator"], span, condition, benefit if is_cut else None)
        return self.as_number(source["indicator"], span, figure, ".step" in id)

    def as_number(self, indicator, span, figure, is_numerator=False):
        """A figure as it stands in the pack; on a step of the ladder its numerator alone. An
        empty cell of a cut is nought."""
        if figure is None:
            has_share = DEFINITIONS[indicator].get("denominator") and not is_numerator
            return UNDEFINED if has_share else Number(0)
        value = figure.numerator if is_numerator else figure.value
        return Number(
            value, "undefined" if value is None else "shown", figure.numerator,
            figure.denominator, figure.persons, self.figures.is_provisional(indicator, span))

    def published_row(self, table, measure, area, code):
        """The figure that stood at the end of the day known at, in a tuple; None for none."""
        place = [table, measure, area, code]
        here = "source_table = ? AND measure = ? AND municipality = ? AND period = ?"
        if not self.pack.get("knownAt"):
            return self.store.execute(
                f"SELECT value FROM published_figure WHERE {here}", place).fetchone()
        day = number_of(date.fromisoformat(self.pack["knownAt"]))
        return self.store.execute(
            f"SELECT value FROM (SELECT value, known_from, {OPEN} AS until FROM published_figure"
            f" WHERE {here} UNION ALL SELECT value, known_from, known_until FROM"
            f" published_earlier WHERE {here}) WHERE known_from <= ? AND until > ?",
            [*place, *place, day, day]).fetchone()

    def published(self, table, measure, area, span, unit):
        """The row of the period, or the mean of its months by their days, as a number and without
        rounding; None without rows, and None for both where it is not shown."""
        found = self.published_row(table, measure, area, span.code)
        is_mean = unit == "fullTimePersons" or (
            unit == "percent" and "_pct_" in measure and span.first.year == span.last.year)
        months = span.months
        if found:
            return found[0], exactly(found[0])
        if not is_mean or len(months) < 2:
            return None
        parts = [self.published_row(table, measure, area, each.code) for each in months]
        if None in parts:
            return None
        if any(part[0] is None for part in parts):
            return None, None
        days = [each.days for each in months]
        return (sum(part[0] * count for part, count in zip(parts, days)) / span.days,
                sum(exactly(part[0]) * count for part, count in zip(parts, days)) / span.days)

    def published_number(self, id, source):
        unit, code = self.place(id)
        if id.startswith("targets."):
            return self.plan[id]
        span = period(code)
        found = None
        if span.last <= self.as_of:
            found = self.published(
                source["table"], source["measure"], source["area"], span, unit)
        if found is None:
            return MISSING
        value, exact = found
        return Number(None, "notShown") if value is None else Number(value, exact=exact)

    def derived(self, id, source):
        parts = [self.number(part) for part in source["from"]]
        provisional = any(part.is_provisional for part in parts)
        state = "missing"
        value = None
        if any(part.state == "notShown" for part in parts):
            state = "notShown"
        elif not source["from"] and source["_0"] != "sum":
            state = "undefined"
        elif not source["from"] and not self.covers(period(self.place(id)[1])):
            state = "missing"
        elif all(part.value is not None for part in parts):
            value = RULES[source["_0"]](parts)
            state = "undefined" if value is None else "shown"
        return Number(value, state, is_provisional=provisional)

    def given(self, id, source):
        first, *_, last = id.split(".")
        if first == "forecast":
            return self.forecast(id)
        if first == "surveys":
            found = self.rows(f"SELECT {last} FROM surveys WHERE id = {id.split('.')[1]}")
            return Number(float(found[0][0])) if found else MISSING
        if first == "budget":
            day = number_of(period(self.numbers[id]["period"]).first)
            ((amount, lines),) = self.rows(
                f"SELECT sum(amount)::HUGEINT, count(*) FROM budget WHERE month = {day}")
            return Number(int(amount) / 100) if lines else MISSING
        if first == "cap":
            return pack_sql_cap.given(self, id)
        if first == "rates":
            return self.weekly_cost(id.split(".")[1], int(last.removeprefix("step")))
        if last == "yearlyCost":
            weekly = self.weekly_cost(self.plan.benefit(id.split(".")[1]), 4)
            return MISSING if weekly.value is None else Number(weekly.value / 7 * 365)
        return self.plan[id]

    def forecast(self, id):
        """Of what is forecast only the aim can be looked up."""
        _, section, name, *_, last = id.split(".")
        if last != "aim":
            raise Apart("a forecast, which no query makes")
        if section != "targets":
            indicator = self.numbers[f"{section}.{name}.now"]["source"]["register"]["indicator"]
            name = next((key for key, target in self.plan.targets.items()
                         if target.indicator == indicator and target.condition == where({})), "")
        return replace(self.plan.found.get(f"targets.{name}.aim", UNDEFINED), period=None)

    def weekly_cost(self, benefit, step):
        """Kroner for a full-time person and week on a step, by the ladder's estimated prices."""
        known = [rate for rate in rows.read("ladder")["rates"]
                 if rate["benefit"] == benefit and rate["from"] <= str(self.quarter.first)]
        if not known:
            return MISSING
        monthly = max(known, key=lambda rate: rate["from"])["kroner"]
        percent = rows.LADDER_RULE["steps"][step - 1]["percent"]
        return Number(float(monthly) * 12 * 7 / 365 * (100 - percent) / 100)

    @cached_property
    def plan(self):
        from pack_sql_plan import PlanNumbers

        return PlanNumbers(self)


# How numbers are worked out from others

def values(parts):
    return [part.value for part in parts]


def exactly(value):
    """A published figure as it was written."""
    return None if value is None else Fraction(str(value))


def exact_values(parts):
    """The values, ties being ties whatever the order in which a mean was added up."""
    return [Fraction(part.value) if part.exact is None else part.exact for part in parts]


def place(parts):
    own, *others = exact_values(parts)
    return 1 + sum(other < own for other in others)


def percent_of(parts, above):
    base = parts[1].value
    return None if base == 0 else 100 * above / base


def noise_of_shares(parts):
    if any(not part.persons for part in parts):
        return None
    variance = sum(part.value * (100 - part.value) / part.persons for part in parts)
    return 1.96 * math.sqrt(max(0, variance))


def top_ten(parts):
    ordered = sorted(exact_values(parts))
    if len(ordered) < 10:
        return None
    best = [value for value in ordered if value <= ordered[9]]
    return float(sum(best) / len(best))


def wilson(parts, side):
    satisfied, answered, invited = values(parts)
    if answered <= 0 or invited < answered or invited <= 1:
        return None
    share = satisfied / answered
    if invited == answered:
        return 100 * share
    n, z = answered * (invited - 1) / (invited - answered), 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return 100 * min(1, max(0, middle + side * half))


RULES = {
    "difference": lambda parts: parts[0].value - parts[1].value,
    "percentChange": lambda parts: percent_of(parts, parts[0].value - parts[1].value),
    "share": lambda parts: percent_of(parts, parts[0].value),
    "sum": lambda parts: sum(values(parts)),
    "product": lambda parts: math.prod(values(parts)),
    "quotient": lambda parts: parts[0].value / parts[1].value if parts[1].value else None,
    "noiseOfCounts": lambda parts: 1.96 * 0.8 * math.sqrt(max(0, sum(values(parts)))),
    "noiseOfShares": noise_of_shares,
    "topTen": top_ten,
    "place": place,
    "wilsonLow": lambda parts: wilson(parts, -1),
    "wilsonHigh": lambda parts: wilson(parts, 1),
}
