"""A school class together with a date: few enough children to be known by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lagesbild.privacy.hit import Hit, after, before

_CLASS = re.compile(
    r"(?<![\w§-])(?:(?:klass|kl|åk|årskurs)\.?\s?)?(?:[1-9]\s?[A-Fa-f]|(?:[A-ZÅÄÖ]{2,3})[12][0-9][A-Za-z]?)(?=\b|:?[so]?n?\b)(?!\w)"
)
_MONTHS = "jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec"
_DATE = re.compile(
    rf"(?<![0-9/])(?:[0-3]?[0-9]/(?:1[0-2]|0?[1-9])(?![0-9/])|20[0-9]{{2}}-[01][0-9]-[0-3][0-9]|[0-3]?[0-9](?::?e)?\s(?:{_MONTHS})[a-z]*|"
    r"(?<=den )[0-3]?[0-9]:?e)"
)
_NEAR = 40
#: Before "7B" these make it a house, a bus or a room.
_ELSE = re.compile(
    r"(?:\w*(?:gatan?|vägen?|gränd(?:en)?|stigen?|torg(?:et)?|allén?|backen?|plan|plats(?:en)?|hus|sal|rum|lgh|port|uppgång|trappa|linje|buss|"
    r"entré|hall|kap|kapitel|bilaga|punkt|skåp|zon|plan|dörr|del|lokal|grupp|spår|nr|nummer))\.?\s{0,2}$",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Hit]:
    """Every class with a date within forty letters of it."""
    for found in _CLASS.finditer(text):
        lead, rest = before(text, found.start(), _NEAR), after(text, found.end(), _NEAR)
        is_class = found.group().lower().startswith(("kl", "åk", "års")) or not _ELSE.search(lead)
        if is_class and (_DATE.search(rest) or _DATE.search(lead)):
            yield Hit("skolklass", found.start(), found.end())
