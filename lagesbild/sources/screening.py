"""What a cell may hold before a source sees it: no letter that cannot be shown, and no personal data.

Letters that no shipped font has become a box and unseen marks are left out (``lagesbild.letters``), and both are counted. Cells
that hold personal data are set aside whole, and counted by column and row.

What is looked for is decided in ``lagesbild.privacy``; here it is decided what a column of such cells means. A column in which
most of at least fifty cells of digits alone, all of one length, are no identity or telephone number is a serial number, and the
few that pass by chance are left as they are. So is a column of codes with the same three letters ("ABC001", "ABC002"), and a
column of days and clock times in bare figures unless nearly all of them pass as identity numbers.

A given name that fills its cell may be a place; below the heading of an organisation, a theme or an answer, or in a column of
such cells, it is a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import pandas as pd

from lagesbild import privacy, swedish
from lagesbild.errors import Doubt
from lagesbild.privacy import HIDDEN, Kind, identity, names
from lagesbild.privacy.words import WORDS
from lagesbild.sources import unshown
from lagesbild.sources.files.sheet import Sheet, Where, column_name, is_blank

Kinds = tuple[Kind, ...]
_HEADING_ROWS = 20
#: So many cells of bare digits tell a serial number from identity numbers; so many alike tell a code from plates.
_SERIAL, _CODES, _MOMENTS = 50, 5, 3
_PERSONS_FROM, _FEWEST_NAMES = 0.8, 4
#: Words of headings below which no place stands.
_ROLES = frozenset(WORDS["names"]["role_words"])
_LONG_NUMBER, _LONGEST_NAME = 10**8, 30
_PLATE = re.compile(r"([A-Za-z]{3})[ -]?[0-9]{2}\w")
#: A figure that a program has computed: its decimals are no number of anyone's.
_MEASURED = re.compile(r"-?[0-9]{1,3}[.,][0-9]{13,}")
_NO_ROWS: Mapping[object, Kinds] = {}


def screened(sheet: Sheet, where: Where) -> tuple[Sheet, tuple[Doubt, ...]]:
    """The sheet with ``HIDDEN`` in place of every cell that holds personal data, and one doubt per column.

    Whole numbers count as text: a workbook keeps an identity number so. A sheet's name is masked. Before that every letter that
    cannot be shown is replaced, and told in one doubt for the sheet.
    """
    sheet, told = unshown.in_sheet(sheet, where)
    found, headings = private_values(sheet)
    name = privacy.masked(sheet.name)
    if not found:
        return (sheet if name == sheet.name else replace(sheet, name=name)), told
    rows, hits = list(sheet.rows), {place: dict[int, Kinds]() for place in found}
    for number, row in enumerate(sheet.rows):
        here = [place for place, kinds in found.items() if place < len(row) and row[place] in kinds]
        if here:
            rows[number] = list(row)
        for place in here:
            hits[place][sheet.numbers[number]] = found[place][row[place]]
            rows[number][place] = HIDDEN
    shown = {place: column_shown(headings.get(place, ""), place) for place in hits}
    private = (_doubt(where, name, shown[place], kinds) for place, kinds in hits.items())
    return replace(sheet, name=name, rows=rows), (*told, *private)


def private_values(sheet: Sheet) -> tuple[dict[int, dict[object, Kinds]], dict[int, str]]:
    """Which values of which columns hold personal data, and of which kinds; and the headings. Columns by place, from 0."""
    cells = _searched(chain.from_iterable(sheet.rows))
    private = _private(cells)
    headings = _headings(sheet)
    cued = {place for place, heading in headings.items() if names.heading_kind(heading)}
    suspects = private.keys() | _possible_moments(cells) | _lone_names(cells)
    columns = {place for row in sheet.rows for place, cell in enumerate(row) if cell in suspects} if suspects else set[int]()
    found = {
        place: kinds
        for place in sorted(columns | cued)
        if (kinds := _judged([row[place] for row in sheet.rows if place < len(row)], private, headings.get(place, "")))
    }
    return found, headings


def clean_text(cell: str) -> str:
    """A private cell with its hits replaced; the whole cell where that leaves something, or where only its column told.

    >>> clean_text("ring 070-174 06 05 om cykeln"), clean_text("Maria")
    ('ring (personuppgift) om cykeln', '(personuppgift)')
    """
    clean = privacy.masked(cell)
    return HIDDEN if clean == cell or privacy.find(clean) else clean


def screen_frame(
    frame: pd.DataFrame, columns: Iterable[str], where: Where, sheet: str = ""
) -> tuple[pd.DataFrame, tuple[Doubt, ...]]:
    """The frame with ``HIDDEN`` in place of private values in these columns, and one doubt per column.

    For readers that parse a file themselves. The index holds the row numbers in the file. Values are searched once each, so a
    million rows of few different texts cost little; columns of dates, truth values and short numbers cost nothing.
    """
    doubts: list[Doubt] = []
    for column in columns:
        distinct = _distinct(frame[column])
        frame, told = unshown.in_column(frame, column, distinct, where, sheet)
        doubts += told
        values = frame[column]
        distinct = _distinct(values) if told else distinct
        kinds = _judged(distinct, _private(_searched(distinct)), column) if distinct else _NO_ROWS
        if not kinds:
            continue
        is_private = values.isin(list(kinds))
        hits = dict(zip(map(int, frame.index[is_private]), map(kinds.__getitem__, values[is_private]), strict=True))
        doubts.append(_doubt(where, sheet, privacy.masked(column), hits))
        if isinstance(values.dtype, pd.CategoricalDtype):
            values = values.astype(values.cat.categories.dtype)
        text = values if pd.api.types.is_string_dtype(values.dtype) else values.astype("object")
        frame = frame.assign(**{column: text.mask(is_private, HIDDEN)})
    return frame, tuple(doubts)


def _distinct(values: pd.Series) -> list[object]:
    """The different values of a column that may hold personal data; none for a column that cannot."""
    dtype = values.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return list(values.cat.categories.tolist())
    if pd.api.types.is_bool_dtype(dtype) or pd.api.types.is_datetime64_any_dtype(dtype):
        return []
    if pd.api.types.is_numeric_dtype(dtype):
        values = values[values.ge(_LONG_NUMBER).fillna(False)]
    return list(values.dropna().unique().tolist())


def _private(cells: Collection[object]) -> dict[object, Kinds]:
    """Those of the cells that hold personal data, by themselves; long numbers are read as text."""
    numbers = {_digits(cell): cell for cell in cells if not isinstance(cell, str)}
    texts = (cell for cell in cells if isinstance(cell, str))
    private: dict[object, Kinds] = {}
    private.update(privacy.private_among(texts))
    private.update((numbers[text], kinds) for text, kinds in privacy.private_among(numbers).items())
    return private


def _searched(cells: Iterable[object]) -> set[object]:
    """The different texts among the cells, and the different whole numbers of nine digits and more."""
    distinct = set(cells)
    texts: set[object] = {cell for cell in distinct if isinstance(cell, str)}
    return texts | {
        cell for cell in distinct if isinstance(cell, (int, float)) and _LONG_NUMBER <= cell < 10**13 and cell == int(cell)
    }


def _digits(cell: object) -> str:
    """A long number as it would be written; ten digits where a leading zero was lost."""
    return str(int(cell)).zfill(10) if isinstance(cell, (int, float)) else str(cell)


def _judged(cells: Sequence[object], private: Mapping[object, Kinds], heading: str) -> dict[object, Kinds]:
    """Which of a column's cells are private, and of which kinds, all cells of the column and its heading seen together."""
    distinct, cue = _searched(cells), names.heading_kind(heading)
    found = {cell: private[cell] for cell in distinct if cell in private}
    innocent = _serials(distinct, found) | _codes(distinct, found)
    found = {cell: kinds for cell, kinds in found.items() if cell not in innocent} | _moments(distinct)
    alone = _lone_names(distinct)
    if alone and (_is_role(heading) or len(alone) >= max(_FEWEST_NAMES, _PERSONS_FROM * _n_texts(distinct))):
        found |= dict.fromkeys(alone, ("namn",))
    if cue:
        told = (cell for cell in distinct if cell not in found and not is_blank(cell))
        found |= {cell: (cue,) for cell in told if names.is_told_by_heading(_text(cell), cue)}
    return found


