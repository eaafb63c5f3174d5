"""Person-days by kind, municipality and month over raw columns, by DuckDB and
Polars: the query one would write ("natural"), and the difference arrays of our own
kernel over month columns computed beforehand ("difference").

The folder holds start.i32, end.i32 (both ends count; days since 1970-01-01),
kind.u8 and municipality.u16. Loading is not timed; the query and bringing its
cells to NumPy are. One JSON line per run:
{peer, variant, threads, run, rows, seconds, cpu_seconds, checksum}.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import columns

KEYS = ["kind", "municipality", "month"]
# More than any municipality's number.
PLACES = 1000


def prepared(table, first, last):
    """Rows inside the window, each with the cells of its first and its last month and
    the days that it lacks in them. A cell is kind, municipality and month as one
    number: one key is what both peers group by fastest."""
    start = np.maximum(table["start"], first[0])
    end = np.minimum(table["end"], last[-1])
    inside = start <= end
    start, end = start[inside], end[inside]
    from_month = np.searchsorted(first, start, side="right") - 1
    to_month = np.searchsorted(first, end, side="right") - 1
    series = table["kind"][inside].astype(np.uint32) * PLACES + table["municipality"][inside]
    return {
        "from_cell": (series * len(first) + from_month).astype(np.uint32),
        "to_cell": (series * len(first) + to_month).astype(np.uint32),
        "head": (start - first[from_month]).astype(np.int32),
        "tail": (last[to_month] - end).astype(np.int32),
    }


def cells(frame, count):
    """Kind, municipality and month of the cells that a difference query gives."""
    cell, days = frame["cell"].astype(np.int64), frame["days"]
    series, month = cell // count, cell % count
    return {
        "kind": series // PLACES,
        "municipality": series % PLACES,
        "month": month,
        "days": days,
    }


# The months of a spell are unnested and joined to the calendar; in trials this beat
# an inequality join with the calendar.
DUCKDB_NATURAL = """
WITH clipped AS (
    SELECT kind, municipality,
        greatest(start, $low) AS start, least("end", $high) AS "end"
    FROM spells WHERE start <= $high AND "end" >= $low),
exploded AS (
    SELECT kind, municipality, start, "end",
        unnest(range(datediff('month', $origin::DATE, DATE '1970-01-01' + start),
            datediff('month', $origin::DATE, DATE '1970-01-01' + "end") + 1)) AS month
    FROM clipped)
SELECT kind, municipality, month,
    sum(least("end", last) - greatest(start, first) + 1)::BIGINT AS days
FROM exploded JOIN calendar USING (month)
GROUP BY kind, municipality, month
"""

DUCKDB_DIFFERENCE = """
WITH heads AS (
    SELECT from_cell AS cell, count(*) AS n, sum(head) AS lacking
    FROM prepared GROUP BY from_cell),
tails AS (
    SELECT to_cell AS cell, count(*) AS n, sum(tail) AS lacking
    FROM prepared GROUP BY to_cell),
