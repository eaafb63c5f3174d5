"""Fetching published figures with the real program, from a server that also misbehaves."""
import json
import os
import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest
from statistics_server import MEASURES, TOKEN, Server, months

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("FODFAESTE_BINARY", ".build/debug/fodfaeste")
FULL, SHARE = MEASURES
HERLEV = 163


@pytest.fixture
def server():
    server = Server()
    yield server
    server.stop()


class Desk:
    """The program with a database of its own and the server's addresses."""

    def __init__(self, path, server):
        self.path, self.server = path, server
        self.token = TOKEN

    def fetch(self, *arguments, code=0, lang="da", **options):
        address = {"FODFAESTE_JOBINDSATS_ADDRESS": self.server.jobindsats,
                   "FODFAESTE_STATBANK_ADDRESS": self.server.statbank,
                   "FODFAESTE_JOBINDSATS_TOKEN": self.token, "NO_PROXY": "127.0.0.1",
                   "no_proxy": "127.0.0.1"}
        network = [] if arguments[0] == "log" else ["--pause", "0.05"]
        done = subprocess.run(
            [BINARY, "fetch", *map(str, arguments), *network, "--database", self.path,
             "--today", options.get("today", "2026-10-05"), "--lang", lang],
            cwd=ROOT, capture_output=True, text=True, timeout=120,
            env={**os.environ, **address, **options.get("env", {})})
        said = f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
        assert done.returncode == code, said
        assert TOKEN not in done.stdout + done.stderr
        return done

    def table(self, *more, **options):
        return self.fetch("jobindsats", "--table", "y25i01", *more, **options)

    def bank(self, *more, **options):
        return self.fetch(
            "statbank", "--table", "AUS08", "--values", "SAESONFAK=10", *more, **options)

    def rows(self, sql, *arguments):
        with sqlite3.connect(self.path) as database:
            return database.execute(sql, arguments).fetchall()

    def figures(self):
        return dict(((area, measure, period), value) for area, measure, period, value in self.rows(
            "select municipality, measure, period, value from published_figure"))

    def count(self, table):
        if not self.path.exists():
            return 0
        return self.rows(f"select count(*) from {table}")[0][0]


@pytest.fixture
def desk(tmp_path, server):
    return Desk(tmp_path / "store.sqlite", server)


def test_a_good_fetch_is_kept_with_a_receipt(desk, server):
    done = desk.table("--months", "3")
    assert "24 tal hentet" in done.stdout and "3 af dem vises ikke" in done.stdout
    assert "3 rækker sprunget over" in done.stdout and "Kvittering" in done.stdout
    figures = desk.figures()
    assert len(figures) == 24
    assert figures[HERLEV, FULL, "2026M08"] == 388.5
    # What is not shown is kept as such, and never as zero.
    assert figures[825, SHARE, "2026M08"] is None
    assert (0, FULL, "2026M06") in figures
    asked = [path for _, path, _ in server.asked]
    assert asked[-1] == ("/v3/data/y25i01?mgroup.*=*&hierarchy._nykom=*&hierarchy._ygrpi09=/"
                         "&period.M=latest:3&format=json")
    assert "sha256" in desk.rows("select payload from ledger")[0][0]
    subprocess.run([BINARY, "verify", "--database", desk.path], cwd=ROOT, check=True,
                   capture_output=True)


def test_the_token_is_nowhere_in_the_store(desk):
    desk.table()
    assert TOKEN.encode() not in desk.path.read_bytes()


def test_a_token_in_a_file(desk, tmp_path):
    file = tmp_path / "token.txt"
    file.write_text(TOKEN + "\n")
    desk.token = ""
    desk.table("--token-file", file)
    said = desk.table(code=69).stderr
    assert "FODFAESTE_JOBINDSATS_TOKEN" in said and "jobindsats@star.dk" in said


