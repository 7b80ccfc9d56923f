"""Another comparison group changes the comparison of reported offences, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lagesbild import taxonomy as terms
from lagesbild.disclosure import protect
from lagesbild.errors import DisclosureError
from lagesbild.measures import Comparison, Measures
from lagesbild.measures.frame import empty_rows, measure_rows
from lagesbild.ranking import rank
from lagesbild.ranking.signal_set import COMPARISON
from lagesbild.ranking.signals import held_against, signals
from lagesbild.taxonomy.peer_groups import PeerGroup
from tests.unit.ranking.rows import KOMMUN, measures, profile

YEARS = (2023, 2024, 2025)
OWN = {"skadegorelse": 240, "trafik": 200, "stold": 500}
LAN = PeerGroup("lan", "kommunerna i Västra Götalands län", ("1480", "1496"))


def offences(counts: dict[str, int], role: str, geography: str, population: float) -> pd.DataFrame:
    rows = [(area, year, float(count), population) for area, count in counts.items() for year in YEARS]
    frame = pd.DataFrame(rows, columns=["problem_area", "year", "numerator", "denominator"])
    constants = {"source": "polisanmalda", "role": role, "geography": geography, "is_published": True}
    return measure_rows(frame, "reported_rate", **constants)


def held(*parts: pd.DataFrame, missing: str = "") -> tuple[Comparison, ...]:
    rows = pd.concat(parts) if parts else empty_rows()
    return (Comparison(LAN, rows, len(parts), missing),)


NEAR = offences({"skadegorelse": 1000, "trafik": 800, "stold": 2000}, "peers", "jamforbara", 96_000)
FAR = offences({"skadegorelse": 4000, "trafik": 200, "stold": 2000}, "peers", "jamforbara", 96_000)


@pytest.fixture
def found() -> Measures:
    return measures(offences(OWN, "own", KOMMUN, 24_000), NEAR)


def places(ranking) -> pd.DataFrame:
    return ranking.sensitivity.pivot_table(index="problem_area", columns="variant", values="rank", aggfunc="first")


def test_the_view_is_what_the_group_would_give_as_the_main_one(found: Measures) -> None:
    other = rank(measures(offences(OWN, "own", KOMMUN, 24_000), FAR), profile(), terms.load())
    both = rank(replace(found, others=held(FAR)), profile(), terms.load())
    view = places(both)["jamforelse_lan"].astype("int64")
    assert view.to_dict() == other.table.set_index("problem_area")["rank"].to_dict()
    assert view["trafik"] < places(both).loc["trafik", "huvudberakning"]


def test_the_main_order_does_not_depend_on_the_other_groups(found: Measures) -> None:
    alone = rank(found, profile(), terms.load()).table
    pd.testing.assert_frame_equal(rank(replace(found, others=held(FAR)), profile(), terms.load()).table, alone)


def test_level_and_trend_stay_as_they_are(found: Measures) -> None:
    main = signals(found, profile(), terms.load())
    other = held_against(main, found.rows, FAR, profile(), terms.load())
    same = [c for c in range(3) if c != COMPARISON]
    np.testing.assert_array_equal(other.z[..., same], main.z[..., same])
    np.testing.assert_array_equal(other.bias, main.bias)
    assert not np.allclose(other.z[..., COMPARISON], main.z[..., COMPARISON])


def test_a_line_the_other_group_lacks_loses_its_comparison(found: Measures) -> None:
    main = signals(found, profile(), terms.load())
    part = FAR[FAR["problem_area"].ne("trafik")]
    other = held_against(main, found.rows, part, profile(), terms.load())
    a = main.areas.index("trafik")
    assert not other.available[a, 0, COMPARISON]
    assert np.isnan(other.z[a, 0, COMPARISON])
    assert other.sampling[a, 0, COMPARISON].tolist() == other.bias[a, 0, COMPARISON].tolist() == [0.0, 0.0, 0.0]


def test_a_group_that_cannot_be_used_says_why(found: Measures) -> None:
    ranking = rank(replace(found, others=held(missing="Uppgifter saknas.")), profile(), terms.load())
    assert ranking.skipped["jamforelse_lan"] == "Uppgifter saknas."
    assert "jamforelse_lan" not in set(ranking.sensitivity["variant"])


def test_a_group_is_not_tried_where_reported_offences_are_left_out(found: Measures) -> None:
    ranking = rank(replace(found, others=held(FAR)), profile(), terms.load(), without=["polisanmalda"])
    assert "jamforelse_lan" not in {*ranking.sensitivity["variant"], *ranking.skipped}


def test_figures_of_another_group_that_nobody_published_stop_the_run(found: Measures) -> None:
    with pytest.raises(DisclosureError, match="inte är publicerade"):
        protect(replace(found, others=held(FAR.assign(is_published=False))), terms.load())
