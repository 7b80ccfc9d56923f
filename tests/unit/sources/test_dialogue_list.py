"""Dialogues as kommuner keep them: what was mentioned, how often, when and by whom, but never in whose words."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import dialogue_list
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

SHOWN = ["dialogue", "date", "participants", "theme", "mentions"]


def raw(content: bytes | str) -> RawFile:
    return RawFile(Path("a"), "a", content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def made(profile: Profile, terms: Taxonomy):
    """made(content): the file recognised and read, nothing lost."""

    def read(content: bytes | str) -> Reading:
        file = raw(content)
        assert dialogue_list.recognise(file, profile) is None
        reading = dialogue_list.read(file, profile, terms)
        assert reading.n_lost == 0
        return reading

    return read


def rows(reading: Reading) -> list[list[object]]:
    table = reading.tables["dialogue_themes"][SHOWN]
    return (
        table.assign(date=table["date"].dt.strftime("%Y-%m-%d"), participants=table["participants"].fillna(-1))
        .to_numpy()
        .tolist()
    )


def test_a_column_per_dialogue(made) -> None:
    found = made(
        workbook(
            Dialoger=[
                ["Medborgardialoger 2025"],
                ["Tema", "Torgmöte 2025-04-26", "Trygghetsvandring 13 september", "APT 12 mars 2025", "Summa"],
                ["Deltagare", 58, 20, 34, 112],
                ["Skadegörelse", 14, "3", None, 17],
                ["Belysning", 8, None, 2, 10],
                ["Summa", 22, 3, 2, 27],
            ]
        )
    )
    assert rows(found) == [
        ["citizen", "2025-04-26", 58, "Skadegörelse", 14],
        ["citizen", "2025-04-26", 58, "Belysning", 8],
        ["citizen", "2025-09-13", 20, "Skadegörelse", 3],
        ["staff", "2025-03-12", 34, "Belysning", 2],
    ]
    assert [(item.reason, item.n_rows) for item in found.set_aside] == [(dialogue_list.SUM, 1)]
    assert (found.rows_read, found.rows_used, found.doubts) == (3, 2, ())


def test_a_row_per_mention_is_counted_and_its_words_are_not_kept(made) -> None:
    found = made(
        "Datum;Typ av dialog;Tema;Plats;Kommentar\n2025-03-29;Torgmöte;Skadegörelse;Torget;Olle krossar rutor\n"
        "29/3 2025;Torgmöte;skadegörelse;Parken;\n2025-03-29;Torgmöte;Trafik;;x\n2025-04-01;Medarbetardialog;Narkotika;;\n"
        "2025-04-01;Medarbetardialog;Grannen Olle i trapphuset på Storgatan spelar musik varje natt hela veckan;;\n"
    )
    assert rows(found) == [
        ["citizen", "2025-03-29", -1, "Skadegörelse", 2],
        ["citizen", "2025-03-29", -1, "Trafik", 1],
        ["staff", "2025-04-01", -1, "Narkotika", 1],
    ]
    assert [(item.reason, item.n_rows) for item in found.set_aside] == [(dialogue_list.FREE_TEXT, 1)]
    assert "Olle" not in str(found)


def test_a_row_per_theme_and_dialogue(made) -> None:
    day = datetime.datetime(2025, 3, 29)
    sheet = [["Datum", "Dialog", "Antal deltagare", "Tema", "Antal"], [day, "Medborgardialog, torget", 60, "Trafik", 9]]
    sheet += [[day, "Medborgardialog, skolan", 25, "Trafik", 4], [day, "Medborgardialog, skolan", 25, "Rån", 0]]
    assert rows(made(workbook(Lista=sheet))) == [
        ["citizen", "2025-03-29", 85, "Trafik", 13],
        ["citizen", "2025-03-29", 85, "Rån", 0],
    ]


def test_unknown_themes_are_kept_and_counted_with_the_nearest(made) -> None:
    found = made("Medborgardialog 2025-03-29\nTema;Antal\nTrafik;7\nRån;1\nSkadegörelsse;8\n")
    assert [theme for *_, theme, _ in rows(found)] == ["Trafik", "Rån", "Skadegörelsse"]
    (doubt,) = found.doubts
    assert (doubt.kind, doubt.share, "närmast: Skadegörelse" in doubt.what) == ("okant_tema", 0.5, True)


def test_a_month_or_a_year_is_a_rough_day(made) -> None:
    found = made("Medborgardialog\nTema;Torget mars 2025;Webben 2024\nTrafik;3;1\nRån;1;2\n")
    assert {day for _, day, *_ in rows(found)} == {"2025-03-01", "2024-01-01"}
    assert [(doubt.kind, doubt.n_rows) for doubt in found.doubts] == [("datum_ungefarligt", 2)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Medborgardialog\nTema;Antal\nTrafik;3\nRån;1\n", "vilken dag"),
        ("Dialog 2025-03-29\nTema;Antal\nTrafik;3\nRån;1\n", "medborgare eller medarbetare"),
        ("Medborgardialog 2025-03-29\nTema;Antal\nTrafik;många\nRån;1,5\n", "inget antal gånger"),
        ("Medborgardialog 2025-03-29\nTema;Antal\nTrafik;\nRån;\n", "inget tema"),
    ],
)
def test_what_cannot_be_placed_stops(profile: Profile, terms: Taxonomy, content: str, expected: str) -> None:
    with pytest.raises(SourceError, match=expected):
        dialogue_list.read(raw(content), profile, terms)


@pytest.mark.parametrize(
    "content",
    [
        "Datum;Kategori;Plats\n2025-03-01;Trafik;Torget\n2025-03-02;Rån;Torget\n",
        "dialogue,date,participants,theme,mentions\ncitizen,2025-03-29,60,Trafik,14\n",
        "Kommun;2023;2024\nMariestad;24000;24100\n",
    ],
)
def test_other_files_are_refused(profile: Profile, content: str) -> None:
    assert dialogue_list.recognise(raw(content), profile) is not None
