"""Yearly rates: the own line with its band, the comparison kommuner behind it, names at the lines' ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from math import isnan, nan

from lagesbild import swedish
from lagesbild.charts import lettering, scales, theme
from lagesbild.charts.sheet import Sheet

PEERS = "Jämförbara kommuner"
BREAK_SIGNS = "abcdefgh"
_PLOT, _AXIS, _INSET = 58.0, 6.0, 3.0
COUNTRY = "Riket"
#: How the lines of the country and of a län are broken.
_DASHED, _DOTTED = (0, (5, 2)), (0, (1.2, 1.6))
#: What the hollow diamond below a point means.
CREDIBLE = (
    "Ruta: året med det väntade antalet i toppmånader, månader som ligger långt över det väntade. Rangordningen räknar med det."
)


@dataclass(frozen=True)
class Year:
    """One own yearly figure; NaN where it is unknown."""

    value: float
    lower: float
    upper: float
    count: float
    population: float
    is_preliminary: bool


@dataclass(frozen=True)
class Series:
    """own: figures by year, in order. pooled: the comparison kommuner together, by year. peers: code -> rate by year.

    credible: the own rate with incredible months at their expected value, of the years that have such months. expected: limits
    of the 80 % interval that the years before let expect of the last year; None where they let expect nothing.
    """

    own: Mapping[int, Year]
    pooled: Mapping[int, float]
    peers: Mapping[str, Mapping[int, float]]
    credible: Mapping[int, float] = field(default_factory=dict)
    expected: tuple[float, float] | None = None
    elsewhere: Mapping[str, Mapping[int, float]] = field(default_factory=dict)

    @cached_property
    def years(self) -> range:
        """Every year from the first own figure to the last."""
        return range(min(self.own), max(self.own) + 1)

    @cached_property
    def preliminary(self) -> frozenset[int]:
        """The years whose own figure is preliminary."""
        return frozenset(year for year, figure in self.own.items() if figure.is_preliminary)

    @cached_property
    def known(self) -> list[int]:
        """The years whose own figure is known."""
        return [year for year in self.years if year in self.own and not isnan(self.own[year].value)]


@dataclass(frozen=True)
class EndLabel:
    """What stands at a line's end, or a bracket's middle: its value there, its name in bold and its figures."""

    value: float
    name: Sequence[str]
    figures: Sequence[str]
    color: str
    is_bracket: bool = False

    @property
    def lines(self) -> list[str]:
        """Every line of the label."""
        return [*self.name, *self.figures]


@dataclass(frozen=True)
class _Frame:
    """Where the data stand: years between ``left`` and ``right`` mm, rates from 0 at ``bottom`` up to ``highest``."""

    left: float
    right: float
    bottom: float
    years: range
    highest: float

    def x(self, year: float) -> float:
        """A year's place, mm."""
        span = self.right - self.left - 2 * _INSET
        return self.left + _INSET + (year - self.years[0]) / max(1, len(self.years) - 1) * span

    def y(self, rate: float) -> float:
        """A rate's height, mm; NaN stays NaN."""
        return self.bottom + rate / self.highest * _PLOT

    def path(self, rates: Mapping[int, float]) -> tuple[list[float], list[float]]:
        """Rates by year as points on the sheet, every year in its place."""
        return [self.x(year) for year in self.years], [self.y(rates.get(year, nan)) for year in self.years]


def draw(series: Series, labels: Sequence[EndLabel], breaks: Sequence[tuple[int, str]], *, is_example: bool) -> Sheet:
    """The chart. labels: the lines' ends. breaks: years at whose start the series changed, and why, told below the chart."""
    notes = [
        wrapped
        for sign, (_, text) in zip(BREAK_SIGNS, breaks, strict=False)
        for wrapped in lettering.wrap(f"{sign}{swedish.NBSP} {text}", theme.WIDTH, theme.NOTE)
    ]
    step = lettering.line_height(theme.NOTE)
    told = lettering.wrap(CREDIBLE, theme.WIDTH - 4.0, theme.NOTE) if series.credible else []
    foot = _AXIS + (4.0 if series.preliminary else 0.0) + ((len(notes) + len(told)) * step + 2.0 if notes or told else 0.0)
    sheet = Sheet.new(_PLOT + foot + (5.0 if breaks else 2.5), is_example=is_example)
    room = max(lettering.width(text, theme.BODY, theme.SEMIBOLD) for label in labels for text in label.lines) + 4.0
    values = [value for figure in series.own.values() for value in (figure.value, figure.upper)]
    values += [rate for rates in (series.pooled, *series.peers.values(), *series.elsewhere.values()) for rate in rates.values()]
    values += series.expected or ()
    ticks = scales.round_ticks(max((value for value in values if not isnan(value)), default=1.0))
    left = max(lettering.width(scales.number_label(tick)) for tick in ticks) + 2.0
    frame = _Frame(left, theme.WIDTH - room, foot, series.years, ticks[-1])
    _draw_axes(sheet, frame, ticks, series.preliminary)
    for code in sorted(series.peers):
        sheet.rule(*frame.path(series.peers[code]), color=theme.PEER, width=0.6, order=2)
    if series.pooled:
        sheet.rule(*frame.path(series.pooled), color=theme.POOLED, width=1.9, order=3)
        last = max(series.pooled)
        sheet.mark(frame.x(last), frame.y(series.pooled[last]), "s", size=3.8, color=theme.POOLED, order=3)
    for place, rates in series.elsewhere.items():
        style = _DASHED if place == COUNTRY else _DOTTED
        sheet.rule(*frame.path(rates), color=theme.INK, width=1.1, style=style, order=3)
    _draw_own(sheet, frame, series)
    if series.expected:
        _draw_bracket(sheet, frame, series.expected)
    signs: dict[int, list[str]] = {}
    for sign, (year, _) in zip(BREAK_SIGNS, breaks, strict=False):
        signs.setdefault(year, []).append(sign)
    for year, same in signs.items():
        x, top = frame.x(year - 0.5), frame.bottom + _PLOT
        sheet.rule((x, x), (frame.bottom, top + 0.8), color=theme.QUIET, width=0.7, style=(0, (1.5, 2)), order=1.9)
        sheet.text(x, top + 2.6, " ".join(same), ha="center", size=theme.NOTE, color=theme.QUIET)
    _write_end_labels(sheet, labels, frame)
    sheet.lines(0, (len(notes) - 1) * step + 1.6, notes, size=theme.NOTE, color=theme.QUIET)
    if told:
        y = (len(notes) + len(told) - 1) * step + 1.6
        sheet.mark(1.2, y, "D", size=4.2, face=theme.PAPER)
        sheet.lines(4.0, y, told, size=theme.NOTE, color=theme.QUIET)
    return sheet


