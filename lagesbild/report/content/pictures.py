"""Charts as blocks of the report."""

from __future__ import annotations

from lagesbild.charts.chart import Chart
from lagesbild.charts.files import svg
from lagesbild.report.document import Picture
from lagesbild.report.lagesbild import Lagesbild


def named(lagesbild: Lagesbild, name: str) -> list[Chart]:
    """The chart of that name, or nothing."""
    return [chart for chart in lagesbild.charts if chart.name == name]


def of_kind(lagesbild: Lagesbild, kind: str) -> list[Chart]:
    """The charts whose name starts so ('enkat', 'est-veckor'), in the order they were drawn."""
    return [chart for chart in lagesbild.charts if chart.name == kind or chart.name.startswith(f"{kind}-")]


def picture(charts: list[Chart], width: float = 1.0) -> list[Picture]:
    """The charts as pictures with their texts set by the report; ``width`` as a share of the column's."""
    return [
        Picture(chart.title, chart.subtitle, svg(chart, outlines=False).decode(), chart.alt, chart.caption, width)
        for chart in charts
    ]
