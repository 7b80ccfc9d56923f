"""The source check as a spreadsheet to work through: one row per error or doubt, with what to do about it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lagesbild.errors import Doubt, Place, Problem
from lagesbild.letters import FORMULA_SIGNS
from lagesbild.report.archive import fixed_dates

FILE = "kallkontroll.xlsx"
HEADINGS = ("Nr", "Slag", "Fil", "Blad", "Cell", "Vad", "Väntat", "Gör så här", "Rader")
_WIDTHS = (5, 12, 30, 16, 24, 60, 36, 60, 8)
_HEADING, _ERROR = PatternFill("solid", fgColor="EDF1F3"), PatternFill("solid", fgColor="FBE3D6")
_SHOWN, _LONGEST = 5, 32_000


@dataclass(frozen=True)
class Finding:
    """One row. kind: 'fel' or 'tveksamhet'; cell: where in the file, as far as it is known; n_rows: rows concerned, or None."""

    kind: str
    file: str
    sheet: str
    cell: str
    what: str
    expected: str = ""
    action: str = ""
    n_rows: int | None = None


def findings(problems: Iterable[Problem], doubts: Iterable[Doubt]) -> tuple[Finding, ...]:
    """Every error, then every doubt, in the order given."""
    wrong = (Finding("fel", *_place(one.where), one.what, one.expected, one.action, _n_rows(one.where)) for one in problems)
    doubtful = (Finding("tveksamhet", *_place(one.where), one.what, "", one.action, one.n_rows or None) for one in doubts)
    return (*wrong, *doubtful)


def checklist(rows: Iterable[Finding], title: str, label: str = "") -> bytes:
    """The findings as an xlsx file, headings on the first row; the same bytes each time.

    label: stands in the sheet's name and on every printed page (EXEMPELDATA), or "". Text from a file is text, never a formula.
    """
    book = Workbook()
    page: Worksheet = book.worksheets[0]
    page.title = f"Källkontroll {label}".strip()
    for number, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), start=1):
        cell = page.cell(1, number, heading)
        cell.font, cell.fill = Font(bold=True), _HEADING
        page.column_dimensions[get_column_letter(number)].width = width
    for at, one in enumerate(rows, start=1):
        facts = (at, one.kind, one.file, one.sheet, one.cell, one.what, one.expected, one.action, one.n_rows)
        for number, fact in enumerate(facts, start=1):
            cell = page.cell(at + 1, number)
            if isinstance(fact, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", fact)[:_LONGEST]
                cell.data_type = "s"  # a text that begins with a sign of reckoning stays a text
                cell.quotePrefix = fact.startswith(FORMULA_SIGNS)
            else:
                cell.value = fact
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if one.kind == "fel":
            page.cell(at + 1, 2).fill = _ERROR
    page.freeze_panes, page.auto_filter.ref = "A2", f"A1:{get_column_letter(len(HEADINGS))}{page.max_row}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows, page.oddHeader.left.text = "1:1", f"{title}{f' · {label}' if label else ''}".replace("&", "&&")
    book.properties.creator, book.properties.title = "lagesbild", title
    buffer = io.BytesIO()
    book.save(buffer)
    return fixed_dates(buffer.getvalue(), datetime.datetime(2025, 1, 1))


def _place(where: str) -> tuple[str, str, str]:
    """File, sheet and cell: 'D41' where the column's letter is known, else the row and the heading."""
    if not isinstance(where, Place):
        return where, "", ""
    if where.letter and where.rows:
        return where.file, where.sheet, _listed([f"{where.letter}{row}" for row in where.rows])
    parts = [f"rad {_listed([str(row) for row in where.rows])}"] if where.rows else []
    parts += [f"kolumn {where.letter or where.column}"] if where.letter or where.column else []
    return where.file, where.sheet, ", ".join(parts)


def _listed(cells: list[str]) -> str:
    more = f" med flera ({len(cells)})" if len(cells) > _SHOWN else ""
    return f"{', '.join(cells[:_SHOWN])}{more}"


def _n_rows(where: str) -> int | None:
    return len(where.rows) or None if isinstance(where, Place) else None
