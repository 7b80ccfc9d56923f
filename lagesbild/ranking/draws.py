"""Draws of θ and what they say of the order: intervals, P(top k), pairs, tiers.

Each problem area and each source has its own random numbers, by its place in the taxonomy: who else is ranked, and in which
order rows or files came, never changes an area's draws; and every sensitivity view meets the same numbers, so that views
differ only by what they change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

from lagesbild.ranking.fusion import Posterior
from lagesbild.ranking.result import CRITERIA, TIERS
from lagesbild.ranking.signal_set import COMPARISON, LEVEL, TREND, Array, Mask

PRIORITY, CONSIDER = 0.8, 0.2
#: A pair whose P(one before the other) lies between 1 - CLEAR and CLEAR cannot be told apart.
CLEAR = 0.9
COVERAGE = 0.8


def is_unsettled(before: float) -> bool:
    """Whether a pair with this P(one before the other) cannot be told apart (methods §6).

    >>> is_unsettled(.5), is_unsettled(.9), is_unsettled(.1)
    (True, False, False)
    """
    return not (before >= CLEAR or 1 - before >= CLEAR)


@dataclass(frozen=True)
class Noise:
    """Standard normals: of each taxonomy line (L,3,D), of each source's level and trend intercept (Q,2,D), of what the kommun's
    comparisons have in common (D,), and of the sum of the levels that nobody measures and nobody draws (D,)."""

    lines: Array
    sources: Array
    common: Array
    rest: Array


@dataclass(frozen=True)
class Draws:
    """theta (A,D,3) of the areas; rivals (U,D,3) of the unmeasured areas, from the prior alone."""

    theta: Array
    rivals: Array


def noise(n_lines: int, n_sources: int, draws: int, seed: int) -> Noise:
    """The run's random numbers, from PCG64(seed)."""
    generator = Generator(PCG64(seed))
    return Noise(
        generator.standard_normal((n_lines, len(CRITERIA), draws)),
        generator.standard_normal((n_sources, 2, draws)),
        generator.standard_normal(draws),
        generator.standard_normal(draws),
    )


def draw(posterior: Posterior, random: Noise) -> Draws:
    """Draws of θ = θ̂ + L_V·ε − G·(β − β̂), β the intercepts and m, then the sum of all levels brought to zero (conditioning by
    Matheron's rule). The unmeasured areas are drawn from the prior, with the kommun's m.
    """
    signals = posterior.signals
    root = np.linalg.cholesky(posterior.conditional)
    deviation = root @ random.lines[list(signals.positions)]
    kinds = {LEVEL: 0, TREND: 1}
    eta = [random.sources[signals.source_positions[s], kinds[c]] for s, c in posterior.intercepts]
    beta = posterior.unknowns_root @ np.stack([*eta, random.common])
    deviation -= posterior.gain @ beta
    prior = posterior.prior
    rivals = np.linalg.cholesky(prior) @ random.lines[list(signals.unmeasured)]
    rivals[:, COMPARISON] += posterior.unknowns[-1] + beta[-1]
    has_level = signals.available[:, :, LEVEL].any(axis=1)
    if has_level.any():
        imbalance = deviation[has_level, LEVEL].sum(axis=0) + rivals[:, LEVEL].sum(axis=0)
        n_rest = max(signals.n_universe - int(has_level.sum()) - len(rivals), 0)
        imbalance += np.sqrt(n_rest * prior[LEVEL, LEVEL]) * random.rest
        deviation -= posterior.level_link[:, :, None] * imbalance
        link = prior[:, LEVEL] / posterior.level_variance
        rivals -= link[None, :, None] * (imbalance + posterior.level_excess)
    deviation += posterior.theta[:, :, None]
    return Draws(deviation.transpose(0, 2, 1), rivals.transpose(0, 2, 1))


def beats(scores: Array) -> Mask:
    """(A,A,D): in which draws the row's score (A,D) stands before the column's; ties go to the earlier row."""
    rows, columns = scores[:, None, :], scores[None, :, :]
    before = rows > columns
    earlier = np.triu(np.ones((len(scores), len(scores)), dtype=bool), 1)
    return np.asarray(before | ((rows == columns) & earlier[:, :, None]))


def ranks(wins: Mask) -> NDArray[np.int64]:
    """(A,D): rank 1..A in each draw, from who beats whom."""
    return np.asarray(1 + wins.sum(axis=0), dtype=np.int64)


def top_probability(rank: NDArray[np.int64], scores: Array, rivals: Array, top_k: int) -> Array:
    """(A,): share of draws in which an area is among the ``top_k``, the unmeasured rivals' scores (U,D) counted with."""
    place = rank
    if len(rivals):
        place = rank + (rivals[:, None, :] > scores[None, :, :]).sum(axis=0)
    return np.asarray((place <= top_k).mean(axis=1))


def order(scores: Array) -> NDArray[np.int64]:
    """(A,): rank of each area by its score, unrounded; ties in taxonomy order."""
    rank = np.empty(len(scores), dtype=np.int64)
    rank[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return rank


def tier(p_top: float) -> str:
    """prioritera from .8, överväg from .2, else bevaka.

    >>> tier(.8), tier(.5), tier(.19)
    ('prioritera', 'överväg', 'bevaka')
    """
    return TIERS[0] if p_top >= PRIORITY else TIERS[1] if p_top >= CONSIDER else TIERS[2]


def top_probability_of(scores: Array, rivals: Array, top_k: int) -> Array:
    """(A,): as ``top_probability``, from the scores alone: an area is among the top where it reaches the k-th largest score."""
    everyone = np.concatenate([scores, rivals])
    if len(everyone) <= top_k:
        return np.ones(len(scores))
    threshold = np.partition(everyone.T, -top_k, axis=1)[:, -top_k]
    return np.asarray((scores >= threshold).mean(axis=1))
