"""A matrix of signs: rows by columns that belong together in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lagesbild.charts import lettering, theme
from lagesbild.charts.sheet import Box, Sheet

_ROW, _LABELS, _GAP, _WIDE, _WIDEST = 5.8, 42.0, 2.2, 17.0, 26.0
_INSET = 0.3
MISSING, SILENT = "saknas", "används inte"
#: State -> (sign, ground, colour of the sign, words).
STATES = {
    "mycket över": ("++", theme.OWN, theme.PAPER, "klart större eller klart ökande"),
    "över": ("+", theme.OWN_BAND, theme.INK, "större eller ökande"),
    "lika": ("≈", theme.PAPER, theme.INK, "går inte att skilja från jämförelsen"),
    "under": ("−", "#e4e7e9", theme.INK, "mindre eller minskande"),
    "mycket under": ("−−", theme.POOLED, theme.PAPER, "klart mindre eller klart minskande"),
}
_HATCH = "/////"


@dataclass(frozen=True)
class Cell:
    """One source's word on one criterion of one line: a state of STATES, MISSING or SILENT; and its figure as text."""

    state: str
    figure: str = ""


def draw(
    labels: Sequence[str], heads: Sequence[tuple[str, str]], grid: Sequence[Sequence[Cell]], note: str, *, is_example: bool
) -> Sheet:
    """The matrix with a key below. heads: group and name of every column; grid: rows of cells; note: a last line, or ''."""
    groups = [(name, len(list(columns))) for name, columns in groupby(heads, key=lambda head: head[0])]
    room = theme.WIDTH - _LABELS - _GAP * (len(groups) - 1)
    width = min(_WIDEST, room / max(1, len(heads)))
    is_wide = width >= _WIDE
    set_heads = [_head(name, width * count) for name, count in groups]
    column_head = 5.0 if is_wide else 16.5
    head = max((height for _, height, _ in set_heads), default=0.0) + column_head + 1.5
    sheet = Sheet.new(head + _ROW * len(labels) + 15.5 + (4.5 if note else 0.0), is_example=is_example)
    top = sheet.top - head
    lefts: list[float] = []
    left, looks = _LABELS, {"size": theme.NOTE, "weight": theme.SEMIBOLD}
    for (_, count), (lines, _, is_upright) in zip(groups, set_heads, strict=True):
        if is_upright:
            half = len(lines) * lettering.line_height(theme.NOTE) / 2
            sheet.upright(min(left + width / 2, theme.WIDTH - half), top + column_head + 0.5, lines, **looks)
        else:
            first = top + column_head + (len(lines) - 1) * lettering.line_height(theme.NOTE) + 2
            sheet.lines(left, first, lines, **looks)
        lefts += [left + i * width for i in range(count)]
        left += count * width + _GAP
    for x, (_, name) in zip(lefts, heads, strict=True):
        if is_wide:
            sheet.text(x + width / 2, top + 2.6, name, ha="center", size=theme.NOTE, color=theme.QUIET)
        else:
            sheet.upright(x + width / 2, top + 1.2, [name], size=theme.NOTE, color=theme.QUIET)
    _draw_cells(sheet, grid, lefts, top, width)
    for i, label in enumerate(labels):
        sheet.text(0, top - (i + 0.5) * _ROW, lettering.fit(label, _LABELS - 2))
    _key(sheet, top - _ROW * len(labels) - 5.5)
    if note:
        sheet.text(0, 1.8, note, size=theme.NOTE, color=theme.QUIET)
    return sheet


def _head(name: str, span: float) -> tuple[list[str], float, bool]:
    """A group's name in lines, the height they take, and whether they stand upright: so where its columns are too narrow."""
    lines = lettering.wrap(name, span + 1.0, theme.NOTE, theme.SEMIBOLD)
    if not any(line.endswith(lettering.ELLIPSIS) for line in lines):
        return lines, len(lines) * lettering.line_height(theme.NOTE), False
    lines = lettering.wrap(name, 15.0, theme.NOTE, theme.SEMIBOLD)
    return lines, max(lettering.width(line, theme.NOTE, theme.SEMIBOLD) for line in lines) + 1.0, True


def _draw_cells(sheet: Sheet, grid: Sequence[Sequence[Cell]], lefts: Sequence[float], top: float, width: float) -> None:
    """Every cell: its ground with those of the same state, its sign, and its figure where there is room."""
    grounds: dict[str, list[Box]] = {}
    for i, row in enumerate(grid):
        bottom = top - (i + 1) * _ROW
        for left, cell in zip(lefts, row, strict=True):
            box = (left + _INSET, bottom + _INSET, width - 2 * _INSET, _ROW - 2 * _INSET)
            grounds.setdefault(cell.state, []).append(box)
            if cell.state not in STATES:
                continue
            sign, _, color, _ = STATES[cell.state]
            looks: dict[str, Any] = {"color": color, "weight": theme.SEMIBOLD}
            y = bottom + _ROW / 2
            if width >= _WIDE and cell.figure:
                sheet.text(left + 2, y, sign, **looks)
                sheet.text(left + width - 2, y, cell.figure, ha="right", size=theme.NOTE, color=color)
            else:
                sheet.text(left + width / 2, y, sign, ha="center", **looks)
    for state in (*STATES, MISSING):
        _ground(sheet, state, grounds.get(state, []))


def _ground(sheet: Sheet, state: str, boxes: Sequence[Box]) -> None:
    if state == MISSING:
        sheet.boxes(boxes, face=theme.PAPER, edge=theme.PEER, hatch=_HATCH)
        return
    ground = STATES[state][1]
    sheet.boxes(boxes, face=ground, edge=theme.RULE if ground == theme.PAPER else ground)


def _key(sheet: Sheet, y: float) -> None:
    """Signs in two lines: from much above to much below, then missing and silent."""
    left, size = 0.0, 5.0
    for i, (state, (sign, _, color, words)) in enumerate(STATES.items()):
        if i == 3:
            left, y = 0.0, y - 6.0
        _ground(sheet, state, [(left, y - 2.2, size, 4.4)])
        sheet.text(left + size / 2, y, sign, ha="center", size=theme.NOTE, color=color, weight=theme.SEMIBOLD)
        sheet.text(left + size + 1.5, y, words, size=theme.NOTE, color=theme.QUIET)
        left += size + 5.5 + lettering.width(words, theme.NOTE)
    _ground(sheet, MISSING, [(left, y - 2.2, size, 4.4)])
    sheet.text(left + size + 1.5, y, "uppgift saknas; tom ruta: används inte", size=theme.NOTE, color=theme.QUIET)
