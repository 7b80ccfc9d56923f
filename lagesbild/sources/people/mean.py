"""Figures of population become the mean population that Brå divides by, and each tells how good a ground it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.sources.checks.shown import shown_kommun
from lagesbild.sources.reading import Reading
from lagesbild.tables import validate

Kind = Literal["mean", "year_end", "unknown"]
USE_MEAN = "Brå räknar med medelfolkmängden. Hämta den hos SCB om det går."
#: Two figures that round the same mean in two ways differ by one person at most.
ROUNDING = 1


class Grade(IntEnum):
    """What a population figure is, the best first; of two files that both have a kommun and year the better one is used."""

    MEAN = 0
    YEAR_ENDS = 1
    SUMMED_YEAR_ENDS = 2
    UNCLEAR = 3
    YEAR_END = 4
    SUMMED_YEAR_END = 5

    @property
    def words(self) -> str:
        """What it is, in Swedish."""
        return _WORDS[self]


_WORDS = {
    Grade.MEAN: "årets medelfolkmängd",
    Grade.YEAR_ENDS: "medeltalet av två årsslut",
    Grade.SUMMED_YEAR_ENDS: "medeltalet av två årsslut, summerat av delområden",
    Grade.UNCLEAR: "en folkmängd som inte säger vilken dag den gäller",
    Grade.YEAR_END: "ett enda årsslut",
    Grade.SUMMED_YEAR_END: "ett enda årsslut, summerat av delområden",
}


def mean_population(
    where: str, figures: pd.DataFrame, kind: Kind, *, is_summed: bool = False
) -> tuple[pd.DataFrame, pd.Series, tuple[Doubt, ...]]:
    """The table ``population``, each row's grade (same index), and a doubt where the figures are no mean population.

    figures: kommunkod, year, value (persons), one row per kommun and year, of one kind. Year-ends P become
    N_t = (P_{t-1} + P_t) / 2 where both are there (SCB's medelfolkmängd), else they stand as they are. A half is rounded up.

    >>> ends = pd.DataFrame({"kommunkod": "1493", "year": [2024, 2025], "value": [24500.0, 24421.0]})
    >>> table, grades, _ = mean_population("a.csv", ends, "year_end")
    >>> table["population"].tolist(), grades.tolist()
    ([24500, 24461], [4, 1])
    """
    before = figures.assign(year=figures["year"] + 1, before=figures["value"])[["kommunkod", "year", "before"]]
    joined = figures.merge(before, on=["kommunkod", "year"], how="left", validate="one_to_one")
    is_alone = joined["before"].isna()
    if kind == "year_end":
        value = joined[["value", "before"]].mean(axis=1)
        both, alone = (Grade.SUMMED_YEAR_ENDS, Grade.SUMMED_YEAR_END) if is_summed else (Grade.YEAR_ENDS, Grade.YEAR_END)
        grades = pd.Series(int(both), joined.index).mask(is_alone, int(alone))
    else:
        value = joined["value"]
        grades = pd.Series(int(Grade.MEAN if kind == "mean" else Grade.UNCLEAR), joined.index)
    frame = joined[["kommunkod", "year"]].assign(population=value.add(0.5).floordiv(1))
    doubts = () if frame.empty or kind == "mean" else (_doubt(where, kind, int((~is_alone).sum()), int(is_alone.sum())),)
    return validate("population", frame, where), grades, doubts


def _doubt(where: str, kind: Kind, n_means: int, n_alone: int) -> Doubt:
    """What the figures are, if not the mean population."""
    n_rows = n_means + n_alone
    if kind == "unknown":
        what = "tabellen säger inte om folkmängden är årets medeltal eller den 31 december."
        return Doubt("folkmangd_oklar", where, what, f"Den används som den är. {USE_MEAN}", n_rows)
    how = "Medeltalet av två årsslut används" if n_means else "Årsslutet används som det är"
    how += ", och ett ensamt årsslut som det är" if n_means and n_alone else ""
    return Doubt("folkmangd_arsslut", where, "tabellen gäller den 31 december.", f"{how}. {USE_MEAN}", n_rows)


def lone_year_ends(readings: Iterable[Reading]) -> pd.DataFrame:
    """The kommunkod and year for which no reading has better than a lone year-end."""
    frames = [
        its.assign(grade=reading.grades.get("population", pd.Series(int(Grade.MEAN), its.index)))
        for reading in readings
        if (its := reading.tables.get("population")) is not None
    ]
    if not frames:
        return pd.DataFrame({"kommunkod": pd.Series(dtype="str"), "year": pd.Series(dtype="int64")})
    best = pd.concat(frames).groupby(["kommunkod", "year"], observed=True)["grade"].min().reset_index()
    return best.loc[best["grade"].ge(int(Grade.YEAR_END)), ["kommunkod", "year"]].reset_index(drop=True)


def disagreement(where: str, losers: pd.DataFrame, won: pd.DataFrame, winner: str) -> Doubt | None:
    """A doubt where two files have figures of different grade that differ by more than rounding; both figures are told.

    losers, won: kommunkod, year, population and ``grade``, row by row the same kommun and year. winner: the file that is used.
    """
    off = (losers["population"].astype("float64") - won["population"].astype("float64")).abs()
    if not off.gt(ROUNDING).any():
        return None
    at = (off / won["population"].astype("float64")).idxmax()
    kept, left = won.to_dict("index")[at], losers.to_dict("index")[at]
    pair = f"{swedish.number(kept['population'])} mot {swedish.number(left['population'])}"
    n_rows = int(off.gt(ROUNDING).sum())
    what = (
        f"folkmängden skiljer sig för {swedish.plural(n_rows, 'kommunår', 'kommunår')}, "
        f"mest för {shown_kommun(str(kept['kommunkod']))} {kept['year']}: {pair}."
    )
    better, worse = Grade(int(kept["grade"])).words, Grade(int(left["grade"])).words
    return Doubt("folkmangd_olika", where, what, f"{winner} används: den har {better}, den andra {worse}.", n_rows)
