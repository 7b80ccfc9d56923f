from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_totals
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

Put = Callable[..., Path]
Read = Callable[..., Reading]

NEWEST = "\ufeffKommun;Antal;Per 100 000 inv.\r\nAle;2 537;7 810\r\nMalung–Sälen;763;7 545\r\nMariestad;2 418;9 869\r\n"
OLDEST = "Ale kommun;2731;8547\nMariestads kommun;2736;11114\nSpånga-Tensta;4000;10000\nStockholm;207861;21262\n"
COPIED = "name;numCrimes;crimesRelative\nTranås kommun ;1745;9229\nVännäs kommun;400;4400\n"
CARD = 'title = "Anmälda brott i kommunerna {}"\nstatus = "{}"\npublished = "2026-03-27"\n'


@pytest.fixture
def read(profile: Profile, terms: Taxonomy, put: Put) -> Read:
    def reading(content: str | bytes, card: str = CARD.format(2025, "slutlig"), name: str = "lista.csv") -> Reading:
        path = put(name, content)
        if card:
            put(f"{name}.source.toml", card)
        file = RawFile(path, name, path.read_bytes())
        assert bra_totals.recognise(file, profile) is None
        return bra_totals.read(file, profile, terms)

    return reading


def rows(reading: Reading) -> list[list[object]]:
    return reading.tables["reported_offences"][["kommunkod", "count", "rate_per_100k"]].to_numpy().tolist()


def kinds(reading: Reading) -> list[str]:
    return [doubt.kind for doubt in reading.doubts if doubt.kind != "ofullstandig_fil"]


def test_the_newest_form_has_headings_and_spaces_in_its_numbers(read: Read) -> None:
    reading = read(NEWEST)
    assert rows(reading) == [["1440", 2537, 7810.0], ["2023", 763, 7545.0], ["1493", 2418, 9869.0]]
    frame = reading.tables["reported_offences"]
    assert set(frame["offence"]) == {"Totalt antal brott"}
    assert set(frame["year"]) == {2025}
    assert set(frame["status"]) == {"final"}
    assert kinds(reading) == []


def test_the_oldest_form_has_no_headings_and_parts_of_cities(read: Read) -> None:
    reading = read(OLDEST)
    assert rows(reading) == [["1440", 2731, 8547.0], ["1493", 2736, 11114.0], ["0180", 207861, 21262.0]]
    assert (reading.rows_read, reading.rows_used) == (4, 3)
    assert reading.set_aside == (SetAside("gäller en del av en kommun", 1),)


def test_a_republished_copy_has_headings_of_its_own(read: Read) -> None:
    assert rows(read(COPIED)) == [["0687", 1745, 9229.0], ["2460", 400, 4400.0]]


def test_a_list_saved_as_excel_is_the_same_list(read: Read) -> None:
    book = workbook(Blad1=[["Kommun", "Antal", "Per 100 000 inv."], ["Ale", 2537, 7810]], Anteckningar=[["hej"]])
    reading = read(book, name="lista.xlsx")
    assert rows(reading) == [["1440", 2537, 7810.0]]
    assert reading.set_aside == (SetAside('bladet "Anteckningar" används inte', 1),)


def test_missing_kommuner_are_counted_because_the_list_has_all(read: Read) -> None:
    doubt = read(NEWEST).doubts[-1]
    assert (doubt.kind, doubt.n_rows) == ("ofullstandig_fil", 287)
    assert doubt.what.startswith("287 av landets 290 kommuner saknas: Alingsås, Alvesta, Aneby, Arboga, Arjeplog och 282 till.")


# The year, which the file does not say ---------------------------------------------------------------------------------------


def year(reading: Reading) -> int:
    return int(reading.tables["reported_offences"]["year"].iloc[0])


def test_the_title_of_the_card_says_the_year_and_a_date_in_it_does_not(read: Read) -> None:
    card = 'title = "Anmälda brott 2021, hämtad 2024-08-08"\nstatus = "slutlig"\npublished = "2024-08-08"\n'
    reading = read(NEWEST, card)
    assert year(reading) == 2021
    assert kinds(reading) == []


def test_the_name_of_the_file_is_a_last_resort_and_doubted(read: Read) -> None:
    reading = read(NEWEST, "", "brott_2021.csv")
    assert year(reading) == 2021
    assert kinds(reading) == ["status_saknas", "ar_ur_namn"]
    assert "Året är taget ur filens namn" in str(reading.doubts[1])


