"""Suppression, once, between measures and everything that follows: only what comes out of here may be shown.

What Brå, SCB or NTU printed stays as printed. What the run counted itself is hidden at 1-4 in a sensitive area, and in any
place cell; 0 is shown. A count that the others would give away takes the next smallest with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import DisclosureError, Problem
from lagesbild.measures.clustering import DEFAULT
from lagesbild.measures.effort import EffortSummary
from lagesbild.measures.measure import Measures
from lagesbild.measures.survey import DEFAULT_DEFF
from lagesbild.taxonomy import Taxonomy

#: The smallest count above 0 that is shown where counts are protected.
SMALLEST_SHOWN = 5
#: Columns that say what a measure row counts; est_share and est_rate of the same count are one cell.
_CELL = ["source", "family", "item", "role", "geography", "year", "group", "problem_area"]
_TOTAL = ["source", "family", "item", "role", "geography", "year", "group"]
_GROUPS = ["source", "family", "item", "role", "geography", "year", "problem_area"]


@dataclass(frozen=True)
class _Sum:
    """Cells (by position) whose sum anybody can work out. added: the parts; whole: their sum where it is a cell itself, None
    where the sum stands printed beside them."""

    added: tuple[int, ...]
    whole: int | None = None

    @property
    def cells(self) -> tuple[int, ...]:
        """Parts and whole."""
        return self.added if self.whole is None else (*self.added, self.whole)


def protect(measures: Measures, taxonomy: Taxonomy) -> Measures:
    """The measures with is_suppressed set, and value, limits and numerator empty where it is.

    Primary: a count of 1-4 that this run made (is_published False) in a sensitive area. Secondary: while a hidden count could
    be worked out from the total of its source and year, or from the sum over groups, the next smallest count of the same sum
    is hidden too, outside the sensitive areas first. Where nothing is left to hide, the total goes as well (``denominator``
    empty). On hidden rows dispersion and n_effective take their default, for they could betray the count. Raises
    DisclosureError if a hidden count can still be worked out afterwards. Protecting twice changes nothing.
    """
    rows = measures.rows
    is_ours = ~rows["is_published"] & rows["numerator"].notna() & ~rows["is_suppressed"]
    if not is_ours.any():
        return measures
    ours = rows[is_ours].assign(family=rows["measure"].str.slice(0, 3))
    cells = ours.drop_duplicates(_CELL).reset_index(drop=True)
    counts = cells["numerator"].to_numpy(dtype=np.float64)
    is_sensitive = (
        cells["problem_area"].map({line: taxonomy.is_sensitive(line) for line in taxonomy.line_ids}).to_numpy(dtype=bool)
    )
    is_primary = is_sensitive & _is_few(counts)
    sums = _sums(cells)
    is_hidden, lost = _hidden(counts, is_primary, is_sensitive, sums)
    _check(cells, counts, is_primary, is_hidden, [total for total in sums if total not in lost])

    marks = cells[_CELL].assign(
        hidden=is_hidden, without_total=np.isin(np.arange(len(cells)), [cell for total in lost for cell in total.cells])
    )
    merged = ours.merge(marks, on=_CELL, how="left", validate="many_to_one")
    hidden = pd.Series(False, index=rows.index).mask(is_ours, pd.Series(merged["hidden"].to_numpy(), index=ours.index))
    without = pd.Series(False, index=rows.index).mask(is_ours, pd.Series(merged["without_total"].to_numpy(), index=ours.index))
    return replace(measures, rows=_emptied(rows, hidden.astype("bool"), without.astype("bool")))


def hidden_because(rows: pd.DataFrame, taxonomy: Taxonomy) -> pd.Series:
    """Why each measure row is hidden: "few" (1-4 in a sensitive area), "other" (hidden to protect another), "" (not hidden).

    For the ranking: "few" enters as 2.5, "other" is unknown. A sensitive area's count hidden to protect another cannot be told
    from a small one, here or by anybody, and is "few".
    """
    is_sensitive = rows["problem_area"].map({line: taxonomy.is_sensitive(line) for line in taxonomy.line_ids}).astype("bool")
    reason = pd.Series("other", index=rows.index, dtype="str").mask(is_sensitive, "few")
    return reason.where(rows["is_suppressed"], "")


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
    hidden, and the next smallest of the same area and ``total_over`` while a hidden one follows from their sum.

    shown: the protected measures; a series whose year is hidden there (frame then needs a column year) is hidden here, for its
    weeks would add up to it. Raises DisclosureError for a frame that holds its own totals.
    """
    if frame["problem_area"].isin(["", "totalt"]).any():
        raise DisclosureError(Problem("tabell", "raderna innehåller summor som avslöjar dolda tal.", "rader utan summor."))
    keys = ["problem_area", *total_over]
    counts = frame[count].astype("float64").fillna(0).to_numpy()
    is_sensitive = frame["problem_area"].map(taxonomy.is_sensitive).to_numpy(dtype=bool)
    series = frame.groupby(keys, observed=True, sort=False).ngroup().to_numpy()
    is_few = _is_few(counts)
    if is_place:
        sums = [_Sum(tuple(np.flatnonzero(series == key).tolist())) for key in np.unique(series[~is_sensitive])]
        is_hidden, _ = _hidden(counts, is_few, np.zeros(len(counts), dtype=bool), sums)
        is_hidden |= is_sensitive
    else:
        is_hidden = np.isin(series, np.unique(series[is_few & is_sensitive]))
    if shown is not None:
        gone = _gone(shown)
        is_hidden |= np.array([pair in gone for pair in zip(frame["problem_area"], frame["year"], strict=True)], dtype=bool)
    changed: dict[str, Any] = {count: frame[count].astype("Int64").mask(is_hidden), "is_suppressed": is_hidden}
    return frame.assign(**changed)