def test_history_is_revised_and_told(desk, server):
    desk.table("--months", "12")
    server.revise = {("Herlev", "2026M07"): 399.25, ("Læsø", "2026M08"): None}
    done = desk.table("--months", "3", today="2026-11-03")
    assert "0 er nye, 2 er ændret" in done.stdout
    assert f"Herlev, 2026M07, {FULL}: 387,50 → 399,25" in done.stdout.replace("387,5 ", "387,50 ")
    assert f"Læsø, 2026M08, {FULL}: 3 → vises ikke" in done.stdout
    figures = desk.figures()
    # The months that were not asked for again are still there.
    assert len(figures) == 96 and figures[HERLEV, FULL, "2026M07"] == 399.25
    assert figures[HERLEV, FULL, "2025M09"] == 389.5
    log = json.loads(desk.fetch("log", "--format", "json").stdout)
    assert [entry["figures"] for entry in log] == [24, 96]
    assert log[0]["revised"][0] == {"area": HERLEV, "measure": FULL, "period": "2026M07",
                                    "old": 387.5, "new": 399.25}
    assert log[0]["address"].startswith(server.jobindsats) and len(log[0]["sha256"]) == 64
    # The answer itself is kept too.
    answer = json.loads(desk.fetch("log", "--answer", log[1]["number"]).stdout)
    assert ["2026M07", "Herlev", "Ydelser i alt", 387.5, 3.2] in answer["rows"]
    desk.fetch("log", "--answer", "999", code=64)
    text = desk.fetch("log", lang="en").stdout
    assert "2 changed" in text and "399.25" in text and "03.11.2026" in text


def test_other_periods_stay_when_few_are_fetched(desk):
    desk.table("--months", "12")
    desk.table("--months", "1")
    assert len({period for _, _, period in desk.figures()}) == 12


@pytest.mark.parametrize("kind, period", [
    ("Q", "2026Q02"), ("QMAT", "2026QMAT02"), ("MYTD", "2026MYTD08"), ("Y", "2025Y01")])
def test_every_kind_of_period(desk, kind, period):
    desk.table("--period-kind", kind, "--periods", "9")
    assert (HERLEV, FULL, period) in desk.figures()


def test_a_kind_of_period_that_is_not_there_names_those_that_are(desk):
    said = desk.table("--period-kind", "W", code=1).stderr
    assert "M, MYTD, Q, QMAT, Y" in said


def test_one_member_and_a_measure_by_name(desk, server):
    desk.table("--months", "1", "--member", "_ygrpi09=A-dagpenge", "--measure",
               f"{FULL}=ledige_ft_dagpenge")
    assert "hierarchy._ygrpi09=/2/" in server.asked[-1][1]
    measures = {measure for _, measure, _ in desk.figures()}
    # Figures about some never stand under the name of figures about all.
    assert measures == {"ledige_ft_dagpenge", f"{SHARE} · A-dagpenge"}
    assert "/3/ (Kontanthjælp)" in desk.table("--member", "_ygrpi09=/9/", code=1).stderr
    assert "_ygrpi09" in desk.table("--member", "_kon=Mænd", code=1).stderr
    assert SHARE in desk.table("--measure", "Ledige=x", code=1).stderr


def test_tables_are_found_by_their_words(desk):
    text = desk.fetch("jobindsats", "--find", "langtidsledige").stdout
    assert "y25i09" in text and "y25i01" not in text
    assert "2026-10-01" in text and "2026-11-02" in text
    assert "y25i01" in desk.fetch("jobindsats", "--find", "LEDIGE fuldtid").stdout
    assert "Ingen tabel" in desk.fetch("jobindsats", "--find", "efterløn").stdout


def test_a_table_says_what_it_can_be_asked_for(desk):
    text = desk.fetch("jobindsats", "--describe", "y25i01").stdout
    assert "M: 2023M09 til 2026M08 (36 perioder)" in text and FULL in text
    assert "--member _ygrpi09" in text and "/2/  A-dagpenge" in text
    text = desk.fetch("statbank", "--table", "AUS08", "--describe", lang="en").stdout
    assert "10  Sæsonkorrigeret" in text and "Tid: 2024M09 to 2026M08 (24 periods)" in text
    assert "may be left out" in text
    assert not desk.path.exists()


def test_a_busy_server_is_waited_for(desk, server):
    server.only, server.failures, server.retry_after = "/data", [429], "1"
    desk.table()
    assert server.seen_at[-1] - server.seen_at[-2] >= 1
    assert desk.count("retrieval") == 1


def test_a_server_that_asks_for_hours_is_left_alone(desk, server):
    server.always, server.retry_after = 429, "7200"
    assert "for travlt" in desk.table(code=69).stderr
    assert len(server.asked) == 1


