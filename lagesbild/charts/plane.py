"""A plane of points: each problem area between two sources, with both intervals, and the quarters named in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from lagesbild import swedish
from lagesbild.charts import lettering, placing, theme
from lagesbild.charts.finding import Estimate
from lagesbild.charts.scales import number_label, round_ticks
from lagesbild.charts.sheet import Sheet

REPORTED = "Anmäls, gånger så ofta som i jämförbara kommuner"
_LEFT, _BOTTOM, _PLOT_WIDTH, _PLOT_HEIGHT, _AIR = 15.0, 13.0, 140.0, 104.0, 7.5
_RATIO_TICKS = (0.1, 0.2, 0.33, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
#: A ratio's axis reaches at least so far on both sides of 1, and no further than the points need for the sake of intervals.
_NEAR, _FAR = 0.5, 0.3


@dataclass(frozen=True)
class Experience:
    """What stands on the upright axis: whose word it is, in what unit, and how it is put in words.

    unit: 'ratio' for a comparison, else 'share' or 'per_unit_week'. others: what a comparison is with ('riket'); else '', and
    the middle area divides. more, less: the halves.
    """

    source: str
    unit: str
    others: str
    more: str
    less: str
    axis: str

    @property
    def verb(self) -> str:
        """The axis' first word."""
        return "Observeras" if self.source == "est" else "Upplevs"

    @property
    def is_comparison(self) -> bool:
        """Whether the areas are held against another geography, not against one another."""
        return self.unit == "ratio"


@dataclass(frozen=True)
class Point:
    """One problem area: its comparison in reported offences (x) and its experience (y), each with a 95 % interval."""

    area: str
    name: str
    rank: int
    x: Estimate
    y: Estimate

    @property
    def is_settled(self) -> bool:
        """Whether both intervals lie wholly on one side: then the quarter it stands in is more than chance."""
        return self.x.side != 0 and self.y.side != 0


def draw(points: Sequence[Point], experience: Experience, *, is_example: bool) -> Sheet:
    """The plane: axes with their halves named, every point with both intervals, and its name."""
    sheet = Sheet.new(_BOTTOM + _PLOT_HEIGHT + _AIR, is_example=is_example)
    across = _ratio_axis([point.x for point in points], _LEFT, _LEFT + _PLOT_WIDTH)
    top = _BOTTOM + _PLOT_HEIGHT
    ends = (_BOTTOM, top)
    upward = _ratio_axis([p.y for p in points], *ends) if experience.is_comparison else _level_axis(points, experience, *ends)
    corners = _draw_frame(sheet, experience, across, upward, points[0].y.nothing)
    lines: list[placing.Area] = []
    for point in points:
        x, y = across.at(point.x.value), upward.at(point.y.value)
        color, width = (theme.OWN, 1.3) if point.is_settled else (theme.PEER, 0.8)
        level = tuple(min(max(across.at(limit), _LEFT), _LEFT + _PLOT_WIDTH) for limit in (point.x.lower, point.x.upper))
        upright = tuple(min(max(upward.at(limit), _BOTTOM), top) for limit in (point.y.lower, point.y.upper))
        sheet.rule(level, (y, y), color=color, width=width, order=2.2)
        sheet.rule((x, x), upright, color=color, width=width, order=2.2)
        lines += [(level[0], y - 0.2, level[1], y + 0.2), (x - 0.2, upright[0], x + 0.2, upright[1])]
        face = theme.OWN if point.is_settled else theme.PAPER
        sheet.mark(x, y, "o", size=6.0, color=theme.OWN if point.is_settled else theme.POOLED, face=face, order=5)
    _write_names(sheet, points, [(across.at(p.x.value), upward.at(p.y.value)) for p in points], lines, corners)
    return sheet


@dataclass(frozen=True)
class _Axis:
    """Where a value stands, mm, and the values that are written on the axis."""

    at: Callable[[float], float]
    ticks: tuple[float, ...]
    text: Callable[[float], str]


def _ratio_axis(estimates: Sequence[Estimate], start: float, end: float) -> _Axis:
    """Logarithmic, so that half and twice lie as far from 1; intervals may reach beyond it, points never."""
    values = [estimate.value for estimate in estimates]
    limits = [limit for estimate in estimates for limit in (estimate.lower, estimate.upper)]
    low = min(1 - _NEAR * 0.6, *values, max(min(limits), _FAR)) * 0.93
    high = max(1 + _NEAR, *values, min(max(limits), 1 / _FAR)) * 1.07
    ticks = tuple(tick for tick in _RATIO_TICKS if low <= tick <= high)

    def at(value: float) -> float:
        return start + (log(max(value, 1e-6)) - log(low)) / (log(high) - log(low)) * (end - start)

    return _Axis(at, ticks, number_label)


