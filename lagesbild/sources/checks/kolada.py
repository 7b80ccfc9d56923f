"""Whether Kolada's rate of reported offences is Brå's: both print the same figure, so they must agree."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.kolada import MAP
from lagesbild.tables import Context, Tables
from lagesbild.taxonomy import Taxonomy

#: Brå prints whole numbers and Kolada five decimals: half a unit, and a little for halves.
_ROUNDING = 0.5001
_TOTAL = "totalt"


def against_reported(tables: Tables, context: Context, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """A doubt where Kolada's N07540 and Brå's rate for all offences of a year differ by more than rounding, with both figures.

    Where Brå's rate is not printed for the year it is not calculated: population would differ too.
    """
    names = dict(zip(taxonomy.kommuner["kommunkod"], taxonomy.kommuner["name"], strict=True))
    groups = taxonomy.offence_groups
    labels = set(groups.loc[groups["problem_area"].eq(_TOTAL), "label"])
    own = tables.reported_offences
    year_rates = own[own["offence"].isin(labels) & own["month"].isna() & own["rate_per_100k"].notna()]
    kolada = context.context_figures
    kolada = kolada[kolada["indicator"].eq(MAP["all_offences_per_100k"]) & kolada["source"].eq("Kolada")]
    both = year_rates.merge(kolada[["kommunkod", "year", "value"]], on=["kommunkod", "year"], validate="many_to_one")
    return _doubt(both.assign(off=(both["rate_per_100k"] - both["value"]).abs()), names)


def _doubt(both: pd.DataFrame, names: Mapping[str, str]) -> tuple[Doubt, ...]:
    wrong = both[both["off"].gt(_ROUNDING)]
    if wrong.empty:
        return ()
    worst = wrong.sort_values(["off", "kommunkod", "year"], ascending=[False, True, True]).to_dict("records")[0]
    place = f"{names.get(worst['kommunkod'], worst['kommunkod'])} {worst['year']}"
    what = (
        f"Brås och Koladas tal för alla anmälda brott per 100 000 invånare skiljer sig för "
        f"{swedish.plural(len(wrong), 'kommunår', 'kommunår')}. Störst är skillnaden för "
        f"{place}: {swedish.number(worst['rate_per_100k'])} hos Brå, "
        f"{swedish.number(worst['value'], 1)} hos Kolada."
    )
    action = "Brås tal används. Den ena kan vara preliminär: kontrollera när de hämtades."
    return (Doubt("kolada_mot_bra", "Anmälda brott och Kolada", what, action, len(wrong), len(wrong) / len(both)),)
