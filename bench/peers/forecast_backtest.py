"""A rolling-origin back-test of `fodfaeste forecast` beside statsforecast.

The panel is a CSV file with the columns code, area, table, measure, period and value. For each
origin the panel is cut there and handed to the program, which is a black box and is timed; the
peers get the same series, one at a time, with a season of twelve months.

The same rules for all: a series takes part at an origin where it has at least 24 known months up
to it. A gap is filled for the peers on a straight line between its neighbours, or with the value
last known; no filled value is a point to be met, and none is used for the scale. A point counts
where the month was published later and every method has a forecast; the rest is counted by reason.

Errors and intervals are divided by the series' scale at the origin: the mean absolute difference
to the same month a year before, over the known months up to the origin.

Prints tables and writes JSON lines: what = setting, timing, left out or score.
"""

import argparse
import csv
import hashlib
import importlib.metadata
import io
import json
import math
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

OURS = "Fodfæste"
PEERS = ["AutoETS", "AutoARIMA", "AutoTheta", "SeasonalNaive"]
LEVELS = [50, 80, 95]
SEASON = 12
LEAST_MONTHS = 24
# The country, Herlev and Hillerød.
ALWAYS = [0, 163, 219]
AHEAD = [("1", 1, 1), ("2–3", 2, 3), ("4–6", 4, 6), ("7–12", 7, 12), ("13–24", 13, 24)]
NEWEST = 4


def number(period):
    """Months since year 0 of a period such as 2024M02; None for a quarter or a year."""
    found = re.fullmatch(r"(\d{4})M(\d\d)", period)
    return int(found[1]) * 12 + int(found[2]) - 1 if found else None


def period(month):
    return f"{month // 12:04}M{month % 12 + 1:02}"


# The panel


def read(path):
    """The rows as they stand, and the known values by series and month."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    series = defaultdict(dict)
    for row in rows:
        month = number(row["period"])
        if month is None:
            continue
        known = series[f"{row['code']}/{row['table']}/{row['measure']}"]
        if row["value"] != "":
            known[month] = float(row["value"])
    return rows, dict(series)


def truncated(rows, origin):
    """The panel as it was at the origin, as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(r for r in rows if (month := number(r["period"])) and month <= origin)
    return text.getvalue()


def before(known, origin):
    return {month: value for month, value in known.items() if month <= origin}


def filled(known, origin):
    """Every month from the first known one to the origin."""
    months = sorted(known)
    return np.interp(np.arange(months[0], origin + 1), months, [known[m] for m in months])


def scale(known):
    """The error, on average, of saying the same month a year before; nan without a pair."""
    pairs = [abs(known[m] - known[m - SEASON]) for m in known if m - SEASON in known]
    return sum(pairs) / len(pairs) if pairs else math.nan


def chosen_areas(series, count):
    """So many areas, evenly spread by the sum of all their values, with those of ALWAYS."""
    sizes = defaultdict(float)
    for key, known in series.items():
        sizes[key.split("/")[0]] += sum(known.values())
    ranked = sorted(sizes, key=lambda code: (sizes[code], code))
    if count >= len(ranked):
        return sorted(ranked)
    wanted = [rank for rank, code in enumerate(ranked) if int(code) in ALWAYS]
    spread = [round(i * (len(ranked) - 1) / max(count - 1, 1)) for i in range(count)]
    for rank in wanted:
        if rank not in spread:
            free = [other for other in spread if other not in wanted]
            spread[spread.index(min(free, key=lambda other: (abs(other - rank), other)))] = rank
    return sorted(ranked[rank] for rank in spread)


def chosen_origins(wanted, series, horizon):
    """Named months, or so many latest ones that leave half a horizon to compare."""
    if len(wanted) > 1 or not wanted[0].isdigit():
        months = [number(name) for name in wanted]
        if None in months:
            sys.exit("An origin is a month such as 2024M02.")
        return sorted(months)
    last = max(month for known in series.values() for month in known) - horizon // 2
    return list(range(last - int(wanted[0]) + 1, last + 1))


# Ours


