"""The catalogue's indicators by month and municipality over the columns of a register,
by DuckDB and Polars.

The folder holds one folder per table, each with raw columns (see columns.py); days
count from 1970-01-01, 2^30 - 1 is "no end yet" (any day after the window does):

  spells         person.i32 benefit.u8 category.u8 start.i32 end.i32 minutes.i32
                 municipality.u16; a spell is split where its match category changes
  matches        person.i32 category.u8 start.i32 end.i32
  conversations  person.i32 day.i32 status.u8 municipality.u16; status 1 is held
  offers         person.i32 kind.u8 start.i32 end.i32 minutes.i32 municipality.u16 unit.i64
  employments    person.i32 kind.u8 start.i32 end.i32 minutes.i32 unit.i64
  residences     person.i32 start.i32 end.i32 municipality.u16
  exemptions     person.i32 start.i32 end.i32
  enrolments     person.i32 start.i32 end.i32
  educations     person.i32 qualifying.u8 start.i32 end.i32
  complaints     person.i32 day.i32 municipality.u16
  feedback       person.i32 day.i32 overall.u8 municipality.u16
  persons        born.i32 basis.u8 (255 is unknown); a person's number is the row
  units          number.i64 company.i64 employees.i32 start.i32 end.i32 municipality.u16;
                 a production unit (unit above) while it had so many employees
  contacts       day.i32 held.u8 municipality.u16, with companies
  orders         created.i32 positions.i32 municipality.u16; an order's number is the row
  referrals      order.i32 person.i32 day.i32
  placements     order.i32 person.i32 day.i32 terms.u8

Benefits, categories (4 is none), kinds, statuses, bases and terms are positions in the
lists of the Registry room. Figures about spells leave out cash benefit, education aid and
self-support allowance, whose spells continue one another. No person may have two spells of
unemployment on one day, and none two residences.

Each query is run twice over: `natural` reads the tables as they are; `prepared` reads month
columns and what our register works out when it is built (official spells, days of
unemployment, the labour force, the ladder of reimbursement), made before the clock starts.

Loading is not timed. One JSON line per run: {peer, variant, indicator, threads, run, seconds,
cpu_seconds, cells, sum}; --out takes a folder and
writes indicator,municipality,month,value in PEER-VARIANT.csv there.
"""

import argparse
import csv
import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import columns
from scales import SCALES

VARIANTS = ["natural", "prepared"]
TABLES = (
    "spells matches conversations offers employments residences exemptions enrolments educations "
    "complaints feedback persons units contacts orders referrals placements"
)


class Register:
    """The tables, the calendar, and the days that bound the figures."""

    def __init__(self, folder, first, count, asof=None):
        self.tables = {name: columns.read(Path(folder) / name) for name in TABLES.split()}
        for name, key in (("persons", "person"), ("orders", "id")):
            rows = len(next(iter(self.tables[name].values())))
            self.tables[name][key] = np.arange(rows, dtype=np.int32)
        for name in ("conversations", "offers", "employments"):
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


def rows(register, indicator, cells):
    calendar = register.tables["calendar"]
    lengths = calendar["last"] - calendar["first"] + 1
    bare = "denominator" not in cells or not np.ma.count(np.ma.asarray(cells["denominator"]))
    below = [None] * len(cells["month"]) if bare else cells["denominator"]
    found = zip(cells["municipality"], cells["month"], cells["numerator"], below)
    for place, month, above, under in found:
        if under == 0:
            continue
        number = SCALES[indicator](
            int(above), None if under is None else int(under), int(lengths[month])
        )
        yield indicator, int(place), int(month), number


def measure(arguments, peer, variant, threads):
    if peer == "duckdb":
        from indicators_duckdb import connect
    else:
        from indicators_polars import connect
    register = Register(arguments.data, arguments.first, arguments.months, arguments.asof)
    run_query = connect(register, threads, variant)
    output = []
    for indicator in arguments.indicators:
        for run in range(arguments.runs):
            start, cpu = time.perf_counter(), time.process_time()
            cells = run_query(indicator)
            seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
            line = {
                "peer": peer,
                "variant": variant,
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
        with open(Path(arguments.out) / f"{peer}-{variant}.csv", "w", newline="") as file:
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
    parser.add_argument("--variants", nargs="+", choices=VARIANTS, default=VARIANTS)
    parser.add_argument("--indicators", nargs="+", choices=SCALES, default=list(SCALES))
    parser.add_argument("--out", help="folder for the figures, PEER-VARIANT.csv")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        return measure(
            arguments, arguments.peers[0], arguments.variants[0], arguments.threads[0]
        )
    for peer in arguments.peers:
        for variant, threads in itertools.product(arguments.variants, arguments.threads):
            command = [sys.executable, Path(__file__), arguments.data, "--inside"]
            command += ["--first", arguments.first, "--months", str(arguments.months)]
            command += ["--runs", str(arguments.runs), "--threads", str(threads)]
            command += ["--peers", peer, "--variants", variant]
            command += ["--indicators", *arguments.indicators]
            if arguments.asof is not None:
                command += ["--asof", str(arguments.asof)]
            if arguments.out:
                command += ["--out", arguments.out]
            environment = os.environ | {"POLARS_MAX_THREADS": str(threads)}
            subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    main()
