"""Two duties of the law, by OpenFisca-Core: for every period on cash benefit the day a thing
was due, how much had been done by then, and how it stands today.

  contact-six-months-cash  4 conversations in the first 6 months, groups 2 to 5
  offer-first-cash         an offer of 14 days or more within 6 months, groups 2 and 3; who is
                           exempt on the due day gets a new one when that ends

The folder holds CSV files with a header; days count from 1970-01-01, 1073741823 is "no end
yet":

  cases.csv   case,person,start,end   the periods, in order, each begun while the duties'
                                      versions of 2020-01-01 were in force
  groups.csv  case,from,to,group      1 to 13 as in LAB § 6, 14 the integration programme
  talks.csv   case,day                conversations from the case's start to today
  offers.csv  case,from,to,kind       begun from the case's start to today
  states.csv  case,from,to,state      begun by today
  today.csv   today                   one number

What is registered is OpenFisca's person, a period is a group entity with its registrations
as members. Reading is not timed; building the simulation has a line of its own. Each run
computes anew all that is not input, and prints one JSON line. --out takes a file for
duty,case,due,done,status, a row for each case that the duty applies to.
"""

import argparse
import csv
import json
import time
import warnings
from datetime import date
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

NO_END = np.datetime64(1073741823, "D")
DUTIES = {"contact-six-months-cash": "contact", "offer-first-cash": "offer"}

GROUPS = [*(f"group{number}" for number in range(1, 14)), "integrationProgramme"]
OFFERS = [
    "companyInternshipPrivate",
    "companyInternshipPublic",
    "wageSubsidyPrivate",
    "wageSubsidyPublic",
    "communityWork",
    "ordinaryEducation",
]
STATES = ["illness", "leave", "soonInWork", "outsideContact"]
# The period itself is a member of its case, so that no case is without any. "other" is what
# neither duty asks about.
KINDS = [*GROUPS, "conversation", *OFFERS, *STATES, "cashBenefit", "other"]
Kind = Enum("Kind", {name: name for name in KINDS})


class Status(Enum):
    notOwed = "The duty does not apply"
    notYetDue = "Due in more than two weeks"
    due = "Due within two weeks"
    overdue = "Not done, and the due day is over"
    fulfilled = "Done in time"
    fulfilledLate = "Done after the due day"
    exempt = "Nothing is owed in a state that covers the due day"
    lapsed = "The period or the group ended before it was due"


Fact = build_entity(
    key="fact", plural="facts", label="Something registered about a citizen", is_person=True
)
Case = build_entity(
    key="case",
    plural="cases",
    label="A period on cash benefit",
    roles=[{"key": "record", "plural": "records", "label": "What bears on the period"}],
)


def law():
    """The numbers of LAB § 31, stk. 3 and § 102."""

    def since_2020(**numbers):
        return {name: {"values": {"2020-01-01": {"value": n}}} for name, n in numbers.items()}

    return ParameterNode(
        "",
        data={
            "contact": since_2020(count=4, first_months=6),
            "offer": since_2020(count=1, days=14, months_after=6, months_after_exemption=1),
            "notice": since_2020(days=14),
        },
    )


def months_after(day, months):
    """The same day of the month so much later; the last day of a shorter month."""
    month = day.astype("datetime64[M]")
    then = month + months
    same = then.astype("datetime64[D]") + (day - month.astype("datetime64[D]"))
    return np.minimum(same, (then + 1).astype("datetime64[D]") - 1)


def is_kind(kinds, names):
    wanted = np.zeros(len(Kind), dtype=bool)
    wanted[[Kind[name].index for name in names]] = True
    return wanted[np.asarray(kinds)]


def last(case, owner, values, otherwise):
    """For every case its last value. A case's facts come in the order in which they begin,
    and of values assigned to one place NumPy keeps the last."""
    found = case.filled_array(otherwise, dtype=values.dtype)
    found[owner] = values
    return found


def first(case, owner, values, otherwise):
    return last(case, owner[::-1], values[::-1], otherwise)


def marked(case, mark, period):
    """Case, first and last day of the facts with a mark, and their kind."""
    facts = case.members
    rows = np.flatnonzero(facts(mark, period))
    columns = (facts(name, period) for name in ("first_day", "last_day", "kind"))
    return case.members_entity_id[rows], *(np.asarray(column)[rows] for column in columns)


def today(period):
    return np.datetime64(period.start.date, "D")


# Facts


class kind(Variable):
    value_type = Enum
    possible_values = Kind
    default_value = Kind.other
    entity = Fact
    definition_period = DateUnit.ETERNITY


class first_day(Variable):
    value_type = date
    entity = Fact
    definition_period = DateUnit.ETERNITY


class last_day(Variable):
    value_type = date
    entity = Fact
    definition_period = DateUnit.ETERNITY


class is_group(Variable):
    value_type = bool
    entity = Fact
    definition_period = DateUnit.ETERNITY

    def formula(fact, period):
        return is_kind(fact("kind", period), GROUPS)


