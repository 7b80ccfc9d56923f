from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

import openpyxl
import pandas as pd
import pytest

from lagesbild.report.graph import Graph, Line
from lagesbild.report.workbook import FIRST_ROW, MIXED, Sheet, number_format, workbook

DANGEROUS = ["=1+1", "+46", "-5", "@x", "\t=1", "#N/A", "=cmd|' /C calc'!A0", "vanlig\x07 text"]


def made(**other: object) -> bytes:
    table = pd.DataFrame(
        {
            "Namn": pd.Series(DANGEROUS, dtype="str"),
            "Antal": pd.Series(range(8), dtype="Int64").mask(pd.Series(range(8)) == 2),
            "Andel": [0.125] * 8,
            "Dag": pd.to_datetime(["2025-03-31"] * 8),
            "År": [2025] * 8,
            "Oense": [True, False] * 4,
        }
    )
    sheets = [Sheet("Diagram a/b: c", "Titel", "Antal", "Brå", table), Sheet("Diagram a/b: c", "T", "-", "=Brå", table.head(0))]
    return workbook("Lägesbild Tibro 2025", 2025, "EXEMPELDATA", sheets)


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made()))


def test_the_first_sheet_lists_the_others(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Innehåll", "Diagram a b  c", "Diagram a b  c 2", "Kolumner"]
    first = book["Innehåll"]
    assert first["A1"].value == "Lägesbild Tibro 2025: alla tabeller"
    assert first["A2"].value == "Avser 2025"
    links = [row[0] for row in first.iter_rows(min_row=FIRST_ROW + 1)]
    assert [link.value for link in links] == book.sheetnames[1:]
    assert [link.hyperlink.location for link in links] == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert all(page["A5"].hyperlink.location == "'Innehåll'!A1" for page in book.worksheets[1:])


def test_no_cell_is_a_formula_and_every_text_stays_as_it_was(book: openpyxl.Workbook) -> None:
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    names = [row[0] for row in book.worksheets[1].iter_rows(min_row=FIRST_ROW + 1)]
    assert [cell.value for cell in names] == [text.replace("\x07", "") for text in DANGEROUS]
    assert [bool(cell.quotePrefix) for cell in names] == [True] * 5 + [False, True, False]


def test_numbers_are_numbers_with_a_format(book: openpyxl.Workbook) -> None:
    row = list(book.worksheets[1][FIRST_ROW + 1])
    assert [cell.value for cell in row] == ["=1+1", 0, 0.125, "2025-03-31", 2025, "ja"]
    assert [cell.number_format for cell in row][1:5:1] == ["#,##0", "0.0%", "General", "0"]
    assert book.worksheets[1].cell(FIRST_ROW + 3, 2).value is None


def test_headers_are_frozen_filtered_and_every_sheet_is_labelled(book: openpyxl.Workbook) -> None:
    for page in book:
        assert page.freeze_panes == f"A{FIRST_ROW + 1}"
        is_empty = page.title.endswith("2")
        assert [table.autoFilter.ref[:3] for table in page.tables.values()] == ([] if is_empty else [f"A{FIRST_ROW}:"])
        headings = [cell.value for cell in page[FIRST_ROW]]
        assert all(table.column_names == headings for table in page.tables.values())
        assert page["A4"].value == "EXEMPELDATA"
        assert page["A3"].value.startswith("Källa: ")
        assert page.column_dimensions["A"].width >= 9


def test_the_same_content_gives_the_same_bytes_without_a_clock() -> None:
    first = made()
    assert first == made()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2026-01-01T00:00:00Z") == 2


def test_every_sheet_prints_as_wide_as_the_page_with_its_headings_and_its_label(book: openpyxl.Workbook) -> None:
    for page in book:
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0
        assert page.print_title_rows == f"${FIRST_ROW}:${FIRST_ROW}"
        assert "Lägesbild Tibro 2025" in page.oddHeader.left.text
        assert page.oddHeader.right.text == "&BEXEMPELDATA"
        assert page.oddFooter.right.text == "Sida &P av &N"


def test_a_heading_says_what_its_column_holds(book: openpyxl.Workbook) -> None:
    prompts = {str(one.sqref): one.prompt for one in book.worksheets[1].data_validations.dataValidation}
    assert prompts[f"B{FIRST_ROW}"].startswith("Täljaren")
    told = {row[0].value: row[1].value for row in book["Kolumner"].iter_rows(min_row=FIRST_ROW + 1)}
    assert told["År"] == "Kalenderår."


HOSTILE = "=HYPERLINK(1)"


def drawn(kind: Literal["bar", "line"]) -> zipfile.ZipFile:
    table = pd.DataFrame(
        {"Namn": ["=a", "b"], "Poäng": [60.0, 40.0], "Ned": [5.0, 6.0], "Upp": [7.0, 8.0], HOSTILE: [1.0, 2.0]}
    )
    lines = (Line("Poäng", "#0b6699", down="Ned", up="Upp"), Line(HOSTILE, "#666f76"), Line("finns inte", "#000000"))
    graph = Graph(kind, "Namn", lines, "Område", "Poäng av 100", "Tre områden: 60, 40.", 0, 100, 50)
    data = workbook("T", 2025, "", [Sheet("Rang & ordning", HOSTILE, "-", "Brå", table, graph)])
    return zipfile.ZipFile(io.BytesIO(data))


def test_a_native_chart_takes_every_text_from_a_cell_and_has_an_alternative_text() -> None:
    with drawn("bar") as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Tre områden: 60, 40."' in drawing
    formulas = re.findall("<c:f>(.*?)</c:f>", chart)
    assert len(formulas) == 9, "title, two names, two of categories, two of values, up and down"
    assert all(re.fullmatch(r"'Rang &amp; ordning'!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", formula) for formula in formulas)
    assert "<a:t>Område</a:t>" in chart
    assert "<a:t>Poäng av 100</a:t>" in chart
    assert '<c:errValType val="cust"/>' in chart
    assert '<c:crossesAt val="50"/>' in chart


def test_a_line_chart_has_a_line_per_column_that_is_there() -> None:
    with drawn("line") as archive:
        assert archive.read("xl/charts/chart1.xml").count(b"<c:ser>") == 2


def test_nothing_is_linked_or_named_after_data() -> None:
    table = pd.DataFrame(
        {"Länk": ["http://example.org", "internal:A1", "mailto:a@example.org"], "=B": [1, 2, 3], "=b": [1, 2, 3]}
    )
    data = workbook("=T", 2025, "", [Sheet("=namn", "=t", "=u", "=k", table)])
    made = openpyxl.load_workbook(io.BytesIO(data))
    page = made.worksheets[1]
    linked = [cell for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert [cell.coordinate for cell in linked] == ["A5"]
    assert not made.defined_names
    assert list(page.tables) == ["tabell_1"]
    assert page.tables["tabell_1"].column_names == ["Länk", "=B", "=b 2"]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize(
    ("heading", "values", "expected"),
    [
        ("År", [2024, 2025], "0"),
        ("Antal", [1, 2418], "#,##0"),
        ("Antal", [1.0, 2418.0], "#,##0"),
        ("Per 100 000 invånare", [868.2, 9869.1], MIXED),
        ("Sannolikhet att höra till de största", [0.1, 0.9], "0.0%"),
        ("Andel (%)", [12.5, 31.0], "#,##0.0"),
        ("Värde", [0.12, 941.2], MIXED),
    ],
)
def test_number_format(heading: str, values: list[float], expected: str) -> None:
    assert number_format(heading, pd.Series(values)) == expected


def test_a_column_of_rates_and_shares_shows_each_with_its_decimals() -> None:
    data = workbook("T", 2025, "", [Sheet("a", "T", "-", "Brå", pd.DataFrame({"Värde": [868.25, 0.157, -12.5, 3.25]}))])
    page = openpyxl.load_workbook(io.BytesIO(data))["a"]
    assert [page.cell(FIRST_ROW + i, 1).number_format for i in (1, 2, 3, 4)] == ["#,##0.0", "0.000", "#,##0.0", "0.000"]
