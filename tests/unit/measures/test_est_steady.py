"""EST without the campaign and without those who came or went."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest

from lagesbild.disclosure import protect
from lagesbild.measures import Measures
from lagesbild.measures.est import est
from lagesbild.measures.reporting import reporting_doubts
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

OBSERVATION = ["observation_id", "date", "organisation", "category"]
MONDAYS = [datetime.date(2023, 1, 2) + datetime.timedelta(weeks=week) for week in range(156)]
EVERYBODY = {("Skadegörelse", "Park"): 1, ("Narkotika", "Fritid"): 1, ("Buskörning", "Park"): 1, ("Buskörning", "Fritid"): 1}


def tables(table, extra=lambda day: {}) -> Tables:
    """So many observations of each (category, organisation) every week of 2023-2025; ``extra``: more in some weeks."""
    rows = [
        (f"{day}-{category}-{organisation}-{n}", day.isoformat(), organisation, category)
        for day in MONDAYS
        for (category, organisation), count in (EVERYBODY | extra(day)).items()
        for n in range(count)
    ]
    return Tables(observations=table("observations", OBSERVATION, rows))


def made(table, profile: Profile, taxonomy: Taxonomy, extra=lambda day: {}) -> tuple[pd.DataFrame, dict[str, str]]:
    found = est(tables(table, extra), profile, taxonomy)
    return found.rows.set_index(["measure", "problem_area", "year"]), {doubt.kind: str(doubt) for doubt in found.doubts}


def test_a_list_that_stood_still_has_the_plain_share_only(table, profile: Profile, taxonomy: Taxonomy) -> None:
    rows, doubts = made(table, profile, taxonomy)
    assert set(rows.index.get_level_values("measure")) == {"est_share"}
    assert not {"topp_est", "fast_grupp", "fast_grupp_saknas"} & set(doubts)


def test_a_campaign_of_six_weeks_counts_as_expected_months(table, profile: Profile, taxonomy: Taxonomy) -> None:
    def campaign(day: datetime.date) -> dict[tuple[str, str], int]:
        return {("Skadegörelse", "Park"): 20} if datetime.date(2025, 4, 1) <= day < datetime.date(2025, 5, 13) else {}

    rows, doubts = made(table, profile, taxonomy, campaign)
    published, robust = (rows.loc[(measure, "skadegorelse", 2025)] for measure in ("est_share", "est_robust"))
    assert published["numerator"] == 51 + 6 * 19
    assert robust["numerator"] == pytest.approx(51, abs=6)
    assert robust["denominator"] == rows.xs(("est_robust", 2025), level=(0, 2))["numerator"].sum()
    assert (
        rows.loc[("est_robust", "skadegorelse", 2024), "numerator"]
        == rows.loc[("est_share", "skadegorelse", 2024), "numerator"]
    )
    assert "2025 ligger långt över" in doubts["topp_est"]
    assert not any(char.isdigit() for char in doubts["topp_est"].replace("2025", ""))


def test_the_trend_is_read_from_those_who_reported_throughout(table, profile: Profile, taxonomy: Taxonomy) -> None:
    def newcomer(day: datetime.date) -> dict[tuple[str, str], int]:
        return {("Skadegörelse", "Bostadsbolaget"): 2} if day.year == 2025 else {}

    rows, doubts = made(table, profile, taxonomy, newcomer)
    counts = rows["numerator"].xs("skadegorelse", level=1)
    assert counts["est_share"].tolist() == [52, 53, 51 + 2 * 51]
    assert counts["est_panel"].tolist() == [52, 53, 51]
    assert "Två av 3" in doubts["fast_grupp"].replace("\N{NO-BREAK SPACE}", " ")


def test_a_panel_of_one_falls_back_to_everybody_and_says_so(table, profile: Profile, taxonomy: Taxonomy) -> None:
    def rows(day: datetime.date) -> dict[tuple[str, str], int]:
        late = {("Buskörning", "Fritid"): 0, ("Narkotika", "Fritid"): 0} if day.year == 2023 else {}
        return late | {("Skadegörelse", "Park"): 2}

    found, doubts = made(table, profile, taxonomy, rows)
    assert "alla; en förändring kan bero på vilka som rapporterade" in doubts["fast_grupp_saknas"]
    panels = found[found.index.get_level_values("measure") == "est_panel"]
    assert panels.empty or (panels["period"].str.contains("tidigare")).any()  # only the changed category marks years


def test_a_new_category_starts_its_areas_trend_anew(table, profile: Profile, taxonomy: Taxonomy) -> None:
    listed = tables(table, lambda day: {("Klotter", "Park"): 1} if day.year >= 2024 else {})
    rows = est(listed, profile, taxonomy).rows.set_index(["measure", "problem_area", "year"])
    periods = rows.loc["est_panel"]["period"]
    assert periods.xs("skadegorelse").tolist() == ["2023 (tidigare kategorier)", "2024", "2025"]
    assert periods.xs("trafik").tolist() == ["2023", "2024", "2025"]
    told = [doubt.action for doubt in reporting_doubts(listed, profile, taxonomy) if doubt.kind == "andrad_kategorilista"]
    assert told == ["Har kategorilistan ändrats? Områdets utveckling i EST räknas från 2024."]


def test_what_is_hidden_stays_hidden_in_the_panel(table, profile: Profile, taxonomy: Taxonomy) -> None:
    """Of six observations in a sensitive area two are a newcomer's: the panel's four, and the difference, stay unknown."""

    def few(day: datetime.date) -> dict[tuple[str, str], int]:
        found = {("Skadegörelse", "Bostadsbolaget"): 1} if day.year == 2025 else {}
        if day.year == 2025 and day.month == 3:
            found[("Oro för unga", "Park")] = 1
        if day.year == 2025 and day.month in (6,) and day.day < 15:
            found[("Oro för unga", "Bostadsbolaget")] = 1
        return found

    assert taxonomy.area_of_category("Oro för unga") == "unga_i_riskzon"
    found = est(tables(table, few), profile, taxonomy)
    shown = protect(Measures(found.rows), taxonomy).rows.set_index(["measure", "problem_area", "year"])
    counted = found.rows.set_index(["measure", "problem_area", "year"])["numerator"]
    assert counted["est_share", "unga_i_riskzon", 2025] == 7
    assert counted["est_panel", "unga_i_riskzon", 2025] == 5
    assert not shown.loc[("est_share", "unga_i_riskzon", 2025), "is_suppressed"]
    panel = shown.xs(("est_panel", 2025), level=(0, 2))
    assert panel.loc["unga_i_riskzon", "is_suppressed"]
    assert panel["is_suppressed"].sum() > 1 or panel["denominator"].isna().all()
