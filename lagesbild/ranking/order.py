"""From signals to a Ranking: the main calculation, its sensitivity, its explanation, put together as tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lagesbild.measures.rank_sets import count_ranks
from lagesbild.ranking.draws import COVERAGE, beats, noise, ranks, tier
from lagesbild.ranking.explanation import explanation, grade
from lagesbild.ranking.result import CRITERIA, RANKING_COLUMNS, Ranking
from lagesbild.ranking.sensitivity import sensitivity
from lagesbild.ranking.signal_set import Array, Signals
from lagesbild.ranking.value import severity_values, weight_vector
from lagesbild.ranking.view import View, view


def rank_signals(
    signals: Signals,
    weights: Mapping[str, float],
    *,
    names: Mapping[str, str] | None = None,
    top_k: int = 3,
    seed: int = 20250101,
    draws: int = 10_000,
    severity: Mapping[str, float] | None = None,
    alternative: Mapping[str, float] | None = None,
    compared: Mapping[str, Signals | str] | None = None,
) -> Ranking:
    """The ranking of the signals (methods §4-7). Same signals, weights and seed, same figures.

    weights: criterion -> share, sum 1 (with ``severity`` also "allvar"). names: id -> Swedish name. severity: id -> harm h > 0.
    alternative: the same, for the sensitivity view with severity where ``severity`` is None. compared: comparison group -> the
    signals held against it, or why they cannot be (Swedish).
    """
    w = weight_vector(weights, with_severity=severity is not None)
    random = noise(max(signals.n_lines, *signals.positions, 0) + 1, max(signals.n_taxonomy_sources, 1), draws, seed)
    main = view(signals, random, severity_values(severity, signals.areas))
    table, pairwise = _table(main, w, top_k, names or {})
    sensed = sensitivity(main, w, top_k, random, seed, severity_values(alternative, signals.areas), compared)
    posterior = main.posterior
    return Ranking(
        table=table,
        explanation=explanation(posterior, w, main.severity),
        sensitivity=sensed.table,
        skipped=sensed.skipped,
        signals=_facts(main),
        criteria=_criteria(main),
        pairwise=pairwise,
        disagreements=posterior.disagreements,
        trust=posterior.trust.table,
        acceptability=sensed.acceptability,
        gaps=signals.gaps,
        count_ranks=_count_ranks(signals),
        settings={
            "weights": {name: float(share) for name, share in weights.items()},
            "top_k": top_k,
            "seed": seed,
            "draws": draws,
            "omega": tuple(float(sd) for sd in np.sqrt(np.diag(posterior.prior))),
            "n_unmeasured": len(signals.unmeasured),
        },
        views=sensed.views,
    )


def _table(main: View, weights: Array, top_k: int, names: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    signals, posterior = main.posterior.signals, main.posterior
    point, drawn = main.point_scores(weights), main.scores(weights)
    wins = beats(drawn)
    rank, places = main.rank(weights), ranks(wins)
    tails = [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2]
    low, high = np.quantile(drawn, tails, axis=1)
    best, worst = np.quantile(places, tails, axis=1, method="inverted_cdf")
    p_top = main.p_top(weights, top_k)
    share = posterior.evidence @ weights[: len(CRITERIA)] / weights[: len(CRITERIA)].sum()
    disputed = set(posterior.disagreements["problem_area"])
    table = pd.DataFrame(
        {
            "problem_area": pd.Series(signals.areas, dtype="str"),
            "name": pd.Series([names.get(area, area) for area in signals.areas], dtype="str"),
            "rank": rank,
            "score": point,
            "score_lower": np.minimum(low, point),
            "score_upper": np.maximum(high, point),
            "rank_lower": np.minimum(best, rank).astype("int64"),
            "rank_upper": np.maximum(worst, rank).astype("int64"),
            "p_top": p_top,
            "tier": pd.Series([tier(p) for p in p_top], dtype="str"),
            "evidence": pd.Series([grade(s) for s in share], dtype="str"),
            "n_sources": signals.available.any(axis=2).sum(axis=1).astype("int64"),
            "sources_disagree": pd.Series([area in disputed for area in signals.areas], dtype="bool"),
        }
    )[list(RANKING_COLUMNS)].sort_values("rank", kind="stable", ignore_index=True)
    index = pd.Index(signals.areas, name="problem_area", dtype="str")
    pairs = pd.DataFrame(wins.mean(axis=2), index=index, columns=pd.Index(signals.areas, dtype="str"))
    by_rank = list(table["problem_area"])
    return table, pairs.loc[by_rank, by_rank]


def _facts(main: View) -> pd.DataFrame:
    """The signals' facts with z relative to the source's intercept and the standard error with the source's inflation."""
    signals, facts = main.posterior.signals, main.posterior.signals.facts
    where = (
        [signals.areas.index(area) for area in facts["problem_area"]],
        [signals.sources.index(source) for source in facts["source"]],
        [CRITERIA.index(criterion) for criterion in facts["criterion"]],
    )
    variance = np.einsum("ascc->asc", signals.covariance()) * main.posterior.trust.factor[:, :, None]
    return facts.assign(z=main.posterior.centred[where], se=np.sqrt(variance[where]))


def _criteria(main: View) -> pd.DataFrame:
    posterior, areas = main.posterior, main.posterior.signals.areas
    n = len(CRITERIA)
    return pd.DataFrame(
        {
            "problem_area": pd.Series(np.repeat(np.array(areas, dtype=object), n), dtype="str"),
            "criterion": pd.Series(list(CRITERIA) * len(areas), dtype="str"),
            "theta": posterior.theta.ravel(),
            "theta_sd": np.sqrt(np.einsum("acc->ac", posterior.covariance)).ravel(),
            "value": main.point_value.ravel(),
            "evidence_share": posterior.evidence.ravel(),
        }
    )


def _count_ranks(signals: Signals) -> pd.DataFrame:
    counts = pd.Series(signals.counts, index=list(signals.areas))
    dispersion = pd.Series(signals.dispersion, index=list(signals.areas))
    known = counts.notna()
    return count_ranks(counts[known], dispersion[known].fillna(1.0))
