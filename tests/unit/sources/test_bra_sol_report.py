from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_sol_report
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

Read = Callable[..., Reading]
TITLES = "Anmälda brott;Brottsförebyggande rådet\n;År;\n;2021;\n;/100&nbsp;000&nbsp;inv;\n"
TEXT = (
    TITLES
    + "Mariestad kommun;;\n3-7 kap. Brott mot person;..;\n"
    + TITLES
    + "3 kap. Brott mot liv och hälsa;1&nbsp;047;\nHjo kommun;;\n3-7 kap. Brott mot person;..;\n"
    + "3 kap. Brott mot liv och hälsa;454;\n\n"
)
WIDE = (
    "Anmälda brott;Brottsförebyggande rådet\n;År;;;;\n;2024;;2025 prel.;;\n;Antal;/100 000 inv;Antal;/100 000 inv;\n"
    "Mariestad kommun;;;;;\nTotalt antal brott;2308;9369;2 418;9 869;\n0950 - Bedrägeri, mot äldre;-;-;..;..;\n"
)
BOOK = [
    ["Anmälda brott", None, "Brottsförebyggande rådet"], [None, "År", None], [None, 2021, None],
    [None, "/100 000 inv", None], ["Mariestad kommun", None, None], ["3-7 kap. Brott mot person", None, None],
    ["3 kap. Brott mot liv och hälsa", 1047, None], ["* Fotnot", None, None],
]  # fmt: skip


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Read:
    def reading(content: str | bytes) -> Reading:
        data = content if isinstance(content, bytes) else content.encode("latin-1")
        file = RawFile(Path("fil"), "fil", data)
        assert bra_sol_report.recognise(file, profile) is None
        return bra_sol_report.read(file, profile, terms)

    return reading


def offences(reading: Reading) -> pd.DataFrame:
    return reading.tables["reported_offences"]


def test_page_titles_in_mid_block_are_no_data(read: Read) -> None:
    reading = read(TEXT)
    frame = offences(reading)
    assert frame[["kommunkod", "offence", "year"]].to_numpy().tolist() == [
        ["1493", "3-7 kap. Brott mot person", 2021],
        ["1493", "3 kap. Brott mot liv och hälsa", 2021],
        ["1497", "3-7 kap. Brott mot person", 2021],
        ["1497", "3 kap. Brott mot liv och hälsa", 2021],
    ]
    assert frame["rate_per_100k"].fillna(-1).tolist() == [-1, 1047, -1, 454]
    assert frame["missing"].fillna("").tolist() == ["suppressed", "", "suppressed", ""]
    assert frame["count"].isna().all()
    assert (reading.rows_read, reading.rows_used, reading.set_aside) == (4, 4, ())
    assert [doubt.kind for doubt in reading.doubts] == ["antal_saknas"]


def test_years_and_measures_stand_side_by_side(read: Read) -> None:
    reading = read(WIDE)
    frame = offences(reading)
    assert frame[["offence", "key_type", "year", "count", "rate_per_100k", "status"]].fillna(-1).to_numpy().tolist() == [
        ["Totalt antal brott", "group", 2024, 2308, 9369, "final"],
        ["Totalt antal brott", "group", 2025, 2418, 9869, "preliminary"],
        ["0950", "code", 2024, 0, 0, "final"],
        ["0950", "code", 2025, -1, -1, "preliminary"],
    ]
    assert (reading.rows_read, reading.rows_used, reading.doubts) == (2, 2, ())


def test_months_and_quarters_stand_below_their_year(read: Read) -> None:
    months = WIDE.replace(";År;;;;\n;2024;;2025 prel.;;", ";2024;;;;\n;Jan;;Feb;;")
    frame = offences(read(months))
    assert frame[["year", "month"]].drop_duplicates().to_numpy().tolist() == [[2024, 1], [2024, 2]]
    quarters = (
        "Anmälda brott;Brottsförebyggande rådet\n;2024;;;;\n;Kvartal 1;Kvartal 2;Kvartal 3;Kvartal 4;\n"
        ";Antal;Antal;Antal;Antal;\n"
        "Hjo kommun;;;;;\nTotalt antal brott;100;120;90;110;\nRån;1;..;0;2;\n"
    )
    reading = read(quarters)
    assert offences(reading)[["offence", "year", "count"]].to_numpy().tolist() == [["Totalt antal brott", 2024, 420]]
    assert (reading.rows_read, reading.rows_used) == (2, 1)
    assert reading.set_aside == (SetAside("kvartal som inte blir ett helt år", 1),)


def test_the_excel_export_has_empty_cells_for_parents_and_may_have_footnotes(read: Read) -> None:
    reading = read(workbook(Resultat=BOOK, Om=[["text"], ["text"]]))
    frame = offences(reading)
    assert frame["offence"].tolist() == ["3-7 kap. Brott mot person", "3 kap. Brott mot liv och hälsa"]
    assert frame["missing"].fillna("").tolist() == ["not_collected", ""]
    assert reading.rows_read == 4
    assert reading.set_aside == (SetAside('bladet "Om" används inte', 2),)


