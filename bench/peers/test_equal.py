"""Ours and the peers agree, cell by cell, on a small made-up country."""

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from compare import figures
from indicators import VARIANTS
from scales import SCALES

ROOT = Path(__file__).parents[2]
BENCH = ROOT / os.environ.get("FODFAESTE_BENCH", ".build/debug/fodfaeste-bench")


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    subprocess.run(
        [BENCH, "indicators", "--citizens", "20000", "--runs", "1", "--folder", folder],
        check=True, stdout=subprocess.DEVNULL,
    )
    return folder


@pytest.mark.parametrize("peer", ["duckdb", "polars"])
def test_every_cell_is_the_same(register, peer):
    subprocess.run(
        [sys.executable, Path(__file__).parent / "indicators.py", register, "--first", "2021M01",
         "--runs", "1", "--threads", "2", "--peers", peer, "--out", register],
        check=True, stdout=subprocess.DEVNULL,
    )
    found = figures(register / "ours.csv")
    for variant in VARIANTS:
        expected = figures(register / f"{peer}-{variant}.csv")
        for indicator in SCALES:
            cells = [key for key in found.keys() | expected.keys() if key[0] == indicator]
            assert len(cells) > 200, indicator
            # A cell that only one of them has is zero there.
            wrong = [
                cell for cell in cells
                if not math.isclose(found.get(cell, 0), expected.get(cell, 0), rel_tol=1e-9)
            ]
            assert not wrong, (variant, wrong[:3])
