"""The events of Polisens händelser as the API's JSON or an archive's CSV has them, one by one; their free text is dropped."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Place, Problem, SourceError
from lagesbild.sources.files.file import RawFile

LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("police_events.toml").read_text("utf-8"))
FIELDS: dict[str, Any] = LAYOUT["fields"]
NEEDED: list[str] = [FIELDS[name] for name in ("id", "published", "name", "kind")]
AGAIN = "Hämta filen på nytt hos polisen (polisen.se/api/events) och lägg den i mappen som den är."


def is_json(start: str) -> bool:
    """Whether the text begins as JSON does."""
    return start.lstrip()[:1] in ("[", "{")


def where_in(file: RawFile) -> Any:
    """How a place in the file is named: by row in a CSV, by number of the event in a JSON text."""

    def where(sheet: str = "", rows: Iterable[int] = (), column: str = "") -> Place:
        numbers = list(rows)
        named = file.where(sheet, numbers, column)
        if not is_json(file.start):
            return named
        words = str(named).replace(", rad ", ", notis ")
        return Place(words, file.name, sheet, tuple(sorted(set(numbers))), column)

    return where


def events_of(file: RawFile) -> tuple[pd.DataFrame, int]:
    """The fields that are read, as text, index "rad"; and how many events had a summary. Raises SourceError."""
    raw = _from_json(file) if is_json(file.start) else _from_csv(file)
    records: dict[int, list[str]] = {}
    odd: list[int] = []
    n_texts = 0
    for number, event in raw:
        if not isinstance(event, dict):
            odd.append(number)
            continue
        places = (event.get(field) for field in FIELDS["location"])
        location = next((place for place in places if place), "")
        location = location.get("name", "") if isinstance(location, dict) else location
        records[number] = [_plain(event.get(field)) for field in NEEDED] + [_plain(location)]
        n_texts += any(event.get(field) for field in FIELDS["dropped"])
    if odd:
        what = "posten är ingen händelse."
        raise SourceError(Problem(where_in(file)(rows=odd), what, f"fälten {swedish.listing(NEEDED)}.", AGAIN))
    index = pd.Index(list(records), name="rad", dtype="int64")
    columns = ["id", "published", "name", "kind", "location"]
    return pd.DataFrame(list(records.values()), index, columns, dtype="str"), n_texts


def _plain(value: object) -> str:
    """A field as one line of text that any file can hold; "" for anything but text and whole numbers."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    line = " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())
    return "".join(sign for sign in line if sign.isprintable())


def _from_json(file: RawFile) -> Iterator[tuple[int, object]]:
    """Every event with its number in the list; the list may stand in an object under one name."""
    try:
        content = file.json()
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        what = "filen är inte hel JSON: den kan vara avklippt eller ändrad."
        raise SourceError(Problem(file.where(rows=line), what, "en lista med händelser.", AGAIN)) from None
    lists = [content] if isinstance(content, list) else [value for value in content.values() if isinstance(value, list)]
    if len(lists) != 1 or not lists[0]:
        raise SourceError(Problem(file.name, "filen har ingen lista med händelser.", action=AGAIN))
    yield from enumerate(lists[0], start=1)


def _from_csv(file: RawFile) -> Iterator[tuple[int, object]]:
    """Every event with the number of the line it begins on."""
    reader = csv.reader(io.StringIO(file.text, newline=""), strict=True)
    try:
        headings = next(reader)
        before = reader.line_num
        uneven, rows = [], []
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((before + 1, dict(zip(headings, row, strict=False))))
                uneven += [before + 1] if len(row) != len(headings) else []
            before = reader.line_num
    except (csv.Error, StopIteration):
        what = "filen är ingen hel CSV: ett citattecken saknas, eller så är filen avklippt."
        raise SourceError(Problem(file.where(rows=reader.line_num or None), what, action=AGAIN)) from None
    if uneven or not rows:
        what = "raden har inte lika många fält som rubrikerna." if uneven else "filen har rubriker men inga händelser."
        raise SourceError(Problem(file.where(rows=uneven), what, f"{len(headings)} fält." if uneven else "", AGAIN))
    yield from rows
