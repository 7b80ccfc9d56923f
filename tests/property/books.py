"""Workbooks as lists of rows: read with calamine, written by hand, so that thousands of them cost seconds."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from python_calamine import CalamineWorkbook

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{parts}</Types>'
)
_TYPE = (
    '<Override PartName="/xl/worksheets/sheet{number}.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{parts}</Relationships>'
_RELATION = f'<Relationship Id="rId{{number}}" Type="{_OFFICE}/{{kind}}" Target="{{target}}"/>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{{parts}}</sheets></workbook>'
_SHEET = f'<worksheet xmlns="{_MAIN}"><sheetData>{{parts}}</sheetData></worksheet>'

Rows = list[list[object]]


@lru_cache(maxsize=64)
def _read(data: bytes) -> tuple[tuple[str, tuple[tuple[object, ...], ...]], ...]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return tuple(
        (name, tuple(map(tuple, book.get_sheet_by_name(name).to_python(skip_empty_area=False)))) for name in book.sheet_names
    )


def read(data: bytes) -> dict[str, Rows]:
    """The sheets by name, every row of each. Raises whatever the library does for what is no workbook."""
    return {name: [list(row) for row in rows] for name, rows in _read(data)}


def written(sheets: dict[str, Rows]) -> bytes:
    """The rows as a workbook; dates become text, control characters are left out."""
    numbers = range(1, len(sheets) + 1)
    named = "".join(f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(sheets, 1))
    related = (_RELATION.format(number=at, kind="worksheet", target=f"worksheets/sheet{at}.xml") for at in numbers)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(parts="".join(_TYPE.format(number=at) for at in numbers)))
        root = _RELATION.format(number=1, kind="officeDocument", target="xl/workbook.xml")
        archive.writestr("_rels/.rels", _RELATIONS.format(parts=root))
        archive.writestr("xl/workbook.xml", _BOOK.format(parts=named))
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS.format(parts="".join(related)))
        for at, rows in enumerate(sheets.values(), 1):
            parts = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            archive.writestr(f"xl/worksheets/sheet{at}.xml", _SHEET.format(parts=parts))
    return buffer.getvalue()


def _cell(cell: object) -> str:
    if isinstance(cell, bool):
        return f'<c t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f"<c><v>{cell!r}</v></c>"
    text = "".join(sign for sign in str("" if cell is None else cell) if sign >= " " or sign in "\n\t")[:32_000]
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>' if text else "<c/>"
