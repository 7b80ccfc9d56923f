"""How much more counts vary than chance: between kommuner (φ, τ²) and around a trend over few years (shrunk φ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.measures.rates import Array

Transform = Literal["log", "sqrt"]
Trim = Literal["none", "winsorise", "truncate"]
#: A series borrows strength from at most so many others: the areas' dispersions are alike, not equal.
MOST_BORROWED = 8
_ROUNDS = 25


@dataclass(frozen=True)
class Between:
    """Variation between units. phi: mean squared z (1 = chance alone); tau2: between-unit variance on the transformed scale
    (log: of the log ratio); n: units that counted; z: every unit's untrimmed z."""

    phi: float
    tau2: float
    n: int
    z: Array


def spiegelhalter(
    observed: npt.ArrayLike,
    expected: npt.ArrayLike,
    *,
    transform: Transform = "log",
    trim: Trim = "winsorise",
    trim_by: float = 0.1,
) -> Between:
    """Overdispersion of observed against expected counts over units (Spiegelhalter 2005, Stat. Med. 24:1185).

    log (SHMI): z = √E·log(O/E), s = 1/√E. sqrt (CQC): z = 2√E·(√(O/E) − 1), s = 1/(2√E). A tenth at each end is pulled in to
    the quantile (winsorise), left out (truncate) or kept (none). φ = mean z²; τ² = max(0, (nφ − (n − 1)) / (Σ1/s² − Σ1/s⁴ /
    Σ1/s²)). Units with E ≤ 0 are left out; with ``log`` those with O = 0 too, because their z has no value. No unit left: φ 1,
    τ² 0.

    >>> round(spiegelhalter([100, 150, 180], [108, 112, 165], trim="none").phi, 4)
    3.8158
    """
    counts, base = np.asarray(observed, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    usable = (base > 0) & ((counts > 0) if transform == "log" else (counts >= 0))
    counts, base = counts[usable], base[usable]
    if counts.size == 0:
        return Between(1.0, 0.0, 0, np.empty(0))
    if transform == "log":
        z, s = np.sqrt(base) * np.log(counts / base), 1 / np.sqrt(base)
    else:
        z, s = 2 * np.sqrt(base) * (np.sqrt(counts / base) - 1), 1 / (2 * np.sqrt(base))
    used, precision = _trimmed(z, 1 / s**2, trim, trim_by)
    n = used.size
    if n == 0:
        return Between(1.0, 0.0, 0, z)
    phi = float(np.mean(used**2))
    scale = precision.sum() - (precision**2).sum() / precision.sum()
    tau2 = max(0.0, float((n * phi - (n - 1)) / scale)) if n > 1 and scale > 0 else 0.0
    return Between(phi, tau2, n, z)


def _trimmed(z: Array, precision: Array, trim: Trim, trim_by: float) -> tuple[Array, Array]:
    """The z and precisions that count after trimming."""
    if trim == "none":
        return z, precision
    if trim == "winsorise":
        low, high = np.quantile(z, [trim_by, 1 - trim_by])
        return np.clip(z, low, high), precision
    # The units in 1/trim_by groups of equal size by rank; the first and the last group go (the SHMI's own rule).
    groups = 1 / trim_by
    group = np.floor(pd.Series(z).rank().to_numpy() * groups / (z.size + 1))
    keep = (group > 0) & (group < groups - 1)
    return z[keep], precision[keep]


@dataclass(frozen=True)
class Shrunk:
    """Shrunk dispersion per series. phi ≥ 1; df: degrees of freedom of the t test that uses it, infinite where φ is not
    estimated.
    """

    phi: Array
    df: Array


def shrunk_dispersion(
    phi_hat: npt.ArrayLike, n_years: npt.ArrayLike, mean_count: npt.ArrayLike, variation: float = 0.0
) -> Shrunk:
    """Each series' dispersion φ around its trend, pulled towards what all A series say of one with as many events (methods §1).

    φ_a = max(1, (ν₀·φ̄_a + (T − 2)·φ̂_a) / (ν₀ + T − 2)), ν₀ = ½·min(A − 1, 8)·(T − 2), df = ν₀ + T − 2. A series alone has
    ν₀ = 0. φ̄_a = 1 + c̄·m_a, m_a the series' mean yearly count: what varies from year to year beyond chance is a share of the
    events (c = squared coefficient of variation), so a series of 800 a year has a far larger φ than one of 8, and one φ̄ for
    both would flag every other quiet year of the larger. c̄ = Σ w·(φ̂ − 1)/m / Σ w, w = df·(m/(1 + c̄·m))² (moments of the
    negative binomial, iterated). ``phi_hat`` Pearson φ̂ (A,), NaN where there is none; ``n_years`` T (A,) or one number;
    ``mean_count`` m (A,). A series of two years has no φ̂ of its own and gets φ̄_a with the degrees of freedom the others lend;
    where no series has any, c̄ is the declared ``variation`` and df is infinite.

    >>> shrunk = shrunk_dispersion([1.0, 4.0, 1.0], 5, [50, 50, 50])
    >>> [float(phi.round(2)) for phi in shrunk.phi], [float(df) for df in shrunk.df]
    ([1.5, 3.0, 1.5], [6.0, 6.0, 6.0])
    """
    phi, years, mean = np.broadcast_arrays(*(np.asarray(each, dtype=np.float64) for each in (phi_hat, n_years, mean_count)))
    own_df = np.where(np.isfinite(phi) & (years > 2) & (mean > 0), years - 2, 0.0)
    events = np.where(np.isfinite(mean), np.maximum(mean, 0.0), 0.0)
    n_series = int((own_df > 0).sum())
    if n_series == 0:
        return Shrunk(1 + variation * events, np.full(phi.shape, np.inf))
    pooled = np.maximum(0.0, 1 + _variation(phi, events, own_df) * events)
    # A series that has no φ̂ itself borrows with the others' typical length and counts all of them as lenders.
    length = np.where(own_df > 0, own_df, own_df[own_df > 0].mean())
    lenders = np.where(own_df > 0, n_series - 1, n_series)
    borrowed = 0.5 * np.minimum(lenders, MOST_BORROWED) * length
    df = borrowed + own_df
    shrunk = (borrowed * pooled + own_df * np.where(own_df > 0, phi, 0.0)) / df
    return Shrunk(np.maximum(1.0, shrunk), df)


def _variation(phi: Array, events: Array, df: Array) -> float:
    """c̄, the squared coefficient of variation from year to year that the series share; below 0 where they vary too little."""
    used = df > 0
    excess, m, weight = (phi[used] - 1) / events[used], events[used], df[used]
    found = 0.0
    for _ in range(_ROUNDS):
        w = weight * (m / (1 + max(found, 0.0) * m)) ** 2
        found = float(np.sum(w * excess) / np.sum(w))
    return found