@pytest.mark.parametrize("failures", [[500, 500], ["drop"], [503, "drop", 502]])
def test_a_fault_that_passes_is_overcome(desk, server, failures):
    server.only, server.failures = "/data", failures
    desk.table()
    assert len(desk.figures()) == 96


def test_a_fault_that_stays_leaves_the_store_alone(desk, server):
    desk.table("--months", "12")
    before = desk.figures()
    server.always = 500
    said = desk.table("--tries", "3", today="2026-10-25", code=69).stderr
    assert "500" in said and "Der er ikke hentet noget" in said
    assert "y25i01: hentet 05.10.2026 (20 dage siden)" in said
    assert "august 2026 (2026M08), 96 tal" in said
    assert desk.figures() == before and desk.count("retrieval") == 1
    assert len(server.asked) == 2 + 3


def test_nobody_answers(desk, server):
    desk.table("--months", "2")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = {"FODFAESTE_JOBINDSATS_ADDRESS": f"http://127.0.0.1:{free.getsockname()[1]}/v3"}
    done = desk.table(code=69, env=nowhere, lang="en")
    assert "There is no connection" in done.stderr
    assert "Stored figures of y25i01: fetched 05.10.2026 (0 days ago)" in done.stderr
    assert "newest period August 2026 (2026M08)" in done.stderr
    done = desk.fetch("jobindsats", "--find", "ledige", code=69, env=nowhere)
    assert "Gemte tal fra y25i01" in done.stderr


def test_a_byte_order_mark_is_no_matter(desk, server):
    server.byte_order_mark = True
    desk.table()
    assert len(desk.figures()) == 96
    desk.bank()


def renamed(columns, rows):
    return [c.replace(FULL, "Ledige, fuldtid") for c in columns], rows


def removed(columns, rows):
    return columns[:-1], [row[:-1] for row in rows]


def added(columns, rows):
    return [*columns, "Ledige personer"], [[*row, 7] for row in rows]


@pytest.mark.parametrize("change, named", [
    (renamed, ["Mangler: " + FULL, "Nye: Ledige, fuldtid"]),
    (removed, ["Mangler: " + SHARE, "Nye: –"]),
    (added, ["Mangler: –", "Nye: Ledige personer"]),
])
def test_changed_columns_are_named_and_nothing_is_kept(desk, server, change, named):
    desk.table()
    before = desk.figures()
    server.change = change
    server.revise = {("Herlev", "2026M08"): 1}
    said = desk.table(code=1).stderr
    assert all(words in said for words in named), said
    assert desk.figures() == before and desk.count("retrieval") == 1


def test_columns_that_changed_since_the_last_time_are_asked_about(desk, server, monkeypatch):
    desk.table()
    # The table's description and its data agree, but no longer with what was fetched before.
    monkeypatch.setattr("statistics_server.MEASURES", [FULL])
    server.change = lambda columns, rows: (columns, [row[:-1] for row in rows])
    said = desk.table(code=1).stderr
    assert "--accept-columns" in said and SHARE in said and "05.10.2026" in said
    assert desk.count("retrieval") == 1
    desk.table("--accept-columns")
    assert desk.count("retrieval") == 2


def test_an_answer_about_something_else_is_refused(desk, server):
    server.change = lambda columns, rows: (
        columns, [[*row[:2], "Kontanthjælp", *row[3:]] for row in rows])
    said = desk.table(code=1).stderr
    assert "Ydelsesgrupper: Kontanthjælp" in said and "Ydelser i alt" in said
    assert desk.count("published_figure") == 0


def test_a_table_that_is_not_there(desk):
    said = desk.fetch("jobindsats", "--table", "y99x01", code=69).stderr
    assert "No such table" in said and "--find" in said
    assert "ingen gemte tal fra y99x01" in said
    desk.fetch("jobindsats", "--table", "../tables", code=69)


def test_a_table_is_one_however_its_id_is_written(desk):
    desk.table("--months", "1")
    desk.fetch("jobindsats", "--table", "Y25I01", "--months", "1")
    desk.fetch("statbank", "--table", "aus08", "--values", "SAESONFAK=9")
    assert desk.rows("select distinct source_table from published_figure order by 1") == [
        ("AUS08",), ("y25i01",)]


def test_a_version_that_is_closed(desk, server):
    server.always = 410
    said = desk.table(code=69).stderr
    assert "lukket" in said and "--address" in said and len(server.asked) == 1


