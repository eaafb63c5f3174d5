"""Paid hours, people in work, and self-support, as DuckDB queries."""

from duckdb_blocks import of_age, once, spans

PREPARED = {
    "work_spans": spans("employments"),
    "home_spans": spans("residences"),
}

ON_BENEFIT = "SELECT * FROM spell_spans WHERE benefit <= 8"

# Months on a benefit and with ordinary pay.
PAID = """
    SELECT s.person, s.municipality, greatest(s.first_month, w.first_month) AS first_month,
        least(s.last_month, w.last_month) AS last_month
    FROM spell_spans s JOIN work_spans w ON s.person = w.person
        AND s.first_month <= w.last_month AND w.first_month <= s.last_month
    WHERE s.benefit <= 8 AND w.kind = 0 AND w.minutes > 0"""

# Work is in minutes a week, day by day: 420 of them are an hour.
SMALL_JOBS = """
    WITH spells AS (
        SELECT person, municipality, first_month, last_month FROM spell_spans
        WHERE (benefit IN (1, 2) AND category = 1) OR benefit = 6),
    hours AS (
        SELECT person, month FROM (
            SELECT person, start, "end", minutes,
                unnest(range(first_month, last_month + 1)) AS month
            FROM work_spans SEMI JOIN spells USING (person) WHERE kind = 0)
        JOIN calendar USING (month) GROUP BY person, month
        HAVING sum((least("end", last) - greatest(start, first) + 1) * minutes)
            BETWEEN 1 AND 80 * 420 - 1)
    SELECT municipality, month, count(DISTINCT person) AS numerator, NULL AS denominator
    FROM spells JOIN hours USING (person)
    WHERE month BETWEEN first_month AND last_month GROUP BY municipality, month"""

# At work, and at home in the municipality, on a month's last day.
AT_WORK = """
    SELECT w.person, h.municipality, greatest(w.first_month, h.first_month) AS first_month,
        month_ended(least(w."end", h."end")) AS last_month
    FROM work_spans w JOIN home_spans h ON w.person = h.person
        AND w.first_month <= h.last_month AND h.first_month <= w.last_month
    WHERE w.kind <= 3"""

# Refugees and their families, in the years in which they have been ready for work: without any
# benefit but fleksjob in the month, or with ordinary work.
SELF_SUPPORTING = f"""
    WITH years AS (
        SELECT DISTINCT person, unnest(range(
                year(DATE '1970-01-01' + start::INTEGER),
                year(DATE '1970-01-01' + least("end", known_at())::INTEGER) + 1)) AS year
        FROM matches JOIN persons USING (person)
        WHERE basis IN (0, 1) AND category = 0 AND start <= known_at()),
    cohort AS (
        SELECT h.person, h.municipality, c.month
        FROM years y JOIN home_spans h USING (person)
            JOIN calendar c ON c.last BETWEEN h.start AND h."end"
                AND year(DATE '1970-01-01' + c.last::INTEGER) = y.year),
    helped AS (
        SELECT person, municipality, month FROM cohort c
        WHERE EXISTS (SELECT 1 FROM spell_spans s WHERE s.person = c.person
                AND s.benefit <> 9 AND c.month BETWEEN s.first_month AND s.last_month)
            AND NOT EXISTS (SELECT 1 FROM work_spans w WHERE w.person = c.person
                AND w.kind = 0 AND w.minutes > 0
                AND c.month BETWEEN w.first_month AND w.last_month))
    SELECT municipality, month, sum(above)::BIGINT AS numerator,
        sum(below)::BIGINT AS denominator
    FROM (SELECT municipality, month, 1 AS above, 1 AS below FROM cohort
        UNION ALL SELECT municipality, month, -1, 0 FROM helped)
    GROUP BY municipality, month"""


def in_work(tally, least, above=None):
    rows = f"SELECT * FROM ({AT_WORK}) WHERE first_month <= last_month"
    return tally.persons(of_age(rows, "person, municipality", least, above))


def queries(tally):
    shares = f"""
        SELECT municipality, first_month, last_month, 1 AS above, 0 AS below
        FROM ({once(PAID)})
        UNION ALL
        SELECT municipality, first_month, last_month, 0, 1 FROM ({once(ON_BENEFIT)})"""
    return {
        "persons-with-paid-hours": tally.persons(PAID),
        "share-with-paid-hours": tally.each(shares, "above", "below"),
        "persons-in-small-jobs": SMALL_JOBS,
        "citizens-in-work": in_work(tally, 16, 67),
        "seniors-in-work-55": in_work(tally, 55),
        "seniors-in-work-60": in_work(tally, 60),
        "wholly-or-partly-self-supporting": SELF_SUPPORTING,
    }
