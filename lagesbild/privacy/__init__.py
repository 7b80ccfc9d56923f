"""Personal data in free text: what the texts of a source hold that no report, table, log line or error may show.

``find`` tells what one text holds, ``private_among`` which of very many hold anything, ``masked`` what of a text may be shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate

from lagesbild.privacy import contact, identity, names, plates, school
from lagesbild.privacy.hit import APART, KINDS, Hit, Kind

__all__ = ["HIDDEN", "KINDS", "SURE", "Hit", "Kind", "find", "masked", "private_among"]

#: What stands in place of personal data.
HIDDEN = "(personuppgift)"
#: Kinds that are told by their form alone, without a list of names.
SURE: tuple[Kind, ...] = ("personnummer", "telefonnummer", "e-postadress", "registreringsnummer")


def find(text: str) -> tuple[Hit, ...]:
    """Everything personal in a text, by place.

    >>> find("ringde 070-123 45 67 om bilen abc123")
    (Hit(kind='telefonnummer', start=7, end=20), Hit(kind='registreringsnummer', start=30, end=36))
    """
    return tuple(sorted(_hits(text.replace(APART, " ")), key=lambda hit: (hit.start, -hit.end)))


def private_among(texts: Iterable[str]) -> dict[str, tuple[Kind, ...]]:
    """The texts that hold personal data, and of which kinds; each distinct text is searched once.

    >>> private_among(["klotter på torget", "hos Anna Berg, pnr 850709-9805", "klotter på torget"])
    {'hos Anna Berg, pnr 850709-9805': ('personnummer', 'namn')}
    """
    distinct = [text for text in dict.fromkeys(texts) if text]
    if not distinct:
        return {}
    kinds: dict[str, set[Kind]] = {}
    for scan, texts in ((_numbers, distinct), (names.find, names.worth_searching(distinct))):
        starts = list(accumulate((len(text) + len(APART) for text in texts), initial=0))
        for hit in scan(APART.join(text.replace(APART, " ") for text in texts)):
            kinds.setdefault(texts[bisect_right(starts, hit.start) - 1], set()).add(hit.kind)
    return {text: in_order(kinds[text]) for text in distinct if text in kinds}


def masked(text: str, kinds: Collection[Kind] = KINDS) -> str:
    """The text with every piece of personal data of these kinds replaced; the text itself where it holds none.

    >>> masked("est (850709-9805).xlsx, rad 3")
    'est ((personuppgift)).xlsx, rad 3'
    """
    parts, place = [], 0
    for hit in find(text):
        if hit.kind in kinds and hit.end > place:
            parts += [text[place : max(place, hit.start)], HIDDEN if hit.start >= place else ""]
            place = hit.end
    return "".join([*parts, text[place:]]) if parts else text


def in_order(kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    """The kinds without repetition, in the order they are told."""
    present = set(kinds)
    return tuple(kind for kind in KINDS if kind in present)


def _hits(text: str) -> Iterator[Hit]:
    yield from _numbers(text)
    yield from names.find(text)


def _numbers(text: str) -> Iterator[Hit]:
    """What is told by its form, in one text or in many joined by ``APART``."""
    chunks = identity.chunks(text)
    yield from identity.find(text, chunks)
    yield from contact.find_phones(text, chunks)
    yield from contact.find_emails(text)
    yield from plates.find(text)
    yield from school.find(text)
