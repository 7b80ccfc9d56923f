"""Breaks in the statistics inside the years that level and trend are read from."""

from __future__ import annotations

import pandas as pd

from lagesbild.errors import Doubt
from lagesbild.measures.trends import LONGEST
from lagesbild.taxonomy import Taxonomy

#: Years in which a break matters: those that a trend is read from.
WINDOW = LONGEST
#: Breaks of a line are breaks of the official statistics on reported offences.
REPORTED = "polisanmalda"


def breaks(rows: pd.DataFrame, last_year: int, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """A doubt for every break of ``taxonomy.breaks`` that the own series cross within the last five years.

    A break lies at the start of its year, so one in the window's first year is not crossed. It concerns a source, or a line as
    reported offences count it; what was not delivered has no break.
    """
    own = rows[rows["role"].eq("own")]
    lines = sorted(set(own.loc[own["source"].eq(REPORTED), "problem_area"]))
    told = [(f"anmälda brott, {taxonomy.name(line)}", taxonomy.breaks_of(line)) for line in lines]
    told += [
        (taxonomy.name_of_source(source), taxonomy.breaks[taxonomy.breaks["key_or_area"].eq(source)])
        for source in sorted(set(own["source"]))
    ]
    return tuple(
        Doubt("tidsseriebrott", where, str(text), _action(int(year), bool(stops_trend)))
        for where, its in told
        for year, text, stops_trend in zip(*(its[name].tolist() for name in ("year", "text", "stops_trend")), strict=True)
        if last_year - WINDOW + 2 <= year <= last_year
    )


def _action(year: int, stops_trend: bool) -> str:
    if stops_trend:
        return f"Ny serie från {year}: varken utvecklingen eller nivån räknas över den tidpunkten."
    return "En ändring över den tidpunkten kan bero på det."
