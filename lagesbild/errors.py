"""What can go wrong, one exception per cause, and what is merely doubtful.

An error stops the run and carries every problem found in the file, not only the first. A doubt does not stop the run: it is
counted, shown by ``lagesbild check`` and printed in the report's quality chapter. Both speak Swedish, because the analyst reads
them; neither ever quotes free text from a file.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass

from lagesbild import letters


class Place(str):
    """Where something stands, worded as an error names it; its parts are kept beside the words, for a table of errors.

    file, sheet: "" where unknown; rows: row numbers; column: its heading; letter: what a spreadsheet calls the column.

    >>> place = Place('a.xlsx, blad "Mars", rad 41', file="a.xlsx", sheet="Mars", rows=(41,))
    >>> f"{place}: tom.", place.rows
    ('a.xlsx, blad "Mars", rad 41: tom.', (41,))
    """

    file: str
    sheet: str
    rows: tuple[int, ...]
    column: str
    letter: str

    def __new__(
        cls, text: str, file: str = "", sheet: str = "", rows: tuple[int, ...] = (), column: str = "", letter: str = ""
    ) -> Place:
        """The words as text, with the parts as attributes."""
        place = super().__new__(cls, text)
        place.file, place.sheet, place.rows, place.column, place.letter = file, sheet, rows, column, letter
        return place


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, in Swedish.

    where: file, sheet and cell or row, as far as known ('est_2025.xlsx, blad "Mars", rad 41, kolumn Datum').
    what: what stands there. expected: what should stand there. action: what the analyst should do.
    """

    where: str
    what: str
    expected: str = ""
    action: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", letters.told(self.what))

    def __str__(self) -> str:
        stop = "" if self.expected.endswith((".", "!", "?", ":")) else "."
        expected = f" Väntat: {self.expected}{stop}" if self.expected else ""
        action = f" {self.action}" if self.action else ""
        return f"{self.where}: {self.what}{expected}{action}"


class LagesbildError(Exception):
    """An error the user can mend. ``problems`` holds all of them; ``exit_code`` is the command line's."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[LagesbildError], tuple[tuple[Problem, ...]]]:
        # The default would rebuild from the joined text; a worker process must hand back the problems themselves.
        return type(self), (self.problems,)


class UsageError(LagesbildError):
    """The command was called in a way it does not understand."""

    exit_code = 2


class SourceError(LagesbildError):
    """A raw file is missing, unreadable, or known to no source."""

    exit_code = 10


class SchemaError(LagesbildError):
    """A table has wrong columns, types or values."""

    exit_code = 11


class ProfileError(LagesbildError):
    """A profile has an unknown key or a value that cannot be used."""

    exit_code = 12


class DisclosureError(LagesbildError):
    """Something that must not be shown would have been shown."""

    exit_code = 13


class ReportError(LagesbildError):
    """The report could not be written."""

    exit_code = 14


_REASONS = {
    errno.ENOENT: "mappen finns inte",
    errno.ENOTDIR: "en del av sökvägen är ingen mapp",
    errno.EISDIR: "där finns redan en mapp med det namnet",
    errno.EEXIST: "där finns redan en fil med det namnet",
    errno.ENOTEMPTY: "ett annat program skrev dit samtidigt",
    errno.EACCES: "du har inte rätt att skriva där",
    errno.EPERM: "du har inte rätt att skriva där",
    errno.EROFS: "disken är skrivskyddad",
    errno.ENOSPC: "disken är full",
    errno.ENAMETOOLONG: "namnet är för långt",
}


def reason(error: OSError) -> str:
    """Why something could not be written, in Swedish.

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    'disken är full'
    """
    return _REASONS.get(error.errno or 0, f"operativsystemet svarade med fel {error.errno or type(error).__name__}")


@dataclass(frozen=True, order=True)
class Doubt:
    """A finding that does not stop the run, in Swedish.

    kind: short stable id ('okand_kategori', 'datum_saknas', 'framtida_datum', 'preliminart_ar', ...).
    where: file (and sheet or rows) or the table it concerns. what: the finding with its figures. action: what to do, and what
    the run does meanwhile. n_rows: rows concerned. share: their share 0-1 of what ``what`` says, where that has a meaning.
    """

    kind: str
    where: str
    what: str
    action: str = ""
    n_rows: int = 0
    share: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", letters.told(self.what))
        object.__setattr__(self, "action", letters.told(self.action))

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" {self.action}" if self.action else "")
