from __future__ import annotations

import dataclasses
import datetime

import pandas as pd
import pytest

from lagesbild.measures import clustering, effort, weekly_counts
from lagesbild.measures.est import est
from lagesbild.measures.observations import iso_week, observed
from lagesbild.profile import Est, Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

OBSERVATION = ["observation_id", "date", "organisation", "category", "duplicate_of"]
MONDAYS = [datetime.date(2024, 1, 1) + datetime.timedelta(weeks=week) for week in range(52)]


def listed(table, pattern=(("Skadegörelse", "Park"),), mondays=MONDAYS) -> pd.DataFrame:
    """One observation of each (category, organisation) every week."""
    rows = [
        (f"{number:03}-{index}", day.isoformat(), organisation, category, None)
        for number, day in enumerate(mondays)
        for index, (category, organisation) in enumerate(pattern)
    ]
    return table("observations", OBSERVATION, rows)


def test_shares_of_a_full_year(table, profile: Profile, taxonomy: Taxonomy) -> None:
    found = est(
        Tables(observations=listed(table, [("Skadegörelse", "Park"), ("Narkotika", "Fritid"), ("Övrigt", "Fritid")])),
        profile,
        taxonomy,
    )
    rows = found.rows.set_index("problem_area")
    assert rows["measure"].unique().tolist() == ["est_share"]
    assert rows.loc["skadegorelse", ["numerator", "denominator"]].tolist() == [52, 156]
    assert rows.loc["skadegorelse", "value"] == pytest.approx(1 / 3)
    assert not rows["is_published"].any()
    assert {"insats_okand", "utan_omrade"} <= {doubt.kind for doubt in found.doubts}


def test_confirmed_duplicates_are_dropped_and_both_counts_told(table, profile: Profile, taxonomy: Taxonomy) -> None:
    more = table(
        "observations", OBSERVATION,
        [("d1", "2024-01-01", "Fritid", "Skadegörelse", "000-0"), ("d2", "2024-01-01", "Fritid", "Skadegörelse", "finns inte"),
         ("d3", "2024-01-02", "Fritid", "Skadegörelse", "d4"), ("d4", "2024-01-02", "Park", "Skadegörelse", "d3")],
    )  # fmt: skip
    tables = Tables(observations=pd.concat([listed(table), more]))
    summary = effort(tables, taxonomy)
    assert (summary.n_listed, summary.n_counted, summary.n_duplicates) == (56, 54, 2)
    found = est(tables, profile, taxonomy)
    assert found.rows["numerator"].tolist() == [54]
    assert any(doubt.kind == "dubbletter" and doubt.n_rows == 2 for doubt in found.doubts)


def test_a_year_of_45_weeks_is_no_year(table, profile: Profile, taxonomy: Taxonomy) -> None:
    assert est(Tables(observations=listed(table, mondays=MONDAYS[:46])), profile, taxonomy).rows["year"].tolist() == [2024]
    found = est(Tables(observations=listed(table, mondays=MONDAYS[:45])), profile, taxonomy)
    assert found.rows.empty
    assert any(doubt.kind == "del_av_ar" and "45" in doubt.what for doubt in found.doubts)


def test_without_a_roster_a_short_silence_is_covered_and_a_long_one_is_not(table, taxonomy: Taxonomy) -> None:
    short = observed(Tables(observations=listed(table, mondays=MONDAYS[:20] + MONDAYS[26:])), taxonomy)
    long = observed(Tables(observations=listed(table, mondays=MONDAYS[:20] + MONDAYS[27:])), taxonomy)
    assert (len(short.weeks), len(long.weeks)) == (52, 45)


def test_rates_per_unit_week_with_a_roster(table, profile: Profile, taxonomy: Taxonomy) -> None:
    weeks = iso_week(pd.Series(pd.to_datetime(MONDAYS)))
    roster = [("Park", week, "reported") for week in weeks] + [("Fritid", week, "zero") for week in weeks[:40]]
    roster += [("Fritid", week, "missing") for week in weeks[40:]]
    tables = Tables(
        observations=listed(table), reporting_weeks=table("reporting_weeks", ["organisation", "week", "status"], roster)
    )
    rows = est(tables, profile, taxonomy).rows.set_index("measure")
    assert rows.loc["est_rate", ["numerator", "denominator"]].tolist() == [52, 92]
    assert rows.loc["est_share", "numerator"] == 52
    summary = effort(tables, taxonomy)
    assert (summary.unit_weeks_reported, summary.unit_weeks_zero, summary.unit_weeks_missing) == (52, 40, 12)


