"""Next year's count per kommun: own history, the newest weighing most, drawn towards the peers, times their common movement.

A credibility forecast (Bühlmann and Straub 1970; with weights that fade, Gerber and Jones 1975): the share of the common rate
that a kommun has is estimated from its earlier shares by best linear prediction, and the count around it is negative
binomial, the mixture of Poisson counts over a gamma distributed rate (methods §10).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from lagesbild.measures.rates import Array

YEAR = 12
#: A history longer than this says nothing more of next year, and the level long ago would pull the forecast back.
LONGEST = 5
#: Part of next year's counts that shall lie inside the limits.
INSIDE = 0.8
#: A share of the common rate is never taken for smaller.
_FLOOR = 0.05
_ROUNDS = 3
_COMMON_LEVEL = 10.0


@dataclass(frozen=True)
class Model:
    """How counts vary; every figure is a constant of the taxonomy (``forecast_...``).

    cluster: variance of a count over its expectation, for reports come in batches. Variances of a kommun's share of the common
    rate: between (that lasts), drift (that fades by ``memory`` a month), season (of its own), month (of one month alone).
    Standard deviations of the log of the common rate: common_season, common_step (a year), common_month. growth: the part of
    the common growth that goes on where it is known from many months; ``growth_months`` halve it. recency: what a month's
    growth weighs against the next month's. clip: a period counts as at most so many standard deviations from the level.
    """

    cluster: float
    between: float
    drift: float
    memory: float
    season: float
    month: float
    common_season: float
    common_step: float
    common_month: float
    growth: float
    growth_months: float
    recency: float
    clip: float

    @classmethod
    def of(cls, constant: Callable[[str], float]) -> Model:
        """The model with the constants of the taxonomy: ``Model.of(taxonomy.constant)``."""
        return cls(**{name: constant(f"forecast_{name}") for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class History:
    """Counts of one line, (K kommuner, P periods), NaN where unknown; mean population (K, P).

    start: (P,) each period's first month, a January being a multiple of 12; length: (P,) its months, 1 or 12. Periods do not
    overlap.
    """

    counts: Array
    population: Array
    start: npt.NDArray[np.int64]
    length: npt.NDArray[np.int64]

    def where(self, kept: npt.NDArray[np.bool_]) -> History:
        """Only the periods (P,) that are kept."""
        return History(self.counts[:, kept], self.population[:, kept], self.start[kept], self.length[kept])

    def before(self, month: int) -> History:
        """Only what ends before a month begins."""
        return self.where(self.start + self.length <= month)


@dataclass(frozen=True)
class Forecast:
    """Expected count and variance, (K,); NaN for a kommun without any known period."""

    expected: Array
    variance: Array


def years_of(counts: npt.ArrayLike, population: npt.ArrayLike, first: int = 0) -> History:
    """A history of whole years on end, (K, T) each, from the year ``first``."""
    y, n = np.asarray(counts, dtype=np.float64), np.asarray(population, dtype=np.float64)
    start = YEAR * (first + np.arange(y.shape[1]))
    return History(y, n, start, np.full(start.shape, YEAR))


def forecast(history: History, population: npt.ArrayLike, first: int, model: Model, n_months: int = YEAR) -> Forecast:
    """The count of the ``n_months`` from month ``first`` on, for each kommun's mean ``population`` (K,) then.

    Rate of kommun k in period p: c_p·u_kp, c the common rate. log ĉ: best linear prediction from the pooled rates with the
    covariance of level, drift, season and month, plus the pooled noise of the kommuner themselves (many peers: the pooled rates
    as they are; one kommun alone: almost its mean). u: best linear prediction from x = y/(N·ĉ) about 1 with covariance
    between + drift·memory^lag + season + month, plus cluster·u/E, E = N·ĉ; x is first cut at ``clip`` standard deviations
    about û, so that a spike is not history. μ = N·Σĉ·û; variance cluster·μ + μ²·(variance of log ĉ + of û/û²).
    """
    known = np.isfinite(history.counts) & (history.population > 0)
    is_used = known.any(axis=0)
    if not is_used.any():
        nothing = np.full(history.counts.shape[0], np.nan)
        return Forecast(nothing, nothing.copy())
    y, n, known = history.counts[:, is_used], history.population[:, is_used], known[:, is_used]
    months = _Months.of(history.start[is_used], history.length[is_used], first, n_months)
    common, ahead, common_variance = _common(np.where(known, y, 0.0), np.where(known, n, 0.0), months, model)
    base = n * common * months.length / YEAR
    share, share_variance = _shares(y, base, known, months, model)
    expected = np.asarray(population, dtype=np.float64) * ahead * n_months / YEAR * share
    variance = model.cluster * expected + expected**2 * (common_variance + share_variance / share**2)
    is_seen = known.any(axis=1)
    return Forecast(np.where(is_seen, expected, np.nan), np.where(is_seen, variance, np.nan))


def limits(expected: npt.ArrayLike, variance: npt.ArrayLike, inside: float = INSIDE) -> tuple[Array, Array]:
    """Whole counts between which a negative binomial of that mean and variance lies with probability ``inside``.

    Mid-P: a count is inside as long as what lies beyond it and half of its own probability make up the tail or more; so small
    counts are covered as often as large ones. Poisson where the variance is not above the mean.

    >>> lower, upper = limits([100.0, 100.0, 3.0], [100.0, 500.0, 3.0])
    >>> lower.tolist(), upper.tolist()
    ([88.0, 73.0, 1.0], [112.0, 129.0, 5.0])
    """
    mean, spread = np.broadcast_arrays(np.asarray(expected, dtype=np.float64), np.asarray(variance, dtype=np.float64))
    spread = np.maximum(spread, mean * (1 + 1e-9))
    size = mean**2 / np.maximum(spread - mean, 1e-12)
    law = stats.nbinom(size, size / (size + mean))
    tail = (1 - inside) / 2
    edges = []
    for p in (tail, 1 - tail):
        edge = law.ppf(p)
        half = law.cdf(edge) - law.pmf(edge) / 2
        edges.append(np.where(half < p, edge + 1, edge) if p < 0.5 else np.where(half < p, edge, edge - 1))
    return np.asarray(np.maximum(edges[0], 0.0)), np.asarray(np.maximum(edges[1], edges[0]))


@dataclass(frozen=True)
class _Months:
    """The months that periods are means over. mean: (P, M) weights that sum to 1 in each row; ahead: (M,) of the forecast."""

    at: npt.NDArray[np.int64]
    mean: Array
    ahead: Array
    length: Array

    @classmethod
    def of(cls, start: npt.NDArray[np.int64], length: npt.NDArray[np.int64], first: int, n_months: int) -> _Months:
        at = np.arange(int(start.min()), first + n_months)
        mean = ((at >= start[:, None]) & (at < (start + length)[:, None])) / length[:, None]
        return cls(at, mean, ((at >= first) & (at < first + n_months)) / n_months, length.astype(np.float64))

    def covariance(self, kernel: Array) -> tuple[Array, Array, float]:
        """(P, P) among the periods, (P,) with the months ahead, and the variance of those, from one among months (M, M)."""
        with_ahead = kernel @ self.ahead
        return self.mean @ kernel @ self.mean.T, self.mean @ with_ahead, float(self.ahead @ with_ahead)

    def own_kernel(self, model: Model) -> Array:
        """Covariance of a kommun's share between months, without what lasts."""
        lag = np.abs(np.subtract.outer(self.at, self.at))
        return np.asarray(model.drift * model.memory**lag + model.season * (lag % YEAR == 0) + model.month * (lag == 0))

    def common_kernel(self, model: Model) -> Array:
        """Covariance of the log of the common rate between months; its level is free."""
        lag = np.abs(np.subtract.outer(self.at, self.at))
        since = self.at - self.at[0]
        return np.asarray(
            _COMMON_LEVEL
            + model.common_season**2 * (lag % YEAR == 0)
            + model.common_step**2 * np.minimum.outer(since, since) / YEAR
            + model.common_month**2 * (lag == 0)
        )


