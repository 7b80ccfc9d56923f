"""Counting of events by named area, weekday and hour, and month, for each problem area and source."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.places import hours
from lagesbild.places.events import EST, POLICE, SOURCES, Events, events
from lagesbild.places.months import months
from lagesbild.places.value import BASES, BLOCKS, HOURS, MONTHS, Counted, stacked
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

#: Below this many events a year, up to three years are counted together, and nothing is said of places or times of fewer.
FEW = 20
MOST_YEARS = 3


def count(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> Counted:
    """Places and times of every problem area in both lists of events, before disclosure; empty where neither was delivered.

    Counted are the events of the report year; where a problem area has fewer than 20 of them in a source, those of up to three
    years, as far back as the source has whole years. A source without events in the report year gives nothing.
    """
    found = events(tables, profile, taxonomy)
    rows = found.rows
    bases, by_hour, by_block, by_month, first_years = [], [], [], [], []
    last = rows[rows["year"].eq(profile.year)]
    whole = {source: _whole_years(rows[rows["source"].eq(source)], profile.year) for source in set(last["source"])}
    for pair, mine in rows[rows["source"].isin(list(whole))].groupby(["source", "problem_area"], observed=True):
        source, line = cast("tuple[str, str]", pair)
        if not taxonomy.is_area(line):
            continue
        years = mine["year"].to_numpy()
        first = _first_year(years, whole[source], profile.year)
        there = years >= first
        if not there.any():
            continue
        starts, ends, days = (mine[name].to_numpy(dtype="datetime64[s]")[there] for name in ("start", "end", "day"))
        is_timed, is_long = hours.timed(starts, ends)
        year = months(days, first, profile.year)
        key = {"source": source, "problem_area": line}
        n, n_timed, n_long = int(there.sum()), int(is_timed.sum()), int(is_long.sum())
        n_with_area = int(mine["area"].to_numpy()[there].astype(bool).sum())
        bases.append(
            key | {
                "first_year": first, "last_year": profile.year, "n": n, "n_with_area": n_with_area, "n_timed": n_timed,
                "n_untimed": n - n_timed - n_long, "n_long": n_long, "n_dated": int(year.figures["count"].sum()),
                "dispersion": year.dispersion, "p_value": year.p_value, "is_uneven": year.is_uneven,
            }
        )  # fmt: skip
        week = hours.aoristic(starts[is_timed], ends[is_timed])
        by_hour.append(key | hours.matrix(week, year.dispersion))
        by_block.append(key | hours.by_block(week, year.dispersion))
        by_month.append(key | year.figures)
        first_years.append(mine.index[there])
    of_period = rows.loc[np.concatenate(first_years)] if first_years else rows.iloc[:0]
    places = _by_place(of_period, found, profile.year, taxonomy)
    yearly = last[last["source"].eq(EST)].groupby(["year", "problem_area"], observed=True).size().rename("count").reset_index()
    return Counted(
        pd.DataFrame(bases, columns=list(BASES)).astype(BASES),
        places,
        stacked(by_hour, HOURS),
        stacked(by_block, BLOCKS),
        stacked(by_month, MONTHS),
        yearly,
        found.streets,
        _unknown(places),
    )


def _unknown(places: pd.DataFrame) -> tuple[str, ...]:
    """The areas that only the police name, where EST names any."""
    named = {source: set(places.loc[places["source"].eq(source), "area"]) for source in SOURCES}
    return tuple(sorted(named[POLICE] - named[EST])) if named[EST] else ()


def _whole_years(rows: pd.DataFrame, year: int) -> list[int]:
    """The years before the report year, the last first and without a gap, that have events in every quarter."""
    dated = rows[rows["day"].notna()]
    quarters = dated["day"].dt.quarter.groupby(dated["day"].dt.year).nunique()
    found: list[int] = []
    while quarters.get(year - 1 - len(found), 0) == 4 and len(found) < MOST_YEARS - 1:
        found.append(year - 1 - len(found))
    return found


def _first_year(years: npt.NDArray[np.int64], whole: list[int], year: int) -> int:
    """The first year that is counted."""
    first = year
    for earlier in whole:
        if (years >= first).sum() >= FEW:
            break
        first = earlier
    return first


def _by_place(rows: pd.DataFrame, found: Events, year: int, taxonomy: Taxonomy) -> pd.DataFrame:
    """source, problem_area, area, count: each problem area of a source over every area that its source names.

    An area that is named for sensitive events alone is not known. First stand the areas with fewest events of any problem area
    in the years before, of both sources, then by name: an order that the year's own counts have no part in.
    """
    is_open = {line: taxonomy.is_area(line) and not taxonomy.is_sensitive(line) for line in found.rows["problem_area"].unique()}
    known = found.rows[found.rows["problem_area"].map(is_open).astype(bool) & found.rows["area"].ne("")]
    earlier = known.loc[known["year"].lt(year), "area"].value_counts()
    counts = rows.groupby(["source", "problem_area", "area"], observed=True).size()
    parts = []
    for source in SOURCES:
        names = sorted(known.loc[known["source"].eq(source), "area"].unique(), key=lambda name: (earlier.get(name, 0), name))
        lines = sorted(rows.loc[rows["source"].eq(source), "problem_area"].unique())
        parts += [(source, line, name) for line in lines for name in names]
    frame = pd.DataFrame(parts, columns=["source", "problem_area", "area"], dtype="str")
    return frame.assign(count=pd.Series([int(counts.get(part, 0)) for part in parts], dtype="int64"))
