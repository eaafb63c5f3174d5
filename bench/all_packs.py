"""How long the management information of all municipalities takes in one run of the program:

    all_packs.py .build/release/fodfaeste FOLDER RUNS [REGISTER RESIDENTS]

FOLDER holds a register for each municipality and list.txt with its code and residents. Every
run starts the program anew and writes the packs as JSON, CSV and a workbook. Before timing, one
pack made alone must be the same, byte for byte. With a register of full size the same is timed
with it in every municipality's place. Prints lines of JSON.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DAYS = ["--quarter", "2024Q3", "--as-of", "2024-10-31"]


def packs(program, files, jobs):
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        done = subprocess.run(
            [program, "packs", *files, *DAYS, "--out", out, "--jobs", str(jobs)],
            check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - start
        made = sorted(Path(out).glob("*.json"))
        return seconds, len(done.stdout.splitlines()), made[0].name[:4], made[0].read_text()


def main():
    program, folder, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    listed = [line.split() for line in (folder / "list.txt").read_text().splitlines()]
    files = [str(folder / f"{code}.sqlite") for code, _ in listed]
    _, count, code, together = packs(program, files, 2)
    alone = subprocess.run(
        [program, "pack", *DAYS, "--municipality", code, "--database",
         str(folder / f"{code}.sqlite"), "--format", "json"],
        check=True, capture_output=True, text=True).stdout
    if alone != together or count != len(files):
        sys.exit(f"{count} of {len(files)} packs; {code} differs alone: {alone != together}")
    residents = sum(int(n) for _, n in listed)
    timed("its own", program, files, residents, (1, 2), runs)
    if len(sys.argv) > 5:
        same = [sys.argv[4]] * count
        timed("the same", program, same, count * int(sys.argv[5]), (2,), runs)


def timed(register, program, files, residents, jobs, runs):
    for at_once in jobs:
        times = [packs(program, files, at_once)[0] for _ in range(runs)]
        print(json.dumps({
            "register": register, "municipalities": len(files), "residents": residents,
            "jobs": at_once, "runs": runs, "median": round(statistics.median(times), 2),
            "least": round(min(times), 2), "most": round(max(times), 2)}), flush=True)


main()
