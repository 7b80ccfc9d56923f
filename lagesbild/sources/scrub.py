"""A copy of a file without personal data: every hit replaced, everything else as it stood."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lagesbild import privacy
from lagesbild.errors import Problem, SourceError
from lagesbild.privacy import Kind
from lagesbild.sources import scrub_workbook
from lagesbild.sources.files import lines
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.files.sheet import UnreadableError
from lagesbild.sources.screening import clean_text, column_shown, private_values

_LOSSY = "filen innehåller bytes som inte är tecken."


@dataclass(frozen=True)
class Removed:
    """What was taken out of one column. sheet: "" for a text file; column: its heading or letter; kinds: kind -> cells."""

    sheet: str
    column: str
    kinds: Mapping[Kind, int]
    n_cells: int


@dataclass(frozen=True)
class Scrubbed:
    """The clean copy's bytes, what was removed, and what of a workbook could not be kept, in Swedish."""

    data: bytes
    removed: tuple[Removed, ...]
    lost: tuple[str, ...] = ()


def scrubbed(file: RawFile) -> Scrubbed:
    """The file without personal data. Raises SourceError for one that cannot be read, or not be written in its own format."""
    if file.problem:
        raise SourceError(file.problem)
    if file.is_workbook:
        try:
            book = scrub_workbook.cleaned(file.data)
        except UnreadableError as error:
            raise SourceError(Problem(file.name, error.what, action=error.action)) from error
        return Scrubbed(book.data, tuple(Removed(*one) for one in book.removed), book.lost)
    return _scrubbed_text(file)


def _scrubbed_text(file: RawFile) -> Scrubbed:
    codec = file.encoding
    content = file.data.decode(codec, "replace")
    if "\ufffd" in content and codec != "utf-8-sig":
        raise SourceError(Problem(file.name, _LOSSY, action="Spara om originalet som UTF-8 och försök igen."))
    is_table = not content.lstrip().startswith(("{", "[")) and not file.name.lower().endswith(".px")
    clean, removed = _clean_table(content) if is_table else _clean_lines(content)
    return Scrubbed(_encoded(clean, codec, file.data), removed) if removed else Scrubbed(file.data, ())


def _encoded(content: str, codec: str, original: bytes) -> bytes:
    """The text in the original's encoding, with a mark at the start if it had one."""
    if original.startswith(codecs.BOM_UTF16_BE):
        return codecs.BOM_UTF16_BE + content.encode("utf-16-be")
    return content.encode("utf-8" if codec == "utf-8-sig" and not original.startswith(codecs.BOM_UTF8) else codec)


def _clean_table(content: str) -> tuple[str, tuple[Removed, ...]]:
    """The text with private cells cleaned; rows without any keep their very letters and ends."""
    try:
        sheet = lines.read(content)
    except UnreadableError:
        return _clean_lines(content)
    raw = io.StringIO(content, newline="").readlines()
    mark, _ = lines.separator_of([line.rstrip("\r\n") for line in raw[:50]])
    found, headings = private_values(sheet)
    starts = [number - 1 for number in sheet.numbers]
    hits: dict[int, Counter[Kind]] = {}
    n_cells: Counter[int] = Counter()
    pieces = raw[: starts[0]] if starts else raw
    for start, end, row in zip(starts, [*starts[1:], len(raw)], sheet.rows, strict=True):
        places = [place for place, kinds in found.items() if place < len(row) and row[place] in kinds]
        if not places:
            pieces += raw[start:end]
            continue
        fresh = list(row)
        for place in places:
            hits.setdefault(place, Counter()).update(found[place][row[place]])
            n_cells[place] += 1
            fresh[place] = clean_text(str(row[place]))
        ending = raw[end - 1][len(raw[end - 1].rstrip("\r\n")) :]
        pieces.append(_line(fresh, mark) + ending)
    removed = (Removed("", column_shown(headings.get(place, ""), place), hits[place], n_cells[place]) for place in sorted(hits))
    return "".join(pieces), tuple(removed)


def _line(row: list[object], mark: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=mark, lineterminator="").writerow(row)
    return buffer.getvalue()


def _clean_lines(content: str) -> tuple[str, tuple[Removed, ...]]:
    """The text of a file that is no table, line by line."""
    rows = content.split("\n")
    private = privacy.private_among(rows)
    if not private:
        return content, ()
    kinds = Counter(kind for row in rows for kind in private.get(row, ()))
    clean = "\n".join(privacy.masked(row) if row in private else row for row in rows)
    return clean, (Removed("", "hela texten", kinds, sum(row in private for row in rows)),)


def default_name(path: Path) -> Path:
    """Where the clean copy goes unless one says: in the working folder, named after the original without personal data.

    >>> default_name(Path("data/est 2025.xlsx")).name
    'est 2025 utan personuppgifter.xlsx'
    """
    return Path(f"{privacy.masked(path.stem)} utan personuppgifter{path.suffix}")
