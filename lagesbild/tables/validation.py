"""A frame becomes a table of the contract, or an error that lists everything that is wrong with it.

Cells are read cautiously: a Swedish number becomes a number, a code that lost its leading zeros in a spreadsheet gets them
back, a date must say which day it is. Anything else is a problem with its row, column and value. Free text is never quoted.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from lagesbild import swedish
from lagesbild.errors import Place, Problem, SchemaError
from lagesbild.tables.cells import Cells, read_cells
from lagesbild.tables.context import CONTEXT
from lagesbild.tables.contract import TABLES
from lagesbild.tables.table import Column, Table

#: A longer text is not quoted in an error: it may be a description that slipped into another column.
LONGEST_QUOTE = 40
#: So many rows are listed for one faulty value; the others are counted.
MOST_ROWS = 5
#: A frame whose index has this name says itself which row of the file each row is; otherwise the headings are row 1.
ROW = "rad"


def validate(name: str, frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """The frame as the table ``name`` (of the contract or the context): its columns in order, its types, a fresh index.

    Optional columns that are absent are added, empty. Raises SchemaError with every problem found, placed by row and column of
    ``where``. KeyError for a table that does not exist.
    """
    table = CONTEXT.get(name) or TABLES[name]
    if problems := list(_heading_problems(table, frame, where)):
        raise SchemaError(problems)
    rows = pd.Series(frame.index if frame.index.name == ROW else range(2, len(frame) + 2), dtype="int64")
    source = frame.reset_index(drop=True).reindex(columns=table.names)
    cells = {
        column.name: read_cells(column, source[column.name], is_figure=column.name in table.figures) for column in table.columns
    }
    result = table.repair(_with_reasons(table, cells))
    faults = [*_unreadable(table, cells), *_broken(table, result), *_repeated(table, result)]
    if faults:
        raise SchemaError(_problems(table, faults, source, rows, where))
    return result


@dataclass(frozen=True)
class _Fault:
    """Something wrong in one row: a cell, or several that do not go together."""

    row: int
    columns: tuple[str, ...]
    expected: str


def _heading_problems(table: Table, frame: pd.DataFrame, where: str) -> Iterator[Problem]:
    absent = [column.name for column in table.columns if not column.is_optional and column.name not in frame]
    unknown = [str(name) for name in frame.columns if name not in table.names]
    for name in absent:
        near = difflib.get_close_matches(name, unknown, n=1, cutoff=0.6)
        yield Problem(where, f"kolumnen {name} saknas.", action=f'Heter den "{_short(near[0])}" i filen?' if near else "")
    for name in unknown:
        near = difflib.get_close_matches(name.strip().lower(), table.names, n=1, cutoff=0.6)
        action = (
            f"Närmaste kända kolumn är {near[0]}." if near else f"Tabellen {table.name} har {swedish.listing(table.names)}."
        )
        yield Problem(where, f'kolumnen "{_short(name)}" är okänd.', action=action)
    for name in sorted({str(name) for name in frame.columns[frame.columns.duplicated()]}):
        yield Problem(where, f'kolumnen "{_short(name)}" står flera gånger.')


def _with_reasons(table: Table, cells: dict[str, Cells]) -> pd.DataFrame:
    """The values; a printed mark such as ``..`` says why a figure is missing, where no reason and no figure is written."""
    frame = pd.DataFrame({name: column.values for name, column in cells.items()}, columns=table.names)
    if not table.figures:
        return frame
    marks = cells[table.figures[0]].marks
    for name in table.figures[1:]:
        marks = marks.fillna(cells[name].marks)
    if marks.isna().all():
        return frame
    return frame.assign(missing=frame["missing"].fillna(marks.where(frame[list(table.figures)].isna().all(axis=1))))


def _unreadable(table: Table, cells: dict[str, Cells]) -> Iterator[_Fault]:
    for column in table.columns:
        is_unreadable = cells[column.name].is_unreadable
        yield from (_Fault(int(row), (column.name,), column.expected) for row in is_unreadable[is_unreadable].index)


def _broken(table: Table, frame: pd.DataFrame) -> Iterator[_Fault]:
    """What the pandera schema finds: empty cells, values out of bounds, rows that break a rule across columns."""
    try:
        table.schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.sort_values("index", kind="stable")
    else:
        return
    rules = {rule.expected: rule.columns for rule in table.rules}
    for case in cases.drop_duplicates(["check", "column", "index"]).itertuples():
        columns = rules.get(case.check, (case.column,))
        yield _Fault(int(case.index), columns, case.check if case.check in rules else table.column(case.column).expected)


def _repeated(table: Table, frame: pd.DataFrame) -> Iterator[_Fault]:
    is_repeated = frame.duplicated(list(table.key)) if table.key else pd.Series(dtype="bool")
    expected = f"en enda rad med samma {swedish.listing(table.key)}"
    yield from (_Fault(int(row), table.key, expected) for row in is_repeated[is_repeated].index)


def _problems(table: Table, faults: list[_Fault], source: pd.DataFrame, rows: pd.Series, where: str) -> Iterator[Problem]:
    """One problem per column and value; the rows that share it are listed together.

    A cell that is itself at fault is not blamed again for a rule that its row breaks.
    """
    cells = {(fault.row, fault.columns[0]) for fault in faults if len(fault.columns) == 1}
    seen: set[tuple[int, tuple[str, ...]]] = set()
    grouped: dict[tuple[tuple[str, ...], str, str], list[int]] = {}
    for fault in faults:
        is_blamed = len(fault.columns) > 1 and any((fault.row, name) in cells for name in fault.columns)
        if is_blamed or (fault.row, fault.columns) in seen:
            continue
        seen.add((fault.row, fault.columns))
        what = _what(table, source[list(fault.columns)].iloc[fault.row])
        grouped.setdefault((fault.columns, what, fault.expected), []).append(int(rows[fault.row]))
    for (columns, what, expected), numbers in grouped.items():
        named = f"{'kolumn' if len(columns) == 1 else 'kolumnerna'} {swedish.listing(columns)}"
        words = f"{where}, {_rows(sorted(numbers))}, {named}"
        file, sheet = (where.file, where.sheet) if isinstance(where, Place) else (where, "")
        yield Problem(Place(words, file, sheet, tuple(sorted(numbers)), ", ".join(columns)), what, f"{expected}.")


def _what(table: Table, cells: pd.Series) -> str:
    quoted = [_quoted(table.column(str(name)), cell) for name, cell in cells.items()]
    if len(quoted) > 1:
        return f"{swedish.listing(quoted)} går inte ihop."
    return "cellen är tom." if quoted[0] == "tomt" else f"{quoted[0]} går inte att använda."


def _quoted(column: Column, cell: object) -> str:
    """The cell as an error may show it: never free text."""
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    text = "" if pd.isna(cell) else str(whole).strip()  # type: ignore[call-overload]  # a cell is a scalar
    if not text:
        return "tomt"
    return "texten (visas inte)" if column.is_private else f'"{_short(text)}"'


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"en text på {swedish.plural(len(text), 'tecken', 'tecken')}"


def _rows(numbers: list[int]) -> str:
    if len(numbers) <= MOST_ROWS:
        return f"rad {swedish.listing([str(number) for number in numbers])}"
    listed = ", ".join(str(number) for number in numbers[:MOST_ROWS])
    return f"rad {listed} och {swedish.plural(len(numbers) - MOST_ROWS, 'rad', 'rader')} till"
