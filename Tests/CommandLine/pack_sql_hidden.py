"""Whether the public edition of a pack hides what it must, and nothing that its other numbers
give away."""
from collections import defaultdict

import numpy as np

import pack_sql_cap
from pack_sql_figures import DEFINITIONS, INDICATORS, period
from pack_sql_numbers import unit_of, where

FEWEST, LEAST = 5, 10
PARTS = ("value", "numerator", "denominator", "persons")


def is_small(number, is_percent, of_months=False):
    """The rule on small counts: few persons, or a percentage of or about few. The months of a
    mean of them are turned into persons first."""
    if number.persons is not None and 0 < number.persons < FEWEST:
        return True
    if not is_percent or not number.denominator:
        return False
    whole, part = number.denominator, number.numerator
    if of_months:
        whole, part = number.persons, part * number.persons / whole
    return whole < LEAST or 0 < part < FEWEST or 0 < whole - part < FEWEST


def small(book, id):
    """Whether a number may not be shown to everybody because of itself."""
    if id.startswith("forecast."):
        return False
    kind, source = next(iter(book.numbers[id]["source"].items()))
    own = book.number(id)
    if own.value is None:
        return False
    if kind == "given" and source["_0"] == "survey":
        return 0 < own.value < LEAST
    if kind == "given" and id.endswith(".aim"):
        whole = book.plan.wholes.get(id)
        return whole is not None and is_small(whole, unit_of(book.numbers[id]) == "percent")
    if kind != "register":
        return False
    return is_small(own, *share(source["indicator"]))


def share(indicator):
    """Whether it is a percentage, and whether its denominator counts months."""
    return (DEFINITIONS[indicator]["unit"] == "percent", INDICATORS[indicator].is_by_month)


def target_of(id):
    return id.rsplit(".", 1)[0]


def has_few(book, target):
    """True when few, or nobody, stand behind a target's figure or its baseline."""
    parts = [book.number(f"{target}.{last}") for last in ("measured", "baseline")]
    return any(part.persons is not None and part.persons < FEWEST for part in parts)


def shown_wrongly(book):
    """Numbers that stand though they are small, or worked out from hidden ones, and hidden ones
    of which something stands; by id why."""
    found = {}
    for id, given in book.numbers.items():
        kind, source = next(iter(given["source"].items()))
        if given["state"] == "hidden":
            if any(given.get(part) is not None for part in PARTS):
                found[id] = "hidden, and yet it stands"
            continue
        if given.get("value") is None:
            continue
        if small(book, id):
            found[id] = "few stand behind it"
        elif kind == "derived" and any(is_hidden(book, part) for part in source["from"]):
            found[id] = "worked out from a hidden number"
        elif id.endswith(".needed") and has_few(book, target_of(id)):
            found[id] = "worked out from a hidden number"
    return found


def is_hidden(book, id):
    return id in book.numbers and book.numbers[id]["state"] == "hidden"


def hidden_needlessly(book):
    """Hidden numbers that are not small, nor worked out from hidden ones, nor beside one that is
    in the same table or course. Forecasts are not looked at."""
    groups = group_of(book)
    crowded = {groups[id] for id in book.numbers if small(book, id)}
    found = []
    for id, given in book.numbers.items():
        is_due = groups[id] in crowded or id.startswith("forecast.")
        if given["state"] != "hidden" or is_due:
            continue
        kind, source = next(iter(given["source"].items()))
        behind = kind == "derived" and any(
            is_hidden(book, part) or part not in book.numbers for part in source["from"])
        if not behind and not (id.startswith("targets.") and has_few(book, target_of(id))):
            found.append(id)
    return found


def group_of(book):
    """What is hidden together: a table of the program's own, a target, a figure's course."""
    groups = {}
    for id in book.numbers:
        parts = id.split(".")
        whole = parts[0] in ("bridge", "ladder", "budget", "surveys")
        groups[id] = parts[0] if whole else ".".join(parts[:2])
    return groups


# What follows by addition

def question(book, id):
    """Two numbers with the same question are the same number."""
    given = book.numbers[id]
    if "register" not in given["source"] or not given["period"]:
        return None
    source = given["source"]["register"]
    filters = [(pair["name"], pair["value"]) for pair in source["filter"]]
    if id.startswith("targets."):
        target = book.plan.targets[id.split(".")[1]]
        if target.condition != where({}):
            filters = [("target", target.condition)]
    return source["indicator"], tuple(filters), given["period"]


def sums(book):
    """Equations between the numbers: of each its factor, the sum of all being nought."""
    found = []
    same = defaultdict(list)
    for id, given in book.numbers.items():
        asked = question(book, id)
        if asked and not (id.startswith("ladder.") and ".step" in id):
            same[asked].append(id)
        if "derived" in given["source"]:
            found.append(derived_sum(book, id, given["source"]["derived"]))
    found += [{ids[0]: 1, other: -1} for ids in same.values() for other in ids[1:]]
    found += bridge_sums(book) + ladder_sums(book) + course_sums(book, same)
    found += pack_sql_cap.sums(book)
    return [row for row in found if row]


