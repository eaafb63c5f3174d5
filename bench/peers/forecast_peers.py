"""Forecasts of a panel of monthly series by statsforecast's SeasonalNaive, AutoETS, AutoTheta
and AutoARIMA at rolling origins, scored beside one another and beside ours on the same points.

The panel is a CSV file with code,table,measure,period,value (further columns are not read), or
a folder whose CSV files with these columns are read together. Periods are months like 2025M07;
an empty value is not known. A series is named code/table/measure.

An origin is the last month that is known to the forecasts made there. The origins are the last
twelve (--origins) with at least six months (--follow) of the panel after them; the horizon is
twelve months, of which those within the panel are scored. A series is scored at an origin when
24 of its months (--history) are known there. The peers cannot read gaps: months before the
first known one are cut off and the others filled along a straight line.

Errors are divided by the scale of the series at the origin: the mean absolute difference of
the months known there from the same months a year earlier; series that never differ are left
out. Printed for each method, each point counting once:

  mase     mean of |value - mean| / scale
  in50 ..  percent of values within the intervals of 50, 80 and 95 percent
  is80     mean interval score of the 80 percent interval / scale: its width, and ten times
           the distance by which a value is outside (2 / 0.2)
  is       the same, mean of the three intervals (2 / 0.5, 2 / 0.2, 2 / 0.05)

over all origins, then over the newest four (--held-out) alone: what is tuned, is tuned on data
before those. `fit` is the mean time in milliseconds that a peer takes for one series at one
origin on one thread, where it was measured.

--ours FILE has origin,series,period,mean,lo50,hi50,lo80,hi80,lo95,hi95. Only points that every
method has are scored. AutoARIMA takes about a second a fit: --areas N takes N codes evenly
spaced among the sorted ones, the first among them, and --cache FOLDER keeps every forecast, so
that a run that was broken off goes on where it was.
"""

import argparse
import csv
import hashlib
import math
import time
import warnings
from collections import defaultdict
from pathlib import Path

import numpy as np

LEVELS = (50, 80, 95)
FIGURES = ["mean"] + [f"{side}{level}" for level in LEVELS for side in ("lo", "hi")]
COLUMNS = {"code", "table", "measure", "period", "value"}
SEASON = 12
PEERS = ("SeasonalNaive", "AutoETS", "AutoTheta", "AutoARIMA")


def number(period):
    """Months since year 0."""
    return 12 * int(period[:4]) + int(period[5:]) - 1


def label(month):
    return f"{month // 12}M{month % 12 + 1:02}"


