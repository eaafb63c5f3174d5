"""The law commands: rules, obligations with reasons, mistakes with their places."""

import json

from test_commands import run

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
