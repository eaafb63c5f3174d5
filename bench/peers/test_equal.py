"""Ours and the peers agree, cell by cell, on a small made-up country."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from compare import figures
from indicators_duckdb import QUERIES

ROOT = Path(__file__).parents[2]
BENCH = ROOT / os.environ.get("FODFAESTE_BENCH", ".build/debug/fodfaeste-bench")


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    subprocess.run(
        [BENCH, "indicators", "--citizens", "20000", "--runs", "1", "--folder", folder,
         "--only", *QUERIES],
        check=True, stdout=subprocess.DEVNULL,
    )
    return folder


@pytest.mark.parametrize("peer", ["duckdb", "polars"])
def test_every_cell_is_the_same(register, peer):
    theirs = register / f"{peer}.csv"
    subprocess.run(
        [sys.executable, Path(__file__).parent / "indicators.py", register, "--first", "2021M01",
         "--runs", "1", "--threads", "2", "--peers", peer, "--out", theirs],
        check=True, stdout=subprocess.DEVNULL,
    )
    found, expected = figures(register / "ours.csv"), figures(theirs)
    for indicator in QUERIES:
        cells = [key for key in found.keys() | expected.keys() if key[0] == indicator]
        assert len(cells) > 500, indicator
        for cell in cells:
            # A cell that only one of them has is zero there.
            assert found.get(cell, 0) == pytest.approx(expected.get(cell, 0), rel=1e-9), cell
