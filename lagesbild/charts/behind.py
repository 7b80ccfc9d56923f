"""The figures behind one source's word on one line, in its own unit and with their intervals."""

from __future__ import annotations

from math import isnan

from lagesbild import swedish
from lagesbild.charts import wording
from lagesbild.charts.rows import Row

#: The value that means no change, per year.
_NO_CHANGE = 0.0
_BASE = {"est": "av observationerna", "dialogue": "av det som nämnts"}
_ANSWERED = "av dem som svarat"


def figure(row: Row) -> str:
    """A signal's estimate in few signs, for a cell: '1,6 ggr', '+3 %/år', '28 %'; '' where its base is too small for one."""
    value, unit = float(row["estimate"]), row["unit"]
    if isnan(value):
        return ""
    if unit == "ratio":
        return f"{swedish.significant(value)} ggr"
    if unit == "percent_per_year":
        return f"{swedish.signed(value)}{swedish.NBSP}%/år"
    if unit == "index_per_year":
        return f"{swedish.signed(value, 2)}/år"
    if unit == "share":
        return swedish.percent(value)
    return wording.rate(value) if unit == "per_100k" else swedish.significant(value)


def told(row: Row, kind: str) -> str:
    """A signal's estimate with unit and 95 % interval; kind: of its source. '' where its base is too small for a figure.

    >>> row = {"estimate": 1.556, "lower": 1.367, "upper": 1.771, "unit": "ratio"}
    >>> told(row, "reported").replace(chr(160), " ")
    '1,6 gånger jämförbara kommuner (1,4–1,8)'
    >>> row = {"estimate": 2.9, "lower": -3.4, "upper": 9.7, "unit": "percent_per_year"}
    >>> told(row, "reported")
    'ingen säkerställd förändring'
    """
    value, lower, upper, unit = float(row["estimate"]), float(row["lower"]), float(row["upper"]), str(row["unit"])
    if isnan(value) or isnan(lower) or isnan(upper):
        return ""
    if unit in ("percent_per_year", "index_per_year"):
        if lower <= _NO_CHANGE <= upper:
            return "ingen säkerställd förändring"
        what, decimals = ("%", 0) if unit == "percent_per_year" else ("steg", 2)
        change = f"{swedish.signed(value, decimals)}{swedish.NBSP}{what} per år"
        return f"{change} ({swedish.interval(lower, upper, decimals)})"
    if unit == "ratio":
        limits = f"{swedish.significant(lower)}–{swedish.significant(upper)}"
        others = "jämförbara kommuner" if kind == "reported" else "jämförelsen"
        return f"{wording.times(value)} {others} ({limits})"
    if unit == "share":
        limits = swedish.interval(100 * lower, 100 * upper)
        return f"{swedish.percent(value)} {_BASE.get(kind, _ANSWERED)} ({limits})"
    if unit == "per_100k":
        return f"{wording.rate(value)} anmälda per 100{swedish.NBSP}000 ({wording.rate(lower)}–{wording.rate(upper)})"
    if unit == "per_unit_week":
        limits = f"{swedish.significant(lower)}–{swedish.significant(upper)}"
        return f"{swedish.significant(value)} per organisation och vecka ({limits})"
    return f"index {swedish.number(value, 1)} av 6 ({swedish.interval(lower, upper, 1)})"
