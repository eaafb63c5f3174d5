"""Offers and activation, conversations, the focus targets, complaints and feedback."""

from datetime import date

import polars as pl
from polars_tables import CELL, MINUTE_DAYS_PER_HOUR, full_week_at_most, minutes

# Hours that count as enough work in a year, before this day and from it on.
FEWER_HOURS = (date(2023, 3, 22) - date(1970, 1, 1)).days
HOURS, HOURS_NOW = 225, 100


class Casework:
    def __init__(self, tables):
        self.tables = tables
        self.subsistence = tables.spells.filter(pl.col("benefit") <= 8)
        self.activation = tables.offers.filter(pl.col("kind") <= 6)
        self.company_based = tables.offers.filter(pl.col("kind") <= 3)

    # Offers

    def offers_started(self):
        month = pl.col("first_month")
        inside = month.is_between(0, self.tables.count - 1)
        return self.tables.counted(self.company_based.filter(inside).with_columns(month=month))

    def offer_persons(self):
        return self.tables.people(self.tables.between(self.company_based))

    def offer_full_time(self):
        return self.tables.minute_days(self.company_based.with_columns(full_week_at_most()))

    def beneficiaries(self, name="denominator"):
        return self.tables.people(self.tables.between(self.subsistence), name)

    def shared_days(self, offers):
        """The days of each spell that are also days of an offer."""
        names = ["person", "start", "end", "minutes"]
        return (
            self.subsistence.select(*names, "municipality")
            .join(offers.select(names), on="person", suffix="_offer")
            .select(
                "person",
                "municipality",
                start=pl.max_horizontal("start", "start_offer"),
                end=pl.min_horizontal("end", "end_offer"),
                minutes=pl.min_horizontal("minutes", "minutes_offer"),
            )
            .filter(pl.col("start") <= pl.col("end"))
        )

    def activated(self):
        shared = self.tables.dated(self.shared_days(self.activation))
        return self.tables.people(self.tables.between(shared))

    def activation_rate(self):
        tables = self.tables
        offers = tables.capped(self.activation, ["start", "end", "kind", "municipality", "id"])
        shared = tables.once(tables.dated(self.shared_days(offers)))
        everyone = tables.minute_days(self.subsistence, "denominator")
        return tables.share(tables.minute_days(shared), everyone)

    # Conversations and answers

    def conversations_per_person(self):
        tables = self.tables
        spells = tables.in_force(self.subsistence).select(
            "person", "municipality", "end", from_day="day"
        )
        talks = tables.talks.select("person", "day", "month")
        under = tables.latest(talks, "day", spells, "from_day")
        under = under.filter(pl.col("end") >= pl.col("day"))
        return tables.share(tables.counted(under), self.beneficiaries())

    def mean_answer(self):
        return self.tables.feedback.group_by(CELL).agg(
            pl.col("overall").cast(pl.Int64).sum().alias("numerator"),
            pl.len().cast(pl.Int64).alias("denominator"),
        )

    # Focus targets

    def long_on_benefits(self):
        """Those on the benefits for a year or more on a month's last day, without a whole
        empty month, and the spell they were on or on latest."""
        tables = self.tables
        reached = tables.last_continuation(pl.col("reached"))
        runs = tables.dated(tables.islands(self.subsistence, ["person"], reached))
        first = tables.month_of(pl.col("start") - 1) + 12
        last = pl.col("over_month") - 1
        people = tables.each_month(tables.between(runs, first, last)).select("person", "month")
        days = tables.calendar.select("month", pl.col("last", "year_before").cast(pl.Int32))
        spells = tables.in_force(self.subsistence).select(
            "person", "day", "benefit", "category", "municipality"
        )
        return tables.latest(people.join(days, on="month"), "last", spells, "day")

    @staticmethod
    def part(people, lacks):
        return people.group_by(CELL).agg(
            lacks.sum().cast(pl.Int64).alias("numerator"),
            pl.len().cast(pl.Int64).alias("denominator"),
        )

    def focus_conversations(self):
        people = self.long_on_benefits().drop("day", strict=False)
        talks = self.tables.so_many(4).select("person", "day", "talk_4")
        people = self.tables.latest(people, "last", talks, "day")
        enough = (pl.col("talk_4") >= pl.col("year_before")).fill_null(False)
        return self.part(people, ~enough)

    def focus_offers(self):
        tables = self.tables
        people = tables.once(self.long_on_benefits().with_row_index("row"))
        offers = tables.between(self.activation, last=pl.col("last_month") + 11)
        offers = (
            tables.each_month(offers.select("person", "kind", "from_month", "to_month"))
            .group_by("person", "month")
            .agg(pl.col("kind").min())
        )
        # Guidance counts for those who are ready for education only.
        benefit, category = pl.col("benefit"), pl.col("category")
        ready = (benefit == 2) | (benefit.is_in([1, 3]) & category.is_in([2, 3]))
        limit = pl.when(ready).then(6).otherwise(5)
        people = people.join(offers, on=["person", "month"], how="left")
        offered = (pl.col("kind") <= limit).fill_null(False)
        people = tables.once(people.with_columns(lacks=~offered))
        work = tables.work.filter(pl.col("kind") == 0).select("person", "start", "end", "minutes")
        days = pl.min_horizontal("last", "end") - pl.max_horizontal("year_before", "start") + 1
        hours = pl.when(pl.col("last") < FEWER_HOURS).then(HOURS).otherwise(HOURS_NOW)
        at_work = (
            people.filter("lacks")
            .select("row", "person", "last", "year_before")
            .join(work, on="person")
            .with_columns(days=days.cast(pl.Int64))
            .filter(pl.col("days") > 0)
            .group_by("row", "last")
            .agg((pl.col("days") * minutes()).sum().alias("work"))
            .filter(pl.col("work") >= hours * MINUTE_DAYS_PER_HOUR)
            .select("row", works=True)
        )
        people = people.join(at_work, on="row", how="left")
        return self.part(people, pl.col("lacks") & pl.col("works").is_null())

    def queries(self):
        tables = self.tables
        return {
            "company-based-offers-started": self.offers_started,
            "persons-in-company-based-offers": self.offer_persons,
            "full-time-in-company-based-offers": self.offer_full_time,
            "persons-activated": self.activated,
            "share-activated": lambda: tables.share(self.activated(), self.beneficiaries()),
            "activation-rate": self.activation_rate,
            "conversations-held": lambda: tables.counted(tables.talks),
            "conversations-per-person": self.conversations_per_person,
            "complaints-received": lambda: tables.counted(tables.complaints),
            "feedback-answers": lambda: tables.counted(tables.feedback),
            "feedback-overall-mean": self.mean_answer,
            "focus-target-conversations": self.focus_conversations,
            "focus-target-offers": self.focus_offers,
        }
