"""Paid hours beside a benefit, people in work, and self-support."""

import polars as pl
from polars_tables import CELL, MINUTE_DAYS_PER_HOUR, minutes

SMALL = 80 * MINUTE_DAYS_PER_HOUR
# All benefits but work in a flex job.
SUBSISTENCE = [*range(9), *range(10, 14)]


class Work:
    def __init__(self, tables):
        self.tables = tables
        self.ordinary = tables.work.filter((pl.col("kind") == 0) & (pl.col("minutes") > 0))

    @staticmethod
    def overlap(frame, other):
        """The months that spans of months of the same person share."""
        other = other.select("person", first="from_month", last="to_month")
        return (
            frame.select("person", "municipality", "from_month", "to_month")
            .join(other, on="person")
            .with_columns(
                from_month=pl.max_horizontal("from_month", "first"),
                to_month=pl.min_horizontal("to_month", "last"),
            )
            .filter(pl.col("from_month") <= pl.col("to_month"))
        )

    def subsistence(self):
        return self.tables.between(self.tables.spells.filter(pl.col("benefit") <= 8))

    def paid(self):
        work = self.tables.between(self.ordinary)
        return self.tables.people(self.overlap(self.subsistence(), work))

    def paid_share(self):
        return self.tables.share(
            self.paid(), self.tables.people(self.subsistence(), "denominator")
        )

    def small_jobs(self):
        benefit, category = pl.col("benefit"), pl.col("category")
        small = (benefit.is_in([1, 2]) & (category == 1)) | (benefit == 6)
        spells = self.tables.between(self.tables.spells.filter(small))
        spells = self.tables.once(
            spells.select("person", "municipality", "from_month", "to_month")
        )
        work = self.ordinary.join(spells, on="person", how="semi")
        hours = (
            self.tables.by_month(work)
            .group_by("person", "month")
            .agg((pl.col("days") * minutes()).sum().alias("work"))
            .filter(pl.col("work") < SMALL)
        )
        return (
            self.tables.each_month(spells)
            .join(hours, on=["person", "month"], how="semi")
            .group_by(CELL)
            .agg(pl.col("person").n_unique().cast(pl.Int64).alias("numerator"))
        )

    def in_work(self, least, above=None):
        """Residents of an age with a job on the month's last day."""
        tables = self.tables
        homes = tables.at_month_ends(tables.residences)
        homes = self.overlap(homes, tables.of_age(least, above))
        work = tables.at_month_ends(tables.work.filter(pl.col("kind") <= 3))
        return tables.people(self.overlap(homes, work))

    def self_supporting(self):
        """Of refugees and those reunified with them who were ready for work at any time in
        the year: the part without a benefit, or with paid hours beside it."""
        tables = self.tables
        origin = tables.values["origin_month"]
        year = (pl.col("month").cast(pl.Int32) + origin) // 12
        refugees = tables.persons.filter(pl.col("basis") <= 1).select("person")
        end = pl.col("end").clip(upper_bound=tables.asof)
        first, last = (day.cast(pl.Date).dt.year() for day in (pl.col("start"), end))
        cohorts = (
            tables.matches.filter(pl.col("category") == 0)
            .join(refugees, on="person", how="semi")
            .select("person", year=pl.int_ranges(first, last + 1))
            .explode("year", empty_as_null=False)
            .unique()
        )
        cohorts = tables.once(cohorts.with_columns(pl.col("year").cast(pl.Int32)))

        def months(spans):
            rows = spans.join(cohorts, on="person", how="semi")
            return tables.each_month(tables.between(rows)).select("person", "month").unique()

        homes = tables.at_month_ends(tables.residences).join(cohorts, on="person", how="semi")
        on_benefit = months(tables.spells.filter(pl.col("benefit").is_in(SUBSISTENCE)))
        paid = months(self.ordinary)
        hit = pl.col("benefit").is_null() | pl.col("paid").is_not_null()
        month = ["person", "month"]
        return (
            tables.each_month(homes)
            .select("person", *CELL, year=year)
            .join(cohorts, on=["person", "year"], how="semi")
            .join(on_benefit.with_columns(benefit=True), on=month, how="left")
            .join(paid.with_columns(paid=True), on=month, how="left")
            .group_by(CELL)
            .agg(
                hit.sum().cast(pl.Int64).alias("numerator"),
                pl.len().cast(pl.Int64).alias("denominator"),
            )
        )

    def queries(self):
        return {
            "persons-with-paid-hours": self.paid,
            "share-with-paid-hours": self.paid_share,
            "persons-in-small-jobs": self.small_jobs,
            "citizens-in-work": lambda: self.in_work(16, 67),
            "seniors-in-work-55": lambda: self.in_work(55),
            "seniors-in-work-60": lambda: self.in_work(60),
            "wholly-or-partly-self-supporting": self.self_supporting,
        }
