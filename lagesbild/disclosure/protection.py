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
    base as well. Where nothing is left to hide, the whole year goes; so it does of another measure of the same count
    (``est_robust``, ``est_panel``) that has a small count of its own. Hidden rows have the default dispersion and effective
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
    """The cells with is_hidden and has_base.

    A variant (a count of other organisations, or of other months) is never more than the main count, so whatever its total
    says fits every main count that fits: it is hidden where the main one is. Where it has a small count of its own the main
    count of its helpers would bound them, so then its whole year goes.
    """
    counts, few = cells["numerator"].to_numpy(dtype=np.float64), cells["is_few"].to_numpy(dtype=bool)
    is_main = cells["count"].eq(cells["kind"]).to_numpy()
    highs: Array = np.where(few & is_main, float(SMALLEST_SHOWN - 1), np.nan)
    hidden = Hidden(few.copy(), few & is_main)
    sums = sums_of(cells, helping_order(taxonomy))
    of_main = [one for one in sums if is_main[one.cells[0]]]
    for total in of_main:
        complete(total, counts, highs, hidden)
    _check(cells, of_main, counts, highs, hidden)
    if not is_main.all():
        keys = _keys(cells, cells["kind"].tolist())
        gone = {key for key, is_gone in zip(keys, hidden.is_hidden & is_main, strict=True) if is_gone}
        follows = ~is_main & np.array([key in gone for key in keys])
        hidden.add(np.flatnonzero(follows).tolist())
        for total in sums:
            if any(few[cell] and not is_main[cell] and not follows[cell] for cell in total.cells):
                hidden.add(total.cells)
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
