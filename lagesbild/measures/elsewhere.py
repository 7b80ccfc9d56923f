"""Reported offences of the län and the country, line by line: shown beside the own kommun's, never compared in the ranking."""

from __future__ import annotations

import pandas as pd

from lagesbild.measures.rates import PER_100K
from lagesbild.profile import Profile
from lagesbild.tables import Context, Tables
from lagesbild.taxonomy import Taxonomy

_TYPES = {"line": "str", "geography": "str", "level": "str", "year": "int64", "count": "float64", "rate": "float64"}


def elsewhere(context: Context, tables: Tables, profile: Profile, taxonomy: Taxonomy) -> pd.DataFrame:
    """line, geography, level {lan, riket}, year, count, rate per 100 000: the country, and the län where it is the only one.

    The lines are made from the indicators as the own kommun's are, and only where all its reported offences are indicators:
    other keys count other things. A line's rate is the signed sum of its labels' counts over the population that the largest
    label's published count and rate imply; a year that lacks a label has none. Empty where nothing can be set beside.
    """
    rows = context.reference_offences
    rows = rows[rows["year"].le(profile.year)]
    own = tables.reported_offences[tables.reported_offences["kommunkod"].isin(profile.kommunkoder)]
    if rows.empty or own.empty or not own["key_type"].eq("indicator").all():
        return nowhere()
    lan = rows.loc[rows["geography_level"].eq("lan"), "geography"].unique()
    if len(lan) > 1:
        rows = rows[rows["geography_level"].eq("riket")]
    terms = taxonomy.group_terms(own["offence"].unique(), "lagesbild")
    found = []
    for (level, geography, year), part in rows.groupby(["geography_level", "geography", "year"], observed=True):
        count, rate = max(zip(part["count"].astype("float64"), part["rate_per_100k"].astype("float64"), strict=True))
        if not rate > 0:
            continue
        people = count / rate * PER_100K
        counts = dict(zip(part["offence"], part["count"].astype("float64"), strict=True))
        found += [
            (line, geography, level, year, total, total / people * PER_100K)
            for line, labels in terms.items()
            if all(label in counts for label, _ in labels)
            for total in [sum(sign * counts[label] for label, sign in labels)]
        ]
    made = pd.DataFrame(found, columns=list(_TYPES)).astype(_TYPES) if found else nowhere()
    return made.sort_values(["line", "level", "geography", "year"], kind="stable").reset_index(drop=True)


def nowhere() -> pd.DataFrame:
    """The same table without rows."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _TYPES.items()})
