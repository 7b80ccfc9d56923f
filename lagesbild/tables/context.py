"""Tables of what surrounds the lägesbild: shown beside it with its source, never measured and never ranked.

They are no part of the contract of the tidy tables: nothing to the right of ``sources`` but the report reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from lagesbild.tables.table import Column, Table

_TABLES = (
    Table(
        "police_events",
        "Polisens händelsenotiser: ett urval för pressen, aldrig ett mått",
        (
            Column("event_id", "text", "Notisens nummer", "589114"),
            Column("published_on", "date", "När notisen lades ut", "2025-06-14 23:31"),
            Column("occurred_on", "date", "Dagen i notisens namn", "2025-06-14", is_optional=True),
            Column("kind", "text", "Händelsens slag, som polisen skriver det", "Misshandel"),
            Column("place", "text", "Orten: den sista delen av notisens namn", "Mariestad"),
            Column("kommunkod", "code", "Ortens kommun; tomt för ett län", "1493", is_optional=True),
        ),
        key=("event_id",),
    ),
    Table(
        "context_figures",
        "Uppgifter om kommunen som bakgrund",
        (
            Column("kommunkod", "code", "Kommunens kod hos SCB, fyra siffror", "1493"),
            Column("indicator", "text", "Nyckeltalets beteckning hos den som ger ut det", "N01951"),
            Column("name", "text", "Vad nyckeltalet anger", "Invånare den 31 december"),
            Column("year", "year", "År", 2025, lowest=1900, highest=2100),
            Column("value", "number", "Värdet", 24421.0),
            Column("unit", "text", "Enhet", "invånare"),
            Column("source", "text", "Vem som ger ut uppgiften", "Kolada"),
        ),
        key=("kommunkod", "indicator", "year", "source"),
    ),
)
#: Every context table by name.
CONTEXT: dict[str, Table] = {table.name: table for table in _TABLES}


@dataclass(frozen=True)
class Context:
    """One attribute per context table; one nobody delivered is empty, with its columns and types."""

    police_events: pd.DataFrame = field(default_factory=CONTEXT["police_events"].empty)
    context_figures: pd.DataFrame = field(default_factory=CONTEXT["context_figures"].empty)

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Name and frame of every table."""
        return ((name, getattr(self, name)) for name in CONTEXT)
