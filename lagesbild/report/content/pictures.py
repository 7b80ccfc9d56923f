"""Charts as blocks of the report."""

from __future__ import annotations

from lagesbild.charts.chart import Chart
from lagesbild.charts.files import svg
from lagesbild.report.document import Picture
from lagesbild.report.lagesbild import Lagesbild


def named(lagesbild: Lagesbild, name: str) -> list[Chart]:
    """The chart of that name, or nothing."""
    return [chart for chart in lagesbild.charts if chart.name == name]


def of_area(lagesbild: Lagesbild, line: str) -> list[Chart]:
    """The charts about one line ('anmalda-skadegorelse', 'est-skadegorelse'), in the order they were drawn."""
    ending = f"-{line.replace('_', '-')}"
    return [chart for chart in lagesbild.charts if chart.name.replace("_", "-").endswith(ending)]


def picture(charts: list[Chart]) -> list[Picture]:
    """The charts as pictures with their texts set by the report."""
    return [
        Picture(chart.title, chart.subtitle, svg(chart).decode(), f"{chart.title}. {chart.alt}", chart.caption)
        for chart in charts
    ]
