"""Whole years of reported offences: yearly rows as they are, and months summed where all twelve are there."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.taxonomy import Taxonomy

WHERE = "anmälda brott"
KEY = ["kommunkod", "offence", "key_type", "year"]


@dataclass(frozen=True)
class Annual:
    """Whole years. rows: kommunkod, offence, key_type, year, is_monthly (summed from months), count, status; sorted by KEY.
    hidden: KEY of the years whose figure the source withholds or gives only as a rate."""

    rows: pd.DataFrame
    hidden: pd.DataFrame
    doubts: tuple[Doubt, ...]


def annual(offences: pd.DataFrame, own: tuple[str, ...], last_year: int) -> Annual:
    """The whole years of ``reported_offences`` up to ``last_year``; doubts concern the kommuner in ``own`` only.

    A yearly row goes before the sum of the months. Where a year is given both as final and as preliminary, the final one is
    used. A year with fewer than twelve months is left out: a part-year is not a year, and is never scaled up.
    """
    used = offences[offences["year"].le(last_year)].assign(offence=offences["offence"].str.strip())
    order = used.sort_values([*KEY, "month", "status"], kind="stable")  # "final" sorts before "preliminary"
    once = order.drop_duplicates([*KEY, "month"])
    is_year = once["month"].isna()
    has_count = once["count"].notna()

    yearly = once[is_year & has_count]
    months = once[~is_year]
    sums = (
        months.assign(is_preliminary=months["status"].eq("preliminary"))
        .groupby(KEY, observed=True)
        .agg(count=("count", "sum"), n_months=("count", "count"), is_preliminary=("is_preliminary", "any"))
        .reset_index()
    )
    is_given = sums.merge(yearly[KEY], on=KEY, how="left", indicator=True, validate="one_to_one")["_merge"].eq("both")
    sums = sums[~is_given.to_numpy()]
    whole = sums[sums["n_months"].eq(12)]
    summed = whole.assign(status=whole["is_preliminary"].map({True: "preliminary", False: "final"}).astype("str"))
    rows = pd.concat([yearly.assign(is_monthly=False), summed.assign(is_monthly=True)])
    rows = rows[[*KEY, "is_monthly", "count", "status"]].astype({"count": "int64", "is_monthly": "bool", "status": "str"})
    hidden = once.loc[is_year & ~has_count, KEY]
    return Annual(
        rows.sort_values(KEY, kind="stable").reset_index(drop=True),
        hidden.reset_index(drop=True),
        (*_part_years(sums[sums["n_months"].lt(12)], own), *_hidden(once[is_year & ~has_count], own)),
    )


def _part_years(parts: pd.DataFrame, own: tuple[str, ...]) -> tuple[Doubt, ...]:
    ours = parts[parts["kommunkod"].isin(own)]
    return tuple(
        Doubt(
            "del_av_ar",
            f"{WHERE} {year}",
            f"Högst {swedish.count_word(int(group['n_months'].max()))} av årets tolv månader finns i underlaget.",
            "Året används inte, för en del av ett år går inte att jämföra med hela år.",
            n_rows=len(group),
        )
        for year, group in ours.groupby("year", observed=True)
    )


def _hidden(rows: pd.DataFrame, own: tuple[str, ...]) -> tuple[Doubt, ...]:
    ours = rows[rows["kommunkod"].isin(own)]
    if ours.empty:
        return ()
    return (
        Doubt(
            "antal_saknas",
            WHERE,
            f"{swedish.plural(len(ours), 'uppgift', 'uppgifter')} om antal saknas i källan eller visas inte där.",
            "Uppgifterna används inte och ersätts inte med 0.",
            n_rows=len(ours),
        ),
    )


def era(rows: pd.DataFrame, taxonomy: Taxonomy) -> pd.Series:
    """The era of Brå's labels that each group or indicator row belongs to ('ar', 'manad', 'lagesbild'); "" where unknown.

    Some labels exist in several eras; a row that is summed from months is read as a monthly label first, a yearly one as a
    yearly label first, an indicator as one of the indicators for kommuners lägesbild.
    """
    groups = taxonomy.offence_groups
    known = {str(name): frozenset(part["label"]) for name, part in groups.groupby("era", observed=True)}
    orders = {
        ("group", True): ("manad", "ar", "lagesbild"),
        ("group", False): ("ar", "manad", "lagesbild"),
        ("indicator", True): ("lagesbild", "manad", "ar"),
        ("indicator", False): ("lagesbild", "ar", "manad"),
    }

    def of(key_type: str, is_monthly: bool, label: str) -> str:
        return next((name for name in orders.get((key_type, is_monthly), ()) if label in known.get(name, ())), "")

    triples = list(zip(rows["key_type"], rows["is_monthly"], rows["offence"], strict=True))
    eras = {triple: of(*triple) for triple in set(triples)}  # a few labels in thousands of rows
    return pd.Series([eras[triple] for triple in triples], index=rows.index, dtype="str")
