"""Proportions from sample surveys: effective sample size, logit limits, and linearised errors of weighted designs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from lagesbild.measures.rates import Array, Limits, quantile

#: Design effect where only a percentage and n are published: weights for non-response, households, two merged years.
DEFAULT_DEFF = 1.4
Method = Literal["logit", "mean", "asin", "beta", "likelihood"]


def kish_deff(weights: npt.ArrayLike) -> float:
    """Kish's design effect of unequal weights, n·Σw²/(Σw)² (Kish 1965); 1 for equal weights, NaN for none.

    >>> kish_deff([1, 1, 1, 3])
    1.3333333333333333
    """
    w = np.asarray(weights, dtype=np.float64)
    return float(w.size * np.sum(w**2) / np.sum(w) ** 2) if w.size and w.sum() > 0 else float("nan")


def jeffreys(share: npt.ArrayLike, n_effective: npt.ArrayLike) -> Array:
    """The proportion pulled off 0 and 1 by Jeffreys' prior, (n·p + ½)/(n + 1): it has a logit and a variance even at 0 or 1."""
    n = np.asarray(n_effective, dtype=np.float64)
    return np.asarray((n * np.asarray(share, dtype=np.float64) + 0.5) / (n + 1))


def logit_variance(share: npt.ArrayLike, n_effective: npt.ArrayLike) -> Array:
    """Variance of logit p, 1/(n_eff·p(1 − p)) with Jeffreys' p."""
    p = jeffreys(share, n_effective)
    return np.asarray(1 / (np.asarray(n_effective, dtype=np.float64) * p * (1 - p)))


def logit_limits(share: npt.ArrayLike, n_effective: npt.ArrayLike, confidence: float = 0.95) -> Limits:
    """Limits 0-1 of a survey proportion: expit(logit p ∓ z/√(n_eff·p(1 − p))), with Jeffreys' p.

    NaN without a positive n_eff. The limits always hold the published share.
    """
    p = np.asarray(share, dtype=np.float64)
    n = np.where(np.asarray(n_effective, dtype=np.float64) > 0, n_effective, np.nan)
    middle = special.logit(jeffreys(p, n))
    margin = quantile(confidence) * np.sqrt(logit_variance(p, n))
    return np.minimum(special.expit(middle - margin), p), np.maximum(special.expit(middle + margin), p)


def n_effective_from_limits(
    share: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike, confidence: float = 0.95
) -> Array:
    """The n a simple random sample would need for the published limits: p(1 − p)/se², se = (upper − lower)/(2z).

    At 0 or 1 the share itself says nothing of its variance, so the middle of the limits stands in for it. NaN where the limits
    are missing, coincide or are turned round. (Limits may be rounded to whole percent: the n is then good to some ten
    percent.)
    """
    p, low, high = (np.asarray(values, dtype=np.float64) for values in (share, lower, upper))
    width = np.where(high > low, high - low, np.nan)
    used = np.where((p > 0) & (p < 1), p, (low + high) / 2)
    return np.asarray(used * (1 - used) / (width / (2 * quantile(confidence))) ** 2)


@dataclass(frozen=True)
class DesignMean:
    """A design-weighted proportion. share 0-1, se linearised, deff against simple random sampling, df = PSUs − strata, n
    answers.
    """

    share: float
    se: float
    deff: float
    df: int
    n: int

    @property
    def n_effective(self) -> float:
        """Answers a simple random sample would need for this standard error; n where the share is 0 or 1 (no error to see)."""
        return self.share * (1 - self.share) / self.se**2 if self.se > 0 else self.n / DEFAULT_DEFF