def derived_sum(book, id, rule):
    parts = rule["from"]
    if rule["_0"] == "sum":
        return {id: -1, **{part: 1 for part in parts}}
    if rule["_0"] == "difference":
        return {id: -1, parts[0]: 1, parts[1]: -1}
    if rule["_0"] == "product" and book.number(parts[1]).value is not None:
        return {id: -1, parts[0]: book.number(parts[1]).value}
    if rule["_0"] == "quotient" and book.numbers[id].get("value"):
        return {parts[0]: -1, parts[1]: book.numbers[id]["value"]}
    return None


def benefits_of(book, table):
    return sorted({id.split(".")[1] for id in book.numbers
                   if id.startswith(f"{table}.") and not id.startswith(f"{table}.total")})


def bridge_sums(book):
    """Open at the start and begun, less ended, is open at the end."""
    names = {"spells-open-start": 1, "spells-begun": 1, "spells-ended": -1, "spells-open-end": -1}
    return [{f"bridge.{benefit}.{name}": factor for name, factor in names.items()}
            for benefit in benefits_of(book, "bridge")]


def ladder_sums(book):
    """The steps make up the full-time persons, at their prices the cost, and the months the
    quarter."""
    found, days = [], book.quarter.days
    benefits = benefits_of(book, "ladder")
    months = [month.code for month in book.quarter.months]
    for benefit in benefits:
        steps = {f"ladder.{benefit}.step{step}": step for step in (1, 2, 3, 4)}
        cost = f"ladder.{benefit}.cost"
        found.append({cost: -1, **{
            id: book.weekly_cost(benefit, step).value / 7 * days for id, step in steps.items()}})
        found.append({cost: -1, **{f"budget.{code}.cost.{benefit}": 1 for code in months}})
        for id in book.numbers:
            if question(book, id) == (
                    "full-time-persons", (("benefit", benefit),), book.quarter.code):
                found.append({id: -1, **dict.fromkeys(steps, 1)})
    whole = "money.net-cost.now"
    found.append({whole: -1, **{f"ladder.{benefit}.cost": 1 for benefit in benefits}})
    found.append({whole: -1, **{f"budget.{code}.cost": 1 for code in months}})
    return found


def course_sums(book, same):
    """A quarter is made of its months: weighted by days, or added up."""
    found = []
    for (indicator, filters, code), ids in same.items():
        unit = DEFINITIONS[indicator]["unit"]
        parts = [same.get((indicator, filters, month.code)) for month in period(code).months]
        if "Q" not in code or None in parts or unit != "fullTimePersons":
            continue
        row = {ids[0]: -period(code).days}
        row |= {part[0]: month.days for part, month in zip(parts, period(code).months)}
        found.append(row)
    return found


def given_away(book):
    """Hidden numbers that follow from the shown ones: those that the equations determine. What
    is only added up of hidden ones tells of none of them."""
    def is_known(id):
        return id in book.numbers and book.numbers[id].get("value") is not None

    equations = [{id: factor for id, factor in row.items() if not is_known(id)}
                 for row in sums(book)]
    unknown = sorted({id for row in equations for id in row})
    if not unknown:
        return []
    place = {id: number for number, id in enumerate(unknown)}
    matrix = np.zeros((len(equations), len(unknown)))
    for number, row in enumerate(equations):
        largest = max((abs(factor) for factor in row.values()), default=1)
        for id, factor in row.items():
            matrix[number, place[id]] = factor / largest
    # A number follows when no change of the unknowns that keeps all sums changes it.
    _, values, rows = np.linalg.svd(matrix)
    rank = int((values > 1e-9).sum())
    free = np.abs(rows[rank:]).max(axis=0) if rank < len(unknown) else np.zeros(len(unknown))
    return [id for id in unknown if free[place[id]] < 1e-9 and is_hidden(book, id)
            and "derived" not in book.numbers[id]["source"]]


def few_together(book):
    """The hidden rows of the ladder whose cost follows from the shown total, when few stand behind
    all of them, and the same of the benefits that the cap counts."""
    found = []
    for first, last, total in (("ladder.", ".cost", "money.net-cost.now"),
                               ("cap.benefit.", "", "cap.base.together")):
        hidden = [id for id in book.numbers if id.startswith(first) and id.endswith(last)
                  and is_hidden(book, id)]
        persons = sum(book.number(id).persons or 0 for id in hidden)
        is_total_shown = book.numbers.get(total, {}).get("value") is not None
        found += hidden if is_total_shown and persons < FEWEST else []
    return found