def _level_axis(points: Sequence[Point], experience: Experience, start: float, end: float) -> _Axis:
    """From zero, as far as the points need, and for the intervals' sake up to half as far again."""
    highest = max(point.y.value for point in points)
    ticks = round_ticks(min(1.5 * highest, max(point.y.upper for point in points)))

    def at(value: float) -> float:
        return start + value / ticks[-1] * (end - start)

    return _Axis(at, tuple(ticks), swedish.percent if experience.unit == "share" else number_label)


def _draw_frame(sheet: Sheet, experience: Experience, across: _Axis, upward: _Axis, middle: float) -> list[placing.Area]:
    """Grid, axes, the two lines that part the plane, and the names of its quarters, whose areas are returned."""
    left, right, bottom, top = _LEFT, _LEFT + _PLOT_WIDTH, _BOTTOM, _BOTTOM + _PLOT_HEIGHT
    quiet: dict[str, Any] = {"size": theme.NOTE, "color": theme.QUIET}
    for tick in across.ticks:
        sheet.rule((across.at(tick),) * 2, (bottom, top), width=0.4)
        sheet.text(across.at(tick), bottom - 3.2, across.text(tick), ha="center", color=theme.QUIET)
    for tick in upward.ticks:
        sheet.rule((left, right), (upward.at(tick),) * 2, width=0.4)
        sheet.text(left - 2.0, upward.at(tick), upward.text(tick), ha="right", color=theme.QUIET)
    sheet.rule((across.at(1.0),) * 2, (bottom, top), color=theme.QUIET, width=0.9, order=1.5)
    sheet.rule((left, right), (upward.at(middle),) * 2, color=theme.QUIET, width=0.9, order=1.5)
    sheet.text(right, bottom - 8.6, REPORTED, ha="right", color=theme.QUIET)
    sheet.text(0, top + 5.0, f"{experience.verb}, {experience.axis}", color=theme.QUIET)
    height, corners = lettering.line_height(theme.NOTE), []
    for is_more in (True, False):
        for word, y in ((experience.more, top - 2.4), (experience.less, bottom + 2.2)):
            text = f"anmäls {'mer' if is_more else 'mindre'}, {word}"
            width = lettering.width(text, theme.NOTE, theme.SEMIBOLD)
            x = right - 1.5 - width if is_more else left + 1.5
            _clear(sheet, (x, y - height / 2, x + width, y + height / 2))
            sheet.text(x, y, text, weight=theme.SEMIBOLD, **quiet)
            corners.append((x, y - height / 2, x + width, y + height / 2))
    return corners


def _write_names(
    sheet: Sheet,
    points: Sequence[Point],
    at: Sequence[tuple[float, float]],
    lines: Sequence[placing.Area],
    corners: Sequence[placing.Area],
) -> None:
    """Each point's name beside it, settled ones first and in bold; a hairline where it had to stand further off."""
    order = sorted(range(len(points)), key=lambda i: (not points[i].is_settled, points[i].rank))
    weights = [theme.SEMIBOLD if points[i].is_settled else theme.REGULAR for i in order]
    sizes = [
        (lettering.width(points[i].name, theme.BODY, weight) + 0.6, lettering.line_height() * 0.95)
        for i, weight in zip(order, weights, strict=True)
    ]
    paper = (_LEFT + 0.5, _BOTTOM + 0.5, _LEFT + _PLOT_WIDTH - 0.5, _BOTTOM + _PLOT_HEIGHT - 0.5)
    places = placing.place([at[i] for i in order], sizes, paper, lines=lines, texts=corners)
    for i, weight, (width, height), place in zip(order, weights, sizes, places, strict=True):
        x, y = at[i]
        _clear(sheet, placing.around((place.x, place.y), width, height * 0.8))
        if place.is_far:
            near = (
                min(max(x, place.x - width / 2), place.x + width / 2),
                min(max(y, place.y - height / 2), place.y + height / 2),
            )
            sheet.rule((x, near[0]), (y, near[1]), color=theme.QUIET, width=0.5, order=2.8)
        sheet.text(place.x, place.y, points[i].name, ha="center", weight=weight)


def _clear(sheet: Sheet, area: placing.Area) -> None:
    """Paper under a text, so that no line runs through its letters."""
    left, bottom, right, top = area
    sheet.boxes([(left, bottom, right - left, top - bottom)], face=theme.PAPER, order=2.6)
