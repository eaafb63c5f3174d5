"""The ladder of state reimbursement: which step each benefit week is on, and what the
municipality pays."""

from datetime import date

import polars as pl
from polars_tables import OPEN, minutes

# Weeks on the benefits before each step, and the municipality's percent there.
STEPS = {
    "step": [1, 2, 3, 4],
    "after": [0, 4, 26, 52],
    "until": [4, 26, 52, OPEN],
    "percent": [20, 60, 70, 80],
}
RESTART_WEEKS = 52
RESTART_WITHIN = 156
RATES_FROM = ["2020-01-01", "2024-01-01", "2025-01-01", "2026-01-01"]
# Kroner a month for a full-time person, by benefit, from those days on.
RATES = [
    (18120, 19700, 20410, 21340),
    (11320, 12300, 12740, 13320),
    (6260, 6800, 7040, 7360),
    (6070, 6600, 6840, 7150),
    (18120, 19700, 20410, 21340),
    (11320, 12300, 12740, 13320),
    (11320, 12300, 12740, 13320),
    (18120, 19700, 20410, 21340),
    (16100, 17500, 18130, 18950),
    (16100, 17500, 18130, 18950),
    (17850, 19400, 20100, 21010),
]


def week(day):
    """Weeks from Monday to Sunday, by their number."""
    return (day + 3) // 7


class Ladder:
    def __init__(self, tables):
        self.tables = tables
        self.spells = tables.spells.filter(pl.col("benefit") <= 10)
        steps = {"step": pl.Int8, "after": pl.Int64, "until": pl.Int64, "percent": pl.Int64}
        self.steps = pl.LazyFrame(STEPS, steps)
        starts = [(date.fromisoformat(text) - date(1970, 1, 1)).days for text in RATES_FROM]
        rows = [
            {"benefit": benefit, "rate_from": first, "rate_until": last, "kroner": kroner}
            for benefit, amounts in enumerate(RATES)
            for first, last, kroner in zip(starts, [*starts[1:], OPEN], amounts)
        ]
        kinds = {"benefit": pl.UInt8, "rate_from": pl.Int32, "rate_until": pl.Int32}
        self.rates = pl.LazyFrame(rows, kinds | {"kroner": pl.Int64})
        self.rungs = tables.block(self.all_rungs)

    def weeks(self, frame):
        """Spans of whole weeks with any of the days in them."""
        last = pl.col("end").clip(upper_bound=self.tables.asof)
        return frame.select("person", start=week(pl.col("start")), end=week(last))

    def all_rungs(self):
        """A person's benefit weeks on the ladder. The count goes on over breaks and starts
        again when whole weeks of self-support within three years are enough."""
        tables = self.tables
        runs = self.joined(self.weeks(self.spells))
        restarts = self.restarts(runs, self.free_weeks(runs))
        length = pl.col("end") - pl.col("start") + 1
        used = pl.col("length").cum_sum().over("person", "climb") - pl.col("length")
        restarts = restarts.with_columns(restart=True)
        climb = pl.col("restart").is_not_null().cum_sum()
        runs = (
            runs.join(restarts, on=["person", "start"], how="left")
            .sort("person", "start")
            .with_columns(climb=climb, length=length.cast(pl.Int64))
            .with_columns(used=used)
        )
        begun = pl.max_horizontal("used", "after")
        over = pl.min_horizontal(pl.col("used") + pl.col("length"), "until")
        monday = (pl.col("start") - pl.col("used")) * 7 - 3
        return (
            tables.once(runs)
            .join(self.steps, how="cross")
            .filter(begun < over)
            .select(
                "person",
                "step",
                "percent",
                start=(monday + begun * 7).cast(pl.Int32),
                end=(monday + over * 7 - 1).cast(pl.Int32),
            )
        )

    def joined(self, spans):
        """Runs of weeks that neither touch nor overlap, with where the one before ended."""
        rows = self.tables.after_earlier(spans, ["person"])
        apart = pl.col("reached").is_null() | (pl.col("start") > pl.col("reached") + 1)
        runs = (
            rows.with_columns(number=apart.cum_sum())
            .group_by("number")
            .agg(pl.col("person").first(), pl.col("start").min(), pl.col("end").max())
            .sort("person", "start")
        )
        before = pl.when(pl.col("person") == pl.col("person").shift(1)).then(
            pl.col("end").shift(1)
        )
        return self.tables.once(runs.drop("number").with_columns(reached=before))

    def free_weeks(self, runs):
        """The weeks of the breaks before runs without work with wage support."""
        breaks = runs.filter(pl.col("reached").is_not_null()).select(
            "person",
            start=(pl.col("reached") + 1).cast(pl.Int32),
            end=(pl.col("start") - 1).cast(pl.Int32),
        )
        supported = self.tables.work.filter(pl.col("kind").is_in([1, 2]))
        free = self.tables.without(breaks, self.weeks(supported))
        return self.tables.once(free.select("person", free_from="start", free_to="end"))

    def restarts(self, runs, free):
        """The runs with which the ladder starts again. Free weeks before a restart do not
        count again, so a person's next one is known when the one before it is."""
        first = pl.max_horizontal("free_from", pl.col("start") - RESTART_WITHIN)
        weeks = (pl.col("free_to") - first + 1).clip(lower_bound=0)
        left = runs.select("person", "start", since=pl.lit(-OPEN, dtype=pl.Int32))
        found = []
        while True:
            enough = (
                left.join(free, on="person")
                .filter(
                    (pl.col("free_to") < pl.col("start"))
                    & (pl.col("free_from") >= pl.col("since"))
                )
                .group_by("person", "start")
                .agg(weeks.sum().alias("weeks"))
                .filter(pl.col("weeks") >= RESTART_WEEKS)
                .select("person", "start")
            )
            enough = self.tables.once(enough)
            restarts = enough.group_by("person").agg(pl.col("start").min())
            found.append(self.tables.once(restarts))
            later = enough.join(
                found[-1].select("person", since="start"), on="person"
            ).filter(pl.col("start") > pl.col("since"))
            left = self.tables.once(later)
            if not left.select(pl.len()).collect().item():
                return pl.concat(found)

    def climbed(self):
        """The days of the spells on each rung."""
        rungs = self.rungs().select(
            "person", "step", "percent", rung_start="start", rung_end="end"
        )
        return (
            self.spells.select("person", "municipality", "benefit", "start", "end", "minutes")
            .join(rungs, on="person")
            .with_columns(
                start=pl.max_horizontal("start", "rung_start"),
                end=pl.min_horizontal("end", "rung_end"),
            )
            .filter(pl.col("start") <= pl.col("end"))
        )

    def share(self, step):
        tables = self.tables
        days = tables.once(tables.dated(self.climbed()))
        on_step = days.filter(pl.col("step") == step)
        return tables.share(tables.minute_days(on_step), tables.minute_days(days, "denominator"))

    def cost(self):
        days = (
            self.climbed()
            .join(self.rates, on="benefit")
            .with_columns(
                start=pl.max_horizontal("start", "rate_from"),
                end=pl.min_horizontal("end", pl.col("rate_until") - 1),
            )
            .filter(pl.col("start") <= pl.col("end"))
        )
        days = self.tables.once(self.tables.dated(days))
        weight = pl.col("kroner") * pl.col("percent") * minutes()
        return self.tables.minute_days(days, weight=weight)

    def queries(self):
        def share(step):
            return lambda: self.share(step)

        return {
            "reimbursement-net-cost": self.cost,
            **{f"reimbursement-share-step-{step}": share(step) for step in range(1, 5)},
        }
