"""The ladder of state reimbursement, as DuckDB queries."""

from duckdb_blocks import MONTHS, gaps, union

# Each step by how many benefit weeks lie before it and before the next, and the state's percent.
STEPS = [(0, 4, 80), (4, 26, 40), (26, 52, 30), (52, 1000000, 20)]

# Kroner a month for a full-time person by benefit, from each of these days.
FROM = ["2020-01-01", "2024-01-01", "2025-01-01", "2026-01-01"]
KRONER = {
    0: (18120, 19700, 20410, 21340),
    1: (11320, 12300, 12740, 13320),
    2: (6260, 6800, 7040, 7360),
    3: (6070, 6600, 6840, 7150),
    4: (18120, 19700, 20410, 21340),
    5: (11320, 12300, 12740, 13320),
    6: (11320, 12300, 12740, 13320),
    7: (18120, 19700, 20410, 21340),
    8: (16100, 17500, 18130, 18950),
    9: (16100, 17500, 18130, 18950),
    10: (17850, 19400, 20100, 21010),
}


def weeks(table, where):
    """Weeks from Monday to Sunday, numbered from the one of 1969-12-29."""
    return f"""
        SELECT person, (start + 70003) // 7 - 10000 AS start,
            (least("end", {2**30 - 1}) + 70003) // 7 - 10000 AS "end"
        FROM {table} WHERE {where}"""


PREPARED = {
    # Weeks with any paid benefit lie on the ladder one after another, also over breaks. 52 free
    # weeks (without benefit and without work with wage support) in the 156 before start it
    # again; those before an earlier start do not count.
    "rungs": f"""
        WITH RECURSIVE weeks AS ({union(weeks("known", "benefit <= 10"))}),
        runs AS (
            SELECT person, start, "end", lag("end") OVER mine AS before,
                coalesce(sum("end" - start + 1) OVER (mine ROWS BETWEEN UNBOUNDED PRECEDING
                    AND 1 PRECEDING), 0)::BIGINT AS used
            FROM weeks WINDOW mine AS (PARTITION BY person ORDER BY start)),
        breaks AS (SELECT person, before + 1 AS start, start - 1 AS "end" FROM runs
            WHERE before IS NOT NULL),
        -- Who has fewer free weeks in all never starts again.
        long AS (SELECT person FROM breaks GROUP BY person HAVING sum("end" - start + 1) >= 52),
        supported AS ({weeks("employments SEMI JOIN long USING (person)",
                             "kind IN (1, 2) AND start <= known_at()")}),
        between AS ({gaps("SELECT * FROM supported")}),
        free AS (
            SELECT * FROM breaks SEMI JOIN long USING (person) ANTI JOIN supported USING (person)
            UNION ALL
            SELECT b.person, greatest(b.start, g.start), least(b."end", g."end")
            FROM breaks b JOIN between g
                ON b.person = g.person AND b.start <= g."end" AND g.start <= b."end"),
        -- Free weeks before a run, and those of them before the last 156.
        counted AS (
            SELECT r.person, r.start, sum(f."end" - f.start + 1)::BIGINT AS free,
                coalesce(sum(least(f."end", r.start - 157) - f.start + 1)
                    FILTER (f.start < r.start - 156), 0)::BIGINT AS early
            FROM runs r JOIN free f ON f.person = r.person AND f."end" < r.start
            GROUP BY r.person, r.start),
        candidates AS (SELECT * FROM counted WHERE free - early >= 52),
        restarts AS (
            SELECT person, min(start) AS start, arg_min(free, start) AS free
            FROM candidates GROUP BY person
            UNION ALL
            SELECT c.person, min(c.start), arg_min(c.free, c.start)
            FROM restarts r JOIN candidates c ON c.person = r.person AND c.start > r.start
                AND c.free - greatest(c.early, r.free) >= 52
            GROUP BY c.person),
        placed AS (
            SELECT r.person, r.start, r."end", r.used - coalesce(max(s.used) OVER (
                    PARTITION BY r.person ORDER BY r.start), 0) AS used
            FROM runs r LEFT JOIN (SELECT person, start, used FROM runs SEMI JOIN restarts
                USING (person, start)) s USING (person, start)),
        steps(step, first, next, percent) AS (VALUES {", ".join(
            f"({step}, {first}, {last}, {percent})"
            for step, (first, last, percent) in enumerate(STEPS, 1)
        )})
        SELECT person, step, percent,
            (start + greatest(first - used, 0)) * 7 - 3 AS start,
            least("end", start + next - used - 1) * 7 + 3 AS "end"
        FROM placed JOIN steps ON next > used AND start + first - used <= "end" """,
}

# Weeks end with Sunday: each piece of a benefit on its steps.
ON_LADDER = """
    SELECT s.municipality, s.benefit, s.minutes, r.step, r.percent,
        greatest(s.start, r.start) AS start, least(s."end", r."end") AS "end"
    FROM spell_spans s JOIN rungs r
        ON r.person = s.person AND s.start <= r."end" AND r.start <= s."end"
    WHERE s.benefit <= 10"""

DATED = ", ".join(
    f"({benefit}, {kroner}, DATE '{day}' - DATE '1970-01-01',"
    f" DATE '{following}' - DATE '1970-01-01' - 1)"
    for benefit, rates in KRONER.items()
    for kroner, day, following in zip(rates, FROM, [*FROM[1:], "9999-12-31"])
)

# What the municipality pays when the state's part is taken off.
COST = f"""
    WITH rates(benefit, kroner, first, last) AS (VALUES {DATED})
    SELECT municipality, minutes::BIGINT * kroner * (100 - percent) AS cost,
        greatest(start, first) AS start, least("end", last) AS "end"
    FROM ({ON_LADDER}) JOIN rates USING (benefit)
    WHERE start <= last AND "end" >= first"""


def queries(tally):
    rows = f"SELECT *, {MONTHS} FROM ({ON_LADDER})"
    return {
        **{
            f"reimbursement-share-step-{step}": tally.days(
                rows, f"CASE WHEN step = {step} THEN minutes ELSE 0 END", "minutes"
            )
            for step in (1, 2, 3, 4)
        },
        "reimbursement-net-cost": tally.days(f"SELECT *, {MONTHS} FROM ({COST})", "cost"),
    }
