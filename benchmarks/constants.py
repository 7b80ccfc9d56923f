"""What the published counts of 290 kommuner say of the numbers that every run rests on: ``python -m benchmarks.constants``.

Reads the 36 monthly exports 2013-2015 and the nine kommuner 1996-2025 from the folder of real files (LAGESBILD_SHARED, else
``../shared``), prints what is learnt, and how it was learnt; the values are carried into ``taxonomy/constants.csv`` by hand.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]
FOLDER = Path(os.environ.get("LAGESBILD_SHARED", "../shared")) / "data"
SHARE_OF_SD = 0.6745  # median absolute deviation of a standard normal
FEWEST = 30  # events a year below which chance hides everything else
NEIGHBOURS = 8
GROUPS = {
    "Bilbrott": "A",
    "Skadegörelsebrott (inkl. mordbrand)": "B",
    "Stöldbrott utom bilbrott": "B",
    "Våldsbrott": "B",
    "Hot-, kränknings- och frihetsbrott": "B",
    "Vårdslöshet- och vållandebrott": "B",
    "Alkohol- och narkotikabrott": "C",
    "Vissa trafikbrott": "C",
    "Vapenbrott": "C",
}


def kommun_years() -> tuple[dict[str, Array], Array]:
    """Yearly counts (290, 3) of each offence group, and the kommuner's populations 2014 (290,)."""
    columns = ["region", "offence", "year", "month", "count", "rate", "empty"]
    files = sorted((FOLDER / "bra_databasfil").glob("*.txt"))
    parts = [pd.read_csv(f, sep=";", encoding="latin-1", skiprows=1, names=columns, dtype="str") for f in files]
    rows = pd.concat(parts)
    rows = rows.assign(offence=rows["offence"].str.strip(), count=rows["count"].astype("int64"), year=rows["year"].astype(int))
    table = rows.pivot_table("count", index=["region", "offence"], columns="year", aggfunc="sum")
    regions = sorted(rows["region"].unique())
    counts = {
        name: table.xs(name, level="offence").reindex(regions).to_numpy(float)
        for name in rows["offence"].unique()
        if not name.startswith("Totalt")
    }
    counts["Stöldbrott utom bilbrott"] = counts.pop("Stöldbrott") - counts["Bilbrott"]
    people = pd.read_csv(FOLDER / "kommun_indikatorer_2013" / "school_fire_cases_1998_2014.csv")
    people = people[people["Year"].eq(2014)].set_index("Municipality")["Population"]
    return counts, people.reindex([r.removesuffix(" kommun") for r in regions]).to_numpy(float)


def robust_variance(values: Array) -> float:
    """(median |x − median| / .6745)²: one kommun's series of cases does not decide."""
    return float((np.median(np.abs(values - np.median(values))) / SHARE_OF_SD) ** 2)


def yearly_variation(counts: Array) -> float:
    """Squared coefficient of variation from year to year beyond chance: the second difference of three yearly logs has
    variance 6·(c + 1/μ), and a steady trend, own or national, cancels in it."""
    used = counts[counts.mean(axis=1) >= FEWEST]
    logs = np.log(used + 0.5)
    bend = logs[:, 0] - 2 * logs[:, 1] + logs[:, 2]
    return robust_variance(bend) / 6 - float(np.median((1 / (used + 0.5)).mean(axis=1)))


def ratios(counts: Array, population: Array) -> Array:
    """(290,) log ratio of three years' rate to that of the eight nearest in population."""
    total = counts.sum(axis=1)
    order = np.abs(np.log(population)[:, None] - np.log(population)[None, :])
    np.fill_diagonal(order, np.inf)
    near = np.argsort(order, axis=1, kind="stable")[:, :NEIGHBOURS]
    return np.asarray(
        np.log((total + 0.5) / population) - np.log((total[near].sum(axis=1) + 0.5) / population[near].sum(axis=1))
    )


def between(counts: Array, population: Array, variation: float) -> float:
    """Variance over kommuner of that ratio, less chance and a third of the yearly c."""
    total = counts.sum(axis=1)
    used = total >= 3 * FEWEST
    chance = float(np.median(1 / (total[used] + 0.5)))
    return robust_variance(ratios(counts, population)[used]) - chance - max(variation, 0.0) / 3


