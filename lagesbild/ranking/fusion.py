"""Fusion: one estimate per problem area and criterion from all sources, in closed form.

z[a,s] = α_s + θ_a + error, error ~ N(0, K[a,s]), θ_a ~ N(0, Ω), flat α. Then P = Ω⁻¹ + Σ_s K_s⁻¹ and
θ̂ = P⁻¹ Σ_s K_s⁻¹ (z_s − α̂_s) per area. The intercepts α̂ are where alternating weighted means end, found by solving for them at
once; at that point the levels sum to zero over the areas by themselves. What an estimated intercept leaves open is carried
along: with two measured areas of sixteen it is most of the uncertainty, with all sixteen next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import LEVEL, TREND, Array, Signals
from lagesbild.ranking.trust import Trust, disagreements, learn

#: Kinds of source whose reporting effort is unknown, so that a change common to all areas says nothing about crime.
EFFORT_KINDS = ("est", "dialogue")


@dataclass(frozen=True)
class Posterior:
    """θ given all sources. A areas, S sources, M intercepts, 3 criteria.

    theta (A,3): θ̂. conditional (A,3,3): P⁻¹, given the intercepts. gain (A,3,M): −∂θ̂/∂α. intercept_root (M,M): L with
    L·Lᵀ = the intercepts' covariance, symmetric. intercepts: (source index, criterion index) of each. covariance (A,3,3): all
    uncertainty, less what the sum over ``n_universe`` levels being zero takes away. parts (A,S,3): g_s, summing over sources
    to θ̂. centred (A,S,3): z − α̂, NaN where there is no signal. level_link (A,3): covariance of θ_a with the sum of all levels
    ÷ its variance, which is level_variance.
    """

    signals: Signals
    trust: Trust
    theta: Array
    conditional: Array
    gain: Array
    intercept_root: Array
    intercepts: tuple[tuple[int, int], ...]
    covariance: Array
    parts: Array
    centred: Array
    level_link: Array
    level_variance: float
    disagreements: pd.DataFrame

    @property
    def prior_variance(self) -> Array:
        """(3,): variance of θ before any source, the level relative to the mean of all areas."""
        variance = np.asarray(self.trust.omega**2)
        variance[LEVEL] *= 1 - 1 / max(self.signals.n_universe, len(self.signals.areas), 2)
        return variance

    @property
    def evidence(self) -> Array:
        """(A,3): share of the prior variance the sources remove, 0-1."""
        return np.asarray(np.clip(1 - np.einsum("acc->ac", self.covariance) / self.prior_variance, 0, 1))


def fuse(signals: Signals, bias_factor: float = 1.0) -> Posterior:
    """θ̂ and its uncertainty from the signals (methods §4). ``bias_factor`` multiplies the declared bias classes."""
    declared = signals.covariance(bias_factor)
    trust = learn(signals, declared)
    covariance = declared * trust.factor[:, :, None, None]
    precision = invert_available(covariance, signals.available)
    z = np.where(signals.available, signals.z, 0.0)
    conditional = np.linalg.inv(np.diag(trust.omega**-2.0) + precision.sum(axis=1))
    intercepts = _intercepts(signals)
    columns = [precision[:, s, :, c] for s, c in intercepts]  # K_s⁻¹ e_c, (A,3) each
    shift = np.stack(columns, axis=2) if columns else np.zeros((len(signals.areas), len(CRITERIA), 0))
    gain = conditional @ shift
    pull = np.einsum("ascd,asd->asc", precision, z)
    alpha, root = _solve_intercepts(intercepts, shift, gain, precision, pull)
    offsets = np.zeros(z.shape[1:])
    for m, (s, c) in enumerate(intercepts):
        offsets[s, c] = alpha[m]
    centred = np.where(signals.available, signals.z - offsets, np.nan)
    parts = np.einsum("acd,asde,ase->asc", conditional, precision, np.where(signals.available, centred, 0.0))
    joint, link, variance = _uncertainty(signals, conditional, gain, root, trust.omega[LEVEL])
    return Posterior(
        signals=signals,
        trust=trust,
        theta=parts.sum(axis=1),
        conditional=conditional,
        gain=gain,
        intercept_root=root,
        intercepts=intercepts,
        covariance=joint,
        parts=parts,
        centred=centred,
        level_link=link,
        level_variance=variance,
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


def _solve_intercepts(
    intercepts: tuple[tuple[int, int], ...], shift: Array, gain: Array, precision: Array, pull: Array
) -> tuple[Array, Array]:
    """α̂ and the symmetric root of its covariance (the same for every order of sources), by generalised least squares.

    Information Σ_a XᵀK⁻¹X − XᵀK⁻¹·P⁻¹·K⁻¹X; the same point as alternating α ← weighted mean of z − θ̂ and θ̂ ← closed form.
    """
    n = len(intercepts)
    if n == 0:
        return np.zeros(0), np.zeros((0, 0))
    information = -np.einsum("acm,acn->mn", shift, gain)
    target = -np.einsum("acm,ac->m", gain, pull.sum(axis=1))
    for m, (s, c) in enumerate(intercepts):
        target[m] += pull[:, s, c].sum()
        for k, (t, d) in enumerate(intercepts):
            if s == t:
                information[m, k] += precision[:, s, c, d].sum()
    spread = np.linalg.inv(information)
    size, direction = np.linalg.eigh((spread + spread.T) / 2)
    return spread @ target, np.asarray((direction * np.sqrt(np.maximum(size, 0))) @ direction.T)


def _uncertainty(signals: Signals, conditional: Array, gain: Array, root: Array, omega: float) -> tuple[Array, Array, float]:
    """Covariance of each area's θ with the intercepts open and Σ levels = 0; l/v; v.

    Var(θ_a) = P⁻¹ + G_a·C·G_aᵀ − l_a·l_aᵀ / v, C = Cov(α̂), l_a = Cov(θ_a, Σ level), v = Var(Σ level), before the sum is
    imposed. The sum runs over every problem area; those without a level enter v with the prior.
    """
    spread = gain @ root
    open_ended = conditional + spread @ spread.transpose(0, 2, 1)
    has_level = np.asarray(signals.available[:, :, LEVEL].any(axis=1))
    if not has_level.any():
        return open_ended, np.zeros(conditional.shape[:2]), 1.0
    total = spread[has_level, LEVEL].sum(axis=0)
    link = spread @ total + np.where(has_level[:, None], conditional[:, :, LEVEL], 0.0)
    n_other = max(signals.n_universe - int(has_level.sum()), 0)
    variance = float(link[has_level, LEVEL].sum() + n_other * omega**2)
    return open_ended - link[:, :, None] * link[:, None, :] / variance, link / variance, variance
