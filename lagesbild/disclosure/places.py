"""Protection of named areas, weekdays, hours and months: what comes out of here may be shown."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pandas as pd

from lagesbild.disclosure.cells import SMALLEST_SHOWN, helping_order, is_few, sensitive
from lagesbild.disclosure.series import protect_counts
from lagesbild.disclosure.sums import Hidden, Sum, complete, told
from lagesbild.errors import DisclosureError, Problem
from lagesbild.measures.measure import Measures
from lagesbild.measures.rates import Array
from lagesbild.places.counting import FEW
from lagesbild.places.doubts import doubts
from lagesbild.places.events import EST, POLICE
from lagesbild.places.order import ordered
from lagesbild.places.value import BASES, BLOCKS, HOURS, KEY, MONTHS, PLACES, Counted, Places, table
from lagesbild.taxonomy import Taxonomy


def protect_places(counted: Counted, shown: Measures, taxonomy: Taxonomy, seed: int) -> Places:
    """The places and times that may be shown, with the figures that rest on them.

    No sensitive area; no area of EST with a hidden year in ``shown``; no area of the police's list that would have to be hidden
    to protect a small count of a sensitive one in it. Elsewhere every area with 1-4 events is hidden, and beside it others
    until their sum tells nothing (``protect_counts``); a row of which that hides all, or all but one, goes whole. Fewer than 20
    events with an area, a clock time or a day give no places, hours or months. EST's months go altogether where they, beside
    the weekly charts, would leave a sensitive area alone in what is left of a week. What is smoothed and ordered rests on shown
    counts, the hidden ones sharing evenly what is left. Raises DisclosureError if a small count can still be worked out.
    """
    bases = counted.bases[is_open(counted.bases, shown, taxonomy)]
    places, lost = _protected(_kept(counted.places, bases), bases, taxonomy)
    is_lost = _keys(bases).isin(lost)
    bases = bases.assign(n_with_area=bases["n_with_area"].mask(is_lost))
    timed, dated = (bases[bases[name].ge(FEW)] for name in ("n_timed", "n_dated"))
    if not months_shown(counted.yearly, set(dated.loc[dated["source"].eq(EST), "problem_area"]), taxonomy):
        dated = dated[dated["source"].ne(EST)]
    return Places(
        table([bases], BASES),
        _with_order(places, bases, seed),
        table([_kept(counted.hours, timed)], HOURS),
        table([_kept(counted.blocks, timed)], BLOCKS),
        table([_kept(counted.months, dated)], MONTHS),
        doubts(bases, counted.streets, counted.unknown),
    )


def hidden_cells(places: pd.DataFrame, taxonomy: Taxonomy) -> pd.DataFrame:
    """The rows with is_suppressed, and count empty where it is True: each source's problem area is a sum of its own."""
    return protect_counts(places, taxonomy, total_over=["source"], is_place=True)


def is_open(bases: pd.DataFrame, shown: Measures, taxonomy: Taxonomy) -> pd.Series:
    """Which rows of the bases may be shown at all."""
    rows = shown.rows[shown.rows["is_suppressed"] & shown.rows["measure"].isin(["est_share", "est_rate"])]
    gone = {(str(line), int(year)) for line, year in zip(rows["problem_area"], rows["year"], strict=True)}
    by_year = [
        any((line, year) in gone for year in range(int(first), int(last) + 1))
        for line, first, last in zip(bases["problem_area"], bases["first_year"], bases["last_year"], strict=True)
    ]
    is_hidden = bases["source"].eq(EST) & pd.Series(by_year, index=bases.index, dtype=bool)
    is_hidden |= bases["source"].eq(POLICE) & bases["problem_area"].isin(hidden_lines(bases, taxonomy))
    return ~is_hidden & ~sensitive(bases["problem_area"], taxonomy)


def hidden_lines(bases: pd.DataFrame, taxonomy: Taxonomy) -> list[str]:
    """The problem areas of the police's list that are hidden: sensitive ones with 1-4 events, and what protects them.

    How long the list is stands in the report, so its areas sum to a known total.
    """
    rows = bases[bases["source"].eq(POLICE)].reset_index(drop=True)
    counts: Array = rows["n"].to_numpy(dtype=np.float64)
    few = is_few(counts) & sensitive(rows["problem_area"], taxonomy)
    turns, lines = helping_order(taxonomy), rows["problem_area"].tolist()
    helpers = sorted((cell for cell, line in enumerate(lines) if line in turns), key=lambda cell: turns[lines[cell]])
    hidden = Hidden(few.copy(), np.zeros(len(rows), dtype=bool))
    total = Sum(tuple(range(len(rows))), tuple(helpers))
    complete(total, counts, np.where(few, float(SMALLEST_SHOWN - 1), np.nan), hidden)
    return [line for line, is_hidden in zip(lines, hidden.is_hidden, strict=True) if is_hidden]


