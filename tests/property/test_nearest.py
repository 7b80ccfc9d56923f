"""No area chooses its own yardstick, and no order of rows does."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.measures.nearest import neighbours
from lagesbild.taxonomy import load
from tests.unit.measures.test_comparisons import lines

AREAS = st.sampled_from(["skadegorelse", "trafik", "stold", "ran", "narkotika"])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), AREAS, st.integers(0, 100_000), st.integers(0, 39))
def test_an_areas_own_counts_never_choose_its_neighbours(seed: int, area: str, count: int, kommun: int) -> None:
    """Neither the own kommun's count of the area nor another's changes whom the area is compared with."""
    rows = lines(seed)
    is_changed = rows["line"].eq(area) & rows["kommunkod"].eq(str(2000 + kommun))
    changed = rows.assign(count=rows["count"].mask(is_changed, count))
    assert neighbours(changed, ("2000",), load()).by_line[area] == neighbours(rows, ("2000",), load()).by_line[area]


def test_to_the_other_areas_it_is_part_of_the_mix() -> None:
    rows = lines(0)
    spiked = rows.assign(count=rows["count"].mask(rows["line"].eq("ran") & rows["kommunkod"].eq("2000"), 4000))
    assert neighbours(spiked, ("2000",), load()).by_line["trafik"] != neighbours(rows, ("2000",), load()).by_line["trafik"]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 38), st.integers(0, 38))
def test_two_kommuner_swapped_in_the_file_change_nothing(seed: int, one: int, two: int) -> None:
    rows = lines(seed)
    places = list(range(40))
    places[one], places[two] = places[two], places[one]
    swapped = pd.concat([rows[rows["kommunkod"].eq(str(2000 + place))] for place in places], ignore_index=True)
    assert neighbours(swapped, ("2000",), load()).by_line == neighbours(rows, ("2000",), load()).by_line
