"""Which numbers a pack should have, and where each should come from: by its template, the
catalogue, and what the database holds."""
from functools import cache

import yaml

import pack_sql_cap
from pack_sql_figures import DEFINITIONS, month, number_of
from pack_sql_rows import read
from pack_sql_store import LADDER, ROOT

BRIDGE = ["spells-open-start", "spells-begun", "spells-begun-from-benefit", "spells-ended",
          "spells-ended-to-benefit", "spells-open-end"]
COUNTS = {"fullTimePersons", "persons", "spells", "orders", "positions", "companies", "contacts",
          "conversations", "offers", "complaints", "answers"}
LIST = {"place": "Placering på benchmarkranglisten", "expected": "Forventet andel (pct.)",
        "actual": "Faktisk andel (pct.)", "gap": "Forskel (pct. point)"}
COST = "reimbursement-net-cost"
SHARE = "ledige_pct_arbejdsstyrke"
# Targets in money and forecasts depend on how the plan is judged.
OPTIONAL = ("gap", "yearlyCost", "worth")


@cache
def template():
    path = ROOT / "Sources/Plans/Resources/quarterly-pack.yaml"
    return yaml.safe_load(path.read_text())["sections"]


@cache
def areas():
    path = ROOT / "Sources/Parameters/Resources/municipalities.yaml"
    return [int(area["code"]) for area in yaml.safe_load(path.read_text())["municipalities"]]


def counterpart(line):
    """What is published of the same benefits: table and measure."""
    for official in DEFINITIONS[line["indicator"]].get("official", []):
        if set(official.get("benefits") or []) == set(line.get("benefits") or []):
            return official["table"], official["measure"]
    return None


