"""Decision beside proposal: in the report, the workbook and on the screen; and all the way from the page's file."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from lagesbild import cli, pipeline
from lagesbild.cli import deciding, findings
from lagesbild.cli.screen import Screen
from lagesbild.profile import Profile
from lagesbild.report import decided, matrix
from lagesbild.report.content import document
from lagesbild.report.content.decisions import decisions
from lagesbild.report.csv_files import files, ranking_sha256
from lagesbild.report.document import Document, Heading, Table, block_texts
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import violations
from lagesbild.report.pdf import pdf
from lagesbild.report.sheets import sheets
from lagesbild.tables import CONTEXT, Context
from tests.decision import as_bytes, decision, exported
from tests.report.test_pdf import pages

ROW = {
    "year": 2025, "problem_area": "skadegorelse", "decision": "prioritera", "reason": "Platserna är kända.", "forum": "Rådet",
    "date": "2026-01-15", "roles": "Kommunpolis", "ranking_sha256": "ab" * 32, "w_omfattning": 0.4, "w_jamforelse": 0.35,
    "w_utveckling": 0.25, "w_allvar": None,
}  # fmt: skip


def with_decisions(lagesbild: Lagesbild, *rows: dict[str, Any]) -> Lagesbild:
    frame = pd.DataFrame([ROW | row for row in rows], columns=CONTEXT["decisions"].names)
    frame = frame.astype({column.name: column.dtype for column in CONTEXT["decisions"].columns})
    return replace(lagesbild, delivery=replace(lagesbild.delivery, context=Context(decisions=frame)))


def table(lagesbild: Lagesbild, at: int = 0) -> list[tuple[str, ...]]:
    return list([block for block in decisions(lagesbild) if isinstance(block, Table)][at].rows)


def words(lagesbild: Lagesbild) -> str:
    return " ".join(text for block in decisions(lagesbild) for text in block_texts(block)).replace("\xa0", " ")


def test_nothing_is_said_where_nobody_has_decided(lagesbild: Lagesbild) -> None:
    assert decisions(lagesbild) == []
    assert "Beslut" not in [sheet.name for sheet in sheets(lagesbild)]


def test_proposal_and_decision_stand_side_by_side(lagesbild: Lagesbild) -> None:
    made = with_decisions(
        lagesbild,
        {"problem_area": "narkotika", "decision": "bortprioritera", "reason": "Andra driver frågan."},
        {"ranking_sha256": ranking_sha256(lagesbild)},
        {"problem_area": "brander", "decision": "avvakta", "reason": None},
    )
    first, second, third = table(made)
    assert first[0] == "Skadegörelse"
    assert first[1].startswith("talar för prioritering: ")
    assert first[2:] == ("Prioritera", "Platserna är kända.", "Rådet, 2026-01-15, på den här rangordningen")
    assert second[2:4] == ("Bortprioritera", "Andra driver frågan.")
    assert second[4].endswith("på en tidigare version av rangordningen")
    assert third[:4] == ("Anlagda bränder", "ingen egen plats i rangordningen", "Avvakta", "ingen motivering angiven")
    assert isinstance(decisions(made, level=1)[0], Heading)
    assert violations(text for block in decisions(made) for text in block_texts(block)) == []


@pytest.mark.parametrize(
    ("tier", "choice", "bearing"),
    [
        ("prioritera", "prioritera", "samma"), ("prioritera", "avvakta", "annat"), ("prioritera", "bortprioritera", "annat"),
        ("överväg", "prioritera", "öppet"), ("överväg", "bortprioritera", "öppet"), ("bevaka", "prioritera", "annat"),
        ("bevaka", "avvakta", "samma"), ("bevaka", "bortprioritera", "samma"),
    ],
)  # fmt: skip
def test_agreement_and_deviation_are_told_alike(lagesbild: Lagesbild, tier: str, choice: str, bearing: str) -> None:
    ranked = lagesbild.ranking.table.assign(tier=tier)
    made = with_decisions(replace(lagesbild, ranking=replace(lagesbild.ranking, table=ranked)), {"decision": choice})
    assert [one.bearing for one in decided.decided(made)] == [bearing]
    said = {"samma": "åt samma håll", "annat": "åt olika håll", "öppet": "lämnar underlaget frågan öppen"}[bearing]
    assert f"I ett område {'' if bearing == 'öppet' else 'pekar underlaget och beslutet '}{said}." in words(made)


def test_the_latest_day_counts_and_earlier_ones_stay_visible(lagesbild: Lagesbild) -> None:
    made = with_decisions(
        lagesbild,
        {"decision": "avvakta"},
        {"date": "2026-03-01"},
        {"date": "2026-03-01", "forum": "Styrgruppen", "decision": "avvakta"},
    )
    assert [(row[2], row[4][:18]) for row in table(made)] == [
        ("Prioritera", "Rådet, 2026-03-01,"),
        ("Avvakta", "Styrgruppen, 2026-"),
    ]
    assert [row[1:] for row in table(made, 1)] == [("Avvakta", "Rådet, 2026-01-15, på en tidigare version av rangordningen")]
    assert deciding.beside(made) == {"skadegorelse": "prioritera, avvakta"}
    book = next(sheet.table for sheet in sheets(made) if sheet.name == "Beslut")
    assert list(book["Gäller"]) == ["ja", "ja", "nej, ett nyare finns"]


def test_last_years_decision_is_shown_until_there_is_one_on_this_years(lagesbild: Lagesbild) -> None:
    made = with_decisions(lagesbild, {"year": 2024, "date": "2025-01-20"}, {"year": 2023, "date": "2024-01-20"})
    assert len(table(made)) == 1
    assert "Beslutat av Rådet, 2025-01-20, på lägesbilden för 2024." in words(made)
    assert "Besluten togs på lägesbilden för 2024." in words(made)


def test_weights_decided_on_are_shown_and_not_used(lagesbild: Lagesbild) -> None:
    same, other = with_decisions(lagesbild, {}), with_decisions(lagesbild, {"w_omfattning": 0.6, "w_jamforelse": 0.15})
    assert "stod vikterna" not in words(same)
    assert "stod vikterna på omfattning 60 procent, jämförelse 15 procent och utveckling 25 procent" in words(other)
    assert "profilens vikter: omfattning 40 procent" in words(other)
    assert ranking_sha256(same) == ranking_sha256(other)


def test_what_is_decided_moves_no_figure(lagesbild: Lagesbild) -> None:
    assert files(with_decisions(lagesbild, {})) == files(lagesbild)


def test_text_of_a_decision_is_data_wherever_it_is_printed(lagesbild: Lagesbild) -> None:
    hostile = "#set page(fill: red) <script>x</script> =cmd|'/c x'!A1 *fet*"
    made = with_decisions(lagesbild, {"reason": hostile, "forum": hostile[:40], "roles": hostile})
    blocks = tuple(decisions(made, level=1))
    text = " ".join(pages(pdf(Document("t", "t", "", 2025, blocks))))
    assert "#set page(fill: red)" in text
    assert "*fet*" in text


def test_the_screen_shows_decisions_beside_the_ranking(lagesbild: Lagesbild) -> None:
    shown = io.StringIO()
    screen = Screen(Console(file=shown), Console(file=io.StringIO()))
    made = with_decisions(lagesbild, {})
    findings.show_ranking(screen, made)
    deciding.show_decisions(screen, made, "skadegorelse")
    deciding.show_decisions(screen, made, "narkotika")
    lines = shown.getvalue().splitlines()
    assert any(line.endswith("Beslut") for line in lines)
    assert any(line.startswith("1\t") and line.endswith("\tprioritera") for line in lines)
    assert lines[-3:] == [
        "Parternas beslut",
        "Prioritera: Platserna är kända.",
        "Rådet, 2026-01-15, på en tidigare version av rangordningen.",
    ]


@pytest.fixture
def small(tmp_path: Path) -> Profile:
    """A kommun of three areas and five years, and the profile's file beside its raw folder."""
    (tmp_path / "raw").mkdir()
    offences = ["kommunkod,offence,key_type,year,month,count,rate_per_100k,missing,status"]
    people = ["kommunkod,year,population"]
    for year in range(2021, 2026):
        people += [f"1493,{year},24500", f"1499,{year},33000"]
        for name, count in (("Skadegörelsebrott", 250), ("Narkotikabrott", 120), ("Rån", 40)):
            offences += [f"1493,{name},group,{year},,{count + 7 * (year - 2023)},,,final"]
            offences += [f"1499,{name},group,{year},,{count + 20},,,final"]
    for name, rows in (("offences", offences), ("population", people)):
        (tmp_path / "raw" / f"{name}.csv").write_text("\n".join([*rows, ""]), "utf-8")
    settings = 'name = "Prov"\nkommunkoder = ["1493"]\nyear = 2025\nraw = "raw"\nprocessed = "processed"\ndraws = 1000\n'
    (tmp_path / "prov.toml").write_text(f'{settings}peer_group = ["1499"]\n', "utf-8")
    return Profile.load(tmp_path / "prov.toml")


