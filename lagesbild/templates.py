"""An empty table as a spreadsheet to fill in: headings, drop-downs, one marked example row and a sheet that explains."""

from __future__ import annotations

import datetime
import io

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from lagesbild import swedish
from lagesbild.report.archive import fixed_dates
from lagesbild.tables import TABLES, Column, Table
from lagesbild.taxonomy import Taxonomy

LAST_ROW = 5000
HEADING, EXAMPLE = PatternFill("solid", fgColor="EDF1F3"), PatternFill("solid", fgColor="FFF2CC")
MARK = "EXEMPELRAD. Skriv över den eller ta bort den innan filen används."
EXPLANATION, LISTS = "Förklaring", "Listor"
FORMATS = {"date": "yyyy-mm-dd", "code": "@", "text": "@", "week": "@", "clock": "@", "choice": "@", "count": "0", "year": "0"}


def template(name: str, taxonomy: Taxonomy) -> bytes:
    """The table ``name`` as an xlsx file to fill in; the same bytes each time. KeyError for a table that does not exist.

    Sheet 1 has the table's columns and is read as it stands; the others explain it and hold what the drop-downs offer.
    """
    table = TABLES[name]
    book = Workbook()
    page: Worksheet = book.worksheets[0]
    page.title = table.name
    lists = _lists(table, taxonomy)
    _fill(page, table, lists)
    _explain(book.create_sheet(EXPLANATION), table)
    _enumerate(book.create_sheet(LISTS), lists)
    book.properties.creator, book.properties.title = "lagesbild", table.about
    buffer = io.BytesIO()
    book.save(buffer)
    return fixed_dates(buffer.getvalue(), datetime.datetime(2025, 1, 1))


def _lists(table: Table, taxonomy: Taxonomy) -> dict[str, list[str]]:
    """What a column's drop-down offers, for the columns that have one."""
    terms = {
        "problem_area": list(taxonomy.area_ids),
        "category": taxonomy.est_categories["category"].tolist(),
        "theme": taxonomy.dialogue_themes["theme"].tolist(),
    }
    offered = {column.name: list(column.choices) or terms.get(column.name, []) for column in table.columns}
    return {name: values for name, values in offered.items() if values}


def _fill(page: Worksheet, table: Table, lists: dict[str, list[str]]) -> None:
    page.freeze_panes = "A2"
    for number, column in enumerate(table.columns, start=1):
        letter = get_column_letter(number)
        heading = page.cell(1, number, column.name)
        heading.font, heading.fill = Font(bold=not column.is_optional, italic=column.is_optional), HEADING
        example = page.cell(2, number, _typed(column))
        example.font, example.fill = Font(italic=True), EXAMPLE
        for row in range(2, LAST_ROW + 1 if column.kind in ("code", "week") else 3):  # a code must be text before it is typed
            page.cell(row, number).number_format = FORMATS.get(column.kind, "General")
        page.column_dimensions[letter].width = max(12, len(column.name) + 3, len(str(column.example)) + 2)
        # A figure may be printed as .. or –, and a category of one's own is taken in with a doubt: those cells only advise.
        is_advice = column.name in table.figures or column.name in ("category", "theme")
        rule = _validation(column, list(lists), lists, is_advice=is_advice)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        page.add_data_validation(rule)
    page["A2"].comment = Comment(MARK, "lagesbild", height=60, width=260)


def _typed(column: Column) -> object:
    """The example as a spreadsheet keeps it: a date as a date, a code as text."""
    if column.kind != "date":
        return column.example if column.example != "" else None
    moment = datetime.datetime.fromisoformat(str(column.example))
    return moment if " " in str(column.example) else moment.date()


def _validation(column: Column, order: list[str], lists: dict[str, list[str]], *, is_advice: bool) -> DataValidation:
    """What the cells accept, or only offer where is_advice; the description is shown beside the cell being filled in."""
    if column.name in lists:
        letter = get_column_letter(order.index(column.name) + 1)
        rule = DataValidation("list", formula1=f"{LISTS}!${letter}$2:${letter}${len(lists[column.name]) + 1}")
    elif column.kind in ("count", "number", "year") and column.lowest is not None and column.highest is not None:
        kind = "decimal" if column.kind == "number" else "whole"
        rule = DataValidation(kind, operator="between", formula1=f"{column.lowest:.0f}", formula2=f"{column.highest:.0f}")
    elif column.kind in ("count", "number") and column.lowest is not None:
        kind = "decimal" if column.kind == "number" else "whole"
        rule = DataValidation(kind, operator="greaterThanOrEqual", formula1=f"{column.lowest:.0f}")
    elif column.kind == "date":
        rule = DataValidation("date", operator="greaterThan", formula1="1")
    elif column.kind == "code":
        rule = DataValidation("textLength", operator="equal", formula1="4")
    else:
        rule = DataValidation()
    rule.showErrorMessage = bool(rule.type) and not is_advice
    rule.allow_blank = column.is_optional
    rule.errorTitle, rule.error = "Går inte att använda", f"Här ska stå {column.expected}."
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, column.name, column.about[:255]
    return rule


def _explain(page: Worksheet, table: Table) -> None:
    headings = ("Kolumn", "Innehåll", "Enhet", "Fylls i", "Vad som kan stå")
    rows = [
        (one.name, one.about, one.unit, "om det är känt" if one.is_optional else "alltid", swedish.capital(one.expected))
        for one in table.columns
    ]
    notes = [
        f"{table.about}. Fyll i bladet {table.name}; det är det enda som läses.",
        "Den gula raden är ett exempel. Skriv över den eller ta bort den innan filen används.",
        "Feta rubriker fylls alltid i, kursiva när uppgiften finns. Ändra inte rubrikerna.",
        "Skriv aldrig namn, personnummer eller annat som pekar ut en person.",
    ]
    if table.figures:
        notes.append(
            "Saknas en siffra: skriv .. om den är hemlig eller osäker, . om den inte är tillämplig, – om det är exakt noll."
        )
    for note in notes:
        page.append([note])
    page.append([])
    for row in (headings, *rows):
        page.append(row)
    for cell in page[len(notes) + 2]:
        cell.font, cell.fill = Font(bold=True), HEADING
    for letter, width in zip("ABCDE", (18, 60, 22, 14, 60), strict=True):
        page.column_dimensions[letter].width = width
    for cells in page.iter_rows(min_row=len(notes) + 2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _enumerate(page: Worksheet, lists: dict[str, list[str]]) -> None:
    for number, (name, values) in enumerate(lists.items(), start=1):
        page.cell(1, number, name).font = Font(bold=True)
        for row, value in enumerate(values, start=2):
            page.cell(row, number, value)
        page.column_dimensions[get_column_letter(number)].width = max(map(len, [name, *values])) + 2
