"""The annual report and its summary for the agenda as tagged PDF (PDF/UA-1 and PDF/A-2a), set by Typst."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from lagesbild import letters
from lagesbild.errors import Problem, ReportError
from lagesbild.report.document import Document
from lagesbild.report.streams import unambiguous

HERE = Path(__file__).parent
TEMPLATE = HERE / "template"
FONTS = HERE.parent / "fonts"
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
#: So many letters of a paragraph, a table's cell and an alt text are set.
LONGEST = {"rows": letters.LONGEST, "alt": 4_000}
_LONGEST = 2_000
#: Where text is not set in lines, so that a word needs no place to break.
_NOT_IN_LINES = {"alt", "title", "header"}


def pdf(document: Document, name: str = "lagesbild.pdf") -> bytes:
    """The document as a PDF: same document, same bytes, with only the package's own fonts.

    name: the file that is told of where it cannot be made. The creation date is the first of January after the report's year,
    so that the clock is never read. Raises ReportError where the document cannot be set so that it meets both standards (a
    picture without alt text, a character no font has).
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    compiler = typst.Compiler(
        TEMPLATE / "main.typ",
        root=TEMPLATE,
        font_paths=fonts,
        sys_inputs={"document": json.dumps(settable(document.data()), ensure_ascii=False)},
    )
    created = datetime(document.year + 1, 1, 1, tzinfo=UTC)
    try:
        result, complaints = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=created)
    except typst.TypstError as error:
        raise ReportError(Problem(name, "rapporten gick inte att sätta.", "", str(error))) from error
    if complaints or not isinstance(result, bytes):
        raise ReportError(Problem(name, "rapporten gick inte att sätta.", "", "; ".join(map(str, complaints))))
    return unambiguous(result)


def settable(value: Any, key: str = "") -> Any:
    """The document's values with every text as it can be set: no letter the fonts lack, none too long, long words parted.

    key: the name the value has in the document. A drawing stays as it is: its letters are outlines, or ours.

    >>> settable({"rows": [["🚗"]], "text": "a" * 3000, "level": 1})["rows"]
    [['□']]
    """
    if isinstance(value, dict):
        return {name: settable(inner, str(name)) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [settable(inner, key) for inner in value]
    if not isinstance(value, str) or key == "svg":
        return value
    text = letters.shortened(letters.shown(value), LONGEST.get(key, _LONGEST))
    return text if key in _NOT_IN_LINES else letters.breakable(text)
