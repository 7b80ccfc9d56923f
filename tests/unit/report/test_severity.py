"""Antal och allvar: both orders side by side, rare lines apart, and what severity rests on, in words and in the workbook."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from lagesbild.ranking import rank
from lagesbild.report.content.method import method
from lagesbild.report.content.sensitivity import sensitivity
from lagesbild.report.content.severity import severity
from lagesbild.report.document import Points, Table, block_texts
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import severity as said
from lagesbild.report.narrative.lexicon import violations
from lagesbild.report.sheets import sheets
from lagesbild.settings import SEVERITY_WEIGHTS
from lagesbild.sources.reading import Delivery
from lagesbild.tables import Tables
from lagesbild.taxonomy import load
from tests.unit.ranking.rows import measures, profile, reported

SHOWN = measures(
    reported("skadegorelse", {2023: 400, 2024: 400, 2025: 410}),
    reported("bostadsinbrott", {2023: 100, 2024: 110, 2025: 120}),
    reported("sexualbrott", {2023: 20, 2024: 20, 2025: 25}),
    reported("ran", {2023: 4, 2024: 3, 2025: 5}),
)


def lagesbild(**changes: object) -> Lagesbild:
    one = profile(draws=1000, **changes)
    return Lagesbild(one, load(), Delivery(Tables(), (), ()), SHOWN, rank(SHOWN, one, load()), ())


@cache
def plain() -> Lagesbild:
    return lagesbild()


def texts(one: Lagesbild) -> str:
    return "\n".join(text for block in severity(one) for text in block_texts(block)).replace("\u00a0", " ")


def tables(one: Lagesbild) -> dict[str, Table]:
    return {block.title: block for block in severity(one) if isinstance(block, Table)}


def test_the_two_orders_stand_side_by_side_and_rare_lines_apart() -> None:
    found = tables(plain())
    rows = [tuple(cell.replace("\u00a0", " ") for cell in row[:5]) for row in found["Antal och allvar sida vid sida"].rows]
    assert rows == [
        ("Skadegörelse och klotter", "1 210", "1", "2", "2 (1–2)"),
        ("Bostadsinbrott", "330", "2", "12", "1 (1–2)"),
        ("Sexualbrott", "65", "3", "10", "3"),
    ]
    (rare,) = found["Sällsynta händelser för sig"].rows
    assert rare == ("Rån", "12 (6–21)", "12", "4 av 4", "2\u00a0%")


def test_the_sentences_name_the_first_of_each_order_and_the_weakest_values() -> None:
    text = texts(plain())
    assert (
        "Flest anmälningar gäller skadegörelse: 1 210 anmälda brott 2023–2025. Räknas allvaret in kommer bostadsinbrott" in text
    )
    assert "Allvaret ingår inte i rangordningens poäng." in text
    assert "Svagast grundat är allvaret för sexualbrott." in text
    assert violations([text]) == []


def test_without_rare_lines_the_report_says_so() -> None:
    one = plain()
    found = one.ranking.volume_and_harm
    usual = replace(one, ranking=replace(one.ranking, volume_and_harm=found[~found["is_rare"]]))
    assert said.NONE_RARE in texts(usual)
    assert "Sällsynta händelser för sig" not in tables(usual)


def test_one_line_alone_has_nothing_to_stand_beside() -> None:
    one = plain()
    assert severity(replace(one, ranking=replace(one.ranking, volume_and_harm=one.ranking.volume_and_harm[:1]))) == []


def test_severity_as_a_criterion_is_told_in_method_severity_and_sensitivity() -> None:
    one = lagesbild(severity={"use": True})
    assert dict(one.profile.weights) == SEVERITY_WEIGHTS
    assert "Allvaret ingår i rangordningens poäng och väger 20 procent." in texts(one)
    questions = next(block for block in method(one) if isinstance(block, Points)).items
    assert questions[-1].replace("\u00a0", " ").endswith("i området? Frågan väger 20 procent.")
    views = next(block for block in sensitivity(one) if isinstance(block, Table))
    assert [column.title for column in views.columns][-1] == "Utan allvar"
    views = next(block for block in sensitivity(plain()) if isinstance(block, Table))
    assert [column.title for column in views.columns][-1] == "Med allvar"


@pytest.mark.parametrize(
    ("own", "harm", "basis", "quality"),
    [
        ({}, 12.0, "Rån som inte är grovt: det lägsta straffet 2021, ett år.", "viss"),
        ({"harm": {"ran": 30}}, 30.0, "Parternas egen bedömning.", ""),
        ({"classes": {"ran": 5, "skadegorelse": 2}}, 81.0, "Parternas egen bedömning.", ""),
    ],
)
def test_the_workbook_says_what_each_severity_rests_on(own: dict, harm: float, basis: str, quality: str) -> None:
    one = lagesbild(severity=own)
    books = {sheet.name: sheet.table for sheet in sheets(one)}
    row = books["Allvar"].set_index("Problemområde").loc["Rån"]
    assert (row["Allvar per brott"], row["Grund"], row["Kvalitet"]) == (harm, basis, quality)
    listed = books["Antal och allvar"].set_index("Problemområde")
    assert (listed["Allvar per brott"]["Rån"], listed["Period"]["Rån"]) == (harm, "2023–2025")
    if "classes" in own:
        assert said.CLASSES in texts(one)
        assert "Bostadsinbrott" not in listed.index, "a line without a class has no place by severity"
