"""Measures: tidy tables become rows that say what, how much, on which base and how sure."""

from __future__ import annotations

from lagesbild.measures.answers import answers
from lagesbild.measures.breaks import breaks
from lagesbild.measures.dialogue import dialogue
from lagesbild.measures.effort import EffortSummary, effort, weekly_counts
from lagesbild.measures.elsewhere import elsewhere
from lagesbild.measures.est import est
from lagesbild.measures.frame import joined
from lagesbild.measures.measure import (
    MEASURE_COLUMNS,
    MEASURE_KEY,
    MEASURE_SCHEMA,
    MEASURES,
    ROLES,
    UNITS,
    Comparison,
    Measures,
)
from lagesbild.measures.observations import observed
from lagesbild.measures.reported import reported
from lagesbild.measures.reporting import reporting_doubts, reporting_table
from lagesbild.measures.surveys import surveys
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy

__all__ = [
    "MEASURES",
    "MEASURE_COLUMNS",
    "MEASURE_KEY",
    "MEASURE_SCHEMA",
    "ROLES",
    "UNITS",
    "Comparison",
    "EffortSummary",
    "Measures",
    "effort",
    "elsewhere",
    "measure",
    "reporting_table",
    "weekly_counts",
]


def measure(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> Measures:
    """Every measure that the tables allow, before disclosure: rows by MEASURE_SCHEMA sorted by MEASURE_KEY, and the doubts.

    Nothing dated after ``profile.year`` is used. A table that nobody delivered gives no rows, and no doubt: that a source is
    missing is for the ranking to say. Equal tables give equal rows, whatever the order of their rows.
    """
    seen = observed(tables, taxonomy, profile.year, profile.est.categories)
    parts = [make(tables, profile, taxonomy) for make in (reported, surveys, answers, dialogue)]
    parts.append(est(tables, profile, taxonomy, seen))
    rows = MEASURE_SCHEMA.validate(joined(part.rows for part in parts))
    told = (*breaks(rows, profile.year, taxonomy), *reporting_doubts(tables, profile, taxonomy, seen))
    doubts = {*told, *(doubt for part in parts for doubt in part.doubts)}
    told_once = tuple(sorted(doubts, key=lambda doubt: (doubt.kind, doubt.where, doubt.what)))
    named = {line: part for made in parts for line, part in made.parts.items()}
    return Measures(rows, told_once, named, parts[0].compared, parts[0].others)
