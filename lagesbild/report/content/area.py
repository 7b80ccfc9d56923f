"""One page per problem area in the upper tiers, and a table of the others."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.report.content import findings, names
from lagesbild.report.content.order import certainty_of
from lagesbild.report.content.pictures import of_area, picture
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import unknown

#: The tiers that get a page each; where none is there, the first three do.
UPPER = ("prioritera", "överväg")
MOST = 8


def with_page(lagesbild: Lagesbild) -> list[str]:
    """The lines that get a page of their own, in order."""
    table = lagesbild.ranking.table
    upper = list(table.loc[table["tier"].isin(UPPER), "problem_area"])
    return (upper or list(table["problem_area"])[:3])[:MOST]


def pages(lagesbild: Lagesbild) -> list[Block]:
    """The area pages, then the others in a table."""
    blocks: list[Block] = []
    for line in with_page(lagesbild):
        blocks += page(lagesbild, line)
    return blocks + others(lagesbild)


def page(lagesbild: Lagesbild, line: str) -> list[Block]:
    """One problem area: what each source says, how sure the order is, the charts, and what is not known."""
    taxonomy = lagesbild.taxonomy
    paragraphs = (
        ("Anmälda brott.", [*findings.reported_crime(lagesbild, line), *findings.reservations(lagesbild, line)]),
        ("EST.", findings.observations(lagesbild, line)),
        ("Enkäter.", findings.answers(lagesbild, line)),
        ("Dialoger.", findings.dialogues(lagesbild, line)),
        ("Hur sannolikt.", [*certainty_of(lagesbild, line), *findings.disagreements(lagesbild, line)]),
        ("Det här vet vi inte.", not_known(lagesbild, line)),
    )
    return [
        Heading(1, taxonomy.name(line), new_page=True),
        Text(taxonomy.definition(line), style="small"),
        *(Text(" ".join(said), lead=lead) for lead, said in paragraphs if said),
        *picture(of_area(lagesbild, line)),
        *_criticism(lagesbild, line),
    ]


def not_known(lagesbild: Lagesbild, line: str) -> list[str]:
    """The gaps of one line, and the breaks in its series."""
    gaps, taxonomy, year = lagesbild.ranking.gaps, lagesbild.taxonomy, lagesbild.profile.year
    said = list(dict.fromkeys(gaps.loc[gaps["problem_area"].eq(line), "detail"]))
    recent = taxonomy.breaks[taxonomy.breaks["key_or_area"].eq(line) & taxonomy.breaks["year"].between(year - 4, year)]
    said += [unknown.broken_series(int(row.year), row.text) for row in recent.itertuples(index=False)]
    if taxonomy.is_sensitive(line):
        said.append(unknown.LOW_IS_NOT_SMALL)
    return [text if text.endswith(".") else f"{text}." for text in said]


def _criticism(lagesbild: Lagesbild, line: str) -> list[Block]:
    """Which sources were used and how each can mislead here."""
    taxonomy = lagesbild.taxonomy
    used = set(lagesbild.ranking.signals.loc[lagesbild.ranking.signals["problem_area"].eq(line), "source"])
    reasons = dict(
        zip(zip(taxonomy.bias["problem_area"], taxonomy.bias["kind"], strict=True), taxonomy.bias["reason"], strict=True)
    )
    rows = tuple(
        (names.source(taxonomy, row.source), row.reported_by, reasons.get((line, row.kind), row.weaknesses))
        for row in taxonomy.sources.itertuples(index=False)
        if row.source in used
    )
    if not rows:
        return []
    heads = columns("Källa", "Vem som rapporterar", "Så kan den missvisa här", widths=(1.2, 1.8, 3))
    return [Table("Källkritik", heads, rows)]


def others(lagesbild: Lagesbild) -> list[Block]:
    """The ranked lines without a page: one row each, with the finding of each source."""
    table = lagesbild.ranking.table
    rest = [line for line in table["problem_area"] if line not in set(with_page(lagesbild))]
    if not rest:
        return []
    row_of = table.set_index("problem_area")
    rows = tuple(
        (
            f"{row_of.loc[line, 'rank']}",
            lagesbild.taxonomy.name(line),
            str(row_of.loc[line, "tier"]),
            " ".join(
                [
                    *findings.reported_crime(lagesbild, line, brief=True),
                    *findings.observations(lagesbild, line, brief=True),
                    *findings.answers(lagesbild, line, most=1),
                ]
            ),
        )
        for line in rest
    )
    count = swedish.capital(swedish.count_word(len(rest)))
    return [
        Heading(1, "Övriga områden", new_page=True),
        Text(f"{count} rangordnade områden har ingen egen sida. {unknown.LOW_IS_NOT_SMALL}"),
        Table("", columns("Plats", "Område", "Nivå", "Vad källorna visar", right=(0,), widths=(0, 1.5, 0, 4.2)), rows),
    ]
