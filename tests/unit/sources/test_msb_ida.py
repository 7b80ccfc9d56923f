from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import msb_ida
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

HEAD = ["Kommun", "Antal insatser", "Antal insatser per 1000 inv", "Befolkning"]
ROWS = [["Totaler", 3, 0.05, 57215], ["Mariestad", 1, 0.04, 24421], ["Falköping", 2, 0.06, 32794]]


def read(content: bytes, path: Path, profile: Profile, terms: Taxonomy) -> Reading:
    file = RawFile(path, path.name, content)
    assert msb_ida.recognise(file, profile) is None
    reading = msb_ida.read(file, profile, terms)
    assert reading.n_lost == 0
    return reading


def with_card(folder: Path, card: str) -> Path:
    (folder / "ida.xlsx.source.toml").write_text(card, "utf-8")
    return folder / "ida.xlsx"


@pytest.mark.parametrize("card", ['period = "2014"', 'title = "Bränder 2014, anlagda"', "period = 2014"])
def test_the_card_says_the_year(card: str, tmp_path: Path, profile: Profile, terms: Taxonomy) -> None:
    reading = read(workbook(Data=[HEAD, *ROWS]), with_card(tmp_path, card), profile, terms)
    context = reading.tables["context_figures"][["kommunkod", "indicator", "year", "value"]]
    assert context.to_records(index=False).tolist()[:2] == [
        ("1493", "Antal insatser", 2014, 1.0),
        ("1499", "Antal insatser", 2014, 2.0),
    ]
    assert reading.tables["population"].to_records(index=False).tolist() == [("1493", 2014, 24421), ("1499", 2014, 32794)]
    assert reading.set_aside == (SetAside("gäller ett annat område än en kommun", 1),)


@pytest.mark.parametrize("card", ["", 'title = "2013 och 2014"'])
def test_without_a_year_nothing_is_used_and_it_is_told(card: str, tmp_path: Path, profile: Profile, terms: Taxonomy) -> None:
    reading = read(workbook(Data=[HEAD, *ROWS]), with_card(tmp_path, card), profile, terms)
    assert reading.tables == {}
    assert [doubt.kind for doubt in reading.doubts] == ["ar_saknas"]
    assert SetAside("filen säger inte vilket år den gäller", 2) in reading.set_aside


def test_a_total_that_is_not_the_sum_is_told(tmp_path: Path, profile: Profile, terms: Taxonomy) -> None:
    reading = read(workbook(Data=[HEAD, *ROWS[:2]]), with_card(tmp_path, 'period = "2014"'), profile, terms)
    told = [str(doubt).replace("\N{NO-BREAK SPACE}", " ") for doubt in reading.doubts if doubt.kind == "summa_skiljer"]
    assert told == [
        'ida.xlsx, blad "Data", rad 2, kolumn Antal insatser: Antal insatser: på raden för alla står 3, kommunerna blir 1. '
        "Fattas någon kommun i filen?",
        'ida.xlsx, blad "Data", rad 2, kolumn Befolkning: Befolkning: på raden för alla står 57 215, kommunerna blir 24 421. '
        "Fattas någon kommun i filen?",
    ]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path, profile: Profile, terms: Taxonomy) -> None:
    rows = [["Maristad", 1, 0, 24421], ["Hjo", "några", 0, 9000], ["Skövde", 0, 0, 58272], ["Skövde", 1, 0, 58272]]
    with pytest.raises(SourceError) as error:
        read(workbook(Data=[HEAD, *rows]), tmp_path / "ida.xlsx", profile, terms)
    told = [str(problem) for problem in error.value.problems]
    assert told[0].startswith('ida.xlsx, blad "Data", rad 2: "Maristad" är ingen känd kommun. Närmast: Mariestad')
    assert told[1] == 'ida.xlsx, blad "Data", rad 3, kolumn Antal insatser: "några" är inget tal. Väntat: ett tal.'
    assert told[2].startswith('ida.xlsx, blad "Data", rad 4–5: kommun 1496 står två gånger')


def test_a_population_that_stands_still_is_told(profile: Profile, terms: Taxonomy, tmp_path: Path) -> None:
    text = '"Municipality","Cases","Population","Year"\n"Falköping",0,31689,2011\n"Falköping",2,31689,2012\n'
    reading = read(text.encode(), tmp_path / "fires.csv", profile, terms)
    assert [doubt.what for doubt in reading.doubts if doubt.kind == "folkmangd_upprepad"] == [
        "folkmängden är densamma två år i rad en gång, till exempel i 1499 2011 och 2012."
    ]


def test_the_real_exports(shared: Path, profile: Profile, terms: Taxonomy, tmp_path: Path) -> None:
    folder = shared / "data" / "kommun_indikatorer_2013"
    content = (folder / "msb_ida_skolbrand_bib2014.xlsx").read_bytes()
    reading = read(content, with_card(tmp_path, 'period = "2014"'), profile, terms)
    assert (reading.rows_read, reading.rows_used) == (291, 290)
    assert "summa_skiljer" not in {doubt.kind for doubt in reading.doubts}  # 167 operations, 9 747 355 inhabitants
    own = reading.tables["population"].set_index("kommunkod")["population"]
    assert (own["1493"], own["0114"]) == (23921, 41816)  # read by hand in the file


def test_the_real_series(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    path = shared / "data" / "kommun_indikatorer_2013" / "school_fire_cases_1998_2014.csv"
    reading = read(path.read_bytes(), path, profile, terms)
    assert (reading.rows_read, reading.rows_used, reading.set_aside) == (4924, 4924, ())
    mariestad = reading.tables["population"].query("kommunkod == '1493'").set_index("year")["population"]
    # By hand: 24 020 on 31 December 1998 and 23 950 in 1999, 23 870 in 2013 and 23 921 in 2014.
    assert (mariestad[1998], mariestad[1999], mariestad[2014]) == (24020, 23985, 23896)
    told = next(doubt for doubt in reading.doubts if doubt.kind == "folkmangd_upprepad")
    assert told.n_rows == 13
