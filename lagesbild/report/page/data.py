"""What the page's script reads: the distributions to draw from, the run's own figures, and what may be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lagesbild import swedish
from lagesbild.ranking.draws import CLEAR, CONSIDER, COVERAGE, PRIORITY
from lagesbild.ranking.joint import JointView
from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.value import KAPPA, SEVERITY
from lagesbild.report import csv_files, facts, matrix
from lagesbild.report.content import names
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild

#: The root is only drawn with: six digits move a score by less than a thousandth of a point.
_DIGITS = 6


def data(lagesbild: Lagesbild) -> dict[str, Any]:
    """Plain values for JSON, with the checksum of the ranking that a decision is recorded with.

    Nothing but what disclosure has passed: the ranking, and the judgements that forums have delivered.
    """
    profile, ranking, taxonomy = lagesbild.profile, lagesbild.ranking, lagesbild.taxonomy
    weights = {str(name): float(share) for name, share in dict(ranking.settings["weights"]).items()}  # type: ignore[call-overload]
    return {
        "profile": profile.slug,
        "place": lagesbild.place,
        "year": profile.year,
        "sha256": csv_files.ranking_sha256(lagesbild),
        "isExample": profile.is_example,
        "label": lagesbild.label,
        "settings": {
            "draws": int(str(ranking.settings["draws"])),
            "seed": int(str(ranking.settings["seed"])),
            "topK": facts.top_k(ranking),
            "kappa": KAPPA.tolist(),
            "coverage": COVERAGE,
            "clear": CLEAR,
            "tiers": [PRIORITY, CONSIDER],
        },
        "certainty": [list(step) for step in swedish.CERTAINTY],
        "weights": [{"id": name, "share": weights.get(name, 0.0)} for name in criteria(weights)],
        "areas": [
            {"id": line, "name": taxonomy.name(line), "inside": names.inside(taxonomy, line)}
            for line in matrix.areas(lagesbild)
        ],
        "criteria": [{"id": row.criterion, "title": row.title} for row in each(judged_criteria(lagesbild))],
        "judged": _judged(lagesbild),
        "run": {"areas": _figures(lagesbild), "pairs": ranking.pairwise.to_dict(orient="index")},
        "views": [_view(view, source_left_out(lagesbild, view)) for view in ranking.views],
    }


def criteria(weights: Mapping[str, float]) -> tuple[str, ...]:
    """The weighed criteria in their order, severity last where it is one."""
    return (*CRITERIA, SEVERITY) if SEVERITY in weights else CRITERIA


def judged_criteria(lagesbild: Lagesbild) -> Any:
    """The rows of the taxonomy's criteria that people judge."""
    rows = lagesbild.taxonomy.criteria
    return rows[rows["kind"].eq("bedomd")]


def source_left_out(lagesbild: Lagesbild, view: JointView) -> str:
    """The short name of the source that the view leaves out, as it stands in a sentence; empty for the main view."""
    source = view.name.removeprefix("utan_")
    return "" if source == view.name else names.sources(lagesbild.taxonomy, {source})[0]


def _judged(lagesbild: Lagesbild) -> dict[str, dict[str, int]]:
    """What has been judged already: line -> criterion -> 0-3."""
    found: dict[str, dict[str, int]] = {}
    for cell in matrix.cells(lagesbild):
        if cell.kind == matrix.JUDGED and cell.value is not None:
            found.setdefault(cell.problem_area, {})[cell.criterion] = cell.value
    return found


def _figures(lagesbild: Lagesbild) -> list[dict[str, Any]]:
    return [
        {
            "area": row.problem_area,
            "rank": int(row.rank),
            "score": float(row.score),
            "lower": float(row.score_lower),
            "upper": float(row.score_upper),
            "rankLower": int(row.rank_lower),
            "rankUpper": int(row.rank_upper),
            "pTop": float(row.p_top),
        }
        for row in each(lagesbild.ranking.table)
    ]


def _view(view: JointView, left_out: str) -> dict[str, Any]:
    rows = (row[: place + 1] for place, row in enumerate(view.root.tolist()))
    return {
        "name": view.name,
        "leftOut": left_out,
        "areas": list(view.areas),
        "isMeasured": list(view.is_measured),
        "mean": _rounded(view.mean.tolist()),
        "root": _rounded([share for row in rows for share in row]),
        "point": view.point.tolist(),
        "severity": None if view.severity is None else view.severity.tolist(),
    }


def _rounded(numbers: Sequence[float]) -> list[float]:
    return [float(f"{number:.{_DIGITS}g}") if abs(number) > 1e-12 else 0 for number in numbers]
