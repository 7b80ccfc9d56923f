"""The sentences that open the report: what stands out, or that nothing does."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish
from lagesbild.report.narrative.certainty import lower_first

CLOSING = "Rangordningen är ett underlag. Kommun och polis beslutar tillsammans vad löftet ska handla om."


def purpose(year: int) -> str:
    """What the paper is for."""
    return f"Underlag för samtalet mellan kommun och polis om nästa medborgarlöfte. Avser {year}."


def areas_word(count: int) -> str:
    """'Ett problemområde', 'Tre problemområden'."""
    return f"{swedish.capital(swedish.count_word(count))} problemområde{'' if count == 1 else 'n'}"


def finding(place: str, year: int, first: Sequence[str], second: Sequence[str]) -> str:
    """What stands out: the areas of the first tier, else that none does, with those of the second.

    >>> finding("Exempelby", 2025, ["Skadegörelse", "Narkotika"], [])
    'Två problemområden står ut i Exempelby 2025: skadegörelse och narkotika.'
    >>> finding("Mariestad", 2025, [], ["Skadegörelse"])
    'Inget problemområde står tydligt ut i Mariestad 2025. Ett kan övervägas: skadegörelse.'
    >>> finding("Mariestad", 2025, [], [])
    'Inget problemområde står tydligt ut i Mariestad 2025.'
    """
    if first:
        return f"{areas_word(len(first))} står ut i {place} {year}: {_names(first)}."
    opening = f"Inget problemområde står tydligt ut i {place} {year}."
    if not second:
        return opening
    return f"{opening} {swedish.capital(swedish.count_word(len(second)))} kan övervägas: {_names(second)}."


def nothing_ranked(place: str, year: int) -> str:
    """The honest headline where no source says anything."""
    return f"Inget går att rangordna för {place} {year}: ingen källa säger något om problemområdena."


def reported_only(place: str) -> str:
    """The reservation where the police's figures are all there is."""
    return (
        f"För {place} finns bara anmälda brott. De visar vad som anmäls, inte hur ofta brott sker eller vad invånarna "
        "upplever. "
        "Rangordningen är därför osäker och ingen annan källa kan bekräfta den."
    )


def sources_used(names: Sequence[str]) -> str:
    """Which sources the ranking rests on.

    >>> sources_used(["polisanmälda brott", "EST"])
    'Rangordningen vilar på två källor: polisanmälda brott och EST.'
    """
    count = "en källa" if len(names) == 1 else f"{swedish.count_word(len(names))} källor"
    return f"Rangordningen vilar på {count}: {swedish.listing(list(names))}."


def _names(names: Sequence[str]) -> str:
    return swedish.listing([lower_first(name) for name in names])
