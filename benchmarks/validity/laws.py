"""Laws with mean 0 and variance 1 that are not normal: what biases and changes are made of."""

from __future__ import annotations

import numpy as np
from scipy import special

from benchmarks.validity.scenario import Tail
from benchmarks.validity.terms import Array

_ALPHA, _BETA = 2.2, 5.0
_LOG_MEAN = float(special.digamma(_ALPHA) - special.digamma(_ALPHA + _BETA))
_LOG_SD = float(np.sqrt(special.polygamma(1, _ALPHA) - special.polygamma(1, _ALPHA + _BETA)))
#: The two ways of a kommun: most report a little more than the mean, a quarter much less.
_RARE, _LOW, _HIGH, _WIDTH = 0.25, -1.45, 0.4833, 0.6
_CAMP_SD = float(np.sqrt(_RARE * (1 - _RARE) * (_HIGH - _LOW) ** 2 + _WIDTH**2 / 3))


def skewed(random: np.random.Generator, size: tuple[int, ...], tail: Tail) -> Array:
    """The standardised log of a Beta(2.2, 5), bounded above with a long lower tail; with heavy tails t₃/√3."""
    if tail == "heavy":
        return np.asarray(random.standard_t(3, size) / np.sqrt(3))
    return np.asarray((np.log(random.beta(_ALPHA, _BETA, size)) - _LOG_MEAN) / _LOG_SD)


def camps(random: np.random.Generator, size: tuple[int, ...], tail: Tail) -> Array:
    """Two camps, each spread evenly: three quarters a little above the mean, one quarter far below; heavy as ``skewed``."""
    if tail == "heavy":
        return skewed(random, size, tail)
    centre = np.where(random.random(size) < _RARE, _LOW, _HIGH)
    return np.asarray((centre + random.uniform(-_WIDTH, _WIDTH, size)) / _CAMP_SD)


def peaked(random: np.random.Generator, size: tuple[int, ...]) -> Array:
    """Laplace: most near 0, a few far off."""
    return np.asarray(random.laplace(0.0, 1 / np.sqrt(2), size))


def slope(values: Array) -> Array:
    """Least-squares slope per step over the last axis.

    >>> slope(np.array([1.0, 3.0, 5.0]))
    array(2.)
    """
    steps = np.arange(values.shape[-1]) - (values.shape[-1] - 1) / 2
    return np.asarray(values @ steps / (steps @ steps))


def left_for(total: float, already: float, factor: float) -> float:
    """The spread to plant where ``already`` of a bias comes by itself and ``factor`` times ``total`` is wanted; at least 0.

    >>> left_for(0.5, 0.3, 1.0), left_for(0.5, 0.3, 0.5)
    (0.4, 0.0)
    """
    return round(float(np.sqrt(max(0.0, (factor * total) ** 2 - already**2))), 9)


def drifts(random: np.random.Generator, size: tuple[int, ...], n_years: int) -> Array:
    """(*size, T) changes over the years with a least-squares slope of 1 a year and mean 0 over the last three.

    Each is a line, a step in some year, or a late rise: what a reform, a new form or a new habit does.
    """
    years = np.arange(n_years)
    steps = [np.where(years >= k, 1.0, 0.0) for k in range(1, n_years)]
    shapes = np.array([years.astype(float), years.astype(float), *steps, years**2.5])
    shapes /= slope(shapes)[:, None]
    shapes -= shapes[:, -3:].mean(axis=1, keepdims=True)
    return np.asarray(shapes[random.integers(len(shapes), size=size)])
