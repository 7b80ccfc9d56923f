"""The workbook: every table behind every chart, one sheet each, as numbers one can reckon with.

Text from data is always text: no cell of it can run as a formula. Same content, same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from lagesbild.report.archive import fixed_dates

FIRST_ROW = 6
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
INK, QUIET, RULE, WARNING = "1D2730", "55616B", "C9D0D5", "8A2B06"
MIXED = "decimaler"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its tab's name, what the table is, its units, its source, and the table (Swedish headings)."""

    name: str
    title: str
    unit: str
    source: str
    table: pd.DataFrame


def workbook(title: str, year: int, label: str, sheets: Sequence[Sheet]) -> bytes:
    """The workbook as xlsx bytes: first a list of the sheets, then the sheets.

    label: stands on every sheet (EXEMPELDATA), or empty.
    """
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    named = _unique_names(sheets)
    contents = pd.DataFrame(
        {
            "Blad": list(named),
            "Innehåll": [sheet.title for sheet in named.values()],
            "Enhet": [sheet.unit for sheet in named.values()],
            "Källa": [sheet.source for sheet in named.values()],
            "Rader": [len(sheet.table) for sheet in named.values()],
        }
    )
    first = Sheet("Innehåll", f"{title}: alla tabeller", f"Avser {year}", "Varje blad anger sin källa", contents)
    for name, sheet in {"Innehåll": first, **named}.items():
        _write(book.create_sheet(name), sheet, label)
    book.properties.title = title
    book.properties.creator = "lagesbild"
    book.properties.language = "sv-SE"
    buffer = io.BytesIO()
    book.save(buffer)
    return fixed_dates(buffer.getvalue(), datetime(year + 1, 1, 1))


def number_format(heading: str, values: pd.Series) -> str:
    """The format of a column's numbers: years and places plain, counts with thousands, shares in percent.

    Decimals otherwise: MIXED, where each cell gets as many as its size needs, because a column may hold rates and shares.
    """
    low = heading.lower()
    if low in {"år", "plats", "vecka"} or low.startswith(("plats,", "antal källor")):
        return "0"
    if "%" in low or low.startswith(("andel", "sannolikhet")):
        finite = values.dropna().astype(float)
        return "0.0%" if finite.abs().le(1).all() and "%" not in low else "#,##0.0"
    if pd.api.types.is_integer_dtype(values):
        return "#,##0"
    finite = values.dropna().astype(float)
    if len(finite) and np.isclose(finite, finite.round()).all():
        return "#,##0"
    return MIXED


def _styles() -> list[NamedStyle]:
    thin = Border(bottom=Side("thin", color=INK))
    head = NamedStyle("lb_rubrik", font=Font(bold=True, color=INK), border=thin, fill=PatternFill("solid", fgColor="EDF1F3"))
    head.alignment = Alignment(wrap_text=True, vertical="bottom")
    title = NamedStyle("lb_titel", font=Font(bold=True, size=14, color=INK))
    note = NamedStyle("lb_not", font=Font(color=QUIET))
    label = NamedStyle("lb_exempel", font=Font(bold=True, color=WARNING))
    return [head, title, note, label]


def _unique_names(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """Tab name -> sheet; at most 31 characters, none that a spreadsheet refuses, each once."""
    named: dict[str, Sheet] = {}
    taken = {"innehåll"}
    for sheet in sheets:
        base = re.sub(r"[\[\]:*?/\\']", " ", sheet.name).strip()[:31] or "Blad"
        name, i = base, 2
        while name.lower() in taken:
            name, i = f"{base[: 30 - len(str(i))]} {i}", i + 1
        taken.add(name.lower())
        named[name] = sheet
    return named


def _write(page: WriteOnlyWorksheet, sheet: Sheet, label: str) -> None:
    table = sheet.table
    page.freeze_panes = f"A{FIRST_ROW + 1}"
    page.auto_filter.ref = f"A{FIRST_ROW}:{get_column_letter(max(1, len(table.columns)))}{FIRST_ROW + max(1, len(table))}"
    for i, name in enumerate(table.columns, start=1):
        page.column_dimensions[get_column_letter(i)].width = _width(str(name), table[name])
    head = ((sheet.title, "lb_titel"), (sheet.unit, "lb_not"), (f"Källa: {sheet.source}", "lb_not"), (label, "lb_exempel"))
    for text, style in head:
        page.append([_text_cell(page, text, style)])
    page.append([])
    page.append([_text_cell(page, str(name), "lb_rubrik") for name in table.columns])
    columns = [_column_cells(page, str(name), table[name]) for name in table.columns]
    for row in zip(*columns, strict=True):
        page.append(row)


def _column_cells(page: WriteOnlyWorksheet, heading: str, values: pd.Series) -> Iterator[WriteOnlyCell | None]:
    """The column's cells in order. A row is written as soon as it is appended, so one cell per column serves all rows."""
    plain, risky = WriteOnlyCell(page), WriteOnlyCell(page)
    risky.quotePrefix = True
    if _is_number(values):
        pattern = number_format(heading, values)
        small = WriteOnlyCell(page)
        plain.number_format, small.number_format = ("#,##0.0", "0.000") if pattern == MIXED else (pattern, pattern)
        for value in values.astype("float64" if pd.api.types.is_float_dtype(values) else "object").tolist():
            if value is pd.NA or value != value:
                yield None
            else:
                cell = plain if abs(value) >= 10 else small
                cell.value = value
                yield cell
        return
    for value in values.tolist():
        text = _plain_text(value)
        cell = risky if text.startswith(FORMULA_SIGNS) else plain
        cell.value = text
        cell.data_type = "s"
        yield cell if text else None


def _is_number(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _width(heading: str, values: pd.Series) -> float:
    if _is_number(values):
        return max(10.0, min(18.0, len(heading) * 0.7 + 4))
    longest = int(values.astype("str").str.len().max()) if len(values) else 0
    return float(min(70, max(longest + 2, min(len(heading) + 4, 24), 9)))


def _plain_text(value: object) -> str:
    """A cell of a text column: a date as 2025-03-31, yes and no in Swedish, nothing where there is nothing."""
    if isinstance(value, str):
        return str(ILLEGAL_CHARACTERS_RE.sub("", value))
    if isinstance(value, bool | np.bool_):
        return "ja" if value else "nej"
    if value is None or bool(pd.isna(value)):  # type: ignore[call-overload]
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _text_cell(page: WriteOnlyWorksheet, text: str, style: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.style = style
    return cell
