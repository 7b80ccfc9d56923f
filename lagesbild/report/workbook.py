"""The workbook: every table behind every chart, one sheet each, as numbers one can reckon with.

Text from data is always text: no cell of it can run as a formula, no link and no name is made of it. Same content, same bytes.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lagesbild import letters
from lagesbild.report.column_help import explain
from lagesbild.report.graph import Graph, insert

FIRST_ROW = 6
INK, QUIET, RULE, LINK, WARNING = "#1D2730", "#55616B", "#C9D0D5", "#0B4F6C", "#8A2B06"
MIXED = "decimaler"
CONTENTS, COLUMNS = "Innehåll", "Kolumner"
#: What XML has no sign for.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_A4, _WIDEST, _LONGEST, _HEADER = 9, 48.0, 32_767, 200
#: A row's height, points; so many lines are shown at most; the width of a letter of text, in those of a digit.
_LINE, _MOST_LINES, _NARROW = 15.0, 12, 0.9
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One sheet: its tab's name, what the table is, its units, its source, the table (Swedish headings), and a native graph."""

    name: str
    title: str
    unit: str
    source: str
    table: pd.DataFrame
    graph: Graph | None = None


@dataclass(frozen=True)
class _Looks:
    """The formats of one workbook."""

    head: Format
    head_right: Format
    title: Format
    note: Format
    label: Format
    link: Format
    text: Format
    inset: Format
    wrapped: Format
    risky: Format
    numbers: Mapping[str, Format]


def workbook(title: str, year: int, label: str, sheets: Sequence[Sheet]) -> bytes:
    """The workbook as xlsx bytes: a list of the sheets with links, the sheets, and what the columns hold.

    label: stands on every sheet and every printed page (EXEMPELDATA), or empty.
    """
    buffer = io.BytesIO()
    book = Workbook(buffer, _OPTIONS)
    created = {"created": datetime(year + 1, 1, 1)}
    book.set_properties({"title": _cleaned(title)[:255], "author": "lagesbild", "comments": label, **created})
    looks = _formats(book)
    named = _unique_names([*sheets, _columns(sheets)])
    contents = pd.DataFrame(
        {
            "Blad": list(named),
            "Innehåll": [sheet.title for sheet in named.values()],
            "Enhet": [sheet.unit.split(". ")[0] for sheet in named.values()],
            "Källa": [sheet.source for sheet in named.values()],
            "Rader": [len(sheet.table) for sheet in named.values()],
        }
    )
    first = Sheet(CONTENTS, f"{title}: alla tabeller", f"Avser {year}", "Varje blad anger sin källa", contents)
    for number, (name, sheet) in enumerate({CONTENTS: first, **named}.items()):
        page = book.add_worksheet(name)
        _write(page, sheet, label, looks, number)
        _set_up(page, title, sheet, label)
        if number == 0:
            for row, target in enumerate(named):
                page.write_url(FIRST_ROW + row, 0, f"internal:'{target}'!A1", looks.link, target)
        else:
            page.write_url(FIRST_ROW - 2, 0, f"internal:'{CONTENTS}'!A1", looks.link, "Till innehållet")
        if sheet.graph and len(sheet.table):
            insert(book, page, sheet.graph, [str(column) for column in sheet.table.columns], len(sheet.table), FIRST_ROW - 1)
    book.close()
    return buffer.getvalue()


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
    if values.dtype.kind in "iu":
        return "#,##0"
    numbers = values.dropna().to_numpy("float64")
    if len(numbers) and (np.abs(numbers - numbers.round()) < 1e-9 * np.maximum(1, np.abs(numbers))).all():
        return "#,##0"
    return MIXED


def _formats(book: Workbook) -> _Looks:
    top = {"valign": "top"}
    patterns = ("0", "0.0%", "#,##0", "#,##0.0", "0.000")
    head = {
        "bold": True, "font_color": INK, "bottom": 1, "bottom_color": INK, "bg_color": "#EDF1F3", "text_wrap": True,
        "valign": "bottom", "quote_prefix": True,
    }  # fmt: skip
    return _Looks(
        head=book.add_format(head),
        head_right=book.add_format({**head, "align": "right"}),
        title=book.add_format({"bold": True, "font_size": 14, "font_color": INK, "quote_prefix": True}),
        note=book.add_format({"font_color": QUIET, "quote_prefix": True}),
        label=book.add_format({"bold": True, "font_color": WARNING}),
        link=book.add_format({"font_color": LINK, "underline": 1, **top}),
        text=book.add_format(top),
        inset=book.add_format({"indent": 1, **top}),
        wrapped=book.add_format({"text_wrap": True, **top}),
        risky=book.add_format({"quote_prefix": True, "text_wrap": True, **top}),
        numbers={pattern: book.add_format({"num_format": pattern, **top}) for pattern in patterns},
    )


def _columns(sheets: Iterable[Sheet]) -> Sheet:
    """What every heading means and on which sheets it stands."""
    found: dict[str, list[str]] = {}
    for sheet in sheets:
        for column in sheet.table.columns:
            found.setdefault(str(column), []).append(sheet.name)
    told = [(heading, help_, _where(names)) for heading, names in found.items() if (help_ := explain(heading))]
    table = pd.DataFrame(told, columns=["Kolumn", "Vad den innehåller", "Finns på"]).astype("str")
    return Sheet(COLUMNS, "Vad kolumnerna innehåller", "Ord", "Metodbeskrivningen", table)


def _where(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} med flera ({len(names)} blad)"


