"""Brå's figures one by one become rows of reported_offences: quarters become years, and a fact that is repeated stands once.

Every reader of Brå's layouts makes the same frame of facts and hands it over here. Index "rad": the row in the file, the same
for several facts of one row. Columns: those of reported_offences, and ``quarter`` (1-4, empty for a month or a whole year).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.privacy import HIDDEN
from lagesbild.sources.bra import sol_checks as checks
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import SetAside
from lagesbild.tables import TABLES

PART_YEAR = "kvartal som inte blir ett helt år"
IN_YEAR = "kvartal i ett år som också står som helår"
NO_COUNT = "kvartal utan antal"
PRIVATE = "innehåller personuppgifter"
_N_QUARTERS = 4
_KEY = ["kommunkod", "offence", "key_type", "year"]
_LOST = "_lost"


@dataclass(frozen=True)
class Facts:
    """table: reported_offences, not yet validated, index "rad"; rows_used: the file's rows that stand in it."""

    table: pd.DataFrame
    set_aside: tuple[SetAside, ...]
    doubts: tuple[Doubt, ...]
    rows_used: int


def settle(file: RawFile, facts: pd.DataFrame, sheet: str = "") -> Facts:
    """The facts as reported_offences, one row per key.

    A row of the file is set aside only if none of its facts is kept; the reason is that of its first. Doubts tell of a fact
    that is repeated with different figures, and of years that lack quarters.
    """
    is_private = facts["offence"].eq(HIDDEN)
    private = pd.Series(PRIVATE, facts.index[is_private], dtype="str")
    kept, dropped, repeats = _once(file, facts[~is_private], sheet)
    table, quarters, part_years = _years(file, kept, sheet)
    fate = pd.concat([private, dropped[_LOST], quarters[_LOST]])
    used = {*table.index, *quarters.index[quarters[_LOST].eq("")]}
    lost = fate[fate.ne("") & ~fate.index.isin(list(used))]
    counted = lost[~lost.index.duplicated()].value_counts(sort=False)
    aside = tuple(SetAside(str(reason), int(n_rows)) for reason, n_rows in counted.items())
    return Facts(table[TABLES["reported_offences"].names], aside, (*repeats, *part_years), len(used))


