"""The ranking as a value: what every chart, table and sentence after it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from lagesbild.ranking.joint import JointView

CRITERIA = ("omfattning", "jamforelse", "utveckling")
TIERS = ("prioritera", "överväg", "bevaka")
EVIDENCE = ("god", "viss", "svag")
RANKING_COLUMNS = (
    "problem_area", "name", "rank", "score", "score_lower", "score_upper", "rank_lower", "rank_upper",
    "p_top", "tier", "evidence", "n_sources", "sources_disagree",
)  # fmt: skip


@dataclass(frozen=True)
class Ranking:
    """Problem areas in order, with how sure the order is and why.

    Only lines with at least one signal are ranked. Areas without any (``gaps``) still take part in the draws behind ``p_top``,
    with the prior alone: what is not measured may be large, and a probability that ignored it would claim too much.

    table: RANKING_COLUMNS, one row per ranked line, by rank. Scores 0-100, 80 % intervals, p_top 0-1, sources_disagree bool.
    explanation: problem_area, criterion, source, points; sum per problem_area = score - 50.
    sensitivity: variant, problem_area, rank, p_top. Variants: "huvudberakning", "vikter_nara", "vikter_fria",
        "utan_<source>", "bias_halva", "bias_dubbla", "jamforelse_<group>", and
        "med_allvar" or "utan_allvar", whichever the main one is not.
    skipped: variant -> Swedish reason, for sensitivity views that could not run.
    signals: problem_area, source, criterion, z, se (sampling and bias), estimate, lower, upper, unit, numerator, reference,
        period; the natural-unit figure behind each signal, with its 95 % sampling interval. unit in {per_100k, share, ratio,
        percent_per_year, per_unit_week, index_0_6, index_per_year}.
    criteria: problem_area, criterion, theta, theta_sd, value (0-100), evidence_share (of prior variance removed).
    pairwise: square frame, P(row before column).
    disagreements: problem_area, criterion, source_a, source_b, z_a, z_b, distance (> 2).
    trust: source, n_areas, inflation (r_s), is_checked (False where nothing could be compared).
    acceptability: problem_area, rank_1..rank_n share of (weights x draws); central weights in w_<criterion>.
    gaps: problem_area, name, reason (Swedish): areas without any signal, and what is missing for the others (criterion/source).
        columns: problem_area, name, kind {"omatt", "ingår i", "kriterium", "kalla"}, detail.
    count_ranks: problem_area, count, lower, upper: rank confidence set from raw counts alone (csranks, Holm).
    settings: weights, top_k, seed, draws, omega (learnt), as printed in the report.
    volume_and_harm: reported offences by number and by number times severity; columns in ``lagesbild.ranking.severity``.
    views: θ of all areas as one normal, for the main calculation and then each "utan_<source>" that could run.
    """

    table: pd.DataFrame
    explanation: pd.DataFrame
    sensitivity: pd.DataFrame
    skipped: dict[str, str]
    signals: pd.DataFrame
    criteria: pd.DataFrame
    pairwise: pd.DataFrame
    disagreements: pd.DataFrame
    trust: pd.DataFrame
    acceptability: pd.DataFrame
    gaps: pd.DataFrame
    count_ranks: pd.DataFrame
    settings: dict[str, object]
    volume_and_harm: pd.DataFrame = field(default_factory=pd.DataFrame)
    views: tuple[JointView, ...] = ()

    @cached_property
    def signals_of(self) -> Mapping[str, tuple[Any, ...]]:
        """Problem area -> its rows of ``signals``, columns as attributes; an area without any is absent."""
        return _by_area(self.signals)

    @cached_property
    def disagreements_of(self) -> Mapping[str, tuple[Any, ...]]:
        """Problem area -> its rows of ``disagreements``, columns as attributes; an area without any is absent."""
        return _by_area(self.disagreements)

    def explain(self, problem_area: str) -> pd.DataFrame:
        """The points of one problem area, largest first."""
        rows = self.explanation[self.explanation["problem_area"].eq(problem_area)]
        return rows.sort_values("points", key=lambda points: -points.abs(), kind="stable").reset_index(drop=True)

    def _repr_html_(self) -> str:
        return str(self.table.to_html(index=False, float_format="{:.2f}".format))


def _by_area(frame: pd.DataFrame) -> dict[str, tuple[Any, ...]]:
    """The rows once for all: every sentence of the report asks for one area's, and a frame is slow to ask."""
    found: dict[str, list[Any]] = {}
    for row in frame.itertuples(index=False):
        found.setdefault(str(row.problem_area), []).append(row)
    return {area: tuple(rows) for area, rows in found.items()}
