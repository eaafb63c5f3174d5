"""Published figures: how old they are, how each came, and what is behind every number."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import urllib.request

import pytest
import serving
from test_correspondence import fetched
from test_every_page import violations

QUARTER = "/packs/2024Q3"
SERIES = "/published/y25i01/ledige_ft_total"
NUMBER = f"{QUARTER}/number?number="
BINARY = str(serving.ROOT / os.environ.get("FODFAESTE_BINARY", ".build/debug/fodfaeste"))
MONTHS = [f"{year}M{month:02}" for year in (2023, 2024) for month in range(1, 13)]
AREAS = {"0163": "Herlev", "0219": "Hillerød", "0000": "Hele landet"}


def file_of(folder, name, **otherwise):
    """A file of made-up figures; `otherwise` says the months whose value is another for Herlev."""
    lines = ["code,area,table,measure,period,value"]
    for code, area in AREAS.items():
        for index, month in enumerate(MONTHS):
            count = otherwise.get("m" + month, 300 + index) if code == "0163" else 900 + index
            lines.append(f"{code},{area},y25i01,ledige_ft_total,{month},{count}")
            lines.append(f"{code},{area},y25i01,ledige_pct_arbejdsstyrke,{month},2.{index % 10}")
    # One whose way of counting was changed in the middle.
    for index, month in enumerate(MONTHS):
        count = (400 + index % 5) * (2 if month >= "2024M01" else 1)
        lines.append(f"0201,Allerød,y25i01,ledige_ft_total,{month},{count}")
    path = pathlib.Path(folder) / name
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture(scope="module")
def desk():
    """Address, database and folder of a municipality of its own with published figures."""
    with tempfile.TemporaryDirectory() as folder:
        port, database = serving.free_port(), f"{folder}/demo.sqlite"
        first = file_of(folder, "første.csv")
        with open(f"{folder}/log.txt", "w", encoding="utf-8") as log:
            process = serving.start(
                BINARY, "2000", database, port, log, ["--statistics", str(first)])
            try:
                yield f"http://127.0.0.1:{port}", database, folder
            finally:
                serving.stop(process)


@pytest.fixture(scope="module")
def address(desk):
    return desk[0]


def test_a_changed_level_is_told_and_not_explained(visit):
    manager = visit("manager")
    manager.open(SERIES + "?area=0201")
    assert "Niveauet skifter i januar 2024 med cirka 100 %" in manager.main_text()
    assert "Tallene siger ikke hvorfor" in manager.main_text()
    manager.open(SERIES + "?area=0163")
    assert "Niveauet skifter" not in manager.main_text()


def test_every_number_of_the_quarter_opens(visit):
    manager = visit("manager")
    manager.open(QUARTER)
    page = manager.page
    cells = page.locator("section.pack tbody td.number")
    links = page.locator("section.pack tbody td.number > a")
    assert cells.count() == links.count() > 500
    # A name that tells more than the number alone.
    names = links.evaluate_all("all => all.map(a => [a.ariaLabel, a.innerText])")
    assert all(label.startswith(text + ": ") for label, text in names)
    # Each line of the front page leads on as well.
    lines = page.locator("ul.summary li")
    assert lines.count() > 3
    for index in range(lines.count()):
        assert lines.nth(index).locator("a").count() > 0, lines.nth(index).inner_text()
    hrefs = set(links.evaluate_all("all => all.map(a => a.getAttribute('href'))"))
    hrefs |= set(lines.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))"))
    opened = 0
    for href in sorted(hrefs):
        if href.startswith("#"):
            assert page.locator(href).count() == 1
            continue
        answer = fetched(manager, href)
        body = answer.text()
        assert answer.status == 200, href
        assert not re.search(r"\[views\.|\[reporting\.", body), href
        assert "Kilde" in body and "Status" in body, href
        opened += 1
    assert opened > 500


def test_a_derived_number_tells_its_rule_and_leads_to_its_inputs(visit):
    manager = visit("manager")
    manager.open(NUMBER + "unemployment.gross.countryPercent")
    assert "i procent af det andet" in manager.main_text()
    rows = manager.page.locator("#inputs tbody tr")
    assert rows.count() == 2
    rows.first.get_by_role("link").click()
    manager.check_page()
    # The country is published by month: the quarter is their mean.
    assert "vægtet med deres dage" in manager.main_text()
    assert manager.page.locator("#inputs tbody tr").count() == 3
    assert "hentet 30. december 2025, i går; nyeste måned december 2024" in manager.main_text()
    manager.page.locator("dd").get_by_role("link", name="Se hele serien").click()
    manager.check_page()
    assert manager.heading() == "Bruttoledige, Hele landet: som det er offentliggjort"
    assert manager.page.locator("#figures tbody tr").count() == len(MONTHS)
    assert "filen første.csv, kvittering nr." in manager.main_text()
    assert not violations(manager)


def test_who_sees_no_small_counts_gets_no_parts(visit):
    analyst = visit("analyst")
    analyst.open(QUARTER)
    hidden = analyst.page.locator("td.quiet a", has_text="vises ikke")
    assert hidden.count() > 5
    for href in hidden.evaluate_all("all => all.map(a => a.getAttribute('href'))")[:40]:
        body = fetched(analyst, href).text()
        assert "Vises ikke (få personer)" in body
        assert "Antal bag tallet" not in body and "Brøk" not in body
    analyst.open(NUMBER + "budget.2024M07.cost")
    assert analyst.page.locator("#inputs").count() == 0
    analyst.open(NUMBER + "budget.2024M07.cost.cashBenefit", expect=404)


@pytest.mark.parametrize("path", [
    SERIES, SERIES + "?area=0219&known=2025-12-30", NUMBER + "unemployment.gross.official",
    NUMBER + "beside.topTen.now", NUMBER + "business.contacts.now"])
def test_the_pages_are_for_everybody(visit, path):
    analyst = visit("analyst", viewport={"width": 320, "height": 640})
    analyst.open(path)
    assert violations(analyst) == []
    assert analyst.page.evaluate("document.documentElement.scrollWidth") <= 320
    danish = analyst.main_text()
    analyst.open(path + ("&" if "?" in path else "?") + "lang=en")
    assert analyst.language() == "en" and analyst.main_text() != danish


def test_the_age_stands_beside_published_figures(visit):
    analyst = visit("analyst")
    for path in ("/compare?indicator=gross-unemployed", "/indicators/gross-unemployed",
                 QUARTER, SERIES):
        analyst.open(path)
        assert "hentet 30. december 2025, i går; nyeste måned december 2024" in (
            analyst.main_text()), path


def test_wrong_addresses_are_told(visit):
    analyst = visit("analyst")
    analyst.open("/published/y25i01/nothing", expect=404)
    analyst.open("/published/nothing/ledige_ft_total", expect=404)
    analyst.open(SERIES + "?area=9999", expect=400)
    analyst.open(SERIES + "?known=yesterday", expect=400)
    analyst.open(NUMBER + "no.such.number", expect=404)
    analyst.open(f"{QUARTER}/number", expect=404)
    analyst.open(SERIES + "?known=2025-12-29", expect=404)
    analyst.open(f"{QUARTER}?known=2025-12-29")
    assert "Ingen af de offentliggjorte tabeller er hentet." in analyst.main_text()


def test_a_later_file_moves_an_edition_and_says_so(visit, desk):
    """A file read by another program while the server runs; the edition stays as it was."""
    address, database, folder = desk
    manager, caseworker = visit("manager"), visit("caseworker")
    caseworker.open(QUARTER)
    caseworker.page.get_by_role("button", name="Lav et udkast").click()
    caseworker.check_page()
    edition = re.search(r"/editions/\d+", caseworker.page.url).group(0)
    later = file_of(folder, "senere.csv", m2024M08=411)
    subprocess.run(
        [BINARY, "import", "statistics", later, "--database", database, "--today", "2025-12-31"],
        cwd=serving.ROOT, check=True, capture_output=True)
    name = "unemployment.gross.official"

    def value(path):
        pack = json.loads(fetched(manager, path + "/pack.json").body())
        return next(
            cell["number"]["_0"]["value"] for section in pack["sections"]
            for table in section["tables"] for row in table["rows"] for cell in row["cells"]
            if "number" in cell and cell["number"]["_0"]["id"] == name)

    assert value(QUARTER) == pytest.approx(value(edition) + (411 - 319) * 31 / 92)
    manager.open(edition + "/now")
    line = manager.page.locator(".record", has_text="Bruttoledige, Officielt tal")
    line.get_by_role("link", name="Hvilken hentning?").click()
    manager.check_page()
    assert manager.heading().startswith("Én ændring har flyttet")
    assert "Var 319, blev 411." in manager.main_text()
    assert "31.12.2025: filen senere.csv, kvittering nr." in manager.main_text()
    assert not violations(manager)
    manager.page.get_by_role("link", name="Se hele serien").click()
    manager.check_page()
    revision = manager.page.locator("#revisions tbody tr")
    assert revision.count() == 1
    assert "319" in revision.inner_text() and "411" in revision.inner_text()
    # The edition's own number is the old one, and the series as known then has not moved.
    manager.open(f"{edition}/number?number={name}")
    assert "ændres ikke" in manager.main_text() and "319" in manager.main_text()
    assert "411" not in manager.main_text()
    manager.open(SERIES + "?known=2025-12-30")
    assert manager.page.locator("#revisions").count() == 0
    assert "319" in manager.main_text() and "411" not in manager.main_text()

    # A published edition opens its numbers and their series to everybody.
    manager.open(edition)
    for button in ("Godkend udkastet", "Offentliggør udgaven"):
        manager.page.get_by_role("button", name=button).click()
        manager.check_page()
    for path in (f"{edition}/number?number={name}", SERIES):
        with urllib.request.urlopen(address + path) as answer:
            assert answer.status == 200 and "319" in answer.read().decode()
