"""Offers, conversations, deadlines, complaints and answers, as DuckDB queries."""

from duckdb_blocks import MONTHS, by_month, capped, days, once, spans

PREPARED = {
    "offer_spans": spans("offers"),
    "talk_days": days("conversations", "status = 1"),
    "complaint_days": days("complaints"),
    "feedback_days": days("feedback"),
}

COMPANY_BASED = "SELECT * FROM offer_spans WHERE kind <= 3"
ON_BENEFIT = "SELECT * FROM spell_spans WHERE benefit <= 8"

# A mentor, the last kind, is no activation.
ACTIVATED = f"""
    SELECT *, {MONTHS} FROM (
        SELECT s.person, s.municipality, greatest(s.start, o.start) AS start,
            least(s."end", o."end") AS "end"
        FROM spell_spans s JOIN offer_spans o
            ON s.person = o.person AND s.start <= o."end" AND o.start <= s."end"
        WHERE s.benefit <= 8 AND o.kind <= 6)"""


def shares(above, below):
    """Spans of months that count above the line, and those below it."""
    return f"""
        SELECT municipality, first_month, last_month, 1 AS above, 0 AS below FROM ({above})
        UNION ALL
        SELECT municipality, first_month, last_month, 0, 1 FROM ({below})"""


def activation_rate(tally):
    """Offers at most 37 hours a week in all, and each at most as the benefit's degree."""
    offers = capped(
        "SELECT * FROM offer_spans WHERE kind <= 6",
        'p.start, p."end", p.kind, p.municipality',
    )
    rows = f"""
        WITH offered AS ({offers}),
        activated AS (
            SELECT s.municipality, greatest(s.start, o.start) AS start,
                least(s."end", o."end") AS "end", least(s.minutes, o.minutes) AS minutes
            FROM spell_spans s JOIN offered o
                ON s.person = o.person AND s.start <= o."end" AND o.start <= s."end"
            WHERE s.benefit <= 8)
        SELECT municipality, start, "end", minutes AS above, 0 AS below, {MONTHS}
        FROM activated
        UNION ALL
        SELECT municipality, start, "end", 0, minutes, first_month, last_month
        FROM ({ON_BENEFIT})"""
    return tally.days(rows, "above", "below")


def passive_share(tally):
    """Spells open for three months at the end of a month, and those of them with no offer in
    these months: an offer reaches two months on."""
    rows = f"""
        WITH old AS (
            SELECT person, municipality, greatest(month_of(start - 1) + 3, 0) AS first_month,
                least(coalesce(end_month - 1, month_of(high())), month_of(high()))
                    AS last_month
            FROM official WHERE benefit <= 8),
        reaching AS (
            SELECT person, month_of(greatest(start, low() - 62)) AS first_month,
                least(month_to("end") + 2, month_of(high())) AS last_month
            FROM offers WHERE kind <= 6 AND start <= high() AND "end" >= low() - 62),
        active AS ({once("SELECT * FROM reaching", "person")})
        SELECT municipality, first_month, last_month, 1 AS above, 1 AS below FROM old
        UNION ALL
        SELECT municipality, greatest(o.first_month, a.first_month),
            least(o.last_month, a.last_month), -1, 0
        FROM old o JOIN active a ON o.person = a.person
            AND o.first_month <= a.last_month AND a.first_month <= o.last_month"""
    return tally.each(rows, "above", "below")


def conversations_per_person(tally):
    """A conversation belongs to the first benefit in the list that covers its day."""
    talks = """
        SELECT arg_min(s.municipality, (s.benefit::BIGINT << 32) + s.start) AS municipality,
            any_value(t.month) AS first_month, any_value(t.month) AS last_month
        FROM talk_days t JOIN spell_spans s ON s.person = t.person
            AND s.start <= t.day AND s."end" >= t.day
        WHERE s.benefit <= 8 GROUP BY t.id"""
    return tally.each(shares(talks, once(ON_BENEFIT)), "above", "below")


# Held conversations by the day they are due at the latest, counted from a spell's start:
# benefits, days, conversations, and the first and last day on which it was so.
DEADLINES = [
    ([0], 182, 4, "2020-01-01", "2023-12-31"),
    ([0], 182, 3, "2024-01-01", "2026-06-30"),
    ([0], 182, 2, "2026-07-01", "9999-12-31"),
    ([5, 6, 7, 8], 182, 4, "2020-01-01", "2026-06-30"),
    ([4], 56, 1, "2020-01-01", "2026-06-30"),
    ([4], 182, 4, "2020-01-01", "2026-06-30"),
    ([4], 182, 1, "2026-07-01", "9999-12-31"),
]

