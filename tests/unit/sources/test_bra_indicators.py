"""Brå's workbook per kommun: reported crime by year, NTU with limits, and the number of respondents."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_indicators, read
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy

PLACES = ("Mariestad", "Västra Götalands län", "Hela landet")
OFFENCE = "Skadegörelsebrott (anmälda brott) i kommunen, länet och hela landet 2023–2024"
EXPOSED = "Självrapporterad utsatthet för misshandel 2022–2023, enligt NTU 2023–2024. Andel (%) utsatta i befolkningen."
PROBLEM = "Problem med klotter i det egna bostadsområdet, enligt NTU 2023–2024. Andel (%) i befolkningen (16–84 år)."
LIMITS = ("Andel", "KI (95 %) undre gräns", "KI (95 %) övre gräns")


def crime(title: str, *rows: Sequence[object], years: Sequence[object] = ("2023", "2024*")) -> list[Sequence[object]]:
    """A sheet of reported crime with notes below."""
    heads = [f"{what} {year}" for what in ("Antal", "Antal per 100 000 inv") for year in years]
    return [[title], ["", *heads], *rows, [], ["* Reviderad."], ["Källa: Brå."]]


def survey(title: str, *rows: Sequence[object], heads: Sequence[str] = LIMITS) -> list[Sequence[object]]:
    """A sheet of NTU with a merged region above each block."""
    places = [cell for place in PLACES for cell in (place, *[None] * (len(heads) - 1))]
    return [[title], [], [None, *places], ["År", *heads * 3], *rows, [], ["Källa: NTU. Två dotter: för få svarande."]]


def book(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """The sheets as a workbook, regions merged as Brå merges them."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
        if "NTU" in name and "Antal" not in name:
            for first in ("B3:D3", "E3:G3", "H3:J3"):
                page.merge_cells(first)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def whole() -> bytes:
    """Three indicators, an introduction and the respondents."""
    return book(
        {
            "Om indikatorerna": [["Indikatorer för kommuners lägesbild"], ["Läs mer hos Brå."]],
            "Skadegörelse (anmälda)": crime(
                OFFENCE,
                ["Mariestad", 251, "1 234", "1 015", "4\u2009986"],
                [PLACES[1], 20500, 21000, 1170, 1190],
                ["Hela landet", 150000, 151000, 1420, 1430],
            ),
            "Misshandel-NTU": survey(
                EXPOSED, [2022, 2.5, 1.4, 3.8, 3.1, 2.8, 3.4, 3, 2.9, 3.1], [2023, "..", "..", "..", 3.2, 2.9, 3.5, 3.1, 3, 3.2]
            ),
            "Klotter-NTU": survey(PROBLEM, [2023, 4, 1, 6, 5, 4, 6, 6, 5.9, 6.1], [2024, 3, 1, 5, 5, 4, 6, 6, 5.9, 6.1]),
            "Antal svarande NTU": [
                ["Antal svarande i NTU 2023–2024."],
                [],
                [None, *PLACES],
                ["År", "Antal", "Antal", "Antal"],
                [2023, 128, 11000, "63\u00a0683"],
                [2024, 118, 11200, 64751],
            ],
        }
    )


def reading(data: bytes, profile: Profile, terms: Taxonomy) -> Reading:
    file = RawFile(Path("brå.xlsx"), "brå.xlsx", data)
    assert bra_indicators.recognise(file, profile) is None
    return bra_indicators.read(file, profile, terms)


def test_reported_crime_is_the_kommuns_alone(profile: Profile, terms: Taxonomy) -> None:
    result = reading(whole(), profile, terms)
    rows = result.tables["reported_offences"]
    assert rows[["kommunkod", "offence", "key_type", "year", "count", "rate_per_100k", "status"]].to_numpy().tolist() == [
        ["1493", "Skadegörelsebrott", "indicator", 2023, 251, 1015.0, "final"],
        ["1493", "Skadegörelsebrott", "indicator", 2024, 1234, 4986.0, "final"],
    ]
    assert {item.reason: item.n_rows for item in result.set_aside} == {'bladet "Om indikatorerna" har ingen tabell': 2}
    beside = result.tables["reference_offences"]
    assert set(beside["geography_level"]) == {"lan", "riket"}
    assert set(beside["offence"]) == {"Skadegörelsebrott"}


