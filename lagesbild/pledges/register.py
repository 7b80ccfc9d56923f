"""The register of pledges as values: what was promised, for how long, what was to be done and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Activity:
    """One activity of a pledge. responsible: a role or organisation, never a person; planned, done: times, None if unknown."""

    activity: str
    responsible: str
    planned: int | None
    done: int | None


@dataclass(frozen=True)
class Pledge:
    """One pledge. indicator: what it is followed up with, in the parties' own words; "" where none was given."""

    pledge_id: str
    text: str
    problem_area: str
    indicator: str
    start: date
    end: date
    activities: tuple[Activity, ...] = ()


def register(rows: pd.DataFrame) -> tuple[Pledge, ...]:
    """The pledges of the table ``pledges``, by number; its rows are one activity each.

    What the rows of a pledge say of it otherwise is taken from the first that says it.
    """
    found = []
    for pledge_id, part in rows.groupby("pledge_id", sort=True, observed=True):
        first = part.bfill().iloc[0]
        activities = tuple(
            Activity(str(row["activity"]), _text(row["responsible"]), _whole(row["planned"]), _whole(row["done"]))
            for row in part.to_dict("records")
            if _text(row["activity"])
        )
        found.append(
            Pledge(
                str(pledge_id),
                str(first["text"]),
                str(first["problem_area"]),
                _text(first["indicator"]),
                pd.Timestamp(first["start"]).date(),
                pd.Timestamp(first["end"]).date(),
                activities,
            )
        )
    return tuple(found)


def contradictions(rows: pd.DataFrame) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(pledge, columns) where the rows of one pledge say different things of what is the same for all its activities."""
    shared = ["text", "problem_area", "indicator", "start", "end"]
    counts = rows.groupby("pledge_id", sort=True, observed=True)[shared].nunique()
    found = {str(pledge): tuple(name for name in shared if counts.loc[pledge, name] > 1) for pledge in counts.index}
    return tuple((pledge, columns) for pledge, columns in found.items() if columns)


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value).strip()  # type: ignore[call-overload]


def _whole(value: object) -> int | None:
    return None if pd.isna(value) else int(float(str(value)))  # type: ignore[call-overload]
