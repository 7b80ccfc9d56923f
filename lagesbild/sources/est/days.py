"""The day that a cell of an EST list names, in every form people write one, with what the sheet says beside the cell."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lagesbild.sources.est.cells import LAYOUT, as_text, clock_of, is_number, quoted

MONTHS: dict[str, int] = LAYOUT["months"]
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
#: Days in a spreadsheet are counted from here; so far back and ahead may a bare number be one (1982-2064).
_SPREADSHEET_DAY_0, _SERIALS = datetime.date(1899, 12, 30), range(30_000, 60_000)
#: No EST list is older, and no report year later.
_EARLIEST, _LATEST = 1990, 2099
#: Of 'yy-mm-dd' and 'dd-mm-yy' the one whose year lies at most so far before the report year is meant.
_RECENT = 6
_CLOCK = (
    r"(?:(?:\s*,)?[ T]+(?:kl\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?P<second>[:.]\d\d(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?:z|[+-]\d\d:?\d\d)?)?"
)
_WEEKDAY = re.compile(r"(?P<weekday>mån|tis|ons|tors?|fre|lör|sön)(?:dag)?(?:en)?\.?,?\s+", re.IGNORECASE)
_NUMERIC = re.compile(
    r"(?:den\s+)?(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second_part>\d{1,2})(?:[/.\s-]+(?P<year>\d{4}|\d\d))?" + _CLOCK,
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?P<year>\d\d)-(?P<month>\d\d)-(?P<day>\d\d)" + _CLOCK, re.IGNORECASE)
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?:den\s+)?(?P<day>\d{1,2})(?::?[ea])?[\s./-]*(?P<name>[a-zåäö]+)\.?(?:[\s./-]*(?P<year>\d{4}|\d\d))?",
        r"(?P<name>[a-zåäö]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
    )
)
_W = r"(?:w|v|v\.|vecka)"
_WEEK = re.compile(rf"(?P<year>\d{{4}})\s*[-,]?\s*{_W}\s*(?P<week>\d{{1,2}})", re.IGNORECASE)
_WEEK_FIRST = re.compile(rf"{_W}\s*(?P<week>\d{{1,2}})(?:[\s,/-]+(?P<year>\d{{4}}))?", re.IGNORECASE)
#: What only a column of weeks may hold: '7', '2025-07', '202507'.
_WEEK_ALONE = re.compile(r"(?:(?P<year>20\d\d)[-/ ]?)?(?P<week>\d{1,2})")


class NoDate(ValueError):  # noqa: N818  # an answer about a cell, told on as a doubt
    """The cell is no day. The message says why, in Swedish, and quotes the cell only if it looks like a date."""


Help = Literal["", "year", "month_first", "weekday"]


@dataclass(frozen=True)
class Moment:
    """A day, and the clock time if the cell had one.

    is_week: only the week was given, the day is its Thursday. help: what the sheet added or the cell contradicts: the ``year``,
    the American order (``month_first``), or a ``weekday`` that is not the day's.
    """

    day: datetime.date
    clock: str = ""
    is_week: bool = False
    help: Help = ""


@dataclass(frozen=True)
class Clues:
    """What a sheet says of its days: year, month and week in its name or title (None: not said), and the report year.

    month_first: signs ('/') between whose figures the sheet puts the month first; unclear: signs it uses in both orders.
    """

    year: int | None = None
    month: int | None = None
    week: int | None = None
    report_year: int = _LATEST
    month_first: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()


def read_day(cell: object, clues: Clues = Clues()) -> Moment:
    """The day a cell names: a spreadsheet's date, ISO, Swedish forms with day before month, or an ISO week. Raises NoDate.

    >>> read_day("31/3 2025").day, read_day("tors 3/4", Clues(year=2025)).day
    (datetime.date(2025, 3, 31), datetime.date(2025, 4, 3))
    >>> read_day("2025-W07")
    Moment(day=datetime.date(2025, 2, 13), clock='', is_week=True, help='')
    """
    if isinstance(cell, datetime.datetime):
        return _plausible(Moment(cell.date(), cell.strftime("%H:%M") if (cell.hour, cell.minute) != (0, 0) else ""))
    if isinstance(cell, datetime.date):
        return _plausible(Moment(cell))
    text = as_text(cell)
    if (serial := _serial(cell, text)) is not None:
        return serial
    if isinstance(cell, float) and not cell.is_integer():  # 3.1 may have been typed as 3.1 or as 3.10
        raise NoDate(f"{quoted(text)} är inget datum")
    week = _WEEK.fullmatch(text) or _WEEK_FIRST.fullmatch(text)
    if week:
        return _week(week["year"], int(week["week"]), text, clues)
    if clues.month and text.isdigit() and 1 <= len(text) <= 2:
        return _moment({"day": text, "month": str(clues.month), "year": None}, text, clues)
    weekday = _WEEKDAY.match(text)
    bare = text[weekday.end() :] if weekday else text
    moment = _written(bare, text, clues)
    if weekday is None or WEEKDAYS[moment.day.weekday()].startswith(weekday["weekday"].lower()):
        return moment
    if moment.help == "year":
        raise NoDate(f"{quoted(bare)} är en {WEEKDAYS[moment.day.weekday()]} {moment.day.year}, inte den veckodag som står där")
    return Moment(moment.day, moment.clock, help="weekday")


def read_week_cell(cell: object, clues: Clues = Clues()) -> Moment:
    """The Thursday of the week that a cell of a week column names ('7', 'v 7', '2025-07', '2025-W07', a date). Raises NoDate.

    >>> read_week_cell(1, Clues(year=2025)).day, read_week_cell("202053").day
    (datetime.date(2025, 1, 2), datetime.date(2020, 12, 31))
    """
    text = as_text(cell)
    alone = _WEEK_ALONE.fullmatch(text)
    return _week(alone["year"], int(alone["week"]), text, clues) if alone else read_day(cell, clues)


def clues_of(name: str, titles: Iterable[str], report_year: int) -> Clues:
    """What a sheet's name says of time, and its titles where the name does not.

    >>> clues_of("Mars", ["EST 2025"], 2025)
    Clues(year=2025, month=3, week=None, report_year=2025, month_first=frozenset(), unclear=frozenset())
    """
    year, month, week = None, None, None
    for text in (name, *titles):
        own = _said(text)
        year, month, week = year or own[0], month or own[1], week or own[2]
    return Clues(year, month, week, report_year)


def with_orders(clues: Clues, cells: Iterable[object]) -> Clues:
    """The clues with the order of day and month that the sheet's dates show: '3/25' can only be American, '25/3' only ours.

    Where no cell shows it, a month in the sheet's name may: '3/4' on the sheet of March is American.
    """
    seen: dict[str, set[bool]] = {}
    hinted: dict[str, set[bool]] = {}
    for cell in cells:
        text = as_text(cell) if isinstance(cell, str) else ""
        found = _NUMERIC.fullmatch(_WEEKDAY.sub("", text, count=1))
        if not found or _SHORT.fullmatch(text):
            continue
        first, second, mark = int(found["first"]), int(found["second_part"]), found["mark"]
        if first > 12 >= second or second > 12 >= first:
            seen.setdefault(mark, set()).add(second > 12)
        elif clues.month in (first, second) and first != second:
            hinted.setdefault(mark, set()).add(clues.month == first)
    orders = {**hinted, **seen}
    month_first = frozenset(mark for mark, found in orders.items() if found == {True})
    unclear = frozenset(mark for mark, found in orders.items() if len(found) == 2 and mark in seen)
    return Clues(clues.year, clues.month, clues.week, clues.report_year, month_first, unclear)


def _written(text: str, whole: str, clues: Clues) -> Moment:
    """A date in figures or words without weekday. Raises NoDate."""
    if short := _SHORT.fullmatch(text):
        return _short(short.groupdict(), whole, clues)
    if numeric := _NUMERIC.fullmatch(text):
        return _numeric(numeric.groupdict(), whole, clues)
    for form in _FORMS:
        found = form.fullmatch(text)
        if found and ("name" not in found.groupdict() or found["name"].lower() in MONTHS):
            return _moment(found.groupdict(), whole, clues)
    raise NoDate(f"{quoted(whole)} är inget datum")


def _numeric(parts: dict[str, str | None], text: str, clues: Clues) -> Moment:
    """'31/3 2025' or '3/31/2025'; which figure is the month is told by their size, or by the sheet."""
    first, second, mark = int(parts["first"] or 0), int(parts["second_part"] or 0), parts["mark"] or ""
    ours, theirs = {**parts, "day": str(first), "month": str(second)}, {**parts, "day": str(second), "month": str(first)}
    if mark in clues.unclear and max(first, second) <= 12 and first != second:
        if clues.month not in (first, second):
            raise NoDate(f"{quoted(text)} går att läsa på två sätt, för bladet skriver både dag och månad först")
        return _moment(ours if clues.month == second else theirs, text, clues)
    is_american = second > 12 if mark in clues.unclear else mark in clues.month_first and first <= 12
    moment = _moment(theirs if is_american else ours, text, clues)
    return Moment(moment.day, moment.clock, help=moment.help or "month_first") if is_american else moment


def _short(parts: dict[str, str | None], text: str, clues: Clues) -> Moment:
    """'25-03-31' or '31-03-25': the reading whose year is recent, year first if both are. Raises NoDate."""
    readings = [parts, {**parts, "day": parts["year"], "year": parts["day"]}]
    recent = range(clues.report_year - _RECENT, clues.report_year + 1)
    moments = []
    for reading in readings:
        try:
            moments.append(_moment(reading, text, clues))
        except NoDate:
            continue
    if not moments:
        raise NoDate(f"{quoted(text)} är inget datum")
    return next((moment for moment in moments if moment.day.year in recent), moments[0])


def _moment(parts: dict[str, str | None], text: str, clues: Clues) -> Moment:
    month = MONTHS[(parts.get("name") or "").lower()] if parts.get("name") else int(parts["month"] or 0)
    written = parts["year"] or ""
    year = int(written) + (2000 if len(written) == 2 else 0) if written else None
    if year is None:
        _day(2000, month, parts, text)
        if clues.year is None:
            raise NoDate(f"{quoted(text)} saknar årtal")
    moment = Moment(_day(year or clues.year or 0, month, parts, text), clock_of(parts), help="" if year else "year")
    return _plausible(moment, text)


def _day(year: int, month: int, parts: dict[str, str | None], text: str) -> datetime.date:
    try:
        return datetime.date(year, month, int(parts["day"] or 0))
    except ValueError:
        raise NoDate(f"{quoted(text)} är inget datum") from None


def _plausible(moment: Moment, text: str = "") -> Moment:
    if not _EARLIEST <= moment.day.year <= _LATEST:
        raise NoDate(f"{quoted(text or moment.day.isoformat())} är inget rimligt datum")
    return moment


def _serial(cell: object, text: str) -> Moment | None:
    """The day of a spreadsheet's serial number, also as text; its fraction is the time of day."""
    number: float | None = None
    if is_number(cell):
        number = float(str(cell))
    elif re.fullmatch(r"\d{5}(?:[.,]\d+)?", text, re.ASCII):
        number = float(text.replace(",", "."))
    if number is None or not math.isfinite(number) or int(number) not in _SERIALS:
        return None
    minutes = round((number - int(number)) * 24 * 60) % (24 * 60)
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}" if minutes else ""
    return Moment(_SPREADSHEET_DAY_0 + datetime.timedelta(days=int(number)), clock)


