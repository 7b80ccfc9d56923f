"""The measures of the laboratory, against scipy and against what can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kendalltau

from benchmarks.validity.scores import kendall, middled, ndcg, ratio, recall, reliability, skill, wilson


@pytest.mark.parametrize("seed", range(5))
def test_kendall_is_scipys_with_and_without_ties(seed: int) -> None:
    random = np.random.default_rng(seed)
    one, other = random.normal(size=(2, 16))
    assert kendall(one, other) == pytest.approx(kendalltau(one, other).statistic)
    one, other = random.integers(0, 5, (2, 16))
    assert kendall(one, other) == pytest.approx(kendalltau(one, other).statistic)


def test_kendall_of_a_constant_is_no_number() -> None:
    assert np.isnan(kendall([1, 2, 3], [1, 1, 1]))


def test_ndcg_by_hand() -> None:
    # gains 20, 10, 0 of scores 70, 60, 50; the middle one first: (10 + 20/log2(3)) / (20 + 10/log2(3))
    third = 1 / np.log2(3)
    assert ndcg([70, 60, 50], [5, 9, 1]) == pytest.approx((10 + 20 * third) / (20 + 10 * third))
    assert ndcg([70, 60, 50], [3, 2, 1]) == pytest.approx(1)
    assert ndcg([70, 60, 50], [1, 1, 1]) == pytest.approx((30 * (1 + third + 0.5) / 3) / (20 + 10 * third))
    assert np.isnan(ndcg([40, 30], [1, 2]))


def test_recall_shares_a_tie_at_the_edge() -> None:
    top = [True, True, True, False]
    assert recall(top, [4, 3, 2, 1], 3) == 1
    assert recall(top, [4, 3, 1, 1], 3) == pytest.approx(2.5 / 3)


def test_recall_counts_the_top_areas_that_are_not_ranked() -> None:
    assert recall([True, False], [2, 1], 3) == pytest.approx(1 / 3)


def test_an_area_of_which_nothing_is_said_stands_in_the_middle() -> None:
    assert middled(np.array([1.0, np.nan, 5.0, 3.0])).tolist() == [1, 3, 5, 3]
    assert middled(np.array([np.nan, np.nan])).tolist() == [0, 0]


def test_a_ratio_is_of_sums_and_its_interval_of_drawn_worlds() -> None:
    figure = ratio([1, 2, np.nan, 3], [2, 2, 5, 2])
    assert (figure.value, figure.n) == (1.0, 3)
    assert figure.lower <= 1 <= figure.upper
    hits = np.random.default_rng(1).random(400) < 0.3
    wide = ratio(hits)
    assert wide.upper - wide.lower == pytest.approx(2 * 1.96 * np.sqrt(0.21 / 400), rel=0.15)
    assert np.isnan(ratio([]).value)


def test_brier_skill_is_one_for_a_prophet_and_none_for_the_base_rate() -> None:
    assert skill([0, 0], [1, 2]).value == 1
    assert skill([1, 2], [1, 2]).value == 0
    worse = skill([2, 2], [1, 1])
    assert (worse.value, worse.lower, worse.upper) == (-1, -1, -1)


def test_wilson_of_none_and_all() -> None:
    low, high = wilson(0, 20)
    assert (low, high) == (pytest.approx(0, abs=1e-12), pytest.approx(0.1611, abs=1e-4))
    assert wilson(20, 20)[1] == pytest.approx(1)
    assert np.isnan(wilson(0, 0)[0])


def test_reliability_puts_a_certainty_in_the_last_tenth() -> None:
    bins = reliability([0.05, 0.02, 0.95, 1.0], [False, True, True, True])
    assert [(one.n, round(one.stated, 3), one.observed) for one in bins] == [(2, 0.035, 0.5), (2, 0.975, 1.0)]
