"""Days and clocks as police extracts write them: 3/31/25, 2025-03-31 22:00, 45 for 00:45.

Whether day or month stands first is decided by the column as a whole: a number above 12 cannot be a month. Every distinct
text is parsed once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lagesbild.sources.police.columns import Coded

Order = Literal["month_first", "day_first"]
Days = npt.NDArray[np.datetime64]
Minutes = npt.NDArray[np.int16]
NO_DAY = np.datetime64("NaT", "D")
#: Minutes after midnight that are none: no clock is given, or none can be read.
UNKNOWN, UNREADABLE = -1, -2
_PARTS = r"^(?P<day>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{8}|\d{5})(?:\.0)?(?:[T\s]+(?P<clock>.*))?$"
#: A whole moment as a database writes it, and how many signs its day and all of it have.
_USUAL, _DAY, _MOMENT = r"^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$", 10, 19
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d\d)(\d\d)|(\d\d)-(\d\d)-(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)")
_SERIAL = re.compile(r"\d{5}")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.]\d\d(?:[.,]\d+)?)?\s*([ap]m)?", re.IGNORECASE)
_SHARE_OF_DAY = re.compile(r"0?[.,]\d{3,}")
#: Excel counts days from here.
_EXCEL = np.datetime64("1899-12-30", "D")
_SERIAL_1970 = 25_569
_EARLIEST, _THIS_CENTURY, _NOON = 1970, 70, 12


@dataclass(frozen=True)
class Moments:
    """A column of days, with clocks where the texts hold them.

    days: per row, NaT where blank or unreadable; minutes: after midnight, or UNKNOWN, UNREADABLE; is_unreadable: a text that
    names no day. order: how 3/4/25 is read. n_day_first, n_month_first: rows that can only be read one way; n_open: that can be
    read both. is_halved: every written-out date has a day up to 12, every other one a day above: a spreadsheet turned some.
    """

    days: Days
    minutes: Minutes
    is_unreadable: npt.NDArray[np.bool_]
    order: Order
    n_day_first: int = 0
    n_month_first: int = 0
    n_open: int = 0
    is_halved: bool = False

    @property
    def is_decided(self) -> bool:
        """Whether the column itself tells the order, or does not need to."""
        return bool(self.n_day_first or self.n_month_first) or not self.n_open


def moments(column: Coded, default: Order) -> Moments:
    """The column's days and clocks; ``default`` is the order where the column leaves it open.

    >>> from lagesbild.sources.police.columns import coded
    >>> found = moments(coded(["3/31/25", "3/4/25", "2025-04-05 22:10", "Anna"]), "day_first")
    >>> [str(day) for day in found.days], found.minutes.tolist(), found.order
    (['2025-03-31', '2025-03-04', '2025-04-05', 'NaT'], [-1, -1, 1330, -1], 'month_first')
    """
    n_rows = column.n_rows()
    day, clock = _parts(column.texts)
    days, day_codes = _distinct(day)
    weights = np.bincount(day_codes + 1, weights=n_rows, minlength=len(days) + 1)[1:].astype("int64")
    parsed, verdict = _days(days, weights, default)
    clocks, clock_codes = _distinct(clock)
    minutes = np.append(np.array([_minute(text) for text in clocks], "int16"), np.int16(UNKNOWN))[clock_codes]
    per_text = np.append(parsed, NO_DAY)[day_codes]
    found = column.take(per_text, NO_DAY)
    return replace(
        verdict, days=found, minutes=column.take(minutes, UNKNOWN), is_unreadable=np.isnat(found) & (column.codes >= 0)
    )


def clocks(column: Coded) -> Minutes:
    """Minutes after midnight (0-1440) of every row, or UNKNOWN, UNREADABLE.

    >>> from lagesbild.sources.police.columns import coded
    >>> clocks(coded(["45", "2215", "2400", "0", "", "7.30", "2575", "9:05 PM"])).tolist()
    [45, 1335, 1440, 0, -1, 450, -2, 1265]
    """
    minutes: Minutes = column.take(np.array([_minute(text) for text in column.texts.to_pylist()], "int16"), UNKNOWN)
    return minutes


def months(column: Coded) -> Days:
    """The first day of every row's month, written 202503, 2025-03 or 2025M03; NaT where there is none.

    >>> from lagesbild.sources.police.columns import coded
    >>> [str(day) for day in months(coded(["202503", "2025-04", "202513"]))]
    ['2025-03-01', '2025-04-01', 'NaT']
    """
    texts = [re.fullmatch(r"(\d{4})[-M]?(\d\d)(?:\.0)?", text) for text in column.texts.to_pylist()]
    firsts = [_day(int(found[1]), int(found[2]), 1) if found else NO_DAY for found in texts]
    days: Days = column.take(np.array(firsts, "datetime64[D]"), NO_DAY)
    return days


def _parts(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The day of every text, none where it has none, and what stands after it."""
    if pc.all(pc.match_substring_regex(texts, _USUAL)).as_py():  # five times as fast, and what large lists have
        return pc.utf8_slice_codeunits(texts, 0, _DAY), pc.utf8_slice_codeunits(texts, _DAY + 1, _MOMENT)
    parts = pc.extract_regex(texts, _PARTS)
    return pc.if_else(parts.is_valid(), parts.field(0), pa.scalar(None, "string")), parts.field(1)


