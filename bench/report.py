"""The table of bench/run.sh, from the lines that the measurements left in a folder. What was not
measured is taken over from the document given, as it stands below its mark."""

import contextlib
import io
import json
import os
import platform
import re
import statistics
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path


VARIANTS = {
    "natural": "The peers' natural query",
    "prepared": "The same over precomputed month columns, and over what our register prepares",
}


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def medians(rows, key):
    runs = defaultdict(list)
    for row in rows:
        runs[key(row)].append(row["seconds"] * 1000)
    return {name: statistics.median(values) for name, values in runs.items()}


def own_indicators(rows):
    return [r for r in rows if "what" in r and r["what"] not in ("register", "memory")]


def computer():
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    name = cpu[1] if cpu else platform.machine()
    return f"{os.cpu_count()} × {name}, {int(memory[1]) // 1024} MiB"


def machine(folder):
    load = (folder / "load.txt").read_text().split()[:3]
    return f"Machine: {computer()}. Load before the start: {' '.join(load)}.\n\n"


def measured_today(folder):
    return f"Measured on {date.today()}. {machine(folder).strip()}"


def cube(folder):
    rows = lines(folder / "cube.jsonl")
    if not rows:
        return
    sums = {row["checksum"] for row in rows}
    print(f"## The cube, {rows[0]['rows']:,} spells × 120 months\n")
    print(f"Checksums: {'all equal' if len(sums) == 1 else 'DIFFERENT ' + str(sums)}.\n")
    found = medians(
        rows, lambda r: (r.get("peer", "ours"), r.get("variant", "difference"), r["threads"])
    )
    print("| program | query | threads | median ms | ours is faster by |")
    print("|---|---|---|---|---|")
    for (program, variant, threads), time in sorted(found.items()):
        ours = found.get(("ours", "difference", threads))
        ratio = "" if program == "ours" or not ours else f"{time / ours:.1f} ×"
        print(f"| {program} | {variant} | {threads} | {time:,.0f} | {ratio} |")
    print()


def differing(folder):
    found = {}
    for file in folder.glob("equal-*.txt"):
        for name, count in re.findall(r"^(\S+): \d+ cells, (\d+) differ", file.read_text(), re.M):
            found[name] = max(found.get(name, 0), int(count))
    return found


def indicators(folder):
    rows = lines(folder / "indicators.jsonl")
    ours = own_indicators(rows)
    if not ours:
        return
    built = {r["what"]: r for r in rows if r.get("what") in ("register", "memory")}
    own = medians(ours, lambda r: (r["what"], r["threads"]))
    theirs = medians(
        [r for r in rows if "peer" in r],
        lambda r: (r["indicator"], r["variant"], r["peer"], r["threads"]),
    )
    differ = differing(folder)
    print(f"## Every indicator, {built['register']['rows']:,} citizens, 98 × 60 months\n")
    print(
        f"Resident at most: {built['memory']['resident'] // 1024} MiB while computing, "
        f"{built['register']['resident'] // 1024} MiB while simulating and building.\n"
    )
    print("Medians in ms; the ratio is the faster peer's median over ours. ≠ marks figures")
    print("of which some cells differ, and which therefore do not count.\n")
    names = sorted({name for name, _ in own})
    for variant, what in VARIANTS.items():
        print(f"### {what}\n")
        ratios = table(names, variant, own, theirs, differ)
        print()
        for threads, values in ratios.items():
            if values:
                enough = sum(value >= 5 for value in values)
                print(
                    f"On {threads} thread(s): {enough} of {len(values)} at 5 × or more, "
                    f"median {statistics.median(values):.1f} ×, least {min(values):.1f} ×.  "
                )
        print()


