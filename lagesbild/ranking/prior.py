"""What is assumed of a problem before any source has spoken: how much problems, kommuner and years differ in Sweden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lagesbild.taxonomy import Taxonomy

#: The level and the comparison of an area are never assumed closer to each other than this correlation.
CLOSEST = 0.9
#: Level and comparison are of the last three years, the trend of five: their middles lie a year apart.
YEARS_APART = 1.0


@dataclass(frozen=True)
class Prior:
    """Standard deviations on the log scale. level: of the areas' levels. comparison: of an area's own ratio to the peers.
    kommun: of what the kommun's ratios have in common. trend: per year. All but the level are learnt from real counts.
    """

    level: float
    comparison: float
    kommun: float
    trend: float

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> Prior:
        """As the taxonomy's constants say."""
        names = ("prior_sd_omfattning", "prior_sd_jamforelse", "prior_sd_kommun", "prior_sd_utveckling")
        return cls(*(taxonomy.constant(name) for name in names))

    def covariance(self, level: float) -> NDArray[np.float64]:
        """(3,3) of an area's θ with this sd of the level, what its kommun's ratios share left out.

        A problem that is larger here than elsewhere is larger here: the level is the country's, times the own ratio, so the two
        share the variance of the ratio. One that has grown is larger in the last years than in the middle of the trend's.

        >>> Prior(1.0, 0.5, 0.3, 0.1).covariance(1.0).round(2).tolist()
        [[1.0, 0.25, 0.01], [0.25, 0.25, 0.01], [0.01, 0.01, 0.01]]
        """
        ratio = min(self.comparison**2, CLOSEST * level * self.comparison)
        grown = min(YEARS_APART * self.trend**2, CLOSEST * min(level, self.comparison) * self.trend)
        return np.array(
            [[level**2, ratio, grown], [ratio, self.comparison**2, grown], [grown, grown, self.trend**2]], dtype=np.float64
        )


#: As the taxonomy's constants are shipped; for signals that are made without a taxonomy.
DECLARED = Prior(level=1.0, comparison=0.25, kommun=0.25, trend=0.07)
