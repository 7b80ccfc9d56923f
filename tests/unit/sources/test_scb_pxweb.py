from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import scb_pxweb
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy


def read(content: str | bytes, profile: Profile, terms: Taxonomy) -> Reading:
    file = RawFile(Path("scb"), "scb.csv", content if isinstance(content, bytes) else content.encode())
    assert scb_pxweb.recognise(file, profile) is None
    reading = scb_pxweb.read(file, profile, terms)
    assert reading.n_lost == 0
    return reading


def people(reading: Reading) -> list[tuple[str, int, int]]:
    return sorted(reading.tables["population"].itertuples(index=False, name=None))


def problems(content: str, profile: Profile, terms: Taxonomy) -> str:
    with pytest.raises(SourceError) as error:
        read(content, profile, terms)
    return str(error.value)


def stat(value: Any, **changes: Any) -> str:
    """json-stat2 as SCB delivers it: Mariestad and the country, 2024 and 2025."""
    table = {
        "version": "2.0",
        "class": "dataset",
        "label": "Folkmängd efter region, tabellinnehåll och år",
        "id": ["Region", "ContentsCode", "Tid"],
        "size": [2, 1, 2],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "dimension": {
            "Region": {"category": {"index": {"00": 0, "1493": 1}, "label": {"00": "Riket", "1493": "Mariestad"}}},
            "ContentsCode": {"category": {"index": {"BE0101N1": 0}, "label": {"BE0101N1": "Folkmängd"}}},
            "Tid": {"category": {"index": {"2024": 0, "2025": 1}, "label": {"2024": "2024", "2025": "2025"}}},
        },
        "value": value,
        "status": {"2": ".."},
    }
    return json.dumps(table | changes, ensure_ascii=False)


PX = """CHARSET="ANSI";
AXIS-VERSION="2010";
CODEPAGE="iso-8859-15";
TITLE="Folkmängd efter region, kön och "
"år";
TITLE[en]="Population; by region";
CONTENTS="Folkmängd";
STUB="region","kön";
HEADING="år";
VALUES("region")="Riket","Mariestad";
VALUES("kön")="män","kvinnor";
VALUES("år")="2024","2025";
TIMEVAL("år")=TLIST(A1,"2024"-"2025");
CODES("region")="00","1493";
CODES("kön")="1","2";
DATA=
5300000 5310000
5290000 5300000
12350 12321
12150 12100;
"""
#: (12 350 + 12 150 + 12 321 + 12 100) / 2 = 24 460.5, rounded up.
TWO_YEARS = [("1493", 2024, 24500), ("1493", 2025, 24461)]


@pytest.mark.parametrize(
    "text",
    [
        '"region","Folkmängd 2024","Folkmängd 2025"\n"1493 Mariestad",24500,24421\n',
        '"region","ålder","kön","Folkmängd 2024","Folkmängd 2025"\n'
        '"1493 Mariestad","totalt ålder","totalt",24500,24421\n"1493 Mariestad","0 år","totalt",200,210\n',
        '"region","år","Folkmängd"\n"1493 Mariestad","2024",24500\n"1493 Mariestad","2025",24421\n',
        "region;kön;år;tabellinnehåll;värde\n1493 Mariestad;män;2024;Folkmängd;12350\n"
        "1493 Mariestad;kvinnor;2024;Folkmängd;12150\n"
        "1493 Mariestad;män;2025;Folkmängd;12321\n1493 Mariestad;kvinnor;2025;Folkmängd;12100\n",
        '"Folkmängd efter region och år"\n\n"region","2024","2025"\n"1493 Mariestad",24500,24421\n',
        stat([None, None, 24500, 24421]),
        stat({"2": 24500, "3": 24421}),
        '{"columns":[{"code":"Region","text":"region","type":"d"},{"code":"Tid","text":"år","type":"t"},'
        '{"code":"BE0101N1","text":"Folkmängd","type":"c"}],"data":[{"key":["1493","2024"],"values":["24500"]},'
        '{"key":["1493","2025"],"values":["24421"]}]}',
        PX,
    ],
    ids=["wide", "with totals", "long", "parts of one sex", "title", "json-stat", "sparse json-stat", "json", "px"],
)
def test_every_form_gives_the_same(text: str, profile: Profile, terms: Taxonomy) -> None:
    assert people(read(text, profile, terms)) == TWO_YEARS
    if "å" in text and "{" not in text:
        assert people(read(text.encode("latin-1"), profile, terms)) == TWO_YEARS


