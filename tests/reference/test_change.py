"""The E-test and the weighted displacement difference equal those of the R package ptools, every case."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lagesbild.measures.change import Displacement, e_test, weighted_displacement_difference

NAMES = ("treated", "control", "disp_treated", "disp_control")


@pytest.fixture
def published(shared: Path) -> Path:
    return shared / "reference" / "change"


def displacement(given: dict) -> Displacement:
    pairs = {name.replace("disp", "displaced"): tuple(given[name]) for name in NAMES if name in given}
    weights = {name: tuple(given[name]) for name in ("time_weights", "area_weights") if name in given}
    return weighted_displacement_difference(**pairs, **weights, confidence=1 - given.get("alpha", 0.05))


def test_e_test(published: Path) -> None:
    table = json.loads((published / "e_test.json").read_text(encoding="utf-8"))
    assert len(table["cases"]) == 14
    given = [case["input"] for case in table["cases"]]
    assert {case["d"] for case in given} == {0}
    found = e_test(*([case[name] for case in given] for name in ("k1", "k2", "n1", "n2")))
    np.testing.assert_allclose(found, [case["expected"]["p"] for case in table["cases"]], atol=table["tolerance_abs"], rtol=0)
    swapped = e_test(*([case[name] for case in given] for name in ("k2", "k1", "n2", "n1")))
    np.testing.assert_allclose(swapped, found, atol=1e-9)


def test_e_test_has_no_answer_without_events_or_a_base() -> None:
    assert np.isnan(e_test([0, 3, 3], [0, 1, 1], [1, 0, 1], [1, 1, -1])).all()


def test_weighted_displacement_difference(published: Path) -> None:
    table = json.loads((published / "wdd.json").read_text(encoding="utf-8"))
    assert len(table["cases"]) == 5
    for case in table["cases"]:
        found, expected = displacement(case["input"]), case["expected"]
        names = {
            "Est_Local": found.local, "SE_Local": found.local_se, "Est_Displace": found.displaced,
            "SE_Displace": found.displaced_se, "Est_Total": found.total, "SE_Total": found.total_se,
            "Z": found.z, "LowCI": found.lower, "HighCI": found.upper,
        }  # fmt: skip
        assert set(names) == set(expected)
        for name, value in names.items():
            assert value == pytest.approx(expected[name], rel=table["tolerance_rel"]), (case["input"], name)


def test_identities_of_the_displacement_difference(published: Path) -> None:
    identities = json.loads((published / "wdd.json").read_text(encoding="utf-8"))["identities"]
    assert len(identities) == 3
    fields = {"Est_Local": "local", "Est_Displace": "displaced", "Est_Total": "total"}
    for case in identities:
        (name,) = set(case) & set(fields)
        assert getattr(displacement(case), fields[name]) == case[name]


def test_a_displacement_difference_with_a_weight_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        weighted_displacement_difference((2, 1), (2, 1), time_weights=(0, 1))
