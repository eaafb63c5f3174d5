"""Official spells: begun, ended, open, and what they led to, as DuckDB queries."""

from duckdb_blocks import by_month

# Official spells of the benefits that continue no other. The day as of has no end after it.
PREPARED = {
    "official": """
        WITH reach AS (
            SELECT *,
                CASE WHEN "end" > known_at() THEN 1000000000 ELSE "end" END AS until,
                max(until) OVER (PARTITION BY person, municipality, benefit
                    ORDER BY start, "end"
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
            FROM known WHERE benefit NOT IN (1, 2, 3)),
        numbered AS (
            SELECT *, count(CASE
                    WHEN reached = 1000000000 THEN NULL
                    WHEN start > CASE WHEN benefit = 4 THEN reached + 1
                        ELSE last_day(reached) END
                    THEN 1 END) OVER (PARTITION BY person, municipality, benefit
                        ORDER BY start, "end" ROWS UNBOUNDED PRECEDING) AS number
            FROM reach),
        spans AS (
            SELECT person, municipality, benefit, min(start) AS start, max(until) AS until
            FROM numbered GROUP BY person, municipality, benefit, number),
        ended AS (
            SELECT person, municipality, benefit, start, CASE
                WHEN until = 1000000000 THEN NULL
                WHEN benefit <> 4 AND last_day(until) > known_at() THEN NULL
                ELSE until END AS "end"
            FROM spans)
        SELECT *, month_of(start) AS start_month, month_of("end") AS end_month FROM ended""",
}

BEGUN = "SELECT *, start_month AS month FROM official WHERE start BETWEEN low() AND high()"
ENDED = 'SELECT *, end_month AS month FROM official WHERE "end" BETWEEN low() AND high()'

OPEN_START = """
    SELECT municipality, greatest(start_month + 1, 0) AS first_month,
        least(coalesce(end_month, month_of(high())), month_of(high())) AS last_month
    FROM official"""

# Open after a month's last day: first_month is the first that counts.
OPEN_END = """
    SELECT *, least(coalesce(end_month - 1, month_of(high())), month_of(high())) AS last_month
    FROM (SELECT *, {first} AS first_month FROM official)"""


def open_over(weeks):
    """Open at the end of a month for more than so many weeks."""
    first = f"month_from(least(start, high()) + {7 * weeks + 1})"
    return OPEN_END.format(first=first) + " WHERE benefit = 4"


def exits(status, days):
    """The part of the ended spells with a status so many days later."""

    def on_day(table, condition="TRUE"):
        return f"""EXISTS (SELECT 1 FROM {table} f WHERE f.person = e.person
            AND f.start <= e.day AND f."end" >= e.day AND {condition})"""

    learns = on_day("enrolments")
    works = """EXISTS (SELECT 1 FROM employments w WHERE w.person = e.person
        AND w.start <= e.month_end AND w."end" >= e.month_start)"""
    # Leave and old age are neither benefits nor self-support, and so is having moved away.
    rests = f"""(NOT {on_day("known", "f.benefit IN (12, 13)")} AND ({on_day("residences")}
        OR NOT EXISTS (SELECT 1 FROM residences r WHERE r.person = e.person)))"""
    hit = {
        "education": learns,
        "work": f"NOT {learns} AND {works}",
        "self-support": f"({learns} OR {works} OR {rests})",
    }[status]
    month = "date_trunc('month', DATE '1970-01-01' + day::INTEGER)"
    return f"""
        WITH ended AS (
            SELECT person, municipality, end_month AS month, "end" + {days} AS day
            FROM official
            WHERE "end" BETWEEN low() AND high() AND "end" + {days} <= known_at()),
        free AS (
            SELECT *, {month}::DATE - DATE '1970-01-01' AS month_start,
                least(({month} + INTERVAL 1 MONTH)::DATE - DATE '1970-01-01' - 1, known_at())
                    AS month_end
            FROM ended e WHERE NOT {on_day("known", "f.benefit NOT IN (12, 13)")})
        SELECT municipality, month, sum(above)::BIGINT AS numerator,
            sum(below)::BIGINT AS denominator
        FROM (
            SELECT municipality, month, 0 AS above, 1 AS below FROM ended
            UNION ALL
            SELECT municipality, month, 1, 0 FROM free e WHERE {hit})
        GROUP BY municipality, month"""


def beside(spells, first, last):
    """The spells with another benefit on a day of a span, as far as is known."""
    return f"""
        SELECT * FROM ({spells}) s WHERE EXISTS (
            SELECT 1 FROM known k WHERE k.person = s.person AND k.benefit <> s.benefit
                AND k.start <= least({last}, known_at()) AND k."end" >= {first})"""


def queries(tally):
    length = 'sum("end" - start + 1)'
    return {
        "spells-begun": by_month(BEGUN),
        "spells-begun-from-benefit": by_month(beside(BEGUN, "s.start - 7", "s.start - 1")),
        "spells-ended": by_month(ENDED),
        "spells-ended-to-benefit": by_month(beside(ENDED, 's."end" + 1', 's."end" + 7')),
        "ended-spells-by-duration": by_month(ENDED),
        "mean-duration-ended": by_month(ENDED, length, "count(*)"),
        "spells-open-start": tally.each(OPEN_START),
        "spells-open-end": tally.each(OPEN_END.format(first="greatest(start_month, 0)")),
        "sickness-mean-duration": by_month(
            f"SELECT * FROM ({ENDED}) WHERE benefit = 4", length, "count(*)"
        ),
        "sickness-over-26-weeks": tally.each(open_over(26)),
        "sickness-over-52-weeks": tally.each(open_over(52)),
        **{
            f"exit-to-{status}-{months}m": exits(status, days)
            for status in ("education", "self-support", "work")
            for months, days in ((1, 30), (3, 92), (6, 182), (12, 365))
        },
    }
