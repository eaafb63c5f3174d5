"""Every number of the quarter's management information, recomputed in SQL from the database."""
import copy
import json
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from pack_sql import check
from pack_sql_figures import month, number_of, period
from pack_sql_numbers import figures_behind, numbers_of

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("FODFAESTE_BINARY", ".build/debug/fodfaeste")
PLACES = ["0163", "0219"]
# The quarter, the day up to which it is counted, and what was known when.
QUARTERS = {"2024Q3": ("2024-10-31", "2024-10-31"), "2025Q3": ("2025-12-15", "2025-11-30")}
CASES = [(place, quarter) for place in PLACES for quarter in QUARTERS]

# What cannot be recomputed: forecasts come from a model of all series together.
APART = re.compile(r"forecast\..+\.((low|high)(50|80|95)|expected|probability)")

def start(*arguments, **more):
    return subprocess.Popen(
        [BINARY, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, **more)


def finish(process):
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, f"{process.args}\n{out}{err}"
    return out


def statistics():
    """Invented figures of the country and sixteen municipalities: by month, some by quarter as
    well, some not shown, one month missing, and two of them alike at the tenth place."""
    known = yaml.safe_load((ROOT / "Sources/Parameters/Resources/municipalities.yaml").read_text())
    areas = {int(area["code"]): area["name"] for area in known["municipalities"][:15]}
    areas |= {0: "Hele landet", 219: "Hillerød"}
    lines = []

    def add(code, measure, span, value, table="y25i01"):
        lines.append(f"{code:04},{areas[code]},{table},{measure},{span},{value}")

    for order, code in enumerate(areas):
        for index in range(2022 * 12, 2026 * 12):
            when = month(index).code
            shift = (index * 7 + order * 3) % 11
            add(code, "ledige_ft_total", when, 300 + 10 * order + shift)
            add(code, "ledige_ft_dagpenge", when, "" if shift == 4 else 200 + shift)
            if (code, when) != (151, "2024M08"):
                share = 2 + (min(order, 9) + shift % 2) / 10
                add(code, "ledige_pct_arbejdsstyrke", when, share)
            add(code, "ledige_stillinger", when, 40 + shift, "y25i07")
        for quarter in ("2023Q03", "2024Q03", "2025Q03"):
            add(code, "langtidsledige_total", quarter, 20 + order, "y25i09")
            add(code, "varslinger", quarter, "" if code == 163 else order, "y25i05")
        for measure in ("Placering på benchmarkranglisten", "Forskel (pct. point)"):
            add(code, measure, "2024QMAT02", order + 1, "y30r21")
    return "code,area,table,measure,period,value\n" + "\n".join(lines) + "\n"


def revised(text, round):
    """The same figures as published later: some otherwise, some not shown any more, some gone,
    and some that are new."""
    head, *lines = text.splitlines()
    kept = [head]
    for number, line in enumerate(lines):
        *place, value = line.split(",")
        turn = (number * 7 + round * 13) % 40
        if turn == 0:
            continue
        if turn == 1:
            value = ""
        elif turn < 8 and value:
            value = str(float(value) + round)
        kept.append(",".join([*place, value]))
    return "\n".join(kept) + "\n"


# The day of each file of figures: before both packs, between them, and after both.
FILES = {"2024-10-15": 0, "2025-03-01": 1, "2025-12-20": 2}


def add_budget(path, place):
    """A budget, one of its lines corrected after the first quarter's pack was made."""
    line = ("INSERT INTO budget_line (municipality, id, account, month, amount, registration,"
            " recorded_on, superseded_by, superseded_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    made, corrected = (number_of(period(code).last) for code in ("2023M12", "2024M11"))
    with closing(sqlite3.connect(path)) as store, store:
        for number in range(1, 19):
            first = number_of(period(f"{2024 + (number - 1) // 9}M{(number - 1) % 9 + 1:02}").first)
            row = [int(place), number, "benefits", first, 123456789 + number]
            is_old = number in (3, 12)
            later = [900002, corrected] if is_old else [None, None]
            store.execute(line, [*row, 900001, made, *later])
            if is_old:
                row[4] += 5000001
                store.execute(line, [*row, 900002, corrected, None, None])


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """A small municipality of each code, with statistics and a budget."""
    folder = tmp_path_factory.mktemp("packs")
    files = {day: folder / f"{day}.csv" for day in FILES}
    for day, round in FILES.items():
        files[day].write_text(statistics() if round == 0 else revised(statistics(), round))
    paths = {place: folder / f"{place}.sqlite" for place in PLACES}
    # Most of the time goes with waiting for the disk, so both at once.
    for process in [
        start("simulate", "--population", 2500, "--seed", 3, "--municipality", place,
              "--database", path) for place, path in paths.items()
    ]:
        finish(process)
    for place, path in paths.items():
        for day, file in files.items():
            finish(start("import", "statistics", file, "--database", path, "--municipality",
                         place, "--today", day))
        add_budget(path, place)
    return paths


def make(path, place, quarter, *more):
    as_of, known = QUARTERS[quarter]
    return start("pack", "--quarter", quarter, "--as-of", as_of, "--known-at", known,
                 "--municipality", place, "--database", path, "--format", "json", *more)


@pytest.fixture(scope="module")
def packs(stores):
    """By place and quarter: the pack of the management, the public one, and the figures."""
    found = {}
    for place, quarter in CASES:
        path = stores[place]
        own, public = [json.loads(finish(process)) for process in [
            make(path, place, quarter), make(path, place, quarter, "--public")]]
        found[place, quarter] = own, public, figures_behind(path, own)
    return found


@pytest.mark.parametrize("place, quarter", CASES)
def test_every_number_is_as_recomputed(stores, packs, place, quarter):
    pack, _, figures = packs[place, quarter]
    report = check(stores[place], pack, figures=figures)
    assert report.wrong == {} and report.unknown == {} and report.otherwise == {}
    assert report.equal + len(report.apart) == report.total and report.equal > 450
    assert all(APART.fullmatch(id) for id in report.apart) and len(report.apart) <= 70
    assert not report.unsaid
    shown = [number for number in numbers_of(pack).values() if number["state"] == "shown"]
    assert {next(iter(number["source"])) for number in shown} == {
        "register", "published", "derived", "given"}


@pytest.mark.parametrize("place, quarter", CASES)
def test_the_public_edition_hides_what_it_must(stores, packs, place, quarter):
    own, public, figures = packs[place, quarter]
    report = check(stores[place], public, is_public=True, figures=figures)
    assert report.wrong == {} and report.unknown == {} and report.otherwise == {}
    assert report.given_away == []
    assert report.equal + len(report.hidden) + len(report.apart) == report.total
    assert report.equal > 200
    assert not report.shown_wrongly
    assert not report.hidden_needlessly
    assert len(report.hidden) > 50 and set(numbers_of(public)) <= set(numbers_of(own))


CHANGES = {
    "a contact with a company": (
        "UPDATE company_contact SET status = 'cancelled' WHERE id = (SELECT min(id) FROM"
        " company_contact WHERE status = 'held' AND day BETWEEN {low} AND {high})",
        ["business.contacts.now", "business.contacts.change", "business.contacts.percent",
         "business.contacts.noise", "targets.company-contacts.measured"]),
    "a complaint of the year before": (
        "UPDATE complaint SET received = received + 365 WHERE id = (SELECT min(id) FROM complaint"
        " WHERE received BETWEEN {low} - 366 AND {high} - 366)",
        ["complaints.received.before", "complaints.received.now", "complaints.received.change",
         "complaints.received.percent"]),
    "a survey": (
        "UPDATE survey SET satisfied = satisfied - 1 WHERE id = (SELECT max(id) FROM survey WHERE"
        " closed BETWEEN {high} - 365 AND {high})",
        ["surveys.#.share", "surveys.#.low", "surveys.#.high"]),
    "a published figure": (
        "UPDATE published_earlier SET value = value + 1 WHERE municipality = 163 AND period ="
        " '2024M08' AND measure = 'ledige_ft_total' AND known_until > 20000",
        ["unemployment.gross.official", "unemployment.gross.2024M08.official"]),
    "a line of the budget": (
        "UPDATE budget_line SET amount = amount + 1 WHERE id = 5",
        ["budget.2024M05.budget", "budget.2024M05.difference", "budget.total.budget",
         "budget.total.difference"]),
}


def read_file(text):
    """The rows of a file of figures by place; None is not shown."""
    return {tuple(line.split(",")[index] for index in (0, 2, 3, 4)):
            float(line.split(",")[5]) if line.split(",")[5] else None
            for line in text.splitlines()[1:]}


@pytest.mark.parametrize("place, quarter", CASES)
def test_published_figures_are_those_of_the_file_that_stood_then(packs, place, quarter):
    """Against the files themselves: no table of the database is asked."""
    pack = packs[place, quarter][0]
    day = max(day for day in FILES if day <= pack["knownAt"])
    round = FILES[day]
    text = statistics()
    file = read_file(text if round == 0 else revised(text, round))
    later = read_file(revised(text, round + 1))
    compared = moved = 0
    for number in numbers_of(pack).values():
        source = number["source"].get("published")
        if source is None or (span := period(number["period"])).last.isoformat() > pack["asOf"]:
            continue
        key = (f"{source['area']:04}", source["table"], source["measure"], span.code)
        if key in file:
            assert number.get("value") == file[key], number["id"]
            assert number["state"] == ("shown" if file[key] is not None else "notShown")
            compared += 1
            moved += file[key] != later.get(key, "gone")
    assert compared > 20 and moved > 2


def test_figures_are_missing_before_they_were_imported(stores):
    """What was imported after the day known at is not there, and nothing is guessed."""
    pack = json.loads(finish(start(
        "pack", "--quarter", "2024Q3", "--as-of", "2024-10-31", "--known-at", "2024-10-14",
        "--database", stores["0163"], "--format", "json")))
    report = check(stores["0163"], pack)
    assert report.wrong == {} and report.unknown == {}
    numbers = [number for number in numbers_of(pack).values() if "published" in number["source"]]
    assert numbers and {number["state"] for number in numbers} == {"missing"}
    assert pack["published"] == [] and "statisticsUntil" not in pack


def test_changed_registrations_are_found(stores, packs, tmp_path):
    path, pack = tmp_path / "copy.sqlite", packs["0163", "2024Q3"][0]
    span = period("2024Q03")
    days = {"low": number_of(span.first), "high": number_of(span.last)}
    expected = set()
    shutil.copy(stores["0163"], path)
    with closing(sqlite3.connect(path)) as store, store:
        (survey,) = store.execute(
            "SELECT max(id) FROM survey WHERE closed BETWEEN ? - 365 AND ?",
            [days["high"], days["high"]]).fetchone()
        for update, ids in CHANGES.values():
            assert store.execute(update.format(**days)).rowcount >= 1
            expected |= {id.replace("#", str(survey)) for id in ids}
    assert set(check(path, pack).wrong) == expected


def test_a_benefit_registered_otherwise_is_found_where_it_counts(stores, packs, tmp_path):
    path, pack = tmp_path / "copy.sqlite", packs["0163", "2024Q3"][0]
    shutil.copy(stores["0163"], path)
    span = period("2024Q03")
    with closing(sqlite3.connect(path)) as store, store:
        store.execute(
            "UPDATE benefit_spell SET degree = degree - 1 WHERE (id, registration) = (SELECT id,"
            " registration FROM benefit_spell WHERE benefit = 'sicknessBenefit' AND valid_from"
            " BETWEEN ? AND ? AND superseded_by IS NULL AND recorded_on <= ? LIMIT 1)",
            [number_of(span.first), number_of(span.last) - 40, number_of(span.last)])
    wrong = set(check(path, pack).wrong)
    assert {"unemployment.sickness-benefit.now", "unemployment.sickness-benefit.change",
            "targets.sickness-full-time.measured", "targets.sickness-full-time.needed",
            "targets.sickness-full-time.worth", "ladder.sicknessBenefit.cost", "ladder.total.4",
            "money.net-cost.now", "budget.total.cost"} <= wrong
    assert all(
        any(word in id for word in ("sickness", "ladder.total", "net-cost", "budget"))
        for id in wrong)


def test_a_changed_digit_is_found(stores, packs):
    pack, _, figures = packs["0163", "2024Q3"]
    changed = copy.deepcopy(pack)
    numbers = numbers_of(changed)
    shown = {id for id, number in numbers.items()
             if number["state"] == "shown" and not APART.fullmatch(id)}
    assert len(shown) > 300
    for id in shown:
        numbers[id]["value"] = numbers[id]["value"] * (1 + 1e-11) + 1e-300
    zeros = {id for id in shown if abs(numbers[id]["value"]) < 1e-200}
    assert set(check(stores["0163"], changed, figures=figures).wrong) == shown
    assert len(zeros) < len(shown) / 2


@pytest.mark.parametrize(
    "id, part, value",
    [("work.in-work.now", "value", 3.0), ("seniors.share-55.before", "numerator", 1.5),
     ("orders.fill.now", "denominator", 7), ("unemployment.gross.now", "persons", 3),
     ("unemployment.long-term.now", "isProvisional", True),
     ("money.net-cost.noise", "state", "missing"), ("beside.place.now", "value", 99.0),
     ("targets.flex-jobs.aim", "value", 381.0), ("targets.flex-jobs.needed", "value", 1.0),
     ("rates.cashBenefit.step2", "value", 1.0)],
)
def test_a_number_alone_is_found(stores, packs, id, part, value):
    pack, _, figures = packs["0163", "2024Q3"]
    changed = copy.deepcopy(pack)
    numbers_of(changed)[id][part] = value
    wrong = check(stores["0163"], changed, figures=figures).wrong
    assert set(wrong) == {id} and set(wrong[id]) == {part}


def test_a_number_left_out_or_from_elsewhere_is_found(stores, packs):
    pack, _, figures = packs["0163", "2024Q3"]
    changed = copy.deepcopy(pack)
    section = next(part for part in changed["sections"] if part["id"] == "work")
    gone = [cell["number"]["_0"]["id"]
            for cell in section["tables"][0]["rows"].pop()["cells"] if "number" in cell]
    numbers = numbers_of(changed)
    numbers["orders.orders.now"]["source"]["register"]["indicator"] = "job-order-positions"
    numbers["beside.topTen.now"]["source"]["derived"]["from"].pop()
    numbers["unemployment.gross.official"]["source"]["published"]["area"] = 219
    report = check(stores["0163"], changed, figures=figures)
    assert set(report.otherwise) == {
        *gone, "orders.orders.now", "beside.topTen.now", "unemployment.gross.official"}


def test_municipalities_with_the_same_mean_share_a_place(stores, tmp_path):
    path = tmp_path / "copy.sqlite"
    shutil.copy(stores["0163"], path)
    months = {163: (1.9, 1.9, 1.8), 101: (1.7, 1.9, 2.0)}
    with closing(sqlite3.connect(path)) as store, store:
        for area, shares in months.items():
            for number, share in zip((10, 11, 12), shares):
                store.execute(
                    "INSERT INTO published_figure (municipality, source_table, measure, period,"
                    " value, retrieved_on, known_from) VALUES (?, 'y25i01',"
                    " 'ledige_pct_arbejdsstyrke', ?, ?, 20000, 20000) ON CONFLICT DO UPDATE SET"
                    " value = excluded.value", [area, f"2023M{number}", share])
    pack = json.loads(finish(start(
        "pack", "--quarter", "2023Q4", "--as-of", "2024-01-31", "--database", path, "--format",
        "json")))
    assert check(path, pack).wrong == {}


def test_a_small_number_shown_or_given_away_is_found(stores, packs):
    own, public, figures = packs["0163", "2024Q3"]
    numbers, changed = numbers_of(own), copy.deepcopy(public)
    few = next(id for id in numbers_of(changed)
               if id.startswith("bridge.") and 0 < (numbers[id].get("persons") or 0) < 5)
    numbers_of(changed)[few].update(numbers[few])
    report = check(stores["0163"], changed, is_public=True, figures=figures)
    assert few in report.shown_wrongly

    changed = copy.deepcopy(public)
    row = few.split(".")[1]
    for name in ("spells-open-start", "spells-begun", "spells-ended"):
        numbers_of(changed)[f"bridge.{row}.{name}"].update(numbers[f"bridge.{row}.{name}"])
    report = check(stores["0163"], changed, is_public=True, figures=figures)
    assert f"bridge.{row}.spells-open-end" in report.given_away


def test_a_quarter_before_the_first_registration_has_no_figures(stores):
    path = stores["0163"]
    pack = json.loads(finish(start(
        "pack", "--quarter", "2020Q2", "--as-of", "2020-07-31", "--database", path, "--format",
        "json")))
    report = check(path, pack)
    assert report.wrong == {} and report.unknown == {}
    numbers = numbers_of(pack)
    shown = {id for id, number in numbers.items() if number["state"] == "shown"}
    assert not any("register" in numbers[id]["source"] for id in shown)