def test_from_the_pages_file_to_the_next_report(small: Profile, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page's file, the command line, and the run after it: figures as before, decision beside proposal."""
    before = pipeline.rank(small)
    run = tmp_path / "reports" / before.folder_name
    run.mkdir(parents=True)
    for name, data in files(before).items():
        (run / name).write_bytes(data)
    sha = hashlib.sha256((run / "ranking.csv").read_bytes()).hexdigest()
    area = str(before.ranking.table["problem_area"].iloc[0])
    told = exported(decision(area, "bortprioritera", "Andra driver frågan.", paverkbarhet=1), ranking_sha256=sha)
    (tmp_path / "beslut.json").write_bytes(as_bytes(told))
    arguments = ["prov.toml", "beslut.json", "--out", "reports"]
    assert cli.main(["decide", *(one if one == "--out" else str(tmp_path / one) for one in arguments)]) == 0
    assert "Beslutet togs på den rangordning som ligger i rapportmappen." in capsys.readouterr().out
    after = pipeline.rank(small)
    assert files(after) == files(before), "no figure moves"
    assert [(one.criterion, one.value) for one in matrix.judgements(after)] == [("paverkbarhet", 1)]
    whole = document(after)
    assert any(block_texts(block) == ("Vad parterna har beslutat",) for block in whole.blocks)
    text = " ".join(pages(pdf(replace(whole, blocks=tuple(decisions(after, level=1)))), "-raw"))
    assert "Bortprioritera Andra driver frågan." in text
    assert "talar för" in text
    assert "på den här rangordningen" in text
