"""The joint views say what the draws say, without drawing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lagesbild.ranking.draws import COVERAGE, beats, draw, noise, ranks, top_probability
from lagesbild.ranking.fusion import fuse
from lagesbild.ranking.joint import JointView, joint_normal
from lagesbild.ranking.order import rank_signals
from lagesbild.ranking.result import Ranking
from lagesbild.ranking.signal_set import Signals
from lagesbild.ranking.value import scores, values
from tests.unit.ranking.worlds import world

WEIGHTS = {"omfattning": 0.40, "jamforelse": 0.35, "utveckling": 0.25}
DRAWS = 60_000


def signals(case: str) -> Signals:
    if case == "all":
        return world(3, 16, 4)[0]
    if case == "rivals":
        return world(4, 9, 3, missing=0.2)[0]
    if case == "rest":  # two of the universe are covered by a combined line: nobody draws them
        found = world(5, 9, 3)[0]
        return replace(found, unmeasured=found.unmeasured[:-2])
    if case == "no level":
        found = world(6, 5, 2)[0]
        available = found.available.copy()
        available[:, :, 0] = False
        both = available[..., :, None] & available[..., None, :]
        return replace(
            found,
            available=available,
            z=np.where(available, found.z, np.nan),
            sampling=np.where(both, found.sampling, 0),
            bias=np.where(both, found.bias, 0),
        )
    raise ValueError(case)


CASES = ("all", "rivals", "rest", "no level")


@pytest.mark.parametrize("case", CASES)
def test_mean_and_covariance_are_those_of_the_draws(case: str) -> None:
    posterior = fuse(signals(case))
    mean, root = joint_normal(posterior)
    found = draw(posterior, noise(16, 5, DRAWS, seed=9))
    drawn = np.concatenate([found.theta, found.rivals]).transpose(0, 2, 1).reshape(-1, DRAWS)
    covariance = root @ root.T
    sd = np.sqrt(np.diag(covariance))
    assert np.abs((drawn.mean(axis=1) - mean) / sd).max() < 5 / np.sqrt(DRAWS)
    assert np.abs((np.cov(drawn) - covariance) / np.outer(sd, sd)).max() < 5 * np.sqrt(2 / DRAWS)


@pytest.mark.parametrize("case", CASES)
def test_the_blocks_are_the_posterior(case: str) -> None:
    posterior = fuse(signals(case))
    mean, root = joint_normal(posterior)
    assert root == pytest.approx(np.tril(root), abs=0)
    assert (np.diag(root) >= 0).all()
    covariance = root @ root.T
    n = len(posterior.signals.areas)
    for a in range(n):
        block = slice(3 * a, 3 * a + 3)
        assert covariance[block, block] == pytest.approx(posterior.covariance[a], abs=1e-12)
    assert mean[: 3 * n].reshape(n, 3) == pytest.approx(posterior.theta, abs=1e-12)


def test_levels_that_are_all_measured_sum_to_zero_in_every_draw() -> None:
    mean, root = joint_normal(fuse(signals("all")))
    assert mean[0::3].sum() == pytest.approx(0, abs=1e-9)
    assert np.abs(root[0::3].sum(axis=0)).max() < 1e-9


def from_view(view: JointView, weights: np.ndarray, draws: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """S of the areas and of the rivals in each draw, and S at θ̂, from nothing but the view: what the page does."""
    normal = np.random.default_rng(11).standard_normal((len(view.mean), draws))
    theta = (view.mean[:, None] + view.root @ normal).reshape(-1, 3, draws).transpose(0, 2, 1)
    n = len(view.areas)
    severity = None if view.severity is None else view.severity[:, None]
    middle = None if view.severity is None else np.full((view.n_rivals, 1), 50.0)
    drawn = scores(values(theta[:n]), weights, severity)
    return drawn, scores(values(theta[n:]), weights, middle), scores(values(view.point), weights, view.severity)


def check_against_the_ranking(found: Ranking, view: JointView, weights: np.ndarray) -> None:
    drawn, rivals, point = from_view(view, weights, 20_000)
    table = found.table.set_index("problem_area").loc[list(view.areas)]
    assert point == pytest.approx(table["score"].to_numpy(), abs=1e-9)
    low, high = np.quantile(drawn, [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2], axis=1)
    assert low == pytest.approx(table["score_lower"].to_numpy(), abs=1.0)
    assert high == pytest.approx(table["score_upper"].to_numpy(), abs=1.0)
    wins = beats(drawn)
    p_top = top_probability(ranks(wins), drawn, rivals, 3)
    assert p_top == pytest.approx(table["p_top"].to_numpy(), abs=0.02)
    pairs = found.pairwise.loc[list(view.areas), list(view.areas)].to_numpy()
    assert np.abs(wins.mean(axis=2) - pairs).max() < 0.03


@pytest.mark.parametrize("case", ["all", "rivals", "rest"])
def test_draws_from_a_view_give_the_ranking(case: str) -> None:
    found = rank_signals(signals(case), WEIGHTS, draws=10_000)
    assert found.views[0].name == "huvudberakning"
    check_against_the_ranking(found, found.views[0], np.array(list(WEIGHTS.values())))


def test_draws_from_a_view_with_severity_give_the_ranking() -> None:
    weights = {"omfattning": 0.35, "jamforelse": 0.25, "utveckling": 0.20, "allvar": 0.20}
    found = rank_signals(signals("rivals"), weights, severity={"area_00": 10.0, "area_01": 1.0})
    assert found.views[0].severity is not None
    check_against_the_ranking(found, found.views[0], np.array(list(weights.values())))


def test_a_view_without_a_source_is_its_sensitivity_row() -> None:
    found = rank_signals(signals("rivals"), WEIGHTS, draws=10_000)
    assert [view.name for view in found.views] == ["huvudberakning", "utan_polisanmalda", "utan_est", "utan_ntu"]
    for view in found.views[1:]:
        rows = found.sensitivity.query("variant == @view.name").set_index("problem_area").loc[list(view.areas)]
        drawn, rivals, _ = from_view(view, np.array(list(WEIGHTS.values())), 20_000)
        p_top = top_probability(ranks(beats(drawn)), drawn, rivals, 3)
        assert p_top == pytest.approx(rows["p_top"].to_numpy(), abs=0.02)
        assert list(view.is_measured) == rows["rank"].notna().tolist()


def test_a_view_that_could_not_run_has_no_entry() -> None:
    found = rank_signals(world(1, 12, 1)[0], WEIGHTS, draws=1000)
    assert [view.name for view in found.views] == ["huvudberakning"]
