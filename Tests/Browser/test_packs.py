"""The quarter's management information: seen, written for, frozen, approved, published, and
what moved since."""

import io
import json
import re
import urllib.error
import urllib.request

import csvw
import openpyxl
import rdflib
from test_correspondence import fetched, words
from test_every_page import violations

QUARTER = "/packs/2024Q3"


def press(visitor, name):
    visitor.page.get_by_role("button", name=name).click()
    visitor.check_page()


def test_a_quarter_from_explanation_to_open_data(visit, tmp_path, address):
    caseworker = visit("caseworker")
    caseworker.open("/packs")
    assert "Det skal ske for 3. kvartal 2025" in caseworker.main_text()
    caseworker.open(QUARTER)
    assert "Talt op til og med 31.10.2024" in caseworker.main_text()
    page = caseworker.page
    # A figure opens, and leads to its query with the same day and filter.
    page.locator("#unemployment-figures tbody a").first.click()
    caseworker.check_page()
    assert page.url.endswith("/packs/2024Q3/number?number=unemployment.gross.now")
    assert "Definitionens version" in caseworker.main_text()
    page.get_by_role("link", name="Se opgørelsen").click()
    caseworker.check_page()
    assert "/indicators/gross-unemployed?period=2024Q03&asof=2024-10-31" in page.url
    caseworker.open(QUARTER)
    page.get_by_role("link", name="Skriv en forklaring").click()
    assert page.locator("input[value=minutes]").count() == 0
    page.get_by_role("button", name="Gem teksten").click()
    assert page.locator(".errors li").count() == 1
    page.locator("select[name=subject]").select_option("flex-jobs")
    page.locator("textarea").fill("To virksomheder er lukket.")
    press(caseworker, "Gem teksten")
    assert "Din tekst er gemt. Kvittering nr." in caseworker.main_text()
    assert "To virksomheder er lukket." in caseworker.main_text()
    press(caseworker, "Lav et udkast med det, der var kendt i går")
    assert "Gemt. Kvittering nr." in caseworker.main_text()
    assert "Kun en leder kan godkende" in page.inner_text("body")
    edition = re.search(r"/editions/\d+", page.url).group(0)

    # What the files hold is what the page shows.
    pack = json.loads(fetched(caseworker, edition + "/pack.json").body())
    text, pages = words(fetched(caseworker, edition + "/pack.pdf"), tmp_path)
    assert pages > 5 and "To virksomheder er lukket." in text
    for sentence in pack["summary"]:
        assert re.sub(r"\s+", " ", sentence["text"]["da"]) in text
    shown = fetched(caseworker, edition + "/pack.csv").body().decode("utf-8-sig")
    assert shown.count("\n") > 300

    # Nobody else sees it before a manager has let them.
    with_nothing = urllib.request.Request(address + edition)
    try:
        urllib.request.urlopen(with_nothing)
        raise AssertionError("a draft was open")
    except urllib.error.HTTPError as refusal:
        assert refusal.code == 404
    manager = visit("manager")
    manager.open(edition)
    press(manager, "Godkend udkastet")
    press(manager, "Offentliggør udgaven")
    assert "Offentliggjort 31.12.2025" in manager.main_text()
    manager.page.get_by_role("link", name="Skriv en forklaring").click()
    manager.page.locator("input[value=minutes]").check()
    manager.page.locator("textarea").fill("Udvalget tog orienteringen til efterretning.")
    press(manager, "Gem teksten")
    with urllib.request.urlopen(address + edition) as answer:
        shown = answer.read().decode()
    assert "Offentliggjort 31.12.2025" in shown
    assert "Udvalget tog orienteringen til efterretning." in shown
    with urllib.request.urlopen(address + edition + "/pack.csv") as answer:
        lines = answer.read().decode().splitlines()
    with urllib.request.urlopen(address + "/packs/csv-metadata.json") as answer:
        described = json.load(answer)
    table = described["tables"][0]
    assert table["url"].endswith(edition + "/pack.csv")
    titles = [column["titles"]["da"] for column in table["tableSchema"]["columns"]]
    assert lines[0].split(",") == titles
    others_read_the_open_data(address, edition)


