"""Official spells: begun, ended and open, what came after them, and what had to happen
during them."""

from datetime import date

import polars as pl
from polars_tables import CELL, OPEN

SICKNESS = 4
STATUS_DAYS = {1: 30, 3: 92, 6: 182, 12: 365}


def day(text):
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


# Conversations the law asks for by so many days after the start, in the days when it did.
DEADLINES = [
    ([0], 182, 4, "2020-01-01", "2023-12-31"),
    ([0], 182, 3, "2024-01-01", "2026-06-30"),
    ([0], 182, 2, "2026-07-01", "9999-12-31"),
    ([5, 6, 7, 8], 182, 4, "2020-01-01", "2026-06-30"),
    ([8], 182, 4, "2026-07-01", "9999-12-31"),
    ([4], 56, 1, "2020-01-01", "2026-06-30"),
    ([4], 182, 4, "2020-01-01", "2026-06-30"),
    ([4], 182, 1, "2026-07-01", "9999-12-31"),
]


class Spells:
    def __init__(self, tables):
        self.tables = tables
        self.official = tables.block(self.official_spells)
        rows = [
            (benefit, days, least, day(first), day(last))
            for benefits, days, least, first, last in DEADLINES
            for benefit in benefits
        ]
        names = ["days", "least", "valid_from", "valid_to"]
        kinds = {"benefit": pl.UInt8} | dict.fromkeys(names, pl.Int32)
        self.deadlines = pl.LazyFrame(rows, kinds, orient="row")

    def official_spells(self, benefits=(0, *range(4, 14))):
        """Spells of the benefits that continue no other; `end` is OPEN unless a whole empty
        month (for sickness benefit: the next day) has confirmed it."""
        tables = self.tables
        sickness = pl.col("benefit") == SICKNESS
        next_month = tables.last_continuation(pl.col("reached"))
        limit = pl.when(sickness).then(pl.col("reached") + 1).otherwise(next_month)
        frame = tables.spells.filter(pl.col("benefit").is_in(benefits))
        spells = tables.islands(frame, ["person", "municipality", "benefit"], limit)
        confirmed = sickness | (tables.last_continuation(pl.col("end")) <= tables.asof)
        end = pl.when(confirmed).then("end").otherwise(OPEN).cast(pl.Int32)
        return tables.dated(spells.with_columns(end=end)).with_row_index("row")

    def sickness(self):
        return self.official([SICKNESS]).filter(pl.col("benefit") == SICKNESS)

    # Counts

    def in_window(self, frame, column):
        month = pl.col(f"{column}_month")
        return frame.filter(month.is_between(0, self.tables.count - 1)).with_columns(month=month)

    def begun(self):
        return self.tables.counted(self.in_window(self.official(), "first"))

    def ended(self):
        return self.tables.counted(self.in_window(self.official(), "last"))

    def beside(self, column, first, last):
        """Spells with another benefit on a day of a span, as far as is known."""
        tables = self.tables
        spells = tables.once(self.in_window(self.official(), column))
        others = tables.spells.select("person", "start", "end", other="benefit")
        found = (
            spells.select("row", "person", "benefit", first=first, last=last)
            .join(others, on="person")
            .filter(
                (pl.col("other") != pl.col("benefit"))
                & (pl.col("start") <= pl.min_horizontal("last", pl.lit(tables.asof)))
                & (pl.col("end") >= pl.col("first"))
            )
            .select("row")
            .unique()
        )
        return tables.counted(spells.join(found, on="row", how="semi"))

    def begun_from_other(self):
        return self.beside("first", pl.col("start") - 7, pl.col("start") - 1)

    def ended_to_other(self):
        return self.beside("last", pl.col("end") + 1, pl.col("end") + 7)

    def mean_duration(self, spells):
        days = (pl.col("end") - pl.col("start") + 1).cast(pl.Int64).sum()
        return (
            self.in_window(spells, "last")
            .group_by(CELL)
            .agg(days.alias("numerator"), pl.len().cast(pl.Int64).alias("denominator"))
        )

    def open_start(self):
        """On the first day of the month, begun before it."""
        first = pl.col("first_month") + 1
        return self.tables.running(self.tables.between(self.official(), first))

    def open_end(self, spells, weeks=-1):
        """On the last day of the month, and after it, begun so long before it."""
        tables = self.tables
        first = tables.month_of(pl.col("start") + max(0, weeks * 7 + 1))
        return tables.running(tables.between(spells, first, pl.col("last_month") - 1))

    # What came after

    def exits(self, months, status):
        tables = self.tables
        after = pl.col("end") + STATUS_DAYS[months]
        ended = (
            self.in_window(self.official(), "last")
            .select("row", "person", *CELL, after=after)
            .filter(pl.col("after") <= tables.asof)
        )
        ended = tables.once(ended)
        found = tables.once(self.reached(ended, status).select("row", hit=True).unique("row"))
        return (
            ended.join(found, on="row", how="left")
            .group_by(CELL)
            .agg(
                pl.col("hit").count().cast(pl.Int64).alias("numerator"),
                pl.len().cast(pl.Int64).alias("denominator"),
            )
        )

    def reached(self, ended, status):
        """The ended spells after which the person had the status: benefit goes before
        education, that before work, and that before leave, old age and having moved."""
        tables = self.tables
        day = pl.col("after")

        def on_day(rows, spans):
            return tables.meeting(rows, spans, day, day)

        leave = pl.col("benefit").is_in([12, 13])
        benefits = tables.spells.filter(~leave)
        free = tables.once(ended.join(on_day(ended, benefits), on="row", how="anti"))
        studying = tables.once(on_day(free, tables.enrolments))
        if status == "education":
            return studying
        date = day.cast(pl.Date)
        last = date.dt.month_end().cast(pl.Int32).clip(upper_bound=tables.asof)
        working = tables.meeting(free, tables.work, date.dt.month_start().cast(pl.Int32), last)
        if status == "work":
            return working.join(studying, on="row", how="anti")
        on_leave = on_day(free, tables.spells.filter(leave))
        at_home = on_day(free, tables.residences)
        alone = free.join(on_leave, on="row", how="anti")
        moved = alone.join(tables.residences, on="person", how="semi").join(
            at_home, on="row", how="anti"
        )
        alone = alone.join(moved, on="row", how="anti").select("row")
        return pl.concat([studying, working, alone])

    # What had to happen

    def passive(self):
        """Three months or more open at the month's end, without an offer in them."""
        tables = self.tables
        first = tables.month_of(pl.col("start") - 1) + 3
        spells = self.official([0, 4, 5, 6, 7, 8]).filter(pl.col("benefit") <= 8)
        spells = tables.once(tables.between(spells, first, pl.col("last_month") - 1))
        offers = tables.offers.filter(pl.col("kind") <= 6)
        offers = tables.between(offers, last=pl.col("last_month") + 2).select(
            "person", first="from_month", last="to_month"
        )
        active = (
            spells.select("row", "person", "municipality", "from_month", "to_month")
            .join(offers, on="person")
            .with_columns(
                from_month=pl.max_horizontal("from_month", "first"),
                to_month=pl.min_horizontal("to_month", "last"),
            )
            .filter(pl.col("from_month") <= pl.col("to_month"))
        )
        everyone = tables.running(spells, "denominator")
        both = everyone.join(tables.people(active, "active", "row"), on=CELL, how="left")
        return both.select(
            *CELL, "denominator", numerator=pl.col("denominator") - pl.col("active").fill_null(0)
        )

    def timely(self):
        tables = self.tables
        due = pl.col("start") + pl.col("days")
        rows = (
            self.official()
            .select("person", "municipality", "benefit", "start", "end")
            .join(self.deadlines, on="benefit")
            .with_columns(due=due)
            .filter(
                pl.col("due").is_between(tables.low, tables.high)
                & (pl.col("due") <= pl.col("end"))
                & pl.col("due").is_between("valid_from", "valid_to")
            )
            .with_row_index("row")
        )
        rows = tables.once(rows)
        covered = tables.meeting(rows, tables.spells, pl.col("due"), pl.col("due"))
        exempt = tables.meeting(rows, tables.exemptions, pl.col("due"), pl.col("due"))
        rows = rows.join(covered, on="row", how="semi").join(exempt, on="row", how="anti")
        talks = tables.so_many(4)
        enough = pl.coalesce(
            pl.when(pl.col("least") == number).then(pl.col(f"talk_{number}") >= pl.col("start"))
            for number in range(1, 5)
        )
        return (
            tables.latest(rows, "due", talks, "day")
            .with_columns(month=tables.month_of(pl.col("due")))
            .group_by(CELL)
            .agg(
                enough.fill_null(False).sum().cast(pl.Int64).alias("numerator"),
                pl.len().cast(pl.Int64).alias("denominator"),
            )
        )

    def queries(self):
        def exits(status, months):
            return lambda: self.exits(months, status)

        return {
            "spells-begun": self.begun,
            "spells-begun-from-benefit": self.begun_from_other,
            "spells-ended": self.ended,
            "spells-ended-to-benefit": self.ended_to_other,
            "ended-spells-by-duration": self.ended,
            "spells-open-start": self.open_start,
            "spells-open-end": lambda: self.open_end(self.official()),
            "mean-duration-ended": lambda: self.mean_duration(self.official()),
            "sickness-mean-duration": lambda: self.mean_duration(self.sickness()),
            "sickness-over-26-weeks": lambda: self.open_end(self.sickness(), 26),
            "sickness-over-52-weeks": lambda: self.open_end(self.sickness(), 52),
            "passive-share": self.passive,
            "timely-conversations": self.timely,
            **{
                f"exit-to-{status}-{months}m": exits(status, months)
                for status in ("education", "self-support", "work")
                for months in STATUS_DAYS
            },
        }
