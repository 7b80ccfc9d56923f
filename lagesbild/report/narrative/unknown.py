"""Sentences about what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish
from lagesbild.report.narrative.certainty import lower_first

LOW_IS_NOT_SMALL = "En låg placering betyder inte att problemet är litet."

#: Why the probabilities of the ranked areas sum to less than the places there are.
MAY_BE_LARGE = "Sannolikheterna räknar med att även de kan höra till de största."


def unmeasured(names: Sequence[str]) -> str:
    """Areas about which no source says anything.

    >>> unmeasured(["Bränder", "Bedrägeri"])
    'Ingen källa säger något om bränder och bedrägeri. Sannolikheterna räknar med att även de kan höra till de största.'
    """
    return f"Ingen källa säger något om {swedish.listing([lower_first(name) for name in names])}. {MAY_BE_LARGE}"


def unmeasured_count(count: int) -> str:
    """The same for more areas than a sentence holds."""
    return f"Om {swedish.count_word(count)} av de 16 problemområdena säger ingen källa något. {MAY_BE_LARGE}"


def missing_sources(names: Sequence[str], place: str) -> str:
    """Sources that were not delivered.

    >>> missing_sources(["EST", "NTU"], "Mariestad")
    'EST och NTU saknas för Mariestad.'
    """
    return f"{swedish.capital(swedish.listing(list(names)))} saknas för {place}."


def silent(kinds: Sequence[str]) -> str:
    """Kinds of sources that could have said something of the area but do not.

    >>> silent(["EST", "enkäter"])
    'EST och enkäter säger inget om området.'
    """
    return f"{swedish.capital(swedish.listing(list(kinds)))} säger inget om området."


def rarely_seen(names: Sequence[str]) -> str:
    """Areas in homes or on the net, that are seldom reported and that nobody on a square can observe."""
    seldom = f"{swedish.capital(swedish.listing([lower_first(name) for name in names]))} anmäls sällan och syns knappt i EST."
    return f"{seldom} {LOW_IS_NOT_SMALL}"


def unchecked() -> str:
    """Why nothing could be checked: one source has nobody to agree with."""
    return "Med en enda källa går det inte att pröva om den stämmer med andra uppgifter."


def broken_series(year: int, text: str) -> str:
    """A break in a series of figures, across which neither level nor trend is read.

    >>> broken_series(2015, "Brå rättade kommunernas geografi.")
    'Ny serie från 2015: Brå rättade kommunernas geografi.'
    """
    return f"Ny serie från {year}: {text}"
