"""Figures of the catalogue for a period, from the rows of pack_sql_rows."""
import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pack_sql_rows as rows
from pack_sql_store import connect

EPOCH = date(1970, 1, 1)
WEEK = 2220


def number_of(day):
    return (day - EPOCH).days


def day_of(number):
    return EPOCH + timedelta(days=number)


@dataclass(frozen=True)
class Period:
    """A span of whole months."""

    code: str
    first: date
    last: date

    @property
    def months(self):
        low = self.first.year * 12 + self.first.month - 1
        high = self.last.year * 12 + self.last.month - 1
        return [month(index) for index in range(low, high + 1)]

    @property
    def days(self):
        return (self.last - self.first).days + 1

    @property
    def year_before(self):
        year = int(self.code[:4]) - 1
        return period(f"{year:04}{self.code[4:]}")


def month(index):
    """The month with this number: January of year 0 is 0."""
    return period(f"{index // 12:04}M{index % 12 + 1:02}")


@cache
def period(code):
    """Reads `2024M01`, `2024Q03`, `2024Y01`, `2024QMAT04` and `2024MYTD09`."""
    year, kind, number = re.fullmatch(r"(\d{4})(MYTD|QMAT|M|Q|Y)(\d+)", code).groups()
    low = high = int(year) * 12 + int(number) - 1
    if kind == "MYTD":
        low = int(year) * 12
    elif kind == "Y":
        low, high = int(year) * 12, int(year) * 12 + 11
    elif kind in ("Q", "QMAT"):
        high = int(year) * 12 + 3 * int(number) - 1
        low = high - (2 if kind == "Q" else 11)
    last = calendar.monthrange(high // 12, high % 12 + 1)[1]
    return Period(code, date(low // 12, low % 12 + 1, 1), date(high // 12, high % 12 + 1, last))


@dataclass(frozen=True)
class Indicator:
    rows: str
    # How the sums become a figure.
    scale: str = "count"
    # Each person counts once in the span.
    is_once: bool = False
    # A period is the mean of its months.
    is_by_month: bool = False


def indicators():
    days, once = "fullTime", {"is_once": True}
    events = {
        "referral-rate": (rows.by_now("referred"), "TRUE"),
        "fill-rate": (rows.by_now("filled"), "referred <= as_of()"),
        "local-match-rate": (rows.by_now("matched"), "TRUE"),
    }
    sick = "benefit = 'sicknessBenefit'"
    still_open = 'start <= hi() AND "end" > hi()'
    return {
        "full-time-persons": Indicator(rows.day_rows("atoms"), days),
        "full-time-persons-with-wage-subsidy": Indicator(rows.day_rows("supported"), days),
        "gross-unemployed": Indicator(rows.day_rows("unemployed"), days),
        "flex-job-full-time": Indicator(
            rows.day_rows("atoms", str(WEEK), "benefit = 'flexJob'"), days),
        "education-aid-full-time": Indicator(rows.EDUCATION_AID, days),
        "sickness-full-time": Indicator(rows.day_rows("atoms", where=sick), days),
        "sickness-persons": Indicator(rows.day_rows("atoms", where=sick), **once),
        "unemployment-percentage": Indicator(rows.UNEMPLOYMENT_PERCENTAGE, "fullTimeOfPersons"),
        "long-term-unemployed-80": Indicator(rows.LONG_TERM),
        "senior-share-of-unemployed-55": Indicator(rows.senior_share(55), "shareOfFullTime"),
        "senior-share-of-unemployed-60": Indicator(rows.senior_share(60), "shareOfFullTime"),
        "spells-begun": Indicator(rows.spell_rows(rows.BEGUN)),
        "spells-begun-from-benefit": Indicator(rows.spell_rows(
            f"{rows.BEGUN} AND {rows.beside('s.start - 7', 's.start - 1')}")),
        "spells-ended": Indicator(rows.spell_rows(rows.ENDED)),
        "spells-ended-to-benefit": Indicator(rows.spell_rows(
            f"""{rows.ENDED} AND {rows.beside('s."end" + 1', 's."end" + 7')}""")),
        "spells-open-start": Indicator(rows.spell_rows('start < lo() AND "end" >= lo()')),
        "spells-open-end": Indicator(rows.spell_rows(still_open)),
        "sickness-mean-duration": Indicator(
            rows.spell_rows(f"{rows.ENDED} AND {sick}", '"end" - start + 1', "1"), "weeks"),
        "sickness-over-26-weeks": Indicator(
            rows.spell_rows(f"{still_open} AND hi() - start > 26 * 7 AND {sick}")),
        **{f"exit-to-{status}-6m": Indicator(rows.exits(status), "percent")
           for status in ("work", "education", "self-support")},
        "company-based-offers-started": Indicator(
            rows.offer_rows("start BETWEEN lo() AND hi()")),
        "persons-in-company-based-offers": Indicator(rows.offer_rows(rows.TOUCHES), **once),
        "persons-activated": Indicator(rows.ACTIVATED, **once),
        "conversations-held": Indicator(rows.one_day("talks", "status = 'held'")),
        "complaints-received": Indicator(rows.one_day("complaints")),
        "feedback-answers": Indicator(rows.one_day("feedback")),
        "feedback-overall-mean": Indicator(
            rows.one_day("feedback", above="overall", below="1"), "mean"),
        "timely-conversations": Indicator(rows.TIMELY, "percent"),
        "focus-target-conversations": Indicator(
            rows.focus(rows.FEW_TALKS), "percent", is_by_month=True),
        "focus-target-offers": Indicator(
            rows.focus(rows.NO_OFFER), "percent", is_by_month=True),
        "persons-with-paid-hours": Indicator(
            rows.paid_hours(f"benefit IN {rows.SUBSISTENCE}"), **once),
        "persons-in-small-jobs": Indicator(rows.paid_hours(rows.SMALL_JOBS, 80), **once),
        "citizens-in-work": Indicator(rows.in_work(16, 67), **once),
        "seniors-in-work-55": Indicator(rows.in_work(55), **once),
        "seniors-in-work-60": Indicator(rows.in_work(60), **once),
        "wholly-or-partly-self-supporting": Indicator(rows.SELF_SUPPORTING, "percent"),
        "job-orders": Indicator(rows.order_rows("1")),
        "job-order-positions": Indicator(rows.order_rows("positions")),
        **{name: Indicator(rows.order_rows(above, "1", where), "percent")
           for name, (above, where) in events.items()},
        "company-contacts": Indicator(rows.one_day(
            "(SELECT id AS person, * FROM contacts)", "status = 'held'")),
        "cooperating-companies": Indicator(rows.COOPERATING, "percent"),
        **{f"reimbursement-share-step-{step}": Indicator(rows.on_step(step), "shareOfFullTime")
           for step in (1, 2, 3, 4)},
        "reimbursement-net-cost": Indicator(rows.NET_COST, "kroner"),
    }


INDICATORS = indicators()
DEFINITIONS = {
    entry["id"]: entry
    for file in sorted(rows.CATALOGUE.glob("*.yaml"))
    for entry in rows.read(file.stem).get("indicators", [])
}


@dataclass(frozen=True)
class Figure:
    """What stands in a cell; value is None where the definition has no answer."""

    value: float | None
    numerator: float
    denominator: float | None
    persons: int


def scaled(scale, above, below, days):
    """A figure's numerator and denominator, and the factor on their quotient."""
    full = WEEK * days
    return {
        "count": (above, None, 1),
        "fullTime": (above / full, None, 1),
        "kroner": (above * 12 / (365 * 100 * WEEK), None, 1),
        "percent": (above, below, 100),
        "mean": (above, below, 1),
        "weeks": (above / 7, below, 1),
        "shareOfFullTime": (above / full, below / full, 100),
        "fullTimeOfPersons": (above / full, below / days, 100),
    }[scale]


class Figures:
    """Answers questions about one municipality as of a day, as it was known on one."""

    def __init__(self, path, municipality, as_of, known):
        self.con = connect(path, municipality, number_of(as_of),
                           None if known is None else number_of(known))
        self.as_of = as_of
        self.sums = cache(self.sums)

    def sums(self, indicator, span, where):
        """By benefit, and in all under None: above and below the line, and how many."""
        self.con.execute(f"SET VARIABLE lo = {number_of(span.first)}")
        self.con.execute(f"SET VARIABLE hi = {number_of(min(span.last, self.as_of))}")
        rule = INDICATORS[indicator]
        above = "count(DISTINCT who)" if rule.is_once else "coalesce(sum(above), 0)"
        found = self.con.execute(f"""
            SELECT grouping(benefit)::BOOLEAN, benefit, {above}::HUGEINT,
                coalesce(sum(below), 0)::HUGEINT, count(DISTINCT who)
            FROM ({rule.rows}) WHERE {where} GROUP BY GROUPING SETS ((), (benefit))""").fetchall()
        return {None if whole else (benefit or "none"): (int(up), int(down), people)
                for whole, benefit, up, down, people in found}

    def figure(self, indicator, span, where="TRUE", benefit=None):
        """A figure, of one benefit of a cut where it is given; None for an empty cell of it."""
        rule = INDICATORS[indicator]
        if rule.is_by_month:
            return self.mean_of_months(indicator, span, where)
        found = self.sums(indicator, span, where).get(benefit)
        if found is None or (benefit and found[2] == 0):
            return None
        days = (min(span.last, self.as_of) - span.first).days + 1
        above, below, factor = scaled(rule.scale, found[0], found[1], days)
        value = above if below is None else factor * above / below if below > 0 else None
        return Figure(value, above, below, found[2])

    def mean_of_months(self, indicator, span, where):
        """The mean of the months' shares; of the persons behind them the most in a month."""
        found = [self.sums(indicator, each, where)[None] for each in span.months
                 if each.first <= self.as_of]
        shares = [above / below for above, below, _ in found if below > 0]
        value = 100 * sum(shares) / len(shares) if shares else None
        persons = max((people for _, below, people in found if below > 0), default=0)
        return Figure(value, sum(shares), len(shares), persons)

    def benefits(self, indicator, span):
        """The benefits that a cut figure has, in no order."""
        return set(self.sums(indicator, span, "TRUE")) - {None}

    def is_provisional(self, indicator, span):
        """While the month is not over in which it is due at the latest."""
        last = span.months[-1].last
        index = last.year * 12 + last.month - 1 + DEFINITIONS[indicator]["lagMonths"]
        return month(index).last > self.as_of
