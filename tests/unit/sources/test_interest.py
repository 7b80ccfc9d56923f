"""What is told concerns the kommuner that the lägesbild shows, by name; and a row is set aside once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from lagesbild.profile import Profile
from lagesbild.sources import inspect
from lagesbild.sources.checks.parts_and_whole import parts_against_whole
from lagesbild.sources.inspection import period
from lagesbild.sources.people.implied import implied, with_implied
from lagesbild.tables import TABLES, Tables, validate
from lagesbild.taxonomy import Taxonomy

Put = Callable[..., Path]


def offences(*rows: tuple[str, str, int | None, int, float]) -> pd.DataFrame:
    """kommunkod, offence, month, count, rate of 2021, final."""
    names = ["kommunkod", "offence", "month", "count", "rate_per_100k"]
    frame = pd.DataFrame(rows, columns=names).assign(year=2021, key_type="group", status="final", missing=None)
    return validate("reported_offences", frame[TABLES["reported_offences"].names], "t")


def people(*rows: tuple[str, int]) -> pd.DataFrame:
    return validate("population", pd.DataFrame(rows, columns=["kommunkod", "population"]).assign(year=2021), "t")


def test_a_kommun_on_anothers_row_never_replaces_the_delivered_population() -> None:
    """1 347 at 12 996 is 10 365 people: Markaryd, not Mark, which had 35 201."""
    tables = Tables(
        reported_offences=offences(("1463", "Totalt antal brott", None, 1347, 12_996.0)), population=people(("1463", 35_201))
    )
    found, doubts = with_implied(tables, tables.population[["kommunkod", "year"]])
    assert found.population["population"].tolist() == [35_201]
    assert doubts == ()


def test_a_sum_of_two_rounded_rates_contradicts_nobody() -> None:
    """5 558 at 10 188 is 54 554 people, by which 739 is 1 354.6; printed as 1 354, the sum of 1 000.4 and 354.2 rounded."""
    rows = offences(("1496", "Totalt", None, 5558, 10_188.0), ("1496", "Narkotika och vapen", None, 739, 1354.0))
    row = implied(rows).iloc[0]
    assert (round(row["population"]), bool(row["is_agreed"])) == (54_554, True)


def test_only_kommuner_of_interest_are_counted() -> None:
    rows = offences(("1493", "Totalt", None, 2736, 11_114.0), ("1463", "Totalt", None, 1347, 12_996.0))
    [doubt] = with_implied(Tables(reported_offences=rows), None, frozenset({"1493"}))[1]
    assert doubt.n_rows == 1


def test_monthly_groups_overlap_and_are_not_held_against_the_total(terms: Taxonomy) -> None:
    rows = offences(
        ("1493", "Totalt antal brott", 2, 10, 40.0),
        ("1493", "Vissa trafikbrott", 2, 8, 32.0),
        ("1493", "Alkohol- och narkotikabrott", 2, 8, 32.0),
    )
    assert parts_against_whole(Tables(reported_offences=rows), terms) == ()


def test_a_file_of_months_tells_its_months() -> None:
    rows = offences(("1493", "Totalt", 4, 1, 4.0), ("1493", "Totalt", 11, 1, 4.0))
    assert period({"reported_offences": rows}) == "2021-04 – 2021-11"
    assert period({"reported_offences": rows[:1]}) == "2021-04"


def test_a_row_that_still_gives_one_figure_is_not_set_aside(put: Put, profile: Profile, terms: Taxonomy) -> None:
    """The population yields to the mean of year-ends, but the fires of the same row are kept: two rows, none set aside."""
    put("a.csv", "Municipality,Cases,Population,Year\nMariestad,1,23870,2013\nMariestad,2,23921,2014\n")
    put("b.csv", "kommunkod,year,population\n1493,2013,23900\n1493,2014,23896\n")
    found = {one.path: one for one in inspect(profile, terms).files}
    assert found["a.csv"].problems == ()
    assert (found["a.csv"].rows_read, sum(part.n_rows for part in found["a.csv"].set_aside)) == (2, 0)


WIDE = "År;Vecka;Organisation;Skadegörelse;Narkotika;Buskörning\n2025;1;Bostads AB;2;0;1\n2025;2;Bostads AB;0;1;\n"


def test_a_list_of_counts_per_week_is_est_and_no_survey(put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("vecka.csv", WIDE)
    [line] = inspect(profile, terms).files
    assert (line.reader, line.rows_read) == ("EST-lista", 2)


def test_a_year_in_its_own_column_is_not_missed(put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("vecka.csv", WIDE)
    assert "ar_ur_bladet" not in {doubt.kind for doubt in inspect(profile, terms).doubts}


def test_headings_in_an_analysts_own_words_are_est(put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("est.csv", "När det hände;Vem rapporterar;Vad det gällde\n2025-03-01;Fritid;Klotter\n")
    [line] = inspect(profile, terms).files
    assert (line.reader, line.problems) == ("EST-lista", ())


def test_a_survey_without_known_questions_says_what_to_write(put: Put, profile: Profile, terms: Taxonomy) -> None:
    put("enkat.csv", "Löpnr;Vikt;Stratum;Kön;Trivs du här?\n1;1,2;Tätort;Kvinna;Ja\n2;0,8;Land;Man;Nej\n")
    [line] = inspect(profile, terms).files
    assert "Skriv i profilen under [survey.columns]" in line.problems[0].what
