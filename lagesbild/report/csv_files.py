"""The CSV files of a run folder, as bytes; and the checksum that tells one version of the ranking from another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pandas as pd

from lagesbild.measures.measure import MEASURE_COLUMNS
from lagesbild.ranking.result import RANKING_COLUMNS
from lagesbild.report.lagesbild import Lagesbild

RANKING = "ranking.csv"
EXPLANATION_COLUMNS = ("problem_area", "criterion", "source", "points")
SENSITIVITY_COLUMNS = ("variant", "problem_area", "rank", "p_top")


def files(lagesbild: Lagesbild) -> dict[str, bytes]:
    """Every CSV file of the run folder by name."""
    ranking = lagesbild.ranking
    return {
        RANKING: ranking_csv(lagesbild),
        "explanation.csv": csv(ranking.explanation, EXPLANATION_COLUMNS).encode(),
        "sensitivity.csv": csv(ranking.sensitivity, SENSITIVITY_COLUMNS).encode(),
        "measures.csv": csv(lagesbild.measures.rows, MEASURE_COLUMNS).encode(),
    }


def ranking_csv(lagesbild: Lagesbild) -> bytes:
    """The bytes of ``ranking.csv``."""
    return csv(lagesbild.ranking.table, RANKING_COLUMNS).encode()


def ranking_sha256(lagesbild: Lagesbild) -> str:
    """The SHA-256 of ``ranking.csv``, by which a decision says what it was taken on; in hexadecimal."""
    return hashlib.sha256(ranking_csv(lagesbild)).hexdigest()


def csv(frame: pd.DataFrame, columns: Sequence[str]) -> str:
    """The columns as CSV text: comma, decimal point, LF, figures with every digit they have."""
    return frame.loc[:, list(columns)].to_csv(index=False, lineterminator="\n")