def _lone_names(cells: Iterable[object]) -> set[object]:
    """The cells that are a given name and nothing else, and neither a word nor a kommun."""
    return {cell for cell in cells if isinstance(cell, str) and len(cell) <= _LONGEST_NAME and names.is_lone(cell)}


def _n_texts(cells: Iterable[object]) -> int:
    return sum(isinstance(cell, str) and not is_blank(cell) for cell in cells)


def _is_role(heading: str) -> bool:
    return not _ROLES.isdisjoint(re.findall(r"\w+", heading.casefold().replace("_", " ")))


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else _digits(cell)


def _serials(distinct: Collection[object], found: Mapping[object, Kinds]) -> set[object]:
    """Cells of bare digits in a column where most of their length are nothing personal."""
    by_length: dict[int, list[object]] = {}
    for cell in distinct:
        text = cell.strip() if isinstance(cell, str) else str(int(cell)) if isinstance(cell, (int, float)) else ""
        if text.isdigit():
            by_length.setdefault(len(text), []).append(cell)
    serials = (cells for cells in by_length.values() if len(cells) >= _SERIAL)
    return {cell for cells in serials if 2 * sum(cell in found for cell in cells) < len(cells) for cell in cells}


def _codes(distinct: Collection[object], found: Mapping[object, Kinds]) -> set[object]:
    """Cells that look like plates but mostly share their letters."""
    plates = {cell: match[1] for cell in distinct if isinstance(cell, str) and (match := _PLATE.fullmatch(cell.strip()))}
    if not plates:
        return set()
    letters, n_alike = Counter(plates.values()).most_common(1)[0]
    is_code = n_alike >= _CODES and 2 * n_alike > len(plates)
    return {cell for cell, start in plates.items() if start == letters and cell in found} if is_code else set()


