from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lagesbild.errors import Doubt, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import est_list, plain
from lagesbild.sources.est.cells import read_clock
from lagesbild.sources.est.days import NoDate, read_day
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

HEADINGS = ["Datum", "Tid", "Organisation", "Område", "Plats", "Kategori", "Beskrivning"]
Rows = Sequence[Sequence[object]]
Read = Callable[..., Reading]


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Read:
    def reading(content: bytes, own: Profile = profile) -> Reading:
        file = RawFile(Path("est_2025.xlsx"), "est_2025.xlsx", content)
        assert est_list.recognise(file, own) is None
        return est_list.read(file, own, terms)

    return reading


def march(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> bytes:
    return workbook(Mars=[headings, *rows])


def row(
    date: object, category: str = "Skadegörelse", place: str = "Torget", organisation: str = "Fritid", text: str = ""
) -> list[object]:
    return [date, "21:30", organisation, "Centrum", place, category, text]


def of_kind(reading: Reading, kind: str) -> list[Doubt]:
    return [doubt for doubt in reading.doubts if doubt.kind == kind]


DAY = datetime.date(2025, 3, 31)


@pytest.mark.parametrize(
    "cell",
    [DAY, datetime.datetime(2025, 3, 31), "2025-03-31", "31/3 2025", "31/3-25", "31.3.2025", "31.03.2025", "20250331",
     20250331.0, "250331", 45747.0, "31 mars 2025", "den 31:e mars 2025", "2025/3/31", "31-03-2025"],
    ids=str,
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: object) -> None:
    assert read_day(cell).day == DAY
    assert not read_day(cell).is_week


@pytest.mark.parametrize("cell", ["2025-W07", "2025W07", "2025-v7", "2025 v. 7", "v7 2025", "vecka 7, 2025"])
def test_a_week_is_its_thursday(cell: str) -> None:
    moment = read_day(cell)
    assert (moment.day, moment.is_week) == (datetime.date(2025, 2, 13), True)


def test_a_week_belongs_to_the_iso_year() -> None:
    assert read_day("2025-W01").day == datetime.date(2025, 1, 2)
    with pytest.raises(NoDate, match='"2025-W53" är ingen vecka'):
        read_day("2025-W53")
    assert all(read_day(f"{year}-W01").day.year == year for year in range(2015, 2030))


@pytest.mark.parametrize(
    ("cell", "told"),
    [("31/2", '"31/2" är inget datum'), ("30/2 2025", '"30/2 2025" är inget datum'), ("31/3", '"31/3" saknar årtal'),
     ("13/25/2025", '"13/25/2025" är inget datum'), ("Anna ringde igen", "texten i cellen är inget datum")],
)  # fmt: skip
def test_what_is_no_day_says_why_and_never_quotes_text(cell: str, told: str) -> None:
    with pytest.raises(NoDate) as error:
        read_day(cell)
    assert str(error.value) == told


@pytest.mark.parametrize(
    ("cell", "clock"),
    [("21:30", "21:30"), ("kl 9.05", "09:05"), ("0930", "09:30"), (datetime.time(7, 5), "07:05"), (0.75, "18:00"),
     (14.0, "14:00"), ("", ""), ("25:00", None), ("på kvällen", None)],
)  # fmt: skip
def test_a_clock_time_is_read_however_it_is_written(cell: object, clock: str | None) -> None:
    assert read_clock(cell) == clock


def test_a_list_becomes_observations(read: Read) -> None:
    reading = read(march(row(DAY, "Klotter"), row("2025-04-01 06:15", "Droger", text="Sett av en granne")))
    frame = reading.tables["observations"]
    assert frame[["time", "organisation", "area", "place", "category"]].to_numpy().tolist() == [
        ["21:30", "Fritid", "Centrum", "Torget", "Skadegörelse"],
        ["21:30", "Fritid", "Centrum", "Torget", "Narkotika"],
    ]
    assert frame["observation_id"].is_unique
    assert reading.rows_read == 2
    assert "reporting_weeks" not in reading.tables


def test_free_text_never_leaves_the_raw_file(read: Read) -> None:
    reading = read(march(row(DAY, text="Kalle Karlsson 19900101-1234"), row(DAY, text="stod kvar länge")))
    assert reading.tables["observations"]["description"].isna().all()
    (doubt,) = of_kind(reading, "fritext")
    assert doubt.n_rows == 1  # the other description holds personal data: it is set aside before it comes here
    assert "Kalle" not in repr(reading)
    assert "stod" not in repr(reading)


def test_a_title_and_empty_rows_above_the_headings_are_passed_over(read: Read) -> None:
    book = workbook(
        **{"2024": [["EST 2024"], [], HEADINGS, row("2024-05-01")], "2025": [["EST 2025"], HEADINGS, row("2025-05-01")]}
    )
    assert len(read(book).tables["observations"]) == 2


def test_an_impossible_date_is_doubted_in_one_sentence_and_its_row_set_aside(read: Read) -> None:
    reading = read(march(*[row(DAY, place=f"Plats {n}") for n in range(39)], row("31/2")))
    (doubt,) = of_kind(reading, "omojligt_datum")
    assert str(doubt) == (
        'est_2025.xlsx, blad "Mars", rad 41, kolumn Datum: "31/2" är inget datum. '
        "Skriv datum som 2025-03-31. Raden är undantagen."
    )
    assert reading.set_aside == (SetAside("saknar ett datum som går att läsa", 1),)
    assert len(reading.tables["observations"]) == 39


def test_a_missing_date_and_a_date_in_2033_are_doubted_with_their_rows(read: Read) -> None:
    reading = read(march(row(DAY), row(None), row("2033-03-31"), row("")))
    (missing,), (late,) = of_kind(reading, "datum_saknas"), of_kind(reading, "framtida_datum")
    assert str(missing) == (
        'est_2025.xlsx, blad "Mars", rad 3 och 5, kolumn Datum: datum saknas. '
        "Skriv datum som 2025-03-31. Raderna är undantagna."
    )
    assert str(late).replace("\N{NO-BREAK SPACE}", " ") == (
        'est_2025.xlsx, blad "Mars", rad 4, kolumn Datum: 1 rad är daterad efter rapportåret 2025, som senast 2033-03-31. '
        "Kontrollera att årtalet är rätt. Raden är undantagen."
    )
    assert set(reading.set_aside) == {SetAside("saknar ett datum som går att läsa", 2), SetAside("senare än rapportåret", 1)}


def test_an_unknown_category_is_kept_and_doubted_with_what_to_write(read: Read) -> None:
    reading = read(march(row(DAY, "Skadegörelsee"), row(DAY, "Vildsvin"), row(DAY, "Vildsvin", place="Parken")))
    assert sorted(reading.tables["observations"]["category"]) == ["Skadegörelsee", "Vildsvin", "Vildsvin"]
    first, second = of_kind(reading, "okand_kategori")
    assert first.action.startswith(
        'Närmast är "Skadegörelse". Skriv i profilen under [est.categories]: "Skadegörelsee" = "Skadegörelse".'
    )
    assert second.where == 'est_2025.xlsx, blad "Mars", rad 3–4, kolumn Kategori'
    assert second.what.replace("\N{NO-BREAK SPACE}", " ") == 'kategorin "Vildsvin" är okänd (färre än 5 observationer).'
    assert (second.n_rows, second.share) == (2, 2 / 3)


def test_a_sentence_in_the_category_column_is_not_quoted(read: Read) -> None:
    sentence = "Kalle Karlsson stod och skrek utanför porten igår kväll igen"
    reading = read(march(row(DAY, sentence), row(DAY, "0701234567")))
    assert "Kalle" not in repr(reading)
    assert "0701" not in repr(reading)
    assert reading.tables["observations"]["category"].unique().tolist() == ["(fritext i stället för kategori)"]


def test_the_profile_names_categories_and_columns(profile: Profile, read: Read) -> None:
    own = Profile.model_validate(
        {
            **profile.model_dump(),
            "est": {"columns": {"Händelsens art": "category"}, "categories": {"Busåkning": "trafik", "Spray": "Klotter"}},
        }
    )
    headings = ["När", "Händelsens art", "Vem"]
    book = workbook(Blad1=[headings, [DAY, "Busåkning", ""], [DAY, "Spray", ""]])
    reading = read(book, own)
    assert sorted(reading.tables["observations"]["category"]) == ["Busåkning", "Skadegörelse"]
    assert not of_kind(reading, "okand_kategori")
    assert [doubt.what.replace("\N{NO-BREAK SPACE}", " ") for doubt in of_kind(reading, "organisation_saknas")] == [
        "2 rader säger inte vem som rapporterade."
    ]
    assert of_kind(reading, "okand_kolumn")[0].what == 'kolumnen "Vem" används inte.'


def test_zero_reports_become_reporting_weeks(read: Read) -> None:
    reading = read(
        march(
            row("2025-03-03"),
            row("2025-03-10", "Inget att rapportera"),
            row("2024-12-30", "0-rapport", organisation="Parken AB"),
        )
    )
    assert len(reading.tables["observations"]) == 1
    assert reading.tables["reporting_weeks"].to_numpy().tolist() == [
        ["Fritid", "2025-W10", "reported"],
        ["Fritid", "2025-W11", "zero"],
        ["Parken AB", "2025-W01", "zero"],
    ]


def test_a_roster_sheet_is_read_beside_the_list(read: Read) -> None:
    roster = [["organisation", "week", "status"], ["Fritid", "2025-W13", "missing"], ["Fritid", "2025-W14", "reported"]]
    reading = read(workbook(Lista=[HEADINGS, row(DAY)], Bemanning=roster, Anteckningar=[["ring Eva"]]))
    assert len(reading.tables["reporting_weeks"]) == 2
    assert reading.set_aside == (SetAside('bladet "Anteckningar" är ingen EST-lista', 1),)
    assert (reading.rows_read, reading.rows_used) == (4, 3)


def test_a_row_repeated_in_every_cell_is_marked_and_counted(read: Read) -> None:
    same = row(DAY, text="samma")
    reading = read(march(same, same, row(DAY, text="en annan"), row(DAY, organisation="Skolan", text="samma")))
    frame = reading.tables["observations"].set_index("observation_id")
    (repeat,) = frame["duplicate_of"].dropna()
    assert frame.loc[repeat, "organisation"] == "Fritid"
    assert len(frame) == 4
    (doubt,) = of_kind(reading, "dubblett")
    assert doubt.n_rows == 1


def test_two_bare_rows_of_one_day_may_be_two_events(read: Read) -> None:
    bare = [DAY, "", "Fritid", "Centrum", "", "Klotter", ""]
    assert read(march(bare, bare)).tables["observations"]["duplicate_of"].isna().all()


def test_sheets_that_number_from_1_each_keep_their_rows_apart(read: Read) -> None:
    headings = ["Nr", "Dubblett av", *HEADINGS]
    january = [headings, [1, "", *row("2025-01-02")], [2, "nej", *row("2025-01-03")]]
    february = [headings, [1, "", *row("2025-02-02")], [3, 2, *row("2025-02-02", organisation="Skolan")]]
    reading = read(workbook(Januari=january, Februari=february))
    frame = reading.tables["observations"]
    assert frame["observation_id"].is_unique
    assert frame["duplicate_of"].dropna().tolist() == ["2"]
    (doubt,) = of_kind(reading, "upprepat_nummer")
    assert doubt.where == 'est_2025.xlsx, blad "Januari" rad 2, blad "Februari" rad 2, kolumn Nr'


def test_cells_that_cannot_be_read_are_left_out_in_doubt(read: Read) -> None:
    headings = [*HEADINGS, "Allvar", "Antal personer", "X", "Y"]
    good = [*row(DAY), "gul", 4, 428500, 6508200]
    bad = [*row(DAY, place="Parken"), "jättehög", "ca 5", 6508200, 428500]
    reading = read(march(good, bad, headings=headings))
    frame = reading.tables["observations"].set_index("place")
    assert frame.loc["Torget", ["severity", "persons", "x", "y"]].tolist() == [2, 4, 428500.0, 6508200.0]
    assert frame.loc["Parken", ["severity", "persons", "x", "y"]].isna().all()
    assert {doubt.kind for doubt in reading.doubts} == {"olasligt_severity", "olasligt_persons", "olaslig_koordinat"}


def test_headings_that_are_not_found_are_shown_with_what_to_write(profile: Profile, terms: Taxonomy) -> None:
    book = workbook(Blad1=[["Organisation", "Plats", "Område", "Ärendetyp"], ["Fritid", "Torget", "Centrum", "Klotter"]])
    file = RawFile(Path("est.xlsx"), "est.xlsx", book)
    assert est_list.recognise(file, profile) is None
    with pytest.raises(SourceError) as error:
        est_list.read(file, profile, terms)
    assert str(error.value) == (
        'est.xlsx, blad "Blad1", rad 1: rubrik för datum och kategori hittas inte. '
        'Rubrikerna är "Organisation", "Plats", "Område" och "Ärendetyp". '
        'Skriv i profilen under [est.columns]: "rubriken i listan" = "date" och "rubriken i listan" = "category".'
    )


def test_a_column_that_does_not_exist_in_the_profile_is_told_with_the_nearest(profile: Profile, terms: Taxonomy) -> None:
    own = Profile.model_validate({**profile.model_dump(), "est": {"columns": {"Typ": "categori"}}})
    file = RawFile(Path("est.xlsx"), "est.xlsx", march(row(DAY)))
    with pytest.raises(SourceError) as error:
        est_list.read(file, own, terms)
    told = 'prov.toml, [est.columns]: "Typ" = "categori": kolumnen categori finns inte. Närmast är category.'
    assert str(error.value) == told


@pytest.mark.parametrize(
    ("rows", "n_weeks"),
    [([row(DAY, "Inget att rapportera")], 1), ([row(None)], 0), ([], 0)],
    ids=["zero reports", "no days", "no rows"],
)
def test_a_list_without_any_observation_is_still_read(read: Read, rows: Rows, n_weeks: int) -> None:
    reading = read(march(*rows))
    assert reading.tables["observations"].empty
    assert len(reading.tables.get("reporting_weeks", ())) == n_weeks


def test_a_list_as_text_is_read_like_a_workbook(read: Read) -> None:
    text = "Datum;Tid;Organisation;Område;Plats;Kategori;Beskrivning\n31/3 2025;21.30;Fritid;Centrum;Torget;Klotter;\n"
    as_text, as_book = read(text.encode("cp1252")), read(march(row(DAY, "Klotter")))
    assert as_text.tables["observations"].equals(as_book.tables["observations"])


def test_a_list_with_a_roster_sheet_is_no_table_of_the_programs_own(profile: Profile) -> None:
    roster = [["organisation", "week", "status"], ["Fritid", "2025-W13", "missing"]]
    beside, alone = workbook(Lista=[HEADINGS, row(DAY)], Bemanning=roster), workbook(Bemanning=roster)
    refusal = plain.recognise(RawFile(Path("est.xlsx"), "est.xlsx", beside), profile)
    assert refusal is not None
    assert refusal.reason == 'bladet "Lista" är en EST-lista, med en bemanningslista bredvid'
    assert plain.recognise(RawFile(Path("roster.xlsx"), "roster.xlsx", alone), profile) is None
