"""Last year's pledges: what was promised and what was done, never what it led to."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild


def pledges(lagesbild: Lagesbild) -> list[Block]:
    """The pledges of the year's delivery, or nothing."""
    rows = lagesbild.delivery.tables.pledges
    if rows.empty:
        return []
    taxonomy = lagesbild.taxonomy
    cells = tuple(
        (
            str(row["text"]),
            taxonomy.name(row["problem_area"]) if row["problem_area"] in taxonomy.line_ids else str(row["problem_area"]),
            "" if pd.isna(row["activity"]) else str(row["activity"]),
            _count(row["planned"]),
            _count(row["done"]),
        )
        for row in rows.to_dict("records")
    )
    heads = columns("Löfte", "Problemområde", "Aktivitet", "Planerat", "Genomfört", right=(3, 4), widths=(3, 1.5, 2, 0, 0))
    return [
        Heading(1, "Tidigare löften"),
        Text(
            "Tabellen visar vad parterna lovade och vad som är genomfört. Den säger inget om vad löftena har betytt för "
            "brotten: det "
            "kräver en jämförelse med kommuner utan samma löfte och flera års uppgifter."
        ),
        Table("", heads, cells),
    ]


def _count(value: object) -> str:
    return "uppgift saknas" if pd.isna(value) else swedish.number(float(str(value)))  # type: ignore[call-overload]
