"""Reported offences by number and by number times severity, side by side; rare events apart."""

from __future__ import annotations

from typing import Any

from lagesbild import swedish
from lagesbild.ranking.severity import FEW
from lagesbild.report.content import names
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import severity as said
from lagesbild.taxonomy.severity import unit


def severity(lagesbild: Lagesbild) -> list[Block]:
    """The places by number and by number times severity; nothing where fewer than two lines have reported offences."""
    found = lagesbild.ranking.volume_and_harm
    if len(found) < 2:
        return []
    usual, rare = found[~found["is_rare"]], found[found["is_rare"]]
    is_graded = bool(lagesbild.profile.severity.classes)
    blocks: list[Block] = [Heading(1, "Antal och allvar", new_page=True)]
    if len(usual):
        blocks.append(Text(_firsts(lagesbild)))
    blocks += [
        Text(said.counted(lagesbild.profile.weights.allvar)),
        Text(said.CLASSES if is_graded else f"{said.APPROXIMATE}{_weakest(lagesbild)}"),
    ]
    if len(usual):
        blocks.append(_side_by_side(lagesbild))
    blocks.append(Heading(2, "Sällsynta händelser"))
    if len(rare):
        blocks += [Text(said.rare(FEW)), _rare(lagesbild)]
    blocks.append(Text(f"{'' if len(rare) else said.NONE_RARE + ' '}{said.LETHAL}"))
    return [*blocks, Text(said.NOT_OVER_TIME, style="small")]


def _firsts(lagesbild: Lagesbild) -> str:
    rows = list(each(lagesbild.ranking.volume_and_harm))
    most = next(row for row in rows if row.count_rank == 1)
    heaviest = next(row for row in rows if row.burden_rank == 1)
    spoken = [names.spoken(lagesbild.taxonomy, row.problem_area) for row in (most, heaviest)]
    return said.firsts(spoken[0], most.count, swedish.years(most.first_year, most.last_year), spoken[1])


def _weakest(lagesbild: Lagesbild) -> str:
    """The lines of the list whose severity in the taxonomy is weakly founded and that the profile does not set itself."""
    table = lagesbild.taxonomy.severity
    weak = set(table.loc[table["quality"].eq("svag"), "problem_area"]) - set(lagesbild.profile.severity.harm)
    lines = [line for line in lagesbild.ranking.volume_and_harm["problem_area"] if line in weak]
    return f" {said.weakest([names.spoken(lagesbild.taxonomy, line) for line in lines])}" if lines else ""


def _side_by_side(lagesbild: Lagesbild) -> Table:
    found = lagesbild.ranking.volume_and_harm
    usual = found[~found["is_rare"]].sort_values(["count_rank", "rank"], kind="stable")
    first, last = int(found["first_year"].min()), int(found["last_year"].max())
    rows = tuple(
        (
            _name(lagesbild, row, first, last),
            swedish.number(row.count),
            str(row.count_rank),
            _harm(row),
            _place(row),
            str(row.rank),
        )
        for row in each(usual)
    )
    titles = (
        "Problemområde", f"Anmälningar {swedish.years(first, last)}", "Plats efter antal",
        f"Allvar per brott, {unit(lagesbild.profile)}", "Plats efter antal gånger allvar", "Plats i rangordningen",
    )  # fmt: skip
    note = said.side_by_side(len(lagesbild.ranking.table))
    heads = columns(*titles, right=(1, 2, 3, 4, 5), widths=(2.6, 1, 0.8, 1, 1.3, 1.2))
    return Table("Antal och allvar sida vid sida", heads, rows, note)


def _rare(lagesbild: Lagesbild) -> Table:
    found = lagesbild.ranking.volume_and_harm
    first, last = int(found["first_year"].min()), int(found["last_year"].max())
    rows = tuple(
        (
            _name(lagesbild, row, first, last),
            f"{swedish.number(row.count)} ({swedish.interval(row.lower, row.upper)})",
            _harm(row),
            f"{row.burden_rank_with_rare} av {len(found)}",
            swedish.percent(row.share),
        )
        for row in each(found[found["is_rare"]])
    )
    titles = (
        "Problemområde", f"Anmälningar {swedish.years(first, last)}", f"Allvar per brott, {unit(lagesbild.profile)}",
        "Plats efter antal gånger allvar, om de räknas med", "Andel av allas antal gånger allvar",
    )  # fmt: skip
    heads = columns(*titles, right=(1, 2, 3, 4), widths=(2.4, 1.2, 1, 1.4, 1.4))
    return Table("Sällsynta händelser för sig", heads, rows, "Inom parentes står 95-procentiga osäkerhetsintervall.")


def _name(lagesbild: Lagesbild, row: Any, first: int, last: int) -> str:
    """The line's name, with its years where they are not those of the heading."""
    name = names.in_table(lagesbild, row.problem_area)
    years = (int(row.first_year), int(row.last_year))
    return name if years == (first, last) else f"{name}, {swedish.years(*years)}"


def _harm(row: Any) -> str:
    return swedish.number(row.harm, 0 if float(row.harm).is_integer() else 1)


def _place(row: Any) -> str:
    best, worst = int(row.burden_rank_best), int(row.burden_rank_worst)
    return str(row.burden_rank) if best == worst else f"{row.burden_rank} ({swedish.years(best, worst)})"
