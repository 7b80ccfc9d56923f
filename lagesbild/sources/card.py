"""The source card: a small TOML file beside a raw file that says who made it, when, under which licence and how to get it."""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path

from lagesbild.errors import Problem, SourceError
from lagesbild.sources.file import RawFile

SUFFIX = ".source.toml"
KEYS = ("producer", "title", "published", "fetched", "licence", "status", "sha256", "how")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def read_card(file: RawFile) -> dict[str, object]:
    """The card beside the file as text and lists of text, dates in ISO form; {} where there is no card.

    Raises SourceError if the card cannot be read, or if its checksum is not the file's.
    """
    path = Path(f"{file.path}{SUFFIX}")
    if not path.is_file():
        return {}
    try:
        card = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        where = f"{file.name}{SUFFIX}"
        problem = Problem(where, "källkortet går inte att läsa.", 'rader av formen nyckel = "värde", i UTF-8.')
        raise SourceError(problem) from error
    stated = str(card.get("sha256", "")).strip().lower()
    if stated and stated != file.sha256:
        raise SourceError(
            Problem(
                file.name,
                "filen har ändrats sedan källkortet skrevs.",
                f"kontrollsumman {stated}, men filen har {file.sha256}.",
                f"Hämta filen på nytt, eller skriv den nya summan i {Path(file.name).name}{SUFFIX} om ändringen är avsedd.",
            )
        )
    return {key: _plain(value) for key, value in card.items()}


def published(card: dict[str, object]) -> str:
    """The card's date of publication as far as it is known ('2026', '2026-03-31'), "" where it is not; sorts by time.

    >>> published({"published": "2026 (slutlig årsstatistik)"})
    '2026'
    """
    found = _DATE.match(str(card.get("published", "")).strip())
    return found[0] if found else ""


def _plain(value: object) -> object:
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
