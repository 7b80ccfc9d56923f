"""Which named area has most: counts pulled towards what is known of all, and how sure their order is."""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from lagesbild.measures.rank_sets import rank_sets
from lagesbild.measures.rates import Array, count_limits
from lagesbild.measures.smoothing import empirical_bayes

DRAWS = 4000
#: How many areas "the most" are, where there are at least twice as many; else the first alone.
TOP = 3


def limits(counts: npt.ArrayLike, dispersion: float = 1.0, confidence: float = 0.95) -> tuple[Array, Array]:
    """Poisson limits of counts that vary ``dispersion`` (φ) times as much as chance alone: those of count/φ, times φ.

    >>> [float(limit.round(1)) for limit in limits(40, 2)]
    [24.4, 61.8]
    """
    lower, upper = count_limits(np.asarray(counts, dtype=np.float64) / dispersion, confidence)
    return np.nan_to_num(lower) * dispersion, upper * dispersion


def prior(counts: npt.ArrayLike, exposure: npt.ArrayLike = 1.0) -> tuple[float, float]:
    """Shape α and rate β of the gamma prior of a Poisson-gamma model, by Marshall's moments: α = m²/a, β = m/a.

    (n + α)/(e + β) is the smoothed rate of ``empirical_bayes``. Infinite where the areas differ by no more than chance.

    >>> alpha, beta = prior([30, 10], [1000, 1000])  # m = .02, a = .00008
    >>> round(alpha, 6), round(beta, 6), round((30 + alpha) / (1000 + beta), 4)
    (5.0, 250.0, 0.028)
    """
    found = empirical_bayes(counts, exposure)
    mean, between = float(found.mean), float(found.between)
    return (mean**2 / between, mean / between) if between > 0 else (np.inf, np.inf)


def top_of(n: int) -> int:
    """How many of n areas "the most" are.

    >>> top_of(10), top_of(4)
    (3, 1)
    """
    return TOP if n >= 2 * TOP else 1


def ordered(
    counts: npt.ArrayLike, *, dispersion: float = 1.0, exposure: npt.ArrayLike = 1.0, seed: int = 0, name: str = ""
) -> pd.DataFrame:
    """One row per area, in the order given: lower, upper (95 % of the count), smoothed with smoothed_lower, smoothed_upper
    (events per unit of exposure; 95 % of the gamma posterior), p_first (P(the highest rate)), p_top (P(among the ``top_of``)),
    rank_lower, rank_upper (95 % rank set from the counts alone, simultaneous).

    Counts enter as n/φ. The posterior is Gamma(n/φ + α, e + β); P by 4 000 draws, seeded by seed and name alone. Where the
    areas differ by no more than chance they all get the common rate, without limits, and the same P.

    >>> found = ordered([60, 20, 20, 20], seed=1)
    >>> found["smoothed"].round(1).tolist(), found["rank_lower"].tolist(), found["rank_upper"].tolist()
    ([57.0, 21.0, 21.0, 21.0], [1, 2, 2, 2], [1, 4, 4, 4])
    """
    raw = np.asarray(counts, dtype=np.float64)
    base = np.broadcast_to(np.asarray(exposure, dtype=np.float64), raw.shape)
    n, top = raw.size, top_of(raw.size)
    effective = raw / dispersion
    sets = rank_sets(np.round(effective).astype(np.int64))
    lower, upper = limits(raw, dispersion)
    alpha, beta = prior(effective, base) if raw.sum() else (np.inf, np.inf)
    if np.isinf(alpha):
        smoothed = np.full(n, raw.sum() / base.sum())
        smoothed_lower = smoothed_upper = np.full(n, np.nan)
        p_first, p_top = np.full(n, 1 / n), np.full(n, top / n)
    else:
        shape, rate = effective + alpha, base + beta
        smoothed = shape / rate * dispersion
        smoothed_lower, smoothed_upper = (special.gammaincinv(shape, tail) / rate * dispersion for tail in (0.025, 0.975))
        random = np.random.default_rng([seed, zlib.crc32(name.encode())])
        drawn = random.gamma(shape, 1 / rate, (DRAWS, n))
        p_first = np.bincount(drawn.argmax(axis=1), minlength=n) / DRAWS
        p_top = (drawn >= np.partition(drawn, n - top, axis=1)[:, n - top, None]).mean(axis=0)
    return pd.DataFrame(
        {
            "lower": lower,
            "upper": upper,
            "smoothed": smoothed,
            "smoothed_lower": smoothed_lower,
            "smoothed_upper": smoothed_upper,
            "p_first": p_first,
            "p_top": p_top,
            "rank_lower": sets.lower,
            "rank_upper": sets.upper,
        }
    )
