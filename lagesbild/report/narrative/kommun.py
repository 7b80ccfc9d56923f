"""Sentences about the kommun itself and about what was delivered for it."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish

NOT_RANKED = "Kapitlet är bakgrund. Av uppgifterna här används bara anmälda brott och folkmängd i rangordningen."
NO_FIGURES = (
    "Bakgrundsuppgifter om kommunen, till exempel åldrar, utbildning och inkomster, är inte levererade. Hur de hämtas står i "
    "handboken."
)


def delivered(given: Sequence[str], missing: Sequence[str]) -> str:
    """Which sources there are and which there are not.

    >>> delivered(["anmälda brott", "EST"], ["NTU"])
    'Levererade källor: anmälda brott och EST. Saknas: NTU.'
    """
    absent = f" Saknas: {swedish.listing(list(missing))}." if missing else " Ingen källa saknas."
    return f"Levererade källor: {swedish.listing(list(given))}.{absent}"


def without_reference(names: Sequence[str]) -> str:
    """Which references for reported offences were not delivered.

    >>> without_reference(["länet", "riket"])
    'För anmälda brott är länet och riket inte levererade, så den jämförelsen saknas.'
    """
    return f"För anmälda brott är {swedish.listing(list(names))} inte levererade, så den jämförelsen saknas."
