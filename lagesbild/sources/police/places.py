"""Where incidents happened: coordinates of an extract, in degrees or metres, as SWEREF 99 TM (EPSG:3006)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyproj import Transformer

from lagesbild.sources.police.columns import Coded
from lagesbild.tables.contract import EAST, NORTH

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Points:
    """Per row x (east) and y (north), metres, NaN where there is no point. found: how many rows had each fault.

    found: ``swapped`` (mended), ``zero``, ``outside`` (Sweden), ``unreadable`` or only one of the two.
    """

    x: Numbers
    y: Numbers
    found: dict[str, int] = field(default_factory=dict)


def points(first: Coded, second: Coded, sweden: Mapping[str, list[float]]) -> Points:
    """The points of two columns: latitude and longitude, or north and east in metres; either way round.

    sweden: the lowest and highest latitude and longitude.

    >>> from lagesbild.sources.police.columns import coded
    >>> box = {"latitude": [54.9, 69.3], "longitude": [10.4, 24.6]}
    >>> found = points(coded(["58,7100", "13.82", "0", "6508200"]), coded(["13,8200", "58.71", "0", "428500"]), box)
    >>> found.x.tolist(), found.y.tolist(), found.found["swapped"], found.found["zero"]
    ([431639.0, 431639.0, nan, 428500.0], [6508363.0, 6508363.0, nan, 6508200.0], 1, 1)
    """
    one, other = _numbers(first), _numbers(second)
    is_given = (first.codes >= 0) | (second.codes >= 0)
    is_read = np.isfinite(one) & np.isfinite(other)
    x, y = np.full(len(one), np.nan), np.full(len(one), np.nan)
    is_placed = np.zeros(len(one), dtype="bool")
    n_swapped = 0
    latitude, longitude = sweden["latitude"], sweden["longitude"]
    for north, east, is_swapped in ((one, other, False), (other, one, True)):
        in_degrees = _within(north, latitude) & _within(east, longitude) & ~is_placed
        in_metres = _within(north, NORTH) & _within(east, EAST) & ~is_placed
        if in_degrees.any():
            x[in_degrees], y[in_degrees] = _transformer().transform(east[in_degrees], north[in_degrees])
        x[in_metres], y[in_metres] = east[in_metres], north[in_metres]
        is_placed |= in_degrees | in_metres
        n_swapped += int(in_degrees.sum()) if is_swapped else 0
    is_inside = is_placed & _within(x, EAST) & _within(y, NORTH)
    is_zero = is_read & (one == 0) & (other == 0)
    found = {
        "swapped": n_swapped,
        "zero": int(is_zero.sum()),
        "outside": int((is_read & ~is_inside & ~is_zero).sum()),
        "unreadable": int((is_given & ~is_read).sum()),
    }
    return Points(np.where(is_inside, np.round(x), np.nan), np.where(is_inside, np.round(y), np.nan), found)


def _transformer() -> Any:
    return Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)


def _within(values: Numbers, limits: tuple[float, float] | list[float]) -> Flags:
    """Whether each value lies between the limits; NaN does not."""
    return (values >= limits[0]) & (values <= limits[1])


def _numbers(column: Coded) -> Numbers:
    """Every row's number, written with a decimal point or comma; NaN where there is none."""
    plain = pc.replace_substring(column.texts, ",", ".")
    try:
        numbers = plain.cast("double").to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        numbers = pd.to_numeric(plain.to_pandas(), errors="coerce").to_numpy(dtype="float64")
    found: Numbers = column.take(numbers, np.nan)
    return found
