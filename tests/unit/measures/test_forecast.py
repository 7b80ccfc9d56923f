from __future__ import annotations

import numpy as np
import pytest

from lagesbild import taxonomy
from lagesbild.measures.forecast import History, Model, forecast, limits, years_of
from lagesbild.measures.spread import errors, spread


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.of(taxonomy.load().constant)


def next_year(counts: object, model: Model, people: float = 20_000.0) -> np.ndarray:
    history = years_of(counts, np.full(np.shape(counts), people))
    ahead = np.full(len(history.counts), people)
    return forecast(history, ahead, 12 * history.counts.shape[1], model).expected


def test_limits_are_the_quantiles_of_a_negative_binomial_with_half_of_the_edge() -> None:
    # Mean 4, variance 8: size 4, p ½. P(0) = 1/16, P(1) = 1/8, so mid-P at 0 is .031 and at 1 is .125: 1 is the first inside.
    lower, upper = limits(4.0, 8.0)
    assert float(lower) == 1
    # P(≤ 7) = .887 with P(7) = 120/2048, mid-P .858; P(8) = 165/4096, mid-P at 8 .907: 7 is the last inside.
    assert float(upper) == 7


def test_limits_never_shrink_below_chance_and_start_at_zero() -> None:
    assert [edge.tolist() for edge in limits([100.0, 0.4], [1.0, 0.4])] == [[88.0, 0.0], [112.0, 1.0]]


def test_equal_shares_and_years_are_expected_to_go_on(model: Model) -> None:
    assert next_year([[200.0] * 4] * 6, model) == pytest.approx([200.0] * 6)


def test_a_kommun_that_differs_once_is_drawn_towards_the_others_and_its_own_past(model: Model) -> None:
    others = [[200.0] * 4] * 8
    once = next_year([[200.0, 200.0, 200.0, 300.0], *others], model)[0]
    always = next_year([[300.0] * 4, *others], model)[0]
    assert 210 < once < 260 < always < 300


def test_the_last_year_weighs_more_than_the_one_before(model: Model) -> None:
    others = [[200.0] * 4] * 8
    late = next_year([[200.0, 200.0, 200.0, 260.0], *others], model)[0]
    early = next_year([[200.0, 200.0, 260.0, 200.0], *others], model)[0]
    assert late > early > 200


def test_common_growth_goes_on_in_part_and_less_of_few_kommuner(model: Model) -> None:
    rising = [200.0, 200.0, 200.0, 240.0]
    many = next_year([rising] * 60, model)[0]
    alone = next_year([rising], model)[0]
    assert 240 < many < 288
    assert 200 < alone < 240


def test_a_spike_is_not_history(model: Model) -> None:
    counts = np.full((9, 24), 20.0)
    counts[0, 13:15] = 200.0
    history = History(counts, np.full((9, 24), 24_000.0), np.arange(24), np.ones(24, dtype=np.int64))
    found = forecast(history, np.full(9, 24_000.0), 24, model).expected
    assert counts[0, 12:].sum() == 600
    assert 240 < found[0] < 320
    assert found[1] == pytest.approx(240, rel=0.1)


def test_unknown_years_count_for_nothing_and_an_unknown_kommun_gets_nothing(model: Model) -> None:
    holed = next_year([[200.0, np.nan, 200.0], [300.0] * 3, [np.nan] * 3], model)
    assert holed[0] == pytest.approx(next_year([[200.0] * 3, [300.0] * 3], model)[0], rel=0.1)
    assert np.isnan(holed[2])
    assert np.isnan(next_year(np.full((2, 3), np.nan), model)).all()


def test_months_and_the_years_they_add_up_to_agree_where_nothing_moves(model: Model) -> None:
    months = History(np.full((5, 36), 10.0), np.full((5, 36), 9_000.0), np.arange(36), np.ones(36, dtype=np.int64))
    assert forecast(months, np.full(5, 9_000.0), 36, model).expected == pytest.approx([120.0] * 5)
    assert next_year(np.full((5, 3), 120.0), model, 9_000.0) == pytest.approx([120.0] * 5)


def test_limits_widen_where_forecasts_have_missed(model: Model) -> None:
    constants = taxonomy.load().constant
    steady = {"lugn": years_of(np.full((9, 6), 200.0), np.full((9, 6), 20_000.0))}
    wild = {"stor": years_of(np.where(np.arange(54).reshape(9, 6) % 2, 400.0, 100.0), np.full((9, 6), 20_000.0))}
    kappa = {
        line: spread({line: errors(history, model)}, {line: 5}, constants).of(line) for line, history in (steady | wild).items()
    }
    assert kappa["lugn"] < constants("forecast_spread") < kappa["stor"]
    assert spread({}, {}, constants).of("okänd") == constants("forecast_spread")
