"""What was found, and where in a text."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Kind = Literal["personnummer", "telefonnummer", "e-postadress", "registreringsnummer", "namn", "skolklass"]
#: Every kind, in the order they are told.
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Between texts that are searched together: no letter, digit or space, so no pattern reaches across it.
APART = "\0"


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