def test_zero_reports_and_planned_events_are_no_observations_but_effort(table, taxonomy: Taxonomy) -> None:
    pattern = [("Skadegörelse", "Park"), ("Inget att rapportera", "Fritid"), ("Arrangemang", "Skolan")]
    summary = effort(Tables(observations=listed(table, pattern)), taxonomy)
    assert (summary.n_counted, summary.n_organisations) == (52, 3)
    assert (summary.unit_weeks_reported, summary.unit_weeks_zero) == (104, 52)


def test_an_observation_in_a_week_marked_missing_counts_and_is_doubted(table, profile: Profile, taxonomy: Taxonomy) -> None:
    roster = table("reporting_weeks", ["organisation", "week", "status"], [("Park", "2024-W01", "missing")])
    found = est(Tables(observations=listed(table), reporting_weeks=roster), profile, taxonomy)
    assert {"roster_motsagd"} <= {doubt.kind for doubt in found.doubts}
    assert found.rows.set_index("measure").loc["est_rate", "denominator"] == 52


def test_one_organisation_behind_most_observations_is_told(table, profile: Profile, taxonomy: Taxonomy) -> None:
    pattern = [("Skadegörelse", "Park"), ("Skadegörelse", "Park"), ("Skadegörelse", "Fritid")]
    doubts = [
        doubt
        for doubt in est(Tables(observations=listed(table, pattern)), profile, taxonomy).doubts
        if doubt.kind == "en_rapportor"
    ]
    assert [doubt.share for doubt in doubts] == [0.67, 0.67]
    assert all(doubt.what.startswith("Park") for doubt in doubts)


def test_the_profiles_own_categories_are_used(table, profile: Profile, taxonomy: Taxonomy) -> None:
    tables = Tables(observations=listed(table, [("Sabbat", "Park")]))
    assert est(tables, profile, taxonomy).rows.empty
    named = profile.model_copy(update={"est": Est(categories={"Sabbat": "skadegorelse"})})
    assert est(tables, named, taxonomy).rows["problem_area"].tolist() == ["skadegorelse"]


def test_weekly_counts_have_every_covered_week_and_area(table, taxonomy: Taxonomy) -> None:
    pattern = [("Skadegörelse", "Park")]
    late = listed(table, [("Narkotika", "Park")], mondays=[datetime.date(2024, 12, 30)])
    tables = Tables(observations=pd.concat([listed(table, pattern), late.assign(observation_id="x")]))
    weekly = weekly_counts(tables, taxonomy)
    assert len(weekly) == 2 * 53
    assert weekly["count"].sum() == 53
    last = weekly[weekly["week"].eq("2025-W01")].set_index("problem_area")
    assert last["count"].to_dict() == {"narkotika": 1, "skadegorelse": 0}
    assert last["week_start"].iloc[0] == pd.Timestamp("2024-12-30")


def test_twice_the_effort_of_everybody_leaves_the_shares(table, profile: Profile, taxonomy: Taxonomy) -> None:
    once = listed(table, [("Skadegörelse", "Park"), ("Narkotika", "Fritid")])
    twice = pd.concat([once, once.assign(observation_id="b" + once["observation_id"])])
    shares = [est(Tables(observations=rows), profile, taxonomy).rows["value"].tolist() for rows in (once, twice)]
    assert shares[0] == shares[1]


def test_clustered_weeks_widen_the_limits() -> None:
    even, clustered = [1] * 52, [13 if week % 13 == 0 else 0 for week in range(52)]
    total = [4] * 52
    assert clustering.share_dispersion(even, total) == clustering.LOWEST
    assert clustering.share_dispersion(clustered, [4 + count for count in clustered]) > 5 * clustering.LOWEST
    assert clustering.share_dispersion([1] * 9, [4] * 9) == clustering.DEFAULT
    plain, wide = (clustering.share_limits(52, 208, dispersion) for dispersion in (0.0, 0.1))
    assert wide[0] < plain[0] < 0.25 < plain[1] < wide[1]


def test_later_observations_are_not_used(table, profile: Profile, taxonomy: Taxonomy) -> None:
    found = est(Tables(observations=listed(table)), profile.for_year(2023), taxonomy)
    assert found.rows.empty
    assert dataclasses.is_dataclass(found)
