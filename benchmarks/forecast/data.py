"""The real counts a forecast is tested on, as arrays, from the folder of real files (LAGESBILD_SHARED, else ../shared)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.measures.forecast import YEAR, History

Array = npt.NDArray[np.float64]
_COLUMNS = ["region", "offence", "year", "month", "count", "rate", "empty"]
_MONTHS = {
    name: i for i, name in enumerate(("Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec"))
}
_PER = 100_000


@dataclass(frozen=True)
class Counts:
    """counts: (K kommuner, G lines, T years, M parts of a year, 12 or 1); population: (K, T); first: the first year."""

    kommuner: list[str]
    lines: list[str]
    counts: Array
    population: Array
    first: int

    @property
    def years(self) -> Array:
        """(K, G, T): the year's counts."""
        return np.asarray(self.counts.sum(axis=3))

    def history(self, line: int, start: int, n_months: int, kommuner: npt.NDArray[np.int64] | None = None) -> History:
        """The line's counts of ``n_months`` from the year at ``start`` on, of all kommuner or of some."""
        rows = np.arange(len(self.kommuner)) if kommuner is None else kommuner
        length = YEAR // self.counts.shape[3]
        at = np.arange(n_months // length)
        year, part = start + at * length // YEAR, at * length % YEAR // length
        months = YEAR * (self.first + start) + at * length
        return History(
            self.counts[rows, line][:, year, part], self.population[rows][:, year], months, np.full(at.shape, length)
        )


def folder() -> Path | None:
    """The data folder; None where it is absent."""
    found = Path(os.environ.get("LAGESBILD_SHARED", Path(__file__).parents[3] / "shared")) / "data"
    return found if (found / "bra_databasfil").is_dir() else None


def months_of_290(data: Path) -> Counts:
    """290 kommuner, ten offence groups, 2013–2015 by month (Brå, Databasfil).

    The population is the middle of what the year's 120 counts and rounded rates allow, good to some persons in ten thousand.
    A kommun that stands twice (Heby, under its old län too) is added up.
    """
    files = sorted((data / "bra_databasfil").glob("*.txt"))
    parts = [pd.read_csv(file, sep=";", encoding="latin-1", skiprows=1, names=_COLUMNS) for file in files]
    rows = pd.concat(parts).dropna(subset=["count"])
    rows = rows.assign(
        region=rows["region"].str.removesuffix(" kommun"), offence=rows["offence"].str.strip(), month=rows["month"].map(_MONTHS)
    )
    kommuner, lines, years = (sorted(rows[name].unique()) for name in ("region", "offence", "year"))
    codes = [
        pd.Categorical(rows[name], categories=values).codes.astype(np.int64)
        for name, values in (("region", kommuner), ("offence", lines), ("year", years))
    ]
    counts = np.zeros((len(kommuner), len(lines), len(years), YEAR))
    count, rate = (rows[name].to_numpy(dtype=np.float64) for name in ("count", "rate"))
    np.add.at(counts, (*codes, rows["month"].to_numpy()), count)
    lowest, highest = np.zeros((len(kommuner), len(years))), np.full((len(kommuner), len(years)), np.inf)
    is_sure = rate > 0
    at = codes[0][is_sure], codes[2][is_sure]
    np.maximum.at(lowest, at, count[is_sure] / (rate[is_sure] + 0.5) * _PER)
    np.minimum.at(highest, at, count[is_sure] / (rate[is_sure] - 0.5) * _PER)
    return Counts(kommuner, lines, counts, (lowest + highest) / 2, int(years[0]))


def years_of_nine(data: Path) -> Counts:
    """Nine kommuner, six keys, 1996–2025 by year; population from the total and its rate. The one missing figure is NaN."""
    rows = pd.read_csv(data / "bra_sol_ostra_skaraborg" / "bra_crime_annual_1996_2025.csv", sep=";", dtype={"kommun": "str"})
    kommuner, lines = sorted(rows["kommun"].unique()), sorted(rows["key"].unique())
    first = int(rows["period"].min())
    at = (
        pd.Categorical(rows["kommun"], categories=kommuner).codes,
        pd.Categorical(rows["key"], categories=lines).codes,
        (rows["period"] - first).to_numpy(),
    )
    counts = np.full((len(kommuner), len(lines), int(rows["period"].max()) - first + 1, 1), np.nan)
    rates = np.full(counts.shape[:3], np.nan)
    counts[*at, 0], rates[at] = rows["count"], rows["per100k"]
    total = lines.index("total")
    return Counts(kommuner, lines, counts, counts[:, total, :, 0] / rates[:, total] * _PER, first)
