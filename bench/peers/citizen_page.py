"""What the two citizen page peers share: the words, how an event is written, and the queries
on our own SQLite database, as FastAPI uses them.

CITIZEN_DATABASE names the file, CITIZEN_MUNICIPALITY the municipality. Every page is entered in
the look-up log, so the database is opened for writing, with the safety ours has.
"""

import json
import os
import sqlite3
import threading
import time
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

import yaml

MUNICIPALITY = int(os.environ.get("CITIZEN_MUNICIPALITY", "163"))
PRAGMAS = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536"
)
EPOCH = date(1970, 1, 1).toordinal()
TODAY = date(2025, 12, 31)
TODAY_NUMBER = TODAY.toordinal() - EPOCH
ON_PAGE = 100

# Who looks: the peers have no signing in.
ACTOR = "Sagsbehandler (prøve)"
ROLE = "caseworker"
SUBJECT = f"file {TODAY}"

# The kinds that are events on the page, in the order of the filter.
KINDS = (
    "residence household education enrolment benefit_spell target_group match_category "
    "conversation exemption offer employment referral placement complaint feedback assignment "
    "plan_item effort effort_hours case_act partial_return case_record decision message document "
    "order_event job_profile cv pool_consent shop_visit "
    "event_sign_up event_seat agreement audited_case focus_member complaint_step"
).split()


def _words():
    """The Danish texts of our own pages: `term.status.held` is `holdt`."""
    found = {}

    def add(key, texts):
        if isinstance(texts, dict) and "da" not in texts:
            for part, more in texts.items():
                add(f"{key}.{part}" if key else part, more)
        elif isinstance(texts, dict):
            found[key] = texts["da"]

    folder = Path(__file__).parents[2] / "Sources/Parameters/Resources/texts"
    for name in ("terms", "desk", "law", "views", "correspondence", "employers", "pool", "events", "agreements", "quality", "complaints"):
        add("", yaml.load((folder / f"{name}.yaml").read_bytes(), yaml.CSafeLoader))
    return found


WORDS = _words()
RECORDS = {
    kind["id"]: kind
    for kind in yaml.load(
        (Path(__file__).parents[2] / "Sources/Law/Resources/records/records.yaml").read_bytes(),
        yaml.CSafeLoader,
    )["records"]
}


def counts(municipality, citizen):
    """How many registrations of each kind stand; by `municipality` and `citizen`, each a
    placeholder. Each part counts in the index by citizen alone."""
    return " UNION ALL ".join(
        f"SELECT '{kind}', count(*) FROM {kind} WHERE municipality = {municipality} "
        f"AND citizen = {citizen} AND superseded_by IS NULL"
        for kind in KINDS
    )


COUNTS = counts("?1", "?2")

CITIZEN = """
SELECT given_name, family_name, cpr, born FROM citizen
WHERE municipality = ? AND id = ? AND superseded_by IS NULL
"""

LOOK_UP = """
INSERT INTO lookup
    (municipality, number, act, looked_at, actor, role, purpose, subject, citizen)
SELECT ?1, next, next, ?2, ?3, ?4, ?5, ?6, ?7
FROM (SELECT coalesce(max(number), 0) + 1 AS next FROM lookup WHERE municipality = ?1)
RETURNING number
"""

CASEWORKER = """
SELECT s.name, a.valid_from,
    (SELECT count(DISTINCT staff) FROM assignment
     WHERE municipality = ?1 AND citizen = ?2 AND superseded_by IS NULL)
FROM assignment a
LEFT JOIN staff_member s
    ON s.municipality = a.municipality AND s.id = a.staff AND s.superseded_by IS NULL
WHERE a.municipality = ?1 AND a.citizen = ?2 AND a.superseded_by IS NULL
    AND a.valid_from <= ?3 AND (a.valid_to IS NULL OR a.valid_to >= ?3)
ORDER BY a.valid_from DESC LIMIT 1
"""

