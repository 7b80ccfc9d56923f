"""Signals from surveys: shares on the logit scale divided by λ, indices standardised, always so that higher is worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from lagesbild.measures.survey import jeffreys, logit_variance
from lagesbild.ranking.said import SMALLEST_BASE, SUPPRESSED, SUPPRESSED_VARIANCE, Z_95, Fact, Said, propagate, span
from lagesbild.ranking.signal_set import COMPARISON, LEVEL, TREND, Array

Row: TypeAlias = Mapping[Any, Any]
#: Declared: a doubling of a problem moves the logit of those who report it by 0.7 times as much.
LAMBDA = 0.7
#: The trend's first survey lies at most so many years back; a reference is used from at most so many years off.
TREND_YEARS, REFERENCE_YEARS = 4, 2
#: Reference geographies in order of preference; others come after, by name.
REFERENCES = ("riket", "hela landet", "sverige", "lan", "region", "polisregion")
#: An index value's standard error and spread are never taken to be smaller than these (index points 0-6).
SMALLEST_ERROR, SMALLEST_SPREAD = 0.1, 0.25


@dataclass(frozen=True)
class _Point:
    """One survey value on the scale of the signals: x, its standard error, its year, and the value as printed (worse =
    higher). answers: how many gave the answer, as the source counts them. base: how many gave the worse answer.
    """

    x: float
    se: float
    year: int
    shown: float
    answers: float
    is_wide: bool = False
    base: float = float("nan")


def said_survey(rows: pd.DataFrame, signal_items: frozenset[str], narrow: frozenset[str]) -> list[Said]:
    """What one survey says of every area in ``rows`` (its measure rows).

    signal_items: the items that are signals; an area's items are averaged, their errors taken as fully shared, because the same
    people answer all of them. narrow: geographies that are the own kommun; any other is one bias class worse.
    Level: logit p / λ. Comparison: (logit p − logit p_ref)/λ. Trend: (logit p₂ − logit p₁)/(λΔt). Indices: (x − mean)/spread
    of the survey's own values and reference values; no percentages. A share whose answers are too few to be shown enters as
    2.5 answers of those asked; rows hidden for another reason are not to be among the rows.
    """
    is_few = rows["is_suppressed"] & rows["measure"].eq("survey_share") & rows["denominator"].gt(0)
    is_told = ~rows["is_suppressed"] & rows["value"].notna()
    used = rows[rows["group"].eq("alla") & rows["item"].isin(signal_items) & (is_told | is_few)]
    if used.empty:
        return []
    scale = _index_scale(used)
    items: dict[str, dict[str, list[Row]]] = {}
    for row in used.sort_values(["problem_area", "item", "geography", "year"], kind="stable").to_dict("records"):
        items.setdefault(str(row["problem_area"]), {}).setdefault(str(row["item"]), []).append(row)
    found = [_area(area, list(by_item.values()), narrow, scale) for area, by_item in items.items()]
    return [said for said in found if said is not None]


def _index_scale(rows: pd.DataFrame) -> tuple[float, float]:
    """Spread over the survey's index values, and the error of one of them from how each item moves between years."""
    index = rows[rows["measure"].eq("survey_index")]
    if index.empty:
        return 1.0, SMALLEST_ERROR
    spread = max(float(index["value"].std(ddof=1)) if len(index) > 1 else 0.0, SMALLEST_SPREAD)
    own = index[index["role"].eq("own")].sort_values(["item", "geography", "year"], kind="stable")
    steps = own.groupby(["item", "geography"], observed=True)["value"].diff().dropna()
    error = float(np.sqrt((steps**2).mean() / 2)) if len(steps) else 0.0
    return spread, max(error, SMALLEST_ERROR)


def _area(area: str, by_item: list[list[Row]], narrow: frozenset[str], scale: tuple[float, float]) -> Said | None:
    items = [found for rows in by_item if (found := _item(rows, narrow, scale)) is not None]
    if not items:
        return None
    z, jacobian = np.full(3, np.nan), np.zeros((3, 3))  # primitive errors: now, then, reference
    for criterion in (LEVEL, COMPARISON, TREND):
        there = [item for item in items if not np.isnan(item.z[criterion])]
        if there:
            z[criterion] = np.mean([item.z[criterion] for item in there])
            jacobian[criterion] = np.mean([item.errors[criterion] for item in there], axis=0)
    sampling = propagate(jacobian, np.ones(3))
    is_index = all(row["measure"] == "survey_index" for rows in by_item for row in rows)
    missing = {}
    if np.isnan(z[COMPARISON]):
        missing[COMPARISON] = "Det finns inget värde för riket, länet eller regionen att jämföra med."
    if np.isnan(z[TREND]):
        missing[TREND] = "Det krävs minst två undersökningar för att se någon utveckling."
    return Said(
        problem_area=area,
        source=str(by_item[0][0]["source"]),
        z=z,
        sampling=sampling,
        facts=_facts(items, z, float(np.sqrt(sampling[TREND, TREND])) * scale[0] if is_index else None, scale[0]),
        missing=missing,
        is_wide=any(item.now.is_wide for item in items),
    )


