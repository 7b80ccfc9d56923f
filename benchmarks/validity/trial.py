"""One invented kommun through the product: what was concluded, beside what was true.

Two stages, so that ways of fusing can be compared on the same worlds. ``heard`` puts a World through measures, disclosure and
signals: slow, and the same as long as those are. ``estimate`` puts what was heard through the ranking: fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.validity.rivals import by_rivals, oracle
from benchmarks.validity.world import World
from lagesbild.disclosure import protect
from lagesbild.measures import measure
from lagesbild.ranking.draws import beats, noise, order, ranks
from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import TREND, Array, Mask, Signals
from lagesbild.ranking.signals import signals
from lagesbild.ranking.value import scores, values, weight_vector
from lagesbild.ranking.view import view
from lagesbild.taxonomy import Taxonomy

#: The world's names of θ's three parts, in the order of the product's criteria.
PARTS = ["level", "comparison", "trend"]
#: Draws of θ: a tenth of a percentage point of P(top k) is lost against the product's 10 000.
DRAWS = 3_000
#: Coverage of the intervals that are kept: 80 % is what the product prints.
COVERAGES = (0.8, 0.9)
Z_OF = {90: 1.6448536269514722, 95: 1.959963984540054}


@dataclass(frozen=True)
class Heard:
    """Stage 1: what the product heard of a kommun, and what was true. U problem areas, A ranked lines, S sources.

    scenario, number: which world. truth (U,3): true θ of every problem area, taxonomy order. place (A,): the lines' positions
    in it. bias (A,S,3): how far each signal lies from the truth in expectation, 0 where the world names none.
    """

    scenario: str
    number: int
    signals: Signals
    truth: Array
    place: NDArray[np.int64]
    bias: Array
    weights: Mapping[str, float]
    top_k: int


@dataclass(frozen=True)
class Changes:
    """What the report tells of yearly changes, (A,S) each. printed: the source's change has an interval in the report. flagged:
    which excludes 0, so that a change is told. beyond: told, and outside the drift that the source's bias class allows, too.
    missed: the interval excludes what the source was to show on average, drift of reporting included."""

    printed: Mask
    flagged: Mask
    beyond: Mask
    missed: Mask


@dataclass(frozen=True)
class Trial:
    """Stage 2: what the product concluded of a kommun. A ranked lines, S sources, small arrays only.

    true_score (A,), is_top (A,): whether among the true top k of every problem area. score, p_top (A,). low, high (2,A): limits
    of the score at COVERAGES; best, worst (2,A): of the rank. before (A,A): P(row before column). changes: what is told
    of them. fused (A,2): the fused trend's 90 % and 95 % interval excludes 0. rivals: name -> (A,) number per line, NaN
    where the rival says nothing.
    """

    scenario: str
    number: int
    areas: tuple[str, ...]
    sources: tuple[str, ...]
    top_k: int
    truth: Array
    theta: Array
    theta_sd: Array
    omega: Array
    inflation: Array
    true_score: Array
    is_top: Mask
    score: Array
    p_top: Array
    low: Array
    high: Array
    best: NDArray[np.int64]
    worst: NDArray[np.int64]
    before: Array
    changes: Changes
    fused: Mask
    rivals: Mapping[str, Array] = field(default_factory=dict)

    @property
    def rank(self) -> NDArray[np.int64]:
        """(A,): the product's order."""
        return order(self.score)

    @property
    def true_rank(self) -> NDArray[np.int64]:
        """(A,): the true order of the ranked lines."""
        return order(self.true_score)


def heard(world: World, scenario: str, number: int, taxonomy: Taxonomy) -> Heard:
    """Stage 1. Lines that are no problem area of the truth (combined lines) are left out: nothing is known of their θ."""
    found = signals(protect(measure(world.tables, world.profile, taxonomy), taxonomy), world.profile, taxonomy)
    found = found.only(taxonomy.area_ids)
    truth = world.truth.set_index("problem_area").loc[list(taxonomy.area_ids), PARTS].to_numpy(dtype=np.float64)
    place = np.array([taxonomy.area_ids.index(area) for area in found.areas], dtype=np.int64)
    bare = replace(found, gaps=found.gaps.iloc[:0])  # sentences, which nothing here reads
    bias = _biases(world.biases, found)
    return Heard(scenario, number, bare, truth, place, bias, dict(world.profile.weights), world.profile.pledge_slots)


