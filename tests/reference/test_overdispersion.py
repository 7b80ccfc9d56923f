"""Published φ and τ² (FunnelPlotR), every case: six units and 299, three ways of trimming, two transforms."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.measures.overdispersion import spiegelhalter

RATIOS = Path(__file__).parent / "funnel_ratio.csv"
TRANSFORMS = {"SHMI": "log", "CQC": "sqrt"}


@pytest.fixture
def cases(shared: Path) -> list[dict]:
    published = json.loads((shared / "reference" / "overdispersion" / "overdispersion.json").read_text(encoding="utf-8"))
    assert published["tolerance_abs"] == 1e-7
    assert len(published["cases"]) == 12
    return published["cases"]


def test_phi_and_tau2_of_every_case(cases: list[dict]) -> None:
    ratios = pd.read_csv(RATIOS, comment="#")
    many = ratios[ratios["obs"] > 0]
    assert len(many) == 299
    for case in cases:
        observed, expected = (case["obs"], case["expected"]) if "obs" in case else (many["obs"], many["expected"])
        found = spiegelhalter(
            observed, expected, transform=TRANSFORMS[case["method"]], trim=case["trim"], trim_by=case["trim_by"]
        )
        assert found.n == case["n"], case["trim"]
        assert found.phi == pytest.approx(case["phi"], abs=1e-7), case["trim"]
        assert found.tau2 == pytest.approx(case["tau2"], abs=1e-7), case["trim"]
        if "z_unadj" in case:
            np.testing.assert_allclose(found.z, case["z_unadj"], atol=1e-7)


def test_a_unit_without_events_counts_only_on_the_root_scale() -> None:
    ratios = pd.read_csv(RATIOS, comment="#")
    assert spiegelhalter(ratios["obs"], ratios["expected"], trim="none").n == 299
    assert spiegelhalter(ratios["obs"], ratios["expected"], transform="sqrt", trim="none").n == 300
