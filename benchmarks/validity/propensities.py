"""How likely it is that an event is reported to the police: per kommun, area and year."""

from __future__ import annotations

import numpy as np

from benchmarks.validity import laws
from benchmarks.validity.incidence import KOMMUNER, RECENT
from benchmarks.validity.scenario import Scenario
from benchmarks.validity.terms import Array, Terms

#: Mean log propensity by bias class: the classes differ in spread, and only a little in mean.
_MIDDLE = {"A": 0.36, "B": 0.33, "C": 0.29}
#: Where the biases are larger than declared, or their tails heavy, everything is reported a little less: no event twice.
_LOWER = 0.35
MOST = 0.97
#: Part of the variance of a searched-out area's slope that comes from the police working more in some years than in others.
_JITTER = 0.3


def draw_propensities(random: np.random.Generator, scenario: Scenario, terms: Terms) -> Array:
    """(K,U,T) probability of a report. On the log scale: a national pattern, what sets each kommun apart from the others, and
    a drift over the years, with the standard deviations of the bias classes (level; level against the peers'; slope).

    For what the police search out it is the share that their effort finds, and the effort also jumps from year to year.
    """
    factor, n_years, n_kommuner = scenario.bias_factor, scenario.n_years, len(KOMMUNER)
    level, comparison, trend = (terms.spread["reported"][:, c] for c in range(3))
    n_areas = len(terms.areas)
    apart = comparison / np.sqrt(1 + 1 / (n_kommuner - 1))  # own less the mean of the peers has the declared spread
    nation = np.sqrt(level**2 - apart**2) * laws.skewed(random, (n_areas,), scenario.tail)
    local = apart * laws.camps(random, (n_kommuner, n_areas), scenario.tail)
    lower = _LOWER * (max(0.0, factor - 1) + float(scenario.tail == "heavy"))
    middle = np.log([_MIDDLE[one] for one in terms.classes]) - lower
    log = middle[:, None] + factor * (nation[:, None] + local[..., None])
    changes = factor * _changes(random, (n_kommuner, n_areas), n_years, np.where(terms.is_searched, _JITTER, 0.0), trend)
    return np.asarray(np.exp(np.minimum(log + (changes if scenario.has_drift else 0.0), np.log(MOST))))


def _changes(random: np.random.Generator, size: tuple[int, int], n_years: int, jitter: Array, trend: Array) -> Array:
    """(*size, T) log changes whose least-squares slope has the standard deviation ``trend`` (U,), mean 0 in the last years."""
    drift = laws.drifts(random, size, n_years) * (trend * np.sqrt(1 - jitter) * laws.peaked(random, size))[..., None]
    per_slope = n_years * (n_years**2 - 1) / 12  # Σ(t − t̄)²: a year's noise moves the slope by 1/√ of it
    noise = (trend * np.sqrt(jitter * per_slope))[:, None] * laws.peaked(random, (*size, n_years))
    changes = drift + noise
    return np.asarray(changes - changes[..., -RECENT:].mean(axis=-1, keepdims=True))
