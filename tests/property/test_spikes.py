"""Ordinary months are let be; four hundred reports in one month are found, and move no level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.measures.spikes import spikes


def ordinary(random: np.random.Generator, mean: float, variation: float, shape: tuple[int, int, int]) -> np.ndarray:
    """Counts whose months vary by gamma with this squared coefficient beyond chance."""
    factor = random.gamma(1 / variation, variation, shape) if variation else np.ones(shape)
    return random.poisson(mean * factor).astype(np.float64)


@pytest.mark.parametrize("mean", [1.0, 5.0, 20.0, 80.0])
@pytest.mark.parametrize("variation", [0.0, 0.05, 0.2])
def test_at_most_one_ordinary_month_in_a_thousand_is_flagged(mean: float, variation: float) -> None:
    counts = ordinary(np.random.default_rng(7), mean, variation, (40, 8, 60))
    assert spikes(counts).is_spike.mean() <= 0.001


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000), mean=st.sampled_from([1.0, 8.0, 25.0, 60.0]), month=st.integers(0, 59), peers=st.integers(0, 8)
)
def test_four_hundred_reports_in_one_month_are_found_and_move_no_level(seed: int, mean: float, month: int, peers: int) -> None:
    counts = ordinary(np.random.default_rng(seed), mean, 0.05, (1 + peers, 3, 60))
    struck = counts.copy()
    struck[0, 1, month] += 400
    found = spikes(struck)
    assert found.is_spike[0, 1, month]
    assert found.is_spike.sum() <= 2
    end = min(60, max(36, month + 1))  # the three years that end after the month
    before, after = (float(np.log(one[0, 1, end - 36 : end].sum() + 0.5)) for one in (counts, found.expected))
    # One month of 36 at its expected value: half of a small month's own chance, nothing of the 400.
    assert abs(after - before) < 0.1 + (0.2 if mean < 5 else 0.0)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_kommuner_and_lines_changes_nothing(seed: int) -> None:
    random = np.random.default_rng(seed)
    counts = ordinary(random, 20, 0.1, (6, 4, 36))
    counts[2, 1, 20] = 300
    k, line = random.permutation(6), random.permutation(4)
    straight, turned = spikes(counts), spikes(counts[k][:, line])
    assert (straight.is_spike[k][:, line] == turned.is_spike).all()
    assert straight.expected[k][:, line] == pytest.approx(turned.expected)
