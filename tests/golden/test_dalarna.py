"""Dalarna's kommuner from Brå's indicators, NTU and the DeSO population: five figures each by hand, and twelve rankings.

The literals are read off the raw file by its line numbers (``sed -n 9p bra_kommunindikatorer.csv``).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from pptx import Presentation

from lagesbild import pipeline, taxonomy
from lagesbild.profile import Profile
from lagesbild.report.content import document
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import found_in
from lagesbild.sources.reading import Delivery
from tests.golden.dalarna import INDICATORS, KOMMUNER, make
from tests.golden.texts import pages, texts_of


class World(NamedTuple):
    """The profiles, what the files hold (read once, for the files are everybody's) and the two written reports."""

    profiles: dict[str, Profile]
    delivery: Delivery
    reports: dict[str, Path]
    whole: dict[str, Lagesbild]


@pytest.fixture(scope="module")
def world(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("dalarna")
    loaded = [Profile.load(path) for path in make(shared, folder)]
    profiles = {profile.kommunkoder[0]: profile for profile in loaded}
    delivery = pipeline.read(profiles["2084"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.sources, "read", lambda profile, terms: delivery)
        whole = {code: pipeline.run(profiles[code]) for code in ("2084", "2021")}
    reports = {code: pipeline.write(lagesbild, folder / "reports") for code, lagesbild in whole.items()}
    return World(profiles, delivery, reports, whole)


def own(world: World, code: str, line: str, measure: str, item: str = "") -> pd.Series:
    """The latest own figure in measures.csv."""
    rows = pd.read_csv(world.reports[code] / "measures.csv", dtype={"geography": "str"})
    found = rows[
        rows["role"].eq("own")
        & rows["geography"].eq(code)
        & rows["problem_area"].eq(line)
        & rows["measure"].eq(measure)
        & rows["item"].fillna("").str.startswith(item)
    ]
    return found.sort_values("year").iloc[-1]


@pytest.mark.parametrize(
    ("code", "line", "year", "count", "per_100k"),
    [
        ("2084", "totalt", 2024, 2465, 10914),  # lines 9 and 17
        ("2084", "skadegorelse", 2024, 251, 1111),  # lines 57 and 65
        ("2084", "vald_nara_relation", 2024, 135 + 29, 598 + 128),  # lines 201, 249, 209 and 257
        ("2084", "stold_utom_bil_bostad", 2024, 643 - 46 - 119, 2847 - 204 - 527),  # lines 537, 585, 633, 545, 593 and 641
        ("2021", "totalt", 2024, 284, 4214),  # lines 9333 and 9341
        ("2021", "skadegorelse", 2024, 56, 831),  # lines 9349 and 9357
        ("2021", "vald_nara_relation", 2024, 9 + 5, 134 + 74),  # lines 9397, 9413, 9405 and 9421
        ("2021", "stold_utom_bil_bostad", 2024, 65 - 9 - 8, 964 - 134 - 119),  # lines 9509, 9525, 9541, 9517, 9533 and 9549
    ],
)
def test_counts_and_rates_by_hand(world: World, code: str, line: str, year: int, count: int, per_100k: int) -> None:
    row = own(world, code, line, "reported_rate")
    assert (row["year"], row["numerator"]) == (year, count)
    assert row["value"] == pytest.approx(per_100k, abs=1.5)  # sums of three rounded rates


@pytest.mark.parametrize(
    ("code", "line", "item", "shares", "n"),
    [
        # 2025: lines 1502–1504, respondents line 730
        ("2084", "bostadsinbrott", "Oro för att utsättas för bostadsinbrott", (21, 17, 26), 137),
        # stands as 2024, the year it refers to: lines 1016–1018; asked in 2025
        ("2084", "bedrageri", "Självrapporterad utsatthet för försäljningsbedrägeri", (6.5, 5.5, 7.6), 137),
        # 2025: lines 9842–9844, respondents line 9574
        ("2021", "bostadsinbrott", "Oro för att utsättas för bostadsinbrott", (15, 11, 19), 51),
        ("2021", "bedrageri", "Självrapporterad utsatthet för försäljningsbedrägeri", (5.9, 5.0, 6.9), 51),  # lines 9680–9682
    ],
)
def test_survey_shares_by_hand(
    world: World, code: str, line: str, item: str, shares: tuple[float, float, float], n: int
) -> None:
    row = own(world, code, line, "survey_share", item)
    assert row["year"] == 2025
    assert (100 * row[["value", "lower", "upper"]].astype("float64")).round(6).tolist() == list(shares)
    assert row["denominator"] == n


def test_population_is_the_mean_of_two_year_ends(world: World) -> None:
    """DeSO sums of Avesta: 22 753 (2023) and 22 417 (2024); of Vansbro 6 728 and 6 752. Before 2022 Brå's rates tell it."""
    people = world.delivery.tables.population.set_index(["kommunkod", "year"])["population"]
    assert people["2084", 2024] == (22753 + 22417) // 2
    assert people["2021", 2024] == (6728 + 6752) // 2
    assert people["2084", 2017] == pytest.approx(2282 / 9833 * 100_000, abs=2)  # lines 2 and 10
    doubt = next(doubt for doubt in world.delivery.doubts if doubt.kind == "folkmangd_harledd")
    assert doubt.n_rows == 12 * 5  # 2017–2021


@pytest.mark.parametrize("code", ["2084", "2021"])
def test_the_report_is_whole(world: World, code: str) -> None:
    folder = world.reports[code]
    for name in ("lagesbild.pdf", "lagesbild.xlsx", "ranking.csv", "manifest.json", "charts/enkat-ntu.svg"):
        assert (folder / name).stat().st_size > 1000, name
    assert len(pages((folder / "sammanfattning.pdf").read_bytes())) == 2
    assert len(Presentation(str(folder / "lagesbild.pptx")).slides) == 10
    ranking = pd.read_csv(folder / "ranking.csv")
    assert len(ranking) == 14
    assert {"stold_utom_bil_bostad", "brott_mot_barn", "bedrageri", "ordningsstorning"} <= set(ranking["problem_area"])
    assert set(ranking.loc[ranking["n_sources"].eq(2), "problem_area"]) == {
        "bostadsinbrott", "trafik", "skadegorelse", "narkotika", "stold", "vald_offentlig_miljo", "ran",
    }  # fmt: skip


def test_ntu_is_drawn_with_intervals_against_the_country(world: World) -> None:
    chart = next(chart for chart in world.whole["2021"].charts if chart.name == "enkat-ntu")
    assert len(chart.table) == 20
    assert chart.table[[column for column in chart.table if "gräns" in column]].notna().all(axis=None)
    assert set(chart.table["Skillnad"]) <= {"större", "mindre", "går inte att skilja åt"}


def test_text_and_chart_agree_on_what_differs_from_the_country(world: World) -> None:
    """Avesta's 21 percent (17–27) who see speeding cannot be told from the country's 16.7: half of 10 points is 5."""
    from lagesbild.report.content import findings

    said = " ".join(findings.answers(world.whole["2084"], "trafik"))
    assert "21\N{NO-BREAK SPACE}procent av dem som svarat i NTU 2025" in said
    assert "mer än i riket" not in said


def test_years_are_those_of_the_figures(world: World) -> None:
    """Reported crime ends in 2024 although the report is of 2025."""
    from lagesbild.report.content.others import others

    table = others(world.whole["2084"])[-1]
    assert [column.title for column in table.columns if "Anmälda" in column.title] == ["Anmälda brott 2024"]


def test_one_source_is_named_in_a_whole_sentence(world: World) -> None:
    from lagesbild.report.content.area import not_known

    assert "Bara en källa säger något om området: Polisanmälda brott (Brå)." in not_known(
        world.whole["2084"], "vald_nara_relation"
    )


@pytest.mark.parametrize("code", ["2084", "2021"])
def test_no_text_of_a_report_breaks_the_lexicon(world: World, code: str) -> None:
    assert found_in(texts_of(world.reports[code])) == []


@pytest.mark.parametrize("code", KOMMUNER[::3])  # `make dalarna` makes all twelve
def test_every_kommun_is_ranked(world: World, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.sources, "read", lambda profile, terms: world.delivery)
    found = world.whole.get(code) or pipeline.rank(world.profiles[code].model_copy(update={"draws": 1000}))
    table = found.ranking.table
    assert found_in((code, text) for text in document(found).texts()) == []
    assert len(table) == 14
    assert table["score"].between(0, 100).all()


def test_small_counts_of_children_are_those_that_bra_prints(world: World, shared: Path) -> None:
    """Four published series add up to what is shown; nothing that Brå does not print can be worked out of it."""
    rows = pd.read_csv(shared / "data" / "dalarna" / INDICATORS)
    printed = rows[
        rows["geografi"].eq("Vansbro")
        & rows["enhet"].eq("Antal")
        & rows["variabel"].str.contains("mot barn och unga")
        & rows["ar"].eq(2024)
    ]["varde"]
    row = own(world, "2021", "brott_mot_barn", "reported_rate")
    assert (len(printed), row["numerator"], bool(row["is_published"])) == (4, printed.sum(), True)
    assert taxonomy.load().is_sensitive("brott_mot_barn")


def test_cards_are_read(world: World) -> None:
    assert {record.path: bool(record.card) for record in world.delivery.inputs} == dict.fromkeys(
        [INDICATORS, "befolkning_deso_dalarna_2022_2025.csv", "peers.csv"], True
    )
    card = tomllib.loads((world.profiles["2084"].raw / f"{INDICATORS}.source.toml").read_text("utf-8"))
    assert card["producer"].startswith("Brottsförebyggande rådet (Brå)")