# Notes of conversations and what was taken back have no first day in the ledger. The index by
# citizen and day is read from its end, so this costs the same however much is registered.
TIMELINE = """
SELECT l.number, l.kind, l.fact, l.valid_from, l.valid_to, l.recorded_on, l.actor, l.payload
FROM ledger l
WHERE l.municipality = ?1 AND l.citizen = ?2 AND l.valid_from IS NOT NULL {of_kind}
    AND NOT EXISTS (SELECT 1 FROM ledger s
                    WHERE s.municipality = l.municipality AND s.supersedes = l.number)
ORDER BY l.valid_from DESC, l.number DESC LIMIT ?3 OFFSET ?4
"""
TIMELINE_OF_ALL = TIMELINE.format(of_kind="")
TIMELINE_OF_KIND = TIMELINE.format(of_kind="AND l.kind = ?5")

NOTES = """
SELECT id, begins, note FROM conversation_note
WHERE municipality = ? AND id IN (SELECT value FROM json_each(?)) AND superseded_by IS NULL
"""

_connections = threading.local()


def connection():
    """One connection per thread."""
    if not hasattr(_connections, "open"):
        path = os.environ["CITIZEN_DATABASE"]
        opened = sqlite3.connect(
            f"file:{path}?mode=rw", uri=True, timeout=5, isolation_level=None
        )
        opened.executescript(PRAGMAS)
        _connections.open = opened
    return _connections.open


def look(number, purpose, page=1, kind=""):
    """The citizen's page as a plain dict; None for an unknown citizen."""
    database = connection()
    key = (MUNICIPALITY, number)
    citizen = database.execute(CITIZEN, key).fetchone()
    # Also that nobody was found is logged. The one statement is a transaction of its own.
    who = (ACTOR, ROLE, purpose, SUBJECT, number if citizen else None)
    [(lookup,)] = database.execute(LOOK_UP, (MUNICIPALITY, int(time.time()), *who)).fetchall()
    if citizen is None:
        return None
    given_name, family_name, cpr, born = citizen
    standing = dict(database.execute(COUNTS, key))
    where = (*key, ON_PAGE, (page - 1) * ON_PAGE)
    if kind in standing:
        rows = database.execute(TIMELINE_OF_KIND, (*where, kind)).fetchall()
    else:
        rows = database.execute(TIMELINE_OF_ALL, where).fetchall()
    talks = json.dumps([row[2] for row in rows if row[1] == "conversation"])
    notes = {
        talk: (begins, text)
        for talk, begins, text in database.execute(NOTES, (MUNICIPALITY, talks))
    }
    return shown(
        number=number,
        name=f"{given_name} {family_name}",
        cpr=cpr,
        born=born,
        purpose=purpose,
        lookup=lookup,
        caseworker=database.execute(CASEWORKER, (*key, TODAY_NUMBER)).fetchone(),
        standing=standing,
        events=[event(*row[:7], json.loads(row[7]), notes) for row in rows],
        page=page,
        kind=kind,
    )


def shown(
    number, name, cpr, born, purpose, lookup, caseworker, standing, events, page, kind
):
    """What the templates show. `caseworker` is the name, since when, and how many there have
    been; `standing` how many registrations there are of each kind."""
    chosen = kind if kind in standing else ""
    total = standing[chosen] if chosen else sum(standing.values())
    later = None
    if page * ON_PAGE < total:
        later = "?" + urlencode({"purpose": purpose, "kind": chosen, "page": page + 1})
    return {
        "number": str(number),
        "name": name,
        "cpr": f"{cpr[:6]}-xxxx",
        "age": age(born),
        "purpose": purpose,
        "asked": urlencode({"purpose": purpose}),
        "lookup": str(lookup),
        "caseworker": None
        if caseworker is None or caseworker[0] is None
        else WORDS["views.citizen.caseworker"].format(
            name=caseworker[0], day=day(caseworker[1]), count=whole(caseworker[2])
        ),
        "kinds": [
            {"value": each, "label": label(each), "is_chosen": each == chosen}
            for each in KINDS
            if standing[each]
        ],
        "events": events,
        "shown": whole(len(events)),
        "total": whole(total),
        "later": later,
    }


