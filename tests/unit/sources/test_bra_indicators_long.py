"""Brå's kommun indicators as one long table, from an invented sample and the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_indicators_long
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

HEAD = "geografi,enhet,ar,variabel,varde,kalla"
EXPOSED, GRAFFITI = "Självrapporterad utsatthet för rån", "Problem med klotter i det egna bostadsområdet"
SAMPLE = f"""{HEAD}
Mariestad,Antal,2024,Bilbrott,46.0,Anmälda brott
Mariestad,Antal per 100 000 inv,2024,Bilbrott,187.0,Anmälda brott
Hela landet,Antal,2024,Bilbrott,90000.0,Anmälda brott
Mariestad,Andel (%) utsatta i befolkningen (16-84 år).,2024,{EXPOSED},0.4,NTU
Mariestad,KI (95 %) undre gräns,2024,{EXPOSED},0.0,NTU
Mariestad,KI (95 %) övre gräns,2024,{EXPOSED},1.3,NTU
Mariestad,Andel (%) i befolkningen,2025,{GRAFFITI},4,NTU
Mariestad,,2025,Antal svarande i NTU.,137.0,NTU
"""


def file_of(content: str | bytes) -> RawFile:
    return RawFile(Path("lång.csv"), "lång.csv", content if isinstance(content, bytes) else content.encode())


def reading(content: str | bytes, profile: Profile, terms: Taxonomy) -> Reading:
    file = file_of(content)
    assert bra_indicators_long.recognise(file, profile) is None
    return bra_indicators_long.read(file, profile, terms)


def test_sample(profile: Profile, terms: Taxonomy) -> None:
    result = reading(SAMPLE, profile, terms)
    offence = result.tables["reported_offences"].iloc[0]
    assert offence[["kommunkod", "offence", "key_type", "count", "rate_per_100k"]].tolist() == [
        "1493",
        "Bilbrott",
        "indicator",
        46,
        187.0,
    ]
    surveys = result.tables["survey_results"].set_index("item")
    assert surveys.loc[EXPOSED, ["year", "value", "lower", "upper", "n"]].tolist() == [2025, 0.4, 0.0, 1.3, 137]
    assert surveys.loc[GRAFFITI, ["year", "value", "n"]].tolist() == [2025, 4, 137]
    assert (result.rows_read, result.rows_used, result.n_lost) == (8, 7, 0)
    assert result.set_aside[0].reason == "gäller ett annat område än en kommun"


def test_a_unit_in_the_label_is_no_part_of_the_question(profile: Profile, terms: Taxonomy) -> None:
    label = "Oro för att utsättas för bostadsinbrott enligt NTU. Andel (%) i befolkningen (16–84 år) som oroar sig."
    item = reading(f"{HEAD}\nMora,Andel (%),2025,{label},21,NTU\n", profile, terms).tables["survey_results"]["item"].iloc[0]
    assert terms.survey_items.set_index("item").loc[item, "short"] == "Oro för bostadsinbrott"


def test_the_same_table_in_a_workbook(profile: Profile, terms: Taxonomy) -> None:
    rows = [line.split(",") for line in SAMPLE.splitlines()]
    result = reading(workbook(Blad1=rows, Blad2=[["en anteckning"]]), profile, terms)
    assert len(result.tables["survey_results"]) == 2
    assert (result.rows_read, result.n_lost) == (9, 0)


def test_what_is_lost_is_told(profile: Profile, terms: Taxonomy) -> None:
    text = f"""{HEAD}
