"""The example's own draws: literal values that must never change, and the right moments."""

from __future__ import annotations

from statistics import fmean, pvariance

import pytest

from lagesbild.example.draws import Draws


def test_a_stream_never_changes() -> None:
    draws = Draws(1, "est")
    assert [round(draws.uniform(), 6) for _ in range(2)] == [0.780082, 0.255983]
    assert [draws.poisson(3.2) for _ in range(6)] == [2, 2, 2, 2, 4, 5]
    assert draws.poisson(1800) == 1750
    assert round(draws.normal(), 6) == 1.127335
    assert draws.choice("abc", (1, 2, 3)) == "b"
    assert [draws.whole(1, 6) for _ in range(5)] == [5, 2, 3, 2, 1]


@pytest.mark.parametrize("mean", [0.3, 4.0, 90.0, 1200.0])
def test_poisson_draws_have_mean_and_variance_alike(mean: float) -> None:
    draws = Draws(7, f"poisson {mean}")
    sample = [draws.poisson(mean) for _ in range(4000)]
    assert fmean(sample) == pytest.approx(mean, rel=0.06)
    assert pvariance(sample) == pytest.approx(mean, rel=0.12)


def test_poisson_of_nothing_is_nothing() -> None:
    assert Draws(1, "x").poisson(0.0) == 0


def test_choice_follows_the_weights() -> None:
    draws = Draws(3, "choice")
    sample = [draws.choice("abc", (1, 0, 3)) for _ in range(4000)]
    assert sample.count("b") == 0
    assert sample.count("c") / len(sample) == pytest.approx(0.75, abs=0.03)


def test_whole_numbers_reach_both_ends() -> None:
    draws = Draws(4, "whole")
    assert {draws.whole(1, 3) for _ in range(200)} == {1, 2, 3}


def test_normal_draws_are_normal() -> None:
    draws = Draws(5, "normal")
    sample = [draws.normal(2, 0.5) for _ in range(4000)]
    assert fmean(sample) == pytest.approx(2, abs=0.03)
    assert pvariance(sample) == pytest.approx(0.25, rel=0.08)