def table(names, variant, own, theirs, differ):
    """Prints a row per indicator; gives the ratios that count, by threads."""
    print("| indicator | ours 1 | ours 2 | DuckDB 1 | DuckDB 2 | Polars 1 | Polars 2 "
          "| ratio 1 | ratio 2 |")
    print("|---|---|---|---|---|---|---|---|---|")
    ratios = {1: [], 2: []}
    for name in names:
        cells = [f"{own[name, threads]:.1f}" for threads in (1, 2)]
        for peer in ("duckdb", "polars"):
            for threads in (1, 2):
                time = theirs.get((name, variant, peer, threads))
                cells.append("" if time is None else f"{time:.1f}")
        for threads in (1, 2):
            peers = [theirs.get((name, variant, peer, threads)) for peer in ("duckdb", "polars")]
            peers = [time for time in peers if time is not None]
            ratio = min(peers) / own[name, threads] if peers else None
            cells.append("" if ratio is None else f"{ratio:.1f} ×")
            if ratio is not None and not differ.get(name):
                ratios[threads].append(ratio)
        mark = f" ≠ {differ[name]} cells" if differ.get(name) else ""
        print(f"| {name}{mark} | " + " | ".join(cells) + " |")
    return ratios


def growth(folder):
    """From a quarter of the size to the whole; linear growth is 4."""
    rows = []
    whole, quarter = (
        medians(
            [r for r in lines(folder / name) if "peer" not in r], lambda r: (r["what"], r["threads"])
        )
        for name in ("cube.jsonl", "cube-quarter.jsonl")
    )
    for what, threads in sorted(whole.keys() & quarter.keys()):
        rows.append((f"{what}, {threads} threads, time", whole[what, threads],
                     quarter[what, threads], "ms"))
    whole, quarter = lines(folder / "indicators.jsonl"), lines(folder / "indicators-quarter.jsonl")
    if whole and quarter:
        for threads in (1, 2):
            sums = []
            for part in (whole, quarter):
                own = [r for r in own_indicators(part) if r["threads"] == threads]
                sums.append(sum(medians(own, lambda r: r["what"]).values()))
            rows.append((f"all indicators, {threads} threads, time", *sums, "ms"))
        for what in ("memory", "register"):
            sizes = [next(r["resident"] for r in part if r.get("what") == what) / 1024
                     for part in (whole, quarter)]
            name = "computing" if what == "memory" else "building"
            rows.append((f"resident while {name}", *sizes, "MiB"))
    if not rows:
        return
    print("## Growth from a quarter of the size to the whole\n")
    print("| what | a quarter | the whole | times |\n|---|---|---|---|")
    for what, large, small, unit in rows:
        print(f"| {what} | {small:,.0f} {unit} | {large:,.0f} {unit} | {large / small:.1f} |")
    print()


def law(folder):
    rows = lines(folder / "law.jsonl")
    if not rows:
        return
    equal = folder / "law" / "equal.txt"
    found = medians(rows, lambda r: (r["what"], r.get("program", "fodfaeste"), r.get("threads", 1)))
    last = {(r["what"], r.get("program", "fodfaeste"), r.get("threads", 1)): r for r in rows}
    print("## The law\n")
    if equal.exists():
        print(f"All {int(equal.read_text()) - 1:,} answers of the small rule set are the same as "
              "OpenFisca-Core's.\n")
    else:
        print("SOME ANSWERS DIFFER from OpenFisca-Core's.\n")
    print("| what | program | threads | citizens or periods | median ms |\n|---|---|---|---|---|")
    for key, time in sorted(found.items()):
        what, program, threads = key
        if what == "caseload":
            continue
        text = f"{time:,.3f}" if time < 1 else f"{time:,.0f}"
        print(f"| {what} | {program} | {threads} | {last[key]['rows']:,} | {text} |")
    small = "law-contact-offers"
    ours = found[small, "fodfaeste", 1]
    theirs = found[small, "openfisca", 1]
    built = found[f"{small}-build", "openfisca", 1]
    print(f"\nOurs, finding the periods as well: {theirs / ours:.1f} × OpenFisca-Core's calculation "
          f"over periods that it is given, {(theirs + built) / ours:.1f} × with building its "
          "simulation.\n")


def statuses(folder):
    rows = lines(folder / "status.jsonl") + lines(folder / "first.jsonl")
    if not rows:
        return
    print("## A plan's status from a warm register, and the first page\n")
    print("| what | median ms | best ms | runs |\n|---|---|---|---|")
    for what, median in medians(rows, lambda r: r["what"]).items():
        own = [r["seconds"] * 1000 for r in rows if r["what"] == what]
        print(f"| {what} | {median:.1f} | {min(own):.1f} | {len(own)} |")
    print()


