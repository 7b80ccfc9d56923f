from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import population
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook


def read(content: str | bytes, profile: Profile, terms: Taxonomy) -> Reading:
    file = RawFile(Path("bef"), "bef.csv", content if isinstance(content, bytes) else content.encode())
    assert population.recognise(file, profile) is None
    return population.read(file, profile, terms)


def figures(reading: Reading) -> list[tuple[str, int, int]]:
    frame = reading.tables["population"]
    return list(frame.sort_values(["kommunkod", "year"]).itertuples(index=False, name=None))


MARIESTAD = [("1493", 2024, 24600), ("1493", 2025, 24500)]


@pytest.mark.parametrize(
    "text",
    [
        "Kommunkod;Kommun;År;Medelfolkmängd\n1493;Mariestad;2024;24600\n1493;Mariestad;2025;24500\n",
        "kommun,år,medelfolkmängd\nMariestads kommun,2024,24600\nMariestads kommun,2025,24500\n",
        "region\tMedelfolkmängd 2024\tMedelfolkmängd 2025\n1493 Mariestad\t24 600\t24 500\n",
        '"region","tabellinnehåll","2024","2025"\n"1493 Mariestad","Medelfolkmängd",24600,24500\n',
        "Medelfolkmängd efter region\n\nregion;2024;2025\n1493 Mariestad;24600;24500\n\nKälla: SCB\n",
    ],
    ids=["long with code", "long with name", "wide", "wide with contents", "title and footnote"],
)
def test_every_form_of_mean_population_gives_the_same(text: str, profile: Profile, terms: Taxonomy) -> None:
    reading = read(text, profile, terms)
    assert figures(reading) == MARIESTAD
    assert reading.doubts == ()


def test_a_workbook_is_read_like_the_text(profile: Profile, terms: Taxonomy) -> None:
    book = workbook(Data=[["Medelfolkmängd"], ["Kod", "Kommun", 2024, 2025], [1493, "Mariestad", 24600, 24500]])
    assert figures(read(book, profile, terms)) == MARIESTAD


def test_year_ends_become_means_where_there_are_two(profile: Profile, terms: Taxonomy) -> None:
    text = "region;kön;Folkmängd 31 december 2023;Folkmängd 31 december 2024;Folkmängd 31 december 2025\n"
    reading = read(text + "1493 Mariestad;totalt;24701;24500;24421\n1493 Mariestad;kvinnor;12000;11900;11800\n", profile, terms)
    # (24 701 + 24 500) / 2 = 24 600.5 and (24 500 + 24 421) / 2 = 24 460.5, rounded up; 2023 has no year before it.
    assert figures(reading) == [("1493", 2023, 24701), ("1493", 2024, 24601), ("1493", 2025, 24461)]
    assert reading.set_aside == (SetAside("gäller en del av befolkningen", 1),)
    (doubt,) = reading.doubts
    assert str(doubt).replace("\N{NO-BREAK SPACE}", " ") == (
        "bef.csv: tabellen gäller den 31 december. Medeltalet av två årsslut används, och ett ensamt "
        "årsslut som det är. Brå räknar med medelfolkmängden. Hämta den hos SCB om det går."
    )


def test_a_table_that_does_not_say_which_is_used_in_doubt(profile: Profile, terms: Taxonomy) -> None:
    reading = read("kommun;år;befolkning\nMariestad;2025;24500\n", profile, terms)
    assert figures(reading) == [("1493", 2025, 24500)]
    assert [doubt.kind for doubt in reading.doubts] == ["folkmangd_oklar"]


def test_the_country_and_the_län_are_set_aside(profile: Profile, terms: Taxonomy) -> None:
    text = "region;Medelfolkmängd 2025\n00 Riket;10600000\n14 Västra Götalands län;1760000\n1493 Mariestad;24500\n"
    reading = read(text, profile, terms)
    assert reading.set_aside == (SetAside("gäller ett annat område än en kommun", 2),)
    assert reading.rows_read == 3


def problems(text: str, profile: Profile, terms: Taxonomy) -> list[str]:
    with pytest.raises(SourceError) as error:
        read(text, profile, terms)
    return [str(problem) for problem in error.value.problems]


def test_all_that_is_wrong_is_told_at_once(profile: Profile, terms: Taxonomy) -> None:
    told = problems(
        "kommunkod;kommun;år;folkmängd\n;Maristad;2025;24500\n1493;Växjö;2025;1\n1499;Falköping;2025;många\n", profile, terms
    )
    assert told[0].startswith('bef.csv, rad 2: "Maristad" är ingen känd kommun. Närmast: Mariestad')
    assert told[1].startswith("bef.csv, rad 3: kommunkod 1493 står på samma rad som Växjö, som har 0780.")
    assert told[2] == 'bef.csv, rad 4, kolumn folkmängd: "många" är ingen folkmängd. Väntat: ett heltal.'


def test_a_table_split_by_sex_alone_is_an_error(profile: Profile, terms: Taxonomy) -> None:
    (told,) = problems("region;kön;Folkmängd 2025\n1493 Mariestad;män;12000\n1493 Mariestad;kvinnor;12421\n", profile, terms)
    assert "saknar rader för alla tillsammans. Hämta den utan uppdelning." in told


def test_two_figures_for_a_year_are_an_error(profile: Profile, terms: Taxonomy) -> None:
    (told,) = problems("kommun;år;medelfolkmängd\nHjo;2025;9100\nHjo;2025;9200\n", profile, terms)
    assert told == "bef.csv: kommun 1497 har flera olika folkmängder 2025. Väntat: en per kommun och år."


def test_a_mean_goes_before_a_year_end_and_the_gap_is_told(put: Callable[..., Path], profile: Profile, terms: Taxonomy) -> None:
    put("b.csv", "region;Folkmängd 31 december 2024;Folkmängd 31 december 2025\n1493 Mariestad;24500;24421\n")
    put("a.csv", "region;Medelfolkmängd 2025\n1493 Mariestad;24470\n")
    put("c.csv", "kommun;år;befolkning\nMariestad;2025;24471\n")
    delivery = sources.read(profile, terms)
    assert delivery.tables.population.to_records(index=False).tolist() == [("1493", 2024, 24500), ("1493", 2025, 24470)]
    told = [str(doubt).replace("\N{NO-BREAK SPACE}", " ") for doubt in delivery.doubts if doubt.kind == "folkmangd_olika"]
    # 24 461 is the mean of the year-ends; 24 471 differs from the mean by one, which is rounding.
    assert told == [
        "a.csv och b.csv: folkmängden skiljer sig för 1 kommunår, mest för Mariestad 2025: 24 470 mot 24 461. "
        "a.csv används: den har årets medelfolkmängd, den andra medeltalet av två årsslut."
    ]
    assert {item.reason for record in delivery.inputs for item in record.set_aside} == {"en annan fil har bättre underlag"}


def test_reported_offences_are_refused(profile: Profile) -> None:
    file = RawFile(Path("x"), "x.csv", b"Kommun;Antal;Per 100 000 inv.\nHjo;2537;8000\n")
    refusal = population.recognise(file, profile)
    assert refusal is not None
    assert "ingen rubrikrad med kommun och antingen år och folkmängd eller årtal" in refusal.reason
