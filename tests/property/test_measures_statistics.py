"""What must hold of limits, trends and dispersion whatever the figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.measures import rates, survey, trends
from lagesbild.measures.overdispersion import shrunk_dispersion, spiegelhalter

COUNT = st.integers(0, 5_000)
SERIES = st.lists(st.integers(0, 400), min_size=3, max_size=6)


@given(COUNT, st.sampled_from([0.8, 0.95, 0.998]))
def test_count_limits_hold_the_count(count: int, confidence: float) -> None:
    lower, upper = rates.count_limits(count, confidence)
    assert 0 <= lower <= count < upper


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_is_a_mirror(count: int, n: int) -> None:
    count = min(count, n)
    lower, upper = rates.wilson(count, n)
    other_lower, other_upper = rates.wilson(n - count, n)
    assert 0 <= lower <= count / n + 1e-12
    assert count / n - 1e-12 <= upper <= 1
    assert (float(lower), float(upper)) == pytest.approx((1 - float(other_upper), 1 - float(other_lower)))


@given(SERIES, st.floats(0.1, 50))
def test_a_slope_does_not_care_for_the_size_of_the_population(series: list[int], scale: float) -> None:
    base = np.linspace(900, 1_100, len(series))
    one, other = (trends.slopes(series, base * factor, range(len(series))) for factor in (1.0, scale))
    np.testing.assert_allclose(one.slope, other.slope, rtol=1e-7, atol=1e-9)


@given(SERIES)
def test_time_turned_round_turns_the_slope_round(series: list[int]) -> None:
    years = np.arange(len(series))
    forward, backward = (
        trends.slopes(series, np.ones(len(series)), years),
        trends.slopes(series[::-1], np.ones(len(series)), years),
    )
    np.testing.assert_allclose(forward.slope, -backward.slope, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(forward.slope_se, backward.slope_se, rtol=1e-6)


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 400), min_size=5, max_size=5), min_size=1, max_size=12), st.randoms())
def test_series_do_not_care_for_their_order(series: list[list[int]], random) -> None:
    order = list(range(len(series)))
    random.shuffle(order)
    base = np.full(5, 1e4)
    plain, shuffled = trends.trend_test(series, base, range(5)), trends.trend_test([series[i] for i in order], base, range(5))
    np.testing.assert_allclose(plain.p_value[order], shuffled.p_value, rtol=1e-9)
    assert (plain.phi >= 1).all()


@given(st.lists(st.floats(0, 30), min_size=1, max_size=16), st.integers(3, 6))
def test_shrinking_keeps_the_order_of_dispersions(phi_hat: list[float], n_years: int) -> None:
    shrunk = shrunk_dispersion(phi_hat, n_years, 30).phi
    order = np.argsort(phi_hat, kind="stable")
    assert (np.diff(shrunk[order]) >= -1e-9).all()
    assert shrunk.max() <= max(1.0, *phi_hat) + 1e-9


@given(st.lists(st.tuples(st.integers(1, 500), st.floats(1, 500)), min_size=2, max_size=40))
def test_between_unit_variance_is_never_negative(units: list[tuple[int, float]]) -> None:
    observed, expected = zip(*units, strict=True)
    for trim in ("none", "winsorise", "truncate"):
        found = spiegelhalter(observed, expected, trim=trim)
        assert found.tau2 >= 0
        assert found.phi >= 0


@given(st.floats(0, 1), st.floats(5, 5_000))
def test_survey_limits_hold_the_share(share: float, n: float) -> None:
    lower, upper = survey.logit_limits(share, n)
    assert 0 <= lower <= share <= upper <= 1
