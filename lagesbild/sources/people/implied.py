"""The population that Brå's own rates imply, for the kommun-years that no file gives it for.

Brå divides by the year's mean population N and prints the rate r = 10⁵·O/N in whole numbers. So a count O and its rate tell

    N ∈ [10⁵·O/(r + ½), 10⁵·O/(r − ½)],

and all series of a kommun and year, months too, tell of the same N: it lies where their intervals overlap.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.checks.shown import shown_kommun
from lagesbild.tables import TABLES, Tables

_PLACE = ["kommunkod", "year"]
#: A population is used when it is good to one in two thousand, as a single rate of 1 000 tells it.
_MOST_OFF = 1 / 1998
#: Half of the last place that rates are printed with. Intervals are a little wider, for halves are rounded both ways.
_ROUNDING, _SLACK = 0.5, 1e-6
#: Some series print the sum of two rounded rates: such a one may be off by a whole unit and contradicts nobody.
_ROUNDED_TWICE = 1.0
#: A year-end is this near the year's mean at most; what is further away is another kommun's figure on the wrong row.
_NEAR = 0.05


def implied(offences: pd.DataFrame) -> pd.DataFrame:
    """kommunkod, year, population (float64), off (persons, at most so far away), is_agreed; a row per kommun-year with a rate.

    offences: ``reported_offences``. Where the intervals of all series overlap, population is the middle of the overlap and
    ``off`` half its length. Where they do not, the series with the highest rate counts, whose rounding matters least:
    population 10⁵·O/r; is_agreed then tells whether the others are within one unit of their rate, as a sum of two rounded ones.

    >>> rows = pd.DataFrame({"kommunkod": ["2084", "2084"], "year": [2024, 2024], "count": [2465, 643],
    ...                      "rate_per_100k": [10914.0, 2847.0]})
    >>> implied(rows).round(2).to_dict("records")
    [{'kommunkod': '2084', 'year': 2024, 'population': 22585.67, 'off': 1.03, 'is_agreed': True}]
    """
    count, rate = offences["count"].astype("float64"), offences["rate_per_100k"]
    usable = offences[count.gt(0) & rate.gt(_ROUNDING)]
    count, rate = count[usable.index], rate[usable.index]
    told = usable[_PLACE].assign(
        lowest=1e5 * count / (rate + _ROUNDING) - _SLACK,
        highest=1e5 * count / (rate - _ROUNDING) + _SLACK,
        least=1e5 * count / (rate + _ROUNDED_TWICE),
        most=1e5 * count / (rate - _ROUNDED_TWICE).where(rate.gt(_ROUNDED_TWICE)),  # a rate of 1 sets no upper limit
        rate=rate,
        alone=1e5 * count / rate,
    )
    common = told.groupby(_PLACE, observed=True).agg(lowest=("lowest", "max"), highest=("highest", "min")).reset_index()
    order = told.sort_values([*_PLACE, "rate", "alone"], kind="stable")
    surest = order.drop_duplicates(_PLACE, keep="last")
    both = common.merge(surest[[*_PLACE, "rate", "alone"]], on=_PLACE, how="left", validate="one_to_one")
    overlaps = both["lowest"].le(both["highest"])
    loose = told[_PLACE].assign(least=told["least"], most=told["most"].fillna(np.inf))
    loose = loose.groupby(_PLACE, observed=True).agg(least=("least", "max"), most=("most", "min")).reset_index()
    is_agreed = overlaps | loose["least"].le(loose["most"])
    middle = (both["lowest"] + both["highest"]) / 2
    own = surest.set_index(_PLACE).loc[pd.MultiIndex.from_frame(both[_PLACE])]
    half = pd.Series((own["highest"] - own["lowest"]).to_numpy() / 2, both.index)
    return both[_PLACE].assign(
        population=middle.where(overlaps, both["alone"]),
        off=((both["highest"] - both["lowest"]) / 2).where(overlaps, half),
        is_agreed=is_agreed,
    )


def with_implied(
    tables: Tables, year_ends: pd.DataFrame | None = None, of_interest: frozenset[str] | None = None
) -> tuple[Tables, tuple[Doubt, ...]]:
    """The tables with ``population`` filled where it lacks a kommun-year that has a sure implied one; and a doubt saying so.

    What was delivered goes first, except a lone year-end (year_ends: their kommunkod and year), which is no mean population and
    would make Brå's own rates look wrong; it yields where all series agree and the two are within 5 percent. Whole persons. An
    implied population is left out where it may be off by more than one in two thousand. of_interest: the kommuner that are told
    of; None for all.
    """
    offences = tables.reported_offences
    if offences.empty:
        return tables, ()
    told = implied(offences)
    tables, replaced = _without_year_ends(tables, year_ends, told)
    given = tables.population[_PLACE]
    found = told.merge(given, on=_PLACE, how="left", indicator="where", validate="one_to_one")
    added = found[found["where"].eq("left_only") & _is_sure(found)]
    if added.empty:
        return tables, ()
    names = TABLES["population"].names
    whole = added[_PLACE].assign(population=np.floor(added["population"] + 0.5).astype("int64"))
    filled = pd.concat([tables.population, whole.astype(tables.population.dtypes.to_dict())])
    filled = filled.sort_values(list(TABLES["population"].key), kind="stable")[names].reset_index(drop=True)
    absent = added.merge(replaced[_PLACE], on=_PLACE, how="left", indicator="kind", validate="one_to_one")
    absent = absent[absent["kind"].eq("left_only")]
    absent, told_of, yielded = (_among(rows, of_interest) for rows in (absent, added, replaced))
    doubts = (*([_told(absent)] if len(absent) else []), *_disagreeing(told_of), *_replacing(yielded))
    return replace(tables, population=filled), doubts


def _among(rows: pd.DataFrame, kommuner: frozenset[str] | None) -> pd.DataFrame:
    return rows if kommuner is None else rows[rows["kommunkod"].isin(kommuner)]


def _is_sure(told: pd.DataFrame) -> pd.Series:
    is_sure: pd.Series = told["off"].le(told["population"] * _MOST_OFF) & told["population"].ge(1)
    return is_sure


def _without_year_ends(tables: Tables, year_ends: pd.DataFrame | None, told: pd.DataFrame) -> tuple[Tables, pd.DataFrame]:
    """The tables without the lone year-ends that an implied population replaces, and those: with delivered and population."""
    sure = told[_is_sure(told) & told["is_agreed"]]
    own = tables.population.rename(columns={"population": "delivered"})
    if year_ends is None or own.empty:
        return tables, own.assign(population=0.0).head(0)
    replaced = own.merge(year_ends, on=_PLACE, validate="one_to_one").merge(sure, on=_PLACE, validate="one_to_one")
    replaced = replaced[(replaced["population"] / replaced["delivered"] - 1).abs().le(_NEAR)]
    kept = tables.population.merge(replaced[_PLACE], on=_PLACE, how="left", indicator="where", validate="one_to_one")
    population = tables.population[kept["where"].eq("left_only").to_numpy()].reset_index(drop=True)
    return replace(tables, population=population), replaced


def _replacing(replaced: pd.DataFrame) -> tuple[Doubt, ...]:
    """A doubt where an implied population took a lone year-end's place and differs from it by more than rounding."""
    off = (replaced["population"] - replaced["delivered"].astype("float64")).abs()
    apart = replaced.assign(share=off / replaced["population"])[off.gt(1)]
    if apart.empty:
        return ()
    worst = apart.sort_values(["share", *_PLACE], ascending=[False, True, True]).to_dict("records")[0]
    pair = f"{swedish.number(worst['population'])} mot {swedish.number(worst['delivered'])}"
    what = (
        f"För {swedish.plural(len(apart), 'kommunår', 'kommunår')} finns bara ett årsslut, och Brå räknar med en annan "
        f"medelfolkmängd. Mest skiljer {shown_kommun(str(worst['kommunkod']))} {worst['year']}: {pair}."
    )
    action = "Den som Brås tal ger används. Hämta medelfolkmängden hos SCB om det går."
    return (Doubt("folkmangd_olika", "Befolkning", what, action, n_rows=len(apart)),)


