"""What was found, and where in a text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, get_args

Kind = Literal["personnummer", "telefonnummer", "e-postadress", "registreringsnummer", "namn", "skolklass"]
#: Every kind, in the order they are told.
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Between texts that are searched together: no letter, digit or space, so no pattern reaches across it.
APART = "\0"


_HEX = re.compile(r"[0-9a-fA-F-]*")
_LONGEST_CODE = 24


class Hit(NamedTuple):
    """Personal data of one kind, from ``start`` up to but not including ``end`` in the text."""

    kind: Kind
    start: int
    end: int


def before(text: str, start: int, length: int) -> str:
    """The letters before a place, at most so many, none from another text.

    >>> before("annat\\0pnr ", 10, 8)
    'pnr '
    """
    return text[max(0, start - length) : start].rpartition(APART)[2]


def after(text: str, end: int, length: int) -> str:
    """The letters after a place, at most so many, none from another text."""
    return text[end : end + length].partition(APART)[0]


def is_part_of_code(text: str, found: re.Match[str]) -> bool:
    """Whether bare digits are the decimals of a number, or part of a checksum or another long code."""
    start, end = found.span()
    if not found.group().isdigit():
        return False
    lead = before(text, start, 2)
    if len(lead) == 2 and lead[0].isdigit() and lead[1] in ".,":
        return True
    code = _HEX.match(before(text, start, 2 * _LONGEST_CODE)[::-1])
    rest = _HEX.match(after(text, end, 2 * _LONGEST_CODE))
    return (len(code.group()) if code else 0) + (len(rest.group()) if rest else 0) > _LONGEST_CODE
