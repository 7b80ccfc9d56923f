"""The cells of one column, as people and spreadsheets write them, become values of one type."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from lagesbild.tables.figure import LARGEST, parse_figures, parse_year
from lagesbild.tables.table import Column

_DATE = re.compile(r"(19|20)\d\d-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(:\d\d)?")


@dataclass(frozen=True)
class Cells:
    """values: of the column's type, empty where unreadable. is_unreadable: bool. marks: why a figure is missing, if printed."""

    values: pd.Series
    is_unreadable: pd.Series
    marks: pd.Series


def read_cells(column: Column, cells: pd.Series, *, is_figure: bool = False) -> Cells:
    """The column's values. ``..`` and ``.`` are accepted only where is_figure; they make any other cell unreadable."""
    marks = pd.Series(None, cells.index, dtype="str")
    is_number = pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells)
    if is_number and column.kind in ("count", "number"):  # as a reader made them
        numbers = cells.astype("float64")
        is_wrong = numbers.abs().gt(LARGEST)
        if column.kind == "count":
            is_wrong |= numbers.notna() & numbers.ne(numbers.round())
        return Cells(numbers.mask(is_wrong).astype(pd.api.types.pandas_dtype(column.dtype)), is_wrong, marks)
    if column.kind == "year" and cells.dtype == "int64" and cells.between(1900, 2099).all():
        return Cells(cells.astype("int64"), pd.Series(False, cells.index), marks)
    texts = _texts(cells)
    match column.kind:
        case "count" | "number":
            values, is_unreadable, marks = _numbers(column, cells, is_figure)
        case "year":
            values = _mapped(texts, _year).astype("float64")
            is_unreadable = values.isna()  # a year is never optional, an empty cell is told from an unreadable one below
            values = values.fillna(0).astype("int64")
        case "date":
            values = _dates(cells, texts)
            is_unreadable = values.isna()
        case "code":
            values = texts.str.replace(r"\.0$", "", regex=True)
            values = values.where(~values.str.fullmatch(r"\d{1,3}", na=False), values.str.zfill(4))
            is_unreadable = values.isna()
        case "clock":
            values = _mapped(texts, _clock).astype("str")
            is_unreadable = values.isna()
        case "week":
            values, is_unreadable = texts.str.upper(), texts.isna()
        case "choice":
            values, is_unreadable = texts.str.lower(), texts.isna()
        case _:
            values, is_unreadable = texts, texts.isna()
    return Cells(values, is_unreadable & texts.notna(), marks)


def _texts(cells: pd.Series) -> pd.Series:
    """Every cell as stripped text; blank cells are empty."""
    if isinstance(cells.dtype, pd.StringDtype) and cells.dtype.na_value is not pd.NA:
        bare = cells.str.strip()
        return bare.where(bare.ne(""))
    texts = cells.astype("object").where(cells.notna(), None)
    if not isinstance(cells.dtype, pd.StringDtype):
        texts = texts.map(
            lambda cell: str(int(cell)) if isinstance(cell, float) and cell.is_integer() else cell, na_action="ignore"
        )
    stripped = texts.astype("str").str.strip()
    return stripped.where(stripped.ne("") & cells.notna())


def _mapped(texts: pd.Series, parse: Callable[[str], object]) -> pd.Series:
    """Every distinct text parsed once; None where ``parse`` finds nothing."""
    values: pd.Series = texts.map({text: parse(text) for text in texts.dropna().unique()})
    return values


def _numbers(column: Column, cells: pd.Series, is_figure: bool) -> tuple[pd.Series, pd.Series, pd.Series]:
    figures = parse_figures(cells)
    is_mark = figures["missing"].isin(["suppressed", "not_applicable"])
    is_unreadable = ~figures["is_readable"] | (is_mark & (not is_figure))
    values = figures["value"]
    if column.kind == "count":
        is_unreadable |= values.notna() & values.ne(values.round())
        values = values.mask(is_unreadable).astype("Int64")
    return values, is_unreadable, figures["missing"].where(is_mark)


def _year(text: str) -> int | None:
    try:
        year = parse_year(text)
    except ValueError:
        return None
    return None if year.status == "preliminary" or year.has_footnote else year.year


def _dates(cells: pd.Series, texts: pd.Series) -> pd.Series:
    """Timestamps as they are; texts only when they name the day as year-month-day."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype) or pd.api.types.is_datetime64_dtype(cells):
        timestamps: pd.Series = cells.dt.tz_localize(None)
        return timestamps.astype("datetime64[us]")
    readable = texts.where(texts.str.fullmatch(_DATE.pattern, na=False))
    return pd.to_datetime(readable, format="ISO8601", errors="coerce").astype("datetime64[us]")


def _clock(text: str) -> str | None:
    found = _CLOCK.fullmatch(text)
    try:
        return datetime.time(int(found[1]), int(found[2])).strftime("%H:%M") if found else None
    except ValueError:
        return None