def _common(y: Array, n: Array, months: _Months, model: Model) -> tuple[Array, float, float]:
    """The common yearly rate of each period (P,), of the months ahead, and the variance of that one's log."""
    level = np.ones(y.shape[0])
    exposure = n * months.length / YEAR
    for i in range(_ROUNDS):  # a kommun that lacks some periods must not move the common rate when it comes or goes
        rate = np.maximum(y.sum(axis=0), 0.5) / (exposure * level[:, None]).sum(axis=0)
        if i < _ROUNDS - 1:
            level = np.maximum(y.sum(axis=1), 0.5) / np.maximum((exposure * rate).sum(axis=1), 1e-9)
            level = np.where(n.sum(axis=1) > 0, level, 1.0)
            level = level * exposure.sum() / (exposure.sum(axis=1) * level).sum()
    kernel = months.common_kernel(model)
    among, with_ahead, ahead_alone = months.covariance(kernel)
    own = months.covariance(months.own_kernel(model))[0]
    noise = own / (n > 0).sum(axis=0).mean() + np.diag(model.cluster / np.maximum(y.sum(axis=0), 1.0))
    gain = np.linalg.solve(among + noise, months.mean @ kernel)
    middle = float(np.mean(np.log(rate)))
    path = middle + (np.log(rate) - middle) @ gain
    variance = max(ahead_alone - float(with_ahead @ gain @ months.ahead), 0.0)
    ahead = _like_last_year(path, months) * np.exp(model.growth * _growth(path, months, model))
    return np.exp(path) @ months.mean.T, float(ahead), variance


