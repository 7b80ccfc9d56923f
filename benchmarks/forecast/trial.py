"""The forecasts, their rivals, and how near each comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.forecast.data import Array, Counts
from lagesbild.measures.expected import population_ahead
from lagesbild.measures.forecast import LONGEST, YEAR, Model, forecast, limits
from lagesbild.measures.spread import errors, spread

#: What is learnt from: months known, months predicted. 2015 is in none of them.
FOLDS = ((12, 12), (15, 9), (18, 6), (21, 3))
LAST, MEAN, NATIONAL, GROWN, TREND = "last year", "mean of years", "national rate", "last year × growth", "linear trend"
_LEAST = 0.5
_ERRORS = 10


@dataclass(frozen=True)
class Prediction:
    """expected, lower, upper: (K, G); kappa: (G,), the mean factor on the variance."""

    expected: Array
    lower: Array
    upper: Array
    kappa: Array

    def inside(self, y: Array) -> Array:
        """(K, G): 1 where the count lies within the limits."""
        return ((y >= self.lower) & (y <= self.upper)).astype(np.float64)


def deviance(y: Array, expected: Array) -> Array:
    """Poisson deviance 2·Σ(y·log(y/μ) − (y − μ)) over kommuner: (G,); unknown counts are left out."""
    return np.asarray(np.nansum(parts_of_deviance(y, expected), axis=0))


def parts_of_deviance(y: Array, expected: Array) -> Array:
    """Each kommun's part of it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(2 * (np.where(y > 0, y * np.log(y / expected), 0.0) - (y - expected)))


def all_at_once(data: Counts, target: int, constant: Callable[[str], float]) -> Prediction:
    """Every kommun with all others as its peers: the year at ``target`` from those before."""
    every = np.arange(len(data.kommuner))
    return _predicted(data, target, every, every, constant)


def with_nearest(data: Counts, target: int, n_peers: int, constant: Callable[[str], float]) -> Prediction:
    """Each kommun for itself, with the ``n_peers`` nearest in population."""
    size = np.log(data.population[:, target - 1])
    made = []
    for i in range(len(data.kommuner)):
        order = np.argsort(np.abs(size - size[i]), kind="stable")
        rows = np.concatenate([[i], order[order != i][:n_peers]])
        made.append(_predicted(data, target, rows, np.array([0]), constant))
    expected, lower, upper = (np.concatenate([getattr(one, name) for one in made]) for name in ("expected", "lower", "upper"))
    return Prediction(expected, lower, upper, np.mean([one.kappa for one in made], axis=0))


def _predicted(data: Counts, target: int, rows: Array, kept: Array, constant: Callable[[str], float]) -> Prediction:
    """As the product does it: five years of history, the limits' width from ten years of its own errors."""
    model = Model.of(constant)
    start, first = max(0, target - LONGEST), max(0, target - LONGEST - _ERRORS)
    missed = {
        str(g): {
            year: z
            for year, z in errors(data.history(g, first, YEAR * (target - first), rows), model).items()
            if year >= data.first + target - _ERRORS
        }
        for g in range(len(data.lines))
    }
    wider = spread(missed, dict.fromkeys(missed, data.first + target - 1), constant)
    people = data.population[rows][:, max(0, target - 2) : target]
    ahead = population_ahead(people[:, 0], people[:, -1])
    expected, variance = [], []
    for g in range(len(data.lines)):
        found = forecast(data.history(g, start, YEAR * (target - start), rows), ahead, YEAR * (data.first + target), model)
        expected.append(found.expected[kept])
        variance.append(wider.of(str(g)) * found.variance[kept])
    mean = np.column_stack(expected)
    lower, upper = limits(mean, np.column_stack(variance))
    return Prediction(mean, lower, upper, np.array([wider.of(str(g)) for g in range(len(data.lines))]))


def rivals(data: Counts, target: int) -> dict[str, Array]:
    """What is known without any model, (K, G) each: the year at ``target`` from those before."""
    y, n = data.years[:, :, :target], data.population
    last = np.maximum(y[:, :, -1], _LEAST)
    growth = np.nansum(y[:, :, -1], axis=0) / np.nansum(y[:, :, -2], axis=0)
    found = {LAST: last, MEAN: np.maximum(np.nanmean(y[:, :, -3:], axis=2), _LEAST), GROWN: last * growth}
    found[NATIONAL] = np.nansum(y[:, :, -1], axis=0) / n[:, target - 1].sum() * n[:, target - 1][:, None]
    if target >= LONGEST:
        t = np.arange(LONGEST) - (LONGEST - 1) / 2
        window = y[:, :, -LONGEST:]
        slope = np.nansum(window * t, axis=2) / (t**2).sum()
        found[TREND] = np.maximum(np.nanmean(window, axis=2) + slope * (t[-1] + 1), _LEAST)
    return found


def fold_score(data: Counts, constant: Callable[[str], float]) -> Array:
    """(G, folds): deviance of the forecast over that of the same months a year before; 2013 and 2014 alone."""
    model = Model.of(constant)
    out = np.empty((len(data.lines), len(FOLDS)))
    for g in range(len(data.lines)):
        months = data.counts[:, g, :2].reshape(len(data.kommuner), -1)
        for j, (known, ahead) in enumerate(FOLDS):
            y = months[:, known : known + ahead].sum(axis=1)
            last = np.maximum(months[:, known - YEAR : known - YEAR + ahead].sum(axis=1), _LEAST)
            found = forecast(data.history(g, 0, known), data.population[:, 1], YEAR * data.first + known, model, n_months=ahead)
            out[g, j] = float(deviance(y, found.expected) / deviance(y, last))
    return out


def changed(constant: Callable[[str], float], changes: Mapping[str, float]) -> Callable[[str], float]:
    """The constants with some of them at another value."""
    return lambda name: changes[name] if name in changes else constant(name)