class Panel:
    """The series: for each name the values by month, NaN where not known."""

    def __init__(self, path):
        path = Path(path)
        values, digest = defaultdict(dict), hashlib.sha256()
        for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
            with open(file, newline="", encoding="utf-8") as lines:
                reader = csv.DictReader(lines)
                if not COLUMNS <= set(reader.fieldnames or ()):
                    continue
                digest.update(file.read_bytes())
                for row in reader:
                    name = f"{row['code']}/{row['table']}/{row['measure']}"
                    value = float(row["value"]) if row["value"] else math.nan
                    values[name][number(row["period"])] = value
        if not values:
            raise SystemExit(f"{path}: no panel with {', '.join(sorted(COLUMNS))}")
        self.digest = digest.hexdigest()[:12]
        self.last = max(max(months) for months in values.values())
        self.values = dict(sorted(values.items()))

    def codes(self, count=None):
        codes = sorted({name.split("/")[0] for name in self.values})
        if count is None or count >= len(codes):
            return codes
        return [codes[i * len(codes) // count] for i in range(count)]

    def known(self, name, origin):
        """The series up to the origin, from its first known month on."""
        months = self.values[name]
        history = [months.get(m, math.nan) for m in range(min(months), origin + 1)]
        history = np.array(history, dtype=np.float64)
        there = np.flatnonzero(~np.isnan(history))
        return history[there[0] :] if len(there) else history[:0]


def filled(history):
    """Gaps along a straight line; after the last known month its value."""
    there = np.flatnonzero(~np.isnan(history))
    return np.interp(np.arange(len(history)), there, history[there])


def scale(history):
    """The seasonal naive forecast's mean absolute error in the sample."""
    errors = np.abs(history[SEASON:] - history[:-SEASON])
    errors = errors[~np.isnan(errors)]
    return float(errors.mean()) if len(errors) else 0.0


class Points:
    """Series and origins to forecast, and their months that are scored."""

    def __init__(self, panel, arguments):
        newest = panel.last - arguments.follow
        self.origins = list(range(newest - arguments.origins + 1, newest + 1))
        self.held_out = self.origins[-arguments.held_out :] if arguments.held_out else []
        self.scales, self.actual = {}, {}
        codes = set(panel.codes(arguments.areas))
        for name, months in panel.values.items():
            if name.split("/")[0] not in codes:
                continue
            for origin in self.origins:
                history = panel.known(name, origin)
                if np.count_nonzero(~np.isnan(history)) < arguments.history:
                    continue
                size = scale(history)
                if size == 0:
                    continue
                self.scales[origin, name] = size
                for month in range(origin + 1, origin + arguments.horizon + 1):
                    value = months.get(month, math.nan)
                    if not math.isnan(value):
                        self.actual[origin, name, month] = value


class Peer:
    """One model of statsforecast and the file its forecasts are kept in."""

    def __init__(self, name, folder, panel, arguments):
        from statsforecast import models

        self.name, self.panel, self.horizon = name, panel, arguments.horizon
        self.model = getattr(models, name)(season_length=SEASON)
        self.simple = models.Naive()
        Path(folder).mkdir(parents=True, exist_ok=True)
        self.path = Path(folder) / f"{name}-{panel.digest}.csv"
        self.rows, self.seconds, self.fits, self.failed = {}, 0.0, 0, 0
        if self.path.exists():
            self.rows = read(self.path)

    def run(self, points):
        done = {(origin, name) for origin, name, _ in self.rows}
        fresh = not self.path.exists()
        with open(self.path, "a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            if fresh:
                writer.writerow(["origin", "series", "period", *FIGURES])
            for origin, name in points.scales:
                if (origin, name) in done:
                    continue
                for step, row in enumerate(self.forecast(name, origin), 1):
                    self.rows[origin, name, origin + step] = row
                    shown = [f"{value:.6g}" for value in row]
                    writer.writerow([label(origin), name, label(origin + step), *shown])
                file.flush()

    def forecast(self, name, origin):
        history = filled(self.panel.known(name, origin))
        start = time.perf_counter()
        try:
            result = self.model.forecast(y=history, h=self.horizon, level=list(LEVELS))
            if np.isnan(result["mean"]).any():
                raise ValueError("no number")
        except Exception:  # a peer that fails is given the last value, as its own package does
            self.failed += 1
            result = self.simple.forecast(y=history, h=self.horizon, level=list(LEVELS))
        self.seconds += time.perf_counter() - start
        self.fits += 1
        sides = [result[f"{side}-{level}"] for level in LEVELS for side in ("lo", "hi")]
        return np.column_stack([result["mean"], *sides])

    @property
    def milliseconds(self):
        return 1000 * self.seconds / self.fits if self.fits else None


def read(path):
    """Forecasts by origin, series and month."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = {}
        for row in csv.DictReader(file):
            if row["hi95"] is None:  # the last line of a run that was broken off
                continue
            key = number(row["origin"]), row["series"], number(row["period"])
            rows[key] = np.array([float(row[figure]) for figure in FIGURES])
        return rows


def score(rows, points, keys):
    """mase, the three coverages in percent, is80, is."""
    values = np.array([points.actual[key] for key in keys])
    scales = np.array([points.scales[key[:2]] for key in keys])
    table = np.array([rows[key] for key in keys])
    mase = np.mean(np.abs(values - table[:, 0]) / scales)
    covered, scores = [], []
    for at, level in enumerate(LEVELS):
        low, high = table[:, 1 + 2 * at], table[:, 2 + 2 * at]
        outside = np.maximum(low - values, 0) + np.maximum(values - high, 0)
        covered.append(100 * np.mean(outside == 0))
        weight = 2 / (1 - level / 100)
        scores.append(np.mean((high - low + weight * outside) / scales))
    return [mase, *covered, scores[LEVELS.index(80)], np.mean(scores)]


def show(title, keys, methods, points, times):
    heads = ["mase", "in50", "in80", "in95", "is80", "is", "fit"]
    forecasts = {key[:2] for key in keys}
    series = {key[1] for key in keys}
    print(f"\n{title}: {len(series)} series, {len(forecasts)} forecasts, {len(keys)} points")
    if not keys:
        return
    print(f"{'':16}" + "".join(f"{head:>8}" for head in heads))
    for name, rows in methods.items():
        mase, in50, in80, in95, is80, mean = score(rows, points, keys)
        line = f"{name:16}{mase:8.3f}{in50:8.1f}{in80:8.1f}{in95:8.1f}{is80:8.3f}{mean:8.3f}"
        taken = times.get(name)
        print(line + (f"{taken:8.1f}" if taken is not None else f"{'-':>8}"))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("panel")
    parser.add_argument("--cache", required=True, metavar="FOLDER")
    parser.add_argument("--ours", metavar="FILE")
    parser.add_argument("--peers", nargs="*", default=PEERS, choices=PEERS)
    parser.add_argument("--areas", type=int, metavar="N")
    parser.add_argument("--origins", type=int, default=12)
    parser.add_argument("--follow", type=int, default=6)
    parser.add_argument("--history", type=int, default=24)
    parser.add_argument("--horizon", type=int, default=12)
    parser.add_argument("--held-out", type=int, default=4)
    parser.add_argument("--by-measure", action="store_true")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")

    panel = Panel(arguments.panel)
    points = Points(panel, arguments)
    first, last = label(points.origins[0]), label(points.origins[-1])
    print(f"origins {first} to {last}, known to {label(panel.last)}", flush=True)
    methods, times = {}, {}
    if arguments.ours:
        methods["ours"] = read(arguments.ours)
    for name in arguments.peers:
        peer = Peer(name, arguments.cache, panel, arguments)
        peer.run(points)
        methods[name], times[name] = peer.rows, peer.milliseconds
        if peer.failed:
            print(f"{name}: {peer.failed} of {peer.fits} fits failed; the last value instead")
    keys = [key for key in points.actual if all(key in rows for rows in methods.values())]
    show("all origins", keys, methods, points, times)
    if points.held_out:
        newest = [key for key in keys if key[0] in points.held_out]
        show("newest origins", newest, methods, points, times)
    if arguments.by_measure:
        for measure in sorted({key[1].split("/", 1)[1] for key in keys}):
            part = [key for key in keys if key[1].split("/", 1)[1] == measure]
            show(measure, part, methods, points, times)


if __name__ == "__main__":
    main()