def test_a_token_that_is_refused(desk, server):
    desk.token = "an-old-token"
    said = desk.table(code=69).stderr
    assert "Nøglen blev afvist" in said and "version 2" in said and "an-old-token" not in said
    assert len(server.asked) == 1


def test_the_token_goes_only_over_encrypted_connections(desk):
    env = {"FODFAESTE_JOBINDSATS_ADDRESS": "http://api.jobindsats.dk/v3"}
    assert "https://" in desk.table(code=69, env=env).stderr


def test_the_token_is_not_taken_to_another_host(desk, server):
    other = Server()
    try:
        server.redirect = f"http://localhost:{other.port}/v3/data/y25i01"
        said = desk.table(code=69).stderr
        assert "localhost" in said and other.asked == []
    finally:
        other.stop()


def test_a_redirect_at_home_is_followed(desk, server):
    server.redirect = f"{server.jobindsats}/moved/y25i01?period.M=latest:3"
    desk.table("--months", "3")
    assert len(desk.figures()) == 24 and "/moved/" in server.asked[-1][1]


def test_a_password_in_the_address_is_refused_unseen(desk):
    env = {"FODFAESTE_JOBINDSATS_ADDRESS": "https://name:hush@api.jobindsats.dk/v3"}
    assert "hush" not in desk.table(code=69, env=env).stderr


def test_what_the_server_refuses_is_told_in_its_words(desk, server):
    server.only, server.always = "/data", 422
    assert "made-up 422" in desk.table(code=69).stderr
    assert len(server.asked) == 2


def test_an_answer_that_breaks_off(desk, server):
    server.cut = 200
    assert "brudt" in desk.table(code=69).stderr
    assert desk.count("published_figure") == 0


@pytest.mark.parametrize("drip", [0, 0.2])
def test_an_answer_that_takes_too_long(desk, server, drip):
    server.delay, server.drip = (0, drip) if drip else (4, 0)
    assert "tidsgrænsen" in desk.table("--time-limit", "1", "--tries", "1", code=69).stderr


def test_a_failed_fetch_makes_no_database(desk, server):
    server.always = 500
    assert "ingen gemte tal" in desk.table("--tries", "1", code=69).stderr
    server.always = None
    desk.fetch("jobindsats", "--find", "ledige")
    assert not desk.path.exists()


def test_json_that_breaks_off(desk, server):
    server.body = b'{"columns": ["Periode", "Omr\xc3\xa5de"], "rows": [["2026M'
    said = desk.table(code=1).stderr
    assert "begynder med" in said and desk.count("published_figure") == 0


def test_an_answer_that_is_too_large(desk, server):
    server.body = b'{"columns": [], "rows": [' + b" " * (3 << 20) + b"]}"
    assert "større end 1 MB" in desk.table("--size-limit", "1", code=69).stderr


def test_an_unknown_area_keeps_all_out(desk, server):
    def change(columns, rows):
        return columns, [[row[0], row[1].replace("Herlev", "Ny Kommune"), *row[2:]] for row in rows]

    server.change = change
    said = desk.table("--months", "2", code=1).stderr
    assert "Ny Kommune" in said and "Række 2, kolonne 2" in said
    assert desk.count("published_figure") == 0


def test_statbank_is_fetched_and_revised(desk, server):
    done = desk.bank("--periods", "2")
    assert "6 tal hentet, 1 af dem vises ikke" in done.stdout
    assert desk.figures()[HERLEV, "10", "2026M08"] == 173.8
    assert desk.figures()[219, "10", "2026M08"] is None
    assert (84, "10", "2026M08") not in desk.figures()
    asked = json.loads(server.asked[-1][2])
    assert asked["table"] == "AUS08" and asked["format"] == "JSONSTAT"
    assert asked["variables"] == [
        {"code": "OMRÅDE", "values": ["000", "163", "219"]},
        {"code": "SAESONFAK", "values": ["10"]}, {"code": "Tid", "values": months(2)}]

    def change(document):
        document["dataset"]["value"][3] += 1
        return document

    server.changed_cube = change
    done = desk.bank("--periods", "2")
    assert "Herlev, 2026M08, 10: 173,80 → 174,80" in done.stdout
    assert json.loads(desk.fetch("log", "--table", "AUS08", "--format", "json").stdout)[0][
        "source"] == "statbank"


