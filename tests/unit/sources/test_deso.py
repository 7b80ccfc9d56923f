from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import deso
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy

HEAD = "desokod,region,Kommunkod,Kommunnamn,år,bef\n"
ROWS = (
    "1493A0010,x,1493,Mariestad,2024,11000.0\n"
    "1493C1020,x,1493,Mariestad,2024,13421.0\n"
    "1493A0010,x,1493,Mariestad,2025,11100.0\n"
    "1493C1020,x,1493,Mariestad,2025,13400.0\n"
)


def read(text: str, profile: Profile, terms: Taxonomy) -> Reading:
    file = RawFile(Path("deso"), "deso.csv", text.encode())
    assert deso.recognise(file, profile) is None
    reading = deso.read(file, profile, terms)
    assert reading.n_lost == 0
    return reading


def problems(text: str, profile: Profile, terms: Taxonomy) -> list[str]:
    with pytest.raises(SourceError) as error:
        read(text, profile, terms)
    return [str(problem) for problem in error.value.problems]


def test_areas_are_summed_and_two_year_ends_become_a_mean(profile: Profile, terms: Taxonomy) -> None:
    reading = read(HEAD + ROWS, profile, terms)
    # 11 000 + 13 421 = 24 421 in 2024; (24 421 + 24 500) / 2 = 24 460.5 in 2025, rounded up.
    assert reading.tables["population"].to_records(index=False).tolist() == [("1493", 2024, 24421), ("1493", 2025, 24461)]
    assert reading.grades["population"].tolist() == [5, 2]
    assert [doubt.kind for doubt in reading.doubts] == ["folkmangd_summerad", "folkmangd_arsslut"]
    assert (reading.rows_read, reading.rows_used) == (4, 4)


def test_a_kommun_year_with_a_suppressed_area_is_set_aside(profile: Profile, terms: Taxonomy) -> None:
    reading = read(HEAD + ROWS.replace("13400.0", ".."), profile, terms)
    assert reading.tables["population"].to_records(index=False).tolist() == [("1493", 2024, 24421)]
    assert reading.set_aside == (SetAside("kommunen saknar folkmängd i något område det året", 2),)


def test_an_area_that_fattas_is_told(profile: Profile, terms: Taxonomy) -> None:
    reading = read(HEAD + "\n".join(ROWS.splitlines()[:3]), profile, terms)
    told = next(doubt for doubt in reading.doubts if doubt.kind == "delomraden_fattas")
    assert "till exempel Mariestad 2025: 1 av 2." in told.what


def test_a_year_that_repeats_the_year_before_is_told(profile: Profile, terms: Taxonomy) -> None:
    reading = read(HEAD + ROWS.replace("11100", "11000").replace("13400", "13421"), profile, terms)
    assert [doubt.what for doubt in reading.doubts if doubt.kind == "folkmangd_upprepad"] == [
        "folkmängden 2025 är densamma som 2024 i alla 2 områden."
    ]
    assert reading.grades["population"].tolist() == [5, 5]  # any other file's 2025 goes before it


def test_a_code_that_is_not_the_kommun_beside_it_is_an_error(profile: Profile, terms: Taxonomy) -> None:
    told = problems(HEAD + ROWS.replace("1493A0010,x,1493,Mariestad,2025", "1493A0010,x,1499,Falköping,2025"), profile, terms)
    assert told == [
        "deso.csv, rad 4: 1493A0010 ligger i kommun 1493, men på raden står 1499. Väntat: samma kommun i koden och bredvid. "
        "Raderna kan ha förskjutits."
    ]


def test_everything_wrong_is_told_at_once(profile: Profile, terms: Taxonomy) -> None:
    told = problems(HEAD + ROWS + "1493X,x,1493,Mariestad,2025,1\n1493A0010,x,1493,Mariestad,2025,många\n", profile, terms)
    assert [text.split(":")[0] for text in told] == ["deso.csv, rad 6", "deso.csv, rad 7, kolumn bef", "deso.csv, rad 4 och 7"]


def test_the_real_file(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    path = shared / "data" / "dalarna" / "befolkning_deso_dalarna_2022_2025.csv"
    reading = deso.read(RawFile(path, path.name, path.read_bytes()), profile, terms)
    assert (reading.rows_read, reading.rows_used, len(reading.tables["population"])) == (700, 700, 60)
    falun = reading.tables["population"].query("kommunkod == '2080'").set_index("year")["population"]
    # Summed in a spreadsheet from the file: 59 818 (2022), 59 986 (2023), 59 945 (2024 and, unchanged, 2025).
    assert falun.to_dict() == {2022: 59818, 2023: 59902, 2024: 59966, 2025: 59945}
    assert "folkmangd_upprepad" in {doubt.kind for doubt in reading.doubts}
