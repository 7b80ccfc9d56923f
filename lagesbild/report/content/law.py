"""What the report holds, and the assignment: the law, the agreement, the pledge."""

from __future__ import annotations

from lagesbild.report.document import Block, Contents, Heading, Table, Text, columns
from lagesbild.report.narrative import law as said


def law() -> list[Block]:
    """The contents, then what the law asks for and where the report answers it."""
    return [
        Contents(),
        Heading(1, "Uppdraget"),
        Heading(2, "Lagen"),
        Text(f"{said.LAW} {said.MATTERS}"),
        Text(said.RHYTHM),
        Heading(2, "Löftet"),
        Text(said.PLEDGE),
        Text(f"{said.STEPS} {said.NOT_HERE}"),
        Table("Så svarar rapporten mot 4 §", columns("Lagen", "I rapporten", widths=(1, 2.6)), said.ASKED, said.SOURCES),
    ]
