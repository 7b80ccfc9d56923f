"""Tables of what surrounds the lägesbild: shown beside it with its source, never measured and never ranked.

They are no part of the contract of the tidy tables: to the right of ``sources`` only what shows them reads them.
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
    Table(
        "reference_offences",
        "Anmälda brott i länet och riket, som de publicerats: visas bredvid kommunens, jämförs aldrig i rangordningen",
        (
            Column("geography_level", "choice", "Länet eller riket", "lan", choices=("lan", "riket")),
            Column("geography", "text", "Länets namn, eller riket", "Dalarnas län"),
            Column("offence", "text", "Indikator, som Brå skriver den", "Skadegörelsebrott"),
            Column("year", "year", "År då brotten anmäldes", 2025, lowest=1900, highest=2100),
            Column("count", "count", "Antal anmälda brott", 2592, unit="anmälda brott", lowest=0),
            Column("rate_per_100k", "number", "Anmälda brott per 100 000 invånare", 903.0, lowest=0),
        ),
        key=("geography", "offence", "year"),
    ),
    Table(
        "decisions",
        "Vad ett forum beslutade om problemområdena med lägesbilden som underlag",
        (
            Column("year", "year", "Lägesbildens år", 2025, lowest=1996, highest=2099),
            Column("problem_area", "text", "Problemområdets id", "skadegorelse"),
            Column("decision", "choice", "Beslutet", "prioritera", choices=("prioritera", "avvakta", "bortprioritera")),
            Column("reason", "text", "Motivering", "Platserna är kända", is_optional=True, is_private=True),
            Column("forum", "text", "Vem som beslutade", "Brottsförebyggande rådet"),
            Column("date", "date", "När beslutet togs", "2026-01-15"),
            Column("roles", "text", "Vilka roller som deltog, aldrig namn", "Lokalpolisområdeschef", is_optional=True),
            Column("ranking_sha256", "text", "Kontrollsumma för rangordningen som beslutet togs på", "ab" * 32),
            *(
                Column(
                    f"w_{name}", "number", f"Vikten för {name} på sidan", 0.4, is_optional=name == "allvar", lowest=0, highest=1
                )
                for name in ("omfattning", "jamforelse", "utveckling", "allvar")
            ),
        ),
        key=("year", "problem_area", "forum", "date"),
    ),
)
#: Every context table by name.
CONTEXT: dict[str, Table] = {table.name: table for table in _TABLES}


@dataclass(frozen=True)
class Context:
    """One attribute per context table; one nobody delivered is empty, with its columns and types."""

    police_events: pd.DataFrame = field(default_factory=CONTEXT["police_events"].empty)
    context_figures: pd.DataFrame = field(default_factory=CONTEXT["context_figures"].empty)
    reference_offences: pd.DataFrame = field(default_factory=CONTEXT["reference_offences"].empty)
    decisions: pd.DataFrame = field(default_factory=CONTEXT["decisions"].empty)

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Name and frame of every table."""
        return ((name, getattr(self, name)) for name in CONTEXT)
