"""Letters that cannot be shown, replaced in the cells of a sheet or column and counted (what stands instead: ``letters``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain

import pandas as pd

from lagesbild import letters, swedish
from lagesbild.errors import Doubt, Place
from lagesbild.sources.files.sheet import Sheet, Where
from lagesbild.sources.files.text import has_wrong_letters


def in_sheet(sheet: Sheet, where: Where) -> tuple[Sheet, tuple[Doubt, ...]]:
    """The sheet with every letter as it can be shown, and a doubt that tells the rows where any could not."""
    name = letters.shown(sheet.name)
    sheet = sheet if name == sheet.name else replace(sheet, name=name)
    instead = _instead(cell for cell in set(chain.from_iterable(sheet.rows)) if isinstance(cell, str))
    if not instead:
        return sheet, ()
    rows, at = list(sheet.rows), list[int]()
    for number, row in enumerate(sheet.rows):
        found = [cell for cell in row if isinstance(cell, str) and cell in instead]
        if found:
            rows[number] = [instead.get(cell, cell) if isinstance(cell, str) else cell for cell in row]
            at += [sheet.numbers[number]] * sum(not letters.is_shown(cell) for cell in found)
    return replace(sheet, rows=rows), _doubts(at, lambda rows: where(sheet.name, rows, ""))


def in_column(
    frame: pd.DataFrame, column: str, distinct: Iterable[object], where: Where, sheet: str
) -> tuple[pd.DataFrame, tuple[Doubt, ...]]:
    """The frame with the column's letters as they can be shown, and a doubt about those that could not.

    distinct: the column's different values. The index holds the row numbers in the file.
    """
    instead = _instead(cell for cell in distinct if isinstance(cell, str))
    if not instead:
        return frame, ()
    values = frame[column]
    told = values.isin([cell for cell in instead if not letters.is_shown(cell)])
    texts = values.astype("object").replace(instead)
    at = list(map(int, frame.index[told]))
    return frame.assign(**{column: texts.astype("str")}), _doubts(at, lambda rows: where(sheet, rows, column))


def _instead(cells: Iterable[str]) -> dict[str, str]:
    """Those of the different texts that are shown otherwise than they stand, and how.

    Letters that were lost on the way are left: their file is refused.
    """
    distinct = list(cells)
    together = "".join(distinct)
    if letters.shown(together) == together:  # then so is each of them, and nothing more is looked at
        return {}
    return {cell: shown for cell in distinct if (shown := letters.shown(cell)) != cell and not has_wrong_letters(cell)}


def _doubts(rows: list[int], where: Callable[[list[int]], Place]) -> tuple[Doubt, ...]:
    if not rows:
        return ()
    n_cells = swedish.plural(len(rows), "cell", "celler")
    what = f"{n_cells} har tecken som inte kan visas, till exempel emojier eller styrtecken."
    action = (
        f"Synliga sådana visas som {letters.BOX}, osynliga är borttagna. Skriv med vanliga bokstäver om texten ska gå att läsa."
    )
    return (Doubt("tecken", where(sorted(set(rows))), what, action, len(rows)),)
