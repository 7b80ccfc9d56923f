"""Sums that anybody can work out, and what must be hidden beside a small count so that no sum gives it away.

A reader knows every shown cell, the sum, which hidden cells are small, and the rule itself. So the rule may not look at the
hidden counts: beside k small ones, the helpers are hidden in an order laid down beforehand, until all that is hidden sums to
more than k small ones could. Then every combination of small counts fits all that the reader sees: with any small ones, the
helpers before the last at 0 and the last at the rest, the rule would have stopped at the same helper. (Where a helper of 1-4
would itself be small, the sum must leave the last helper 5 or more.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lagesbild.disclosure.cells import DIVIDED, KEY, SMALLEST_SHOWN, Mask
from lagesbild.measures.rates import Array

EVERYBODY = "alla"


@dataclass(frozen=True)
class Sum:
    """Cells (by position) whose sum is known. parts; helpers: those of the parts that may be hidden for another's sake, in
    turn; whole: the cell that is their sum, None where the sum is a printed total that no cell holds; smallest: the least above
    0 that a hidden helper can be.
    """

    parts: tuple[int, ...]
    helpers: tuple[int, ...]
    whole: int | None = None
    smallest: int = 1

    @property
    def cells(self) -> tuple[int, ...]:
        """Parts and whole."""
        return self.parts if self.whole is None else (*self.parts, self.whole)


@dataclass
class Hidden:
    """What is hidden so far, by position: hidden; keeps its base (a small count); whose printed total is hidden too."""

    is_hidden: Mask
    has_base: Mask
    lost: list[Sum] = field(default_factory=list)

    def add(self, cells: Sequence[int], *, has_base: bool = False) -> None:
        """Hide the cells; one that is hidden without its base stays so."""
        at = list(cells)
        self.has_base[at] = has_base & (self.has_base[at] | ~self.is_hidden[at])
        self.is_hidden[at] = True


def sums_of(cells: pd.DataFrame, turns: dict[str, int]) -> list[Sum]:
    """Areas of one count, source and year (their total is printed), and groups of one question (everybody is their sum).

    turns: line -> its turn to help. All groups of a question may help, in the order of their names.
    """
    areas, groups = cells["problem_area"].tolist(), cells["group"].tolist()
    divided = cells["kind"].isin(DIVIDED)
    found = []
    for part in _together(cells, divided, "problem_area"):
        helpers = sorted((cell for cell in part if areas[cell] in turns), key=lambda cell: turns[areas[cell]])
        found.append(Sum(part, tuple(helpers)))
    for part in _together(cells, ~divided, "group"):
        everyone = [cell for cell in part if groups[cell] == EVERYBODY]
        if len(everyone) == 1:
            others = tuple(sorted((cell for cell in part if cell not in everyone), key=lambda cell: groups[cell]))
            found.append(Sum(others, others, everyone[0], SMALLEST_SHOWN))
    return found


def _together(cells: pd.DataFrame, chosen: pd.Series, over: str) -> list[tuple[int, ...]]:
    """Positions of the chosen cells that differ in one column alone."""
    columns = [cells[name].tolist() for name in ("count", *KEY) if name != over]
    found: dict[tuple[object, ...], list[int]] = {}
    for cell, (is_chosen, *key) in enumerate(zip(chosen.tolist(), *columns, strict=True)):
        if is_chosen:
            found.setdefault(tuple(key), []).append(cell)
    return [tuple(part) for part in found.values()]


def complete(total: Sum, counts: Array, highs: Array, hidden: Hidden) -> None:
    """Hide what must be hidden beside the small cells of one sum; highs: the most a small cell may be, NaN for other cells."""
    small = [cell for cell in total.parts if not np.isnan(highs[cell])]
    if total.whole is not None and not np.isnan(highs[total.whole]):
        # Everybody is few, so is every group. Which group is none at all must not show: four groups of one each would.
        hidden.add(total.parts)
        return
    if not small:
        return
    enough, there = float(highs[small].sum()) + total.smallest, float(counts[small].sum())
    for cell in (cell for cell in total.helpers if np.isnan(highs[cell])):
        if there >= enough:
            return
        hidden.add([cell])
        there += float(counts[cell])
    if there >= enough:
        return
    if total.whole is None:
        hidden.add(total.cells)
        hidden.lost.append(total)
    else:
        hidden.add([total.whole])


def told(total: Sum, counts: Array, highs: Array, hidden: Hidden) -> list[int]:
    """The small cells that are shown, or of which the sum leaves one possible value: none, after ``complete``.

    A small cell is 1-4, any other hidden cell may be anything from 0 on.
    """
    small = [cell for cell in total.parts if not np.isnan(highs[cell])]
    shown = [cell for cell in small if not hidden.is_hidden[cell]]
    if shown or total in hidden.lost or (total.whole is not None and hidden.is_hidden[total.whole]):
        return shown
    others = [cell for cell in total.parts if hidden.is_hidden[cell] and cell not in small]
    known = float(counts[[*small, *others]].sum())
    pinned = []
    for cell in small:
        rest = [other for other in small if other != cell]
        high = min(highs[cell], known - len(rest))
        low = 1.0 if others else max(1.0, known - float(highs[rest].sum()))
        if high - low < 1:
            pinned.append(cell)
    return pinned
