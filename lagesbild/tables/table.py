"""A table as a value: its columns with their Swedish descriptions, and the schema that follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd
import pandera.pandas as pa

from lagesbild import swedish

#: What a column holds, hence how a cell is read and with what type it is kept.
Kind = Literal["text", "code", "choice", "count", "number", "year", "date", "week", "clock"]
DTYPES: dict[Kind, str] = {
    "text": "str",
    "code": "str",
    "choice": "str",
    "count": "Int64",
    "number": "float64",
    "year": "int64",
    "date": "datetime64[us]",
    "week": "str",
    "clock": "str",
}
PATTERNS: dict[Kind, tuple[str, str]] = {
    "code": (r"^\d{4}$", "fyra siffror"),
    "week": (r"^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$", "en vecka som 2025-W07"),
    "clock": (r"^([01]\d|2[0-3]):[0-5]\d$", "ett klockslag som 14:30"),
}


@dataclass(frozen=True)
class Column:
    """One column. about: what it holds, in Swedish. unit: in Swedish, "" where there is none. is_private: never quoted."""

    name: str
    kind: Kind
    about: str
    example: str | float
    unit: str = ""
    is_optional: bool = False
    choices: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    is_private: bool = False

    @property
    def dtype(self) -> str:
        """The pandas type the column is kept with."""
        return DTYPES[self.kind]

    @property
    def expected(self) -> str:
        """What a cell should hold, in Swedish, for errors and for the template."""
        if self.choices:
            return "något av " + ", ".join(self.choices)
        if self.kind in PATTERNS:
            return PATTERNS[self.kind][1]
        what = {"count": "ett heltal", "number": "ett tal", "year": "ett år som 2025", "date": "ett datum som 2025-03-31"}
        return what.get(self.kind, "en text") + (self._limits() if self.kind != "year" else "")

    def _limits(self) -> str:
        if self.lowest is not None and self.highest is not None:
            return f" från {swedish.number(self.lowest)} till {swedish.number(self.highest)}"
        return f" som är minst {swedish.number(self.lowest)}" if self.lowest is not None else ""

    @property
    def schema(self) -> pa.Column:
        """The pandera column: type, emptiness, choices, limits and pattern."""
        checks = []
        if self.choices:
            checks.append(pa.Check.isin(list(self.choices)))
        if self.lowest is not None:
            checks.append(pa.Check.ge(self.lowest))
        if self.highest is not None:
            checks.append(pa.Check.le(self.highest))
        if self.kind in PATTERNS:
            checks.append(pa.Check.str_matches(PATTERNS[self.kind][0]))
        return pa.Column(self.dtype, checks, nullable=self.is_optional, description=self.about)


@dataclass(frozen=True)
class Rule:
    """Something that must hold across columns. holds: frame -> bool per row. expected: in Swedish."""

    columns: tuple[str, ...]
    expected: str
    holds: Callable[[pd.DataFrame], pd.Series]


def _as_it_is(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


@dataclass(frozen=True)
class Table:
    """One tidy table of the contract.

    about: in Swedish. key: columns whose values together occur once. rules: what must hold across columns. figures: columns
    where a printed ``..`` or ``.`` may stand; the column ``missing`` keeps which. repair: mends what spreadsheets do to codes.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    figures: tuple[str, ...] = ()
    repair: Callable[[pd.DataFrame], pd.DataFrame] = _as_it_is

    @property
    def names(self) -> list[str]:
        """The column names in order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """One column by name; KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """The pandera schema: exactly these columns, in this order, with these types."""
        checks = [pa.Check(rule.holds, error=rule.expected, ignore_na=False) for rule in self.rules]
        return pa.DataFrameSchema({column.name: column.schema for column in self.columns}, checks, strict=True, ordered=True)

    def empty(self) -> pd.DataFrame:
        """No rows, with the right columns and types."""
        return pd.DataFrame({column.name: pd.Series([], dtype=column.dtype) for column in self.columns})
