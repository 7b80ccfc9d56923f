"""The taxonomy's CSV files, read once and checked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from lagesbild.taxonomy import checks
from lagesbild.taxonomy.taxonomy import Taxonomy

FOLDER = Path(__file__).parent
FLAGS = {"areas": ("is_police_initiated", "is_sensitive"), "survey_items": ("is_signal",), "breaks": ("stops_trend",)}
WHOLE = {"areas": ("order",), "breaks": ("year",), "known_population": ("year", "population"), "kommun_land": ("km2",)}
REAL = {"bias_classes": ("omfattning", "jamforelse", "utveckling"), "constants": ("value",), "severity": ("harm",)}


def read(table: str, folder: Path = FOLDER) -> pd.DataFrame:
    """One table: text columns as "str" with "" where empty, flags as bool, whole numbers as int64, the rest as float64.

    Raises TaxonomyError for wrong columns or a value that is not of its column's type.
    """
    frame = pd.read_csv(folder / f"{table}.csv", dtype="str", keep_default_na=False, encoding="utf-8")
    checks.columns(table, frame)
    for column in FLAGS.get(table, ()):
        checks.values(table, frame, column, {"true", "false"})
        frame[column] = frame[column].eq("true")
    for column in WHOLE.get(table, ()):
        frame[column] = pd.to_numeric(frame[column]).astype("int64")
    for column in REAL.get(table, ()):
        frame[column] = pd.to_numeric(frame[column]).astype("float64")
    return frame


def load_from(folder: Path) -> Taxonomy:
    """The taxonomy of a folder of CSV files, checked. Raises TaxonomyError with everything that is wrong."""
    taxonomy = Taxonomy(**{table: read(table, folder) for table in checks.COLUMNS})
    checks.check(taxonomy)
    return taxonomy


@cache
def load() -> Taxonomy:
    """The taxonomy shipped with the package, read and checked once per process. Raises TaxonomyError."""
    return load_from(FOLDER)
