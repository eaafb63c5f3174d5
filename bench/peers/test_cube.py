"""Both peers, both variants, against counting every day one by one."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import columns

HERE = Path(__file__).parent


def sample(folder, rows=400):
    random = np.random.default_rng(7)
    first, last = columns.months("2015M01", 24)
    start = random.integers(first[0] - 90, last[-1] + 90, rows).astype("<i4")
    end = start + random.integers(0, 300, rows).astype("<i4")
    end[:40] = 2**30 - 1
    table = {
        "start": start,
        "end": end,
        "kind": random.integers(0, 3, rows).astype("<u1"),
        "municipality": random.integers(0, 4, rows).astype("<u2"),
    }
    columns.write(folder, table)
    return table, first, last


def counted(table, first, last):
    cells = {}
    names = ("start", "end", "kind", "municipality")
    for start, end, kind, place in zip(*(table[name] for name in names)):
        for day in range(max(start, first[0]), min(end, last[-1]) + 1):
            key = (int(kind), int(place), int(np.searchsorted(first, day, side="right")) - 1)
            cells[key] = cells.get(key, 0) + 1
    keys = np.array(list(cells))
    return columns.checksum(keys[:, 0], keys[:, 1], keys[:, 2], np.array(list(cells.values())))


@pytest.mark.parametrize("peer,variants", [("duckdb", 2), ("polars", 4)])
def test_cube(tmp_path, peer, variants):
    table, first, last = sample(tmp_path)
    command = [sys.executable, HERE / "cube.py", tmp_path, "--first", "2015M01", "--months", "24"]
    command += ["--runs", "1", "--threads", "1", "--peers", peer]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    results = [json.loads(line) for line in lines]
    assert len(results) == variants
    expected = counted(table, first, last)
    assert {result["variant"]: result["checksum"] for result in results} == {
        result["variant"]: expected for result in results
    }
