"""The trials of one scenario as figures with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from benchmarks.validity.rivals import BORDA, COUNTS, HARM_COUNTS, ORACLE, Z_SCORES
from benchmarks.validity.scores import Bin, Figure, kendall, middled, ndcg, ratio, recall, reliability, skill
from benchmarks.validity.trial import COVERAGES, Z_OF, Trial
from lagesbild.ranking.signal_set import Array

#: Rivals that use no judgement and no learning: the product is to beat the best of them, and of every single source.
PLAIN = (Z_SCORES, BORDA, COUNTS)
OURS = "lagesbild"


@dataclass(frozen=True)
class Summary:
    """Figures of one scenario; every one is over its kommuner, with a bootstrap interval over them."""

    scenario: str
    is_null: bool
    trials: Sequence[Trial]

    @property
    def n(self) -> int:
        """How many kommuner."""
        return len(self.trials)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Every source of any kommun, in the product's order."""
        found: dict[str, None] = {}
        for trial in self.trials:
            found |= dict.fromkeys(trial.sources)
        return tuple(found)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The product and all rivals, the single sources last but the oracle."""
        return (OURS, *PLAIN, HARM_COUNTS, *self.sources, ORACLE)

    def said(self, trial: Trial, name: str) -> Array:
        """A rival's numbers of a kommun, where it says nothing in the middle; all alike where it has no source."""
        if name == OURS:
            return trial.score
        return middled(trial.rivals.get(name, np.full(len(trial.areas), np.nan)))

    @cached_property
    def _taus(self) -> dict[str, Array]:
        """Kendall's τ-b of every kommun; a rival that says nothing at all has 0."""
        return {
            name: np.array([np.nan_to_num(kendall(trial.true_score, self.said(trial, name))) for trial in self.trials])
            for name in self.names
        }

    def tau(self, name: str = OURS) -> Figure:
        """Mean Kendall's τ-b over the ranked lines."""
        return ratio(self._taus[name])

    def lead(self, name: str) -> Figure:
        """Mean of the product's τ less the rival's in the same kommun."""
        return ratio(self._taus[OURS] - self._taus[name])

    @cached_property
    def best_rival(self) -> str:
        """The plain rival or single source with the highest mean τ."""
        return max((*PLAIN, *self.sources), key=lambda name: float(self._taus[name].mean()))

    def ndcg(self, name: str = OURS) -> Figure:
        """Mean NDCG over the ranked lines, gain = true score above 50."""
        return ratio([ndcg(trial.true_score, self.said(trial, name)) for trial in self.trials])

    def recall(self, name: str = OURS) -> Figure:
        """Mean share of the true top k, of all problem areas, that stand among the k highest."""
        return ratio([recall(trial.is_top, self.said(trial, name), trial.top_k) for trial in self.trials])

    @cached_property
    def brier_skill(self) -> Figure:
        """Brier skill of P(top k) against the share of lines that are in the top k."""
        top = [trial.is_top for trial in self.trials]
        rate = float(np.concatenate(top).mean())
        squares = [((trial.p_top - trial.is_top) ** 2).sum() for trial in self.trials]
        return skill(squares, [((rate - t) ** 2).sum() for t in top])

    @cached_property
    def reliability(self) -> tuple[Bin, ...]:
        """P(top k) against what was true, per tenth of the scale."""
        return reliability(
            np.concatenate([trial.p_top for trial in self.trials]), np.concatenate([trial.is_top for trial in self.trials])
        )

    @cached_property
    def pairs(self) -> tuple[Bin, ...]:
        """P(i before j), the larger of the two, against the true order: five bins from .5 to 1."""
        stated, true = [], []
        for trial in self.trials:
            i, j = np.triu_indices(len(trial.areas), 1)
            p, is_before = trial.before[i, j], trial.true_rank[i] < trial.true_rank[j]
            stated.append(np.maximum(p, 1 - p))
            true.append(np.where(p >= 0.5, is_before, ~is_before))
        return reliability(np.concatenate(stated), np.concatenate(true))

    def coverage(self, at: float) -> Figure:
        """Share of lines whose true score lies in its ``at`` interval."""
        i = COVERAGES.index(at)
        inside = [((t.low[i] <= t.true_score) & (t.true_score <= t.high[i])).sum() for t in self.trials]
        return ratio(inside, self._sizes)

    def rank_coverage(self, at: float) -> Figure:
        """Share of lines whose true rank lies in its ``at`` interval of ranks."""
        i = COVERAGES.index(at)
        inside = [((t.best[i] <= t.true_rank) & (t.true_rank <= t.worst[i])).sum() for t in self.trials]
        return ratio(inside, self._sizes)

    def width(self, at: float) -> Figure:
        """Mean width of the ``at`` intervals of the score, points."""
        i = COVERAGES.index(at)
        return ratio([(t.high[i] - t.low[i]).sum() for t in self.trials], self._sizes)

    def theta_coverage(self, criterion: int) -> Figure:
        """Share of lines whose true θ of the criterion lies in its 90 % interval."""
        inside = [
            (np.abs(t.theta[:, criterion] - t.truth[:, criterion]) <= Z_OF[90] * t.theta_sd[:, criterion]).sum()
            for t in self.trials
        ]
        return ratio(inside, self._sizes)

    def theta_spread(self, criterion: int) -> tuple[float, float, float]:
        """Standard deviations over all lines: of the true θ, of the error of θ̂, and what the product states of that error."""
        truth, theta, sd = (
            np.concatenate([getattr(t, name)[:, criterion] for t in self.trials]) for name in ("truth", "theta", "theta_sd")
        )
        return float(np.sqrt((truth**2).mean())), float(np.sqrt(((theta - truth) ** 2).mean())), float(np.sqrt((sd**2).mean()))

    @cached_property
    def shared_error(self) -> float:
        """Share of the squared errors of the score that all lines of a kommun have in common, between 0 and 1.

        By analysis of variance: what the means over the kommun's lines vary more than chance among its lines would make them.
        """
        errors = [t.score - t.true_score for t in self.trials]
        sizes = np.array([e.size for e in errors])
        means, within = np.array([e.mean() for e in errors]), np.array([e.var(ddof=1) for e in errors])
        common = float((means**2 - within / sizes).mean())
        return float(np.clip(common / (common + within.mean()), 0, 1))

    @property
    def _sizes(self) -> list[int]:
        return [len(trial.areas) for trial in self.trials]

    def flags(self, source: str = "", what: Literal["flagged", "beyond", "missed"] = "flagged") -> Figure:
        """Share of all lines for which any source's change is told; with a source, of the lines whose change it prints.

        what: told (``flagged``), told and outside the declared drift (``beyond``), or an interval without what the source was
        to show on average (``missed``).
        """
        flagged, printed = [], []
        for trial in self.trials:
            columns = [i for i, name in enumerate(trial.sources) if source in ("", name)]
            flagged.append(getattr(trial.changes, what)[:, columns].any(axis=1).sum())
            printed.append(trial.changes.printed[:, columns].any(axis=1).sum())
        return ratio(flagged, printed if source else self._sizes)

    def fused_flags(self, column: int) -> Figure:
        """Share of lines whose fused trend's 90 % (0) or 95 % (1) interval excludes 0."""
        return ratio([trial.fused[:, column].sum() for trial in self.trials], self._sizes)

    def inflation(self, source: str) -> Figure:
        """Mean of what the source's errors were multiplied with (r_s)."""
        return ratio([t.inflation[t.sources.index(source)] if source in t.sources else np.nan for t in self.trials])
