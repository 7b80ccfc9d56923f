"""Signals as a value: what every source says of every problem area and criterion, with its error covariance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagesbild.ranking.prior import DECLARED, Prior
from lagesbild.ranking.result import CRITERIA

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
LEVEL, COMPARISON, TREND = range(len(CRITERIA))

FACT_COLUMNS = (
    "problem_area", "source", "criterion", "z", "se", "estimate", "lower", "upper", "unit", "numerator", "reference", "period",
)  # fmt: skip
GAP_COLUMNS = ("problem_area", "name", "kind", "detail")


@dataclass(frozen=True)
class Signals:
    """What the sources say, on a log scale (+0.69 = twice as much); A areas, S sources, 3 criteria, canonical order.

    areas, sources: ids. positions, source_positions: their places among all the taxonomy's lines and sources, so that the
    random numbers of one never depend on which others are there. kinds: kind of each source (reported, est, survey, ...).
    z (A,S,3): signal before the source's intercept, NaN where there is none. available (A,S,3).
    sampling, bias (A,S,3,3): covariance of z from the data and from the declared bias classes; zero where there is no signal.
    counts, dispersion: reported offences behind the comparison of raw counts, NaN where there are none.
    unmeasured: positions of the areas with no signal that no measured combined line covers: they compete with the prior alone.
    confirmed_by: line that the police search out -> sources whose trend confirms the reported one; without them it goes.
    n_universe: number of problem areas over which the levels sum to zero. n_lines, n_taxonomy_sources: taxonomy sizes.
    prior: what is assumed before any source has spoken. facts: FACT_COLUMNS, the natural-unit figure behind each signal. gaps:
    GAP_COLUMNS, in Swedish.
    """

    areas: tuple[str, ...]
    sources: tuple[str, ...]
    kinds: tuple[str, ...]
    positions: tuple[int, ...]
    source_positions: tuple[int, ...]
    z: Array
    sampling: Array
    bias: Array
    available: Mask
    counts: Array
    dispersion: Array
    unmeasured: tuple[int, ...] = ()
    n_universe: int = 0
    n_lines: int = 0
    n_taxonomy_sources: int = 0
    confirmed_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    prior: Prior = DECLARED
    facts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(FACT_COLUMNS)))
    gaps: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(GAP_COLUMNS)))

    def __post_init__(self) -> None:
        a, s, c = len(self.areas), len(self.sources), len(CRITERIA)
        shapes = {"z": (a, s, c), "available": (a, s, c), "sampling": (a, s, c, c), "bias": (a, s, c, c), "counts": (a,)}
        for name, shape in shapes.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} has shape {getattr(self, name).shape}, expected {shape}")

    def covariance(self, bias_factor: float = 1.0) -> Array:
        """K (A,S,3,3): sampling and bias; ``bias_factor`` multiplies the declared standard deviations."""
        return np.asarray(self.sampling + bias_factor**2 * self.bias)

    def without(self, sources: Iterable[str]) -> Signals:
        """The same signals without these sources, and without the trends that only they confirmed.

        An area left without any signal stays, with the prior alone.
        """
        left_out = frozenset(sources)
        unknown = left_out - set(self.sources)
        if unknown:
            raise ValueError(f"no such source among the signals: {', '.join(sorted(unknown))}")
        keep = [i for i, source in enumerate(self.sources) if source not in left_out]
        available = self.available[:, keep]
        is_reported = np.array([self.kinds[i] == "reported" for i in keep], dtype=bool)
        for a, line in enumerate(self.areas):
            if line in self.confirmed_by and self.confirmed_by[line] <= left_out:
                available[a, is_reported, TREND] = False
        both = available[..., :, None] & available[..., None, :]
        kept = replace(
            self,
            sources=tuple(self.sources[i] for i in keep),
            kinds=tuple(self.kinds[i] for i in keep),
            source_positions=tuple(self.source_positions[i] for i in keep),
            z=np.where(available, self.z[:, keep], np.nan),
            sampling=np.where(both, self.sampling[:, keep], 0.0),
            bias=np.where(both, self.bias[:, keep], 0.0),
            available=available,
            confirmed_by={line: by - left_out for line, by in self.confirmed_by.items()},
        )
        return replace(kept, facts=self.facts[[kept._has(*key) for key in _keys(self.facts)]].reset_index(drop=True))

    def _has(self, area: str, source: str, criterion: str) -> bool:
        if source not in self.sources:
            return False
        return bool(self.available[self.areas.index(area), self.sources.index(source), CRITERIA.index(criterion)])

    def only(self, areas: Iterable[str]) -> Signals:
        """The same signals of these problem areas alone."""
        wanted = frozenset(areas)
        keep = [i for i, area in enumerate(self.areas) if area in wanted]
        return replace(
            self,
            areas=tuple(self.areas[i] for i in keep),
            positions=tuple(self.positions[i] for i in keep),
            z=self.z[keep],
            sampling=self.sampling[keep],
            bias=self.bias[keep],
            available=self.available[keep],
            counts=self.counts[keep],
            dispersion=self.dispersion[keep],
            facts=self.facts[self.facts["problem_area"].isin(wanted)].reset_index(drop=True),
        )

    @property
    def measured(self) -> Mask:
        """(A,) which areas have any signal."""
        return np.asarray(self.available.any(axis=(1, 2)))

    def _repr_html_(self) -> str:
        return str(self.facts.to_html(index=False, float_format="{:.3g}".format))


def _keys(facts: pd.DataFrame) -> Iterable[tuple[str, str, str]]:
    """Area, source and criterion of each fact."""
    return zip(facts["problem_area"], facts["source"], facts["criterion"], strict=True)
