"""Phrases that several charts share, in the words of the report."""

from __future__ import annotations

from collections.abc import Iterable

from lagesbild import swedish
from lagesbild.profile import Profile

#: The criteria as the reader sees them.
CRITERIA = {"omfattning": "omfattning", "jamforelse": "jämförelse", "utveckling": "utveckling", "allvar": "allvar"}
#: Stands under a chart where a line is broader than one area; such a line's short name ends in an asterisk.
COMBINED = "* Flera områden som källan inte delar upp."
#: Below this many events a share or a change is not put in words.
FEW = 20


def within(name: str) -> str:
    """A name inside a sentence: small first letter; abbreviations and names of organisations left alone.

    >>> within("Narkotika"), within("EST"), within("Rån"), within("Svenskt Näringslivs företagsenkät")
    ('narkotika', 'EST', 'rån', 'Svenskt Näringslivs företagsenkät')
    """
    _, _, second = name.partition(" ")
    is_title = second[:1].isupper() and not second[1:2].isupper()
    return name if name[1:2].isupper() or is_title else name[:1].lower() + name[1:]


def plain(name: str) -> str:
    """A line's name without what stands in brackets, for a title.

    >>> plain("Brott mot person (3–7 kap., flera områden)")
    'Brott mot person'
    """
    return name.partition(" (")[0]


def several(names: Iterable[str]) -> str:
    """Lines' names as a list inside a sentence; 'samt' where a name itself holds 'och'.

    >>> several(["Narkotika", "Skadegörelse och klotter"]), several(["Rån", "Narkotika"])
    ('narkotika samt skadegörelse och klotter', 'rån och narkotika')
    """
    return swedish.listing([within(plain(name)) for name in names])


#: What gives points without being a source: the severity table, and what the kommun's areas have in common.
NO_SOURCE = {"allvarsgrad": "Allvar enligt tabell", "hela_kommunen": "Kommunen som helhet"}


def source_line(sources: Iterable[str], period: str, profile: Profile) -> str:
    """The chart's last line: whose figures, of what time; example data says so first."""
    names = list(dict.fromkeys(sources))
    line = f"{swedish.listing(names)}. {period}.".replace("..", ".")
    # Made-up figures must not be quoted as anybody's statistics.
    return f"EXEMPELDATA: påhittade uppgifter. Förlaga: {line}" if profile.is_example else f"Källa: {line}"


def source_label(name: str) -> str:
    """A source's name for a column head: its abbreviation if it has one, else the name without brackets.

    >>> source_label("Nationella trygghetsundersökningen (NTU)"), source_label("EST-observationer")
    ('NTU', 'EST')
    >>> source_label("Polisanmälda brott (Brå)")
    'Polisanmälda brott'
    """
    bare, _, bracket = name.partition(" (")
    inside = bracket.removesuffix(")")
    first = bare.split("-")[0]
    return next((short for short in (inside, first) if len(short) > 1 and short.isupper()), bare)


def chance(probability: float) -> str:
    """A probability as a percentage that never claims certainty, nor the next tier.

    >>> chance(1.0), chance(0.974), chance(0.001), chance(0.798)
    ('>99\\xa0%', '97\\xa0%', '<1\\xa0%', '79\\xa0%')
    """
    if probability > 0.99:
        return f">99{swedish.NBSP}%"
    return f"<1{swedish.NBSP}%" if probability < 0.01 else swedish.percent(swedish.of_hundred(probability) / 100)


def chance_words(probability: float) -> str:
    """The same to be read aloud, where a sign before a number is easily lost.

    >>> chance_words(1.0), chance_words(0.974), chance_words(0.001)
    ('över 99\\xa0%', '97\\xa0%', 'under 1\\xa0%')
    """
    return chance(probability).replace(">", "över ").replace("<", "under ")


def rate(value: float) -> str:
    """A rate per 100 000: whole numbers, one decimal below ten."""
    return swedish.number(value, 0 if value >= 10 or value == 0 else 1)


def times(ratio: float) -> str:
    """A ratio with two significant digits: '1,4 gånger', '0,83 gånger'."""
    return f"{swedish.significant(ratio)}{swedish.NBSP}gånger"


def place(first: float, last: float) -> str:
    """A rank interval: 'plats 2' or 'plats 1–3'."""
    return f"plats {swedish.years(int(first), int(last))}"


def top(count: int) -> str:
    """'det största' or 'de tre största'."""
    return "det största" if count == 1 else f"de {swedish.count_word(count)} största"
