"""What is new since the year before, in the words of what the years before let expect."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish

#: One outcome of so many falls outside an 80 percent interval.
ONE_IN = 5
#: (the area's name inside a sentence, count, lower, upper)
Outcome = tuple[str, float, float, float]


def counts(before: float, now: float, year: int) -> str:
    """Two years' counts beside each other; two years alone say nothing of a change.

    >>> counts(2006, 2010, 2025).replace(chr(160), " ")
    'År 2024 registrerades 2 006 anmälda brott och år 2025 2 010.'
    """
    return f"År {year - 1} registrerades {swedish.number(before)} anmälda brott och år {year} {swedish.number(now)}."


def outside(above: Sequence[Outcome], below: Sequence[Outcome], n_areas: int) -> str:
    """Which areas lie outside what the years before let expect, and how many do so by chance.

    >>> outside([("narkotika", 234, 176, 230)], [], 15).split(". ")[0]
    'Av 15 områden ligger ett över det väntade (narkotika: 234 anmälningar mot väntade 176–230) och inget under'
    """
    expected = swedish.count_word(max(1, round(n_areas / ONE_IN)))
    told = f"Av {swedish.count_word(n_areas)} områden ligger {_listed(above)} över det väntade{_named(above)}"
    return (
        f"{told} och {_listed(below)} under{_named(below)}. Ungefär vart femte utfall hamnar utanför ett sådant intervall, så "
        f"omkring {expected} av {swedish.count_word(n_areas)} väntas göra det av slumpen."
    )


def _listed(found: Sequence[Outcome]) -> str:
    return "inget" if not found else "ett" if len(found) == 1 else swedish.count_word(len(found))


def _named(found: Sequence[Outcome]) -> str:
    if not found:
        return ""
    each = [
        f"{name}: {swedish.number(count)} anmälningar mot väntade {swedish.interval(lower, upper)}"
        for name, count, lower, upper in found
    ]
    return f" ({'; '.join(each)})"
