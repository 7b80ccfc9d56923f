"""Brå's matrix for prioritising and de-prioritising, and who judged what."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.report import matrix as data
from lagesbild.report.content import names
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import prioritising

#: Kind of criterion -> the word that opens its column.
_WHO = {data.COMPUTED: "Beräknat", data.JUDGED: "Bedömt"}


def matrix(lagesbild: Lagesbild) -> list[Block]:
    """The matrix with its explanation, why computed cells are empty, and the judgements with forum, date and reason."""
    found = data.cells(lagesbild)
    blocks: list[Block] = [
        Heading(2, "Brås kriterier, område för område"),
        Text(prioritising.EXPLAINED),
        _matrix(lagesbild, found),
    ]
    told = data.judgements(lagesbild)
    return [*blocks, _judgements(lagesbild, told)] if told else blocks


def _matrix(lagesbild: Lagesbild, found: tuple[data.MatrixCell, ...]) -> Table:
    criteria = list(each(lagesbild.taxonomy.criteria))
    by_area: dict[str, list[str]] = {}
    for cell in found:
        by_area.setdefault(cell.problem_area, []).append(cell.text)
    rows = tuple((names.spoken(lagesbild.taxonomy, line), *cells) for line, cells in by_area.items())
    titles = [f"{_WHO[row.kind]}: {row.title[:1].lower()}{row.title[1:]}" for row in criteria]
    heads = columns("Problemområde", *titles, widths=(1.5, *(1.0 for _ in titles)))
    return Table(
        "Underlag för prioritering och bortprioritering",
        heads,
        rows,
        _unknown(lagesbild, found),
        dense=True,
        to_fill_in=prioritising.OPEN,
    )


def _unknown(lagesbild: Lagesbild, found: tuple[data.MatrixCell, ...]) -> str:
    """Why some computed cells have no word, each reason once with the areas it holds for."""
    reasons: dict[str, list[str]] = {}
    for cell in found:
        if cell.kind == data.COMPUTED and cell.value is None:
            reasons.setdefault(cell.note, []).append(names.inside(lagesbild.taxonomy, cell.problem_area))
    said = [
        f"{swedish.capital(swedish.listing(list(dict.fromkeys(lines))))}: {reason[:1].lower()}{reason[1:]}"
        for reason, lines in reasons.items()
    ]
    return " ".join(["Underlag saknas:", *said]) if said else ""


def _judgements(lagesbild: Lagesbild, told: tuple[data.Judgement, ...]) -> Table:
    """Who judged what and why, in the matrix's order; forum and date once where they are the same for all."""
    titles = dict(zip(lagesbild.taxonomy.criteria["criterion"], lagesbild.taxonomy.criteria["title"], strict=True))
    place = {line: at for at, line in enumerate(data.areas(lagesbild))}
    rows = [
        (
            names.spoken(lagesbild.taxonomy, one.problem_area),
            titles[one.criterion],
            prioritising.grade([one.value]),
            one.reason,
            f"{one.forum}, {one.date}",
        )
        for one in sorted(told, key=lambda one: place[one.problem_area])
    ]
    when = {row[-1] for row in rows}
    heads = columns("Problemområde", "Kriterium", "Bedömt", "Motivering", "Forum och datum", widths=(1.1, 1.3, 0, 3, 1.6))
    if len(when) > 1:
        return Table("Bedömningarna", heads, tuple(rows), dense=True)
    return Table(prioritising.judged_by(when.pop()), heads[:-1], tuple(row[:-1] for row in rows), dense=True)
