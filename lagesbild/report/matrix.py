"""Brå's matrix for prioritising and de-prioritising as data: every problem area by every criterion.

``cells`` is what the report and the review page print. Computed cells come from the ranking, judged cells from the table
``judgements``; what nobody has judged stays open for people. The matrix is a basis for discussion, never a decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lagesbild import swedish
from lagesbild.ranking.odds import odds
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import prioritising
from lagesbild.taxonomy.taxonomy import Taxonomy

Kind = Literal["beraknad", "bedomd", "oppen"]
COMPUTED: Kind = "beraknad"
JUDGED: Kind = "bedomd"
OPEN: Kind = "oppen"
#: A judgement is 0 (not at all) to this (to a high degree).
HIGHEST = 3


@dataclass(frozen=True)
class MatrixCell:
    """One area on one criterion. title: the criterion's Swedish title. text: what the cell shows; note: why, with base.

    kind: COMPUTED (from the figures), JUDGED (by a forum) or OPEN (to be judged). value: COMPUTED: in how many calculations of
    100 the criterion is met, None where no source can say; JUDGED: 0-3, None where forums differ on the same day; OPEN: None.
    """

    problem_area: str
    criterion: str
    title: str
    kind: Kind
    value: int | None
    text: str
    note: str


@dataclass(frozen=True)
class Judgement:
    """What a forum judged of an area on a criterion of the matrix, last of all or on the same day as another."""

    problem_area: str
    criterion: str
    value: int
    reason: str
    forum: str
    date: str


def areas(lagesbild: Lagesbild) -> tuple[str, ...]:
    """The rows: ranked lines by rank, then areas that nothing measures and those only a judgement speaks of."""
    ranking, taxonomy = lagesbild.ranking, lagesbild.taxonomy
    ranked = [str(line) for line in ranking.table.sort_values("rank", kind="stable")["problem_area"]]
    unmeasured = set(ranking.gaps.loc[ranking.gaps["kind"].eq("omatt"), "problem_area"])
    told = {one.problem_area for one in judgements(lagesbild)}
    others = [line for line in taxonomy.line_ids if line in unmeasured | told and line not in ranked]
    return (*ranked, *(line for line in others if taxonomy.is_area(line) or line in told))


def judgements(lagesbild: Lagesbild) -> tuple[Judgement, ...]:
    """The last judgements of every area and criterion, in the taxonomy's order; unknown areas and criteria are doubts."""
    taxonomy, rows = lagesbild.taxonomy, lagesbild.delivery.tables.judgements
    by_cell: dict[tuple[str, str], list[Judgement]] = {}
    for row in each(rows):
        criterion = taxonomy.match_criterion(str(row.criterion))
        if criterion in _judged(taxonomy) and str(row.problem_area) in taxonomy.line_ids:
            found = Judgement(
                str(row.problem_area), str(criterion), int(row.value), str(row.reason), str(row.forum), f"{row.date:%Y-%m-%d}"
            )
            by_cell.setdefault((found.problem_area, found.criterion), []).append(found)
    last = [one for told in by_cell.values() for one in told if one.date == max(other.date for other in told)]
    order = {name: place for place, name in enumerate(taxonomy.criteria["criterion"])}
    lines = {line: place for place, line in enumerate(taxonomy.line_ids)}
    return tuple(sorted(last, key=lambda one: (lines[one.problem_area], order[one.criterion], one.forum, one.value)))


def cells(lagesbild: Lagesbild) -> tuple[MatrixCell, ...]:
    """Every cell, row by row: the areas of ``areas`` by the criteria of ``taxonomy.criteria``, in their order."""
    return tuple(_cells(lagesbild))


def _cells(lagesbild: Lagesbild) -> Iterator[MatrixCell]:
    chances = odds(lagesbild.ranking)
    told: dict[tuple[str, str], list[Judgement]] = {}
    for one in judgements(lagesbild):
        told.setdefault((one.problem_area, one.criterion), []).append(one)
    for line in areas(lagesbild):
        for row in each(lagesbild.taxonomy.criteria):
            if row.kind == COMPUTED:
                chance = chances.get((line, row.ranked_by))
                yield _computed(lagesbild, line, row.criterion, row.title, row.ranked_by, chance)
            else:
                yield _judgement(line, row.criterion, row.title, row.question, told.get((line, row.criterion), []))


def _computed(lagesbild: Lagesbild, line: str, criterion: str, title: str, ranked_by: str, chance: float | None) -> MatrixCell:
    if chance is None:
        return MatrixCell(line, criterion, title, COMPUTED, None, prioritising.UNKNOWN, _why_not(lagesbild, line, ranked_by))
    note = prioritising.met(ranked_by, chance)
    return MatrixCell(line, criterion, title, COMPUTED, swedish.of_hundred(chance), prioritising.sign(chance), note)


def _judgement(line: str, criterion: str, title: str, question: str, told: list[Judgement]) -> MatrixCell:
    if not told:
        return MatrixCell(line, criterion, title, OPEN, None, prioritising.OPEN, question)
    values = sorted({one.value for one in told})
    note = " ".join(prioritising.judged(one.value, one.forum, one.date, one.reason) for one in told)
    value = values[0] if len(values) == 1 else None
    return MatrixCell(line, criterion, title, JUDGED, value, prioritising.grade(values), note)


def _why_not(lagesbild: Lagesbild, line: str, ranked_by: str) -> str:
    """Why a criterion could not be computed, as the ranking told it."""
    gaps = lagesbild.ranking.gaps
    own = gaps[gaps["problem_area"].eq(line)]
    display = {"omfattning": "Omfattning", "jamforelse": "Jämförelse", "utveckling": "Utveckling"}[ranked_by]
    for row in each(own):
        if row.kind == "kriterium" and row.detail.startswith(f"{display}: "):
            return str(row.detail.split(": ", 1)[1])
    return next((str(row.detail) for row in each(own) if row.kind in ("omatt", "ingår i")), prioritising.NOTHING)


def _judged(taxonomy: Taxonomy) -> set[str]:
    return set(taxonomy.criteria.loc[taxonomy.criteria["kind"].eq("bedomd"), "criterion"])
