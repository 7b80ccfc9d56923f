"""Intervals spread over the week, cell by cell as one would by hand."""

from __future__ import annotations

import numpy as np
import pytest

from lagesbild.places.hours import aoristic, in_blocks, matrix, timed


def stamps(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[s]")


def test_an_interval_is_shared_by_the_minutes_of_each_hour() -> None:
    week = aoristic(stamps("2025-03-29T22:45"), stamps("2025-03-30T01:15"))  # Saturday to Sunday, 150 minutes
    expected = {(5, 22): 15 / 150, (5, 23): 60 / 150, (6, 0): 60 / 150, (6, 1): 15 / 150}
    assert {(int(d), int(h)): week[d, h] for d, h in np.argwhere(week)} == pytest.approx(expected)


def test_sunday_night_goes_on_into_monday() -> None:
    week = aoristic(stamps("2025-03-30T23:00"), stamps("2025-03-31T01:00"))
    assert week[6, 23] == week[0, 0] == 0.5


def test_a_moment_falls_whole_on_its_hour_and_a_day_is_spread_over_all_of_it() -> None:
    assert aoristic(stamps("2025-01-01T12:00"), stamps("2025-01-01T12:00"))[2, 12] == 1
    day = aoristic(stamps("2025-01-01T06:30"), stamps("2025-01-02T06:30"))
    assert day.sum() == pytest.approx(1)
    assert day[2, 6] == day[3, 6] == pytest.approx(0.5 / 24)
    assert in_blocks(day)[2, 5] == pytest.approx(3 / 24)


def test_no_interval_may_be_longer_than_a_day_or_end_before_it_starts() -> None:
    for first, last in (("2025-01-01T06:00", "2025-01-02T06:01"), ("2025-01-01T06:00", "2025-01-01T05:00")):
        with pytest.raises(ValueError, match="within 24 hours"):
            aoristic(stamps(first), stamps(last))


def test_what_has_no_hour_is_told_apart_from_what_is_too_long() -> None:
    starts = stamps("2025-01-01T06:00", "NaT", "2025-01-01T06:00", "2025-01-01T06:00")
    is_timed, is_long = timed(starts, stamps("2025-01-01T08:00", "NaT", "2025-01-02T06:00", "2025-01-02T07:00"))
    assert is_timed.tolist() == [True, False, True, False]
    assert is_long.tolist() == [False, False, False, True]


def test_a_peak_is_above_an_even_spread_and_chance_is_not() -> None:
    week = np.full((7, 24), 0.5)
    week[4, 22] = 20
    found = matrix(week)
    assert np.flatnonzero(found["is_above"]).tolist() == [4 * 8 + 7]
    assert not matrix(week, dispersion=12)["is_above"].any()
    noise = np.random.default_rng(1).poisson(2, (200, 7, 24)).astype(float)
    assert np.mean([matrix(one)["is_above"].any() for one in noise]) < 0.05
