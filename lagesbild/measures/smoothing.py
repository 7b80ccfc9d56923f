"""Rates of small areas pulled towards what is known of all of them: Marshall's empirical Bayes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lagesbild.measures.rates import Array


@dataclass(frozen=True)
class Smoothed:
    """rate: smoothed events per unit of the base (n,). mean m, between a: what it was pulled towards and the variance of the
    true rates around it, one number for all areas or (n,) with neighbourhoods. share: how much of each area's own rate is left,
    0 (only m) to 1 (as it was)."""

    rate: Array
    mean: Array
    between: Array
    share: Array


def excess_risk(events: npt.ArrayLike, base: npt.ArrayLike) -> Array:
    """How many times the events that the common rate Σe/Σb would give each area has: e_i / (b_i·Σe/Σb).

    >>> excess_risk([6, 2], [100, 100])
    array([1.5, 0.5])
    """
    e, b = _checked(events, base)
    return np.asarray(e / (b * (e.sum() / b.sum())))


def empirical_bayes(events: npt.ArrayLike, base: npt.ArrayLike) -> Smoothed:
    """Global empirical-Bayes rates (Marshall 1991, Applied Statistics 40:283).

    m = Σe/Σb, s² = Σb(e/b − m)²/Σb, a = max(0, s² − m/b̄), r_i = m + a/(a + m/b_i)·(e_i/b_i − m). An area with a small base is
    pulled furthest. Where the areas differ by no more than chance, a = 0 and all get m. ValueError for a base that is not above
    0 or events below 0.

    >>> found = empirical_bayes([30, 10], [1000, 1000])  # m = .02, s² = .0001, a = .0001 - .02/1000 = .00008
    >>> found.rate.round(4).tolist(), found.share.round(2).tolist()
    ([0.028, 0.012], [0.8, 0.8])
    """
    e, b = _checked(events, base)
    return _smoothed(e / b, b, e.sum() / b.sum(), b.sum(), float(b.mean()), (b * (e / b - e.sum() / b.sum()) ** 2).sum())


def spatial_empirical_bayes(events: npt.ArrayLike, base: npt.ArrayLike, neighbours: npt.ArrayLike) -> Smoothed:
    """Empirical-Bayes rates towards each area's neighbourhood (Marshall 1991; Anselin, Lozano & Koschinsky 2006, §4.3).

    neighbours (n, n): truthy where the column is a neighbour of the row; every area belongs to its own. m_i, s²_i and b̄_i are
    those of the neighbourhood: s²_i = Σ_j b_j(e_j/b_j − m_i)²/Σ_j b_j, a_i = max(0, s²_i − m_i/b̄_i). ValueError as
    ``empirical_bayes``, or for a matrix of another size.
    """
    e, b = _checked(events, base)
    near = np.asarray(neighbours).astype(bool)
    if near.shape != (e.size, e.size):
        raise ValueError(f"neighbours must be {e.size} by {e.size}, not {near.shape}")
    near = near | np.eye(e.size, dtype=bool)
    total, count = near @ b, near.sum(axis=1)
    mean = near @ e / total
    spread = (near * (b * (e / b - mean[:, None]) ** 2)).sum(axis=1)
    return _smoothed(e / b, b, mean, total, total / count, spread)


def _smoothed(rate: Array, b: Array, mean: Array, total: Array, base: Array | float, spread: Array) -> Smoothed:
    chance = mean / base
    between = np.maximum(0.0, spread / total - chance)
    with np.errstate(invalid="ignore"):
        share = np.where(between > 0, between / (between + mean / b), 0.0)
    return Smoothed(np.asarray(mean + share * (rate - mean)), np.asarray(mean), np.asarray(between), np.asarray(share))


def _checked(events: npt.ArrayLike, base: npt.ArrayLike) -> tuple[Array, Array]:
    e, b = np.broadcast_arrays(np.asarray(events, dtype=np.float64), np.asarray(base, dtype=np.float64))
    if e.ndim != 1 or not (b > 0).all() or not (e >= 0).all():
        raise ValueError("every area needs a base above 0 and a number of events")
    return e, b
