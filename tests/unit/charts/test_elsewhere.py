"""The län and the country beside the own kommun's reported offences."""

from __future__ import annotations

import pandas as pd

from lagesbild.charts import anmalda
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import Case
from tests.unit.charts.family import faults

YEARS = (2013, 2023, 2024, 2025)


def beside(line: str) -> pd.DataFrame:
    rows = [
        (line, place, level, year, rate + year - 2025)
        for place, level, rate in (("Dalarnas län", "lan", 903.4), ("Hela landet", "riket", 1882.0))
        for year in YEARS
    ]
    return pd.DataFrame(rows, columns=["line", "geography", "level", "year", "rate"])


def test_both_lines_are_named_at_their_ends_and_told(full: Case, taxonomy: Taxonomy) -> None:
    chart = anmalda("trafik", full.measures, full.ranking, full.profile, taxonomy, elsewhere=beside("trafik"))
    assert chart is not None
    assert faults(chart) == []
    assert {"Riket 1\xa0882", "Dalarnas län 903"} <= {str(text.get_text()) for text in chart.figure.texts} | {
        str(artist.get_text()) for artist in chart.figure.get_children() if hasattr(artist, "get_text")
    }
    assert "Bredvid: riket (streckad linje) och Dalarnas län (prickad)." in chart.subtitle
    assert "Riket: 1\xa0882. Dalarnas län: 903." in chart.alt
    table = chart.table.set_index("År")
    assert table.loc[2024, "Riket, per 100 000"] == 1881
    assert 2013 not in table.index, "only the own kommun's years"


def test_another_lines_rates_are_not_shown(full: Case, taxonomy: Taxonomy) -> None:
    charts = [
        anmalda("trafik", full.measures, full.ranking, full.profile, taxonomy, elsewhere=given)
        for given in (None, beside("ran"))
    ]
    assert charts[0] is not None
    assert charts[1] is not None
    assert charts[0].drawing == charts[1].drawing
    assert "Bredvid" not in charts[1].subtitle
