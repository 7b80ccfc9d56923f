"""Measures: tidy tables become rows that say what, how much, on which base and how sure."""

from __future__ import annotations

from lagesbild.measures.measure import MEASURE_COLUMNS, MEASURE_KEY, MEASURE_SCHEMA, MEASURES, ROLES, UNITS, Measures

__all__ = ["MEASURES", "MEASURE_COLUMNS", "MEASURE_KEY", "MEASURE_SCHEMA", "ROLES", "UNITS", "Measures"]
