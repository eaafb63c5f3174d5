"""The scores against figures worked by hand, and that nothing after an origin is used."""

import csv
import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import forecast_backtest as backtest

HERE = Path(__file__).parent
FIRST = backtest.number("2021M01")
# Forecasts the last value of each series; 50, 80 and 95 % are 1, 2 and 3 to either side.
PROGRAM = f"""#!{sys.executable}
import csv, sys
sys.path.insert(0, {str(HERE)!r})
from forecast_backtest import number, period
panel, horizon = sys.argv[3], int(sys.argv[5])
last = {{}}
for row in csv.DictReader(open(panel, encoding="utf-8")):
    if row["value"]:
        key = "/".join((row["code"], row["table"], row["measure"]))
        last[key] = (number(row["period"]), float(row["value"]))
end = max(month for month, _ in last.values())
print("series,period,mean,lo50,hi50,lo80,hi80,lo95,hi95")
for key, (_, v) in last.items():
    for step in range(1, horizon + 1):
        print(key, period(end + step), v, v - 1, v + 1, v - 2, v + 2, v - 3, v + 3, sep=",")
"""


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "program"
    path.write_text(PROGRAM)
    path.chmod(0o755)
    return path


def write(path, values):
    """A panel of the values by area: a list each from FIRST on, None for a gap."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["code", "area", "table", "measure", "period", "value"])
        for code, series in values.items():
            for month, value in enumerate(series):
                text = "" if value is None else value
                out.writerow([code, "A", "t1", "m1", backtest.period(FIRST + month), text])
    return path


def repeated(job):
    """A peer that says the last value again, as the fake program does."""
    _, values, horizon = job
    return [[values[-1] + x for x in (0, -1, 1, -2, 2, -3, 3)]] * horizon


def test_periods():
    assert backtest.period(backtest.number("2024M02")) == "2024M02"
    assert backtest.number("2024M12") + 1 == backtest.number("2025M01")
    assert backtest.number("2024Q1") is None


def test_scale_is_the_mean_difference_to_the_year_before():
    known = {FIRST + month: 10.0 for month in range(12)}
    # One pair differs by 4, one by 2; the month after a gap has no pair.
    known |= {FIRST + 12: 14.0, FIRST + 13: 8.0, FIRST + 30: 99.0}
    assert backtest.scale(known) == 3.0
    assert math.isnan(backtest.scale({FIRST: 1.0}))


def test_gaps_are_filled_from_what_was_known():
    known = {FIRST: 1.0, FIRST + 2: 3.0}
    assert backtest.filled(known, FIRST + 4).tolist() == [1, 2, 3, 3, 3]


def test_errors_by_hand():
    """Scale 2; came 13. Said 10, 50 % from 9 to 11, 80 % from 7 to 13, 95 % from 5 to 16."""
    key = ("a/t/m", FIRST, 1)
    row = backtest.errors({key: (13.0, 2.0)}, {key: [10, 9, 11, 7, 13, 5, 16]})[0]
    # The end of an interval is inside. Winkler: width plus 2 / 0.5 for each that it misses by.
    assert row.tolist() == pytest.approx([1.5, 0, 100, 100, (2 + 4 * 2) / 2, 3.0, 5.5])
    low = backtest.errors({key: (4.0, 2.0)}, {key: [10, 9, 11, 7, 13, 5, 16]})[0]
    assert low.tolist() == pytest.approx([3, 0, 0, 0, (2 + 20) / 2, (6 + 30) / 2, (11 + 40) / 2])


def test_scores_are_means_over_points():
    keys = [("a/t/m", FIRST, step) for step in (1, 2)]
    kept = {keys[0]: (10.0, 1.0), keys[1]: (12.5, 1.0)}
    row = [10, 9, 11, 8, 12, 7, 13]
    lines = backtest.scored(kept, {"one": dict.fromkeys(keys, row)}, 1)
    whole = next(line for line in lines if line["by"] == "all")
    assert (whole["points"], whole["series"]) == (2, 1)
    assert whole["mase"] == 1.25
    assert (whole["cover50"], whole["cover80"], whole["cover95"]) == (50, 50, 100)
    # 4, and 4 + 10 × 0.5.
    assert whole["score80"] == pytest.approx(6.5)
    assert {(line["by"], line["group"]): line["points"] for line in lines} == {
        ("all", "all"): 2, ("newest", "2021M01–2021M01"): 2, ("ahead", "1"): 1,
        ("ahead", "2–3"): 1, ("measure", "t/m"): 2,
    }


def test_a_method_without_a_point_is_not_scored():
    key = ("a/t/m", FIRST, 1)
    with pytest.raises(AssertionError, match="lacks points"):
        backtest.scored({key: (1.0, 1.0)}, {"ours": {key: [1.0] * 7}, "other": {}}, 1)


def test_what_is_left_out_is_counted_by_reason():
    origin = FIRST + 29
    grows = {FIRST + month: float(month) for month in range(36)}
    series = {
        "1/t/m": grows,
        "2/t/m": {month: value for month, value in grows.items() if month > FIRST + 6},
        "3/t/m": dict.fromkeys(grows, 5.0),
        "4/t/m": {month: value for month, value in grows.items() if month != origin + 2},
        "5/t/m": grows,
        "6/t/m": grows,
    }
    said = {(f"{code}/t/m", origin, step): [1.0] * 7
            for code in range(1, 6) for step in range(1, 13)}
    other = {key: row for key, row in said.items() if key[0] != "5/t/m"}
    kept, left = backtest.points(
        series, ["1", "2", "3", "4", "5"], [origin], 12, {"ours": said, "other": other})
    assert left == {
        "fewer than 24 known months up to the origin": 6, "the same every year: no scale": 6,
        "not published for that month": 1, "no forecast by other": 6,
    }
    assert len(kept) + sum(left.values()) == 5 * 6
    assert {key[0] for key in kept} == {"1/t/m", "4/t/m"}
    assert kept["1/t/m", origin, 1] == (30.0, 12.0)


def test_areas_are_evenly_spread_and_the_same_each_time():
    codes = range(600, 500, -1)
    series = {f"{code:04}/t/m": {FIRST: float(size)} for size, code in enumerate(codes)}
    series |= {"0000/t/m": {FIRST: 1e6}, "0163/t/m": {FIRST: 40.5}, "0219/t/m": {FIRST: 60.5}}
    chosen = backtest.chosen_areas(series, 12)
    assert len(chosen) == len(set(chosen)) == 12
    assert {"0000", "0163", "0219"} <= set(chosen)
    assert chosen == backtest.chosen_areas(dict(reversed(series.items())), 12)
    # The smallest is among them, and no two neighbours are far apart.
    assert "0600" in chosen
    sizes = sorted(series[f"{code}/t/m"][FIRST] for code in chosen if code != "0000")
    assert max(np.diff(sizes)) < 25
    assert len(backtest.chosen_areas(series, 1000)) == len(series)


def test_origins_are_named_or_the_latest_with_half_a_horizon_after_them():
    series = {"1/t/m": {backtest.number("2025M07"): 1.0}}
    latest = backtest.chosen_origins(["12"], series, 12)
    assert [backtest.period(latest[0]), backtest.period(latest[-1])] == ["2024M02", "2025M01"]
    named = backtest.chosen_origins(["2024M05", "2024M03"], series, 12)
    assert [backtest.period(month) for month in named] == ["2024M03", "2024M05"]


def test_nothing_after_the_origin_reaches_a_method(tmp_path, program):
    values = {"0163": list(range(36)), "0219": [3 * month for month in range(36)]}
    changed = {code: row[:30] + [None, 9999.0] + row[32:] for code, row in values.items()}
    origin = FIRST + 29
    found, inputs = [], []
    for name, panel in (("a.csv", values), ("b.csv", changed)):
        rows, series = backtest.read(write(tmp_path / name, panel))
        found.append(backtest.ours(program, rows, [origin], 6, 1)[0])
        inputs.append([
            (backtest.filled(backtest.before(known, origin), origin).tolist(),
             backtest.scale(backtest.before(known, origin))) for known in series.values()])
        text = backtest.truncated(rows, origin)
        assert backtest.period(origin) in text and backtest.period(origin + 1) not in text
    assert found[0] == found[1] and len(found[0]) == 2 * 6
    assert inputs[0] == inputs[1]
    assert {key[2] for key in found[0]} == set(range(1, 7))


def test_ours_is_timed_on_the_whole_panel_and_on_all_origins(tmp_path, program):
    rows, _ = backtest.read(write(tmp_path / "p.csv", {"0163": list(range(36))}))
    _, timings = backtest.ours(program, rows, [FIRST + 29, FIRST + 30], 6, 2)
    assert [(line["of"], line["origins"], line["series"]) for line in timings] == 2 * [
        ("panel", 1, 1), ("back-test", 2, 1)]
    assert all(line["seconds"] > 0 for line in timings)


def test_a_peer_is_asked_again_only_when_its_series_has_changed(tmp_path):
    asked = []

    def counting(job):
        asked.append(job)
        return repeated(job)

    def said(values, horizon=3, version="1"):
        inputs = {("a", FIRST): values}
        return backtest.peer("Peer", version, inputs, horizon, tmp_path, map, counting)

    values = np.arange(24.0)
    first = said(values)
    assert said(values) == first
    assert len(asked) == 1 and len(first) == 3 and first["a", FIRST, 3][0] == 23
    said(values + 1)
    said(values, horizon=4)
    said(values, version="2")
    assert len(asked) == 4


def test_the_whole_run_writes_what_the_report_reads(tmp_path, program):
    panel = write(tmp_path / "p.csv", {code: list(range(48)) for code in ("0000", "0163", "0219")})
    out = tmp_path / "out.jsonl"
    command = [sys.executable, HERE / "forecast_backtest.py", panel, "--ours", program]
    command += ["--origins", "2", "--areas", "3", "--peers", "--runs", "1", "--out", out]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    setting = lines[0]
    assert setting["origins"] == ["2024M05", "2024M06"] and setting["areas"] == 3
    whole = next(line for line in lines if line.get("by") == "all")
    # Seven months after the first origin and six after the second, for three series.
    assert whole["points"] == 3 * 13 and whole["method"] == backtest.OURS
    # The series grow by one a month and by twelve a year; the last value is said again.
    assert whole["mase"] == pytest.approx((28 + 21) / 13 / 12)
    assert f"{whole['points']} points" in shown


def test_peers_of_the_package():
    pytest.importorskip("statsforecast")
    year = [10.0, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]
    found = backtest.fit(("SeasonalNaive", [value + k for k in range(3) for value in year], 12))
    assert [row[0] for row in found] == [value + 2 for value in year]
    for row in found:
        assert row[5] <= row[3] <= row[1] <= row[0] <= row[2] <= row[4] <= row[6]
