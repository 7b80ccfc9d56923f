"""Exempelby: what is true there, and how each source sees it. Everything is read from the CSV files in ``facts/``.

No kommun, area, organisation or event in them exists. The coordinates lie in the middle of lake Vänern on purpose.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

#: Any seed would do; the planted truth is strong enough for most of them.
SEED = 2025
YEARS = (2021, 2022, 2023, 2024, 2025)
OWN = "9901"
PEER_GROUP = "exempel"
#: The planted place and time, for the problem areas that gather there.
HOT_AREA, HOT_HOUR, HOT_WEEKDAYS = "Stationsområdet", 22, (4, 5)
HOT_SHARE_PLACE, HOT_SHARE_TIME = 0.40, 0.32
HOT_PROBLEMS = ("skadegorelse", "narkotika")


@dataclass(frozen=True)
class Truth:
    """One problem area as it is, on a log scale: level against the mean of the areas, comparison with the peers and the
    country, and yearly trend.
    """

    problem_area: str
    level: float
    comparison: float
    trend: float


@dataclass(frozen=True)
class Bias:
    """How a source errs about a problem area, on the same log scale; a source without a row for an area cannot see it."""

    level: float
    comparison: float
    trend: float


@dataclass(frozen=True)
class Offence:
    """An offence code. share: of its problem area's reports; for a code without an area, reports per 100 000 instead."""

    brottskod: str
    problem_area: str
    share: float


@dataclass(frozen=True)
class Place:
    """A named area of Exempelby with its centre (EPSG:3006), its people and how much happens out of doors there."""

    area: str
    x: float
    y: float
    residents: int
    outdoor: float
    places: tuple[str, ...]


@dataclass(frozen=True)
class Organisation:
    """Who reports to EST. activity: relative effort; first_week: when it joined; gaps: ISO week numbers it is always away."""

    name: str
    activity: float
    first_week: str
    gaps: frozenset[int]
    sees: frozenset[str]
    favourite: str
    eagerness: float


@dataclass(frozen=True)
class Category:
    """A category as the list writes it. share: of its problem area's observations."""

    category: str
    problem_area: str
    share: float
    descriptions: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A survey question. offset: its own level on the logit scale; women: how much more women answer so."""

    survey: str
    item: str
    problem_area: str
    higher_is: str
    offset: float
    women: float


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``facts/<name>.csv`` as text."""
    text = (resources.files("lagesbild.example") / "facts" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def parts(text: str) -> tuple[str, ...]:
    """The parts of a list separated by semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


@cache
def truth() -> dict[str, Truth]:
    """What is true, by problem area."""
    found = (Truth(row["problem_area"], *_floats(row, "level", "comparison", "trend")) for row in rows("truth"))
    return {one.problem_area: one for one in found}


@cache
def biases() -> dict[str, dict[str, Bias]]:
    """How each source errs: source -> problem area -> bias."""
    found: dict[str, dict[str, Bias]] = {}
    for row in rows("bias"):
        found.setdefault(row["source"], {})[row["problem_area"]] = Bias(*_floats(row, "level", "comparison", "trend"))
    return found


def seen(source: str, problem_area: str) -> Truth | None:
    """What a source would show of a problem area if it had no random error: truth plus bias; None where it sees nothing."""
    bias = biases()[source].get(problem_area)
    if bias is None:
        return None
    true = truth()[problem_area]
    return Truth(problem_area, true.level + bias.level, true.comparison + bias.comparison, true.trend + bias.trend)


@cache
def offences() -> tuple[Offence, ...]:
    """The offence codes that occur in the example."""
    return tuple(Offence(row["brottskod"], row["problem_area"], float(row["share"])) for row in rows("offences"))


@cache
def places() -> tuple[Place, ...]:
    """The named areas of Exempelby."""
    return tuple(
        Place(
            row["area"],
            float(row["x"]),
            float(row["y"]),
            int(row["residents"]),
            float(row["outdoor"]),
            parts(row["places"]),
        )
        for row in rows("places")
    )


@cache
def organisations() -> tuple[Organisation, ...]:
    """Those who report to EST."""
    return tuple(
        Organisation(
            row["organisation"],
            float(row["activity"]),
            row["first_week"],
            frozenset(map(int, parts(row["gaps"]))),
            frozenset(parts(row["sees"])),
            row["favourite"],
            float(row["eagerness"]),
        )
        for row in rows("organisations")
    )


@cache
def categories() -> tuple[Category, ...]:
    """The categories of the EST list."""
    return tuple(
        Category(row["category"], row["problem_area"], float(row["share"]), parts(row["descriptions"]))
        for row in rows("categories")
    )


@cache
def items() -> tuple[Item, ...]:
    """The survey questions."""
    return tuple(
        Item(row["survey"], row["item"], row["problem_area"], row["higher_is"], *_floats(row, "offset", "women"))
        for row in rows("items")
    )


def kommuner() -> dict[str, tuple[str, int, float]]:
    """Fictional name, inhabitants and yearly growth by kommunkod, the own kommun first."""
    return {row["kommunkod"]: (row["name"], int(row["population"]), float(row["growth"])) for row in rows("kommuner")}


def _floats(row: dict[str, str], *names: str) -> Iterator[float]:
    return (float(row[name] or 0) for name in names)
