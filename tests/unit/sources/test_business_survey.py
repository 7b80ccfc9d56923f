"""Svenskt Näringsliv: a share of some hundred companies, and a ranking that must never pass for a share."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import business_survey
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

TITLE = "Svenskt Näringsliv, Lokalt företagsklimat 2023"
QUESTION = "Påverkas företaget negativt av brottslighet och otrygghet?"
ANSWERS = ["Inte alls", "Liten", "Viss", "Hög", "Mycket hög"]


def raw(content: bytes | str) -> RawFile:
    return RawFile(Path("a"), "a", content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def made(profile: Profile, terms: Taxonomy):
    """made(content): the file recognised and read, nothing lost."""

    def read(content: bytes | str) -> Reading:
        file = raw(content)
        assert business_survey.recognise(file, profile) is None
        reading = business_survey.read(file, profile, terms)
        assert reading.n_lost == 0
        return reading

    return read


def values(reading: Reading) -> list[list[object]]:
    return reading.tables["survey_results"][["geography_level", "geography", "year", "value"]].to_numpy().tolist()


def kinds(reading: Reading) -> set[str]:
    return {doubt.kind for doubt in reading.doubts}


def test_kommuner_and_years(made) -> None:
    sheet = [[TITLE.removesuffix(" 2023")], [f"{QUESTION} Andel i hög eller mycket hög utsträckning"], ["Kommun", 2022, 2023]]
    found = made(workbook(A=[*sheet, ["Mariestad", 0.24, 0.26], ["Riket", 0.24, 0.25]]))
    assert values(found) == [
        ["kommun", "1493", 2022, 24.0],
        ["kommun", "1493", 2023, 26.0],
        ["riket", "Riket", 2022, 24.0],
        ["riket", "Riket", 2023, 25.0],
    ]
    assert kinds(found) == {"andel_som_brak", "antal_svar_saknas"}
    assert set(found.tables["survey_results"]["item"]) == {business_survey.ITEM}


def test_the_share_is_the_two_last_answers(made) -> None:
    shares = [(40, 41), (20, 20), (16, 15), (15, 14), (9, 10)]
    sheet = [[f"{TITLE}, Mariestad"], [QUESTION], ["Svarsalternativ", "Kommunen", "Riket"]]
    sheet += [[answer, *both] for answer, both in zip(ANSWERS, shares, strict=True)]
    found = made(workbook(A=[*sheet, ["Antal svar", 101, 31000]]))
    assert values(found) == [["kommun", "1493", 2023, 24.0], ["riket", "Riket", 2023, 24.0]]
    assert found.tables["survey_results"]["n"].tolist() == [101, 31000]
    assert (found.rows_read, found.rows_used, kinds(found)) == (6, 6, set())


def test_counted_companies_make_a_share_and_its_base(made) -> None:
    found = made(f"{TITLE}: brottslighet och otrygghet\nKommun;{';'.join(ANSWERS)};Vet ej\nSkövde;50;30;20;20;10;3\n")
    assert values(found) == [["kommun", "1496", 2023, pytest.approx(100 * 30 / 130)]]
    assert found.tables["survey_results"]["n"].tolist() == [130]


def test_the_ranking_is_background_and_never_a_share(made) -> None:
    found = made("Kommun;År;Ranking företagsklimat;Brottslighet och otrygghet\nMariestad;2023;143;24 %\nRiket;2023;;25 %\n")
    assert values(found) == [["kommun", "1493", 2023, 24.0], ["riket", "Riket", 2023, 25.0]]
    context = found.tables["context_figures"]
    assert context[["kommunkod", "year", "value", "unit"]].to_numpy().tolist() == [["1493", 2023, 143.0, "plats 1–290"]]


def test_a_ranking_alone_is_background(made) -> None:
    found = made("Ranking av företagsklimatet\nKommun;2022;2023\nMariestad;143;120\nSkövde;57;60\n")
    assert set(found.tables) == {"context_figures"}
    assert found.tables["context_figures"]["value"].tolist() == [143.0, 120.0, 57.0, 60.0]


def test_a_list_of_places_under_the_questions_name_is_not_used(made) -> None:
    found = made(
        f"{TITLE}\nKommun;Andel brottslighet och otrygghet;Brottslighet och otrygghet\nMariestad;24;45\nSkövde;31;289\n"
    )
    assert [value for *_, value in values(found)] == [24.0, 31.0]
    assert "ranking_ej_andel" in kinds(found)


def test_other_questions_are_set_aside(made) -> None:
    rows = [
        [TITLE],
        ["Fråga", "Mariestad", "Antal svar"],
        ["Sammanfattande omdöme", 3.4, 101],
        ["Brottslighet och otrygghet", 24, 99],
    ]
    found = made(workbook(A=rows))
    assert values(found) == [["kommun", "1493", 2023, 24.0]]
    assert [(item.reason, item.n_rows) for item in found.set_aside] == [(business_survey.OTHER_QUESTION, 1)]


def test_a_scale_without_its_last_step_stops(profile: Profile, terms: Taxonomy) -> None:
    file = raw(f"{TITLE}: brottslighet och otrygghet\nKommun;{';'.join(ANSWERS[:4])}\nSkövde;50;30;20;20\n")
    with pytest.raises(SourceError, match="mycket hög saknas"):
        business_survey.read(file, profile, terms)


@pytest.mark.parametrize(
    "content",
    ["code,name,fokusRanking,foretagsklimatRanking\n0780,Växjö,19,24\n", "Kommun;2023;2024\nMariestad;24000;24100\n"],
)
def test_other_files_are_refused(profile: Profile, content: str) -> None:
    assert business_survey.recognise(raw(content), profile) is not None


def test_the_list_of_indicators_with_a_ranking_is_not_the_survey(shared: Path, profile: Profile) -> None:
    path = shared / "data" / "kommun_indikatorer_2013" / "simplified_municipality_indicators.csv"
    assert business_survey.recognise(raw(path.read_bytes()), profile) is not None
