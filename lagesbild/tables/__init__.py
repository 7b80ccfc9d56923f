"""The contract: the schema of every tidy table that crosses a border, and how a frame is held to it."""

from lagesbild.tables.context import CONTEXT, Context
from lagesbild.tables.contract import TABLES
from lagesbild.tables.figure import Figure, Year, parse_figure, parse_figures, parse_year
from lagesbild.tables.frames import Tables
from lagesbild.tables.table import Column, Rule, Table
from lagesbild.tables.validation import validate

__all__ = [
    "CONTEXT",
    "TABLES",
    "Column",
    "Context",
    "Figure",
    "Rule",
    "Table",
    "Tables",
    "Year",
    "parse_figure",
    "parse_figures",
    "parse_year",
    "validate",
]
