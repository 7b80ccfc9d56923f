"""Cells: what the run counted itself, each count once, however many measure rows show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pandas as pd

from lagesbild.measures import clustering
from lagesbild.measures.rates import Array, Limits
from lagesbild.measures.survey import DEFAULT_DEFF
from lagesbild.taxonomy import Taxonomy

Mask: TypeAlias = np.typing.NDArray[np.bool_]

#: The smallest count above 0 that is shown where counts are protected.
SMALLEST_SHOWN = 5
#: Measures that the run counts, and what they count: those of one kind with the same numerators are one cell. The first of a
#: kind is its main one. A counted measure that is missing here is hidden whole: put it here when its sums are known.
COUNTED = {
    "est_share": "est",
    "est_rate": "est",
    "est_robust": "est",
    "est_panel": "est",
    "dialogue_share": "dialogue",
    "survey_share": "survey",
}
#: Kinds of which every observation lies in one area at most, so that the areas of a year sum to a printed total.
DIVIDED = ("est", "dialogue")
KEY = ["source", "item", "role", "geography", "year", "group", "problem_area"]
#: Lines in the order in which they are hidden to protect another: those of which least is mostly seen or said come first, the
#: other lines after them in the taxonomy's order. The order is fixed. Were the smallest count taken each time, the counts that
#: are shown would tell how large the hidden one is at most.
FIRST = (
    "bostadsinbrott", "brander", "brott_mot_naringsliv", "ran", "bedrageri", "stold", "hot_tjansteperson",
    "vald_offentlig_miljo",
)  # fmt: skip
_LIMITS: dict[str, Callable[[Array, Array, Array], Limits]] = {
    "est_share": clustering.share_limits,
    "est_robust": clustering.share_limits,
    "est_panel": clustering.share_limits,
    "dialogue_share": clustering.share_limits,
    "est_rate": clustering.rate_limits,
}


def cells_of(rows: pd.DataFrame, taxonomy: Taxonomy) -> pd.DataFrame:
    """The cells of counted measure rows (COUNTED, with numerator), main ones first: kind, count (the kind, or a measure whose
    numerators differ from the main one's), KEY, numerator, is_few.

    is_few: a count of 1-4 in a sensitive area; or a count there that lies 1-4 from another measure's count of the same, for the
    two are shown together.
    """
    order = {measure: turn for turn, measure in enumerate(COUNTED)}
    frame = rows[["measure", *KEY, "numerator"]].assign(kind=rows["measure"].map(COUNTED))
    frame = frame.iloc[np.argsort(frame["measure"].map(order).to_numpy(), kind="stable")]
    keys = list(zip(*(frame[name].tolist() for name in ("kind", *KEY)), strict=True))
    numerators, known, near = frame["numerator"].to_numpy(dtype=np.float64), dict[tuple[object, ...], list[float]](), []
    for key, numerator in zip(keys, numerators.tolist(), strict=True):
        earlier = known.setdefault(key, [])
        near.append(any(0 < abs(numerator - other) < SMALLEST_SHOWN for other in earlier))
        earlier.append(numerator)
    main = np.array([known[key][0] for key in keys], dtype=np.float64)
    measures = list(zip(frame["source"].tolist(), frame["measure"].tolist(), strict=True))
    apart = {measure for measure, differs in zip(measures, numerators != main, strict=True) if differs}
    counts = [kind if one not in apart else one[1] for kind, one in zip(frame["kind"].tolist(), measures, strict=True)]
    is_sensitive = sensitive(frame["problem_area"], taxonomy)
    few = is_sensitive & (is_few(numerators) | np.array(near, dtype=bool))
    cells = frame.drop(columns="measure").assign(count=counts, is_few=few)
    return cells.drop_duplicates(["count", *KEY]).reset_index(drop=True)


def sensitive(lines: pd.Series, taxonomy: Taxonomy) -> Mask:
    """Which rows are about a sensitive area; "" (no area) is not."""
    found = {line: taxonomy.is_sensitive(line) for line in taxonomy.line_ids}
    return np.asarray(lines.map(found).fillna(False).to_numpy(dtype=bool))


def is_few(counts: Array) -> Mask:
    """Which counts lie between 0 and the smallest shown.

    >>> is_few(np.array([0., 1., 4., 5.])).tolist()
    [False, True, True, False]
    """
    return np.asarray((counts > 0) & (counts < SMALLEST_SHOWN))


def helping_order(taxonomy: Taxonomy) -> dict[str, int]:
    """The lines that are not sensitive -> their turn to be hidden for another's sake."""
    rest = [line for line in taxonomy.line_ids if line not in FIRST]
    return {line: turn for turn, line in enumerate([*FIRST, *rest]) if not taxonomy.is_sensitive(line)}


def hidden_because(rows: pd.DataFrame) -> pd.Series:
    """Why each measure row is hidden: "few" (1-4 in a sensitive area), "other" (hidden to protect another), "" (not hidden).

    A row hidden because it is small keeps its base, every other hidden row has lost it. For the ranking: "few" enters as 2.5,
    "other" is unknown.
    """
    reason = pd.Series("other", index=rows.index, dtype="str").mask(rows["denominator"].notna(), "few")
    return reason.where(rows["is_suppressed"], "")


def emptied(rows: pd.DataFrame, is_hidden: Mask, has_base: Mask) -> pd.DataFrame:
    """The rows with value, limits and numerator empty where hidden, the base too where ``has_base`` is False.

    What would betray the count (dispersion, effective base) takes its default.
    """
    empty = {column: rows[column].mask(is_hidden) for column in ("value", "lower", "upper", "numerator")}
    base = rows["denominator"].mask(is_hidden & ~has_base)
    return rows.assign(
        **empty,
        denominator=base,
        n_effective=rows["n_effective"].mask(is_hidden & rows["n_effective"].notna(), base / DEFAULT_DEFF),
        dispersion=rows["dispersion"].mask(is_hidden & rows["dispersion"].notna(), clustering.DEFAULT),
        is_suppressed=rows["is_suppressed"] | is_hidden,
    )


def coarse(rows: pd.DataFrame, is_concerned: Mask) -> pd.DataFrame:
    """The rows with what is concerned told no finer than anybody needs: the last decimals of a dispersion tell which weeks an
    area was seen in, those of a weighted share how many answered so in each stratum.

    Dispersions get two decimals and limits that follow from them; survey shares and limits three, effective bases none.
    """
    made = rows.copy()
    for measure, limits in _LIMITS.items():
        at = is_concerned & rows["measure"].eq(measure).to_numpy() & rows["dispersion"].notna().to_numpy()
        if not at.any():
            continue
        dispersion = rows.loc[at, "dispersion"].round(2)
        count, base, extra = (
            column.to_numpy(dtype=np.float64) for column in (rows.loc[at, "numerator"], rows.loc[at, "denominator"], dispersion)
        )
        lower, upper = limits(count, base, extra)
        made.loc[at, "dispersion"], made.loc[at, "lower"], made.loc[at, "upper"] = dispersion, lower, upper
    at = is_concerned & rows["measure"].eq("survey_share").to_numpy()
    for column, decimals in {"value": 3, "lower": 3, "upper": 3, "n_effective": 0}.items():
        made.loc[at, column] = rows.loc[at, column].round(decimals)
    return made
