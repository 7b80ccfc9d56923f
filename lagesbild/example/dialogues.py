"""Dialogues: what those who came spoke of, meeting by meeting."""

from __future__ import annotations

import math
from collections.abc import Iterator

from lagesbild.example import world
from lagesbild.example.draws import Draws
from lagesbild.example.table import to_csv

COLUMNS = ["dialogue", "date", "participants", "theme", "mentions"]
SOURCES = {"citizen": "medborgardialog", "staff": "medarbetardialog"}
#: Dialogue, date, participants: two on the square and one on the web; two with staff.
MEETINGS = (
    ("citizen", "2025-04-26", 58),
    ("citizen", "2025-09-13", 71),
    ("citizen", "2025-10-31", 126),
    ("staff", "2025-03-12", 34),
    ("staff", "2025-10-08", 41),
)
MENTIONS_PER_PERSON = 1.6
#: Weight of a theme that belongs to no problem area.
OTHER_WEIGHT = 1.2


def dialogue_themes(seed: int) -> bytes:
    """dialogue_themes.csv: mentions ~ Poisson, shared by exp(level + bias); a theme nobody spoke of has no row."""
    draws = Draws(seed, "dialogues")
    return to_csv(COLUMNS, _rows(draws))


def _rows(draws: Draws) -> Iterator[dict[str, object]]:
    for dialogue, day, participants in MEETINGS:
        weights = {row["theme"]: _weight(row) for row in world.rows("themes") if row["dialogue"] == dialogue}
        for theme, weight in weights.items():
            mentions = draws.poisson(participants * MENTIONS_PER_PERSON * weight / sum(weights.values()))
            if mentions:
                yield {"dialogue": dialogue, "date": day, "participants": participants, "theme": theme, "mentions": mentions}


def _weight(row: dict[str, str]) -> float:
    seen = world.seen(SOURCES[row["dialogue"]], row["problem_area"]) if row["problem_area"] else None
    return float(row["share"]) * (OTHER_WEIGHT if seen is None else math.exp(seen.level))
