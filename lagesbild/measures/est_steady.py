"""EST shares that one campaign, or one organisation that comes or goes, does not move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures import clustering
from lagesbild.measures.observations import FULL_YEAR_WEEKS, WHERE, Observed, covered_weeks, week_start
from lagesbild.measures.spikes import spikes
from lagesbild.measures.trends import LONGEST
from lagesbild.taxonomy import Taxonomy

#: A panel speaks for the list from so many organisations, and from so large a part of its observations.
FEWEST_ORGANISATIONS, LEAST_SHARE = 2, 0.5
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Steady:
    """frames: measure -> problem_area, year, period, numerator, denominator, dispersion, value, lower, upper; only the measures
    that differ from the plain share."""

    frames: Mapping[str, pd.DataFrame]
    doubts: tuple[Doubt, ...]


def steady(seen: Observed, years: list[int], starts: Mapping[str, int], taxonomy: Taxonomy) -> Steady:
    """``est_robust``, where some area has a month that its own history and the other areas make incredible; ``est_panel``,
    where not every organisation reported throughout or a category began or ended.

    est_robust: all organisations, with such months at their expected count (``spikes``, the areas as one another's peers, a
    month without any covered week unknown). est_panel: the same over the organisations with at least 46 covered weeks in each
    of the compared years (the last five of ``years``); all of them where fewer than two are, or those have under half of the
    observations. Counts are whole, and the base is their sum. starts: area -> the year its categories begin anew; the years
    before are marked in ``period`` and take no part in the trend.
    """
    compared = [year for year in years if year > max(years, default=0) - LONGEST]
    rows = seen.counted[seen.counted["year"].isin(years)]
    areas = sorted(set(rows["problem_area"]) - {""})
    if not areas:
        return Steady({}, ())
    everyone, bursts = _credible(seen, rows)
    frames: dict[str, pd.DataFrame] = {}
    doubts = [_burst(area, month, taxonomy) for area, month in bursts if int(month[:4]) in compared]
    if bursts:
        frames["est_robust"] = _shares(everyone, areas, years, {})
    panel, told = _panel(seen, rows[rows["year"].isin(compared)], compared)
    if panel or starts:
        chosen = _credible(seen, rows[rows["organisation"].isin(panel)])[0] if panel else everyone
        chosen = chosen[chosen["year"].isin(compared)]
        frames["est_panel"] = _shares(chosen, areas, compared, starts)
    return Steady(frames, (*doubts, *told))


def _credible(seen: Observed, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """The observations with a weight, below 1 in incredible months of their area; and those areas and months ("2025-03")."""
    months = rows["date"].dt.strftime("%Y-%m")
    if rows.empty:
        return rows.assign(weight=1.0), []
    known = {f"{day:%Y-%m}" for day in week_start(pd.Series(seen.weeks, dtype="str")) + pd.Timedelta(days=3)}
    every = pd.period_range(months.min(), months.max(), freq="M").strftime("%Y-%m")
    with_area = rows["problem_area"].ne("")
    table = pd.crosstab(rows.loc[with_area, "problem_area"], months[with_area]).reindex(columns=every, fill_value=0)
    counts = np.where(np.isin(every, sorted(known)), table.to_numpy(dtype=np.float64), np.nan)
    found = spikes(counts[:, None, :])
    area, month = np.nonzero(found.is_spike[:, 0])
    pairs = list(zip(table.index[area], every[month], strict=True))
    weights = dict(zip(pairs, found.expected[area, 0, month] / counts[area, month], strict=True))
    keys = zip(rows["problem_area"], months, strict=True)
    return rows.assign(weight=[weights.get(key, 1.0) for key in keys]), [(str(name), str(when)) for name, when in pairs]


def _shares(rows: pd.DataFrame, areas: list[str], years: list[int], starts: Mapping[str, int]) -> pd.DataFrame:
    records = []
    for year in years:
        part = rows[rows["year"].eq(year)]
        table = part.pivot_table(index="week", columns="problem_area", values="weight", aggfunc="sum", fill_value=0.0)
        total = table.sum(axis=1)
        base = float(table.sum().round().sum())
        for area in areas:
            weekly = table[area] if area in table else pd.Series(0.0, index=table.index)
            period = f"{year} (tidigare kategorier)" if year < starts.get(area, 0) else str(year)
            records.append((area, year, period, round(float(weekly.sum())), base, clustering.share_dispersion(weekly, total)))
    frame = pd.DataFrame(records, columns=["problem_area", "year", "period", "numerator", "denominator", "dispersion"])
    frame = frame[frame["denominator"].gt(0)].astype({"numerator": "float64"})
    lower, upper = clustering.share_limits(frame["numerator"], frame["denominator"], frame["dispersion"])
    return frame.assign(value=frame["numerator"] / frame["denominator"], lower=lower, upper=upper)


def _panel(seen: Observed, rows: pd.DataFrame, years: list[int]) -> tuple[frozenset[str], list[Doubt]]:
    """The organisations that reported throughout the years; none where all did, or where they are too few to speak."""
    if len(years) < 2:
        return frozenset(), []
    present = set(seen.unit_weeks.loc[seen.unit_weeks["year"].isin(years), "organisation"])
    panel = set()
    for organisation, told in seen.unit_weeks.groupby("organisation", observed=True):
        weeks = pd.Series([int(week[:4]) for week in covered_weeks(told, has_roster=seen.has_roster)], dtype="int64")
        per_year = weeks.value_counts()
        if all(per_year.get(year, 0) >= FULL_YEAR_WEEKS for year in years):
            panel.add(str(organisation))
    if panel == present:
        return frozenset(), []
    when = swedish.years(min(years), max(years))
    share = float(rows["organisation"].isin(panel).mean()) if len(rows) else 0.0
    n_all = swedish.plural(len(present), "organisation", "organisationer")
    if len(panel) < FEWEST_ORGANISATIONS or share < LEAST_SHARE:
        what = f"För få av {n_all} rapporterade under hela {when} för att bära utvecklingen ensamma."
        action = "Utvecklingen räknas på alla; en förändring kan bero på vilka som rapporterade."
        return frozenset(), [Doubt("fast_grupp_saknas", WHERE, what, action)]
    what = f"{swedish.capital(swedish.count_word(len(panel)))} av {n_all} rapporterade under hela {when}."
    return frozenset(panel), [Doubt("fast_grupp", WHERE, what, "Utvecklingen räknas på dem; nivån räknas på alla.")]


def _burst(area: str, month: str, taxonomy: Taxonomy) -> Doubt:
    """Without figures: they may belong to an area whose counts disclosure hides."""
    what = f"{_MONTHS[int(month[5:]) - 1]} {month[:4]} ligger långt över vad områdets egen historia och de andra områdena ger."
    action = "Kontrollera om en kampanj eller en organisation ligger bakom. Rangordningen räknar med det väntade antalet."
    return Doubt("topp_est", f"{WHERE}, {taxonomy.name(area)}", swedish.capital(what), action)