TIMELY = f"""
    WITH deadlines(benefits, days, needed, first, last) AS (VALUES {", ".join(
        f"({benefits}, {days}, {needed}, DATE '{first}' - DATE '1970-01-01',"
        f" DATE '{last}' - DATE '1970-01-01')"
        for benefits, days, needed, first, last in DEADLINES
    )}),
    rules AS (SELECT *, unnest(benefits) AS benefit FROM deadlines),
    due AS MATERIALIZED (
        SELECT person, municipality, start, start + days AS due, needed,
            row_number() OVER () AS id
        FROM official o JOIN rules USING (benefit)
        WHERE start + days BETWEEN first AND last AND start + days BETWEEN low() AND high()
            AND ("end" IS NULL OR start + days <= "end")),
    asked AS (
        SELECT * FROM due d
        WHERE EXISTS (SELECT 1 FROM known s
                WHERE s.person = d.person AND s.start <= d.due AND s."end" >= d.due)
            AND NOT EXISTS (SELECT 1 FROM exemptions x
                WHERE x.person = d.person AND x.start <= d.due AND x."end" >= d.due)),
    met AS (
        SELECT a.id FROM asked a JOIN conversations c ON c.person = a.person
            AND c.day BETWEEN a.start AND a.due
        WHERE c.status = 1 GROUP BY a.id, a.needed HAVING count(*) >= a.needed)
    SELECT municipality, month_of(due) AS month, count(m.id) AS numerator,
        count(*) AS denominator
    FROM asked LEFT JOIN met m USING (id) GROUP BY ALL"""

# Those on any benefit of the focus targets for a year without a whole empty month, on the last
# day of each month, and whether they are ready for education. A benefit belongs to a person as
# for conversations, or the one ended last; where none overlap, up to the next one's start.
FOCUS = """
    WITH spells AS (
        SELECT *, max(until) OVER (mine ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                AS reached,
            lead(start) OVER mine AS following,
            benefit = 2 OR (benefit IN (1, 3) AND category IN (2, 3)) AS ready
        FROM (SELECT *, CASE WHEN "end" > known_at() THEN 1000000000 ELSE "end" END AS until
            FROM known WHERE benefit <= 8)
        WINDOW mine AS (PARTITION BY person ORDER BY start, "end")),
    numbered AS (
        SELECT person, start, until, count(CASE
                WHEN reached < 1000000000 AND start > last_day(reached) THEN 1 END)
            OVER (PARTITION BY person ORDER BY start, "end" ROWS UNBOUNDED PRECEDING) AS number
        FROM spells),
    runs AS (
        SELECT person, greatest(month_of(min(start) - 1) + 12, 0) AS first_month,
            month_ended(max(until)) AS last_month
        FROM numbered GROUP BY person, number HAVING first_month <= last_month),
    crowded AS (SELECT DISTINCT person FROM spells WHERE start <= reached),
    ruling AS (
        SELECT person, municipality, ready, month_from(start) AS first_month,
            month_ended(coalesce(following - 1, high())) AS last_month
        FROM spells ANTI JOIN crowded USING (person)
        WHERE start <= high() AND (following IS NULL OR following > low())
        UNION ALL
        SELECT person, municipality, ready, month, month FROM (
            SELECT s.*, c.month, c.last
            FROM spells s SEMI JOIN crowded USING (person) JOIN calendar c ON s.start <= c.last)
        QUALIFY row_number() OVER (PARTITION BY person, month ORDER BY "end" >= last DESC,
            CASE WHEN "end" >= last THEN benefit ELSE -"end" END, start, "end", benefit) = 1),
    placed AS (
        SELECT r.person, p.municipality, p.ready,
            greatest(r.first_month, p.first_month) AS first_month,
            least(r.last_month, p.last_month) AS last_month
        FROM runs r JOIN ruling p ON r.person = p.person
            AND r.first_month <= p.last_month AND p.first_month <= r.last_month)"""