def pages(folder):
    file = folder / "pages.txt"
    if not file.exists():
        return
    print("## The plan page under load (wrk, 64 connections)\n")
    print("```\n" + file.read_text().strip() + "\n```")


def desk(folder):
    rows = lines(folder / "desk.jsonl")
    if rows:
        print("## The desk, 101,283 citizens\n")
        print("| page | p50 ms | p95 ms | requests | failed |\n|---|---|---|---|---|")
        for row in rows:
            print(f"| {row['what']} | {row['p50']} | {row['p95']} | {row['count']} | {row['failed']} |")
        print()
    file = folder / "citizen-pages.txt"
    if file.exists():
        print("## A citizen's page under load (wrk, 16 connections), one SQLite file\n")
        print("First ours, then FastAPI, then Django; the same registrations on each.\n")
        print("```\n" + file.read_text().strip() + "\n```\n")


def packs(folder):
    rows = lines(folder / "packs.jsonl")
    if not rows:
        return
    print(f"## The management information, 50,000 residents\n\n{computer()}\n")
    print("| form | median ms | least | most | runs | kB |\n|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row['form']} | {row['median']} | {row['least']} | {row['most']} | {row['runs']} "
            f"| {row['bytes'] // 1000} |")
    print()


def municipalities(folder):
    rows = lines(folder / "municipalities.jsonl")
    if not rows:
        return
    print("## The management information of all municipalities in one run\n")
    print(f"{computer()}. {rows[0]['municipalities']} municipalities; JSON, CSV and workbook of "
          "each, from starting the program.\n")
    print("| register of each | residents in all | at a time | median s | least | most | runs |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        print(f"| {row['register']} | {row['residents']:,} | {row['jobs']} | {row['median']} "
              f"| {row['least']} | {row['most']} | {row['runs']} |")
    print()


def forecasts(folder):
    some, whole = lines(folder / "forecast.jsonl"), lines(folder / "forecast-all.jsonl")
    if not some:
        return
    setting = some[0]
    origins = setting["origins"]
    print("## The forecasts\n")
    print(f"Measured on {setting['date']}. Machine: {computer()}. {len(origins)} origins, "
          f"{origins[0]} to {origins[-1]}, up to {setting['horizon']} months ahead.\n")
    forecast_times(some)
    for rows in (some, whole):
        forecast_scores(rows)
    forecast_ahead(some)
    forecast_measures(some)


def forecast_times(rows):
    print("| what | series | median s | best s | runs | load before |\n|---|---|---|---|---|---|")
    for of, name in (("panel", "a forecast of the whole panel"), ("back-test", "one from every origin, one after the other")):
        own = [row for row in rows if row.get("of") == of]
        seconds = [row["seconds"] for row in own]
        loads = [row["load"] for row in own]
        print(f"| {name} | {own[0]['series']:,} | {statistics.median(seconds):.2f} | "
              f"{min(seconds):.2f} | {len(own)} | {min(loads):.1f}–{max(loads):.1f} |")
    print()


def of_group(rows, by):
    return [row for row in rows if row.get("by") == by]


def forecast_scores(rows):
    scores = sorted(of_group(rows, "all"), key=lambda row: row["mase"])
    if not scores:
        return
    newest = {row["method"]: row for row in of_group(rows, "newest")}
    first = scores[0]
    months = newest[first["method"]]["group"]
    print(f"### {first['areas']} areas, {first['series']:,} series, {first['points']:,} points\n")
    print(f"In brackets the origins {months}.\n")
    print("| method | MASE | 50 % covers | 80 % covers | 95 % covers | interval score, 80 % | 95 % |"
          "\n|---|---|---|---|---|---|---|")
    for row in scores:
        late = newest[row["method"]]
        cells = [f"{row[key]:{form}} ({late[key]:{form}})" for key, form in (
            ("mase", ".3f"), ("cover50", ".1f"), ("cover80", ".1f"), ("cover95", ".1f"),
            ("score80", ".2f"), ("score95", ".2f"))]
        print(f"| {row['method']} | " + " | ".join(cells) + " |")
    print()
    left = [row for row in rows if row["what"] == "left out"]
    if left:
        reasons = "; ".join(f"{row['reason']}, {row['points']:,}" for row in left)
        print(f"Points left out for all methods alike: {reasons}.\n")


