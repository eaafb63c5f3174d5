"""The cap on spending on guidance and mentors: which numbers it should have, and what they are."""
from functools import cache

import yaml

from pack_sql_figures import number_of, period
from pack_sql_store import ROOT

PERSONS = "full-time-persons-with-wage-subsidy"
BOUNDS = ("low", "high")


@cache
def rule():
    path = ROOT / "Sources/Law/Resources/cap/spending-cap.yaml"
    return yaml.safe_load(path.read_text())


def certain():
    return [entry["benefit"] for entry in rule()["benefits"]
            if entry["counts"] and entry["confidence"] == "sourced"]


def unsure():
    return [entry["benefit"] for entry in rule()["benefits"] if entry["confidence"] != "sourced"]


def covered():
    return [account["id"] for account in rule()["accounts"]]


def year_to_date(book):
    return period(f"{book.quarter.first.year:04}MYTD{book.quarter.last.month:02}")


def lines(book, where="TRUE"):
    """Account, month, amount and refund of what is registered for the year so far."""
    span = year_to_date(book)
    return book.rows(
        f"SELECT account, month, amount, refund FROM spending WHERE month BETWEEN"
        f" {number_of(span.first)} AND {number_of(span.last)} AND {where}")


def own_accounts(book):
    return sorted({account for account, *_ in lines(book)} - set(covered()))


def is_whole(book):
    """Whether every month of the year so far has an amount that the cap counts."""
    months = {month for account, month, *_ in lines(book) if account in covered()}
    return months == {number_of(span.first) for span in year_to_date(book).months}


def begins():
    return min(rate["from"] for rate in rule()["rates"])


def shape(page):
    """The cap's numbers with their sources, by the rule and what is registered."""
    book, span = page.book, year_to_date(page.book)
    code, registered = span.code, lines(page.book)
    holds = begins() <= str(book.quarter.first)
    if holds or registered:
        spending(page, code)
    if not holds:
        return
    seen = page.seen([PERSONS], span)
    rows = {benefit: f"cap.benefit.{benefit}" for benefit in certain() + unsure()
            if benefit in seen}
    for benefit, id in rows.items():
        page.register(id, PERSONS, span, [benefit])
    page.register("cap.base.together", PERSONS, span, certain())
    page.register("cap.base.outside", PERSONS, span, certain())
    kind, indicator, pairs = page.found["cap.base.outside"][0]
    groups = ("group", ",".join(sorted(rule()["outside"])))
    page.found["cap.base.outside"] = (kind, indicator, (*pairs, groups)), code
    page.derived("cap.low.base", "difference", ["cap.base.together", "cap.base.outside"], code)
    page.derived(
        "cap.high.base", "sum",
        ["cap.low.base", *(rows[benefit] for benefit in unsure() if benefit in rows)], code)
    for id in (f"cap.{bound}" for bound in BOUNDS):
        page.given(f"{id}.rate", "spending-cap", code)
        page.given(f"{id}.rateToDate", "spending-cap", code)
        page.derived(f"{id}.yardstick", "product", [f"{id}.base", f"{id}.rateToDate"], code)
        if is_whole(book):
            page.derived(f"{id}.net", "sum", ["cap.spending.total.net"], code)
        else:
            page.given(f"{id}.net", "spending_line", code)
        page.derived(f"{id}.difference", "difference", [f"{id}.net", f"{id}.yardstick"], code)
        page.derived(f"{id}.perPerson", "quotient", [f"{id}.net", f"{id}.base"], code)


def spending(page, code):
    names = {account for account, *_ in lines(page.book)}
    ids = [f"cap.spending.{account}" for account in covered()]
    others = [f"cap.other.{number + 1}" for number, _ in enumerate(own_accounts(page.book))]
    for id in ids + others:
        for last in ("gross", "refund"):
            page.given(f"{id}.{last}", "spending_line", code)
        page.derived(f"{id}.net", "difference", [f"{id}.gross", f"{id}.refund"], code)
    used = [id for id, account in zip(ids, covered()) if account in names] or ids
    for last in ("gross", "refund", "net"):
        page.derived(f"cap.spending.total.{last}", "sum", [f"{id}.{last}" for id in used], code)


def given(book, id):
    """What is registered of an account, and the rate with the part of it for the months gone."""
    from pack_sql_numbers import MISSING, Number

    _, first, *middle, last = id.split(".")
    if last in ("rate", "rateToDate"):
        day, months = str(book.quarter.last), len(year_to_date(book).months)
        found = [rate["kroner"] for rate in rule()["rates"]
                 if rate["from"] <= day <= rate.get("to", "9999")]
        if not found:
            return MISSING
        return Number(float(found[0]) if last == "rate" else found[0] * months / 12)
    if last == "net":
        return MISSING
    name = middle[0] if first == "spending" else own_accounts(book)[int(middle[0]) - 1]
    amounts = [amount if last == "gross" else refund
               for account, _, amount, refund in lines(book) if account == name]
    return Number(int(sum(amounts)) / 100) if amounts else MISSING


def sums(book):
    """The benefits make up the base; in the year's first quarter each is what stands on the steps
    of the ladder, but for wage subsidies."""
    rows = [id for id in book.numbers if id.startswith("cap.benefit.")]
    if not rows:
        return []
    parts = {id: 1 for id in rows if id.rsplit(".", 1)[1] in certain()}
    found = [{"cap.base.together": -1, **parts}]
    if book.quarter.first.month == 1:
        for id in rows:
            steps = [f"ladder.{id.rsplit('.', 1)[1]}.step{step}" for step in (1, 2, 3, 4)]
            if all(step in book.numbers for step in steps):
                found.append({id: -1, **dict.fromkeys(steps, 1)})
    return found
