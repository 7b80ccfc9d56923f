"""Surveys: inhabitants of four ages, differently exposed and differently willing to answer, of what happened near them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.validity import laws
from benchmarks.validity.events import Counts, Events
from benchmarks.validity.expected import Expected
from benchmarks.validity.frames import frame
from benchmarks.validity.incidence import KOMMUNER, Incidence
from benchmarks.validity.scenario import Scenario
from benchmarks.validity.terms import LAST_YEAR, Array, Item, Mask, Terms

#: Ages 16-29, 30-49, 50-64, 65-84: shares of the inhabitants, and the share of those asked who answer.
AGES, ANSWERS = np.array([0.18, 0.28, 0.26, 0.28]), np.array([0.34, 0.44, 0.58, 0.66])
#: How much is met of a problem that shows there, by age.
_EXPOSED = {
    "ute": (1.8, 1.2, 0.8, 0.5),
    "hem": (0.7, 1.0, 1.1, 1.15),
    "digitalt": (0.9, 1.0, 1.0, 1.1),
    "blandat": (1.4, 1.1, 0.9, 0.7),
}
#: An event is noticed by so many around it. The same few live where things happen (gamma of this shape), and some say yes to
#: the question though nothing happened near them.
_NEAR, _SHAPE, _ANYWAY = 16.0, (0.25, 0.6), (0.01, 0.04)
#: Declared spread of the level's bias (class S), what of it comes about because answers do not follow incidence, the kommun's
#: own reading of a question, and its drift (calibrated). _STEEP: how a logit over the scale follows the log of what is met.
_LEVEL, _COMES, _LOCAL, _DRIFT = 0.4, 0.23, 0.04, 0.022
#: The declared scale on which the product reads an answer's logit; only for the record of what an oracle may know.
SIGNAL_SCALE = 0.7
_ASKED_IN_RIKET = 60_000
_STEEP = 0.95


@dataclass(frozen=True)
class Asked:
    """One survey's questions in the kommun. items: Q questions. years: when. p (Q,Y): expected share of yes among those who
    answer; real (Q,Y): the same of the events that happened. reference (Q,Y): in the country, NaN where it is not published."""

    survey: str
    items: tuple[Item, ...]
    years: tuple[int, ...]
    p: Array
    real: Array
    reference: Array


def draw_surveys(
    random: np.random.Generator, scenario: Scenario, incidence: Incidence, events: Events, order: Counts, terms: Terms
) -> list[Asked]:
    """What every survey would find. order (U,): of each area, the area that the residents' surveys really ask about."""
    kind = {name: "business" if name == "naringsliv" else "survey" for name in {item.survey for item in terms.items}}
    made = []
    for survey in sorted(kind):
        items = tuple(item for item in terms.items if item.survey == survey)
        area = np.array([item.area for item in items])
        told = area if kind[survey] == "business" else order[area]
        steps = np.arange(scenario.n_years - 1, -1, -2)[::-1][-3:]  # every other year
        if survey == "egen_enkat":
            steps = steps[[0, -1]]  # the first and the last of those years
        near = _near(random, scenario, (len(items),), steps, incidence.rate.shape[2])
        people = incidence.population[0]
        rates = (incidence.rate[0, told], events.own_years[told] / people, incidence.nation[told])
        shape, anyway = random.uniform(*_SHAPE, len(items)), random.uniform(*_ANYWAY, len(items))
        wobble = random.uniform(0.85, 1.15, (len(items), AGES.size))
        exposed = np.array([_EXPOSED[terms.visibility[a]] for a in told]) * wobble
        exposed /= (exposed @ AGES)[:, None]
        shares = [
            _yes(rate[:, steps] * n, exposed, shape, anyway) for rate, n in zip(rates, (near[0], near[0], near[1]), strict=True)
        ]
        years = tuple(int(LAST_YEAR - scenario.n_years + 1 + step) for step in steps)
        reference = shares[2] if survey != "egen_enkat" else np.full_like(shares[2], np.nan)
        made.append(Asked(survey, items, years, shares[0], shares[1], reference))
    return made


