"""Every scenario of the laboratory differs from the base in what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from benchmarks.validity.scenarios import SCENARIOS, worlds
from benchmarks.validity.terms import terms
from benchmarks.validity.world import World
from lagesbild.taxonomy import load

Made = Callable[..., list[World]]
SEED = 41  # of the fixture ``made``
OWN = "1493"


def with_areas(world: World) -> pd.DataFrame:
    """The reported offences with the area of each code."""
    rows = world.tables.reported_offences
    return rows.assign(area=rows["offence"].map(load().area_of_code))


def reports(made: Made, name: str, first: int = 2025) -> pd.DataFrame:
    """Area × kommun reports of the years from ``first`` on in the first world."""
    rows = with_areas(made(name)[0])
    counts = rows[rows["year"].ge(first)].pivot_table("count", "area", "kommunkod", aggfunc="sum", observed=True)
    return counts.astype("float64")


def heard(made: Made, name: str, source: str, n: int) -> pd.DataFrame:
    """What a source shows of every area on average (``seen``), beside the truth."""
    rows = pd.concat([world.biases.merge(world.truth, on="problem_area", suffixes=("", "_true")) for world in made(name, n)])
    return rows[rows["source"].eq(source)].assign(seen=lambda frame: frame["level"] + frame["level_true"])


def agreement(rows: pd.DataFrame) -> float:
    return float(np.corrcoef(rows["seen"], rows["level_true"])[0, 1])


@pytest.mark.parametrize("name", SCENARIOS)
def test_only_a_null_scenario_is_without_true_change(made: Made, name: str) -> None:
    world = made(name)[0]
    assert SCENARIOS[name].text.endswith(".")
    assert SCENARIOS[name].is_null == bool((world.truth["trend"].abs() < 1e-9).all())
    assert world.profile.slug == f"{name.replace('_', '-')}-0"


def test_without_drift_reports_and_answers_do_not_change_either(made: Made) -> None:
    for world, other in zip(made("steady", 3), made("base_no_change", 3), strict=True):
        still, drifting = (one.biases.set_index("source")["trend"].abs() for one in (world, other))
        assert still[["polisanmalda", "ntu", "egen_enkat"]].max() < 1e-9
        assert drifting["polisanmalda"].max() > 0.05
        assert still["est"].max() < 0.08  # appetites come and go, so whose habits show is never the same


def test_fewer_years_smaller_and_larger_kommuner(made: Made) -> None:
    base, three = made("base")[0], made("three_years")[0]
    assert base.tables.reported_offences["year"].nunique() == 5
    for table in ("reported_offences", "population", "survey_results"):
        assert getattr(three.tables, table)["year"].min() == 2023
    assert three.tables.observations["date"].min() >= pd.Timestamp("2023-01-01")
    small, large = (made(name)[0].tables.population["population"].iloc[0] for name in ("small", "large"))
    assert small == pytest.approx(6_000, rel=0.06)
    assert large == pytest.approx(60_000, rel=0.06)


def test_missing_takes_two_fifths_of_the_cells_and_whole_sources(made: Made) -> None:
    kept = [len(world.biases) for world in made("missing_40", 16)]
    assert np.mean(kept) / len(made("base")[0].biases) == pytest.approx(0.6, abs=0.1)
    assert min(world.biases["source"].nunique() for world in made("missing_40", 16)) < 5
    for world in made("missing_40", 16)[:4]:
        told = set(world.biases.loc[world.biases["source"].eq("polisanmalda"), "problem_area"])
        assert told == set(with_areas(world)["area"])


@pytest.mark.parametrize(
    ("name", "source"), [("reversed_reported", "polisanmalda"), ("reversed_est", "est"), ("reversed_survey", "ntu")]
)
def test_a_reversed_source_points_the_wrong_way(made: Made, name: str, source: str) -> None:
    assert agreement(heard(made, "base", source, 6)) > 0.6
    assert agreement(heard(made, name, source, 6)) < -0.5
    assert all(agreement(heard(made, name, other, 6)) > 0.6 for other in {"polisanmalda", "est", "ntu"} - {source})


def test_partly_reversed_leaves_the_other_areas_as_they_are(made: Made) -> None:
    outdoors = [area for area, seen in zip(terms().areas, terms().visibility, strict=True) if seen == "ute"]
    rows = heard(made, "partly_reversed", "est", 8)
    is_out = rows["problem_area"].isin(outdoors)
    assert 5 <= len(outdoors) <= 10
    assert agreement(rows[is_out]) < -0.4
    assert agreement(rows[~is_out]) > 0.5


@pytest.mark.parametrize("name", ["recode", "recode_undeclared"])
def test_a_recode_doubles_one_area_everywhere_from_its_year(made: Made, name: str) -> None:
    recode = SCENARIOS[name].recode
    assert recode is not None
    breaks = load().breaks
    is_declared = (breaks["key_or_area"].eq(recode.problem_area) & breaks["year"].eq(recode.year)).any()
    assert is_declared == (name == "recode")
    before, after = (reports(made, one, recode.year) for one in ("base_no_change", name))
    others = after.index != recode.problem_area
    pd.testing.assert_frame_equal(before[others], after[others])
    same, more = before.loc[recode.problem_area], after.loc[recode.problem_area]
    assert more.gt(same).all()
    assert more.sum() / same.sum() == pytest.approx(2, rel=0.2)
    frames = [with_areas(made(one)[0]).query(f"year < {recode.year}") for one in ("base_no_change", name)]
    sums = [frame.groupby(["area", "kommunkod", "year"], observed=True)["count"].sum() for frame in frames]
    pd.testing.assert_series_equal(*sums)


def test_a_police_campaign_triples_narcotics_for_some_months(made: Made) -> None:
    scenario = SCENARIOS["campaign_police"]
    extra = usual = 0.0
    quiet = worlds(replace(scenario, campaign_months=0), 5, SEED)
    for world, without in zip(made("campaign_police", 5), quiet, strict=True):
        keys = ["area", "kommunkod", "year", "month"]
        counts, before = (with_areas(one).groupby(keys, observed=True)["count"].sum() for one in (world, without))
        more = (counts - before)[counts.ne(before)].reset_index()
        assert more["count"].gt(0).all()
        assert set(more["area"]) == {"narkotika"}
        assert set(more["kommunkod"]) == {OWN}
        assert set(more["year"]) == {2025}
        assert len(more) <= scenario.campaign_months
        trends = [one.biases.set_index(["problem_area", "source"])["trend"] for one in (world, without)]
        assert (trends[0] - trends[1])["narkotika", "polisanmalda"] > 0.05
        extra += float(more["count"].sum()) / scenario.campaign_months
        usual += float(before["narkotika", OWN, 2025].sum()) / 12
    assert extra / usual == pytest.approx(2, rel=0.35)


def test_a_series_is_four_hundred_reports_of_one_area_within_two_months(made: Made) -> None:
    more = reports(made, "series_yearly") - reports(made, "base_no_change")
    assert sorted(more[OWN].unique()) == [0.0, 400.0]
    assert more.drop(columns=OWN).eq(0).all(axis=None)
    area = more[OWN].idxmax()
    rows = with_areas(made("series")[0])
    own = rows[rows["area"].eq(area) & rows["kommunkod"].eq(OWN) & rows["year"].eq(2025)]
    months = own.groupby("month", observed=True)["count"].sum()
    high = months.nlargest(2)
    assert high.sum() >= 400
    assert high.sum() - 2 * months.median() < 480
    assert made("series_yearly")[0].tables.reported_offences["month"].isna().all()


def test_an_est_campaign_swells_one_area_in_the_last_year(made: Made) -> None:
    for world, usual in zip(made("campaign_est", 5), made("base_no_change", 5), strict=True):
        trends = [one.biases[one.biases["source"].eq("est")].set_index("problem_area")["trend"] for one in (world, usual)]
        first, second = (trends[0] - trends[1]).nlargest(2)
        assert first > 0.05
        assert second < first / 3
        pd.testing.assert_frame_equal(world.tables.survey_results, usual.tables.survey_results)


def test_an_organisation_that_stops_is_silent_the_whole_last_year(made: Made) -> None:
    for world, usual in zip(made("organisation_stops", 4), made("base_no_change", 4), strict=True):
        stopped, going = (set(one.tables.observations.query("date >= '2025-01-01'")["organisation"]) for one in (world, usual))
        assert going - stopped == {"Bostadsbolaget"}
        assert "Bostadsbolaget" in set(world.tables.observations.query("date < '2024-12-30'")["organisation"])
        roster = world.tables.reporting_weeks
        mine = roster[roster["organisation"].eq("Bostadsbolaget") & roster["week"].str.startswith("2025")]
        assert set(mine["status"]) <= {"missing"}