class contact_counts(Variable):
    value_type = bool
    entity = Fact
    definition_period = DateUnit.ETERNITY
    label = "A conversation"

    def formula(fact, period):
        return is_kind(fact("kind", period), ["conversation"])


class offer_counts(Variable):
    value_type = bool
    entity = Fact
    definition_period = DateUnit.DAY
    label = "An offer of the kinds asked for that lasts long enough"

    def formula_2020_01_01(fact, period, parameters):
        days = fact("last_day", period) - fact("first_day", period) + 1
        asked = is_kind(fact("kind", period), OFFERS)
        return asked & (days >= np.timedelta64(parameters(period).offer.days, "D"))


class contact_exempts(Variable):
    value_type = bool
    entity = Fact
    definition_period = DateUnit.ETERNITY
    label = "A state in which no conversations are owed"

    def formula(fact, period):
        return is_kind(fact("kind", period), ["leave", "soonInWork", "outsideContact"])


class offer_exempts(Variable):
    value_type = bool
    entity = Fact
    definition_period = DateUnit.ETERNITY
    label = "A state in which no offer is owed"

    def formula(fact, period):
        return is_kind(fact("kind", period), ["illness", "leave", "soonInWork"])


# Cases


class start(Variable):
    value_type = date
    entity = Case
    definition_period = DateUnit.ETERNITY


class end(Variable):
    value_type = date
    entity = Case
    definition_period = DateUnit.ETERNITY


class group_at_start(Variable):
    value_type = Enum
    possible_values = Kind
    default_value = Kind.other
    entity = Case
    definition_period = DateUnit.DAY

    def formula(case, period):
        return group_on(case, case("start", period), period)


def group_on(case, day, period):
    """Of the groups that cover a day of each case the one that began last; when none does,
    the first that begins later in the period."""
    owner, begin, until, group = marked(case, "is_group", period)
    asked = day[owner]
    known = np.minimum(case("end", period), today(period))[owner]
    later = (begin > asked) & (begin <= known)
    found = first(case, owner[later], group[later], Kind.other.index)
    covers = (begin <= asked) & (until >= asked)
    found[owner[covers]] = group[covers]
    return found


class contact_due(Variable):
    value_type = date
    entity = Case
    definition_period = DateUnit.DAY
    label = "The last day of the first six months"
    reference = "LAB § 31, stk. 3, jf. § 9"

    def formula_2020_01_01(case, period, parameters):
        return months_after(case("start", period), parameters(period).contact.first_months) - 1


class first_offer(Variable):
    value_type = date
    entity = Case
    definition_period = DateUnit.DAY

    def formula(case, period):
        owner, begin, _, _ = marked(case, "offer_counts", period)
        return first(case, owner, begin, NO_END)


class offer_due(Variable):
    value_type = date
    entity = Case
    definition_period = DateUnit.DAY
    label = "Six months after the start, or later by the states that cover that day"
    reference = "LAB § 102, stk. 1, 2, 4 og 6"

    def formula_2020_01_01(case, period, parameters):
        law = parameters(period).offer
        due = months_after(case("start", period), law.months_after)
        offered = case("first_offer", period)
        owner, begin, until, _ = marked(case, "offer_exempts", period)
        while True:
            covers = (begin <= due[owner]) & (until >= due[owner])
            ends = last(case, owner[covers], until[covers], NO_END)
            moves = (ends < NO_END) & (offered > due)
            if not moves.any():
                return due
            due[moves] = months_after(ends[moves], law.months_after_exemption)
            # The new due day may lie in a state as well.
            again = moves[owner]
            owner, begin, until = owner[again], begin[again], until[again]


def done_in_time(case, duty, period):
    facts = case.members
    in_time = facts("first_day", period) <= case.project(case(f"{duty}_due", period))
    return case.sum(facts(f"{duty}_counts", period) & in_time)


class contact_done(Variable):
    value_type = int
    entity = Case
    definition_period = DateUnit.DAY

    def formula(case, period):
        return done_in_time(case, "contact", period)


class offer_done(Variable):
    value_type = int
    entity = Case
    definition_period = DateUnit.DAY

    def formula(case, period):
        return done_in_time(case, "offer", period)


def status(case, duty, groups, period, parameters):
    """How a duty stands that is owed to those in the groups when the period begins."""
    facts, law, now = case.members, parameters(period), today(period)
    due, end = case(f"{duty}_due", period), case("end", period)
    asked = getattr(law, duty).count
    day = case.project(due)
    covers = (facts("first_day", period) <= day) & (facts("last_day", period) >= day)
    stands = {
        "notOwed": ~is_kind(case("group_at_start", period), groups),
        "fulfilled": case(f"{duty}_done", period) >= asked,
        "exempt": case.any(facts(f"{duty}_exempts", period) & covers),
        "lapsed": ((end < due) & (end <= now))
        | ~is_kind(group_on(case, np.minimum(due, now), period), groups),
        "fulfilledLate": case.sum(facts(f"{duty}_counts", period)) >= asked,
        "overdue": due < now,
        "due": due <= now + law.notice.days,
    }
    return np.select(
        list(stands.values()), [Status[name].index for name in stands], Status.notYetDue.index
    )


