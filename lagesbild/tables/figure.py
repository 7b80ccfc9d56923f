"""One figure as producers print it: five different things are five different things.

A number, ``0`` (below half a unit), ``-`` or ``–`` (exactly none), ``..`` (suppressed or unavailable), ``.`` (not applicable).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from lagesbild import swedish

Missing = Literal["suppressed", "not_applicable", "not_collected"]
Status = Literal["final", "preliminary"]

#: Why a figure is missing, by the mark that stands in its place. An empty cell says that nothing was collected.
MARKS: dict[str, Missing] = {"..": "suppressed", ".": "not_applicable", "": "not_collected"}
DASHES = ("-", "\N{EN DASH}", "\N{MINUS SIGN}")
#: No figure is larger; beyond it a float no longer holds every whole number.
LARGEST = 1e15
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_NUMBER = re.compile(rf"[-\N{{MINUS SIGN}}]?(\d{{1,3}}([{_SPACES}]\d{{3}})+|\d+)([.,]\d+)?", re.ASCII)
_YEAR = re.compile(r"(\d{4})\s*(\*?)\s*(prel\.?|preliminär[at]?)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Figure:
    """A printed figure: a number, or why there is none. is_exactly_none: a dash was printed (0 is only below half a unit)."""

    value: float | None
    missing: Missing | None = None
    is_exactly_none: bool = False

    def __str__(self) -> str:
        if self.missing is not None:
            return next(mark for mark, reason in MARKS.items() if reason == self.missing)
        if self.is_exactly_none or self.value is None:
            return swedish.EN_DASH
        sign = swedish.MINUS if str(self.value).startswith("-") else ""
        whole, _, decimals = f"{abs(self.value):,f}".partition(".")
        decimals = decimals.rstrip("0")
        return sign + whole.replace(",", swedish.NBSP) + (f",{decimals}" if decimals else "")


@dataclass(frozen=True)
class Year:
    """A printed year; ``2026 prel.`` is preliminary, ``2016*`` carries a footnote and is final."""

    year: int
    status: Status = "final"
    has_footnote: bool = False


def parse_figure(text: object) -> Figure:
    """The figure a cell holds, Swedish or plain, with a decimal comma or point and any of the spaces between thousands.

    Raises ValueError for a text that is no figure.

    >>> parse_figure("2 537").value, parse_figure("−27,3").value, parse_figure("1 043*").value
    (2537.0, -27.3, 1043.0)
    >>> parse_figure("..").missing, parse_figure(".").missing, parse_figure("–")
    ('suppressed', 'not_applicable', Figure(value=0.0, missing=None, is_exactly_none=True))
    """
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        if not pd.isna(text) and abs(text) > LARGEST:
            raise ValueError("not a figure")
        return Figure(None, "not_collected") if pd.isna(text) else Figure(float(text))
    stripped = "" if text is None or text is pd.NA or text is pd.NaT else str(text).strip().removesuffix("*").rstrip()
    if stripped in MARKS:
        return Figure(None, MARKS[stripped])
    if stripped in DASHES:
        return Figure(0.0, is_exactly_none=True)
    if not _NUMBER.fullmatch(stripped):
        raise ValueError("not a figure")
    value = float(re.sub(rf"[{_SPACES}]", "", stripped).replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    if abs(value) > LARGEST:
        raise ValueError("not a figure")
    return Figure(value)


def parse_figures(cells: pd.Series) -> pd.DataFrame:
    """Every cell's figure: value (float64), missing (str or empty), is_readable (bool); same index.

    >>> parse_figures(pd.Series(["2 537", "..", "–", "okänt"]))["value"].tolist()
    [2537.0, nan, 0.0, nan]
    """
    if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells):
        value = cells.astype("float64")
        is_readable = ~value.abs().gt(LARGEST)
        missing = pd.Series("not_collected", cells.index, dtype="str").where(value.isna())
        return pd.DataFrame({"value": value.where(is_readable), "missing": missing, "is_readable": is_readable})
    codes, distinct = pd.factorize(cells.astype("object"), use_na_sentinel=False)
    known = pd.DataFrame([_record(cell) for cell in distinct], columns=["value", "missing", "is_readable"])
    known = known.astype({"value": "float64", "missing": "str", "is_readable": "bool"})
    return known.take(codes).set_axis(cells.index)


def parse_year(text: object) -> Year:
    """The year a cell holds. Raises ValueError for anything but one year, such as a period of two.

    >>> parse_year("2026 prel."), parse_year("2016*").has_footnote
    (Year(year=2026, status='preliminary', has_footnote=False), True)
    """
    plain = str(int(text)) if isinstance(text, float) and text.is_integer() else str(text).strip()
    found = _YEAR.fullmatch(plain)
    if not found:
        raise ValueError("not a year")
    return Year(int(found[1]), "preliminary" if found[3] else "final", bool(found[2]))


def _record(cell: object) -> tuple[float | None, str | None, bool]:
    try:
        figure = parse_figure(cell)
    except ValueError:
        return None, None, False
    return figure.value, figure.missing, True
