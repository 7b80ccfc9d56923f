"""How far kinds of source agree: whom to believe, learnt by EM from every way of doubting a minority of them.

Sources of one kind share their faults (two surveys ask alike, and the same people answer), so they are one witness: two that
agree must not vouch for each other against all the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lagesbild.ranking.signal_set import LEVEL, Array, Mask, Signals

#: Two witnesses are compared when they share at least so many areas.
MIN_COMMON = 5
#: Weight of the declared scale and of the declared classes, counted in areas; of the witnesses' common inflation, likewise.
SCALE_WEIGHT, TRUST_WEIGHT, COMMON_WEIGHT = 6.0, 6.0, 3.0
#: A witness that goes against the consensus of the others is doubted so many times more, fully from this correlation on.
REVERSED, CLEARLY_REVERSED = 5.0, 0.25
#: Inflation that a doubted witness starts from; how many times EM is repeated.
_DOUBT, _ROUNDS = 10.0, 25


@dataclass(frozen=True)
class Witnesses:
    """W kinds of source. member (S,): each source's kind. level, variance (A,W): their mean level signal, as uncertain as one
    of their sources, because the faults are shared. there (A,W)."""

    kinds: tuple[str, ...]
    member: np.typing.NDArray[np.int64]
    level: Array
    variance: Array
    there: Mask

    @property
    def n_common(self) -> np.typing.NDArray[np.int64]:
        """(W,W) areas that two kinds share; 0 on the diagonal."""
        shared = self.there.T.astype(np.int64) @ self.there.astype(np.int64)
        np.fill_diagonal(shared, 0)
        return np.asarray(shared)

    @property
    def checked(self) -> Mask:
        """(W,) which kinds share enough areas with another."""
        return np.asarray((self.n_common >= MIN_COMMON).any(axis=1))


@dataclass(frozen=True)
class Agreement:
    """inflation (W,): r of each kind, at least 1. scale: variance ω² of the problems' levels."""

    inflation: Array
    scale: float


def witnesses(signals: Signals, variance: Array) -> Witnesses:
    """The kinds of source behind the level signals, with the signals' variance (A,S).

    Within a kind each source is first centred where all of them speak, so that one of them missing moves nothing.
    """
    kinds = tuple(dict.fromkeys(signals.kinds))
    member = np.array([kinds.index(kind) for kind in signals.kinds], dtype=np.int64)
    heard = signals.available[:, :, LEVEL]
    z = np.where(heard, signals.z[:, :, LEVEL], 0.0)
    shape = (len(signals.areas), len(kinds))
    level, spread, there = np.zeros(shape), np.ones(shape), np.zeros(shape, dtype=bool)
    for w in range(len(kinds)):
        mine = member == w
        has, values = heard[:, mine], z[:, mine]
        together = np.asarray(has.all(axis=1, keepdims=True))
        base = together if together.any() else has
        values = np.where(has, values - (values * base).sum(axis=0) / np.maximum(base.sum(axis=0), 1), 0.0)
        weight = np.where(has, 1 / np.where(has, variance[:, mine], 1.0), 0.0)
        total = weight.sum(axis=1)
        there[:, w] = total > 0
        level[:, w] = (weight * values).sum(axis=1) / np.where(total > 0, total, 1.0)
        spread[:, w] = np.where(total > 0, has.sum(axis=1) / np.where(total > 0, total, 1.0), 1.0)
    return Witnesses(kinds, member, level, spread, there)


def agreement(found: Witnesses, scale: float) -> Agreement:
    """Whom to believe, and how large the problems' differences are (methods §4, by EM instead of by pairs).

    z_aw = α_w + θ_a + e, e ~ N(0, r_w·K_aw), θ_a ~ N(0, ω²), over the areas that two or more checked kinds speak of. EM: θ
    given r; then r_w = max(1, (6·r̄ + ΣE[e²]/K) / (6 + n_w)) and ω² = (6·scale + ΣE[θ²]) / (6 + n), r̄ what all kinds but the
    worst have in common, towards 1 with the weight of three areas. EM ends at the nearest top of the likelihood, and with one
    witness turned round there are several; so it starts once from trust in all and once from doubt in every minority of kinds,
    and the ends are averaged (log r) by their penalised likelihood. A kind whose levels are negatively correlated with what
    the others say together is doubted up to five times more. Two kinds alone are inflated alike; fewer leave 1 and ``scale``.
    """
    inflation = np.ones(len(found.kinds))
    used = np.flatnonzero(found.checked)
    if len(used) < 2:
        return Agreement(inflation, scale)
    level, variance, there = found.level[:, used], found.variance[:, used], found.there[:, used]
    rows = there.sum(axis=1) >= 2
    model = _Model(level[rows], variance[rows], there[rows], scale)
    ends = _em(model)
    belief = np.exp(ends.likelihood - ends.likelihood.max())
    belief /= belief.sum()
    r = np.exp(belief @ np.log(ends.inflation))
    if len(used) == 2:
        r = np.full(2, r.mean())
    spread = float(belief @ ends.scale)
    inflation[used] = r * _against(model, r, spread, belief @ ends.intercept) if len(used) > 2 else r
    return Agreement(inflation, spread)


