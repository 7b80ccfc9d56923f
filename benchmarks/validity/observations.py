"""The EST list: what the reporters noticed, row by row, with duplicates, reports of nothing and the roster."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.validity.events import PLACES, WEEKS, Counts, Events
from benchmarks.validity.frames import frame
from benchmarks.validity.reporters import Reporters
from benchmarks.validity.terms import Array, Mask, Terms

_WEEKDAYS = np.array([0.12, 0.12, 0.13, 0.14, 0.22, 0.17, 0.10])
_DUPLICATES, _CONFIRMED, _NO_AREA = 0.05, 0.6, 0.04
#: So many organisations write that they have nothing to report, in one silent week of four.
_WRITES_ZERO, _ZERO = 2, 0.25
ZERO_REPORT = "Inget att rapportera"


def draw_observations(
    random: np.random.Generator, reporters: Reporters, events: Events, order: Counts, is_delivered: Mask, terms: Terms
) -> dict[str, pd.DataFrame]:
    """``observations`` and, in one world of three, ``reporting_weeks``. is_delivered (U,): areas that the list may hold."""
    if not is_delivered.any():
        return {name: frame(name, {}, 0) for name in ("observations", "reporting_weeks")}
    n_years = len(reporters.years)
    seen = events.own[order, -n_years:].astype(np.float64)
    rate = reporters.rate(seen) * is_delivered[:, None, None]
    cell = np.repeat(np.arange(rate.size), random.poisson(rate).ravel())
    area, rest = cell // (n_years * WEEKS), cell % (n_years * WEEKS)
    year, week = rest // WEEKS, rest % WEEKS
    who = reporters.habit[:, area] * reporters.appetite[:, year, week]  # (O,n)
    both = (who[:, None] * reporters.cover[:, :, None] * seen[area, year, week].T[None]).reshape(
        reporters.habit.shape[0] * len(PLACES), cell.size
    )
    chosen = _one_of(random, both)
    organisation, place = chosen // len(PLACES), chosen % len(PLACES)
    category = _categories(random, area, terms)
    monday = _mondays(reporters.years)
    date = monday[year, week] + random.choice(7, cell.size, p=_WEEKDAYS)
    wrote = np.zeros(reporters.is_there.shape, dtype=bool)
    wrote[organisation, year, week] = True
    roster = _roster(reporters, wrote)
    silent = np.argwhere(reporters.is_there & ~wrote & (random.random(wrote.shape) < _ZERO))
    silent = silent[silent[:, 0] >= len(reporters.names) - _WRITES_ZERO]
    rows = pd.DataFrame(
        {
            "year": np.concatenate([year, silent[:, 1]]),
            "week": np.concatenate([week, silent[:, 2]]),
            "date": np.concatenate([date, monday[silent[:, 1], silent[:, 2]] + 4]),
            "organisation": np.concatenate([organisation, silent[:, 0]]),
            "place": np.concatenate([place, np.full(len(silent), -1)]),
            "category": np.concatenate([category, np.full(len(silent), ZERO_REPORT, dtype=object)]),
        }
    )
    return {"observations": _listed(random, rows, reporters), "reporting_weeks": roster}


def _one_of(random: np.random.Generator, weights: Array) -> NDArray[np.int64]:
    """For each column of ``weights`` (C,n) one row, with probabilities in their proportion."""
    limits = np.cumsum(weights, axis=0)
    return np.asarray((limits < random.random(weights.shape[1]) * limits[-1]).sum(axis=0))


def _categories(random: np.random.Generator, area: NDArray[np.int64], terms: Terms) -> NDArray[np.object_]:
    """A category of each row's area, in shares of this kommun; now and then one that belongs to no area."""
    names = np.empty(area.size, dtype=object)
    for a in np.unique(area):
        mine = terms.categories[a]
        rows = np.flatnonzero(area == a)
        names[rows] = np.array(mine, dtype=object)[
            random.choice(len(mine), rows.size, p=random.dirichlet(np.full(len(mine), 2.0)))
        ]
    other = np.array(terms.other_categories, dtype=object)
    stray = random.random(area.size) < _NO_AREA
    names[stray] = other[random.integers(len(other), size=int(stray.sum()))]
    return names


def _mondays(years: tuple[int, ...]) -> NDArray[np.datetime64]:
    """(T',W) the Mondays of each year's ISO weeks 1-52."""
    fourth = np.array([f"{year}-01-04" for year in years], dtype="datetime64[D]")
    first = fourth - (fourth.view("int64") + 3) % 7
    return np.asarray(first[:, None] + 7 * np.arange(WEEKS))


def _roster(reporters: Reporters, wrote: Mask) -> pd.DataFrame:
    """``reporting_weeks`` where there is a roster, else empty: who reported, who had nothing, from whom nothing came."""
    if not reporters.has_roster:
        return frame("reporting_weeks", {}, 0)
    organisation, year, week = (index.ravel() for index in np.indices(wrote.shape))
    status = np.where(wrote, "reported", np.where(reporters.is_there, "zero", "missing")).ravel()
    columns = {
        "organisation": np.array(reporters.names, dtype=object)[organisation],
        "week": [f"{reporters.years[y]}-W{w + 1:02d}" for y, w in zip(year, week, strict=True)],
        "status": status.astype(object),
    }
    return frame("reporting_weeks", columns, wrote.size)


def _listed(random: np.random.Generator, rows: pd.DataFrame, reporters: Reporters) -> pd.DataFrame:
    """The rows with some of them told again by another organisation, numbered by date."""
    names, is_there = reporters.names, reporters.is_there
    n = len(rows)
    is_event = rows["category"].ne(ZERO_REPORT).to_numpy()
    again = np.flatnonzero((random.random(n) < _DUPLICATES) & is_event)
    other = (rows["organisation"].to_numpy()[again] + random.integers(1, len(names), again.size)) % len(names)
    reports = is_there[other, rows["year"].to_numpy()[again], rows["week"].to_numpy()[again]]  # who is away tells nothing again
    again, other = again[reports], other[reports]
    copy = rows.iloc[again].assign(organisation=other)
    told = pd.concat([rows.assign(key=np.arange(n), twin=-1), copy.assign(key=n + np.arange(again.size), twin=again)])
    told = told.sort_values(["date", "key"], kind="stable")
    number = np.empty(len(told), dtype=np.int64)
    number[told["key"].to_numpy()] = np.arange(len(told))
    twin = told["twin"].to_numpy()
    is_known = (twin >= 0) & (random.random(len(told)) < _CONFIRMED)
    place = np.array([*PLACES, None], dtype=object)[told["place"].to_numpy()]
    columns = {
        "observation_id": [f"E-{i + 1:05d}" for i in range(len(told))],
        "date": told["date"].to_numpy(),
        "organisation": np.array(names, dtype=object)[told["organisation"].to_numpy()],
        "area": place,
        "place": place,
        "category": told["category"].to_numpy(),
        "duplicate_of": [f"E-{number[t] + 1:05d}" if known else None for t, known in zip(twin, is_known, strict=True)],
    }
    return frame("observations", columns, len(told))
