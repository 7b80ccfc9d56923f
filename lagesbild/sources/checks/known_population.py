"""Whether a delivered population can be the kommun's: a column that slipped against its rows is found by what is known of SCB.

The known figures (year-ends 2013 and 2025, to whole hundreds) are only held against, never calculated with.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Place, Problem
from lagesbild.sources.files.file import RawFile
from lagesbild.taxonomy import Taxonomy

#: A figure further than this from the known one, upwards or downwards, is another kommun's. Since 1998 no kommun has been
#: further than 1.36 from the known year-ends and the line between them (Värmdö 1998).
FACTOR = 1.5
#: Where one is, these deviations count too: so much at a known year, and so much more for each year from it.
_NEAR, _PER_YEAR = 0.05, 0.015
_FIRST, _LAST = 1998, 2035


def misplaced(file: RawFile, population: pd.DataFrame, taxonomy: Taxonomy) -> list[Problem]:
    """One problem that names every kommun whose population cannot be right, with the figure and the known one; else none.

    population: the table of the contract. Years outside 1998-2035 and kommuner that are not known are passed over.
    """
    known = _known(taxonomy)
    rows = population[population["year"].between(_FIRST, _LAST) & population["kommunkod"].isin(known.index)]
    if rows.empty:
        return []
    years = np.array(known.columns, dtype="float64")
    at = known.loc[rows["kommunkod"]].to_numpy()
    share = ((rows["year"].to_numpy() - years[0]) / (years[-1] - years[0])).clip(0, 1)
    expected = at[:, 0] + share * (at[:, -1] - at[:, 0])
    off = np.abs(np.log(rows["population"].to_numpy(dtype="float64") / expected))
    if not (off > np.log(FACTOR)).any():
        return []
    distance = np.abs(rows["year"].to_numpy()[:, None] - years[None, :]).min(axis=1)
    wrong = rows.assign(expected=expected, off=off)[off > np.log1p(_NEAR + _PER_YEAR * distance)]
    return [_problem(file, wrong.sort_values("off", ascending=False, kind="stable"), taxonomy)]


def _known(taxonomy: Taxonomy) -> pd.DataFrame:
    """kommunkod x year of the known population, the years ascending."""
    frame = taxonomy.known_population
    columns = {year: frame[frame["year"].eq(year)].set_index("kommunkod")["population"] for year in (2013, 2025)}
    return pd.DataFrame(columns).astype("float64")


def _problem(file: RawFile, wrong: pd.DataFrame, taxonomy: Taxonomy) -> Problem:
    """wrong: kommunkod, year, population, expected; the worst first, of a kommun with several years the worst only."""
    worst = wrong.drop_duplicates("kommunkod")
    named = [
        f"{taxonomy.kommun_name(row['kommunkod'])} {row['year']} {swedish.number(row['population'])} "
        f"(enligt SCB omkring {swedish.number(round(row['expected'], -2))})"
        for row in worst.to_dict("records")
    ]
    n_kommuner = swedish.plural(len(named), "kommun", "kommuner")
    what = f"folkmängden kan inte vara rätt för {n_kommuner}: {swedish.listing(named)}."
    slipped = "Kolumnen med folkmängd har förskjutits mot kommunernas namn. Ta bort filen och hämta folkmängden hos SCB."
    action = slipped if len(named) > 2 else "Rätta talen, eller hämta folkmängden hos SCB."
    return Problem(Place(f"{file.name}, folkmängden", file.name), what, "kommunens egen folkmängd.", action)