class contact_status(Variable):
    value_type = Enum
    possible_values = Status
    default_value = Status.notOwed
    entity = Case
    definition_period = DateUnit.DAY
    label = "Conversations in the first six months on cash benefit"

    def formula_2020_01_01(case, period, parameters):
        return status(case, "contact", GROUPS[1:5], period, parameters)


class offer_status(Variable):
    value_type = Enum
    possible_values = Status
    default_value = Status.notOwed
    entity = Case
    definition_period = DateUnit.DAY
    label = "The first offer on cash benefit"

    def formula_2020_01_01(case, period, parameters):
        return status(case, "offer", GROUPS[1:3], period, parameters)


def legislation():
    system = TaxBenefitSystem([Fact, Case])
    system.parameters = law()
    found = [value for value in globals().values() if isinstance(value, type)]
    system.add_variables(*(v for v in found if issubclass(v, Variable) and v is not Variable))
    return system


def read(folder, name, columns, codes=None):
    """The columns of a table as whole numbers; `codes` are those of the words in the last."""
    words = {columns - 1: lambda word: codes.get(word, Kind.other.index)} if codes else None
    form = {"delimiter": ",", "skiprows": 1, "converters": words, "encoding": "utf-8"}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "loadtxt: input contained no data")
        table = np.loadtxt(Path(folder) / f"{name}.csv", np.int64, **form)
    return table.reshape(-1, columns).T


def facts_of(folder, cases):
    """All facts: their case, first and last day and kind, in order."""
    codes = {item.name: item.index for item in Kind}
    number, _, begin, until = cases
    tables = [np.stack([number, begin, until, np.full_like(number, codes["cashBenefit"])])]
    tables.append(read(folder, "groups", 4))
    # Groups come first among the kinds, and count from 1 in the file.
    tables[-1][3] -= 1
    case, day = read(folder, "talks", 2)
    tables.append(np.stack([case, day, day, np.full_like(day, codes["conversation"])]))
    tables.append(read(folder, "offers", 4, {name: codes[name] for name in OFFERS}))
    tables.append(read(folder, "states", 4, {name: codes[name] for name in STATES}))
    case, begin, until, kind = np.concatenate(tables, axis=1)
    if not np.isin(case, number).all():
        raise SystemExit(f"{folder}: facts of cases that are not in cases.csv")
    order = np.lexsort((kind, until, begin, case))
    return case[order], begin[order], until[order], kind[order]


def build(system, cases, facts):
    number, _, start, end = cases
    case, first_day, last_day, kind = facts
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("fact", np.arange(len(case)))
    population = builder.declare_entity("case", number)
    builder.join_with_persons(population, case, np.zeros(len(case), dtype=np.int64))
    simulation = builder.build(system)
    days = {"start": start, "end": end, "first_day": first_day, "last_day": last_day}
    for name, column in days.items():
        simulation.set_input(name, "ETERNITY", column.astype("datetime64[D]"))
    simulation.set_input("kind", "ETERNITY", kind)
    return simulation


def answers(simulation, day):
    return {
        duty: [simulation.calculate(f"{prefix}_{what}", day) for what in ("due", "done", "status")]
        for duty, prefix in DUTIES.items()
    }


def write(path, number, found):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["duty", "case", "due", "done", "status"])
        for duty, (due, done, status) in found.items():
            days = due.astype(np.int64)
            names = status.decode_to_str()
            for row in np.flatnonzero(names != "notOwed"):
                writer.writerow([duty, number[row], days[row], done[row], names[row]])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", help="folder with the tables")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--out", help="file for the answers")
    arguments = parser.parse_args()
    cases = read(arguments.folder, "cases", 4)
    facts = facts_of(arguments.folder, cases)
    day = str(np.datetime64(int(read(arguments.folder, "today", 1)[0, 0]), "D"))
    line = {"what": "law-contact-offers", "program": "openfisca", "threads": 1}
    line |= {"rows": cases.shape[1]}

    def timed(body, what):
        start, cpu = time.perf_counter(), time.process_time()
        value = body()
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        times = {"seconds": round(seconds, 6), "cpu_seconds": round(cpu, 6)}
        print(json.dumps(line | what | times), flush=True)
        return value

    system = legislation()
    simulation = timed(
        lambda: build(system, cases, facts), {"what": "law-contact-offers-build", "run": 0}
    )
    computed = [name for name, variable in system.variables.items() if variable.formulas]
    for run in range(arguments.runs):
        for name in computed:
            simulation.delete_arrays(name)
        found = timed(lambda: answers(simulation, day), {"run": run})
    if arguments.out:
        write(arguments.out, cases[0], found)


if __name__ == "__main__":
    main()
