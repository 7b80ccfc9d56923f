"""Axes shared by the charts: ticks at round numbers, and years."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from lagesbild.charts import theme
from lagesbild.charts.sheet import number_label

Label = Callable[[float, int | None], str]


def round_ticks(highest: float, most: int = 5) -> list[float]:
    """Round numbers from 0 to at least ``highest``, at most about ``most`` steps.

    >>> round_ticks(957)
    [0.0, 200.0, 400.0, 600.0, 800.0, 1000.0]
    """
    values = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(0.0, max(highest, 1e-9))
    step = float(values[1] - values[0])
    ticks = [0.0]
    while ticks[-1] < highest - 1e-9 * step:
        ticks.append(round(step * len(ticks), 10))
    return ticks


def from_zero(axes: Axes, highest: float, label: Label = number_label, most: int = 5) -> None:
    """A vertical axis from 0 to the round number above ``highest``, with level grid lines."""
    ticks = round_ticks(highest, most)
    axes.set_ylim(0, ticks[-1])
    axes.set_yticks(ticks)
    axes.yaxis.set_major_formatter(FuncFormatter(label))
    axes.grid(axis="y", color=theme.RULE, linewidth=0.4)
    axes.axhline(0, color=theme.QUIET, linewidth=0.8, zorder=1.5)


def years(axes: Axes, shown: Sequence[int], preliminary: frozenset[int] = frozenset()) -> None:
    """A horizontal axis of whole years; every fifth where they are many; a preliminary year says so."""
    first, last = shown[0], shown[-1]
    axes.set_xlim(first - 0.15, last + 0.15)
    ticks = [year for year in shown if last - first < 12 or (last - year) % 5 == 0]
    axes.set_xticks(ticks, [f"{year}\npreliminär" if year in preliminary else str(year) for year in ticks])
