"""What the years before let expect of a year of reported offences: the forecast put to the counts that were delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lagesbild.measures import forecast
from lagesbild.measures.forecast import LONGEST, YEAR, History, Model
from lagesbild.measures.frame import empty_rows, measure_rows
from lagesbild.measures.rates import PER_100K, Array
from lagesbild.measures.spread import errors, spread
from lagesbild.taxonomy import Taxonomy

SOURCE = "polisanmalda"
#: The own kommun, or the sum of a police area's kommuner, as one of the units; it sorts first.
_OWN = ""
#: Months are a year's own where their sum is so near its count.
_NEAR = 0.02
#: A population is taken to grow, or shrink, on as the year before, but not by more than this.
_MOST_GROWTH = 0.02
#: How well earlier forecasts did is read from so many years.
_YEARS_OF_ERRORS = 10


@dataclass(frozen=True)
class _Years:
    """Final figures of units (the own first), lines and years on end from ``first``; NaN where unknown.

    counts: (K, L, T); population: (K, T); months: (K, L, T, 12), of the years whose months are all known and add up.
    """

    counts: Array
    population: Array
    months: Array
    lines: list[str]
    first: int

    def last(self, line: int) -> int | None:
        """The last year of which the own count is known."""
        known = np.flatnonzero(np.isfinite(self.counts[0, line]))
        return self.first + int(known[-1]) if known.size else None

    def history(self, line: int, start: int, end: int) -> History | None:
        """The years on end up to ``end``, from ``start`` at the earliest; None where the own count of the last is unknown.

        A year is in months where every unit that has the year has them.
        """
        known = np.isfinite(self.counts[0, line])
        at = end - self.first
        begin = at + 1
        while begin > max(start - self.first, 0) and begin <= known.size and known[begin - 1]:
            begin -= 1
        if begin > at or not known[at : at + 1].any():
            return None
        counts, population, first, length = [], [], [], []
        for year in range(begin, at + 1):
            months, whole = self.months[:, line, year], self.counts[:, line, year]
            is_monthly = bool((np.isfinite(months).all(axis=1) == np.isfinite(whole)).all())
            columns = months if is_monthly else whole[:, None]
            n = columns.shape[1]
            counts.append(columns)
            population.append(np.repeat(self.population[:, year : year + 1], n, axis=1))
            first.append(YEAR * (self.first + year) + np.arange(n))
            length.append(np.full(n, YEAR // n))
        return History(np.hstack(counts), np.hstack(population), np.concatenate(first), np.concatenate(length))

    def people(self, year: int) -> Array:
        """Mean population of a year; where it is unknown, that of the year before grown as it last grew."""
        at = year - self.first
        before = self.population[:, at - 2] if at > 1 else np.full(self.population.shape[0], np.nan)
        ahead = population_ahead(before, self.population[:, at - 1])
        if at >= self.population.shape[1]:
            return ahead
        return np.where(np.isfinite(self.population[:, at]), self.population[:, at], ahead)


def population_ahead(before: Array, last: Array) -> Array:
    """Next year's mean population: the last one, grown as from the year before, by at most two per cent.

    >>> population_ahead(np.array([1000.0, 1000.0, np.nan]), np.array([1010.0, 1100.0, 500.0])).round(1).tolist()
    [1020.1, 1122.0, 500.0]
    """
    growth = np.where(np.isfinite(before), last / before, 1.0)
    return np.asarray(last * np.clip(growth, 1 - _MOST_GROWTH, 1 + _MOST_GROWTH))


def expected_rows(
    years: pd.DataFrame, months: pd.DataFrame, own: Sequence[str], geography: str, taxonomy: Taxonomy
) -> pd.DataFrame:
    """``reported_expected`` rows of role own: each line's last final year from those before it, and the year after it.

    years: kommunkod, line, year, count, status, population of own and comparison kommuner; months: ``months.month_counts``,
    used for a year all of whose months are known. value: expected count per 100 000 of the year's mean population; that of the
    coming year is the last known one, grown as it last grew. lower, upper: 80 % predictive limits (``forecast.limits``), the
    variance times what forecasts have missed by in the delivery (``spread``). numerator: expected count; dispersion: variance
    of the log of the count beyond chance. A police area is one unit, the sum of its kommuner. The history is the last five
    final years on end; a declared break that stops a trend cuts it off, and one at the start of the year itself leaves no row.
    """
    final = years[years["status"].eq("final")]
    if not final["kommunkod"].isin(own).any():
        return empty_rows()
    table = _table(final, months, own)
    model = Model.of(taxonomy.constant)
    last = {i: year for i in range(len(table.lines)) if (year := table.last(i)) is not None}
    missed = {table.lines[i]: _missed(table, i, year, model, taxonomy) for i, year in last.items()}
    made: list[dict[str, Any]] = []
    for step in (0, 1):
        wider = spread(missed, {table.lines[i]: year + step - 1 for i, year in last.items()}, taxonomy.constant)
        for i, known in last.items():
            name, year = table.lines[i], known + step
            history = table.history(i, max(year - LONGEST, taxonomy.series_start(name, year)), year - 1)
            if history is None:
                continue
            people = table.people(year)
            found = forecast.forecast(history, people, YEAR * year, model)
            made.append(
                {
                    "problem_area": name,
                    "year": year,
                    "numerator": float(found.expected[0]),
                    "variance": wider.of(name) * float(found.variance[0]),
                    "denominator": float(people[0]),
                }
            )
    return _rows(pd.DataFrame(made), geography) if made else empty_rows()


def _missed(table: _Years, line: int, last: int, model: Model, taxonomy: Taxonomy) -> dict[int, Array]:
    """The errors of earlier forecasts of a line, since its last break and for at most ten years."""
    start = max(last - LONGEST - _YEARS_OF_ERRORS + 1, taxonomy.series_start(table.lines[line], last))
    history = table.history(line, start, last)
    found = {} if history is None else errors(history, model)
    return {year: z for year, z in found.items() if year > last - _YEARS_OF_ERRORS}


def _rows(made: pd.DataFrame, geography: str) -> pd.DataFrame:
    expected, per = made["numerator"], PER_100K / made["denominator"]
    variance = made["variance"].clip(lower=expected)
    lower, upper = forecast.limits(expected, variance)
    rows = made.assign(
        value=expected * per, lower=lower * per, upper=upper * per, dispersion=(variance - expected) / expected**2
    )
    return measure_rows(rows, "reported_expected", source=SOURCE, role="own", geography=geography, is_published=True)


def _table(years: pd.DataFrame, months: pd.DataFrame, own: Sequence[str]) -> _Years:
    """The figures as arrays; a police area's year and month only where every kommun has it."""
    months = months[months["line"].isin(years["line"].unique())]
    rows = [frame.assign(unit=frame["kommunkod"].mask(frame["kommunkod"].isin(own), _OWN)) for frame in (years, months)]
    units, lines = sorted(rows[0]["unit"].unique()), sorted(years["line"].unique())
    first, n_years = int(years["year"].min()), int(years["year"].max() - years["year"].min() + 1)
    shape = (len(units), len(lines), n_years)
    counts = _filled(rows[0], "count", shape, units, lines, rows[0]["year"] - first, len(own))
    population = np.fmax.reduce(_filled(rows[0], "population", shape, units, lines, rows[0]["year"] - first, len(own)), axis=1)
    inside = rows[1][rows[1]["unit"].isin(units) & rows[1]["month"].between(YEAR * first, YEAR * (first + n_years) - 1)]
    monthly = _filled(
        inside, "count", (*shape[:2], YEAR * n_years), units, lines, inside["month"] - YEAR * first, len(own)
    ).reshape(*shape, YEAR)
    is_whole = np.abs(monthly.sum(axis=-1) - counts) <= _NEAR * counts
    return _Years(counts, population, np.where(is_whole[..., None], monthly, np.nan), lines, first)


def _filled(
    rows: pd.DataFrame, value: str, shape: tuple[int, ...], units: list[str], lines: list[str], at: pd.Series, n_own: int
) -> Array:
    """The sum of the values in each unit, line and place in time; NaN where there is none, or not of every own kommun."""
    cells = (
        pd.Categorical(rows["unit"], categories=units).codes,
        pd.Categorical(rows["line"], categories=lines).codes,
        at.to_numpy(dtype=np.int64),
    )
    sums, n = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, cells, rows[value].to_numpy(dtype=np.float64))
    np.add.at(n, cells, 1.0)
    needed = np.where(np.array(units) == _OWN, n_own, 1)[:, None, None]
    return np.where(n >= needed, sums, np.nan)
