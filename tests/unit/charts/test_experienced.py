"""Reported against experienced: which source is held against the reports, what is left out, and what is claimed."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.charts import experienced, placing
from lagesbild.charts.finding import Estimate
from lagesbild.charts.plane import Experience, Point
from lagesbild.measures.measure import Measures
from lagesbild.ranking.result import Ranking
from lagesbild.report.narrative.lexicon import violations
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import Case, make_profile
from tests.unit.charts.legibility import colliding_labels, cut_off_labels

NTU = Experience("ntu", "ratio", "riket", "upplevs mer", "upplevs mindre", "gånger så ofta som i riket")
SHARE = Experience("ntu", "share", "", "upplevs av fler", "upplevs av färre", "andel av dem som svarat")
EST = Experience("est", "per_unit_week", "", "observeras oftare", "observeras mer sällan", "gånger per organisation och vecka")
ABOVE, COVERS, BELOW = (1.5, 1.2, 1.9), (1.1, 0.8, 1.5), (0.6, 0.5, 0.8)


def point(area: str, x: tuple[float, ...], y: tuple[float, ...], middle: float = 1.0) -> Point:
    return Point(area, area, 1, Estimate(*x, 1.0, "2025"), Estimate(*y, middle, "2025"))


@pytest.mark.parametrize(
    ("points", "title"),
    [
        (
            [point("ran", ABOVE, ABOVE), point("stold", BELOW, BELOW), point("trafik", COVERS, ABOVE)],
            "Rån anmäls mer än i jämförbara kommuner och upplevs mer än i riket",
        ),
        (
            [point("ran", BELOW, ABOVE), point("stold", BELOW, BELOW), point("trafik", COVERS, COVERS)],
            "Rån anmäls mindre än i jämförbara kommuner men upplevs mer än i riket",
        ),
        (
            [point("ran", COVERS, ABOVE), point("stold", ABOVE, COVERS), point("trafik", BELOW, BELOW)],
            "Inget av 3 områden är säkerställt högre både i anmälningar och i vad invånarna upplever",
        ),
    ],
)
def test_only_what_is_settled_in_both_is_claimed(points: list[Point], title: str, taxonomy: Taxonomy) -> None:
    said = experienced._title(points, NTU, taxonomy)
    assert said == title
    assert violations([said]) == []


@pytest.mark.parametrize(
    ("x", "experience", "title"),
    [
        (ABOVE, SHARE, "Rån upplevs av flest (31 %) och anmäls mer än i jämförbara kommuner"),
        (BELOW, SHARE, "Rån upplevs av flest (31 %) och anmäls mindre än i jämförbara kommuner"),
        (COVERS, SHARE, "Rån upplevs av flest (31 %); anmälningarna går inte att skilja från jämförbara kommuner"),
        (ABOVE, EST, "Rån observeras oftast och anmäls mer än i jämförbara kommuner"),
    ],
)
def test_without_a_reference_the_most_experienced_area_is_told(
    x: tuple[float, ...], experience: Experience, title: str, taxonomy: Taxonomy
) -> None:
    points = [point("ran", x, (0.31, 0.25, 0.38), 0.2), point("stold", BELOW, (0.1, 0.05, 0.2), 0.2)]
    assert experienced._title(points, experience, taxonomy).replace("\xa0", " ") == title


def test_the_alt_text_says_both_figures_with_their_intervals_and_the_quarter_only_where_settled() -> None:
    told = experienced._alt("Titel", [point("Rån", ABOVE, ABOVE), point("Stöld", COVERS, BELOW)], NTU)
    assert told == (
        "Titel. Två tal per område, med 95 procents osäkerhetsintervall: anmäls, gånger så ofta som i jämförbara kommuner och "
        "upplevs, gånger så ofta som i riket. Rån 1,5 (1,2–1,9) och 1,5 (1,2–1,9), anmäls mer, upplevs mer; "
        "Stöld 1,1 (0,80–1,5) och 0,60 (0,50–0,80)."
    )


def ranking_of(case: Case, areas: list[str], rows: list[tuple[object, ...]]) -> Ranking:
    columns = ["problem_area", "source", "criterion", "estimate", "lower", "upper", "unit", "numerator"]
    signals = pd.DataFrame(rows, columns=columns).assign(z=0.0, se=0.1, reference=nan, period="2025")
    table = pd.DataFrame({"problem_area": areas, "rank": range(1, len(areas) + 1)})
    return replace(case.ranking, table=table, signals=signals)


def rows_of(area: str, numerator: float = 90.0, survey: str = "ntu", unit: str = "ratio") -> list[tuple[object, ...]]:
    criterion = "jamforelse" if unit == "ratio" else "omfattning"
    figures = (1.4, 1.1, 1.8) if unit == "ratio" else (0.3, 0.2, 0.4)
    return [
        (area, "polisanmalda", "jamforelse", 1.5, 1.3, 1.8, "ratio", numerator),
        (area, survey, criterion, *figures, unit, nan),
    ]


AREAS = ["ran", "stold", "trafik", "narkotika", "sexualbrott"]


def test_fewer_than_three_areas_give_no_chart_and_too_few_reports_are_named(full: Case, taxonomy: Taxonomy) -> None:
    rows = [row for area in AREAS[:4] for row in rows_of(area, 12.0 if area == "ran" else 90.0)] + rows_of("sexualbrott")[:1]
    made = ranking_of(full, AREAS, rows)
    chart = experienced.anmalt_upplevt(full.measures, made, make_profile(), taxonomy)
    assert chart is not None
    assert set(chart.table["Problemområde"]) == {taxonomy.short(area) for area in AREAS[1:4]}
    assert chart.caption.startswith("Källa: ")
    assert chart.caption.endswith("Kan inte placeras: rån (anmälningar saknas eller är för få); sexualbrott (NTU säger inget).")
    fewer = ranking_of(full, AREAS, [row for area in AREAS[:3] for row in rows_of(area, 12.0 if area == "ran" else 90.0)])
    assert experienced.anmalt_upplevt(full.measures, fewer, make_profile(), taxonomy) is None


@pytest.mark.parametrize(
    ("source", "unit", "axis"),
    [
        ("ntu", "ratio", "gånger så ofta som i riket"),
        ("egen_enkat", "share", "andel av dem som svarat"),
        ("est", "share", "andel av observationerna"),
        ("est", "per_unit_week", "gånger per organisation och vecka"),
    ],
)
def test_the_upright_axis_is_a_comparison_where_there_is_one(
    source: str, unit: str, axis: str, full: Case, taxonomy: Taxonomy
) -> None:
    made = ranking_of(full, AREAS, [row for area in AREAS for row in rows_of(area, survey=source, unit=unit)])
    chart = experienced.anmalt_upplevt(full.measures, made, make_profile(), taxonomy)
    assert chart is not None
    assert axis.capitalize() in chart.table.columns
    assert cut_off_labels(chart.figure) == []
    assert colliding_labels(chart.figure) == []


def test_a_survey_without_a_reference_says_comparison(taxonomy: Taxonomy, full: Case) -> None:
    measures = Measures(full.measures.rows.iloc[:0])
    assert experienced._worded("ntu", "ratio", measures).others == "jämförelsen"


@given(st.lists(st.tuples(st.floats(20, 140), st.floats(15, 105)), min_size=1, max_size=16))
def test_names_stand_on_the_paper(points: list[tuple[float, float]]) -> None:
    found = placing.place(points, [(30.0, 3.6)] * len(points), (0.0, 0.0, 158.0, 120.0))
    assert all(15 <= one.x <= 143 and 1.8 <= one.y <= 118.2 for one in found)
    assert found == placing.place(points, [(30.0, 3.6)] * len(points), (0.0, 0.0, 158.0, 120.0))
