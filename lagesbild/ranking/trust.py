"""How large the differences between problem areas are and whom to believe: learnt from where the kinds of source agree.

Only the level is used: it is the criterion every kind of source speaks of. Two kinds with independent biases share nothing but
the problem itself, so what they share is the problems' variance, and a kind that agrees with nobody has larger errors than its
declared class.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import LEVEL, Array, Signals
from lagesbild.ranking.witnesses import agreement, witnesses

#: Correlation between the errors of two sources of one kind.
SAME_KIND = 0.5
#: What happened one year reaches every source, so where several speak of an area their errors are not wholly independent.
SHARED_ERROR = 1.2
#: A pair of signals further apart than so many standard errors is a disagreement.
DISAGREE = 2.0


@dataclass(frozen=True)
class Trust:
    """scale: learnt variance of the levels, ω². inflation (S,): r_s of each source. factor (A,S): what the covariance of each
    signal is multiplied by. table: columns as ``Ranking.trust``.
    """

    scale: float
    inflation: Array
    factor: Array
    table: pd.DataFrame


def learn(signals: Signals, covariance: Array) -> Trust:
    """The learnt scale ω², each source's inflation r_s, and the factor of each signal's covariance (methods §4).

    factor = r_s · (1 + ½·(n_kind − 1)) · 1.2, n_kind the sources of one kind that speak of the area: k alike count as little
    more than one (design effect, Kish 1965); the last only where two or more sources speak. Without two kinds that share five
    areas the declared scale and classes stand.
    """
    heard = signals.available.any(axis=2)
    found = witnesses(signals, covariance[:, :, LEVEL, LEVEL])
    learnt = agreement(found, signals.prior.level**2)
    inflation = learnt.inflation[found.member]
    alike = heard.astype(np.int64) @ (found.member[:, None] == found.member[None, :])
    factor = (
        inflation * (1 + SAME_KIND * np.maximum(alike - 1, 0)) * np.where(heard.sum(axis=1) > 1, SHARED_ERROR, 1.0)[:, None]
    )
    common = found.n_common
    rows = [
        (source, int(common[w].max(initial=0)), float(inflation[s]), bool(found.checked[w]))
        for s, (source, w) in enumerate(zip(signals.sources, found.member, strict=True))
    ]
    types = {"source": "str", "n_areas": "int64", "inflation": "float64", "is_checked": "bool"}
    return Trust(learnt.scale, inflation, factor, pd.DataFrame(rows, columns=list(types)).astype(types))


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
