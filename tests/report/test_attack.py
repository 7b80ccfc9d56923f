"""What stands in a run folder gives no hidden count away, by any road; with suppression off, every road finds one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lagesbild import pipeline, taxonomy
from lagesbild.report.content import document
from lagesbild.report.csv_files import csv
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.sheets import sheets
from tests.report.attacker import ROADS, SPOT_ROADS, Report, by_numerator, by_pooled, by_total
from tests.report.planted import CATEGORIES, PLANTED, PLANTED_PLACES, SEEN, THEMES, World, profile

NAMES = {taxonomy.load().name(line): line for line in taxonomy.load().line_ids}
REST = {
    ("est", year): sum(counts[position] for name, counts in SEEN.items() if not CATEGORIES[name])
    for position, year in ((0, 2024), (1, 2025))
} | {("medarbetardialog", 2025): THEMES["Synlig polis"] + THEMES["Fågelholkar"]}


@contextmanager
def suppression_off() -> Iterator[None]:
    """The pipeline with every step of disclosure doing nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lagesbild.disclosure.protect", lambda measures, terms: measures)
        patch.setattr("lagesbild.charts.weeks.shown_by_week", lambda yearly, wanted, *_: list(wanted))
        patch.setattr("lagesbild.report.lagesbild.protect_doubts", lambda doubts, *_: tuple(doubts))
        patch.setattr(
            "lagesbild.report.lagesbild.protect_effort",
            lambda summary, *_: type(summary)(**{**vars(summary), "areas": summary.areas.assign(is_suppressed=False)}),
        )
        patch.setattr("lagesbild.sources.checks.shown.FEWEST", 1)
        places = "lagesbild.disclosure.places"
        patch.setattr(
            f"{places}.hidden_cells", lambda rows, terms: rows.assign(count=rows["count"].astype("Int64"), is_suppressed=False)
        )
        patch.setattr(f"{places}.is_open", lambda bases, shown, terms: bases["n"].gt(0))
        patch.setattr(f"{places}.check", lambda counts, kept: None)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Lagesbild]:
    """A planted world's lägesbild up to its ranking, or with its charts."""
    folder = tmp_path_factory.mktemp("planterat")

    def make(world: World, year: int = 2025, *, step: Callable[..., Lagesbild] = pipeline.run) -> Lagesbild:
        raw = folder / str(len(list(folder.iterdir()))) / "raw"
        return step(profile(world.write(raw), year))

    return make


@pytest.fixture(scope="module")
def planted(made: Callable[..., Lagesbild]) -> Lagesbild:
    return made(World())


@pytest.fixture(scope="module")
def open_planted(made: Callable[..., Lagesbild]) -> Lagesbild:
    with suppression_off():
        return made(World())


