"""Where the own kommun stands among the comparison kommuner: their median and middle half, and its position."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.measures.measure import Measures
from lagesbild.measures.rates import PER_100K

#: Fewer kommuner have no quartiles worth the name.
FEWEST = 5


@dataclass(frozen=True)
class Standing:
    """n: comparison kommuner. median, lower_quartile, upper_quartile: of their rates. position: the own place among n + 1, 1 is
    the highest rate; best, worst: its places at the upper and the lower limit of the own rate."""

    n: int
    median: float
    lower_quartile: float
    upper_quartile: float
    position: int
    best: int
    worst: int


def standing(rates: pd.Series, own: float, lower: float, upper: float) -> Standing:
    """The own rate with its limits among the others' rates; quartiles by linear interpolation; a tie goes to the own.

    >>> found = standing(pd.Series([500., 600., 700., 800., 900.]), 750., 690., 820.)
    >>> found.median, found.lower_quartile, found.upper_quartile, found.position, found.best, found.worst
    (700.0, 600.0, 800.0, 3, 2, 4)
    """
    others = rates.to_numpy(dtype=np.float64)
    low, middle, high = (float(q) for q in np.quantile(others, [0.25, 0.5, 0.75]))
    position, best, worst = (1 + int((others > rate).sum()) for rate in (own, upper, lower))
    return Standing(len(others), middle, low, high, position, best, worst)


def peer_rates(measures: Measures, line: str, first: int, last: int) -> pd.Series:
    """kommunkod -> published offences per 100 000 and year of each comparison kommun that has every year from first to last."""
    rows = measures.rows
    there = rows[
        rows["role"].eq("peer")
        & rows["measure"].eq("reported_rate")
        & rows["problem_area"].eq(line)
        & rows["year"].between(first, last)
        & rows["status"].eq("final")
    ]
    sums = there.groupby("geography", observed=True).agg(
        count=("numerator", "sum"), people=("denominator", "sum"), n=("year", "nunique")
    )
    whole = sums[sums["n"].eq(last - first + 1)]
    return whole["count"] / whole["people"] * PER_100K
