"""How many times as large a figure is after as before, beside how it changed elsewhere: ratios with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from lagesbild.measures.rates import Array

#: With fewer comparison kommuner the spread between them cannot be estimated to any use.
FEWEST_PEERS = 4


@dataclass(frozen=True)
class Ratio:
    """A ratio with its 95 % interval; 1 is no change."""

    value: float
    lower: float
    upper: float

    @property
    def side(self) -> int:
        """-1 where the whole interval lies below 1, 1 where it lies above, else 0."""
        return -1 if self.upper < 1 else 1 if self.lower > 1 else 0


@dataclass(frozen=True)
class Against:
    """The own change against the peers' (arrays over cases). own, peers, relative: (ratio, lower, upper) each.

    rank: place of the own change among the J + 1 changes, the largest decrease first. tau2: variance of the log change between
    kommuner beyond chance.
    """

    own: tuple[Array, Array, Array]
    peers: tuple[Array, Array, Array]
    relative: tuple[Array, Array, Array]
    rank: npt.NDArray[np.int64]
    tau2: Array


def log_change(before: npt.ArrayLike, before_base: npt.ArrayLike, after: npt.ArrayLike, after_base: npt.ArrayLike) -> Array:
    """log of (after + ½)/base over (before + ½)/base; counts and bases broadcast."""
    y0, n0, y1, n1 = (np.asarray(given, dtype=np.float64) for given in (before, before_base, after, after_base))
    return np.asarray(np.log((y1 + 0.5) / n1) - np.log((y0 + 0.5) / n0))


def count_variance(before: npt.ArrayLike, after: npt.ArrayLike, phi: float) -> Array:
    """Variance of ``log_change`` from the counts alone, φ·(1/(before + ½) + 1/(after + ½))."""
    y0, y1 = (np.asarray(given, dtype=np.float64) for given in (before, after))
    return np.asarray(phi / (y0 + 0.5) + phi / (y1 + 0.5))


def against_peers(own: Counts, peers: Counts, phi: float, confidence: float = 0.95) -> Against:
    """The ratio of ratios (methods §9), own counts (...,), those of J peers (..., J).

    r = log change of each kommun. relative = exp(r_own − r̄), r̄ the mean over the peers (a geometric mean of ratios).
    τ² = max(0, s² − v̄), s² the variance of the peers' r and v̄ their mean count variance. Variance v_own + τ² + (v̄ + τ²)/J,
    t with J − 1 degrees of freedom. φ is the variance of a count over its expectation, because reports come in batches.
    own: the own change alone, with v_own + τ², for what kommuner differ by from one period to the next is in it too.
    """
    r_own, r = own.change, peers.change
    v_own, v = count_variance(own.before, own.after, phi), count_variance(peers.before, peers.after, phi)
    n_peers = r.shape[-1]
    middle, mean_v = r.mean(axis=-1), v.mean(axis=-1)
    tau2 = np.maximum(r.var(axis=-1, ddof=1) - mean_v, 0.0)
    t = float(special.stdtrit(n_peers - 1, 0.5 + confidence / 2))
    of_peers = (mean_v + tau2) / n_peers
    rank = 1 + (r < r_own[..., None]).sum(axis=-1)
    return Against(
        _limits(r_own, v_own + tau2, t),
        _limits(middle, of_peers, t),
        _limits(r_own - middle, v_own + tau2 + of_peers, t),
        np.asarray(rank, dtype=np.int64),
        tau2,
    )


@dataclass(frozen=True)
class Counts:
    """Events and mean population (or reporting unit-weeks) before and after, over whole periods."""

    before: Array
    before_base: Array
    after: Array
    after_base: Array

    @property
    def change(self) -> Array:
        """``log_change``."""
        return log_change(self.before, self.before_base, self.after, self.after_base)


def alone(counts: Counts, extra: npt.ArrayLike, df: float, confidence: float = 0.95) -> tuple[Array, Array, Array]:
    """(ratio, lower, upper) of a change with nothing to compare with. extra: variance of its log beyond Poisson."""
    variance = count_variance(counts.before, counts.after, 1.0) + np.asarray(extra, dtype=np.float64)
    return _limits(counts.change, variance, float(special.stdtrit(df, 0.5 + confidence / 2)))


def of_shares(before: tuple[float, float, float], after: tuple[float, float, float]) -> tuple[float, float, float]:
    """The ratio of two survey values, each (value, lower, upper) as published; NaN limits where one has none, or is 0.

    log ratio ∓ √(own distance to the limit on that side² + the other's on the other side²): the variance is recovered from the
    published limits themselves (MOVER; Zou & Donner 2008, Stat. Med. 27:1693), which need not be symmetric.

    >>> [round(x, 2) for x in of_shares((0.20, 0.16, 0.25), (0.10, 0.07, 0.14))]
    [0.5, 0.33, 0.75]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        (p0, low0, high0), (p1, low1, high1) = np.log(before), np.log(after)
        middle = p1 - p0
        down, up = np.hypot(p1 - low1, high0 - p0), np.hypot(high1 - p1, p0 - low0)
        return float(np.exp(middle)), float(np.exp(middle - down)), float(np.exp(middle + up))


def _limits(middle: Array, variance: Array, t: float) -> tuple[Array, Array, Array]:
    margin = t * np.sqrt(variance)
    return np.exp(middle), np.exp(middle - margin), np.exp(middle + margin)