def test_the_year_before_the_publication_is_a_guess_and_doubted(read: Read) -> None:
    reading = read(NEWEST, 'published = "2026-03-27"\nstatus = "slutlig"\n')
    assert year(reading) == 2025
    assert kinds(reading) == ["ar_ur_namn"]
    assert "Året är gissat som året före publiceringen (2026): 2025." in str(reading.doubts[0])


def problems(read: Read, *given: str) -> list[str]:
    with pytest.raises(SourceError) as error:
        read(*given)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize("card", ["", 'title = "Anmälda brott 2021 och 2022"\n'])
def test_without_a_year_the_error_says_where_to_write_it(read: Read, card: str) -> None:
    (problem,) = problems(read, NEWEST, card)
    assert problem == (
        "lista.csv: filen säger inte vilket år siffrorna gäller, och det gör inte heller källkortet. "
        "Väntat: ett år i källkortets titel. Skriv året i källkortets titel (lista.csv.source.toml), "
        'som title = "Anmälda brott i kommunerna 2025".'
    )


@pytest.mark.parametrize(("said", "status", "doubted"), [
    ("slutlig", "final", []), ("preliminär statistik", "preliminary", []), ("Prel.", "preliminary", []),
    ("", "preliminary", ["status_saknas"]), ("hämtad", "preliminary", ["status_saknas"]),
])  # fmt: skip
def test_the_card_says_whether_the_figures_are_final(read: Read, said: str, status: str, doubted: list[str]) -> None:
    reading = read(NEWEST, CARD.format(2025, said))
    assert set(reading.tables["reported_offences"]["status"]) == {status}
    assert kinds(reading) == doubted


# What is wrong ---------------------------------------------------------------------------------------------------------------


def test_every_problem_of_the_file_is_told_at_once(read: Read) -> None:
    text = "Kommun;Antal;Per 100 000 inv.\nMaristad kommun;2418;9869\nAle kommun;många;7810\nHjo kommun;270\n"
    told = "\n".join(problems(read, text))
    assert 'rad 2, kolumn Kommun: "Maristad kommun" är ingen känd kommun. Närmast: Mariestad' in told
    assert 'rad 3, kolumn Antal: "många" är ingen siffra.' in told
    assert "rad 4: raden har inte tre fält. Filen kan vara avklippt." in told


def test_turned_columns_are_told_by_the_population_they_imply(read: Read) -> None:
    (problem,) = problems(read, "Kommun;Antal;Per 100 000 inv.\nHjo;9869;240\nAle;2537;7810\n")
    assert "rad 2: antalet och talet per 100 000 invånare går inte ihop" in problem


@pytest.mark.parametrize("text", ["Kommun;Antal\nAle;2537\n", "Ale;2537;7810\n", "kommun;år;antal\nAle;2025;12\n"])
def test_another_table_is_refused(profile: Profile, text: str) -> None:
    refusal = bra_totals.recognise(RawFile(Path("a.csv"), "a.csv", text.encode()), profile)
    assert refusal is not None
    assert refusal.reason.startswith('rubrikerna är inte "Kommun;Antal;Per 100 000 inv."')


# The real file ---------------------------------------------------------------------------------------------------------------


def test_all_290_names_of_the_list_for_2021_are_kommuner(shared: Path, read: Read) -> None:
    """Figures read by hand in the file: preliminary, hence below (Mariestad) or above (Gullspång) the final ones."""
    raw = (shared / "data/bra_sol_2021/anmalda_brott.csv").read_bytes()
    reading = read(raw, CARD.format(2021, "preliminär"), "anmalda_brott.csv")
    frame = reading.tables["reported_offences"].set_index("kommunkod")
    assert (reading.rows_read, reading.rows_used, len(frame), frame.index.nunique()) == (290, 290, 290, 290)
    figures = frame[["count", "rate_per_100k"]]
    assert figures.loc[["1493", "1499", "2023", "0687"]].to_numpy().tolist() == [
        [2720, 11088.0],
        [3463, 10403.0],
        [763, 7545.0],
        [1745, 9229.0],
    ]
    assert set(frame["status"]) == {"preliminary"}
    assert reading.doubts == ()
    annual = pd.read_csv(
        shared / "data/bra_sol_ostra_skaraborg/bra_crime_annual_1996_2025.csv", sep=";", dtype={"kommun": "str"}
    )
    final = annual[annual["period"].eq(2021) & annual["key"].eq("total")].set_index("kommun")["count"]
    off = figures["count"].reindex(final.index) / final - 1
    assert off.abs().max() < 0.021
    assert (final["1493"], final["1447"], figures["count"]["1447"]) == (2736, 680, 688)
