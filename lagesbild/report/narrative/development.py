"""What all sources together say of an area's development: the one place that speaks of the problem and not of a source."""

from __future__ import annotations

import math

from lagesbild import swedish


def together(slope: float, sd: float, *, n_sources: int) -> str:
    """Whether the problem has grown, from θ's yearly change and its standard deviation on the log scale (95 % interval).

    What a single source shows can be a change of the source: of who reports, how often, or how much is looked for. The interval
    holds that too, so it is wider than the source's own.

    >>> together(0.02, 0.05, n_sources=3).replace(chr(160), " ")
    'Källorna tillsammans visar ingen säkerställd förändring av problemet (osäkerhetsintervall −8 till 13 procent per år).'
    >>> together(0.12, 0.04, n_sources=2).replace(chr(160), " ")
    'Källorna tillsammans talar för att problemet ökar, 13 procent per år (osäkerhetsintervall 4–22).'
    """
    who = "Källan" if n_sources == 1 else "Källorna tillsammans"
    low, middle, high = (100 * math.expm1(slope + z * sd) for z in (-1.959964, 0.0, 1.959964))
    limits = swedish.interval(low, high)
    if low <= 0 <= high:
        return (
            f"{who} visar ingen säkerställd förändring av problemet (osäkerhetsintervall {limits}{swedish.NBSP}procent per år)."
        )
    verb = "ökar" if slope > 0 else "minskar"
    return (
        f"{who} talar för att problemet {verb}, {swedish.number(abs(middle))}{swedish.NBSP}procent per år "
        f"(osäkerhetsintervall {limits})."
    )
