"""Counts, rates and proportions with their limits, ratios to comparison kommuner, and funnel limits.

Every function is vectorised and broadcasts; an empty or impossible figure (NaN, n = 0) gives NaN, never a guess.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special

Array: TypeAlias = npt.NDArray[np.float64]
Limits: TypeAlias = tuple[Array, Array]

#: Per how many inhabitants a rate of reported offences is given.
PER_100K = 100_000.0
#: Below this count the limits are exact; from it on Byar's approximation differs by less than one in a thousand.
EXACT_BELOW = 10
#: Two-sided confidence levels of a funnel: warning and alarm.
FUNNEL_LEVELS = (0.95, 0.998)


def _array(values: npt.ArrayLike) -> Array:
    return np.asarray(values, dtype=np.float64)


def quantile(confidence: float) -> float:
    """The standard normal quantile of a two-sided level: 0.95 gives 1.96. ValueError unless 0 < confidence < 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, not {confidence}")
    return float(special.ndtri(0.5 + confidence / 2))


def byar_limits(count: npt.ArrayLike, confidence: float = 0.95) -> Limits:
    """Byar's approximate Poisson limits of a count (Breslow & Day 1987, vol. II, p. 69).

    lower = x·(1 − 1/(9x) − z/(3√x))³, upper with x + 1 and plus. A lower limit that comes out negative (tiny counts, high
    confidence) is NaN: the approximation does not hold there.
    """
    x, z = _array(count), quantile(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
        upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    return np.where(lower >= 0, lower, np.nan), np.where(x >= 0, upper, np.nan)


def exact_limits(count: npt.ArrayLike, confidence: float = 0.95) -> Limits:
    """Exact Poisson limits of a count by chi-square (Garwood 1936): χ²(α/2; 2x)/2 and χ²(1 − α/2; 2x + 2)/2.

    >>> [float(limit.round(2)) for limit in exact_limits(12)]
    [6.2, 20.96]
    """
    x, tail = _array(count), (1 - confidence) / 2
    quantile(confidence)
    x = np.where(x >= 0, x, np.nan)
    with np.errstate(invalid="ignore"):
        lower = np.where(x == 0, 0.0, special.gammaincinv(np.where(x == 0, 1.0, x), tail))
        upper = np.asarray(special.gammainccinv(x + 1, tail), dtype=np.float64)
    return np.where(np.isnan(x), np.nan, lower), upper


def count_limits(count: npt.ArrayLike, confidence: float = 0.95) -> Limits:
    """Poisson limits of a count: exact below ten, Byar from ten on. A count of 0 has the lower limit 0.

    >>> [float(limit.round(3)) for limit in count_limits(65)]
    [50.163, 82.849]
    """
    x = _array(count)
    exact, byar = exact_limits(x, confidence), byar_limits(x, confidence)
    is_small = x < EXACT_BELOW
    return np.where(is_small, exact[0], byar[0]), np.where(is_small, exact[1], byar[1])


def rate(
    count: npt.ArrayLike, denominator: npt.ArrayLike, multiplier: float = PER_100K, confidence: float = 0.95
) -> tuple[Array, Array, Array]:
    """Rate per ``multiplier`` with the Poisson limits of its count: (value, lower, upper).

    >>> [float(figure.round(1)) for figure in rate(65, 100, multiplier=100)]
    [65.0, 50.2, 82.8]
    """
    base = np.where(_array(denominator) > 0, denominator, np.nan)
    scale = multiplier / base
    lower, upper = count_limits(count, confidence)
    return _array(count) * scale, lower * scale, upper * scale


def wilson(numerator: npt.ArrayLike, n: npt.ArrayLike, confidence: float = 0.95) -> Limits:
    """Wilson limits (1927) of a proportion 0-1; n may be an effective number, hence fractional.

    (2x + z² ∓ z·√(z² + 4x(1 − x/n))) / (2(n + z²))

    >>> [float(limit.round(4)) for limit in wilson(65, 100)]
    [0.5525, 0.7364]
    """
    x, z = _array(numerator), quantile(confidence)
    base = np.where(_array(n) > 0, n, np.nan)
    with np.errstate(invalid="ignore"):
        spread = z * np.sqrt(z**2 + 4 * x * (1 - x / base))
    middle, scale = 2 * x + z**2, 2 * (base + z**2)
    return np.maximum((middle - spread) / scale, 0.0), np.minimum((middle + spread) / scale, 1.0)


def rate_ratio(
    own_count: npt.ArrayLike,
    own_base: npt.ArrayLike,
    peer_count: npt.ArrayLike,
    peer_base: npt.ArrayLike,
    *,
    dispersion: npt.ArrayLike = 1.0,
    between_variance: npt.ArrayLike = 0.0,
    n_peers: npt.ArrayLike = 1,
    confidence: float = 0.95,
) -> tuple[Array, Array, Array, Array]:
    """How many times the peers' pooled rate the own rate is: (ratio, lower, upper, standard error of its logarithm).

    log((O + ½)/(E + ½)), E = own base · peers' pooled rate; variance φ/(O + ½) + φ/(O_peers + ½) + τ²/J: the own count's and
    the peers' Poisson error widened by ``dispersion`` φ, and the chance in which J kommuner are the peers, with
    ``between_variance`` τ² on the log scale (``overdispersion.spiegelhalter``). The limits are ratio·exp(∓z·se).

    >>> [float(figure.round(2)) for figure in rate_ratio(150, 10_000, 1_000, 100_000)]
    [1.5, 1.26, 1.78, 0.09]
    """
    own, peers = _array(own_count), _array(peer_count)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = _array(own_base) * peers / np.where(_array(peer_base) > 0, peer_base, np.nan)
        log_ratio = np.log((own + 0.5) / (expected + 0.5))
        phi = _array(dispersion)
        variance = phi / (own + 0.5) + phi / (peers + 0.5) + _array(between_variance) / _array(n_peers)
    se = np.sqrt(variance)
    z = quantile(confidence)
    return np.exp(log_ratio), np.exp(log_ratio - z * se), np.exp(log_ratio + z * se), se


def funnel_limits(target: float, n: npt.ArrayLike, confidence: float = 0.95) -> Limits:
    """Control limits of a proportion 0-1 around ``target`` at base n: p̄ ∓ z·√(p̄(1 − p̄)/n), clipped to 0-1 (Spiegelhalter
    2005).
    """
    margin = quantile(confidence) * np.sqrt(target * (1 - target) / _array(n))
    return np.clip(target - margin, 0, 1), np.clip(target + margin, 0, 1)


def predictive_funnel_limits(
    target: npt.ArrayLike, expected: npt.ArrayLike, between_variance: npt.ArrayLike, confidence: float = 0.95
) -> Limits:
    """Where a new kommun's rate is expected to lie: target·exp(∓z·√(1/E + τ²)), E its expected count at the target rate.

    With τ² = 0 this is the ordinary funnel; τ² > 0 lets kommuner differ by more than chance, as they do (Spiegelhalter 2005,
    §5.3).
    """
    with np.errstate(divide="ignore"):
        margin = quantile(confidence) * np.sqrt(1 / _array(expected) + _array(between_variance))
    return _array(target) * np.exp(-margin), _array(target) * np.exp(margin)


def funnel_class(
    numerator: npt.ArrayLike, n: npt.ArrayLike, target: float | None = None, levels: tuple[float, float] = FUNNEL_LEVELS
) -> npt.NDArray[np.int64]:
    """Where each proportion lies in the funnel: 0 inside, ±1 outside the first level, ±2 outside the second; sign + is above.

    ``target`` is the pooled proportion unless given.
    """
    x, base = _array(numerator), _array(n)
    middle = float(x.sum() / base.sum()) if target is None else target
    share = x / base
    outside = np.zeros(share.shape, dtype=np.int64)
    for level in levels:
        lower, upper = funnel_limits(middle, base, level)
        outside = outside + (share > upper) - (share < lower)
    return outside
