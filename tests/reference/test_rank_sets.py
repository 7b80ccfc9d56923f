"""Confidence sets for ranks equal those of the R package csranks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lagesbild.measures.rank_sets import rank_sets, reject


@pytest.fixture(scope="module")
def published(shared: Path) -> dict[str, object]:
    return json.loads((shared / "reference/rank_sets/multinomial.json").read_text())


def test_every_case(published):
    cases = published["cases"]
    assert len(cases) == 26
    for case in cases:
        given = case["input"]
        found = rank_sets(given["x"], given["coverage"], given["cstype"], given["multcorr"], simultaneous=given["simul"])
        what = (case["name"], given["coverage"], given["cstype"], given["multcorr"], given["simul"])
        assert found.lower.tolist() == case["expected"]["L"], what
        assert found.rank.tolist() == case["expected"]["rank"], what
        assert found.upper.tolist() == case["expected"]["U"], what


def test_holm_and_bonferroni(published):
    checks = published["published_holm_checks"]
    p = np.array(checks["pvalues"])
    level = 1 - checks["coverage"]
    assert reject(p, level, "Bonferroni").tolist() == checks["reject_bonferroni"]
    assert reject(p, level, "Holm").tolist() == checks["reject_holm"]
    edge = checks["edge"]
    assert reject(np.array(edge["pvalues"]), level, "Holm").tolist() == edge["reject_holm"]
