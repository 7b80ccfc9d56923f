"""Round numbers for an axis, and how they are written."""

from __future__ import annotations

from math import floor, log10

from lagesbild import swedish


def round_ticks(highest: float, most: int = 5, is_count: bool = False) -> list[float]:
    """Round numbers (1, 2, 2.5, 5 times a power of ten) from 0 to at least ``highest``, in at most ``most`` steps; whole
    numbers where they count something.

    >>> round_ticks(7, 3), round_ticks(7, 3, is_count=True)
    ([0.0, 2.5, 5.0, 7.5], [0.0, 5.0, 10.0])
    >>> round_ticks(957), round_ticks(0.31)
    ([0.0, 200.0, 400.0, 600.0, 800.0, 1000.0], [0.0, 0.1, 0.2, 0.3, 0.4])
    """
    least = max(highest, 1e-9) / most
    power = 10.0 ** floor(log10(least))
    steps = (factor * power for factor in (1, 2, 2.5, 5, 10, 20))
    step = next(step for step in steps if step >= least * (1 - 1e-9) and not (is_count and step % 1))
    ticks = [0.0]
    while ticks[-1] < highest - 1e-9 * step:
        ticks.append(round(step * len(ticks), 10))
    return ticks


def number_label(value: float) -> str:
    """A number on an axis in Swedish: 1 200 with a hard space, 0,5 with a comma; the decimals it needs, at most three.

    >>> number_label(1200), number_label(0.5)
    ('1\\xa0200', '0,5')
    """
    decimals = next((d for d in range(3) if abs(round(value, d) - value) < 1e-9 * max(1.0, abs(value))), 3)
    return swedish.number(value, decimals)
