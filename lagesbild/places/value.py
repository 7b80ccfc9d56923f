"""Places and times as values: as they are counted, and as they may be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from lagesbild.errors import Doubt

KEY = ["source", "problem_area"]
BASES = {
    "source": "str", "problem_area": "str", "first_year": "int64", "last_year": "int64", "n": "Int64", "n_with_area": "Int64",
    "n_timed": "Int64", "n_untimed": "Int64", "n_long": "Int64", "n_dated": "Int64", "dispersion": "float64",
    "p_value": "float64", "is_uneven": "bool",
}  # fmt: skip
PLACES = {
    "source": "str", "problem_area": "str", "area": "str", "count": "Int64", "lower": "float64", "upper": "float64",
    "smoothed": "float64", "smoothed_lower": "float64", "smoothed_upper": "float64", "p_first": "float64", "p_top": "float64",
    "rank_lower": "Int64", "rank_upper": "Int64", "is_suppressed": "bool",
}  # fmt: skip
HOURS = {
    "source": "str", "problem_area": "str", "weekday": "int64", "block": "int64", "count": "float64", "lower": "float64",
    "upper": "float64", "is_above": "bool",
}  # fmt: skip
BLOCKS = {name: kind for name, kind in HOURS.items() if name != "weekday"}
MONTHS = {
    "source": "str", "problem_area": "str", "month": "int64", "count": "int64", "lower": "float64", "upper": "float64",
    "expected": "float64", "is_above": "bool", "is_below": "bool",
}  # fmt: skip


def table(frames: list[pd.DataFrame], columns: dict[str, str]) -> pd.DataFrame:
    """The frames below one another with the columns and types given; empty where there are none."""
    if not frames:
        return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in columns.items()})
    return pd.concat(frames, ignore_index=True)[list(columns)].astype(columns)


def stacked(parts: list[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    """Parts that each hold arrays of one length, and single values for all of it, below one another."""
    if not parts:
        return table([], columns)
    length = max(np.size(values) for values in parts[0].values())
    joined = {name: np.concatenate([np.broadcast_to(part[name], length) for part in parts]) for name in columns}
    return pd.DataFrame(joined).astype(columns)


@dataclass(frozen=True)
class Counted:
    """What was counted, before disclosure: nothing of it may be shown.

    bases: one row per source and problem area, sensitive ones too (BASES): n events of the period, how many name an area, have
    a clock time, none, an interval over 24 hours, and a day; dispersion within months; the test of an even year. places:
    source, problem_area, area, count, every known area, in the order in which they are hidden for another's sake. hours,
    blocks, months: HOURS, BLOCKS and MONTHS. yearly: EST observations by year and problem_area ("" for none) of the report
    year. streets: source -> events whose area is a street. unknown: areas that the police name and EST, where it names any,
    does not.
    """

    bases: pd.DataFrame
    places: pd.DataFrame
    hours: pd.DataFrame
    blocks: pd.DataFrame
    months: pd.DataFrame
    yearly: pd.DataFrame
    streets: dict[str, int]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Places:
    """Named areas, weekday and hour, and months of each problem area and source, after disclosure; the same source and period
    throughout a row of ``bases``.

    places (PLACES): count empty where hidden, and then every figure of it; what is smoothed rests on the shown counts alone,
    the hidden ones sharing evenly what is left of the row. hours (HOURS), blocks (all weekdays together), months (MONTHS):
    only where enough was timed or dated. A sensitive area is in none of them.
    """

    bases: pd.DataFrame = field(default_factory=lambda: table([], BASES))
    places: pd.DataFrame = field(default_factory=lambda: table([], PLACES))
    hours: pd.DataFrame = field(default_factory=lambda: table([], HOURS))
    blocks: pd.DataFrame = field(default_factory=lambda: table([], BLOCKS))
    months: pd.DataFrame = field(default_factory=lambda: table([], MONTHS))
    doubts: tuple[Doubt, ...] = ()

    def of(self, name: str, source: str, line: str) -> pd.DataFrame:
        """The rows of one table ("bases", "places", "hours", "blocks", "months") about one source and problem area."""
        rows: pd.DataFrame = getattr(self, name)
        return self._found.get((name, source, line), rows.iloc[:0])

    @cached_property
    def _found(self) -> dict[tuple[str, str, str], pd.DataFrame]:
        """Every table parted once: charts, report, page and workbook ask a few hundred times."""
        return {
            (name, str(source), str(line)): rows
            for name in ("bases", "places", "hours", "blocks", "months")
            for (source, line), rows in getattr(self, name).groupby(["source", "problem_area"], observed=True, sort=False)
        }