def _near(
    random: np.random.Generator, scenario: Scenario, size: tuple[int], steps: Counts, n_years: int
) -> tuple[Array, Array]:
    """(Q,Y) how many notice an event, here and in the country: the question, the kommun's reading of it, its drift."""
    factor, tail = scenario.bias_factor, scenario.tail
    spread = laws.left_for(_LEVEL, _COMES, factor) / _STEEP
    question = np.log(_NEAR) + spread * laws.skewed(random, size, tail)[:, None]
    here = question + factor * _LOCAL * laws.camps(random, size, tail)[:, None]
    drift = factor * _DRIFT * laws.peaked(random, size)[:, None] * laws.drifts(random, size, n_years)[:, steps]
    return np.exp(here + drift * float(scenario.has_drift)), np.exp(np.broadcast_to(question, drift.shape))


def _yes(met: Array, exposed: Array, shape: Array, anyway: Array) -> Array:
    """(Q,Y) share of yes among those who answer: anyone who met something, or says yes anyway; exposure within an age is gamma,
    so that nobody meets anything with probability (1 + u/k)^-k.
    """
    k = shape[:, None, None]
    some = 1 - (1 + met[:, :, None] * exposed[:, None, :] / k) ** -k
    by_age = anyway[:, None, None] + (1 - anyway[:, None, None]) * some
    return np.asarray(by_age @ (AGES * ANSWERS) / (AGES @ ANSWERS))


def surveys_expected(asked: Asked, is_delivered: Mask, n_areas: int) -> Expected:
    """Expected signals: logit of the latest share over the declared scale, less the country's, and its change per year."""
    logit = np.log(asked.p / (1 - asked.p)) / SIGNAL_SCALE
    reference = np.log(asked.reference / (1 - asked.reference)) / SIGNAL_SCALE
    first = next(i for i, year in enumerate(asked.years) if asked.years[-1] - year <= 4)
    span = asked.years[-1] - asked.years[first]
    trend = (logit[:, -1] - logit[:, first]) / span if span else np.full(len(asked.items), np.nan)
    found = np.full((3, n_areas), np.nan)
    for a in sorted({item.area for item in asked.items}):
        mine = np.array([item.area == a for item in asked.items])
        if is_delivered[a]:
            found[:, a] = logit[mine, -1].mean(), (logit - reference)[mine, -1].mean(), trend[mine].mean()
    return Expected(asked.survey, *found)


def draw_answers(random: np.random.Generator, asked: list[Asked], delivered: dict[str, Mask], people: int) -> pd.DataFrame:
    """``survey_results``: so many answer, so many say yes, a share with limits or with the number of answers."""
    size = float(np.clip(np.sqrt(people / 24_000), 0.5, 1.5))
    with_limits = random.random() < 0.6
    parts = []
    for one in asked:
        most = 140 if one.survey == "naringsliv" else 700
        n = np.round(random.uniform(most * 0.25, most, len(one.years)) * size).astype(np.int64)
        n = np.maximum(n, 60)
        yes = random.binomial(n, one.real)
        parts.append(_rows(one, yes, np.broadcast_to(n, yes.shape), delivered[one.survey], "kommun", KOMMUNER[0], with_limits))
        if not np.isnan(one.reference).all():
            n_all = np.full(yes.shape, _ASKED_IN_RIKET)
            yes = random.binomial(n_all, one.reference)
            parts.append(_rows(one, yes, n_all, delivered[one.survey], "riket", "riket", with_limits))
    rows = {name: [value for part in parts for value in part[name]] for name in parts[0]}
    return frame("survey_results", rows, len(rows["survey"]))


def _rows(
    one: Asked, yes: Counts, n: Counts, is_delivered: Mask, level: str, geography: str, with_limits: bool
) -> dict[str, list[object]]:
    share = yes / n
    margin = 1.96 * np.sqrt(1.3 * share * (1 - share) / n)
    value, lower, upper = (np.round(100 * np.clip(x, 0, 1), 1) for x in (share, share - margin, share + margin))
    cells = [(q, y) for q, item in enumerate(one.items) for y in range(len(one.years)) if is_delivered[item.area]]
    return {
        "survey": [one.survey for _ in cells],
        "item": [one.items[q].item for q, _ in cells],
        "group": ["alla" for _ in cells],
        "geography_level": [level for _ in cells],
        "geography": [geography for _ in cells],
        "year": [one.years[y] for _, y in cells],
        "value": [value[cell] for cell in cells],
        "scale": ["percent" for _ in cells],
        "higher_is": ["worse" for _ in cells],
        "lower": [lower[cell] if with_limits else None for cell in cells],
        "upper": [upper[cell] if with_limits else None for cell in cells],
        "n": [int(n[cell]) for cell in cells],
    }
