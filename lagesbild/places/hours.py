"""When within the week: from-to intervals spread aoristically over weekdays and hours."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from lagesbild.measures.rates import Array
from lagesbild.places.order import limits

#: Hours in a block of the matrix that officials read; 24 is a multiple of it.
BLOCK = 3
BLOCKS = 24 // BLOCK
CELLS = 7 * BLOCKS
#: Fewer events than these are not pointed out, however few an even spread would give.
LEAST = 10
Mask: TypeAlias = npt.NDArray[np.bool_]
#: An interval of more seconds than this tells nothing of the hour.
LONGEST = 24 * 3600
_HOUR = 3600
#: Monday 5 January 1970 in seconds.
_MONDAY = 4 * 24 * 3600


def aoristic(starts: npt.ArrayLike, ends: npt.ArrayLike) -> Array:
    """(7, 24): how many of the events fall on each weekday (Monday first) and hour, each spread evenly over its interval.

    An event from 22.30 to 23.30 counts a half at 22 and a half at 23 (Ratcliffe 2000, "Aoristic analysis", Int. J.
    Geographical Information Science 14:669). A moment falls whole on its hour. The sum is the number of events. ValueError for
    an interval that ends before it starts or is longer than 24 hours.

    >>> week = aoristic(np.array(["2025-01-03T22:30"], "M8[s]"), np.array(["2025-01-03T23:30"], "M8[s]"))
    >>> week[4, 22:24].tolist(), float(week.sum())
    ([0.5, 0.5], 1.0)
    """
    first = np.asarray(starts, dtype="datetime64[s]").astype(np.int64) - _MONDAY
    last = np.asarray(ends, dtype="datetime64[s]").astype(np.int64) - _MONDAY
    length = last - first
    if (length < 0).any() or (length > LONGEST).any():
        raise ValueError("an interval must end after its start, within 24 hours")
    step = np.arange(25)[:, None]  # the hour of the start and those after it
    hour = first // _HOUR + step
    inside = np.maximum(np.minimum(last, (hour + 1) * _HOUR) - np.maximum(first, hour * _HOUR), 0)
    weight = np.where(length == 0, step == 0, inside / np.maximum(length, 1))
    week = np.bincount((hour % (7 * 24)).ravel(), weights=weight.ravel(), minlength=7 * 24)
    return week.astype(np.float64).reshape(7, 24)


def in_blocks(week: Array) -> Array:
    """(7, 8): the hours summed in blocks of three, 00-03 first.

    >>> in_blocks(np.ones((7, 24)))[0].tolist()
    [3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]
    """
    return np.asarray(week.reshape(7, BLOCKS, BLOCK).sum(axis=2))


def timed(starts: npt.NDArray[np.datetime64], ends: npt.NDArray[np.datetime64]) -> tuple[Mask, Mask]:
    """Of which events the hour can be told, and which have a clock time but an interval over 24 hours."""
    has_time = ~(np.isnat(starts) | np.isnat(ends))
    is_long = has_time & ((ends - starts).astype(np.int64) > LONGEST)
    return has_time & ~is_long, is_long


def matrix(week: Array, dispersion: float = 1.0) -> dict[str, npt.NDArray[Any]]:
    """weekday 0-6, block 0-7, count, lower, upper, is_above of (7, 24) events, one value a cell.

    count: aoristic, so it has decimals. lower, upper: 95 % Poisson limits of it, widened by ``dispersion``; where intervals are
    spread they are somewhat too wide, never too narrow. is_above: the lower limit, at a level of 5 % for all 56 cells together
    (Bonferroni), is above an even spread over the week, and the cell has at least ten events.

    >>> found = matrix(np.ones((7, 24)))
    >>> float(found["count"][0]), bool(found["is_above"].any())
    (3.0, False)
    """
    counts = in_blocks(week).ravel()
    lower, upper = limits(counts, dispersion)
    strict, _ = limits(counts, dispersion, 1 - 0.05 / CELLS)
    weekday, block = np.divmod(np.arange(CELLS), BLOCKS)
    is_above = (strict > counts.sum() / CELLS) & (counts >= LEAST)
    return {"weekday": weekday, "block": block, "count": counts, "lower": lower, "upper": upper, "is_above": is_above}


def by_block(week: Array, dispersion: float = 1.0) -> dict[str, npt.NDArray[Any]]:
    """block 0-7, count, lower, upper, is_above of (7, 24) events, all weekdays together; as ``matrix``, at 5 % for all."""
    counts = in_blocks(week).sum(axis=0)
    lower, upper = limits(counts, dispersion)
    strict, _ = limits(counts, dispersion, 1 - 0.05 / BLOCKS)
    is_above = (strict > counts.sum() / BLOCKS) & (counts >= LEAST)
    return {"block": np.arange(BLOCKS), "count": counts, "lower": lower, "upper": upper, "is_above": is_above}
