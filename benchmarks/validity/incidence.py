"""What is true of the own kommun and its peers: how often every problem happens, year by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.validity.laws import slope
from benchmarks.validity.scenario import Scenario
from benchmarks.validity.terms import Array

#: The own kommun and its peers: real codes, invented figures.
KOMMUNER = ("1493", "1446", "1472", "1473", "1494", "1495", "1496", "1497", "1498")
#: Events per 1 000 inhabitants and year of a middling problem.
MIDDLING = 12.0
#: Level and comparison are about the last so many years.
RECENT = 3
#: Years that a change may happen in; fewer may be delivered.
_SPAN = 5
#: How a problem's incidence changes over the years, and how many do so.
_KINDS, _SHARES = ("still", "shift", "drift", "bump"), (0.35, 0.25, 0.25, 0.15)


@dataclass(frozen=True)
class Incidence:
    """rate (K,U,T): true events per inhabitant and year, the own kommun first. nation (U,T): of the whole country.
    population (K,T)."""

    rate: Array
    nation: Array
    population: NDArray[np.int64]

    @property
    def events(self) -> Array:
        """(K,U,T) expected events."""
        return np.asarray(self.rate * self.population[:, None, :])

    @property
    def level(self) -> Array:
        """(U,) log of the own incidence over the last three years, mean 0 over the areas."""
        log = np.log(self.rate[0, :, -RECENT:].mean(axis=1))
        return np.asarray(log - log.mean())

    @property
    def comparison(self) -> Array:
        """(U,) log of the own incidence over the peers' pooled incidence, last three years."""
        return log_ratio(self.events, self.population)

    @property
    def trend(self) -> Array:
        """(U,) least-squares slope per year of the log of the own incidence."""
        return slope(np.log(self.rate[0]))


def log_ratio(events: Array, population: NDArray[np.int64]) -> Array:
    """(U,) log of own events (K,U,T) per inhabitant over those of the peers pooled, last three years."""
    recent = events[..., -RECENT:].sum(axis=-1) / population[:, None, -RECENT:].sum(axis=-1)
    people = population[1:, -RECENT:].sum(axis=1)
    pooled = (recent[1:] * people[:, None]).sum(axis=0) / people.sum()
    return np.asarray(np.log(recent[0] / pooled))


def draw_incidence(random: np.random.Generator, scenario: Scenario, n_areas: int) -> Incidence:
    """How often everything happens: a few problems make up most (Zipf × gamma, sd of log about 1), kommuner differ by a factor
    of their own and one per area, and years by shifts, drifts and bumps: together sd of log about .25 for what a kommun's areas
    have in common and .25 for an area's own, as in 290 kommuner (``benchmarks.constants``).
    """
    n_kommuner, n_years = len(KOMMUNER), scenario.n_years
    zipf = np.arange(1, n_areas + 1) ** -0.9
    nation = random.permutation(zipf / np.exp(np.log(zipf).mean())) * random.gamma(2.5, 1 / 2.05, n_areas)
    nation *= MIDDLING / 1000
    size = random.gamma(22.0, 1 / 22.0, (n_kommuner, 1))  # a town has more of everything
    spread = np.where(random.random(n_areas) < 1 / 8, 0.35, random.uniform(0.08, 0.22, n_areas))
    shape = 1 / spread**2 + 0.5  # sd of log gamma ≈ spread
    ratio = size * random.gamma(shape, 1 / shape, (n_kommuner, n_areas))
    common = _paths(random, (1, n_areas))[..., -n_years:] * 0.5
    own = _paths(random, (n_kommuner, n_areas))[..., -n_years:]
    if scenario.is_null:
        common, own = np.zeros_like(common), np.zeros_like(own)
    rate = nation[:, None] * ratio[..., None] * np.exp(common + own)
    return Incidence(rate, nation[:, None] * np.exp(common[0]), _population(random, scenario.population, n_years))


def _paths(random: np.random.Generator, size: tuple[int, int]) -> Array:
    """(*size, 5) log changes: still, a shift in some year, a slow drift that speeds up, or one year's bump."""
    years = np.arange(_SPAN)
    kind = random.choice(len(_KINDS), size=size, p=_SHARES)[..., None]
    sign = np.where(random.random(size) < 0.5, -1.0, 1.0)[..., None]
    amount = sign * random.gamma(3.0, 0.105, size)[..., None]
    when = random.integers(1, _SPAN, size)[..., None]
    shapes = np.stack(np.broadcast_arrays(0.0 * (years - when), years >= when, (years / (_SPAN - 1)) ** 1.6, years == when))
    return np.asarray(amount * np.take_along_axis(shapes, kind[None], axis=0)[0])


def _population(random: np.random.Generator, own: int, n_years: int) -> NDArray[np.int64]:
    size = own * np.append(random.uniform(0.95, 1.05), random.uniform(0.5, 2.0, len(KOMMUNER) - 1))
    growth = random.uniform(-0.008, 0.012, len(KOMMUNER))
    return np.round(size[:, None] * (1 + growth[:, None]) ** np.arange(n_years)).astype(np.int64)
