"""Sentences of the slides: titles that hold for every delivery, and what the tiers and the method mean in one line."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.swedish import NBSP

UNKNOWN = "Det här vet vi inte"
DECISION = "Beslut att fatta: prioritera, avvakta eller bortprioritera"
METHOD = "Så är lägesbilden gjord"
AGREE = "Källorna säger inte emot varandra mer än osäkerheten medger"
ALONE = "Bara en källa finns, så ingen annan kan bekräfta den"

MADE_UP = "EXEMPELDATA: uppgifterna är påhittade."

#: How it is made, in the order one would say it.
MADE = (
    "Varje källa säger hur mycket ett område avviker. Antal från olika källor läggs aldrig ihop.",
    "Poängen går från 0 till 100. Femtio är ett genomsnittligt problem utan förändring, som i jämförbara kommuner.",
)


def meaning(tier: str, most: str) -> str:
    """What a tier means; most: 'de tre största'.

    >>> meaning("överväg", "de tre största").replace(chr(160), " ")
    'I 20–80 av 100 beräkningar bland de tre största'
    """
    spans = {"prioritera": "I minst 80", "överväg": "I 20–80"}
    return f"{spans.get(tier, 'I färre än 20')}{NBSP}av{NBSP}100 beräkningar bland {most}"


def told_apart(name: str) -> str:
    """Title of the ranking where the neighbours at the top can be told apart.

    >>> told_apart("Skadegörelse")
    'Skadegörelse ligger högst'
    """
    return f"{name} ligger högst"


def place(name: str, rank: int, ranked: int) -> str:
    """Title of an area without a chart of its own.

    >>> place("Rån", 1, 14)
    'Rån: plats 1 av 14'
    """
    return f"{name}: plats {rank} av {ranked}"


def calculated(draws: int, top: str) -> str:
    """How the tier is found.

    >>> calculated(10000, "de tre största").replace(chr(160), " ")
    'Ordningen räknas om 10 000 gånger med de fel som källorna har. Hur ofta ett område är bland de tre största avgör nivån.'
    """
    return (
        f"Ordningen räknas om {swedish.number(draws)} gånger med de fel som källorna har. Hur ofta ett område är bland {top} "
        "avgör nivån."
    )


def made_with(version: str, seed: int) -> str:
    """What makes the same file again, for the notes.

    >>> made_with("1.0", 7)
    'lagesbild 1.0, startvärde 7. Samma filer, profil och version ger samma bilder.'
    """
    return f"lagesbild {version}, startvärde {seed}. Samma filer, profil och version ger samma bilder."


def part_shown(shown: int, ranked: int) -> str:
    """That the chart shows the highest places only.

    >>> part_shown(8, 16)
    'Bilden visar de åtta högst placerade av 16. Alla står i lagesbild.pdf.'
    """
    places = f"de {swedish.count_word(shown)} högst placerade av {swedish.count_word(ranked)}"
    return f"Bilden visar {places}. Alla står i lagesbild.pdf."


def first_sentence(text: str) -> str:
    """The text up to its first full stop that a new sentence follows.

    >>> first_sentence("I 28 procent (22–34). Det är 9 mer.")
    'I 28 procent (22–34).'
    """
    first, stop, _ = text.partition(". ")
    return f"{first}." if stop else text
