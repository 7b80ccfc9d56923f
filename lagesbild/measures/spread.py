"""How far forecasts have missed in the delivery itself: the scale of the limits, per line and pooled over lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from lagesbild.measures.forecast import LONGEST, YEAR, History, Model, forecast
from lagesbild.measures.rates import Array

#: Four in five standard normal errors lie within so many standard deviations; the scale is read off there, so that one spike
#: does not widen every interval.
_FOUR_FIFTHS = 1.2816


@dataclass(frozen=True)
class Spread:
    """Factor on the variance of a forecast, by line; ``pooled`` for a line without a past of its own."""

    by_line: Mapping[str, float]
    pooled: float

    def of(self, line: str) -> float:
        """The factor of a line."""
        return self.by_line.get(line, self.pooled)


def errors(history: History, model: Model) -> dict[int, Array]:
    """Standardised errors (y − μ)/√V by year, one for each kommun, forecast from the periods of the five years before.

    The first year has none, nor has a year of which a month is unknown.
    """
    found = {}
    for year in np.unique(history.start // YEAR)[1:].tolist():
        month = YEAR * year
        now = history.where((history.start >= month) & (history.start < month + YEAR))
        before = history.where((history.start < month) & (history.start >= month - YEAR * LONGEST))
        if int(now.length.sum()) == YEAR and before.start.size:
            ahead = forecast(before, now.population.mean(axis=1), month, model)
            z = (now.counts.sum(axis=1) - ahead.expected) / np.sqrt(ahead.variance)
            found[year] = z[np.isfinite(z)]
    return found


def spread(by_line: Mapping[str, Mapping[int, Array]], last: Mapping[str, int], constant: Callable[[str], float]) -> Spread:
    """The factor κ on the variance of each line's forecast, from the ``errors`` of its years up to ``last``.

    κ̂ = (80 % quantile of |z| / 1.2816)², from n errors z. Pooled over lines: (n·κ̂ + m·κ₀)/(n + m), κ₀ the constant
    ``forecast_spread``, m ``forecast_spread_weight``; per line: the same with the pooled one for κ₀.
    """
    weight = constant("forecast_spread_weight")
    known = {
        line: np.concatenate([np.empty(0), *(z for year, z in sorted(by_line[line].items()) if year <= last[line])])
        for line in sorted(last)
    }
    pooled = _drawn(np.concatenate([np.empty(0), *known.values()]), constant("forecast_spread"), weight)
    return Spread({line: _drawn(z, pooled, weight) for line, z in known.items()}, pooled)


def _drawn(z: Array, towards: float, weight: float) -> float:
    if z.size == 0:
        return towards
    seen = (float(np.quantile(np.abs(z), 0.8)) / _FOUR_FIFTHS) ** 2
    return (z.size * seen + weight * towards) / (z.size + weight)
