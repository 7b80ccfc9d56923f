"""Volume and harm side by side: three pooled years, rare lines apart, and an order that no other line can move."""

from __future__ import annotations

import pandas as pd
import pytest

from lagesbild.ranking import rank
from lagesbild.ranking.severity import COLUMNS, volume_and_harm
from lagesbild.ranking.value import severity_values
from lagesbild.taxonomy import load
from tests.unit.ranking.embedded import measured
from tests.unit.ranking.rows import measures, reported

HARM = {"stold": 2.0, "skadegorelse": 2.0, "bostadsinbrott": 12.0, "ran": 12.0, "trafik": 1.0}
SHOWN = measures(
    reported("stold", {2022: 900, 2023: 100, 2024: 100, 2025: 100}),
    reported("bostadsinbrott", {2023: 15, 2024: 15, 2025: 15}),
    reported("trafik", {2023: 120, 2024: 120, 2025: 120}),
    reported("ran", {2023: 6, 2024: 6, 2025: 7}),
)
RANKED = pd.DataFrame({"problem_area": ["ran", "stold", "bostadsinbrott", "trafik", "narkotika"], "rank": [1, 2, 3, 4, 5]})


def found() -> pd.DataFrame:
    return volume_and_harm(SHOWN, RANKED, HARM).set_index("problem_area")


def test_counts_are_of_the_last_three_years_and_places_by_number_and_by_harm_differ() -> None:
    table = found()
    assert tuple(volume_and_harm(SHOWN, RANKED, HARM).columns) == COLUMNS
    assert table["count"].to_dict() == {"ran": 19, "stold": 300, "bostadsinbrott": 45, "trafik": 360}
    assert table["burden"].to_dict() == {"ran": 228, "stold": 600, "bostadsinbrott": 540, "trafik": 360}
    usual = table.drop(index="ran")
    assert usual["count_rank"].to_dict() == {"stold": 2, "bostadsinbrott": 3, "trafik": 1}
    assert usual["burden_rank"].to_dict() == {"stold": 1, "bostadsinbrott": 2, "trafik": 3}
    assert table["share"].sum() == pytest.approx(1)


def test_a_rare_line_has_no_place_among_the_others_but_is_told_where_it_would_stand() -> None:
    rare = found().loc["ran"]
    assert rare["is_rare"]
    assert pd.isna(rare["count_rank"])
    assert pd.isna(rare["burden_rank"])
    assert rare["burden_rank_with_rare"] == 4
    assert (round(rare["lower"], 1), round(rare["upper"], 1)) == (11.4, 29.7)


def test_twenty_reports_are_not_rare() -> None:
    shown = measures(reported("ran", {2023: 6, 2024: 6, 2025: 8}))
    assert not volume_and_harm(shown, RANKED, HARM)["is_rare"].any()


def test_places_are_told_for_half_and_double_the_severity() -> None:
    table = found()
    places = table[["burden_rank_best", "burden_rank_worst"]].drop(index="ran").astype(int).T.to_dict("list")
    assert places == {"stold": [1, 3], "bostadsinbrott": [1, 3], "trafik": [1, 3]}


def test_preliminary_years_other_kommuner_and_lines_without_severity_are_left_out() -> None:
    shown = measures(
        SHOWN.rows[SHOWN.rows["problem_area"].eq("trafik")],
        reported("trafik", {2026: 999}, status="preliminary"),
        reported("trafik", {2025: 500}, role="peers", geography="jamforbara"),
        reported("narkotika", {2023: 40, 2024: 40, 2025: 40}),
    )
    assert volume_and_harm(shown, RANKED, HARM)[["problem_area", "count"]].to_numpy().tolist() == [["trafik", 360]]
    assert volume_and_harm(measures(), RANKED, HARM).empty


def test_the_values_of_severity_do_not_move_when_an_area_goes() -> None:
    harm = {"a": 1.0, "b": 3.0, "c": 81.0}
    assert severity_values(harm, ("a", "b", "c")).tolist() == pytest.approx([0, 25, 100])
    assert severity_values(harm, ("a", "b")).tolist() == pytest.approx([0, 25])


def test_the_view_with_severity_runs_where_it_is_no_criterion_and_without_where_it_is() -> None:
    shown, plain = measured("mariestad")
    four = type(plain.weights)(omfattning=0.35, jamforelse=0.25, utveckling=0.20, allvar=0.20)
    with_it = plain.model_copy(update={"weights": four, "severity": type(plain.severity)(use=True)})
    off, on = rank(shown, plain, load()), rank(shown, with_it, load())
    assert "med_allvar" in set(off.sensitivity["variant"])
    skipped = [{variant for variant in one.skipped if not variant.startswith("jamforelse_")} for one in (off, on)]
    assert skipped == [{"utan_polisanmalda"}] * 2
    assert "utan_allvar" in set(on.sensitivity["variant"])
    assert "allvar" not in set(off.explanation["criterion"])
    added, main = (
        frame[frame["variant"].eq(name)].set_index("problem_area")["p_top"].sort_index()
        for frame, name in ((off.sensitivity, "med_allvar"), (on.sensitivity, "huvudberakning"))
    )
    # .8 of .40/.35/.25 is .32/.28/.20: near the four default weights, but not they.
    assert (added - main).abs().max() < 0.1
    pd.testing.assert_series_equal(*(one.volume_and_harm.set_index("problem_area")["burden"].sort_index() for one in (off, on)))


def test_severity_of_its_own_reaches_the_points_and_the_table() -> None:
    shown, plain = measured("mariestad")
    own = plain.model_copy(update={"severity": type(plain.severity)(harm={"skadegorelse": 40.0})})
    table = rank(shown, own, load()).volume_and_harm.set_index("problem_area")
    assert table["harm"]["skadegorelse"] == 40
    assert table["burden_rank"]["skadegorelse"] == 1