def test_ntu_has_limits_and_respondents_of_the_survey_year(profile: Profile, terms: Taxonomy) -> None:
    rows = reading(whole(), profile, terms).tables["survey_results"].set_index(["item", "geography", "year"])
    graffiti = rows.loc[("Problem med klotter i det egna bostadsområdet", "1493", 2024)]
    assert graffiti[["value", "lower", "upper", "n"]].tolist() == [3, 1, 5, 118]
    assert rows.loc[("Problem med klotter i det egna bostadsområdet", "Riket", 2023), "n"] == 63683
    assert rows.loc[("Problem med klotter i det egna bostadsområdet", PLACES[1], 2024), "geography_level"] == "lan"


def test_exposure_is_moved_to_the_year_of_the_survey(profile: Profile, terms: Taxonomy) -> None:
    result = reading(whole(), profile, terms)
    rows = result.tables["survey_results"]
    exposed = rows[rows["item"].eq("Självrapporterad utsatthet för misshandel") & rows["geography"].eq("1493")]
    assert exposed["year"].tolist() == [2023, 2024]
    assert exposed["n"].tolist() == [128, 118]
    assert exposed["missing"].tolist()[1] == "suppressed"
    assert [doubt.kind for doubt in result.doubts] == ["ntu_avser_aret_fore"]
    assert "2022–2023" in result.doubts[0].what


def test_every_row_is_accounted_for(profile: Profile, terms: Taxonomy) -> None:
    result = reading(whole(), profile, terms)
    assert (result.rows_read, result.rows_used, result.n_lost) == (11, 9, 0)


def test_a_title_that_stands_twice_yields_to_the_sheets_name(profile: Profile, terms: Taxonomy) -> None:
    speeding = "Problem med fortkörning i det egna bostadsområdet, enligt NTU 2018–2024. Andel (%)."
    one, other = [2024, *(20, 15, 25) * 3], [2024, *(9, 7, 12) * 3]
    data = book({"Fortkörning-NTU": survey(speeding, one), "Störande körning-NTU": survey(speeding, other)})
    rows = reading(data, profile, terms).tables["survey_results"]
    own = rows[rows["geography"].eq("1493")].set_index("item")["value"]
    assert own["Problem med övrig störande körning i det egna bostadsområdet"] == 9
    assert own["Problem med fortkörning i det egna bostadsområdet"] == 20


@pytest.mark.parametrize(
    ("sheet", "title", "label"),
    [
        ("VINR kvinnor (anmälda)", "", "Våld i nära relationer, mot kvinnor"),
        ("5", "Våld i nära relationer, mot kvinnor i kommunen, länet och hela landet", "Våld i nära relationer, mot kvinnor"),
        ("Våld ute pojkar-anmälda", "", "Våld i offentlig miljö mot barn och unga, pojkar"),
        ("1", "Totalt antal anmälda brott", "Totalt antal anmälda brott"),
        ("12", "Stöldbrott", "Stöld och tillgreppsbrott, totalt"),
    ],
)
def test_series_are_known_by_title_or_sheet(sheet: str, title: str, label: str, profile: Profile, terms: Taxonomy) -> None:
    data = book({sheet: crime(title, ["Mariestads kommun", 1, 2, 4, 8])})
    assert set(reading(data, profile, terms).tables["reported_offences"]["offence"]) == {label}


def test_every_label_of_the_map_is_in_the_taxonomy(terms: Taxonomy) -> None:
    groups, items = terms.offence_groups, terms.survey_items
    assert set(bra_indicators.labels.LAYOUT["offences"]) <= set(groups.loc[groups["era"].eq("lagesbild"), "label"])
    assert set(bra_indicators.labels.LAYOUT["items"]) <= set(items.loc[items["survey"].eq("ntu"), "item"])


def test_merged_years_stand_at_the_later_one(profile: Profile, terms: Taxonomy) -> None:
    data = book({"Klotter-NTU": survey("Problem med klotter, enligt NTU", ["2017/2018", *(5, 4, 6) * 3])})
    result = reading(data, profile, terms)
    assert set(result.tables["survey_results"]["year"]) == {2018}
    assert [(doubt.kind, doubt.n_rows) for doubt in result.doubts] == [("sammanslagna_ar", 1)]


