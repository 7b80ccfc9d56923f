from __future__ import annotations

import pandas as pd
import pytest

from lagesbild.measures import Measures, measure
from lagesbild.measures.reported import reported
from lagesbild.profile import Profile
from lagesbild.sources import read
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

GROUP = ["kommunkod", "offence", "year", "count"]
DAMAGE = "12 kap. Skadegörelsebrott"


@pytest.fixture
def tables(table) -> Tables:
    rows = [
        (code, DAMAGE, year, count) for code, count in (("1493", 240), ("1499", 300), ("1496", 500)) for year in (2024, 2025)
    ]
    people = [(code, year, n) for code, n in (("1493", 24_000), ("1499", 33_000), ("1496", 58_000)) for year in (2024, 2025)]
    return Tables(
        reported_offences=table("reported_offences", GROUP, rows),
        population=table("population", ["kommunkod", "year", "population"], people),
        peers=table("peers", ["kommunkod", "peer_group"], [(code, "grannar") for code in ("1493", "1499", "1496")]),
    )


def published(found: Measures) -> pd.DataFrame:
    """The rates that Brå's counts give, without what the years before let expect."""
    return found.rows[found.rows["measure"].eq("reported_rate")]


def test_own_peer_and_pooled_rates(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = published(reported(tables, profile, taxonomy))
    latest = rows[rows["year"].eq(2025)].set_index(["role", "geography"])
    assert latest.loc[("own", "1493"), "value"] == pytest.approx(1000.0)
    assert latest.loc[("peer", "1496"), "value"] == pytest.approx(100_000 * 500 / 58_000)
    pooled = latest.loc[("peers", "jamforbara")]
    assert (pooled["numerator"], pooled["denominator"]) == (800, 91_000)
    assert latest.loc[("own", "1493"), "lower"] < 1000 < latest.loc[("own", "1493"), "upper"]
    assert rows["is_published"].all()


def test_a_police_area_adds_up_and_needs_all_its_kommuner(tables: Tables, police_area: Profile, taxonomy: Taxonomy) -> None:
    offences = tables.reported_offences
    holed = Tables(
        reported_offences=offences[~(offences["kommunkod"].eq("1499") & offences["year"].eq(2024))],
        population=tables.population,
        peers=tables.peers,
    )
    found = reported(holed, police_area, taxonomy)
    own = published(found).query("role == 'own'")
    assert own[["geography", "year", "numerator", "denominator"]].to_numpy().tolist() == [
        ["ostra-skaraborg", 2025, 540, 57_000]
    ]
    assert set(found.rows.loc[found.rows["role"].eq("peer"), "geography"]) == {"1496"}
    (doubt,) = [doubt for doubt in found.doubts if doubt.kind == "kommun_saknas"]
    assert "2024" in doubt.what
    assert "Falköping" in doubt.what


def test_population_follows_from_counts_and_rates_where_it_is_missing(
    table, tables: Tables, profile: Profile, taxonomy: Taxonomy
) -> None:
    rows = [("1493", "Totalt antal brott", 2025, 2418, 9869.0), ("1493", DAMAGE, 2025, 234, 955.0)]
    listed = table("reported_offences", [*GROUP, "rate_per_100k"], rows)
    found = reported(Tables(reported_offences=listed), profile, taxonomy)
    assert published(found)["denominator"].round().tolist() == [24_501.0, 24_501.0]
    assert "folkmangd_harledd" in {doubt.kind for doubt in found.doubts}


def test_without_population_or_rates_there_are_no_rates_but_a_doubt(
    tables: Tables, profile: Profile, taxonomy: Taxonomy
) -> None:
    found = reported(Tables(reported_offences=tables.reported_offences), profile, taxonomy)
    assert found.rows.empty
    assert "folkmangd_saknas" in {doubt.kind for doubt in found.doubts}


def test_a_preliminary_year_says_so(table, tables: Tables, profile: Profile, taxonomy: Taxonomy) -> None:
    rows = [("1493", DAMAGE, 2024, 240, "final"), ("1493", DAMAGE, 2025, 260, "preliminary")]
    listed = table("reported_offences", [*GROUP, "status"], rows)
    found = reported(Tables(reported_offences=listed, population=tables.population), profile, taxonomy)
    assert published(found)["status"].tolist() == ["final", "preliminary"]
    assert {"preliminart_ar", "jamforelse_saknas"} <= {doubt.kind for doubt in found.doubts}


def test_breaks_are_told_only_inside_the_window_and_for_what_is_there(
    table, tables: Tables, profile: Profile, taxonomy: Taxonomy
) -> None:
    rows = [("1493", "9 kap. Bedrägeri och annan oredlighet", year, 90) for year in range(2015, 2026)]
    people = [("1493", year, 24_000) for year in range(2015, 2026)]
    delivered = Tables(
        reported_offences=table("reported_offences", GROUP, rows),
        population=table("population", ["kommunkod", "year", "population"], people),
    )

    def told(year: int) -> list[str]:
        doubts = measure(delivered, profile.for_year(year), taxonomy).doubts
        return [doubt.where for doubt in doubts if doubt.kind == "tidsseriebrott"]

    assert "anmälda brott, Bedrägeri, särskilt mot äldre" in told(2022)
    assert "anmälda brott, Bedrägeri, särskilt mot äldre" not in told(2023)
    assert not any("Sexualbrott" in where for where in told(2022))


def test_embedded_figures_of_mariestad(root, taxonomy: Taxonomy) -> None:
    profile = Profile.load(root / "profiles" / "mariestad.toml")
    rows = published(measure(read(profile, taxonomy).tables, profile, taxonomy))
    total = rows[rows["problem_area"].eq("totalt") & rows["role"].eq("own") & rows["year"].eq(2025)].iloc[0]
    assert (total["numerator"], round(total["value"])) == (2418, 9869)
    damage = rows[rows["problem_area"].eq("skadegorelse") & rows["year"].between(2020, 2022)]
    sums = damage.groupby("role", observed=True)[["numerator", "denominator"]].sum()
    rate = 100_000 * sums["numerator"] / sums["denominator"]
    assert (round(rate["own"]), round(rate["peers"])) == (1222, 808)
    assert round(rate["own"] / rate["peers"], 2) == 1.51
