"""An EST list with one row per week and organisation and one column per category: its counts as observations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.est import cells as est_cells
from lagesbild.sources.est.cells import LAYOUT
from lagesbild.sources.est.kinds import zero_report
from lagesbild.sources.est.sheet import SheetRows, distinct
from lagesbild.sources.files.sheet import is_blank
from lagesbild.sources.reading import SetAside
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

#: No organisation sees more of one kind in a week; a sheet with more in all is no list of observations.
MOST_IN_A_CELL, MOST_IN_A_SHEET = 500, 200_000
_MARKS = {fold(word) for word in LAYOUT["marks"]["words"]}
_NOTHING = {fold(word) for word in LAYOUT["nothing"]["words"]}
_NO_COUNTS = "har inga antal"


def counted(part: SheetRows, profile: Profile, taxonomy: Taxonomy) -> SheetRows:
    """As many observations as the cells say, on the row's day; a row of noughts becomes a zero report.

    A row without any figure says neither that nothing happened nor that something did: it is set aside, in doubt. Raises
    SourceError for a sheet with more than 200 000 observations.
    """
    one, frame = part.one, part.frame
    at = {number: place for place, number in enumerate(one.rows)}
    places = [at[int(row)] for row in frame.index]
    zero = zero_report(taxonomy)
    kinds = {column: taxonomy.match_category(name, profile.est.categories) for column, name in one.headings.counted.items()}
    zero_columns = {column for column, found in kinds.items() if found is not None and found.kind == "zero_report"}
    columns: dict[int, list[int | None]] = {}
    wrong: list[int] = []
    for column in one.headings.counted:
        cells = one.cells_at(column)
        read = distinct(cells, _count)
        wrong += [one.rows[its] for its in places if read[its] is None and not is_blank(cells[its])]
        # 'nej' in the column of zero reports does not say that nothing happened.
        columns[column] = [read[its] or (None if column in zero_columns else read[its]) for its in places]
    table = pd.DataFrame(columns, index=range(len(places)), dtype="Float64")
    is_told = table.notna().any(axis=1).to_numpy(dtype=bool)
    counts = table.fillna(0).to_numpy(dtype="int64")
    counts[:, [column in zero_columns for column in columns]] = 0
    n_each = counts.sum(axis=1)
    if n_each.sum() > MOST_IN_A_SHEET:
        what = f"kolumnerna per kategori ger {swedish.number(int(n_each.sum()))} observationer, och så många kan det inte vara."
        raise SourceError(Problem(one.where([]), what, "antal per vecka och organisation."))
    is_empty = is_told & (n_each == 0)
    rows = np.repeat(np.arange(len(places)), n_each)
    names = np.array([*one.headings.counted.values(), zero], dtype=object)
    which = np.repeat(np.tile(np.arange(len(columns)), len(places)), counts.ravel())
    order = np.concatenate([rows, np.flatnonzero(is_empty)])
    category = names[np.concatenate([which, np.full(int(is_empty.sum()), len(columns))]).astype(int)]
    long = frame.iloc[order]
    long = long.assign(
        category=pd.Series(category, long.index, dtype="str"), observation_id=pd.Series(None, long.index, dtype="str")
    )
    silent = [int(row) for row, told in zip(frame.index, is_told, strict=True) if not told]
    doubts = [*part.doubts, *_doubts(part, wrong, silent, len(rows), int((n_each > 0).sum()))]
    aside = (*part.aside, *([SetAside(_NO_COUNTS, len(silent))] if silent else []))
    return replace(part, frame=long, doubts=tuple(doubts), aside=aside)


def _count(cell: object) -> int | None:
    """The count in a cell: a figure, a mark for one, a dash or a no for none. None for anything else, also for too many."""
    text = est_cells.as_text(cell)
    if not text:
        return None
    if text in est_cells.DASHES or fold(text) in _NOTHING:
        return 0
    if fold(text) in _MARKS:
        return 1
    count = est_cells.read_count(cell)
    return count if count is not None and count <= MOST_IN_A_CELL else None


def _doubts(part: SheetRows, wrong: list[int], silent: list[int], n_found: int, n_rows: int) -> list[Doubt]:
    one = part.one
    found = []
    if n_rows:
        what = (
            f"bladet har en kolumn per kategori: {swedish.plural(n_rows, 'rad blir', 'rader blir')} "
            f"{swedish.plural(n_found, 'observation', 'observationer')}."
        )
        action = "Dag, klockslag och plats är inte kända; en vecka räknas till sin torsdag."
        found.append(Doubt("antal_per_kategori", one.where([]), what, action, n_rows))
    if wrong:
        what = f"{swedish.plural(len(wrong), 'cell', 'celler')} innehåller inget antal."
        action = f"Skriv ett heltal, högst {MOST_IN_A_CELL}. Cellerna räknas inte."
        found.append(Doubt("olasligt_antal", one.where(sorted(set(wrong))), what, action, len(set(wrong))))
    if silent:
        what = f"{swedish.plural(len(silent), 'rad', 'rader')} {_NO_COUNTS}."
        action = f"Skriv 0 om inget hände. {'Raden är undantagen' if len(silent) == 1 else 'Raderna är undantagna'}."
        found.append(Doubt("antal_saknas", one.where(silent), what, action, len(silent)))
    return found
