"""A chart as a value: the picture, and the same finding as text and as a table."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from matplotlib.figure import Figure

from lagesbild.charts import theme

_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Chart:
    """One chart.

    name: file name without suffix ("rangordning", "anmalda-skadegorelse"). title: the finding. subtitle: what is shown, unit
    and base. alt: the finding with its numbers, for a reader who does not see it. caption: source and year (last line).
    table: the figures behind it, Swedish headings.
    """

    name: str
    figure: Figure
    title: str
    subtitle: str
    alt: str
    caption: str
    table: pd.DataFrame

    @cached_property
    def drawing(self) -> str:
        """The figure as SVG with its text as text, drawn once: what every file of the chart is made from."""
        buffer = io.StringIO()
        theme.styled(self.figure.savefig)(buffer, format="svg", metadata=_NOTHING)
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        from lagesbild.charts.files import svg  # the notebook shows what the report shows

        return svg(self).decode()
