"""Rows of a frame as plain values, for drawing one after another."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

Row = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows in their order, each as column -> value."""
    return cast("list[Row]", frame.to_dict("records"))


def lookup(frame: pd.DataFrame, key: str, value: str) -> dict[str, Any]:
    """The value of each key; the last one where a key repeats."""
    return dict(zip(frame[key].astype("str"), frame[value], strict=True))
