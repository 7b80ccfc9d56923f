"""Protection of counts below the year and the kommun: weeks, months, hours, and places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from lagesbild.disclosure.cells import SMALLEST_SHOWN, is_few, sensitive
from lagesbild.disclosure.sums import Hidden, Sum, complete
from lagesbild.errors import DisclosureError, Problem
from lagesbild.measures.measure import UNITS, Measures
from lagesbild.measures.rates import Array
from lagesbild.taxonomy import Taxonomy

#: What the weeks of a year add up to: the counts of all organisations. That fewer organisations' counts are hidden (the steady
#: ones', ``est_panel``) hides no week, for the weeks tell nothing of who reported.
COUNTED_WHOLE = ("est_share", "est_rate")


def protect_counts(
    frame: pd.DataFrame,
    taxonomy: Taxonomy,
    *,
    count: str = "count",
    total_over: Sequence[str] = (),
    is_place: bool = False,
    shown: Measures | None = None,
) -> pd.DataFrame:
    """A derived table of counts with small ones empty (Int64) and a column is_suppressed.

    frame: problem_area, the count, and what else. is_place False (weeks, months, hours): in a sensitive area a whole series,
    one per area and ``total_over`` (a year), is hidden as soon as it has a count of 1-4; single hidden weeks would follow from
    the year's sum. is_place True: a sensitive area is hidden altogether below the kommun; elsewhere every count of 1-4 is
    hidden, and beside them others of the same area and ``total_over`` in the order of the rows, until their sum tells nothing
    (``sums``): put first what matters least, in an order that does not depend on the counts.

    shown: the protected measures; a series whose year is hidden there (frame then needs a column year) is hidden here, for its
    weeks would add up to it. Raises DisclosureError for a frame that holds its own totals.
    """
    if frame["problem_area"].isin(["", "totalt"]).any():
        raise DisclosureError(Problem("tabell", "raderna innehåller summor som avslöjar dolda tal.", "rader utan summor."))
    keys = ["problem_area", *total_over]
    counts: Array = np.asarray(frame[count].astype("float64").fillna(0), dtype=np.float64)
    is_sensitive = sensitive(frame["problem_area"], taxonomy)
    series = frame.groupby(keys, observed=True, sort=False).ngroup().to_numpy()
    few = is_few(counts)
    if is_place:
        highs: Array = np.where(few, float(SMALLEST_SHOWN - 1), np.nan)
        hidden = Hidden(few | is_sensitive, np.zeros(len(counts), dtype=bool))
        for key in np.unique(series[~is_sensitive]):
            cells = tuple(np.flatnonzero(series == key).tolist())
            complete(Sum(cells, cells, smallest=SMALLEST_SHOWN), counts, highs, hidden)
        is_hidden = hidden.is_hidden
    else:
        is_hidden = np.isin(series, np.unique(series[few & is_sensitive]))
    if shown is not None:
        gone = hidden_years(shown, COUNTED_WHOLE)
        is_hidden |= np.array([pair in gone for pair in zip(frame["problem_area"], frame["year"], strict=True)], dtype=bool)
    changed: dict[str, Any] = {count: frame[count].astype("Int64").mask(is_hidden), "is_suppressed": is_hidden}
    return frame.assign(**changed)


def shown_by_week(yearly: pd.DataFrame, wanted: Sequence[str], taxonomy: Taxonomy, shown: Measures) -> list[str] | None:
    """Which of the wanted areas may be shown week by week beside all observations; None if not even those may be.

    yearly: year, problem_area ("" for none) and count of all that is counted, for every year that is to be shown. A sensitive
    area never is, nor one with a year that is hidden in ``shown``. What the total leaves beside the shown areas must be more
    than the sensitive areas' own weeks: in each year with a sensitive observation, at least five others. Areas are left out
    from the end until that holds.
    """
    gone = hidden_years(shown, COUNTED_WHOLE)
    years = {int(year) for year in yearly["year"]}
    open_areas = [a for a in wanted if not taxonomy.is_sensitive(a) and not any((a, year) in gone for year in years)]
    is_sensitive = sensitive(yearly["problem_area"], taxonomy)
    concerned = sorted(set(yearly.loc[is_sensitive & yearly["count"].gt(0), "year"]))
    others = yearly[~is_sensitive]
    while True:
        rest = others[~others["problem_area"].isin(open_areas)].groupby("year", observed=True)["count"].sum()
        if all(rest.get(year, 0) >= SMALLEST_SHOWN for year in concerned):
            return open_areas
        if not open_areas:
            return None
        open_areas = open_areas[:-1]


def hidden_years(shown: Measures, measures: Sequence[str] = tuple(UNITS)) -> set[tuple[str, int]]:
    """Area and year of every EST count that is hidden, of the named measures."""
    rows = shown.rows[shown.rows["is_suppressed"] & shown.rows["measure"].str.startswith("est")]
    rows = rows[rows["measure"].isin(list(measures))]
    return {(str(area), int(year)) for area, year in zip(rows["problem_area"], rows["year"], strict=True)}