def event(number, kind, fact, start, end, recorded_on, actor, payload, notes):
    """One line of the timeline. `payload` is the registered row; `notes` has when each
    conversation began and what was said."""
    what = detail(kind, payload)
    if kind == "conversation" and fact in notes:
        begins, text = notes[fact]
        if begins is not None:
            what += f", {begins // 60}.{begins % 60:02}"
        if text:
            what += f": {text}"
    return {
        "days": days(start, end),
        "kind": label(kind),
        "detail": what,
        "registered": f"{day(recorded_on)} af {actor}, nr. {whole(number)}",
    }


def detail(kind, row):
    """The row in words; its days stand in a column of their own."""
    match kind:
        case "benefit_spell":
            part = "" if row["degree"] == 2220 else f", {hours(row['degree'])}"
            return WORDS[f"term.benefit.{row['benefit']}"] + part
        case "conversation":
            status = WORDS[f"term.status.{row['status']}"]
            return f"{WORDS['term.conversation.' + row['kind']]}, {status}"
        case "offer" | "employment":
            return f"{WORDS[f'term.{kind}.' + row['kind']]}, {hours(row['weekly'])}"
        case "match_category":
            return WORDS[f"term.matchCategory.{row['category']}"]
        case "target_group":
            return WORDS[f"term.targetGroup.{row['target']}"]
        case "plan_item":
            return f"{WORDS['term.planPart.' + row['part']]}: {row['note']}"
        case "effort":
            ended = f", {WORDS['term.outcome.' + row['outcome']]}" if row["outcome"] else ""
            return row["goal"] + ended
        case "effort_hours" | "partial_return":
            return hours(row["weekly"])
        case "case_act":
            return WORDS[f"law.act.{row['kind']}"]
        case "case_record":
            return record(row)
        case "decision":
            return f"{WORDS['term.decision.' + row['kind']]}: {row['subject']}"
        case "message":
            incoming = row["sender"] != "municipality"
            party = row["sender"] if incoming else row["recipient"]
            ends = WORDS[f"views.message.end.{party}-{'in' if incoming else 'out'}"]
            name = f" ({row['counterpart']})" if row["counterpart"] else ""
            return f"{ends}{name}: {row['subject']}"
        case "document":
            return f"{row['title']}, {WORDS['term.messageParty.' + row['sender']].lower()}"
    return ""


def record(row):
    """The kind and each answer, with the fields' names, as ours words them."""
    kind = RECORDS[row["record"]]
    answers = json.loads(row["answers"])
    parts = [kind["name"]["da"]]
    for field in kind["fields"]:
        if field["id"] not in answers:
            continue
        name, answer = field["name"]["da"], answers[field["id"]]
        if field["kind"] == "choice":
            answer = next(o["name"]["da"] for o in field["options"] if o["id"] == answer)
        if field["kind"] == "day":
            answer = ".".join(reversed(answer.split("-")))
        parts.append(name if field["kind"] == "tick" else f"{name}: {answer}")
    return ". ".join(parts)


def label(kind):
    return WORDS[f"views.fact.{kind}"]


@lru_cache(50_000)
def day(number):
    """31.01.2024"""
    return date.fromordinal(EPOCH + number).strftime("%d.%m.%Y")


def days(start, end):
    if end is None:
        return f"siden {day(start)}"
    return day(start) if end == start else f"{day(start)} til {day(end)}"


def age(born):
    birth = date.fromordinal(EPOCH + born)
    return TODAY.year - birth.year - ((TODAY.month, TODAY.day) < (birth.month, birth.day))


def whole(value):
    """20.054 as Danes write it."""
    return f"{value:,}".replace(",", ".")


def hours(minutes):
    return WORDS["term.hours"].format(hours=f"{minutes / 60:.1f}".replace(".", ","))
