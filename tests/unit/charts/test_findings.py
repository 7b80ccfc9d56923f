"""What titles and alt texts claim follows from the figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lagesbild.charts import anmalda, bidrag, enkat, est_veckor, kallprofil, rangordning
from lagesbild.charts.finding import Estimate, Finding
from lagesbild.charts.pairs import Pair, Point
from lagesbild.measures.measure import Measures
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from tests.unit.charts.conftest import Case, make_profile, make_ranking, make_tables, reported
from tests.unit.charts.legibility import colliding_labels, cut_off_labels, labels

ABOVE, SAME, BELOW = Estimate(1.5, 1.2, 1.8, 1, "2023-2025"), Estimate(1.1, 0.9, 1.3, 1, ""), Estimate(0.6, 0.5, 0.8, 1, "")
UP, FLAT, DOWN = Estimate(5, 1, 9, 0, "2021-2025"), Estimate(2, -3, 7, 0, "2021-2025"), Estimate(-5, -9, -1, 0, "")


@pytest.mark.parametrize(
    ("comparison", "trend", "words"),
    [
        (ABOVE, UP, "X ligger över Y och ökar"),
        (ABOVE, DOWN, "X ligger över Y men minskar"),
        (ABOVE, FLAT, "X ligger över Y; ingen säkerställd förändring"),
        (BELOW, UP, "X ligger under Y men ökar"),
        (BELOW, DOWN, "X ligger under Y och minskar"),
        (SAME, UP, "X ökar; nivån går inte att skilja från Y"),
        (SAME, FLAT, "X går inte att skilja från Y; ingen säkerställd förändring"),
        (ABOVE, None, "X ligger över Y"),
        (None, FLAT, "ingen säkerställd förändring av X"),
        (None, DOWN, "X minskar"),
    ],
)
def test_a_finding_in_words(comparison: Estimate | None, trend: Estimate | None, words: str) -> None:
    assert Finding(comparison, trend).in_words("X", "Y") == words


def test_the_numbers_behind_a_finding() -> None:
    assert Finding(ABOVE, FLAT).numbers() == [
        "Jämfört med jämförbara kommuner 2023–2025: 1,5\xa0gånger så ofta (osäkerhetsintervall 1,2–1,8).",
        "Förändring per år 2021–2025: +2,0 procent (osäkerhetsintervall −3,0 till 7,0), ingen säkerställd förändring.",
    ]


@pytest.mark.parametrize(
    ("first", "second", "side"),
    [
        (Point(0.31, 0.27, 0.36), Point(0.21, 0.20, 0.22), 1),
        (Point(0.22, 0.17, 0.27), Point(0.21, 0.20, 0.22), 0),
        (Point(0.10, 0.08, 0.12), Point(0.21, 0.20, 0.22), -1),
        (Point(0.31, np.nan, np.nan), Point(0.21, 0.20, 0.22), 0),
        (Point(0.31, 0.27, 0.36), None, 0),
    ],
)
def test_two_answers_differ_only_beyond_both_intervals(first: Point, second: Point | None, side: int) -> None:
    assert Pair("fråga", first, second).side == side


def test_the_ranking_names_those_that_stand_out(full: Case, taxonomy: Taxonomy) -> None:
    first, second, *_ = full.ranking.table["name"]
    title = rangordning(full.ranking, full.profile, taxonomy).title
    assert title == f"Två problemområden står ut: {first.lower()} och {second.lower()}"
    one = make_ranking(taxonomy, taxonomy.area_ids, ("polisanmalda",), leading=1)
    assert rangordning(one, full.profile, taxonomy).title.startswith("Ett problemområde står ut: ")


def test_tiers_that_do_not_follow_the_order_are_told_in_each_row(full: Case, taxonomy: Taxonomy) -> None:
    heads = {"Prioritera", "Överväg", "Bevaka"}
    drawn = [text.get_text() for text in labels(rangordning(full.ranking, full.profile, taxonomy).figure)]
    assert [text for text in drawn if text in heads] == ["Prioritera", "Överväg", "Bevaka"]
    table = full.ranking.table
    mixed = table.assign(tier=[("överväg", "bevaka")[i % 2] for i in range(len(table))])
    chart = rangordning(replace(full.ranking, table=mixed), full.profile, taxonomy)
    drawn = [text.get_text() for text in labels(chart.figure)]
    assert not heads & set(drawn)
    assert [text for text in drawn if text in ("överväg", "bevaka")] == mixed["tier"].tolist()
    assert any(text.startswith("Prioritera: minst 80") for text in drawn)
    assert cut_off_labels(chart.figure) == colliding_labels(chart.figure) == []


def test_a_ranking_without_a_leader_says_so(lean: Case, taxonomy: Taxonomy) -> None:
    chart = rangordning(lean.ranking, lean.profile, taxonomy)
    assert chart.title.startswith("Inget problemområde står ut: ")
    assert chart.title.endswith(" ligger högst men går inte att skilja åt")
    clear = lean.ranking.pairwise.map(lambda p: 0.95 if p > 0.5 else 0.05)
    assert "går inte att skilja åt" not in rangordning(replace(lean.ranking, pairwise=clear), lean.profile, taxonomy).title


def test_unmeasured_areas_are_named_and_never_placed(lean: Case, taxonomy: Taxonomy) -> None:
    chart = rangordning(lean.ranking, lean.profile, taxonomy)
    drawn = " ".join(text.get_text() for text in labels(chart.figure))
    assert "Underlag saknas: Narkotika · Unga i riskzon" in drawn
    assert chart.table["Plats"].isna().sum() == len(lean.ranking.gaps)
    assert "Underlag saknas för narkotika" in chart.alt


def test_the_points_of_the_table_sum_to_the_score(full: Case, taxonomy: Taxonomy) -> None:
    table = bidrag(full.ranking, full.profile, taxonomy).table
    sums = table.groupby("Problemområde")["Poäng över eller under 50"].sum()
    scores = full.ranking.table.set_index("name")["score"]
    np.testing.assert_allclose(sums.loc[scores.index] + 50, scores)


def test_the_title_names_what_lifts_the_first_most(full: Case, lean: Case, taxonomy: Taxonomy) -> None:
    points = full.ranking.explanation
    own = points[points["problem_area"].eq(full.ranking.table["problem_area"].iloc[0])]
    sums = own.groupby("source")["points"].sum()
    title = bidrag(full.ranking, full.profile, taxonomy).title
    assert title.endswith(f"+{sums.max():.0f} poäng")
    drawn = {text.get_text() for text in labels(bidrag(lean.ranking, lean.profile, taxonomy).figure)}
    assert {"Omfattning", "Jämförelse", "Utveckling"} <= drawn, "one source alone is shown by criterion"


def test_severity_points_get_a_column_of_their_own(full: Case, taxonomy: Taxonomy) -> None:
    lines = full.ranking.table["problem_area"]
    severity = pd.DataFrame({"problem_area": lines, "criterion": "allvar", "source": "allvarsgrad", "points": 2.0})
    explanation = pd.concat([full.ranking.explanation, severity], ignore_index=True)
    chart = bidrag(replace(full.ranking, explanation=explanation), full.profile, taxonomy)
    assert {"Allvar enligt tabell", "allvar"} <= {text.get_text() for text in labels(chart.figure)}
    assert cut_off_labels(chart.figure) == []


def test_an_interval_that_covers_none_is_no_sign_however_large(full: Case, taxonomy: Taxonomy) -> None:
    signals = full.ranking.signals.assign(z=2.0)
    wide = signals.assign(lower=-1e3, upper=1e3)
    sharp = signals.assign(lower=signals["estimate"] - 1e-6, upper=signals["estimate"] + 1e-6, estimate=50.0)
    for rows, cells in ((wide, {"≈", "saknas", "används inte"}), (sharp.assign(lower=40.0), {"++"})):
        table = kallprofil(replace(full.ranking, signals=rows), full.profile, taxonomy).table
        found = table[[column for column in table if "utveckling" in column]].to_numpy().ravel()
        signs = {str(cell).split(" ")[0] for cell in found} - {"saknas", "används"}
        assert signs == cells - {"saknas", "används inte"}


def test_missing_and_not_used_are_told_apart(lean: Case, taxonomy: Taxonomy) -> None:
    table = kallprofil(lean.ranking, lean.profile, taxonomy).table.set_index("Problemområde")
    assert table.loc["Sexualbrott", "Polisanmälda brott, omfattning"] == "saknas"
    assert table.loc["Narkotika", "Polisanmälda brott, utveckling"] == "används inte"


def test_few_reports_are_counted_not_compared(full: Case, taxonomy: Taxonomy) -> None:
    rows = full.measures.rows
    few = rows.assign(numerator=rows["numerator"].where(rows["role"].ne("own"), 7.0))
    chart = anmalda("ran", Measures(few), full.ranking, full.profile, taxonomy)
    assert chart is not None
    assert chart.title == "Rån: 7\xa0anmälningar 2025, för få för att bedöma utvecklingen"


def test_only_the_last_ten_years_and_nothing_later(full: Case, taxonomy: Taxonomy) -> None:
    chart = anmalda("narkotika", full.measures, full.ranking, full.profile, taxonomy)
    assert chart is not None
    assert list(chart.table["År"]) == list(range(2016, 2026))
    assert chart.table["Status"].iloc[-1] == "preliminär"
    quiet = replace(full.ranking, signals=full.ranking.signals.iloc[:0])
    earlier = anmalda("narkotika", full.measures, quiet, full.profile.for_year(2020), taxonomy, years=30)
    assert earlier is not None
    assert list(earlier.table["År"]) == list(range(2014, 2021))
    assert "2021" not in earlier.alt


def test_a_year_without_a_figure_is_a_gap(full: Case, taxonomy: Taxonomy) -> None:
    rows = full.measures.rows
    chart = anmalda("narkotika", Measures(rows[~rows["year"].eq(2019)]), full.ranking, full.profile, taxonomy)
    assert chart is not None
    gap = chart.table.set_index("År").loc[2019]
    assert pd.isna(gap["Anmälningar"])
    assert gap["Status"] == "uppgift saknas"


def test_no_own_figure_no_chart(full: Case, taxonomy: Taxonomy) -> None:
    assert anmalda("valdsbrott", full.measures, full.ranking, full.profile, taxonomy) is None


@pytest.mark.parametrize("ratio", [0.2, 0.95, 1.0, 1.05, 5.0])
def test_end_labels_part_however_near_the_lines_end(ratio: float, full: Case, taxonomy: Taxonomy) -> None:
    rows = reported(("ran",))
    last = rows.query("role == 'own' and year == 2025")["value"].iloc[0]
    rows["value"] = rows["value"].where(~(rows["role"].eq("peers") & rows["year"].eq(2025)), last * ratio)
    profile = make_profile(is_example=True, name="Lokalpolisområde Östra Skaraborg med omnejd")
    chart = anmalda("ran", Measures(rows), full.ranking, profile, taxonomy)
    assert chart is not None
    assert cut_off_labels(chart.figure) == []
    assert colliding_labels(chart.figure) == []


def test_breaks_are_marked_and_told(full: Case, taxonomy: Taxonomy) -> None:
    chart = anmalda("sexualbrott", full.measures, full.ranking, full.profile, taxonomy)
    assert chart is not None
    drawn = " ".join(text.get_text() for text in labels(chart.figure))
    for text in taxonomy.breaks.query("key_or_area == 'sexualbrott' and year > 2016")["text"]:
        assert text in drawn.replace("\xa0", " ")


def test_weeks_count_what_was_observed(full: Case, taxonomy: Taxonomy) -> None:
    whole, *areas = est_veckor(full.measures, full.ranking, full.tables, full.profile, taxonomy)
    observations = full.tables.observations
    n = int(observations["date"].dt.year.eq(2025).sum())
    assert f"av {n} observationer" in whole.title
    beyond = int(observations["date"].ge("2025-12-29").sum())
    assert beyond
    assert int(whole.table["Observationer"].sum()) == len(observations) - beyond
    assert f"{beyond}\xa0observationer i årets sista dagar hör till vecka 1 nästa år" in whole.subtitle
    share = observations[observations["date"].dt.year.eq(2025)]["organisation"].value_counts(normalize=True)
    assert f"{share.index[0]} står för {100 * share.iloc[0]:.0f}\xa0procent" in whole.subtitle
    assert 1 <= len(areas) <= 3
    assert all(not taxonomy.is_sensitive(chart.name.removeprefix("est-veckor-").replace("-", "_")) for chart in areas)


def test_weeks_without_a_report_are_marked(full: Case, taxonomy: Taxonomy) -> None:
    roster = full.tables.reporting_weeks
    missing = (roster["status"].eq("missing") & roster["week"].le("2025-W52")).sum()
    whole = est_veckor(full.measures, full.ranking, full.tables, full.profile, taxonomy)[0]
    assert int(whole.table["Organisationer utan rapport"].sum()) == missing
    alone = make_tables(taxonomy, has_roster=False)
    silent = alone.observations[~alone.observations["date"].between("2024-05-01", "2024-07-31")]
    chart = est_veckor(full.measures, full.ranking, Tables(observations=silent), full.profile, taxonomy)[0]
    assert "Organisationer utan rapport" not in chart.table
    assert chart.table["Någon rapporterade"].eq("nej").sum() >= 10
    assert "×" in {text.get_text() for text in labels(chart.figure)}


def test_no_observations_in_the_report_year_no_chart(full: Case, taxonomy: Taxonomy) -> None:
    assert est_veckor(full.measures, full.ranking, Tables(), full.profile, taxonomy) == ()
    assert est_veckor(full.measures, full.ranking, full.tables, full.profile.for_year(2027), taxonomy) == ()


def test_answers_are_set_against_the_nation(full: Case, taxonomy: Taxonomy) -> None:
    chart, groups = enkat("ntu", full.measures, full.profile, taxonomy)
    rows = full.measures.rows.query("source == 'ntu' and group == 'alla'")
    own, nation = (rows[rows["role"].eq(role)].set_index("item") for role in ("own", "reference"))
    apart = (own["value"] - nation["value"]) / np.hypot(own["upper"] - own["lower"], nation["upper"] - nation["lower"]) * 2
    worse = int((apart * np.where(own["is_higher_worse"], 1, -1) > 1).sum())
    assert chart.title.startswith(f"I {worse} av {own.index.nunique()} frågor är svaren sämre i Exempelby än i riket")
    assert list(chart.table.columns)[:2] == ["Fråga", "Exempelby"]
    assert list(groups.table.columns)[1:5:3] == ["Kvinnor", "Män"]


def test_answers_without_a_reference_are_shown_alone(full: Case, taxonomy: Taxonomy) -> None:
    rows = full.measures.rows
    alone = Measures(rows[rows["source"].eq("ntu") & rows["role"].eq("own") & rows["group"].eq("alla")])
    (chart,) = enkat("ntu", alone, full.profile, taxonomy)
    assert "Riket" not in chart.table
    assert set(chart.table["Skillnad"]) == {"jämförelse saknas"}
    assert not any("riket" in text.get_text().lower() for text in labels(chart.figure))


def test_suppressed_answers_are_not_shown(full: Case, taxonomy: Taxonomy) -> None:
    rows = full.measures.rows
    assert enkat("ntu", Measures(rows.assign(is_suppressed=True)), full.profile, taxonomy) == ()
