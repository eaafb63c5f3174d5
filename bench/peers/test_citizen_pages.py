"""Both citizen page peers show the same page of what is registered in our own tables."""

import json
import re
import sqlite3
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import citizen_page
import same_events

HERE = Path(__file__).parent
MIGRATIONS = HERE.parents[1] / "Sources/Storage/Resources/migrations"
PEERS = ["fastapi", "django"]
CITIZEN = 1630000001
TALK = {"citizen": CITIZEN, "day": 20000, "kind": "job", "form": "physical"}
PROGRAM = """
import asyncio, sys
from urllib.parse import parse_qsl, urlsplit
if sys.argv[1] == "django":
    import django_citizen
    from django.test import Client
    reply = Client().get(sys.argv[2])
    print(reply.status_code, reply.content.decode(), sep="\\n")
else:
    from fastapi import HTTPException
    from fastapi_citizen import citizen
    address = urlsplit(sys.argv[2])
    asked = dict(parse_qsl(address.query))
    asked["page"] = int(asked.get("page", 1))
    try:
        reply = asyncio.run(citizen(int(address.path.split("/")[-1]), **asked))
        print(200, reply.body.decode(), sep="\\n")
    except HTTPException as problem:
        print(problem.status_code, "", sep="\\n")
"""


class Cells(HTMLParser):
    """The texts of the timeline's cells, a list for each line."""

    def __init__(self, page):
        super().__init__()
        self.lines, self.is_open = [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.lines.append([])
        self.is_open = tag in ("th", "td")
        if self.is_open:
            self.lines[-1].append("")

    def handle_endtag(self, tag):
        self.is_open = False

    def handle_data(self, data):
        if self.is_open:
            self.lines[-1][-1] += data


def events(page):
    return Cells(page).lines[1:]


class Register:
    """Writes facts and their entries in the ledger, as ours does."""

    def __init__(self, connection):
        self.connection, self.number = connection, 20_050

    def insert(self, table, row):
        marks = ", ".join("?" * len(row))
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values())
        )

    def add(self, kind, fact, row, days=(None, None), supersedes=None, act="register"):
        self.number += 1
        entry = {"municipality": 163, "number": self.number, "recorded_on": 20100}
        entry |= {"recorded_at": 0, "actor": "A & B", "role": "", "purpose": "", "act": act}
        entry |= {"kind": kind, "fact": fact, "citizen": row.get("citizen", CITIZEN)}
        entry |= {"valid_from": days[0], "valid_to": days[1], "supersedes": supersedes}
        entry |= {"payload": json.dumps(row), "previous_hash": "", "hash": ""}
        self.insert("ledger", entry)
        if supersedes:
            self.connection.execute(
                f"UPDATE {kind} SET superseded_by = ?, superseded_on = 20100 "
                "WHERE registration = ?",
                (self.number, supersedes),
            )
        if act != "withdraw":
            key = {"municipality": 163, "id": fact, "registration": self.number}
            self.insert(kind, key | row | {"recorded_on": 20100})
        return self.number


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "citizens.sqlite"
    connection = sqlite3.connect(path)
    for migration in sorted(MIGRATIONS.glob("*.sql")):
        connection.executescript(re.sub(r"/\*STRICT.*?\*/", "", migration.read_text()))
    connection.execute(
        "CREATE INDEX IF NOT EXISTS ledger_by_citizen_day "
        "ON ledger (municipality, citizen, valid_from, number)"
    )
    with connection:
        fill(Register(connection))
    connection.close()
    return path


def fill(register):
    person = {"cpr": "0101904016", "given_name": "Bo", "family_name": "<Dahl>"}
    person |= {"sort_name": "", "sex": "male", "born": 7305, "origin": "danish"}
    register.add("citizen", CITIZEN, person)
    register.add("citizen", CITIZEN + 1, person)
    staff = {"name": "Eva Lund", "team": "", "valid_from": 0}
    register.add("staff_member", 7, staff)
    for fact, who, days in ((1, 6, (19000, 19999)), (2, 7, (20000, None))):
        row = {"citizen": CITIZEN, "staff": who, "valid_from": days[0], "valid_to": days[1]}
        register.add("assignment", fact, row, days)
    planned = register.add("conversation", 3, TALK | {"status": "planned"}, (20000, 20000))
    register.add(
        "conversation", 3, TALK | {"status": "held"}, (20000, 20000), planned, "correct"
    )
    note = {"citizen": CITIZEN, "begins": 510, "place": "", "interpreted": 0}
    register.add("conversation_note", 3, note | {"companion": "", "note": "Et <job> & mere"})
    act = {"citizen": CITIZEN, "kind": "planMade", "day": 20001, "note": ""}
    taken_back = register.add("case_act", 4, act, (20001, 20001))
    register.add("case_act", 4, {}, supersedes=taken_back, act="withdraw")
    for fact in range(120):
        days = (15000 + fact, 15001 + fact)
        spell = {"citizen": CITIZEN, "benefit": "cashBenefit", "degree": 1110}
        row = spell | {"valid_from": days[0], "valid_to": days[1]}
        register.add("benefit_spell", fact, row, days)
    other = TALK | {"citizen": CITIZEN + 1, "status": "held"}
    register.add("conversation", 9, other, (20002, 20002))


