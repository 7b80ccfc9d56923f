"""What forums decided beside what the ranking proposes."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.report import decided as data
from lagesbild.report.content import names
from lagesbild.report.content.area import UPPER
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import decisions as said


def decisions(lagesbild: Lagesbild, level: int = 2) -> list[Block]:
    """Proposal and decision area by area, with reason, forum, day and version; nothing where nobody has decided.

    level: of the heading.
    """
    found = data.decided(lagesbild)
    valid = data.valid(found)
    if not valid:
        return []
    earlier = tuple(one for one in found if not one.is_valid)
    blocks: list[Block] = [
        Heading(level, "Vad parterna har beslutat"),
        Text(_finding(lagesbild, valid)),
        Text(said.EXPLAINED),
        _table(lagesbild, valid),
        *(Text(told, style="small") for told in dict.fromkeys(map(said.present, (one.roles for one in valid))) if told),
        *(Text(told, style="small") for told in _weights(lagesbild, valid)),
    ]
    return [*blocks, _earlier(lagesbild, earlier)] if earlier else blocks


def _finding(lagesbild: Lagesbild, valid: tuple[data.Decided, ...]) -> str:
    bearings = [one.bearing for one in valid]
    told = said.bearings(*(bearings.count(kind) for kind in ("samma", "annat", "öppet")))
    table = lagesbild.ranking.table.sort_values("rank", kind="stable")
    upper = [str(line) for line in table.loc[table["tier"].isin(UPPER), "problem_area"]]
    without = [line for line in upper if line not in {one.problem_area for one in valid}]
    parts = [
        said.about_earlier(valid[0].year, lagesbild.profile.year),
        told,
        said.undecided([names.inside(lagesbild.taxonomy, line) for line in without]),
    ]
    return " ".join(part for part in parts if part)


def _table(lagesbild: Lagesbild, valid: tuple[data.Decided, ...]) -> Table:
    """A row per decision; who decided, when and on what stands once below where it is the same for all."""
    rows = [
        (
            names.spoken(lagesbild.taxonomy, one.problem_area),
            said.proposed(one.tier, one.p_top),
            swedish.capital(one.decision),
            one.reason or said.NO_REASON,
            said.taken(one.forum, one.date, _version(lagesbild, one)),
        )
        for one in valid
    ]
    titles, widths = (
        ("Problemområde", "Underlaget", "Beslut", "Motivering", "Forum, dag och version"),
        (1.2, 1.6, 1.05, 2.4, 1.6),
    )
    taken = {row[-1] for row in rows}
    if len(taken) > 1:
        return Table("Underlagets förslag och parternas beslut", columns(*titles, widths=widths), tuple(rows))
    heads = columns(*titles[:-1], widths=widths[:-1])
    note = f"Beslutat av {taken.pop()}."
    return Table("Underlagets förslag och parternas beslut", heads, tuple(row[:-1] for row in rows), note)


def _version(lagesbild: Lagesbild, one: data.Decided) -> str:
    return said.version(one.year, lagesbild.profile.year, is_same=one.is_same_version)


def _weights(lagesbild: Lagesbild, valid: tuple[data.Decided, ...]) -> list[str]:
    own = dict(lagesbild.profile.weights)
    return [told for told in dict.fromkeys(said.weights_apart(one.date, one.weights, own) for one in valid) if told]


def _earlier(lagesbild: Lagesbild, earlier: tuple[data.Decided, ...]) -> Table:
    rows = tuple(
        (
            names.spoken(lagesbild.taxonomy, one.problem_area),
            swedish.capital(one.decision),
            said.taken(one.forum, one.date, _version(lagesbild, one)),
        )
        for one in earlier
    )
    heads = columns("Problemområde", "Beslut", "Forum, dag och version", widths=(1.2, 0, 3))
    return Table("Beslut som har följts av ett nyare", heads, rows, dense=True)