def test_the_cells_of_a_cube_are_counted(profile: Profile, terms: Taxonomy) -> None:
    reading = read(PX, profile, terms)
    assert (reading.rows_read, reading.rows_used) == (8, 4)
    assert reading.set_aside == (SetAside("gäller ett annat område än en kommun", 4),)
    assert [doubt.kind for doubt in reading.doubts] == ["folkmangd_arsslut", "folkmangd_summerad"]


def test_a_mean_population_goes_before_a_year_end_and_growth_is_no_population(profile: Profile, terms: Taxonomy) -> None:
    text = '"region","Folkmängd 2025","Medelfolkmängd 2025","Folkökning 2025"\n"1493 Mariestad",24421,24470,-79\n'
    reading = read(text, profile, terms)
    assert people(reading) == [("1493", 2025, 24470)]
    assert reading.grades["population"].tolist() == [0]
    assert reading.doubts == ()


def test_a_suppressed_cell_is_not_zero(profile: Profile, terms: Taxonomy) -> None:
    reading = read(PX.replace("12150 12100", '".." 12100'), profile, terms)
    assert people(reading) == [("1493", 2025, 24421)]
    assert SetAside("saknar folkmängd", 2) in reading.set_aside


@pytest.mark.parametrize("ages", [["0-17 år", "18-64 år", "65+ år"], ["0–64 år", "65-w år"]])
def test_ages_that_are_everyone_are_summed(ages: list[str], profile: Profile, terms: Taxonomy) -> None:
    rows = "".join(f'"1493 Mariestad","{age}",100\n' for age in ages)
    assert people(read(f'"region","ålder","Medelfolkmängd 2025"\n{rows}', profile, terms)) == [("1493", 2025, 100 * len(ages))]


def test_ages_with_a_gap_are_an_error(profile: Profile, terms: Taxonomy) -> None:
    text = '"region","ålder","Folkmängd 2025"\n"1493 Mariestad","0-17 år",1\n"1493 Mariestad","65+ år",1\n'
    assert problems(text, profile, terms) == (
        'scb.csv: tabellen är uppdelad på "ålder" utan rad för alla, och delarna täcker inte alla. '
        "Hämta den utan uppdelning, eller med alternativet totalt."
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"region","Folkökning 2025","Folkmängd 1 november 2025"\n"1493 Mariestad",7,8\n', "är ingen tabell"),
        (stat([1, 2, 3]), "filen har 3 värden men ska ha 4."),
        (stat([1, 2, 3, 4], size=[3, 1, 2]), "en dimension har ett annat antal kategorier än den säger."),
        (stat([1, 2, 3, 4], size=[10**9, 10**9, 2]), "tabellen skulle ha orimligt många celler."),
        (stat([1, 2, 3, 4])[:-30], "avklippt"),
        (PX[:-30], "DATA saknas eller slutar inte med semikolon."),
        (PX.replace("12150 12100;", "12150;"), "filen har 7 värden men ska ha 8."),
        (PX.replace("DATA=", 'KEYS("region")=VALUES;\nDATA='), "KEYS"),
        (PX.replace('"1493"', '"1999"'), "1999 är ingen kommunkod. Kontrollera koden hos SCB."),
    ],
)
def test_what_cannot_be_read_is_told(text: str, told: str, profile: Profile, terms: Taxonomy) -> None:
    file = RawFile(Path("scb"), "scb.csv", text.encode())
    refusal = scb_pxweb.recognise(file, profile)
    assert told in (refusal.reason if refusal else problems(text, profile, terms))


def test_a_kommun_named_twice_differently_is_an_error(profile: Profile, terms: Taxonomy) -> None:
    told = problems('"region","Folkmängd 2025"\n"1493 Skövde",24421\n"Maristad",1\n', profile, terms)
    assert "koden 1493 står för Skövde, som har 1496." in told
    assert '"Maristad" är ingen känd kommun. Närmast: Mariestad' in told


def test_other_json_is_refused(profile: Profile) -> None:
    assert scb_pxweb.recognise(RawFile(Path("x"), "x", b'{"values": [{"kpi": "N01951"}]}'), profile) is not None
