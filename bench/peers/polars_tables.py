"""The register's tables as Polars frames, and what the queries of every subject need.

Spans of days carry three months: that of the first day, of the last, and of the day after
it; 0 is the window's first month, and days after the window are all in the one after it.
"""

import polars as pl

OPEN = 1_000_000_000
FULL_WEEK = 2220
# Weekly minutes times days that make an hour of paid work.
MINUTE_DAYS_PER_HOUR = 60 * 7
CELL = ["municipality", "month"]
SPANS = "spells matches offers employments residences exemptions enrolments educations units"
# Farther apart than any two days.
APART = 1 << 31


def minutes():
    return pl.col("minutes").cast(pl.Int64)


def full_week_at_most():
    return pl.col("minutes").clip(upper_bound=FULL_WEEK)


class Tables:
    def __init__(self, register, variant):
        self.prepared = variant == "prepared"
        self.values = register.values
        self.low, self.high = self.values["low"], self.values["high"]
        self.asof = self.values["known_at"]
        frames = {name: pl.LazyFrame(table) for name, table in register.tables.items()}
        self.calendar = frames["calendar"].with_columns(pl.col("month").cast(pl.Int16))
        self.count = len(register.tables["calendar"]["month"])
        spans = {name: self.hold(self.dated(frames[name])) for name in SPANS.split()}
        self.spells = spans["spells"].filter(pl.col("start") <= self.asof)
        self.matches = spans["matches"].filter(pl.col("start") <= self.asof)
        self.offers = spans["offers"].filter(pl.col("start") <= self.asof)
        self.work = spans["employments"].filter(pl.col("start") <= self.asof)
        self.residences = spans["residences"]
        self.exemptions = spans["exemptions"]
        self.enrolments = spans["enrolments"]
        self.educations = spans["educations"].filter(pl.col("start") <= self.asof)
        self.units = spans["units"]
        self.persons = frames["persons"].with_columns(pl.col("born").cast(pl.Int32))
        self.held = self.hold(
            frames["conversations"]
            .filter((pl.col("status") == 1) & (pl.col("day") <= self.asof))
            .select("person", "day", "municipality")
        )
        # Those of the window, with their months.
        self.talks = self.in_window(self.held)
        self.complaints = self.in_window(frames["complaints"])
        self.feedback = self.in_window(frames["feedback"])
        self.contacts = self.in_window(frames["contacts"].filter(pl.col("held") == 1))
        self.orders = self.in_window(frames["orders"], "created")
        self.referrals = frames["referrals"].filter(pl.col("day") <= self.asof)
        self.placements = frames["placements"].filter(pl.col("day") <= self.asof)

    @staticmethod
    def once(frame):
        """Worked out here and now, because what follows reads it more than once."""
        return frame.collect(engine="streaming").lazy()

    def hold(self, frame):
        """What the prepared variant makes before the clock starts, and the natural one as
        a part of each query."""
        return self.once(frame) if self.prepared else frame

    def block(self, make):
        """The same for what takes several steps: how to get the frame that is made."""
        if not self.prepared:
            return lambda *parts: self.once(make(*parts))
        frame = self.once(make())
        return lambda *parts: frame

    # Days and months

    def month_of(self, day):
        date = day.clip(upper_bound=self.high + 1).cast(pl.Int32).cast(pl.Date)
        number = date.dt.year().cast(pl.Int32) * 12 + date.dt.month() - 1
        return (number - self.values["origin_month"]).cast(pl.Int16)

    def dated(self, frame):
        return frame.with_columns(
            first_month=self.month_of(pl.col("start")),
            last_month=self.month_of(pl.col("end")),
            over_month=self.month_of(pl.col("end") + 1),
        )

    def in_window(self, frame, day="day"):
        inside = pl.col(day).is_between(self.low, self.high)
        return self.hold(frame.filter(inside).with_columns(month=self.month_of(pl.col(day))))

    def between(self, frame, first="first_month", last="last_month"):
        """The part of a span of months that is in the window."""
        first = pl.col(first) if isinstance(first, str) else first
        last = pl.col(last) if isinstance(last, str) else last
        return frame.with_columns(
            from_month=first.clip(lower_bound=0), to_month=last.clip(upper_bound=self.count - 1)
        ).filter(pl.col("from_month") <= pl.col("to_month"))

    def at_month_ends(self, frame):
        """The months whose last day is in the span."""
        return self.between(frame, last=pl.col("over_month") - 1)

    @staticmethod
    def each_month(frame):
        """A row for every month from `from_month` to `to_month`."""
        months = pl.int_ranges("from_month", pl.col("to_month") + 1, dtype=pl.Int16)
        return frame.with_columns(month=months).explode("month", empty_as_null=False)

    def by_month(self, frame):
        """A row for every month that a span shares days with, and how many it shares."""
        days = pl.min_horizontal("end", "last") - pl.max_horizontal("start", "first") + 1
        return (
            self.each_month(self.between(frame))
            .join(self.calendar.select("month", "first", "last"), on="month")
            .with_columns(days=days.cast(pl.Int64))
        )

    @staticmethod
    def birthday(years):
        """The latest birthday of those who are so old on the last day of a month."""
        date = pl.col("last").cast(pl.Int32).cast(pl.Date)
        return date.dt.offset_by(f"-{years}y").cast(pl.Int32)

    def of_age(self, least, above=None):
        """The months on whose last day a person is at least so old and not yet `above`,
        and the days of those months."""
        from_month = self.calendar.select(
            from_month="month", from_day=pl.col("first").cast(pl.Int32), limit=self.birthday(least)
        )
        frame = (
            self.persons.select("person", "born")
            .sort("born")
            .join_asof(from_month, left_on="born", right_on="limit", strategy="forward")
            .filter(pl.col("from_month").is_not_null())
        )
        if above is None:
            to_month = pl.lit(self.count - 1, dtype=pl.Int16)
            return frame.with_columns(to_month=to_month, to_day=pl.lit(self.high, dtype=pl.Int32))
        to_month = self.calendar.select(
            to_month="month", to_day=pl.col("last").cast(pl.Int32), limit=self.birthday(above)
        )
        return (
            frame.drop("limit")
            .join_asof(to_month, left_on="born", right_on="limit", allow_exact_matches=False)
            .filter(pl.col("from_month") <= pl.col("to_month"))
        )

    # Sums by cell

    @staticmethod
    def counted(frame, name="numerator"):
        return frame.group_by(CELL).agg(pl.len().cast(pl.Int64).alias(name))

    def cells(self, changes, names):
        """What changed by cell, with every month of the municipalities it changed in."""
        changes = self.once(changes)
        return (
            changes.select("municipality")
            .unique()
            .join(self.calendar.select("month", "first", "last"), how="cross")
            .join(changes, on=CELL, how="left")
            .with_columns(pl.col(names).fill_null(0))
            .sort(CELL)
        )

    def running(self, frame, name="numerator"):
        """How many spans of months there are in each cell: one more from the first month,
        one less after the last."""
        one = pl.lit(1, dtype=pl.Int64)
        frame = self.once(frame.select("municipality", "from_month", "to_month"))
        begun = frame.select("municipality", one.alias(name), month="from_month")
        over = frame.filter(pl.col("to_month") < self.count - 1).select(
            "municipality", (-one).alias(name), month=pl.col("to_month") + 1
        )
        changes = pl.concat([begun, over]).group_by(CELL).agg(pl.col(name).sum())
        return self.cells(changes, [name]).select(
            *CELL, pl.col(name).cum_sum().over("municipality")
        )

    def minute_days(self, frame, name="numerator", weight=None):
        """Days times minutes in each cell: so much more a day from a span's first day, so
        much less after its last."""
        weight = minutes() if weight is None else weight
        frame = frame.filter((pl.col("first_month") < self.count) & (pl.col("over_month") >= 0))

        def change(rows, month, sign, day):
            each = sign * weight
            return rows.select("municipality", month.alias("month"), more=each, days=each * day)

        start = pl.col("start").clip(lower_bound=self.low)
        begun = change(frame, pl.col("first_month").clip(lower_bound=0), 1, start)
        rows = frame.filter(pl.col("over_month") < self.count)
        over = change(rows, pl.col("over_month"), -1, pl.col("end") + 1)
        changes = pl.concat([begun, over]).group_by(CELL).agg(pl.col("more", "days").sum())
        before = pl.col("more").cum_sum().over("municipality") - pl.col("more")
        length = pl.col("last") + 1 - pl.col("first")
        inside = pl.col("more") * (pl.col("last") + 1) - pl.col("days")
        return self.cells(changes, ["more", "days"]).select(
            *CELL, (before * length + inside).alias(name)
        )

    def people(self, frame, name="numerator", who="person"):
        """How many persons there are in each cell, from their spans of months."""
        keys = [who, "municipality"]
        spans = frame.select(*keys, "from_month", "to_month")
        rows = self.after_earlier(spans, keys, "from_month", "to_month")
        unseen = pl.max_horizontal("from_month", pl.col("reached") + 1).cast(pl.Int16)
        return self.running(
            rows.with_columns(from_month=unseen).filter(
                pl.col("from_month") <= pl.col("to_month")
            ),
            name,
        )

    @staticmethod
    def share(above, below):
        return below.join(above, on=CELL, how="left").with_columns(
            pl.col("numerator").fill_null(0)
        )

    # Spans of one person, or of whatever the keys are

    @staticmethod
    def after_earlier(frame, keys, start="start", end="end"):
        """Sorted, with the last day `reached` by the earlier rows of the same keys: a
        running maximum that lifts each group above all before it."""
        news = pl.any_horizontal(pl.col(key) != pl.col(key).shift(1) for key in keys)
        lift = pl.col("group") * APART
        reached = (pl.col(end).cast(pl.Int64) + lift).cum_max().shift(1) - lift
        return (
            frame.sort(*keys, start, end)
            .with_columns(group=news.fill_null(True).cum_sum().cast(pl.Int64))
            .with_columns(reached=reached)
            .with_columns(reached=pl.when(pl.col("reached") > -APART // 2).then("reached"))
        )

    def islands(self, frame, keys, limit):
        """Spans joined while each begins no later than `limit` of what is reached; `end`
        is OPEN when the last day is not known yet."""
        until = pl.when(pl.col("end") > self.asof).then(OPEN).otherwise(pl.col("end"))
        rows = self.after_earlier(
            frame.select(*keys, "start", end=until.cast(pl.Int32)), keys
        )
        apart = pl.col("reached").is_null() | (pl.col("start") > limit)
        return (
            rows.with_columns(number=apart.cum_sum())
            .group_by("number")
            .agg(pl.col(*keys).first(), pl.col("start").min(), pl.col("end").max())
            .drop("number")
        )

    @staticmethod
    def last_continuation(day):
        """The end of the next month: only a whole empty month ends a spell."""
        date = pl.when(day < OPEN).then(day).cast(pl.Int32).cast(pl.Date)
        end = date.dt.month_start().dt.offset_by("1mo").dt.month_end().cast(pl.Int32)
        return end.fill_null(OPEN)

    def without(self, pieces, spans):
        """The days of the pieces on which none of the person's spans lies."""
        pieces = self.once(pieces.with_row_index("piece"))
        cuts = (
            pieces.select("piece", "person", "start", "end")
            .join(spans.select("person", cut="start", cut_end="end"), on="person")
            .filter((pl.col("cut") <= pl.col("end")) & (pl.col("cut_end") >= pl.col("start")))
            .select("piece", "cut", "cut_end")
        )
        after = pl.col("end") + 1
        ends = pieces.select("piece", cut=after, cut_end=after)
        rows = self.after_earlier(pl.concat([cuts, ends]), ["piece"], "cut", "cut_end")
        start = pl.max_horizontal("start", pl.col("reached") + 1).cast(pl.Int32)
        return (
            pieces.join(rows.select("piece", "cut", "reached"), on="piece")
            .with_columns(start=start, end=pl.col("cut") - 1)
            .filter(pl.col("start") <= pl.col("end"))
            .drop("piece", "cut", "reached")
        )

    def crowded(self, pieces):
        """The persons with several pieces on one day."""
        rows = self.after_earlier(pieces.select("person", "start", "end"), ["person"])
        return self.once(
            rows.filter(pl.col("start") <= pl.col("reached")).select("person").unique()
        )

    @staticmethod
    def edges(pieces):
        """The days from which a person's pieces are others than on the day before."""
        after = pl.col("end") + 1
        return pl.concat(
            [pieces.select("person", edge="start"), pieces.select("person", edge=after)]
        ).unique()

    def capped(self, pieces, rank):
        """Minutes lowered so that no day has more than a full week in all; the pieces of
        the lowest rank keep theirs."""
        crowded = self.crowded(pieces)
        alone = pieces.join(crowded, on="person", how="anti")
        many = self.once(pieces.join(crowded, on="person", how="semi"))
        following = pl.col("edge").shift(-1).over("person")
        room = (FULL_WEEK - pl.col("taken")).clip(lower_bound=0)
        parts = (
            self.edges(many)
            .sort("person", "edge")
            .with_columns(following=following)
            .join(many, on="person")
            .filter((pl.col("start") <= pl.col("edge")) & (pl.col("edge") <= pl.col("end")))
            .sort("person", "edge", *rank)
            .with_columns(
                taken=pl.col("minutes").cum_sum().over("person", "edge") - pl.col("minutes")
            )
            .with_columns(
                minutes=pl.min_horizontal("minutes", room),
                start=pl.col("edge"),
                end=pl.col("following") - 1,
            )
            .filter(pl.col("minutes") > 0)
        )
        names = ["person", "municipality", "start", "end", "minutes"]
        alone = alone.with_columns(full_week_at_most())
        return pl.concat([alone.select(names), parts.select(names)])

    def in_force(self, spells):
        """From which day on which spell is a person's: of those on a day that of the first
        benefit in the code list, else the one that ended last."""
        names = ["benefit", "category", "municipality", "start", "end"]
        crowded = self.crowded(spells)
        alone = spells.join(crowded, on="person", how="anti").select(
            "person", *names, day="start"
        )
        many = self.once(
            spells.join(crowded, on="person", how="semi").select("person", *names)
        )
        covers = pl.col("end") >= pl.col("edge")
        benefit = pl.col("benefit").cast(pl.Int32)
        better = pl.when(covers).then(-benefit).otherwise("end")
        order = [covers, better, -pl.col("start"), -pl.col("end"), -benefit]
        chosen = (
            self.edges(many)
            .join(many, on="person")
            .filter(pl.col("start") <= pl.col("edge"))
            .sort(order, descending=True)
            .unique(["person", "edge"], keep="first", maintain_order=True)
            .select("person", *names, day="edge")
        )
        return pl.concat([alone, chosen])

    def so_many(self, most):
        """The days with held conversations, and the latest days from which on there were
        one (itself), two ... up to `most` of them."""
        person, day = pl.col("person"), pl.col("day")
        is_last = (person != person.shift(-1)) | (day != day.shift(-1))
        return (
            self.held.select("person", "day")
            .sort("person", "day")
            .with_columns(
                pl.when(person.shift(earlier) == person)
                .then(day.shift(earlier))
                .alias(f"talk_{earlier + 1}")
                for earlier in range(most)
            )
            .filter(is_last.fill_null(True))
        )

    @staticmethod
    def latest(frame, day, other, other_day):
        """To each row the person's latest of the other rows up to a day."""
        return frame.sort(day).join_asof(
            other.sort(other_day),
            left_on=day,
            right_on=other_day,
            by="person",
            check_sortedness=False,
        )

    @staticmethod
    def meeting(rows, spans, first, last):
        """The numbers of those rows (`row`) in whose days a span of the person lies."""
        return (
            rows.select("row", "person", first=first, last=last)
            .join(spans.select("person", "start", "end"), on="person")
            .filter((pl.col("start") <= pl.col("last")) & (pl.col("end") >= pl.col("first")))
            .select("row")
            .unique()
        )