def run_ours(binary, panel, horizon):
    """The program's forecasts by series and month, and the seconds it took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.csv"
        path.write_text(panel, encoding="utf-8")
        command = [binary, "forecast", "--panel", path, "--horizon", str(horizon)]
        start = time.perf_counter()
        text = subprocess.run(
            [*command, "--format", "csv"], check=True, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        ).stdout
        seconds = time.perf_counter() - start
    columns = ["mean"] + [f"{end}{level}" for level in LEVELS for end in ("lo", "hi")]
    found = {
        (row["series"], number(row["period"])): [float(row[name]) for name in columns]
        for row in csv.DictReader(io.StringIO(text))
    }
    return found, seconds


def ours(binary, rows, origins, horizon, runs):
    """Forecasts by series, origin and months ahead, and a line for each timed run: of the whole
    panel once, and of the panels of all origins one after the other."""
    panels = {origin: truncated(rows, origin) for origin in origins}
    whole = truncated(rows, max(filter(None, (number(row["period"]) for row in rows))))
    timings = []
    for run in range(runs):
        load = os.getloadavg()[0]
        last, seconds = run_ours(binary, whole, horizon)
        series = len({key for key, _ in last})
        timings.append({"what": "timing", "of": "panel", "run": run, "origins": 1,
                        "series": series, "seconds": seconds, "load": load})
        forecasts, total, load = {}, 0.0, os.getloadavg()[0]
        for origin in origins:
            found, seconds = run_ours(binary, panels[origin], horizon)
            total += seconds
            forecasts |= {(key, origin, month - origin): v for (key, month), v in found.items()}
        timings.append({"what": "timing", "of": "back-test", "run": run, "origins": len(origins),
                        "series": len({key for key, _, _ in forecasts}), "seconds": total,
                        "load": load})
    return forecasts, timings


# Peers


def fit(job):
    """One peer's forecast of one series; None where the package gives none."""
    name, values, horizon = job
    from statsforecast import models

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = getattr(models, name)(season_length=SEASON)
            found = model.forecast(y=np.array(values), h=horizon, level=LEVELS)
    except Exception as problem:  # noqa: BLE001 a peer's failure is counted, not ours to raise
        print(f"{name}: {problem}", file=sys.stderr)
        return None
    columns = ["mean"] + [f"{end}-{level}" for level in LEVELS for end in ("lo", "hi")]
    table = np.column_stack([found[column] for column in columns])
    return table.tolist() if np.isfinite(table).all() else None


def peer(name, version, inputs, horizon, cache, run, fit=fit):
    """Forecasts by series, origin and months ahead, from the cache where the input is the same.
    `run` maps `fit` over the series."""
    forecasts = {}
    by_origin = defaultdict(dict)
    for (key, origin), values in inputs.items():
        by_origin[origin][key] = values
    for origin, values in by_origin.items():
        file = cache / f"{name}-{period(origin)}.jsonl" if cache else None
        marks = {
            key: hashlib.sha256(repr((version, horizon, v.tolist())).encode()).hexdigest()[:16]
            for key, v in values.items()
        }
        known = {}
        if file and file.exists():
            known = {row["mark"]: row["found"] for row in map(json.loads, file.open())}
        missing = [key for key in values if marks[key] not in known]
        jobs = [(name, values[key].tolist(), horizon) for key in missing]
        with open(file or os.devnull, "a", encoding="utf-8", buffering=1) as out:
            for key, found in zip(missing, run(fit, jobs)):
                known[marks[key]] = found
                out.write(json.dumps({"series": key, "mark": marks[key], "found": found}) + "\n")
        for key in values:
            for step, row in enumerate(known[marks[key]] or [], start=1):
                forecasts[key, origin, step] = row
        print(f"{name} {period(origin)}: {len(missing)} fitted, {len(values) - len(missing)} known",
              file=sys.stderr, flush=True)
    return forecasts


# Scores


def points(series, areas, origins, horizon, forecasts):
    """The points that every method has forecast, with what came and the scale; and how many
    points, of months that have been, are left out, by reason."""
    last = max(month for known in series.values() for month in known)
    kept, left = {}, Counter()
    for key, known in series.items():
        if key.split("/")[0] not in areas:
            continue
        for origin in origins:
            past = before(known, origin)
            unit = scale(past)
            for step in range(1, min(horizon, last - origin) + 1):
                lacking = [
                    name for name, own in forecasts.items() if (key, origin, step) not in own]
                if len(past) < LEAST_MONTHS:
                    left[f"fewer than {LEAST_MONTHS} known months up to the origin"] += 1
                elif not unit > 0:
                    left["the same every year: no scale"] += 1
                elif origin + step not in known:
                    left["not published for that month"] += 1
                elif lacking:
                    left["no forecast by " + ", ".join(lacking)] += 1
                else:
                    kept[key, origin, step] = (known[origin + step], unit)
    return kept, left


def errors(kept, own):
    """One row a point: scaled error; inside 50, 80 and 95 %; scaled interval scores."""
    table = np.array([own[key] for key in kept])
    came, unit = np.array(list(kept.values())).T
    columns = [abs(table[:, 0] - came) / unit]
    inside, scores = [], []
    for place, level in enumerate(LEVELS):
        low, high = table[:, 1 + 2 * place], table[:, 2 + 2 * place]
        outside = np.maximum(low - came, 0) + np.maximum(came - high, 0)
        inside.append((outside == 0) * 100.0)
        scores.append((high - low + 2 / (1 - level / 100) * outside) / unit)
    return np.column_stack(columns + inside + scores)


