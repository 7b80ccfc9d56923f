"""What one source says of one problem area: up to three signals, their sampling error, and the figures behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lagesbild.ranking.signal_set import Array

Z_95 = 1.959963984540054
#: A suppressed count lies between 1 and 4: its mean, and its variance as uniform on 1-4 (methods §11).
SUPPRESSED, SUPPRESSED_VARIANCE = 2.5, 1.25
#: No change is given in percent on a smaller yearly count (methods §1); the signal itself, with its width, is used.
SMALLEST_BASE = 20


@dataclass(frozen=True)
class Fact:
    """The figure behind a signal in its own unit, with its 95 % sampling interval (bias not included)."""

    estimate: float
    lower: float
    upper: float
    unit: str
    period: str
    numerator: float = float("nan")
    reference: float = float("nan")


@dataclass(frozen=True)
class Said:
    """z (3,): level, comparison, trend on the log scale, NaN where there is none. sampling (3,3): J·D·Jᵀ of the primitive
    errors.

    facts, missing: criterion index -> figure, or why there is none (Swedish). is_wide: covers more than the own kommun.
    count, dispersion: pooled reported offences and their φ, for the comparison of raw counts.
    """

    problem_area: str
    source: str
    z: Array
    sampling: Array
    facts: Mapping[int, Fact]
    missing: Mapping[int, str] = field(default_factory=dict)
    is_wide: bool = False
    count: float = float("nan")
    dispersion: float = float("nan")


def propagate(jacobian: Array, variances: Array) -> Array:
    """K = J·D·Jᵀ (C,C) of primitive errors with these variances (P,); J (C,P).

    >>> propagate(np.array([[1., 0.], [1., -1.]]), np.array([4., 1.]))
    array([[4., 4.],
           [4., 5.]])
    """
    return np.asarray((jacobian * variances) @ jacobian.T)


def shown_counts(rows: pd.DataFrame) -> tuple[Array, Array]:
    """Counts of measure rows as they are shown, and the variance that suppression adds to each."""
    hidden = rows["is_suppressed"].to_numpy(dtype=bool)
    counts = np.where(hidden, SUPPRESSED, rows["numerator"].to_numpy(dtype=np.float64))
    return counts, np.where(hidden, SUPPRESSED_VARIANCE, 0.0)


def percent_fact(slope: float, margin: float, period: str, base: float, total: float) -> Fact:
    """A yearly change on the log scale as percent per year; empty where the first year's count is below 20."""
    if not base >= SMALLEST_BASE:
        return Fact(float("nan"), float("nan"), float("nan"), "percent_per_year", period, total)
    low, middle, high = (100 * float(np.expm1(x)) for x in (slope - margin, slope, slope + margin))
    return Fact(middle, low, high, "percent_per_year", period, total)


def span(years: Array | list[int]) -> str:
    """'2023-2025', or '2025' for one year, as the period of a signal."""
    first, last = int(min(years)), int(max(years))
    return str(last) if first == last else f"{first}-{last}"
