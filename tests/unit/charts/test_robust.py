"""A year with incredible months is drawn, told and tabled with both its figures."""

from __future__ import annotations

import pandas as pd

from lagesbild.charts import anmalda
from lagesbild.measures.frame import joined
from lagesbild.measures.measure import Measures
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import make_profile, make_ranking, reported
from tests.unit.charts.legibility import colliding_labels, cut_off_labels, labels

LINE = "bostadsinbrott"
LINES = ("brott_mot_person", "stold_ran_ovrigt", LINE)


def test_both_figures_of_a_year_are_shown(taxonomy: Taxonomy) -> None:
    rows = reported((LINE,))
    own = rows[rows["role"].eq("own") & rows["year"].eq(2024)]
    robust = own.assign(measure="reported_robust", value=own["value"] / 2, numerator=own["numerator"] / 2)
    ranking = make_ranking(taxonomy, LINES, ("polisanmalda",))
    plain = anmalda(LINE, Measures(rows), ranking, make_profile(), taxonomy)
    chart = anmalda(LINE, Measures(joined([rows, robust])), ranking, make_profile(), taxonomy)
    assert plain is not None
    assert chart is not None
    column = "Med väntat antal i månader långt över det väntade, per 100 000"
    assert column not in plain.table
    told = chart.table.set_index("År")[column].dropna()
    assert told.index.tolist() == [2024]
    assert told[2024] == robust["value"].iloc[0]
    assert chart.table.set_index("År")["Exempelby, per 100 000"][2024] == own["value"].iloc[0]
    assert "2024 med det väntade antalet i månader långt över det väntade" in chart.alt
    assert any(label.get_text().startswith("Ruta: året med det väntade antalet") for label in labels(chart.figure))
    assert not any(label.get_text().startswith("Ruta:") for label in labels(plain.figure))
    assert not colliding_labels(chart.figure)
    assert not cut_off_labels(chart.figure)


def test_a_peers_robust_figure_is_not_drawn_as_the_kommuns(taxonomy: Taxonomy) -> None:
    rows = reported((LINE,))
    peer = rows[rows["role"].eq("peers") & rows["year"].eq(2024)].assign(measure="reported_robust")
    chart = anmalda(
        LINE, Measures(pd.concat([rows, peer])), make_ranking(taxonomy, LINES, ("polisanmalda",)), make_profile(), taxonomy
    )
    assert chart is not None
    assert not any("väntat antal" in str(name) for name in chart.table.columns)
