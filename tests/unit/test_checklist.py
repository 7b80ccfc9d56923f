"""``kallkontroll.xlsx``: one row per error or doubt, in words and places that let the analyst mend it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lagesbild import checklist, cli
from lagesbild.errors import Doubt, Place, Problem
from tests.unit.sources.books import workbook

PLACE = Place('est.xlsx, blad "Mars", rad 41, kolumn Datum', "est.xlsx", "Mars", (41,), "Datum", "B")


def rows(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_errors_come_first_then_doubts_each_with_its_place_and_what_to_do() -> None:
    found = checklist.findings(
        [Problem(PLACE, '"31/2" är inget datum.', "ett datum som 2025-03-31.", "Rätta cellen.")],
        [Doubt("fritext", "est.xlsx", "4 rader har fritext.", "Den läses inte.", 4)],
    )
    assert rows(checklist.checklist(found, "Källkontroll")) == [
        checklist.HEADINGS,
        (1, "fel", "est.xlsx", "Mars", "B41", '"31/2" är inget datum.', "ett datum som 2025-03-31.", "Rätta cellen.", 1),
        (2, "tveksamhet", "est.xlsx", None, None, "4 rader har fritext.", None, "Den läses inte.", 4),
    ]


def test_many_cells_are_counted_and_an_unknown_letter_leaves_row_and_heading() -> None:
    many = Place("a.csv, rad 2–9", "a.csv", "", tuple(range(2, 10)), "Antal")
    [one] = checklist.findings([], [Doubt("x", many, "v")])
    assert one.cell == "rad 2, 3, 4, 5, 6 med flera (8), kolumn Antal"


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\x07ljud", "x" * 40_000])
def test_text_from_a_file_never_runs_and_never_breaks_the_workbook(text: str) -> None:
    content = checklist.checklist(checklist.findings([Problem("a.csv", text)], []), "Källkontroll", "EXEMPELDATA")
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["F2"]
    assert cell.data_type == "s"
    assert len(str(cell.value)) <= 32_767


def test_the_same_findings_give_the_same_bytes_and_say_that_they_are_made_up() -> None:
    found = checklist.findings([Problem(PLACE, "fel.")], [])
    content = checklist.checklist(found, "Källkontroll", "EXEMPELDATA")
    assert content == checklist.checklist(found, "Källkontroll", "EXEMPELDATA")
    assert "EXEMPELDATA" in load_workbook(io.BytesIO(content)).worksheets[0].title


def test_check_writes_the_list_also_when_something_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "prov.toml").write_text(
        'name = "Prov"\nkommunkoder = ["1493"]\nyear = 2025\nraw = "raw"\nprocessed = "processed"\n', "utf-8"
    )
    table = [["kommunkod", "year", "population"], ["1493", 2024, "många"]]
    (tmp_path / "raw" / "folk.xlsx").write_bytes(workbook(population=table))
    (tmp_path / "raw" / "grannar.csv").write_text("kommunkod,peer_group\n1493,grannar\n", "utf-8")
    assert cli.main(["check", str(tmp_path / "prov.toml"), "--out", str(tmp_path / "ut")]) == 11
    path = tmp_path / "ut" / "prov-2025-kontroll" / "kallkontroll.xlsx"
    assert str(path) in capsys.readouterr().out
    first = rows(path.read_bytes())[1]
    assert first[:7] == (
        1,
        "fel",
        "folk.xlsx",
        "population",
        "rad 2, kolumn population",
        '"många" går inte att använda.',
        first[6],
    )
    assert [file.name for file in sorted((tmp_path / "ut").rglob("*")) if file.is_file()] == ["kallkontroll.xlsx"]
    assert not (tmp_path / "processed").exists()
