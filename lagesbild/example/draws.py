"""Random draws that give the same answer on every machine: one named stream per source.

Only ``random.Random.random`` is promised to stay the same between Python versions, so every distribution is made from it here.
A stream of its own per source means that a change in one source leaves the other files as they are.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
_NORMAL = NormalDist()
_LARGEST = 500.0  # exp(-mean) must stay well above the smallest float


class Draws:
    """A stream of draws, fixed by seed and name.

    >>> Draws(1, "est").uniform() == Draws(1, "est").uniform(), Draws(1, "est").uniform() == Draws(1, "ntu").uniform()
    (True, False)
    """

    def __init__(self, seed: int, name: str) -> None:
        self._random = random.Random(f"{seed}/{name}")

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """A number from low up to, not including, high."""
        return low + (high - low) * self._random.random()

    def happens(self, probability: float) -> bool:
        """True with this probability."""
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def normal(self, mean: float = 0.0, sd: float = 1.0) -> float:
        """A normal draw, by inversion."""
        return mean + sd * _NORMAL.inv_cdf(max(self._random.random(), 1e-15))

    def poisson(self, mean: float) -> int:
        """A Poisson draw, by inversion; a large mean is drawn in parts, since sums of Poisson draws are Poisson."""
        parts = max(1, math.ceil(mean / _LARGEST))
        return sum(self._poisson(mean / parts) for _ in range(parts))

    def _poisson(self, mean: float) -> int:
        left = self._random.random()
        term = math.exp(-mean)
        count = 0
        while left >= term and (term > 0.0 or count < mean):
            left -= term
            count += 1
            term *= mean / count
        return count

    def choice(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """One of the options, with probability in proportion to its weight."""
        left = self._random.random() * math.fsum(weights)
        for option, weight in zip(options, weights, strict=True):
            left -= weight
            if left < 0:
                return option
        return options[-1]
