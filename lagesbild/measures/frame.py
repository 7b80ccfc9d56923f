"""Rows of the contract from whatever columns a source can fill."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from lagesbild.measures.measure import MEASURE_COLUMNS, MEASURE_KEY, MEASURE_SCHEMA, UNITS

_TYPES = {name: str(column.dtype) for name, column in MEASURE_SCHEMA.columns.items()}
_NO_ROWS = pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in _TYPES.items()})
_EMPTY = {"item": "", "group": "alla", "is_higher_worse": True, "status": "final", "is_suppressed": False}


def measure_rows(frame: pd.DataFrame, measure: str, **constants: Any) -> pd.DataFrame:
    """The frame as rows of MEASURE_SCHEMA: ``constants`` fill whole columns, unit and period follow from measure and year.

    Columns that neither gives take their neutral value (item "", group "alla", higher is worse, final, not suppressed, numbers
    empty). KeyError for a text column that nobody gives.
    """
    given: dict[str, Any] = {name: frame[name] for name in frame.columns if name in _TYPES}
    given |= {**constants, "measure": measure, "unit": UNITS[measure]}
    if "period" not in given:
        given["period"] = frame["year"].astype("int64").astype("str")
    absent = {name: _EMPTY.get(name, float("nan")) for name in MEASURE_COLUMNS if name not in given}
    texts = [name for name in absent if name not in _EMPTY and _TYPES[name] != "float64"]
    if texts:
        raise KeyError(f"measure rows without {', '.join(texts)}")
    given |= absent
    return pd.DataFrame({name: _column(given[name], frame.index, kind) for name, kind in _TYPES.items()}, index=frame.index)


def _column(values: Any, index: pd.Index, kind: str) -> Any:
    """The values, or the one value of every row, as an array of the contract's type."""
    if not isinstance(values, pd.Series):
        return pd.Series(values, index=index, dtype=kind).array
    there = values if values.index is index or values.index.equals(index) else values.reindex(index)
    return (there if there.dtype == kind else pd.Series(there, dtype=kind)).array


def empty_rows() -> pd.DataFrame:
    """No rows, with the contract's columns and types."""
    return _NO_ROWS.copy()


def joined(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The parts as one table in the contract's order; empty parts change neither rows nor types."""
    filled = [part for part in parts if not part.empty]
    if not filled:
        return empty_rows()
    return pd.concat(filled).sort_values(MEASURE_KEY, kind="stable").reset_index(drop=True)
