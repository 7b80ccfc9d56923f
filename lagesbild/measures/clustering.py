"""How much more a yearly EST count varies than chance, from how its weeks cluster."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from lagesbild.measures.rates import Array, Limits, count_limits, wilson

_Chance: TypeAlias = Callable[[float, float], float]

#: Extra-Poisson variance of log(count) where the weeks say too little: a standard deviation of 39 %.
DEFAULT = 0.15
#: Weekly clustering never shows all there is (a slow change of habits), nor more than a doubling either way.
LOWEST, HIGHEST = 0.01, 1.0
#: The weeks speak from this many observations and this many weeks with any observation on.
FEWEST, FEWEST_WEEKS = 10, 13


def share_dispersion(weekly: npt.ArrayLike, weekly_total: npt.ArrayLike) -> float:
    """Extra variance of log(share), share = Σx/Σn over W weeks, whole weeks as clusters (ratio estimator, Cochran 1977, §6).

    var(log p̂) = W/(W − 1)·Σ(x_w − p̂·n_w)² / X², X = Σx; from it the multinomial part (1 − p̂)/X is taken away. What all
    organisations share (a holiday, a campaign) cancels, because n_w follows it. Clipped to .01-1; .15 where X < 10 or fewer
    than 13 weeks have any observation.

    >>> round(share_dispersion([8, 0, 0, 4] * 5, [10, 10, 10, 10] * 5), 3)
    0.053
    """
    x, n = np.asarray(weekly, dtype=np.float64), np.asarray(weekly_total, dtype=np.float64)
    return _excess(x, n, lambda share, count: (1 - share) / count, n > 0)


def rate_dispersion(weekly: npt.ArrayLike, unit_weeks: npt.ArrayLike) -> float:
    """Extra variance of log(rate per unit-week); as ``share_dispersion`` with unit-weeks for n and the Poisson part 1/X."""
    x, units = np.asarray(weekly, dtype=np.float64), np.asarray(unit_weeks, dtype=np.float64)
    return _excess(x, units, lambda _, count: 1 / count, units > 0)


def _excess(x: Array, base: Array, chance: _Chance, is_told: npt.NDArray[np.bool_]) -> float:
    count, n_weeks = float(x.sum()), int(is_told.sum())
    if count < FEWEST or n_weeks < FEWEST_WEEKS:
        return DEFAULT
    ratio = count / float(base.sum())
    variance = n_weeks / (n_weeks - 1) * float(np.sum((x - ratio * base)[is_told] ** 2)) / count**2
    return float(np.clip(variance - chance(ratio, count), LOWEST, HIGHEST))


def share_limits(count: npt.ArrayLike, total: npt.ArrayLike, dispersion: npt.ArrayLike) -> Limits:
    """Wilson limits of a share whose log has an extra variance d: both numbers divided by D = 1 + d·x/(1 − p)."""
    x, n, extra = (np.asarray(values, dtype=np.float64) for values in (count, total, dispersion))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = x / n
        effect = np.where(share < 1, 1 + extra * x / (1 - share), 1.0)
    return wilson(x / effect, n / effect)


def rate_limits(count: npt.ArrayLike, units: npt.ArrayLike, dispersion: npt.ArrayLike) -> Limits:
    """Poisson limits of a count per unit whose log has an extra variance d: the limits of x/D, times D = 1 + d·x."""
    x, base, extra = (np.asarray(values, dtype=np.float64) for values in (count, units, dispersion))
    effect = 1 + extra * x
    lower, upper = count_limits(x / effect)
    return lower * effect / base, upper * effect / base
