"""Published limits of counts, rates and proportions (PHEindicatormethods' own tests), every row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.measures import rates

CLASSES = {2: "High (0.001)", 1: "High (0.025)", 0: "Not significant", -1: "Low (0.025)", -2: "Low (0.001)"}


@pytest.fixture
def published(shared: Path) -> Path:
    return shared / "reference" / "rates"


def test_byar_and_wilson_limits(published: Path) -> None:
    table = pd.read_csv(published / "byars_wilson.csv")
    assert len(table) == 13
    for row in table.itertuples():
        confidence = float(row.confidence.rstrip("%")) / 100
        limits = rates.byar_limits(row.x, confidence) if row.method == "Byars" else rates.wilson(row.x, row.n, confidence)
        # The one empty lower limit (x = 1 at 99.8 %) is negative in Byar's formula: NaN on both sides.
        np.testing.assert_allclose([float(limit) for limit in limits], [row.lowercl, row.uppercl], rtol=1e-9)


def test_crude_rates_exact_below_ten_else_byar(published: Path) -> None:
    table = pd.read_csv(published / "rates.csv")
    assert len(table) == 20
    for confidence, lower, upper in ((0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl")):
        for multiplier, part in table.groupby("multiplier"):
            figures = rates.rate(part["Numerator"], part["Denominator"], multiplier, confidence)
            np.testing.assert_allclose(np.stack(figures), part[["value", lower, upper]].to_numpy().T, rtol=1e-8)


def test_wilson_proportions(published: Path) -> None:
    table = pd.read_csv(published / "proportions.csv")
    assert len(table) == 19
    share = table["Numerator"] / table["Denominator"] * table["multiplier"]
    np.testing.assert_allclose(share, table["value"], rtol=1e-8)
    for confidence, lower, upper in ((0.95, "lower95_0cl", "upper95_0cl"), (0.998, "lower99_8cl", "upper99_8cl")):
        limits = np.stack(rates.wilson(table["Numerator"], table["Denominator"], confidence)) * table["multiplier"].to_numpy()
        np.testing.assert_allclose(limits, table[[lower, upper]].to_numpy().T, rtol=1e-8)


def test_funnel_limits_and_classes_of_303_areas(published: Path) -> None:
    areas = pd.read_csv(published / "funnel_prop_inputs.csv")
    assert len(areas) == 303
    found = rates.funnel_class(areas["numerator"], areas["denominator"])
    assert [CLASSES[code] for code in found.tolist()] == areas["significance"].tolist()

    curve = pd.read_csv(published / "funnel_prop_outputs.csv")
    target = areas["numerator"].sum() / areas["denominator"].sum()
    np.testing.assert_allclose(100 * target, curve["Baseline"], atol=1e-6)
    for confidence, lower, upper in (
        (0.95, "Lower2s0025limit", "Upper2s0025limit"),
        (0.998, "Lower3s0001limit", "Upper3s0001limit"),
    ):
        limits = 100 * np.stack(rates.funnel_limits(target, curve["Population"], confidence))
        np.testing.assert_allclose(limits, curve[[lower, upper]].to_numpy().T, atol=1e-6)
