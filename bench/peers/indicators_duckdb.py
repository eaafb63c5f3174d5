"""The catalogue's indicators by month and municipality, as DuckDB queries.

Every query gives municipality, month (0 is the first), numerator and denominator
(NULL for plain counts) as whole numbers: minute-days for full-time persons, days for
durations. Benefits, categories, kinds and terms are positions in the lists of the
Registry room.
"""

SCHEMA = """
CREATE MACRO month_of(day) AS datediff('month', getvariable('origin')::DATE,
    DATE '1970-01-01' + day::INTEGER);
CREATE MACRO last_day(day) AS (
    date_trunc('month', DATE '1970-01-01' + day::INTEGER) + INTERVAL 2 MONTH)::DATE
    - DATE '1970-01-01' - 1;
CREATE MACRO unemployed(benefit, category) AS
    benefit = 0 OR (benefit IN (1, 2, 3) AND category = 0);
CREATE VIEW known AS SELECT * FROM spells WHERE start <= getvariable('known_at');
CREATE VIEW held AS SELECT * FROM conversations
    WHERE status = 1 AND day <= getvariable('known_at');
CREATE VIEW spell_months AS
    SELECT k.*, first, last FROM (
        SELECT *, unnest(range(month_of(greatest(start, getvariable('low'))),
            month_of(least("end", getvariable('high'))) + 1)) AS month
        FROM known WHERE start <= getvariable('high') AND "end" >= getvariable('low')) k
    JOIN calendar USING (month);
CREATE VIEW work_months AS
    SELECT w.*, first, last FROM (
        SELECT *, unnest(range(month_of(greatest(start, getvariable('low'))),
            month_of(least("end", getvariable('high'))) + 1)) AS month
        FROM employments WHERE start <= getvariable('high') AND "end" >= getvariable('low')) w
    JOIN calendar USING (month);
-- Days in wage subsidy that no benefit covers go on counting under the benefit before.
CREATE VIEW subsidised AS
    WITH placed AS (
        SELECT o.person, o.start, o."end", least(o.minutes, 2220) AS minutes,
            s.benefit, s.category, s.municipality
        FROM offers o JOIN known s ON s.person = o.person AND s.start <= o.start
        WHERE o.kind IN (2, 3) AND o.start <= getvariable('high')
        QUALIFY row_number() OVER (PARTITION BY o.id ORDER BY s."end" >= o.start DESC,
            s.start DESC, s."end" DESC, s.benefit DESC) = 1),
    days AS (
        SELECT *, unnest(range(start, least("end", getvariable('high')) + 1)) AS day
        FROM placed WHERE unemployed(benefit, category))
    SELECT * FROM days d WHERE NOT EXISTS (
        SELECT 1 FROM known s
        WHERE s.person = d.person AND s.start <= d.day AND s."end" >= d.day);
-- Official spells of the benefits that continue no other.
CREATE VIEW official AS
    WITH reach AS (
        SELECT *,
            CASE WHEN "end" > getvariable('known_at') THEN 1000000000 ELSE "end" END AS until,
            max(until) OVER (PARTITION BY person, municipality, benefit ORDER BY start, "end"
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
        FROM known WHERE benefit NOT IN (1, 2, 3)),
    numbered AS (
        SELECT *, count(CASE
                WHEN reached = 1000000000 THEN NULL
                WHEN start > CASE WHEN benefit = 4 THEN reached + 1 ELSE last_day(reached) END
                THEN 1 END) OVER (PARTITION BY person, municipality, benefit
                    ORDER BY start, "end" ROWS UNBOUNDED PRECEDING) AS number
        FROM reach),
    spans AS (
        SELECT person, municipality, benefit, number, min(start) AS start, max(until) AS until
        FROM numbered GROUP BY ALL)
    SELECT municipality, start, CASE
            WHEN until = 1000000000 THEN NULL
            WHEN benefit <> 4 AND last_day(until) > getvariable('known_at') THEN NULL
            ELSE until END AS "end"
    FROM spans;
-- Runs on any of the benefits of the focus targets without a whole empty month.
CREATE VIEW long_runs AS
    WITH reach AS (
        SELECT person, start, "end",
            CASE WHEN "end" > getvariable('known_at') THEN 1000000000 ELSE "end" END AS until,
            max(until) OVER (PARTITION BY person ORDER BY start, "end"
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
        FROM known WHERE benefit <= 8),
    numbered AS (
        SELECT *, count(CASE WHEN reached < 1000000000 AND start > last_day(reached) THEN 1 END)
            OVER (PARTITION BY person ORDER BY start, "end" ROWS UNBOUNDED PRECEDING) AS number
        FROM reach)
    SELECT person, min(start) AS start, max(until) AS "end"
    FROM numbered GROUP BY person, number;
"""

