"""Reported offences: what happens, times how much of it is reported, kommun by kommun, code by code and year by year."""

from __future__ import annotations

import math

from lagesbild.example import world
from lagesbild.example.draws import Draws
from lagesbild.example.kommuner import mean_population
from lagesbild.example.table import to_csv

COLUMNS = ["kommunkod", "offence", "key_type", "year", "month", "count", "rate_per_100k", "missing", "status"]
TOTAL = "Totalt antal brott"
#: Reports per 100 000 inhabitants of a problem area whose level, seen through reporting, is 0.
MEAN_RATE = 320.0
#: Spread between peer kommuner of one problem area's rate (log sd), and of their yearly trends.
PEER_SPREAD, PEER_TREND_SPREAD = 0.12, 0.015
#: Variance of a yearly count over its mean: one investigation gives many reports.
DISPERSION = 1.6
#: Everything Brå counts that is not in the list of codes, as a share of what is.
REST_SHARE = 0.06
MIDDLE_YEAR = 2024

Counts = dict[tuple[str, str, int], int]


def counts(seed: int) -> Counts:
    """Reported offences by kommunkod, offence (code or TOTAL) and year.

    rate(kommun, area, year) = MEAN_RATE · exp(level + reporting bias + trend·(year − 2024)) for the own kommun; a peer has the
    own rate less the comparison, no trend of its own but a small random one, and a random level. A year's rate varies so that
    the area's count has DISPERSION times the Poisson variance.
    """
    draws = Draws(seed, "polisanmalda")
    found: Counts = {}
    for kommunkod in world.kommuner():
        for year_rates in _rates(kommunkod, draws).values():
            for (code, year), rate in year_rates.items():
                found[kommunkod, code, year] = draws.poisson(rate * mean_population(kommunkod, year) / 1e5)
        for year in world.YEARS:
            listed = sum(found[kommunkod, offence.brottskod, year] for offence in world.offences())
            found[kommunkod, TOTAL, year] = listed + draws.poisson(listed * REST_SHARE)
    return found


def _rates(kommunkod: str, draws: Draws) -> dict[str, dict[tuple[str, int], float]]:
    """Expected reports per 100 000 by problem area, then by code and year."""
    is_own = kommunkod == world.OWN
    found: dict[str, dict[tuple[str, int], float]] = {}
    for area in world.truth():
        seen = world.seen("polisanmalda", area)
        assert seen is not None
        level = seen.level if is_own else seen.level - seen.comparison + draws.normal(sd=PEER_SPREAD)
        trend = seen.trend if is_own else draws.normal(sd=PEER_TREND_SPREAD)
        for year in world.YEARS:
            rate = MEAN_RATE * math.exp(level + trend * (year - MIDDLE_YEAR))
            expected = rate * mean_population(kommunkod, year) / 1e5
            spread = math.sqrt(math.log1p((DISPERSION - 1) / expected))
            rate *= math.exp(draws.normal(-(spread**2) / 2, spread))
            for offence in world.offences():
                if offence.problem_area == area:
                    found.setdefault(area, {})[offence.brottskod, year] = rate * offence.share
    found[""] = {
        (offence.brottskod, year): offence.share * math.exp(draws.normal(sd=0.1))
        for offence in world.offences()
        if not offence.problem_area
        for year in world.YEARS
    }
    return found


def reported_offences(seed: int) -> bytes:
    """reported_offences.csv: every kommun, code and year, all final, and the total of each year."""
    found = counts(seed)
    rows = (
        {
            "kommunkod": kommunkod,
            "offence": offence,
            "key_type": "group" if offence == TOTAL else "code",
            "year": year,
            "count": found[kommunkod, offence, year],
            "rate_per_100k": round(found[kommunkod, offence, year] / mean_population(kommunkod, year) * 1e5),
            "status": "final",
        }
        for kommunkod in world.kommuner()
        for offence in [TOTAL, *(offence.brottskod for offence in world.offences())]
        for year in world.YEARS
    )
    return to_csv(COLUMNS, rows)
