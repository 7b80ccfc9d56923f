"""Sentences of the paper for the agenda: what the law asks, and what the forum is asked to do."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish

LAW = (
    "Lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete kräver att kommunen tar fram en lägesbild över "
    "brottsligheten. Rangordningen är ett underlag till den och till medborgarlöftet."
)

#: Above every page, before the place and year.
HEADER = "Sammanfattning"

#: What the forum does with the paper, in order.
ASKED = (
    "Ta ställning till vart och ett av områdena: prioritera, avvakta eller bortprioritera. Skriv varför.",
    "Bedöm det som siffrorna inte visar: hur svåra följderna är, vad det kostar och vad parterna kan påverka.",
    "Fyll i granskning.html under mötet, skriv ut sidan för underskrift och spara beslutsfilen. Nästa lägesbild visar beslutet "
    "bredvid förslaget.",
)


def areas_heading(count: int) -> str:
    """Over the areas told in brief.

    >>> areas_heading(1), areas_heading(3)
    ('Det högst placerade området', 'De tre högst placerade områdena')
    """
    return "Det högst placerade området" if count == 1 else f"De {swedish.count_word(count)} högst placerade områdena"


def more_disputed(names: Sequence[str]) -> str:
    """Areas about which the sources disagree, without saying how.

    >>> more_disputed(["rån", "trafik"])
    'Källorna är oense även om rån och trafik.'
    """
    return f"Källorna är oense även om {swedish.listing(list(names))}."


#: Where the evidence stands that two pages have no room for.
WHERE_MORE = "Underlaget för varje område står i lagesbild.pdf och alla tal i lagesbild.xlsx."
#: What can be decided, and the box to tick for it.
CHOICES, BOX = ("Prioritera", "Avvakta", "Bortprioritera"), "☐"


def proposal(tier: str) -> str:
    """What the figures speak for; people decide.

    >>> proposal("prioritera"), proposal("bevaka")
    ('talar för prioritering', 'talar för att bevaka')
    """
    return {"prioritera": "talar för prioritering", "överväg": "talar för att överväga"}.get(tier, "talar för att bevaka")
