"""Where the names of points stand so that they cover neither one another nor the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

#: left, bottom, right, top
Area = tuple[float, float, float, float]
#: Directions tried round a point, in order of preference, in turns of 30 degrees; and how far off, mm.
_TURNS = (0, 6, 1, 11, 5, 7, 2, 10, 4, 8, 3, 9)
_DISTANCES = (2.0, 3.5, 5.5, 8.0, 11.0, 15.0)
_ON_LABEL, _ON_POINT, _ON_LINE = 1e4, 1e3, 6.0


@dataclass(frozen=True)
class Placed:
    """Middle of a name, mm, and whether it stands so far from its point that a hairline must tie them."""

    x: float
    y: float
    is_far: bool


def place(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    paper: Area,
    *,
    lines: Sequence[Area] = (),
    texts: Sequence[Area] = (),
) -> list[Placed]:
    """A place for every point's name, in the points' order, each where it covers least of what is already there.

    sizes: width and height of each name. paper: where names may stand. lines: thin areas that a name should rather not cross;
    texts: areas that are written on already.
    Names are placed one after the other, so the most important should come first; the same input gives the same places.

    >>> place([(50.0, 50.0)], [(10.0, 3.0)], (0.0, 0.0, 100.0, 100.0))
    [Placed(x=57.0, y=50.0, is_far=False)]
    """
    dots = [(x - 1.2, y - 1.2, x + 1.2, y + 1.2) for x, y in points]
    taken: list[Area] = list(texts)
    found = []
    for (x, y), (width, height) in zip(points, sizes, strict=True):
        best, least = Placed(x, y, is_far=False), float("inf")
        for order, distance in enumerate(_DISTANCES):
            for preference, turn in enumerate(_TURNS):
                across, up = cos(turn * pi / 6), sin(turn * pi / 6)
                middle = (x + across * (distance + width / 2), y + up * (distance + height / 2))
                box = around(middle, width, height)
                if not _is_inside(box, paper):
                    continue
                cost = 3.0 * order + 0.2 * preference
                cost += _ON_LABEL * sum(_meet(box, other) for other in taken)
                cost += _ON_POINT * sum(_meet(box, dot) for dot in dots)
                cost += _ON_LINE * sum(_meet(box, line) for line in lines)
                if cost < least - 1e-9:
                    gap = hypot(max(box[0] - x, 0.0, x - box[2]), max(box[1] - y, 0.0, y - box[3]))
                    best, least = Placed(round(middle[0], 6), round(middle[1], 6), is_far=gap > 3.0), cost
        found.append(best)
        taken.append(around((best.x, best.y), width, height))
    return found


def around(middle: tuple[float, float], width: float, height: float) -> Area:
    """The area of that size round a point."""
    x, y = middle
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _is_inside(box: Area, paper: Area) -> bool:
    return box[0] >= paper[0] and box[1] >= paper[1] and box[2] <= paper[2] and box[3] <= paper[3]


def _meet(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
