"""What each indicator of the pack counts, as SQL over the tables of pack_sql_store.

Every query gives rows for the span from lo() to hi(): who (a person, company, order or contact),
benefit and target (those it falls under, where it has any), above and below the line.
"""
from functools import cache

import yaml

from pack_sql_store import OPEN, PAID, ROOT, under

CATALOGUE = ROOT / "Sources/Indicators/Resources/catalogue"


def listed(names):
    return "(" + ", ".join(f"'{name}'" for name in names) + ")"


@cache
def read(name):
    """A file of the catalogue."""
    return yaml.safe_load((CATALOGUE / f"{name}.yaml").read_text())


COMPANY_BASED = ["companyInternshipPrivate", "companyInternshipPublic", "wageSubsidyPrivate",
                 "wageSubsidyPublic"]
EMPLOYMENT_DIRECTED = COMPANY_BASED + ["communityWork", "ordinaryEducation"]
ACTIVATION = EMPLOYMENT_DIRECTED + ["guidanceAndUpskilling"]
SUBSISTENCE = listed([
    "unemploymentBenefit", "cashBenefit", "educationAid", "selfSupportAllowance",
    "sicknessBenefit", "jobClarification", "resourceProgramme", "vocationalRehabilitation",
    "flexJobUnemploymentAllowance"])

TOUCHES = 'start <= hi() AND "end" >= lo()'
DAYS = 'inside(start, "end")'


def of_age(least, above=None):
    """Whether `born` makes somebody at least, and not yet `above`, years old on the last day."""
    young = f" AND born > years_before(hi(), {above})" if above else ""
    return f"born <= years_before(hi(), {least}){young}"


def day_rows(table, minutes="minutes", where="TRUE"):
    """Days inside the span times minutes a week."""
    return f"""
        SELECT person AS who, benefit, target, {DAYS} * {minutes} AS above, NULL AS below
        FROM {table} WHERE {TOUCHES} AND {where}"""


# From July 2025 those under 30 without a qualifying education on cash benefit count as well.
EDUCATION_AID = f"""
    WITH qualified AS (
        SELECT person, min(start) AS day FROM educations
        WHERE level NOT IN ('primary', 'upperSecondary') AND start <= as_of() GROUP BY person),
    pieces AS (
        SELECT person, benefit, target, start, "end", minutes FROM atoms
        WHERE benefit = 'educationAid'
        UNION ALL
        SELECT person, benefit, target, greatest(start, day_of(DATE '2025-07-01')),
            least("end", day_of(date_of(born) + to_years(30)) - 1, coalesce(day - 1, {OPEN})),
            minutes
        FROM atoms JOIN persons USING (person) LEFT JOIN qualified USING (person)
        WHERE benefit = 'cashBenefit')
    {day_rows("pieces", where='start <= "end"')}"""

UNEMPLOYMENT_PERCENTAGE = f"""
    SELECT person AS who, benefit, target, above, below FROM (
        SELECT person, benefit, target, {DAYS} * minutes AS above, 0 AS below
        FROM unemployed WHERE {TOUCHES}
        UNION ALL
        SELECT person, NULL, NULL, 0, {DAYS} FROM labour_force WHERE {TOUCHES})
    JOIN persons USING (person) WHERE {of_age(16, 67)}"""


def senior_share(age):
    return f"""
        SELECT person AS who, benefit, target, {DAYS} * minutes AS below,
            CASE WHEN {of_age(age)} THEN below ELSE 0 END AS above
        FROM unemployed LEFT JOIN persons USING (person) WHERE {TOUCHES}"""


# Day by day no more than 37 hours a week; 80 percent of the 364 days that end with the span.
LONG_TERM = """
    WITH laid_out AS (
        SELECT person, minutes,
            unnest(range(greatest(start, hi() - 363), least("end", hi()) + 1)) AS day
        FROM unemployed WHERE start <= hi() AND "end" >= hi() - 363),
    by_day AS (SELECT person, day, least(2220, sum(minutes)) AS minutes
        FROM laid_out GROUP BY person, day)
    SELECT person AS who, NULL AS benefit, NULL AS target, 1 AS above, NULL AS below
    FROM by_day GROUP BY person HAVING 100 * sum(minutes) >= 80 * 2220 * 364"""


def spell_rows(where, above="1", below="NULL"):
    return f"""
        SELECT person AS who, benefit, target, {above} AS above, {below} AS below
        FROM spells s WHERE {where}"""


BEGUN = "start BETWEEN lo() AND hi()"
ENDED = f'"end" BETWEEN lo() AND hi() AND "end" < {OPEN}'


