"""One sheet of an EST list as observations: every cell read, every row that cannot be used set aside and doubted."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources import est_cells, observations
from lagesbild.sources.est_headings import Headings
from lagesbild.sources.file import RawFile, Sheet, is_blank
from lagesbild.sources.reading import SetAside
from lagesbild.tables import TABLES, Column

UNKNOWN_ORGANISATION = "Okänd rapportör"
_Value = TypeVar("_Value")
#: So many cells with an impossible date get a doubt each; more are told together.
_TOLD_ONE_BY_ONE = 5
_HOW_TO_WRITE = "Skriv datum som 2025-03-31."
_TEXTS = ("observation_id", "organisation", "area", "place", "category", "description", "duplicate_of")


@dataclass(frozen=True)
class EstSheet:
    """A sheet that is an EST list, with its headings."""

    file: RawFile
    sheet: Sheet
    headings: Headings

    @cached_property
    def filled(self) -> list[tuple[int, list[object]]]:
        """Row number and cells of every row below the headings that holds anything."""
        start = self.headings.row + 1
        numbered = zip(self.sheet.numbers[start:], self.sheet.rows[start:], strict=True)
        return [(number, row) for number, row in numbered if not all(is_blank(cell) for cell in row)]

    @property
    def rows(self) -> list[int]:
        """The row numbers."""
        return [number for number, _ in self.filled]

    def cells(self, column: str) -> list[object]:
        """The column's cells; empty ones where the list has no such column."""
        place = self.headings.columns.get(column)
        return [None if place is None or place >= len(row) else row[place] for _, row in self.filled]

    def where(self, rows: list[int], column: str = "") -> str:
        """The place of some rows as a doubt names it."""
        return self.file.where(self.sheet.name, rows, self.headings.name_of(column) if column else "")


def read_sheet(one: EstSheet, profile: Profile) -> tuple[pd.DataFrame, list[Doubt], list[SetAside]]:
    """The rows with a day up to the report year, columns as ``observations``, index = row number; doubts; what was set aside.

    Categories and ids are as written; texts that are empty are missing.
    """
    days, clocks, dated = _days(one)
    times, timed = _read(one, "time", est_cells.read_clock, "klockslag", "14:30")
    severity, graded = _read(one, "severity", est_cells.read_severity, "allvarsgrad", "1, 2 eller 3")
    persons, counted = _read(one, "persons", est_cells.read_count, "antal", "ett heltal")
    points, placed = _points(one)
    texts = {name: [est_cells.as_text(cell) or None for cell in one.cells(name)] for name in _TEXTS}
    frame = pd.DataFrame(
        {
            **{name: pd.Series(cells, dtype="str") for name, cells in texts.items()},
            "date": pd.Series(pd.to_datetime(pd.Series(days, dtype="object"))).astype("datetime64[us]"),
            "time": pd.Series([time or clock or None for time, clock in zip(times, clocks, strict=True)], dtype="str"),
            "severity": pd.array(severity, dtype="Int64"),
            "persons": pd.array(persons, dtype="Int64"),
            "x": pd.Series([x for x, _ in points], dtype="float64"),
            "y": pd.Series([y for _, y in points], dtype="float64"),
        }
    ).set_axis(pd.Index(one.rows, name="rad", dtype="int64"))[TABLES["observations"].names]
    frame = frame.fillna({"organisation": UNKNOWN_ORGANISATION, "category": observations.NO_CATEGORY})
    is_dated = frame["date"].notna()
    is_late = frame["date"].dt.year.gt(profile.year)
    kept = frame[is_dated & ~is_late]
    doubts = [
        *dated,
        *_late(one, frame[is_late], profile),
        *timed,
        *graded,
        *counted,
        *placed,
        *_unnamed(one, kept),
        *_unused(one),
    ]
    aside = [
        SetAside("saknar ett datum som går att läsa", int((~is_dated).sum())),
        SetAside("senare än rapportåret", int(is_late.sum())),
    ]
    return kept, doubts, [item for item in aside if item.n_rows]


def _days(one: EstSheet) -> tuple[list[datetime.date | None], list[str], list[Doubt]]:
    """The day of every row (None: none that can be read), the clock time beside it, and the doubts."""
    column = "date" if "date" in one.headings.columns else "week"
    moments: list[est_cells.Moment | None] = []
    wrong: dict[int, str] = {}
    for row, date, week in zip(one.rows, one.cells("date"), one.cells("week"), strict=True):
        cell = week if is_blank(date) else date
        try:
            moments.append(None if is_blank(cell) else est_cells.read_day(cell))
        except est_cells.NoDate as error:
            moments.append(None)
            wrong[row] = str(error)
    dated = dict(zip(one.rows, moments, strict=True))
    empty = [row for row, moment in dated.items() if moment is None and row not in wrong]
    weeks = [row for row, moment in dated.items() if moment and moment.is_week]
    doubts = []
    if empty:
        doubts.append(_undated("datum_saknas", one.where(empty, column), "datum saknas.", len(empty)))
    if len(wrong) <= _TOLD_ONE_BY_ONE:
        doubts += [_undated("omojligt_datum", one.where([row], column), f"{reason}.", 1) for row, reason in wrong.items()]
    else:
        what = f"{swedish.plural(len(wrong), 'cell', 'celler')} innehåller inget datum."
        doubts.append(_undated("omojligt_datum", one.where(list(wrong), column), what, len(wrong)))
    if weeks:
        what = f"{swedish.plural(len(weeks), 'rad anger', 'rader anger')} bara vecka."
        doubts.append(Doubt("bara_vecka", one.where(weeks, column), what, "De räknas till veckans måndag.", len(weeks)))
    days = [None if moment is None else moment.day for moment in moments]
    return days, ["" if moment is None else moment.clock for moment in moments], doubts


