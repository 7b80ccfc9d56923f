"""XmR charts: whether a series over time varies as it always has, with limits from its own point-to-point changes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from lagesbild.measures.rates import Array

#: Limits at the mean ± 2.66 mean moving ranges: 3 / 1.128, three standard deviations of independent normal values.
LIMIT = 2.66
#: A moving range from here on, in mean moving ranges, is an outlier (the upper limit of a chart of ranges of two).
LARGEST_RANGE = 3.267
#: How many points make a run on one side, or a trend.
RUN = 7

Signs = npt.NDArray[np.int64]
_NONE, _OUTSIDE, _TREND, _TWO_OF_THREE, _SIDE = range(5)


@dataclass(frozen=True)
class Xmr:
    """An XmR chart, every field one number a point (T,). mean, lower, upper: of the point's own baseline.

    is_outside: beyond the limits. is_close: within them, in the outer third. side: 1 above the mean, -1 below, 0 on it. trend,
    two_of_three, one_side: 1 or -1 where the point belongs to such a pattern, upwards (above) or downwards (below), else 0.
    """

    mean: Array
    lower: Array
    upper: Array
    is_outside: npt.NDArray[np.bool_]
    is_close: npt.NDArray[np.bool_]
    side: Signs
    trend: Signs
    two_of_three: Signs
    one_side: Signs

    @property
    def kind(self) -> list[str]:
        """The first pattern that holds of each point: outside, trend, two_of_three, one_side, or "" for ordinary variation."""
        names = np.array(["", "outside", "trend", "two_of_three", "one_side"])
        found = [self.is_outside, self.trend != 0, self.two_of_three != 0, self.one_side != 0]
        return [str(name) for name in names[np.select(found, [_OUTSIDE, _TREND, _TWO_OF_THREE, _SIDE], _NONE)]]


def xmr(
    values: npt.ArrayLike, *, rebase: npt.ArrayLike | None = None, baseline: int | None = None, screen_outliers: bool = True
) -> Xmr:
    """The chart of values in order of time (T,), without gaps (Shewhart 1931; Wheeler 2000, Understanding Variation).

    Limits x̄ ± 2.66·MR̄, MR̄ the mean of |x_t − x_{t−1}|. With ``screen_outliers`` moving ranges of 3.267·MR̄ or more are left out
    once and MR̄ is taken of the others, so that one month does not widen the limits it is judged by. ``baseline`` n: mean and
    MR̄ of each calculation's first n points alone. ``rebase`` (T,): truthy where a new calculation starts. The rules are those
    of NHSRplotthedots: outside the limits; seven points rising or falling; two of three in the outer third of the same side,
    all three on that side; seven in a row on one side of the mean. ValueError for no values, one that is not a number, or a
    baseline below two points.

    >>> chart = xmr([20, 22, 19, 23, 20, 31], baseline=5)  # mean 20.8, moving ranges 2, 3, 4, 3
    >>> [float(limit[0].round(2)) for limit in (chart.mean, chart.lower, chart.upper)], chart.kind[-1]
    ([20.8, 12.82, 28.78], 'outside')
    """
    y = np.asarray(values, dtype=np.float64)
    if y.ndim != 1 or y.size == 0 or not np.isfinite(y).all():
        raise ValueError("an XmR chart needs one row of numbers without gaps")
    if baseline is not None and baseline < 2:
        raise ValueError(f"a baseline has at least two points, not {baseline}")
    starts = np.zeros(y.size, dtype=bool) if rebase is None else np.asarray(rebase).astype(bool)
    bounds = [0, *(int(at) for at in np.flatnonzero(starts) if at > 0), y.size]
    parts = [_part(y[first:last], baseline, screen_outliers) for first, last in pairwise(bounds)]
    return Xmr(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in Xmr.__dataclass_fields__})


def _part(y: Array, baseline: int | None, screen_outliers: bool) -> Xmr:
    """The chart of one calculation."""
    fixed = y[:baseline]
    mean, moving = float(fixed.mean()), np.abs(np.diff(fixed))
    if screen_outliers and moving.size:
        # A series that never moves has no range below 0 = 3.267·0, and its limits are its mean.
        moving = moving[moving < LARGEST_RANGE * moving.mean()]
    spread = LIMIT * float(moving.mean()) if moving.size else 0.0 if fixed.size > 1 else np.nan
    near = 2 / 3 * spread
    is_outside = (y > mean + spread) | (y < mean - spread)
    is_close = ~is_outside & ((y > mean + near) | (y < mean - near))
    side = np.sign(y - mean).astype(np.int64)
    close_side = np.where(is_close, side, 0)
    return Xmr(
        mean=np.full(y.size, mean),
        lower=np.full(y.size, mean - spread),
        upper=np.full(y.size, mean + spread),
        is_outside=is_outside,
        is_close=is_close,
        side=side,
        trend=_spread(_same_sign(np.sign(np.diff(y)).astype(np.int64), RUN - 1), RUN, y.size),
        two_of_three=np.where(is_close, _spread(_two_of_three(close_side, side), 3, y.size), 0),
        one_side=_spread(_same_sign(side, RUN), RUN, y.size),
    )


def _windows(signs: Signs, width: int) -> Signs:
    """Every run of ``width`` neighbours (n, width); none where there are fewer."""
    return sliding_window_view(signs, width) if signs.size >= width else np.empty((0, width), dtype=np.int64)


def _same_sign(signs: Signs, width: int) -> Signs:
    """1 or -1 for every window whose signs all are."""
    total = _windows(signs, width).sum(axis=1)
    return np.asarray(np.where(np.abs(total) == width, np.sign(total), 0))


def _two_of_three(close_side: Signs, side: Signs) -> Signs:
    """1 or -1 for every three on one side of the mean of which two or more are close to its limit."""
    return np.asarray(np.where(np.abs(_windows(close_side, 3).sum(axis=1)) >= 2, _same_sign(side, 3), 0))


def _spread(found: Signs, width: int, n: int) -> Signs:
    """A window's sign given to each of its ``width`` points (n,); where windows of both signs meet, the earlier one's."""
    marks = np.zeros(n, dtype=np.int64)
    for offset in range(width):
        shifted = np.zeros(n, dtype=np.int64)
        shifted[offset : offset + found.size] = found
        marks = np.where(shifted != 0, shifted, marks)
    return marks
