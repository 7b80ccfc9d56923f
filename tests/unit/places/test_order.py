"""The order of named areas, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from lagesbild.measures.smoothing import empirical_bayes
from lagesbild.places.order import limits, ordered, prior


def test_the_posterior_mean_is_the_smoothed_rate() -> None:
    events, base = [30, 12, 5, 2], [1000.0, 800.0, 900.0, 50.0]
    alpha, beta = prior(events, base)
    np.testing.assert_allclose((np.array(events) + alpha) / (np.array(base) + beta), empirical_bayes(events, base).rate)
    np.testing.assert_allclose(ordered(events, exposure=base)["smoothed"], empirical_bayes(events, base).rate)


def test_two_areas_are_ordered_as_their_gammas_are() -> None:
    found = ordered([40, 20], seed=5, name="x")
    alpha, beta = prior([40, 20])  # m = 30, s² = 100, a = 70
    assert (alpha, beta) == pytest.approx((900 / 70, 30 / 70))
    # X/(X+Y) of two gammas with one rate is Beta.
    exact = stats.beta.sf(0.5, 40 + alpha, 20 + alpha)
    assert found["p_first"][0] == pytest.approx(exact, abs=0.02)
    assert found["smoothed_lower"][0] == pytest.approx(stats.gamma.ppf(0.025, 40 + alpha, scale=1 / (1 + beta)))


def test_areas_that_differ_by_chance_alone_are_all_as_likely() -> None:
    found = ordered([10, 11, 9, 10, 10, 10])
    assert found["p_first"].tolist() == pytest.approx([1 / 6] * 6)
    assert found["p_top"].tolist() == pytest.approx([1 / 2] * 6)
    assert found["smoothed"].tolist() == [10] * 6
    assert found["smoothed_lower"].isna().all()


def test_events_in_heaps_tell_less() -> None:
    once, heaped = ordered([60, 20, 20]), ordered([60, 20, 20], dispersion=3)
    assert heaped["lower"][0] < once["lower"][0]
    assert heaped["upper"][0] > once["upper"][0]
    assert heaped["rank_upper"][0] >= once["rank_upper"][0]
    assert heaped["smoothed"][0] < once["smoothed"][0]


def test_the_same_seed_and_name_give_the_same_draws() -> None:
    one, same, other = (ordered([30, 28, 10], seed=1, name=name)["p_first"].tolist() for name in ("a", "a", "b"))
    assert one == same != other


def test_no_events_are_no_order() -> None:
    found = ordered([0, 0, 0])
    assert found["smoothed"].tolist() == [0, 0, 0]
    assert limits([0], 2)[0].tolist() == [0]
