"""Fusion: one estimate per problem area and criterion from all sources, in closed form.

z[a,s] = α_s + θ_a + error, error ~ N(0, K[a,s]), flat α. θ_a = θ'_a + m·(comparison), θ'_a ~ N(0, Ω), m ~ N(0, τ²): what the
kommun's ratios to its peers have in common, for a kommun that lies high in one offence mostly does in others too. Given α and
m, P = Ω⁻¹ + Σ_s K_s⁻¹ and θ̂'_a = P⁻¹ Σ_s K_s⁻¹ (z_s − α_s − m); α̂ and m̂ are found by solving for all of them at once
(generalised least squares). The levels of all areas sum to zero. What an estimated intercept leaves open is carried along:
with two measured areas of sixteen it is most of the uncertainty, with all sixteen next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import COMPARISON, LEVEL, TREND, Array, Mask, Signals
from lagesbild.ranking.trust import Trust, disagreements, learn

#: Kinds of source whose reporting effort is unknown, so that a change common to all areas says nothing about crime.
EFFORT_KINDS = ("est", "dialogue")


@dataclass(frozen=True)
class Posterior:
    """θ given all sources. A areas, S sources, M unknowns beside θ' (every intercept, then m), 3 criteria.

    theta (A,3): θ̂. conditional (A,3,3): P⁻¹, given the unknowns. gain (A,3,M): −∂θ̂/∂(unknowns). unknowns (M,): their estimates;
    unknowns_root (M,M): L with L·Lᵀ = their covariance, symmetric. intercepts: (source index, criterion index) of the first
    M − 1. covariance (A,3,3): all uncertainty, less what the sum over ``n_universe`` levels being zero takes away. parts
    (A,S,3): g_s of each source that speaks of the area; shared (A,3): m̂, and what bringing the levels' sum to zero moves; they
    sum to θ̂. centred (A,S,3): z − α̂, NaN where there is no signal. level_link (A,3): covariance
    of θ_a with the sum of all levels ÷ its variance, which is level_variance; level_excess: that sum's estimate before it was
    brought to zero.
    """

    signals: Signals
    trust: Trust
    theta: Array
    conditional: Array
    gain: Array
    unknowns: Array
    unknowns_root: Array
    intercepts: tuple[tuple[int, int], ...]
    covariance: Array
    parts: Array
    shared: Array
    centred: Array
    level_link: Array
    level_variance: float
    level_excess: float
    disagreements: pd.DataFrame

    @property
    def prior(self) -> Array:
        """Ω (3,3) with the learnt scale of the level."""
        return self.signals.prior.covariance(float(np.sqrt(self.trust.scale)))

    @property
    def evidence(self) -> Array:
        """(A,3): share of the prior variance the sources remove, 0-1; the level relative to the mean of all areas."""
        before = np.diag(self.prior).copy()
        before[LEVEL] *= 1 - 1 / max(self.signals.n_universe, len(self.signals.areas), 2)
        before[COMPARISON] += self.signals.prior.kommun**2
        return np.asarray(np.clip(1 - np.einsum("acc->ac", self.covariance) / before, 0, 1))


def fuse(signals: Signals, bias_factor: float = 1.0) -> Posterior:
    """θ̂ and its uncertainty from the signals (methods §4). ``bias_factor`` multiplies the declared bias classes."""
    declared = signals.covariance(bias_factor)
    trust = learn(signals, declared)
    covariance = declared * trust.factor[:, :, None, None]
    precision = invert_available(covariance, signals.available)
    omega = signals.prior.covariance(float(np.sqrt(trust.scale)))
    conditional = np.linalg.inv(np.linalg.inv(omega) + precision.sum(axis=1))
    intercepts = _intercepts(signals)
    design = _design(intercepts, len(signals.sources))
    z = np.where(signals.available, signals.z, 0.0)
    unknowns, root, shift = _solve(design, z, precision, conditional, signals.prior.kommun)
    gain = conditional @ shift
    gain[:, COMPARISON, -1] -= 1  # m is a part of θ, not only of what is seen
    centred = np.where(signals.available, signals.z - (design[:, :, :-1] @ unknowns[:-1]), np.nan)
    pull = np.einsum("ascd,asd->asc", precision, z - design @ unknowns)
    parts = np.einsum("acd,asd->asc", conditional, pull)
    has_level = np.asarray(signals.available[:, :, LEVEL].any(axis=1))
    joint, link, variance = _uncertainty(has_level, signals.n_universe, conditional, gain, root, omega[LEVEL, LEVEL])
    excess = float(parts[has_level, :, LEVEL].sum())
    shared = -link * excess
    shared[:, COMPARISON] += unknowns[-1]
    return Posterior(
        signals=signals,
        trust=trust,
        theta=parts.sum(axis=1) + shared,
        conditional=conditional,
        gain=gain,
        unknowns=unknowns,
        unknowns_root=root,
        intercepts=intercepts,
        covariance=joint,
        parts=parts,
        shared=shared,
        centred=centred,
        level_link=link,
        level_variance=variance,
        level_excess=excess,
        disagreements=disagreements(signals, centred, covariance),
    )


def invert_available(covariance: Array, available: np.typing.NDArray[np.bool_]) -> Array:
    """K⁻¹ of the available criteria of each area and source, zero in the rows and columns of the missing ones."""
    both = available[..., :, None] & available[..., None, :]
    filled = np.where(both, covariance, np.eye(covariance.shape[-1]))
    return np.where(both, np.linalg.inv(filled), 0.0)


def _intercepts(signals: Signals) -> tuple[tuple[int, int], ...]:
    """(source, criterion) with an intercept: every source's level, and the trend where the effort is unknown."""
    wanted = [(s, LEVEL) for s in range(len(signals.sources))]
    wanted += [(s, TREND) for s, kind in enumerate(signals.kinds) if kind in EFFORT_KINDS]
    return tuple((s, c) for s, c in wanted if signals.available[:, s, c].any())


