"""The police's trygghetsmätning: an index whose direction and scale must never be turned, in whatever way the table lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import safety_survey
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

LPO = "Polisens trygghetsmätning, lokalpolisområde Östra Skaraborg"
YEARS = ["Fråga", 2021, 2022, 2023]
SHOWN = ["item", "geography_level", "geography", "year", "value"]


def raw(content: bytes | str, name: str = "a.xlsx") -> RawFile:
    return RawFile(Path(name), name, content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def made(profile: Profile, terms: Taxonomy):
    """made(content): the file recognised and read, nothing lost."""

    def read(content: bytes | str) -> Reading:
        file = raw(content)
        assert safety_survey.recognise(file, profile) is None
        reading = safety_survey.read(file, profile, terms)
        assert reading.n_lost == 0
        return reading

    return read


def rows(reading: Reading) -> list[list[object]]:
    return reading.tables["survey_results"][SHOWN].to_numpy().tolist()


def kinds(reading: Reading) -> set[str]:
    return {doubt.kind for doubt in reading.doubts}


def test_questions_as_rows_and_years_as_columns(made) -> None:
    found = made(
        workbook(Utemiljö=[[LPO], [], YEARS, ["Nedskräpning", 1.2, "1,45", ".."], ["Antal svar", "1 884", 1999, 2010]])
    )
    area = "Lokalpolisområde Östra Skaraborg"
    assert rows(found)[:2] == [
        ["Nedskräpning", "police_area", area, 2021, 1.2],
        ["Nedskräpning", "police_area", area, 2022, 1.45],
    ]
    table = found.tables["survey_results"]
    assert table["n"].tolist() == [1884, 1999, 2010]
    assert table.iloc[2][["value", "missing"]].isna().tolist() == [True, False]
    assert (found.rows_read, found.rows_used) == (2, 2)


def test_areas_as_rows_and_questions_as_columns(made) -> None:
    found = made(
        "Trygghetsmätning 2023\n\nOmråde;Nedskräpning;Totalindex;Antal svar\nMariestad;1,2;1,43;420\nNorra delen;1,9;2,0;52\n"
        "LPO Östra Skaraborg;1,1;1,40;1 884\nPolisregion Väst;1,0;1,3;9000\n"
    )
    assert rows(found) == [
        ["Nedskräpning", "kommun", "1493", 2023, 1.2],
        ["Problemindex totalt", "kommun", "1493", 2023, 1.43],
        ["Nedskräpning", "police_area", "Lokalpolisområde Östra Skaraborg", 2023, 1.1],
        ["Problemindex totalt", "police_area", "Lokalpolisområde Östra Skaraborg", 2023, 1.4],
        ["Nedskräpning", "lan", "Polisregion Väst", 2023, 1.0],
        ["Problemindex totalt", "lan", "Polisregion Väst", 2023, 1.3],
    ]
    assert [item.n_rows for item in found.set_aside] == [1]
    assert "okant_omrade" in kinds(found)
    assert found.tables["survey_results"]["n"].tolist() == [420, 420, 1884, 1884, 9000, 9000]


def test_a_column_of_police_areas_is_never_read_as_kommuner(made) -> None:
    found = made("Trygghetsmätning 2023\nLokalpolisområde;Nedskräpning;Klotter\nMariestad;1,2;0,8\nSkövde;1,1;0,7\n")
    assert {(level, name) for _, level, name, *_ in rows(found)} == {
        ("police_area", "Lokalpolisområde Mariestad"),
        ("police_area", "Lokalpolisområde Skövde"),
    }


def test_one_row_per_figure(made) -> None:
    found = made(
        "Trygghetsmätningen\nKommun;År;Fråga;Index;Antal svar\nMariestad;2023;Nedskräpning;1,2;420\n"
        "Mariestad;2023;Ungdomsgäng;1,6;419\nMariestad;2022;Buskörning;1,7;400\n"
    )
    assert found.tables["survey_results"][["year", "value", "n"]].to_numpy().tolist() == [
        [2023, 1.2, 420],
        [2023, 1.6, 419],
        [2022, 1.7, 400],
    ]


def test_the_group_of_questions_tells_being_a_victim_from_a_problem(made, terms: Taxonomy) -> None:
    sheet = [["Mariestad, trygghetsmätning"], ["", 2022, 2023], ["Problem i utemiljön"], ["Skadegörelse", 1.1, 1.2], ["Oro"]]
    sheet += [["Inbrott i bostaden", 1.4, 1.5], ["Utsatthet"], ["Skadegörelse", 0.2, 0.3]]
    items = dict.fromkeys(item for item, *_ in rows(made(workbook(Blad1=sheet))))
    assert [terms.match_item("trygghetsmatning", item) for item in items] == [
        "Problem med skadegörelse",
        "Oro för bostadsinbrott",
        None,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Index 1–6",
        "skala från 1 till 6",
        "Trygghetsindex, ett högre värde är bättre",
        "0 = mycket otryggt, 6 = mycket tryggt",
        "Lågt index innebär stora problem",
    ],
)
def test_an_index_on_another_scale_or_turned_round_stops(profile: Profile, terms: Taxonomy, text: str) -> None:
    file = raw(workbook(Blad1=[["Trygghetsmätning Mariestad"], YEARS, ["Nedskräpning", 1.2, 1.3, 1.1], [], [text]]))
    with pytest.raises(SourceError) as error:
        safety_survey.read(file, profile, terms)
    assert [(problem.where.rows, bool(problem.action)) for problem in error.value.problems] == [((5,), True)]


@pytest.mark.parametrize(
    "text",
    [
        "Index 0–6 där ett lågt index är bättre än ett högt",
        "0 = inget problem, 6 = stora problem",
        "Högre index är sämre och lågt är bättre",
    ],
)
def test_the_right_direction_is_no_problem(made, text: str) -> None:
    found = made(workbook(Blad1=[["Trygghetsmätning Mariestad"], [text], YEARS, ["Nedskräpning", 0.9, 1.3, 1.1]]))
    assert kinds(found) == set()


def test_what_may_be_another_scale_is_a_doubt(made) -> None:
    sheet = [["Trygghetsindex Mariestad, trygghetsmätning"], YEARS, ["Nedskräpning", 1.2, 2, 3], ["Klotter", 1, 4, 7.2]]
    found = made(workbook(Blad1=sheet))
    assert kinds(found) == {"oklar_riktning", "oklar_skala", "utanfor_skalan"}
    assert 7.2 not in found.tables["survey_results"]["value"].tolist()


def test_shares_stand_beside_the_index_and_are_not_taken_for_it(made, terms: Taxonomy) -> None:
    sheet = [["Trygghetsmätning Mariestad, andel (%)"], ["Fråga", "2022", None], [None, "Kvinnor", "Män"]]
    sheet += [["Nedskräpning", 0.2, 0.1], ["Trygg ute sent", 0.615, 0.7]]
    table = made(workbook(Andelar=sheet)).tables["survey_results"]
    assert table[["group", "value", "scale", "higher_is"]].to_numpy().tolist() == [
        ["kvinnor", 20.0, "percent", "worse"],
        ["män", 10.0, "percent", "worse"],
        ["kvinnor", 61.5, "percent", "better"],
        ["män", 70.0, "percent", "better"],
    ]
    assert all(terms.match_item("trygghetsmatning", item) is None for item in table["item"])


def test_unknown_questions_are_kept_and_counted_with_the_nearest(made) -> None:
    found = made(workbook(Blad1=[["Trygghetsmätning Mariestad"], YEARS, ["Nedskräpningen", 0.2, 1, 1], ["Klotter", 1, 1, 1]]))
    doubt = next(doubt for doubt in found.doubts if doubt.kind == "okand_fraga")
    assert (doubt.n_rows, "Problem med nedskräpning" in doubt.what) == (3, True)
    assert len(rows(found)) == 6


def test_a_dash_is_no_value(made) -> None:
    found = made(workbook(Blad1=[["Trygghetsmätning Mariestad"], YEARS, ["Nedskräpning", 0.2, "-", 1]]))
    assert found.tables["survey_results"]["missing"].tolist()[1] == "not_collected"
    assert "streck" in kinds(found)


def test_the_same_value_twice_counts_once_and_another_one_is_told(made) -> None:
    sheet = [["Trygghetsmätning Mariestad"], YEARS, ["Nedskräpning", 0.2, 1, 1], ["Nedskräpning", 0.2, 1, 2]]
    found = made(workbook(Blad1=sheet))
    assert len(rows(found)) == 3
    assert "motstridiga_varden" in kinds(found)
    assert sum(item.n_rows for item in found.set_aside) == 1


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (
            [["Trygghetsmätning 2023"], ["Fråga", "Index"], ["Nedskräpning", 1], ["Klotter", 2], ["Narkotika", 1]],
            "vilken kommun",
        ),
        ([["Trygghetsmätning Mariestad"], ["Fråga", "Index"], ["Nedskräpning", 1], ["Klotter", 2], ["X", 1]], "vilket år"),
        ([["Trygghetsmätning Mariestad"], YEARS, ["Nedskräpning", 1, 2, "cirka 3 av 6 ungefär"]], "en text i stället"),
        ([["Trygghetsmätning Mariestad"], YEARS, ["Nedskräpning", 61, 62, 63]], "inget värde"),
    ],
)
def test_what_cannot_be_placed_or_read_stops(profile: Profile, terms: Taxonomy, sheet: list, expected: str) -> None:
    with pytest.raises(SourceError, match=expected) as error:
        safety_survey.read(raw(workbook(Blad1=sheet)), profile, terms)
    assert "ungefär" not in str(error.value)


@pytest.mark.parametrize(
    "content",
    [
        "survey,item,group,geography_level,geography,year,value,scale,higher_is\ntrygghetsmatning,Klotter,alla,kommun,1493,2023,1,"
        "index_0_6,worse\n",
        "Datum;Kategori;Plats\n2025-03-01;Klotter;Torget\n",
        "Kommun;2023;2024\nMariestad;24000;24100\n",
    ],
)
def test_other_files_are_refused(profile: Profile, content: str) -> None:
    assert safety_survey.recognise(raw(content, "a.csv"), profile) is not None


def test_a_column_of_groups_beside_the_questions_is_no_question(made: Callable[..., Reading]) -> None:
    reading = made(
        "Polisens trygghetsmätning\nFrågeområde;Fråga;Område;2024;2025\nProblem i utemiljön;Skadegörelse;Mariestad;1,2;1,4\n"
        "Problem i utemiljön;Nedskräpning;Mariestad;0,9;..\n"
    )
    assert set(reading.tables["survey_results"]["item"]) == {"Skadegörelse", "Nedskräpning"}
    assert "okand_fraga" not in {doubt.kind for doubt in reading.doubts}
