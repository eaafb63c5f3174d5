"""Who gets what, checked against scipy on instances made up from seeds."""
import csv
import io
import json
import random

import numpy
import pytest
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import coo_array
from test_commands import run


def write(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def instance(seed):
    """Candidates, openings, edges and groups; about one in six has no answer."""
    draw = random.Random(seed)
    groups = [f"kommune {number}" for number in range(draw.randint(0, 3))]
    candidates = [
        (f"k{number}", draw.choice([1, 1, 1, 2]), draw.choice([*groups, ""]))
        for number in range(draw.randint(5, 60))
    ]
    openings = []
    for number in range(draw.randint(3, 40)):
        minimum = draw.choice([0] * 12 + [1, 2])
        openings.append((f"o{number}", minimum, minimum + draw.randint(0, 3)))
    pairs = [(c, o) for c in range(len(candidates)) for o in range(len(openings))]
    share = draw.choice([0.1, 0.4, 1.0])
    edges = [(c, o, draw.randint(-3, 40)) for c, o in pairs if draw.random() < share]
    places = sum(maximum for _, _, maximum in openings)
    limits = []
    for group in groups:
        if not any(candidate[2] == group for candidate in candidates):
            continue
        if draw.random() < 0.6:
            minimum = draw.choice([0, 0, 1, 2])
            limits.append((group, minimum, minimum + draw.randint(0, places // 3 + 1), ""))
        if draw.random() < 0.4:
            limits.append((group, 0, draw.randint(0, 1), draw.choice(openings)[0]))
    fixed = [(c, o) for c, o, _ in draw.sample(edges, min(len(edges), draw.choice([0, 0, 1, 2])))]
    return candidates, openings, edges, limits, fixed


def files(folder, candidates, openings, edges, limits=(), fixed=()):
    names = [("--candidates", ["candidate", "places", "group"], candidates),
             ("--openings", ["opening", "minimum", "maximum"], openings),
             ("--edges", ["candidate", "opening", "value"],
              [(candidates[c][0], openings[o][0], value) for c, o, value in edges]),
             ("--groups", ["group", "minimum", "maximum", "opening"], limits),
             ("--fixed", ["candidate", "opening"],
              [(candidates[c][0], openings[o][0]) for c, o in fixed])]
    arguments = []
    for name, header, rows in names:
        if rows or name in ("--candidates", "--openings", "--edges"):
            arguments += [name, write(folder / (name[2:] + ".csv"), header, rows)]
    return arguments


def best(candidates, openings, edges, limits, fixed, objective):
    """What scipy's integer programme gives, or None when nothing holds."""
    rows, low, high = [], [], []

    def add(members, least, most):
        rows.append(members)
        low.append(least)
        high.append(numpy.inf if most is None else most)

    of = [c for c, _, _ in edges], [o for _, o, _ in edges]
    for index, (_, places, _) in enumerate(candidates):
        add([e for e, c in enumerate(of[0]) if c == index], 0, places)
    for index, (_, minimum, maximum) in enumerate(openings):
        add([e for e, o in enumerate(of[1]) if o == index], minimum, maximum)
    for group, minimum, maximum, opening in limits:
        add([e for e, (c, o, _) in enumerate(edges)
             if candidates[c][2] == group and opening in ("", openings[o][0])], minimum, maximum)
    places = [(row, e) for row, members in enumerate(rows) for e in members]
    matrix = coo_array(
        (numpy.ones(len(places)), ([p[0] for p in places], [p[1] for p in places])),
        shape=(len(rows), max(1, len(edges))))
    value = numpy.array([value for _, _, value in edges] or [0])
    most = len(edges) * (abs(value).max() + 1)
    gain = value + (most if objective == "filled" and edges else 0)
    least = numpy.array([(c, o) in fixed for c, o, _ in edges] or [False]).astype(float)
    found = milp(-gain, constraints=LinearConstraint(matrix, low, high),
                 bounds=Bounds(least, numpy.ones(len(value)) if edges else 0), integrality=1)
    if found.x is None:
        return None
    chosen = numpy.round(found.x)
    return int(chosen @ value), int(chosen.sum())


@pytest.mark.parametrize("objective", ["value", "filled"])
@pytest.mark.parametrize("seed", range(40))
def test_the_answer_is_the_best_there_is(seed, objective, tmp_path):
    candidates, openings, edges, limits, fixed = made = instance(seed)
    arguments = ["match", "assign", *files(tmp_path, *made), "--objective", objective,
                 "--format", "json"]
    expected = best(*made, objective)
    answer = json.loads(run(*arguments, code=1 if expected is None else 0).stdout)
    if expected is None:
        assert answer["contradictions"]
        for one in answer["contradictions"]:
            assert one["needed"] > one["available"] and one["text"]
        return
    assert answer["value"] == expected[0]
    assert objective == "value" or answer["filled"] == expected[1]
    assert answer["value"] == sum(pair["value"] for pair in answer["given"])
    assert {(candidates[c][0], openings[o][0]) for c, o in fixed} <= {
        (pair["candidate"], pair["opening"]) for pair in answer["given"]}


@pytest.mark.parametrize("shape", ["even", "everybody wants the same"])
def test_a_large_assignment_is_the_best_there_is(shape, tmp_path):
    draw = numpy.random.default_rng(7)
    count = 300
    values = draw.integers(0, 1000, (count, count))
    if shape != "even":
        values = values // 20 + numpy.arange(count) * 3
    candidates = [(f"k{number}", 1, "") for number in range(count)]
    openings = [(f"o{number}", 0, 1) for number in range(count)]
    edges = [(c, o, int(values[c, o])) for c in range(count) for o in range(count)]
    text = run("match", "assign", *files(tmp_path, candidates, openings, edges),
               "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    of, to = linear_sum_assignment(values, maximize=True)
    assert sum(int(row["value"]) for row in rows) == values[of, to].sum()
    assert len({row["candidate"] for row in rows}) == len({row["opening"] for row in rows}) == count


def test_a_reason_says_what_a_change_by_hand_loses(tmp_path):
    for seed in range(8):
        made = instance(seed)
        arguments = ["match", "assign", *files(tmp_path, *made[:4]), "--format", "json"]
        if best(*made[:4], [], "value") is None:
            continue
        answer = json.loads(run(*arguments, "--why-all").stdout)
        assert len(answer["reasons"]) == len(made[2])
        for reason in answer["reasons"][:: max(1, len(made[2]) // 4)]:
            hand = write(tmp_path / "hand.csv", ["candidate", "opening"],
                         [(reason["candidate"], reason["opening"])])
            option = "--fixed" if reason["standing"] == "notGiven" else "--forbidden"
            possible = reason["isPossibleOtherwise"]
            other = json.loads(run(*arguments, option, hand, code=0 if possible else 1).stdout)
            if possible:
                assert answer["value"] - other["value"] == reason["valueLost"]


def test_what_is_written_can_be_given_as_the_previous_answer(tmp_path):
    candidates = [(f"k{number}", 1, "") for number in range(20)]
    openings = [(f"o{number}", 0, 1) for number in range(20)]
    edges = [(c, o, 5) for c in range(20) for o in range(20)]
    arguments = ["match", "assign", *files(tmp_path, candidates, openings, edges),
                 "--format", "csv"]
    turned = write(tmp_path / "turned.csv", ["candidate", "opening"],
                   [(f"k{number}", f"o{(number + 7) % 20}") for number in range(20)])
    before = run(*arguments, "--previous", turned).stdout
    assert len(set(before.splitlines()) & {f"k{n},o{(n + 7) % 20},5" for n in range(20)}) == 20
    (tmp_path / "before.csv").write_text(before)
    hand = write(tmp_path / "hand.csv", ["candidate", "opening"], [("k0", "o8")])
    after = run(*arguments, "--previous", tmp_path / "before.csv", "--fixed", hand).stdout
    assert "k0,o8,5" in after
    assert len(set(before.splitlines()) - set(after.splitlines())) == 2


def test_text_names_people_and_places_in_both_languages(tmp_path):
    made = [("Anna", 1, ""), ("Bo", 1, "")], [("Lager", 0, 1)], [(0, 0, 7), (1, 0, 9)]
    arguments = ["match", "assign", *files(tmp_path, *made)]
    text = run(*arguments).stdout
    assert "Bo får Lager (værdi 9)." in text and "1 pladser besat, værdi 9 i alt." in text
    text = run(*arguments, "--why", "Anna", "--lang", "en").stdout
    assert text.strip() == (
        "Anna does not have Lager (value 7). With it: 0 fewer places filled, 2 less value. "
        "Anna gets Lager. Bo loses Lager.")
    assert "neither a candidate" in run(*arguments, "--why", "Ole", "--lang", "en", code=1).stderr


def test_a_contradiction_is_said_in_words(tmp_path):
    made = [("Anna", 1, ""), ("Bo", 1, "")], [("Lager", 2, 3), ("Café", 1, 1)], [
        (0, 0, 7), (1, 0, 9), (1, 1, 3)]
    text = run("match", "assign", *files(tmp_path, *made), code=1).stderr
    assert "Lager (mindst 2), Café (mindst 1) kræver 3 pladser" in text and "højst få 2" in text


def test_everything_wrong_is_told_at_once(tmp_path):
    write(tmp_path / "c.csv", ["candidate", "places"], [("Anna", "x"), ("Bo", -1), ("", 1)])
    write(tmp_path / "o.csv", ["opening", "minimum", "maximum"], [("Lager", 3, 2), ("Lager", 0, 1)])
    write(tmp_path / "e.csv", ["candidate", "opening", "worth"], [("Anna", "Lager", 1)])
    arguments = ["match", "assign", "--lang", "en"]
    done = run(*arguments, "--candidates", tmp_path / "c.csv", "--openings", tmp_path / "o.csv",
               "--edges", tmp_path / "e.csv", code=1)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 6 and not done.stdout
    for file, place, words in [
        ("c.csv", "Row 2, column 2 (places)", "whole number"), ("c.csv", "Row 3", "whole number"),
        ("c.csv", "Row 4, column 1", "empty"), ("o.csv", "Row 2, column 2", "At least 3"),
        ("o.csv", "Row 3", "same as row 2"), ("e.csv", "Row 1", "value"),
    ]:
        assert any(file in line and place in line and words in line for line in lines), lines

    write(tmp_path / "c.csv", ["kandidat", "gruppe"], [("Anna", "Syd")])
    write(tmp_path / "o.csv", ["åbning"], [("Lager",), ("Café",)])
    write(tmp_path / "e.csv", ["kandidat", "åbning", "værdi"],
          [("Anna", "Lager", 1), ("Ole", "Lager", 1), ("Anna", "Lagr", 1), ("Anna", "Lager", 2),
           ("Anna", "Café", 1.5)])
    write(tmp_path / "g.csv", ["gruppe", "højst", "åbning"], [("Nord", 1, ""), ("Syd", 1, "Lagr")])
    done = run(*arguments, "--candidates", tmp_path / "c.csv", "--openings", tmp_path / "o.csv",
               "--edges", tmp_path / "e.csv", "--groups", tmp_path / "g.csv", code=1)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 6, lines
    for row, words in [("Row 3, column 1", "Ole"), ("Row 4, column 2", "Lagr"),
                       ("Row 5", "same as row 2"), ("Row 6, column 3", "1.5"),
                       ("Row 2, column 1", "Nord"), ("Row 3, column 3", "Lagr")]:
        assert any(row in line and words in line for line in lines), (row, lines)

    write(tmp_path / "e.csv", ["candidate", "opening", "value"], [("Anna", "Lager", 1)])
    hand = write(tmp_path / "h.csv", ["candidate", "opening"], [("Anna", "Café"), ("Anna", "Lager")])
    not_so = write(tmp_path / "f.csv", ["candidate", "opening"], [("Anna", "Lager")])
    done = run(*arguments, "--candidates", tmp_path / "c.csv", "--openings", tmp_path / "o.csv",
               "--edges", tmp_path / "e.csv", "--fixed", hand, "--forbidden", not_so, code=1)
    assert "Row 2" in done.stderr and "not among the pairs" in done.stderr
    assert "Row 3" in done.stderr and "both chosen and ruled out" in done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path):
    made = [("Anna", 1, "")], [("Lager", 0, 1)], [(0, 0, 7)]
    arguments = files(tmp_path, *made)
    done = run("match", "assign", *arguments, "--groups", tmp_path / "none.csv", code=66)
    assert "none.csv" in done.stderr
