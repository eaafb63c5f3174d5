"""Orders, contacts with companies, and companies that cooperate."""

import polars as pl
from polars_tables import CELL, OPEN


class Companies:
    def __init__(self, tables):
        self.tables = tables
        # The first day on which someone was referred, on which someone referred was hired,
        # and on which someone was hired on terms of their own.
        referrals, placements = tables.referrals, tables.placements
        own = placements.filter(pl.col("terms") <= 1)
        both = placements.join(referrals, on=["order", "person"], suffix="_referred")
        both = both.with_columns(day=pl.max_horizontal("day", "day_referred"))
        self.referred = tables.hold(self.with_first(tables.orders, referrals, "referred"))
        self.filled = tables.hold(self.with_first(self.referred, both, "filled"))
        self.matched = tables.hold(self.with_first(tables.orders, own, "matched"))

    @staticmethod
    def with_first(orders, events, name):
        first = events.group_by("order").agg(pl.col("day").min().alias(name))
        return orders.join(first, left_on="id", right_on="order", how="left").with_columns(
            pl.col(name).fill_null(OPEN)
        )

    def part(self, orders, name):
        return orders.group_by(CELL).agg(
            (pl.col(name) <= self.tables.asof).sum().cast(pl.Int64).alias("numerator"),
            pl.len().cast(pl.Int64).alias("denominator"),
        )

    def positions(self):
        return self.tables.orders.group_by(CELL).agg(
            pl.col("positions").cast(pl.Int64).sum().alias("numerator")
        )

    def fill_rate(self):
        return self.part(self.filled.filter(pl.col("referred") <= self.tables.asof), "filled")

    def cooperating(self):
        """Companies with an offer or a job at one of their units, of those with one
        employee or more on average; once in each municipality."""
        tables = self.tables
        company = ["company", *CELL]
        length = pl.col("last") - pl.col("first") + 1
        big = (
            tables.by_month(tables.units.filter(pl.col("start") <= tables.asof))
            .group_by(*company, length.alias("length"))
            .agg((pl.col("days") * pl.col("employees")).sum().alias("employee_days"))
            .filter(pl.col("employee_days") >= pl.col("length"))
        )
        kinds = [
            (tables.offers, [0, 1, 2, 3, 7]),
            (tables.work, [1, 2]),
        ]
        events = pl.concat(
            tables.between(
                spans.filter(pl.col("kind").is_in(wanted) & (pl.col("unit") != 0))
            ).select("unit", "from_month", "to_month")
            for spans, wanted in kinds
        )
        places = tables.units.select("company", "municipality", unit="number").unique()
        months = tables.each_month(events).select("unit", "month").unique()
        cooperates = months.join(places, on="unit").select(*company, hit=True).unique()
        return (
            big.join(cooperates, on=company, how="left")
            .group_by(CELL)
            .agg(
                pl.col("hit").count().cast(pl.Int64).alias("numerator"),
                pl.len().cast(pl.Int64).alias("denominator"),
            )
        )

    def queries(self):
        tables = self.tables
        return {
            "job-orders": lambda: tables.counted(tables.orders),
            "job-order-positions": self.positions,
            "referral-rate": lambda: self.part(self.referred, "referred"),
            "fill-rate": self.fill_rate,
            "local-match-rate": lambda: self.part(self.matched, "matched"),
            "company-contacts": lambda: tables.counted(tables.contacts),
            "cooperating-companies": self.cooperating,
        }
