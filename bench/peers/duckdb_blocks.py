"""What the DuckDB queries share: days and months, and ways to add rows up.

A span has start and end (days), and first_month and last_month, cut at the window; a span
outside it has a first month after its last.
"""

SCHEMA = """
CREATE MACRO low() AS getvariable('low');
CREATE MACRO high() AS getvariable('high');
CREATE MACRO known_at() AS getvariable('known_at');
CREATE MACRO month_of(day) AS datediff('month', getvariable('origin')::DATE,
    DATE '1970-01-01' + day::INTEGER);
CREATE MACRO month_from(day) AS month_of(greatest(day, low()));
CREATE MACRO month_to(day) AS month_of(least(day, high()));
-- The last month whose last day is no later than the day.
CREATE MACRO month_ended(day) AS month_of(least(day, high()) + 1) - 1;
-- The last day of the month after the day's.
CREATE MACRO last_day(day) AS (
    date_trunc('month', DATE '1970-01-01' + day::INTEGER) + INTERVAL 2 MONTH)::DATE
    - DATE '1970-01-01' - 1;
CREATE MACRO birthday(born, years) AS
    (DATE '1970-01-01' + born::INTEGER + to_years(years))::DATE - DATE '1970-01-01';
-- The first month on whose last day one has the age. Who is born on 29 February has it in
-- March in a year without that day. Nobody without a birthday has an age.
CREATE MACRO month_of_age(born, years) AS CASE WHEN born < 1073741823 THEN month_of(born)
    + 12 * years + (years % 4 <> 0 AND strftime(DATE '1970-01-01' + born::INTEGER, '%m%d')
        = '0229')::INTEGER END;
CREATE MACRO unemployed(benefit, category) AS
    benefit = 0 OR (benefit IN (1, 2, 3) AND category = 0);
"""

OPEN = 2**30 - 1
MONTHS = 'month_from(start) AS first_month, month_to("end") AS last_month'
# Of a table of spans, those that share days with the window.
IN_WINDOW = 'start <= high() AND "end" >= low()'
# Of rows of one day.
DAY_IN_WINDOW = "day BETWEEN low() AND high()"


def spans(table, where="TRUE"):
    return f"SELECT *, {MONTHS} FROM {table} WHERE {IN_WINDOW} AND {where}"


def days(table, where="TRUE"):
    return f"SELECT *, month_of(day) AS month FROM {table} WHERE {DAY_IN_WINDOW} AND {where}"


def reached(rows, columns="person, start, \"end\"", by="person"):
    """The rows with the last day that those before them reach."""
    return f"""
        SELECT {columns}, max("end") OVER (PARTITION BY {by} ORDER BY start, "end"
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
        FROM ({rows})"""


def union(rows):
    """The same days of each person as spans that neither touch nor overlap."""
    return f"""
        SELECT person, min(start) AS start, max("end") AS "end" FROM (
            SELECT *, count(*) FILTER (start > reached + 1) OVER (
                PARTITION BY person ORDER BY start, "end" ROWS UNBOUNDED PRECEDING) AS number
            FROM ({reached(rows)}))
        GROUP BY person, number"""


def gaps(rows):
    """The days of each person that no row covers, also before the first and after the last."""
    return f"""
        SELECT person, coalesce(reached + 1, -{OPEN}) AS start, start - 1 AS "end"
        FROM ({reached(rows)}) WHERE reached IS NULL OR start > reached + 1
        UNION ALL
        SELECT person, max("end") + 1, {OPEN} FROM ({rows}) GROUP BY person"""


def capped(rows, rank):
    """Lowers minutes so that no day of a person has more than a full-time week; the lowest rank
    keeps its own. Rows `p` are spans with person, municipality, minutes and what rank needs; of the
    pieces with time of their own that begin together, the last in rank is_last."""
    return f"""
        WITH pieces AS ({rows}),
        crowded AS (
            SELECT DISTINCT person FROM (
                {reached('SELECT person, start, "end" FROM pieces')})
            WHERE start <= reached),
        edges AS (
            SELECT person, day AS start,
                lead(day) OVER (PARTITION BY person ORDER BY day) - 1 AS "end"
            FROM (SELECT DISTINCT person, unnest([start, "end" + 1]) AS day
                FROM pieces SEMI JOIN crowded USING (person))),
        parts AS (
            SELECT p.person, p.municipality, e.start, e."end", p.minutes,
                coalesce(sum(p.minutes) OVER (PARTITION BY p.person, e.start ORDER BY {rank}
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS taken,
                row_number() OVER (PARTITION BY p.person, e.start ORDER BY {rank}) AS place
            FROM edges e JOIN pieces p
                ON p.person = e.person AND p.start <= e.start AND p."end" >= e.start)
        SELECT person, municipality, start, "end", first_month, last_month,
            least(minutes, 2220) AS minutes, TRUE AS is_last
        FROM pieces ANTI JOIN crowded USING (person)
        UNION ALL
        SELECT person, municipality, start, "end", {MONTHS},
            least(minutes, 2220 - taken)::INTEGER,
            place = max(place) OVER (PARTITION BY person, start)
        FROM parts WHERE taken < 2220"""


