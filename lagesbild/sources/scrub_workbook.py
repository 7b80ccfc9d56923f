"""A workbook without personal data: cells, formulas, comments, links, hidden sheets, sheet names, headers and properties."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments import Comment

from lagesbild import privacy
from lagesbild.privacy import HIDDEN, Kind
from lagesbild.sources.files import container
from lagesbild.sources.files.sheet import Sheet, UnreadableError
from lagesbild.sources.screening import clean_text, column_shown, private_values

_PERSON_FIELDS = ("creator", "lastModifiedBy")
_TEXT_FIELDS = ("title", "subject", "description", "keywords", "category", "contentStatus", "identifier")
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_NO_XLSX = "programmet kan bara rensa Excel-filer av slaget xlsx och xlsm."
_NOT_CLEAN = "kopian innehåller fortfarande personuppgifter, i en del av arbetsboken som programmet inte kan ändra."
_LOST = (("xl/charts/", "diagram"), ("xl/pivotTables/", "pivottabeller"), ("xl/externalLinks/", "länkar till andra filer"),
         ("xl/threadedComments/", "trådade kommentarer"), ("xl/drawings/drawing", "bilder och figurer"))  # fmt: skip
_SURE_LENGTH = 6
_PROPERTIES = "filens egenskaper"
_NOBODY = "lagesbild"
_ONE_NAME: Mapping[Kind, int] = {"namn": 1}


@dataclass
class Cleaned:
    """The bytes, what was removed as (sheet, column, kind -> cells, number of cells), and what could not be kept."""

    data: bytes = b""
    removed: list[tuple[str, str, Mapping[Kind, int], int]] = field(default_factory=list)
    lost: tuple[str, ...] = ()
    secrets: set[str] = field(default_factory=set)

    def text(self, sheet: str, column: str, text: Any) -> Any:
        """A text outside the cells, cleaned and counted; anything else as it is."""
        if not isinstance(text, str) or not (hits := privacy.find(text)):
            return text
        self.note(text)
        self.removed.append((sheet, column, Counter({hit.kind for hit in hits}), 1))
        return clean_text(text)

    def note(self, text: str) -> None:
        """Remember what must not stand anywhere in the copy."""
        self.secrets |= {text[hit.start : hit.end] for hit in privacy.find(text) if hit.kind in privacy.SURE}


def cleaned(data: bytes) -> Cleaned:
    """The workbook without personal data. Raises UnreadableError for one that is not xlsx, or that stays unclean."""
    if not data.startswith(container.ZIP):
        raise UnreadableError(_NO_XLSX, "Öppna filen i Excel och spara den som Excel-arbetsbok (.xlsx).")
    parts = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    if "xl/workbook.xml" not in parts:
        raise UnreadableError(_NO_XLSX, "Öppna filen i Excel och spara den som Excel-arbetsbok (.xlsx).")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts that are not kept; they are told in Swedish
        book = load_workbook(io.BytesIO(data), rich_text=True, keep_vba="xl/vbaProject.bin" in parts, keep_links=False)
    found = Cleaned(lost=tuple(name for start, name in _LOST if any(part.startswith(start) for part in parts)))
    for page in book.worksheets:
        _clean_page(page, found)
    _clean_properties(book, found)
    for page in book.worksheets:
        if (title := re.sub(r"[\[\]:*?/\\]", " ", found.text("", "bladets namn", page.title)))[:31] != page.title:
            page.title = title[:31]
    buffer = io.BytesIO()
    book.save(buffer)
    found.data = buffer.getvalue() if found.removed else data
    if found.removed:
        _hold_clean(found)
    return found


def _clean_page(page: Any, found: Cleaned) -> None:
    name = privacy.masked(page.title)
    rows = [[_value(cell) for cell in row] for row in page.iter_rows()]
    private, headings = private_values(Sheet(page.title, rows, list(range(1, len(rows) + 1))))
    page._pivots = []  # a pivot table keeps a copy of the cells it is made of
    hits = {place: Counter[Kind]() for place in private}
    n_cells: Counter[int] = Counter()
    for row, cells in zip(rows, page.iter_rows(), strict=True):
        for place, kinds in private.items():
            if row[place] in kinds:
                hits[place].update(kinds[row[place]])
                n_cells[place] += 1
                found.note(f"{row[place]:.0f}" if isinstance(row[place], float) else str(row[place]))
                is_text = isinstance(row[place], str) and not str(row[place]).startswith("=")
                cells[place].value = clean_text(str(row[place])) if is_text else HIDDEN
    for place, counts in hits.items():
        found.removed.append((name, column_shown(headings.get(place, ""), place), counts, n_cells[place]))
    for row in page.iter_rows():
        for cell in row:
            _clean_extras(cell, name, found)
    for table in page.tables.values():  # its headings must be those of the cells
        top = page[table.ref.split(":")[0]]
        for number, column in enumerate(table.tableColumns):
            column.name = str(page.cell(top.row, top.column + number).value or column.name)
    for rule in page.data_validations.dataValidation:
        for key in ("formula1", "formula2", "prompt", "error", "promptTitle", "errorTitle"):
            setattr(rule, key, found.text(name, "listval", getattr(rule, key)))
    for key in _HEADERS:
        for side in ("left", "center", "right"):
            part = getattr(getattr(page, key), side)
            part.text = found.text(name, "sidhuvud eller sidfot", part.text)


def _value(cell: Any) -> object:
    return str(cell.value) if isinstance(cell.value, CellRichText) else cell.value


def _clean_extras(cell: Any, sheet: str, found: Cleaned) -> None:
    """Comments, always without their author, and links."""
    if cell.comment is not None:
        text = found.text(sheet, "kommentarer", cell.comment.text)
        fresh = Comment(text, _NOBODY, height=cell.comment.height, width=cell.comment.width)
        if (cell.comment.author or "").strip() not in ("", "None", _NOBODY):
            found.removed.append((sheet, "kommentarers författare", _ONE_NAME, 1))
            if text.startswith(f"{cell.comment.author}:"):
                fresh.text = text.removeprefix(f"{cell.comment.author}:").lstrip()
        cell.comment = fresh
    link = getattr(cell, "hyperlink", None)
    if link is not None:
        for key in ("target", "location", "tooltip", "display"):
            text = getattr(link, key)
            if isinstance(text, str) and privacy.find(text):
                setattr(link, key, None if key in ("tooltip", "display") else "#A1")
                found.text(sheet, "länkar", text)


def _clean_properties(book: Any, found: Cleaned) -> None:
    """Who made the file and who saved it are persons; titles and the like are texts."""
    for key in _PERSON_FIELDS:
        if (getattr(book.properties, key) or "").strip() not in ("", "openpyxl", "Microsoft Office User"):
            found.removed.append(("", _PROPERTIES, _ONE_NAME, 1))
        setattr(book.properties, key, "")
    for key in _TEXT_FIELDS:
        setattr(book.properties, key, found.text("", _PROPERTIES, getattr(book.properties, key)))
    for one in list(book.custom_doc_props.props):
        if found.text("", _PROPERTIES, str(one.value)) != str(one.value) or privacy.find(one.name):
            del book.custom_doc_props[one.name]
    for name, defined in list(book.defined_names.items()):
        if found.text("", "namngivna områden", f"{name} {defined.attr_text}") != f"{name} {defined.attr_text}":
            del book.defined_names[name]


def _hold_clean(found: Cleaned) -> None:
    """Raises UnreadableError if what was taken out still stands in some part of the copy."""
    secrets = [secret.encode() for secret in found.secrets if len(secret) >= _SURE_LENGTH]
    for content in _contents(found.data):
        if any(secret in content for secret in secrets):
            raise UnreadableError(_NOT_CLEAN, "Kopiera cellerna till en ny arbetsbok i Excel, spara den och försök igen.")


def _contents(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            yield archive.read(part)
