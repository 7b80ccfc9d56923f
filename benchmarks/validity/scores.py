"""How near an order comes to the true one, and how honest its probabilities are; each with an interval.

Worlds are independent, areas of one world are not: intervals of what is summed over areas come from drawing worlds anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lagesbild.ranking.signal_set import Array

#: The gain of an area in NDCG is what its true score lies above this: an area as its peers, unchanged, of average size, has 50.
FLOOR = 50.0
#: Bootstrap draws of the worlds, and the seed of them.
RESAMPLES, SEED = 1_000, 4
Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % interval, and of how many worlds it is made."""

    value: float
    lower: float
    upper: float
    n: int


def kendall(truth: ArrayLike, said: ArrayLike) -> float:
    """Kendall's τ-b, ties taken into account; NaN where either is constant.

    >>> kendall([1, 2, 3, 4], [1, 2, 4, 3]).__round__(4)
    0.6667
    """
    one, other = (np.sign(np.subtract.outer(x, x)) for x in (np.asarray(truth, float), np.asarray(said, float)))
    size = np.sqrt((one**2).sum() * (other**2).sum())
    return float((one * other).sum() / size) if size > 0 else float("nan")


def ndcg(truth: ArrayLike, said: ArrayLike) -> float:
    """Normalised discounted cumulative gain: Σ gain/log2(1 + place) ÷ its largest value, gain = true score above FLOOR.

    Equal numbers share their places. NaN where no area has a gain.

    >>> ndcg([70, 60, 40], [1, 2, 0]).__round__(4)
    0.8597
    """
    gain, number = np.maximum(np.asarray(truth, float) - FLOOR, 0), np.asarray(said, float)
    discount = 1 / np.log2(2 + np.arange(gain.size))
    best = float(np.sort(gain)[::-1] @ discount)
    if best == 0:
        return float("nan")
    above = (number[None, :] > number[:, None]).sum(axis=1)
    equal = (number[None, :] == number[:, None]).sum(axis=1)
    reach = np.append(0.0, np.cumsum(discount))
    return float(gain @ ((reach[above + equal] - reach[above]) / equal) / best)


def recall(is_top: ArrayLike, said: ArrayLike, k: int) -> float:
    """Share of the true top k that stand among the k highest; ties at the edge count by the part of them that fits.

    >>> recall([True, True, True, False], [4, 3, 1, 2], 3).__round__(4)
    0.6667
    """
    top, number = np.asarray(is_top, bool), np.asarray(said, float)
    above = (number[None, :] > number[:, None]).sum(axis=1)
    equal = (number[None, :] == number[:, None]).sum(axis=1)
    return float((top * np.clip((k - above) / equal, 0, 1)).sum() / k)


def middled(said: Array) -> Array:
    """The numbers with the median in place of NaN: an area of which nothing is said stands in the middle."""
    known = said[~np.isnan(said)]
    return np.where(np.isnan(said), np.median(known) if known.size else 0.0, said)


def ratio(above: ArrayLike, below: ArrayLike | None = None) -> Figure:
    """Σ above ÷ Σ below over the worlds (a mean where ``below`` is left out), with its bootstrap interval.

    A world whose ``above`` is NaN is left out. NaN throughout without any world.
    """
    top = np.asarray(above, float)
    base = np.ones_like(top) if below is None else np.asarray(below, float)
    there = ~np.isnan(top) & ~np.isnan(base)
    top, base = top[there], base[there]
    if not top.size or base.sum() == 0:
        return Figure(float("nan"), float("nan"), float("nan"), int(top.size))
    drawn = np.random.default_rng(SEED).integers(0, top.size, (RESAMPLES, top.size))
    sums = base[drawn].sum(axis=1)
    again = top[drawn].sum(axis=1) / np.where(sums > 0, sums, np.nan)
    lower, upper = np.nanquantile(again, (0.025, 0.975))
    return Figure(float(top.sum() / base.sum()), float(lower), float(upper), int(top.size))


def skill(squares: ArrayLike, base: ArrayLike) -> Figure:
    """Brier skill 1 − Σ squares ÷ Σ base of each world's summed squared errors, and of those of the base rate."""
    lost = ratio(squares, base)
    return Figure(1 - lost.value, 1 - lost.upper, 1 - lost.lower, lost.n)


def wilson(hits: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % limits of a share.

    >>> [round(limit, 3) for limit in wilson(8, 10)]
    [0.49, 0.943]
    """
    if n == 0:
        return float("nan"), float("nan")
    share, z2 = hits / n, Z_95**2
    middle, half = share + z2 / (2 * n), Z_95 * np.sqrt(share * (1 - share) / n + z2 / (4 * n**2))
    return float((middle - half) / (1 + z2 / n)), float((middle + half) / (1 + z2 / n))


@dataclass(frozen=True)
class Bin:
    """One tenth of the scale of a stated probability: how many, the mean stated, the share that came true, Wilson's limits."""

    n: int
    stated: float
    observed: float
    lower: float
    upper: float


def reliability(stated: ArrayLike, came_true: ArrayLike, n_bins: int = 10) -> tuple[Bin, ...]:
    """Stated probability against what came true, per tenth of the scale; empty tenths are left out."""
    p, y = np.asarray(stated, float), np.asarray(came_true, bool)
    at: NDArray[np.int64] = np.minimum((p * n_bins).astype(np.int64), n_bins - 1)
    bins = []
    for i in range(n_bins):
        inside = at == i
        n, hits = int(inside.sum()), int(y[inside].sum())
        if n:
            bins.append(Bin(n, float(p[inside].mean()), hits / n, *wilson(hits, n)))
    return tuple(bins)