def protect_effort(summary: EffortSummary, taxonomy: Taxonomy, shown: Measures | None = None) -> EffortSummary:
    """The summary with an area's figures empty where its sum over years would tell a hidden count.

    That is: a sensitive area with 1-4 observations in some year, and any area with a year that is hidden in ``shown``, the
    protected measures.
    """
    areas = summary.areas
    is_sensitive = areas["problem_area"].map(taxonomy.is_sensitive).astype("bool")
    is_few = is_sensitive & areas["fewest_in_a_year"].between(1, SMALLEST_SHOWN - 1)
    gone = {area for area, _ in _gone(shown)} if shown is not None else set()
    is_hidden = is_few | areas["problem_area"].isin(gone)
    whole = ["n_listed", "n_counted", "n_organisations", "n_weeks"]
    changed: dict[str, Any] = {column: areas[column].astype("Int64").mask(is_hidden) for column in whole}
    changed["largest_organisation"] = areas["largest_organisation"].mask(is_hidden, "")
    changed["largest_share"] = areas["largest_share"].mask(is_hidden)
    return replace(summary, areas=areas.assign(**changed, is_suppressed=is_hidden).drop(columns="fewest_in_a_year"))


def _gone(shown: Measures) -> set[tuple[str, int]]:
    """Area and year of every EST count that is hidden."""
    rows = shown.rows[shown.rows["is_suppressed"] & shown.rows["measure"].str.startswith("est")]
    return {(str(area), int(year)) for area, year in zip(rows["problem_area"], rows["year"], strict=True)}


def _is_few(counts: np.ndarray) -> np.ndarray:
    return np.asarray((counts > 0) & (counts < SMALLEST_SHOWN))


def _sums(cells: pd.DataFrame) -> list[_Sum]:
    """The sums that can be worked out: areas of one source and year (their total is printed), and groups of one question."""
    positions = pd.Series(np.arange(len(cells)))
    is_divided = cells["family"].isin(["est", "dia"])
    divided = [
        _Sum(tuple(positions[index].tolist())) for index in cells[is_divided].groupby(_TOTAL, observed=True).groups.values()
    ]
    asked = []
    for _, part in cells[cells["family"].eq("sur")].groupby(_GROUPS, observed=True):
        everyone, groups = part[part["group"].eq("alla")], part[part["group"].ne("alla")]
        if len(everyone) == 1 and len(groups) and groups["denominator"].sum() == everyone["denominator"].iloc[0]:
            asked.append(_Sum(tuple(groups.index.tolist()), int(everyone.index[0])))
    return divided + asked


