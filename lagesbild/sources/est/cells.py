"""One cell of an EST list: the times, grades and counts that people write, as values; days are read by ``est_days``."""

from __future__ import annotations

import datetime
import math
import re
import tomllib
from collections.abc import Mapping
from importlib import resources

from lagesbild.sources.files.sheet import is_blank
from lagesbild.taxonomy.names import fold

LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("est_list.toml").read_text("utf-8"))
_SEVERITY = {fold(word): grade for word, grade in LAYOUT["severity"].items()}
_LOOKS_LIKE_A_DATE = re.compile(r"(?:v\.?|w|vecka)?[\d/.:\-\s]*\d[\d/.:\-\s]*", re.IGNORECASE)
#: A date has at most eight figures; so many more are a telephone number, unless a colon makes the others a clock time.
_LONGEST_QUOTE, _MOST_FIGURES = 20, 8
#: A count of persons or of observations with more figures is no count.
_LONGEST_COUNT = 6


#: A dash in a cell says that there is nothing to tell.
DASHES = ("-", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}")


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
    found = re.fullmatch(r"(?:kl\.?\s*)?(\d{1,2})(?:[:.]?(\d\d))?(?:[:.]\d\d)?", as_text(cell).lower())
    return _clock(int(found[1]), int(found[2] or 0)) if found else None


def read_severity(cell: object) -> int | None:
    """1-3 for a figure or a word ('gul', 'hög'); None for anything else."""
    return _SEVERITY.get(fold(as_text(cell)))


def read_count(cell: object) -> int | None:
    """A whole number of at least 0; None for anything else ('ca 5', '3-4')."""
    text = as_text(cell)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT else None


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


def is_number(cell: object) -> bool:
    """Whether the cell holds a number as a number, not as text."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell)


def quoted(text: str) -> str:
    """The text in quotation marks if it can only be a date gone wrong, otherwise what it is: free text is never quoted."""
    n_figures = sum(sign.isdigit() for sign in text)
    is_short = len(text) <= _LONGEST_QUOTE and (":" in text or n_figures <= _MOST_FIGURES)
    if is_short and _LOOKS_LIKE_A_DATE.fullmatch(text):
        return f'"{text}"'
    return "texten i cellen"


def clock_of(parts: Mapping[str, str | None]) -> str:
    """The clock time of a date's hour and minute; "" where it has none, an impossible one, or midnight to the second."""
    if not parts.get("hour"):
        return ""
    hour, minute, half = int(parts["hour"] or 0), int(parts["minute"] or 0), (parts.get("half") or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    is_whole_day = (hour, minute) == (0, 0) and bool(parts.get("second")) and not half
    return "" if is_whole_day else _clock(hour, minute) or ""


def _clock(hour: int, minute: int) -> str | None:
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
