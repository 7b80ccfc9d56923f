"""EST: organisations with habits, appetites and holidays, who notice some of what happens where they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.validity import laws
from benchmarks.validity.events import PLACES, WEEKS, Counts, Events
from benchmarks.validity.expected import Expected
from benchmarks.validity.incidence import RECENT, Incidence
from benchmarks.validity.scenario import Scenario
from benchmarks.validity.terms import LAST_YEAR, Array, Mask, Terms

ORGANISATIONS = (
    "Bostadsbolaget", "Fritid", "Gata och park", "Skolan", "Socialtjänsten", "Biblioteket", "Räddningstjänsten", "Väktarna",
)  # fmt: skip
#: Standard deviation of what an area's visibility adds to what the habits already do (calibrated: together .60).
_VISIBLE = 0.5
_CAMPAIGN_TIMES = 6.0
#: How the lists that began 0, 1 and 2 years after the reports are shared out, and how many worlds have a roster.
_YEARS_AGO, _ROSTER = (0.6, 0.25, 0.15), 0.35


@dataclass(frozen=True)
class Reporters:
    """names: O organisations. habit (O,U), cover (O,P), appetite (O,T',W; 0 in weeks without a report), visible (U,T') make the
    rate at which an event of an area, at a place, in a week becomes an observation; campaign (U,T',W) or 1: times so much more.
    years: the T' years of the list. has_roster: whether it is told who reported in which week."""

    names: tuple[str, ...]
    habit: Array
    cover: Array
    appetite: Array
    visible: Array
    years: tuple[int, ...]
    campaign: Array
    has_roster: bool

    @property
    def is_there(self) -> Mask:
        """(O,T',W) whether the organisation reports, be it that nothing was seen."""
        return np.asarray(self.appetite > 0)

    def rate(self, seen: Array) -> Array:
        """(U,T',W) expected observations of the events ``seen`` (U,T',W,P)."""
        noticed = np.einsum("utwp,op->utwo", seen, self.cover, optimize=True)
        rate = np.einsum("utwo,ou,otw->utw", noticed, self.habit, self.appetite, optimize=True)
        return np.asarray(rate * self.visible[..., None] * self.campaign)


def draw_reporters(
    random: np.random.Generator, scenario: Scenario, incidence: Incidence, events: Events, order: Counts, terms: Terms
) -> Reporters:
    """Five to eight organisations; the list covers the last three to five years, and holds some 400 to 1 200 rows.

    An area's visibility is drawn so that, with the habits, the log of what is noticed of it has the spread of its bias class;
    ``bias_factor`` widens or narrows all of that.
    """
    n, n_areas = int(random.integers(5, 9)), len(terms.areas)
    n_years = max(3, scenario.n_years - int(random.choice(3, p=_YEARS_AGO)))
    years = tuple(range(LAST_YEAR - n_years + 1, LAST_YEAR + 1))
    size = 1 / np.arange(1, n + 1) ** 0.7
    habit = random.gamma(3.0, 1.0, (n, n_areas)) * (random.random((n, n_areas)) < 0.85) + 0.05
    cover = random.dirichlet(np.full(len(PLACES), 0.8), n) * len(PLACES)
    appetite = _appetite(random, n, n_years) * size[:, None, None]
    spread = np.nan_to_num(terms.spread["est"])
    known = ~np.isnan(terms.spread["est"][:, 0])
    trend = scenario.bias_factor * spread[:, 2] * laws.peaked(random, (n_areas,)) * float(scenario.has_drift)
    drift = trend[:, None] * laws.drifts(random, (n_areas,), n_years)
    visible = _VISIBLE * laws.skewed(random, (n_areas,), scenario.tail)
    made = Reporters(
        ORGANISATIONS[:n],
        habit,
        cover,
        appetite,
        np.exp(visible)[:, None] * known[:, None] * np.exp(drift),
        years,
        np.ones((n_areas, 1, 1)),
        bool(random.random() < _ROSTER),
    )
    happens = expected_events(incidence, events, order, n_years)
    raw = made.rate(happens).sum(axis=(1, 2)) / happens.sum(axis=(1, 2, 3))
    log = np.log(np.where(known, raw, 1.0))
    wider = np.exp((scenario.bias_factor - 1) * (log - log[known].mean()))
    total = random.uniform(450, 1050) / (made.rate(happens) * wider[:, None, None]).sum()
    visible = made.visible * wider[:, None] * total
    return replace(made, visible=visible, campaign=_campaign(random, scenario, made, known))


def _appetite(random: np.random.Generator, n: int, n_years: int) -> Array:
    """(O,T',W): gamma appetite that lasts some weeks, nothing in the holidays and in weeks that are forgotten."""
    weeks = random.gamma(3.0, 1 / 3.0, (n, n_years * WEEKS + 2))
    appetite = ((weeks[:, 2:] + weeks[:, 1:-1] + weeks[:, :-2]) / 3).reshape(n, n_years, WEEKS)
    start, length = random.integers(25, 29, n), random.integers(3, 6, n)
    week = np.arange(WEEKS)
    is_away = (week >= start[:, None]) & (week < (start + length)[:, None]) | (week >= 51) & (random.random((n, 1)) < 0.6)
    forgets = random.random(appetite.shape) < random.uniform(0.0, 0.15, (n, 1, 1))
    return np.where(is_away[:, None] | forgets, 0.0, appetite)


def _campaign(random: np.random.Generator, scenario: Scenario, made: Reporters, known: Mask) -> Array:
    """(U,T',W) or (U,1,1): how much more is noticed of the one area that the reporters look for."""
    if not scenario.est_campaign_weeks:
        return made.campaign
    factor = np.ones((len(known), len(made.years), WEEKS))
    start = int(random.integers(4, 20))
    area = int(random.choice(np.flatnonzero(known)))
    factor[area, -1, start : start + scenario.est_campaign_weeks] = _CAMPAIGN_TIMES
    return factor


def stopped(reporters: Reporters) -> Reporters:
    """The same without a report from the largest organisation in the last year."""
    appetite = reporters.appetite.copy()
    appetite[0, -1] = 0.0
    return replace(reporters, appetite=appetite)


def expected_events(incidence: Incidence, events: Events, order: Counts, n_years: int) -> Array:
    """(U,T',W,P) expected events of the area that each area's observations really show, last ``n_years``."""
    yearly = incidence.events[0, order, -n_years:]
    return np.asarray(
        yearly[:, :, None, None] * events.season[order][:, None, :, None] * events.places[order][:, None, None, :]
    )


def reporters_expected(reporters: Reporters, happens: Array, is_delivered: Mask) -> Expected:
    """Expected signals of the list as shares of all observations; is_delivered (U,)."""
    yearly = reporters.rate(happens).sum(axis=2)
    heard = is_delivered & (yearly.sum(axis=1) > 0)
    yearly = np.where(heard[:, None], yearly, np.nan)
    log = np.log(yearly / np.nansum(yearly, axis=0))
    level = np.log(yearly[:, -RECENT:].sum(axis=1))
    return Expected("est", level, np.full(level.shape, np.nan), laws.slope(log))
