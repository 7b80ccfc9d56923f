"""Two estimates per row, each a point with its interval: own against reference, or women against men."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import hypot, isnan

from lagesbild import swedish
from lagesbild.charts import lettering, scales, theme
from lagesbild.charts.sheet import Sheet

_ROW, _LABELS, _PLOT_RIGHT, _FIRST_COLUMN = 6.2, 50.0, 112.0, 138.0
_APART = 1.0


@dataclass(frozen=True)
class Point:
    """An estimate with its 95 % interval; NaN limits where none is known."""

    value: float
    lower: float
    upper: float

    @property
    def half_width(self) -> float:
        """Half the interval; 0 where none is known."""
        return 0.0 if isnan(self.lower) or isnan(self.upper) else (self.upper - self.lower) / 2


@dataclass(frozen=True)
class Pair:
    """One row of the chart. second is None where there is nothing to compare with. section: heading it stands under, or ''."""

    label: str
    first: Point
    second: Point | None
    section: str = ""

    @property
    def side(self) -> int:
        """1 where the first is larger beyond both intervals, -1 smaller, 0 where they cannot be told apart.

        The difference is set against the root of the summed squares of the half widths: the 95 % interval of a difference
        between two independent estimates.
        """
        if self.second is None or self.first.half_width == 0:
            return 0
        difference = self.first.value - self.second.value
        if abs(difference) <= hypot(self.first.half_width, self.second.half_width):
            return 0
        return 1 if difference > 0 else -1


@dataclass(frozen=True)
class Scale:
    """How values are shown: label of an axis number, text of a value, and the whole scale's end (None: as far as needed)."""

    axis: Callable[[float], str]
    text: Callable[[float], str]
    limits: Callable[[float, float], str]
    end: float | None = None


SHARE = Scale(swedish.percent, swedish.percent, lambda low, high: swedish.interval(100 * low, 100 * high))
INDEX = Scale(lambda value: swedish.number(value), lambda v: swedish.number(v, 1), lambda a, b: swedish.interval(a, b, 1), 6.0)


def value_text(point: Point, scale: Scale) -> str:
    """'31 % (27–36)', or '31 %' without an interval."""
    limits = "" if point.half_width == 0 else f" ({scale.limits(point.lower, point.upper)})"
    return scale.text(point.value) + limits


def draw(rows: Sequence[Pair], names: tuple[str, str], scale: Scale, *, is_example: bool) -> Sheet:
    """The rows in their order, headings where the section changes, values in columns to the right, and a key of the marks.

    The second name is '' where there is nothing to compare with.
    """
    sections = sum(bool(row.section) and (i == 0 or rows[i - 1].section != row.section) for i, row in enumerate(rows))
    heads = [
        lettering.wrap(swedish.capital(name), width, theme.NOTE, theme.SEMIBOLD, max_lines=2)
        for name, width in zip(names, (25.0, 19.0), strict=True)
    ]
    head = 3.0 + max(map(len, heads)) * lettering.line_height(theme.NOTE)
    sheet = Sheet.new(head + _ROW * (len(rows) + sections) + 16.0, is_example=is_example)
    points = [point for row in rows for point in (row.first, row.second) if point is not None]
    highest = max(point.value if isnan(point.upper) else max(point.value, point.upper) for point in points)
    ticks = scales.round_ticks(scale.end or highest)

    def x(value: float) -> float:
        return _LABELS + value / ticks[-1] * (_PLOT_RIGHT - _LABELS)

    y = sheet.top - head
    for edge, lines, color in ((_FIRST_COLUMN, heads[0], theme.OWN), (theme.WIDTH, heads[1], theme.POOLED)):
        start = y + 2.6 + (len(lines) - 1) * lettering.line_height(theme.NOTE)
        sheet.lines(edge, start, lines, ha="right", size=theme.NOTE, weight=theme.SEMIBOLD, color=color)
    bottom = y - _ROW * (len(rows) + sections)
    for tick in ticks:
        sheet.rule(
            (x(tick), x(tick)), (bottom, y), color=theme.QUIET if tick == 0 else theme.RULE, width=0.8 if tick == 0 else 0.4
        )
        sheet.text(x(tick), bottom - 3.2, scale.axis(tick), ha="center", color=theme.QUIET)
    section = ""
    for row in rows:
        if row.section and row.section != section:
            section = row.section
            y -= _ROW
            sheet.text(0, y + 2.4, section, size=theme.NOTE, weight=theme.SEMIBOLD, color=theme.QUIET)
        y -= _ROW
        _draw_row(sheet, row, y + _ROW / 2, x, scale)
        sheet.rule((0, theme.WIDTH), (y, y), width=0.3)
    _key(sheet, names, {row.side != 0 for row in rows if row.second is not None}, bottom - 10.5)
    return sheet


def _draw_row(sheet: Sheet, row: Pair, y: float, x: Callable[[float], float], scale: Scale) -> None:
    is_clear = row.side != 0
    weight = theme.SEMIBOLD if is_clear else theme.REGULAR
    sheet.text(0, y, lettering.fit(row.label, _LABELS - 3, theme.BODY, weight), weight=weight)
    apart = _APART if row.second is not None else 0.0
    if row.second is not None:
        _draw_point(sheet, row.second, y - apart, x, theme.POOLED, "s", 4.2, theme.POOLED)
        sheet.text(theme.WIDTH, y, scale.text(row.second.value), ha="right")
    _draw_point(
        sheet, row.first, y + apart, x, theme.OWN, "o", 5.8, theme.OWN if is_clear or row.second is None else theme.PAPER
    )
    sheet.text(_FIRST_COLUMN, y, value_text(row.first, scale), ha="right", weight=weight)


def _draw_point(
    sheet: Sheet, point: Point, y: float, x: Callable[[float], float], color: str, marker: str, size: float, face: str
) -> None:
    if point.half_width:
        sheet.rule((x(point.lower), x(point.upper)), (y, y), color=color, width=1.3, order=3)
    sheet.mark(x(point.value), y, marker, size=size, color=color, face=face)


def _key(sheet: Sheet, names: tuple[str, str], told_apart: set[bool], y: float) -> None:
    """The marks that are drawn, in one line. told_apart: whether rows can be told apart, cannot, or both."""
    first, second = (swedish.capital(name) for name in names)
    interval = f"95{swedish.NBSP}% osäkerhetsintervall"
    left = 1.2
    marks = [("o", theme.OWN, theme.OWN, f"{first}; streck = {interval}")]
    unclear = "går inte att skilja åt" if True in told_apart else f"{first}, går inte att skilja från {names[1]}"
    if second:
        marks = [
            *([("o", theme.OWN, theme.OWN, f"{first}, går att skilja från {names[1]}")] if True in told_apart else []),
            *([("o", theme.PAPER, theme.OWN, unclear)] if False in told_apart else []),
            ("s", theme.POOLED, theme.POOLED, f"{second}; streck = {interval}"),
        ]
    for marker, face, color, text in marks:
        text = lettering.fit(text, theme.WIDTH - left - 3.0, theme.NOTE)
        sheet.mark(left, y, marker, size=5.4 if marker == "o" else 4.2, color=color, face=face)
        sheet.text(left + 2.4, y, text, size=theme.NOTE, color=theme.QUIET)
        left += 7.0 + lettering.width(text, theme.NOTE)
