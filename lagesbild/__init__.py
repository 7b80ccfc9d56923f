"""What notebooks and scripts import.

The names are fetched when they are first used: ``lagesbild --help`` must not wait for pandas and matplotlib.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lagesbild.charts.chart import Chart
    from lagesbild.errors import Doubt, LagesbildError
    from lagesbild.measures.measure import Measures
    from lagesbild.pipeline import read, run, write
    from lagesbild.profile import Profile, profile_named
    from lagesbild.ranking import rank
    from lagesbild.ranking.result import Ranking
    from lagesbild.report.lagesbild import Lagesbild
    from lagesbild.tables import Tables

__version__ = "0.1.0"
__all__ = [
    "Chart",
    "Doubt",
    "Lagesbild",
    "LagesbildError",
    "Measures",
    "Profile",
    "Ranking",
    "Tables",
    "profile_named",
    "rank",
    "read",
    "run",
    "write",
]

_HOMES = {
    "Chart": "charts.chart",
    "Doubt": "errors",
    "Lagesbild": "report.lagesbild",
    "LagesbildError": "errors",
    "Measures": "measures.measure",
    "Profile": "profile",
    "Ranking": "ranking.result",
    "Tables": "tables",
    "profile_named": "profile",
    "rank": "ranking",
    "read": "pipeline",
    "run": "pipeline",
    "write": "pipeline",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
