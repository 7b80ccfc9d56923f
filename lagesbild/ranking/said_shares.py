"""Signals from EST and dialogue: how large a part of everything noticed, or of every reporting week, an area is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.ranking.said import Z_95, Fact, Said, percent_fact, propagate, shown_counts, span
from lagesbild.ranking.signal_set import COMPARISON, LEVEL, TREND

#: The level rests on the last three years, the trend on the whole years among the last five.
POOLED_YEARS, TREND_YEARS = 3, 5
#: Extra-Poisson variance of a log count where the weeks are too few to show it.
DEFAULT_DISPERSION = 0.15
#: A rate per reporting unit and week is used where the roster gives one, else the share of all observations.
PREFERENCE = ("est_rate", "est_share", "dialogue_share")


def said_shares(rows: pd.DataFrame) -> list[Said]:
    """What EST or a dialogue says of every area in ``rows`` (measure rows of one source).

    Level: log of the area's share (or rate), pooled; variance 1/(x + ½) + extra-Poisson. Trend: weighted slope of the yearly
    log share over whole years. A change of effort common to all areas goes into the source's intercept. No comparison: other
    kommuner do not share such data.
    """
    own = rows[rows["role"].eq("own") & rows["group"].eq("alla") & rows["denominator"].gt(0)]
    measure = next((name for name in PREFERENCE if own["measure"].eq(name).any()), "")
    own = own[own["measure"].eq(measure)].sort_values(["problem_area", "year"], kind="stable")
    last = own["year"].max()
    recent = own[own["year"].gt(last - TREND_YEARS)].groupby("problem_area", observed=True)
    return [_said(str(area), part, int(last)) for area, part in recent if part["year"].gt(last - POOLED_YEARS).any()]


def _said(area: str, rows: pd.DataFrame, last: int) -> Said:
    counts, extra = shown_counts(rows)
    base = rows["denominator"].to_numpy(dtype=np.float64)
    years = rows["year"].to_numpy(dtype=np.float64)
    pooled = years > last - POOLED_YEARS
    is_whole = rows["period"].eq(rows["year"].astype("str")).to_numpy()
    dispersion = rows["dispersion"].fillna(DEFAULT_DISPERSION).to_numpy(dtype=np.float64)
    padded = counts + 0.5 / pooled.sum()
    variance = 1 / padded + dispersion + extra / padded**2
    total = counts[pooled].sum()
    z = np.full(3, np.nan)
    jacobian = np.zeros((3, years.size))
    unit = str(rows["unit"].iloc[0])
    z[LEVEL] = np.log((total + 0.5) / base[pooled].sum())
    jacobian[LEVEL] = np.where(pooled, padded / (total + 0.5), 0.0)
    share = float(total / base[pooled].sum())
    spread = np.exp(Z_95 * np.sqrt((jacobian[LEVEL] ** 2 * variance).sum()))
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
    if is_whole.sum() < 2:
        missing[TREND] = "Det krävs minst två hela år för att se någon utveckling."
    else:
        weight = np.where(is_whole, 1 / variance, 0.0)
        slope = weight * (years - np.average(years, weights=weight))
        slope /= (slope * years).sum()
        z[TREND] = float(slope @ np.log((counts + 0.5) / base))
        jacobian[TREND] = slope
        margin = Z_95 * float(np.sqrt((slope**2 * variance).sum()))
        facts[TREND] = percent_fact(
            float(z[TREND]), margin, span(years[is_whole]), float(counts[is_whole][0]), float(counts[is_whole].sum())
        )
    return Said(area, str(rows["source"].iloc[0]), z, propagate(jacobian, variance), facts, missing)
