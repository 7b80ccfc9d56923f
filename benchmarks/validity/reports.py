"""Reported offences: which events are reported, and what else swells or moves the figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.validity.events import PLACES, Counts, Events
from benchmarks.validity.expected import Expected
from benchmarks.validity.frames import frame
from benchmarks.validity.incidence import KOMMUNER, Incidence, log_ratio
from benchmarks.validity.laws import slope
from benchmarks.validity.propensities import MOST
from benchmarks.validity.scenario import Scenario
from benchmarks.validity.terms import LAST_YEAR, Array, Mask, Terms

MONTHS = 12
CAMPAIGN_AREA, CAMPAIGN_TIMES = "narkotika", 3.0


@dataclass(frozen=True)
class Reports:
    """counts (K,U,T,12): reports by month, the own kommun first; peers' months are drawn only where they are delivered.
    expected (K,U,T). years: calendar years."""

    counts: Counts
    expected: Array
    years: tuple[int, ...]


def draw_reports(
    random: np.random.Generator,
    scenario: Scenario,
    incidence: Incidence,
    events: Events,
    propensity: Array,
    order: Counts,
    terms: Terms,
) -> Reports:
    """A decision per event: reported with the propensity of its area, kommun and year, more easily at some places.

    order (U,): of each area, the area that the reports really show.
    """
    own, places = events.own[order], events.places[order]
    ease = random.uniform(0.8, 1.2, len(PLACES))
    ease = ease / (places @ ease)[:, None]  # (U,P) an average of 1 over an area's events
    chance = np.minimum(propensity[0][:, :, None, None] * ease[:, None, None, :], MOST)
    weekly = random.binomial(own, chance).sum(axis=3)
    years = tuple(range(LAST_YEAR - scenario.n_years + 1, LAST_YEAR + 1))
    counts = np.zeros((len(KOMMUNER), *own.shape[:2], MONTHS), dtype=np.int64)
    counts[0] = _by_month(weekly, years)
    yearly = random.binomial(events.peers[:, order], propensity[1:])
    if scenario.is_monthly:
        share = _by_month(np.broadcast_to(events.season[order][:, None], weekly.shape), years)
        counts[1:] = random.multinomial(yearly, share / share.sum(axis=-1, keepdims=True))
    else:
        counts[1:, ..., 0] = yearly
    return Reports(counts, incidence.events[:, order] * propensity, years)


def swell(random: np.random.Generator, scenario: Scenario, reports: Reports, terms: Terms) -> Reports:
    """The reports with what the scenario adds: a campaign of the police, a series in one case, codes that take in more."""
    with_campaign = _with_campaign(random, scenario, reports, terms)
    return _with_recode(random, scenario, _with_series(random, scenario, with_campaign, terms), terms)


def _by_month(weekly: Array | Counts, years: tuple[int, ...]) -> Counts | Array:
    """(U,T,W) -> (U,T,12): a week belongs to the month of its Thursday."""
    months = np.stack([_months(year) for year in years])
    result = np.zeros((*weekly.shape[:2], MONTHS), dtype=weekly.dtype)
    for month in range(MONTHS):
        result[..., month] = (weekly * (months == month)).sum(axis=2)
    return result


def _months(year: int) -> Counts:
    """(W,) month 0-11 of each ISO week of a year of 52."""
    first = np.datetime64(f"{year}-01-04")
    monday = first - (first.astype("datetime64[D]").view("int64") + 3) % 7
    thursdays = monday + 3 + 7 * np.arange(52)
    return np.asarray(thursdays.astype("datetime64[M]").view("int64") % MONTHS)


def _with_campaign(random: np.random.Generator, scenario: Scenario, reports: Reports, terms: Terms) -> Reports:
    if not scenario.campaign_months:
        return reports
    area = terms.position(CAMPAIGN_AREA)
    start = int(random.integers(0, MONTHS - scenario.campaign_months + 1))
    months = slice(start, start + scenario.campaign_months)
    counts, expected = reports.counts.copy(), reports.expected.copy()
    usual = expected[0, area, -1] / MONTHS * (CAMPAIGN_TIMES - 1)
    counts[0, area, -1, months] += random.poisson(usual, scenario.campaign_months)
    expected[0, area, -1] += usual * scenario.campaign_months
    return Reports(counts, expected, reports.years)


def _with_series(random: np.random.Generator, scenario: Scenario, reports: Reports, terms: Terms) -> Reports:
    """All the reports of one case, in one or two months of the last year, in an area that victims report."""
    if not scenario.series:
        return reports
    area = int(random.choice(np.flatnonzero(~terms.is_searched)))
    month = int(random.integers(0, MONTHS - 1))
    first = int(random.binomial(scenario.series, random.choice([1.0, 0.6])))
    counts, expected = reports.counts.copy(), reports.expected.copy()
    counts[0, area, -1, month] += first
    counts[0, area, -1, month + 1] += scenario.series - first
    expected[0, area, -1] += scenario.series
    return Reports(counts, expected, reports.years)


def _with_recode(random: np.random.Generator, scenario: Scenario, reports: Reports, terms: Terms) -> Reports:
    """From the year of the break on the area's codes take in what was counted elsewhere before, in every kommun."""
    if scenario.recode is None:
        return reports
    area, first = terms.position(scenario.recode.problem_area), reports.years.index(scenario.recode.year)
    counts, expected = reports.counts.copy(), reports.expected.copy()
    share = np.full((len(KOMMUNER), 1, MONTHS), 1 / MONTHS)
    if not scenario.is_monthly:
        share[1:] = np.eye(MONTHS)[0]  # a peer's year stands in its first month
    more = expected[:, area, first:, None] * (scenario.recode.factor - 1) * share
    counts[:, area, first:] += random.poisson(more)
    expected[:, area, first:] *= scenario.recode.factor
    return Reports(counts, expected, reports.years)


