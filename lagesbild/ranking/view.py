"""One way of looking at the signals: fused, drawn and valued; the main calculation is a view, and so is each sensitivity
run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lagesbild.ranking.draws import Noise, draw, order, top_probability_of
from lagesbild.ranking.fusion import Posterior, fuse
from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import Array, Mask, Signals
from lagesbild.ranking.value import scores, values


@dataclass(frozen=True)
class View:
    """value (A,D,3), rival_value (U,D,3): values 0-100 in each draw. point_value (A,3): at θ̂. severity (A,) or None."""

    posterior: Posterior
    value: Array
    rival_value: Array
    point_value: Array
    severity: Array | None

    def point_scores(self, weights: Array) -> Array:
        """S(θ̂), (A,)."""
        return scores(self.point_value, weights, self.severity)

    def scores(self, weights: Array) -> Array:
        """S in each draw (A,D), with one set of weights or one per draw (D,C)."""
        return _weighted(self.value, weights, self.severity)

    def rival_scores(self, weights: Array) -> Array:
        """S of the unmeasured areas in each draw (U,D); their severity, if any, is the middle of the scale."""
        return _weighted(self.rival_value, weights, None if self.severity is None else np.full(len(self.rival_value), 50.0))

    def p_top(self, weights: Array, top_k: int) -> Array:
        """P(top k) of each area (A,)."""
        return top_probability_of(self.scores(weights), self.rival_scores(weights), top_k)

    def rank(self, weights: Array) -> NDArray[np.int64]:
        """Rank of each area by S(θ̂)."""
        return order(self.point_scores(weights))

    @property
    def measured(self) -> Mask:
        """(A,) which areas have any signal in this view."""
        return self.posterior.signals.measured


def view(signals: Signals, random: Noise, severity: Array | None = None, bias_factor: float = 1.0) -> View:
    """The signals fused, drawn with the run's random numbers, and valued."""
    posterior = fuse(signals, bias_factor)
    drawn = draw(posterior, random)
    return View(posterior, values(drawn.theta), values(drawn.rivals), values(posterior.theta), severity)


def _weighted(value: Array, weights: Array, severity: Array | None) -> Array:
    own = weights[..., : len(CRITERIA)]
    total = np.einsum("adc,c->ad" if weights.ndim == 1 else "adc,dc->ad", value, own)
    return np.asarray(total if severity is None else total + severity[:, None] * weights[..., -1])
