"""What is not known: areas without a source, sources and criteria that are missing."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.report.document import Block, Heading, Points, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import chapters
from lagesbild.report.narrative.certainty import lower_first

TITLES = {
    "omatt": "Problemområden som ingen källa säger något om",
    "ingår i": "Problemområden som bara ingår i en bredare rad",
    "kriterium": "Frågor som inte går att besvara",
    "kalla": "Områden som vilar på en enda källa",
}


def gaps(lagesbild: Lagesbild, *, new_page: bool = False) -> list[Block]:
    """The chapter of gaps: each lack once, with the areas it concerns."""
    rows = lagesbild.ranking.gaps
    blocks: list[Block] = [
        Heading(1, "Kunskapsluckor", new_page=new_page),
        Text(chapters.UNMEASURED),
    ]
    absent = rows[rows["kind"].eq("kalla") & rows["problem_area"].eq("")]
    if len(absent):
        blocks += [Heading(2, "Källor som saknas"), Points(tuple(dict.fromkeys(absent["detail"])))]
    for kind, title in TITLES.items():
        found = rows[rows["kind"].eq(kind) & rows["problem_area"].ne("")]
        if len(found):
            blocks.append(_table(lagesbild, title, found))
    return blocks


def _table(lagesbild: Lagesbild, title: str, found: pd.DataFrame) -> Table:
    """One row per lack, the areas it concerns in the taxonomy's order."""
    by_detail: dict[str, list[str]] = {}
    for row in each(found):
        by_detail.setdefault(row.detail, []).append(row.problem_area)
    rows = tuple((detail, _names(lagesbild, areas)) for detail, areas in by_detail.items())
    return Table(title, columns("Vad som saknas", "Gäller", widths=(1, 1)), rows)


def _names(lagesbild: Lagesbild, areas: list[str]) -> str:
    spoken = [lower_first(lagesbild.taxonomy.name(area)) for area in dict.fromkeys(areas)]
    return swedish.capital("; ".join(spoken))