def beside(first, last):
    """Whether the person had another benefit on a day, as far as was known."""
    return f"""EXISTS (SELECT 1 FROM atoms a WHERE a.person = s.person AND a.benefit <> s.benefit
        AND a.start <= least({last}, as_of()) AND a."end" >= {first})"""


def exits(status, days=182):
    """Ended spells, and those of them with a status so many days later."""

    def on_day(table, condition="TRUE"):
        return f"""EXISTS (SELECT 1 FROM {table} f WHERE f.person = s.person
            AND f.start <= day AND f."end" >= day AND {condition})"""

    leave = "('parentalLeave', 'oldAgePension')"
    moved = f"""(EXISTS (SELECT 1 FROM residences r WHERE r.person = s.person)
        AND NOT {on_day("residences")})"""
    found = f"""CASE WHEN {on_day("atoms", f"f.benefit NOT IN {leave}")} THEN 'benefit'
        WHEN {on_day("enrolments")} THEN 'education'
        WHEN EXISTS (SELECT 1 FROM employments w WHERE w.person = s.person
            AND w.start <= least(month_last(day), as_of()) AND w."end" >= month_first(day))
            THEN 'work'
        WHEN {on_day("atoms", f"f.benefit IN {leave}")} OR {moved} THEN 'other'
        ELSE 'selfSupport' END"""
    wanted = ["education", "work", "selfSupport"] if status == "self-support" else [status]
    return f"""
        SELECT person AS who, benefit, target, 1 AS below,
            CASE WHEN {found} IN {listed(wanted)} THEN 1 ELSE 0 END AS above
        FROM (SELECT *, "end" + {days} AS day FROM spells WHERE {ENDED}) s
        WHERE day <= as_of()"""


def offer_rows(where):
    """Company-based offers under the benefit that they began under, or followed."""
    kinds = listed(COMPANY_BASED)
    return f"""
        SELECT person AS who, benefit, target, 1 AS above, NULL AS below
        FROM ({under(f"SELECT * FROM offers WHERE kind IN {kinds} AND {where}", "start")})"""


ACTIVATED = f"""
    SELECT a.person AS who, a.benefit, a.target, 1 AS above, NULL AS below
    FROM atoms a JOIN offers o USING (person)
    WHERE a.benefit IN {SUBSISTENCE} AND o.kind IN {listed(ACTIVATION)} AND o.start <= as_of()
        AND greatest(a.start, o.start, lo()) <= least(a."end", o."end", hi())"""


def one_day(table, where="TRUE", above="1", below="NULL"):
    """Facts of one day about a person."""
    return f"""
        SELECT person AS who, NULL AS benefit, NULL AS target, {above} AS above, {below} AS below
        FROM {table} WHERE day BETWEEN lo() AND hi() AND {where}"""


def deadlines():
    """The rows of the deadline table: clause by clause."""
    rows = []
    for number, row in enumerate(read("conversation-deadlines")["deadlines"]):
        low, high = row.get("validFrom", "0001-01-01"), row.get("validTo", "9999-12-31")
        for clause in row["population"]:
            for benefit in clause["benefits"]:
                for category in clause.get("matchCategories", [None]):
                    code = "NULL" if category is None else f"'{category}'"
                    rows.append(
                        f"({number}, '{benefit}', {code}, {row['days']},"
                        f" {row['conversations']}, DATE '{low}', DATE '{high}')")
    return ", ".join(rows)


TIMELY = f"""
    WITH rules(number, benefit, category, days, needed, low, high) AS (VALUES {deadlines()}),
    due AS (
        SELECT s.*, s.start + days AS day, needed FROM spells s JOIN rules r
            ON r.benefit = s.benefit::VARCHAR
            AND (r.category IS NULL OR r.category = s.category)
        WHERE date_of(s.start + days) BETWEEN low AND high)
    SELECT person AS who, benefit, target, 1 AS below,
        CASE WHEN (SELECT count(*) FROM talks t WHERE t.person = d.person AND t.status = 'held'
            AND t.day BETWEEN d.start AND d.day) >= needed THEN 1 ELSE 0 END AS above
    FROM due d
    WHERE day BETWEEN lo() AND hi() AND day <= "end"
        AND EXISTS (SELECT 1 FROM atoms a
            WHERE a.person = d.person AND a.start <= d.day AND a."end" >= d.day)
        AND NOT EXISTS (SELECT 1 FROM exemptions x
            WHERE x.person = d.person AND x.start <= d.day AND x."end" >= d.day)"""


