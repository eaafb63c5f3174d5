"""Persons and full-time persons on benefits; unemployment and long-term unemployment."""

from datetime import date

import polars as pl
from polars_tables import FULL_WEEK, MINUTE_DAYS_PER_HOUR, full_week_at_most, minutes

YEAR_OF_WEEKS = 364
BRIDGE = (date(2025, 7, 1) - date(1970, 1, 1)).days
PIECE = ["person", "municipality", "benefit", "start", "end", "minutes"]


def unemployed():
    benefit = pl.col("benefit")
    return (benefit == 0) | (benefit.is_in([1, 2, 3]) & (pl.col("category") == 0))


class Days:
    def __init__(self, tables):
        self.tables = tables
        self.gross = tables.block(self.gross_pieces)
        self.net = tables.block(self.net_pieces)
        self.education = tables.block(self.education_aid)
        self.force = tables.block(self.labour_force)

    # Days by the rules of the catalogue

    def unemployed_spells(self):
        return self.tables.spells.filter(unemployed()).select(PIECE)

    def gross_pieces(self):
        return self.tables.dated(pl.concat([self.unemployed_spells(), self.subsidised()]))

    def net_pieces(self):
        activation = self.tables.offers.filter(pl.col("kind") <= 6)
        return self.tables.dated(self.tables.without(self.unemployed_spells(), activation))

    def subsidised(self):
        """Days in wage subsidy that no benefit covers continue the benefit before."""
        tables = self.tables
        offers = tables.offers.filter(pl.col("kind").is_in([2, 3])).select(
            "person", "start", "end", full_week_at_most()
        )
        spells = tables.in_force(tables.spells).select(
            "person", "day", "benefit", "category", "municipality"
        )
        under = tables.latest(offers, "start", spells, "day").filter(unemployed())
        return tables.without(under.select(PIECE), tables.spells)

    def education_aid(self):
        """From a day on cash benefit takes the place of education aid, for those under 30
        without a qualifying education."""
        spells, persons = self.tables.spells, self.tables.persons
        aid = spells.filter(pl.col("benefit") == 2).select(PIECE)
        qualified = (
            self.tables.educations.filter(pl.col("qualifying") == 1)
            .group_by("person")
            .agg(pl.col("start").min().alias("qualified"))
        )
        known = persons.filter(pl.col("born") < 2**31 - 1)
        thirty = pl.col("born").cast(pl.Date).dt.offset_by("30y").cast(pl.Int32)
        bridge = (
            spells.filter(pl.col("benefit") == 1)
            .join(known, on="person")
            .join(qualified, on="person", how="left")
            .with_columns(
                start=pl.col("start").clip(lower_bound=BRIDGE),
                end=pl.min_horizontal("end", thirty - 1, pl.col("qualified") - 1),
            )
            .filter(pl.col("start") <= pl.col("end"))
            .select(PIECE)
        )
        return self.tables.dated(pl.concat([aid, bridge]))

    def labour_force(self, gross=None):
        """Residents who are unemployed, on sickness benefit or leave, or at work."""
        tables = self.tables
        gross = self.gross() if gross is None else gross
        span = ["person", "start", "end"]
        beside = tables.spells.filter(pl.col("benefit").is_in([4, 13]))
        parts = [gross.select(span), beside.select(span), tables.work.select(span)]
        days = tables.islands(pl.concat(parts), ["person"], pl.col("reached") + 1)
        return tables.dated(
            days.join(tables.residences, on="person", suffix="_home")
            .select(
                "person",
                "municipality",
                start=pl.max_horizontal("start", "start_home"),
                end=pl.min_horizontal("end", "end_home"),
            )
            .filter(pl.col("start") <= pl.col("end"))
        )

    # Benefits

    def full_time_persons(self):
        return self.tables.minute_days(self.tables.spells)

    def full_time_persons_capped(self):
        spells = self.tables.spells.select(PIECE)
        pieces = self.tables.capped(spells, ["benefit", "start", "end"])
        return self.tables.minute_days(self.tables.once(self.tables.dated(pieces)))

    def persons(self):
        return self.tables.people(self.tables.between(self.tables.spells))

    def flex_job(self):
        flex_job = self.tables.spells.filter(pl.col("benefit") == 9)
        return self.tables.minute_days(flex_job, weight=pl.lit(FULL_WEEK, dtype=pl.Int64))

    def sickness(self):
        return self.tables.spells.filter(pl.col("benefit") == 4)

    # Unemployment

    def of_age(self, frame, least, above=None):
        """The days of spans in the months in which the person is of an age."""
        rows = (
            frame.join(self.tables.of_age(least, above), on="person")
            .with_columns(
                start=pl.max_horizontal("start", "from_day"),
                end=pl.min_horizontal("end", "to_day"),
            )
            .filter(pl.col("start") <= pl.col("end"))
        )
        return self.tables.once(self.tables.dated(rows))

    def seniors(self, least):
        gross = self.gross()
        seniors = self.tables.minute_days(self.of_age(gross, least))
        everyone = self.tables.minute_days(gross, "denominator")
        return self.tables.share(seniors, everyone)

    def unemployment_percentage(self):
        one = pl.lit(1, dtype=pl.Int64)
        gross = self.gross()
        force = self.of_age(self.force(gross), 16, 67)
        gross = self.tables.minute_days(self.of_age(gross, 16, 67))
        return self.tables.share(gross, self.tables.minute_days(force, "denominator", one))

    def long_term_80(self):
        tables = self.tables
        needed = 80 * FULL_WEEK * YEAR_OF_WEEKS
        pieces = tables.once(
            tables.capped(self.gross().select(PIECE), ["benefit", "start", "end"])
        )
        # Most have too few days in all the windows together.
        earliest = tables.low - YEAR_OF_WEEKS + 1
        days = pl.col("end").clip(upper_bound=tables.high) - pl.col("start").clip(earliest) + 1
        work = days.clip(lower_bound=0).cast(pl.Int64) * minutes()
        most = pieces.group_by("person").agg(work.sum().alias("most"))
        many = most.filter(pl.col("most") * 100 >= needed).select("person")
        pieces = pieces.join(many, on="person", how="semi")
        reach = tables.month_of(pl.col("end") + YEAR_OF_WEEKS - 1)
        first = pl.col("last") - YEAR_OF_WEEKS + 1
        shared = pl.min_horizontal("end", "last") - pl.max_horizontal("start", first) + 1
        found = (
            tables.each_month(
                tables.between(pieces, tables.month_of(pl.col("start")), reach)
            )
            .join(tables.calendar.select("month", "last"), on="month")
            .group_by("person", "month", "last")
            .agg((shared.clip(lower_bound=0).cast(pl.Int64) * minutes()).sum().alias("work"))
            .filter(pl.col("work") * 100 >= needed)
            .select("person", "month", "last")
        )
        return tables.counted(self.placed(found, pieces))

    def placed(self, found, pieces):
        """With the municipality of the latest piece."""
        places = pieces.select("person", "municipality", pl.col("start").cast(pl.Int64))
        return self.tables.latest(found, "last", places, "start")

    def long_term_52(self):
        """Unemployed without a break; 28 days with ten hours of work are none."""
        tables = self.tables
        span = ["person", "municipality", "start", "end"]
        pieces = tables.after_earlier(self.gross().select(span), ["person"])
        pieces = tables.once(pieces.with_row_index("row"))
        gap = pl.col("start") - pl.col("reached") - 1
        work = tables.work.filter(pl.col("kind") == 0).select(
            "person", "minutes", began="start", ended="end"
        )
        first = pl.max_horizontal("began", pl.col("reached") + 1)
        days = pl.min_horizontal("ended", pl.col("start") - 1) - first + 1
        busy = (
            pieces.filter(gap.is_between(1, 28))
            .join(work, on="person")
            .with_columns(days=days)
            .filter(pl.col("days") > 0)
            .group_by("row")
            .agg((pl.col("days") * minutes()).sum().alias("work"))
            .filter(pl.col("work") > 10 * MINUTE_DAYS_PER_HOUR)
            .select("row", busy=True)
        )
        apart = pl.col("reached").is_null() | (gap > 28) | pl.col("busy").is_not_null()
        runs = (
            pieces.join(busy, on="row", how="left", maintain_order="left")
            .with_columns(number=apart.cum_sum())
            .group_by("number")
            .agg(pl.col("person").first(), pl.col("start").min(), pl.col("end").max())
            .with_columns(start=pl.col("start") + YEAR_OF_WEEKS - 1)
            .filter(pl.col("start") <= pl.col("end"))
        )
        found = (
            tables.each_month(tables.at_month_ends(tables.dated(runs)))
            .select("person", "month")
            .join(tables.calendar.select("month", "last"), on="month")
        )
        return tables.counted(self.placed(found, pieces))

    def queries(self):
        tables = self.tables
        return {
            "full-time-persons": self.full_time_persons,
            "full-time-persons-capped": self.full_time_persons_capped,
            "persons": self.persons,
            "flex-job-full-time": self.flex_job,
            "education-aid-full-time": lambda: tables.minute_days(self.education()),
            "sickness-full-time": lambda: tables.minute_days(self.sickness()),
            "sickness-persons": lambda: tables.people(tables.between(self.sickness())),
            "gross-unemployed": lambda: tables.minute_days(self.gross()),
            "net-unemployed": lambda: tables.minute_days(self.net()),
            "unemployment-percentage": self.unemployment_percentage,
            "senior-share-of-unemployed-55": lambda: self.seniors(55),
            "senior-share-of-unemployed-60": lambda: self.seniors(60),
            "long-term-unemployed-80": self.long_term_80,
            "long-term-unemployed-52": self.long_term_52,
        }
