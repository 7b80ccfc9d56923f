"""How often a real change is told, and an absent one: a made-up kommun where one area of reported offences grows.

Counts come from events that gather in clusters (an evening's many, one offender's series), so a year varies more than chance
alone: clusters arrive at random, each has one report or more. Nothing else is delivered; the figures take the product's whole
road from table to printed interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.validity.scores import Figure, ratio
from benchmarks.validity.trial import changes
from lagesbild.disclosure import protect
from lagesbild.measures import measure
from lagesbild.profile import Profile
from lagesbild.ranking.signals import signals
from lagesbild.tables import TABLES, Tables
from lagesbild.taxonomy import Taxonomy

KOMMUN, LAST, YEARS = "1493", 2025, 5
#: The case of the target: mean count of the growing area, growth a year, reports of a cluster (geometric mean number).
MEAN, GROWTH, CLUSTER = 100.0, 0.10, 1.2
#: Mean yearly counts of the areas beside it, which do not change.
OTHERS = (400, 300, 220, 160, 120, 100, 90, 80, 70, 60, 50, 40, 30, 25)


@dataclass(frozen=True)
class Power:
    """told: share of worlds in which the growing area's change is told as growth. false: share of the unchanged areas that
    have a printed interval for which a change is told."""

    told: Figure
    false: Figure


def power(taxonomy: Taxonomy, kommuner: int = 300, seed: int = 10) -> Power:
    """Power at a mean of 100, +10 % a year, five years; the growing area is dwelling burglary, which is not searched out."""
    codes = taxonomy.offence_codes.drop_duplicates("problem_area")
    code = {str(area): str(key) for area, key in zip(codes["problem_area"], codes["brottskod"], strict=True) if area}
    growing = "bostadsinbrott"
    others = [area for area in taxonomy.area_ids if area in code and area != growing and not taxonomy.is_police_initiated(area)]
    told, flagged, printed = [], [], []
    for number in range(kommuner):
        random = np.random.default_rng([seed, number])
        counts = {code[growing]: _reports(random, MEAN * np.exp(np.log1p(GROWTH) * (np.arange(YEARS) - (YEARS - 1) / 2)))}
        counts |= {code[a]: _reports(random, np.full(YEARS, mean)) for a, mean in zip(others, OTHERS, strict=False)}
        found = signals(protect(measure(_tables(counts), _PROFILE, taxonomy), taxonomy), _PROFILE, taxonomy)
        made = changes(found, np.zeros((len(found.areas), len(found.sources))))
        shown, changed = made.printed, made.flagged
        a = found.areas.index(growing)
        facts = found.facts[found.facts["problem_area"].eq(growing) & found.facts["criterion"].eq("utveckling")]
        told.append(float(changed[a].any() and (facts["lower"] > 0).any()))
        flagged.append(changed.any(axis=1).sum() - changed[a].any())
        printed.append(shown.any(axis=1).sum() - shown[a].any())
    return Power(ratio(told), ratio(flagged, printed))


_PROFILE = Profile(
    slug="kraft", name="Kraft", kommunkoder=(KOMMUN,), year=LAST, raw=Path("raw"), processed=Path("processed"), peer_group=None
)


def _reports(random: np.random.Generator, mean: np.ndarray) -> list[int]:
    """Yearly reports: Poisson clusters, each of a geometric number of reports (index of dispersion 2·CLUSTER − 1)."""
    clusters = random.poisson(mean / CLUSTER)
    return [int(random.geometric(1 / CLUSTER, n).sum()) for n in clusters]


def _tables(counts: dict[str, list[int]]) -> Tables:
    years = [LAST - YEARS + 1 + i for i in range(YEARS)]
    rows = [
        (KOMMUN, key, "code", year, n, "final") for key, series in counts.items() for year, n in zip(years, series, strict=True)
    ]
    columns = ["kommunkod", "offence", "key_type", "year", "count", "status"]
    people = pd.DataFrame([(KOMMUN, year, 25_000) for year in years], columns=["kommunkod", "year", "population"])
    return Tables(
        reported_offences=_typed("reported_offences", pd.DataFrame(rows, columns=columns)),
        population=_typed("population", people),
    )


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    empty = TABLES[name].empty()
    return frame.reindex(columns=list(empty.columns)).astype(empty.dtypes.to_dict())
