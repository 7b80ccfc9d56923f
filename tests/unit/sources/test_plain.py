from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild import templates
from lagesbild.errors import SchemaError
from lagesbild.profile import Profile
from lagesbild.sources import plain
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.tables import TABLES, Table
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook


def example(table: Table) -> list[object]:
    return [column.example if column.example != "" else None for column in table.columns]


def read(content: str | bytes, profile: Profile, terms: Taxonomy, name: str = "fil.csv") -> Reading:
    file = RawFile(Path(name), name, content if isinstance(content, bytes) else content.encode())
    assert plain.recognise(file, profile) is None
    return plain.read(file, profile, terms)


@pytest.mark.parametrize("name", list(TABLES))
@pytest.mark.parametrize("mark", [",", ";"])
def test_every_table_comes_in_as_csv(name: str, mark: str, profile: Profile, terms: Taxonomy) -> None:
    table = TABLES[name]
    lines = [mark.join(table.names), mark.join("" if cell is None else str(cell) for cell in example(table))]
    reading = read("\n".join(lines) + "\n", profile, terms, f"{name}.csv")
    assert reading.rows_read == 1
    assert list(reading.tables[name].columns) == table.names
    pd.testing.assert_series_equal(reading.tables[name].dtypes, table.empty().dtypes)


@pytest.mark.parametrize("name", list(TABLES))
def test_every_template_comes_back_as_its_table(name: str, profile: Profile, terms: Taxonomy) -> None:
    reading = read(templates.template(name, terms), profile, terms, "mall.xlsx")
    assert list(reading.tables) == [name]
    assert list(reading.tables[name].columns) == TABLES[name].names
    assert reading.rows_read == 1
    assert reading.set_aside == (SetAside("är exempelraden i mallen", 1),)


@pytest.mark.parametrize("name", list(TABLES))
def test_optional_columns_may_be_missing(name: str, profile: Profile, terms: Taxonomy) -> None:
    table = TABLES[name]
    required = {column.name: column.example for column in table.columns if not column.is_optional}
    given = required | {"reported_offences": {"count": 18}, "survey_results": {"value": 27}}.get(name, {})
    reading = read(f"{';'.join(given)}\n{';'.join(map(str, given.values()))}\n", profile, terms, "okänt namn.csv")
    assert list(reading.tables) == [name]


def test_a_workbook_has_one_sheet_per_table(profile: Profile, terms: Taxonomy) -> None:
    book = workbook(
        folk=[["kommunkod", "year", "population"], [1493, 2025, 24500]],
        grupp=[["kommunkod", "peer_group"], ["0114", "grannar"], [114, "andra"]],
        anteckningar=[["kom ihåg"], ["att ringa"]],
    )
    reading = read(book, profile, terms, "allt.xlsx")
    assert set(reading.tables) == {"population", "peers"}
    assert reading.tables["peers"]["kommunkod"].tolist() == ["0114", "0114"]
    assert (reading.rows_read, reading.set_aside) == (5, (SetAside('bladet "anteckningar" är ingen tabell', 2),))
    assert reading.n_lost == 0


def test_zero_reports_are_used_as_reporting_weeks(profile: Profile, terms: Taxonomy) -> None:
    zero = "".join(f"{number};2025-03-31;Fritid;0-rapport\n" for number in (2, 3))
    reading = read(f"observation_id;date;organisation;category\n1;2025-04-07;Fritid;Klotter\n{zero}", profile, terms)
    assert reading.tables["reporting_weeks"]["status"].tolist() == ["zero", "reported"]
    assert (reading.rows_read, reading.rows_used, reading.n_lost) == (3, 3, 0)


def test_all_faults_of_all_sheets_are_told_with_sheet_row_and_column(profile: Profile, terms: Taxonomy) -> None:
    book = workbook(
        folk=[["kommunkod", "year", "population"], ["1493", 2025, 24500], [], ["1499", "i fjol", "många"]],
        grupp=[["kommunkod", "peer_group"], ["14", ""]],
    )
    with pytest.raises(SchemaError) as error:
        read(book, profile, terms, "allt.xlsx")
    told = "\n".join(map(str, error.value.problems))
    assert 'allt.xlsx, blad "folk", rad 4, kolumn year: "i fjol" går inte att använda.' in told
    assert 'allt.xlsx, blad "folk", rad 4, kolumn population: "många" går inte att använda.' in told
    assert 'allt.xlsx, blad "grupp", rad 2, kolumn peer_group: cellen är tom.' in told


def test_a_row_with_more_fields_than_headings_is_an_error(profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises(SchemaError, match=r"fil.csv, rad 3: raden har fler fält än rubrikraden. Väntat: 3 fält."):
        read("kommunkod;year;population\n1493;2025;24500\n1499;2025;32;800\n", profile, terms)


def test_the_same_table_on_two_sheets_is_an_error(profile: Profile, terms: Taxonomy) -> None:
    rows = [["kommunkod", "year", "population"], ["1493", 2025, 24500]]
    with pytest.raises(SchemaError, match='blad "b": tabellen population finns redan på ett annat blad'):
        read(workbook(a=rows, b=rows), profile, terms)


def test_descriptions_stay_in_the_raw_file(profile: Profile, terms: Taxonomy) -> None:
    text = "observation_id;date;organisation;category;description\n1;2025-03-31;Fritid;Klotter;Kalle Karlsson såg det\n"
    reading = read(text, profile, terms)
    assert reading.tables["observations"]["description"].isna().all()
    assert "Kalle" not in repr(reading)
    assert [doubt.kind for doubt in reading.doubts] == ["fritext"]


def test_unknown_categories_are_doubted_in_the_plain_import_too(profile: Profile, terms: Taxonomy) -> None:
    text = "observation_id;date;organisation;category\n1;2025-03-31;Fritid;Vildsvin\n"
    (doubt,) = read(text, profile, terms).doubts
    assert doubt.where == "fil.csv, rad 2, kolumn category"


def test_a_misspelt_heading_is_refused_with_the_nearest_table(profile: Profile) -> None:
    refusal = plain.recognise(RawFile(Path("x"), "x.csv", b"kommunkod;year;populaton\n1493;2025;1\n"), profile)
    assert refusal is not None
    assert (
        refusal.reason == 'rubrikerna är ingen tabells; närmast är population, där population saknas och "populaton" är okänd'
    )