def forecast_ahead(rows):
    found = {(row["method"], row["group"]): row for row in of_group(rows, "ahead")}
    groups = list(dict.fromkeys(group for _, group in found))
    print("### By months ahead: MASE, what 80 % covers, its interval score\n")
    print("| method | " + " | ".join(groups) + " |\n|---|" + "---|" * len(groups))
    for method in dict.fromkeys(method for method, _ in found):
        cells = [f"{row['mase']:.3f}, {row['cover80']:.1f}, {row['score80']:.2f}"
                 for row in (found[method, group] for group in groups)]
        print(f"| {method} | " + " | ".join(cells) + " |")
    print()


def forecast_measures(rows):
    found = {(row["group"], row["method"]): row for row in of_group(rows, "measure")}
    methods = list(dict.fromkeys(method for _, method in found))
    print(f"### By measure: MASE, and what 80 % of {methods[0]} covers\n")
    print("| measure | points | " + " | ".join(methods) + " | covers |")
    print("|---|" + "---|" * (len(methods) + 2))
    for group in dict.fromkeys(group for group, _ in found):
        ours = found[group, methods[0]]
        cells = [f"{found[group, method]['mase']:.3f}" for method in methods]
        cells = [f"{ours['points']:,}", *cells, f"{ours['cover80']:.1f}"]
        print(f"| {group} | " + " | ".join(cells) + " |")
    print()


def searches(folder):
    rows = lines(folder / "search.jsonl")
    own = [row for row in rows if row["what"] == "search"]
    if not own:
        return
    built = {row["program"]: row for row in rows if row["what"] == "build"}
    ours = built["fodfaeste"]
    print(f"## The search, {ours['rows']:,} documents of 80 words, queries of five words\n")
    print(f"{measured_today(folder)} {ours['cells']:,} postings.\n")
    print("| program | threads | queries per second | median µs a query | runs | ours is faster by "
          "| s to index |\n|---|---|---|---|---|---|---|")
    rates = defaultdict(list)
    for row in rows:
        if row["what"] in ("search", "search by words"):
            rates[row["program"], row["what"], row["threads"]].append(row["seconds"] / row["rows"])
    medians_of = {key: statistics.median(values) for key, values in rates.items()}
    for (program, what, threads), time in sorted(medians_of.items(), key=lambda item: item[1]):
        base = medians_of["fodfaeste", "search", 1]
        ratio = "" if program == "fodfaeste" else f"{time / base:.1f} ×"
        name = program if what == "search" else f"{program}, words given folded"
        print(f"| {name} | {threads} | {1 / time:,.0f} | {time * 1e6:,.1f} "
              f"| {len(rates[program, what, threads])} | {ratio} "
              f"| {built[program]['seconds']:.2f} |")
    print("\n| compared with | queries | same ten scores | same documents | same places too |"
          "\n|---|---|---|---|---|")
    for row in rows:
        if row["what"] == "equal":
            print(f"| {row['program']} | {row['queries']:,} | {row['scores']:,} "
                  f"| {row['documents']:,} | {row['places']:,} |")
    cvs = {row["what"]: row for row in lines(folder / "search-cvs.jsonl")}
    if cvs:
        build = cvs["build"]
        print(f"\n{build['rows']:,} texts of 120 words are indexed in {build['seconds']:.1f} s "
              f"({build['cells']:,} postings, {build['resident'] // 1024:,} MiB resident at most, "
              f"the texts among them); a query takes {cvs['one query, p50']['seconds'] * 1e3:.3f} "
              f"ms in the median and {cvs['one query, p99']['seconds'] * 1e3:.3f} ms at the 99th "
              "percentile.")
    print()


