"""NTU per län: groups down, years across, the interval of the latest year only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import ntu_lan
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

UNSAFE = "Otrygghet vid utevistelse sent på kvällen i det egna bostadsområdet"
ROWS = (
    ["Tabell R4.1. Otrygghet vid utevistelse sent på kvällen i det egna bostadsområdet, 2023–2025. Andel (%)."],
    [None, None, None, None, None, "KI 2025", None],
    ["Grupp", "Region", "2023", "2024*", 2025, "Undre", "Övre"],
    ["Samtliga", "Hela landet", 27.0, "26,4", 25.1, 24.7, 25.5],
    [None, "Dalarnas län", 23, "..", 22.5, 20.1, 25.0],
    [None, "Region Bergslagen", 24, 23, 22, 21, 23],
    ["Kvinnor", "Dalarnas län", 31, 30, 29, 26, 32],
    ["Män", "Dalarnas län", 15, 14, None, None, None],
    [],
    ["* Reviderad."],
)


def file_of(**sheets: Sequence[Sequence[object]]) -> RawFile:
    return RawFile(Path("a.xlsx"), "a.xlsx", workbook(**sheets))


def reading(profile: Profile, terms: Taxonomy, rows: Sequence[Sequence[object]], name: str = "R4.1") -> Reading:
    file = file_of(**{"Om tabellerna": [["NTU 2025"]], name: rows})
    assert ntu_lan.recognise(file, profile) is None
    return ntu_lan.read(file, profile, terms)


def test_groups_regions_and_years(profile: Profile, terms: Taxonomy) -> None:
    rows = reading(profile, terms, ROWS).tables["survey_results"]
    assert set(rows["item"]) == {UNSAFE}
    assert rows.groupby(["group", "geography_level"], observed=True).size().to_dict() == {
        ("alla", "lan"): 3,
        ("alla", "riket"): 3,
        ("kvinnor", "lan"): 3,
        ("män", "lan"): 2,
    }
    assert set(rows["geography"]) == {"Dalarnas län", "Riket"}


def test_limits_belong_to_the_latest_year(profile: Profile, terms: Taxonomy) -> None:
    rows = reading(profile, terms, ROWS).tables["survey_results"].set_index(["geography", "group", "year"])
    assert rows.loc[("Riket", "alla", 2025), ["value", "lower", "upper"]].tolist() == [25.1, 24.7, 25.5]
    assert rows.loc[("Riket", "alla", 2024), "value"] == 26.4
    assert rows.loc[("Riket", "alla", 2024), ["lower", "upper"]].isna().all()
    assert rows.loc[("Dalarnas län", "alla", 2024), "missing"] == "suppressed"


def test_every_row_is_accounted_for(profile: Profile, terms: Taxonomy) -> None:
    result = reading(profile, terms, ROWS)
    assert (result.rows_read, result.rows_used, result.n_lost) == (6, 4, 0)
    assert {item.reason: item.n_rows for item in result.set_aside} == {
        'bladet "Om tabellerna" har ingen tabell': 1,
        "gäller ett annat område än ett län eller riket": 1,
    }


def test_the_sheet_tells_where_the_title_does_not(profile: Profile, terms: Taxonomy) -> None:
    rows = [["Tabell"], [], ["", "", 2024, 2025], ["Samtliga", "Hela landet", 5, 6]]
    assert (
        reading(profile, terms, rows, "R4.2").tables["survey_results"]["item"].iloc[0] == "Oro för att utsättas för misshandel"
    )
    unknown = reading(profile, terms, rows, "R9.9")
    assert [doubt.kind for doubt in unknown.doubts] == ["okand_fraga"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["Ungdomar", "Dalarnas län", 1, 2, 3], '"Ungdomar" är ingen känd grupp'),
        (["Män", "Dalarnas län", 1, 200, 3], 'blad "R4.1", rad 11, kolumn 2024\\*: det som står här är ingen andel'),
        (["Män", "Dalarnas län", 1, "x", 3], "ingen andel"),
        (["Män", "Örebro län", 1, 2, 3, 4, 5], 'blad "R4.1", rad 11: värdet för 2025 ligger utanför'),
        (["Kvinnor", "Dalarnas län", 1, 2, 3], "flera rader för samma grupp"),
    ],
)
def test_faults_stop(row: list[object], message: str, profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises(SourceError, match=message):
        reading(profile, terms, [*ROWS, row])


def test_only_other_regions_stop(profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises(SourceError, match="inga siffror för något län"):
        reading(profile, terms, [*ROWS[:3], ["Män", *ROWS[5][1:]]])


def test_other_workbooks_are_refused(profile: Profile) -> None:
    assert ntu_lan.recognise(file_of(**{"Blad1": ROWS}), profile) is not None
    assert (
        ntu_lan.recognise(file_of(**{"R4.1": [["Grupp", "Region", "Värde"], ["Män", "Dalarnas län", 3]]}), profile) is not None
    )
