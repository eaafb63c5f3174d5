"""The law commands: rules, obligations with reasons, mistakes with their places."""

import json

from test_commands import ROOT, copy, run, store  # noqa: F401  (fixtures)

FACTS = {
    "format": 1,
    "citizens": [{
        "id": "A", "born": "1985-03-01",
        "benefits": [{"benefit": "cashBenefit", "from": "2024-01-08"}],
        "groups": [{"group": "group2", "from": "2024-01-08"}],
        "acts": [
            {"act": "firstContact", "on": "2024-01-08"},
            {"act": "conversation", "on": "2024-01-12", "recorded": "2024-02-01"},
        ],
    }],
}


def facts(folder, change=lambda citizen: None):
    content = json.loads(json.dumps(FACTS))
    change(content["citizens"][0])
    file = folder / "facts.json"
    file.write_text(json.dumps(content))
    return file


def owed(file, *options):
    done = run("law", "obligations", "--facts", file, "--format", "json", *options)
    citizen, = json.loads(done.stdout)["citizens"]
    return {o["rule"]: o for o in citizen["obligations"]}


def test_the_rules_that_ship_are_in_order_and_can_be_opened():
    assert "i orden" in run("law", "check").stdout
    before = run("law", "rules", "--on", "2026-06-30").stdout
    after = run("law", "rules", "--on", "2026-07-01").stdout
    assert "contact-first-cash@2020-01-01" in before and "@2026-07-01" not in before
    assert "contact-first-cash@2026-07-01" in after and "(usikker)" in after
    shown = run("law", "show", "contact-first-cash@2020-01-01", "--lang", "en").stdout
    assert "LAB § 31, stk. 5" in shown and "https://" in shown and "@2026-07-01" in shown
    assert "contact-first-cash" in run("law", "show", "contact-first-cas", code=1).stderr


def test_what_is_owed_has_a_day_a_state_and_its_reasons(tmp_path):
    found = owed(facts(tmp_path), "--on", "2024-03-01")
    first = found["contact-first-cash@2020-01-01"]
    assert (first["due"], first["status"]) == ("2024-01-15", "fulfilled")
    assert any("samtale 12.01.2024" in reason for reason in first["because"])
    four = found["contact-six-months-cash@2020-01-01"]
    assert (four["due"], four["status"], four["done"], four["count"]) == (
        "2024-07-07", "notYetDue", 1, 4)
    text = run("law", "obligations", "--facts", tmp_path / "facts.json", "--on", "2024-03-01").stdout
    assert "Opfyldt" in text and "Sat i gang af: Kontanthjælp fra 08.01.2024" in text


def test_what_was_recorded_later_is_not_known_before(tmp_path):
    found = owed(facts(tmp_path), "--on", "2024-03-01", "--known-at", "2024-01-20")
    assert found["contact-first-cash@2020-01-01"]["status"] == "overdue"


def test_wrong_facts_are_told_by_their_place(tmp_path):
    def change(citizen):
        citizen["stats"] = []
        citizen["groups"][0]["group"] = "gruppe2"
        citizen["benefits"][0]["to"] = "2023-01-01"

    file = facts(tmp_path, change)
    lines = run("law", "obligations", "--facts", file, code=1).stderr.strip().splitlines()
    assert len(lines) == 3
    assert all(f"{file}:1:" in line for line in lines)
    assert any("states" in line for line in lines)
    empty = tmp_path / "empty.json"
    empty.write_text("")
    assert run("law", "obligations", "--facts", empty, code=1).stderr
    run("law", "obligations", "--facts", tmp_path / "none.json", code=66)