grid AS (
    SELECT s.series, c.month, s.series * $months + c.month AS cell, c.last - c.first + 1 AS length
    FROM (SELECT DISTINCT cell // $months AS series FROM heads) s CROSS JOIN calendar c),
sums AS (
    SELECT g.cell,
        (sum(coalesce(h.n, 0)) OVER w - sum(coalesce(t.n, 0)) OVER w + coalesce(t.n, 0))
            * g.length - coalesce(h.lacking, 0) - coalesce(t.lacking, 0) AS days
    FROM grid g LEFT JOIN heads h USING (cell) LEFT JOIN tails t USING (cell)
    WINDOW w AS (PARTITION BY g.series ORDER BY g.month))
SELECT cell, days::BIGINT AS days FROM sums WHERE days > 0
"""


def duckdb_runs(table, first, last, origin, threads):
    import duckdb

    con = duckdb.connect(config={"threads": threads})
    ready = prepared(table, first, last)
    calendar = {"month": np.arange(len(first)), "first": first, "last": last}
    for name, source in (("spells", table), ("prepared", ready), ("calendar", calendar)):
        con.register("source", source)
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM source")
        con.unregister("source")
    values = {"low": int(first[0]), "high": int(last[-1]), "origin": origin}
    yield "natural", lambda: con.execute(DUCKDB_NATURAL, values).fetchnumpy()
    count = len(first)
    yield "difference", lambda: cells(
        con.execute(DUCKDB_DIFFERENCE, {"months": count}).fetchnumpy(), count
    )


def polars_natural(spells, calendar, low, high, origin):
    import polars as pl

    def month(name):
        day = pl.col(name).cast(pl.Date)
        index = day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1
        return index - origin

    return (
        spells.lazy()
        .filter((pl.col("start") <= high) & (pl.col("end") >= low))
        .with_columns(pl.col("start").clip(low), pl.col("end").clip(None, high))
        .with_columns(pl.int_ranges(month("start"), month("end") + 1).alias("month"))
        .explode("month")
        .join(calendar.lazy(), on="month")
        .group_by(KEYS)
        .agg(
            (
                pl.min_horizontal("end", "last").cast(pl.Int64)
                - pl.max_horizontal("start", "first")
                + 1
            )
            .sum()
            .alias("days")
        )
    )


def polars_difference(ready, calendar):
    import polars as pl

    def edge(cell, lacking):
        return (
            ready.lazy()
            .group_by(pl.col(cell).alias("cell"))
            .agg(
                pl.len().cast(pl.Int64).alias(f"{lacking}_n"),
                pl.col(lacking).cast(pl.Int64).sum().alias(f"{lacking}_lacking"),
            )
        )

    count = len(calendar)
    heads, tails = edge("from_cell", "head"), edge("to_cell", "tail")
    return (
        heads.select((pl.col("cell") // count).alias("series"))
        .unique()
        .join(calendar.lazy(), how="cross")
        .with_columns((pl.col("series") * count + pl.col("month")).cast(pl.UInt32).alias("cell"))
        .join(heads, on="cell", how="left")
        .join(tails, on="cell", how="left")
        .with_columns(pl.col("^(head|tail)_.*$").fill_null(0))
        .sort("cell")
        .with_columns(
            (
                ((pl.col("head_n") - pl.col("tail_n")).cum_sum().over("series") + pl.col("tail_n"))
                * (pl.col("last") - pl.col("first") + 1)
                - pl.col("head_lacking")
                - pl.col("tail_lacking")
            ).alias("days")
        )
        .filter(pl.col("days") > 0)
        .select("cell", "days")
    )


def polars_runs(table, first, last, origin, threads):
    import polars as pl

    if pl.thread_pool_size() != threads:
        raise SystemExit("POLARS_MAX_THREADS was not heeded")
    spells = pl.DataFrame(table)
    ready = pl.DataFrame(prepared(table, first, last))
    calendar = pl.DataFrame({"month": np.arange(len(first)), "first": first, "last": last})
    year, month = origin.split("-")[:2]
    natural = polars_natural(
        spells, calendar, int(first[0]), int(last[-1]), int(year) * 12 + int(month) - 1
    )
    difference = polars_difference(ready, calendar)

    def run(query, engine):
        frame = query.collect(engine=engine)
        return {name: frame[name].to_numpy() for name in frame.columns}

    yield "natural", lambda: run(natural, "in-memory")
    yield "natural-streaming", lambda: run(natural, "streaming")
    yield "difference", lambda: cells(run(difference, "in-memory"), len(first))
    yield "difference-streaming", lambda: cells(run(difference, "streaming"), len(first))


PEERS = {"duckdb": duckdb_runs, "polars": polars_runs}


def measure(arguments, peer, threads):
    table = columns.read(arguments.data)
    first, last = columns.months(arguments.first, arguments.months)
    origin = arguments.first.replace("M", "-") + "-01"
    for variant, query in PEERS[peer](table, first, last, origin, threads):
        if arguments.variants and variant not in arguments.variants:
            continue
        for run in range(arguments.runs):
            start, cpu = time.perf_counter(), time.process_time()
            result = query()
            seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
            line = {
                "peer": peer,
                "variant": variant,
                "threads": threads,
                "run": run,
                "rows": len(table["start"]),
                "seconds": round(seconds, 6),
                "cpu_seconds": round(cpu, 6),
                "checksum": columns.checksum(*(result[key] for key in [*KEYS, "days"])),
            }
            print(json.dumps(line), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", help="folder with the columns")
    parser.add_argument("--first", default="2015M01", help="first month")
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--variants", nargs="+")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        return measure(arguments, arguments.peers[0], arguments.threads[0])
    # A process for each: Polars fixes its threads when it is imported, and neither
    # peer shall find the other's memory still in use.
    for peer in arguments.peers:
        for threads in arguments.threads:
            command = [sys.executable, Path(__file__), arguments.data, "--inside"]
            command += ["--first", arguments.first, "--months", str(arguments.months)]
            command += ["--runs", str(arguments.runs), "--threads", str(threads)]
            command += ["--peers", peer]
            if arguments.variants:
                command += ["--variants", *arguments.variants]
            environment = os.environ | {"POLARS_MAX_THREADS": str(threads)}
            subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    main()
