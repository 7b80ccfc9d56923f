from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import kommun_statistics
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy

HEAD = "municip_code,municip_name,county_code,year,pop,share0_19,share75_,share_tertiary_school,tax_rate\n"
SIMPLE = "code,name,youthUnemployment2013,reportedCrime,population\n"


def read(content: bytes, profile: Profile, terms: Taxonomy) -> Reading:
    file = RawFile(Path("k"), "k.csv", content)
    assert kommun_statistics.recognise(file, profile) is None
    reading = kommun_statistics.read(file, profile, terms)
    assert reading.n_lost == 0
    return reading


def test_the_population_is_of_the_year_before_and_codes_get_their_zero(profile: Profile, terms: Taxonomy) -> None:
    text = HEAD + "114,Upplands Väsby,1,2022,47820,0.25,0.08,0.3,19.42\n1493,Mariestad,14,2022,24723,0.2134,0.1385,NA,21.26\n"
    reading = read(text.encode(), profile, terms)
    assert reading.tables["population"].to_records(index=False).tolist() == [("0114", 2021, 47820), ("1493", 2021, 24723)]
    own = reading.tables["context_figures"].query("kommunkod == '1493'").set_index("indicator")
    assert own["value"].to_dict() == pytest.approx({"share0_19": 21.34, "share75_": 13.85, "tax_rate": 21.26})
    assert own["year"].to_dict() == {"share0_19": 2021, "share75_": 2021, "tax_rate": 2022}


def test_a_code_beside_another_kommun_is_an_error(profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises(SourceError) as error:
        read((HEAD + "114,Vallentuna,1,2022,34000,0,0,0,0\n").encode(), profile, terms)
    assert "kommunkod 0114 står på samma rad som Vallentuna, som har 0115." in str(error.value)


def test_a_population_that_slipped_stops_the_file_and_names_the_kommuner(
    put: Callable[..., Path], profile: Profile, terms: Taxonomy
) -> None:
    put("k.csv", SIMPLE + "1493,Mariestad,1,842,23870\n2460,Vännäs,1,9,39784\n0120,Värmdö,1,9,33155\n")
    with pytest.raises(SourceError) as error:
        sources.read(profile, terms)
    told = str(error.value).replace("\N{NO-BREAK SPACE}", " ")
    assert told == (
        "k.csv, folkmängden: folkmängden kan inte vara rätt för 2 kommuner: Vännäs 2013 39 784 (enligt SCB omkring 8 600) och "
        "Värmdö 2013 33 155 (enligt SCB omkring 39 800). Väntat: kommunens egen folkmängd. "
        "Rätta talen, eller hämta folkmängden hos SCB."
    )


def test_a_population_that_only_changed_is_no_error(put: Callable[..., Path], profile: Profile, terms: Taxonomy) -> None:
    put("k.csv", SIMPLE + "0183,Sundbyberg,1,842,42626\n0330,Knivsta,1,9,15580\n")
    assert len(sources.read(profile, terms).tables.population) == 2


def test_the_real_panel(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    reading = read((shared / "data" / "scb_kommun" / "municip_data.csv").read_bytes(), profile, terms)
    assert (reading.rows_read, reading.rows_used, reading.set_aside) == (1739, 1739, ())
    mariestad = reading.tables["population"].query("kommunkod == '1493'").set_index("year")["population"]
    # Read by hand: 23 725 on the row of 2002, 24 723 on that of 2022; both are of the year before.
    assert (mariestad[2001], mariestad[2021], len(mariestad)) == (23725, 24723, 6)


def test_the_real_table_that_slipped_is_refused_with_all_twenty_six(
    shared: Path, put: Callable[..., Path], profile: Profile, terms: Taxonomy
) -> None:
    path = shared / "data" / "kommun_indikatorer_2013" / "simplified_municipality_indicators.csv"
    put("k.csv", path.read_bytes())
    with pytest.raises(SourceError) as error:
        sources.read(profile, terms)
    (problem,) = error.value.problems
    told = problem.what.replace("\N{NO-BREAK SPACE}", " ")
    assert told.startswith(
        "folkmängden kan inte vara rätt för 26 kommuner: Åsele 2013 39 866 (enligt SCB omkring 2 900), Växjö"
    )
    assert "Västerås 2013 85 822 (enligt SCB omkring 142 100)" in told
    assert told.count("(enligt SCB omkring") == 26
