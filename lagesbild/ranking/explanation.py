"""Why an area stands where it stands: points per criterion and source that add up to its score exactly."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.ranking.fusion import Posterior
from lagesbild.ranking.result import CRITERIA, EVIDENCE
from lagesbild.ranking.signal_set import Array
from lagesbild.ranking.value import SEVERITY, slopes

#: The source names of the points that a severity table gives, and of what all sources say of the kommun's areas together.
SEVERITY_SOURCE, SHARED_SOURCE = "allvarsgrad", "hela_kommunen"
#: Fewer points are rounding.
_NONE = 1e-9
GOOD, SOME = 0.7, 0.4


def points(posterior: Posterior, weights: Array) -> Array:
    """(A,S+1,3): w_c·k_{a,c}·g_{a,s,c}, last what the areas share; the sum is the score − 50 (methods §7)."""
    scale = weights[: len(CRITERIA)] * slopes(posterior.theta)
    parts = np.concatenate([posterior.parts, posterior.shared[:, None, :]], axis=1)
    return np.asarray(parts * scale[:, None, :])


def explanation(posterior: Posterior, weights: Array, severity: Array | None = None) -> pd.DataFrame:
    """problem_area, criterion, source, points, in taxonomy order; the points of an area sum to its score − 50.

    A source can have points in a criterion it does not measure itself: its errors are shared between the criteria, so what it
    says of one corrects what it says of another. What the kommun's areas have in common against the peers, and what makes the
    levels sum to zero, belongs to no single source and stands as "hela_kommunen".
    """
    signals = posterior.signals
    worth = points(posterior, weights)
    own, names = worth[:, :-1], (*signals.sources, SHARED_SOURCE)
    heard = signals.available | ((own != 0) & signals.available.any(axis=2, keepdims=True))
    present = np.concatenate([heard, np.abs(worth[:, -1:]) > _NONE], axis=1)
    found = [
        (signals.areas[a], CRITERIA[c], names[s], float(worth[a, s, c]))
        for a in range(len(signals.areas))
        for c in range(len(CRITERIA))
        for s in range(len(names))
        if present[a, s, c]
    ]
    if severity is not None:
        extra = weights[-1] * (severity - 50)
        found += [(area, SEVERITY, SEVERITY_SOURCE, float(extra[a])) for a, area in enumerate(signals.areas)]
        found.sort(key=lambda row: signals.areas.index(row[0]))
    frame = pd.DataFrame(found, columns=["problem_area", "criterion", "source", "points"])
    return frame.astype({"problem_area": "str", "criterion": "str", "source": "str", "points": "float64"})


def grade(share: float) -> str:
    """The evidence grade of a weighted share of prior variance removed: god from .7, viss from .4, else svag.

    >>> grade(.7), grade(.5), grade(.39)
    ('god', 'viss', 'svag')
    """
    return EVIDENCE[0] if share >= GOOD else EVIDENCE[1] if share >= SOME else EVIDENCE[2]
