"""A municipality's registrations as they were known on a day, in DuckDB, and what several
indicators share: days on benefits, unemployment, the labour force, official spells, the ladder.

Days are numbers since 1970-01-01; the last day of what has not ended is OPEN.
"""
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/peers"))

from duckdb_blocks import OPEN, gaps, union  # noqa: E402

# In the order of the code list, which decides where one benefit must be chosen of several.
BENEFITS = [
    "unemploymentBenefit", "cashBenefit", "educationAid", "selfSupportAllowance",
    "sicknessBenefit", "jobClarification", "resourceProgramme", "vocationalRehabilitation",
    "flexJobUnemploymentAllowance", "flexJob", "disabilityPension", "earlyRetirement",
    "oldAgePension", "parentalLeave",
]
LADDER = BENEFITS[:11]

SPAN = f'valid_from AS start, coalesce(valid_to, {OPEN}) AS "end"'
ORDERED = "AND coalesce(valid_to, valid_from) >= valid_from"
SOURCES = {
    "persons": "SELECT id AS person, born, coalesce(residence_basis, '') AS basis FROM citizen",
    "residences": f"SELECT citizen AS person, {SPAN} FROM residence",
    "educations": f"SELECT citizen AS person, level, {SPAN} FROM education",
    "enrolments": f"SELECT citizen AS person, {SPAN} FROM enrolment",
    "registrations":
        f"SELECT id, citizen AS person, benefit, degree AS minutes, {SPAN} FROM benefit_spell",
    "targets": f"SELECT id, citizen AS person, target AS code, {SPAN} FROM target_group",
    "matches": f"SELECT id, citizen AS person, category AS code, {SPAN} FROM match_category",
    "exemptions": f"SELECT citizen AS person, {SPAN} FROM exemption",
    "offers": "SELECT id, citizen AS person, kind, weekly AS minutes, coalesce(unit, 0) AS unit,"
        f" {SPAN} FROM offer",
    "employments": "SELECT citizen AS person, kind, weekly AS minutes, coalesce(unit, 0) AS unit,"
        f" {SPAN} FROM employment",
    "talks": "SELECT citizen AS person, day, status FROM conversation",
    "complaints": "SELECT citizen AS person, received AS day FROM complaint",
    "feedback": "SELECT citizen AS person, day, overall FROM feedback",
    "units": f"SELECT number, company, employees, {SPAN} FROM production_unit",
    "contacts": "SELECT id, day, status FROM company_contact",
    "orders": "SELECT id, created, positions FROM job_order",
    "referrals": "SELECT job_order, citizen AS person, day FROM referral",
    "placements": "SELECT job_order, citizen AS person, day, terms FROM placement",
    "surveys": "SELECT id, closed, invited, answered, satisfied FROM survey",
    "duties": "SELECT id, plan, duty, day FROM duty_held",
    "budget": "SELECT account, month, amount FROM budget_line",
    "spending": "SELECT account, month, amount, refund FROM spending_line",
}

