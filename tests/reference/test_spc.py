"""XmR charts equal those of NHSRplotthedots: limits, screening, rebase, fixed baseline and every point's pattern."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lagesbild.measures.control_chart import Xmr, xmr


@pytest.fixture
def cases(shared: Path) -> dict[str, dict]:
    published = json.loads((shared / "reference" / "spc" / "spc_xmr.json").read_text(encoding="utf-8"))
    assert published["tolerance_abs"] == 1e-6
    assert len(published["cases"]) == 9
    return published["cases"]


def chart(case: dict) -> Xmr:
    options = case["options"]
    screen = options.get("screen_outliers", True)
    return xmr(case["y"], rebase=case["rebase"], baseline=options.get("fix_after_n_points"), screen_outliers=screen)


def named(found: Xmr) -> list[str]:
    """Every point's pattern in the words of NHSRplotthedots."""
    words = {
        ("outside", 1): "Above UCL", ("outside", -1): "Below LCL",
        ("two_of_three", 1): "2 in 3 Above CL", ("two_of_three", -1): "2 in 3 Below CL",
        ("one_side", 1): "7 Points Above CL", ("one_side", -1): "7 Points Below CL",
    }  # fmt: skip
    trends = {1: "7 Point Trend (Increasing)", -1: "7 Point Trend (Decreasing)", 0: "Common Cause"}
    points = zip(found.kind, found.side.tolist(), found.trend.tolist(), strict=True)
    return [words.get((kind, side), trends[trend if kind == "trend" else 0]) for kind, side, trend in points]


def test_limits_of_every_case(cases: dict[str, dict]) -> None:
    for name, case in cases.items():
        found = chart(case)
        for ours, theirs in ((found.mean, "mean"), (found.lower, "lpl"), (found.upper, "upl")):
            np.testing.assert_allclose(ours, case[theirs], atol=1e-6, err_msg=f"{name} {theirs}")


def test_every_point_of_every_case(cases: dict[str, dict]) -> None:
    for name, case in cases.items():
        found = chart(case)
        assert found.is_outside.tolist() == case["outside_limits"], name
        assert found.is_close.tolist() == case["close_to_limits"], name
        assert found.side.tolist() == case["relative_to_mean"], name
        assert named(found) == case["special_cause_type"], name


def test_a_falling_series_is_a_trend_downwards() -> None:
    found = xmr([9, 8, 7, 6, 5, 4, 3, 4, 3])
    assert found.trend.tolist() == [-1] * 7 + [0, 0]


def test_a_series_that_never_moves_has_no_spread_and_no_finding() -> None:
    found = xmr([4, 4, 4, 4, 4, 4, 4, 4])
    assert found.lower.tolist() == found.upper.tolist() == [4.0] * 8
    assert set(found.kind) == {""}


@pytest.mark.parametrize(("values", "baseline"), [([], None), ([1, np.nan], None), ([1, 2], 1)])
def test_what_has_no_limits_is_refused(values: list[float], baseline: int | None) -> None:
    with pytest.raises(ValueError, match=r"XmR|baseline"):
        xmr(values, baseline=baseline)