@dataclass(frozen=True)
class _Item:
    """One survey item: its points, its signals z (3,), and errors (3,3): how z moves per standard error of now, then,
    reference.
    """

    now: _Point
    then: _Point | None
    reference: _Point | None
    z: Array
    errors: Array


def _item(rows: list[Row], narrow: frozenset[str], scale: tuple[float, float]) -> _Item | None:
    own = [row for row in rows if row["role"] == "own"]
    if not own:
        return None
    # The own kommun if it is there, else the first geography by name.
    place = min((str(row["geography"]) for row in own), key=lambda name: (name not in narrow, name))
    own = [row for row in own if row["geography"] == place]
    points = [point for row in own if (point := _point(row, narrow, scale)) is not None]
    if not points:
        return None
    now = points[-1]
    earlier = [point for point in points[:-1] if now.year - TREND_YEARS <= point.year < now.year]
    then = earlier[0] if earlier else None
    reference = _reference([row for row in rows if row["role"] == "reference"], now.year, narrow, scale)
    z, errors = np.full(3, np.nan), np.zeros((3, 3))
    z[LEVEL], errors[LEVEL, 0] = now.x, now.se
    if reference is not None:
        z[COMPARISON] = now.x - reference.x
        errors[COMPARISON] = now.se, 0.0, -reference.se
    if then is not None:
        years = now.year - then.year
        z[TREND] = (now.x - then.x) / years
        errors[TREND] = now.se / years, -then.se / years, 0.0
    return _Item(now, then, reference, z, errors)


def _reference(rows: list[Row], year: int, narrow: frozenset[str], scale: tuple[float, float]) -> _Point | None:
    """The reference of the year nearest the own value's, the country before the county before others."""

    def order(row: Row) -> tuple[int, int, str]:
        name = str(row["geography"]).casefold()
        place = next((i for i, prefix in enumerate(REFERENCES) if name.startswith(prefix)), len(REFERENCES))
        return place, abs(int(row["year"]) - year), name

    near = sorted((row for row in rows if abs(int(row["year"]) - year) <= REFERENCE_YEARS), key=order)
    return next((point for row in near if (point := _point(row, narrow, scale)) is not None), None)


def _point(row: Row, narrow: frozenset[str], scale: tuple[float, float]) -> _Point | None:
    """The row on the scale of the signals; None where nothing says how uncertain it is."""
    if bool(row["is_suppressed"]):
        return _hidden(row, narrow)
    value, lower, upper = (float(row[name]) for name in ("value", "lower", "upper"))
    is_worse, year = bool(row["is_higher_worse"]), int(row["year"])
    is_wide = str(row["geography"]) not in narrow
    has_limits = bool(np.isfinite(lower) and np.isfinite(upper) and upper > lower)
    if row["measure"] == "survey_index":
        spread, error = scale
        se = max((upper - lower) / (2 * Z_95), SMALLEST_ERROR / 2) if has_limits else error
        return _Point((value if is_worse else -value) / spread, se / spread, year, value, float("nan"), is_wide)
    n = float(row["n_effective"])
    if not is_worse:
        value, lower, upper = 1 - value, 1 - upper, 1 - lower
    if n > 0:
        share = value if 0 < value < 1 else float(jeffreys(value, n))  # 0 and 1 have no logit of their own
        variance = float(logit_variance(value, n))
    elif has_limits and 0 < value < 1:
        share, variance = value, np.inf
    else:
        return None
    is_published = bool(row["is_published"]) and has_limits and lower > 0 and upper < 1
    if is_published or not np.isfinite(variance):
        half = (upper - lower) / (2 * Z_95) / (share * (1 - share))  # delta method: limits may touch 0 or 1
        variance = ((logit(upper) - logit(lower)) / (2 * Z_95)) ** 2 if lower > 0 and upper < 1 else half**2
    base = _base(row, value, n if n > 0 else 1 / (variance * share * (1 - share)))
    answers = float(row["numerator"])
    return _Point(float(logit(share)) / LAMBDA, float(np.sqrt(variance)) / LAMBDA, year, value, answers, is_wide, base)


def _base(row: Row, share: float, n_effective: float) -> float:
    """How many gave the worse answer: as counted, else the share (of worse answers) of those asked, or of what their limits
    are worth: Var logit p = 1/(n·p(1 − p)).
    """
    counted, asked = float(row["numerator"]), float(row["denominator"])
    if np.isfinite(counted) and (bool(row["is_higher_worse"]) or asked > 0):
        return counted if bool(row["is_higher_worse"]) else asked - counted
    return share * (asked if asked > 0 else n_effective)


