"""Reported offences as monthly counts per line, made of the same keys as the years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lagesbild.measures.annual import KEY, Annual, era
from lagesbild.measures.counts import PREFERENCE, from_codes, from_groups
from lagesbild.measures.rates import Array
from lagesbild.taxonomy import Taxonomy

_TYPES = {"kommunkod": "str", "line": "str", "month": "int64", "count": "float64"}


def month_counts(offences: pd.DataFrame, key_sets: Mapping[str, str], last_year: int, taxonomy: Taxonomy) -> pd.DataFrame:
    """kommunkod, line, month (year · 12 + month − 1), count (float64), sorted: every known month of the lines in ``key_sets``.

    key_sets: line -> the key set its years are made from (``counts.LineCounts``). Where a month is given both as final and as
    preliminary, the final figure is used; a month that lacks one of the line's labels is absent.
    """
    used = offences[offences["month"].notna() & offences["year"].le(last_year)]
    if used.empty:
        return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in _TYPES.items()})
    used = used.assign(offence=used["offence"].str.strip(), month=used["month"].astype("int64"), is_monthly=True)
    once = used.sort_values([*KEY, "month", "status"], kind="stable").drop_duplicates([*KEY, "month"])
    once = once.assign(year=once["year"] * 12 + once["month"] - 1)  # the makers of lines sum over "year"
    hidden = once.loc[once["count"].isna(), KEY]
    rows = once[once["count"].notna()].astype({"count": "int64"})
    rows = rows.assign(era=era(rows, taxonomy))
    parts = [from_codes(rows, Annual(rows, hidden, ()), (), taxonomy)[0]]
    parts += [from_groups(rows[rows["era"].eq(name)], name, (), taxonomy)[0] for name in PREFERENCE[1:]]
    table = pd.concat(parts)
    table = table[table["line"].map(key_sets).eq(table["key_set"])].rename(columns={"year": "month"})
    table = table.astype({"count": "float64"}).sort_values(["line", "kommunkod", "month"], kind="stable")
    return table[list(_TYPES)].reset_index(drop=True)


def as_array(months: pd.DataFrame) -> tuple[Array, list[str], list[str], int]:
    """The counts as (K kommuner, L lines, T months on end), NaN where unknown; the kommuner, the lines, and the first month."""
    kommuner, lines = sorted(months["kommunkod"].unique()), sorted(months["line"].unique())
    first = int(months["month"].min())
    counts = np.full((len(kommuner), len(lines), int(months["month"].max()) - first + 1), np.nan)
    at = (
        pd.Categorical(months["kommunkod"], categories=kommuner).codes,
        pd.Categorical(months["line"], categories=lines).codes,
        (months["month"] - first).to_numpy(),
    )
    counts[at] = months["count"]
    return counts, kommuner, lines, first
