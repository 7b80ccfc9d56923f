"""Text with a separator becomes a sheet; a quotation mark that swallows rows is found, not followed."""

from __future__ import annotations

import csv
import io
import re

from lagesbild import swedish
from lagesbild.sources.files import text
from lagesbild.sources.files.sheet import Sheet, UnreadableError

#: As wide as an Excel sheet; a row of a million fields is no row.
MOST_FIELDS = 16_384
MOST_CELLS = 30_000_000
_LINES_TO_JUDGE_BY = 50
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?')
_FEWEST_COLUMNS = 3


def read(content: str) -> Sheet:
    """Every row of the text; a quoted field may hold line breaks: the row's number is its first line's.

    Raises UnreadableError where a quotation mark is never closed or swallows rows, or a field or row is too long.
    """
    start = content[:100_000].split("\n", _LINES_TO_JUDGE_BY)[:_LINES_TO_JUDGE_BY]
    mark, n_skipped = separator_of(start)
    rows, numbers, last = _parsed(content, mark, n_skipped)
    n_cells = sum(map(len, rows))
    if n_cells > MOST_CELLS:
        what = f"filen har {swedish.number(n_cells)} celler. Programmet läser högst {swedish.number(MOST_CELLS)}."
        raise UnreadableError(what, "Dela upp filen i flera, till exempel en per år.")
    if '"' in content:
        _hold_quotes(content, mark, rows, numbers, last)
    return Sheet("", rows, numbers)


def head(content: str, n_rows: int, *, is_cut: bool = False) -> Sheet:
    """The first rows, as far as they can be told; never raises. is_cut: the text goes on, so its last field is only begun."""
    lines = content.split("\n", n_rows)
    is_begun = is_cut and len(lines) <= n_rows
    lines = lines[:n_rows]
    mark, n_skipped = separator_of(lines)
    if is_begun:
        lines[-1] = lines[-1].rpartition(mark)[0]
    try:
        rows, numbers, _ = _parsed("\n".join(lines), mark, n_skipped)
    except UnreadableError:
        rows, numbers = [[line] for line in lines], list(range(1, len(lines) + 1))
    return Sheet("", [row[:MOST_FIELDS] for row in rows], numbers)


def separator_of(lines: list[str]) -> tuple[str, int]:
    """What parts the fields, and how many lines say only that."""
    said = _SEPARATOR_LINE.fullmatch(lines[0].strip(" \r")) if lines else None
    return (said[1], 1) if said else (text.separator(lines), 0)


def _parsed(content: str, mark: str, n_skipped: int) -> tuple[list[list[object]], list[int], int]:
    """The rows, their numbers, and the number of the last line."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=mark)
    rows: list[list[object]] = []
    numbers: list[int] = []
    before = 0
    try:
        for row in reader:
            if len(row) > MOST_FIELDS:
                what = f"raden har {swedish.number(len(row))} fält."
                action = f"En tabell har högst {swedish.number(MOST_FIELDS)} kolumner. Kontrollera att filen har radbrytningar."
                raise UnreadableError(what, action, rows=(before + 1,))
            if before >= n_skipped:
                rows.append(list[object](row))
                numbers.append(before + 1)
            before = reader.line_num
    except csv.Error as error:
        what = f"ett fält är längre än {swedish.number(csv.field_size_limit())} tecken."
        action = "Kontrollera att raden inte har ett citattecken för mycket eller saknar radbrytningar."
        raise UnreadableError(what, action, rows=(before + 1,)) from error
    return rows, numbers, before


def _hold_quotes(content: str, mark: str, rows: list[list[object]], numbers: list[int], last: int) -> None:
    """Raises UnreadableError where the last row ends inside a quotation, or a field holds whole rows."""
    if not rows:
        return
    tail = _from_line(content, numbers[-1])
    try:
        list(csv.reader(io.StringIO(tail, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _unclosed(numbers[-1], last - numbers[-1]) from error
    width = _usual_width(rows)
    if width < _FEWEST_COLUMNS:
        return
    ends = [*numbers[1:], last + 1]
    for number, end, row in zip(numbers, ends, rows, strict=True):
        if end - number > 1 and any(isinstance(cell, str) and _holds_rows(cell, mark, width) for cell in row):
            raise _unclosed(number, end - number - 1)


def _usual_width(rows: list[list[object]]) -> int:
    widths = [len(row) for row in rows[:1000] if len(row) > 1]
    return max(set(widths), key=lambda width: (widths.count(width), width), default=0)


def _holds_rows(cell: str, mark: str, width: int) -> bool:
    """Whether a field that holds line breaks holds a line with as many separators as a whole row has."""
    return "\n" in cell and any(line.count(mark) >= width - 1 for line in cell.split("\n")[1:])


def _unclosed(row: int, n_more: int) -> UnreadableError:
    swallowed = f", så att {swedish.plural(n_more, 'rad', 'rader')} efter den hamnar i samma fält" if n_more else ""
    what = f"ett citattecken avslutas inte{swallowed}."
    action = 'Skriv två citattecken ("") där ett ska stå i texten, eller ta bort det. Är filen avklippt, hämta den på nytt.'
    return UnreadableError(what, action, rows=(row,))


def _from_line(content: str, number: int) -> str:
    """The text from the line with the number on, found from the end."""
    at = 0
    for _ in range(number - 1):
        at = content.index("\n", at) + 1
    return content[at:]
