"""The forms in which Kolada's figures come: the API's answers, old and new, a record per kommun, a table of all kommuner."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from lagesbild.sources.files.file import RawFile, Sheet
from lagesbild.sources.people import kommun_table
from lagesbild.sources.reading import SetAside

KPI = re.compile(r"[NU]\d{5}", re.ASCII)
#: What a figure of a JSON file is called where an error names its place.
ENTRY = "uppgift"
_SOURCE = re.compile(r"kolada:([NU]\d{5})", re.ASCII | re.IGNORECASE)
_API = re.compile(r'"kpi(_id)?"\s*:')
_RECORD = re.compile(r'"source"\s*:\s*"kolada:', re.IGNORECASE)
_COLUMNS = ["rad", "kommunkod", "kpi", "period", "gender", "value", "is_deleted"]
_DEEPEST = 8


def is_json(head: str) -> bool:
    """Whether the beginning of a text is JSON that holds figures of Kolada's."""
    return head.lstrip()[:1] in ("{", "[") and bool(_API.search(head) or _RECORD.search(head))


def table_of(sheets: tuple[Sheet, ...]) -> tuple[Sheet, int] | None:
    """The first sheet with a kommunkod and, in triples, a figure, its source at Kolada and its period; and its heading row."""
    for sheet in sheets:
        head = kommun_table.head_of(sheet, ["kommunkod"])
        if head is not None and any(
            isinstance(cell, str) and _SOURCE.match(cell.strip()) for row in sheet.rows[head + 1 : head + 6] for cell in row
        ):
            return sheet, head
    return None


def of_table(file: RawFile, sheet: Sheet, head: int) -> tuple[pd.DataFrame, int, list[SetAside]]:
    """The figures in long form, one row each; how many rows the file has; what is set aside with its sheet.

    rad: row number in the file; value: float64, None where there is none, "?" for what is no figure.
    """
    cells = kommun_table.cells_of(sheet, head)
    codes = cells["kommunkod"].map(_code)
    frames = []
    for column in (name for name in cells.columns if f"{name} source" in cells.columns):
        source = cells[f"{column} source"].astype("str").str.extract(_SOURCE, expand=False)
        period = cells[f"{column} period"] if f"{column} period" in cells.columns else pd.Series("", cells.index)
        frames.append(
            pd.DataFrame(
                {
                    "rad": cells.index,
                    "kommunkod": codes,
                    "kpi": source.str.upper(),
                    "period": period,
                    "gender": "T",
                    "value": cells[column].map(_number),
                    "is_deleted": False,
                }
            )[source.notna()]
        )
    rows = pd.concat(frames, ignore_index=True) if frames else _frame([])
    without = len(set(cells.index) - set(rows["rad"]))
    aside = [SetAside("anger inte Kolada som källa", without)] if without else []
    others = kommun_table.other_sheets(file, [sheet.name])
    return rows, len(cells) + sum(item.n_rows for item in others), [*aside, *others]


def of_json(content: object, file: RawFile) -> tuple[pd.DataFrame, int, list[SetAside]]:
    """The figures in long form; how many there are, those of others than Kolada included; those, set aside.

    rad: the figure's running number in the file.
    """
    rows: list[dict[str, Any]] = []
    n_foreign = 0
    if isinstance(content, dict) and "kommunkod" in content:
        content = [content]
    items = content.get("values") if isinstance(content, dict) else content
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict):
            n_foreign += 1
        elif "kommunkod" in item:
            for source, figure in _provided(item, 0):
                kpi = _SOURCE.match(source)
                n_foreign += not kpi
                if kpi:
                    period = figure["provenance"].get("period")
                    rows.append(_row(item["kommunkod"], kpi[1].upper(), period, {"gender": "T", "value": figure.get("value")}))
        else:
            rows += _answered(item)
    for number, row in enumerate(rows, 1):
        row["rad"] = number
    aside = [SetAside("kommer inte från Kolada", n_foreign)] if n_foreign else []
    return _frame(rows), len(rows) + n_foreign, aside


def _answered(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The figures of one object of the API's answer, nested by gender or flat."""
    place = item.get("municipality", item.get("municipality_id"))
    kpi, period = item.get("kpi", item.get("kpi_id")), item.get("period", item.get("year"))
    values = item.get("values")
    for figure in values if isinstance(values, list) else [item]:
        yield _row(place, kpi, period, figure if isinstance(figure, dict) else {})


def _row(place: object, kpi: object, period: object, figure: dict[str, Any]) -> dict[str, Any]:
    return {
        "kommunkod": _code(place),
        "kpi": str(kpi),
        "period": period if isinstance(period, (int, float, str)) else "",
        "gender": str(figure.get("gender") or ""),
        "value": _number(figure.get("value")),
        "is_deleted": figure.get("isdeleted") is True,
    }


def _provided(item: dict[str, Any], depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every figure of a record with where it comes from."""
    for part in item.values():
        if isinstance(part, dict):
            provenance = part.get("provenance")
            if isinstance(provenance, dict) and "value" in part:
                yield str(provenance.get("source")), part
            elif depth < _DEEPEST:
                yield from _provided(part, depth + 1)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({"kommunkod": "str", "kpi": "str", "gender": "str", "is_deleted": "bool", "value": "object"})


def _code(cell: object) -> str:
    """A code as text; a whole number of three or four digits gets its leading zero back."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    return text.zfill(4) if re.fullmatch(r"\d{3,4}", text, re.ASCII) else text


def _number(cell: object) -> object:
    """The figure as float, None where there is none, and "?" for what is no figure."""
    if cell is None or (isinstance(cell, str) and cell.strip() in ("", "NA", "..", ".")):
        return None
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return "?"
    try:
        value = float(cell.replace(",", ".") if isinstance(cell, str) else cell)
    except (ValueError, OverflowError):
        return "?"
    return None if math.isnan(value) else "?" if math.isinf(value) else value
