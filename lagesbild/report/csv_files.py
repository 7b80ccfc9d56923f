"""The CSV files of a run folder, as bytes; and the checksum that tells one version of the ranking from another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pandas as pd

from lagesbild import letters
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
    """The columns as CSV text: comma, decimal point, LF, figures with every digit they have.

    A text that a spreadsheet would reckon with gets an apostrophe before it, as a spreadsheet itself marks text.

    >>> csv(pd.DataFrame({"item": ["=1+1", "Frågan"], "value": [-1.5, 2.0]}), ["item", "value"])
    "item,value\\n'=1+1,-1.5\\nFrågan,2.0\\n"
    """
    shown = frame.loc[:, list(columns)]
    texts = shown.select_dtypes(["object", "str", "category"])
    for name in map(str, texts):
        is_risky = texts[name].astype("str").str.startswith(letters.FORMULA_SIGNS).fillna(False)
        if is_risky.any():
            shown = shown.assign(**{name: texts[name].astype("str").mask(is_risky, "'" + texts[name].astype("str"))})
    return shown.to_csv(index=False, lineterminator="\n")
