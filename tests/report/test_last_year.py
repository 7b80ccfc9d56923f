"""What is new since the year before is told by what the years before let expect, never by two years alone."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lagesbild.measures.measure import Measures
from lagesbild.report.content.last_year import last_year
from lagesbild.report.document import Text
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import violations
from tests.report.conftest import measure


def with_expected(lagesbild: Lagesbild, **limits: tuple[float, float]) -> Lagesbild:
    """The lägesbild with a rate that was expected of each of the lines, per 100 000."""
    rows = [
        measure(line, "polisanmalda", "reported_expected", 2025, (low + high) / 2, lower=low, upper=high, denominator=24502.0)
        for line, (low, high) in limits.items()
    ]
    return replace(lagesbild, measures=Measures(pd.concat([lagesbild.measures.rows, pd.DataFrame(rows)], ignore_index=True)))


def words(lagesbild: Lagesbild) -> str:
    return " ".join(block.text for block in last_year(lagesbild) if isinstance(block, Text)).replace("\N{NO-BREAK SPACE}", " ")


def test_an_area_above_the_expected_is_named_with_its_limits(lagesbild: Lagesbild) -> None:
    expected = with_expected(lagesbild, totalt=(9000.0, 10200.0), narkotika=(800.0, 1000.0), skadegorelse=(1000.0, 1400.0))
    said = words(expected)
    assert said.startswith("År 2024 registrerades 2 308 anmälda brott och år 2025 2 418. Utfallet 2025 ligger inom")
    assert (
        "Av två områden ligger ett över det väntade (narkotika: 293 anmälningar mot väntade 196–245) och inget under." in said
    )
    assert violations(said) == []


def test_nothing_is_said_of_a_change_where_nothing_was_expected(lagesbild: Lagesbild) -> None:
    assert words(lagesbild) == "År 2024 registrerades 2 308 anmälda brott och år 2025 2 418."


def test_nothing_is_said_without_the_year_before(lagesbild: Lagesbild) -> None:
    rows = lagesbild.measures.rows
    only = replace(lagesbild, measures=Measures(rows[rows["year"].eq(2025)].reset_index(drop=True)))
    assert last_year(only) == []
