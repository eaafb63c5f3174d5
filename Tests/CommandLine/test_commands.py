"""The command line, tried as a person would: right use, wrong use, and a pulled plug."""
import csv
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("FODFAESTE_BINARY", ".build/debug/fodfaeste")
PLAN = "plans/herlev-2024-2025.yaml"


def run(*arguments, code=0):
    done = subprocess.run(
        [BINARY, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "herlev.sqlite"
    run("simulate", "--population", 600, "--database", path)
    return path


@pytest.fixture
def copy(store, tmp_path):
    path = tmp_path / "copy.sqlite"
    shutil.copy(store, path)
    return path


COMMANDS = [
    ["demo"], ["serve"], ["simulate"], ["import"], ["import", "statistics"],
    ["import", "registrations"], ["import", "companies"],
    ["import", "esco"], ["match"], ["match", "code"], ["plan"], ["plan", "check"], ["plan", "status"],
    ["plan", "schema"], ["law"], ["law", "rules"], ["law", "show"], ["law", "obligations"],
    ["law", "what-if"], ["law", "portfolios"], ["law", "ask"],
    ["law", "check"], ["indicators"], ["indicators", "list"], ["indicators", "show"],
    ["indicators", "compute"], ["forecast"], ["effects"], ["effects", "list"],
    ["effects", "show"], ["match"], ["match", "titles"], ["pack"], ["packs"], ["fetch"], ["fetch", "all"],
    ["fetch", "jobindsats"], ["fetch", "statbank"], ["fetch", "log"], ["verify"], ["backup"],
    ["restore"], ["match"], ["match", "assign"],
    ["pool"], ["pool", "key"], ["pool", "agree"], ["pool", "share"], ["pool", "consent"],
    ["pool", "feed"], ["pool", "take"], ["pool", "ask"], ["import", "everything"], ["pool", "offer"], ["pool", "hire"],
    ["pool", "candidates"], ["pool", "status"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_helps_with_an_example(command):
    text = run(*command, "--help").stdout
    assert "xample" in text and "fodfaeste " + " ".join(command) in text


def test_the_shipped_plans_are_in_order():
    text = run("plan", "check", PLAN, "plans/hilleroed-2024.yaml").stdout
    assert text.count("i orden") == 2


def test_a_wrong_plan_names_every_place(tmp_path):
    plan = (ROOT / PLAN).read_text()
    wrong = plan.replace("indicator: local-match-rate", "indicator: local-match-rat", 1)
    wrong = wrong.replace("75 percent", "175 percent", 1)
    assert wrong.count("local-match-rat\n") == 1 and "175 percent" in wrong
    file = tmp_path / "wrong.yaml"
    file.write_text(wrong)
    text = run("plan", "check", file, code=1).stdout
    lines = text.strip().splitlines()
    assert len(lines) >= 2
    for line in lines:
        path, number, column, _ = line.split(":", 3)
        assert path == str(file) and int(number) > 0 and int(column) > 0
    assert "local-match-rate" in text and "175" in text


def test_status_in_three_forms(store):
    day = ["--database", store, "--as-of", "2024-09-30"]
    text = run("plan", "status", PLAN, *day).stdout
    assert "Opgjort pr. 30.09.2024" in text and "380" in text
    document = json.loads(run("plan", "status", PLAN, *day, "--format", "json").stdout)
    targets = {t["id"]: t for goal in document["goals"] for t in goal["targets"]}
    flex = targets["flex-jobs"]
    assert flex["aim"] == 380 and flex["figure"]["period"] == "2024MYTD09"
    table = run("plan", "status", PLAN, *day, "--format", "csv").stdout.lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert len(rows) == 1 + sum(len(goal["targets"]) for goal in document["goals"])
    english = run("plan", "status", PLAN, *day, "--lang", "en").stdout
    assert "As of 30 September 2024" in english


def test_known_at_is_not_as_of(store):
    def value(*more):
        done = run("indicators", "compute", "full-time-persons", "--period", "2024M06",
                   "--database", store, "--format", "json", *more)
        return json.loads(done.stdout)[0]["value"]

    now = value("--as-of", "2025-12-31")
    then = value("--as-of", "2025-12-31", "--known-at", "2024-06-15")
    assert now > 0 and then > 0 and now != then


def test_without_a_database_the_status_says_so(tmp_path):
    done = run("plan", "status", PLAN, "--database", tmp_path / "none.sqlite")
    assert "There is no database" in done.stderr and "ngen tal" in done.stdout


def test_compare_needs_a_municipality_that_exists(store):
    done = run("plan", "status", PLAN, "--database", store, "--compare-municipality", "0999",
               code=64)
    assert "no municipality 0999" in done.stderr
    run("plan", "status", PLAN, "--database", store, "--compare-municipality", "0219")


def test_indicators(store):
    listed = run("indicators", "list", "--lang", "en").stdout.splitlines()
    assert len(listed) >= 60
    shown = run("indicators", "show", "local-match-rate").stdout
    assert "Tæller" in shown and "Nævner" in shown
    wrong = run("indicators", "show", "local-match", code=64).stderr
    assert "local-match-rate" in wrong
    period = run("indicators", "compute", "persons", "--period", "2024X", "--database", store,
                 code=64).stderr
    assert "2024M06" in period
    cut = run("indicators", "compute", "job-orders", "--period", "2024", "--by", "benefit",
              "--database", store, code=64).stderr
    assert "municipality" in cut


def test_an_indicator_is_computed_for_a_part_of_the_people(store):
    def persons(indicator, *who):
        done = run("indicators", "compute", indicator, "--period", "2024Q2", "--format", "json",
                   "--database", store, *who)
        return json.loads(done.stdout)[0]["persons"]

    everybody = persons("persons")
    women, men = persons("persons", "--sex", "female"), persons("persons", "--sex", "male")
    assert women > 0 and men > 0 and women + men == everybody
    young = persons("citizens-in-work", "--ages", "16-29")
    old = persons("citizens-in-work", "--ages", "30-")
    assert young > 0 and young + old == persons("citizens-in-work")
    ready = persons("persons", "--benefit", "cashBenefit", "--match", "jobReady")
    assert 0 < ready < persons("persons", "--benefit", "cashBenefit")
    for who, accepted in [(("--sex", "woman"), "female"), (("--ages", "67-16"), "16-66"),
                          (("--benefit", "dagpenge"), "unemploymentBenefit")]:
        wrong = run("indicators", "compute", "persons", "--period", "2024Q2", "--database", store,
                    *who, code=64).stderr
        assert who[1] in wrong and accepted in wrong


def test_the_public_sees_no_figures_about_few(store):
    def cells(*more):
        done = run("indicators", "compute", "persons", "--period", "2024M06", "--by", "benefit",
                   "--format", "json", "--database", store, *more)
        return json.loads(done.stdout)

    own, outside = cells(), cells("--public", "--hide-below", "40")
    few = [cell["labels"] for cell in own if cell["persons"] < 40]
    hidden = [cell["labels"] for cell in outside if cell["hidden"]]
    assert few and all(labels in hidden for labels in few)
    assert len(hidden) < len(own) and not any(cell["hidden"] for cell in own)
    assert not any(cell["hidden"] for cell in cells("--public", "--hide-below", "1"))
    assert "1 (nothing" in run("indicators", "compute", "persons", "--period", "2024", "--database",
                               store, "--hide-below", "0", code=64).stderr


STATISTICS = "code,area,table,measure,period,value\n"


@pytest.mark.parametrize(
    "content, said",
    [
        (STATISTICS + "0163,Herlev,y25i01,m,2024M13,5\n", "2"),
        (STATISTICS + "0999,Ingensteds,y25i01,m,2024M01,5\n", "2"),
        (STATISTICS + "0163,Herlev,y25i01,m,2024M01\n", "2"),
        (STATISTICS + '0163,"Herlev,y25i01,m,2024M01,5\n', "2"),
        ((STATISTICS + "0219,Hillerød,y25i01,m,2024M01,5\n").encode("latin-1"), "Latin-1"),
        ("a;b\n1;2\n", "code"),
        ("", ""),
    ],
)
def test_wrong_statistics_change_nothing(copy, tmp_path, content, said):
    file = tmp_path / "figures.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = rows(copy, "published_figure")
    done = run("import", "statistics", file, "--database", copy, code=1)
    assert said in done.stderr and len(done.stderr) > 20
    assert rows(copy, "published_figure") == before


def test_statistics_with_semicolons_a_mark_and_hidden_values(copy, tmp_path):
    file = tmp_path / "figures.csv"
    text = STATISTICS.replace(",", ";") + "0163;Herlev;y25i01;ledige_ft_total;2024M01;\n"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    done = run("import", "statistics", file, "--database", copy)
    assert "Kvittering" in done.stdout
    with sqlite3.connect(copy) as database:
        assert database.execute("select value from published_figure").fetchall() == [(None,)]
    run("verify", "--database", copy)


def test_statistics_of_one_area_with_a_column_for_each_measure(copy, tmp_path):
    file = tmp_path / "country.csv"
    file.write_text("period,persons,fulltime\n2016M08,108957,77822\n")
    options = ["--database", copy, "--measure", "fulltime=y25i01/ledige_ft_dagpenge"]
    columns = [*options, "--table", "y01a02", "--area"]
    assert "0999" in run("import", "statistics", file, *columns, "0999", code=64).stderr
    assert "--table" in run("import", "statistics", file, "--area", "0000", code=64).stderr
    assert "Kvittering" in run("import", "statistics", file, *columns, "0000").stdout
    with sqlite3.connect(copy) as database:
        stored = database.execute(
            "select municipality, source_table, measure, value from published_figure order by value"
        ).fetchall()
    assert stored == [
        (0, "y25i01", "ledige_ft_dagpenge", 77822), (0, "y01a02", "persons", 108957)
    ]


def rows(path, table):
    with sqlite3.connect(path) as database:
        return database.execute(f"select count(*) from {table}").fetchone()[0]


def someone(path):
    with sqlite3.connect(path) as database:
        return database.execute(
            "select c.cpr from citizen c where not exists (select 1 from benefit_spell b "
            "where b.citizen = c.id) limit 1").fetchone()[0]


def test_registrations_are_kept_with_receipts(copy, tmp_path):
    file = tmp_path / "spells.csv"
    file.write_text(f"cpr;benefit;from;to\n{someone(copy)};cashBenefit;01.03.2024;30.06.2024\n")
    before = rows(copy, "ledger")
    done = run("import", "registrations", file, "--kind", "benefit-spells", "--database", copy)
    assert "1 registreringer gemt" in done.stdout and "Kvittering" in done.stdout
    assert rows(copy, "ledger") == before + 1
    run("verify", "--database", copy)


def test_a_period_that_is_registered_already_is_refused(copy, tmp_path):
    file = tmp_path / "spells.csv"
    file.write_text(f"cpr;benefit;from;to\n{someone(copy)};cashBenefit;01.03.2024;30.06.2024\n")
    arguments = ["import", "registrations", file, "--kind", "benefit-spells", "--database", copy]
    run(*arguments)
    before = rows(copy, "ledger")
    done = run(*arguments, code=1)
    assert "Række 2" in done.stderr and "allerede er registreret" in done.stderr
    assert rows(copy, "ledger") == before


def test_one_wrong_row_keeps_all_out(copy, tmp_path):
    cpr = someone(copy)
    file = tmp_path / "spells.csv"
    file.write_text(
        "cpr;benefit;from;to\n"
        f"{cpr};cashBenefit;01.03.2024;30.06.2024\n"
        f"{cpr};cashbenefits;01.03.2025;30.06.2025\n"
        f"{cpr};cashBenefit;30.06.2024;01.03.2024\n"
        "3113901234;cashBenefit;01.03.2024;\n"
    )
    rejected = tmp_path / "rejected.csv"
    before = rows(copy, "ledger")
    done = run("import", "registrations", file, "--kind", "benefit-spells", "--database", copy,
               "--rejected", rejected, code=1)
    assert len(done.stderr.strip().splitlines()) >= 3
    assert cpr not in done.stderr and "3113901234" not in done.stderr
    assert rows(copy, "ledger") == before
    assert len(rejected.read_text().strip().splitlines()) >= 4


def test_tampering_is_named(copy):
    with sqlite3.connect(copy) as database:
        database.execute(
            "update benefit_spell set degree = degree - 1 where registration = "
            "(select min(registration) from benefit_spell)")
    done = run("verify", "--database", copy, code=1)
    assert "benefit_spell" in done.stdout


def test_backup_and_restore(store, tmp_path):
    backup = tmp_path / "backup.sqlite"
    run("backup", backup, "--database", store)
    run("backup", backup, "--database", store, code=64)
    restored = tmp_path / "restored.sqlite"
    run("restore", backup, "--database", restored)
    run("restore", backup, "--database", restored, code=64)
    one = run("plan", "status", PLAN, "--database", store, "--format", "json").stdout
    two = run("plan", "status", PLAN, "--database", restored, "--format", "json").stdout
    assert one == two


@pytest.mark.skipif("FODFAESTE_TEST_POSTGRES" not in os.environ,
                    reason="no PostgreSQL server was named")
def test_a_backup_moves_to_postgresql_and_back(store, tmp_path):
    info = os.environ["FODFAESTE_TEST_POSTGRES"]
    name = f"cli_{os.getpid()}_{time.time_ns()}"
    subprocess.run(["psql", info, "-qc", f"create schema {name}"], check=True)
    try:
        target = f"{info} options='-c search_path={name}'"
        backup, back = tmp_path / "backup.sqlite", tmp_path / "back.sqlite"
        run("backup", backup, "--database", store)
        run("restore", backup, "--postgres", target)
        run("verify", "--postgres", target)
        run("backup", back, "--postgres", target)
        day = ["--as-of", "2024-12-31", "--format", "json"]
        status = [
            run("plan", "status", PLAN, *where, *day).stdout
            for where in (["--database", store], ["--postgres", target], ["--database", back])
        ]
        assert status[0] == status[1] == status[2]
    finally:
        subprocess.run(["psql", info, "-qc", f"drop schema {name} cascade"], check=True)


def test_a_simulation_that_is_killed_leaves_no_database(tmp_path):
    path = tmp_path / "killed.sqlite"
    process = subprocess.Popen(
        [BINARY, "simulate", "--population", "3000", "--database", path], cwd=ROOT,
        stderr=subprocess.PIPE)
    time.sleep(1.5)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not path.exists()
    run("simulate", "--population", 300, "--database", path)
    run("verify", "--database", path)


def test_nothing_is_overwritten(store):
    done = run("simulate", "--population", 300, "--database", store, code=64)
    assert "nothing is overwritten" in done.stderr


@pytest.mark.parametrize("arguments, said", [
    (["simulate", "--municipality", "0999"], "no municipality 0999"),
    (["simulate", "--municipality", "0231"], "Skævinge (0231) has been part of 0219 Hillerød"),
    (["simulate", "--population", "3"], "100"),
    (["simulate", "--through", "2019-01-01"], "2021-01-01"),
    (["verify"], "There is no database"),
])
def test_wrong_use_says_what_would_be_right(tmp_path, arguments, said):
    done = subprocess.run(
        [BINARY, *arguments, "--database", tmp_path / "x.sqlite"], cwd=ROOT,
        capture_output=True, text=True)
    assert done.returncode in (64, 66) and said in done.stderr
    assert not (tmp_path / "x.sqlite").exists()


def panel(path, rows):
    head = "code,area,table,measure,period,value"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def months(count):
    return [f"{2021 + m // 12}M{m % 12 + 1:02}" for m in range(count)]


def test_a_panel_with_nothing_to_forecast_says_so(tmp_path):
    quarters = panel(tmp_path / "q.csv", [f"0163,Herlev,y01,ledige,2024Q{q},200" for q in (1, 2)])
    done = run("forecast", "--panel", quarters, "--format", "csv", code=1)
    assert "2 tal er for kvartaler eller år" in done.stderr and "intet at fremskrive" in done.stderr
    assert done.stdout == ""


def test_a_former_municipality_is_named_and_never_joined(tmp_path):
    rows = [f"0163,Herlev,y01,ledige,{month},{500 + m}" for m, month in enumerate(months(30))]
    rows += ["0231,Skævinge,y01,ledige,2006M12,80", "0219,Hillerød,y01,ledige,2006M12,300"]
    done = run("forecast", "--panel", panel(tmp_path / "p.csv", rows), "--format", "csv")
    assert "2 af de tal" in done.stderr and "Hillerød (1), Skævinge (1)" in done.stderr
    assert {line["series"][:4] for line in csv.DictReader(io.StringIO(done.stdout))} == {"0163"}
    late = panel(tmp_path / "late.csv", ["0231,Skævinge,y01,ledige,2024M12,80"])
    done = run("forecast", "--panel", late, code=1)
    assert "0219 Hillerød (2007)" in done.stderr


def test_a_count_is_not_taken_for_a_share_because_of_its_name(tmp_path):
    rows = [f"0163,Herlev,y01,handel_ansatte,{month},{500 + m}" for m, month in enumerate(months(30))]
    done = run("forecast", "--panel", panel(tmp_path / "p.csv", rows), "--format", "csv")
    assert all(float(line["mean"]) > 400 for line in csv.DictReader(io.StringIO(done.stdout)))


def test_series_are_forecast_with_intervals(tmp_path):
    rows = [
        f"0163,Herlev,y01,ledige,{month},{200 + 20 * (m % 12 < 3) + m}"
        for m, month in enumerate(months(36)) if m != 20
    ]
    # What is not shown is a gap; a series that is never shown is left out and said so.
    rows += [f"0219,Hillerød,y01,ledige,{month}," for month in months(36)]
    done = run("forecast", "--panel", panel(tmp_path / "p.csv", rows), "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [line["period"] for line in lines] == [f"2024M{m:02}" for m in range(1, 13)]
    assert {line["series"] for line in lines} == {"0163/y01/ledige"}
    for line in lines:
        order = [float(line[c]) for c in ("lo95", "lo80", "lo50", "mean", "hi50", "hi80", "hi95")]
        assert order == sorted(order)
    # The season of the series is expected again.
    assert float(lines[0]["mean"]) > float(lines[6]["mean"])
    assert "1 serier har ingen kendt måned" in done.stderr
    again = run("forecast", "--panel", tmp_path / "p.csv", "--format", "csv")
    assert again.stdout == done.stdout


AREAS = {151: "Ballerup", 153: "Brøndby", 155: "Dragør", 157: "Gentofte", 159: "Gladsaxe",
         161: "Glostrup", 163: "Herlev", 165: "Albertslund"}


def forecast_lines(path, *arguments):
    done = run("forecast", "--panel", path, "--format", "csv", *arguments)
    return list(csv.DictReader(io.StringIO(done.stdout))), done.stderr


def test_nobody_until_now_may_be_somebody_next_month(tmp_path):
    rows = [f"0163,Herlev,y01,ledige,{month},0" for month in months(36)]
    lines, said = forecast_lines(panel(tmp_path / "p.csv", rows))
    assert {line["mean"] for line in lines} == {line["lo95"] for line in lines} == {"0"}
    assert all(float(line["hi95"]) > 1 for line in lines) and said == ""


def test_one_wrong_share_does_not_let_the_others_pass_100(tmp_path):
    rows = [
        f"0{code},{AREAS[code]},y01,aktiveringsgrad,{month},"
        f"{9700 if (code, m) == (163, 9) else share}"
        for code in (151, 153, 163)
        for m, (month, share) in enumerate(zip(months(36), [97, 99, 93, 98] * 9))
    ]
    lines, _ = forecast_lines(panel(tmp_path / "p.csv", rows))
    assert len(lines) == 36 and all(float(line["hi95"]) <= 100 for line in lines)


def test_a_change_of_level_and_a_stop_are_told_and_the_columns_stay(tmp_path):
    rows = [
        f"0{code},{name},y01,ledige,{month},"
        f"{(code + m % 5) * (2 if code == 163 and m > 23 else 1)}"
        for code, name in AREAS.items()
        for m, month in enumerate(months(36)) if code != 151 or m < 30
    ]
    path = panel(tmp_path / "p.csv", rows)
    lines, said = forecast_lines(path)
    assert list(lines[0])[:3] == ["series", "period", "mean"] and len(lines[0]) == 9
    assert said.splitlines()[0].startswith("0163/y01/ledige: Fra 2023M01 ligger tallene")
    assert said.splitlines()[1].startswith("0151/y01/ledige: Det seneste tal er fra 2023M06")
    assert len(said.splitlines()) == 2
    # What comes next is on the new level.
    assert all(300 < float(line["mean"]) < 360 for line in lines if line["series"][:4] == "0163")
    table, said = forecast_lines(path, "--breaks")
    (row,) = table
    assert (row["series"], row["month"], row["scope"]) == ("0163/y01/ledige", "2023M01", "one")
    assert abs(float(row["ratio"]) - 2) < 0.1 and said == ""
    english = run("forecast", "--panel", path, "--lang", "en").stderr
    assert "on another level, 2.0" in english and "The latest figure is from 2023M06" in english


def test_a_change_of_all_areas_is_told_once(tmp_path):
    rows = [
        f"0{code},{name},y01,ledige,{month},{(code + m % 5) * (2 if m > 23 else 1)}"
        for code, name in AREAS.items() for m, month in enumerate(months(36))
    ]
    path = panel(tmp_path / "p.csv", rows)
    _, said = forecast_lines(path)
    assert said.startswith("y01/ledige: Fra 2023M01") and "alle områder" in said
    assert len(said.splitlines()) == 1
    (row,), _ = forecast_lines(path, "--breaks")
    assert (row["series"], row["scope"]) == ("y01/ledige", "all")


def test_a_wrong_panel_is_refused_with_the_place(tmp_path):
    wrong = panel(tmp_path / "w.csv", ["0163,Herlev,y01,ledige,2021M13,mange"])
    done = run("forecast", "--panel", wrong, "--lang", "en", code=1)
    assert "2021M13" in done.stderr and "mange" in done.stderr and not done.stdout
    run("forecast", "--panel", tmp_path / "none.csv", code=66)
    run("forecast", "--panel", wrong, "--horizon", "0", code=64)


def test_an_effort_is_compared_in_plain_words(store, tmp_path):
    listed = run("effects", "list", "--lang", "en").stdout
    assert "company-placement\t" in listed and "guidance-and-upskilling\t" in listed
    asked = ["effects", "company-placement", "--database", store, "--as-of", "2025-12-31"]
    text = run(*asked).stdout
    assert "Svar: " in text and "Motivation" in text and "[" not in text
    answer = json.loads(run(*asked, "--format", "json").stdout)
    assert answer["verdict"] in {"higher", "lower", "noDifferenceThatMatters", "cannotTell"}
    assert answer["timing"] == "after" and answer["asOf"] == "2025-12-31"
    line = next(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").stdout)))
    assert line["verdict"] == answer["verdict"]
    assert run(*asked, "--format", "json").stdout == run(*asked, "--format", "json").stdout


def test_a_protocol_with_problems_is_told_line_by_line(store, tmp_path):
    shipped = ROOT / "Sources/Effects/Resources/protocols/company-placement.yaml"
    own = tmp_path / "own.yaml"
    own.write_text(shipped.read_text().replace("entry: {from: 2022-01", "entry: {from: 2022-13"))
    told = run("effects", own, "--database", store, "--lang", "en", code=1).stderr
    assert "own.yaml:14:" in told and "2022-13" in told
    run("effects", "no-such-protocol", "--database", store, code=64)
