"""What the sources together say of how one problem area has developed."""

from __future__ import annotations

from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import development


def developed(lagesbild: Lagesbild, line: str) -> list[str]:
    """One sentence, from the fused trend; nothing where no source shows a change over the years."""
    ranking = lagesbild.ranking
    told = ranking.signals[ranking.signals["problem_area"].eq(line) & ranking.signals["criterion"].eq("utveckling")]
    if told.empty:
        return []
    rows = ranking.criteria
    fused = rows[rows["problem_area"].eq(line) & rows["criterion"].eq("utveckling")].iloc[0]
    return [development.together(float(fused["theta"]), float(fused["theta_sd"]), n_sources=told["source"].nunique())]
