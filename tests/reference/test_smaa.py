"""Acceptability indices equal the published small case."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lagesbild.ranking.smaa import smaa


def test_small_case(shared: Path):
    case = json.loads((shared / "reference/smaa/small_case.json").read_text())
    values = np.array(case["measurements"]).transpose(1, 0, 2)
    found = smaa(values, np.array(case["weights"]))
    expected = case["expected"]
    assert found.rank_acceptability == pytest.approx(np.array(expected["rank_acceptability"]), abs=1e-12)
    assert found.central_weights == pytest.approx(np.array(expected["central_weights"]), abs=1e-12)
    assert found.pairwise == pytest.approx(np.array(expected["pairwise_winning"]), abs=1e-12)
    assert found.expected_rank == pytest.approx(np.array(expected["expected_rank"]), abs=1e-12)
    assert ((found.confidence > 0) & (found.confidence <= 1)).all()