def _told(added: pd.DataFrame) -> Doubt:
    span = swedish.years(int(added["year"].min()), int(added["year"].max()))
    off = added["off"] + 0.5  # whole persons
    worst = added.assign(off=off, share=off / added["population"])
    share = swedish.percent(float(worst["share"].max()), 2, words=True)
    what = f"Folkmängd saknas i underlaget för {swedish.plural(len(added), 'kommunår', 'kommunår')} ({span})."
    action = (
        "Den räknas fram ur Brås antal och tal per 100 000 invånare. Felet blir högst "
        f"{swedish.plural(int(np.ceil(worst['off'].max())), 'person', 'personer')}, som mest {share}."
    )
    return Doubt("folkmangd_harledd", "Befolkning", what, action, n_rows=len(added))


def _disagreeing(added: pd.DataFrame) -> tuple[Doubt, ...]:
    apart = added[~added["is_agreed"]]
    if apart.empty:
        return ()
    first = apart.iloc[0]
    what = (
        f"För {swedish.plural(len(apart), 'kommunår', 'kommunår')} ger Brås olika tal inte samma folkmängd, "
        f"till exempel {shown_kommun(str(first['kommunkod']))} {first['year']}."
    )
    action = "Den räknas ur det brott som har högst tal per 100 000 invånare. Kontrollera att antal och tal hör ihop."
    return (Doubt("folkmangd_oense", "Befolkning", what, action, n_rows=len(apart)),)
