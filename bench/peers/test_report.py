"""The report takes over what was not measured, and reads what the back-test writes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import forecast_backtest as backtest

REPORT = Path(__file__).parent.parent / "report.py"
BEFORE = """# Benchmarks

What the rows mean.

<!-- measured -->
Machine: another one.

## The cube, 20 spells

| program | ms |
|---|---|
| ours | 5 |

## The desk, 9 citizens

Two spaces at the end.  
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "load.txt").write_text("0.10 0.20 0.30 1/2 3\n")
    (tmp_path / "benchmarks.md").write_text(BEFORE)
    return tmp_path


def report(folder):
    command = [sys.executable, REPORT, folder, folder / "benchmarks.md"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def measured(folder):
    """One month of one series, met by ours and missed by a peer."""
    key = ("1/t/m", backtest.number("2024M02"), 1)
    kept = {key: (10.0, 2.0)}
    said = {backtest.OURS: {key: [11, 9, 13, 8, 14, 7, 15]},
            "Other": {key: [20, 19, 21, 18, 22, 17, 23]}}
    lines = [{"what": "setting", "date": "2026-01-31", "areas": 1, "origins": ["2024M02"],
              "horizon": 12}]
    lines += [{"what": "timing", "of": of, "series": 1481, "seconds": seconds, "load": 1.0}
              for of in ("panel", "back-test") for seconds in (1, 2, 9)]
    lines += [{"what": "left out", "reason": "too short", "points": 7}]
    lines += backtest.scored(kept, said, 1)
    (folder / "forecast.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_what_was_not_measured_stands_as_it_was(folder):
    assert report(folder) == BEFORE.partition("<!-- measured -->\n")[2]


def test_a_part_is_added_and_replaced(folder):
    measured(folder)
    text = report(folder)
    assert "| ours | 5 |" in text and "end.  \n" in text and "another one" in text
    assert "Measured on 2026-01-31." in text and "too short, 7" in text
    assert "| a forecast of the whole panel | 1,481 | 2.00 | 1.00 | 3 | 1.0–1.0 |" in text
    # Off by 1 and by 10, over a scale of 2; the peer's 80 % misses by 8: (4 + 10 × 8) / 2.
    assert f"| {backtest.OURS} | 0.500 (0.500) | 100.0 (100.0) |" in text
    assert "| Other | 5.000 (5.000) | 0.0 (0.0) | 0.0 (0.0) | 0.0 (0.0) | 42.00 (42.00) |" in text
    (folder / "benchmarks.md").write_text(BEFORE.partition("Machine")[0] + text)
    assert report(folder) == text
