"""Looking up the one figure a sentence needs, so that sentences themselves take plain numbers."""

from __future__ import annotations

import math
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import pandas as pd

from lagesbild.measures.measure import Measures
from lagesbild.ranking.draws import is_unsettled
from lagesbild.ranking.result import Ranking

REPORTED = "polisanmalda"
#: source, measure, role, problem area
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Figure:
    """One measure row as plain values; NaN where the row has none."""

    problem_area: str
    source: str
    item: str
    role: str
    geography: str
    year: int
    value: float
    lower: float
    upper: float
    numerator: float
    denominator: float
    is_preliminary: bool
    is_suppressed: bool

    @property
    def is_few(self) -> bool:
        """Whether it is hidden because it is 1-4; a figure hidden for another's sake has no base either."""
        return self.is_suppressed and not math.isnan(self.denominator)

    @property
    def is_known(self) -> bool:
        """Whether there is a value to print."""
        return not self.is_suppressed and not math.isnan(self.value)


@dataclass(frozen=True)
class Signal:
    """The natural-unit figure behind one signal of the ranking."""

    problem_area: str
    source: str
    criterion: str
    estimate: float
    lower: float
    upper: float
    unit: str
    numerator: float
    reference: float
    period: str


@lru_cache(maxsize=256)
def _row(names: tuple[str, ...]) -> Callable[[Iterable[Any]], Any]:
    """What makes a row of its values; ``itertuples`` would define the class anew at each of a report's thousands of calls."""
    kind: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    return cast("Callable[[Iterable[Any]], Any]", kind._make)


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The frame's rows, columns as attributes."""
    make = _row(tuple(map(str, frame.columns)))
    return map(make, zip(*(frame.iloc[:, at] for at in range(frame.shape[1])), strict=True))


def figures(measures: Measures) -> dict[Key, tuple[Figure, ...]]:
    """Every figure about everybody by (source, measure, role, problem area), in the table's order."""
    found: dict[Key, list[Figure]] = {}
    for row in each(measures.rows[measures.rows["group"].eq("alla")]):
        figure = Figure(
            row.problem_area, row.source, row.item, row.role, row.geography, int(row.year), row.value, row.lower, row.upper,
            row.numerator, row.denominator, row.status == "preliminary", bool(row.is_suppressed),
        )  # fmt: skip
        found.setdefault((row.source, row.measure, row.role, row.problem_area), []).append(figure)
    return {key: tuple(own) for key, own in found.items()}


def latest(candidates: Sequence[Figure], year: int) -> Figure | None:
    """The figure of the given year, else of the last year before it; None where there is none."""
    found = [figure for figure in candidates if figure.year <= year]
    return max(found, key=lambda figure: (figure.year, not figure.is_preliminary), default=None)


def signals(ranking: Ranking, problem_area: str) -> dict[tuple[str, str], Signal]:
    """The signals of one problem area by (source, criterion)."""
    return {
        (row.source, row.criterion): Signal(
            row.problem_area,
            row.source,
            row.criterion,
            row.estimate,
            row.lower,
            row.upper,
            row.unit,
            row.numerator,
            row.reference,
            str(row.period),
        )
        for row in ranking.signals_of.get(problem_area, ())
    }


def ranked(ranking: Ranking, problem_area: str) -> Any:
    """The line's row of the ranking's table, columns as attributes. Raises StopIteration for a line that is not ranked."""
    return next(row for row in each(ranking.table) if row.problem_area == problem_area)


def top_k(ranking: Ranking) -> int:
    """How many areas a pledge has room for, as the ranking used it."""
    return int(str(ranking.settings["top_k"]))


def tied_runs(ranking: Ranking, areas: list[str]) -> list[list[str]]:
    """Runs of neighbours in the order, as long as they go, in which no pair's order is settled; runs may share members."""
    runs: list[list[str]] = []
    for i, first in enumerate(areas):
        run = [first]
        for other in areas[i + 1 :]:
            if not all(is_unsettled(before(ranking, one, other)) for one in run):
                break
            run.append(other)
        if len(run) > 1 and not (runs and set(run) <= set(runs[-1])):
            runs.append(run)
    return runs


def before(ranking: Ranking, first: str, second: str) -> float:
    """P(the first line lies before the second)."""
    return float(ranking.pairwise.loc[first, second])  # type: ignore[arg-type]
