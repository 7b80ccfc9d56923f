"""Protection of the measures: which rows are hidden, and a last look that nothing hidden can be worked out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.disclosure.cells import COUNTED, KEY, SMALLEST_SHOWN, Mask, cells_of, coarse, emptied, helping_order, sensitive
from lagesbild.disclosure.sums import Hidden, Sum, complete, sums_of, told
from lagesbild.errors import DisclosureError, Problem
from lagesbild.measures.measure import Measures
from lagesbild.measures.rates import Array
from lagesbild.taxonomy import Taxonomy


def protect(measures: Measures, taxonomy: Taxonomy) -> Measures:
    """The measures with is_suppressed set, and value, limits and numerator empty where it is.

    Small: a count of 1-4 that this run made (is_published False) in a sensitive area; its row keeps its base. Beside it, in the
    same source and year or the same question, lines or groups are hidden until no sum tells it (``sums``); those lose their
    base as well. Where nothing is left to hide, the whole year goes. Hidden rows have the default dispersion and effective
    base; shown rows of a sensitive area have theirs rounded. A measure that the run made and that ``cells.COUNTED`` does not
    know is hidden whole. Raises DisclosureError if a small count can still be worked out, or for a comparison group with rows
    that were not published. Protecting twice changes nothing.
    """
    rows = measures.rows
    if not all(other.rows["is_published"].all() for other in measures.others):
        what = "en jämförelsegrupp har uppgifter som inte är publicerade."
        raise DisclosureError(Problem("jämförelsegrupper", what, "bara uppgifter som Brå har publicerat."))
    is_ours = (~rows["is_published"] & ~rows["is_suppressed"]).to_numpy(dtype=bool)
    if not is_ours.any():
        return measures
    is_known = is_ours & rows["measure"].isin(list(COUNTED)).to_numpy() & rows["numerator"].notna().to_numpy()
    is_hidden, has_base = is_ours & ~is_known, np.zeros(len(rows), dtype=bool)
    if is_known.any():
        counted = rows[is_known]
        cells = _hidden(cells_of(counted, taxonomy), taxonomy)
        is_hidden[is_known], has_base[is_known] = _of_rows(counted, cells)
    finer = is_ours & ~is_hidden & sensitive(rows["problem_area"], taxonomy)
    return replace(measures, rows=emptied(coarse(rows, finer), is_hidden, has_base))


def _hidden(cells: pd.DataFrame, taxonomy: Taxonomy) -> pd.DataFrame:
    """The cells with is_hidden and has_base; main counts first, for where they are hidden their variants are too."""
    counts, main = (cells[name].to_numpy(dtype=np.float64) for name in ("numerator", "main"))
    few = cells["is_few"].to_numpy(dtype=bool)
    is_main = cells["count"].eq(cells["kind"]).to_numpy()
    # A small count is 4 at most; one that lies near its main count is one less than that at most.
    highs = np.where(few, np.where(is_main | (counts < SMALLEST_SHOWN), SMALLEST_SHOWN - 1, main - 1), np.nan)
    hidden = Hidden(few.copy(), few & is_main)
    sums = sums_of(cells, helping_order(taxonomy))
    for total in (one for one in sums if is_main[one.cells[0]]):
        complete(total, counts, highs, hidden)
    if not is_main.all():
        gone = pd.MultiIndex.from_frame(cells.loc[hidden.is_hidden & is_main, ["kind", *KEY]])
        follows = ~is_main & pd.MultiIndex.from_frame(cells[["kind", *KEY]]).isin(gone)
        hidden.add(np.flatnonzero(follows).tolist())
        is_near = follows & cells["is_sensitive"].to_numpy(dtype=bool) & np.isnan(highs)
        highs = np.where(is_near, SMALLEST_SHOWN - 1, highs)
        for total in (one for one in sums if not is_main[one.cells[0]]):
            complete(total, counts, highs, hidden)
    _check(cells, sums, counts, np.where(few & is_main, highs, np.nan), hidden)
    return cells.assign(is_hidden=hidden.is_hidden, has_base=hidden.has_base)


def _of_rows(counted: pd.DataFrame, cells: pd.DataFrame) -> tuple[Mask, Mask]:
    """is_hidden and has_base of measure rows, from the cells they show."""
    own = set(cells.loc[cells["count"].ne(cells["kind"]), "count"])
    counts = [measure if measure in own else COUNTED[measure] for measure in counted["measure"].tolist()]
    position = {key: cell for cell, key in enumerate(_keys(cells, cells["count"].tolist()))}
    at = [position[key] for key in _keys(counted, counts)]
    return cells["is_hidden"].to_numpy(dtype=bool)[at], cells["has_base"].to_numpy(dtype=bool)[at]


def _keys(frame: pd.DataFrame, counts: list[str]) -> list[tuple[object, ...]]:
    return list(zip(counts, *(frame[name].tolist() for name in KEY), strict=True))


def _check(cells: pd.DataFrame, sums: list[Sum], counts: Array, highs: Array, hidden: Hidden) -> None:
    """Raise DisclosureError if a small cell is shown or can be worked out from what is shown."""
    found = sorted({cell for total in sums for cell in told(total, counts, highs, hidden)})
    if not found:
        return
    names = cells.loc[found, ["source", "problem_area", "year"]].drop_duplicates()
    raise DisclosureError(
        Problem(
            f"{row['source']}, {row['problem_area']} {row['year']}",
            f"ett antal under {swedish.count_word(SMALLEST_SHOWN)} går att räkna ut ur det som visas.",
            "att det döljs.",
            "Rapporten skrivs inte.",
        )
        for row in names.to_dict("records")
    )
