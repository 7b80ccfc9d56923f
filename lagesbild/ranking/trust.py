"""How large the differences between problem areas are and whom to believe: learnt from where the sources agree.

Only the level is used: it is the criterion every kind of source speaks of. Two sources with independent biases share nothing
but the problem itself, so their covariance over areas is the problems' variance, and a source that agrees with nobody has
larger errors than its declared class.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import LEVEL, Array, Signals

#: Prior standard deviations of θ (level, comparison, trend per year), on the log scale. The level's is learnt towards 1.
PRIOR_SD = (1.0, 0.5, 0.08)
#: Two sources are compared when they share at least so many areas.
MIN_COMMON = 5
#: Weight of the declared scale and of the declared classes, counted in areas.
SCALE_WEIGHT = 6
TRUST_WEIGHT = 4
#: Inflation of a source that is negatively correlated with every other.
REVERSED = 5.0
#: A pair of signals further apart than so many standard errors is a disagreement.
DISAGREE = 2.0


@dataclass(frozen=True)
class Trust:
    """omega (3,): prior standard deviations with the learnt level. inflation (S,): r_s. table: columns as ``Ranking.trust``."""

    omega: Array
    inflation: Array
    table: pd.DataFrame


def learn(signals: Signals, covariance: Array) -> Trust:
    """The learnt scale ω and each source's inflation r_s (methods §4).

    ω² = (6 + n·c) / (6 + n), c = median over pairs of sources of the covariance of their levels (never below 0), n = median
    number of common areas. r_s = max(1, (4 + n·min Q) / (4 + n)), Q = mean of (z_s − z_s')² / (K_s + K_s') with both centred
    over their common areas; times 5 where a source is negatively correlated with every other. Without a pair that shares five
    areas, the declared scale and classes stand.
    """
    level = np.where(signals.available[:, :, LEVEL], signals.z[:, :, LEVEL], np.nan)
    variance = covariance[:, :, LEVEL, LEVEL]
    n_sources = len(signals.sources)
    shared: list[tuple[int, float]] = []
    distance = np.full((n_sources, n_sources), np.nan)
    n_common = np.zeros((n_sources, n_sources), dtype=np.int64)
    correlation = np.full((n_sources, n_sources), np.nan)
    for s, t in combinations(range(n_sources), 2):
        common = ~np.isnan(level[:, s]) & ~np.isnan(level[:, t])
        n = int(common.sum())
        n_common[s, t] = n_common[t, s] = n
        if n < MIN_COMMON:
            continue
        one, other = (level[common, i] - level[common, i].mean() for i in (s, t))
        shared.append((n, float(one @ other) / (n - 1)))
        q = float(np.mean((one - other) ** 2 / (variance[common, s] + variance[common, t])))
        distance[s, t] = distance[t, s] = q
        spread = float(np.sqrt((one @ one) * (other @ other)))
        correlation[s, t] = correlation[t, s] = float(one @ other) / spread if spread > 0 else 0.0
    omega = np.array(PRIOR_SD)
    if shared:
        n_median = float(np.median([n for n, _ in shared]))
        common_variance = max(0.0, float(np.median([c for _, c in shared])))
        omega[LEVEL] = np.sqrt((SCALE_WEIGHT * PRIOR_SD[LEVEL] ** 2 + n_median * common_variance) / (SCALE_WEIGHT + n_median))
    inflation, rows = np.ones(n_sources), []
    for s, source in enumerate(signals.sources):
        is_checked = bool((~np.isnan(distance[s])).any())
        partner, n = "", int((~np.isnan(level[:, s])).sum())
        if is_checked:
            best = int(np.nanargmin(distance[s]))
            partner, n = signals.sources[best], int(n_common[s, best])
            inflation[s] = max(1.0, (TRUST_WEIGHT + n * distance[s, best]) / (TRUST_WEIGHT + n))
            if np.nanmax(correlation[s]) < 0:
                inflation[s] *= REVERSED
        rows.append((source, n, float(inflation[s]), is_checked, partner))
    types = {"source": "str", "n_areas": "int64", "inflation": "float64", "is_checked": "bool", "partner": "str"}
    return Trust(omega, inflation, pd.DataFrame(rows, columns=list(types)).astype(types))


def disagreements(signals: Signals, centred: Array, covariance: Array) -> pd.DataFrame:
    """Pairs of sources that tell different stories: |z_s − z_s'| / √(K_s + K_s') > 2, columns as ``Ranking.disagreements``.

    centred: z with the sources' intercepts removed. covariance: K with each source's inflation.
    """
    variance = np.einsum("ascc->asc", covariance)
    found = []
    for s, t in combinations(range(len(signals.sources)), 2):
        both = signals.available[:, s] & signals.available[:, t]
        gap = np.where(both, centred[:, s] - centred[:, t], 0.0)
        spread = np.sqrt(np.where(both, variance[:, s] + variance[:, t], 1.0))
        far = np.abs(gap) / spread
        found += [
            (a, c, signals.areas[a], CRITERIA[c], signals.sources[s], signals.sources[t],
             float(centred[a, s, c]), float(centred[a, t, c]), float(far[a, c]))
            for a, c in np.argwhere(far > DISAGREE)
        ]  # fmt: skip
    found.sort(key=lambda row: row[:2])
    texts, numbers = ("problem_area", "criterion", "source_a", "source_b"), ("z_a", "z_b", "distance")
    types = dict.fromkeys(texts, "str") | dict.fromkeys(numbers, "float64")
    return pd.DataFrame([row[2:] for row in found], columns=list(types)).astype(types)
