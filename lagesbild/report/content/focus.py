"""Proposed focus areas: what speaks for each, what speaks against, what would change the picture."""

from __future__ import annotations

from lagesbild.ranking.draws import is_unsettled
from lagesbild.ranking.explanation import SHARED_SOURCE
from lagesbild.report import facts, headings
from lagesbild.report.content import findings, names
from lagesbild.report.content.area import with_page
from lagesbild.report.document import Block, Heading, Text
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty
from lagesbild.report.narrative import focus as said
from lagesbild.report.narrative.certainty import lower_first

#: Points that a source must move an area to be named.
SEEN = 1.0


def focus(lagesbild: Lagesbild) -> list[Block]:
    """One section per proposed area; the chapter says first that it proposes and does not decide."""
    table, k = lagesbild.ranking.table, facts.top_k(lagesbild.ranking)
    lines = with_page(lagesbild)
    first = [line for line in lines if facts.ranked(lagesbild.ranking, line).tier == "prioritera"]
    lines = lines[: max(k, len(first))]
    if table.empty:
        return []
    return [
        Heading(1, "Förslag till fokusområden", new_page=True),
        Text(said.INTRO, style="intro"),
        *([] if first else [Text(said.NONE_FIRST)]),
        *(block for line in lines for block in _proposal(lagesbild, line)),
        Heading(2, "Att väga in"),
        Text(said.PEOPLE),
    ]


def _proposal(lagesbild: Lagesbild, line: str) -> list[Block]:
    ranking, taxonomy, k = lagesbild.ranking, lagesbild.taxonomy, facts.top_k(lagesbild.ranking)
    row = facts.ranked(ranking, line)
    points = ranking.explanation[ranking.explanation["problem_area"].eq(line) & ranking.explanation["source"].ne(SHARED_SOURCE)]
    by_source = {str(source): float(part.sum()) for source, part in points.groupby("source", observed=True)["points"]}
    known = set(taxonomy.sources["source"])
    pushes = [(lower_first(names.source(taxonomy, source)), value) for source, value in by_source.items() if source in known]
    up = sorted((one for one in pushes if one[1] >= SEEN), key=lambda one: -one[1])[:2]
    down = sorted((one for one in pushes if one[1] <= -SEEN), key=lambda one: one[1])[:2]
    views = [view for view in each(ranking.sensitivity) if view.problem_area == line]
    out = [lower_first(headings.variant(view.variant, taxonomy)) for view in views if view.p_top < 0.5 <= row.p_top]
    near = [
        names.inside(taxonomy, other)
        for other in ranking.table["problem_area"]
        if other != line and is_unsettled(facts.before(ranking, line, other))
    ]
    against = [
        *([said.pushes(down, up=False)] if down else []),
        *([said.POLICE] if taxonomy.is_police_initiated(line) else []),
        *findings.disagreements(lagesbild, line)[:1],
        *([certainty.evidence(row.evidence, row.n_sources)] if row.evidence != "god" else []),
    ]
    speaks_for = [
        said.speaks_for(row.tier),
        certainty.top(names.spoken(taxonomy, line), row.p_top, k),
        *([said.pushes(up, up=True)] if up else []),
    ]
    change = [
        said.survives(sum(view.p_top >= 0.5 for view in views), len(views), k),
        *([said.would_change(out)] if out else []),
    ]
    return [
        Heading(2, names.spoken(taxonomy, line)),
        Text(" ".join(speaks_for), lead="Talar för."),
        Text(" ".join(against or [said.NOTHING_AGAINST]), lead="Talar emot."),
        Text(" ".join(change), lead="Skulle ändra bilden."),
        Text(said.alternatives(near) if near else said.NO_OTHER, lead="Alternativ."),
    ]