def _draw_axes(sheet: Sheet, frame: _Frame, ticks: Sequence[float], preliminary: frozenset[int]) -> None:
    """Level lines at round numbers, and the years; every fifth where they are many; a preliminary year says so."""
    for tick in ticks:
        y, is_zero = frame.y(tick), tick == 0
        color = theme.QUIET if is_zero else theme.RULE
        sheet.rule((frame.left, frame.right), (y, y), color=color, width=0.8 if is_zero else 0.4)
        sheet.text(frame.left - 2.0, y, scales.number_label(tick), ha="right", color=theme.QUIET)
    for year in frame.years:
        if len(frame.years) <= 12 or (frame.years[-1] - year) % 5 == 0:
            sheet.text(frame.x(year), frame.bottom - 3.4, str(year), ha="center", color=theme.QUIET)
        if year in preliminary:
            sheet.text(frame.x(year), frame.bottom - 7.2, "preliminär", ha="center", size=theme.NOTE, color=theme.QUIET)


def _draw_own(sheet: Sheet, frame: _Frame, series: Series) -> None:
    """The band, the line (dashed into a preliminary year) and the points (hollow where preliminary)."""
    low = {year: series.own[year].lower for year in series.known}
    high = {year: series.own[year].upper for year in series.known}
    value = {year: series.own[year].value for year in series.known}
    for _, part in groupby(enumerate(series.known), key=lambda pair: pair[1] - pair[0]):  # years without a gap between them
        years = [year for _, year in part]
        heights = [[frame.y(edge[year]) for year in years] for edge in (low, high)]
        sheet.area([frame.x(year) for year in years], *heights, face=theme.OWN_BAND)
    for edge in (low, high):
        sheet.rule(*frame.path(edge), color=theme.OWN_EDGE, width=0.6, order=1.8)
    final = {year: rate for year, rate in value.items() if year not in series.preliminary}
    sheet.rule(*frame.path(final), color=theme.OWN, width=2.3, order=5)
    sheet.mark(*frame.path(final), "o", size=3.6, order=5)
    for year in sorted(series.credible.keys() & value.keys()):
        x, ends = frame.x(year), (frame.y(series.credible[year]), frame.y(value[year]))
        sheet.rule((x, x), ends, color=theme.OWN, width=0.8, style=(0, (1, 1.5)), order=4.5)
        sheet.mark(x, ends[0], "D", size=4.2, face=theme.PAPER, order=6)
    for year in sorted(series.preliminary & value.keys()):
        pair = {y: value[y] for y in (year - 1, year) if y in value}
        sheet.rule(*frame.path(pair), color=theme.OWN, width=2.0, style=(0, (2.2, 1.4)), order=4.5)
        sheet.mark(frame.x(year), frame.y(value[year]), "o", size=4.2, face=theme.PAPER, order=6)


def _draw_bracket(sheet: Sheet, frame: _Frame, limits: tuple[float, float]) -> None:
    """A bracket beside the last year, from limit to limit."""
    low, high = (frame.y(limit) for limit in limits)
    inner, outer = frame.x(frame.years[-1]) + 0.9, frame.x(frame.years[-1]) + 2.1
    sheet.rule((inner, outer, outer, inner), (low, low, high, high), color=theme.INK, width=1.1, order=6)


def _write_end_labels(sheet: Sheet, labels: Sequence[EndLabel], frame: _Frame) -> None:
    """The names at the lines' ends, moved apart where they would collide, then tied to their ends by a hairline."""
    step = lettering.line_height()
    heights = [len(label.lines) * step + 1.4 for label in labels]
    ends = [frame.y(label.value) for label in labels]
    for label, end, height, centre in zip(labels, ends, heights, lettering.spread(ends, heights, 0.5, sheet.top), strict=True):
        if abs(centre - end) > 1.0:
            start = frame.right - _INSET + (2.1 if label.is_bracket else 1.6)
            sheet.rule((start, frame.right + 0.9), (end, centre), color=label.color, width=0.5)
        for i, line in enumerate(label.lines):
            weight = theme.SEMIBOLD if i < len(label.name) else theme.REGULAR
            sheet.text(frame.right + 1.6, centre + height / 2 - 0.7 - step * (i + 0.5), line, color=label.color, weight=weight)


def per_100k(rate: float) -> str:
    """'957 per 100 000'; one decimal below ten."""
    return f"{swedish.number(rate, 0 if rate >= 10 or rate == 0 else 1)} per 100{swedish.NBSP}000"
