"""What is done to the cells of any sheet before a source sees them: merged ones filled down, errors emptied, and each told."""

from __future__ import annotations

import math
import operator

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.files.sheet import Sheet, UnreadableError, Where, column_name, is_blank

#: What Excel shows in a cell whose formula failed, in English and Swedish, as a text file keeps it, and LibreOffice Calc.
_ENGLISH = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
_SWEDISH = ("#SAKNAS!", "#SAKNAS", "#REFERENS!", "#VÄRDEFEL!", "#DIVISION/0!", "#NAMN?", "#SKÄRNING!", "#OGILTIGT!")
_CALC = tuple(f"Err:{number}" for number in range(501, 541))
ERRORS = frozenset((*_ENGLISH, *_SWEDISH, *_CALC))
_MOST_FILLED = 2_000_000
_HEADING_ROWS, _SHOWN = 10, 3


def emptied(rows: list[list[object]], numbers: list[int]) -> list[int]:
    """The numbers of the rows that held an error or no number at all; these cells are emptied in place."""
    found: list[int] = []
    for number, row in zip(numbers, rows, strict=True):
        if not ERRORS.isdisjoint(row) or any(map(operator.ne, row, row)):
            for place, cell in enumerate(row):
                if (isinstance(cell, str) and cell in ERRORS) or (isinstance(cell, float) and not math.isfinite(cell)):
                    row[place] = ""
                    found.append(number)
    return found


def error_doubt(rows: list[int], sheet: str, where: Where) -> Doubt:
    """Cells with an error were taken for empty."""
    n_cells = swedish.plural(len(rows), "cell innehåller", "celler innehåller")
    what = f"{n_cells} ett felvärde, till exempel #SAKNAS! eller #REFERENS!."
    action = f"{_as_empty(len(rows))} Rätta formeln i Excel och spara, eller be avsändaren om värdena."
    return Doubt("felvarde", where(sheet, _known(rows), ""), what, action, len(rows))


def fill_down(sheet: Sheet, merged: list[tuple[tuple[int, int], tuple[int, int]]], where: Where) -> list[Doubt]:
    """Fills the value of cells merged downwards into the rows below that hold anything else, in place."""
    at = {number: place for place, number in enumerate(sheet.numbers)}
    filled: list[int] = []
    n_steps = 0
    for (top, left), (bottom, _) in merged:
        if top == bottom or top + 1 not in at or left >= len(sheet.rows[at[top + 1]]):
            continue
        value = sheet.rows[at[top + 1]][left]
        below = range(at[top + 1] + 1, min(at[top + 1] + 1 + bottom - top, len(sheet.rows)))
        n_steps += len(below)
        if n_steps > _MOST_FILLED:
            raise UnreadableError(
                "bladet har för många sammanslagna celler.", "Ta bort sammanslagningen i Excel och spara.", sheet.name
            )
        if is_blank(value):
            continue
        for place in below:
            row = sheet.rows[place]
            if sheet.numbers[place] <= bottom + 1 and left < len(row) and is_blank(row[left]) and not all(map(is_blank, row)):
                row[left] = value
                filled.append(sheet.numbers[place])
    if not filled:
        return []
    what = f"sammanslagna celler: värdet överst gäller även {swedish.plural(len(filled), 'cell', 'celler')} under."
    action = (
        "Kontrollera att det stämmer. Står ett antal i en sammanslagen cell räknas det en gång per rad: dela upp cellerna då."
    )
    return [Doubt("sammanslagna_celler", where(sheet.name, sorted(set(filled)), ""), what, action, len(filled))]


def empty_errors(sheet: Sheet, rows: list[int], where: Where) -> list[Doubt]:
    """Empties the cells with an error, in place. rows: those of the cells that came here empty already."""
    found = [*rows, *emptied(sheet.rows, sheet.numbers)]
    return [error_doubt(found, sheet.name, where)] if found else []


def without_value(sheet: Sheet, rows: list[int], where: Where) -> list[Doubt]:
    """The formulas whose value was never worked out, by the rows they stand in."""
    if not rows:
        return []
    what = f"{swedish.plural(len(rows), 'cell har en formel', 'celler har formler')} utan uträknat värde."
    action = f"{_as_empty(len(rows))} Öppna filen i Excel, spara den och lägg in den igen."
    return [Doubt("formel_utan_varde", where(sheet.name, _known(rows), ""), what, action, len(rows))]


def hidden_rows(sheet: Sheet, rows: list[int], where: Where) -> list[Doubt]:
    """The hidden rows that hold anything; they are read."""
    filled = (
        {number for number, row in zip(sheet.numbers, sheet.rows, strict=True) if not all(map(is_blank, row))}
        if rows
        else set()
    )
    hidden = sorted(filled & set(rows))
    if not hidden:
        return []
    what = f"{swedish.plural(len(hidden), 'rad är dold', 'rader är dolda')}, till exempel av ett filter."
    action = "Dolda rader läses som de andra. Radera dem i Excel om de inte ska räknas."
    return [Doubt("dolda_rader", where(sheet.name, hidden, ""), what, action, len(hidden))]


def doubled_headings(sheet: Sheet, where: Where) -> list[Doubt]:
    """The columns that share a heading, where the first row of several cells is one of headings: all words, no numbers.

    They are named by their letters: a list without headings must not have its first row quoted.
    """
    rows = zip(sheet.numbers[:_HEADING_ROWS], sheet.rows[:_HEADING_ROWS], strict=True)
    number, row = next(((number, row) for number, row in rows if sum(not is_blank(cell) for cell in row) > 1), (0, []))
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(row):
        if not is_blank(cell):
            places.setdefault(" ".join(str(cell).lower().split()), []).append(place)
    if any(not isinstance(cell, str) for cell in row) or any(not any(map(str.isalpha, name)) for name in places):
        return []
    doubled = [letters for letters in places.values() if len(letters) > 1]
    if not doubled:
        return []
    told = "; ".join(swedish.listing([column_name(place) for place in letters]) for letters in doubled[:_SHOWN])
    more = " med flera" if len(doubled) > _SHOWN else ""
    what = f"flera kolumner har samma rubrik ({told}{more})."
    action = "Byt namn på eller ta bort den som inte gäller. Annars läses bara den ena."
    return [Doubt("dubbla_rubriker", where(sheet.name, [number], ""), what, action, 1)]


def _as_empty(n_cells: int) -> str:
    return "Den läses som tom." if n_cells == 1 else "De läses som tomma."


def _known(rows: list[int]) -> list[int]:
    return sorted({row for row in rows if row})