Mariestad,KI (95 %) övre gräns,2025,{GRAFFITI},6,NTU
Mariestad,Andel (%),2024,{GRAFFITI},4,NTU
Mariestad,Andel (%),2024,{GRAFFITI},4,NTU
Mariestad,,2019,Antal svarande i NTU.,137.0,NTU
Mariestad,Andel (%),2023,{GRAFFITI},,NTU
Polisregion Väst,Andel (%),2023,{GRAFFITI},5,NTU
Mariestad,Andel (%),2022,{GRAFFITI},..,NTU
"""
    result = reading(text, profile, terms)
    assert {item.reason: item.n_rows for item in result.set_aside} == {
        "antal svarande utan enkätvärden": 1,
        "gäller ett område som inte används": 1,
        "osäkerhetsintervall utan värde": 1,
        "saknar värde": 1,
        "upprepar en uppgift i samma fil": 1,
    }
    assert result.tables["survey_results"].set_index("year").loc[2022, "missing"] == "suppressed"
    assert (result.rows_read, result.rows_used) == (7, 2)


def test_all_faults_are_told_at_once(profile: Profile, terms: Taxonomy) -> None:
    text = f"""{HEAD}
Mariestadd,Antal,2024,Bilbrott,1,Anmälda brott
Mariestad,Kronor,2024,Bilbrott,1,Anmälda brott
Mariestad,Antal,tjugofyra,Bilbrott,1,Anmälda brott
Mariestad,Antal,2024,,1,Anmälda brott
Mariestad,Antal,2024,Bilbrott,ett,Anmälda brott
"""
    with pytest.raises(SourceError) as caught:
        reading(text, profile, terms)
    words = ["Närmast: Mariestad", '"Kronor"', '"tjugofyra"', "rad 5, kolumn variabel: cellen är tom", '"ett"']
    assert [word for word in words if word not in str(caught.value)] == []
    assert len(caught.value.problems) == 5


def test_two_figures_for_one_fact_stop(profile: Profile, terms: Taxonomy) -> None:
    text = f"{HEAD}\nMora,Antal,2024,Bilbrott,1,A\nMora,Antal,2024,Bilbrott,2,A\n"
    with pytest.raises(SourceError, match='rad 3: "Bilbrott" har flera olika siffror'):
        reading(text, profile, terms)


@pytest.mark.parametrize("text", ["geografi,enhet,ar,variabel", f"{HEAD},extra", "kommunkod,year,population", "x"])
def test_other_tables_are_refused(text: str, profile: Profile) -> None:
    assert bra_indicators_long.recognise(file_of(f"{text}\n1,2,3,4,5,6,7\n"), profile) is not None


def test_a_table_without_rows_stops(profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises(SourceError, match="inga siffror"):
        reading(f"{HEAD}\n", profile, terms)


def test_dalarna(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    """10 878 rows; 2 regions · 15 series · 8 years · 2 units of reported crime stand beside. Figures read off the file."""
    path = shared / "data" / "dalarna" / "bra_kommunindikatorer.csv"
    result = reading(path.read_bytes(), profile, terms)
    assert (result.rows_read, result.rows_used) == (10878, 10878)
    assert result.set_aside == ()
    beside = result.tables["reference_offences"].set_index(["geography", "offence", "year"])
    assert len(beside) == 240
    assert beside.loc[("Dalarnas län", "Skadegörelsebrott", 2024), ["count", "rate_per_100k"]].tolist() == [2592, 903.0]
    assert [doubt.kind for doubt in result.doubts] == ["ntu_avser_aret_fore", *["tidsseriebrott"] * 3]
    assert (
        "från 11\N{NO-BREAK SPACE}896 till 57\N{NO-BREAK SPACE}046 anmälda brott mellan 2017 och 2018" in result.doubts[1].what
    )
    offences, surveys = result.tables["reported_offences"], result.tables["survey_results"]
    assert (len(offences), offences["kommunkod"].nunique(), offences["offence"].nunique()) == (1440, 12, 15)
    assert (len(surveys), surveys["item"].nunique(), surveys["value"].notna().all()) == (2464, 20, True)
    n = surveys[surveys["year"].eq(2025)].drop_duplicates("geography").set_index("geography")["n"]
    assert n[["2084", "2021", "Riket"]].tolist() == [137, 51, 65338]
    exposed = surveys[surveys["item"].eq("Självrapporterad utsatthet för sexualbrott") & surveys["geography"].eq("Riket")]
    assert exposed.set_index("year")["value"].round(2)[2024] == 3.76  # the file says 2023: 3.762421618051587
