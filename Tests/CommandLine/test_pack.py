"""The quarter's management information by command: forms, wrong use, and sums that agree."""

import csv
import io
import json
import shutil

import pytest
from test_commands import PLAN, run, store  # noqa: F401

DAYS = ["--quarter", "2024Q3", "--as-of", "2024-10-31", "--known-at", "2024-10-31"]


@pytest.fixture(scope="module")
def pack(store):  # noqa: F811
    return json.loads(run("pack", *DAYS, "--database", store, "--format", "json").stdout)


def tables(pack):
    return {table["id"]: table for section in pack["sections"] for table in section["tables"]}


def cells(row):
    return [cell["number"]["_0"] for cell in row["cells"] if "number" in cell]


def test_the_bridge_adds_up(pack):
    rows = tables(pack)["bridge"]["rows"]
    assert len(rows) > 5
    for row in rows:
        first, begun, from_other, ended, to_other, last = [cell["value"] for cell in cells(row)]
        assert first + begun - ended == last, row["title"]
        assert 0 <= from_other <= begun and 0 <= to_other <= ended


def test_the_ladder_adds_up_to_the_net_cost(pack):
    table = tables(pack)
    total = cells(table["ladder"]["rows"][-1])
    for column, number in enumerate(total):
        parts = [cells(row)[column]["value"] for row in table["ladder"]["rows"][:-1]]
        assert number["value"] == pytest.approx(sum(parts), rel=1e-12)
    net = next(
        cell for row in table["money-figures"]["rows"] for cell in cells(row)
        if cell["id"] == "money.net-cost.now")
    assert total[-1]["value"] == pytest.approx(net["value"], rel=1e-12)


def test_intervals_lie_inside_each_other(pack):
    rows = tables(pack)["year-end"]["rows"]
    assert rows
    for row in rows:
        ends = [cell["value"] for cell in cells(row)[:7]]
        assert ends == sorted(ends)
        chance = cells(row)[8].get("value")
        assert chance is None or 2.5 <= chance <= 97.5


def test_every_number_says_what_it_is(pack):
    versions = {entry["indicator"]: entry["version"] for entry in pack["definitions"]}
    count = 0
    for table in tables(pack).values():
        for row in table["rows"]:
            for number in cells(row):
                count += 1
                kind, source = next(iter(number["source"].items()))
                if kind == "register":
                    assert source["version"] == versions[source["indicator"]]
                    assert number["period"] or number["state"] == "missing"
                assert (number.get("value") is not None) == (number["state"] == "shown")
    assert count > 300


