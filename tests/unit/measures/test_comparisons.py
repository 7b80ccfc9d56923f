"""Which kommuner the own is held against: a group with figures, other groups beside it, neighbours where there are enough."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.measures import Measures
from lagesbild.measures.nearest import neighbours
from lagesbild.measures.reported import reported
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

YEARS = (2023, 2024, 2025)
RATES = {
    "12 kap. Skadegörelsebrott": 0.01, "3-7 kap. Brott mot person": 0.02, "9 kap. Bedrägeri och annan oredlighet": 0.02,
    "Narkotikastrafflagen": 0.01, "Totalt antal brott": 0.1,
}  # fmt: skip
WEST = ("1493", "1499", "1496", "1447", "1446", "1497", "1498", "1472", "1473", "1495")


def delivered(table, kommuner: tuple[str, ...], seed: int = 1) -> Tables:
    random = np.random.default_rng(seed)
    people = {code: int(random.integers(9_000, 60_000)) for code in kommuner}
    rows = [
        (code, label, year, int(random.poisson(people[code] * rate)))
        for code in kommuner
        for label, rate in RATES.items()
        for year in YEARS
    ]
    return Tables(
        reported_offences=table("reported_offences", ["kommunkod", "offence", "year", "count"], rows),
        population=table(
            "population", ["kommunkod", "year", "population"], [(code, year, n) for code, n in people.items() for year in YEARS]
        ),
    )


def changed(profile: Profile, group: object) -> Profile:
    return Profile(**{**profile.model_dump(), "peer_group": group})


def peers(found: Measures) -> set[str]:
    return set(found.rows.loc[found.rows["role"].eq("peer"), "geography"])


def test_the_chosen_group_gives_the_rows_and_the_others_stand_beside(table, profile: Profile, taxonomy: Taxonomy) -> None:
    found = reported(delivered(table, WEST), changed(profile, "lan"), taxonomy)
    assert peers(found) == set(WEST) - {"1493"}
    assert found.compared is not None
    assert (found.compared.group.key, found.compared.n) == ("lan", 9)
    beside = {other.group.key: (other.n, other.missing.replace(chr(160), " ")) for other in found.others}
    assert beside == {
        "narmaste": (0, "Uppgifter finns för 9 andra kommuner; minst 20 behövs att välja bland."),
        "skr": (2, "Underlaget har uppgifter för två av gruppens 26 kommuner; minst fem behövs."),
    }


def test_another_group_with_the_same_kommuner_is_not_tried(table, profile: Profile, taxonomy: Taxonomy) -> None:
    found = reported(delivered(table, WEST), changed(profile, WEST[1:]), taxonomy)
    (lan,) = [other for other in found.others if other.group.key == "lan"]
    assert lan.missing == "I underlaget är det samma kommuner som i jämförelsegruppen."


def test_another_group_has_rows_like_the_chosen_one(table, profile: Profile, taxonomy: Taxonomy) -> None:
    tables = delivered(table, WEST)
    (lan,) = [o for o in reported(tables, changed(profile, ("1499", "1496")), taxonomy).others if o.group.key == "lan"]
    chosen = reported(tables, changed(profile, "lan"), taxonomy).rows
    pd.testing.assert_frame_equal(lan.rows, chosen[chosen["role"].ne("own")].reset_index(drop=True))


def test_no_comparison_is_made_where_none_is_wanted(table, profile: Profile, taxonomy: Taxonomy) -> None:
    found = reported(delivered(table, WEST), changed(profile, None), taxonomy)
    assert (found.compared, found.others, peers(found)) == (None, (), set())


def test_too_few_kommuner_for_neighbours_is_a_doubt(table, profile: Profile, taxonomy: Taxonomy) -> None:
    found = reported(delivered(table, WEST), changed(profile, "narmaste"), taxonomy)
    (doubt,) = [doubt for doubt in found.doubts if doubt.kind == "jamforelse_saknas"]
    assert doubt.what.replace(chr(160), " ") == "Uppgifter finns för 9 andra kommuner; minst 20 behövs att välja bland."
    assert peers(found) == set()


@pytest.fixture(scope="module")
def country(taxonomy: Taxonomy) -> tuple[str, ...]:
    return ("1493", *[code for code in taxonomy.kommuner["kommunkod"] if code != "1493"][::9])


def test_every_line_has_neighbours_of_its_own(table, profile: Profile, taxonomy: Taxonomy, country: tuple[str, ...]) -> None:
    found = reported(delivered(table, country), changed(profile, "narmaste"), taxonomy)
    assert found.compared is not None
    by_line = found.compared.group.by_line
    assert {len(codes) for codes in by_line.values()} == {10}
    assert "totalt" in by_line
    rows = found.rows[found.rows["role"].eq("peer")]
    for line, part in rows.groupby("problem_area"):
        assert set(part["geography"]) == set(by_line[str(line)])


def lines(seed: int, n: int = 40) -> pd.DataFrame:
    """kommunkod, line, year, count, population, status of n kommuner and five areas."""
    random = np.random.default_rng(seed)
    rows = []
    for kommun in range(n):
        people = float(random.integers(5_000, 90_000))
        mix = random.normal(0, 0.4, 5)
        for line, shift in zip(("skadegorelse", "trafik", "stold", "ran", "narkotika"), mix, strict=True):
            rows += [
                (f"{2000 + kommun}", line, year, int(random.poisson(people * 0.01 * np.exp(shift))), people) for year in YEARS
            ]
    frame = pd.DataFrame(rows, columns=["kommunkod", "line", "year", "count", "population"])
    return frame.assign(status="final")


def test_a_tie_goes_to_the_lower_code(taxonomy: Taxonomy) -> None:
    rows = lines(0)
    twin = rows[rows["kommunkod"].eq("2000")]
    rows = pd.concat([rows, twin.assign(kommunkod="2998"), twin.assign(kommunkod="2100")])
    assert neighbours(rows, ("2000",), taxonomy).by_line["ran"][:2] == ("2100", "2998")


def test_a_police_areas_kommuner_are_one_and_none_of_them_a_neighbour(taxonomy: Taxonomy) -> None:
    found = neighbours(lines(3), ("2000", "2001", "2002"), taxonomy).by_line
    assert not {"2000", "2001", "2002", ""} & {code for codes in found.values() for code in codes}


def test_a_kommun_without_a_count_of_the_mix_is_not_chosen(taxonomy: Taxonomy) -> None:
    rows = lines(0)
    nearest = neighbours(rows, ("2000",), taxonomy).by_line["ran"][0]
    holed = rows[~(rows["kommunkod"].eq(nearest) & rows["line"].eq("trafik") & rows["year"].eq(2024))]
    assert nearest not in neighbours(holed, ("2000",), taxonomy).by_line["ran"]
