"""The ranking: chart, table, where the points come from, and what would change it."""

from __future__ import annotations

from itertools import pairwise

from lagesbild import swedish
from lagesbild.charts.points import SEEN
from lagesbild.charts.wording import chance
from lagesbild.ranking.draws import CLEAR, is_unsettled
from lagesbild.ranking.explanation import SHARED_SOURCE
from lagesbild.report import facts
from lagesbild.report.content import findings, names
from lagesbild.report.content.pictures import named, picture
from lagesbild.report.content.sources import agreement
from lagesbild.report.document import Block, Heading, PageBreak, Points, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty, chapters, headline, reported


def order(lagesbild: Lagesbild) -> list[Block]:
    """The ranking chapter."""
    blocks: list[Block] = [Heading(1, "Den samlade problembilden", new_page=True)]
    if lagesbild.ranking.table.empty:
        return [*blocks, Text(headline.nothing_ranked(lagesbild.place, lagesbild.profile.year))]
    disputed = [said for line in lagesbild.ranking.table["problem_area"] for said in findings.disagreements(lagesbild, line)]
    blocks += [Text(headline.CLOSING, style="intro"), *picture(named(lagesbild, "rangordning"))]
    blocks += [Heading(2, "Vad som går att skilja åt"), Text(_pairs(lagesbild))]
    is_long = len(lagesbild.ranking.table) > SHORT  # a few lines leave room for the next chart on the same page
    turn = [PageBreak()] if is_long else []
    blocks += [*turn, *picture(named(lagesbild, "kallprofil")), *agreement(lagesbild)]
    if disputed:
        blocks.append(Points(tuple(disputed)))
    blocks += [*turn, *picture(named(lagesbild, "bidrag")), *_whole_kommun(lagesbild)]
    blocks.append(_table(lagesbild))
    if lagesbild.ranking.table["problem_area"].map(lagesbild.taxonomy.is_combined).any():
        blocks.append(Text(COMBINED, style="small"))
    counted_in_part = [line for line in lagesbild.ranking.table["problem_area"] if line in lagesbild.measures.parts]
    if counted_in_part:
        told = [(names.spoken(lagesbild.taxonomy, line), lagesbild.measures.parts[line]) for line in counted_in_part]
        blocks.append(Text(reported.parts_of_areas(told), style="small"))
    return blocks


#: So many lines make charts of which two stand on a page.
SHORT = 7
COMBINED = (
    "Rader där det står flera områden är bredare än ett problemområde, eftersom Brås uppgift inte går att dela upp. Nivån "
    "räknas därför inte: de få poäng de har för omfattning följer av jämförelsen och utvecklingen."
)
SHARES = "Intervallen täcker 80 procent av beräkningarna. Sannolikheten är andelen av beräkningarna."
RIVALS = "Platsen är bland dem som har uppgifter; sannolikheten räknar med att även områden utan uppgifter kan vara stora."


def _whole_kommun(lagesbild: Lagesbild) -> list[Block]:
    """What the points of the kommun as a whole are, where they are large enough to be seen."""
    points = lagesbild.ranking.explanation
    shared = points[points["source"].eq(SHARED_SOURCE) & points["criterion"].eq("jamforelse")]["points"]
    if shared.empty or shared.abs().max() < SEEN:
        return []
    is_apart = lagesbild.ranking.signals["source"].nunique() > 1
    return [Text(chapters.whole_kommun(float(shared.mean()), is_apart=is_apart), style="small")]


def _table(lagesbild: Lagesbild) -> Table:
    k = facts.top_k(lagesbild.ranking)
    rows = tuple(
        (
            str(row.rank),
            row.name,
            swedish.number(row.score),
            swedish.interval(round(row.score_lower), round(row.score_upper)),
            swedish.years(int(row.rank_lower), int(row.rank_upper)),
            chance(row.p_top),
            row.tier,
            row.evidence,
            str(row.n_sources),
        )
        for row in each(lagesbild.ranking.table)
    )
    heads = columns(
        "Plats", "Problemområde", "Poäng", "Poäng, intervall", "Plats, intervall", f"Bland de {swedish.count_word(k)} största",
        "Nivå", "Underlag", "Källor", right=(0, 2, 3, 4, 5, 8), widths=(0, 3, 0, 1, 1, 1.3, 0, 0, 0),
    )  # fmt: skip
    note = f"{SHARES} {RIVALS}" if lagesbild.ranking.gaps["kind"].eq("omatt").any() else SHARES
    return Table("Problemområdena i ordning", heads, rows, note, dense=True)


def _pairs(lagesbild: Lagesbild) -> str:
    """Which neighbours cannot be told apart, in one paragraph."""
    lines = list(lagesbild.ranking.table["problem_area"])
    clear = [
        (names.inside(lagesbild.taxonomy, one), names.inside(lagesbild.taxonomy, two))
        for one, two in pairwise(lines)
        if facts.before(lagesbild.ranking, one, two) >= CLEAR
    ]
    return certainty.neighbours(clear, len(lines) - 1)


def certainty_of(lagesbild: Lagesbild, line: str) -> list[str]:
    """Place, evidence, probability and the neighbours one cannot tell the line from."""
    ranking = lagesbild.ranking
    row = facts.ranked(ranking, line)
    lines = list(ranking.table["problem_area"])
    near = [
        names.inside(lagesbild.taxonomy, other)
        for other in lines
        if other != line and is_unsettled(facts.before(ranking, line, other))
    ]
    said = [
        certainty.score(row.score, row.score_lower, row.score_upper, row.rank, row.rank_lower, row.rank_upper, len(lines)),
        certainty.top(names.spoken(lagesbild.taxonomy, line), row.p_top, facts.top_k(ranking)),
        certainty.evidence(row.evidence, row.n_sources),
    ]
    if near:
        said.append(certainty.inseparable_from(near))
    return said