DAYS = """sum((least("end", last) - greatest(start, first) + 1)::BIGINT * minutes)"""

IN_WORK = """
SELECT r.municipality, w.month, count(DISTINCT w.person) AS numerator, NULL AS denominator
FROM work_months w JOIN persons p USING (person)
    JOIN residences r ON r.person = w.person AND r.start <= w.last AND r."end" >= w.last
WHERE w.kind <= 3 AND w."end" >= w.last
    AND p.born <= (DATE '1970-01-01' + w.last::INTEGER - INTERVAL {least} YEAR)::DATE
        - DATE '1970-01-01'
    AND p.born > (DATE '1970-01-01' + w.last::INTEGER - INTERVAL {above} YEAR)::DATE
        - DATE '1970-01-01'
GROUP BY ALL
"""

ORDERS = """
SELECT o.municipality, month_of(o.created) AS month, {numerator} AS numerator,
    {denominator} AS denominator
FROM orders o
WHERE o.created BETWEEN getvariable('low') AND getvariable('high') {condition}
GROUP BY ALL
"""

REFERRED = """EXISTS (SELECT 1 FROM referrals r WHERE r."order" = o.id
    AND r.day <= getvariable('known_at'))"""

QUERIES = {
    "full-time-persons": f"""
        SELECT municipality, month, {DAYS} AS numerator, NULL AS denominator
        FROM spell_months GROUP BY ALL""",
    "persons": """
        SELECT municipality, month, count(DISTINCT person) AS numerator, NULL AS denominator
        FROM spell_months GROUP BY ALL""",
    "spells-begun": """
        SELECT municipality, month_of(start) AS month, count(*) AS numerator, NULL AS denominator
        FROM official WHERE start BETWEEN getvariable('low') AND getvariable('high')
        GROUP BY ALL""",
    "spells-ended": """
        SELECT municipality, month_of("end") AS month, count(*) AS numerator, NULL AS denominator
        FROM official WHERE "end" BETWEEN getvariable('low') AND getvariable('high')
        GROUP BY ALL""",
    "mean-duration-ended": """
        SELECT municipality, month_of("end") AS month,
            sum("end" - start + 1) AS numerator, count(*) AS denominator
        FROM official WHERE "end" BETWEEN getvariable('low') AND getvariable('high')
        GROUP BY ALL""",
    "gross-unemployed": f"""
        SELECT municipality, month, sum(numerator) AS numerator, NULL AS denominator FROM (
            SELECT municipality, month, {DAYS} AS numerator
            FROM spell_months WHERE unemployed(benefit, category) GROUP BY ALL
            UNION ALL
            SELECT municipality, month_of(day) AS month, sum(minutes) AS numerator
            FROM subsidised WHERE day >= getvariable('low') GROUP BY ALL)
        GROUP BY ALL""",
    "long-term-unemployed-80": """
        WITH pieces AS (
            SELECT person, municipality, start, "end", least(minutes, 2220) AS minutes
            FROM known WHERE unemployed(benefit, category)
            UNION ALL
            SELECT person, municipality, day, day, minutes FROM subsidised),
        windows AS (
            SELECT person, municipality, start, "end", minutes,
                unnest(range(month_of(greatest(start, getvariable('low'))),
                    month_of(least("end" + 363, getvariable('high'))) + 1)) AS month
            FROM pieces WHERE start <= getvariable('high') AND "end" + 363 >= getvariable('low')),
        sums AS (
            SELECT person, month, arg_max(municipality, start) AS municipality,
                sum((least("end", last) - greatest(start, last - 363) + 1)::BIGINT * minutes)
                    AS minutes
            FROM windows JOIN calendar USING (month)
            WHERE start <= last AND "end" >= last - 363 GROUP BY person, month)
        SELECT municipality, month, count(*) AS numerator, NULL AS denominator
        FROM sums WHERE minutes * 100 >= 80::BIGINT * 2220 * 364 GROUP BY ALL""",
    "persons-with-paid-hours": """
        SELECT s.municipality, s.month, count(DISTINCT s.person) AS numerator,
            NULL AS denominator
        FROM spell_months s SEMI JOIN (
            SELECT person, month FROM work_months WHERE kind = 0 AND minutes > 0) w
            ON s.person = w.person AND s.month = w.month
        WHERE s.benefit <= 8 GROUP BY ALL""",
    "company-based-offers-started": """
        SELECT municipality, month_of(start) AS month, count(*) AS numerator,
            NULL AS denominator
        FROM offers WHERE kind <= 3 AND start BETWEEN getvariable('low') AND getvariable('high')
        GROUP BY ALL""",
    "persons-activated": """
        WITH both_days AS (
            SELECT s.person, s.municipality, greatest(s.start, o.start) AS start,
                least(s."end", o."end") AS "end"
            FROM known s JOIN offers o ON s.person = o.person
                AND s.start <= o."end" AND o.start <= s."end"
            WHERE s.benefit <= 8 AND o.kind <= 6 AND o.start <= getvariable('known_at')),
        months AS (
            SELECT person, municipality,
                unnest(range(month_of(greatest(start, getvariable('low'))),
                    month_of(least("end", getvariable('high'))) + 1)) AS month
            FROM both_days WHERE start <= getvariable('high') AND "end" >= getvariable('low'))
        SELECT municipality, month, count(DISTINCT person) AS numerator, NULL AS denominator
        FROM months GROUP BY ALL""",
    "conversations-held": """
        SELECT municipality, month_of(day) AS month, count(*) AS numerator, NULL AS denominator
        FROM held WHERE day BETWEEN getvariable('low') AND getvariable('high') GROUP BY ALL""",
    "conversations-per-person": """
        WITH under AS (
            SELECT h.day, s.benefit, s.municipality
            FROM held h JOIN known s ON s.person = h.person
                AND s.start <= h.day AND s."end" >= h.day
            WHERE h.day BETWEEN getvariable('low') AND getvariable('high') AND s.benefit <= 8
            QUALIFY row_number() OVER (PARTITION BY h.id
                ORDER BY s.benefit, s.start, s."end") = 1),
        talks AS (
            SELECT municipality, month_of(day) AS month, count(*) AS numerator
            FROM under WHERE benefit <= 8 GROUP BY ALL),
        people AS (
            SELECT municipality, month, count(DISTINCT person) AS denominator
            FROM spell_months WHERE benefit <= 8 GROUP BY ALL)
        SELECT municipality, month, coalesce(numerator, 0) AS numerator, denominator
        FROM people LEFT JOIN talks USING (municipality, month)""",
    "focus-target-conversations": """
        WITH people AS (
            SELECT person, month, last, year_before FROM (
                SELECT *, unnest(range(month_of(greatest(start, getvariable('low'))),
                    month_of(least("end", getvariable('high'))) + 1)) AS month
                FROM long_runs WHERE start <= getvariable('high')
                    AND "end" >= getvariable('low')) r
            JOIN calendar USING (month) WHERE "end" >= last AND start <= year_before),
        -- Held so far on each day with a conversation; a window is a difference.
        talks AS (
            SELECT DISTINCT person, day,
                count(*) OVER (PARTITION BY person ORDER BY day) AS held FROM held),
        placed AS (
            SELECT p.month, s.municipality, coalesce(t.held, 0) - coalesce(b.held, 0) AS held
            FROM people p ASOF LEFT JOIN talks t ON p.person = t.person AND p.last >= t.day
            ASOF LEFT JOIN talks b ON p.person = b.person AND p.year_before > b.day
            ASOF JOIN (SELECT * FROM known WHERE benefit <= 8) s
                ON p.person = s.person AND p.last >= s.start)
        SELECT municipality, month, count(*) FILTER (held < 4) AS numerator,
            count(*) AS denominator
        FROM placed GROUP BY ALL""",
    "job-orders": ORDERS.format(numerator="count(*)", denominator="NULL", condition=""),
    "job-order-positions": ORDERS.format(
        numerator="sum(positions)", denominator="NULL", condition=""
    ),
    "referral-rate": ORDERS.format(
        numerator=f"count(*) FILTER ({REFERRED})", denominator="count(*)", condition=""
    ),
    "fill-rate": ORDERS.format(
        numerator="""count(*) FILTER (EXISTS (
            SELECT 1 FROM placements p JOIN referrals r USING ("order", person)
            WHERE "order" = o.id AND p.day <= getvariable('known_at')
                AND r.day <= getvariable('known_at')))""",
        denominator="count(*)",
        condition=f"AND {REFERRED}",
    ),
    "local-match-rate": ORDERS.format(
        numerator="""count(*) FILTER (EXISTS (SELECT 1 FROM placements p
            WHERE p."order" = o.id AND p.terms <= 1 AND p.day <= getvariable('known_at')))""",
        denominator="count(*)",
        condition="",
    ),
    "citizens-in-work": IN_WORK.format(least=16, above=67),
    "seniors-in-work-55": IN_WORK.format(least=55, above=300),
    "seniors-in-work-60": IN_WORK.format(least=60, above=300),
}


def connect(register, threads):
    """A connection with the register's tables loaded, and how to run a query."""
    import duckdb

    con = duckdb.connect(config={"threads": threads})
    for name, table in register.tables.items():
        con.register("source", table)
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM source")
        con.unregister("source")
    for name, value in register.values.items():
        con.execute(f"SET VARIABLE {name} = {value!r}")
    con.execute(SCHEMA)

    def run(query):
        result = con.execute(QUERIES[query]).fetchnumpy()
        return {name: column for name, column in result.items()}

    return run