def _week(year: str | None, week: int, text: str, clues: Clues) -> Moment:
    """The Thursday of an ISO week, whose calendar year is the week's own: week 1 may begin in December.

    Without a year the sheet's, where week 52 in January is the year before's. Raises NoDate.
    """
    if year is None and clues.year is None:
        raise NoDate(f"{quoted(text)} saknar årtal")
    its = int(year) if year else int(clues.year or 0)
    if year is None and clues.month is not None:
        its += -1 if clues.month == 1 and week > 51 else 1 if clues.month == 12 and week == 1 else 0
    try:
        day = datetime.date.fromisocalendar(its, week, 4)
    except ValueError:
        raise NoDate(f'"{text}" är ingen vecka' + ("" if year else f" {its}")) from None
    return _plausible(Moment(day, is_week=True, help="" if year else "year"), text)


def _said(text: str) -> tuple[int | None, int | None, int | None]:
    """The one year, the one month and the one week that a name or a title says; None where it says none or several."""
    plain = re.sub(r"\d{4}-\d\d-\d\d", " ", text.casefold())
    week = set(re.findall(rf"(?<![a-zåäö]){_W}[\s.]*(\d{{1,2}})(?!\d)", plain))
    years = {int(year) for year in re.findall(r"(?<!\d)(20\d\d|199\d)(?!\d)", plain)}
    words = re.findall(r"[a-zåäö]+", plain)
    months = {MONTHS[word] for word in words if word in MONTHS}
    if found := re.fullmatch(r"\s*(20\d\d)[-_ ]?(0[1-9]|1[0-2])\s*", plain):
        years, months = {int(found[1])}, {int(found[2])}
    elif months and (short := re.search(r"[a-zåäö]\.?[\s'’-]*(\d\d)\s*$", plain)) and not years and not week:
        years = {2000 + int(short[1])}
    numbers = {int(number) for number in week}
    return tuple(next(iter(found)) if len(found) == 1 else None for found in (years, months, numbers))  # type: ignore[return-value]  # three
