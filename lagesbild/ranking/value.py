"""From what the sources show to what the partnership values: fixed goalposts, declared weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import ndtr

from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import Array

#: θ at which a value is 84 of 100: three times as large as an average problem, 1.6 times the peers, +16 % a year.
KAPPA = np.array([1.0, 0.5, 0.15])
#: The optional fourth criterion.
SEVERITY = "allvar"


def values(theta: Array) -> Array:
    """v = 100·Φ(θ/κ), 0-100, of θ (..., 3); 50 = an average problem / as the peers / unchanged.

    >>> values(np.zeros(3))
    array([50., 50., 50.])
    """
    return np.asarray(100 * ndtr(theta / KAPPA))


def slopes(theta: Array) -> Array:
    """k = (v − 50)/θ, so that points are additive; its limit 100·φ(0)/κ where θ is 0."""
    limit = 100 / np.sqrt(2 * np.pi) / KAPPA
    is_zero = np.abs(theta) < 1e-9
    return np.where(is_zero, limit, (values(theta) - 50) / np.where(is_zero, 1.0, theta))


def severity_values(severity: Mapping[str, float] | None, areas: Sequence[str]) -> Array | None:
    """v = 100·(log h − log h_min)/(log h_max − log h_min) of each area's harm h > 0; 50 where h is not given or all are alike.

    h_min and h_max are those of the whole table, not of the areas ranked here: an area that comes or goes must not move the
    others. None without a severity table: the criterion is then no part of the score.
    """
    if severity is None:
        return None
    if any(h <= 0 for h in severity.values()):
        raise ValueError("severity must be above 0")
    low, high = (np.log([min(severity.values()), max(severity.values())])) if severity else (0.0, 0.0)
    if high <= low:
        return np.full(len(areas), 50.0)
    known = np.log(np.array([severity.get(area, np.nan) for area in areas], dtype=np.float64))
    return np.where(np.isnan(known), 50.0, 100 * (known - low) / (high - low))


def weight_vector(weights: Mapping[str, float], *, with_severity: bool = False) -> Array:
    """Weights in the order of the criteria (and severity last), as they are; raises ValueError unless they sum to 1."""
    names = (*CRITERIA, SEVERITY) if with_severity else CRITERIA
    vector = np.array([float(weights.get(name, 0.0)) for name in names])
    unknown = set(weights) - set(names)
    if unknown:
        raise ValueError(f"no such criterion: {', '.join(sorted(unknown))}")
    if (vector < 0).any() or abs(vector.sum() - 1) > 1e-9:
        raise ValueError(f"weights must be at least 0 and sum to 1, got {dict(weights)}")
    return vector


def scores(value: Array, weights: Array, severity: Array | None = None) -> Array:
    """S = Σ_c w_c·v_c over the last axis of ``value`` (..., A, 3), with severity (A,) as a fourth criterion where given."""
    total = value @ weights[: len(CRITERIA)]
    return np.asarray(total if severity is None else total + weights[-1] * severity)