def others_read_the_open_data(address, edition):
    """Two programs of others: csvw validates the files against their description, rdflib reads
    the record, which must hold what DCAT-AP demands of each part."""
    described = csvw.CSVW(address + "/packs/csv-metadata.json", validate=True)
    assert described.is_valid and not described.warnings
    # Columns are found by their Danish titles, which csvw does where it is not strict.
    rows = list(described.tables[0].iterdicts(strict=False))
    assert len(rows) > 300 and sum(isinstance(row["value"], float) for row in rows) > 200
    assert rows[0]["id"] == "unemployment.gross.now"
    with urllib.request.urlopen(address + "/packs/catalogue.jsonld") as answer:
        graph = rdflib.Graph().parse(data=answer.read(), format="json-ld")
    dcat, dct = rdflib.DCAT, rdflib.DCTERMS
    demanded = {
        dcat.Catalog: [dct.title, dct.description, dct.publisher, dcat.dataset],
        dcat.Dataset: [dct.title, dct.description, dct.publisher, dct.accessRights, dcat.theme,
                       dcat.contactPoint, dcat.distribution],
        dcat.Distribution: [dcat.accessURL, dcat.downloadURL, dcat.mediaType, dct.license,
                            dct["format"]],
    }
    for kind, properties in demanded.items():
        parts = list(graph.subjects(rdflib.RDF.type, kind))
        assert parts, kind
        for part in parts:
            for wanted in properties:
                assert list(graph.objects(part, wanted)), f"{part} lacks {wanted}"
    languages = {text.language for text in graph.objects(None, dct.title) if text.language}
    assert languages == {"da", "en"}
    files = {str(file) for file in graph.objects(None, dcat.downloadURL)}
    assert address + edition + "/pack.csv" in files
    for file in files:
        with urllib.request.urlopen(file) as answer:
            assert answer.status == 200


def test_a_late_registration_is_told_by_name(visit):
    caseworker = visit("caseworker")
    caseworker.open("/packs/2025Q3")
    press(caseworker, "Lav et udkast med det, der var kendt i går")
    edition = re.search(r"/editions/\d+", caseworker.page.url).group(0)
    caseworker.open(edition + "/now")
    assert "Ingen tal er flyttet" in caseworker.heading()
    caseworker.open("/citizens/1630000005/conversation?purpose=Sagsbehandling")
    caseworker.page.locator("#day").fill("2025-09-15")
    caseworker.page.get_by_role("button", name="Gem samtalen").click()
    caseworker.check_page()
    caseworker.open(edition + "/now")
    assert "tal er flyttet" in caseworker.heading()
    line = caseworker.page.locator(".record", has_text="Afholdte samtaler, 3. kvartal 2025")
    line.get_by_role("link").first.click()
    caseworker.check_page()
    caseworker.page.locator("[name=purpose]").first.check()
    caseworker.page.locator("main form button").first.click()
    caseworker.check_page()
    assert caseworker.heading().startswith("1 registreringer har flyttet")
    assert "Talte 0 med før, tæller 1 nu." in caseworker.main_text()


def test_the_workbook_opens_elsewhere_with_the_same_numbers(visit):
    manager = visit("manager")
    manager.open(QUARTER)
    pack = json.loads(fetched(manager, QUARTER + "/pack.json").body())
    book = openpyxl.load_workbook(
        io.BytesIO(fetched(manager, QUARTER + "/pack.xlsx").body()), data_only=True)
    numbers = {}
    for section in pack["sections"]:
        for table in section["tables"]:
            for row in table["rows"]:
                for cell in row["cells"]:
                    if "number" in cell:
                        number = cell["number"]["_0"]
                        numbers[number["id"]] = number
    tables = sum(len(section["tables"]) for section in pack["sections"])
    # The front page, the definitions and the list of all numbers as well.
    assert len(book.sheetnames) == tables + 3
    listed = {}
    for row in book[book.sheetnames[-1]].iter_rows(min_row=4, values_only=True):
        if row[0]:
            listed[row[0]] = row
    assert set(listed) == set(numbers)
    for name, number in numbers.items():
        value = number.get("value")
        shown = listed[name][4]
        assert (value is None) == (shown is None), name
        assert value is None or abs(shown - value) <= 1e-9 * max(1, abs(value)), name
    figures = book[book.sheetnames[1]]
    assert figures.freeze_panes == "B4"
    assert figures["B4"].number_format.startswith("#,##0")


def test_wrong_quarters_and_days_are_told(visit):
    manager = visit("manager")
    manager.open("/packs/2024Q5", expect=404)
    manager.open("/packs/2026Q4", expect=400)
    assert "et kvartal, der er forbi" in manager.main_text()
    manager.open(QUARTER + "?asof=2024-08-01", expect=400)
    assert "kvartalets sidste dag eller en senere dag" in manager.main_text()
    manager.open(QUARTER + "?with=9999", expect=400)
    assert "9999" in manager.main_text()
    manager.open(QUARTER + "?known=2024-11-15")
    manager.page.locator("#with").select_option(["0219", "0190"])
    manager.page.get_by_role("button", name="Vis").click()
    manager.check_page()
    assert "known=2024-11-15" in manager.page.url and "with=0190" in manager.page.url
    manager.open("/editions/99", expect=404)
    manager.open("/editions/1/moved?number=no.such.number", expect=404)


def test_everybody_sees_no_small_counts(visit):
    analyst = visit("analyst")
    analyst.open(QUARTER)
    assert "vises ikke" in analyst.main_text()
    assert "Din rolle kan læse ledelsesinformationen" in analyst.page.inner_text("body")
    assert not violations(analyst)