def _distinct(texts: pa.Array) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The distinct texts, and per text its place among them, -1 for none."""
    encoded = texts.dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype("int64")
    return encoded.dictionary.to_pylist(), codes


def _days(texts: list[str], weights: npt.NDArray[np.int64], default: Order) -> tuple[Days, Moments]:
    """Every text as a day, and by which order."""
    written = [_YEAR_FIRST.fullmatch(text) for text in texts]
    slashed = [None if found else _YEAR_LAST.fullmatch(text) for text, found in zip(texts, written, strict=True)]
    days = np.full(len(texts), NO_DAY, dtype="datetime64[D]")
    for at, found in enumerate(written):
        if found:
            year, month, day = (int(part) for part in found.groups() if part is not None)
            days[at] = _day(year, month, day)
        elif not slashed[at] and _SERIAL.fullmatch(texts[at]):
            days[at] = _EXCEL + int(texts[at]) if int(texts[at]) >= _SERIAL_1970 else NO_DAY
    pairs = [(at, int(found[1]), int(found[2]), int(found[3])) for at, found in enumerate(slashed) if found]
    n_day_first = sum(int(weights[at]) for at, first, second, _ in pairs if first > _NOON >= second)
    n_month_first = sum(int(weights[at]) for at, first, second, _ in pairs if second > _NOON >= first)
    n_open = sum(int(weights[at]) for at, first, second, _ in pairs if first <= _NOON and second <= _NOON and first != second)
    order: Order = "day_first" if n_day_first > n_month_first else "month_first" if n_month_first else default
    for at, first, second, year in pairs:
        days[at] = _day(year, second, first) if order == "day_first" else _day(year, first, second)
    known = days[[at for at, found in enumerate(written) if found]]
    dates = pd.DatetimeIndex(known[~np.isnat(known)])
    is_halved = len(dates) >= _NOON and len(pairs) >= _NOON and not n_open and bool(dates.day.max() <= _NOON)
    none = np.array([], "int16")
    return days, Moments(days, none, none.astype("bool"), order, n_day_first, n_month_first, n_open, is_halved)


def _day(year: int, month: int, day: int) -> np.datetime64:
    """The day; two figures of a year lie between 1970 and 2069. None before 1970 or that the calendar lacks."""
    full = year if year > 99 else year + (2000 if year < _THIS_CENTURY else 1900)
    try:
        return np.datetime64(f"{full:04d}-{month:02d}-{day:02d}", "D") if full >= _EARLIEST else NO_DAY
    except ValueError:
        return NO_DAY


def _minute(text: str) -> int:
    """Minutes after midnight."""
    if not text:
        return UNKNOWN
    if _SHARE_OF_DAY.fullmatch(text):
        return round(float(text.replace(",", ".")) * 1440)
    digits = re.fullmatch(r"(\d{1,4})(?:\.0)?", text)
    clock = _CLOCK.fullmatch(text)
    if digits:
        hour, minute = divmod(int(digits[1]), 100)
    elif clock:
        hour, minute = int(clock[1]), int(clock[2])
        if clock[3]:
            hour = hour % 12 + (12 if clock[3].lower() == "pm" else 0)
    else:
        return UNREADABLE
    is_clock = minute < 60 and (hour < 24 or (hour == 24 and minute == 0))
    return hour * 60 + minute if is_clock else UNREADABLE