def once(rows, by="person, municipality"):
    """Spans of months cut so that none is in two rows of the same person."""
    return f"""
        SELECT {by}, greatest(first_month, 1 + coalesce(max(last_month) OVER (
                PARTITION BY {by} ORDER BY first_month
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -1)) AS first_month,
            last_month
        FROM ({rows})"""


def of_age(rows, columns, least=None, above=None):
    """The months of rows in which the person has an age, on the months' last days."""
    first = f"greatest(first_month, month_of_age(born, {least}))" if least else "first_month"
    last = f"least(last_month, month_of_age(born, {above}) - 1)" if above else "last_month"
    return f"""
        SELECT {columns}, {first} AS first_month, {last} AS last_month
        FROM ({rows}) JOIN persons USING (person) WHERE born < {OPEN}"""


class Tally:
    """Adds spans up by municipality and month: laid out month by month, or by differences:
    added in the first month, taken off after the last, and summed up along the months."""

    def __init__(self, by_differences):
        self.by_differences = by_differences

    def each(self, rows, numerator="1", denominator=None):
        """The sum of what each row weighs in every month from its first to its last."""
        rates = rates_of(numerator, denominator)
        if not self.by_differences:
            sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in rates)
            return finish(rates, f"""
                SELECT municipality, month, {sums} FROM (
                    SELECT municipality, {named(rates)},
                        unnest(range(first_month, last_month + 1)) AS month
                    FROM ({rows}))
                GROUP BY municipality, month""")
        sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in rates)
        minus = ", ".join(f"-{name}" for name in rates)
        running = ", ".join(
            f"sum({name}) OVER months ::BIGINT AS {name}" for name in rates
        )
        return finish(rates, f"""
            WITH pieces AS (
                SELECT municipality, first_month, last_month, {named(rates)} FROM ({rows})
                WHERE first_month <= last_month),
            steps AS (
                SELECT municipality, month, {sums} FROM (
                    SELECT municipality, first_month AS month, {', '.join(rates)} FROM pieces
                    UNION ALL
                    SELECT municipality, last_month + 1, {minus} FROM pieces)
                GROUP BY municipality, month)
            SELECT municipality, month, {running}
            FROM (SELECT DISTINCT municipality FROM steps) CROSS JOIN calendar
                LEFT JOIN steps USING (municipality, month)
            WINDOW months AS (PARTITION BY municipality ORDER BY month)""")

    def days(self, rows, numerator="minutes", denominator=None):
        """The same for every day from the rows' start to their end."""
        rates = rates_of(numerator, denominator)
        if not self.by_differences:
            sums = ", ".join(
                f'sum((least("end", last) - greatest(start, first) + 1) * {name})::BIGINT'
                f" AS {name}"
                for name in rates
            )
            return finish(rates, f"""
                SELECT municipality, month, {sums} FROM (
                    SELECT municipality, start, "end", {named(rates)},
                        unnest(range(first_month, last_month + 1)) AS month
                    FROM ({rows})) JOIN calendar USING (month)
                GROUP BY municipality, month""")
        sums = ", ".join(
            f"sum({name})::BIGINT AS {name}, sum({name}_days)::BIGINT AS {name}_days"
            for name in rates
        )
        added = ", ".join(
            f"{name}, (last - greatest(start, first) + 1) * {name} AS {name}_days"
            for name in rates
        )
        taken = ", ".join(f'-{name}, (least("end", last) - last) * {name}' for name in rates)
        running = ", ".join(
            f"(coalesce({name}_days, 0) + (last - first + 1)"
            f" * coalesce(sum({name}) OVER earlier, 0))::BIGINT AS {name}"
            for name in rates
        )
        return finish(rates, f"""
            WITH pieces AS (
                SELECT municipality, start, "end", first_month, last_month, {named(rates)}
                FROM ({rows}) WHERE first_month <= last_month),
            steps AS (
                SELECT municipality, month, {sums} FROM (
                    SELECT municipality, month, {added}
                    FROM pieces JOIN calendar ON month = first_month
                    UNION ALL
                    SELECT municipality, month, {taken}
                    FROM pieces JOIN calendar ON month = last_month)
                GROUP BY municipality, month)
            SELECT municipality, month, {running}
            FROM (SELECT DISTINCT municipality FROM steps) CROSS JOIN calendar
                LEFT JOIN steps USING (municipality, month)
            WINDOW earlier AS (PARTITION BY municipality ORDER BY month
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)""")

    def persons(self, rows):
        """Each person once in a municipality and month."""
        return self.each(once(rows))


def rates_of(numerator, denominator):
    rates = {"numerator": numerator}
    return rates if denominator is None else rates | {"denominator": denominator}


def named(rates):
    return ", ".join(f"{rate} AS {name}" for name, rate in rates.items())


def finish(rates, sums):
    """Without the cells where there is nothing."""
    if "denominator" in rates:
        return f"SELECT * FROM ({sums}) WHERE denominator <> 0"
    return f"SELECT *, NULL AS denominator FROM ({sums}) WHERE numerator <> 0"


def by_month(rows, numerator="count(*)", denominator="NULL"):
    """The sums of rows that have one month each."""
    return f"""
        SELECT municipality, month, ({numerator})::BIGINT AS numerator,
            {denominator} AS denominator
        FROM ({rows}) GROUP BY municipality, month"""
