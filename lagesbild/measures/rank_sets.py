"""Confidence sets for ranks from raw counts alone: what can be said about the order without any model or judgement.

Mogstad, Romano, Shaikh and Wilhelm, "Inference for ranks with applications to mobility across neighbourhoods and academic
achievement across countries", Review of Economic Studies 91 (2024); for counts: Bazylik et al., "Finite- and large-sample
inference for ranks using multinomial data" (2021). The R package ``csranks`` is the reference implementation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import bdtrc

Kind = Literal["two-sided", "lower", "upper"]
Correction = Literal["Holm", "Bonferroni"]


@dataclass(frozen=True)
class RankSets:
    """lower[i] <= rank of i <= upper[i] with the stated coverage; rank is the observed one (ties share the best), 1 =
    largest.
    """

    lower: NDArray[np.int64]
    rank: NDArray[np.int64]
    upper: NDArray[np.int64]


def reject(p_values: NDArray[np.float64], level: float, correction: Correction = "Holm") -> NDArray[np.bool_]:
    """Which hypotheses fall when the chance of any false rejection is held at ``level``.

    >>> reject(np.array([1e-5, .017, .02, .1]), .05)
    array([ True, False, False, False])
    """
    m = p_values.size
    if correction == "Bonferroni":
        return np.asarray(p_values <= level / m)
    order = np.argsort(p_values, kind="stable")
    passes = p_values[order] <= level / (m - np.arange(m))
    rejected = np.zeros(m, dtype=bool)
    rejected[order] = np.logical_and.accumulate(passes)
    return rejected


def rank_sets(
    counts: Sequence[int] | NDArray[np.int64],
    coverage: float = 0.95,
    kind: Kind = "two-sided",
    correction: Correction = "Holm",
    *,
    simultaneous: bool = True,
) -> RankSets:
    """Confidence sets for the ranks of categories with these whole counts.

    For every ordered pair the exact binomial test of "k is no more frequent than j": P(X >= x_k), X ~ Bin(x_j + x_k, 1/2). A
    rank starts at 1 + the number of categories shown to be larger and ends at n - the number shown to be smaller.
    simultaneous: all ranks are covered jointly; otherwise each one by itself.

    >>> rank_sets([300, 100, 90]).upper.tolist()
    [1, 3, 3]
    """
    x = np.asarray(counts, dtype=np.int64)
    n = x.size
    observed = 1 + (x[None, :] > x[:, None]).sum(axis=1)
    if n < 2:
        return RankSets(observed.copy(), observed, observed.copy())
    # p_larger[j, k]: evidence that k is larger than j. p_smaller is its transpose.
    p_larger = np.asarray(bdtrc(x[None, :] - 1.0, x[:, None] + x[None, :], 0.5), dtype=np.float64)
    larger = np.zeros((n, n), dtype=bool)
    smaller = np.zeros((n, n), dtype=bool)
    off = ~np.eye(n, dtype=bool)
    level = 1 - coverage
    if simultaneous:
        larger[off] = reject(p_larger[off], level, correction)
        smaller = larger.T
    else:
        for j in range(n):
            above, below = p_larger[j, off[j]], p_larger[off[j], j]
            if kind == "two-sided":
                both = reject(np.concatenate([above, below]), level, correction)
                larger[j, off[j]], smaller[j, off[j]] = both[: n - 1], both[n - 1 :]
            else:
                larger[j, off[j]] = reject(above, level, correction)
                smaller[j, off[j]] = reject(below, level, correction)
    lower = 1 + larger.sum(axis=1) if kind != "upper" else np.ones(n, dtype=np.int64)
    upper = n - smaller.sum(axis=1) if kind != "lower" else np.full(n, n, dtype=np.int64)
    return RankSets(lower.astype(np.int64), observed.astype(np.int64), upper.astype(np.int64))


def count_ranks(counts: pd.Series, dispersion: pd.Series, coverage: float = 0.95) -> pd.DataFrame:
    """problem_area, count, lower, upper: the rank set of each problem area from its counts ÷ φ (index: problem_area)."""
    effective = (counts / dispersion.reindex(counts.index)).round().to_numpy(dtype=np.int64)
    sets = rank_sets(effective, coverage)
    return pd.DataFrame(
        {
            "problem_area": counts.index.astype("str"),
            "count": counts.to_numpy(dtype=np.float64),
            "lower": sets.lower,
            "upper": sets.upper,
        }
    )
