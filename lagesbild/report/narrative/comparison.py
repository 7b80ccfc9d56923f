"""Sentences about the comparison kommuner: who they are, how they differ, and what others would change."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish
from lagesbild.report.narrative.certainty import lower_first


def chosen(name: str, place: str, n: int, *, nearest: bool = False) -> str:
    """Who the comparison kommuner are and how many.

    nearest: whether they are other kommuner for every problem area; ``n`` is then their number for each.

    >>> chosen("kommunerna i Skåne län", "Lund", 32).replace(chr(160), " ")
    'Lund jämförs med kommunerna i Skåne län: 32 kommuner har uppgifter i underlaget.'
    """
    if nearest:
        return (
            f"{place} jämförs med {name}: för varje problemområde de {swedish.count_word(n)} som liknar {place} mest i "
            "folkmängd, befolkningstäthet och hur anmälningarna fördelar sig på de andra problemområdena. Området självt är "
            "inte med när de väljs, så det väljer inte sin egen måttstock."
        )
    have = "har" if n != 1 else "som har"
    return f"{place} jämförs med {name}: {swedish.plural(n, 'kommun', 'kommuner')} {have} uppgifter i underlaget."


def members(names: Sequence[str]) -> str:
    """Their names.

    >>> members(["Eslöv", "Höör"])
    'De är Eslöv och Höör.'
    """
    return f"De är {swedish.listing(list(names))}." if len(names) > 1 else f"Den är {names[0]}."


#: What the report calls them, where they are first met.
NAMED = "Tillsammans är de jämförelsegruppen, som rapporten också kallar jämförbara kommuner."


def nobody(place: str) -> str:
    """That nobody is compared with."""
    return f"{place} jämförs inte med andra kommuner, för inga sådana uppgifter finns i underlaget."


def position(
    place: str, period: str, median: float, lower: float, upper: float, rank: int, best: int, worst: int, n: int
) -> str:
    """The group's median and middle half, and the own place among all ``n``.

    >>> position("Lund", "2023–2025", 812.3, 640.2, 1010, 5, 3, 9, 27).replace(chr(160), " ").split(". ")[1]
    'Lund ligger på plats 5 av 27 (osäkerhetsintervall 3–9), där plats 1 har flest anmälningar per invånare.'
    """
    limits = "i hela osäkerhetsintervallet" if best == worst else f"(osäkerhetsintervall {swedish.interval(best, worst)})"
    return (
        f"I jämförelsegruppen är medianen {swedish.number(median)} anmälda brott per {swedish.number(100_000)} invånare och år "
        f"{period}, och hälften av kommunerna ligger mellan {swedish.number(lower)} och {swedish.number(upper)}. "
        f"{place} ligger på plats {rank} av {n} {limits}, där plats 1 har flest anmälningar per invånare."
    )


def with_another(
    name: str, n: int, first: str, still_first: bool, moved: tuple[str, int, int] | None, *, nearest: bool = False
) -> str:
    """What the order is with another group. first: who then lies first. moved: who moves most, from and to which place.

    >>> with_another("kommunerna i Skåne län", 32, "Stöld", True, None).replace(chr(160), " ")
    'Med kommunerna i Skåne län som jämförelse (32 kommuner) blir ordningen densamma.'
    >>> with_another("kommunerna i Skåne län", 32, "Trafik", False, ("Trafik", 4, 1)).split(") ")[1]
    'ligger trafik först. Mest flyttar trafik, från plats 4 till plats 1.'
    """
    each = " för varje problemområde" if nearest else ""
    start = f"Med {name} som jämförelse ({swedish.plural(n, 'kommun', 'kommuner')}{each})"
    if moved is None:
        return f"{start} blir ordningen densamma."
    line, before, after = moved
    still = " fortfarande" if still_first else ""
    return (
        f"{start} ligger {lower_first(first)}{still} först. Mest flyttar {lower_first(line)}, från plats {before} till plats "
        f"{after}."
    )
