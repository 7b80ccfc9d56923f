"""Stochastic multicriteria acceptability analysis: which values put which area first.

Lahdelma and Salminen, "SMAA-2: Stochastic multicriteria acceptability analysis for group decision making", Operations Research
49 (2001). Every draw pairs one set of weights with one set of values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lagesbild.ranking.draws import beats, ranks
from lagesbild.ranking.signal_set import Array


@dataclass(frozen=True)
class Acceptability:
    """Shares over D draws of weights and values, A areas and C criteria.

    rank_acceptability (A,A): share of draws in which the row's area has the column's rank. central_weights (A,C): mean weights
    of the draws that put the area first (NaN where none does). confidence (A,): share of the draws in which the area comes
    first with its central weights. pairwise (A,A): share in which the row stands before the column. expected_rank (A,).
    """

    rank_acceptability: Array
    central_weights: Array
    confidence: Array
    pairwise: Array
    expected_rank: Array


def smaa(values: Array, weights: Array) -> Acceptability:
    """Acceptability from values (A,D,C) and weights (D,C)."""
    n_areas = len(values)
    wins = beats((values * weights).sum(axis=2))
    rank = ranks(wins)
    places = np.arange(1, n_areas + 1)
    first = rank == 1
    times_first = first.sum(axis=1)
    with np.errstate(invalid="ignore"):
        central = (first.astype(np.float64) @ weights) / times_first[:, None]
    confidence = np.full(n_areas, np.nan)
    for area in np.flatnonzero(times_first):
        chosen = values @ central[area]
        confidence[area] = float((chosen[area] >= np.max(chosen, axis=0)).mean())
    return Acceptability(
        rank_acceptability=(rank[:, None, :] == places[None, :, None]).mean(axis=2),
        central_weights=central,
        confidence=confidence,
        pairwise=wins.mean(axis=2),
        expected_rank=rank.mean(axis=1),
    )