MACROS = """
CREATE MACRO lo() AS getvariable('lo')::INTEGER;
CREATE MACRO hi() AS getvariable('hi')::INTEGER;
CREATE MACRO as_of() AS getvariable('as_of')::INTEGER;
CREATE MACRO date_of(day) AS DATE '1970-01-01' + day::INTEGER;
CREATE MACRO day_of(date) AS date::DATE - DATE '1970-01-01';
CREATE MACRO month_first(day) AS day_of(date_trunc('month', date_of(day)));
CREATE MACRO month_last(day) AS day_of(last_day(date_of(day)));
CREATE MACRO years_before(day, years) AS day_of(date_of(day) - to_years(years));
-- The first of the twelve months that end with the span.
CREATE MACRO window_start() AS day_of(date_of(hi() + 1) - INTERVAL 12 MONTH);
-- The last day of the calendar month after a day's: only a whole empty month ends a spell.
CREATE MACRO next_month_last(day) AS month_last(month_last(day) + 1);
CREATE MACRO shared(first, final, low, high) AS
    greatest(0, least(final, high) - greatest(first, low) + 1);
CREATE MACRO inside(first, final) AS shared(first, final, lo(), hi());
-- Weeks from Monday to Sunday; day 0 is a Thursday.
CREATE MACRO week(day) AS ((day + 70003) // 7 - 10000)::INTEGER;
CREATE MACRO is_unemployed(benefit, category) AS benefit = 'unemploymentBenefit' OR (category
    = 'jobReady' AND benefit IN ('cashBenefit', 'educationAid', 'selfSupportAllowance'));
CREATE MACRO continues(earlier, later, start) AS
    (earlier = 'selfSupportAllowance' AND later IN ('cashBenefit', 'educationAid'))
    OR (earlier = 'educationAid' AND later = 'cashBenefit'
        AND start = DATE '2025-07-01' - DATE '1970-01-01');
"""


def cut_by(table):
    """Where a spell's match category or target group changes."""
    return f"""
        SELECT s.id, unnest([m.start, m."end" + 1]) AS day FROM registrations s JOIN {table} m
            ON m.person = s.person AND m.start <= s."end" AND m."end" >= s.start"""


def code_on(table):
    """What holds on a piece's first day: of several the one that began last."""
    return f"""(SELECT max_by(m.code, (m.start, m."end", m.code, m.id)) FROM {table} m
        WHERE m.person = s.person AND m.start <= p.day AND m."end" >= p.day)"""


# Days on benefits, cut where category or target group changes; `until` is the last day of the
# whole registration.
ATOMS = f"""
    WITH cuts AS (
        SELECT id, start AS day FROM registrations
        UNION {cut_by("matches")} UNION {cut_by("targets")}),
    pieces AS (
        SELECT c.id, c.day, lead(c.day) OVER (PARTITION BY c.id ORDER BY c.day) - 1 AS final
        FROM cuts c JOIN registrations s USING (id)
        WHERE c.day BETWEEN s.start AND s."end"),
    coded AS (
        SELECT s.id, s.person, s.benefit, s.minutes, s."end" AS until, p.day AS start,
            coalesce(p.final, s."end") AS "end",
            {code_on("matches")} AS category, {code_on("targets")} AS target
        FROM pieces p JOIN registrations s USING (id)),
    changes AS (
        SELECT *, coalesce(category, '') || '/' || coalesce(target, '') AS codes,
            codes IS DISTINCT FROM lag(codes) OVER (PARTITION BY id ORDER BY start) AS is_new
        FROM coded),
    numbered AS (
        SELECT *, count(*) FILTER (is_new) OVER (
            PARTITION BY id ORDER BY start ROWS UNBOUNDED PRECEDING) AS number FROM changes)
    SELECT id, person, benefit, minutes, until, any_value(category) AS category,
        any_value(target) AS target, min(start) AS start, max("end") AS "end"
    FROM numbered GROUP BY id, person, benefit, minutes, until, number
    HAVING min(start) <= as_of()"""


def under(rows, day, where="TRUE"):
    """Each row with the benefit that covers its day, of several the first in the list, else
    the one that ended last before it; `is_covered` tells which."""
    return f"""
        SELECT r.*, a.benefit, a.category, a.target, a."end" >= r.{day} AS is_covered
        FROM ({rows}) r LEFT JOIN atoms a
            ON a.person = r.person AND a.start <= r.{day} AND {where}
        QUALIFY row_number() OVER (PARTITION BY r.id ORDER BY a."end" >= r.{day} DESC NULLS LAST,
            CASE WHEN a."end" >= r.{day} THEN enum_code(a.benefit)::INTEGER ELSE -a."end" END,
            a.start, a."end", a.benefit, a.id) = 1"""


SUBSIDIES = """SELECT * FROM offers WHERE kind IN ('wageSubsidyPrivate', 'wageSubsidyPublic')
    AND start <= as_of()"""