def ask(database, peer, path):
    command = [sys.executable, "-c", PROGRAM, peer, path]
    environment = {"CITIZEN_DATABASE": str(database), "PYTHONPATH": str(HERE)}
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    status, _, body = output.stdout.partition("\n")
    return int(status), body.strip()


def ask_both(database, path):
    """The page of the first; both show the same events."""
    replies = [ask(database, peer, path) for peer in PEERS]
    assert [status for status, _ in replies] == [200, 200]
    first, second = (page for _, page in replies)
    assert events(first) == events(second)
    assert same_events.difference(same_events.events(first), same_events.events(second)) is None
    return first


def test_events(database):
    page = ask_both(database, f"/citizens/{CITIZEN}?purpose=Tilsyn")
    shown = events(page)
    assert len(shown) == 100
    assert shown[0] == [
        "04.10.2024",
        "Samtale",
        "Jobsamtale, holdt, 8.30: Et <job> & mere",
        "12.01.2025 af A & B, nr. 20.057",
    ]
    assert shown[1][:2] == ["siden 04.10.2024", "Sagsbehandler"]
    assert shown[2][:2] == ["08.01.2022 til 03.10.2024", "Sagsbehandler"]
    assert shown[3][1:3] == ["Ydelse", "Kontanthjælp, 18,5 timer om ugen"]
    # What was corrected or taken back is not shown, nor a note as an event of its own.
    numbers = same_events.events(page)
    assert numbers[:3] == [20_057, 20_055, 20_054]
    assert not {20_056, 20_058, 20_059, 20_060} & set(numbers)
    assert "Viser 100 af 123 registreringer" in page


@pytest.mark.parametrize("peer", PEERS)
def test_text(database, peer):
    _, page = ask(database, peer, f"/citizens/{CITIZEN}?purpose=%3Cb%3E")
    assert "<title>Bo &lt;Dahl&gt;</title>" in page
    assert "Et &lt;job&gt; &amp; mere" in page and "<job>" not in page
    assert "med formålet »&lt;b&gt;«" in page and "<b>" not in page
    assert "010190-xxxx, 35 år. Sag nr. 1630000001." in page and "4016" not in page
    assert "Sagsbehandler: Eva Lund siden 04.10.2024. Borgeren har haft 2 i alt." in page
    assert re.findall(r'<option value="(\w*)"', page) == [
        "", "benefit_spell", "conversation", "assignment",
    ]  # fmt: skip


def test_kind_and_pages(database):
    page = ask_both(database, f"/citizens/{CITIZEN}?kind=benefit_spell&page=2")
    assert "Viser 20 af 120 registreringer" in page and "Næste side" not in page
    assert len(events(page)) == 20
    assert '<option value="benefit_spell" selected>' in page
    page = ask_both(database, f"/citizens/{CITIZEN}?kind=conversation")
    assert len(events(page)) == 1
    page = ask_both(database, f"/citizens/{CITIZEN}?kind=nothing&purpose=Tilsyn")
    assert '<a href="?purpose=Tilsyn&amp;kind=&amp;page=2">Næste side</a>' in page


@pytest.mark.parametrize("peer", PEERS)
def test_lookups(database, peer):
    asked = [(CITIZEN, 200, CITIZEN), (5, 404, None), (CITIZEN + 1, 200, CITIZEN + 1)]
    for number, status, _ in asked:
        assert ask(database, peer, f"/citizens/{number}?purpose=Tilsyn")[0] == status
    with sqlite3.connect(database) as connection:
        logged = connection.execute(
            "SELECT municipality, number, act, actor, role, purpose, subject, citizen "
            "FROM lookup ORDER BY number"
        ).fetchall()
    who = ("Sagsbehandler (prøve)", "caseworker", "Tilsyn", "file 2025-12-31")
    assert logged == [(163, n, n, *who, seen) for n, (_, _, seen) in enumerate(asked, 1)]


def test_kinds_are_all_of_ours(database):
    with sqlite3.connect(database) as connection:
        tables = connection.execute(
            "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c "
            "WHERE m.type = 'table' AND c.name IN ('citizen', 'superseded_by') "
            "GROUP BY 1 HAVING count(*) = 2"
        )
        # What a citizen writes with the adviser is on no page of the staff's.
        besides = {"conversation_note", "adviser_entry"}
        assert {name for (name,) in tables} == {*citizen_page.KINDS, *besides}


def test_difference():
    assert same_events.difference([3, 2, 1], [3, 2, 1]) is None
    assert same_events.difference([3, 2, 1], [3, 1, 2]) == "the same in another order, from line 2"
    assert "missing 1; added 4" in same_events.difference([3, 2, 1], [3, 2, 4])
