"""Min-cost flow by OR-Tools beside ours on the same instances, and the instances.

    assignment.py make FOLDER     writes even.txt and contested.txt
    assignment.py run FOLDER      solves them and prints a line of JSON for each measurement

An instance is 5,000 candidates and 1,000 orders with five places each; every candidate may have 50
of the orders, each with a value. "even": all values are equally likely everywhere. "contested":
some orders are worth much to everybody. A file has a row for each pair: candidate, order, value.
"""

import argparse
import json
import time
from pathlib import Path

import numpy

CANDIDATES, ORDERS, EDGES, PLACES = 5_000, 1_000, 50, 5


def make(folder):
    random = numpy.random.default_rng(1)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("even", "contested"):
        orders = numpy.array([random.permutation(ORDERS)[:EDGES] for _ in range(CANDIDATES)])
        if name == "even":
            values = random.integers(1, 1_001, orders.shape)
        else:
            values = random.integers(0, 1_000, ORDERS)[orders] + random.integers(1, 301, orders.shape)
        candidates = numpy.repeat(numpy.arange(CANDIDATES), EDGES)
        rows = numpy.column_stack([candidates, orders.ravel(), values.ravel()])
        numpy.savetxt(folder / f"{name}.txt", rows, fmt="%d")


def solve(path):
    """Seconds from the file to the pairs, of which in the solver, its value and places."""
    from ortools.graph.python import min_cost_flow

    start = time.perf_counter()
    rows = numpy.loadtxt(path, dtype=numpy.int64)
    source, sink = CANDIDATES + ORDERS, CANDIDATES + ORDERS + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    edges = flow.add_arcs_with_capacity_and_unit_cost(
        rows[:, 0].astype(numpy.int32), (rows[:, 1] + CANDIDATES).astype(numpy.int32),
        numpy.ones(len(rows), numpy.int64), -rows[:, 2])
    everybody = numpy.arange(CANDIDATES, dtype=numpy.int32)
    flow.add_arcs_with_capacity_and_unit_cost(
        numpy.full(CANDIDATES, source, numpy.int32), everybody,
        numpy.ones(CANDIDATES, numpy.int64), numpy.zeros(CANDIDATES, numpy.int64))
    flow.add_arcs_with_capacity_and_unit_cost(
        numpy.arange(ORDERS, dtype=numpy.int32) + CANDIDATES,
        numpy.full(ORDERS, sink, numpy.int32), numpy.full(ORDERS, PLACES, numpy.int64),
        numpy.zeros(ORDERS, numpy.int64))
    # Nobody has to have an order.
    flow.add_arc_with_capacity_and_unit_cost(source, sink, CANDIDATES, 0)
    flow.set_nodes_supplies(
        numpy.array([source, sink], numpy.int32), numpy.array([CANDIDATES, -CANDIDATES]))
    before = time.perf_counter()
    status = flow.solve()
    solved = time.perf_counter() - before
    assert status == flow.OPTIMAL, status
    given = rows[flow.flows(edges) > 0]
    return time.perf_counter() - start, solved, int(given[:, 2].sum()), len(given)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["make", "run"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    if args.what == "make":
        return make(args.folder)
    for name in ("even", "contested"):
        for run in range(args.runs):
            whole, solved, value, places = solve(args.folder / f"{name}.txt")
            for part, seconds in (("solve", solved), ("from file to pairs", whole)):
                print(json.dumps({
                    "program": "OR-Tools", "what": f"{name}: {part}", "threads": 1, "run": run,
                    "seconds": seconds, "rows": places, "checksum": str(value)}), flush=True)


if __name__ == "__main__":
    main()
