"""The EST list as an analyst keeps it in Excel: a sheet a year, a title row, Swedish headings, dates as dates."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font

from lagesbild.example.observations import Observation, observations

HEADINGS = (
    "Nr", "Datum", "Klockslag", "Rapporterande organisation", "Område", "Plats", "Kategori", "Allvarlighetsgrad",
    "Antal personer", "Beskrivning", "SWEREF E", "SWEREF N", "Dubblett av",
)  # fmt: skip
WIDTHS = (10, 12, 10, 26, 18, 22, 22, 16, 14, 38, 20, 20, 12)
#: Excel's own first date in a zip; nothing in the file depends on when it was made.
EPOCH = datetime(2026, 1, 5)
ZIP_DATE = (2026, 1, 5, 0, 0, 0)


def est_list(seed: int) -> bytes:
    """est_2023-2025.xlsx: the observations, numbered within their year."""
    found = observations(seed)
    book = Workbook()
    book.remove(book.worksheets[0])
    numbers = _numbers(found)
    for year in sorted({one.sort_day.year for one in found}):
        sheet = book.create_sheet(str(year))
        sheet.append([f"EST-observationer {year}. EXEMPELDATA, påhittad kommun."])
        sheet.append([])
        sheet.append(list(HEADINGS))
        for cell in (sheet["A1"], *sheet[3]):
            cell.font = Font(bold=True)
        for one in found:
            if one.sort_day.year == year:
                sheet.append(_cells(one, numbers))
        for column, width in zip("ABCDEFGHIJKLM", WIDTHS, strict=True):
            sheet.column_dimensions[column].width = width
        sheet.freeze_panes = "A4"
    return _fixed(book)


def _numbers(found: list[Observation]) -> dict[int, str]:
    """The list's own number of each row: year and a running number."""
    numbers: dict[int, str] = {}
    used: dict[int, int] = {}
    for one in found:
        year = one.sort_day.year
        used[year] = used.get(year, 0) + 1
        numbers[one.key] = f"{year}-{used[year]:03d}"
    return numbers


def _cells(one: Observation, numbers: dict[int, str]) -> list[object]:
    east, north = one.point or (None, None)
    twin = None if one.twin is None else numbers[one.twin]
    return [
        numbers[one.key], one.day, one.clock or None, one.organisation, one.area or None, one.place or None, one.category,
        one.severity, one.persons, one.description or None, east, north, twin,
    ]  # fmt: skip


def _fixed(book: Workbook) -> bytes:
    """The workbook's bytes without any trace of when it was written; uncompressed, so that every zip library agrees."""
    book.properties.creator = "Exempeldata"
    book.properties.created = EPOCH
    written = io.BytesIO()
    book.save(written)
    fixed = io.BytesIO()
    stamp = f"{EPOCH:%Y-%m-%dT%H:%M:%SZ}"
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), content)
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.create_system = 3
            new.writestr(entry, content)
    return fixed.getvalue()
