"""When within the year: twelve months against an even spread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

from lagesbild.measures.rates import Array
from lagesbild.places.order import limits

#: Parts of a month that tell how much the counts vary by themselves.
PARTS = 4
#: Level of the test against an even spread.
LEVEL = 0.05


@dataclass(frozen=True)
class Year:
    """figures: month 1-12, count, lower, upper (95 %, widened by the dispersion), expected (even spread, by days), is_above,
    is_below (the year is uneven, and the month is outside at 5 % for the twelve together). dispersion: variance over mean
    within months, at least 1. p_value: of an even spread.
    """

    figures: dict[str, npt.NDArray[Any]]
    dispersion: float
    p_value: float

    @property
    def is_uneven(self) -> bool:
        """Whether the year can be told from an even spread."""
        return self.p_value < LEVEL


def months(days: npt.ArrayLike, first_year: int, last_year: int) -> Year:
    """The events of whole years by month; days outside them do not count.

    Every month is parted in four; χ² within the months over its 36 degrees of freedom is how much the counts vary by themselves
    (one evening gives many observations), and χ² between the months over 11 and that follows F(11, 36) where nothing differs: a
    quasi-Poisson analysis of variance (McCullagh & Nelder 1989, §4.5). Several years are added part by part.

    >>> even = np.arange("2025-01-01", "2026-01-01", dtype="M8[D]")
    >>> months(even, 2025, 2025).is_uneven, months(even[150:210], 2025, 2025).is_uneven
    (False, True)
    """
    given = np.asarray(days, dtype="datetime64[D]")
    given = given[(given >= np.datetime64(f"{first_year}-01-01")) & (given <= np.datetime64(f"{last_year}-12-31"))]
    seen, lengths = _parts(given), _calendar(first_year, last_year)
    counts = seen.sum(axis=1)
    expected = counts.sum() * lengths.sum(axis=1) / lengths.sum()
    within = counts[:, None] * lengths / lengths.sum(axis=1, keepdims=True)
    dispersion = max(1.0, _chi_square(seen, within) / (12 * (PARTS - 1)))
    p_value = float(special.fdtrc(11, 12 * (PARTS - 1), _chi_square(counts, expected) / 11 / dispersion))
    lower, upper = limits(counts, dispersion)
    low, high = limits(counts, dispersion, 1 - LEVEL / 12)
    is_uneven = p_value < LEVEL
    figures = {
        "month": np.arange(1, 13), "count": counts.astype(np.int64), "lower": lower, "upper": upper, "expected": expected,
        "is_above": is_uneven & (low > expected), "is_below": is_uneven & (high < expected),
    }  # fmt: skip
    return Year(figures, dispersion, p_value)


def _chi_square(seen: Array, expected: Array) -> float:
    there = expected > 0
    return float(((seen - expected)[there] ** 2 / expected[there]).sum())


@lru_cache(maxsize=64)
def _calendar(first_year: int, last_year: int) -> Array:
    return _parts(np.arange(f"{first_year}-01-01", f"{last_year + 1}-01-01", dtype="datetime64[D]"))


def _parts(days: npt.NDArray[np.datetime64]) -> Array:
    """(12, 4): days 1-7, 8-15, 16-23 and the rest of each month."""
    month = days.astype("datetime64[M]")
    part = np.digitize((days - month).astype(np.int64), [7, 15, 23])
    at = month.astype(np.int64) % 12 * PARTS + part
    return np.bincount(at, minlength=12 * PARTS).reshape(12, PARTS).astype(np.float64)