def assignments(folder):
    rows = lines(folder / "assignment.jsonl")
    if not rows:
        return
    print("## The assignment, 5,000 candidates, 1,000 orders, 250,000 pairs\n")
    print(f"{measured_today(folder)}\n")
    found = medians(rows, lambda row: (row["what"], row["program"]))
    whats = list(dict.fromkeys(row["what"] for row in rows))
    sums = {what: {(row["checksum"], row["rows"]) for row in rows
                   if row["what"] == what and "checksum" in row} for what in whats}
    print("| what | value | ours, median ms | OR-Tools, median ms | ours is faster by |"
          "\n|---|---|---|---|---|")
    for what in whats:
        ours, theirs = found[what, "fodfaeste"], found.get((what, "OR-Tools"))
        values = [f"{int(value):,}" for value, _ in sums[what]]
        value = (values[0] if len(values) == 1 else f"DIFFERENT {sums[what]}") if values else ""
        other = "" if theirs is None else f"{theirs:,.0f}"
        ratio = "" if theirs is None else f"{theirs / ours:.1f} ×"
        print(f"| {what} | {value} | {ours:,.0f} | {other} | {ratio} |")
    print()


def rankings(folder):
    found = {row["what"]: row for row in lines(folder / "ranking.jsonl")}
    if not found:
        return
    build = found["build"]
    print("## The ranking, candidates for a job by their profiles\n")
    print(f"{measured_today(folder)} The first answers are compared with adding up card by card.\n")
    print(f"{build['rows']:,} profiles are indexed in {build['seconds']:.2f} s (aim: under 10). All "
          "of them are ranked for a job, and the best 50 shown with their reasons, in "
          f"{found['one job, p50']['seconds'] * 1e3:.2f} ms in the median and "
          f"{found['one job, p99']['seconds'] * 1e3:.2f} ms at the 99th percentile of "
          f"{found['one job, p99']['rows']:,} jobs (aim: under 5).\n")


def citizens_pages(folder):
    found = {row["what"]: row for row in lines(folder / "citizen-load.jsonl")}
    if not found:
        return
    first, reading, hasty = (found[what] for what in ("first", "reading", "back to back"))
    failed = sum(row["failed"] for row in found.values())
    print("## Citizens' own pages, their front page under load\n")
    print(f"{measured_today(folder)} The one who asks runs on the same machine.\n")
    print(f"{first['users']} signed-in citizens, each another, open their front page again and "
          "again with a pause of 0.5 to 1.5 s: "
          f"{first['p50']} ms in the median and {first['p95']} ms at the 95th percentile in the "
          f"first seconds, {reading['p50']} and {reading['p95']} ms after that (aim: under 50). "
          f"Without any pause {hasty['a second']:,} pages a second, {hasty['p50']} and "
          f"{hasty['p95']} ms. The largest is {hasty['largest']:,} bytes; {failed} failed.\n")


def sections(text):
    """What stands before the first heading, and each section by the start of its heading."""
    first, *rest = re.split(r"^(?=## )", text, flags=re.M)
    return first, {re.match(r"## ([^,(\n]*)", part)[1].strip(): part for part in rest}


def merged(head, measured, before):
    """New sections where there are, and the others as they were; the machine's line is the old
    one while any section is."""
    old_head, old = sections(before)
    kept = [name for name in old if name not in measured]
    names = list(old) + [name for name in measured if name not in old]
    body = [(measured.get(name) or old[name]).strip("\n") + "\n" for name in names]
    return "\n".join([(old_head if kept else head).strip() + "\n", *body])


def main():
    folder, document = Path(sys.argv[1]), Path(sys.argv[2])
    with contextlib.redirect_stdout(io.StringIO()) as text:
        for part in (cube, indicators, growth, law, statuses, pages, desk, packs, municipalities, forecasts,
                     searches, assignments, rankings, citizens_pages):
            part(folder)
    before = document.read_text(encoding="utf-8").partition("\n<!-- measured -->\n")[2]
    print(merged(machine(folder), sections(text.getvalue())[1], before), end="")


if __name__ == "__main__":
    main()
