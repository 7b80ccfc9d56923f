"""Brå's matrix: what is computed, judged or left open, and what its cells say."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lagesbild.ranking.odds import odds
from lagesbild.report import matrix as data
from lagesbild.report.content.matrix import matrix
from lagesbild.report.document import Table, block_texts
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import prioritising
from lagesbild.report.narrative.lexicon import violations
from lagesbild.tables import Tables


def judged(lagesbild: Lagesbild, *rows: tuple[str, str, int, str, str]) -> Lagesbild:
    frame = pd.DataFrame(rows, columns=["problem_area", "criterion", "value", "forum", "date"]).assign(reason="Skäl.")
    frame["date"] = pd.to_datetime(frame["date"])
    return replace(lagesbild, delivery=replace(lagesbild.delivery, tables=replace(Tables(), judgements=frame)))


def cell(lagesbild: Lagesbild, area: str, criterion: str) -> data.MatrixCell:
    return next(one for one in data.cells(lagesbild) if (one.problem_area, one.criterion) == (area, criterion))


def test_every_area_has_every_criterion_in_one_order(lagesbild: Lagesbild) -> None:
    found = data.cells(lagesbild)
    criteria = list(lagesbild.taxonomy.criteria["criterion"])
    assert [one.criterion for one in found] == criteria * len(data.areas(lagesbild))
    assert list(data.areas(lagesbild)[:5]) == list(lagesbild.ranking.table["problem_area"])
    assert {"brander", "bedrageri"} <= set(data.areas(lagesbild)), "what nothing measures is listed all the same"


def test_a_computed_cell_says_how_sure_the_ranking_is(lagesbild: Lagesbild) -> None:
    found = cell(lagesbild, "skadegorelse", "avviker")
    chance = odds(lagesbild.ranking)["skadegorelse", "jamforelse"]
    assert chance == pytest.approx(0.6915, abs=1e-4), "Φ(0.1/0.2)"
    assert (found.kind, found.value, found.text) == (data.COMPUTED, 69, "± möjligt")
    assert found.note.replace("\N{NO-BREAK SPACE}", " ").endswith("möjligt, mer talar för än emot (69 av 100 beräkningar).")


def test_a_criterion_no_source_speaks_of_has_a_reason_and_no_word(lagesbild: Lagesbild) -> None:
    for area, criterion in (("brander", "vanligt"), ("bostadsinbrott", "okar")):
        found = cell(lagesbild, area, criterion)
        assert (found.kind, found.value, found.text) == (data.COMPUTED, None, prioritising.UNKNOWN)
        assert found.note


def test_the_last_judgement_counts_and_is_told_with_forum_and_day(lagesbild: Lagesbild) -> None:
    made = judged(
        lagesbild,
        ("skadegorelse", "Påverkbarhet", 1, "Rådet", "2024-11-20"),
        ("skadegorelse", "paverkbarhet", 3, "Rådet", "2025-11-20"),
        ("skadegorelse", "kostsamt", 1, "Rådet", "2025-11-20"),
        ("skadegorelse", "kostsamt", 2, "Styrgruppen", "2025-11-20"),
        ("skadegorelse", "hittepa", 2, "Rådet", "2025-11-20"),
    )
    last = cell(made, "skadegorelse", "paverkbarhet")
    assert (last.kind, last.value, last.text) == (data.JUDGED, 3, "3 av 3")
    assert last.note == "3 av 3 (i hög grad): Rådet, 2025-11-20. Skäl."
    both = cell(made, "skadegorelse", "kostsamt")
    assert (both.value, both.text) == (None, "1 eller 2 av 3"), "two forums on one day are both told"
    assert len(data.judgements(made)) == 3, "an unknown criterion is a doubt of the delivery, not a cell"


def test_what_nobody_judged_is_open_and_says_what_to_judge(lagesbild: Lagesbild) -> None:
    found = cell(lagesbild, "narkotika", "kostsamt")
    assert (found.kind, found.value, found.text) == (data.OPEN, None, "att bedöma")
    assert found.note.endswith("?")


def test_the_matrix_has_no_empty_cell_and_no_forbidden_word(lagesbild: Lagesbild) -> None:
    blocks = matrix(judged(lagesbild, ("ran", "signalbrott", 3, "Rådet", "2025-11-20")))
    tables = [block for block in blocks if isinstance(block, Table)]
    assert all(text for table in tables for row in table.rows for text in row)
    assert tables[0].to_fill_in == "att bedöma"
    assert "Rån" in {row[0] for row in tables[0].rows}, "an area that only people speak of has a row"
    assert len(tables) == 2
    assert violations(text for block in blocks for text in block_texts(block)) == []


def test_forum_and_day_are_told_once_where_all_are_the_same(lagesbild: Lagesbild) -> None:
    rows = [("narkotika", "kostsamt", 1, "Rådet", "2025-11-20"), ("skadegorelse", "kostsamt", 2, "Rådet", "2025-11-20")]
    same = matrix(judged(lagesbild, *rows))[-1]
    assert isinstance(same, Table)
    assert (same.title, len(same.columns)) == ("Bedömningarna (Rådet, 2025-11-20)", 4)
    assert [row[0] for row in same.rows] == ["Skadegörelse", "Narkotika"], "in the order of the ranking"
    other = matrix(judged(lagesbild, *rows, ("ran", "kostsamt", 2, "Styrgruppen", "2025-11-21")))[-1]
    assert isinstance(other, Table)
    assert len(other.columns) == 5