def test_other_regions_are_set_aside(read: Read) -> None:
    text = TEXT.rstrip() + "\nHela landet;;\n3-7 kap. Brott mot person;..;\n3 kap. Brott mot liv och hälsa;900;\n"
    assert read(text).set_aside == (SetAside("gäller ett annat område än en kommun", 2),)


# What is wrong ---------------------------------------------------------------------------------------------------------------


def problems(read: Read, content: str | bytes) -> str:
    with pytest.raises(SourceError) as error:
        read(content)
    return str(error.value)


def test_every_problem_is_told_at_once(read: Read) -> None:
    told = problems(
        read, TEXT.replace("Hjo kommun", "Hjoo kommun").replace(";454;", ";många;").replace(";1&nbsp;047;", ";1;2;")
    )
    assert '"Hjoo kommun" är ingen känd kommun. Närmast: ' in told
    assert "rad 11: raden har inte lika många siffror som rubrikerna." in told
    assert 'rad 14: "många" är ingen siffra.' not in told  # of a kommun that is not known
    assert 'rad 11: "många" är ingen siffra.' in problems(read, TEXT.replace("1&nbsp;047", "många"))


@pytest.mark.parametrize(("was", "becomes", "told"), [
    (";2021;", ";;", "det går inte att se vilken period kolumn 2 gäller."),
    (";/100&nbsp;000&nbsp;inv;", ";Procent;", 'rubriken "Procent" säger inte vad kolumn 2 innehåller.'),
    ("Mariestad kommun;;\n", "", "raden står före den första kommunen."),
    ("Mariestad kommun;;\n", "Mariestad kommun;;\n;5;\n", "rad 6: brottets namn saknas."),
])  # fmt: skip
def test_headings_that_say_too_little_are_told(read: Read, was: str, becomes: str, told: str) -> None:
    assert told in problems(read, TEXT.replace(was, becomes))


def test_a_text_cut_in_a_figure_is_told(read: Read) -> None:
    assert "rad 14: filen är avklippt: sista raden är inte hel." in problems(read, TEXT.rstrip()[:-2])


def test_turned_measures_are_told_by_the_population_they_imply(read: Read) -> None:
    turned = WIDE.replace(";Antal;/100 000 inv;", ";/100 000 inv;Antal;", 1)
    assert "går inte ihop" in problems(read, turned.replace(";2308;9369;", ";300;98690;"))


def test_lost_letters_are_told_as_a_wrong_encoding(read: Read) -> None:
    assert "fel teckenkodning" in problems(read, TEXT.replace("ä", "?"))


@pytest.mark.parametrize("data", [b"Region;Brott\n", b"Anm\xe4lda brott;per m\xe5nad\n", b"\n\n;;\n"])
def test_another_text_is_refused(profile: Profile, data: bytes) -> None:
    refusal = bra_sol_report.recognise(RawFile(Path("a.txt"), "a.txt", data), profile)
    assert refusal is not None
    assert refusal.reason == 'första raden är inte "Anmälda brott" och "Brottsförebyggande rådet"'


# The real files --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def both(shared: Path, read: Read) -> tuple[Reading, Reading]:
    """The text and the Excel export of one query: 3 kap. per 100 000 in 2021, all kommuner."""
    folder = shared / "data/bra_sol_2021"
    return read((folder / "Sokning.txt").read_bytes()), read((folder / "Bok1.xls").read_bytes())


def test_text_and_excel_hold_the_same_290_kommuner_cell_by_cell(both: tuple[Reading, Reading]) -> None:
    frames = [offences(reading).drop(columns="missing").reset_index(drop=True) for reading in both]
    pd.testing.assert_frame_equal(*frames)
    for reading in both:
        # Heby stands twice, before and after it changed län: 291 blocks of two rows.
        assert (reading.rows_read, reading.rows_used) == (582, 580)
        assert reading.set_aside == (SetAside("upprepar en rad, utan siffra", 2),)
        assert offences(reading)["kommunkod"].nunique() == 290


def test_rates_read_by_hand_are_those_of_the_table(both: tuple[Reading, Reading]) -> None:
    """Ale 454, Bjuv 1047 (after a page break in its block), Heby 564, Övertorneå 688: read in Sokning.txt."""
    frame = offences(both[0])
    rates = frame[frame["offence"].eq("3 kap. Brott mot liv och hälsa")].set_index("kommunkod")["rate_per_100k"]
    assert rates[["1440", "1260", "0331", "2518"]].tolist() == [454, 1047, 564, 688]
    assert set(frame["year"]) == {2021}
    assert set(frame.loc[frame["offence"].eq("3-7 kap. Brott mot person"), "missing"]) == {"suppressed"}
