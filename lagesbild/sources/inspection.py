"""What became of every file of a folder, whether or not one of them stops the run."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, LagesbildError, Problem, SchemaError, SourceError
from lagesbild.sources.reading import Delivery, SetAside

_STATUS = {"final": "slutlig", "preliminary": "preliminär"}
_DATES = ("date", "reported_on", "occurred_from", "published_on", "start")


@dataclass(frozen=True)
class Inspected:
    """One file. reader: the source that recognises it, "" where none does; period, status: in Swedish, "" where there is none.

    new_card: the text of a source card to fill in, for a file that has none.
    """

    path: str
    reader: str = ""
    rows_read: int = 0
    set_aside: tuple[SetAside, ...] = ()
    period: str = ""
    status: str = ""
    n_doubts: int = 0
    problems: tuple[Problem, ...] = ()
    new_card: str = ""


@dataclass(frozen=True)
class Inspection:
    """Every file, every doubt found so far, and the delivery, or the error that stands in its way."""

    files: tuple[Inspected, ...]
    doubts: tuple[Doubt, ...]
    delivery: Delivery | None = None
    error: LagesbildError | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that stops."""
        return self.error.problems if self.error else ()


def joined(failures: list[LagesbildError]) -> LagesbildError:
    """One error with the problems of all: SchemaError where only values are wrong, else SourceError."""
    problems = [problem for error in failures for problem in error.problems]
    return SchemaError(problems) if all(isinstance(error, SchemaError) for error in failures) else SourceError(problems)


def period(tables: dict[str, pd.DataFrame]) -> str:
    """From which year, month or day to which the rows are, in Swedish; "" where they have none.

    >>> period({"population": pd.DataFrame({"year": [1996, 2025]})})
    '1996–2025'
    """
    offences = tables.get("reported_offences")
    if offences is not None and len(offences) and offences["month"].notna().all():
        months = offences["year"].astype("int64") * 100 + offences["month"].astype("int64")
        first, last = (f"{month // 100}-{month % 100:02d}" for month in (int(months.min()), int(months.max())))
        return first if first == last else f"{first} – {last}"
    years = [frame["year"] for frame in tables.values() if "year" in frame and len(frame)]
    if years:
        return swedish.years(int(min(year.min() for year in years)), int(max(year.max() for year in years)))
    days = [
        frame[name].dropna()
        for frame in tables.values()
        for name in _DATES
        if name in frame and pd.api.types.is_datetime64_any_dtype(frame[name])
    ]
    days = [column for column in days if len(column)]
    if days:
        first, last = min(column.min() for column in days), max(column.max() for column in days)
        return str(first.date()) if first.date() == last.date() else f"{first.date()} – {last.date()}"
    weeks = [frame["week"] for frame in tables.values() if "week" in frame and len(frame)]
    return f"{min(week.min() for week in weeks)} – {max(week.max() for week in weeks)}" if weeks else ""


def status(tables: dict[str, pd.DataFrame], card: dict[str, object]) -> str:
    """Whether the figures are final or preliminary, by their own rows, else by the source card; "" where neither says."""
    found = {str(value) for frame in tables.values() if "status" in frame for value in frame["status"].dropna().unique()}
    words = [_STATUS[value] for value in _STATUS if value in found]
    return swedish.listing(words) if words else str(card.get("status", ""))
