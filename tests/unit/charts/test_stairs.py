"""The stairs of one line: steps that add up, what they are called, and the words of title and alt text."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.charts import stairs
from lagesbild.charts.behind import told
from lagesbild.charts.stairs import Stairs, Step, rounded_to_sum
from lagesbild.ranking.result import Ranking
from lagesbild.report.narrative.lexicon import violations
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import Case, make_profile

SETTLED = Stairs("Rån (allt)", (Step("EST", 9.4, 9), Step("NTU", 3.2, 3), Step("Övrigt", 0.4, 1)), 63.0, 55.0, 70.0)


def test_the_steps_end_at_the_score() -> None:
    assert SETTLED.ends == pytest.approx([59.4, 62.6, 63.0])
    assert sum(step.shown for step in SETTLED.steps) == round(SETTLED.score) - 50


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=12))
def test_rounded_parts_give_the_sum_and_stay_within_one(parts: list[float]) -> None:
    total = round(sum(parts))
    shown = rounded_to_sum(parts, total)
    assert sum(shown) == total
    assert all(abs(number - part) <= 1 + 1e-9 for number, part in zip(shown, parts, strict=True))


@pytest.mark.parametrize(
    ("chart", "is_alone", "title"),
    [
        (SETTLED, False, "Rån får 63 poäng: EST (+9) lyfter mest och ingen källa sänker"),
        (
            Stairs("Rån", (Step("EST", 1.0, 1), Step("Polisanmälda brott", -19.0, -19)), 32.0, 22.0, 41.0),
            False,
            "Rån får 32 poäng: EST (+1) lyfter mest och polisanmälda brott (−19) sänker mest",
        ),
        (
            Stairs("Rån", (Step("Jämförelse", 14.0, 14), Step("Utveckling", -2.0, -2)), 62.0, 52.0, 70.0),
            True,
            "Rån får 62 poäng: jämförelsen med andra kommuner (+14) lyfter mest och utvecklingen (−2) sänker mest",
        ),
        (
            Stairs("Rån", (Step("EST", -9.0, -9),), 41.0, 30.0, 49.0),
            False,
            "Rån får 41 poäng: ingen källa lyfter och EST (−9) sänker mest",
        ),
        (
            Stairs("Rån", (Step("EST", 4.0, 4),), 54.0, 44.0, 61.0),
            False,
            "Rån får 54 poäng, vilket inte går att skilja från ett genomsnittligt problem",
        ),
        (Stairs("Rån", (Step("Övrigt", 1.0, 1),), 51.0, 50.5, 52.0), False, "Rån får 51 poäng"),
    ],
)
def test_the_title_says_what_lifts_only_where_the_score_is_settled(chart: Stairs, is_alone: bool, title: str) -> None:
    assert stairs._title(chart, is_alone) == title
    assert violations([title]) == []


def test_the_alt_text_tells_every_step_with_its_figures() -> None:
    chart = replace(SETTLED, steps=(Step("EST", 9.4, 9, ("0,24 per organisation och vecka (0,20–0,29)",)), Step("NTU", 3.6, 4)))
    assert stairs._alt("Rån får 63 poäng", chart) == (
        "Rån får 63 poäng. Från 50 till 63 poäng (80 procents osäkerhetsintervall 55–70). "
        "EST +9: 0,24 per organisation och vecka (0,20–0,29); NTU +4."
    )


@pytest.mark.parametrize(
    ("unit", "kind", "figures", "text"),
    [
        ("per_100k", "reported", (868.2, 771.0, 977.0), "868 anmälda per 100 000 (771–977)"),
        ("per_100k", "reported", (5.24, 1.6, 12.2), "5,2 anmälda per 100 000 (1,6–12)"),
        ("ratio", "survey", (1.48, 1.19, 1.84), "1,5 gånger jämförelsen (1,2–1,8)"),
        ("share", "survey", (0.278, 0.221, 0.343), "28 % av dem som svarat (22–34)"),
        ("share", "dialogue", (0.27, 0.12, 0.58), "27 % av det som nämnts (12–58)"),
        ("percent_per_year", "reported", (9.3, 2.1, 16.2), "+9 % per år (2–16)"),
        ("percent_per_year", "reported", (-9.3, -16.2, -2.1), "−9 % per år (−16 till −2)"),
        ("percent_per_year", "reported", (2.9, -3.4, 9.7), "ingen säkerställd förändring"),
        ("index_per_year", "survey", (0.12, 0.02, 0.22), "+0,12 steg per år (0,02–0,22)"),
        ("index_0_6", "survey", (2.14, 1.9, 2.4), "index 2,1 av 6 (1,9–2,4)"),
        ("ratio", "reported", (nan, nan, nan), ""),
    ],
)
def test_a_figure_stands_with_its_unit_and_interval(unit: str, kind: str, figures: tuple[float, ...], text: str) -> None:
    value, lower, upper = figures
    said = told({"estimate": value, "lower": lower, "upper": upper, "unit": unit}, kind)
    assert said.replace("\xa0", " ") == text


def _made(case: Case, taxonomy: Taxonomy, **changed: object) -> dict[str, Stairs]:
    ranking: Ranking = replace(case.ranking, **changed)  # type: ignore[arg-type]
    sources = stairs.sources_of(ranking.explanation, taxonomy)
    rows = ranking.explanation
    return {
        line: stairs._stairs(line, ranking, rows[rows["problem_area"].eq(line)], sources, taxonomy)
        for line in ranking.table["problem_area"]
    }


def test_every_line_adds_up_exactly(full: Case, lean: Case, taxonomy: Taxonomy) -> None:
    for case in (full, lean):
        for made in _made(case, taxonomy).values():
            assert made.ends[-1] == pytest.approx(made.score, abs=1e-9)
            assert sum(step.shown for step in made.steps) == round(made.score) - 50


def test_with_one_source_the_steps_are_the_criteria(lean: Case, taxonomy: Taxonomy) -> None:
    names = {step.name for made in _made(lean, taxonomy).values() for step in made.steps}
    assert names <= {"Omfattning", "Jämförelse", "Utveckling"}


def test_small_steps_stand_together_and_are_named(full: Case, taxonomy: Taxonomy) -> None:
    line = str(full.ranking.table["problem_area"].iloc[0])
    rows = pd.DataFrame(
        [(line, "omfattning", "est", 9.0), (line, "omfattning", "ntu", 0.3), (line, "jamforelse", "hela_kommunen", -0.2)],
        columns=["problem_area", "criterion", "source", "points"],
    )
    table = full.ranking.table[full.ranking.table["problem_area"].eq(line)].assign(score=59.1)
    made = _made(full, taxonomy, explanation=rows, table=table)[line]
    assert [(step.name, step.shown) for step in made.steps] == [("EST", 9), ("Övrigt", 0)]
    assert made.steps[-1].figures == ("NTU och kommunen som helhet",)


def test_upper_tiers_get_stairs_else_the_first_three(full: Case, taxonomy: Taxonomy) -> None:
    ranking, profile = full.ranking, make_profile()
    upper = ranking.table[ranking.table["tier"].ne("bevaka")]["problem_area"]
    made = stairs.trappor(ranking, profile, taxonomy)
    assert [chart.name for chart in made] == [f"trappa-{line.replace('_', '-')}" for line in upper]
    low = replace(ranking, table=ranking.table.assign(tier="bevaka"))
    assert len(stairs.trappor(low, profile, taxonomy)) == 3


def test_the_table_sums_to_the_score(full: Case, taxonomy: Taxonomy) -> None:
    chart = stairs.trappor(full.ranking, make_profile(), taxonomy)[0]
    score = full.ranking.table["score"].iloc[0]
    assert chart.table["Poäng efter steget"].iloc[-1] == pytest.approx(score)
    assert 50 + chart.table["Poäng upp eller ned"].sum() == pytest.approx(score)
