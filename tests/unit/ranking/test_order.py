"""The ranking as tables: complete, consistent, deterministic."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest

from lagesbild.ranking import rank
from lagesbild.ranking.draws import beats, order, ranks, tier, top_probability, top_probability_of
from lagesbild.ranking.order import rank_signals
from lagesbild.ranking.result import RANKING_COLUMNS, Ranking
from lagesbild.ranking.value import KAPPA, severity_values, slopes, values, weight_vector
from lagesbild.taxonomy import load
from tests.unit.ranking.embedded import measured
from tests.unit.ranking.worlds import world

WEIGHTS = {"omfattning": 0.40, "jamforelse": 0.35, "utveckling": 0.25}


def ranked(seed: int = 1, **changes: object) -> Ranking:
    signals, _ = world(seed, 12, 4, missing=0.2)
    return rank_signals(signals, WEIGHTS, draws=4000, **changes)  # type: ignore[arg-type]


def test_every_table_has_its_contract():
    found = ranked()
    assert tuple(found.table.columns) == RANKING_COLUMNS
    assert found.table["rank"].tolist() == list(range(1, 13))
    assert found.table["score"].is_monotonic_decreasing
    for low, middle, high in (("score_lower", "score", "score_upper"), ("rank_lower", "rank", "rank_upper")):
        assert (found.table[low] <= found.table[middle]).all()
        assert (found.table[middle] <= found.table[high]).all()
    assert found.table["p_top"].sum() <= 3
    assert list(found.pairwise.index) == list(found.table["problem_area"]) == list(found.pairwise.columns)
    both = found.pairwise.to_numpy() + found.pairwise.to_numpy().T
    assert both[~np.eye(12, dtype=bool)] == pytest.approx(1)
    assert set(found.sensitivity["variant"]) == {
        "huvudberakning", "vikter_nara", "vikter_fria", "bias_halva", "bias_dubbla",
        *(f"utan_{source}" for source in ("polisanmalda", "est", "ntu", "naringsliv")),
    }  # fmt: skip
    assert set(found.skipped) == {"med_allvar"}
    shares = found.acceptability[[f"rank_{i}" for i in range(1, 13)]]
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)
    assert list(found.explain("area_00")["points"].abs()) == sorted(found.explain("area_00")["points"].abs(), reverse=True)


def test_the_same_input_gives_the_same_bytes():
    one, other = ranked(), ranked()
    for item in fields(Ranking):
        a, b = getattr(one, item.name), getattr(other, item.name)
        if isinstance(a, pd.DataFrame):
            assert a.to_csv().encode() == b.to_csv().encode(), item.name
        elif item.name == "views":
            assert [(v.name, v.mean.tobytes(), v.root.tobytes()) for v in a] == [
                (v.name, v.mean.tobytes(), v.root.tobytes()) for v in b
            ]
        else:
            assert a == b
    assert ranked(seed=2).table["p_top"].tolist() != one.table["p_top"].tolist()


def test_one_source_cannot_be_left_out():
    signals, _ = world(1, 12, 1)
    found = rank_signals(signals, WEIGHTS, draws=1000)
    assert "bara en källa" in found.skipped["utan_polisanmalda"]
    assert not found.trust["is_checked"].any()


def test_unmeasured_areas_compete_with_the_prior():
    signals, _ = world(1, 5, 3, n_universe=16)
    alone = rank_signals(replace(signals, unmeasured=()), WEIGHTS)
    among = rank_signals(signals, WEIGHTS)
    assert alone.table["p_top"].sum() == pytest.approx(3)
    assert among.table["p_top"].sum() < 2.5
    assert (among.table["score"] == alone.table["score"]).all()


def test_an_area_whose_only_source_is_left_out_has_no_rank_in_that_view():
    signals, _ = world(1, 8, 2)
    available = signals.available.copy()
    available[3, 0] = False
    z = np.where(available, signals.z, np.nan)
    both = available[..., :, None] & available[..., None, :]
    lacking = replace(
        signals, available=available, z=z, sampling=np.where(both, signals.sampling, 0), bias=np.where(both, signals.bias, 0)
    )
    views = rank_signals(lacking, WEIGHTS, draws=1000).sensitivity
    without = views[views["variant"].eq("utan_est")].set_index("problem_area")["rank"]
    assert pd.isna(without["area_03"])
    assert sorted(without.dropna()) == list(range(1, 8))


def test_severity_is_a_fourth_criterion():
    weights = {"omfattning": 0.35, "jamforelse": 0.25, "utveckling": 0.20, "allvar": 0.20}
    signals, _ = world(1, 12, 3)
    harm = {"area_00": 10.0, "area_01": 1.0}
    found = rank_signals(signals, weights, draws=1000, severity=harm)
    points = found.explanation.groupby("problem_area")["points"].sum()
    scores = found.table.set_index("problem_area")["score"]
    assert points[scores.index].to_numpy() == pytest.approx(scores.to_numpy() - 50, abs=1e-9)
    assert found.explanation.query("criterion == 'allvar' and problem_area == 'area_00'")["points"].item() == pytest.approx(10)
    assert "utan_allvar" in set(found.sensitivity["variant"])
    assert "w_allvar" in found.acceptability
    assert severity_values(harm, ("area_00", "x", "area_01")).tolist() == [100, 50, 0]


def test_values_have_fixed_goalposts():
    assert values(np.array([KAPPA, -KAPPA])) == pytest.approx(np.array([[84.134] * 3, [15.866] * 3]), abs=1e-3)
    theta = np.array([[0.3, -1e-12, 0.0]])
    assert slopes(theta) * theta == pytest.approx(values(theta) - 50, abs=1e-9)


def test_weights_are_checked():
    with pytest.raises(ValueError, match="sum to 1"):
        weight_vector({"omfattning": 0.5, "jamforelse": 0.2, "utveckling": 0.2})
    with pytest.raises(ValueError, match="no such criterion"):
        weight_vector({"omfattning": 0.5, "jamforelse": 0.2, "utveckling": 0.2, "allvar": 0.1})


def test_ties_go_to_the_earlier_area():
    scores = np.array([[50.0, 40.0], [50.0, 60.0], [10.0, 50.0]])
    assert ranks(beats(scores)).tolist() == [[1, 3], [2, 1], [3, 2]]
    assert order(np.array([5.0, 7.0, 5.0])).tolist() == [2, 1, 3]


def test_both_ways_to_p_top_agree():
    random = np.random.default_rng(0)
    scores, rivals = random.normal(size=(6, 500)), random.normal(size=(4, 500))
    one = top_probability(ranks(beats(scores)), scores, rivals, 3)
    assert top_probability_of(scores, rivals, 3) == pytest.approx(one)
    assert top_probability_of(scores[:2], rivals[:1], 3).tolist() == [1, 1]


@pytest.mark.parametrize(("p", "name"), [(0.8, "prioritera"), (0.7999, "överväg"), (0.2, "överväg"), (0.1999, "bevaka")])
def test_tiers(p: float, name: str):
    assert tier(p) == name


def test_rank_of_a_kommun_with_reported_crime_only_is_wide_and_says_so():
    measures, profile = measured("mariestad", 2022)
    found = rank(measures, profile, load())
    assert len(found.table) == 5
    assert (found.table["evidence"] != "god").all()
    assert (found.table["score_upper"] - found.table["score_lower"]).min() > 15
    assert (found.table["tier"] != "prioritera").all()
    assert found.settings["n_unmeasured"] == 5
    assert set(found.count_ranks["problem_area"]) == set(found.table["problem_area"])
    points = found.explanation.groupby("problem_area")["points"].sum()
    scores = found.table.set_index("problem_area")["score"]
    assert points[scores.index].to_numpy() == pytest.approx(scores.to_numpy() - 50, abs=1e-9)


def test_without_and_weights():
    measures, profile = measured("mariestad", 2022)
    level = rank(measures, profile, load(), weights={"omfattning": 1.0, "jamforelse": 0.0, "utveckling": 0.0})
    assert level.table["problem_area"].iloc[0] == "skadegorelse"
    nothing = rank(measures, profile, load(), without=["polisanmalda"])
    assert nothing.table.empty
    assert nothing.gaps["kind"].eq("omatt").sum() == 16
    with pytest.raises(ValueError, match="no such source"):
        rank(measures, profile, load(), without=["polisen"])