def groups(keys):
    """What is scored apart: all, by measure, by months ahead, the newest origins."""
    keys = list(keys)
    newest = sorted({origin for _, origin, _ in keys})[-NEWEST:]
    yield "all", "all", np.ones(len(keys), bool)
    yield "newest", f"{period(newest[0])}–{period(newest[-1])}", np.array(
        [origin in newest for _, origin, _ in keys])
    for name, first, last in AHEAD:
        mask = np.array([first <= step <= last for _, _, step in keys])
        if mask.any():
            yield "ahead", name, mask
    measures = np.array([key.split("/", 1)[1] for key, _, _ in keys])
    for name in sorted(set(measures)):
        yield "measure", name, measures == name


def scored(kept, forecasts, areas):
    """A line for each method and group. The points are the same for all."""
    tables = {}
    for name, own in forecasts.items():
        assert all(key in own for key in kept), f"{name} lacks points"
        tables[name] = errors(kept, own)
    assert len({len(table) for table in tables.values()}) == 1
    keys = list(kept)
    lines = []
    for by, group, mask in groups(keys):
        series = len({keys[i][0] for i in np.flatnonzero(mask)})
        for name, table in tables.items():
            mean = table[mask].mean(axis=0).tolist()
            lines.append({"what": "score", "areas": areas, "by": by, "group": group,
                          "method": name, "series": series, "points": int(mask.sum()),
                          "mase": mean[0], "cover50": mean[1], "cover80": mean[2],
                          "cover95": mean[3], "score80": mean[5], "score95": mean[6]})
    return lines


def show(lines):
    for line in lines:
        if line["what"] == "timing":
            print(f"{line['of']}: {line['series']} series, {line['origins']} origin(s): "
                  f"{line['seconds']:.2f} s, load {line['load']:.1f}")
        elif line["what"] == "left out":
            print(f"left out, {line['reason']}: {line['points']} points")
    group = None
    for line in (line for line in lines if line["what"] == "score"):
        if (line["by"], line["group"]) != group:
            group = line["by"], line["group"]
            print(f"\n{group[0]} {group[1]}: {line['areas']} areas, {line['series']} series, "
                  f"{line['points']} points\n"
                  f"{'':14} {'MASE':>6} {'50 %':>6} {'80 %':>6} {'95 %':>6} {'IS 80':>7} {'IS 95':>7}")
        print(f"{line['method']:14} {line['mase']:6.3f} {line['cover50']:6.1f} "
              f"{line['cover80']:6.1f} {line['cover95']:6.1f} {line['score80']:7.2f} "
              f"{line['score95']:7.2f}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("panel", type=Path)
    parser.add_argument("--ours", required=True, help="the program")
    parser.add_argument("--origins", nargs="+", default=["12"],
                        help="months (2024M02), or so many latest that leave half a horizon")
    parser.add_argument("--horizon", type=int, default=12)
    parser.add_argument("--areas", default="24", help="a number, or all")
    parser.add_argument("--peers", nargs="*", default=PEERS)
    parser.add_argument("--cache", type=Path, help="where the peers' forecasts are kept")
    parser.add_argument("--out", type=Path, help="where the JSON lines go")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--runs", type=int, default=5, help="of ours, for the time")
    options = parser.parse_args()
    if options.areas != "all" and int(options.areas) < len(ALWAYS):
        parser.error(f"--areas is all, or at least {len(ALWAYS)}")
    return options


def main():
    options = arguments()
    rows, series = read(options.panel)
    origins = chosen_origins(options.origins, series, options.horizon)
    count = len({key.split("/")[0] for key in series})
    areas = chosen_areas(series, count if options.areas == "all" else int(options.areas))
    found, timings = ours(options.ours, rows, origins, options.horizon, options.runs)
    forecasts = {OURS: found}
    inputs = {
        (key, origin): filled(before(known, origin), origin)
        for key, known in series.items() if key.split("/")[0] in areas
        for origin in origins if len(before(known, origin)) >= LEAST_MONTHS
    }
    if options.cache:
        options.cache.mkdir(parents=True, exist_ok=True)
    version = importlib.metadata.version("statsforecast") if options.peers else ""
    with multiprocessing.Pool(options.processes) as pool:
        for name in options.peers:
            forecasts[name] = peer(
                name, version, inputs, options.horizon, options.cache, pool.imap)
    kept, left = points(series, areas, origins, options.horizon, forecasts)
    lines = [{"what": "setting", "date": time.strftime("%Y-%m-%d"), "areas": len(areas),
              "codes": areas, "origins": [period(origin) for origin in origins],
              "horizon": options.horizon}]
    lines += timings
    lines += [{"what": "left out", "areas": len(areas), "reason": reason, "points": count}
              for reason, count in sorted(left.items())]
    lines += scored(kept, forecasts, len(areas))
    show(lines)
    if options.out:
        options.out.write_text("".join(json.dumps(line) + "\n" for line in lines))


if __name__ == "__main__":
    main()
