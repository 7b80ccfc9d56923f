"""Prioritising and de-prioritising: Brå's matrix, what may wait and with how much right, and what was decided."""

from __future__ import annotations

from lagesbild.report import facts
from lagesbild.report.content import names
from lagesbild.report.content.matrix import matrix
from lagesbild.report.document import Block, Heading, Kept, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty
from lagesbild.report.narrative import deprioritising as said

#: Where an area that people do not see is found; low figures there say little.
_HIDDEN = {"hem", "digitalt"}
_GRADES = {"god": "gott", "viss": "begränsat"}


def priorities(lagesbild: Lagesbild) -> list[Block]:
    """The chapter; what may wait stands together."""
    return [
        Heading(1, "Prioritering och bortprioritering", new_page=True),
        Text(said.INTRO, style="intro"),
        *matrix(lagesbild),
        Kept(tuple(waiting(lagesbild))),
    ]


def is_seldom_seen(lagesbild: Lagesbild, line: str) -> bool:
    """Whether little of the area reaches the sources, so that a low place says little."""
    areas = lagesbild.taxonomy.areas
    where = str(areas.loc[areas["problem_area"].eq(line), "visibility"].iloc[0])
    is_seldom_reported = lagesbild.taxonomy.bias_class(line, "reported") == "C"  # dwelling burglary is at home but is reported
    return lagesbild.taxonomy.is_sensitive(line) or (where in _HIDDEN and is_seldom_reported)


def waiting(lagesbild: Lagesbild) -> list[Block]:
    """The areas that the figures say may wait, with how sure that is; those that are never proposed, and why."""
    ranking, taxonomy, k = lagesbild.ranking, lagesbild.taxonomy, facts.top_k(lagesbild.ranking)
    low = [row for row in each(ranking.table) if row.tier == "bevaka"]
    seen = [row for row in low if not is_seldom_seen(lagesbild, row.problem_area)]
    half = len(ranking.table) / 2
    rows = tuple(
        (
            names.spoken(taxonomy, row.problem_area),
            said.LEAVE if row.evidence == "god" and row.rank_lower > half else said.WAIT,
            certainty.top(names.spoken(taxonomy, row.problem_area), row.p_top, k),
            _GRADES[row.evidence],
        )
        for row in seen
        if row.evidence in _GRADES
    )
    weak = [names.spoken(taxonomy, row.problem_area) for row in seen if row.evidence not in _GRADES]
    hidden = [names.spoken(taxonomy, line) for line in taxonomy.area_ids if is_seldom_seen(lagesbild, line)]
    heads = columns("Problemområde", "Underlaget", "Hur sannolikt", "Underlag", widths=(1.3, 1.4, 3.4, 0.8))
    return [
        Heading(2, "Det som kan vänta"),
        Text(said.RULE if rows else said.NONE),
        *(
            [Table("Områden där underlaget talar för att avvakta eller bortprioritera", heads, rows, dense=True)]
            if rows
            else []
        ),
        *([Text(said.too_little(weak))] if weak else []),
        Heading(2, "Det som inte föreslås"),
        Text(said.never(hidden)),
    ]
