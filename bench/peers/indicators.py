"""The catalogue's indicators by month and municipality over the columns of a register,
by DuckDB and Polars.

The folder holds one folder per table, each with raw columns (see columns.py); days
count from 1970-01-01, 2^30 - 1 is "no end yet" (any day after the window does):

  spells         person.i32 benefit.u8 category.u8 start.i32 end.i32 minutes.i32
                 municipality.u16; a spell is split where its match category changes
  conversations  person.i32 day.i32 status.u8 municipality.u16
  offers         person.i32 kind.u8 start.i32 end.i32 minutes.i32 municipality.u16
  employments    person.i32 kind.u8 start.i32 end.i32 minutes.i32
  residences     person.i32 start.i32 end.i32 municipality.u16
  persons        born.i32; a person's number is the row
  orders         created.i32 positions.i32 municipality.u16; an order's number is the row
  referrals      order.i32 person.i32 day.i32
  placements     order.i32 person.i32 day.i32 terms.u8

Benefits, categories (4 is none), kinds, statuses and terms are positions in the lists
of the Registry room. The three spell figures leave out cash benefit, education aid
and self-support allowance, whose spells continue one another. No person may have two
spells of unemployment on one day, and none two residences.

Loading is not timed. One JSON line per run: {peer, indicator, threads, run, seconds,
cpu_seconds, cells, sum}; --out writes indicator,municipality,month,value.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import columns
from indicators_duckdb import QUERIES

FULL_TIME = {"full-time-persons", "gross-unemployed"}
WEEKS = {"mean-duration-ended"}
PER_PERSON = {"conversations-per-person"}
TABLES = "spells conversations offers employments residences persons orders referrals placements"


class Register:
    """The tables, the calendar, and the days that bound the figures."""

    def __init__(self, folder, first, count, asof=None):
        self.tables = {name: columns.read(Path(folder) / name) for name in TABLES.split()}
        for name, key in (("persons", "person"), ("orders", "id")):
            rows = len(next(iter(self.tables[name].values())))
            self.tables[name][key] = np.arange(rows, dtype=np.int32)
        for name in ("conversations", "offers"):
            rows = len(self.tables[name]["person"])
            self.tables[name]["id"] = np.arange(rows, dtype=np.int32)
        starts, ends = columns.months(first, count)
        month = np.datetime64(first.replace("M", "-"), "M")
        before = (month + np.arange(count) - 11).astype("datetime64[D]").astype(np.int64)
        self.tables["calendar"] = {
            "month": np.arange(count),
            "first": starts,
            "last": ends,
            "year_before": before,
        }
        self.values = {
            "low": int(starts[0]),
            "high": int(ends[-1]),
            "known_at": int(asof if asof is not None else ends[-1]),
            "origin": first.replace("M", "-") + "-01",
            "origin_month": int(month.astype(np.int64)) + 1970 * 12,
        }
        if self.values["known_at"] < self.values["high"]:
            raise SystemExit("the figures must be as of the window's last day or later")


def value(indicator, numerator, denominator, days):
    """The figure that the catalogue shows."""
    if indicator in FULL_TIME:
        return numerator / (2220 * days)
    if denominator is None:
        return float(numerator)
    if indicator in WEEKS:
        return numerator / 7 / denominator
    return numerator / denominator * (1 if indicator in PER_PERSON else 100)


def rows(register, indicator, cells):
    calendar = register.tables["calendar"]
    lengths = calendar["last"] - calendar["first"] + 1
    bare = "denominator" not in cells or not np.ma.count(np.ma.asarray(cells["denominator"]))
    below = [None] * len(cells["month"]) if bare else cells["denominator"]
    found = zip(cells["municipality"], cells["month"], cells["numerator"], below)
    for place, month, above, under in found:
        number = value(
            indicator, int(above), None if under is None else int(under), int(lengths[month])
        )
        yield indicator, int(place), int(month), number


def measure(arguments, peer, threads):
    if peer == "duckdb":
        from indicators_duckdb import connect
    else:
        from indicators_polars import connect
    register = Register(arguments.data, arguments.first, arguments.months, arguments.asof)
    run_query = connect(register, threads)
    output = []
    for indicator in arguments.indicators:
        for run in range(arguments.runs):
            start, cpu = time.perf_counter(), time.process_time()
            cells = run_query(indicator)
            seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
            line = {
                "peer": peer,
                "indicator": indicator,
                "threads": threads,
                "run": run,
                "seconds": round(seconds, 6),
                "cpu_seconds": round(cpu, 6),
                "cells": len(cells["month"]),
                "sum": int(np.sum(cells["numerator"])),
            }
            print(json.dumps(line), flush=True)
        output += rows(register, indicator, cells)
    if arguments.out:
        with open(arguments.out, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["indicator", "municipality", "month", "value"])
            writer.writerows(sorted(output))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", help="folder with the tables")
    parser.add_argument("--first", required=True, help="first month: 2020M01")
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--asof", type=int, help="day number; the window's last day if absent")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--runs", type=int, default=5)
    peers = ["duckdb", "polars"]
    parser.add_argument("--peers", nargs="+", choices=peers, default=peers)
    parser.add_argument("--indicators", nargs="+", choices=QUERIES, default=list(QUERIES))
    parser.add_argument("--out", help="CSV of the figures; with several peers, of the last one")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        return measure(arguments, arguments.peers[0], arguments.threads[0])
    for peer in arguments.peers:
        for threads in arguments.threads:
            command = [sys.executable, Path(__file__), arguments.data, "--inside"]
            command += ["--first", arguments.first, "--months", str(arguments.months)]
            command += ["--runs", str(arguments.runs), "--threads", str(threads)]
            command += ["--peers", peer, "--indicators", *arguments.indicators]
            if arguments.asof is not None:
                command += ["--asof", str(arguments.asof)]
            if arguments.out:
                command += ["--out", arguments.out]
            environment = os.environ | {"POLARS_MAX_THREADS": str(threads)}
            subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    main()
