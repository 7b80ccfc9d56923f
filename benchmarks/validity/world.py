"""One invented kommun: what its producers would deliver, and what was true behind it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lagesbild.profile import Profile
from lagesbild.tables import Tables


@dataclass(frozen=True)
class World:
    """A kommun with planted truth.

    tables: what was delivered, by the contract; the peers' reported offences and populations are in it. profile: the kommun's.
    truth: problem_area, level, comparison, trend, mean_events; the true θ of all 16 areas on the log scale (level: log of the
    true yearly incidence over the last three years, mean 0 over the areas; comparison: log ratio to the peers' pooled true
    incidence; trend: least-squares slope of the log incidence per year over the years delivered, at most five), and the true
    events per year behind it. biases: problem_area, source, level, comparison, trend; how far each source's expected signal
    lies from the truth, log scale, level (and the trend of EST) without the source's mean: what an oracle may know.
    """

    tables: Tables
    profile: Profile
    truth: pd.DataFrame
    biases: pd.DataFrame
