"""Places and times within a problem area: which named areas, which weekdays and hours, which months."""

from __future__ import annotations

from lagesbild.places.counting import FEW, count
from lagesbild.places.events import EST, POLICE, SOURCES
from lagesbild.places.value import Counted, Places

__all__ = ["EST", "FEW", "POLICE", "SOURCES", "Counted", "Places", "count"]
