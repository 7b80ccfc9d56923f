"""The decision file's JSON, read as from a stranger: limits of size and depth, no key twice, no number that is none."""

from __future__ import annotations

import json
from collections.abc import Iterable

from lagesbild import privacy, swedish
from lagesbild.errors import Place, Problem, SourceError
from lagesbild.sources.files.file import RawFile

FORMAT = "lagesbild-beslut"
#: A decision on every line with the longest reasons takes a tenth of it.
MOST_BYTES = 500_000
MOST_DEPTH = 6
_LONGEST_QUOTE = 40
AGAIN = "Öppna granskning.html, spara beslutet på nytt och lämna filen som den är."


def is_decision(start: str) -> bool:
    """Whether a text begins as a decision file does: a JSON object that names the format."""
    return start.lstrip("\ufeff \t\r\n").startswith("{") and f'"{FORMAT}"' in start


def read(file: RawFile) -> dict[str, object]:
    """The file's JSON object. Raises SourceError for anything that the review page cannot have written."""
    if len(file.data) > MOST_BYTES:
        what = f"filen är större än {swedish.number(MOST_BYTES / 1000)}{swedish.NBSP}kB, så den är ingen beslutsfil."
        raise SourceError(Problem(file.name, what, action=AGAIN))
    if file.problem:
        raise SourceError(file.problem)
    repeated: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        repeated.extend(key for at, key in enumerate(keys) if key in keys[:at])
        return dict(pairs)

    try:
        content = json.loads(file.text, object_pairs_hook=once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        what = "filen är inte hel JSON: den kan vara avklippt eller ändrad."
        raise SourceError(Problem(file.where(rows=line), what, action=AGAIN)) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        what = "filen är ingen beslutsfil från granskningssidan."
        raise SourceError(Problem(file.name, what, f'ett JSON-objekt med "format": "{FORMAT}".', AGAIN))
    if repeated:
        told = swedish.listing([quoted(key) for key in dict.fromkeys(repeated)])
        raise SourceError(Problem(file.name, f"{told} står flera gånger i samma objekt.", action=AGAIN))
    if _is_deeper(content, MOST_DEPTH):
        what = f"filen har fler än {swedish.count_word(MOST_DEPTH)} nivåer, så den är ändrad."
        raise SourceError(Problem(file.name, what, action=AGAIN))
    return content


def place(file: str, number: int | None = None, field: str = "") -> Place:
    """Where something stands in the file: 'beslut.json, beslut 2, fältet reason'."""
    parts = [file, *([f"beslut {number}"] if number else []), *([f"fältet {field}"] if field else [])]
    return Place(", ".join(parts), file, "", (number,) if number else (), field)


def line(value: object) -> str:
    """A text as one line that any file can hold: no line break, no sign that steers a screen or turns the direction."""
    if not isinstance(value, str):
        return ""
    words = " ".join(value.encode("utf-8", "replace").decode("utf-8").split())
    return "".join(sign for sign in words if sign.isprintable()).strip()


def quoted(value: object) -> str:
    """A value as an error may show it; never a long text, and never one with personal data."""
    if isinstance(value, str):
        text = line(value)
        if len(text) > _LONGEST_QUOTE or privacy.find(text):
            return f"en text på {swedish.plural(len(text), 'tecken', 'tecken')}"
        return f'"{text}"'
    if isinstance(value, list):
        return "en lista"
    if isinstance(value, dict):
        return "ett objekt"
    return f'"{json.dumps(value)[:_LONGEST_QUOTE]}"'


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _is_deeper(value: object, levels: int) -> bool:
    """Whether lists and objects lie within each other in more than so many levels."""
    inner: Iterable[object] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(levels <= 1 or _is_deeper(one, levels - 1) for one in inner if isinstance(one, (dict, list)))
