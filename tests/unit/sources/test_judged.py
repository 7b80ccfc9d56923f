"""Judgements and pledges that name what nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lagesbild import taxonomy
from lagesbild.sources.checks.judged import unknown_names
from lagesbild.tables import Tables


def test_unknown_criteria_and_areas_are_doubts() -> None:
    judgements = pd.DataFrame(
        {
            "problem_area": ["skadegorelse", "skadegorelse", "hittepa"], "criterion": ["Syns och märks", "vanligt", "kostsamt"],
            "value": 1, "reason": "Skäl", "forum": "Rådet", "date": pd.Timestamp("2025-01-01"),
        }
    )  # fmt: skip
    pledges = pd.DataFrame({"problem_area": ["narkotika", "droger"]})
    found = unknown_names(replace(Tables(), judgements=judgements, pledges=pledges), taxonomy.load())
    told = [(doubt.kind, doubt.where, doubt.n_rows) for doubt in found]
    assert told == [
        ("okant_kriterium", "tabellen judgements", 1),  # "vanligt" is computed and cannot be judged
        ("okant_problemomrade", "tabellen judgements", 1),
        ("okant_problemomrade", "tabellen pledges", 1),
    ]
    assert '"vanligt"' in found[0].what
    assert "paverkbarhet" in found[0].action
    assert found[2].action.startswith("Löftet följs inte upp.")


def test_nothing_is_said_where_everything_is_known() -> None:
    assert unknown_names(Tables(), taxonomy.load()) == ()