def reports_expected(reports: Reports, incidence: Incidence, is_delivered: Mask) -> Expected:
    """Expected signals of the reports; is_delivered (U,)."""
    rate = reports.expected[0] / incidence.population[0]
    level = np.log(rate[:, -3:].mean(axis=1))
    gone = np.where(is_delivered, 0.0, np.nan)
    return Expected(
        "polisanmalda",
        level + gone,
        log_ratio(reports.expected, incidence.population) + gone,
        slope(np.log(rate)) + gone,
    )


def reports_table(
    random: np.random.Generator, scenario: Scenario, reports: Reports, is_delivered: Mask, terms: Terms
) -> pd.DataFrame:
    """``reported_offences``: every second area has two codes; yearly, or monthly where the scenario says so; all final."""
    counts = reports.counts if scenario.is_monthly else reports.counts.sum(axis=3, keepdims=True)
    parts, codes = [], []
    for a in np.flatnonzero(is_delivered):
        if a % 2 and len(terms.codes[a]) > 1:
            first = random.binomial(counts[:, a], random.uniform(0.55, 0.9))
            parts += [first, counts[:, a] - first]
            codes += terms.codes[a][:2]
        else:
            parts.append(counts[:, a])
            codes.append(terms.codes[a][0])
    if not parts:
        return frame("reported_offences", {}, 0)
    table = np.stack(parts)  # (code, kommun, year, month)
    code, kommun, year, month = (index.ravel() for index in np.indices(table.shape))
    columns = {
        "kommunkod": np.array(KOMMUNER, dtype=object)[kommun],
        "offence": np.array(codes, dtype=object)[code],
        "key_type": "code",
        "year": np.array(reports.years)[year],
        "month": month + 1 if scenario.is_monthly else None,
        "count": table.ravel(),
        "status": "final",
    }
    return frame("reported_offences", columns, table.size)