def with_subsidy(population):
    """Days on benefits, and days in wage subsidy that no benefit covers, under the one before."""
    return f"""
        WITH free AS ({gaps('SELECT person, start, "end" FROM atoms')})
        SELECT person, benefit, target, start, "end", minutes FROM atoms WHERE {population}
        UNION ALL
        SELECT o.person, benefit, target, greatest(o.start, f.start), least(o."end", f."end"),
            least(2220, minutes)
        FROM ({under(SUBSIDIES, "start")}) o JOIN free f
            ON f.person = o.person AND f.start <= o."end" AND o.start <= f."end"
        WHERE {population}"""


UNEMPLOYED = with_subsidy("is_unemployed(benefit, category)")
# Those of LAB § 6 nr. 1-10 who are not in a flex job.
SUPPORTED = with_subsidy("""benefit NOT IN ('flexJob', 'disabilityPension', 'earlyRetirement',
    'oldAgePension', 'parentalLeave')""")

BUSY = union("""
    SELECT person, start, "end" FROM unemployed
    UNION ALL SELECT person, start, "end" FROM atoms
        WHERE benefit IN ('sicknessBenefit', 'parentalLeave')
    UNION ALL SELECT person, start, "end" FROM employments""")
LABOUR_FORCE = f"""
    SELECT b.person, greatest(b.start, r.start) AS start, least(b."end", r."end") AS "end"
    FROM ({BUSY}) b JOIN residences r
        ON r.person = b.person AND b.start <= r."end" AND r.start <= b."end" """

# Each piece of benefit joins the spell, of several the one that began last, in which the same
# benefit reaches it, else one that its benefit continues; `reach` is the last day on which a
# piece that begins still joins. A spell keeps the benefit and the codes of its latest piece.
SPELLS = f"""
    WITH RECURSIVE ordered AS (
        SELECT *, row_number() OVER (PARTITION BY person ORDER BY start, "end", benefit, id)
                ::INTEGER AS place,
            (CASE WHEN "end" >= {OPEN} THEN {OPEN} WHEN benefit = 'sicknessBenefit'
                THEN "end" + 1 ELSE next_month_last(least("end", 100000)) END)::INTEGER AS reach
        FROM atoms),
    joined AS (
        SELECT person, place, place AS root,
            [{{'benefit': benefit, 'reach': reach, 'root': place}}] AS seen
        FROM ordered WHERE place = 1
        UNION ALL
        SELECT person, place, root, list_append(alive, {{'benefit': benefit, 'reach': reach,
            'root': root}})
        FROM (
            SELECT o.person, o.place, o.benefit, o.reach,
                list_filter(j.seen, lambda x: x.reach >= o.start) AS alive,
                coalesce(
                    list_max([x.root FOR x IN alive IF x.benefit = o.benefit]),
                    list_max([x.root FOR x IN alive
                        IF continues(x.benefit, o.benefit, o.start)]),
                    o.place) AS root
            FROM joined j JOIN ordered o ON o.person = j.person AND o.place = j.place + 1)),
    spells AS (
        SELECT person, root, min(start) AS start, max_by(benefit, place) AS benefit,
            max_by(category, place) FILTER (category IS NOT NULL) AS category,
            max_by(target, place) FILTER (target IS NOT NULL) AS target,
            max(CASE WHEN until > as_of() THEN {OPEN} ELSE "end" END) AS final,
            bool_and(benefit = 'sicknessBenefit') AS is_contiguous
        FROM ordered JOIN joined USING (person, place) GROUP BY person, root)
    SELECT person, root, start, benefit, category, target, CASE
        WHEN final >= {OPEN} THEN {OPEN}
        WHEN NOT is_contiguous AND next_month_last(final) > as_of() THEN {OPEN}
        ELSE final END AS "end"
    FROM spells"""

