from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from lagesbild.measures import rates, trends
from lagesbild.measures.overdispersion import shrunk_dispersion, spiegelhalter


def test_limits_by_hand() -> None:
    # O = 12: 95 % exact Poisson 6.2-21.0 (domain findings); Byar's differs in the third digit.
    assert [round(float(limit), 1) for limit in rates.exact_limits(12)] == [6.2, 21.0]
    assert float(rates.count_limits(0)[0]) == 0.0
    assert float(rates.count_limits(0)[1]) == pytest.approx(-math.log(0.025))
    assert np.isnan(rates.count_limits(float("nan"))).all()
    assert np.isnan(rates.rate(5, 0)).all()
    assert np.isnan(rates.wilson(0, 0)).all()


def test_a_rate_ratio_widens_with_dispersion_and_with_how_much_peers_differ() -> None:
    plain = rates.rate_ratio(903, 73_889, 3_512, 434_786)
    wide = rates.rate_ratio(903, 73_889, 3_512, 434_786, dispersion=3.0, between_variance=0.08, n_peers=8)
    assert float(plain[0]) == pytest.approx(1.51, abs=0.005)
    assert wide[0] == plain[0]
    assert wide[1] < plain[1] < plain[2] < wide[2]
    assert float(wide[3] ** 2) == pytest.approx(3 / 903.5 + 3 / 3512.5 + 0.01)


def test_predictive_funnel_is_the_funnel_where_kommuner_do_not_differ() -> None:
    lower, upper = rates.predictive_funnel_limits(800.0, 100.0, 0.0)
    assert (float(lower), float(upper)) == pytest.approx((800 * math.exp(-0.1959964), 800 * math.exp(0.1959964)), rel=1e-6)
    assert rates.predictive_funnel_limits(800.0, 100.0, 0.04)[0] < lower
    assert np.asarray(rates.predictive_funnel_limits(800.0, 0.0, 0.04)).tolist() == [0.0, math.inf]


def test_shrunk_dispersion_by_hand() -> None:
    # A = 4, T = 5: ν₀ = ½·3·3 = 4.5, pooled 2; (4.5·2 + 3·φ̂)/7.5
    shrunk = shrunk_dispersion([0.5, 1.5, 2.0, 4.0], 5, [40] * 4)
    assert shrunk.phi.tolist() == pytest.approx([1.4, 1.8, 2.0, 2.8])
    assert shrunk.df.tolist() == [7.5] * 4


@pytest.mark.parametrize(
    ("phi_hat", "n_years", "phi", "df"),
    [
        ([3.0], [5], [3.0], [3.0]),  # alone: nothing to borrow
        ([0.2], [5], [1.0], [3.0]),  # never less than chance
        ([np.nan], [2], [1.0], [np.inf]),  # two years, nobody to borrow from: plain Poisson
        ([np.nan, 2.0, 2.0], [2, 5, 5], [2.0, 2.0, 2.0], [3.0, 4.5, 4.5]),  # two years: the others' φ
    ],
)
def test_shrunk_dispersion_at_the_edges(phi_hat, n_years, phi, df) -> None:
    shrunk = shrunk_dispersion(phi_hat, n_years, 100)
    assert shrunk.phi.tolist() == pytest.approx(phi)
    assert shrunk.df.tolist() == pytest.approx(df)


def test_the_larger_series_vary_more_than_the_smaller() -> None:
    """One squared coefficient of variation for all: φ − 1 grows with the events, so a quiet large series is no trend."""
    counts = np.array([10.0, 100.0, 1000.0])
    shrunk = shrunk_dispersion(1 + 0.02 * counts, 5, counts)
    assert shrunk.phi.tolist() == pytest.approx([1.2, 3.0, 21.0])
    assert shrunk_dispersion([np.nan, 3.0], [2, 5], [500, 100]).phi.tolist() == pytest.approx([11.0, 3.0])
    assert shrunk_dispersion([np.nan], 2, 500, variation=0.01).phi.tolist() == pytest.approx([6.0])


def test_large_series_are_flagged_no_more_than_small_ones() -> None:
    rng = np.random.default_rng(7)
    means, years = np.repeat([10.0, 60.0, 300.0, 900.0], 4), np.arange(5)
    worlds = rng.poisson(means[:, None] * rng.gamma(1 / 0.015, 0.015, size=(400, 16, 5)))
    flags = np.array([trends.trend_test(world, np.full(5, 1e4), years).p_value < 0.05 for world in worlds])
    assert flags.mean() <= 0.05
    assert flags.mean(axis=0).reshape(4, 4).mean(axis=1).max() <= 0.065


def test_no_units_no_overdispersion() -> None:
    found = spiegelhalter([0, 0], [0, 3])
    assert (found.phi, found.tau2, found.n) == (1.0, 0.0, 0)


def test_two_years_give_the_log_ratio_and_one_year_nothing() -> None:
    fit = trends.slopes([[20, 40, np.nan], [20, np.nan, np.nan], [0, 0, 0]], [1e4, 1e4, 1e4], [2023, 2024, 2025])
    assert fit.slope[0] == pytest.approx(math.log(40.5 / 20.5))
    assert fit.slope_se[0] == pytest.approx(math.sqrt(1 / 40.5 + 1 / 20.5))
    assert np.isnan(fit.slope[1:]).all()
    assert fit.n_years.tolist() == [2, 1, 3]


def test_events_in_the_last_year_alone_still_give_a_finite_slope() -> None:
    counts = [[0, 0, 0, 0, 7], [7, 0, 0, 0, 0]]
    assert np.isnan(trends.log_linear(counts, [1e4] * 5, range(5)).slope).all()
    fit = trends.slopes(counts, [1e4] * 5, range(5))
    assert fit.slope[0] == pytest.approx(-fit.slope[1])
    assert 0 < fit.slope[0] < 2


def test_trend_flags_are_rarely_false_and_mostly_found() -> None:
    """The targets of methods §13: at most 5 % false flags, power at least .75 at mean 100, +10 % a year, five years."""
    rng = np.random.default_rng(20250101)
    years, base = np.arange(5), np.full(5, 30_000.0)
    extra = rng.gamma(20, 1 / 20, size=(300, 16, 5))  # kommun-years differ by more than chance: φ = 6 at mean 100
    for variation, most_false in ((1.0, 0.05), (extra, 0.06)):
        flat = rng.poisson(100 * variation * np.ones((300, 16, 5)))
        flags = [trends.trend_test(world, base, years).p_value < 0.05 for world in flat]
        assert np.mean(flags) <= most_false
    rising = rng.poisson(100 * np.exp(math.log(1.1) * (years - 2)) * np.ones((300, 16, 1)))
    rising[:, 1:] = rng.poisson(100, size=(300, 15, 5))
    found = [trends.trend_test(world, base, years).p_value[0] < 0.05 for world in rising]
    assert np.mean(found) >= 0.75


def test_the_interval_covers_what_the_test_does_not_reject() -> None:
    counts = np.random.default_rng(5).poisson(40, size=(50, 5))
    found = trends.trend_test(counts, np.full(5, 1e4), range(5))
    is_flagged = found.p_value < 0.05
    assert np.array_equal(is_flagged, (found.lower > 0) | (found.upper < 0))
    assert found.t_value == pytest.approx(found.fit.slope / (found.fit.slope_se * np.sqrt(found.phi)))
    assert stats.t.ppf(0.975, found.df[0]) * found.fit.slope_se[0] * math.sqrt(found.phi[0]) == pytest.approx(
        found.upper[0] - found.fit.slope[0]
    )