def test_years_across_with_merged_years(profile: Profile, terms: Taxonomy) -> None:
    heads = [f"{what} 2017/2018" for what in LIMITS]
    data = book({"Oro för rån": [["Oro för att utsättas för rån, enligt NTU"], [None, *heads], ["Mariestad", 5, 3, 8]]})
    row = reading(data, profile, terms).tables["survey_results"].iloc[0]
    assert (row["item"], row["year"], row["value"], row["upper"]) == ("Oro för att utsättas för rån", 2018, 5, 8)


def test_a_preliminary_year_says_so(profile: Profile, terms: Taxonomy) -> None:
    data = book({"6": crime("Bilbrott", ["Mariestad", 46, 50, 204, 220], years=("2024", "2025 prel."))})
    rows = reading(data, profile, terms).tables["reported_offences"]
    assert rows[["year", "status"]].to_numpy().tolist() == [[2024, "final"], [2025, "preliminary"]]


def test_all_faults_are_told_at_once(profile: Profile, terms: Taxonomy) -> None:
    data = book(
        {
            "Bilbrott (anmälda)": crime("Bilbrott", ["Mariestadd", 1, 2, 3, 4], ["Mariestad", "många", 2.5, 3, 4]),
            "Klotter-NTU": survey(PROBLEM, [2024, 140, 1, 2, 3, 2, 4, 3, 2, 4]),
        }
    )
    with pytest.raises(SourceError) as caught:
        reading(data, profile, terms)
    text = str(caught.value)
    assert 'blad "Bilbrott (anmälda)", rad 3: "Mariestadd" är ingen känd kommun.' in text
    assert "Närmast: Mariestad" in text
    assert '"många" kan inte stå här.' in text
    assert '"2.5" kan inte stå här.' in text
    assert '"140" kan inte stå här.' in text


def test_a_value_outside_its_limits_stops(profile: Profile, terms: Taxonomy) -> None:
    data = book({"Klotter-NTU": survey(PROBLEM, [2024, 4, 6, 1, *(3, 2, 4) * 2])})
    with pytest.raises(SourceError, match="ligger utanför sitt osäkerhetsintervall"):
        reading(data, profile, terms)


def test_an_unknown_indicator_is_kept_in_doubt(profile: Profile, terms: Taxonomy) -> None:
    result = reading(book({"16": crime("Sprängningar", ["Mariestad", 1, 2, 4, 8])}), profile, terms)
    assert set(result.tables["reported_offences"]["offence"]) == {"Sprängningar"}
    assert [doubt.kind for doubt in result.doubts] == ["okand_indikator"]


def test_a_sheet_nobody_names_stops(profile: Profile, terms: Taxonomy) -> None:
    data = book({"Bilbrott": crime("Bilbrott", ["Mariestad", 1, 2, 4, 8]), "NTU": survey("", [2024, *(3, 2, 4) * 3])})
    with pytest.raises(SourceError, match="varken titeln i A1 eller bladets namn"):
        reading(data, profile, terms)


def test_other_workbooks_are_refused(profile: Profile) -> None:
    table = [["kommun", 2024, 2025], ["Mariestad", 24000, 24100]]
    shares = [["Egen enkät"], [None, "Centrum"], [None, "Andel", "KI undre", "KI övre"], [2024, 3, 2, 4]]
    file = RawFile(Path("a.xlsx"), "a.xlsx", book({"Blad1": table, "Blad2": shares}))
    assert bra_indicators.recognise(file, profile) is not None


def test_two_kommuner_share_one_country(profile: Profile, terms: Taxonomy, put: Callable[..., Path]) -> None:
    row = [2024, *(3, 2, 4) * 3]
    put("a.xlsx", book({"Klotter-NTU": survey(PROBLEM, row)}))
    changed = survey(PROBLEM, row)
    changed[2] = ["", "Skövde", None, None, *changed[2][4:]]
    put("b.xlsx", book({"Klotter-NTU": changed}))
    delivery = read(profile, terms)
    rows = delivery.tables.survey_results
    assert sorted(rows["geography"]) == ["1493", "1496", "Riket", PLACES[1]]
    assert not [doubt for doubt in delivery.doubts if doubt.kind == "motstridiga_filer"]
    assert pd.notna(rows["value"]).all()
