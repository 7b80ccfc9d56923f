"""What the four finished lägesbilder hold, and that the same inputs give the same bytes whichever way they are run.

One file, so that the four are made once: every test of a file runs on the same worker.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import openpyxl
import page
import pandas as pd
import pytest
from pptx import Presentation

from lagesbild import batch, pipeline
from lagesbild.profile import Profile
from lagesbild.report.document import Document, Heading, Table, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import found_in
from lagesbild.report.pdf import pdf
from tests.golden.conftest import PROFILES, fingerprint
from tests.golden.texts import pages, texts_of
from tests.report import papers
from tests.unit.charts.family import faults

COLUMNS = {
    "ranking.csv": (
        "problem_area,name,rank,score,score_lower,score_upper,rank_lower,rank_upper,p_top,tier,evidence,n_sources,sources_disagree"
    ),
    "explanation.csv": "problem_area,criterion,source,points",
    "sensitivity.csv": "variant,problem_area,rank,p_top",
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_run_folder_holds_every_file_of_the_contract(finished: dict[str, Path], name: str) -> None:
    folder = finished[name]
    assert folder.name == f"{name}-2025"
    for file in (
        "lagesbild.pdf",
        "sammanfattning.pdf",
        "granskning.html",
        "lagesbild.xlsx",
        "measures.csv",
        "manifest.json",
        "charts/charts.json",
        *COLUMNS,
    ):
        assert (folder / file).stat().st_size > 0, file
    for file, header in COLUMNS.items():
        assert (folder / file).read_text("utf-8").splitlines()[0] == header
    pictures = {path.stem for path in (folder / "charts").glob("*.svg")}
    assert pictures == {path.stem for path in (folder / "charts").glob("*.png")}
    described = json.loads((folder / "charts" / "charts.json").read_text("utf-8"))
    alts = {chart["name"]: chart["alt"] for chart in described}
    assert set(alts) == pictures
    assert all(len(alt) > 40 for alt in alts.values())


@pytest.mark.parametrize("name", PROFILES)
def test_the_manifest_names_every_input_and_output_by_its_hash(finished: dict[str, Path], name: str) -> None:
    folder = finished[name]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    outputs = {entry["path"]: entry["sha256"] for entry in manifest["outputs"]}
    files = {key: hashlib.sha256(data).hexdigest() for key, data in fingerprint(folder).items() if key != "manifest.json"}
    assert outputs == files
    assert manifest["inputs"]
    for entry in manifest["inputs"]:
        assert {"path", "sha256", "reader", "rows_read", "set_aside"} <= set(entry)
    assert manifest["seed"]


@pytest.mark.parametrize("name", PROFILES)
def test_points_sum_to_the_score(finished: dict[str, Path], name: str) -> None:
    ranking = pd.read_csv(finished[name] / "ranking.csv").set_index("problem_area")
    points = pd.read_csv(finished[name] / "explanation.csv").groupby("problem_area")["points"].sum()
    np.testing.assert_allclose(points.loc[ranking.index], ranking["score"] - 50, atol=1e-9)
    assert list(ranking["rank"]) == list(range(1, len(ranking) + 1))
    assert (ranking["rank_lower"] <= ranking["rank"]).all()
    assert (ranking["rank"] <= ranking["rank_upper"]).all()


TOTALS = {"mariestad": ("2 418", "9 869"), "falkoping": ("3 395", "10 351")}


def text_of(pdf: Path) -> list[str]:
    """The text of each page, spaces made plain."""
    return pages(pdf.read_bytes())


@pytest.mark.parametrize("name", PROFILES)
def test_the_report_is_whole_and_labelled(finished: dict[str, Path], name: str) -> None:
    found = text_of(finished[name] / "lagesbild.pdf")
    assert 5 <= len(found) <= 32
    assert all(len(page) > 120 for page in found), "a page is blank"
    assert all(("EXEMPELDATA" in page) == (name == "exempelby") for page in found)
    for figure in TOTALS.get(name, ()):
        assert figure in found[1]
    assert "Kommun och polis beslutar tillsammans vad löftet ska handla om." in found[1]


@pytest.mark.parametrize("name", PROFILES)
def test_there_are_ten_slides_for_the_meeting(finished: dict[str, Path], name: str) -> None:
    slides = Presentation(str(finished[name] / "lagesbild.pptx")).slides
    assert len(slides) == 10
    for slide in slides:
        shown = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert ("EXEMPELDATA" in shown) == (name == "exempelby")


@pytest.mark.parametrize("name", PROFILES)
def test_the_report_is_light_and_no_page_is_nearly_empty(finished: dict[str, Path], name: str) -> None:
    data = (finished[name] / "lagesbild.pdf").read_bytes()
    assert len(data) <= 3_000_000
    shares = papers.ink(data)
    assert [number for number, share in enumerate(shares, 1) if share < 0.25] == []
    tags = papers.tags(data)
    assert all(tag.alt for tag in tags if tag.name == "Figure")
    assert {tag.scope for tag in tags if tag.name == "TH"} == {"Column"}


def test_a_spread_begins_on_a_left_hand_page(finished: dict[str, Path]) -> None:
    found = text_of(finished["exempelby"] / "lagesbild.pdf")
    first = next(number for number, page in enumerate(found, 1) if "1 av 16" in page and "Anmälda brott" in page)
    assert first % 2 == 0


@pytest.mark.parametrize("name", PROFILES)
def test_the_summary_for_the_agenda_is_two_labelled_pages(finished: dict[str, Path], name: str) -> None:
    found = text_of(finished[name] / "sammanfattning.pdf")
    assert len(found) == 2
    assert all(("EXEMPELDATA" in page) == (name == "exempelby") for page in found)


@pytest.mark.parametrize("name", PROFILES)
def test_no_text_of_a_run_breaks_the_lexicon(finished: dict[str, Path], name: str) -> None:
    """PDF, workbook, charts and their alt texts, tables."""
    places = list(texts_of(finished[name]))
    assert len(places) > 300
    assert found_in(places) == []


def test_a_forbidden_word_is_found_wherever_it_is_planted(finished: dict[str, Path], tmp_path: Path) -> None:
    folder = shutil.copytree(finished["mariestad"], tmp_path / "planted")
    said = "Rånen skenade."
    document = Document("T", "T", "", 2025, (Heading(1, "T"), Table("", columns("a"), ((said,),))))
    (folder / "lagesbild.pdf").write_bytes(pdf(document))
    assert [found.split(":")[0] for found in found_in(texts_of(folder))] == ["sida 1"]
    shutil.copy(finished["mariestad"] / "lagesbild.pdf", folder)
    book = openpyxl.load_workbook(folder / "lagesbild.xlsx")
    book["Filer"]["A9"] = f"{said} Igen."
    book.save(folder / "lagesbild.xlsx")
    for file, old in (
        ("charts/charts.json", '"alt": "'),
        ("charts/rangordning.svg", "Underlag saknas"),
        ("ranking.csv", "god"),
    ):
        text = (folder / file).read_text("utf-8")
        assert old in text or file == "ranking.csv"
        (folder / file).write_text(
            text.replace(old, f"{old} Det {file[:3]} {said} ", 1) if old in text else f"{text}{said} x\n"
        )
    found = [one.split(":")[0] for one in found_in(texts_of(folder))]
    assert found[0] == "Filer rad 9"
    assert {"rangordning.svg"} < set(found)
    assert any(where.endswith(", alt") for where in found)
    assert any(where.startswith("ranking.csv rad") for where in found)


@pytest.mark.parametrize("standard", ["ua1", "2a"])
@pytest.mark.parametrize("name", PROFILES)
def test_the_pdf_meets_both_standards(finished: dict[str, Path], name: str, standard: str) -> None:
    for file in ("lagesbild.pdf", "sammanfattning.pdf"):
        found = page.validate_pdf_bytes((finished[name] / file).read_bytes(), profile=standard)
        assert found.is_compliant, (file, [(failure.rule_id, failure.message) for failure in found.failures][:5])


@pytest.mark.parametrize("name", PROFILES)
def test_the_workbook_runs_nothing_and_is_labelled(finished: dict[str, Path], name: str) -> None:
    book = openpyxl.load_workbook(finished[name] / "lagesbild.xlsx")
    assert {"Innehåll"} < set(book.sheetnames)
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert all(cell.data_type != "f" for cell in cells), sheet.title
        head = " ".join(str(cell.value) for cell in cells[:12])
        assert ("EXEMPELDATA" in head) == (name == "exempelby"), sheet.title


def test_mariestad_says_that_reported_crime_is_all_there_is(finished: dict[str, Path]) -> None:
    first = text_of(finished["mariestad"] / "lagesbild.pdf")[1]
    assert "bara anmälda brott" in first or "endast anmälda brott" in first
    assert "Det här vet vi inte" in first


def test_mariestads_pledge_is_replayed_from_what_was_known_in_2022(workspace: Callable[[str], Path], tmp_path: Path) -> None:
    root = workspace("history")
    profile = Profile.load(root / "profiles" / "mariestad.toml").for_year(2022)
    result = pipeline.run(profile)
    is_forecast = result.measures.rows["measure"].eq("reported_expected")
    assert result.measures.rows.loc[~is_forecast, "year"].max() == 2022
    assert result.measures.rows.loc[is_forecast, "year"].max() == 2023
    tables = result.delivery.tables
    assert tables.reported_offences["year"].max() == 2022
    assert tables.population["year"].max() == 2022
    facts = result.ranking.signals.query("source == 'polisanmalda'").set_index(["problem_area", "criterion"])
    level = facts.loc[("skadegorelse", "omfattning")]
    assert round(level["estimate"]) == 1222
    comparison = facts.loc[("skadegorelse", "jamforelse")]
    assert round(comparison["estimate"], 2) == 1.51
    assert round(comparison["reference"]) == 808
    ratios = facts.xs("jamforelse", level="criterion")["estimate"]
    assert ratios.idxmax() == "skadegorelse"
    assert set(ratios.index) == {"brott_mot_person", "stold_ran_ovrigt", "bostadsinbrott", "skadegorelse", "narkotika_vapen"}
    folder = pipeline.write(result, tmp_path)
    assert folder.name == "mariestad-2022"
    written = pd.read_csv(folder / "measures.csv")
    assert set(written.loc[written["period"].astype(str).str.contains("2023"), "measure"]) == {"reported_expected"}


def test_exempelbys_planted_truth_is_found(finished: dict[str, Path], root: Path) -> None:
    facit = tomllib.loads((root / "data" / "raw" / "exempel" / "facit.toml").read_text("utf-8"))
    ranking = pd.read_csv(finished["exempelby"] / "ranking.csv").set_index("problem_area")
    assert len(facit["top_three"]) == 3
    assert len(facit["bottom_five"]) == 5
    assert (ranking.loc[facit["top_three"], "p_top"] >= 0.5).all()
    assert (ranking.loc[facit["bottom_five"], "tier"] != "prioritera").all()


def test_exempelbys_planted_place_and_hour_are_found(made: dict[str, Lagesbild], root: Path) -> None:
    spot = tomllib.loads((root / "data" / "raw" / "exempel" / "facit.toml").read_text("utf-8"))["hot_spot"]
    places = made["exempelby"].places
    days = {["fredag", "lördag"].index(day) + 4 for day in spot["weekdays"]}
    for line in spot["problem_areas"]:
        for source in ("est", "handelser"):
            first = places.of("places", source, line).iloc[0]
            assert first["area"] == spot["area"]
            assert first["p_first"] > 0.95
            peaks = places.of("hours", source, line)
            peaks = peaks[peaks["is_above"]]
            assert set(peaks["weekday"]) == days
            assert set(peaks["block"]) == {spot["hour"] // 3}
    elsewhere = places.places[~places.places["problem_area"].isin(spot["problem_areas"])]
    assert not elsewhere.loc[elsewhere["area"].eq(spot["area"]), "p_first"].gt(0.95).any()


@pytest.mark.parametrize("name", ["mariestad", "falkoping"])
def test_reported_crime_alone_gives_a_wide_ranking_that_says_so(finished: dict[str, Path], name: str) -> None:
    ranking = pd.read_csv(finished[name] / "ranking.csv")
    assert len(ranking) == 5
    assert (ranking["n_sources"] == 1).all()
    assert (ranking["evidence"] != "god").all()
    assert (ranking["score_upper"] - ranking["score_lower"]).median() > 15


def assert_same_bytes(first: Path, second: Path) -> None:
    one, two = fingerprint(first), fingerprint(second)
    assert one.keys() == two.keys()
    different = [name for name in one if one[name] != two[name]]
    assert not different, f"{first.name}: {different}"


def load(root: Path, names: tuple[str, ...]) -> list[Profile]:
    return [Profile.load(root / "profiles" / f"{name}.toml") for name in names]


#: Which are run again: one in this process; the fully supplied one in another, where sets have another order; one on a cluster.
AGAIN, BY_PROCESS, BY_CLUSTER = "ostra-skaraborg", ("exempelby",), ("falkoping",)


def test_two_runs_in_one_process_give_the_same_bytes(finished: dict[str, Path], workspace: Callable[[str], Path]) -> None:
    root = workspace("again")
    again = pipeline.write(pipeline.run(Profile.load(root / "profiles" / f"{AGAIN}.toml")), root / "reports")
    assert_same_bytes(finished[AGAIN], again)


def test_another_process_gives_the_same_bytes(finished: dict[str, Path], workspace: Callable[[str], Path]) -> None:
    root = workspace("processes")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        outcomes = batch.run_all(load(root, BY_PROCESS), root / "reports", executor)
    for name, outcome in zip(BY_PROCESS, outcomes, strict=True):
        assert not outcome.problems
        assert_same_bytes(finished[name], outcome.folder)


def test_a_dask_cluster_gives_the_same_bytes(finished: dict[str, Path], workspace: Callable[[str], Path]) -> None:
    distributed = pytest.importorskip("distributed", reason="needs the extra 'cluster'")
    root = workspace("cluster")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        outcomes = batch.run_all(load(root, BY_CLUSTER), root / "reports", client.get_executor())
    for name, outcome in zip(BY_CLUSTER, outcomes, strict=True):
        assert not outcome.problems
        assert_same_bytes(finished[name], outcome.folder)


def test_one_profiles_failure_stops_no_other(workspace: Callable[[str], Path]) -> None:
    root = workspace("failure")
    (root / "data" / "raw" / "exempel" / "obegriplig.csv").write_text("a,b\n1,2\n", "utf-8")
    profiles = [Profile.load(root / "profiles" / f"{name}.toml") for name in ("exempelby", "mariestad")]
    failed, done = batch.run_all(profiles, root / "reports", None)
    assert failed.folder is None
    assert "obegriplig.csv" in str(failed.problems[0])
    assert done.folder is not None
    assert not (root / "reports" / "exempelby-2025").exists()
    assert [path.name for path in sorted((root / "reports").iterdir())] == ["mariestad-2025"]


@pytest.mark.parametrize("name", PROFILES)
def test_every_chart_keeps_the_familys_promises(name: str, made: dict[str, Lagesbild]) -> None:
    """With the real length of names and the real gaps; the same checks as on the hand-made figures."""
    assert [fault for chart in made[name].charts for fault in faults(chart)] == []


def test_the_readers_test_quotes_what_the_report_says(finished: dict[str, Path], root: Path) -> None:
    """Each quotation of docs/readers-test.md stands on a page of the chapter it names; the page's number may change."""
    told = (root / "docs" / "readers-test.md").read_text("utf-8")
    read = {name: in_reading_order((finished[name] / "lagesbild.pdf").read_bytes()) for name in ("exempelby", "mariestad")}
    found = re.findall(r"^Kapitlet \*([^*]+)\*|^> (.+)$", told, re.MULTILINE)
    assert sum(bool(quoted) for _, quoted in found) >= 20
    chapter, absent = "", []
    for heading, quoted in found:
        chapter = heading or chapter
        if quoted and not any(quoted in page and chapter in page for page in read["exempelby"]):
            absent.append(f"{chapter}: {quoted}")
    of_mariestad = [
        said for line in re.findall("^Mariestad: .+$", told, re.MULTILINE) for said in re.findall(r"\*([^*]+\.)\*", line)
    ]
    assert len(of_mariestad) >= 3
    absent += [said for said in of_mariestad if not any(said in page for page in read["mariestad"])]
    assert absent == [], "the report was reworded: read it again, and quote what it says now"


def in_reading_order(data: bytes) -> list[str]:
    """The text of each page, column after column."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is absent")
    text = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    return [" ".join(one.replace("\u2060", "").split()) for one in text.split("\f")]