def with_keys(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts with the helper columns that the checks compare: whole numbers for what a row is about, and its kommun-year."""
    about = ["offence", "key_type", "year", "month", *(["quarter"] if "quarter" in facts else []), "status"]
    return facts.assign(
        **{
            checks.FACT: facts.groupby(about, observed=True, dropna=False).ngroup() if len(facts) else 0,
            checks.KOMMUN_YEAR: facts["kommunkod"].astype("int64") * 10_000 + facts["year"].astype("int64"),
        }
    )


def _years(file: RawFile, facts: pd.DataFrame, sheet: str) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Doubt, ...]]:
    """The facts with whole years for quarters; the quarters, with why each is lost ("": it is part of a year); a doubt.

    The contract has no quarter. Four quarters with a count make a year, preliminary if one of them is; its rate stays empty,
    because Brå divides each quarter by its own population. Where the year itself is given, that figure is used.
    """
    if "quarter" not in facts or facts["quarter"].isna().all():
        return facts, facts.head(0).assign(**{_LOST: ""}), ()
    is_quarter = facts["quarter"].notna()
    rest, quarters = facts[~is_quarter], facts[is_quarter]
    sums = (
        quarters[quarters["count"].notna()]
        .reset_index()
        .sort_values("status", kind="stable")
        .drop_duplicates([*_KEY, "quarter"])  # a final quarter goes before a preliminary one
        .assign(is_preliminary=lambda rows: rows["status"].eq("preliminary"))
        .groupby(_KEY, observed=True)
        .agg(rad=("rad", "min"), n=("quarter", "nunique"), count=("count", "sum"), is_preliminary=("is_preliminary", "max"))
        .reset_index()
    )
    given = rest.loc[rest["month"].isna(), _KEY].drop_duplicates().assign(is_given=True)
    sums = sums.merge(given, on=_KEY, how="left", validate="one_to_one")
    is_given = sums["is_given"].eq(True).fillna(False).astype("bool")
    whole = sums[sums["n"].eq(_N_QUARTERS) & ~is_given].set_index("rad")
    status = whole["is_preliminary"].map({True: "preliminary", False: "final"}).astype("str")
    made = whole[[*_KEY, "count"]].assign(status=status).astype({"count": "Int64"})
    reason = pd.Series(PART_YEAR, sums.index).mask(sums["n"].eq(_N_QUARTERS), "").mask(is_given, IN_YEAR)
    fate = quarters[_KEY].merge(sums[_KEY].assign(**{_LOST: reason}), on=_KEY, how="left", validate="many_to_one")
    told = quarters.assign(**{_LOST: fate[_LOST].to_numpy()})
    told = told.assign(**{_LOST: told[_LOST].where(told["count"].notna(), NO_COUNT).astype("str")})
    columns = TABLES["reported_offences"].names
    joined = pd.concat([rest[columns], made.reindex(columns=columns).astype(rest[columns].dtypes)])
    return joined, told, _part_years(file, told, sheet)


def _part_years(file: RawFile, quarters: pd.DataFrame, sheet: str) -> tuple[Doubt, ...]:
    part = quarters[quarters[_LOST].eq(PART_YEAR)]
    if part.empty:
        return ()
    years = swedish.listing([str(year) for year in sorted(set(part["year"]))])
    n_quarters = swedish.plural(len(part), "kvartalssiffra hör", "kvartalssiffror hör")
    what = f"{n_quarters} till år där inte alla fyra kvartal finns ({years})."
    action = "De är undantagna: en del av ett år är inte ett år. Hämta de kvartal som saknas, eller hela året."
    return (Doubt("del_av_ar", file.where(sheet), what, action, len(part), len(part) / len(quarters)),)


def _once(file: RawFile, frame: pd.DataFrame, sheet: str) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Doubt, ...]]:
    """One row per fact; those dropped with why; doubts. SOL echoes parents without figures, repeats a label under several
    parents and a kommun that changed län: a row without figure, with the same figure or with zero is dropped; of different
    figures the largest (the broadest of the parents) is kept, in doubt."""
    key = frame[checks.FACT] * 10_000 + frame["kommunkod"].astype("int64")
    is_repeated = key.duplicated(keep=False)
    if not is_repeated.any():
        return frame, frame.head(0).assign(**{_LOST: ""}), ()
    figure = frame["count"].astype("float64").fillna(frame["rate_per_100k"])
    order = frame.assign(_key=key, _figure=figure, _place=range(len(frame)))
    repeated = order[is_repeated].reset_index()
    ordered = repeated.sort_values(["_key", "_figure", "rate_per_100k"], ascending=[True, False, False], kind="stable")
    is_kept = ~ordered["_key"].duplicated()
    dropped = ordered.assign(_kept=ordered["_figure"].where(is_kept).groupby(ordered["_key"]).transform("first"))[~is_kept]
    is_empty, is_same = dropped["_figure"].isna(), dropped["_figure"].eq(dropped["_kept"])
    is_zero = dropped["_figure"].eq(0) & ~is_same
    reason = pd.Series("upprepar en rad, med en mindre siffra", dropped.index)
    reason = reason.mask(is_zero, "upprepar en rad, med noll").mask(is_same, "upprepar en rad, med samma siffra")
    dropped = dropped.assign(**{_LOST: reason.mask(is_empty, "upprepar en rad, utan siffra")})
    doubts = []
    for offence, rows in dropped[~(is_empty | is_same | is_zero)].groupby("offence", observed=True):
        first = rows.sort_values("rad").iloc[0]
        figures = f"{swedish.number(first['_kept'])} och {swedish.number(first['_figure'])}"
        what = f'"{offence}" står flera gånger för samma kommun och period med olika siffror, till exempel {figures}.'
        action = "Den största används. Kontrollera mot Brås tabell vilken av dem som är hela gruppen."
        where = file.where(sheet, [int(row) for row in rows["rad"]])
        doubts.append(Doubt("motstridiga_siffror", where, what, action, len(rows)))
    is_out = order["_place"].isin(dropped["_place"])
    return frame[~is_out], dropped.set_index("rad"), tuple(doubts)
