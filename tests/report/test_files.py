"""The files of a run folder: columns, figures, charts, workbook."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from lagesbild import report
from lagesbild.measures.measure import MEASURE_COLUMNS
from lagesbild.report.content import document
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import violations


@pytest.fixture(scope="module")
def folder(lagesbild: Lagesbild, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("rapport")
    report.write(lagesbild, out)
    return out


def test_every_file_but_the_manifest_is_written(folder: Path) -> None:
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()) == [
        "charts/anmalda-skadegorelse.png", "charts/anmalda-skadegorelse.svg", "charts/charts.json", "charts/rangordning.png",
        "charts/rangordning.svg", "explanation.csv", "granskning.html", "lagesbild.pdf", "lagesbild.pptx",
        "lagesbild.xlsx", "measures.csv", "ranking.csv",
        "sammanfattning.pdf", "sensitivity.csv",
    ]  # fmt: skip


def test_two_writings_give_the_same_bytes(folder: Path, lagesbild: Lagesbild, tmp_path: Path) -> None:
    report.write(lagesbild, tmp_path)
    for path in folder.rglob("*"):
        if path.is_file():
            assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("ranking", "problem_area,name,rank,score,score_lower,score_upper,rank_lower,rank_upper,p_top,tier,evidence,n_sources,"
         "sources_disagree"),
        ("explanation", "problem_area,criterion,source,points"),
        ("sensitivity", "variant,problem_area,rank,p_top"),
        ("measures", ",".join(MEASURE_COLUMNS)),
    ],
)  # fmt: skip
def test_csv_files_have_the_columns_of_the_contract(folder: Path, name: str, columns: str) -> None:
    data = (folder / f"{name}.csv").read_bytes()
    assert data.decode("utf-8").split("\n", 1)[0] == columns
    assert b"\r" not in data


def test_figures_are_not_rounded_and_hidden_ones_are_absent(folder: Path, lagesbild: Lagesbild) -> None:
    read = pd.read_csv(folder / "measures.csv")
    assert list(read["value"].dropna()) == list(lagesbild.measures.rows["value"].dropna())
    hidden = read[read["is_suppressed"]]
    assert len(hidden) == 1
    assert hidden[["value", "lower", "upper", "numerator"]].isna().all(axis=None)
    scores = pd.read_csv(folder / "ranking.csv").set_index("problem_area")["score"]
    points = pd.read_csv(folder / "explanation.csv").set_index("problem_area")["points"]
    assert (points - (scores - 50)).abs().max() < 1e-9


def test_charts_are_described(folder: Path) -> None:
    described = json.loads((folder / "charts" / "charts.json").read_text("utf-8"))
    assert [chart["name"] for chart in described] == ["rangordning", "anmalda-skadegorelse"]
    assert all({"title", "alt", "caption"} <= set(chart) and len(chart["alt"]) > 40 for chart in described)


def test_the_workbook_holds_every_table_as_text_and_numbers(folder: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO((folder / "lagesbild.xlsx").read_bytes()))
    assert book.sheetnames[0] == "Innehåll"
    assert {"Rangordning", "Förklaring", "Känslighet", "Signaler", "Mått", "Kunskapsluckor", "Anmärkningar", "Filer"} <= set(
        book.sheetnames
    )
    assert "anmalda-skadegorelse" in book.sheetnames
    for page in book:
        assert page["A4"].value == "EXEMPELDATA"
        assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    ranking = book["Rangordning"]
    assert ranking["A7"].value == "Skadegörelse och klotter"
    assert ranking["C7"].value == 71.25
    measured = {cell.value for cell in book["Mått"]["A"]}
    assert "Skadegörelse och klotter" in measured
    assert "skadegorelse" not in measured


def test_no_generated_text_uses_a_forbidden_word(lagesbild: Lagesbild, reported_only: Lagesbild) -> None:
    for made in (lagesbild, reported_only):
        texts = list(document(made).texts())
        assert len(texts) > 100
        assert violations(texts) == []


def test_the_interval_is_explained_where_it_first_stands(reported_only: Lagesbild) -> None:
    texts = list(document(reported_only).texts())
    first = next(i for i, text in enumerate(texts) if "osäkerhetsintervall" in text)
    explained = next(i for i, text in enumerate(texts) if "Ett osäkerhetsintervall anger" in text)
    contents = texts.index("Innehåll")
    assert first <= explained < contents, "both stand on page 1"


def test_a_value_that_shows_itself(lagesbild: Lagesbild) -> None:
    shown = lagesbild._repr_html_()
    assert "Lägesbild Exempelby 2025" in shown
    assert "EXEMPELDATA" in shown
    assert lagesbild.folder_name == "exempelby-2025"
    assert [doubt.kind for doubt in lagesbild.doubts] == ["datum_saknas", "datum_saknas", "forsta_slag"]
