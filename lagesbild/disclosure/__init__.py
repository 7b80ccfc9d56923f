"""Suppression, once, between measures and everything that follows: only what comes out of here may be shown.

What Brå, SCB or NTU printed stays as printed. What the run counted itself is hidden at 1-4 in a sensitive area, and in any
place cell; 0 is shown. A count that the others would give away takes others with it, by a rule that does not look at the
hidden counts, so that knowing the rule is no help. A measure that the run counted and that is not known here is hidden whole.
"""

from __future__ import annotations

from lagesbild.disclosure.cells import SMALLEST_SHOWN, hidden_because
from lagesbild.disclosure.doubts import protect_doubts
from lagesbild.disclosure.effort import protect_effort
from lagesbild.disclosure.places import protect_places
from lagesbild.disclosure.protection import protect
from lagesbild.disclosure.series import protect_counts, shown_by_week

__all__ = [
    "SMALLEST_SHOWN",
    "hidden_because",
    "protect",
    "protect_counts",
    "protect_doubts",
    "protect_effort",
    "protect_places",
    "shown_by_week",
]