def _hidden(
    counts: np.ndarray, is_primary: np.ndarray, is_sensitive: np.ndarray, sums: list[_Sum]
) -> tuple[np.ndarray, list[_Sum]]:
    """Which cells are hidden, and the sums that no further hiding can keep from telling (their total must go)."""
    is_hidden = is_primary.copy()
    lost: list[_Sum] = []
    while True:
        told = next((total for total in sums if total not in lost and _told(total, counts, is_primary, is_hidden)), None)
        if told is None:
            return is_hidden, lost
        open_cells = [cell for cell in told.cells if not is_hidden[cell] and counts[cell] > 0]
        if open_cells:
            is_hidden[min(open_cells, key=lambda cell: (is_sensitive[cell], counts[cell], cell))] = True
        else:
            is_hidden[list(told.cells)] = True
            lost.append(told)


def _told(total: _Sum, counts: np.ndarray, is_primary: np.ndarray, is_hidden: np.ndarray) -> list[int]:
    """The primary cells that the sum gives away: those with one possible value left.

    A reader knows that a primary cell is 1-4, that any other hidden one is at least 0, and the sum of all hidden ones.
    """
    hidden = [cell for cell in total.added if is_hidden[cell]]
    if total.whole is not None and is_hidden[total.whole]:
        # The sum itself is hidden too: it and the parts move together unless nothing among the parts is hidden.
        return [total.whole] if not hidden and is_primary[total.whole] else _pinned_parts(total, hidden, counts, is_primary)
    known = sum(counts[cell] for cell in hidden)
    lows = {cell: 1.0 if is_primary[cell] else 0.0 for cell in hidden}
    highs = {cell: float(SMALLEST_SHOWN - 1) if is_primary[cell] else np.inf for cell in hidden}
    told = []
    for cell in hidden:
        others = [other for other in hidden if other != cell]
        low = max(lows[cell], known - sum(highs[other] for other in others))
        high = min(highs[cell], known - sum(lows[other] for other in others))
        if is_primary[cell] and high - low < 1:
            told.append(cell)
    return told


def _pinned_parts(total: _Sum, hidden: list[int], counts: np.ndarray, is_primary: np.ndarray) -> list[int]:
    """Primary parts with one possible value when their sum is hidden as 1-4 too: what is shown of the parts bounds the rest."""
    whole = total.whole
    if whole is None or not is_primary[whole]:
        return []
    shown = sum(counts[cell] for cell in total.added if cell not in hidden)
    most = SMALLEST_SHOWN - 1 - shown
    lows = sum(1.0 for cell in hidden if is_primary[cell])
    return [cell for cell in hidden if is_primary[cell] and most - (lows - 1) <= 1]


def _check(cells: pd.DataFrame, counts: np.ndarray, is_primary: np.ndarray, is_hidden: np.ndarray, sums: list[_Sum]) -> None:
    """Raise DisclosureError if a primary cell is shown or can be worked out from what is shown."""
    told = {int(cell) for cell in np.flatnonzero(is_primary & ~is_hidden)}
    for total in sums:
        told |= set(_told(total, counts, is_primary, is_hidden))
    if told:
        names = cells.loc[sorted(told), ["source", "problem_area", "year"]].drop_duplicates()
        raise DisclosureError(
            Problem(
                f"{row['source']}, {row['problem_area']} {row['year']}",
                f"ett antal under {swedish.count_word(SMALLEST_SHOWN)} går att räkna ut ur det som visas.",
                "att det döljs.",
                "Rapporten skrivs inte.",
            )
            for row in names.to_dict("records")
        )


def _emptied(rows: pd.DataFrame, hidden: pd.Series, without_total: pd.Series) -> pd.DataFrame:
    empty = {column: rows[column].mask(hidden) for column in ("value", "lower", "upper", "numerator")}
    return rows.assign(
        **empty,
        denominator=rows["denominator"].mask(without_total),
        n_effective=rows["n_effective"].mask(hidden & rows["n_effective"].notna(), rows["denominator"] / DEFAULT_DEFF),
        dispersion=rows["dispersion"].mask(hidden & rows["dispersion"].notna(), DEFAULT),
        is_suppressed=rows["is_suppressed"] | hidden,
    )
