"""Job orders, companies and contacts with them, as DuckDB queries."""

from duckdb_blocks import by_month, days, spans

PREPARED = {
    "contact_days": days("contacts", "held = 1"),
    "order_days": """
        SELECT *, month_of(created) AS month FROM orders
        WHERE created BETWEEN low() AND high()""",
    # The first day on which someone had been referred, on which someone referred had been hired,
    # and on which someone had been hired on terms of their own (ordinary or fleksjob).
    "order_events": """
        WITH referred AS (SELECT "order" AS id, min(day) AS day FROM referrals GROUP BY ALL),
        filled AS (
            SELECT "order" AS id, min(greatest(p.day, r.day)) AS day
            FROM placements p JOIN referrals r USING ("order", person) GROUP BY ALL),
        matched AS (
            SELECT "order" AS id, min(day) AS day FROM placements WHERE terms <= 1 GROUP BY ALL)
        SELECT o.*, r.day AS referred, f.day AS filled, m.day AS matched
        FROM order_days o LEFT JOIN referred r USING (id) LEFT JOIN filled f USING (id)
            LEFT JOIN matched m USING (id)""",
    "unit_spans": spans("units"),
}

# A company counts once in each municipality, in months with at least one employee on average;
# it cooperates on internship, wage subsidy, a mentor or fleksjob.
COOPERATING = """
    WITH sizes AS (
        SELECT municipality, company, month FROM (
            SELECT municipality, company, start, "end", employees,
                unnest(range(first_month, last_month + 1)) AS month
            FROM unit_spans) JOIN calendar USING (month)
        GROUP BY municipality, company, month
        HAVING sum((least("end", last) - greatest(start, first) + 1) * employees)
            >= any_value(last - first + 1)),
    places AS (SELECT DISTINCT number, municipality, company FROM units),
    events AS (
        SELECT unit AS number, first_month, last_month FROM offer_spans
        WHERE kind IN (0, 1, 2, 3, 7) AND unit <> 0
        UNION ALL
        SELECT unit, first_month, last_month FROM work_spans
        WHERE kind IN (1, 2) AND unit <> 0),
    together AS (
        SELECT DISTINCT municipality, company, month FROM (
            SELECT municipality, company, unnest(range(first_month, last_month + 1)) AS month
            FROM events JOIN places USING (number)))
    SELECT s.municipality, s.month, count(t.company) AS numerator, count(*) AS denominator
    FROM sizes s LEFT JOIN together t USING (municipality, company, month)
    GROUP BY s.municipality, s.month"""


def queries(tally):
    events = "SELECT * FROM order_events"
    return {
        "job-orders": by_month("SELECT * FROM order_days"),
        "job-order-positions": by_month("SELECT * FROM order_days", "sum(positions)"),
        "referral-rate": by_month(
            events, "count(*) FILTER (referred <= known_at())", "count(*)"
        ),
        "fill-rate": by_month(
            f"{events} WHERE referred <= known_at()",
            "count(*) FILTER (filled <= known_at())",
            "count(*)",
        ),
        "local-match-rate": by_month(
            events, "count(*) FILTER (matched <= known_at())", "count(*)"
        ),
        "company-contacts": by_month("SELECT * FROM contact_days"),
        "cooperating-companies": COOPERATING,
    }
