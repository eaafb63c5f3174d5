"""The catalogue's indicators by month and municipality, as Polars queries: the same
figures as in indicators_duckdb.py, written as one would write them in Polars."""

import polars as pl

OPEN = 1_000_000_000
CELL = ["municipality", "month"]


class Queries:
    def __init__(self, register):
        frames = {name: pl.DataFrame(table) for name, table in register.tables.items()}
        self.values = register.values
        self.low, self.high = self.values["low"], self.values["high"]
        self.asof = self.values["known_at"]
        self.calendar = frames["calendar"].lazy()
        self.known = frames["spells"].lazy().filter(pl.col("start") <= self.asof)
        self.held = (
            frames["conversations"]
            .lazy()
            .filter((pl.col("status") == 1) & (pl.col("day") <= self.asof))
        )
        self.offers = frames["offers"].lazy()
        self.work = frames["employments"].lazy()
        self.persons = frames["persons"].lazy()
        self.residences = frames["residences"].lazy()
        self.orders = frames["orders"].lazy()
        self.referrals = frames["referrals"].lazy().filter(pl.col("day") <= self.asof)
        self.placements = frames["placements"].lazy().filter(pl.col("day") <= self.asof)

    # What several figures need

    def month_of(self, day):
        date = day.cast(pl.Int32).cast(pl.Date)
        index = date.dt.year().cast(pl.Int64) * 12 + date.dt.month().cast(pl.Int64) - 1
        return index - self.values["origin_month"]

    def last_continuation(self, day):
        date = day.cast(pl.Int32).cast(pl.Date)
        return date.dt.month_start().dt.offset_by("1mo").dt.month_end().cast(pl.Int32)

    def in_window(self, frame, column):
        return frame.filter(pl.col(column).is_between(self.low, self.high)).with_columns(
            self.month_of(pl.col(column)).alias("month")
        )

    def months(self, frame, reach=0):
        """A row for every month that a span shares days with, `reach` days longer."""
        return (
            frame.filter((pl.col("start") <= self.high) & (pl.col("end") + reach >= self.low))
            .with_columns(
                pl.int_ranges(
                    self.month_of(pl.col("start").clip(self.low)),
                    self.month_of((pl.col("end") + reach).clip(None, self.high)) + 1,
                ).alias("month")
            )
            .explode("month")
            .join(self.calendar, on="month")
        )

    @staticmethod
    def unemployed():
        benefit = pl.col("benefit")
        return (benefit == 0) | (benefit.is_in([1, 2, 3]) & (pl.col("category") == 0))

    @staticmethod
    def minute_days():
        days = pl.min_horizontal("end", "last") - pl.max_horizontal("start", "first") + 1
        return (days.cast(pl.Int64) * pl.col("minutes").cast(pl.Int64)).sum().alias("numerator")

    @staticmethod
    def counted(frame):
        return frame.group_by(CELL).agg(pl.len().cast(pl.Int64).alias("numerator"))

    @staticmethod
    def distinct(frame, name="numerator"):
        return frame.group_by(CELL).agg(pl.col("person").n_unique().cast(pl.Int64).alias(name))

    def subsidised(self):
        order = ["covers", "start_spell", "end_spell", "benefit"]
        days = (
            self.offers.filter(pl.col("kind").is_in([2, 3]) & (pl.col("start") <= self.high))
            .select("id", "person", "start", "end", pl.col("minutes").clip(None, 2220))
            .join(
                self.known.select(
                    "person",
                    "benefit",
                    "category",
                    "municipality",
                    pl.col("start").alias("start_spell"),
                    pl.col("end").alias("end_spell"),
                ),
                on="person",
            )
            .filter(pl.col("start_spell") <= pl.col("start"))
            .with_columns((pl.col("end_spell") >= pl.col("start")).alias("covers"))
            .sort(order, descending=True)
            .unique("id", keep="first", maintain_order=True)
            .filter(self.unemployed())
            .with_columns(
                pl.int_ranges(
                    pl.col("start").cast(pl.Int64),
                    pl.col("end").cast(pl.Int64).clip(None, self.high) + 1,
                ).alias("day")
            )
            .select("person", "municipality", "minutes", "day")
            .explode("day")
        )
        covered = (
            days.join(self.known.select("person", "start", "end"), on="person")
            .filter((pl.col("start") <= pl.col("day")) & (pl.col("end") >= pl.col("day")))
            .select("person", "day")
            .unique()
        )
        return days.join(covered, on=["person", "day"], how="anti")

    def islands(self, frame, keys, limit):
        """Spans joined while each begins no later than `limit` of what is reached."""
        until = pl.when(pl.col("end") > self.asof).then(OPEN).otherwise(pl.col("end"))
        return (
            frame.sort(*keys, "start", "end")
            .with_columns(until.alias("until"))
            .with_columns(pl.col("until").cum_max().shift(1).over(keys).alias("reached"))
            .with_columns(
                (
                    pl.col("reached").is_not_null()
                    & (pl.col("reached") < OPEN)
                    & (pl.col("start") > limit)
                )
                .cum_sum()
                .over(keys)
                .alias("number")
            )
            .group_by(*keys, "number")
            .agg(pl.col("start").min(), pl.col("until").max())
        )

    def reached_month(self):
        return self.last_continuation(
            pl.when(pl.col("reached") < OPEN).then(pl.col("reached")).otherwise(0)
        )

    def official(self):
        sickness = pl.col("benefit") == 4
        limit = pl.when(sickness).then(pl.col("reached") + 1).otherwise(self.reached_month())
        frame = self.known.filter(~pl.col("benefit").is_in([1, 2, 3]))
        spells = self.islands(frame, ["person", "municipality", "benefit"], limit)
        closed = pl.when(pl.col("until") < OPEN).then(pl.col("until"))
        confirmed = sickness | (self.last_continuation(closed) <= self.asof)
        return spells.with_columns(pl.when(confirmed).then(closed).alias("end"))

    # The figures

    def full_time_persons(self):
        return self.months(self.known).group_by(CELL).agg(self.minute_days())

    def persons_(self):
        return self.distinct(self.months(self.known))

    def spells_begun(self):
        return self.counted(self.in_window(self.official(), "start"))

    def spells_ended(self):
        return self.counted(self.in_window(self.official(), "end"))

    def mean_duration_ended(self):
        days = (pl.col("end") - pl.col("start") + 1).cast(pl.Int64).sum()
        return (
            self.in_window(self.official(), "end")
            .group_by(CELL)
            .agg(days.alias("numerator"), pl.len().cast(pl.Int64).alias("denominator"))
        )

    def gross_unemployed(self):
        spells = self.months(self.known.filter(self.unemployed()))
        subsidised = self.in_window(self.subsidised(), "day")
        parts = [
            spells.group_by(CELL).agg(self.minute_days()),
            subsidised.group_by(CELL).agg(
                pl.col("minutes").cast(pl.Int64).sum().alias("numerator")
            ),
        ]
        return pl.concat(parts).group_by(CELL).agg(pl.col("numerator").sum())

    def long_term_unemployed_80(self):
        day = pl.col("day").cast(pl.Int32)
        columns = ["person", "municipality", "start", "end", "minutes"]
        pieces = pl.concat(
            [
                self.known.filter(self.unemployed())
                .with_columns(pl.col("minutes").clip(None, 2220))
                .select(columns),
                self.subsidised()
                .with_columns(day.alias("start"), day.alias("end"))
                .select(columns),
            ]
        )
        first = pl.col("last") - 363
        days = pl.min_horizontal("end", "last") - pl.max_horizontal("start", first) + 1
        return self.counted(
            self.months(pieces, reach=363)
            .filter((pl.col("start") <= pl.col("last")) & (pl.col("end") >= first))
            .group_by("person", "month")
            .agg(
                pl.col("municipality").sort_by("start").last(),
                (days.cast(pl.Int64) * pl.col("minutes").cast(pl.Int64)).sum().alias("sum"),
            )
            .filter(pl.col("sum") * 100 >= 80 * 2220 * 364)
        )

    def persons_with_paid_hours(self):
        paid = self.work.filter((pl.col("kind") == 0) & (pl.col("minutes") > 0))
        return self.distinct(
            self.months(self.known.filter(pl.col("benefit") <= 8)).join(
                self.months(paid), on=["person", "month"], how="semi"
            )
        )

    def company_based_offers_started(self):
        return self.counted(self.in_window(self.offers.filter(pl.col("kind") <= 3), "start"))

    def persons_activated(self):
        offers = self.offers.filter((pl.col("kind") <= 6) & (pl.col("start") <= self.asof))
        both = (
            self.known.filter(pl.col("benefit") <= 8)
            .join(offers.select("person", "start", "end"), on="person", suffix="_offer")
            .select(
                "person",
                "municipality",
                pl.max_horizontal("start", "start_offer").alias("start"),
                pl.min_horizontal("end", "end_offer").alias("end"),
            )
            .filter(pl.col("start") <= pl.col("end"))
        )
        return self.distinct(self.months(both))

    def conversations_held(self):
        return self.counted(self.in_window(self.held, "day"))

    def conversations_per_person(self):
        talks = (
            self.in_window(self.held, "day")
            .select("id", "person", "day", "month")
            .join(self.known.filter(pl.col("benefit") <= 8), on="person")
            .filter((pl.col("start") <= pl.col("day")) & (pl.col("end") >= pl.col("day")))
            .sort("benefit", "start", "end")
            .unique("id", keep="first", maintain_order=True)
        )
        people = self.months(self.known.filter(pl.col("benefit") <= 8))
        return (
            self.distinct(people, "denominator")
            .join(self.counted(talks), on=CELL, how="left")
            .with_columns(pl.col("numerator").fill_null(0))
        )

    def focus_target_conversations(self):
        spells = self.known.filter(pl.col("benefit") <= 8)
        runs = self.islands(spells, ["person"], self.reached_month()).rename({"until": "end"})
        people = self.months(runs).filter(
            (pl.col("end") >= pl.col("last")) & (pl.col("start") <= pl.col("year_before"))
        )
        # Held so far on each day with a conversation; a window is a difference.
        talks = (
            self.held.group_by("person", "day")
            .agg(pl.len().alias("held"))
            .sort("day")
            .with_columns(pl.col("held").cum_sum().over("person"), pl.col("day").cast(pl.Int64))
        )
        spells = spells.select("person", pl.col("start").cast(pl.Int64), "municipality")

        def latest(frame, day, other, other_day, **options):
            return frame.sort(day).join_asof(
                other.sort(other_day), left_on=day, right_on=other_day, by="person",
                check_sortedness=False, **options
            )

        placed = people.select("person", "month", "last", pl.col("year_before") - 1)
        placed = latest(placed, "last", spells, "start")
        placed = latest(placed, "last", talks, "day")
        placed = latest(placed, "year_before", talks, "day", suffix="_before")
        held = pl.col("held").fill_null(0).cast(pl.Int64) - pl.col("held_before").fill_null(0)
        return placed.group_by(CELL).agg(
            (held < 4).sum().cast(pl.Int64).alias("numerator"),
            pl.len().cast(pl.Int64).alias("denominator"),
        )

    def share_of_orders(self, hits, orders=None):
        """The part of the orders, or of some of them, that are among the hits."""
        orders = self.orders if orders is None else orders
        return (
            self.in_window(orders, "created")
            .join(hits.select(pl.col("order").alias("id"), hit=True).unique(), on="id", how="left")
            .group_by(CELL)
            .agg(
                pl.col("hit").count().cast(pl.Int64).alias("numerator"),
                pl.len().cast(pl.Int64).alias("denominator"),
            )
        )

    def job_orders(self):
        return self.counted(self.in_window(self.orders, "created"))

    def job_order_positions(self):
        return (
            self.in_window(self.orders, "created")
            .group_by(CELL)
            .agg(pl.col("positions").cast(pl.Int64).sum().alias("numerator"))
        )

    def referral_rate(self):
        return self.share_of_orders(self.referrals)

    def fill_rate(self):
        referred = self.orders.join(
            self.referrals, left_on="id", right_on="order", how="semi"
        )
        filled = self.placements.join(self.referrals, on=["order", "person"], how="semi")
        return self.share_of_orders(filled, referred)

    def local_match_rate(self):
        return self.share_of_orders(self.placements.filter(pl.col("terms") <= 1))

    def in_work(self, least, above):
        def birthday(years):
            date = pl.col("last").cast(pl.Int32).cast(pl.Date)
            return date.dt.offset_by(f"-{years}y").cast(pl.Int32)

        at_end = (
            self.months(self.work.filter(pl.col("kind") <= 3))
            .filter(pl.col("end") >= pl.col("last"))
            .select("person", "month", "last")
            .join(self.persons, on="person")
            .filter((pl.col("born") <= birthday(least)) & (pl.col("born") > birthday(above)))
            .join(self.residences, on="person")
            .filter((pl.col("start") <= pl.col("last")) & (pl.col("end") >= pl.col("last")))
        )
        return self.distinct(at_end)

    def citizens_in_work(self):
        return self.in_work(16, 67)

    def seniors_in_work_55(self):
        return self.in_work(55, 300)

    def seniors_in_work_60(self):
        return self.in_work(60, 300)


def connect(register, threads):
    """The register's tables loaded, and how to run a query."""
    if pl.thread_pool_size() != threads:
        raise SystemExit("POLARS_MAX_THREADS was not heeded")
    queries = Queries(register)

    def run(query):
        name = "persons_" if query == "persons" else query.replace("-", "_")
        frame = getattr(queries, name)().collect(engine="streaming")
        return {column: frame[column].to_numpy() for column in frame.columns}

    return run
