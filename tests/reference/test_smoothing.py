"""Smoothed rates equal those of PySAL esda on its hundred counties."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lagesbild.measures.smoothing import empirical_bayes, excess_risk, spatial_empirical_bayes


@pytest.fixture
def counties(shared: Path) -> dict:
    published = json.loads((shared / "reference" / "smoothing" / "rate_smoothing.json").read_text(encoding="utf-8"))
    assert len(published["events"]) == len(published["base"]) == 100
    return published


def test_excess_risk(counties: dict) -> None:
    found = excess_risk(counties["events"], counties["base"])
    np.testing.assert_allclose(found, counties["excess_risk"], rtol=counties["tolerance_rel"])


def test_rates_towards_the_common_one(counties: dict) -> None:
    found = empirical_bayes(counties["events"], counties["base"])
    np.testing.assert_allclose(found.rate, counties["empirical_bayes"], rtol=counties["tolerance_rel"])
    by_base = np.argsort(counties["base"])
    assert (np.diff(found.share[by_base]) >= 0).all(), "a larger base keeps more of its own rate"


def test_rates_towards_the_neighbourhood(counties: dict) -> None:
    neighbours = np.zeros((100, 100), dtype=bool)
    for area, near in counties["neighbours"].items():
        neighbours[int(area), near] = True
    found = spatial_empirical_bayes(counties["events"], counties["base"], neighbours)
    np.testing.assert_allclose(found.rate, counties["spatial_empirical_bayes"], rtol=counties["tolerance_rel"])


def test_areas_that_differ_by_chance_alone_get_the_common_rate() -> None:
    found = empirical_bayes([20, 2, 0], [1000, 100, 100])
    assert found.between == 0
    np.testing.assert_allclose(found.rate, 22 / 1200)


def test_a_neighbourhood_of_everybody_is_the_common_rate() -> None:
    events, base = [30, 10, 3], [1000, 1000, 50]
    np.testing.assert_allclose(
        spatial_empirical_bayes(events, base, np.ones((3, 3))).rate, empirical_bayes(events, base).rate, rtol=1e-12
    )


@pytest.mark.parametrize(("events", "base"), [([1, 2], [0, 10]), ([-1, 2], [10, 10])])
def test_an_impossible_area_is_refused(events: list[int], base: list[int]) -> None:
    with pytest.raises(ValueError, match="base above 0"):
        empirical_bayes(events, base)
