"""Mean population per kommun and year: as delivered, else as Brå's own rates imply it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.tables import Tables

#: A rate is printed in whole numbers; from this rate on the implied population is good to one in two thousand.
_SURE_RATE = 1000


def mean_population(tables: Tables, kommunkoder: Sequence[str], own: Sequence[str]) -> tuple[pd.DataFrame, list[Doubt]]:
    """kommunkod, year, population (float64), one row per kommun and year, and doubts about the kommuner in ``own``.

    Brå divides by the mean population, so where the table ``population`` lacks a kommun-year it follows from a yearly count and
    its rate, N = count / rate · 100 000; the row with the highest rate is used, and only above 1 000 per 100 000.
    """
    given = tables.population[tables.population["kommunkod"].isin(kommunkoder)]
    given = given.assign(population=given["population"].astype("float64"))[["kommunkod", "year", "population"]]
    offences = tables.reported_offences
    usable = offences[
        offences["kommunkod"].isin(kommunkoder)
        & offences["month"].isna()
        & offences["count"].notna()
        & offences["rate_per_100k"].ge(_SURE_RATE)
    ]
    order = usable.sort_values(["kommunkod", "year", "rate_per_100k", "offence"], kind="stable")
    surest = order.drop_duplicates(["kommunkod", "year"], keep="last")
    implied = surest.assign(population=surest["count"].astype("float64") / surest["rate_per_100k"] * 100_000)
    implied = implied[["kommunkod", "year", "population"]]
    merged = implied.merge(
        given[["kommunkod", "year"]], on=["kommunkod", "year"], how="left", indicator=True, validate="one_to_one"
    )
    added = implied[merged["_merge"].eq("left_only").to_numpy()]
    table = pd.concat([given, added]).sort_values(["kommunkod", "year"], kind="stable").reset_index(drop=True)
    return table, [*_implied(added, own), *_absent(table, offences, own)]


def _implied(added: pd.DataFrame, own: Sequence[str]) -> list[Doubt]:
    ours = added[added["kommunkod"].isin(own)]
    if ours.empty:
        return []
    span = swedish.years(int(ours["year"].min()), int(ours["year"].max()))
    what = f"Folkmängd saknas för {swedish.plural(len(ours), 'kommunår', 'kommunår')} ({span})."
    action = "Den räknas fram ur Brås antal och tal per 100 000 invånare."
    return [Doubt("folkmangd_harledd", "folkmängd", what, action, n_rows=len(ours))]


def _absent(table: pd.DataFrame, offences: pd.DataFrame, own: Sequence[str]) -> list[Doubt]:
    """Years with offences but without any population."""
    needed = offences.loc[offences["kommunkod"].isin(own) & offences["count"].notna(), ["kommunkod", "year"]].drop_duplicates()
    merged = needed.merge(
        table[["kommunkod", "year"]], on=["kommunkod", "year"], how="left", indicator=True, validate="one_to_one"
    )
    absent = merged[merged["_merge"].eq("left_only")]
    if absent.empty:
        return []
    span = swedish.years(int(absent["year"].min()), int(absent["year"].max()))
    what = f"Folkmängd saknas för {swedish.plural(len(absent), 'kommunår', 'kommunår')} med anmälda brott ({span})."
    return [Doubt("folkmangd_saknas", "folkmängd", what, "De åren används inte.", n_rows=len(absent))]
