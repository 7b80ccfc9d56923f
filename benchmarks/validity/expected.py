"""What a source would say on average, on the log scale, and how far that lies from the truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.validity.incidence import Incidence
from benchmarks.validity.terms import Array

#: Kinds whose effort is unknown: their trend, too, is read against their own mean.
_EFFORT = ("est", "medborgardialog")
BIAS_COLUMNS = ("problem_area", "source", "level", "comparison", "trend")


@dataclass(frozen=True)
class Expected:
    """level, comparison, trend (U,): a source's expected signals, NaN where it has none."""

    source: str
    level: Array
    comparison: Array
    trend: Array


def bias_rows(expected: list[Expected], incidence: Incidence, areas: tuple[str, ...]) -> pd.DataFrame:
    """BIAS_COLUMNS: expected signal less truth; level (and, for EST and dialogue, trend) less the source's mean of it."""
    rows: list[tuple[str, str, float, float, float]] = []
    for one in expected:
        level, comparison, trend = (
            one.level - incidence.level,
            one.comparison - incidence.comparison,
            one.trend - incidence.trend,
        )
        level = level - _mean(level)
        trend = trend - _mean(trend) if one.source in _EFFORT else trend
        values = np.stack([level, comparison, trend], axis=1)
        heard = np.flatnonzero(~np.isnan(values).all(axis=1))
        rows += [(areas[a], one.source, *(float(value) for value in values[a])) for a in heard]
    types = dict.fromkeys(BIAS_COLUMNS[:2], "str") | dict.fromkeys(BIAS_COLUMNS[2:], "float64")
    return pd.DataFrame(rows, columns=list(BIAS_COLUMNS)).astype(types)


def _mean(values: Array) -> float:
    return float(np.nanmean(values)) if (~np.isnan(values)).any() else 0.0
