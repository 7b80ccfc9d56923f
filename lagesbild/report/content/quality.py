"""The quality chapter: every doubt, grouped and counted, and every row that was set aside."""

from __future__ import annotations

from itertools import groupby

from lagesbild import swedish
from lagesbild.report.document import Block, Heading, Points, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild

TITLES = {
    "okand_kategori": "Okända kategorier",
    "datum_saknas": "Datum saknas",
    "framtida_datum": "Datum i framtiden",
    "preliminart_ar": "Preliminära år",
}


def quality(lagesbild: Lagesbild) -> list[Block]:
    """Every doubt of the run by kind, and the rows set aside by file and reason."""
    doubts = lagesbild.doubts
    blocks: list[Block] = [Heading(1, "Uppgifternas kvalitet", new_page=True)]
    if doubts:
        kinds = len({doubt.kind for doubt in doubts})
        blocks.append(
            Text(
                f"Genomgången av filerna gav {swedish.plural(len(doubts), 'anmärkning', 'anmärkningar')} av "
                f"{swedish.plural(kinds, 'slag', 'slag')}. Ingen av dem stoppar rapporten. Alla står här."
            )
        )
    else:
        blocks.append(Text("Genomgången av filerna gav inga anmärkningar."))
    blocks += _set_aside(lagesbild)
    for kind, group in groupby(doubts, key=lambda doubt: doubt.kind):
        same = tuple(str(doubt) for doubt in group)
        blocks += [Heading(2, f"{title(kind)} ({swedish.number(len(same))})"), Points(same, compact=True)]
    return blocks


def title(kind: str) -> str:
    """The heading of one kind of doubt; an unknown kind speaks for itself.

    >>> title("datum_saknas"), title("fel_ordning")
    ('Datum saknas', 'Fel ordning')
    """
    return TITLES.get(kind, swedish.capital(kind.replace("_", " ")))


def _set_aside(lagesbild: Lagesbild) -> list[Block]:
    rows = tuple(
        (record.path, aside.reason, swedish.number(aside.n_rows))
        for record in lagesbild.delivery.inputs
        for aside in record.set_aside
        if aside.n_rows
    )
    if not rows:
        return []
    return [Table("Rader som inte används", columns("Fil", "Skäl", "Rader", right=(2,), widths=(2, 3, 0)), rows)]
