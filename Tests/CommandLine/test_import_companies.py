"""Companies read from the public register's documents."""

import json
import sqlite3

import pytest
from test_commands import run

HERLEV = 163


def company(cvr, name, **more):
    return {
        "_index": "cvr-v-20260101",
        "_source": {
            "Vrvirksomhed": {
                "cvrNummer": cvr,
                "reklamebeskyttet": True,
                "telefonNummer": [
                    {"kontaktoplysning": "11111111", "hemmelig": False,
                     "periode": {"gyldigFra": "1990-01-01", "gyldigTil": "2001-01-01"}},
                    {"kontaktoplysning": "22222222", "hemmelig": True,
                     "periode": {"gyldigFra": "2001-01-01", "gyldigTil": None}},
                    {"kontaktoplysning": "12345678", "hemmelig": False,
                     "periode": {"gyldigFra": "2001-01-02", "gyldigTil": None}},
                ],
                "livsforloeb": [{"periode": {"gyldigFra": "1990-01-01", "gyldigTil": None}}],
                "virksomhedMetadata": {
                    "nyesteNavn": {"navn": name},
                    "nyesteHovedbranche": {"branchekode": "521000", "branchetekst": "Lager"},
                    "nyesteVirksomhedsform": {"kortBeskrivelse": "A/S"},
                },
            } | more
        },
    }


def unit(number, cvr, municipality=HERLEV, employees=12, month=6, closed=None):
    return {
        "_source": {
            "VrproduktionsEnhed": {
                "pNummer": number,
                "livsforloeb": [{"periode": {"gyldigFra": "1990-01-01", "gyldigTil": closed}}],
                "produktionsEnhedMetadata": {
                    "nyesteNavn": {"navn": f"Lager {number}"},
                    "nyesteCvrNummerRelation": cvr,
                    "nyesteHovedbranche": {"branchekode": "521000"},
                    "nyesteBeliggenhedsadresse": {
                        "vejnavn": "Prøvevej", "husnummerFra": 7, "bogstavFra": "B",
                        "postnummer": 2730, "postdistrikt": "Herlev",
                        "kommune": {"kommuneKode": municipality, "kommuneNavn": "HERLEV"},
                    },
                    "nyesteErstMaanedsbeskaeftigelse": {
                        "aar": 2025, "maaned": month, "antalAnsatte": employees,
                    },
                },
            }
        }
    }


DOCUMENTS = [
    company(13585628, "Møllers Lager A/S"),
    company(10150817, "Uden arbejdsplads her"),
    unit(1012345678, 13585628),
    unit(1012345679, 13585628, closed="2024-05-31"),
    unit(1012345680, 13585628, municipality=219),
    {"_source": {"Vrdeltagerperson": {"enhedsNummer": 1}}},
]
SHAPES = {
    "lines": lambda all: "\n".join(json.dumps(one) for one in all) + "\n",
    "array": json.dumps,
    "hits": lambda all: json.dumps({"took": 1, "hits": {"total": len(all), "hits": all}}),
    "bare": lambda all: "\ufeff" + json.dumps([one["_source"] for one in all]),
}


@pytest.fixture
def store(tmp_path):
    def read(documents, shape="lines", code=0):
        file = tmp_path / "cvr.json"
        file.write_text(SHAPES[shape](documents) if not isinstance(documents, str) else documents)
        return run(
            "import", "companies", file, "--municipality", "0163", "--database",
            tmp_path / "store.sqlite", code=code,
        )

    read.rows = lambda sql: sqlite3.connect(tmp_path / "store.sqlite").execute(sql).fetchall()
    return read


@pytest.mark.parametrize("shape", SHAPES)
def test_what_the_register_says_of_the_municipality_is_kept(store, shape):
    done = store(DOCUMENTS, shape)
    assert "1 virksomheder og 2 arbejdspladser" in done.stdout and "3 dokumenter" in done.stdout
    assert store.rows("SELECT id, name, industry FROM company") == [
        (13585628, "Møllers Lager A/S", "52")]
    assert store.rows("SELECT form, phone, protected, ceased FROM company_entry") == [
        ("A/S", "12345678", 1, None)]
    places = store.rows("SELECT id, street, postcode, town, closed IS NULL FROM workplace_entry")
    assert places == [
        (1012345678, "Prøvevej 7B", "2730", "Herlev", 1),
        (1012345679, "Prøvevej 7B", "2730", "Herlev", 0),
    ]
    assert store.rows("SELECT number, employees FROM production_unit") == [
        (1012345678, 12), (1012345679, 12)]


def test_the_same_again_registers_nothing_and_a_change_only_what_changed(store):
    store(DOCUMENTS)
    again = store(DOCUMENTS)
    assert "0 registreringer er nye" in again.stdout
    changed = [unit(1012345678, 13585628, employees=15, month=9)]
    done = store([company(13585628, "Møllers Lager A/S"), *changed])
    assert "2 registreringer er nye" in done.stdout
    standing = store.rows(
        "SELECT employees, valid_to IS NULL FROM production_unit WHERE number = 1012345678"
        " AND superseded_by IS NULL ORDER BY valid_from")
    assert standing == [(12, 0), (15, 1)]
    # An older month than the one that stands changes nothing.
    older = store([unit(1012345678, 13585628, employees=99, month=1)])
    assert "0 registreringer er nye" in older.stdout or "1 registreringer" in older.stdout
    assert len(store.rows("SELECT 1 FROM production_unit WHERE employees = 99")) == 0


@pytest.mark.parametrize(
    "documents, told",
    [
        ("", "ingen virksomheder"),
        ('{"columns": [], "rows": []}', "ingen virksomheder"),
        ("navn;cvr\nMøller;13585628\n", "Række 1: Linjen er ikke et dokument"),
        ([company(13585629, "Forkert kontrolciffer")], "Række 1: »13585629« er ikke et CVR"),
        ([unit(1012345678, 13585628), unit(12345678901, 13585628)], "Række 2:"),
        ('{"_source": {"Vrvirksomhed": {"cvrNummer": 1358', "Er filen hentet helt?"),
    ],
)
def test_a_wrong_file_is_told_with_its_place_and_nothing_is_kept(store, documents, told):
    done = store(documents, code=1)
    assert told in done.stderr
    assert store.rows("SELECT count(*) FROM company") == [(0,)]


def test_a_workplace_without_its_company_keeps_a_name(store):
    store([unit(1012345678, 13585628)])
    assert store.rows("SELECT name FROM company") == [("Lager 1012345678",)]
