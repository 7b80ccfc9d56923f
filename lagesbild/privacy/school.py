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
    rf"[0-9](?:[0-9]?/(?:1[0-2]|0?[1-9])(?![0-9/])|[0-9]{{3}}-[01][0-9]-[0-3][0-9]|[0-9]?(?::?e)?\s(?:{_MONTHS})|[0-9]?:?e\b)"
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
    for date in _DATE.finditer(text):
        start, end = date.span()
        if text[start - 1 : start].isdigit() or text[start - 1 : start] == "/":
            continue
        low = start - len(before(text, start, _NEAR))
        for found in _CLASS.finditer(text, low, end + len(after(text, end, _NEAR))):
            is_class = found.group().lower().startswith(("kl", "åk", "års")) or not _ELSE.search(
                before(text, found.start(), _NEAR)
            )
            if is_class and (found.end() <= start or found.start() >= end):
                yield Hit("skolklass", found.start(), found.end())
