"""Published log-linear trends (R glm), every case, and statsmodels as a second opinion on random series."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm

from lagesbild.measures import trends


@pytest.fixture
def cases(shared: Path) -> list[dict]:
    published = json.loads((shared / "reference" / "trend" / "glm_trend.json").read_text(encoding="utf-8"))
    assert published["tolerance_rel"] == 1e-5
    return published["cases"]


def test_poisson_trend_of_every_case(cases: list[dict]) -> None:
    counts, base, years = ([case[name] for case in cases] for name in ("y", "pop", "t"))
    assert len(cases) >= 7
    fit = trends.log_linear(counts, base, years[0])
    for index, case in enumerate(cases):
        assert case["t"] == years[0]
        expected = case["poisson"]
        np.testing.assert_allclose([fit.intercept[index], fit.slope[index]], expected["coef"], rtol=1e-5)
        np.testing.assert_allclose([fit.intercept_se[index], fit.slope_se[index]], expected["se"], rtol=1e-5)
        np.testing.assert_allclose(fit.deviance[index], expected["deviance"], rtol=1e-5)
        np.testing.assert_allclose(np.exp(fit.slope[index]), expected["irr_per_year"], rtol=1e-5)


def test_quasi_poisson_interval_of_every_case(cases: list[dict]) -> None:
    for case in cases:
        expected = case["quasipoisson"]
        fit = trends.log_linear(case["y"], case["pop"], case["t"])
        lower, upper, t_value, p_value = trends.slope_interval(fit, fit.phi, fit.df)
        tolerance = 1e-4  # R stops its iterations early, as the reference's own note says
        np.testing.assert_allclose(fit.phi, expected["phi"], rtol=tolerance)
        assert fit.df == expected["df"]
        np.testing.assert_allclose(
            [fit.intercept_se[0] * fit.phi[0] ** 0.5, fit.slope_se[0] * fit.phi[0] ** 0.5], expected["se"], rtol=tolerance
        )
        np.testing.assert_allclose(t_value, expected["t_value"], rtol=tolerance)
        np.testing.assert_allclose(p_value, expected["p_value"], rtol=10 * tolerance)
        np.testing.assert_allclose(np.exp([lower[0], upper[0]]), expected["ci95_irr_t"], rtol=tolerance)


def test_agrees_with_statsmodels_on_random_series() -> None:
    rng = np.random.default_rng(11)
    years = np.arange(5.0)
    base = rng.integers(5_000, 60_000, size=(40, 5)).astype(float)
    counts = rng.poisson(base * rng.uniform(1e-4, 2e-2, (40, 1)) * np.exp(rng.normal(0, 0.2, (40, 1)) * years))
    counts[0] = [0, 3, 0, 1, 0]
    fit = trends.log_linear(counts, base, years)
    for index in range(40):
        model = sm.GLM(counts[index], sm.add_constant(years), family=sm.families.Poisson(), offset=np.log(base[index])).fit(
            tol=1e-13
        )
        np.testing.assert_allclose([fit.intercept[index], fit.slope[index]], model.params, rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose([fit.intercept_se[index], fit.slope_se[index]], model.bse, rtol=1e-6)
        np.testing.assert_allclose(fit.deviance[index], model.deviance, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(fit.phi[index], model.pearson_chi2 / 3, rtol=1e-6)
