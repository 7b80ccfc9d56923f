"""Registration plates: three letters, then three digits, or two digits and a letter.

Letters: Transportstyrelsen, "Registreringsnummer": I, Q, V, Å, Ä and Ö are not used, and O not as the last sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lagesbild.privacy.hit import Hit, before
from lagesbild.privacy.words import WORDS

_LETTERS, _LAST = "A-HJ-PR-UW-Z", "A-HJ-NPR-UW-Z"
_PLATE = re.compile(
    rf"(?<![\w])(?P<letters>[{_LETTERS}{_LETTERS.lower()}]{{3}})(?P<gap>[ \u00a0\-]?)"
    rf"(?P<digits>[0-9]{{2}}(?:[0-9]|(?P<parted> ?)[{_LAST}{_LAST.lower()}]))(?![\w]|[\-/][0-9A-Z]|[.,:][0-9])"
)
_DIGITS = re.compile(rf"[0-9]{{2}}(?:[0-9]| ?[{_LAST}{_LAST.lower()}])(?![\w])")
_NO_PLATE = frozenset(WORDS["plates"]["other"])
_SHORT_WORDS = frozenset(WORDS["plates"]["words"])
_VEHICLES = "|".join(WORDS["plates"]["vehicles"])
_SAID = re.compile(
    r"(?:\breg\b|\breg[.-]|regnr|registrering\w*|skylt\w*|plåt\w*)(?:[\s.:;,\-]|nr|nummer|är|med|på|som|var){0,6}\s*$",
    re.IGNORECASE,
)
_THING = re.compile(rf"\b(?:{'|'.join(WORDS['plates']['things'])})[\s.:]{{1,3}}$", re.IGNORECASE)
_VEHICLE = re.compile(rf"(?:{_VEHICLES})\w*", re.IGNORECASE)
_VEHICLE_NEXT = re.compile(rf"(?:{_VEHICLES})\w*[\s,:(]{{1,3}}$", re.IGNORECASE)


def find(text: str) -> Iterator[Hit]:
    """Every registration plate; one in small letters only where a vehicle or a plate is spoken of."""
    for digits in _DIGITS.finditer(text):
        place = digits.start()
        if text[place - 1 : place].isdigit():
            continue
        for start in (place - 4, place - 3):
            found = _PLATE.match(text, start) if start >= 0 else None
            if found and found.start("digits") == place and _is_plate(text, found):
                yield Hit("registreringsnummer", found.start(), found.end())
                break


def _is_plate(text: str, found: re.Match[str]) -> bool:
    letters, gap, digits = found["letters"], found["gap"], found["digits"]
    lead = before(text, found.start(), 60)
    if _SAID.search(lead):
        return True
    if letters.upper() in _NO_PLATE or digits == "000" or found["parted"] or _THING.search(lead):
        return False
    if letters.isupper() and digits.upper() == digits:
        return True
    if letters.lower() in _SHORT_WORDS:
        return False
    return (_VEHICLE_NEXT.search(lead) if gap else _VEHICLE.search(lead)) is not None
