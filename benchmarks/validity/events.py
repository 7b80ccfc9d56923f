"""What happens: offenders with seasons of activity, at places, in weeks; the own kommun event by event, its peers by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.validity.incidence import Incidence
from benchmarks.validity.terms import Array

Counts = NDArray[np.int64]
WEEKS = 52
PLACES = ("Centrum", "Stationen", "Köpcentrum", "Skolområdet", "Norra", "Hamnen")
#: One in thirty is prolific, with Pareto activity of five times the mean; the others have gamma activity.
_PROLIFIC, _TIMES, _PARETO, _GAMMA = 1 / 30, 5.0, 2.6, 0.7
_ORDINARY = (1 - _PROLIFIC * _TIMES) / (1 - _PROLIFIC)
#: An offender is active for some weeks (geometric), and stays at the usual place seven times in ten.
_WEEK_ENDS, _STAYS = 0.25, 0.7


@dataclass(frozen=True)
class Events:
    """own (U,T,W,P): events of the own kommun by area, year, week and place. peers (K-1,U,T): of each peer by area and year.
    season (U,W) and places (U,P): shares of a year's events that are expected in each week and at each place, sums 1."""

    own: Counts
    peers: Counts
    season: Array
    places: Array

    @property
    def own_years(self) -> Counts:
        """(U,T) events of the own kommun."""
        return np.asarray(self.own.sum(axis=(2, 3)))


def draw_events(random: np.random.Generator, incidence: Incidence) -> Events:
    """Offenders ~ Poisson, each with a gamma or Pareto activity, a start in the season, a usual place; events ~ Poisson."""
    expected = incidence.events
    n_areas, n_years = expected.shape[1:]
    usual = random.uniform(0.6, 2.2, n_areas)  # events of an offender in one season of activity
    season, places = _seasons(random, n_areas), _places(random, n_areas)
    offenders = random.poisson(expected[0] / usual[:, None])
    cell = np.repeat(np.arange(n_areas * n_years), offenders.ravel())
    area = cell // n_years
    n = random.poisson(usual[area] * _activity(random, cell.size))
    start = _pick(random, season, area)
    home = _pick(random, places, area)
    length = random.geometric(_WEEK_ENDS, cell.size)
    who = np.repeat(np.arange(cell.size), n)
    week = start[who] + (random.random(who.size) * length[who]).astype(np.int64)
    week = np.abs(np.where(week < WEEKS, week, 2 * (WEEKS - 1) - week)) % WEEKS  # the year's last weeks are not lost
    place = np.where(random.random(who.size) < _STAYS, home[who], _pick(random, places, area[who]))
    flat = (cell[who] * WEEKS + week) * len(PLACES) + place
    own = np.bincount(flat, minlength=n_areas * n_years * WEEKS * len(PLACES))
    return Events(
        own.reshape(n_areas, n_years, WEEKS, len(PLACES)).astype(np.int64),
        _yearly(random, expected[1:], usual),
        season,
        places,
    )


def _activity(random: np.random.Generator, n: int) -> Array:
    """(n,) relative activity of offenders, mean 1."""
    ordinary = random.gamma(_GAMMA, _ORDINARY / _GAMMA, n)
    prolific = (1 + random.pareto(_PARETO, n)) * _TIMES * (_PARETO - 1) / _PARETO
    return np.where(random.random(n) < _PROLIFIC, prolific, ordinary)


def _yearly(random: np.random.Generator, expected: Array, usual: Array) -> Counts:
    """The same offenders where only the year's sum is wanted: gammas of the same scale add up."""
    offenders = expected / usual[:, None]
    ordinary = random.poisson(offenders * (1 - _PROLIFIC))
    activity = random.gamma(np.maximum(ordinary * _GAMMA, 1e-9)) * _ORDINARY / _GAMMA
    prolific = random.poisson(offenders * _PROLIFIC)
    cell = np.repeat(np.arange(expected.size), prolific.ravel())
    each = (1 + random.pareto(_PARETO, cell.size)) * _TIMES * (_PARETO - 1) / _PARETO
    activity += np.bincount(cell, weights=each, minlength=expected.size).reshape(expected.shape)
    return np.asarray(random.poisson(activity * usual[:, None]))


def _seasons(random: np.random.Generator, n_areas: int) -> Array:
    """(U,W) a wave over the year, and more or less of it in the summer weeks and at Christmas."""
    weeks = np.arange(WEEKS)
    wave = 1 + random.uniform(0.0, 0.4, (n_areas, 1)) * np.cos(
        2 * np.pi * (weeks - random.integers(0, WEEKS, (n_areas, 1))) / WEEKS
    )
    is_holiday = ((weeks >= 25) & (weeks <= 31)) | (weeks >= 50)
    wave *= np.where(is_holiday, random.uniform(0.7, 1.4, (n_areas, 1)), 1.0)
    return np.asarray(wave / wave.sum(axis=1, keepdims=True))


def _places(random: np.random.Generator, n_areas: int) -> Array:
    """(U,P) a few hotspots: Zipf weights, in another order for each area."""
    weights = 1 / np.arange(1, len(PLACES) + 1) ** 1.2
    return np.asarray(random.permuted(np.tile(weights / weights.sum(), (n_areas, 1)), axis=1))


def _pick(random: np.random.Generator, shares: Array, row: NDArray[np.int64]) -> NDArray[np.int64]:
    """One column for each ``row`` of ``shares`` (U,C), with the probabilities that stand there."""
    n = shares.shape[1]
    limits = (np.cumsum(shares, axis=1) + np.arange(len(shares))[:, None]).ravel()
    return np.asarray(np.clip(np.searchsorted(limits, row + random.random(row.size)) - row * n, 0, n - 1))
