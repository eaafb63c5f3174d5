"""Reads folders of raw little-endian columns: one file per column, its name the
column's and its ending the type of the numbers (start.i32, kind.u8)."""

from pathlib import Path

import numpy as np

TYPES = {"u8": "<u1", "u16": "<u2", "i32": "<i4", "i64": "<i8"}


def read(folder):
    """Every column of a table, by name. All must be of one length."""
    table = {}
    for file in sorted(Path(folder).iterdir()):
        kind = TYPES.get(file.suffix[1:])
        if kind:
            table[file.stem] = np.fromfile(file, dtype=kind)
    lengths = {name: len(column) for name, column in table.items()}
    if len(set(lengths.values())) != 1:
        raise SystemExit(f"{folder}: columns of different lengths: {lengths}")
    return table


def write(folder, table):
    """The opposite of read, for samples and tests."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    endings = {np.dtype(kind): ending for ending, kind in TYPES.items()}
    for name, column in table.items():
        column.tofile(Path(folder) / f"{name}.{endings[column.dtype]}")


def months(first, count):
    """First and last day (days since 1970-01-01) of `count` months from `first`,
    which is written 2015M01."""
    start = np.datetime64(first.replace("M", "-"), "M")
    edges = (start + np.arange(count + 1)).astype("datetime64[D]").astype(np.int64)
    return edges[:-1], edges[1:] - 1


def checksum(kind, municipality, month, days):
    """The sum of the cells, and a sum in which every cell has its own weight:
    days * (1 + month + 1009 * municipality + 1000003 * kind), modulo 2^64."""
    with np.errstate(over="ignore"):
        weight = (
            np.uint64(1)
            + month.astype(np.uint64)
            + np.uint64(1009) * municipality.astype(np.uint64)
            + np.uint64(1000003) * kind.astype(np.uint64)
        )
        cells = days.astype(np.int64).astype(np.uint64)
        return f"{int(cells.sum())}:{int((cells * weight).sum()):016x}"
