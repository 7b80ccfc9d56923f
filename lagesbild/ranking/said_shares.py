"""Signals from EST and dialogue: how large a part of everything noticed, or of every reporting week, an area is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.ranking.said import Z_95, Fact, Said, percent_fact, propagate, shown_counts, span
from lagesbild.ranking.signal_set import COMPARISON, LEVEL, TREND, Array

#: The level rests on the last three years, the trend on the whole years among the last five.
POOLED_YEARS, TREND_YEARS = 3, 5
#: Extra-Poisson variance of a log count where the weeks are too few to show it.
DEFAULT_DISPERSION = 0.15
#: A rate per reporting unit and week is used where the roster gives one, else the share of all observations. Before them goes
#: what no campaign moves, and for the trend what no organisation moves that came or went.
LEVELS = ("est_robust", "est_rate", "est_share", "dialogue_share")
TRENDS = ("est_panel", *LEVELS)


def said_shares(rows: pd.DataFrame) -> list[Said]:
    """What EST or a dialogue says of every area in ``rows`` (measure rows of one source).

    Level: log of the area's share (or rate), pooled; variance 1/(x + ½) + extra-Poisson. Trend: weighted slope of the yearly
    log share over whole years. A change of effort common to all areas goes into the source's intercept. No comparison: other
    kommuner do not share such data.
    """
    own = rows[rows["role"].eq("own") & rows["group"].eq("alla") & rows["denominator"].gt(0)]
    own = own.sort_values(["problem_area", "year"], kind="stable")
    levels, trends = (own[own["measure"].eq(_first(own, names))] for names in (LEVELS, TRENDS))
    last = levels["year"].max()
    recent = levels[levels["year"].gt(last - TREND_YEARS)].groupby("problem_area", observed=True)
    trend_rows = {str(area): part for area, part in trends[trends["year"].gt(last - TREND_YEARS)].groupby("problem_area")}
    # An area whose small counts are hidden in the panel keeps the trend of all: there they enter with their variance.
    return [
        _said(str(area), part, mine if len(mine := trend_rows.get(str(area), part)) > 1 else part, int(last))
        for area, part in recent
        if part["year"].gt(last - POOLED_YEARS).any()
    ]


def _first(rows: pd.DataFrame, names: tuple[str, ...]) -> str:
    return next((name for name in names if rows["measure"].eq(name).any()), "")


@dataclass(frozen=True)
class _Counted:
    """Yearly counts of one measure. variance: of the log count."""

    years: Array
    counts: Array
    base: Array
    variance: Array
    is_whole: np.typing.NDArray[np.bool_]

    @classmethod
    def of(cls, rows: pd.DataFrame, padding: float) -> _Counted:
        counts, extra = shown_counts(rows)
        padded = counts + padding
        dispersion = rows["dispersion"].to_numpy(dtype=np.float64)
        dispersion = np.where(np.isnan(dispersion), DEFAULT_DISPERSION, dispersion)
        years = rows["year"].to_numpy()
        return cls(
            years.astype(np.float64),
            counts,
            rows["denominator"].to_numpy(dtype=np.float64),
            1 / padded + dispersion + extra / padded**2,
            np.array([period == str(year) for period, year in zip(rows["period"], years, strict=True)], dtype=bool),
        )


def _said(area: str, rows: pd.DataFrame, trend_rows: pd.DataFrame, last: int) -> Said:
    pooled = rows["year"].to_numpy() > last - POOLED_YEARS
    level = _Counted.of(rows, 0.5 / pooled.sum())
    trend = _Counted.of(trend_rows, 0.5 / pooled.sum())
    counts, base, years, variance = level.counts, level.base, level.years, level.variance
    padded = counts + 0.5 / pooled.sum()
    total = counts[pooled].sum()
    z = np.full(3, np.nan)
    jacobian = np.zeros((3, years.size + trend.years.size))  # the level's yearly counts, then what the trend's add
    unit = str(rows["unit"].iloc[0])
    z[LEVEL] = np.log((total + 0.5) / base[pooled].sum())
    jacobian[LEVEL, : years.size] = np.where(pooled, padded / (total + 0.5), 0.0)
    share = float(total / base[pooled].sum())
    spread = np.exp(Z_95 * np.sqrt((jacobian[LEVEL, : years.size] ** 2 * variance).sum()))
    high = float(np.exp(z[LEVEL]) * spread)
    facts = {
        LEVEL: Fact(
            share,
            min(share, float(np.exp(z[LEVEL]) / spread)),
            max(share, min(high, 1.0) if unit == "share" else high),
            unit,
            span(years[pooled]),
            float(total) if not rows["is_suppressed"].to_numpy(dtype=bool)[pooled].any() else float("nan"),
        )
    }
    missing = {COMPARISON: "Andra kommuner delar inte sådana uppgifter."}
    added = trend.variance
    if trend.is_whole.sum() < 2:
        missing[TREND] = "Det krävs minst två hela år för att se någon utveckling."
    else:
        weight = np.where(trend.is_whole, 1 / trend.variance, 0.0)
        slope = weight * (trend.years - np.average(trend.years, weights=weight))
        slope /= (slope * trend.years).sum()
        z[TREND] = float(slope @ np.log((trend.counts + 0.5) / trend.base))
        # A year's count stands behind level and trend alike; what the trend's own count varies beyond it is added apart.
        shared = np.where(trend.years[:, None] == years[None, :], 1.0, 0.0)
        jacobian[TREND, : years.size] = slope @ shared
        jacobian[TREND, years.size :] = slope
        added = np.maximum(trend.variance - shared @ variance, 0.0)
        total_variance = np.append(variance, added)
        margin = Z_95 * float(np.sqrt((jacobian[TREND] ** 2 * total_variance).sum()))
        whole = trend.is_whole
        facts[TREND] = percent_fact(
            float(z[TREND]), margin, span(trend.years[whole]), float(trend.counts[whole][0]), float(trend.counts[whole].sum())
        )
    return Said(area, str(rows["source"].iloc[0]), z, propagate(jacobian, np.append(variance, added)), facts, missing)
