"""The source card: a small TOML file beside a raw file that says who made it, when, under which licence and how to get it."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from lagesbild import letters, swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.sources.files.file import RawFile

SUFFIX = ".source.toml"
KEYS = ("producer", "title", "published", "fetched", "licence", "status", "sha256", "how")
#: Reader -> what is known of every file it reads: producer, licence, how.
PRODUCERS: dict[str, dict[str, Any]] = tomllib.loads(
    resources.files("lagesbild.sources").joinpath("card.toml").read_text("utf-8")
)
_WORDS = {
    "producer": "producent", "title": "titel", "published": "publicerad", "fetched": "hämtad", "licence": "licens",
    "status": "status", "sha256": "kontrollsumma", "how": "hur filen hämtas",
}  # fmt: skip
_ASKED = {
    "producer": "vem som har gjort filen",
    "title": "vad den innehåller, vilka år och vilket område",
    "published": "när den gavs ut, till exempel 2026-03-31",
    "fetched": "när du fick den, till exempel 2026-04-02",
    "licence": "hur den får användas",
    "status": "slutlig eller preliminär",
}
_SHOWN = 5
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


def without_facts(cards: Mapping[str, dict[str, object]]) -> tuple[Doubt, ...]:
    """A doubt about the cards (file name -> card) that leave something out; a file without a card is doubted elsewhere."""
    lacking = {name: [key for key in KEYS if not card.get(key)] for name, card in cards.items() if card}
    lacking = {name: keys for name, keys in sorted(lacking.items()) if keys}
    if not lacking:
        return ()
    shown = [f"{name} ({swedish.listing([_WORDS[key] for key in keys])})" for name, keys in list(lacking.items())[:_SHOWN]]
    more = [f"{len(lacking) - _SHOWN} till"] if len(lacking) > _SHOWN else []
    what = f"{swedish.plural(len(lacking), 'källkort saknar', 'källkort saknar')} uppgifter: {swedish.listing(shown + more)}."
    return (Doubt("kallkort_ofullstandigt", "Källfilerna", what, "Fyll i dem i källkortet.", len(lacking)),)


def new_card(file: RawFile, reader: str, told: Mapping[str, str] | None = None) -> str:
    """A card to fill in for a file that has none: the checksum, what is known of the producer, and how the file is got again.

    told: further facts by key. What only the analyst knows is left empty with a line that says what to write. Text in TOML.
    """
    known = PRODUCERS.get(reader, {}) | dict(told or {})
    facts: dict[str, object] = {key: known.get(key, "") for key in KEYS} | {"sha256": file.sha256}
    facts["how"] = known.get("how") or ["1. Skriv här, steg för steg, hur filen hämtas eller beställs på nytt."]
    lines = [f"# Källkort för {_line(Path(file.name).name)}, läst som {reader}. Rader som börjar med # är förklaringar."]
    for key in KEYS:
        if key == "how":
            lines += ["how = [", *(f"  {_quoted(str(step))}," for step in facts[key]), "]"]  # type: ignore[attr-defined]
        else:
            lines.append(f"{key} = {_quoted(str(facts[key]))}{'' if facts[key] else f'  # {_ASKED[key]}'}")
    return "\n".join(lines) + "\n"


def published(card: dict[str, object]) -> str:
    """The card's date of publication as far as it is known ('2026', '2026-03-31'), "" where it is not; sorts by time.

    >>> published({"published": "2026 (slutlig årsstatistik)"})
    '2026'
    """
    found = _DATE.match(str(card.get("published", "")).strip())
    return found[0] if found else ""


def _quoted(text: str) -> str:
    """A basic string of TOML; its escapes are JSON's."""
    return json.dumps(text, ensure_ascii=False)


def _line(text: str) -> str:
    return " ".join(letters.shown(text).split())


def _plain(value: object) -> object:
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