# Four held in the twelve months that end with a month: from the fourth's on until eleven months
# after the first's.
FOUR_HELD = """
    SELECT person, greatest(month_of(fourth), 0) AS first_month,
        least(month_of(day) + 11, month_of(high())) AS last_month
    FROM (SELECT person, day, lead(day, 3) OVER (PARTITION BY person ORDER BY day) AS fourth
        FROM conversations WHERE status = 1 AND day BETWEEN low() - 366 AND high())
    WHERE fourth < day + 366"""

FOCUS_CONVERSATIONS = f"""{FOCUS},
    enough AS ({once(FOUR_HELD, "person")})
    SELECT municipality, first_month, last_month, 1 AS above, 1 AS below FROM placed
    UNION ALL
    SELECT municipality, greatest(p.first_month, e.first_month),
        least(p.last_month, e.last_month), -1, 0
    FROM placed p JOIN enough e ON p.person = e.person
        AND p.first_month <= e.last_month AND e.first_month <= p.last_month"""

# An offer reaches eleven months on. Guidance, the last kind of activation, counts only for those
# ready for education. Work is in minutes a week, day by day: 420 of them are an hour.
OFFERED = """
    SELECT person, ready, month_from(start) AS first_month,
        least(month_to("end") + 11, month_of(high())) AS last_month
    FROM offers JOIN (VALUES (TRUE, 6), (FALSE, 5)) AS kinds(ready, most) ON kind <= most
    WHERE start <= high() AND "end" >= low() - 366"""

FOCUS_OFFERS = f"""{FOCUS},
    offered AS ({once(OFFERED, "person, ready")}),
    worked AS (
        SELECT person, municipality, ready, start, "end", minutes,
            unnest(range(greatest(w.first_month, p.first_month),
                least(w.last_month, p.last_month) + 1)) AS month
        FROM placed p JOIN (
            SELECT *, month_from(start) AS first_month,
                least(month_to("end") + 11, month_of(high())) AS last_month
            FROM employments
            WHERE kind = 0 AND start <= high() AND "end" >= low() - 366) w USING (person)
        WHERE w.first_month <= p.last_month AND p.first_month <= w.last_month),
    enough AS (
        SELECT person, municipality, ready, month
        FROM worked JOIN calendar USING (month) WHERE start <= last AND "end" >= year_before
        GROUP BY person, municipality, ready, month, last
        HAVING sum((least("end", last) - greatest(start, year_before) + 1) * minutes)
            >= 420 * CASE WHEN last >= DATE '2023-03-22' - DATE '1970-01-01' THEN 100
                ELSE 225 END)
    SELECT municipality, first_month, last_month, 1 AS above, 1 AS below FROM placed
    UNION ALL
    SELECT municipality, greatest(p.first_month, o.first_month),
        least(p.last_month, o.last_month), -1, 0
    FROM placed p JOIN offered o ON p.person = o.person AND p.ready = o.ready
        AND p.first_month <= o.last_month AND o.first_month <= p.last_month
    UNION ALL
    SELECT municipality, month, month, -1, 0 FROM enough e WHERE NOT EXISTS (
        SELECT 1 FROM offered o WHERE o.person = e.person AND o.ready = e.ready
            AND e.month BETWEEN o.first_month AND o.last_month)"""


def queries(tally):
    return {
        "company-based-offers-started": by_month(
            "SELECT *, first_month AS month FROM offer_spans WHERE kind <= 3 AND start >= low()"
        ),
        "persons-in-company-based-offers": tally.persons(COMPANY_BASED),
        "full-time-in-company-based-offers": tally.days(COMPANY_BASED, "least(minutes, 2220)"),
        "activation-rate": activation_rate(tally),
        "persons-activated": tally.persons(ACTIVATED),
        "share-activated": tally.each(
            shares(once(ACTIVATED), once(ON_BENEFIT)), "above", "below"
        ),
        "passive-share": passive_share(tally),
        "conversations-held": by_month("SELECT * FROM talk_days"),
        "conversations-per-person": conversations_per_person(tally),
        "timely-conversations": TIMELY,
        "focus-target-conversations": tally.each(FOCUS_CONVERSATIONS, "above", "below"),
        "focus-target-offers": tally.each(FOCUS_OFFERS, "above", "below"),
        "complaints-received": by_month("SELECT * FROM complaint_days"),
        "feedback-answers": by_month("SELECT * FROM feedback_days"),
        "feedback-overall-mean": by_month(
            "SELECT * FROM feedback_days", "sum(overall)", "count(*)"
        ),
    }
