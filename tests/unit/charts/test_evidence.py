"""The sign of a cell in the source profile."""

from __future__ import annotations

from math import nan

import pytest

from lagesbild.charts.evidence import _state


@pytest.mark.parametrize(
    ("lower", "upper", "told"),
    [(2.0, 9.0, "mycket över"), (-4.0, 9.0, "lika"), (nan, nan, "lika")],
)
def test_a_trend_has_a_direction_only_where_its_interval_has_one(lower: float, upper: float, told: str) -> None:
    row = {"criterion": "utveckling", "z": 2.0, "unit": "percent_per_year", "reference": nan, "lower": lower, "upper": upper}
    assert _state(row, 0.0) == told
