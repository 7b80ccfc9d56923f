"""Protection of what is told of the reporting behind the EST list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lagesbild.disclosure.cells import is_few, sensitive
from lagesbild.disclosure.doubts import lost_years
from lagesbild.disclosure.series import hidden_years
from lagesbild.measures.effort import EffortSummary
from lagesbild.measures.measure import Measures
from lagesbild.taxonomy import Taxonomy


def protect_effort(summary: EffortSummary, taxonomy: Taxonomy, shown: Measures) -> EffortSummary:
    """The summary with an area's figures empty where its sum over years would tell a hidden count.

    That is: a sensitive area with 1-4 observations in some year, and any area with a year that is hidden in ``shown``, the
    protected measures. Where a whole year is hidden there, the list's own counts are 0: the summary says nothing.
    """
    areas = summary.areas
    is_small = sensitive(areas["problem_area"], taxonomy) & is_few(areas["fewest_in_a_year"].to_numpy(dtype="float64"))
    is_hidden = is_small | areas["problem_area"].isin({area for area, _ in hidden_years(shown)}).to_numpy(dtype=bool)
    whole = ["n_listed", "n_counted", "n_organisations", "n_weeks"]
    changed: dict[str, Any] = {column: areas[column].astype("Int64").mask(is_hidden) for column in whole}
    changed["largest_organisation"] = areas["largest_organisation"].mask(is_hidden, "")
    changed["largest_share"] = areas["largest_share"].mask(is_hidden)
    protected = areas.assign(**changed, is_suppressed=is_hidden).drop(columns="fewest_in_a_year")
    if lost_years(shown):
        return replace(summary, areas=protected.iloc[:0], years=summary.years.iloc[:0], n_listed=0, n_counted=0)
    return replace(summary, areas=protected)
