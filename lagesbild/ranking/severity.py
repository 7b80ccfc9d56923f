"""Reported offences by number and by number times severity, side by side; rare events apart (methods §5)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lagesbild.measures.measure import Measures
from lagesbild.measures.rates import count_limits
from lagesbild.ranking.said_reported import POOLED_YEARS
from lagesbild.ranking.signal_set import Array, Mask

SOURCE = "polisanmalda"
#: A line with fewer reports than this in the pooled years is told apart: one more or one less would move its sum.
FEW = 20
#: The severity of a line is held to be right within this factor; how its place moves inside it is told.
WITHIN = 2.0
COLUMNS = (
    "problem_area", "first_year", "last_year", "count", "lower", "upper", "harm", "burden", "share", "count_rank",
    "burden_rank", "burden_rank_best", "burden_rank_worst", "burden_rank_with_rare", "rank", "is_rare",
)  # fmt: skip


def volume_and_harm(measures: Measures, ranked: pd.DataFrame, harm: Mapping[str, float]) -> pd.DataFrame:
    """COLUMNS, a row per ranked line with reported offences and a severity, in the order of the ranking.

    count: reports of the last three final years together, as they were published, with 95 % Poisson limits. burden: count ×
    harm; share: of all burdens. The places count_rank and burden_rank are among the lines that are not rare, NA for a rare one
    (fewer than 20 reports in those years); burden_rank_best and _worst: with the line's own severity doubled or halved;
    burden_rank_with_rare: among all lines. rank: the line's place in the ranking.

    ranked: problem_area and rank. harm: line -> severity h > 0.
    """
    rows = measures.rows[measures.rows["measure"].eq("reported_rate") & measures.rows["source"].eq(SOURCE)]
    rows = rows[rows["role"].eq("own") & rows["group"].eq("alla") & rows["status"].eq("final") & rows["numerator"].notna()]
    rows = rows[rows["problem_area"].isin(set(ranked["problem_area"]) & set(harm))]
    pooled = rows[rows["year"].gt(rows.groupby("problem_area", observed=True)["year"].transform("max") - POOLED_YEARS)]
    found = (
        pooled.groupby("problem_area", observed=True)
        .agg(first_year=("year", "min"), last_year=("year", "max"), count=("numerator", "sum"))
        .reset_index()
        .merge(ranked[["problem_area", "rank"]], on="problem_area", how="inner", validate="one_to_one")
        .sort_values("rank", kind="stable", ignore_index=True)
    )
    counts = found["count"].to_numpy(dtype=np.float64)
    severity = np.array([harm[str(line)] for line in found["problem_area"]], dtype=np.float64)
    burden = counts * severity
    lower, upper = count_limits(counts)
    is_rare = counts < FEW
    best, worst = (_places(burden, ~is_rare, factor) for factor in (WITHIN, 1 / WITHIN))
    total = burden.sum()
    made = found.assign(
        lower=lower,
        upper=upper,
        harm=severity,
        burden=burden,
        share=burden / total if total > 0 else np.nan,
        count_rank=_places(counts, ~is_rare),
        burden_rank=_places(burden, ~is_rare),
        burden_rank_best=best,
        burden_rank_worst=worst,
        burden_rank_with_rare=_places(burden, np.ones(len(burden), dtype=bool)),
        is_rare=is_rare,
    )
    return made[list(COLUMNS)].astype({"problem_area": "str"})


def _places(values: Array, among: Mask, factor: float = 1.0) -> pd.Series:
    """Each line's place by size, 1 the largest, equal ones alike, with its own value times ``factor``; NA outside ``among``."""
    larger = (values[None, :] > factor * values[:, None]) & among[None, :] & ~np.eye(len(values), dtype=bool)
    return pd.Series(1 + larger.sum(axis=1), dtype="Int64").where(among)
