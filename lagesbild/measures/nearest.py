"""The kommuner that are most alike: the same size, as densely settled, and the same mix of *other* offences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagesbild import swedish
from lagesbild.measures.rates import Array
from lagesbild.taxonomy import Taxonomy

#: How many neighbours each line is compared with, and how many kommuner must have been delivered to choose among.
N_NEIGHBOURS, FEWEST_KOMMUNER = 10, 20
#: A mix of fewer offences says too little of what a place is like.
FEWEST_IN_MIX = 3
POOLED_YEARS = 3
TOTAL = "totalt"
_DECIMALS = 9  # distances that agree so far are a tie, which the kommunkod breaks


@dataclass(frozen=True)
class Neighbours:
    """by_line: line -> kommunkoder, nearest first. missing: why there are none (Swedish); then by_line is empty."""

    by_line: dict[str, tuple[str, ...]]
    missing: str = ""


def nearest(place: Array, counts: Array, left_out: NDArray[np.bool_], k: int = N_NEIGHBOURS) -> NDArray[np.int64]:
    """(T,M,k): for each of T questions the k units nearest each of M units, nearest first, ties in the units' order.

    place (M,P): log population, and log density where it is known. counts (M,L). left_out (T,L): the offences that a question
    does not look at. The squared distance between units i and j is

        d² = Σ_p (u_ip − u_jp)² + Σ_l (v_il − v_jl)² / L',   v_l = log(O_l + ½) − its mean over the L' offences looked at,

    u_p and v_l standardised over the units: size, density and mix weigh the same, however many offences there are. v is the
    centred log-ratio (Aitchison 1986); the population cancels in it, so it is the same for counts and for rates.

    >>> size, counts = np.zeros((3, 1)), np.array([[5., 50., 5.], [5., 50., 900.], [5., 50., 5.]])
    >>> last_left_out = np.array([[False, False, True], [False, False, False]])
    >>> nearest(size, counts, last_left_out, 1)[:, 0, 0].tolist()
    [1, 2]
    """
    size = _standardised(place)
    logs = np.log(counts + 0.5)
    found = np.empty((len(left_out), len(place), k), dtype=np.int64)
    for t, out in enumerate(left_out):
        looked_at = logs[:, ~out]
        mix = _standardised(looked_at - looked_at.mean(axis=1, keepdims=True))
        at = np.hstack([size, mix / np.sqrt(mix.shape[1])])
        norm = (at**2).sum(axis=1)
        distance = norm[:, None] + norm[None, :] - 2 * at @ at.T
        np.fill_diagonal(distance, np.inf)
        found[t] = np.argsort(distance.round(_DECIMALS), axis=1, kind="stable")[:, :k]
    return found


def _standardised(columns: Array) -> Array:
    spread = columns.std(axis=0)
    return np.asarray((columns - columns.mean(axis=0)) / np.where(spread > 0, spread, 1.0))


def neighbours(rows: pd.DataFrame, own: tuple[str, ...], taxonomy: Taxonomy) -> Neighbours:
    """For each line of the own kommun (or police area: its kommuner as one) the kommuner most like it in everything else.

    rows: kommunkod, line, year, count, population, status of every kommun delivered. Final counts of the last three years that
    the own have. A line's mix leaves out the line itself and whatever overlaps with it, so an area's own count, here or
    elsewhere, never chooses whom it is compared with. Kommuner that lack a count of the mix are not chosen among.
    """
    table, population = _pooled(rows, own)
    lines = [line for line in taxonomy.line_ids if line in table.columns]
    looked_at = [line for line in lines if line != TOTAL and table[line].notna().mean() >= 0.5]
    whole = table[looked_at].notna().all(axis=1) & population.gt(0)
    table, population = table[whole], population[whole]
    n_others = len(table) - 1
    if n_others < FEWEST_KOMMUNER:
        there = swedish.plural(max(n_others, 0), "annan kommun", "andra kommuner")
        return Neighbours({}, f"Uppgifter finns för {there}; minst {FEWEST_KOMMUNER} behövs att välja bland.")
    left_out = np.array([[_overlaps(line, other, taxonomy) for other in looked_at] for line in lines], dtype=bool)
    usable = (~left_out).sum(axis=1) >= FEWEST_IN_MIX
    if not usable.any():
        return Neighbours({}, "Uppgifterna är för grovt indelade för att säga vilka kommuner som liknar varandra.")
    counts = table[looked_at].to_numpy(dtype=np.float64)
    at = nearest(_place(population, own, taxonomy), counts, left_out[usable])[:, 0]  # the own stand first
    codes = np.array(table.index)
    kept = [line for line, is_usable in zip(lines, usable, strict=True) if is_usable]
    return Neighbours({line: tuple(map(str, codes[places])) for line, places in zip(kept, at, strict=True)})


def _place(population: pd.Series, own: tuple[str, ...], taxonomy: Taxonomy) -> Array:
    """(M,2): log population and log density; (M,1) where the area of a unit is not known."""
    land = pd.Series(taxonomy.kommun_land["km2"].to_numpy(dtype=np.float64), index=taxonomy.kommun_land["kommunkod"])
    area = land.reindex(population.index)
    area[""] = land.reindex(list(own)).sum(skipna=False)
    columns = [population.to_numpy(dtype=np.float64)]
    if area.notna().all():
        columns.append(columns[0] / area.to_numpy(dtype=np.float64))
    return np.asarray(np.log(np.column_stack(columns)))


def _pooled(rows: pd.DataFrame, own: tuple[str, ...]) -> tuple[pd.DataFrame, pd.Series]:
    """Counts over the years by unit and line, NaN where a year is missing, and population; the own first, then by kommunkod."""
    final = rows[rows["status"].eq("final")]
    ours = final[final["kommunkod"].isin(own)]
    years = sorted(ours["year"].unique())[-POOLED_YEARS:]
    used = final[final["year"].isin(years) & final["line"].isin(ours["line"].unique())]
    unit = used["kommunkod"].mask(used["kommunkod"].isin(own), "")  # sorts before every code
    sums = (
        used.assign(unit=unit)
        .groupby(["unit", "line"], observed=True)
        .agg(count=("count", "sum"), n=("count", "size"), population=("population", "sum"))
        .reset_index()
    )
    n_years: pd.Series = sums["n"] / np.where(sums["unit"].eq(""), len(own), 1)
    complete = sums[n_years.eq(len(years))]
    table = complete.set_index(["unit", "line"])["count"].unstack().sort_index()  # noqa: PD010  # unique keys
    return table, complete.groupby("unit", observed=True)["population"].max().reindex(table.index)


def _overlaps(line: str, other: str, taxonomy: Taxonomy) -> bool:
    """Whether two lines count an offence in common, as far as the taxonomy knows."""
    return bool({line, *taxonomy.covers(line)} & {other, *taxonomy.covers(other)})
