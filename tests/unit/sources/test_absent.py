"""What is said of what was not delivered."""

from __future__ import annotations

import pandas as pd

from lagesbild.sources.checks.absent import CONSEQUENCES, absent
from lagesbild.tables import TABLES, Tables, validate


def test_every_table_that_is_missing_is_named_with_what_it_means() -> None:
    found = absent(Tables())
    assert set(CONSEQUENCES) == set(TABLES)
    assert len(found) == len(TABLES) - 1  # a roster is not asked for where there is no EST list
    assert all(doubt.what and doubt.action for doubt in found)


def test_weeks_gathered_from_the_list_are_no_roster() -> None:
    row = {"organisation": "Fritid", "week": "2025-W10", "status": "zero"}
    tables = Tables(reporting_weeks=validate("reporting_weeks", pd.DataFrame([row]), "lista.xlsx"))
    assert any("tystnat" in doubt.action for doubt in absent(tables))
    assert not any("tystnat" in doubt.action for doubt in absent(tables, is_roster_delivered=True))
    assert len(absent(tables, is_roster_delivered=True)) == len(TABLES) - 1
