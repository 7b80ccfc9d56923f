"""One page per problem area in the upper tiers."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.report.content import comparison, findings, names
from lagesbild.report.content.development import developed
from lagesbild.report.content.order import certainty_of
from lagesbild.report.content.pictures import named, picture
from lagesbild.report.content.place_time import where_and_when
from lagesbild.report.document import Block, Heading, Points, Text
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import unknown
from lagesbild.report.narrative.certainty import lower_first

#: The tiers that get a page each; where none is there, the first three do.
UPPER = ("prioritera", "överväg")
MOST = 8
KINDS = {"reported": "anmälda brott", "est": "EST", "survey": "enkäter", "business": "företagsenkät", "dialogue": "dialoger"}


def with_page(lagesbild: Lagesbild) -> list[str]:
    """The lines that get a page of their own, in order."""
    table = lagesbild.ranking.table
    upper = list(table.loc[table["tier"].isin(UPPER), "problem_area"])
    return (upper or list(table["problem_area"])[:3])[:MOST]


def pages(lagesbild: Lagesbild) -> list[Block]:
    """The area pages, in order."""
    blocks: list[Block] = []
    for line in with_page(lagesbild):
        blocks += page(lagesbild, line)
    return blocks


def page(lagesbild: Lagesbild, line: str) -> list[Block]:
    """One problem area: what each source says, how sure the order is, the charts, and what is not known."""
    taxonomy = lagesbild.taxonomy
    crime = findings.reported_crime(lagesbild, line)
    paragraphs = (
        ("Anmälda brott.", [*crime, *comparison.position(lagesbild, line), *findings.reservations(lagesbild, line)]),
        ("EST.", findings.observations(lagesbild, line)),
        ("Enkäter.", findings.answers(lagesbild, line)),
        ("Dialoger.", findings.dialogues(lagesbild, line)),
        ("Utvecklingen.", developed(lagesbild, line)),
        ("Hur sannolikt.", [*certainty_of(lagesbild, line), *findings.disagreements(lagesbild, line)]),
        ("Det här vet vi inte.", not_known(lagesbild, line)),
    )
    return [
        Heading(1, taxonomy.name(line), new_page=True),
        Text(taxonomy.definition(line), style="small"),
        *(Text(" ".join(said), lead=lead, style="close") for lead, said in paragraphs if said),
        *picture(named(lagesbild, f"anmalda-{line.replace('_', '-')}")),
        *where_and_when(lagesbild, line),
        *_criticism(lagesbild, line),
    ]


def not_known(lagesbild: Lagesbild, line: str) -> list[str]:
    """The gaps of one line, and the breaks in its series."""
    gaps, taxonomy, year = lagesbild.ranking.gaps, lagesbild.taxonomy, lagesbild.profile.year
    told = _told(lagesbild, line)
    rows = gaps[gaps["problem_area"].eq(line)].drop_duplicates("detail")
    kinds = dict(zip(rows["detail"], rows["kind"], strict=True))
    said = [
        detail.split(": ", 1)[-1] if kind == "kriterium" else detail
        for detail, kind in kinds.items()
        if not detail.startswith(told)
    ]
    said += _silent(lagesbild, line)
    breaks = taxonomy.breaks_of(line)
    recent = breaks[breaks["year"].between(year - 3, year)]  # of five years, the first one's break is not crossed
    said += [unknown.broken_series(int(row.year), row.text) for row in each(recent)]
    if taxonomy.is_sensitive(line):
        said.append(unknown.LOW_IS_NOT_SMALL)
    return [text if text.endswith(".") else f"{text}." for text in said]


def _told(lagesbild: Lagesbild, line: str) -> tuple[str, ...]:
    """The criteria whose absence the line's reservations have explained already."""
    combined = ("Omfattning:",) if lagesbild.taxonomy.is_combined(line) else ()
    return (*combined, "Utveckling:") if lagesbild.taxonomy.is_police_initiated(line) else combined


def _silent(lagesbild: Lagesbild, line: str) -> list[str]:
    """Which kinds of sources could say something of the line but do not."""
    taxonomy, signals = lagesbild.taxonomy, lagesbild.ranking.signals
    heard = {taxonomy.kind_of_source(source) for source in signals.loc[signals["problem_area"].eq(line), "source"]}
    able = set(taxonomy.bias.loc[taxonomy.bias["problem_area"].isin([line, *taxonomy.covers(line)]), "kind"]) - heard
    kinds = [spoken for kind, spoken in KINDS.items() if kind in able]
    return [unknown.silent(kinds)] if kinds else []


def _criticism(lagesbild: Lagesbild, line: str) -> list[Block]:
    """Which sources were used and how each can mislead here."""
    taxonomy = lagesbild.taxonomy
    used = set(lagesbild.ranking.signals.loc[lagesbild.ranking.signals["problem_area"].eq(line), "source"])
    same: dict[str, list[str]] = {}  # what holds for several sources alike is said once
    reasons = dict(
        zip(zip(taxonomy.bias["problem_area"], taxonomy.bias["kind"], strict=True), taxonomy.bias["reason"], strict=True)
    )
    for row in each(taxonomy.sources):
        if row.source in used:
            same.setdefault(reasons.get((line, row.kind), row.weaknesses), []).append(names.source(taxonomy, row.source))
    said = tuple(f"{swedish.listing([told[0], *map(lower_first, told[1:])])}: {reason}" for reason, told in same.items())
    return [Heading(2, "Källkritik"), Points(said, compact=True)] if said else []