def _design(intercepts: tuple[tuple[int, int], ...], n_sources: int) -> Array:
    """(S,3,M): what each unknown adds to a source's signals; the last, m, to every comparison."""
    design = np.zeros((n_sources, len(CRITERIA), len(intercepts) + 1))
    for at, (s, c) in enumerate(intercepts):
        design[s, c, at] = 1
    design[:, COMPARISON, -1] = 1
    return design


def _solve(design: Array, z: Array, precision: Array, conditional: Array, kommun: float) -> tuple[Array, Array, Array]:
    """The unknowns (M,), the symmetric root of their covariance (the same for every order of sources), and Σ_s K⁻¹X (A,3,M).

    Information Σ XᵀK⁻¹X − Σ_a (Σ_s XᵀK⁻¹)·P⁻¹·(Σ_s K⁻¹X), and m's prior; θ' is integrated out.
    """
    weighted = np.einsum("ascd,sdm->ascm", precision, design)
    shift = weighted.sum(axis=1)
    information = np.einsum("scn,ascm->mn", design, weighted) - np.einsum("acm,acd,adn->mn", shift, conditional, shift)
    information[-1, -1] += kommun**-2.0
    pull = np.einsum("ascd,asd->asc", precision, z)
    target = np.einsum("scm,asc->m", design, pull) - np.einsum("acm,acd,asd->m", shift, conditional, pull)
    spread = np.linalg.inv(information)
    size, direction = np.linalg.eigh((spread + spread.T) / 2)
    return spread @ target, np.asarray((direction * np.sqrt(np.maximum(size, 0))) @ direction.T), shift


def _uncertainty(
    has_level: Mask, n_universe: int, conditional: Array, gain: Array, root: Array, level_variance: float
) -> tuple[Array, Array, float]:
    """Covariance of each area's θ with the unknowns open and Σ levels = 0; l/v; v.

    Var(θ_a) = P⁻¹ + G_a·C·G_aᵀ − l_a·l_aᵀ / v, C = Cov(unknowns), l_a = Cov(θ_a, Σ level), v = Var(Σ level), before the sum is
    imposed. The sum runs over every problem area; those without a level enter v with the prior.
    """
    spread = gain @ root
    open_ended = conditional + spread @ spread.transpose(0, 2, 1)
    if not has_level.any():
        return open_ended, np.zeros(conditional.shape[:2]), 1.0
    total = spread[has_level, LEVEL].sum(axis=0)
    link = spread @ total + np.where(has_level[:, None], conditional[:, :, LEVEL], 0.0)
    n_other = max(n_universe - int(has_level.sum()), 0)
    variance = float(link[has_level, LEVEL].sum() + n_other * level_variance)
    return open_ended - link[:, :, None] * link[:, None, :] / variance, link / variance, variance