@pytest.fixture(scope="module")
def guarded(planted: Lagesbild, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return Report(pipeline.write(planted, tmp_path_factory.mktemp("skyddat")), NAMES, REST)


@pytest.fixture(scope="module")
def naked(open_planted: Lagesbild, tmp_path_factory: pytest.TempPathFactory) -> Report:
    with suppression_off():
        return Report(pipeline.write(open_planted, tmp_path_factory.mktemp("oppet")), NAMES, REST)


def recovered(found: dict[Any, int]) -> dict[Any, int]:
    """Of what was found, the planted cells whose true count it is."""
    return {cell: count for cell, count in found.items() if PLANTED.get(cell) == count}


@pytest.mark.parametrize("road", ROADS)
def test_every_road_finds_a_planted_count_when_suppression_is_off(road: str, naked: Report) -> None:
    if road == "pdf" and not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is absent")
    assert recovered(ROADS[road](naked)), road


def test_together_the_roads_find_all_that_was_planted_when_suppression_is_off(naked: Report) -> None:
    assert recovered({cell: n for road in ROADS.values() for cell, n in road(naked).items()}) == PLANTED


@pytest.mark.parametrize("road", ROADS)
def test_no_road_finds_a_planted_count(road: str, guarded: Report) -> None:
    if road == "pdf" and not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is absent")
    assert not set(ROADS[road](guarded)) & set(PLANTED), road


@pytest.mark.parametrize("road", SPOT_ROADS)
def test_every_road_to_a_named_area_finds_a_small_count_when_suppression_is_off(road: str, naked: Report) -> None:
    found = SPOT_ROADS[road](naked)
    assert any(found.get(spot) == count for spot, count in PLANTED_PLACES.items()), road


@pytest.mark.parametrize("road", SPOT_ROADS)
def test_no_road_finds_a_small_count_of_a_named_area(road: str, guarded: Report) -> None:
    found = SPOT_ROADS[road](guarded)
    assert not set(found) & set(PLANTED_PLACES), road
    assert not [spot for spot, count in found.items() if 0 < count < 5], road
    if road == "areas":
        assert ("est", "skadegorelse", "Hamnen") in found, "what may be shown is shown"


def everything(lagesbild: Lagesbild) -> dict[str, str]:
    """All that a run folder is made of, but for the raw files' checksums: tables, sheets, charts, every text of the report."""
    ranking = lagesbild.ranking
    parts = {
        "measures": csv(lagesbild.measures.rows, lagesbild.measures.rows.columns),
        "ranking": csv(ranking.table, ranking.table.columns),
        "explanation": csv(ranking.explanation, ranking.explanation.columns),
        "sensitivity": csv(ranking.sensitivity, ranking.sensitivity.columns),
        "report": json.dumps(document(lagesbild).data(), default=str),
        **{f"sheet {sheet.name}": f"{sheet.title} {sheet.table.to_csv()}" for sheet in sheets(lagesbild)},
        **{chart.name: f"{chart.title} {chart.subtitle} {chart.alt} {chart.drawing}" for chart in lagesbild.charts},
    }
    for record in lagesbild.delivery.inputs:
        parts = {name: text.replace(record.sha256, "").replace(record.sha256[:12], "") for name, text in parts.items()}
    return parts


def alike(small: int, *added: str) -> World:
    """The planted world with every hidden count ``small``; what goes from it comes to what is hidden beside it."""
    moved = {}
    for category, beside, year, position in (
        ("Ungdomar och oro", "Narkotika", 2024, 0),
        ("Ofredande och trakasseri", "Narkotika", 2025, 1),
        ("Vildsvin", "Övrigt", 2025, 1),
    ):
        less = SEEN[category][position] - small
        moved[(category, beside, year) if less > 0 else (beside, category, year)] = abs(less)
    themes = {"Våld i nära relation": small, "Narkotika": 23 - small, "Fågelholkar": small, "Synlig polis": 7 - small}
    return World(moved, added, themes, {"kvinnor": 33 - small, "män": small}, in_soder=small)


def test_worlds_that_differ_in_hidden_counts_alone_give_the_same_report(
    planted: Lagesbild, made: Callable[..., Lagesbild]
) -> None:
    """So no road at all, however long, tells 1, 2, 3 and 4 apart."""
    first = everything(planted)
    for small in (1, 4):
        other = everything(made(alike(small)))
        assert [name for name in first if first[name] != other.get(name)] == []
        assert first.keys() == other.keys()


@pytest.mark.parametrize(
    ("year", "added", "smalls"),
    [(2024, "", (1, 4)), (2025, "Ofredande och trakasseri", (1, 3)), (2025, "Narkotika", (2, 4))],
    ids=["last year's report", "one more in the hidden area", "one more beside it"],
)
def test_another_report_beside_it_tells_them_apart_no_better(
    made: Callable[..., Lagesbild], year: int, added: str, smalls: tuple[int, int]
) -> None:
    """The worlds of the test above, a year earlier or with one observation more: again the same report of both."""
    one, other = (everything(made(alike(small, *filter(None, [added])), year, step=pipeline.rank)) for small in smalls)
    assert [name for name in one if one[name] != other.get(name)] == []


def test_the_same_worlds_differ_everywhere_when_suppression_is_off(
    open_planted: Lagesbild, made: Callable[..., Lagesbild]
) -> None:
    with suppression_off():
        first, other = everything(open_planted), everything(made(alike(4)))
    told = {name for name in first if first[name] != other.get(name)}
    assert {"measures", "ranking", "explanation", "sensitivity", "report", "sheet Mått", "sheet Signaler", "bidrag"} <= told
    assert {"sheet Anmärkningar", "est-veckor-narkotika", "enkat-egen-enkat-kvinnor-man"} <= told


def test_two_years_reports_give_nothing_away(
    made: Callable[..., Lagesbild], guarded: Report, naked: Report, tmp_path: Path
) -> None:
    """A pooled number of this year's report without the single year of last year's."""

    def last_year(name: str) -> Report:
        found = made(World(), 2024, step=pipeline.rank).measures.rows
        (tmp_path / name).mkdir()
        (tmp_path / name / "measures.csv").write_text(csv(found, found.columns), "utf-8")
        return Report(tmp_path / name, NAMES, REST)

    with suppression_off():
        earlier = last_year("öppet")
    assert recovered(by_pooled(naked, earlier))
    shown = last_year("skyddat")
    assert not set(by_pooled(guarded, shown)) & set(PLANTED)
    merged = {**by_numerator(shown), **by_numerator(guarded)}
    assert not {**merged, **by_total(guarded, merged), **by_total(shown, merged)}.keys() & PLANTED.keys()
