"""A native chart in the workbook: it follows its table when that is sorted, filtered or put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from lagesbild.charts import theme

FONT = {"name": "Calibri", "size": 10, "color": theme.INK}
#: Pixels.
_WIDTH, _LINE_HEIGHT, _BAR = 900, 340, 26


@dataclass(frozen=True)
class Line:
    """One series: the heading of its values, how it looks, and for a bar the headings of its interval's lengths down and up."""

    values: str
    color: str
    width: float = 2.0
    is_dashed: bool = False
    down: str = ""
    up: str = ""


@dataclass(frozen=True)
class Graph:
    """A chart of columns of the sheet's table, named by their headings.

    kind: 'bar' (lying, first row at the top) or 'line'. x_title: of the categories; y_title: of the values. alt: the finding.
    lowest, highest, middle: the scale's ends and where bars start, or None for what fits.
    """

    kind: Literal["bar", "line"]
    categories: str
    lines: tuple[Line, ...]
    x_title: str
    y_title: str
    alt: str
    lowest: float | None = None
    highest: float | None = None
    middle: float | None = None


def insert(book: Workbook, page: Worksheet, graph: Graph, headings: Sequence[str], rows: int, head: int) -> None:
    """Draw the graph below the table. Texts are taken from cells, so that none can be read as a formula.

    headings: of the table, in order; rows: how many it has; head: the row of its headings, counted from 0. A series whose
    column the table lacks is left out.
    """
    chart: Any = book.add_chart({"type": graph.kind})
    places = {heading: number for number, heading in enumerate(headings)}
    if graph.categories not in places:
        return

    def cells(heading: str) -> list[Any]:
        return [page.name, head + 1, places[heading], head + rows, places[heading]]

    for line in graph.lines:
        if line.values not in places:
            continue
        look = {"color": line.color, "width": line.width, "dash_type": "dash" if line.is_dashed else "solid"}
        series: dict[str, Any] = {
            "name": [page.name, head, places[line.values]],
            "categories": cells(graph.categories),
            "values": cells(line.values),
        }
        if graph.kind == "bar":
            series |= {"fill": {"color": line.color}, "gap": 60}
        else:
            marker = {"type": "none"} if line.is_dashed else {"type": "circle", "size": 6, "fill": {"color": line.color}}
            series |= {"line": look, "marker": marker | ({} if line.is_dashed else {"border": {"color": line.color}})}
        if line.down in places and line.up in places:
            series["y_error_bars"] = {
                "type": "custom",
                "plus_values": _formula(page, places[line.up], head, rows),
                "minus_values": _formula(page, places[line.down], head, rows),
                "line": {"color": theme.INK, "width": 1.5},
            }
        chart.add_series(series)
    if not chart.series:
        return
    _frame(chart, page, graph)
    height = _BAR * rows + 110 if graph.kind == "bar" else _LINE_HEIGHT
    chart.set_size({"width": _WIDTH, "height": height})
    described = {"description": graph.alt, "object_position": 2, "x_offset": 6, "y_offset": 6}
    page.insert_chart(head + rows + 2, 0, chart, described)


def _formula(page: Worksheet, column: int, head: int, rows: int) -> str:
    letter = chr(ord("A") + column) if column < 26 else f"A{chr(ord('A') + column - 26)}"
    return f"='{page.name}'!${letter}${head + 2}:${letter}${head + 1 + rows}"


def _frame(chart: Any, page: Worksheet, graph: Graph) -> None:
    """Title, axes, key."""
    quiet = {"color": theme.RULE, "width": 0.5}
    chart.set_title({"name": [page.name, 0, 0], "name_font": {**FONT, "size": 13, "bold": True}, "overlay": False})
    name_font = {**FONT, "bold": False}
    both = {"name_font": name_font, "num_font": FONT}
    categories: dict[str, Any] = {"name": graph.x_title, "line": quiet, "label_position": "low", **both}
    values: dict[str, Any] = {"name": graph.y_title, "line": {"none": True}, **both}
    values |= {"major_gridlines": {"visible": True, "line": quiet}}
    values |= {key: value for key, value in (("min", graph.lowest), ("max", graph.highest)) if value is not None}
    if graph.kind == "bar":  # the first row at the top, the values' axis below
        categories |= {"reverse": True, "major_gridlines": {"visible": False}}
        values |= {"label_position": "high"} | ({} if graph.middle is None else {"crossing": graph.middle})
        chart.set_x_axis(values)
        chart.set_y_axis(categories)
    else:
        chart.set_x_axis(categories)
        chart.set_y_axis(values)
    if len(chart.series) > 1:
        chart.set_legend({"position": "bottom", "font": FONT})
    else:
        chart.set_legend({"none": True})
    chart.show_blanks_as("gap")