def design_mean(
    answer: npt.ArrayLike,
    weight: npt.ArrayLike | None = None,
    stratum: npt.ArrayLike | None = None,
    cluster: npt.ArrayLike | None = None,
    population: npt.ArrayLike | None = None,
) -> DesignMean:
    """Weighted share of 1s with its linearised (Taylor) standard error for strata and clusters (Särndal et al. 1992).

    u_i = w_i(y_i − p)/Σw, summed to clusters z; var = Σ_h (1 − n_h/N_h)·n_h/(n_h − 1)·Σ(z − z̄_h)². ``population``: N_h of
    primary units for the finite population correction. A stratum with a single primary unit is measured from the mean of all
    ("adjust"), since it shows no variance of its own. deff compares with simple random sampling without replacement from Σw.

    >>> design_mean([1, 0, 0, 1]).se == (1 / 12) ** .5
    True
    """
    y = np.asarray(answer, dtype=np.float64)
    w = np.ones(y.size) if weight is None else np.asarray(weight, dtype=np.float64)
    layer = np.unique(np.zeros(y.size) if stratum is None else np.asarray(stratum), return_inverse=True)[1]
    unit = np.arange(y.size) if cluster is None else np.unique(np.asarray(cluster), return_inverse=True)[1]
    sizes = np.full(y.size, np.inf) if population is None else np.asarray(population, dtype=np.float64)
    total = w.sum()
    p = float(np.sum(w * y) / total)
    residual = w * (y - p) / total

    keys, first, psu = np.unique(np.stack([layer, unit]), axis=1, return_index=True, return_inverse=True)
    z = np.bincount(psu.ravel(), weights=residual, minlength=keys.shape[1])
    psu_layer, psu_size = layer[first], sizes[first]
    variance = 0.0
    for h in np.unique(psu_layer):
        in_h = psu_layer == h
        n_h = int(in_h.sum())
        centre = z[in_h].mean() if n_h > 1 else z.mean()
        variance += float((1 - n_h / psu_size[in_h][0]) * (n_h / max(n_h - 1, 1)) * np.sum((z[in_h] - centre) ** 2))
    n = y.size
    with np.errstate(divide="ignore", invalid="ignore"):
        left = (total - n) / total if total > n else 1.0
        simple = p * (1 - p) / max(n - 1, 1) * left
    deff = variance / simple if simple > 0 else float("nan")
    return DesignMean(p, float(np.sqrt(variance)), deff, max(int(z.size - np.unique(psu_layer).size), 1), n)


def design_limits(mean: DesignMean, confidence: float = 0.95, method: Method = "logit") -> tuple[float, float]:
    """Limits of a design-weighted proportion with t on the design's degrees of freedom; ``logit`` is what the product prints.

    logit: expit(logit p ∓ t·se/(p(1 − p))). mean: p ∓ t·se. asin: on arcsin √p. beta: Korn & Graubard (1998), Clopper–Pearson
    on n_eff·(t_{n−1}/t_df)². likelihood: binomial likelihood ratio scaled by Rao & Scott (1984). The others are for checking.
    At a share of 0 or 1 only ``logit_limits`` on an effective n has anything to say, and is given.
    """
    p, se, tail = mean.share, mean.se, 0.5 + confidence / 2
    if not 0 < p < 1 or se == 0:
        low, high = logit_limits(p, mean.n_effective, confidence)
        return float(low), float(high)
    t = float(special.stdtrit(mean.df, tail))
    if method == "logit":
        middle, margin = special.logit(p), t * se / (p * (1 - p))
        return float(special.expit(middle - margin)), float(special.expit(middle + margin))
    if method == "mean":
        return p - t * se, p + t * se
    if method == "asin":
        middle, margin = np.arcsin(np.sqrt(p)), t * se / (2 * np.sqrt(p * (1 - p)))
        return float(np.sin(middle - margin) ** 2), float(np.sin(middle + margin) ** 2)
    n = p * (1 - p) / se**2
    if method == "beta":
        n *= (float(special.stdtrit(mean.n - 1, tail)) / t) ** 2
        return float(special.betaincinv(n * p, n * (1 - p) + 1, 1 - tail)), float(
            special.betaincinv(n * p + 1, n * (1 - p), tail)
        )
    return _likelihood_limits(p, n * (mean.n - 1) / mean.n, t)


def _likelihood_limits(p: float, n: float, t: float) -> tuple[float, float]:
    """Where 2n·(KL divergence of q from p) reaches t²."""
    from scipy import optimize  # half a second that only this method would cost every command

    def excess(q: float) -> float:
        return 2 * n * float(special.rel_entr(p, q) + special.rel_entr(1 - p, 1 - q)) - t**2

    tiny = 1e-12
    return float(optimize.brentq(excess, tiny, p, xtol=1e-14)), float(optimize.brentq(excess, p, 1 - tiny, xtol=1e-14))
