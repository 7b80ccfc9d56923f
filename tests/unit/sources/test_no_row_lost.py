"""Faults that mutated files brought to light: rows passed over in silence, and what no reader expected."""

from __future__ import annotations

import pytest

from lagesbild import sources
from lagesbild.errors import SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook


def read(content: str | bytes, profile: Profile, terms: Taxonomy) -> Reading:
    data = content if isinstance(content, bytes) else content.encode()
    return sources.read_file(RawFile(profile.raw / "fil", "fil", data), profile, terms).reading


def aside(reading: Reading) -> dict[str, int]:
    return {item.reason: item.n_rows for item in reading.set_aside}


def test_figures_without_a_region_are_counted(profile: Profile, terms: Taxonomy) -> None:
    head = [
        ["Tabell R4.1. Otrygghet sent på kvällen, 2024–2025. Andel (%)."],
        [],
        ["Grupp", "Region", 2024, 2025],
    ]
    rows = [["Samtliga", "Hela landet", 27, 26], ["Samtliga", None, 24, 23], [None, "Dalarnas län", None, None]]
    reading = read(workbook(**{"R4.1": [*head, *rows]}), profile, terms)
    assert (reading.rows_read, aside(reading)) == (3, {"saknar områdets namn": 1, "saknar värde": 1})


def test_a_short_row_of_population_is_counted(profile: Profile, terms: Taxonomy) -> None:
    reading = read("Kommunkod;Kommun;2024;2025\n1493;Mariestad;24600;24500\n1496;Skövde;58000\n1497;Hjo\n", profile, terms)
    assert (reading.rows_read, aside(reading)) == (3, {"saknar folkmängd": 1})
    assert set(reading.tables["population"]["kommunkod"]) == {"1493", "1496"}


def test_a_population_without_a_kommun_is_counted(profile: Profile, terms: Taxonomy) -> None:
    reading = read("Kommunkod;Kommun;År;Folkmängd\n1493;Mariestad;2025;24500\n;;2025;58000\nKälla: SCB\n", profile, terms)
    assert (reading.rows_read, aside(reading)) == (2, {"saknar områdets namn": 1})


def test_answers_that_look_like_years_are_no_headings(profile: Profile, terms: Taxonomy) -> None:
    rows = [
        ["Polisens trygghetsmätning, Mariestad"],
        ["Fråga", 2022, 2023],
        ["Nedskräpning", 1.2, 1.3],
        ["Antal svar", 1999, 2010],
    ]
    table = read(workbook(Utemiljön=[*rows, ["Skadegörelse", 1.1, 1.4]]), profile, terms).tables["survey_results"]
    assert table["n"].dropna().tolist() == [1999, 2010, 1999, 2010]


@pytest.mark.parametrize(
    ("row", "expected"),
    [(["Mariestad", "31/2", "2026 prel."], "31/2"), (["Norra delen", None, "x 1"], "x 1"), (["Mariestad", "-", "1e9"], "1e9")],
)
def test_a_row_of_spoilt_figures_is_no_heading(row: list[object], expected: str, profile: Profile, terms: Taxonomy) -> None:
    titles = [["Polisens trygghetsmätning"], ["Område", "Klotter 2023", "Nedskräpning 2023"]]
    with pytest.raises(SourceError, match=f'rad 3.*"{expected}" är inget värde'):
        read(workbook(Blad1=[*titles, row, ["Skövde", 1.2, 1.5], ["Hjo", 1.2, 1.5]]), profile, terms)


def test_a_survey_of_answers_alone_is_refused(profile: Profile, terms: Taxonomy) -> None:
    titles = [
        ["Polisens trygghetsmätning, lokalpolisområde Östra Skaraborg"],
        ["Index 0–6, ett lågt index är bättre än ett högt"],
    ]
    rows = [*titles, [], ["Fråga", 2021, 2022, 2023], ["Antal svar", "1 884", 1700, "-"]]
    areas = [["Område", "Klotter 2023", "Totalindex 2023"]]
    with pytest.raises(SourceError, match="inget värde i filen går att använda"):
        read(workbook(Utemiljön=rows, Områden=areas), profile, terms)


@pytest.mark.parametrize("written", ["1" * 40, "²"])
def test_digits_that_are_no_number_stop_a_databasfil(written: str, profile: Profile, terms: Taxonomy) -> None:
    text = f"Region;Brott;År;Period;Antal;/100 000 inv\nMariestad kommun;Bilbrott;2015;Feb;15;{written};\n"
    with pytest.raises(SourceError, match="kan inte stå här"):
        read(text, profile, terms)


@pytest.mark.parametrize("figure", [1e300, -1e19])
@pytest.mark.parametrize("headings", [["kommunkod", "year", "population"], ["Kommunkod", "År", "Folkmängd"]])
def test_a_number_beyond_all_counts_stops(figure: float, headings: list[str], profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises((SourceError, SchemaError)) as stopped:
        read(workbook(Blad1=[headings, ["1493", 2025, figure]]), profile, terms)
    assert "rad 2" in str(stopped.value)


def test_an_offence_without_figures_in_the_last_row_is_counted(profile: Profile, terms: Taxonomy) -> None:
    titles = "Anmälda brott;Brottsförebyggande rådet\n;År;\n;2021;\n;Antal;\n"
    rows = (
        "Hjo kommun;;\n3 kap. Brott mot liv och hälsa;41;\nMariestad kommun;;\n3 kap. Brott mot liv och hälsa;;\nKälla: Brå;;\n"
    )
    reading = read((titles + rows).encode("latin-1"), profile, terms)
    assert (reading.rows_read, reading.rows_used) == (2, 2)


def test_a_heading_that_the_head_cuts_is_none(profile: Profile, terms: Taxonomy) -> None:
    start = f"k;2025;{'x' * 99_986};"
    text = f"{start}regionalt\nMariestad;24500;;\n"
    assert text[:100_000].endswith(";region")  # all of the file that recognition sees
    with pytest.raises(SourceError, match="ingen källa känner igen filen"):
        read(text, profile, terms)
