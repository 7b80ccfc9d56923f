"""The columns of a large list as distinct texts and codes: one million rows of a CSV file in about a second.

The text is parsed by pyarrow, which keeps each distinct text once; whatever follows works on those. Only the columns that are
asked for are ever made: a street stays in the raw file.
"""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from lagesbild.errors import Problem, SourceError
from lagesbild.sources.files import text
from lagesbild.sources.files.file import RawFile, Sheet, is_blank
from lagesbild.sources.files.lines import separator_of

_QUOTE, _LINE_FEED = ord('"'), ord("\n")
_BLOCK = 8 << 20
_HEAD, _SHOWN_ROWS = 50, 8


@dataclass(frozen=True)
class Coded:
    """One column. texts: its distinct texts, stripped, none blank (pyarrow); codes: per row its place there, -1 for blank."""

    texts: pa.Array
    codes: npt.NDArray[np.int32]

    def take(self, values: npt.NDArray[Any], blank: object) -> npt.NDArray[Any]:
        """One value per row from one value per distinct text."""
        found: npt.NDArray[Any] = np.append(values, np.array([blank], dtype=values.dtype))[self.codes]
        return found

    def n_rows(self) -> npt.NDArray[np.int64]:
        """How many rows have each text."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.texts))

    def filtered(self, is_kept: npt.NDArray[np.bool_]) -> Coded:
        """The rows that are kept."""
        return Coded(self.texts, self.codes[is_kept])


@dataclass(frozen=True)
class Columns:
    """Columns of one sheet or text file (sheet ""), blank rows left out. numbers: per row its number in the file."""

    sheet: str
    cells: dict[str, Coded]
    numbers: npt.NDArray[np.int64]

    def filtered(self, is_kept: npt.NDArray[np.bool_]) -> Columns:
        """The rows that are kept."""
        kept = {name: column.filtered(is_kept) for name, column in self.cells.items()}
        return Columns(self.sheet, kept, self.numbers[is_kept])


def from_rows(sheet: Sheet, heading: int, places: Mapping[str, int]) -> Columns:
    """The columns at these places below the heading row of a sheet; dates, clocks and figures as text."""
    filled = [at for at in range(heading + 1, len(sheet.rows)) if not all(is_blank(cell) for cell in sheet.rows[at])]
    rows = [sheet.rows[at] for at in filled]
    cells = {name: coded([_written(row[at]) if at < len(row) else "" for row in rows]) for name, at in places.items()}
    return Columns(sheet.name, cells, np.array([sheet.numbers[at] for at in filled], dtype="int64"))


def from_text(file: RawFile, head: Sheet, heading: int, places: Mapping[str, int]) -> Columns:
    """The columns at these places below the heading row of a CSV file.

    Rows with too few fields end in blank cells. Raises SourceError where a row has more fields than there are headings, or
    where rows cannot be told from each other.
    """
    if heading + 1 >= len(head.rows):
        return Columns("", {name: coded([]) for name in places}, np.array([], dtype="int64"))
    data, (mark, _) = _utf8(file), separator_of(file.start.split("\n")[:_HEAD])
    start = _offset(data, head.numbers[heading + 1] - 1)
    has_quotes = b'"' in data
    width = _width(head, heading)
    odd: list[tuple[int, str]] = []
    lines, n_before = _lines(data, start, has_quotes)
    try:
        table = _parsed(memoryview(data)[start:], mark, width, has_quotes, {f"c{at}" for at in places.values()}, odd)
    except pa.ArrowInvalid:
        return _row_by_row(file, heading, places, width)
    if len(lines) != len(table) + len(odd) or (has_quotes and _holds_rows(data, lines, n_before, mark, width)):
        return _row_by_row(file, heading, places, width)
    extra = [next(csv.reader([line], delimiter=mark), []) for _, line in odd]
    numbers = head.numbers[heading + 1] + n_before
    _hold_to_width(file, [(int(numbers[at]), row) for (at, _), row in zip(odd, extra, strict=True)], width)
    is_odd = np.zeros(len(lines), dtype="bool")
    is_odd[[at for at, _ in odd]] = True
    order = np.append(np.flatnonzero(~is_odd), np.flatnonzero(is_odd))
    cells = {name: _column(table[f"c{at}"], [row[at] if at < len(row) else "" for row in extra]) for name, at in places.items()}
    is_empty = np.logical_and.reduce([column.codes < 0 for column in cells.values()])
    nothing = b' \t\r\n"' + mark.encode()
    for at in np.flatnonzero(is_empty):  # a row that holds something in another column is a row all the same
        first = int(lines[order[at]])
        end = data.find(b"\n", first)
        is_empty[at] = not data[first : end if end >= 0 else len(data)].translate(None, nothing)
    return Columns("", cells, numbers[order]).filtered(~is_empty)


def _row_by_row(file: RawFile, heading: int, places: Mapping[str, int], width: int) -> Columns:
    """The columns of a text with odd quotation marks, read the slow way, which finds those that swallow rows."""
    sheet = file.sheets[0]
    below = zip(sheet.numbers[heading + 1 :], sheet.rows[heading + 1 :], strict=True)
    _hold_to_width(file, [(number, row) for number, row in below if len(row) > width], width)
    return from_rows(sheet, heading, places)


def _hold_to_width(file: RawFile, rows: Sequence[tuple[int, Sequence[object]]], width: int) -> None:
    """Raises SourceError for rows with anything beyond the last heading."""
    longer = [number for number, row in rows if any(not is_blank(cell) for cell in row[width:])]
    if longer:
        where, expected = file.where(rows=longer[:_SHOWN_ROWS]), f"{width} fält."
        what = (
            "raden har fler fält än rubrikraden." if len(longer) == 1 else f"{len(longer)} rader har fler fält än rubrikraden."
        )
        raise SourceError(Problem(where, what, expected, "Hämta uttaget på nytt."))


def _holds_rows(data: bytes, lines: npt.NDArray[np.int64], n_before: npt.NDArray[np.int64], mark: str, width: int) -> bool:
    """Whether a row goes over several lines of which a later one has as many separators as a row: a mark swallowed rows."""
    many = np.flatnonzero(np.diff(n_before) > 1)
    spans = ((int(lines[at]), int(lines[at + 1])) for at in many)
    last = (int(lines[-1]), len(data)) if len(lines) else (0, 0)
    return any(
        line.count(mark.encode()) >= width - 1 for first, end in (*spans, last) for line in data[first:end].split(b"\n")[1:]
    )


def series(texts: pa.Array, codes: npt.NDArray[np.int32]) -> pd.Series:
    """One text per row; empty where the code is -1.

    >>> series(pa.array(["a", "b"]), np.array([1, -1], "int32")).tolist()
    ['b', nan]
    """
    rows = texts.cast("large_string").take(pa.array(codes, mask=codes < 0))
    return pd.Series(pd.array(rows, dtype="str"))


def coded(texts: list[str]) -> Coded:
    """A column of these texts.

    >>> column = coded(["b", " a ", "", "b "])
    >>> column.texts.to_pylist(), column.codes.tolist()
    (['b', 'a'], [0, 1, -1, 0])
    """
    return _coded(pa.array(texts, "string"), np.arange(len(texts), dtype="int32"))


def first_given(columns: list[Coded], n_rows: int) -> Coded:
    """Per row the text of the first column that has one.

    >>> first = first_given([coded(["", "a"]), coded(["b", "c"])], 2)
    >>> first.texts.take(pa.array(first.codes)).to_pylist()
    ['b', 'a']
    """
    texts, codes = pa.array([], "string"), np.full(n_rows, -1, dtype="int32")
    for column in columns:
        codes = np.where((codes < 0) & (column.codes >= 0), column.codes + len(texts), codes).astype("int32")
        texts = pa.concat_arrays([texts, column.texts])
    return _coded(pa.concat_arrays([texts, pa.array([""], "string")]), np.where(codes < 0, len(texts), codes).astype("int32"))


def _coded(texts: pa.Array, codes: npt.NDArray[np.int32]) -> Coded:
    """The column with its texts stripped; those that become equal, or blank, are one."""
    encoded = pc.utf8_trim_whitespace(texts).dictionary_encode()
    is_text = np.array(pc.not_equal(encoded.dictionary, ""), dtype="bool")
    places = np.where(is_text, np.cumsum(is_text) - 1, -1).astype("int32")
    distinct = encoded.dictionary.filter(pa.array(is_text))
    new = np.append(places, np.int32(-1))[np.append(encoded.indices.to_numpy(), -1)] if len(texts) else np.array([-1], "int32")
    return Coded(distinct, new[codes])


def _is_plain(texts: pa.Array) -> bool:
    """Whether no text is blank or has anything around it."""
    is_alike = pc.equal(texts, pc.utf8_trim_whitespace(texts))
    return bool(pc.all(pc.and_(is_alike, pc.not_equal(texts, ""))).as_py())


def _column(chunks: pa.ChunkedArray, extra: list[str]) -> Coded:
    """A parsed column, followed by the cells of rows that were parsed by themselves."""
    whole = chunks.unify_dictionaries().combine_chunks()
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    if not extra and _is_plain(whole.dictionary):
        return Coded(whole.dictionary, whole.indices.to_numpy())
    texts = pa.concat_arrays([whole.dictionary, pa.array(extra, "string")])
    last = np.arange(len(whole.dictionary), len(texts), dtype="int32")
    return _coded(texts, np.append(whole.indices.to_numpy(), last).astype("int32"))


def _parsed(
    data: memoryview, mark: str, width: int, has_quotes: bool, wanted: set[str], odd: list[tuple[int, str]]
) -> pa.Table:
    """The wanted columns; rows with another number of fields go to ``odd`` with their place among the rows."""

    def keep_odd(row: Any) -> str:
        odd.append((row.number - 1, row.text))
        return "skip"

    return arrow_csv.read_csv(
        pa.py_buffer(data),
        # one thread: only then is the place of an odd row known
        arrow_csv.ReadOptions(column_names=[f"c{at}" for at in range(width)], use_threads=False, block_size=_BLOCK),
        arrow_csv.ParseOptions(delimiter=mark, newlines_in_values=has_quotes, invalid_row_handler=keep_odd),
        arrow_csv.ConvertOptions(
            column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in wanted},
            include_columns=sorted(wanted),
            strings_can_be_null=False,
        ),
    )


def _width(head: Sheet, heading: int) -> int:
    """How many fields a row has: as many as the headings, or more where most rows end in separators."""
    n_headings = len(head.rows[heading])
    rows = [row for row in head.rows[heading + 1 :] if any(not is_blank(cell) for cell in row)]
    usual = Counter(len(row) for row in rows if all(is_blank(cell) for cell in row[n_headings:])).most_common(1)
    return max([n_headings, *(width for width, _ in usual)])


def _utf8(file: RawFile) -> bytes:
    """The bytes of the text in UTF-8 with line feeds; those of the file itself where that is what they are."""
    data = file.data
    is_cut = file.encoding == "utf-8-sig" and data[-3:].decode("utf-8", "ignore") != data[-3:].decode(
        "utf-8", "replace"
    ).lstrip("\ufffd")
    has_line_feeds = b"\r" not in data or data.count(b"\r") == data.count(b"\r\n")
    return data if file.encoding == "utf-8-sig" and has_line_feeds and not is_cut else text.decode(data).encode()


def _offset(data: bytes, n_lines: int) -> int:
    """Where the line after so many lines begins."""
    at = 0
    for _ in range(n_lines):
        at = data.find(b"\n", at) + 1
    return at


def _lines(data: bytes, start: int, has_quotes: bool) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where every row begins that is not an empty line, and how many line feeds stand before it; one between quotation marks
    ends no row."""
    letters = np.frombuffer(data, dtype="uint8")[start:]
    feeds = np.flatnonzero(letters == _LINE_FEED)
    ordinal = np.arange(1, len(feeds) + 1)
    if has_quotes:
        is_end = np.bitwise_xor.accumulate((letters == _QUOTE).view("uint8"))[feeds] == 0
        feeds, ordinal = feeds[is_end], ordinal[is_end]
    starts = np.append(0, feeds + 1)
    length = np.append(feeds, len(letters)) - starts
    is_filled = length > 1
    is_one = length == 1
    is_filled[is_one] = letters[starts[is_one]] != ord("\r")
    return starts[is_filled] + start, np.append(0, ordinal)[is_filled]


def _written(cell: object) -> str:
    """A spreadsheet's cell as text: 2025-03-31 22:00:00, 22:00:00, 801."""
    if isinstance(cell, str) or cell is None:
        return cell or ""
    if isinstance(cell, datetime.timedelta):
        return (datetime.datetime(2000, 1, 1) + cell).strftime("%H:%M")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