PAID = ", ".join(f"'{benefit}'" for benefit in LADDER)
WEEKS = union(f"""
    SELECT person, week(start) AS start, week("end") AS "end" FROM atoms
    WHERE benefit IN ({PAID})""")

# Runs of weeks with a paid benefit, and how many such weeks lie before each on the ladder. 52
# weeks that are free of benefits and of supported work, of the 156 before, start it again.
CLIMBED = f"""
    WITH RECURSIVE runs AS (
        SELECT person, start::INTEGER AS start, "end"::INTEGER AS "end",
            lag("end") OVER mine AS before, row_number() OVER mine AS place
        FROM ({WEEKS}) WINDOW mine AS (PARTITION BY person ORDER BY start)),
    breaks AS (
        SELECT person, place, unnest(range(greatest(before + 1, start - 156), start))::INTEGER
            AS week
        FROM runs WHERE before IS NOT NULL),
    free AS (
        SELECT person, place, list(week) AS weeks FROM breaks b WHERE NOT EXISTS (
            SELECT 1 FROM employments w WHERE w.person = b.person
                AND w.kind IN ('flexJob', 'wageSubsidy')
                AND b.week BETWEEN week(w.start) AND week(w."end"))
        GROUP BY person, place),
    climbed AS (
        SELECT person, place, start, "end", 0 AS used, []::INTEGER[] AS kept
        FROM runs WHERE place = 1
        UNION ALL
        SELECT person, place, start, "end", CASE WHEN restarts THEN 0 ELSE used END,
            CASE WHEN restarts THEN [] ELSE recent END
        FROM (
            SELECT r.person, r.place, r.start, r."end", c.used + c."end" - c.start + 1 AS used,
                list_filter(list_concat(c.kept, coalesce(f.weeks, [])),
                    lambda w: w >= r.start - 156) AS recent,
                len(recent) >= 52 AS restarts
            FROM climbed c JOIN runs r ON r.person = c.person AND r.place = c.place + 1
                LEFT JOIN free f ON f.person = r.person AND f.place = r.place))
    SELECT person, start, "end", used FROM climbed"""

TABLES = {
    "atoms": ATOMS, "unemployed": UNEMPLOYED, "supported": SUPPORTED,
    "labour_force": LABOUR_FORCE, "spells": SPELLS,
    "climbed": CLIMBED,
}


def known_at(day):
    """What was known at the end of a day; None for everything registered so far."""
    if day is None:
        return "superseded_by IS NULL"
    return f"recorded_on <= {day} AND (superseded_on IS NULL OR superseded_on > {day})"


def column(values):
    """A column of whole numbers or of texts."""
    if any(isinstance(value, str) for value in values):
        return np.array(values, dtype=object)
    return np.array(values, dtype=np.int64)


def load(store, con, municipality, known):
    """Copies the facts of a municipality as they were known."""
    for name, select in SOURCES.items():
        where = f" WHERE municipality = {municipality} AND {known_at(known)}"
        dated = f" {ORDERED}" if SPAN in select and "production_unit" not in select else ""
        found = store.execute(select + where + dated)
        names = [entry[0] for entry in found.description]
        rows = found.fetchall()
        columns = zip(*rows) if rows else [[] for _ in names]
        con.register("source", {key: column(values) for key, values in zip(names, columns)})
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM source")
        con.unregister("source")


def connect(path, municipality, as_of, known):
    """A DuckDB connection with everything that figures as of a day are made from."""
    con = duckdb.connect()
    con.execute(MACROS)
    con.execute(f"SET VARIABLE as_of = {as_of}")
    names = ", ".join(f"'{benefit}'" for benefit in BENEFITS)
    con.execute(f"CREATE TYPE benefit AS ENUM ({names})")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
        load(store, con, municipality, known)
    con.execute("ALTER TABLE registrations ALTER benefit TYPE benefit")
    for name, select in TABLES.items():
        con.execute(f"CREATE TABLE {name} AS {select}")
    return con
