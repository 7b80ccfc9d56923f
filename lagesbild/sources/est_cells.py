"""One cell of an EST list: the dates, times and grades that people write, as values."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from lagesbild.sources.file import is_blank
from lagesbild.taxonomy.names import fold

LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("est_list.toml").read_text("utf-8"))
_MONTHS: dict[str, int] = LAYOUT["months"]
_SEVERITY = {fold(word): grade for word, grade in LAYOUT["severity"].items()}
#: Days in a spreadsheet are counted from here; so far back and ahead may a bare number be one (1982-2064).
_SPREADSHEET_DAY_0, _SERIALS = datetime.date(1899, 12, 30), range(30_000, 60_000)
_CLOCK = r"(?:[ T]+(?:kl\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.]\d\d)?)?"
_FORMS = tuple(
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.\s-]+(?P<year>\d{4}|\d\d))?",
        r"(?:den\s+)?(?P<day>\d{1,2}):?e?\s+(?P<name>[a-zåäö]+)\.?(?:\s+(?P<year>\d{4}))?",
    )
)
_WEEK = re.compile(r"(?P<year>\d{4})\s*-?\s*(?:w|v|v\.|vecka)\s*(?P<week>\d{1,2})", re.IGNORECASE)
_WEEK_FIRST = re.compile(r"(?:w|v|v\.|vecka)\s*(?P<week>\d{1,2})[\s,-]+(?P<year>\d{4})", re.IGNORECASE)
_LOOKS_LIKE_A_DATE = re.compile(r"[\d/.:\-\s]*\d[\d/.:\-\s]*")
_LONGEST_QUOTE = 20


class NoDate(ValueError):  # noqa: N818  # an answer about a cell, told on as a doubt
    """The cell is no day. The message says why, in Swedish, and quotes the cell only if it looks like a date."""


@dataclass(frozen=True)
class Moment:
    """A day, and the clock time if the cell had one. is_week: only the week was given, the day is its Monday."""

    day: datetime.date
    clock: str = ""
    is_week: bool = False


def read_day(cell: object) -> Moment:
    """The day a cell names: a spreadsheet's date, ISO, Swedish forms with day before month, or an ISO week. Raises NoDate.

    >>> read_day("31/3 2025").day, read_day("2025-W07")
    (datetime.date(2025, 3, 31), Moment(day=datetime.date(2025, 2, 10), clock='', is_week=True))
    """
    if isinstance(cell, datetime.datetime):
        return Moment(cell.date(), cell.strftime("%H:%M") if (cell.hour, cell.minute) != (0, 0) else "")
    if isinstance(cell, datetime.date):
        return Moment(cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return Moment(_SPREADSHEET_DAY_0 + datetime.timedelta(days=int(cell)))
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())
    week = _WEEK.fullmatch(text) or _WEEK_FIRST.fullmatch(text)
    if week:
        return read_week(int(week["year"]), int(week["week"]), text)
    for form in _FORMS:
        found = form.fullmatch(text)
        if found and ("name" not in found.groupdict() or found["name"].lower() in _MONTHS):
            return _moment(found, text)
    raise NoDate(f"{quoted(text)} är inget datum")


def read_week(year: int, week: int, text: str = "") -> Moment:
    """The Monday of an ISO week. Raises NoDate for a week the year does not have."""
    try:
        return Moment(datetime.date.fromisocalendar(year, week, 1), is_week=True)
    except ValueError:
        raise NoDate(f'"{text or f"{year}-W{week:02d}"}" är ingen vecka') from None


def read_clock(cell: object) -> str | None:
    """'HH:MM' for a cell that names one clock time, "" for an empty one, None for anything else.

    >>> read_clock("kl 14.30"), read_clock("1430"), read_clock("på kvällen"), read_clock(0.5)
    ('14:30', '14:30', None, '12:00')
    """
    if is_blank(cell):
        return ""
    if isinstance(cell, (datetime.datetime, datetime.time)):
        return cell.strftime("%H:%M")
    if isinstance(cell, datetime.timedelta):
        return _clock(*divmod(int(cell.total_seconds()) // 60, 60))
    if isinstance(cell, float) and 0 <= cell < 1:
        return _clock(*divmod(round(cell * 24 * 60), 60))
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip().lower()
    found = re.fullmatch(r"(?:kl\.?\s*)?(\d{1,2})(?:[:.]?(\d\d))?(?:[:.]\d\d)?", text)
    return _clock(int(found[1]), int(found[2] or 0)) if found else None


def read_severity(cell: object) -> int | None:
    """1-3 for a figure or a word ('gul', 'hög'); None for anything else."""
    return _SEVERITY.get(fold(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)))


def read_count(cell: object) -> int | None:
    """A whole number of at least 0; None for anything else ('ca 5', '3-4')."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    return int(text) if text.isascii() and text.isdigit() else None


def read_number(cell: object) -> float | None:
    """A number with decimal comma or point; None for anything else."""
    try:
        return float(str(cell).replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None


def as_text(cell: object) -> str:
    """The cell as one line of text; a whole number without decimals."""
    if is_blank(cell):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())


def quoted(text: str) -> str:
    """The text in quotation marks if it can only be a date gone wrong, otherwise what it is: free text is never quoted."""
    if len(text) <= _LONGEST_QUOTE and _LOOKS_LIKE_A_DATE.fullmatch(text):
        return f'"{text}"'
    return "texten i cellen"


def years_between(days: Iterable[datetime.date]) -> tuple[int, ...]:
    """The years that the days fall in, in order."""
    return tuple(sorted({day.year for day in days}))


def _moment(found: re.Match[str], text: str) -> Moment:
    parts = found.groupdict()
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    year = int(parts["year"]) if parts["year"] else None
    year = year + 2000 if year is not None and year < 100 else year
    try:
        day = datetime.date(2000 if year is None else year, month, int(parts["day"]))
    except ValueError:
        raise NoDate(f"{quoted(text)} är inget datum") from None
    if year is None:
        raise NoDate(f"{quoted(text)} saknar årtal")
    clock = _clock(int(parts["hour"]), int(parts["minute"])) if parts["hour"] else ""
    return Moment(day, clock or "")


def _clock(hour: int, minute: int) -> str | None:
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
