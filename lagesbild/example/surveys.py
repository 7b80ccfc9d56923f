"""Surveys: the true share of people who would say yes, times who happens to be asked."""

from __future__ import annotations

import math
from statistics import NormalDist

from lagesbild.example import world
from lagesbild.example.draws import Draws
from lagesbild.example.table import to_csv
from lagesbild.example.world import Item

COLUMNS = [
    "survey", "item", "group", "geography_level", "geography", "year", "value", "scale", "higher_is",
    "lower", "upper", "n", "missing",
]  # fmt: skip
NAMES = {"ntu": "NTU", "naringsliv": "Svenskt Näringsliv", "egen_enkat": "Egen enkät"}
YEARS = (2023, 2025)
#: How far a doubling of a problem (log 2) moves the logit of a share, as the methods declare it.
SCALE = 0.7
#: The share of people who answer yes where a problem's level is 0: expit(0.7 · −3.2) = 10 percent.
MIDDLE = -3.2
#: Variance of a share over that of a simple random sample of the same size.
DESIGN_EFFECT = 1.4
ASKED = {("ntu", 2023): 262, ("ntu", 2025): 287, ("naringsliv", 2023): 94, ("naringsliv", 2025): 103}
ASKED_RIKET = {"ntu": 65_000, "naringsliv": 30_000}
WOMEN_SHARE = 0.52
#: What the producer keeps back: too few answered.
SUPPRESSED = ("Självrapporterad utsatthet för rån", "män", 2023)
#: Above so many people a share is drawn from the normal distribution.
MANY = 2000


def expit(value: float) -> float:
    """The share whose logit this is."""
    return 1 / (1 + math.exp(-value))


def logit(share: float) -> float:
    """The log odds of a share."""
    return math.log(share / (1 - share))


def limits(share: float, people: float) -> tuple[float, float]:
    """95 % limits on the logit scale, pulled off 0 and 1 by half a person (Jeffreys), as a producer prints them."""
    middle = (people * share + 0.5) / (people + 1)
    margin = NormalDist().inv_cdf(0.975) / math.sqrt(people * middle * (1 - middle))
    return expit(logit(middle) - margin), expit(logit(middle) + margin)


def true_logit(item: Item, year: int, *, is_reference: bool = False) -> float:
    """Logit of the share that would say yes if everybody answered: 0.7·(level + bias + trend·(year − 2025) − 3.2) + the item's
    own offset. The country differs by the comparison and does not change.
    """
    seen = world.seen(item.survey, item.problem_area)
    assert seen is not None
    level = seen.level - seen.comparison if is_reference else seen.level + seen.trend * (year - YEARS[-1])
    return SCALE * (level + MIDDLE) + item.offset


def survey_results(seed: int) -> bytes:
    """survey_results.csv: the survey of inhabitants with its intervals by sex, and the survey of companies."""
    draws = Draws(seed, "survey_results")
    rows = [
        row
        for item in world.items()
        if item.survey != "egen_enkat"
        for year in YEARS
        for is_reference in (False, True)
        for row in _groups(item, year, is_reference, draws)
    ]
    return to_csv(COLUMNS, rows)


def _groups(item: Item, year: int, is_reference: bool, draws: Draws) -> list[dict[str, object]]:
    """The rows of one item, year and geography: women and men drawn apart, all of them as the weighted mean."""
    middle = true_logit(item, year, is_reference=is_reference)
    asked = ASKED_RIKET[item.survey] if is_reference else ASKED[item.survey, year]
    if item.survey == "naringsliv":
        return [_row(item, year, "alla", _observed(middle, asked, draws), asked, is_reference)]
    women = round(asked * WOMEN_SHARE)
    shares = {
        "kvinnor": (_observed(middle + item.women / 2, women, draws), women),
        "män": (_observed(middle - item.women / 2, asked - women, draws), asked - women),
    }
    together = sum(share * n for share, n in shares.values()) / asked
    return [
        _row(item, year, group, share, n, is_reference) for group, (share, n) in {"alla": (together, asked), **shares}.items()
    ]


def _observed(middle: float, asked: int, draws: Draws) -> float:
    """The share of those who answered: as if asked/DESIGN_EFFECT people were drawn one by one; of many, by the normal."""
    share = expit(middle)
    people = round(asked / DESIGN_EFFECT)
    if people > MANY:
        return draws.normal(share, math.sqrt(share * (1 - share) / people))
    return sum(draws.happens(share) for _ in range(people)) / people


def _row(item: Item, year: int, group: str, share: float, asked: int, is_reference: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "survey": NAMES[item.survey],
        "item": item.item,
        "group": group,
        "geography_level": "riket" if is_reference else "kommun",
        "geography": "Riket" if is_reference else world.OWN,
        "year": year,
        "scale": "percent",
        "higher_is": item.higher_is,
    }
    if not is_reference and (item.item, group, year) == SUPPRESSED:
        return {**row, "missing": "suppressed"}
    lower, upper = limits(share, asked / DESIGN_EFFECT)
    shown = (round(100 * figure, 1) for figure in (share, min(lower, share), max(upper, share)))
    return {**row, **dict(zip(("value", "lower", "upper"), shown, strict=True)), "n": asked}
