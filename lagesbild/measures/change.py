"""Two published ways to compare counts before and after; what they can and cannot carry is said where they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from lagesbild.measures.rates import Array, quantile

#: Poisson tails left out of the sum on each side; what they hold is far below any tolerance.
_TAIL = 1e-12
#: Two statistics closer than this are the same number computed twice.
_SAME = 1e-12

Counts = tuple[float, float]


def e_test(count_1: npt.ArrayLike, count_2: npt.ArrayLike, base_1: npt.ArrayLike = 1.0, base_2: npt.ArrayLike = 1.0) -> Array:
    """Two-sided p that two Poisson rates are equal (the E-test of Krishnamoorthy & Thomson 2004, J. Stat. Plan. Inf. 119:23).

    t = (k₁/n₁ − k₂/n₂)/√(λ̂·(1/n₁ + 1/n₂)), λ̂ = (k₁ + k₂)/(n₁ + n₂); p = P(|T| ≥ |t|) over independent Poisson counts with the
    common rate λ̂, each pair with its own λ̂ in T. The paper estimates the variance from each rate by itself; the common rate, as
    in the R package ptools, gives the same p where n₁ = n₂ and is nearer the exact one where it is not. Arguments broadcast;
    NaN where both counts are 0 or a base is not above 0.

    The counts are taken for pure chance. Reported offences vary more (φ), so a small p is no proof of change; what this test
    does not find, a wider one does not find either.

    >>> [float(p.round(3)) for p in e_test([0, 6, 20], [3, 2, 20])]
    [0.088, 0.175, 1.0]
    """
    arrays = np.broadcast_arrays(*(np.asarray(given, dtype=np.float64) for given in (count_1, count_2, base_1, base_2)))
    cases = zip(*(array.ravel() for array in arrays), strict=True)
    return np.array([_e_test(*(float(x) for x in case)) for case in cases]).reshape(arrays[0].shape)


def _e_test(k1: float, k2: float, n1: float, n2: float) -> float:
    if not (n1 > 0 and n2 > 0 and k1 >= 0 and k2 >= 0 and k1 + k2 > 0):
        return float("nan")
    common = (k1 + k2) / (n1 + n2)
    seen = abs(float(_statistic(np.array(k1), np.array(k2), n1, n2)))
    x1, p1 = _likely(n1 * common)
    x2, p2 = _likely(n2 * common)
    is_further = np.abs(_statistic(x1[:, None], x2[None, :], n1, n2)) >= seen * (1 - _SAME)
    return min(1.0, float(p1 @ is_further @ p2))


def _statistic(k1: Array, k2: Array, n1: float, n2: float) -> Array:
    """The standardised difference; NaN, which is further out than nothing, where both counts are 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((k1 / n1 - k2 / n2) / np.sqrt((k1 + k2) / (n1 * n2)))


def _likely(mean: float) -> tuple[Array, Array]:
    """The counts that a Poisson of this mean gives but for its far tails, and their probabilities."""
    first, last = stats.poisson.ppf(_TAIL, mean), stats.poisson.isf(_TAIL, mean)
    counts = np.arange(first, last + 1)
    return counts, stats.poisson.pmf(counts, mean)


@dataclass(frozen=True)
class Displacement:
    """local, displaced, total: estimated change in events, each with its standard error; z of the total and its interval."""

    local: float
    local_se: float
    displaced: float
    displaced_se: float
    total: float
    total_se: float
    z: float
    lower: float
    upper: float


def weighted_displacement_difference(
    treated: Counts,
    control: Counts,
    *,
    displaced_treated: Counts = (0, 0),
    displaced_control: Counts = (0, 0),
    time_weights: Counts = (1, 1),
    area_weights: tuple[float, float, float, float] = (1, 1, 1, 1),
    confidence: float = 0.95,
) -> Displacement:
    """The weighted displacement difference (Wheeler & Ratcliffe 2018, Crime Science 7:11), counts as (before, after).

    Each count is divided by its time weight (before, after) times its area weight (control, treated, displaced control,
    displaced treated). local = (treated after − before) − (control after − before), displaced likewise, total their sum;
    variance Σ count/weight², z-interval at ``confidence``.

    **Not to be used as a test of a pledge** (methods §9 and §12): the variance takes counts for pure chance, and one control
    area for all others. Simulated without any effect, the unscaled difference is called an effect in 75-92 of 100 cases and the
    scaled one in up to 52. It stands here because analysts know it and ask for it: as a number of events beside the ratio of
    ratios, and to show what the product's own follow-up protects against. ValueError for a weight that is not above 0.

    >>> found = weighted_displacement_difference((20, 10), (20, 20), confidence=0.90)
    >>> found.total, round(found.total_se, 2), round(found.lower, 1), round(found.upper, 1)
    (-10.0, 8.37, -23.8, 3.8)
    """
    time, area = np.array(time_weights, dtype=np.float64), np.array(area_weights, dtype=np.float64)
    if not ((time > 0).all() and (area > 0).all()):
        raise ValueError("weights must be above 0")
    counts = np.array([control, treated, displaced_control, displaced_treated], dtype=np.float64)
    weights = area[:, None] * time[None, :]
    change = np.diff(counts / weights, axis=1)[:, 0]
    variance = (counts / weights**2).sum(axis=1)
    local, displaced = float(change[1] - change[0]), float(change[3] - change[2])
    local_variance, displaced_variance = float(variance[:2].sum()), float(variance[2:].sum())
    total, total_se = local + displaced, float(np.sqrt(local_variance + displaced_variance))
    margin = quantile(confidence) * total_se
    return Displacement(
        local=local,
        local_se=float(np.sqrt(local_variance)),
        displaced=displaced,
        displaced_se=float(np.sqrt(displaced_variance)),
        total=total,
        total_se=total_se,
        z=total / total_se if total_se > 0 else float("nan"),
        lower=total - margin,
        upper=total + margin,
    )
