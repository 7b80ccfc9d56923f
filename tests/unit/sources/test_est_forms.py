"""EST lists in the forms they are kept in: a sheet a month, a form's answers, a row a week, a column per category."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lagesbild.errors import Doubt, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import est_list
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

Rows = Sequence[Sequence[object]]
Read = Callable[..., Reading]


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Read:
    def reading(own: Profile = profile, **sheets: Rows) -> Reading:
        file = RawFile(Path("est.xlsx"), "est.xlsx", workbook(**sheets))
        assert est_list.recognise(file, own) is None
        found = est_list.read(file, own, terms)
        assert found.n_lost == 0
        return found

    return reading


def told(reading: Reading, *columns: str) -> list[tuple[object, ...]]:
    frame = reading.tables["observations"].assign(date=lambda rows: rows["date"].dt.strftime("%Y-%m-%d"))
    return list(frame[list(columns)].itertuples(index=False, name=None))


def of_kind(reading: Reading, kind: str) -> list[Doubt]:
    return [doubt for doubt in reading.doubts if doubt.kind == kind]


def weeks(reading: Reading) -> list[list[object]]:
    return reading.tables["reporting_weeks"].to_numpy().tolist()


def test_a_sheet_a_month_is_read_with_headings_of_its_own_and_its_sums_left_out(read: Read) -> None:
    reading = read(
        Sammanställning=[["Månad", "Antal"], ["Januari", 2]],
        **{
            "Januari 2025": [["Datum", "Kategori", "Plats"], ["tors 2/1", "Klotter", "Torget"], ["Summa", 1, ""]],
            "Feb": [["EST 2025"], ["Dag", "Typ av händelse"], [14, "Bråk"], ["Dag", "Typ av händelse"], ["Totalt", 1]],
        },
    )
    assert told(reading, "date", "category") == [("2025-01-02", "Skadegörelse"), ("2025-02-14", "Våld, bråk och hot")]
    assert {item.reason: item.n_rows for item in reading.set_aside} == {
        'bladet "Sammanställning" är ingen EST-lista': 2, "summerar andra rader": 2, "upprepar rubrikraden": 1,
    }  # fmt: skip
    assert [doubt.n_rows for doubt in of_kind(reading, "ar_ur_bladet")] == [1, 1]


def test_a_sheet_named_by_its_week_gives_its_rows_that_week(read: Read) -> None:
    reading = read(**{"v 1 2025": [["Organisation", "Kategori", "Plats"], ["A", "Klotter", "Torget"], ["Summa", 1, ""]]})
    assert told(reading, "date", "organisation") == [("2025-01-02", "A")]


FORM = [
    "ID", "Starttid", "Slutförandetid", "E-post", "Namn", "1. När hände det?", "2. Vilken verksamhet rapporterar du för?",
    "3.\N{NO-BREAK SPACE}Vad har du sett? (Flera val möjliga)", "4. Var hände det?", "Beskriv händelsen",
    "Har du något att rapportera?",
]  # fmt: skip
AT = datetime.datetime(2025, 3, 3, 8, 4)


def test_a_forms_questions_are_headings_and_who_answered_is_never_read(read: Read) -> None:
    answer = [1, AT, AT, "eva@exempel.se", "Eva", "2025-03-01", "Fritid", "Klotter;Skräp;Belysning;", "Torget", "text", "Ja"]
    none = [2, AT, AT, "bo@exempel.se", "Bo", "2025-03-04", "Skola", None, None, None, "Nej"]
    reading = read(Sheet1=[FORM, answer, none])
    assert told(reading, "observation_id", "date", "organisation", "category", "place") == [
        ("1", "2025-03-01", "Fritid", "Skadegörelse", "Torget"),
        ("1-2", "2025-03-01", "Fritid", "Nedskräpning", "Torget"),
    ]
    assert weeks(reading) == [["Fritid", "2025-W09", "reported"], ["Skola", "2025-W10", "zero"]]
    assert of_kind(reading, "personkolumn")[0].what.startswith('kolumnerna "E-post" och "Namn" läses aldrig')
    assert of_kind(reading, "flera_kategorier")[0].n_rows == 1
    assert not of_kind(reading, "okand_kolumn")
    assert "Eva" not in repr(reading)


def test_a_form_without_a_question_of_the_day_is_dated_by_its_filling_in_and_says_so(read: Read) -> None:
    reading = read(Sheet1=[["ID", "Slutförandetid", "Organisation", "Kategori"], [1, AT, "Fritid", "Klotter"]])
    assert told(reading, "date", "time") == [("2025-03-03", "08:04")]
    assert "säger när rapporten skrevs" in of_kind(reading, "rapportdatum")[0].what


@pytest.mark.parametrize("heading", ["Namn", "E-post", "Telefon"])
def test_the_profile_cannot_make_a_column_of_persons_readable(profile: Profile, terms: Taxonomy, heading: str) -> None:
    own = Profile.model_validate({**profile.model_dump(), "est": {"columns": {heading: "organisation"}}})
    file = RawFile(
        Path("est.xlsx"), "est.xlsx", workbook(Blad1=[["Datum", "Kategori", heading], ["2025-01-02", "Klotter", "x"]])
    )
    with pytest.raises(SourceError, match="läses aldrig"):
        est_list.read(file, own, terms)


@pytest.mark.parametrize(
    ("cell", "categories"),
    [("Klotter, skräp", ["Skadegörelse", "Nedskräpning"]), ("Droger och klotter", ["Narkotika", "Skadegörelse"]),
     ("Våld, bråk och hot", ["Våld, bråk och hot"]), ("Klotter;Klotter", ["Skadegörelse"]),
     ("Skräp;Belysning", ["Nedskräpning"]),
     ("Inget att rapportera;Klotter", ["Skadegörelse"]), ("Klotter, älgar", ["Klotter, älgar"])],
)  # fmt: skip
def test_several_categories_of_one_event_count_once_per_problem_area(read: Read, cell: str, categories: list[str]) -> None:
    reading = read(Blad1=[["Datum", "Kategori"], ["2025-01-02", cell]])
    assert [category for (category,) in told(reading, "category")] == categories
    assert (reading.rows_read, reading.rows_used) == (1, 1)


@pytest.mark.parametrize(
    ("category", "text", "status"),
    [("-", "", "zero"), ("nej", "", "zero"), (None, "", "zero"), (None, "Inget att rapportera", "zero"),
     (None, "hög musik", "reported"),
     ("Klotter", "", "reported"), ("inget", "se bilaga", "zero")],
)  # fmt: skip
def test_a_row_a_week_with_nothing_in_it_is_a_zero_report(read: Read, category: object, text: str, status: str) -> None:
    headings = ["Vecka", "Organisation", "Område", "Kategori", "Beskrivning"]
    reading = read(**{"2025": [headings, [2, "Fritid", "Centrum", category, text], [3, "Fritid", "", "0-rapport", ""]]})
    assert weeks(reading) == [["Fritid", "2025-W02", status], ["Fritid", "2025-W03", "zero"]]
    assert reading.rows_used == 2


def test_an_empty_category_beside_a_place_or_a_day_is_no_zero_report(read: Read) -> None:
    headings = ["Datum", "Vecka", "Organisation", "Kategori", "Plats"]
    reading = read(**{"2025": [headings, ["", 2, "Fritid", "-", "Torget"], ["2025-01-09", "", "Fritid", "", ""]]})
    assert [category for (category,) in told(reading, "category")] == ["(ingen kategori)"] * 2


WIDE = ["Vecka", "Organisation", "Skadegörelse", "Narkotika", "Övrigt", "Summa"]


def test_a_column_per_category_becomes_as_many_observations(read: Read) -> None:
    rows = [
        ["2025-W01", "Fritid", 2, 0, None, 2],
        ["v 2 2025", "Fritid", 0, "-", 0, 0],
        ["2025-W03", "Skola", "x", "ca 5", 1, 2],
    ]
    reading = read(Blad1=[WIDE, *rows, ["2025-W03", "Hem", None, None, None, None], ["Summa", "", 3, 0, 1, 4]])
    assert told(reading, "date", "organisation", "category") == [
        ("2025-01-02", "Fritid", "Skadegörelse"), ("2025-01-02", "Fritid", "Skadegörelse"),
        ("2025-01-16", "Skola", "Skadegörelse"), ("2025-01-16", "Skola", "Övrigt"),
    ]  # fmt: skip
    assert reading.tables["observations"]["observation_id"].is_unique
    assert reading.tables["observations"]["duplicate_of"].isna().all()
    assert weeks(reading) == [
        ["Fritid", "2025-W01", "reported"], ["Fritid", "2025-W02", "zero"], ["Skola", "2025-W03", "reported"],
    ]  # fmt: skip
    assert {item.reason: item.n_rows for item in reading.set_aside} == {"har inga antal": 1, "summerar andra rader": 1}
    assert [doubt.n_rows for doubt in of_kind(reading, "olasligt_antal")] == [1]


def test_a_column_per_category_beside_a_list_is_a_summary_and_is_not_counted_twice(read: Read) -> None:
    reading = read(
        Lista=[["Datum", "Organisation", "Kategori"], ["2025-01-02", "A", "Klotter"]],
        Pivot=[WIDE, ["2025-W01", "A", 1, 0, 0, 1]],
    )
    assert len(told(reading, "date")) == 1
    assert of_kind(reading, "sammanstallning")[0].n_rows == 1


def test_a_month_whose_category_has_an_unknown_heading_stops_with_its_headings(read: Read) -> None:
    with pytest.raises(SourceError, match=r'blad "Feb", rad 1: rubrik för kategori hittas inte.*"Ärendetyp"'):
        read(
            Jan=[["Datum", "Kategori", "Plats"], ["2025-01-02", "Klotter", "Torget"]],
            Feb=[["Datum", "Ärendetyp", "Plats", "Organisation"], ["2025-02-02", "Klotter", "Torget", "A"]],
        )


def test_any_order_of_columns_and_rows_gives_the_same_observations(read: Read) -> None:
    headings = ["Datum", "Tid", "Organisation", "Område", "Plats", "Kategori", "Beskrivning"]
    rows: list[list[object]] = [
        ["3/4/2025", "21.30", "Fritid", "Centrum", "Torget", "Klotter;Droger", "a"],
        ["25/3/2025", "", "Fritid", "Centrum", "Torget", "Klotter", "b"],
        ["25/3/2025", "", "Fritid", "Centrum", "Torget", "Klotter", "c"],
        ["v 7 2025", "", "Skola", "Söder", "", "-", ""],
    ]
    first = read(Blad1=[headings, *rows])
    for seed in range(8):
        places = random.Random(seed).sample(range(len(headings)), len(headings))
        shuffled = random.Random(seed).sample(rows, len(rows))
        again = read(Blad1=[[headings[at] for at in places], *[[row[at] for at in places] for row in shuffled]])
        key = ["observation_id"]
        expected, found = (reading.tables["observations"].sort_values(key).reset_index(drop=True) for reading in (first, again))
        assert expected.equals(found)


def test_a_list_of_another_country_is_refused_with_the_reason(profile: Profile, shared: Path) -> None:
    path = shared / "data" / "uk_asb" / "lancashire_asb.tab"
    refusal = est_list.recognise(RawFile(path, path.name, path.read_bytes()), profile)
    assert refusal is not None
    assert refusal.reason == 'listan är inte svensk (rubriken "longitude") och har ingen kategori per händelse'
