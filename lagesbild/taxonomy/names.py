"""Names as people write them, matched without regard to case, spacing, dashes or diacritics."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """The text as a key: lower case, no diacritics, every run of other signs as one space.

    >>> fold(" Buskörning / A–traktor "), fold("0-rapport")
    ('buskorning a traktor', '0 rapport')
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(plain))


def nearest(text: str, options: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """Up to ``n`` of the options that are spelt most like the text, best first; none that is merely unlike.

    >>> nearest("Skadegörelsse", ["Narkotika", "Skadegörelse"])
    ('Skadegörelse',)
    """
    by_key: dict[str, str] = {}
    for option in sorted(set(options)):
        by_key.setdefault(fold(option), option)
    return tuple(by_key[key] for key in difflib.get_close_matches(fold(text), sorted(by_key), n=n, cutoff=0.6))


def split(text: object) -> tuple[str, ...]:
    """The parts of a semicolon list, stripped, empty ones left out.

    >>> split("stold; ran;")
    ('stold', 'ran')
    """
    return tuple(part.strip() for part in str(text).split(";") if part.strip())


def synonym_table(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded name or synonym -> name, from pairs of a name and its semicolon list of synonyms.

    >>> synonym_table([("Brand", "anlagd brand;eldning")])["eldning"]
    'Brand'
    """
    return {fold(text): name for name, synonyms in named for text in (name, *split(synonyms))}


def lookup(table: Mapping[str, str], text: str) -> str | None:
    """What the text stands for in a table of folded synonyms; None where it is unknown or empty."""
    key = fold(text)
    return table.get(key) if key else None
