"""The first page."""

from __future__ import annotations

from lagesbild.report.document import Cover
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import cover as said


def cover(lagesbild: Lagesbild) -> Cover:
    """What the report is, of which place and year, for whom and in which standing."""
    profile = lagesbild.profile
    facts = [
        (said.FOR_WHOM, said.readers(is_police_area=profile.is_police_area)),
        (said.WHAT_FOR, said.purpose(profile.year)),
        (said.LAW_HEAD, said.LAW),
        *([(lagesbild.label, said.example(lagesbild.place))] if lagesbild.label else []),
    ]
    return Cover("Lägesbild", profile.name, str(profile.year), said.STATUS, tuple(facts))