def _biases(table: pd.DataFrame, found: Signals) -> Array:
    """(A,S,3) from the world's table of biases."""
    wide = table.set_index(["problem_area", "source"])[PARTS]
    index = pd.MultiIndex.from_product([found.areas, found.sources])
    cells = wide.reindex(index).to_numpy(dtype=np.float64)
    return np.asarray(np.nan_to_num(cells).reshape(len(found.areas), len(found.sources), len(CRITERIA)))


def estimate(case: Heard, draws: int = DRAWS, seed: int = 20250101) -> Trial:
    """Stage 2: the main calculation of the ranking, as the product makes it, without its sensitivity views."""
    found, w = case.signals, weight_vector(case.weights)
    random = noise(max(found.n_lines, *found.positions, 0) + 1, max(found.n_taxonomy_sources, 1), draws, seed)
    seen = view(found, random)
    drawn, point = seen.scores(w), seen.point_scores(w)
    wins = beats(drawn)
    places, rank = ranks(wins), seen.rank(w)
    tails = np.array([(1 - np.array(COVERAGES)) / 2, (1 + np.array(COVERAGES)) / 2])
    limits = np.quantile(drawn, tails.ravel(), axis=1).reshape(2, len(COVERAGES), -1)
    edges = np.quantile(places, tails.ravel(), axis=1, method="inverted_cdf").reshape(2, len(COVERAGES), -1)
    everyone = scores(values(case.truth), w)
    theta, sd = seen.posterior.theta, np.sqrt(np.einsum("acc->ac", seen.posterior.covariance))
    return Trial(
        scenario=case.scenario,
        number=case.number,
        areas=found.areas,
        sources=found.sources,
        top_k=case.top_k,
        truth=case.truth[case.place],
        theta=theta,
        theta_sd=sd,
        omega=np.sqrt(np.diag(seen.posterior.prior)),
        inflation=np.asarray(seen.posterior.trust.inflation),
        true_score=everyone[case.place],
        is_top=(order(everyone) <= case.top_k)[case.place],
        score=point,
        p_top=seen.p_top(w, case.top_k),
        low=np.minimum(limits[0], point),
        high=np.maximum(limits[1], point),
        best=np.minimum(edges[0], rank).astype(np.int64),
        worst=np.maximum(edges[1], rank).astype(np.int64),
        before=wins.mean(axis=2),
        changes=changes(found, case.truth[case.place][:, None, TREND] + case.bias[:, :, TREND]),
        fused=np.stack([np.abs(theta[:, TREND]) > z * sd[:, TREND] for z in Z_OF.values()], axis=1),
        rivals={**by_rivals(found, w), "oracle": oracle(found, case.bias, w)},
    )


def changes(found: Signals, expected: Array) -> Changes:
    """What the report tells of changes; ``expected`` (A,S): what each source was to show on average, log scale.

    A source whose change is no signal (withdrawn, or on too small a base for a percentage) prints none.
    """
    names = ("printed", "flagged", "beyond", "missed")
    told = {name: np.zeros((len(found.areas), len(found.sources)), dtype=bool) for name in names}
    variance = found.covariance()[:, :, TREND, TREND]
    sampling = np.sqrt(found.sampling[:, :, TREND, TREND])
    facts = found.facts[found.facts["criterion"].eq(CRITERIA[TREND]) & found.facts["lower"].notna()]
    for row in facts.to_dict("records"):
        at = found.areas.index(str(row["problem_area"])), found.sources.index(str(row["source"]))
        if not found.available[(*at, TREND)]:
            continue
        z, low, high = float(found.z[(*at, TREND)]), float(row["lower"]), float(row["upper"])
        told["printed"][at] = True
        told["flagged"][at] = not low <= 0 <= high
        told["beyond"][at] = told["flagged"][at] and abs(z) > Z_OF[95] * np.sqrt(variance[at])
        half = (z - Z_OF[95] * sampling[at], z + Z_OF[95] * sampling[at])
        if found.kinds[at[1]] in ("reported", "est", "dialogue"):  # percent of the signal itself
            half = float(np.log1p(low / 100)), float(np.log1p(high / 100))
        told["missed"][at] = not half[0] <= expected[at] <= half[1]
    return Changes(**told)
