"""Columns of plain arrays as a table of the contract, with its types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from lagesbild.tables import TABLES


@cache
def empty(name: str) -> pd.DataFrame:
    """The table ``name`` without rows; made once, because nobody writes in it."""
    return TABLES[name].empty()


def frame(name: str, columns: Mapping[str, Any], n: int) -> pd.DataFrame:
    """n rows of the table ``name``; columns that are not given are empty."""
    if n == 0:
        return empty(name)
    index = pd.RangeIndex(n)
    made = {
        column.name: pd.Series(columns.get(column.name), index=index, dtype=column.dtype) for column in TABLES[name].columns
    }
    return pd.DataFrame(made, index=index, copy=False)
