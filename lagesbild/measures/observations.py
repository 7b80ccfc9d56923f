"""EST observations as they count: duplicates dropped, categories mapped, and which weeks and years the reporting covers."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

WHERE = "EST-observationer"
#: ISO weeks a year must be covered by to be used as a year.
FULL_YEAR_WEEKS = 46
#: Without a roster, a silence longer than this many weeks is read as no reporting, a shorter one as nothing to report.
LONGEST_SILENCE = 6


@dataclass(frozen=True)
class Observed:
    """What the EST list holds.

    rows: observation_id, date, week ("2025-W07"), year (calendar), organisation, problem_area ("" for none), kind {problem,
    other}, is_duplicate; every observation, duplicates included; zero reports and planned events are not observations.
    unit_weeks: organisation, week, year (ISO), status {reported, zero}: who told of a week, by the roster, by an observation or
    by a zero report in the list. missing: roster rows saying that no report came. weeks: every covered week, sorted.
    has_roster: whether ``reporting_weeks`` was delivered.
    """

    rows: pd.DataFrame
    unit_weeks: pd.DataFrame
    missing: pd.DataFrame
    weeks: tuple[str, ...]
    has_roster: bool
    doubts: tuple[Doubt, ...]

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The rows that count: confirmed duplicates dropped."""
        return self.rows[~self.rows["is_duplicate"]]

    @cached_property
    def full_years(self) -> tuple[int, ...]:
        """The years with at least 46 covered ISO weeks, sorted."""
        per_year = Counter(int(week[:4]) for week in self.weeks)
        return tuple(sorted(year for year, n in per_year.items() if n >= FULL_YEAR_WEEKS))


def observed(
    tables: Tables, taxonomy: Taxonomy, last_year: int | None = None, extra: Mapping[str, str] | None = None
) -> Observed:
    """The EST list up to ``last_year``; ``extra`` are the profile's own category names (``profile.est.categories``).

    A category nobody knows is an observation without an area; the source that read it has told so.
    """
    listed = tables.observations
    roster = tables.reporting_weeks
    if last_year is not None:
        listed = listed[listed["date"].dt.year.le(last_year)]
        roster = roster[roster["week"].str.slice(0, 4).astype("int64").le(last_year)]
    found = {text: taxonomy.match_category(text, extra) for text in sorted(listed["category"].unique())}
    areas = {text: category.problem_area if category else "" for text, category in found.items()}
    kinds = {text: category.kind if category else "other" for text, category in found.items()}
    rows = listed.assign(
        week=iso_week(listed["date"]),
        year=listed["date"].dt.year.astype("int64"),
        problem_area=listed["category"].map(areas).astype("str"),
        kind=listed["category"].map(kinds).astype("str"),
        is_duplicate=_is_duplicate(listed),
    )
    is_counted = rows["kind"].isin(["problem", "other"])
    columns = ["observation_id", "date", "week", "year", "organisation", "problem_area", "kind", "is_duplicate"]
    kept = rows.loc[is_counted, columns].sort_values(["date", "observation_id"], kind="stable").reset_index(drop=True)
    unit_weeks = _unit_weeks(rows, roster)
    weeks = covered_weeks(unit_weeks, has_roster=not roster.empty)
    return Observed(
        kept,
        unit_weeks,
        roster[roster["status"].eq("missing")].reset_index(drop=True),
        weeks,
        not roster.empty,
        tuple(_contradictions(rows, roster)),
    )


def iso_week(dates: pd.Series) -> pd.Series:
    """The ISO week of each date: 2024-12-30 lies in 2025-W01."""
    codes, days = pd.factorize(dates)
    weeks = np.array([*map(_week, pd.DatetimeIndex(days)), np.nan], dtype=object)
    return pd.Series(weeks[codes], index=dates.index, dtype="str")  # code -1, no date, takes the last


def _week(day: date) -> str:
    its = day.isocalendar()
    return f"{its.year}-W{its.week:02d}"


def _is_duplicate(listed: pd.DataFrame) -> pd.Series:
    """Whether a row repeats another row of the list.

    A row that names itself, or one that is not in the list, is no duplicate: dropping it would lose the event. Where rows name
    each other in a ring the first by number stays.
    """
    named = listed.loc[listed["duplicate_of"].notna(), ["observation_id", "duplicate_of"]]
    if named.empty:
        return pd.Series(False, index=listed.index, dtype="bool")
    target = {
        str(own): str(other) for own, other in zip(named["observation_id"], named["duplicate_of"], strict=True) if other != own
    }
    known = set(listed["observation_id"])

    def repeats(own: str) -> bool:
        path = [own]
        while (following := target.get(path[-1])) in known and following is not None:
            if following in path:
                return own != min(path[path.index(following) :])
            path.append(following)
        return len(path) > 1

    repeating = {own for own in target if repeats(own)}
    return listed["observation_id"].isin(repeating)


def _unit_weeks(rows: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """organisation, week, year, status of every unit-week that somebody told of; an observation goes before a zero."""
    is_told = rows["kind"].isin(["problem", "other", "arrangement"])
    seen = rows[["organisation", "week"]].assign(status=is_told.map({True: "reported", False: "zero"}).astype("str"))
    told = pd.concat([seen, roster.loc[roster["status"].ne("missing"), ["organisation", "week", "status"]]])
    told = told.sort_values(["organisation", "week", "status"], kind="stable")  # "reported" sorts before "zero"
    once = told.drop_duplicates(["organisation", "week"]).reset_index(drop=True)
    return once.assign(year=once["week"].str.slice(0, 4).astype("int64"))[["organisation", "week", "year", "status"]]


def covered_weeks(unit_weeks: pd.DataFrame, *, has_roster: bool) -> tuple[str, ...]:
    """Weeks in which somebody told of something or of nothing; without a roster, short silences between them too."""
    told = sorted(set(unit_weeks["week"]))
    if has_roster or len(told) < 2:
        return tuple(told)
    mondays = list(week_start(pd.Series(told, dtype="str")))
    covered = set(told)
    for start, end in itertools.pairwise(mondays):
        silent = range(1, (end - start).days // 7)
        if len(silent) <= LONGEST_SILENCE:
            covered |= {_week(start + timedelta(weeks=n)) for n in silent}
    return tuple(sorted(covered))


def week_start(weeks: pd.Series) -> pd.Series:
    """The Monday of each ISO week."""
    days = pd.to_datetime(weeks + "-1", format="%G-W%V-%u")
    return days.astype("datetime64[us]")


def _contradictions(rows: pd.DataFrame, roster: pd.DataFrame) -> list[Doubt]:
    """Observations from a week that the roster says was not reported, or from an organisation the roster lacks."""
    if roster.empty:
        return []
    missing = roster.loc[roster["status"].eq("missing"), ["organisation", "week"]]
    told = rows[["organisation", "week"]].drop_duplicates()
    n_against = len(told.merge(missing, on=["organisation", "week"], how="inner", validate="one_to_one"))
    absent = sorted(set(rows["organisation"]) - set(roster["organisation"]))
    doubts = []
    if n_against:
        what = f"{swedish.plural(n_against, 'vecka', 'veckor')} är märkta som ej rapporterade men har observationer."
        doubts.append(
            Doubt("roster_motsagd", "rapporteringsveckor", what, "Veckorna räknas som rapporterade.", n_rows=n_against)
        )
    if absent:
        what = f"{swedish.listing(absent)} har observationer men saknas bland dem som ska rapportera."
        action = "Bara veckorna med observationer räknas för dem."
        doubts.append(Doubt("roster_ofullstandig", "rapporteringsveckor", what, action, n_rows=len(absent)))
    return doubts