def _unique_names(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """Tab name -> sheet; at most 31 characters, none that a spreadsheet refuses, each once."""
    named: dict[str, Sheet] = {}
    taken = {CONTENTS.lower(), "history"}
    for sheet in sheets:
        base = re.sub(r"[\[\]:*?/\\']", " ", _cleaned(sheet.name)).strip()[:31] or "Blad"
        name, i = base, 2
        while name.lower() in taken:
            name, i = f"{base[: 30 - len(str(i))]} {i}", i + 1
        taken.add(name.lower())
        named[name] = sheet
    return named


def _write(page: Worksheet, sheet: Sheet, label: str, looks: _Looks, number: int) -> None:
    """Title, unit, source and label above the table; the table as a native one, named tabell_<number>."""
    page.freeze_panes(FIRST_ROW, 0)
    above = ((sheet.title, looks.title), (sheet.unit, looks.note), (f"Källa: {sheet.source}", looks.note), (label, looks.label))
    for row, (text, look) in enumerate(above):
        if text:
            page.write_string(row, 0, _cleaned(text)[:_LONGEST], look)
    _write_table(page, sheet.table, looks, number)


def _write_table(page: Worksheet, table: pd.DataFrame, looks: _Looks, number: int) -> None:
    """Headings, cells, and how wide and high they are; a heading tells what its column holds when it is chosen."""
    last = FIRST_ROW - 1
    headings = _unique_headings(table.columns)
    heads: list[Format] = []
    heights, deepest = [1.0] * len(table), 1
    for column, heading in enumerate(headings):
        values = table.iloc[:, column]
        if _is_number(values):
            width = max(10.0, min(18.0, len(heading) * 0.7 + 4))
            _fill_numbers(page, column, heading, values, looks)
        else:
            texts = [_plain_text(value) for value in values.tolist()]
            longest = max(map(len, texts), default=0)
            width = float(min(_WIDEST, max(longest + 2, min(len(heading) + 4, 24), 9)))
            is_inset = column > 0 and _is_number(table.iloc[:, column - 1])
            _fill_texts(page, column, texts, looks, is_long=longest + 2 > _WIDEST, is_inset=is_inset)
            if longest * _NARROW > width:
                heights = [max(tall, len(text) * _NARROW / width) for tall, text in zip(heights, texts, strict=True)]
        page.set_column(column, column, width)
        heads.append(looks.head_right if _is_number(values) else looks.head)
        page.write_string(last, column, heading, heads[-1])
        deepest = max(deepest, math.ceil(len(heading) / width))
        if told := explain(str(table.columns[column])):
            message = {"validate": "any", "input_title": heading[:32], "input_message": told[:255]}
            page.data_validation(last, column, last, column, message)
    page.set_row(last, _LINE * deepest)
    for row, tall in enumerate(heights, start=FIRST_ROW):
        if tall > 1:
            page.set_row(row, _LINE * min(_MOST_LINES, math.ceil(tall)))
    if len(table) and headings:
        columns = [{"header": heading, "header_format": look} for heading, look in zip(headings, heads, strict=True)]
        native = {"name": f"tabell_{number}", "style": None, "columns": columns}
        page.add_table(last, 0, last + len(table), len(headings) - 1, native)


def _unique_headings(columns: Iterable[object]) -> list[str]:
    """The headings as a native table takes them: none empty, none twice, on one line."""
    found: list[str] = []
    for number, column in enumerate(columns, start=1):
        base = re.sub(r"\s+", " ", _cleaned(str(column))).strip()[:240]
        heading, i = base or f"Kolumn {number}", 2
        while heading.lower() in {other.lower() for other in found}:
            heading, i = f"{base} {i}", i + 1
        found.append(heading)
    return found


def _fill_numbers(page: Worksheet, column: int, heading: str, values: pd.Series, looks: _Looks) -> None:
    """The column's numbers below its heading; a cell without a value stays empty."""
    pattern = number_format(heading, values)
    large, small = ("#,##0.0", "0.000") if pattern == MIXED else (pattern, pattern)
    large_look, small_look = looks.numbers[large], looks.numbers[small]
    numbers = values.astype("float64" if values.dtype.kind == "f" else "object").tolist()
    for row, value in enumerate(numbers, start=FIRST_ROW):
        if value is not pd.NA and value == value and abs(value) != float("inf"):
            page.write_number(row, column, value, large_look if abs(value) >= 10 else small_look)


def _fill_texts(page: Worksheet, column: int, texts: Sequence[str], looks: _Looks, *, is_long: bool, is_inset: bool) -> None:
    """The column's texts; one that a spreadsheet could take for a formula says that it is none."""
    plain = looks.wrapped if is_long else looks.inset if is_inset else looks.text
    for row, text in enumerate(texts, start=FIRST_ROW):
        if text:
            page.write_string(row, column, text, looks.risky if text.startswith(letters.FORMULA_SIGNS) else plain)


def _is_number(values: pd.Series) -> bool:
    return values.dtype.kind in "iuf"


def _plain_text(value: object) -> str:
    """A cell of a text column: a date as 2025-03-31, yes and no in Swedish, nothing where there is nothing."""
    if isinstance(value, str):
        return _cleaned(value)[:_LONGEST]
    if isinstance(value, bool | np.bool_):
        return "ja" if value else "nej"
    if value is None or bool(pd.isna(value)):  # type: ignore[call-overload]
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def _cleaned(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _set_up(page: Worksheet, title: str, sheet: Sheet, label: str) -> None:
    """How the sheet prints: landscape A4, as wide as the page, the headings on every page, what it is above and below."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(FIRST_ROW - 1)
    page.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
    right = f"&R&B{label}" if label else ""
    page.set_header(f"&L{_printed(title)}: {_printed(sheet.title)}"[: 250 - len(right)] + right)
    page.set_footer("&L&A&RSida &P av &N")


def _printed(text: str) -> str:
    """Text for a header: an ampersand would be an instruction."""
    return _cleaned(text)[: _HEADER // 2].replace("&", "&&")
