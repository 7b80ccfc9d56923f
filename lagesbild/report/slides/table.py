"""A native table on a slide: planned so that it fits, with a header row that a screen reader knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from lagesbild.report.document import RIGHT, Table
from lagesbild.report.slides import fit, look
from lagesbild.report.slides.text import plain

SIZES = (18, 16, 14)
#: Inside a cell, mm: beside and above the text.
_BESIDE, _ABOVE = 2.0, 1.6
#: Characters in a cell.
_CELL = 400
#: The style without lines or colours; what the table has is set cell by cell, alike in every program.
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True)
class Planned:
    """A table with its measures, mm: text size, column widths, row heights (the header's first), and the rows that fit."""

    table: Table
    rows: tuple[tuple[str, ...], ...]
    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """Of the whole table."""
        return sum(self.heights)


def plan(table: Table, limit: float) -> Planned:
    """The table in the largest size that is no higher than the limit; rows that have no room are left out and counted."""
    heads = tuple(plain(column.title) for column in table.columns)
    rows = tuple(tuple(plain(cell, _CELL) for cell in row) for row in table.rows)
    for size in SIZES:
        widths = _widths(table, heads, rows, size)
        heights = tuple(_height(row, size, widths, is_bold=i == 0) for i, row in enumerate((heads, *rows)))
        if sum(heights) <= limit and sum(widths) <= look.INNER + 0.1:
            return Planned(table, rows, size, widths, heights)
    widths = tuple(width * min(1.0, look.INNER / sum(widths)) for width in widths)
    kept = len(rows)
    while kept > 1 and sum(heights[: kept + 1]) + heights[0] > limit:
        kept -= 1
    if kept < len(rows):
        more = (f"… och {len(rows) - kept} till, se lagesbild.pdf", *[""] * (len(heads) - 1))
        rows, heights = (*rows[:kept], more), (*heights[: kept + 1], _height(more, size, widths))
    rows = tuple(tuple(_cut(cell, size, width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    heights = tuple(_height(row, size, widths, is_bold=i == 0) for i, row in enumerate((heads, *rows)))
    return Planned(table, rows, size, widths, heights)


def draw(page: Any, planned: Planned, left: float, top: float) -> None:
    """Put the table on the slide."""
    table, rows = planned.table, planned.rows
    frame = page.shapes.add_table(len(rows) + 1, len(table.columns), Emu(0), Emu(0), Emu(1), Emu(1))
    look.place(frame, left, top, sum(planned.widths), planned.height)
    described = frame._element.nvGraphicFramePr.cNvPr
    described.set("name", "Tabell")
    described.set("descr", plain(table.title))
    grid = frame.table
    grid.first_row, grid.horz_banding = True, False
    grid._tbl.tblPr.find(f"{look.A}tableStyleId").text = _NO_STYLE
    for column, width in zip(grid.columns, planned.widths, strict=True):
        column.width = Emu(round(width * 36_000))
    for row, height in zip(grid.rows, planned.heights, strict=True):
        row.height = Emu(round(height * 36_000))
    heads = tuple(plain(column.title) for column in table.columns)
    for y, row in enumerate((heads, *rows)):
        for x, text in enumerate(row):
            _fill(grid.cell(y, x), text, planned.size, is_head=y == 0, is_right=table.columns[x].align == RIGHT)


def _widths(table: Table, heads: Sequence[str], rows: Sequence[Sequence[str]], size: float) -> tuple[float, ...]:
    """Columns with a share divide what those as wide as their content leave; none is narrower than its longest word."""
    widths = []
    for i, column in enumerate(table.columns):
        cells = [row[i] for row in rows]
        least = max(
            *(fit.width(word, size, is_bold=True) for word in heads[i].split() or [""]),
            *(fit.width(word, size) for cell in cells for word in cell.split()),
            0.0,
        )
        needed = least if column.width else max(least, *(fit.width(cell, size) for cell in cells), 0.0)
        widths.append(min(needed, look.INNER / 3) + 2 * _BESIDE + 1)
    left, shares = look.INNER - sum(widths), [column.width for column in table.columns]
    if left <= 0:
        return tuple(widths)
    shares = shares if any(shares) else [1.0] * len(widths)
    return tuple(_shared(widths, shares))


def _shared(least: Sequence[float], shares: Sequence[float]) -> list[float]:
    """Widths in proportion to their shares, each at least its least; a share of 0 stays at that."""
    widths, growing = list(least), [i for i, share in enumerate(shares) if share]
    while growing:
        room = look.INNER - sum(width for i, width in enumerate(widths) if i not in growing)
        whole = sum(shares[i] for i in growing)
        narrow = [i for i in growing if shares[i] / whole * room < least[i]]
        if not narrow:
            for i in growing:
                widths[i] = shares[i] / whole * room
            break
        growing = [i for i in growing if i not in narrow]
    return widths


def _height(row: Sequence[str], size: float, widths: Sequence[float], *, is_bold: bool = False) -> float:
    inside = (
        fit.height([cell], size, width - 2 * _BESIDE, is_bold=is_bold, after=0) for cell, width in zip(row, widths, strict=True)
    )
    return max(inside) + 2 * _ABOVE


def _cut(cell: str, size: float, width: float) -> str:
    return fit.cut(cell, size, width - 2 * _BESIDE, 6)


def _fill(cell: Any, text: str, size: float, *, is_head: bool, is_right: bool) -> None:
    cell.margin_left = cell.margin_right = Emu(round(_BESIDE * 36_000))
    cell.margin_top = cell.margin_bottom = Emu(round(_ABOVE * 36_000))
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
    added = paragraph.add_run()
    added.text = text
    added.font.size, added.font.bold, added.font.language_id = Pt(size), is_head, MSO_LANGUAGE_ID.SWEDISH
    added.font.color.rgb = look.colour("FFFFFF" if is_head else look.INK)
    properties = cell._tc.get_or_add_tcPr()
    properties.append(look.line_below(look.RULE))
    if is_head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = look.colour(look.ACCENT)
