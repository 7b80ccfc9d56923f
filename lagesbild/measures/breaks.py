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
    sources, lines = set(own["source"]), set(own.loc[own["source"].eq(REPORTED), "problem_area"])
    table = taxonomy.breaks.sort_values(["year", "key_or_area", "text"], kind="stable")
    doubts = []
    for row in table[table["year"].between(last_year - WINDOW + 2, last_year)].to_dict("records"):
        key = str(row["key_or_area"])
        if key in sources or key in lines:
            name = taxonomy.name(key) if key in lines else taxonomy.name_of_source(key)
            where = f"anmälda brott, {name}" if key in lines else name
            doubts.append(Doubt("tidsseriebrott", where, str(row["text"]), "En ändring över den tidpunkten kan bero på det."))
    return tuple(doubts)
