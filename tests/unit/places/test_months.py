"""Twelve months against an even spread."""

from __future__ import annotations

import numpy as np
import pytest

from lagesbild.places.months import months


def year_of(rates: np.ndarray, random: np.random.Generator, size: int = 1) -> np.ndarray:
    """Days drawn with the rate of each, every event ``size`` times."""
    days = np.arange("2025-01-01", "2026-01-01", dtype="datetime64[D]")
    return np.repeat(days, random.poisson(rates) * size)


def test_an_even_year_is_told_from_even_in_one_of_twenty_also_where_events_come_in_heaps() -> None:
    random = np.random.default_rng(7)
    for size in (1, 4):
        told = [months(year_of(np.full(365, 0.6), random, size), 2025, 2025).is_uneven for _ in range(400)]
        assert np.mean(told) < 0.08


def test_a_summer_is_found_and_its_months_named() -> None:
    rates = np.full(365, 0.3)
    rates[151:212] = 1.5  # June and July
    year = months(year_of(rates, np.random.default_rng(3)), 2025, 2025)
    assert year.is_uneven
    assert year.figures["month"][year.figures["is_above"]].tolist() == [6, 7]


def test_figures_by_hand() -> None:
    days = np.array(["2025-02-03"] * 3 + ["2025-02-28", "2024-12-31", "NaT"], dtype="datetime64[D]")
    year = months(days, 2025, 2025)
    assert year.figures["count"].tolist() == [0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert year.figures["expected"][1] == pytest.approx(4 * 28 / 365)
    # Within February 3, 0, 0, 1 of 1, 8/7, 8/7, 5/7 expected: 4 + 8/7 + 8/7 + 4/35, over 36 degrees of freedom: below 1.
    assert year.dispersion == 1


def test_nothing_cannot_be_told_from_even() -> None:
    assert not months(np.array([], dtype="datetime64[D]"), 2025, 2025).is_uneven
