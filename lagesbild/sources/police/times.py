"""When an offence was reported and between which moments it happened, from the columns of days and clocks of an extract."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lagesbild import swedish
from lagesbild.errors import Problem
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.police import dates
from lagesbild.sources.police.columns import Columns
from lagesbild.sources.police.dates import UNKNOWN, UNREADABLE, Minutes, Moments
from lagesbild.sources.police.layout import LAYOUT, Layout

Flags = npt.NDArray[np.bool_]
Stamps = npt.NDArray[np.datetime64]
_DAY, _MINUTE = np.timedelta64(1, "D"), np.timedelta64(1, "m")
_DAY_COLUMNS = ("reported", "from_day", "to_day")
#: So many row numbers are told of one fault.
SHOWN_ROWS = 8


@dataclass(frozen=True)
class Times:
    """moments: reported_on, occurred_from and occurred_to per row, to the microsecond, NaT where unknown.

    columns: the columns of days as read. is_backwards: from lay after to, both were emptied. is_month: the day reported is only
    known by its month. is_off: the day reported lies in another month than the column of months says. is_unclear: a clock that
    cannot be read. is_undated: no date at all.
    """

    moments: dict[str, Stamps]
    columns: dict[str, Moments]
    is_backwards: Flags
    is_month: Flags
    is_off: Flags
    is_unclear: Flags
    is_undated: Flags


def times(file: RawFile, layout: Layout, columns: Columns, is_own: Flags) -> tuple[Times, list[Problem]]:
    """The rows' times, and what makes a column of dates useless: turned by a spreadsheet, in two orders, or no dates at all."""
    n_rows = len(columns.numbers)
    read = _moments(columns)
    problems = [problem for name, found in read.items() for problem in _problems(file, layout, columns, name, found, is_own)]
    reported = _days(read, "reported", n_rows)
    month = (
        dates.months(columns.cells["reported_month"]) if "reported_month" in columns.cells else np.full(n_rows, dates.NO_DAY)
    )
    is_month = np.isnat(reported) & ~np.isnat(month)
    is_off = ~np.isnat(reported) & ~np.isnat(month) & (reported.astype("datetime64[M]") != month.astype("datetime64[M]"))
    start, is_unclear = _clock(columns, read, "from")
    end, is_end_unclear = _clock(columns, read, "to")
    first, last, is_backwards = _interval(_days(read, "from_day", n_rows), start, _days(read, "to_day", n_rows), end)
    # Without a day reported, the earlier of the two days still says when.
    days = np.fmin(_days(read, "from_day", n_rows), _days(read, "to_day", n_rows)).astype("datetime64[m]")
    first = np.where(is_backwards & np.isnat(reported) & np.isnat(month), days, first)
    moments = {
        "reported_on": np.where(is_month, month, reported).astype("datetime64[us]"),
        "occurred_from": first.astype("datetime64[us]"),
        "occurred_to": last.astype("datetime64[us]"),
    }
    is_undated = np.logical_and.reduce([np.isnat(column) for column in moments.values()])
    return Times(moments, read, is_backwards, is_month, is_off, is_unclear | is_end_unclear, is_undated), problems


def _interval(from_day: Stamps, start: Minutes, to_day: Stamps, end: Minutes) -> tuple[Stamps, Stamps, Flags]:
    """From and to, and where they cannot both be right; then both are empty.

    An unknown clock is midnight, as a date without clock is. The last moment of the day it began is 24.00 where its clock is
    unknown. A clock without a day belongs to the first day, or where it is earlier to the next (over midnight).
    """
    is_lone_clock = np.isnat(to_day) & ~np.isnat(from_day) & (end > 0)
    is_over_midnight = is_lone_clock & (end < start)
    to_day = np.where(is_lone_clock, from_day + np.where(is_over_midnight, _DAY, 0 * _DAY), to_day)
    first = from_day.astype("datetime64[m]") + np.maximum(start, 0) * _MINUTE
    last = to_day.astype("datetime64[m]") + np.maximum(end, 0) * _MINUTE
    is_open = (to_day == from_day) & (end <= 0) & (start > 0)
    last = np.where(is_open, last + _DAY, last)
    is_backwards: Flags = first > last
    none = np.datetime64("NaT", "m")
    return np.where(is_backwards, none, first), np.where(is_backwards, none, last), is_backwards


def _moments(columns: Columns) -> dict[str, Moments]:
    """Every column of days; one that leaves the order of day and month open is read as one that does not."""
    cells = {name: columns.cells[name] for name in _DAY_COLUMNS if name in columns.cells}
    default: dates.Order = LAYOUT["dates"]["undecidable"]
    read = {name: dates.moments(column, default) for name, column in cells.items()}
    decided = [found.order for found in read.values() if found.n_day_first or found.n_month_first]
    if not decided:
        return read
    return {name: found if found.is_decided else dates.moments(cells[name], decided[0]) for name, found in read.items()}


def _days(read: dict[str, Moments], name: str, n_rows: int) -> Stamps:
    return read[name].days if name in read else np.full(n_rows, dates.NO_DAY)


def _clock(columns: Columns, read: dict[str, Moments], which: str) -> tuple[Minutes, Flags]:
    """Minutes after midnight from the column of clocks, else from the clock behind the date; and which cannot be read."""
    n_rows = len(columns.numbers)
    behind = read[f"{which}_day"].minutes if f"{which}_day" in read else np.full(n_rows, UNKNOWN, "int16")
    given = columns.cells.get(f"{which}_clock")
    own = dates.clocks(given) if given else np.full(n_rows, UNKNOWN, "int16")
    minutes = np.where(own == UNKNOWN, behind, own)
    return minutes, minutes == UNREADABLE


def _problems(file: RawFile, layout: Layout, columns: Columns, name: str, found: Moments, is_own: Flags) -> list[Problem]:
    """What makes the column useless."""
    limits, heading = LAYOUT["dates"], layout.heading(name)
    where = file.where(columns.sheet, None, heading)
    action = "Hämta uttaget på nytt och lägg in det utan att först öppna och spara det i Excel."
    if found.is_halved:
        what = (
            "alla datum med dag till och med 12 är skrivna på ett sätt och alla andra på ett annat. Ett kalkylprogram har "
            "troligen bytt plats på dag och månad i de första."
        )
        return [Problem(where, what, action=action)]
    fewest, n_told = sorted((found.n_day_first, found.n_month_first))
    if fewest > limits["slips"] * n_told:
        what = (
            f"{swedish.number(found.n_month_first)} datum kan bara läsas med månaden först, "
            f"{swedish.number(found.n_day_first)} bara med dagen först."
        )
        return [Problem(where, what, "ett enda sätt att skriva datum i hela kolumnen.", action)]
    is_wrong = found.is_unreadable & is_own
    n_given = int(((columns.cells[name].codes >= 0) & is_own).sum())
    if is_wrong.sum() > max(limits["unreadable_rows"], limits["unreadable"] * n_given):
        rows = columns.numbers[is_wrong][:SHOWN_ROWS].tolist()
        what = f"{swedish.number(int(is_wrong.sum()))} av {swedish.number(n_given)} celler är inget datum."
        return [Problem(file.where(columns.sheet, rows, heading), what, "ett datum, som 2025-03-31 eller 3/31/25.", action)]
    return []