def focus(lacks):
    """Those on the benefits for the twelve months that end with the span, without a whole empty
    month, under the benefit of the last day, and whether they lack something."""
    people = "SELECT DISTINCT person, person AS id, hi() AS day FROM runs"
    return f"""
        WITH runs AS (
            SELECT person, min(start) AS start, max(final) AS final FROM (
                SELECT *, count(*) FILTER (start > coalesce(
                        CASE WHEN reached >= {OPEN} THEN {OPEN}
                        ELSE next_month_last(reached) END, -{OPEN}))
                    OVER (PARTITION BY person ORDER BY start, "end" ROWS UNBOUNDED PRECEDING)
                        AS number
                FROM (
                    SELECT *, CASE WHEN "end" > as_of() THEN {OPEN} ELSE "end" END AS final,
                        max(final) OVER (PARTITION BY person ORDER BY start, "end"
                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
                    FROM atoms WHERE benefit IN {SUBSISTENCE}))
            GROUP BY person, number
            HAVING min(start) <= window_start() AND max(final) >= hi()),
        placed AS ({under(people, "day", f"a.benefit IN {SUBSISTENCE}")})
        SELECT person AS who, benefit, target, 1 AS below,
            CASE WHEN {lacks} THEN 1 ELSE 0 END AS above
        FROM placed p"""


FEW_TALKS = """(SELECT count(*) FROM talks t WHERE t.person = p.person AND t.status = 'held'
    AND t.day BETWEEN window_start() AND hi()) < 4"""

# Minutes a week, day by day: 420 of them are an hour.
NO_OFFER = f"""NOT EXISTS (SELECT 1 FROM offers o WHERE o.person = p.person AND o.start <= hi()
        AND o."end" >= window_start() AND (o.kind IN {listed(EMPLOYMENT_DIRECTED)}
            OR o.kind = 'guidanceAndUpskilling' AND (p.benefit = 'educationAid'
                OR p.benefit IN ('cashBenefit', 'selfSupportAllowance') AND p.category
                    IN ('educationReady', 'obviouslyEducationReady'))))
    AND coalesce((SELECT sum(shared(w.start, w."end", window_start(), hi()) * w.minutes)
        FROM employments w WHERE w.person = p.person AND w.kind = 'ordinary'
            AND w.start <= as_of()), 0)
        < 420 * CASE WHEN date_of(hi()) >= DATE '2023-03-22' THEN 100 ELSE 225 END"""

# The months of the span, cut at the day as of.
MONTHS = """(SELECT greatest(lo(), day_of(m)) AS first,
        least(hi(), day_of(m + INTERVAL 1 MONTH) - 1) AS last
    FROM (SELECT unnest(generate_series(date_trunc('month', date_of(lo())),
        date_of(hi())::TIMESTAMP, INTERVAL 1 MONTH)) AS m))"""


def paid_hours(population, most=None):
    """On a benefit and with ordinary paid hours in the same month."""
    limit = f" AND work < {most} * 420" if most else ""
    return f"""
        WITH hours AS (
            SELECT w.person, m.first, m.last,
                sum(shared(w.start, w."end", m.first, m.last) * w.minutes) AS work
            FROM employments w JOIN {MONTHS} m ON w.start <= m.last AND w."end" >= m.first
            WHERE w.kind = 'ordinary' AND w.start <= as_of() GROUP BY ALL)
        SELECT a.person AS who, a.benefit, a.target, 1 AS above, NULL AS below
        FROM atoms a JOIN hours h ON h.person = a.person
            AND a.start <= h.last AND a."end" >= h.first
        WHERE work > 0{limit} AND ({population})"""


SMALL_JOBS = """benefit = 'resourceProgramme'
    OR benefit IN ('cashBenefit', 'educationAid') AND category = 'activityReady'"""


def in_work(least, above=None):
    kinds = listed(["ordinary", "flexJob", "wageSubsidy", "apprenticeship"])
    return f"""
        SELECT w.person AS who, NULL AS benefit, NULL AS target, 1 AS above, NULL AS below
        FROM employments w JOIN residences r USING (person) JOIN persons USING (person)
        WHERE w.kind IN {kinds} AND hi() BETWEEN w.start AND w."end"
            AND hi() BETWEEN r.start AND r."end" AND {of_age(least, above)}"""