def test_statbank_in_its_other_shapes(desk, server):
    def sparse(document):
        cube = document["dataset"]
        cube["value"] = {str(n): v for n, v in enumerate(cube["value"]) if v is not None}
        index = cube["dimension"]["Tid"]["category"]["index"]
        cube["dimension"]["Tid"]["category"]["index"] = list(index)
        return document

    server.changed_cube = sparse
    desk.bank("--periods", "2", "--measure", "10=bruttoledige_saeson")
    assert desk.figures()[HERLEV, "bruttoledige_saeson", "2026M08"] == 173.8


@pytest.mark.parametrize("change, named", [
    (lambda d: {"dataset": {**d["dataset"], "value": d["dataset"]["value"][:-1]}}, "value ("),
    (lambda d: {"dataset": {"value": []}}, "dataset.dimension"),
    (lambda d: {**d, "dataset": {**d["dataset"], "value": ["x"] * 6}}, "value.0"),
])
def test_statbank_that_answers_nonsense(desk, server, change, named):
    server.changed_cube = change
    assert named in desk.bank("--periods", "2", code=1).stderr
    assert desk.count("published_figure") == 0


def test_statbank_questions_that_cannot_be_asked(desk):
    bank = ["statbank", "--table", "AUS08"]
    assert "9 (Faktiske tal)" in desk.fetch(*bank, code=1).stderr
    assert "SAESONFAK=11" in desk.fetch(*bank, "--values", "SAESONFAK=11", code=1).stderr
    assert "SAESONFAK" in desk.fetch(*bank, "--values", "ALDER=20", code=1).stderr
    said = desk.fetch("statbank", "--table", "AUS99", code=69).stderr
    assert "Ukendt tabel" in said
    desk.fetch(*bank, "--values", "SAESONFAK", code=64)


SOURCES = """
format: 1
fetch:
  - source: jobindsats
    table: y25i01
    periods: 3
    measures: [{column: "Ledige fuldtidspersoner", measure: ledige_ft_total}]
  - source: jobindsats
    table: y25i01
    periods: 3
    members: [{of: _ygrpi09, is: /2/}]
    measures: [{column: "Ledige fuldtidspersoner", measure: ledige_ft_dagpenge}]
  - {source: jobindsats, table: y99x01}
  - {source: statbank, table: AUS08, periods: 2, values: [{of: SAESONFAK, are: ["9", "10"]}]}
"""


def test_a_list_is_fetched_and_one_failure_does_not_stop_it(desk, tmp_path):
    file = tmp_path / "sources.yaml"
    file.write_text(SOURCES)
    done = desk.fetch("all", file, code=69)
    assert "No such table" in done.stderr and done.stdout.count("Kvittering") == 3
    measures = {measure for _, measure, _ in desk.figures()}
    assert measures == {"ledige_ft_total", "ledige_ft_dagpenge", SHARE, f"{SHARE} · A-dagpenge",
                        "9", "10"}
    file.write_text(SOURCES.replace("y99x01", "y25i01, periodKind: QMAT, periods: 1"))
    desk.fetch("all", file)
    assert (HERLEV, FULL, "2026QMAT02") in desk.figures()


def test_a_wrong_list_names_every_place(desk, server, tmp_path):
    file = tmp_path / "sources.yaml"
    file.write_text(SOURCES.replace("source: statbank", "source: statbanken")
                    .replace("table: y99x01", "table: y99x01, values: [{of: A, are: [b]}]")
                    .replace("periods: 2,", "periods: 0,"))
    said = desk.fetch("all", file, code=1).stderr
    assert "statbanken" in said and "values" in said and "1200" in said
    assert all(f"{file}:{line}:" in said for line in (13, 14)), said
    assert server.asked == [] and not desk.path.exists()
    desk.fetch("all", tmp_path / "none.yaml", code=66)


def test_wrong_use(desk):
    desk.fetch("jobindsats", code=64)
    desk.fetch("jobindsats", "--table", "y25i01", "--find", "x", code=64)
    desk.fetch("jobindsats", "--describe", "y25i01", "--find", "x", code=64)
    desk.table("--months", "0", code=64)
    desk.table("--tries", "0", code=64)


def test_the_log_of_a_new_store(desk):
    desk.bank()
    assert "ikke hentet noget" in desk.fetch("log", "--table", "y25i01").stdout