def _protected(places: pd.DataFrame, bases: pd.DataFrame, taxonomy: Taxonomy) -> tuple[pd.DataFrame, set[str]]:
    """The rows that may be shown of problem areas with enough events in areas, and the keys of those that go whole."""
    enough = bases[bases["n_with_area"].ge(FEW)]
    places = _kept(places, enough).reset_index(drop=True)
    if places.empty:
        return places.assign(is_suppressed=False), set()
    protected = hidden_cells(places, taxonomy)
    keys = _keys(protected)
    n_shown = protected["count"].gt(0).fillna(False).groupby(keys).sum()
    lost = set(n_shown.index[n_shown.lt(2)])
    kept = protected[~keys.isin(lost)]
    check(places.loc[kept.index, "count"].to_numpy(dtype=np.float64), kept)
    return kept.reset_index(drop=True), lost


def check(counts: Array, kept: pd.DataFrame) -> None:
    """Raise DisclosureError if a small count is shown or follows from its row's sum."""
    few = is_few(counts)
    highs: Array = np.where(few, float(SMALLEST_SHOWN - 1), np.nan)
    is_hidden = kept["is_suppressed"].to_numpy(dtype=bool)
    found = []
    for key, positions in kept.reset_index(drop=True).groupby(KEY, observed=True).indices.items():
        cells = tuple(int(position) for position in positions)
        if told(Sum(cells, cells, smallest=SMALLEST_SHOWN), counts, highs, Hidden(is_hidden, np.zeros_like(is_hidden))):
            found.append(
                Problem(
                    " ".join(str(part) for part in cast("tuple[str, str]", key)),
                    "ett litet antal i ett område går att räkna ut.",
                    "att det döljs.",
                )
            )
    if found:
        raise DisclosureError(found)


def months_shown(yearly: pd.DataFrame, wanted: set[str], taxonomy: Taxonomy) -> bool:
    """Whether the wanted areas of EST may be shown by month, beside all observations week by week, and some areas' too.

    What is left of a week must be more than the sensitive areas' own, as ``shown_by_week`` has it; whichever areas have weekly
    charts, they have 20 observations.
    """
    is_sensitive = sensitive(yearly["problem_area"], taxonomy)
    others = yearly[~is_sensitive & yearly["count"].lt(FEW) & ~yearly["problem_area"].isin(wanted)]
    unplaced = yearly.loc[yearly["problem_area"].eq("") & yearly["count"].ge(FEW), "count"]
    left = int(others["count"].sum()) + int(unplaced.sum())
    return left >= SMALLEST_SHOWN or not yearly.loc[is_sensitive, "count"].gt(0).any()


def _with_order(places: pd.DataFrame, bases: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The rows with what can be said of their order, each problem area and source by itself, largest count first."""
    frames = []
    of_row = {(base.source, base.problem_area): base for base in bases.itertuples(index=False)}
    for key, rows in places.groupby(KEY, observed=True, sort=False):
        source, line = cast("tuple[str, str]", key)
        base: Any = of_row[source, line]
        is_hidden = rows["is_suppressed"].to_numpy(dtype=bool)
        left = float(base.n_with_area) - float(rows["count"].sum())
        counts = rows["count"].astype("float64").fillna(left / max(1, int(is_hidden.sum()))).to_numpy(dtype=np.float64)
        figures = ordered(counts, dispersion=float(base.dispersion), seed=seed, name=f"{source}/{line}")
        figures = figures.astype({"rank_lower": "Int64", "rank_upper": "Int64"}).mask(pd.Series(is_hidden), axis=0)
        made = pd.concat([rows.reset_index(drop=True), figures], axis=1)
        frames.append(made.sort_values(["is_suppressed", "count", "area"], ascending=[True, False, True], kind="stable"))
    return table(frames, PLACES)


def _keys(rows: pd.DataFrame) -> pd.Series:
    return rows["source"].astype("str") + "/" + rows["problem_area"].astype("str")


def _kept(rows: pd.DataFrame, bases: pd.DataFrame) -> pd.DataFrame:
    return rows[_keys(rows).isin(set(_keys(bases)))]
