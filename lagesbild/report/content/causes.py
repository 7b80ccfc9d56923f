"""Groundwork for the causal analysis: questions to answer together and lines to write on; no answer is given."""

from __future__ import annotations

from lagesbild.report.causes import causes, common
from lagesbild.report.content import names
from lagesbild.report.content.area import with_page
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import causes as said

#: So many areas have questions of their own in the report.
MOST = 4


def groundwork(lagesbild: Lagesbild) -> list[Block]:
    """The questions asked of every area, then those of each area that is highest."""
    lines = [line for line in with_page(lagesbild) if set(lagesbild.taxonomy.covers(line)) & set(causes())][:MOST]
    if not lines:
        return []
    rows = tuple((head, text, said.TO_WRITE) for head, text in common().questions)
    heads = columns("", "Fråga", "Svar och vem som vet", widths=(0.8, 2.4, 2.6))
    blocks: list[Block] = [
        Heading(1, "Underlag för orsaksanalys", new_page=True),
        Text(said.INTRO, style="intro"),
        Table("Frågor om varje område", heads, rows, common().source, to_fill_in=said.TO_WRITE),
    ]
    told: list[tuple[str, ...]] = []
    for line in lines:
        for area in lagesbild.taxonomy.covers(line):
            if area in causes() and area not in {row[0] for row in told}:
                told.append((area, " ".join(causes()[area].questions), causes()[area].known, causes()[area].source))
    cells = tuple((names.spoken(lagesbild.taxonomy, area), *rest) for area, *rest in told[: MOST + 2])
    own = columns("Problemområde", "Egna frågor", "Känt från andra platser", "Källa", widths=(1.1, 2.8, 2.6, 1.5))
    return [*blocks, Table("Frågor om de högst placerade områdena", own, cells, said.KNOWN, dense=True)]
