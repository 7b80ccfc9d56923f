"""Every text that a run folder holds, with where it stands: what a reader, a screen reader or a spreadsheet shows."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

Place = tuple[str, str]


def pages(data: bytes, mode: str = "-layout") -> list[str]:
    """The text of each page of a PDF, spaces made plain; ``-raw`` gives each cell and paragraph whole, as it was written."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is absent")
    text = subprocess.run(["pdftotext", mode, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    return [re.sub(r"\s+", " ", one) for one in text.split("\f")[:-1]]


def in_pdf(data: bytes) -> Iterator[Place]:
    """Each page."""
    return ((f"sida {number}", text) for number, text in enumerate(pages(data, "-raw"), 1))


def in_workbook(data: bytes) -> Iterator[Place]:
    """Each cell of text."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    for sheet in book.worksheets:
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield from ((f"{sheet.title} rad {number}", cell) for cell in row if isinstance(cell, str))


def in_slides(data: bytes) -> Iterator[Place]:
    """Each text, cell, alternative text and note."""
    for number, page in enumerate(Presentation(io.BytesIO(data)).slides, 1):
        where = f"bild {number}"
        for shape in page.shapes:
            if shape.has_text_frame:
                yield where, shape.text_frame.text
            if shape.has_table:
                yield from ((where, cell.text_frame.text) for row in shape.table.rows for cell in row.cells)
            if described := shape._element.xpath(".//p:cNvPr/@descr"):
                yield where, described[0]
        yield f"{where}, anteckningar", page.notes_slide.notes_text_frame.text


def in_charts(folder: Path) -> Iterator[Place]:
    """Title, subtitle, alt text and caption of each chart, and what is drawn in it."""
    for chart in json.loads((folder / "charts.json").read_text("utf-8")):
        yield from ((f"{chart['name']}, {key}", chart[key]) for key in ("title", "subtitle", "alt", "caption"))
    for path in sorted(folder.glob("*.svg")):
        tree = ET.fromstring(path.read_text("utf-8"))
        yield from (
            (path.name, text) for node in tree.iter() if (text := (node.text or "").strip()) and "style" not in node.tag
        )


def in_tables(folder: Path) -> Iterator[Place]:
    """Each cell of the CSV files that is no number."""
    for path in sorted(folder.glob("*.csv")):
        for number, row in enumerate(csv.reader(path.open(encoding="utf-8", newline="")), 1):
            yield from ((f"{path.name} rad {number}", cell) for cell in row if re.search(r"[^\W\d_]{2}", cell))


def texts_of(folder: Path) -> Iterator[Place]:
    """All of a run folder; the same text in the same kind of place once."""
    seen: set[str] = set()
    parts = (
        in_pdf((folder / "lagesbild.pdf").read_bytes()), in_pdf((folder / "sammanfattning.pdf").read_bytes()),
        in_workbook((folder / "lagesbild.xlsx").read_bytes()), in_slides((folder / "lagesbild.pptx").read_bytes()),
        in_charts(folder / "charts"), in_tables(folder),
    )  # fmt: skip
    for part in parts:
        for where, text in part:
            if text not in seen:
                seen.add(text)
                yield where, text
