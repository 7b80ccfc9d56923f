"""What holds of every forecast: the order of kommuner and the unit of population change nothing; more before, more after."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lagesbild import taxonomy
from lagesbild.measures.forecast import Model, forecast, limits, years_of

MODEL = Model.of(taxonomy.load().constant)
COUNTS = arrays(np.float64, (5, 4), elements=st.integers(0, 2000).map(float))
PEOPLE = arrays(np.float64, (5, 1), elements=st.integers(3_000, 90_000).map(float))


@settings(max_examples=40, deadline=None)
@given(COUNTS, PEOPLE, st.permutations(range(5)), st.sampled_from([0.001, 12.0]))
def test_order_and_unit_change_nothing(counts: np.ndarray, people: np.ndarray, order: list[int], unit: float) -> None:
    n = np.repeat(people, 4, axis=1)
    plain = forecast(years_of(counts, n), people[:, 0], 48, MODEL)
    turned = forecast(years_of(counts[order], n[order] * unit), people[order, 0] * unit, 48, MODEL)
    np.testing.assert_allclose(turned.expected, plain.expected[order], rtol=1e-6)
    np.testing.assert_allclose(turned.variance, plain.variance[order], rtol=1e-6)


@settings(max_examples=40, deadline=None)
@given(COUNTS, PEOPLE, st.integers(0, 4), st.integers(0, 3), st.integers(1, 50))
def test_a_little_more_history_never_lowers_the_own_forecast(
    counts: np.ndarray, people: np.ndarray, kommun: int, year: int, more: int
) -> None:
    n = np.repeat(people, 4, axis=1)
    steady = counts[:, :1] + 20 * np.ones((5, 4))  # nothing is cut, and the common rate moves by this alone
    raised = steady.copy()
    raised[kommun, year] += more
    before, after = (forecast(years_of(y, n), people[:, 0], 48, MODEL).expected for y in (steady, raised))
    assert after[kommun] >= before[kommun] * (1 - (0.0 if year == 3 else 0.02) - 1e-9)


@settings(max_examples=60, deadline=None)
@given(st.floats(20.0, 5e4), st.floats(1.0, 10.0))
def test_limits_lie_around_the_expected_count_and_widen_with_the_variance(mean: float, times: float) -> None:
    lower, upper = (float(edge) for edge in limits(mean, mean))
    wide_lower, wide_upper = (float(edge) for edge in limits(mean, mean * times))
    assert lower <= mean + 1
    assert upper >= mean - 1
    assert wide_upper - wide_lower >= upper - lower - 1
    assert wide_lower >= 0
