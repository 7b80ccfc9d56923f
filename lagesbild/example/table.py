"""Rows as a CSV file in the plain import format: UTF-8, comma, decimal point, line feed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """The rows with exactly these columns; what a row lacks is an empty cell.

    >>> to_csv(["a", "b"], [{"a": 1, "b": 0.50}, {"a": "x, y"}])
    b'a,b\\n1,0.5\\n"x, y",\\n'
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: "" if value is None else value for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8")