def _possible_moments(cells: Iterable[object]) -> set[object]:
    """The cells that could be read both as a day with a clock time and as an identity number."""
    texts = ((cell, _text(cell).strip()) for cell in cells if not isinstance(cell, str) or 10 <= len(cell) <= 16)
    return {cell for cell, text in texts if text[:1].isdigit() and identity.is_moment(text) and identity.is_identity(text)}


def _moments(distinct: Collection[object]) -> dict[object, Kinds]:
    """Identity numbers that could be read as days and clock times, where nearly the whole column passes as identity numbers."""
    passing = _possible_moments(distinct)
    n_moments = sum(identity.is_moment(_text(cell)) for cell in distinct) if len(passing) >= _MOMENTS else 0
    return dict.fromkeys(passing, ("personnummer",)) if passing and len(passing) >= _PERSONS_FROM * n_moments > 0 else {}


def _headings(sheet: Sheet) -> dict[int, str]:
    """The texts of the row that looks most like headings: the first that has nearly as many texts as any near the top."""
    top = [
        {place: cell for place, cell in enumerate(row) if isinstance(cell, str) and cell.strip()}
        for row in sheet.rows[:_HEADING_ROWS]
    ]
    most = max(map(len, top), default=0)
    return next((row for row in top if len(row) >= 0.6 * most), {})


def column_shown(heading: str, place: int) -> str:
    """What a doubt calls the column: its heading where that may be shown, else its letter."""
    text = " ".join(heading.split())
    return text if text and len(text) <= 60 and not privacy.find(text) else column_name(place)


def _doubt(where: Where, sheet: str, column: str, hits: Mapping[int, Kinds]) -> Doubt:
    n_cells = len(hits)
    counts = Counter(kind for kinds in hits.values() for kind in kinds)
    told = swedish.listing([f"{kind} i {swedish.number(counts[kind])}" for kind in privacy.KINDS if counts[kind]])
    what = f"{swedish.plural(n_cells, 'cell', 'celler')} ser ut att innehålla personuppgifter: {told}."
    aside = "Cellen är undantagen" if n_cells == 1 else "Cellerna är undantagna"
    action = f"{aside} och visas aldrig. Kör lagesbild scrub FIL för en ren kopia, och be avsändaren att inte skriva sådant."
    return Doubt("personuppgift", where(sheet, sorted(hits), column), what, action, n_cells)