def test_a_rule_file_with_a_gap_is_refused(tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text("""format: 1
area: contact
duties:
  - id: a
    name: {da: a, en: a}
    trigger: {act: [firstContact]}
    versions:
      - {from: "2020-01-01", to: "2023-12-31", law: L, source: S, confidence: sourced,
         acts: [conversation], due: {weeksAfter: 1}, text: {da: a, en: a}}
      - {from: "2024-02-01", law: L, source: S, confidence: sourced,
         acts: [conversation], due: {weeksAfter: 1}, text: {da: a, en: a}}
""")
    text = run("law", "check", file, code=1).stdout
    assert f"{file}:10:16" in text and "2024-01-01" in text


def test_an_uncertain_rule_can_be_left_out_and_no_other(tmp_path):
    uncertain = run("law", "rules", "--on", "2026-07-01", "--uncertain").stdout
    assert "contact-first-cash@2026-07-01" in uncertain
    assert "contact-six-months-cash@2026-07-01" not in uncertain
    choices = tmp_path / "choices.yaml"
    choices.write_text("""format: 1
switchedOff:
  - {rule: contact-first-cash@2026-07-01, because: "Vi afventer vejledningen."}
""")
    left = run("law", "rules", "--on", "2026-07-01", "--law-choices", choices).stdout
    assert "contact-first-cash@2026-07-01" not in left
    shown = run("law", "show", "contact-first-cash@2020-01-01", "--law-choices", choices).stdout
    assert "bruges ikke i kommunen" in shown
    choices.write_text(choices.read_text().replace("contact-first-cash@2026-07-01",
                                                   "contact-first-cash@2020-01-01"))
    wrong = run("law", "rules", "--law-choices", choices, code=65).stderr
    assert f"{choices}:3:" in wrong and "ikke usikker" in wrong


def test_what_is_proposed_is_not_in_force():
    assert "(foreslået)" not in run("law", "rules", "--on", "2027-01-01").stdout
    proposed = run("law", "rules", "--on", "2027-01-01", "--proposed").stdout
    assert "(foreslået)" in proposed and "youth-reading-test" not in proposed


QUESTIONS = """format: 1
questions:
  - ratio: {starts: "2025-03-10", work: [{month: "2024-11", hours: 1603.3}, {month: "2024-12", hours: 1603.3}, {month: "2025-01", hours: 1603.3}, {month: "2025-02", hours: 1603.3}], inOffers: [{kind: wageSubsidyPrivate, hoursPerWeek: 37}], asked: {kind: companyInternshipPrivate, hoursPerWeek: 37}}
  - offer: {kind: companyInternshipPrivate, starts: "2025-03-03", ends: "2025-04-06", group: group1, age: 41}
  - sanction: {breach: missedConversation, on: "2026-03-01", decided: "2026-03-02", category: jobReady, help: 9000}
"""


def test_questions_are_answered_with_the_arithmetic(tmp_path):
    file = tmp_path / "questions.yaml"
    file.write_text(QUESTIONS)
    text = run("law", "ask", file).stdout
    assert "1: Ja" in text and "10,00 fuldtidsansatte" in text and "2,00 ud af 2" in text
    assert "2: Nej" in text and "30.03.2025" in text
    assert "3. Der er ingen regel" in text
    answers = json.loads(run("law", "ask", file, "--format", "json", "--lang", "en").stdout)
    assert [a.get("verdict") for a in answers] == ["yes", "no", None]
    file.write_text(QUESTIONS.replace("group1", "gruppe1"))
    wrong = run("law", "ask", file, code=65).stderr
    assert f"{file}:4:" in wrong and "group1" in wrong


APPRENTICE = """format: 1
questions:
  - entitlement:
      what: adult-apprentice
      on: "2024-03-01"
      facts: {age: 27, unskilled: true, starts: "2024-03-01", applied: "2024-04-01"}
"""


def test_a_question_about_what_one_can_have(tmp_path):
    file = tmp_path / "apprentice.yaml"
    file.write_text(APPRENTICE)
    text = run("law", "ask", file).stdout
    assert "1: Ja" in text and "45 kr. i timen" in text and "senest 01.04.2024: ja" in text
    file.write_text(APPRENTICE.replace('"2024-04-01"', '"2024-04-02"'))
    assert "1: Nej" in run("law", "ask", file).stdout
    file.write_text(APPRENTICE.replace("age: 27, ", ""))
    wrong = run("law", "ask", file, code=65).stderr
    assert f"{file}:4:" in wrong and "age mangler" in wrong
    file.write_text(APPRENTICE.replace("age: 27", "alder: 27"))
    assert "alder" in run("law", "ask", file, code=65).stderr
    shown = run("law", "entitlements", "adult-apprentice").stdout
    assert run("law", "show", "adult-apprentice").stdout == shown
    assert "monthsOnBenefits" in shown and "LAB §§ 154-160" in shown
    assert "Mente du adult-apprentice?" in run(
        "law", "entitlements", "adult-aprentice", code=1).stderr
    assert "fgu: " in run("law", "entitlements", "--on", "2026-07-01").stdout


def test_an_uncertain_condition_can_be_left_out(tmp_path):
    file = tmp_path / "questions.yaml"
    file.write_text("""format: 1
questions:
  - sanction: {breach: missedConversation, on: "2025-09-01", decided: "2025-09-02", category: jobReady, help: 9000}
  - entitlement: {what: sickness-extension, on: "2026-08-01", facts: {lifeThreatening: true}}
""")
    assert run("law", "ask", file).stdout.count("(usikker)") == 2
    choices = tmp_path / "choices.yaml"
    choices.write_text("""format: 1
switchedOff:
  - {rule: "dayRates@2025-07-01", because: "De rigtige satser er ikke set"}
  - {rule: "sickness-extension@2026-07-01", because: "Ikke bekræftet"}
""")
    assert run("law", "ask", file, "--law-choices", choices).stdout.count("ingen regel") == 2
    choices.write_text(choices.read_text().replace("dayRates@2025-07-01", "ratio@2025-01-01"))
    wrong = run("law", "ask", file, "--law-choices", choices, code=65).stderr
    assert f"{choices}:3:" in wrong and "ikke usikker" in wrong


def test_files_of_entitlements_are_checked(tmp_path):
    text = (ROOT / "Sources/Law/Resources/entitlements/youth.yaml").read_text()
    file = tmp_path / "youth.yaml"
    file.write_text(text)
    assert "i orden (5 spørgsmål om betingelser" in run("law", "check", file).stdout
    file.write_text(text.replace("under: 25", "undr: 25", 1))
    assert "Det passer ikke" in run("law", "check", file, code=1).stdout
    file.write_text(text.replace("{fact: ", "{fact: x", 1))
    assert "findes ikke under facts" in run("law", "check", file, code=1).stdout
    both = run("law", "check").stdout
    assert "pligter" in both and "betingelser" in both


def test_the_cases_of_the_municipality(copy):  # noqa: F811
    options = ["--database", copy, "--from", "2026-06-30", "--to", "2026-07-01",
               "--on", "2025-06-30"]
    plain = json.loads(run("law", "what-if", *options, "--format", "json").stdout)
    assert plain["touched"] > 0 and "people" not in plain
    listed = json.loads(run("law", "what-if", *options, "--format", "json", "--list").stdout)
    changes = sum(row["gained"] + row["lost"] + row["changed"] for row in listed["rows"])
    assert len(listed["people"]) == changes
    assert len({person["citizen"] for person in listed["people"]}) == plain["touched"]
    proposed = json.loads(run("law", "what-if", "--database", copy, "--from", "2026-12-31",
                              "--to", "2027-01-01", "--proposed", "--on", "2025-06-30",
                              "--format", "json").stdout)
    assert proposed["touched"] > 0
    found = json.loads(run("law", "portfolios", "--database", copy, "--on", "2026-08-01",
                           "--format", "json").stdout)
    assert len(found) == 3
    assert all(p["required"] == -(-p["citizens"] * p["percent"] // 100) for p in found)
    rules = json.loads(run("law", "portfolios", "--database", copy, "--on", "2025-06-30",
                           "--rules", "2026-07-01", "--format", "json").stdout)
    assert all(p["citizens"] > 0 and p["isKept"] for p in rules)
    none = run("law", "portfolios", "--database", copy, "--on", "2026-06-30").stdout
    assert "Ingen pligt over for hele grupper" in none
