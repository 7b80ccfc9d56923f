"""Reported offences that no line of the taxonomy takes in: counted, named, never dropped silently."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.taxonomy import Taxonomy

WHERE = "anmälda brott"
_NAMED = 5


def unmapped(rows: pd.DataFrame, own: tuple[str, ...], taxonomy: Taxonomy) -> list[Doubt]:
    """Doubts for the own kommun's latest year: keys the taxonomy does not know, and keys that belong to no line on purpose.

    ``rows``: whole years with kommunkod, offence, key_type, year, count, era. The share is of "Totalt antal brott" where the
    year has it, else of all codes. A label that lies inside a delivered label is not lost, and is left out.
    """
    ours = rows[rows["kommunkod"].isin(own)]
    if ours.empty:
        return []
    total, year = _total(ours, taxonomy)
    latest = ours[ours["year"].eq(year) & ours["count"].gt(0)]
    is_code = latest["key_type"].eq("code")
    lines = pd.Series(
        [_line(*key, taxonomy) for key in zip(latest["key_type"], latest["offence"], latest["era"], strict=True)],
        index=latest.index,
        dtype="object",
    )
    concerned = {
        "okand_brottskod": is_code & lines.isna(),
        "okand_brottsgrupp": ~is_code & lines.isna(),
        "brott_utan_omrade": lines.eq("") & ~_is_inside(latest, taxonomy),
    }
    labels = dict(zip(taxonomy.offence_codes["brottskod"], taxonomy.offence_codes["label"], strict=True))
    return [_doubt(kind, latest[mask], total, year, labels) for kind, mask in concerned.items() if mask.any()]


def _line(key_type: str, offence: str, era: str, taxonomy: Taxonomy) -> str | None:
    """The key's line, "" where it deliberately has none, None where the taxonomy does not know it."""
    if key_type == "code":
        return taxonomy.area_of_code(offence)
    if era == "":
        return None
    groups = taxonomy.offence_groups
    return str(groups.loc[groups["era"].eq(era) & groups["label"].eq(offence), "problem_area"].iloc[0])


def _is_inside(latest: pd.DataFrame, taxonomy: Taxonomy) -> pd.Series:
    """Whether a label lies inside another delivered label, which speaks for it (the total aside: all lies in it)."""
    groups = taxonomy.offence_groups
    used = groups[groups["problem_area"].ne("totalt")]
    present = set(latest["offence"]) & set(used["label"])
    parents = {
        (str(row["era"]), str(row["label"])): {part.strip() for part in str(row["inside"]).split(";")}
        for row in groups.to_dict("records")
    }
    pairs = zip(latest["era"], latest["offence"], strict=True)
    return pd.Series([bool(parents.get(pair, set()) & present) for pair in pairs], index=latest.index, dtype="bool")


def _total(ours: pd.DataFrame, taxonomy: Taxonomy) -> tuple[int, int]:
    """All offences of the latest year that has them, and that year."""
    groups = taxonomy.offence_groups
    labels = set(groups.loc[groups["problem_area"].eq("totalt"), "label"])
    year = int(ours["year"].max())
    latest = ours[ours["year"].eq(year)]
    totals = latest[latest["offence"].isin(labels) & latest["key_type"].ne("code")]
    if not totals.empty:
        return int(totals.groupby("kommunkod", observed=True)["count"].max().sum()), year
    codes = latest[latest["key_type"].eq("code")]
    return int((latest if codes.empty else codes)["count"].sum()), year


def _doubt(kind: str, rows: pd.DataFrame, total: int, year: int, labels: dict[str, str]) -> Doubt:
    sums = rows.groupby("offence", observed=True)["count"].sum().reset_index()
    sums = sums.sort_values(["count", "offence"], ascending=[False, True], kind="stable")
    n_keys, n_offences = len(sums), int(sums["count"].sum())
    names = [
        f"{' '.join((name, labels.get(name, ''))).strip()} ({swedish.number(count)})"
        for name, count in zip(sums["offence"], sums["count"], strict=True)
    ][:_NAMED]
    listed = swedish.listing(names) if n_keys <= _NAMED else f"bland annat {swedish.listing(names)}"
    share = n_offences / total if total else None
    part = "" if share is None else f", {swedish.percent(share, 1, words=True)} av alla anmälda brott"
    kinds = {
        "okand_brottskod": f"{swedish.plural(n_keys, 'brottskod', 'brottskoder')} finns inte i taxonomin",
        "okand_brottsgrupp": f"{swedish.plural(n_keys, 'brottsgrupp', 'brottsgrupper')} finns inte i taxonomin",
        "brott_utan_omrade": f"{swedish.plural(n_keys, 'brottstyp', 'brottstyper')} hör inte till något problemområde",
    }
    return Doubt(
        kind,
        f"{WHERE} {year}",
        f"{kinds[kind]}: {listed}. Tillsammans {swedish.plural(n_offences, 'anmält brott', 'anmälda brott')}{part}.",
        "De räknas i totalen men inte i något område.",
        n_rows=len(rows),
        share=share,
    )
