"""Occupations and skills read out of text, and the reading of ESCO's files."""
import gzip
import json

from test_commands import run


OCCUPATIONS = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n"
    'Occupation,o1,2221,nurse,"registered nurse\nstaff nurse"\n'
    "Occupation,o2,9112,cleaner,\n"
)
SKILLS = (
    "conceptType,conceptUri,skillType,preferredLabel,altLabels\n"
    "KnowledgeSkillCompetence,s1,knowledge,first aid,\n"
)
RELATIONS = "occupationUri,relationType,skillType,skillUri\no1,essential,knowledge,s1\n"
DANISH = "uri\tposition\tlabel\no1\t0\tsygeplejerske\no1\t1\tsygeplejer\n"


def esco(folder, occupations=OCCUPATIONS):
    with gzip.open(folder / "occupations_en.csv.gz", "wt", encoding="utf-8") as file:
        file.write(occupations)
    (folder / "skills_en.csv").write_text(SKILLS)
    (folder / "occupationSkillRelations.csv").write_text(RELATIONS)
    (folder / "labels_da.tsv").write_text(DANISH)


def test_a_text_is_coded_with_places_and_reasons():
    text = "Lagermedarbejdere søges. Kørekort er en fordel."
    lines = json.loads(run("match", "code", text, "--format", "json").stdout)
    assert [line["id"] for line in lines] == ["warehouse-worker", "licence-b"]
    occupation, skill = lines
    assert occupation["meeting"] == "inflected" and skill["demand"] == "nice"
    assert text.encode()[skill["from"]:skill["to"]].decode() == "Kørekort"
    words = run("match", "code", text).stdout
    assert "bøjet" in words and "en fordel" in words
    assert "an advantage" in run("match", "code", text, "--lang", "en").stdout


def test_a_text_from_a_file_and_a_text_of_nothing(tmp_path):
    file = tmp_path / "advert.txt"
    file.write_text("Nurse with first aid")
    english = run("match", "code", "--file", file, "--language", "en", "--lang", "en").stdout
    assert "Occupation: nurse" in english and "Skill: first aid" in english
    assert "ikke fundet" in run("match", "code", "blabla").stdout


def test_wrong_use_says_what_is_wrong(tmp_path):
    assert "--file" in run("match", "code", code=64).stderr
    absent = run("match", "code", "--file", tmp_path / "none.txt", code=66).stderr
    assert "none.txt" in absent
    database = tmp_path / "empty.sqlite"
    unread = run("match", "code", "kok", "--taxonomy", "esco", "--database", database, code=66)
    assert "import esco" in unread.stderr


def test_esco_is_read_and_used(tmp_path):
    esco(tmp_path)
    database = tmp_path / "store.sqlite"
    said = run("import", "esco", tmp_path, "--database", database, "--release", "v1").stdout
    assert "2 stillinger og 1 kompetencer" in said and "Kvittering 1" in said
    coded = run(
        "match", "code", "En sygeplejerske søges", "--taxonomy", "esco", "--database", database,
        "--format", "json").stdout
    assert [line["id"] for line in json.loads(coded)] == ["o1"]
    # A second reading replaces the first, and the ledger has both.
    assert "Kvittering 2" in run("import", "esco", tmp_path, "--database", database).stdout
    assert "2" in run("verify", "--database", database).stdout


def test_wrong_files_of_esco_are_named(tmp_path):
    database = tmp_path / "store.sqlite"
    missing = run("import", "esco", tmp_path, "--database", database, code=66).stderr
    assert "occupations_en.csv" in missing
    esco(tmp_path, OCCUPATIONS.replace("2221", "222"))
    wrong = run("import", "esco", tmp_path, "--database", database, code=1).stderr
    assert "occupations_en.csv.gz: Række 2" in wrong and "iscoGroup" in wrong
    packed = (tmp_path / "occupations_en.csv.gz").read_bytes()
    (tmp_path / "occupations_en.csv.gz").write_bytes(packed[:-9])
    damaged = run("import", "esco", tmp_path, "--database", database, code=66).stderr
    assert "occupations_en.csv.gz" in damaged