@dataclass(frozen=True)
class _Model:
    """Level, variance and presence (N,W) of the checked kinds, and the declared ω²."""

    level: Array
    variance: Array
    there: Mask
    scale: float


@dataclass(frozen=True)
class _Ends:
    """Where EM ended from each of C starts: inflation, intercept (C,W), scale, likelihood (C,)."""

    inflation: Array
    intercept: Array
    scale: Array
    likelihood: Array


def _em(model: _Model) -> _Ends:
    n_areas, n_kinds = model.level.shape
    n = model.there.sum(axis=0)
    starts = [doubted for size in range((n_kinds - 1) // 2 + 1) for doubted in combinations(range(n_kinds), size)]
    r = np.ones((len(starts), n_kinds))
    for start, doubted in enumerate(starts):
        r[start, list(doubted)] = _DOUBT
    scale = np.full(len(starts), model.scale)
    alpha = np.broadcast_to((model.level * model.there).sum(axis=0) / n, r.shape)
    centre = np.ones((len(starts), 1))
    lent = n.mean() * n_kinds / 2
    freedom = n / np.maximum(n - 1, 1)  # the intercept is estimated from the same areas
    for _ in range(_ROUNDS):
        weight = model.there / (r[:, None, :] * model.variance)
        precision = 1 / scale[:, None] + weight.sum(axis=2)
        theta = (weight * (model.level - alpha[:, None, :])).sum(axis=2) / precision
        theta -= theta.mean(axis=1, keepdims=True)
        alpha = (weight * (model.level - theta[:, :, None])).sum(axis=1) / weight.sum(axis=1)
        squared = (model.level - alpha[:, None, :] - theta[:, :, None]) ** 2 + 1 / precision[:, :, None]
        misfit = (squared * model.there / model.variance).sum(axis=1) * freedom
        usual = np.sort(misfit / n, axis=1)[:, : n_kinds - 1].mean(axis=1)
        centre = np.maximum(1.0, (COMMON_WEIGHT + lent * usual) / (COMMON_WEIGHT + lent))[:, None]
        r = np.maximum(1.0, (TRUST_WEIGHT * centre + misfit) / (TRUST_WEIGHT + n))
        scale = (SCALE_WEIGHT * model.scale + (theta**2 + 1 / precision).sum(axis=1)) / (SCALE_WEIGHT + n_areas)
    return _Ends(r, alpha, scale, _likelihood(model, r, centre, scale, alpha))


def _likelihood(model: _Model, r: Array, centre: Array, scale: Array, alpha: Array) -> Array:
    """(C,) log of the marginal likelihood, θ integrated out, with the penalties that the weights of 6 areas amount to."""
    weight = model.there / (r[:, None, :] * model.variance)
    gap = model.level - alpha[:, None, :]
    precision = 1 / scale[:, None] + weight.sum(axis=2)
    size = np.where(model.there, np.log(r[:, None, :] * model.variance), 0.0).sum(axis=(1, 2))
    size += np.log(precision).sum(axis=1) + len(model.level) * np.log(scale)
    distance = (weight * gap**2).sum(axis=(1, 2)) - ((weight * gap).sum(axis=2) ** 2 / precision).sum(axis=1)
    penalty = TRUST_WEIGHT * (np.log(r / centre) + centre / r).sum(axis=1)
    penalty += SCALE_WEIGHT * (np.log(scale / model.scale) + model.scale / scale)
    return np.asarray(-(size + distance + penalty) / 2)


def _against(model: _Model, r: Array, scale: float, alpha: Array) -> Array:
    """(W,) 1 to 5: how much further a doubted kind (r > 2) is doubted because it goes against what the others say together."""
    factor = np.ones(len(r))
    weight, gap = model.there / (r * model.variance), model.level - alpha
    for w in np.flatnonzero(r > 2):
        others = np.delete(weight, w, axis=1)
        consensus = (others * np.delete(gap, w, axis=1)).sum(axis=1) / (1 / scale + others.sum(axis=1))
        both = model.there[:, w] & (others.sum(axis=1) > 0)
        if both.sum() < MIN_COMMON or np.ptp(consensus[both]) == 0 or np.ptp(gap[both, w]) == 0:
            continue
        against = max(0.0, -float(np.corrcoef(gap[both, w], consensus[both])[0, 1]))
        factor[w] = 1 + (REVERSED - 1) * min(1.0, against / CLEARLY_REVERSED) * min(1.0, r[w] - 2)
    return factor
