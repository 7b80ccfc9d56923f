"""The population that a count and its printed rate imply, with what rounding leaves open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.profile import Profile
from lagesbild.sources import bra_indicators_long, read
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.people.implied import implied, with_implied
from lagesbild.tables import Tables, validate
from lagesbild.taxonomy import Taxonomy


def offences(*rows: tuple[str, int, int | None, float | None], month: int | None = None) -> pd.DataFrame:
    """reported_offences of rows offence, year, count, rate for Mariestad."""
    frame = pd.DataFrame(rows, columns=["offence", "year", "count", "rate_per_100k"])
    frame = frame.assign(kommunkod="1493", key_type="group", month=month, status="final", missing=None)
    return validate("reported_offences", frame.assign(missing=frame["missing"].mask(frame["count"].isna(), "suppressed")), "t")


def test_one_series_by_hand() -> None:
    """250 of 25 000 is 1 000 per 100 000. With ±½: 25 000 000/1 000.5 = 24 987.5 and 25 000 000/999.5 = 25 012.5."""
    row = implied(offences(("a", 2024, 250, 1000.0))).iloc[0]
    assert row["population"] == pytest.approx(25_000, abs=0.01)
    assert row["off"] == pytest.approx(12.5, abs=0.01)


def test_several_series_narrow_it() -> None:
    """2 500 at 10 000: 24 998.75–25 001.25. 37 at 148 alone says 24 916–25 085: the middle of the overlap stays 25 000."""
    row = implied(offences(("a", 2024, 2500, 10_000.0), ("b", 2024, 37, 148.0))).iloc[0]
    assert row["population"] == pytest.approx(25_000, abs=0.01)
    assert row["off"] == pytest.approx(1.25, abs=0.01)
    assert row["is_agreed"]


def test_series_that_disagree_leave_it_to_the_highest_rate() -> None:
    row = implied(offences(("a", 2024, 2500, 10_000.0), ("b", 2024, 50, 300.0))).iloc[0]
    assert not row["is_agreed"]
    assert row["population"] == 25_000


def test_zero_and_missing_tell_nothing() -> None:
    assert implied(offences(("a", 2024, 0, 0.0), ("b", 2024, 3, None), ("c", 2024, None, 10.0))).empty


def test_delivered_population_goes_first() -> None:
    given = validate("population", pd.DataFrame({"kommunkod": ["1493"], "year": [2024], "population": [24_634]}), "t")
    rows = offences(("a", 2023, 2500, 10_000.0), ("a", 2024, 2500, 10_000.0))
    tables, doubts = with_implied(Tables(reported_offences=rows, population=given))
    assert tables.population.to_numpy().tolist() == [["1493", 2023, 25_000], ["1493", 2024, 24_634]]
    assert tables.population.dtypes.to_dict() == given.dtypes.to_dict()
    assert [(doubt.kind, doubt.n_rows) for doubt in doubts] == [("folkmangd_harledd", 1)]
    assert "1 kommunår (2023)" in doubts[0].what.replace("\N{NO-BREAK SPACE}", " ")
    assert "högst 2 personer" in doubts[0].action.replace("\N{NO-BREAK SPACE}", " ")


def test_a_lone_year_end_yields_and_both_figures_are_told() -> None:
    given = validate(
        "population", pd.DataFrame({"kommunkod": "1493", "year": [2023, 2024], "population": [24_900, 24_634]}), "t"
    )
    rows = offences(("a", 2023, 2500, 10_000.0), ("a", 2024, 2500, 10_000.0))
    tables, doubts = with_implied(Tables(reported_offences=rows, population=given), given.loc[[1], ["kommunkod", "year"]])
    assert tables.population.to_numpy().tolist() == [["1493", 2023, 24_900], ["1493", 2024, 25_000]]
    assert [doubt.kind for doubt in doubts] == ["folkmangd_olika"]
    assert "Mest skiljer Mariestad 2024: 25 000 mot 24 634." in doubts[0].what.replace("\N{NO-BREAK SPACE}", " ")


def test_a_lone_year_end_stays_where_the_series_disagree() -> None:
    given = validate("population", pd.DataFrame({"kommunkod": ["1493"], "year": [2024], "population": [24_634]}), "t")
    rows = offences(("a", 2024, 2500, 10_000.0), ("b", 2024, 50, 300.0))
    assert with_implied(Tables(reported_offences=rows, population=given), given[["kommunkod", "year"]])[1] == ()


def test_an_unsure_population_is_left_out() -> None:
    """A rate of 999 leaves more than one in two thousand open."""
    assert with_implied(Tables(reported_offences=offences(("a", 2024, 250, 999.0))))[1] == ()
    assert len(with_implied(Tables(reported_offences=offences(("a", 2024, 250, 1000.0))))[0].population) == 1


def test_disagreement_is_told() -> None:
    rows = offences(("a", 2024, 2500, 10_000.0), ("b", 2024, 50, 300.0))
    doubts = with_implied(Tables(reported_offences=rows))[1]
    assert [doubt.kind for doubt in doubts] == ["folkmangd_harledd", "folkmangd_oense"]


def test_nothing_to_fill() -> None:
    tables = Tables()
    assert with_implied(tables)[0] is tables
    assert with_implied(tables)[1] == ()


def test_a_delivery_without_population_gets_one(profile: Profile, terms: Taxonomy, put: Callable[..., Path]) -> None:
    put(
        "a.csv",
        "geografi,enhet,ar,variabel,varde,kalla\nMariestad,Antal,2024,Totalt antal anmälda brott,2308,A\n"
        "Mariestad,Antal per 100 000 inv,2024,Totalt antal anmälda brott,9369,A\n",
    )
    delivery = read(profile, terms)
    assert delivery.tables.population.to_numpy().tolist() == [["1493", 2024, 24_634]]
    assert "folkmangd_harledd" in {doubt.kind for doubt in delivery.doubts}
    assert not any("Befolkning saknas" in doubt.what for doubt in delivery.doubts)


def test_dalarna_against_deso(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    """Brå's rates give the mean of two year-ends of the DeSO sums for all 12 kommuner, within the stated error."""
    folder = shared / "data" / "dalarna"
    path = folder / "bra_kommunindikatorer.csv"
    rows = bra_indicators_long.read(RawFile(path, path.name, path.read_bytes()), profile, terms).tables["reported_offences"]
    found = implied(rows)
    assert (len(found), found["is_agreed"].all(), round(found["off"].max(), 2)) == (96, True, 1.45)
    ends = pd.read_csv(folder / "befolkning_deso_dalarna_2022_2025.csv", dtype={"Kommunkod": "str"})
    ends = ends.pivot_table(index="Kommunkod", columns="år", values="bef", aggfunc="sum")
    for year in (2023, 2024):
        mean = (ends[year - 1] + ends[year]) / 2
        of_year = found[found["year"].eq(year)].set_index("kommunkod")
        assert ((of_year["population"] - mean[of_year.index]).abs() <= of_year["off"]).all()
    assert (ends.loc["2084", 2023] + ends.loc["2084", 2024]) / 2 == 22_585