def _hidden(row: Row, narrow: frozenset[str]) -> _Point:
    """A share of 1–4 answers that may not be shown: p = 2.5/n, with the logit variance of 1–4 being equally likely added.

    Var logit p = 1/(n_eff·p(1 − p)) + 1.25/(n·p(1 − p))², by the delta method on p = x/n.
    """
    n = float(row["denominator"])
    share = float(jeffreys(SUPPRESSED / n, n)) if n <= SUPPRESSED else SUPPRESSED / n
    spread = n * share * (1 - share)
    variance = float(logit_variance(share, float(row["n_effective"]) if row["n_effective"] > 0 else n))
    variance += SUPPRESSED_VARIANCE / spread**2
    x = float(logit(share)) if bool(row["is_higher_worse"]) else -float(logit(share))
    shown = share if bool(row["is_higher_worse"]) else 1 - share
    is_wide = str(row["geography"]) not in narrow
    return _Point(x / LAMBDA, float(np.sqrt(variance)) / LAMBDA, int(row["year"]), shown, float("nan"), is_wide)


def _facts(items: list[_Item], z: Array, index_error: float | None, spread: float) -> dict[int, Fact]:
    """The mean item in its own unit: a share or index, the ratio to the reference, the change per year.

    The change is in percent, and empty where fewer than 20 answered so the first year; that of an index is in index units.
    index_error: the standard error of the yearly change in index units, None for shares.
    """
    is_index = index_error is not None
    now = span([item.now.year for item in items])
    shown = float(np.mean([item.now.shown for item in items]))
    x, se = (float(np.mean([getattr(item.now, name) for item in items])) for name in ("x", "se"))
    answers = float(np.sum([item.now.answers for item in items]))
    facts: dict[int, Fact] = {}
    if is_index:
        width = Z_95 * float(np.mean([item.now.se / abs(item.now.x) * item.now.shown if item.now.x else 0.0 for item in items]))
        facts[LEVEL] = Fact(shown, max(0.0, shown - width), min(6.0, shown + width), "index_0_6", now)
    else:
        low, high = (float(expit(LAMBDA * (x + sign * Z_95 * se))) for sign in (-1, 1))
        facts[LEVEL] = Fact(shown, min(low, shown), max(high, shown), "share", now, answers)
    compared = [item for item in items if item.reference is not None]
    if compared and not np.isnan(z[COMPARISON]):
        facts[COMPARISON] = _ratio(compared, [item.reference for item in compared if item.reference is not None], now, is_index)
    followed = [item for item in items if item.then is not None]
    if followed and not np.isnan(z[TREND]):
        then = [item.then for item in followed if item.then is not None]
        years = float(np.mean([item.now.year - point.year for item, point in zip(followed, then, strict=True)]))
        period = span([min(point.year for point in then), max(item.now.year for item in followed)])
        if index_error is not None:
            middle, margin = float(z[TREND]) * spread, Z_95 * index_error
            facts[TREND] = Fact(middle, middle - margin, middle + margin, "index_per_year", period)
            return facts
        change = _ratio(followed, then, period, is_index)
        estimate, low, high = (100 * (ratio ** (1 / years) - 1) for ratio in (change.estimate, change.lower, change.upper))
        if _is_small([point.base for point in then]):
            estimate = low = high = float("nan")
        facts[TREND] = Fact(estimate, low, high, "percent_per_year", period)
    return facts


def _is_small(bases: list[float]) -> bool:
    """Whether the mean number who gave the worse answer is below 20, or one of them is hidden because it is."""
    return not float(np.mean(bases)) >= SMALLEST_BASE


def _ratio(items: list[_Item], others: list[_Point], period: str, is_index: bool) -> Fact:
    """How many times the others' mean value the items' mean value is; 95 % interval by the delta method on its logarithm."""
    own, other = (float(np.mean([point.shown for point in points])) for points in ([item.now for item in items], others))
    if own <= 0 or other <= 0:
        return Fact(float("nan"), float("nan"), float("nan"), "ratio", period, reference=other)
    variance = 0.0
    for points, mean in (([item.now for item in items], own), (others, other)):
        se = float(np.mean([point.se for point in points]))
        relative = se * LAMBDA * (1 - mean)  # d log p = (1 − p) · d logit p
        if is_index:
            relative = float(np.mean([abs(point.se / point.x) if point.x else 0.0 for point in points]))
        variance += relative**2
    width = np.exp(Z_95 * np.sqrt(variance))
    ratio = own / other
    return Fact(ratio, float(ratio / width), float(ratio * width), "ratio", period, reference=other)