def test_the_same_pack_as_a_list(store, pack):  # noqa: F811
    text = run("pack", *DAYS, "--database", store, "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    listed = {row[0] for row in rows[1:]}
    assert listed == {
        number["id"] for table in tables(pack).values() for row in table["rows"]
        for number in cells(row)}


def test_a_pack_says_what_was_known_then(store):  # noqa: F811
    """Later registrations change the pack as known now, and not the one as known then."""
    then = run("pack", *DAYS, "--database", store, "--format", "json").stdout
    now = run("pack", *DAYS[:4], "--database", store, "--format", "json").stdout
    assert json.loads(then)["knownAt"] == "2024-10-31"
    assert "knownAt" not in json.loads(now)
    numbers = [
        {number["id"]: number.get("value") for table in tables(json.loads(text)).values()
         for row in table["rows"] for number in cells(row)} for text in (then, now)]
    assert numbers[0] != numbers[1]
    again = run("pack", *DAYS, "--database", store, "--format", "json").stdout
    assert again == then


def test_every_number_has_its_address(store, pack):  # noqa: F811
    numbers = [number for table in tables(pack).values() for row in table["rows"]
               for number in cells(row)] + pack["inputs"]
    assert len(numbers) > 300
    for number in numbers:
        assert number["address"] == (
            f"number?number={number['id']}&asof=2024-10-31&known=2024-10-31")
    # What a number is worked out from is in the pack too.
    known = {number["id"] for number in numbers}
    for number in numbers:
        behind = number["source"].get("derived", {"from": []})["from"]
        assert set(behind) <= known, number["id"]
    text = run("pack", *DAYS, "--database", store, "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert rows[0][-1] == "Åbnes her"
    assert {row[0]: row[-1] for row in rows[1:]}.items() <= {
        number["id"]: number["address"] for number in numbers}.items()


def test_wrong_use_is_told(store, tmp_path):  # noqa: F811
    base = ["pack", "--database", store]
    assert "2024Q7" in run(*base, "--quarter", "2024Q7", code=64).stderr
    inside = run(*base, "--quarter", "2024Q3", "--as-of", "2024-08-01", code=64).stderr
    assert "2024-09-30" in inside
    missing = run("pack", "--database", tmp_path / "none.sqlite", "--quarter", "2024Q3", code=66)
    assert "no database" in missing.stderr


def test_before_anything_was_registered_nothing_is_nought(store):  # noqa: F811
    text = run("pack", "--database", store, "--quarter", "2018Q1", "--format", "json").stdout
    states = {
        number["state"] for table in tables(json.loads(text)).values() for row in table["rows"]
        for number in cells(row) if "register" in number["source"]}
    assert states == {"missing"}


def test_a_budget_is_read_replaced_and_refused_whole(store, tmp_path):  # noqa: F811
    base = tmp_path / "budget.sqlite"
    shutil.copy(store, base)
    file = tmp_path / "budget.csv"
    load = ["import", "registrations", file, "--kind", "budget", "--database", base]

    def cells_of(month):
        made = json.loads(run("pack", *DAYS[:4], "--database", base, "--format", "json").stdout)
        row = next(row for row in tables(made)["budget"]["rows"] if row["title"]["en"] == month)
        return [cell.get("value") for cell in cells(row)]

    file.write_text("måned;konto;beløb\n2024-01;kontanthjælp;1.000,50\n2024-01;Andet;500\n")
    run(*load)
    cost, budget, difference = cells_of("January 2024")
    assert budget == 1500.5 and difference == pytest.approx(cost - 1500.5)
    file.write_text("måned;konto;beløb\n2024-01;kontanthjælp;2.000\n")
    run(*load)
    assert cells_of("January 2024")[1] == 2500
    file.write_text("måned;konto;beløb\n2024-13;kontanthjælp;1\n2024-02;;x\n")
    wrong = run(*load, code=1).stderr
    assert "2024-13" in wrong and "Række 3" in wrong
    assert cells_of("February 2024")[1] is None


def test_a_level_that_changes_in_the_published_figures_is_told(store, tmp_path):  # noqa: F811
    own = tmp_path / "own.sqlite"
    shutil.copy(store, own)
    lines = ["code,area,table,measure,period,value"]
    months = [f"{y}M{m:02}" for y in range(2021, 2025) for m in range(1, 13)][:45]
    areas = ["0163,Herlev", "0201,Allerød", "0219,Hillerød", "0157,Gentofte", "0159,Gladsaxe"]
    for nth, area in enumerate(areas):
        for index, month in enumerate(months):
            value = 500 + 40 * nth + 3 * ((index * (nth + 3)) % 7)
            if nth == 0 and month >= "2023M10":
                value *= 1.6
            lines.append(f"{area},y25i01,ledige_ft_total,{month},{value:.0f}")
    file = tmp_path / "figures.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("import", "statistics", file, "--database", own, "--today", "2024-10-15")
    made = json.loads(run("pack", *DAYS, "--database", own, "--format", "json").stdout)
    notes = [note["da"] for note in tables(made)["unemployment-gross-months"]["notes"]]
    told = [note for note in notes if "niveau skifter" in note]
    assert len(told) == 1 and "oktober 2023 med cirka 58 %" in told[0], notes
    quiet = tables(json.loads(
        run("pack", *DAYS, "--database", store, "--format", "json").stdout))
    assert not any("skifter" in note["da"] for table in quiet.values() for note in table["notes"])


def test_the_plan_and_the_pack_forecast_the_same(store):  # noqa: F811
    day = ["--known-at", "2024-10-31", "--as-of", "2024-09-30", "--database", store]
    numbers = {number["id"]: number.get("value") for number in cells_of(json.loads(
        run("pack", "--quarter", "2024Q3", *day, "--format", "json").stdout))}
    status = json.loads(run("plan", "status", PLAN, *day, "--format", "json").stdout)
    compared = 0
    for target in (target for goal in status["goals"] for target in goal["targets"]):
        ahead = f"forecast.targets.{target['id']}"
        if target.get("forecast") is None or f"{ahead}.low80" not in numbers:
            continue
        ends = [numbers[f"{ahead}.{end}"] for end in ("low80", "expected", "high80")]
        assert ends == pytest.approx(target["forecast"], rel=1e-12), target["id"]
        compared += 1
    assert compared >= 1


def cells_of(pack):
    return [cell for table in tables(pack).values() for row in table["rows"] for cell in cells(row)]


def test_many_municipalities_in_one_run(store, tmp_path):  # noqa: F811
    other, broken, out = (tmp_path / name for name in ("other.sqlite", "broken.sqlite", "out"))
    run("simulate", "--municipality", "0219", "--population", 500, "--database", other)
    done = run("packs", other, store, *DAYS, "--out", out)
    assert [line[:5] for line in done.stdout.splitlines()] == ["0163 ", "0219 "]
    for kind in ("json", "csv"):
        alone = run("pack", *DAYS, "--database", store, "--format", kind).stdout
        assert (out / f"0163-2024Q3.{kind}").read_text(encoding="utf-8") == alone
    assert json.loads((out / "0219-2024Q3.json").read_text())["municipalityName"] == "Hillerød"
    assert (out / "0219-2024Q3.xlsx").read_bytes()[:2] == b"PK"

    # One that fails is named, and the other is made all the same.
    broken.write_text("no database")
    more = tmp_path / "more"
    done = run("packs", broken, other, *DAYS, "--out", more, "--format", "json", code=1)
    assert "broken.sqlite" in done.stderr and done.stdout.startswith("0219 ")
    assert [path.name for path in more.iterdir()] == ["0219-2024Q3.json"]
    broken.unlink()
    done = run("packs", other, *DAYS, "--out", other / "x", code=64)
    assert "cannot be made" in done.stderr


def test_municipalities_of_ones_choice_stand_beside(store, tmp_path):  # noqa: F811
    base, file = tmp_path / "peers.sqlite", tmp_path / "published.csv"
    shutil.copy(store, base)
    shares = {("0163", "Herlev"): 2.4, ("0219", "Hillerød"): 2.0, ("0190", "Furesø"): 2.1}
    lines = ["code,area,table,measure,period,value"]
    for (code, name), share in shares.items():
        for month in (7, 8, 9):
            lines.append(f"{code},{name},y25i01,ledige_pct_arbejdsstyrke,2024M{month:02},{share}")
    file.write_text("\n".join(lines) + "\n")
    run("import", "statistics", file, "--database", base, "--today", "2024-10-20")
    made = json.loads(run(
        "pack", *DAYS, "--database", base, "--with", "0219", "--with", "0190", "--format",
        "json").stdout)
    rows = {row["title"]["en"]: cells(row) for row in tables(made)["beside"]["rows"]}
    assert rows["Hillerød"][0]["value"] == pytest.approx(2.0)
    assert rows["Mean of the chosen municipalities"][0]["value"] == pytest.approx(2.05)
    assert rows["Place among the municipalities"][0]["value"] == 3
    # Nothing is published for the year before, and nothing is guessed.
    assert rows["Herlev"][1]["state"] == "missing" and rows["Herlev"][2]["state"] == "missing"
