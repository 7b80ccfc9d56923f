"""The fictional kommuner: mean population by year, and who is compared with whom."""

from __future__ import annotations

from lagesbild.example import world
from lagesbild.example.table import to_csv


def mean_population(kommunkod: str, year: int) -> int:
    """Mean population of a year; growth is even, and the last year's number is the one in ``facts/kommuner.csv``."""
    _, latest, growth = world.kommuner()[kommunkod]
    return round(latest * (1 + growth) ** (year - world.YEARS[-1]))


def population() -> bytes:
    """population.csv."""
    rows = (
        {"kommunkod": code, "year": year, "population": mean_population(code, year)}
        for code in world.kommuner()
        for year in world.YEARS
    )
    return to_csv(["kommunkod", "year", "population"], rows)


def peers() -> bytes:
    """peers.csv: the nine of them are one another's peers."""
    rows = ({"kommunkod": code, "peer_group": world.PEER_GROUP} for code in world.kommuner())
    return to_csv(["kommunkod", "peer_group"], rows)