def own_and_common(counts: dict[str, Array], population: Array) -> tuple[float, float]:
    """Standard deviations of an offence group's own part of the ratio, and of what the kommun's groups have in common.

    Rare groups, where chance is most of it, are left out.
    """
    frequent = [series for series in counts.values() if np.median(series.sum(axis=1)) >= 10 * FEWEST]
    table = np.array([ratios(series, population) for series in frequent])
    common = table.mean(axis=0)
    n = len(table)
    own = float(((table - common) ** 2).sum(axis=0).mean() / (n - 1))
    chance = float(np.mean([np.mean(1 / (series.sum(axis=1) + 0.5)) for series in frequent]))
    return float(np.sqrt(own - chance)), float(np.sqrt(max(common.var() - own / n, 0.0)))


def slopes(counts: Array) -> tuple[float, float]:
    """Variance of five-year slopes relative to all kommuner together, less what the residuals explain; and c of the residuals.

    counts (kommuner, years)."""
    logs = np.log(counts + 0.5)
    own = logs - np.log(counts.sum(axis=0))
    t = np.arange(5) - 2.0
    windows = np.lib.stride_tricks.sliding_window_view(own, 5, axis=1)
    slope = windows @ t / 10
    rest = windows - windows.mean(axis=-1, keepdims=True) - slope[..., None] * t
    noise = (rest**2).sum(axis=-1) / 3
    chance = np.lib.stride_tricks.sliding_window_view(1 / (counts + 0.5), 5, axis=1).mean(axis=-1)
    return float(slope.var() - noise.mean() / 10), float((noise - chance).mean())


def common_slopes(counts: Array) -> float:
    """Variance of the five-year slopes of all kommuner together: what a kommun's own trend shares with the others'."""
    logs = np.log(counts.sum(axis=0))
    slope = np.lib.stride_tricks.sliding_window_view(logs, 5) @ (np.arange(5) - 2.0) / 10
    return float(slope.var())


def nine_kommuner() -> dict[str, Array]:
    """Yearly counts (9, years) 2005-2025 of each key but the total; theft without burglary."""
    rows = pd.read_csv(FOLDER / "bra_sol_ostra_skaraborg" / "bra_crime_annual_1996_2025.csv", sep=";")
    rows = rows[rows["period"].ge(2005)]
    table = {str(key): part.pivot_table("count", index="kommun", columns="period") for key, part in rows.groupby("key")}
    found = {key: table[key].to_numpy(float) for key in ("person", "burglary", "vandalism", "drugs_weapons")}
    return found | {"theft": table["theft"].to_numpy(float) - found["burglary"]}


def main() -> None:
    """Print what is learnt."""
    if not (FOLDER / "bra_databasfil").is_dir():
        sys.exit(f"{FOLDER} holds no real files (set LAGESBILD_SHARED)")
    counts, population = kommun_years()
    print(f"290 kommuner 2013-2015, {'group':38s} class  yearly c   between-kommun sd")
    variation, spread = {}, {}
    for name, group in GROUPS.items():
        variation[name] = yearly_variation(counts[name])
        spread[name] = between(counts[name], population, variation[name])
        print(f"{name:62s} {group}     {variation[name]:6.3f}     {np.sqrt(max(spread[name], 0)):.2f}")
    print("\n9 kommuner 2005-2025: five-year slopes")
    own, common = [], []
    for name, series in nine_kommuner().items():
        slope, c = slopes(series)
        own.append(slope)
        common.append(common_slopes(series))
        print(f"{name:20s} own sd {np.sqrt(max(slope, 0)):.3f}  common sd {np.sqrt(common[-1]):.3f}  yearly c {c:.3f}")
    print(f"\narlig_variation      {np.median(list(variation.values())):.3f}  median of the groups")
    single, shared = own_and_common(counts, population)
    print(f"prior_sd_jamforelse  {single:.2f}  an offence group's own part of the ratio to the peers")
    print(f"prior_sd_kommun      {shared:.2f}  what a kommun's groups have in common")
    total = np.sqrt(np.mean(own) + np.mean(common))
    print(f"prior_sd_utveckling  {total:.3f}  own and common five-year slopes together")
    for group in ("A", "B", "C"):
        spreads = [spread[name] for name, g in GROUPS.items() if g == group]
        print(f"class {group}, comparison: {np.sqrt(np.mean(spreads)):.2f} in all, problem and reporting together")


if __name__ == "__main__":
    main()
