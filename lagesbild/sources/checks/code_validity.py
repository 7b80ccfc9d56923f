"""Whether offence codes are used in years in which they existed, by the code table's first and last year."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.checks.shown import shown_count
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

_SHOWN = 3


def outside_validity(tables: Tables, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """A doubt per table about codes with offences in years before their first or after their last.

    The year of an incident is the one it was reported in. A code reported in the year after its last one is no contradiction:
    the offence may have happened before.
    """
    codes = tables.reported_offences[tables.reported_offences["key_type"].eq("code")]
    reported = codes[["offence", "year", "count"]].rename(columns={"offence": "brottskod"})
    incidents = tables.incidents[["brottskod", "count", "reported_on", "occurred_from"]]
    events = incidents.assign(year=incidents["reported_on"].fillna(incidents["occurred_from"]).dt.year)
    return (
        *_outside(reported, taxonomy, "Anmälda brott"),
        *_outside(events[["brottskod", "year", "count"]], taxonomy, "Polisens händelselista"),
    )


def _outside(rows: pd.DataFrame, taxonomy: Taxonomy, where: str) -> Iterator[Doubt]:
    used = rows[rows["count"].gt(0).fillna(False).astype("bool") & rows["year"].notna()]
    if used.empty:
        return
    per_year = used.groupby(["brottskod", "year"], observed=True)["count"].sum().reset_index()
    table = taxonomy.offence_codes[["brottskod", "valid_from", "valid_to"]]
    limits = table.assign(**{name: pd.to_numeric(table[name], errors="coerce") for name in ("valid_from", "valid_to")})
    known = per_year.merge(limits, on="brottskod", how="inner", validate="many_to_one")
    known = known.assign(year=known["year"].astype("float64"))
    wrong = known[known["year"].lt(known["valid_from"]) | known["year"].gt(known["valid_to"] + 1)]
    if wrong.empty:
        return
    worst = wrong.sort_values(["count", "brottskod", "year"], ascending=[False, True, True], kind="stable")
    shown = swedish.listing([_told(row) for _, row in worst.head(_SHOWN).iterrows()])
    n_codes, n_offences = wrong["brottskod"].nunique(), int(wrong["count"].sum())
    what = (
        f"{swedish.plural(n_codes, 'brottskod används', 'brottskoder används')} i år då koden inte fanns enligt kodtabellen "
        f"({swedish.plural(n_offences, 'brott', 'brott')}): {shown}."
    )
    action = "Uppgifterna används som de står. En serie som byter kod däremellan går inte att följa; kontrollera med Brå."
    yield Doubt("kod_utanfor_giltighet", where, what, action, n_offences, n_offences / max(int(used["count"].sum()), 1))


def _told(row: pd.Series) -> str:
    since = f"från {row['valid_from']:.0f}" if pd.notna(row["valid_from"]) else ""
    until = f"till {row['valid_to']:.0f}" if pd.notna(row["valid_to"]) else ""
    validity = " ".join(filter(None, (since, until)))
    return f"{row['brottskod']} år {row['year']:.0f} (gäller {validity}; {shown_count(row['count'])} brott)"
