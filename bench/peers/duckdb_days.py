"""Full-time persons and persons on benefits, and unemployment, as DuckDB queries."""

from duckdb_blocks import IN_WINDOW, MONTHS, OPEN, capped, gaps, of_age, reached, spans, union

REFORM = "(DATE '2025-07-01' - DATE '1970-01-01')"

# What only narrows: read as it is in both variants.
KNOWN = {"known": "SELECT * FROM spells WHERE start <= known_at()"}

PREPARED = {
    "spell_spans": spans("known"),
    # Days in wage subsidy that no benefit covers go on counting under the benefit before: the
    # first in the list of those that cover the day it began, else the one that ended last.
    "subsidised": f"""
        WITH placed AS (
            SELECT o.person, o.start, o."end", least(o.minutes, 2220) AS minutes,
                s.benefit, s.category, s.municipality, s.start AS spell_start
            FROM offers o JOIN known s ON s.person = o.person AND s.start <= o.start
            WHERE o.kind IN (2, 3) AND o.start <= known_at()
            QUALIFY row_number() OVER (PARTITION BY o.id ORDER BY s."end" >= o.start DESC,
                CASE WHEN s."end" >= o.start THEN s.benefit ELSE -s."end" END,
                s.start, s."end", s.benefit) = 1),
        free AS ({gaps("SELECT * FROM known SEMI JOIN placed USING (person)")}),
        pieces AS (
            SELECT p.person, municipality, greatest(p.start, f.start) AS start,
                least(p."end", f."end") AS "end", minutes, benefit, spell_start,
                p.start AS offered
            FROM placed p JOIN free f
                ON p.person = f.person AND p.start <= f."end" AND f.start <= p."end"
            WHERE unemployed(benefit, category))
        SELECT *, {MONTHS} FROM pieces""",
    "gross": f"""
        SELECT person, municipality, start, "end", minutes, benefit, start AS spell_start,
            NULL::INTEGER AS offered, {MONTHS}
        FROM known WHERE unemployed(benefit, category)
        UNION ALL SELECT * FROM subsidised""",
    "net": f"""
        WITH pieces AS (
            SELECT person, municipality, start, "end", minutes FROM known
            WHERE unemployed(benefit, category)),
        offered AS (SELECT person, start, "end" FROM offers
            WHERE kind <= 6 AND start <= known_at() AND person IN (SELECT person FROM pieces)),
        free AS ({gaps("SELECT * FROM offered")}),
        outside AS (
            SELECT * FROM pieces ANTI JOIN offered USING (person)
            UNION ALL
            SELECT p.person, municipality, greatest(p.start, f.start), least(p."end", f."end"),
                minutes
            FROM pieces p JOIN free f
                ON p.person = f.person AND p.start <= f."end" AND f.start <= p."end")
        SELECT *, {MONTHS} FROM outside""",
    # From the reform on those under 30 without a qualifying education on cash benefit.
    "education_aid": f"""
        WITH qualified AS (
            SELECT person, min(start) AS start FROM educations
            WHERE qualifying = 1 AND start <= known_at() GROUP BY person),
        pieces AS (
            SELECT municipality, start, "end", minutes FROM known WHERE benefit = 2
            UNION ALL
            SELECT municipality, greatest(s.start, {REFORM}),
                least(s."end", birthday(born, 30) - 1, q.start - 1), minutes
            FROM known s JOIN persons USING (person) LEFT JOIN qualified q USING (person)
            WHERE benefit = 1 AND s."end" >= {REFORM} AND born < {OPEN})
        SELECT *, {MONTHS} FROM pieces WHERE start <= "end" """,
    # Days at home while unemployed, sick, on parental leave or at work.
    "labour_force": f"""
        WITH busy AS ({union('''
            SELECT person, start, "end" FROM gross
            UNION ALL SELECT person, start, "end" FROM known WHERE benefit IN (4, 13)
            UNION ALL SELECT person, start, "end" FROM employments''')}),
        pieces AS (
            SELECT b.person, r.municipality, greatest(b.start, r.start) AS start,
                least(b."end", r."end") AS "end"
            FROM busy b JOIN residences r
                ON b.person = r.person AND b.start <= r."end" AND r.start <= b."end")
        SELECT *, {MONTHS} FROM pieces WHERE {IN_WINDOW}""",
}


def senior_share(tally, age):
    old = of_age("SELECT * FROM gross", 'municipality, start, "end", minutes', age)
    return tally.days(
        f"""
        SELECT municipality, start, "end", first_month, last_month, 0 AS above,
            minutes AS below FROM gross
        UNION ALL
        SELECT municipality, start, "end", first_month, last_month, minutes, 0 FROM ({old})""",
        "above",
        "below",
    )


