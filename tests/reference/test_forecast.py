"""Next year's forecast on real counts: 2015 of 290 kommuner from the months of 2013 and 2014, and fifteen years of nine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.forecast.data import months_of_290, years_of_nine
from benchmarks.forecast.report import Rolling, Year2015, met
from benchmarks.forecast.trial import LAST, all_at_once, deviance, fold_score, rivals
from lagesbild import taxonomy

CONSTANT = taxonomy.load().constant


@pytest.fixture(scope="module")
def year(shared: Path) -> Year2015:
    data = months_of_290(shared / "data")
    ours = all_at_once(data, 2, CONSTANT)
    return Year2015(data, ours, ours, rivals(data, 2))


def test_the_files_are_read_as_they_were_published(year: Year2015) -> None:
    at = year.data.kommuner.index("Mariestad"), year.data.lines.index("Alkohol- och narkotikabrott")
    assert year.data.years[at].tolist() == [187, 200, 656]
    assert year.data.population[at[0], 1] == pytest.approx(23_900, rel=0.005)
    assert year.data.counts.shape == (290, 10, 3, 12)


def test_2015_meets_every_target(year: Year2015) -> None:
    assert [what for what, _, is_met in met(year) if not is_met] == []


def test_the_figures_of_2015_are_those_of_the_page(year: Year2015) -> None:
    ratio = deviance(year.y, year.ours.expected) / deviance(year.y, year.rivals[LAST])
    assert ratio.mean() == pytest.approx(0.759, abs=0.002)
    assert year.covered(year.ours) == pytest.approx([0.804, 0.789, 0.813, 0.809], abs=0.004)


def test_the_constants_were_learnt_without_2015(year: Year2015) -> None:
    data = year.data
    blind = type(data)(data.kommuner, data.lines, data.counts.copy(), data.population, data.first)
    blind.counts[:, :, 2] = np.nan
    assert fold_score(blind, CONSTANT).mean() == pytest.approx(0.722, abs=0.001)
    np.testing.assert_array_equal(all_at_once(blind, 2, CONSTANT).expected, year.ours.expected)


def test_nine_kommuner_over_fifteen_years(shared: Path) -> None:
    rolling = Rolling.of(years_of_nine(shared / "data"), CONSTANT)
    ratios = rolling.ratios
    others = [one for name, one in ratios.items() if name != "lagesbild"]
    assert (ratios["lagesbild"] < np.min(others, axis=0)).all()
    assert ratios["lagesbild"].mean() == pytest.approx(0.819, abs=0.003)
    assert np.nanmean(rolling.inside) == pytest.approx(0.756, abs=0.01)
