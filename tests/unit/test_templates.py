"""A template filled in is a table of the contract; it offers what may be written and explains the rest."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from lagesbild import taxonomy
from lagesbild.tables import TABLES, validate
from lagesbild.templates import MARK, template


def book(name: str) -> Workbook:
    return load_workbook(io.BytesIO(template(name, taxonomy.load())))


@pytest.mark.parametrize("name", TABLES)
def test_the_example_row_validates_as_a_spreadsheet_reads_it(name: str) -> None:
    frame = pd.read_excel(io.BytesIO(template(name, taxonomy.load())), engine="calamine")
    assert frame.columns.tolist() == TABLES[name].names
    assert len(validate(name, frame, f"{name}.xlsx")) == 1


@pytest.mark.parametrize("name", TABLES)
def test_the_sheet_is_ready_to_fill_in(name: str) -> None:
    page, explanation, _ = book(name).worksheets
    assert page.title == name
    assert page.freeze_panes == "A2"
    assert page["A2"].comment.text == MARK
    assert {cell.fill.fgColor.rgb for cell in page[2]} == {"00FFF2CC"}
    told = [[cell.value for cell in row] for row in explanation.iter_rows()]
    for column in TABLES[name].columns:
        assert [column.name, column.about] in [row[:2] for row in told]


@pytest.mark.parametrize("name", TABLES)
def test_every_enumeration_is_a_drop_down_of_its_choices(name: str) -> None:
    page, _, lists = book(name).worksheets
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    for heading, column in zip(page[1], TABLES[name].columns, strict=True):
        rule = rules[f"{heading.column_letter}2"]
        if column.choices:
            assert rule.type == "list"
            assert rule.showErrorMessage
            cells = lists[rule.formula1.split("!")[1].replace("$", "")]
            assert [row[0].value for row in cells] == list(column.choices)
            assert lists.cell(1, cells[0][0].column).value == column.name


def test_categories_are_offered_but_ones_own_are_allowed() -> None:
    page, _, lists = book("observations").worksheets
    rule = next(rule for rule in page.data_validations.dataValidation if rule.promptTitle == "category")
    assert rule.type == "list"
    assert not rule.showErrorMessage
    assert "Skadegörelse" in [cell.value for cell in lists["A"]]


def test_limits_are_the_contracts_but_marks_for_missing_figures_may_be_typed() -> None:
    rules = {rule.promptTitle: rule for rule in book("incidents").worksheets[0].data_validations.dataValidation}
    assert (rules["y"].type, rules["y"].formula1, rules["y"].formula2) == ("decimal", "6130000", "7680000")
    assert rules["count"].showErrorMessage
    rules = {rule.promptTitle: rule for rule in book("reported_offences").worksheets[0].data_validations.dataValidation}
    assert not rules["count"].showErrorMessage
    assert (rules["month"].formula1, rules["month"].formula2, rules["month"].showErrorMessage) == ("1", "12", True)


def test_problem_areas_are_those_of_the_taxonomy_and_no_others() -> None:
    page, _, lists = book("pledges").worksheets
    rule = next(rule for rule in page.data_validations.dataValidation if rule.promptTitle == "problem_area")
    assert rule.showErrorMessage
    assert [cell.value for cell in lists["A"]][1:] == list(taxonomy.load().area_ids)


def test_codes_are_text_before_they_are_typed() -> None:
    page = book("population").worksheets[0]
    assert page["A3"].number_format == "@"
    assert page["A2"].value == "1493"


def test_the_same_bytes_each_time() -> None:
    assert template("peers", taxonomy.load()) == template("peers", taxonomy.load())
    with pytest.raises(KeyError):
        template("peer", taxonomy.load())