def unemployment_percentage(tally):
    rows = """
        SELECT person, municipality, start, "end", first_month, last_month, minutes AS above,
            0 AS below FROM gross
        UNION ALL
        SELECT person, municipality, start, "end", first_month, last_month, 0, 1
        FROM labour_force"""
    return tally.days(
        of_age(
            f"SELECT * FROM ({rows}) WHERE first_month <= last_month",
            'municipality, start, "end", above, below',
            16,
            67,
        ),
        "above",
        "below",
    )


# Unemployed for 80 percent of the 52 weeks that end with the month, at most 37 hours a week.
SHARE = f"""
    WITH pieces AS (
        SELECT * FROM gross WHERE start <= high() AND "end" >= low() - 363
            -- Most have too few days in all the windows together.
            AND person IN (
                SELECT person FROM gross WHERE start <= high() AND "end" >= low() - 363
                GROUP BY person HAVING 100 * sum(minutes::BIGINT
                    * (least("end", high()) - greatest(start, low() - 363) + 1))
                    >= 80::BIGINT * 2220 * 364)),
    parts AS ({capped("SELECT * FROM pieces", "p.benefit, p.spell_start")}),
    windows AS (
        SELECT *, unnest(range(month_from(start), month_to("end" + 363) + 1)) AS month
        FROM parts),
    sums AS (
        SELECT person, month, arg_max(municipality, start) FILTER (is_last) AS municipality,
            sum((least("end", last) - greatest(start, last - 363) + 1) * minutes) AS minutes
        FROM windows JOIN calendar USING (month)
        WHERE start <= last AND "end" >= last - 363 GROUP BY person, month)
    SELECT municipality, month, count(*) AS numerator, NULL AS denominator
    FROM sums WHERE minutes * 100 >= 80::BIGINT * 2220 * 364 GROUP BY municipality, month"""

# 52 weeks in a row; a gap of up to 28 days with at most 10 hours of ordinary work breaks none.
# Work is in minutes a week, day by day: 420 of them are an hour.
UNBROKEN = f"""
    WITH pieces AS (
        SELECT person, start, "end", reached,
            row_number() OVER (PARTITION BY person ORDER BY start, "end") AS place
        FROM ({reached('SELECT * FROM gross WHERE start <= known_at()')})),
    worked AS (
        SELECT p.person, p.place,
            sum((least(w."end", p.start - 1) - greatest(w.start, reached + 1) + 1)
                * w.minutes) AS work
        FROM pieces p JOIN employments w
            ON w.person = p.person AND w.start < p.start AND w."end" > reached
        WHERE p.start BETWEEN reached + 2 AND reached + 29 AND w.kind = 0
        GROUP BY p.person, p.place),
    numbered AS (
        SELECT person, start, "end", count(*) FILTER (start > reached + 29
            OR (start > reached + 1 AND work > 10 * 420)) OVER (
                PARTITION BY person ORDER BY place) AS number
        FROM pieces LEFT JOIN worked USING (person, place)),
    runs AS (
        SELECT person, min(start) AS start, max("end") AS "end" FROM numbered
        GROUP BY person, number HAVING max("end") - min(start) >= 363),
    ends AS (
        SELECT person, last, month FROM (
            SELECT person, unnest(range(month_from(start + 363), month_ended("end") + 1))
                AS month
            FROM runs WHERE start + 363 <= high()) JOIN calendar USING (month)),
    places AS (
        SELECT person, start, municipality FROM gross WHERE offered IS NULL
        UNION ALL
        SELECT person, start, arg_min(municipality, offered) FROM gross
        WHERE offered IS NOT NULL GROUP BY person, start)
    SELECT p.municipality, e.month, count(*) AS numerator, NULL AS denominator
    FROM ends e ASOF JOIN places p ON e.person = p.person AND e.last >= p.start
    GROUP BY p.municipality, e.month"""


def queries(tally):
    plain = "SELECT * FROM spell_spans"
    sick = "SELECT * FROM spell_spans WHERE benefit = 4"
    held = capped("SELECT * FROM spell_spans", 'p.benefit, p.start, p."end", p.municipality')
    return {
        "full-time-persons": tally.days(plain),
        "full-time-persons-capped": tally.days(held),
        "persons": tally.persons(plain),
        "gross-unemployed": tally.days("SELECT * FROM gross"),
        "net-unemployed": tally.days("SELECT * FROM net"),
        "unemployment-percentage": unemployment_percentage(tally),
        "long-term-unemployed-80": SHARE,
        "long-term-unemployed-52": UNBROKEN,
        "senior-share-of-unemployed-55": senior_share(tally, 55),
        "senior-share-of-unemployed-60": senior_share(tally, 60),
        "flex-job-full-time": tally.days("SELECT * FROM spell_spans WHERE benefit = 9", "2220"),
        "education-aid-full-time": tally.days("SELECT * FROM education_aid"),
        "sickness-persons": tally.persons(sick),
        "sickness-full-time": tally.days(sick),
    }