class Shape:
    """The sources of a pack's numbers by their ids, with their periods."""

    def __init__(self, book):
        self.book = book
        self.quarter, self.before = book.quarter, book.quarter.year_before
        self.found = {}
        for section in template():
            self.figures(section)
            for line in section.get("published", []):
                self.published_line(f"{section['id']}.{line['id']}", line)
            for part in section.get("parts", []):
                getattr(self, part, lambda: None)()

    def register(self, id, indicator, span, benefits=None):
        pairs = [] if benefits is None else [("benefit", ",".join(sorted(benefits)))]
        self.found[id] = (("register", indicator, tuple(pairs)), span.code)

    def published(self, id, official, span, area=None):
        table, measure = official or ("", "")
        own = self.book.municipality if area is None else area
        self.found[id] = (("published", table, measure, own), span.code)

    def derived(self, id, rule, parts, code=None):
        self.found[id] = (("derived", rule, tuple(parts)), code or self.quarter.code)

    def given(self, id, what, code=""):
        self.found[id] = (("given", what), code)

    def figures(self, section):
        lines = section.get("figures", [])
        is_compared = any(counterpart(line) for line in lines)
        for line in lines:
            id, indicator, benefits = (
                f"{section['id']}.{line['id']}", line["indicator"], line.get("benefits"))
            self.register(f"{id}.now", indicator, self.quarter, benefits)
            self.register(f"{id}.before", indicator, self.before, benefits)
            pair = [f"{id}.now", f"{id}.before"]
            self.derived(f"{id}.change", "difference", pair)
            self.derived(f"{id}.percent", "percentChange", pair)
            unit = DEFINITIONS[indicator]["unit"]
            noise = "noiseOfShares" if unit == "percent" else "noiseOfCounts"
            self.derived(f"{id}.noise", noise, pair if unit in COUNTS | {"percent"} else [])
            if is_compared:
                self.published(f"{id}.official", counterpart(line), self.quarter)
                self.country(id)
            if line["id"] in section.get("charts", []):
                self.course(id, line)

    def country(self, id):
        parts = [f"{id}.country", f"{id}.countryBefore"]
        self.derived(f"{id}.countryPercent", "percentChange", parts)

    def course(self, id, line):
        last = self.quarter.last.year * 12 + self.quarter.last.month - 1
        for span in map(month, range(last - 23, last + 1)):
            self.register(f"{id}.{span.code}", line["indicator"], span, line.get("benefits"))
            self.published(f"{id}.{span.code}.official", counterpart(line), span)

    def published_line(self, id, line):
        official = line["table"], line["measure"]
        self.published(f"{id}.now", official, self.quarter)
        self.published(f"{id}.before", official, self.before)
        self.derived(f"{id}.change", "difference", [f"{id}.now", f"{id}.before"])
        self.country(id)

    # Parts

    def benchmark(self):
        book = self.book
        shown = book.numbers.get("benchmark.place", {}).get("period")
        for key, measure in LIST.items():
            self.found[f"benchmark.{key}"] = (
                ("published", "y30r21", measure, book.municipality), self.newest() or shown)
        valued = {"now": [], "before": []}
        for area in areas():
            id = f"municipalities.{area}"
            rows = {key: book.published("y25i01", SHARE, area, span, "percent")
                    for key, span in (("now", self.quarter), ("before", self.before))}
            if rows["now"] is None or self.quarter.last > book.as_of:
                continue
            self.percentages(id, area)
            for key, row in rows.items():
                if row and row[0] is not None:
                    valued[key].append(f"{id}.{key}")
        own = f"municipalities.{book.municipality}"
        if f"{own}.now" in valued["now"]:
            self.beside(own, valued)

    def newest(self):
        """The newest list of the ministry, at most a year old."""
        index = self.quarter.first.year * 4 + (self.quarter.first.month - 1) // 3
        for back in range(4):
            code = f"{(index - back) // 4:04}QMAT{(index - back) % 4 + 1:02}"
            if self.book.published_row("y30r21", LIST["place"], self.book.municipality, code):
                return code
        return f"{index // 4:04}QMAT{index % 4 + 1:02}"

    def percentages(self, id, area):
        self.published(f"{id}.now", ("y25i01", SHARE), self.quarter, area)
        self.published(f"{id}.before", ("y25i01", SHARE), self.before, area)
        self.derived(f"{id}.change", "difference", [f"{id}.now", f"{id}.before"])

    def beside(self, own, valued):
        self.percentages("beside.country", 0)
        for key, span in (("now", self.quarter), ("before", self.before)):
            mine, ids = f"{own}.{key}", valued[key]
            self.derived(f"beside.topTen.{key}", "topTen", ids, span.code)
            others = [id for id in ids if id != mine]
            self.derived(f"beside.place.{key}", "place", [mine, *others], span.code)
        for line in ("topTen", "place"):
            id = f"beside.{line}"
            self.derived(f"{id}.change", "difference", [f"{id}.now", f"{id}.before"])

    def seen(self, indicators, span):
        """The benefits under which anything is counted, where the period is covered."""
        if not self.book.covers(span):
            return []
        found = set().union(*(self.book.figures.benefits(name, span) for name in indicators))
        return sorted(found)

    def bridge(self):
        for benefit in self.seen(BRIDGE, self.quarter):
            for name in BRIDGE:
                self.register(f"bridge.{benefit}.{name}", name, self.quarter, [benefit])

    def targets(self):
        for name, target in self.book.plan.targets.items():
            for last in ("measured", "baseline"):
                self.found[f"targets.{name}.{last}"] = None
            for last in ("aim", "needed"):
                self.given(f"targets.{name}.{last}", "plan", target.span.code)

    def ladder(self):
        benefits = sorted(self.seen([COST], self.quarter), key=LADDER.index)
        columns = ["step1", "step2", "step3", "step4", "cost"] if benefits else []
        names = [f"reimbursement-share-step-{step}" for step in (1, 2, 3, 4)] + [COST]
        for number, (column, indicator) in enumerate(zip(columns, names)):
            ids = [f"ladder.{benefit}.{column}" for benefit in benefits]
            for id, benefit in zip(ids, benefits):
                self.register(id, indicator, self.quarter, [benefit])
            self.derived(f"ladder.total.{number}", "sum", ids)

    def rates(self):
        for benefit in {rate["benefit"] for rate in read("ladder")["rates"]
                        if rate["from"] <= str(self.quarter.first)}:
            for step in (1, 2, 3, 4):
                self.given(f"rates.{benefit}.step{step}", "ladder")

    def budget(self):
        year = self.quarter.first.year
        months = [month(year * 12 + number) for number in range(self.quarter.last.month)]
        for span in months:
            id = f"budget.{span.code}"
            benefits = sorted(self.seen([COST], span), key=LADDER.index)
            parts = [f"{id}.cost.{benefit}" for benefit in benefits]
            self.derived(f"{id}.cost", "sum", parts, span.code)
            self.given(f"{id}.budget", "budget_line", span.code)
            self.derived(
                f"{id}.difference", "difference", [f"{id}.cost", f"{id}.budget"], span.code)
        whole = f"{year:04}MYTD{self.quarter.last.month:02}"
        for last in ("cost", "budget"):
            ids = [f"budget.{span.code}.{last}" for span in months]
            self.derived(f"budget.total.{last}", "sum", ids, whole)
        self.derived("budget.total.difference", "difference",
                     ["budget.total.cost", "budget.total.budget"], whole)

    def cap(self):
        pack_sql_cap.shape(self)

    def surveys(self):
        end, before = number_of(self.quarter.last), number_of(self.before.last)
        for (survey,) in self.book.rows(
                f"SELECT id FROM surveys WHERE closed <= {end} AND closed > {before}"):
            id = f"surveys.{survey}"
            answers = [f"{id}.satisfied", f"{id}.answered", f"{id}.invited"]
            for last in ("invited", "answered"):
                self.given(f"{id}.{last}", "survey")
            rules = {"rate": ("share", answers[1:]), "share": ("share", answers[:2]),
                     "low": ("wilsonLow", answers), "high": ("wilsonHigh", answers)}
            for last, (rule, parts) in rules.items():
                self.found[f"{id}.{last}"] = (("derived", rule, tuple(parts)), "")


def stated(number):
    """A number's source as it stands in the pack, and its period."""
    kind, given = next(iter(number["source"].items()))
    if kind == "register":
        pairs = tuple((pair["name"], pair["value"]) for pair in given["filter"])
        return (kind, given["indicator"], pairs), number["period"]
    if kind == "published":
        return (kind, given["table"], given["measure"], given["area"]), number["period"]
    if kind == "derived":
        return (kind, given["_0"], tuple(given["from"])), number["period"]
    return (kind, given["_0"]), number["period"]


def otherwise(book):
    """Numbers that are left out, that nothing asks for, or that come from elsewhere; by id."""
    wanted, found = Shape(book).found, {}
    for id, source in wanted.items():
        if id not in book.numbers:
            found[id] = "left out"
        elif source is not None and stated(book.numbers[id]) != source:
            found[id] = f"comes from {stated(book.numbers[id])} and not from {source}"
    for id in book.numbers:
        is_optional = id.startswith("forecast.") or (
            id.startswith("targets.") and id.rsplit(".", 1)[1] in OPTIONAL)
        if id not in wanted and not is_optional:
            found[id] = "nothing asks for it"
    return found
