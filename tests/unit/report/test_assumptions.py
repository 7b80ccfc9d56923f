from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.report.assumptions import IMPACTS, Assumption, assumptions, markdown


def test_the_page_in_docs_is_the_file_the_report_reads(root: Path) -> None:
    assert (root / "docs" / "assumptions.md").read_text("utf-8") == markdown()


def test_ids_are_unique_and_the_weightiest_come_first() -> None:
    ids = [one.id for one in assumptions()]
    assert len(ids) == len(set(ids)) >= 15
    order = [IMPACTS.index(one.impact) for one in assumptions()]
    assert order == sorted(order)


def test_an_unknown_grade_is_refused() -> None:
    with pytest.raises(ValueError, match="'utmärkt'"):
        Assumption("a", "b", "c", "utmärkt", "stor", "d")
