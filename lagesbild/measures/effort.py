"""How the EST list came about: who reported, how often, how much lies in one hand; and the weekly counts behind the charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagesbild.measures.observations import Observed, observed, week_start
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

_Column: TypeAlias = NDArray[Any]
#: Positions of rows in the list.
_Places: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class EffortSummary:
    """Reporting effort behind the EST list, both counts included.

    n_listed: observations with confirmed duplicates, n_counted: without. n_weeks: covered ISO weeks. unit_weeks_reported,
    unit_weeks_zero, unit_weeks_missing: organisation-weeks with a report, with a report of nothing, and without report (the
    last two are known only with a roster or zero reports in the list). largest_share: 0-1 of the counted observations, by
    largest_organisation.

    areas: problem_area, n_listed, n_counted, n_organisations, n_weeks, largest_organisation, largest_share, fewest_in_a_year
    (the smallest count above 0 in any calendar year; what disclosure looks at).

    years: year, n_weeks, is_full, n_listed, n_counted, n_organisations, unit_weeks_reported, unit_weeks_zero,
    unit_weeks_missing.

    This has not been through disclosure: show ``disclosure.protect_effort(summary, taxonomy, measures)`` of it.
    """

    n_listed: int
    n_counted: int
    n_organisations: int
    n_weeks: int
    has_roster: bool
    unit_weeks_reported: int
    unit_weeks_zero: int
    unit_weeks_missing: int
    largest_organisation: str
    largest_share: float
    areas: pd.DataFrame
    years: pd.DataFrame

    @property
    def n_duplicates(self) -> int:
        """Confirmed duplicates, dropped before counting."""
        return self.n_listed - self.n_counted

    def _repr_html_(self) -> str:
        return self.areas.to_html(index=False)


def effort(
    tables: Tables, taxonomy: Taxonomy, last_year: int | None = None, extra: Mapping[str, str] | None = None
) -> EffortSummary:
    """The reporting effort up to ``last_year``; ``extra`` are the profile's own category names."""
    return effort_of(observed(tables, taxonomy, last_year, extra))


def effort_of(seen: Observed) -> EffortSummary:
    """The reporting effort of a list that is read already."""
    rows = seen.rows
    listed = _Listed(*(rows[name].to_numpy(dtype=object) for name in ("organisation", "week", "year", "is_duplicate")))
    places = {area: np.asarray(at) for area, at in rows.groupby("problem_area", observed=True).indices.items()}
    areas = [
        {"problem_area": str(area), **_counts(listed, at), "fewest_in_a_year": _fewest(listed, at)}
        for area, at in sorted(places.items())
        if area
    ]
    whole = _counts(listed, np.arange(len(rows)))
    statuses = seen.unit_weeks["status"].value_counts()
    columns = ["problem_area", "n_listed", "n_counted", "n_organisations", "n_weeks", "largest_organisation", "largest_share"]
    columns.append("fewest_in_a_year")
    return EffortSummary(
        n_listed=len(seen.rows),
        n_counted=len(seen.counted),
        n_organisations=int(seen.unit_weeks["organisation"].nunique()),
        n_weeks=len(seen.weeks),
        has_roster=seen.has_roster,
        unit_weeks_reported=int(statuses.get("reported", 0)),
        unit_weeks_zero=int(statuses.get("zero", 0)),
        unit_weeks_missing=len(seen.missing),
        largest_organisation=str(whole["largest_organisation"]),
        largest_share=float(str(whole["largest_share"])),
        areas=pd.DataFrame(areas, columns=columns),
        years=_years(seen),
    )


@dataclass(frozen=True)
class _Listed:
    """Columns of the list, one object per row."""

    organisation: _Column
    week: _Column
    year: _Column
    is_duplicate: _Column

    def counted(self, at: _Places) -> _Places:
        """Those of the rows that are no duplicates."""
        return np.asarray(at[~self.is_duplicate[at].astype(bool)])


def _counts(listed: _Listed, at: _Places) -> dict[str, object]:
    counted = listed.counted(at)
    sizes = Counter(listed.organisation[counted])
    # Of two equally large the first by name, so that the order of the list never matters.
    largest = min(sizes, key=lambda name: (-sizes[name], name), default="")
    return {
        "n_listed": len(at),
        "n_counted": len(counted),
        "n_organisations": len(sizes),
        "n_weeks": len(set(listed.week[counted])),
        "largest_organisation": str(largest),
        "largest_share": sizes[largest] / len(counted) if sizes else float("nan"),
    }


def _fewest(listed: _Listed, at: _Places) -> int:
    return min(Counter(listed.year[listed.counted(at)]).values(), default=0)


def _years(seen: Observed) -> pd.DataFrame:
    told = seen.unit_weeks
    missing = seen.missing["week"].str.slice(0, 4).astype("int64")
    covered = pd.Series([int(week[:4]) for week in seen.weeks], dtype="int64")
    records = []
    for year in sorted({*seen.rows["year"], *told["year"], *missing}):
        rows, units = seen.rows[seen.rows["year"].eq(year)], told[told["year"].eq(year)]
        records.append(
            {
                "year": int(year),
                "n_weeks": int(covered.eq(year).sum()),
                "is_full": int(year) in seen.full_years,
                "n_listed": len(rows),
                "n_counted": int((~rows["is_duplicate"]).sum()),
                "n_organisations": int(units["organisation"].nunique()),
                "unit_weeks_reported": int(units["status"].eq("reported").sum()),
                "unit_weeks_zero": int(units["status"].eq("zero").sum()),
                "unit_weeks_missing": int(missing.eq(year).sum()),
            }
        )
    columns = ["year", "n_weeks", "is_full", "n_listed", "n_counted", "n_organisations"]
    return pd.DataFrame(records, columns=[*columns, "unit_weeks_reported", "unit_weeks_zero", "unit_weeks_missing"])


def weekly_counts(
    tables: Tables, taxonomy: Taxonomy, last_year: int | None = None, extra: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Observations per covered ISO week and area, duplicates dropped: week, week_start, year (ISO), problem_area, count.

    Every covered week has every area that the list holds; 0 is none. Weeks nobody reported are absent, not 0. The counts have
    not been through disclosure: show ``disclosure.protect_counts`` of them.
    """
    seen = observed(tables, taxonomy, last_year, extra)
    rows = seen.counted[seen.counted["problem_area"].ne("")]
    weeks = pd.DataFrame({"week": pd.Series(sorted(seen.weeks), dtype="str")})
    areas = pd.DataFrame({"problem_area": pd.Series(sorted(rows["problem_area"].unique()), dtype="str")})
    counts = rows.groupby(["week", "problem_area"], observed=True).size().rename("count").reset_index()
    table = weeks.merge(areas, how="cross").merge(counts, on=["week", "problem_area"], how="left", validate="one_to_one")
    return table.assign(
        week_start=week_start(table["week"]),
        year=table["week"].str.slice(0, 4).astype("int64"),
        count=table["count"].fillna(0).astype("int64"),
    )[["week", "week_start", "year", "problem_area", "count"]]