# Refugees and their families, in the years in which they have been ready for work: without any
# benefit but fleksjob in the month, or with ordinary work.
SELF_SUPPORTING = f"""
    WITH cohort AS (
        SELECT DISTINCT p.person, m.first, m.last
        FROM persons p JOIN matches c USING (person) JOIN {MONTHS} m
            ON year(date_of(m.first)) BETWEEN year(date_of(c.start))
                AND year(date_of(least(c."end", as_of())))
        WHERE p.basis IN ('refugee', 'reunifiedWithRefugee') AND c.code = 'jobReady'
            AND c.start <= as_of()
            AND EXISTS (SELECT 1 FROM residences r WHERE r.person = p.person
                AND m.last BETWEEN r.start AND r."end"))
    SELECT person AS who, NULL AS benefit, NULL AS target, 1 AS below,
        CASE WHEN EXISTS (SELECT 1 FROM atoms a WHERE a.person = c.person
                AND a.benefit <> 'flexJob' AND a.start <= c.last AND a."end" >= c.first)
            AND NOT EXISTS (SELECT 1 FROM employments w WHERE w.person = c.person
                AND w.kind = 'ordinary' AND w.minutes > 0 AND w.start <= c.last
                AND w."end" >= c.first)
            THEN 0 ELSE 1 END AS above
    FROM cohort c"""


def order_rows(above, below="NULL", where="TRUE"):
    return f"""
        WITH events AS (
            SELECT o.*,
                (SELECT min(r.day) FROM referrals r WHERE r.job_order = o.id) AS referred,
                (SELECT min(greatest(p.day, r.day)) FROM placements p JOIN referrals r
                    USING (job_order, person) WHERE p.job_order = o.id) AS filled,
                (SELECT min(p.day) FROM placements p WHERE p.job_order = o.id
                    AND p.terms IN ('ordinary', 'flexJob')) AS matched
            FROM orders o)
        SELECT id AS who, NULL AS benefit, NULL AS target, {above} AS above, {below} AS below
        FROM events WHERE created BETWEEN lo() AND hi() AND {where}"""


def by_now(event):
    return f"CASE WHEN {event} <= as_of() THEN 1 ELSE 0 END"


# A company counts where it has one employee on average; it cooperates on the days of an
# internship, a wage subsidy, a mentor or a fleksjob in any of its units.
COOPERATING = f"""
    WITH sizes AS (
        SELECT company FROM units WHERE {TOUCHES} AND start <= as_of()
        GROUP BY company HAVING sum({DAYS} * employees) >= hi() - lo() + 1),
    events AS (
        SELECT unit FROM offers WHERE {TOUCHES} AND unit <> 0
            AND kind IN {listed(COMPANY_BASED + ["mentor"])}
        UNION ALL
        SELECT unit FROM employments WHERE {TOUCHES} AND unit <> 0
            AND kind IN ('flexJob', 'wageSubsidy'))
    SELECT company AS who, NULL AS benefit, NULL AS target, 1 AS below,
        CASE WHEN EXISTS (SELECT 1 FROM units u JOIN events e ON e.unit = u.number
            WHERE u.company = s.company) THEN 1 ELSE 0 END AS above
    FROM sizes s"""

LADDER_RULE = read("ladder")["ladder"]
LAST_WEEKS = [step.get("lastWeek", 10**6) for step in LADDER_RULE["steps"]]
STEPS = ", ".join(
    f"({number}, {first}, {last}, {step['percent']})" for number, (first, last, step) in
    enumerate(zip([0, *LAST_WEEKS], LAST_WEEKS, LADDER_RULE["steps"]), 1))
RATES = ", ".join(
    f"('{rate['benefit']}', DATE '{rate['from']}', {rate['kroner']})"
    for rate in read("ladder")["rates"])

ON_LADDER = f"""
    SELECT a.person, a.benefit, a.target, a.minutes, step, percent,
        greatest(a.start, 7 * (c.start + greatest(0, first - used)) - 3) AS start,
        least(a."end", 7 * least(c."end", c.start + final - used - 1) + 3) AS "end"
    FROM climbed c JOIN (VALUES {STEPS}) AS steps(step, first, final, percent)
        ON final > used AND first - used <= c."end" - c.start
    JOIN atoms a ON a.person = c.person
    WHERE a.benefit IN ({PAID})"""


def on_step(step):
    return f"""
        SELECT person AS who, benefit, target, {DAYS} * minutes AS below,
            CASE WHEN step = {step} THEN below ELSE 0 END AS above
        FROM ({ON_LADDER}) WHERE {TOUCHES} AND start <= "end" """


NET_COST = f"""
    WITH rates AS (
        SELECT benefit, day_of(day) AS first, kroner,
            lead(first, 1, {OPEN}) OVER (PARTITION BY benefit ORDER BY day) - 1 AS final
        FROM (VALUES {RATES}) AS given(benefit, day, kroner))
    SELECT person AS who, l.benefit, target, NULL AS below, kroner * (100 - percent) * minutes
        * inside(greatest(start, first), least("end", final)) AS above
    FROM ({ON_LADDER}) l JOIN rates r ON r.benefit = l.benefit::VARCHAR
    WHERE greatest(start, first, lo()) <= least("end", final, hi())"""
