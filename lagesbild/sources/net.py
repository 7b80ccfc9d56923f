"""The last net: no words that leave the sources hold an identity number, a telephone number, an address or a plate, nor any
letter that cannot be shown.

Cells are screened where they are read (``screening``). This is for what a reader quotes all the same: a heading, a sheet,
a file's name, a value that is wrong. Names are left: a kommun, a street or an organisation may be called as a person is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from lagesbild import letters, privacy
from lagesbild.errors import Doubt, LagesbildError, Place, Problem
from lagesbild.privacy import KINDS, Kind
from lagesbild.sources.inspection import Inspection
from lagesbild.sources.reading import Delivery

#: How a file is got again: an office may be called and written to.
_IN_STEPS: tuple[Kind, ...] = ("personnummer", "registreringsnummer", "namn", "skolklass")


def safe(text: str) -> str:
    """The words with personal data masked; a place keeps its parts, masked too.

    >>> safe('kolumnen "850709-9805" används inte.')
    'kolumnen "(personuppgift)" används inte.'
    """
    words = _masked(text, privacy.SURE)
    if not isinstance(text, Place):
        return words
    file, sheet, column = (_masked(part, privacy.SURE) for part in (text.file, text.sheet, text.column))
    return Place(words, file, sheet, text.rows, column, text.letter)


def _masked(text: str, kinds: Collection[Kind] = KINDS) -> str:
    return privacy.masked(letters.shown(text), kinds)


def safe_problem(problem: Problem) -> Problem:
    """The problem in words that may be shown."""
    return Problem(safe(problem.where), safe(problem.what), safe(problem.expected), safe(problem.action))


def safe_doubts(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts in words that may be shown."""
    return tuple(replace(one, where=safe(one.where), what=safe(one.what), action=safe(one.action)) for one in doubts)


def safe_error(error: LagesbildError) -> LagesbildError:
    """An error of the same kind in words that may be shown."""
    return type(error)(map(safe_problem, error.problems))


def safe_value(value: object, kinds: Collection[Kind] = KINDS) -> object:
    """Text, or lists and sections of it with their keys, with personal data masked; anything else as it is.

    >>> safe_value({"how": ["Fråga Anna Lindqvist"], "n": 3})
    {'how': ['Fråga (personuppgift)'], 'n': 3}
    """
    if isinstance(value, str):
        return _masked(value, kinds)
    if isinstance(value, Mapping):
        return {_masked(str(key)): safe_value(item, kinds) for key, item in value.items()}
    return [safe_value(item, kinds) for item in value] if isinstance(value, (list, tuple)) else value


def safe_card(card: Mapping[str, object]) -> dict[str, object]:
    """A source card that may be shown: without names and numbers of persons; the steps keep an office's number and address."""
    told = {
        key: value if key == "sha256" else safe_value(value, _IN_STEPS if key == "how" else KINDS)
        for key, value in card.items()
    }
    return {_masked(key): value for key, value in told.items()}


def safe_inspection(inspection: Inspection) -> Inspection:
    """What became of every file, in words that may be shown."""
    return replace(
        inspection,
        files=tuple(
            replace(
                one,
                path=safe(one.path),
                status=_masked(one.status),
                problems=tuple(map(safe_problem, one.problems)),
            )
            for one in inspection.files
        ),
        doubts=safe_doubts(inspection.doubts),
        delivery=inspection.delivery and _safe_delivery(inspection.delivery),
        error=inspection.error and safe_error(inspection.error),
    )


def _safe_delivery(delivery: Delivery) -> Delivery:
    inputs = tuple(replace(one, path=safe(one.path), card=safe_card(one.card)) for one in delivery.inputs)
    return replace(delivery, doubts=safe_doubts(delivery.doubts), inputs=inputs)
