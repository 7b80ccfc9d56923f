"""Observations on their way in, from whichever layout: categories, zero reports, repeated rows, free text left behind."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.checks.shown import counted
from lagesbild.tables import TABLES
from lagesbild.taxonomy import Taxonomy

#: What stands for a category that is really a sentence; its text stays in the raw file.
FREE_TEXT = "(fritext i stället för kategori)"
NO_CATEGORY = "(ingen kategori)"
#: Of two statements about the same organisation and week, the first of these is believed.
STRENGTH = ("reported", "zero", "missing")
_LONGEST_CATEGORY, _MOST_DIGITS = 50, 5
_SAME = ["organisation", "date", "time", "category", "area", "place", "severity", "persons", "x", "y", "description"]
#: Few rows share even these, so the others need no closer look.
_SAME_AT_FIRST = ["date", "time", "place", "organisation"]

#: Names a place in the file by row numbers and column: rows -> 'est.xlsx, blad "Mars", rad 4 och 7, kolumn Kategori'.
Where = Callable[[list[int], str], str]


def settle(
    frame: pd.DataFrame, where: Where, profile: Profile, taxonomy: Taxonomy
) -> tuple[pd.DataFrame, pd.DataFrame, list[Doubt]]:
    """The observations, the reporting weeks that zero reports imply, and the doubts; index is the row number in the file.

    Categories get the taxonomy's name; an unknown one keeps its own and is doubted. Rows that repeat another of the same
    organisation in every column are marked ``duplicate_of``. Descriptions are emptied. Only zero reports leave the frame.
    """
    named, doubts, is_zero = _with_categories(frame, where, profile, taxonomy)
    weeks = _weeks(named[~is_zero], named[is_zero])
    observed, repeated = _with_repeats(named[~is_zero], where)
    observed, private = without_private(observed, "observations", where)
    return observed, weeks, [*doubts, *repeated, *private]


def without_private(frame: pd.DataFrame, table: str, where: Where) -> tuple[pd.DataFrame, list[Doubt]]:
    """The frame with its private columns emptied, and how many rows had text in them."""
    doubts = []
    for column in (column.name for column in TABLES[table].columns if column.is_private):
        has_text = frame[column].fillna("").str.strip().ne("")
        if has_text.any():
            n_rows = int(has_text.sum())
            what = f"{swedish.plural(n_rows, 'rad har', 'rader har')} fritext. Den lämnas i råfilen och visas aldrig."
            doubts.append(Doubt("fritext", where([], ""), what, "", n_rows, n_rows / len(frame)))
        frame = frame.assign(**{column: pd.Series(None, frame.index, dtype="str")})
    return frame, doubts


def iso_week(days: pd.Series) -> pd.Series:
    """The ISO week of every day as text; the year is the week's, so 2024-12-30 is '2025-W01'."""
    calendar = days.dt.isocalendar()
    week: pd.Series = calendar["year"].astype("str") + "-W" + calendar["week"].astype("str").str.zfill(2)
    return week


def strongest(weeks: pd.DataFrame) -> pd.DataFrame:
    """One row per organisation and week: a week that was reported by any account was reported."""
    strength = weeks["status"].map({status: rank for rank, status in enumerate(STRENGTH)})
    ordered = weeks.assign(strength=strength).sort_values(["organisation", "week", "strength"], kind="stable")
    return ordered.drop_duplicates(["organisation", "week"]).drop(columns="strength").reset_index(drop=True)


def _with_categories(
    frame: pd.DataFrame, where: Where, profile: Profile, taxonomy: Taxonomy
) -> tuple[pd.DataFrame, list[Doubt], pd.Series]:
    doubts: list[Doubt] = []
    names: dict[str, str] = {}
    zero: set[str] = set()
    for text in sorted(set(frame["category"].unique().tolist()) - {NO_CATEGORY}):
        found = taxonomy.match_category(text, profile.est.categories)
        names[text] = found.category if found else _unknown_name(text)
        if found and found.kind == "zero_report":
            zero.add(text)
        if not found:
            rows = [int(row) for row in frame.index[frame["category"].eq(text)]]
            doubts.append(_unknown(text, rows, len(frame), where, taxonomy))
    names[NO_CATEGORY] = NO_CATEGORY
    is_zero = frame["category"].isin(zero)
    return frame.assign(category=frame["category"].map(names).astype("str")), doubts, is_zero


def _unknown_name(text: str) -> str:
    is_sentence = len(text) > _LONGEST_CATEGORY or len(re.findall(r"\d", text)) > _MOST_DIGITS
    return FREE_TEXT if is_sentence else text.strip()


def _unknown(text: str, rows: list[int], n_all: int, where: Where, taxonomy: Taxonomy) -> Doubt:
    name = _unknown_name(text)
    if name == FREE_TEXT:
        what = f"{counted(len(rows), 'observation har', 'observationer har')} en mening i stället för en kategori."
        advice = "Skriv en kategori ur listan."
    else:
        what = f'kategorin "{name}" är okänd ({counted(len(rows), "observation", "observationer")}).'
        near = taxonomy.nearest(name, taxonomy.est_categories["category"])
        target = near[0] if near else "kategori eller problemområde"
        advice = (
            f'Närmast är "{near[0]}". ' if near else ""
        ) + f'Skriv i profilen under [est.categories]: "{name}" = "{target}".'
    until = "Till dess räknas de bland alla observationer men hör inte till något problemområde."
    return Doubt("okand_kategori", where(rows, "category"), what, f"{advice} {until}", len(rows), len(rows) / n_all)


def _weeks(observed: pd.DataFrame, zero: pd.DataFrame) -> pd.DataFrame:
    """Reporting weeks, only where the list has zero reports: then a week with observations was reported."""
    empty = TABLES["reporting_weeks"].empty()
    if zero.empty:
        return empty
    parts = [
        pd.DataFrame({"organisation": rows["organisation"], "week": iso_week(rows["date"]), "status": status})
        for rows, status in ((observed, "reported"), (zero, "zero"))
    ]
    return pd.concat(parts).drop_duplicates(["organisation", "week"]).astype(empty.dtypes.to_dict()).reset_index(drop=True)


def _with_repeats(frame: pd.DataFrame, where: Where) -> tuple[pd.DataFrame, list[Doubt]]:
    """Marks rows that repeat another in all columns; at least a time, place or description must tell two events apart."""
    is_told_apart = frame[["time", "place", "description"]].notna().any(axis=1) & frame.duplicated(_SAME_AT_FIRST, keep=False)
    ordered = frame[is_told_apart].sort_values("observation_id", kind="stable")
    first = ordered.groupby(_SAME, observed=True, dropna=False)["observation_id"].transform("first")
    is_repeat = first.ne(ordered["observation_id"]) & ordered["duplicate_of"].isna()
    if not is_repeat.any():
        return frame, []
    marked = frame.assign(duplicate_of=frame["duplicate_of"].where(~is_repeat.reindex(frame.index, fill_value=False), first))
    rows = sorted(int(row) for row in is_repeat.index[is_repeat])
    what = (
        f"{swedish.plural(len(rows), 'rad upprepar', 'rader upprepar')} en annan rad från samma organisation i alla kolumner."
    )
    action = "De är märkta som dubbletter och räknas en gång."
    return marked, [Doubt("dubblett", where(rows, ""), what, action, len(rows), len(rows) / len(frame))]