def _like_last_year(path: Array, months: _Months) -> float:
    """The mean rate of the same months a year before those ahead; of the last there are where that is too long ago."""
    at = np.flatnonzero(months.ahead > 0)
    return float(np.exp(path[np.maximum(at - YEAR, 0)]).mean())


def _growth(path: Array, months: _Months, model: Model) -> float:
    """Log growth of the common rate over a year, the last known months weighing most; 0 with less than a year to compare."""
    known = np.flatnonzero(months.mean.any(axis=0))
    last = np.arange(known[-1], max(known[-1] - YEAR, YEAR - 1), -1)
    if last.size == 0:
        return 0.0
    weights = model.recency ** np.arange(last.size)
    growth = weights @ (path[last] - path[last - YEAR]) / weights.sum()
    return float(growth * last.size / (last.size + model.growth_months))


def _shares(y: Array, base: Array, known: npt.NDArray[np.bool_], months: _Months, model: Model) -> tuple[Array, Array]:
    """Each kommun's share of the common rate in the months ahead, (K,), and the variance of its error."""
    among, with_ahead, ahead_alone = months.covariance(months.own_kernel(model) + model.between)
    usual = np.diagonal(among) - model.between
    safe = np.where(known, base, 1.0)
    x = np.where(known, y / safe, 1.0)
    share = np.ones(y.shape[0])
    variance = np.zeros(y.shape[0])
    used = x
    for round_ in range(_ROUNDS + 1):
        # An unknown period has no weight: its error is without bounds.
        noise = np.where(known, model.cluster * np.maximum(share, 0.3)[:, None] / safe, 1e9)
        weights = np.linalg.solve(among + noise[:, :, None] * np.eye(x.shape[1]), with_ahead[None, :, None])[:, :, 0]
        share = np.maximum(1 + (weights * (used - 1)).sum(axis=1), _FLOOR)
        variance = ahead_alone - weights @ with_ahead
        if round_ < _ROUNDS:
            margin = model.clip * np.sqrt(np.where(known, noise, 0.0) + usual)
            used = np.clip(x, share[:, None] - margin, share[:, None] + margin)
    return share, np.maximum(variance, 0.0)