def _undated(kind: str, where: str, what: str, n_rows: int) -> Doubt:
    return Doubt(kind, where, what, f"{_HOW_TO_WRITE} {_excepted(n_rows)}", n_rows)


def _excepted(n_rows: int) -> str:
    return "Raden är undantagen." if n_rows == 1 else "Raderna är undantagna."


def _late(one: EstSheet, late: pd.DataFrame, profile: Profile) -> Iterator[Doubt]:
    if late.empty:
        return
    rows = [int(row) for row in late.index]
    n_rows = swedish.plural(len(rows), "rad är daterad", "rader är daterade")
    what = f"{n_rows} efter rapportåret {profile.year}, som senast {late['date'].max().date().isoformat()}."
    action = f"Kontrollera att årtalet är rätt. {_excepted(len(rows))}"
    yield Doubt("framtida_datum", one.where(rows, "date"), what, action, len(rows))


def _read(
    one: EstSheet, column: str, read: Callable[[object], _Value | None], noun: str, example: str
) -> tuple[list[_Value | None], list[Doubt]]:
    """A column's values, None where the cell is empty or cannot be read; the latter in doubt."""
    cells = one.cells(column)
    values = [None if is_blank(cell) else read(cell) for cell in cells]
    wrong = [row for row, cell, value in zip(one.rows, cells, values, strict=True) if not is_blank(cell) and value is None]
    if not wrong:
        return values, []
    what = f"{swedish.plural(len(wrong), 'cell', 'celler')} går inte att läsa som {noun}."
    action = f"Skriv som {example}. {'Raden' if len(wrong) == 1 else 'Raderna'} är med, men utan den uppgiften."
    return values, [Doubt(f"olasligt_{column}", one.where(wrong, column), what, action, len(wrong))]


def _points(one: EstSheet) -> tuple[list[tuple[float | None, float | None]], list[Doubt]]:
    """East and north of every row, both or neither; neither where they lie outside Sweden (swapped, another system)."""
    east, north = TABLES["observations"].column("x"), TABLES["observations"].column("y")
    points: list[tuple[float | None, float | None]] = []
    wrong = []
    for row, x, y in zip(one.rows, one.cells("x"), one.cells("y"), strict=True):
        point = est_cells.read_number(x), est_cells.read_number(y)
        is_good = _is_within(point[0], east) and _is_within(point[1], north)
        points.append(point if is_good else (None, None))
        if not is_good and not (is_blank(x) and is_blank(y)):
            wrong.append(row)
    if not wrong:
        return points, []
    what = f"{swedish.plural(len(wrong), 'koordinat ligger', 'koordinater ligger')} inte i Sverige enligt SWEREF 99 TM."
    action = "Kontrollera koordinatsystemet och att öst och nord inte har bytt plats. Raderna är med, men utan koordinat."
    return points, [Doubt("olaslig_koordinat", one.where(wrong, "x"), what, action, len(wrong))]


def _is_within(value: float | None, column: Column) -> bool:
    lowest, highest = column.lowest or 0, column.highest or 0
    return value is not None and lowest <= value <= highest


def _unnamed(one: EstSheet, frame: pd.DataFrame) -> Iterator[Doubt]:
    """Rows that do not say who reported, or what."""
    for column, stand_in, what in (
        ("organisation", UNKNOWN_ORGANISATION, "säger inte vem som rapporterade"),
        ("category", observations.NO_CATEGORY, "saknar kategori"),
    ):
        rows = [int(row) for row in frame.index[frame[column].eq(stand_in)]]
        if rows:
            told = f"{swedish.plural(len(rows), 'rad', 'rader')} {what}."
            action = f'{"Den räknas" if len(rows) == 1 else "De räknas"} som "{stand_in}".'
            yield Doubt(f"{column}_saknas", one.where(rows, column), told, action, len(rows))


def _unused(one: EstSheet) -> Iterator[Doubt]:
    """Headings that mean nothing here: their columns are not read."""
    if one.headings.unused:
        names = swedish.listing([f'"{name}"' for name in one.headings.unused])
        what = f"{'kolumnen' if len(one.headings.unused) == 1 else 'kolumnerna'} {names} används inte."
        where = one.where([one.sheet.numbers[one.headings.row]])
        yield Doubt("okand_kolumn", where, what, "Skriv i profilen under [est.columns] vad de är, om de ska läsas.")
