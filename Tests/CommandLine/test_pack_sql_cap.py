"""The cap on guidance and mentor spending: imported, refused, shown, and recomputed in SQL."""
import copy
import json
import sqlite3
from contextlib import closing

import pytest
from pack_sql import check
from pack_sql_cap import BOUNDS, rule
from pack_sql_numbers import numbers_of
from test_commands import run
from test_pack_sql import finish, start

HEADER = "måned;konto;beløb;refusion\n"
ACCOUNTS = {"§ 15": 3000, "91": 60000.5, "LAB § 167": 20000, "§ 172, stk. 3": 500, "Merudgifter": 700}


def spending(months):
    """Every account that counts, one that does not, in kroner as Danes write them."""
    rows = []
    for number in months:
        for order, (account, kroner) in enumerate(ACCOUNTS.items()):
            text = f"{kroner + 7 * number:.2f}".replace(".", ",")
            rows.append(f"2026-{number:02};{account};{text};{order * number},25")
        rows.append(f"2026M{number:02};Kantine;{number}.000;0")
    return HEADER + "\n".join(rows) + "\n"


def load(base, file, text, *more, code=0):
    file.write_text(text)
    return run("import", "registrations", file, "--kind", "spending", "--database", base, *more,
               code=code)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A small municipality until June 2026, with spending until May and one amount corrected
    later."""
    folder = tmp_path_factory.mktemp("cap")
    base, file = folder / "cap.sqlite", folder / "spending.csv"
    finish(start("simulate", "--population", 2500, "--seed", 3, "--through", "2026-06-30",
                 "--database", base))
    load(base, file, spending(range(1, 6)), "--today", "2026-07-10")
    load(base, file, HEADER + "2026-02;mentor;25.000;1.000\n", "--today", "2026-08-20")
    return base


def duplicate(base, path):
    """Also what still lies in the write-ahead log."""
    with closing(sqlite3.connect(base)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)


def pack(base, quarter, as_of, *more):
    return json.loads(finish(start("pack", "--quarter", quarter, "--as-of", as_of, "--database",
                                   base, "--format", "json", *more)))


# The rule began in 2026, June has no spending, and 2027 has no rate.
QUARTERS = {
    "2025Q4": ("2026-01-31",), "2026Q1": ("2026-04-30", "--known-at", "2026-07-31"),
    "2026Q2": ("2026-07-31",), "2027Q1": ("2027-04-30",),
}


@pytest.fixture(scope="module")
def packs(store):
    return {quarter: (pack(store, quarter, *days), pack(store, quarter, *days, "--public"))
            for quarter, days in QUARTERS.items()}


def shown(pack):
    return {id: number.get("value") for id, number in numbers_of(pack).items()
            if id.startswith("cap.")}


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_number_of_a_year_with_a_cap_is_as_recomputed(store, packs, quarter):
    own, public = packs[quarter]
    report = check(store, own)
    assert report.wrong == {} and report.unknown == {} and report.otherwise == {}
    report = check(store, public, is_public=True)
    assert report.wrong == {} and report.unknown == {} and report.otherwise == {}
    assert report.given_away == [] and not report.shown_wrongly and not report.hidden_needlessly


def test_the_quarters_are_what_they_are_for(packs):
    """Each quarter tries what it is there for."""
    before, first, second, later = (shown(packs[quarter][0]) for quarter in QUARTERS)
    assert before == {}
    assert len(first) > 40 and first["cap.low.yardstick"] > 0 and first["cap.low.net"] > 0
    assert 0 < first["cap.base.outside"] < first["cap.low.base"] < first["cap.high.base"]
    # June is missing, so nothing is set against anything, and what was spent stands.
    assert second["cap.low.net"] is None and second["cap.low.difference"] is None
    assert second["cap.spending.total.net"] > 0 and second["cap.low.yardstick"] > 0
    assert second["cap.spending.mentor.gross"] != first["cap.spending.mentor.gross"]
    assert later["cap.low.base"] > 0 and later["cap.low.rate"] is None
    assert later["cap.low.yardstick"] is None
    hidden = [id for id, value in shown(packs["2026Q1"][1]).items() if value is None]
    assert len(hidden) >= 2 and all(id.startswith("cap.benefit.") for id in hidden)


def test_a_correction_counts_from_its_day(store, packs):
    then = shown(packs["2026Q1"][0])["cap.spending.mentor.gross"]
    now = shown(pack(store, "2026Q1", "2026-04-30"))["cap.spending.mentor.gross"]
    assert now - then == pytest.approx(25000 - 20014)


def test_the_words_say_whose_the_cap_is_and_what_is_not_sure(packs):
    def words(quarter, language):
        section = next(part for part in packs[quarter][0]["sections"] if part["id"] == "money")
        tables = [table for table in section["tables"] if table["id"].startswith("cap")]
        return tables, " ".join(
            [sentence["text"][language] for sentence in section["sentences"]]
            + [note[language] for table in tables for note in table["notes"]])

    tables, text = words("2026Q1", "da")
    assert [table["id"] for table in tables] == ["cap", "cap-rate", "cap-base", "cap-spending"]
    for said in ("alle kommuner under ét", "1. juli", "31. december", "pejlemærke og ingen grænse",
                 "Ledighedsydelse:", "integrationsprogram", "lov 1749/2025"):
        assert said in text, said
    assert "2027 is not held" in words("2027Q1", "en")[1]
    assert "June 2026" in words("2026Q2", "en")[1]
    tables, text = words("2025Q4", "en")
    assert tables == [] and "did not hold in the quarter" in text
    front = [sentence["text"]["da"] for sentence in packs["2026Q1"][0]["summary"]]
    assert sum("§ 203 a" in sentence for sentence in front) == 1
    front = [sentence["text"]["da"] for sentence in packs["2027Q1"][0]["summary"]]
    assert not any("§ 203 a" in sentence for sentence in front)


CHANGES = {
    "an amount that counts": (
        "UPDATE spending_line SET amount = amount + 100 WHERE account = 'guidance' AND month ="
        " (SELECT min(month) FROM spending_line)",
        ["cap.spending.guidance.gross", "cap.spending.guidance.net", "cap.spending.total.gross",
         "cap.spending.total.net"] + [f"cap.{bound}.{last}" for bound in BOUNDS
                                      for last in ("net", "difference", "perPerson")]),
    "a refund of what does not": (
        "UPDATE spending_line SET refund = refund + 100 WHERE account = 'Kantine' AND month ="
        " (SELECT min(month) FROM spending_line)",
        ["cap.other.1.refund", "cap.other.1.net"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_spending_is_found(store, packs, tmp_path, change):
    path = tmp_path / "copy.sqlite"
    duplicate(store, path)
    update, expected = CHANGES[change]
    with closing(sqlite3.connect(path)) as base, base:
        assert base.execute(update).rowcount == 1
    assert set(check(path, packs["2026Q1"][0]).wrong) == set(expected)


def test_a_changed_group_is_found(store, packs, tmp_path):
    """Who is in the integration programme decides the base and all that is made of it."""
    path = tmp_path / "copy.sqlite"
    duplicate(store, path)
    with closing(sqlite3.connect(path)) as base, base:
        assert base.execute("UPDATE target_group SET target = 'group2' WHERE target ="
                            " 'integrationProgramme'").rowcount > 1
    wrong = set(check(path, packs["2026Q1"][0]).wrong)
    assert {"cap.base.outside", "cap.low.base", "cap.high.base", "cap.low.yardstick",
            "cap.low.difference", "cap.high.perPerson"} <= wrong
    assert "cap.base.together" not in wrong


def test_a_changed_number_of_the_cap_is_found(store, packs):
    changed = copy.deepcopy(packs["2026Q1"][0])
    numbers = numbers_of(changed)
    ids = {id for id in shown(changed) if numbers[id].get("value")}
    for id in ids:
        numbers[id]["value"] *= 1 + 1e-11
    assert {id for id in check(store, changed).wrong if id.startswith("cap.")} == ids


def test_the_rate_times_the_base_is_the_yardstick(packs):
    """By hand: a quarter of the year has gone."""
    values = shown(packs["2026Q1"][0])
    (rate,) = rule()["rates"]
    for bound in BOUNDS:
        yardstick = rate["kroner"] * values[f"cap.{bound}.base"] / 4
        assert values[f"cap.{bound}.yardstick"] == pytest.approx(yardstick)
        assert values[f"cap.{bound}.difference"] == pytest.approx(
            values["cap.spending.total.net"] - yardstick)


# Wrong files

WRONG = {
    "2026-13;mentor;1;0": ["Række 2", "2026-13", "2024-01"],
    "2026-01;;1;0": ["Række 2", "tomt", "§ 167 (Mentor)"],
    "2026-01;§ 32;1;0": ["»§ 32«", "§ 172, stk. 3 (Undervisningsmateriale)", "i stedet"],
    "2026-01;172;1;0": ["»172«"],
    "2026-01;§ 15 a;1;0": ["»§ 15 a«"],
    "2026-01;LAB § 168, stk. 2;1;0": ["»LAB § 168, stk. 2«"],
    "2026-01;mentor;mange;0": ["kolonne 3 (beløb)", "»mange«", "1.234,5"],
    "2026-01;mentor;;0": ["kolonne 3 (beløb)", "tomt"],
    "2026-01;mentor;1;": ["kolonne 4 (refusion)", "tomt"],
    "2026-01;mentor;100;101": ["kolonne 4 (refusion)", "101", "100,00"],
    "2026-01;mentor;100;-1": ["kolonne 4 (refusion)", "-1", "100,00"],
    "2026-01;mentor;-100;-100,01": ["kolonne 4 (refusion)", "-100,01", "-100,00"],
    "2026-01;mentor;-100;1": ["kolonne 4 (refusion)", "-100,00"],
    "2026-01;mentor;1e30;0": ["»1e30«"],
    "2026-01;mentor;1;0\n2026M01;§ 167;2;0": ["Række 3", "række 2"],
    "2026-01;Kantine;1;0\n2026-01;KANTINE;2;0": ["Række 3", "række 2"],
}


@pytest.mark.parametrize("rows", WRONG)
def test_a_wrong_row_is_told_and_nothing_is_taken(store, tmp_path, rows):
    before = counted(store)
    wrong = load(store, tmp_path / "w.csv", HEADER
                 + rows + "\n2026-12;§ 91;5;0\n", code=1).stderr
    for said in WRONG[rows]:
        assert said in wrong, wrong
    assert counted(store) == before


def counted(base):
    with closing(sqlite3.connect(base)) as store:
        return store.execute("SELECT count(*), max(registration) FROM spending_line").fetchone()


def test_a_wrong_file_is_told(store, tmp_path):
    file = tmp_path / "w.csv"
    none = load(store, file, "måned;konto;beløb\n2026-01;mentor;1\n2026-02;mentor;1\n", code=1)
    assert none.stderr.count("refusion, refund, netto, net.") == 1 and "Række 2" in none.stderr
    other = load(store, file, "måned;konto;beløb;refusion;kommune\n2026-01;mentor;1;0;0219\n",
                 code=1).stderr
    assert "0163" in other and "anden kommune" in other
    # All at once.
    both = load(store, file, HEADER + "x;§ 1;y;z\n2026-01;mentor;1;2\n", code=1).stderr
    assert both.count("Række 2") == 3 and both.count("Række 3") == 1


def test_net_in_place_of_the_refund(store, tmp_path):
    base, file = tmp_path / "copy.sqlite", tmp_path / "n.csv"
    duplicate(store, base)
    header = "month,account,amount,net\n"
    load(base, file, header + '2026-06,mentor,"1,000.50",400.25\n', "--numbers", "english")
    with closing(sqlite3.connect(base)) as rows:
        stood = rows.execute("SELECT amount, refund FROM spending_line WHERE superseded_by IS NULL"
                             " ORDER BY registration DESC LIMIT 1").fetchone()
    assert stood == (100050, 60025)
    wrong = load(base, file, header + "2026-06,mentor,100,-1\n", code=1).stderr
    assert "kolonne 4 (net)" in wrong and "100,00" in wrong
    both = "month,account,amount,refund,net\n"
    wrong = load(base, file, both + "2026-06,mentor,100,40,61\n", code=1).stderr
    assert "kolonne 5 (net)" in wrong and "60,00" in wrong
    load(base, file, both + "2026-06,mentor,100,40,60\n2026-05,mentor,100,,60\n")


def test_spending_before_the_rule_stands_without_a_limit(store, tmp_path):
    base = tmp_path / "copy.sqlite"
    duplicate(store, base)
    load(base, tmp_path / "s.csv", HEADER + "2025-12;§ 91;100;40\n2025-11;Mentr;7;0\n")
    made = pack(base, "2025Q4", "2026-01-31")
    tables = [table["id"] for section in made["sections"] for table in section["tables"]]
    assert [id for id in tables if id.startswith("cap")] == ["cap-spending"]
    values = shown(made)
    assert values["cap.spending.guidance.net"] == values["cap.spending.total.net"] == 60
    # A name that no paragraph has is shown apart, so that a slip is seen.
    assert values["cap.other.1.gross"] == 7 and "cap.low.rate" not in values
    assert not any("§ 203 a" in sentence["text"]["da"] for sentence in made["summary"])
    report = check(base, made)
    assert report.wrong == {} and report.unknown == {} and report.otherwise == {}


def test_the_same_file_twice_changes_nothing_that_is_shown(store, tmp_path):
    base, file = tmp_path / "copy.sqlite", tmp_path / "s.csv"
    duplicate(store, base)
    text = spending([1, 2, 3])
    load(base, file, text)
    once = shown(pack(base, "2026Q1", "2026-04-30"))
    load(base, file, text)
    assert shown(pack(base, "2026Q1", "2026-04-30")) == once
    with closing(sqlite3.connect(base)) as rows:
        standing = rows.execute("SELECT account, month, count(*) FROM spending_line WHERE"
                                " superseded_by IS NULL GROUP BY 1, 2 HAVING count(*) > 1")
        assert standing.fetchall() == []
