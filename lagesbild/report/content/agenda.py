"""The two pages for the agenda: the finding and the ranking, then the areas in brief, what is not known and what is asked."""

from __future__ import annotations

from itertools import pairwise

from lagesbild import swedish
from lagesbild.ranking.draws import CLEAR
from lagesbild.report import facts
from lagesbild.report.content import findings, names, summary
from lagesbild.report.content.area import with_page
from lagesbild.report.content.pictures import named, picture
from lagesbild.report.document import Block, Document, Fitted, Heading, Points, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import agenda as said
from lagesbild.report.narrative import certainty, headline, reported

#: How much is told, by the room there is: everything at the body's size, all set close, the level and how sure, how sure.
ROOMY, FULL, SHORTER, SHORTEST = LENGTHS = range(4)
#: So many disagreements are told in whole sentences, by length.
_DISPUTES = {ROOMY: 3, FULL: 3, SHORTER: 2, SHORTEST: 1}


def agenda(lagesbild: Lagesbild) -> Document:
    """The paper that goes with the agenda: exactly two pages that stand alone.

    Each page holds a part of one size and a part in several lengths, of which the longest that fits is set: text is left out,
    never made smaller.
    """
    top = summary.told(lagesbild)
    blocks: tuple[Block, ...] = (
        Heading(1, lagesbild.title),
        Text(headline.purpose(lagesbild.profile.year)),
        Text(summary.opening(lagesbild), style="finding"),
        *picture(named(lagesbild, "rangordning")),
        Fitted(_below_the_chart(lagesbild)),
        Heading(2, said.areas_heading(len(top)), new_page=True),
        Fitted(_second_page(lagesbild, top)),
    )
    title = f"{lagesbild.title}, sammanfattning"
    return Document(title, said.HEADER, lagesbild.label, lagesbild.profile.year, blocks)


def _below_the_chart(lagesbild: Lagesbild) -> tuple[tuple[Block, ...], ...]:
    background = summary.background(lagesbild)
    first, rest = Text(" ".join(background)), Text(" ".join(background[-1:]))
    read = Text(certainty.INTERVAL_EXPLAINED, lead="Så läses diagrammet.")
    closing = Text(headline.CLOSING)
    return (first, read, closing), (rest, read, closing), (read, closing), (closing,)


def _second_page(lagesbild: Lagesbild, top: list[str]) -> tuple[tuple[Block, ...], ...]:
    """The second page in every length."""
    whole = {line: summary.area_in_brief(lagesbild, line) for line in top}
    order_told, not_known, decisions = order(lagesbild), summary.not_known(lagesbild), _decisions(lagesbild)

    def told(length: int) -> tuple[Block, ...]:
        style = "body" if length == ROOMY else "close"
        paragraphs = (
            ("Det som inte går att skilja åt.", order_told),
            ("Källor som är oense.", disputed(lagesbild, _DISPUTES[length])),
            ("Det här vet vi inte.", not_known),
        )
        areas = [(line, whole[line] if length in (ROOMY, FULL) else _area(lagesbild, line, length)) for line in top]
        return (
            *(Text(text, lead=f"{names.spoken(lagesbild.taxonomy, line)}.", style=style) for line, text in areas),
            Heading(2, "Ordningen och det vi inte vet"),
            *(Text(" ".join(sentences), lead=lead, style=style) for lead, sentences in paragraphs if sentences),
            Heading(2, "Det här behöver forumet göra"),
            Points(said.ASKED),
            *([] if length == SHORTEST else [decisions]),
            Text(f"{said.LAW} {said.WHERE_MORE}", style=style),
        )

    return tuple(told(length) for length in LENGTHS)


def _decisions(lagesbild: Lagesbild) -> Table:
    """What the figures speak for in each area that stands out or may be considered, with room to note the decision."""
    rows = []
    for line in with_page(lagesbild):
        row = facts.ranked(lagesbild.ranking, line)
        places = f"{row.rank} ({swedish.years(int(row.rank_lower), int(row.rank_upper))})"
        rows.append((names.spoken(lagesbild.taxonomy, line), places, said.proposal(row.tier), *[said.BOX] * 3))
    heads = columns("Område", "Plats (intervall)", "Underlaget", *said.CHOICES, widths=(1.6, 1, 1.5, 0, 0, 0))
    return Table("", heads, tuple(rows))


def _area(lagesbild: Lagesbild, line: str, length: int) -> str:
    """What reports say of one area, or not even that, and how sure its place is."""
    row, ranked = facts.ranked(lagesbild.ranking, line), len(lagesbild.ranking.table)
    sentences = []
    if length == SHORTER:
        crime = findings.reported_crime(lagesbild, line, brief=True)[:2]
        sentences = [*crime, *([reported.POLICE_EFFORT] if crime and lagesbild.taxonomy.is_police_initiated(line) else [])]
    return " ".join(
        [
            *sentences,
            certainty.score(row.score, row.score_lower, row.score_upper, row.rank, row.rank_lower, row.rank_upper, ranked),
            certainty.top(names.spoken(lagesbild.taxonomy, line), row.p_top, facts.top_k(lagesbild.ranking)),
        ]
    )


def order(lagesbild: Lagesbild) -> list[str]:
    """Who cannot be told apart at the top, and which neighbours in the whole list can."""
    lines = list(lagesbild.ranking.table["problem_area"])
    clear = [
        (names.inside(lagesbild.taxonomy, one), names.inside(lagesbild.taxonomy, two))
        for one, two in pairwise(lines)
        if facts.before(lagesbild.ranking, one, two) >= CLEAR
    ]
    return [*summary.ties(lagesbild), certainty.neighbours(clear, len(lines) - 1)]


def disputed(lagesbild: Lagesbild, most: int) -> list[str]:
    """The disagreements of the areas in order, ``most`` of them in full, the rest by name."""
    found = set(lagesbild.ranking.disagreements["problem_area"])
    lines = [line for line in lagesbild.ranking.table["problem_area"] if line in found]
    full = [sentence for line in lines[:most] for sentence in findings.disagreements(lagesbild, line)[:1]]
    rest = [names.inside(lagesbild.taxonomy, line) for line in lines[most:]]
    return [*full, said.more_disputed(rest)] if rest else full
