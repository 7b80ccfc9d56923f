"""The paper a chart is drawn on: millimetres from its lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

from lagesbild.charts import lettering, theme
from lagesbild.charts.label import Label

MM = 25.4
#: Height of the strip that says EXEMPELDATA, mm.
_LABEL_STRIP = 5.0
#: Half the height of a capital letter as a share of the text size.
_HALF_CAPITAL = 0.33
_BOX_CODES = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)

#: left, bottom, width, height
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Sheet:
    """A figure and its size. ``top`` is the height free to draw on, mm; above it stands only the mark of example data."""

    figure: Figure
    top: float
    mm: Transform

    @classmethod
    def new(cls, height: float, *, is_example: bool = False) -> Sheet:
        """An empty sheet of the report's width and ``height`` mm; example data gets a strip more, with its mark."""
        full = height + (_LABEL_STRIP if is_example else 0.0)
        figure = Figure(figsize=(theme.WIDTH / MM, full / MM))
        FigureCanvasAgg(figure)
        sheet = cls(figure, height, Affine2D().scale(1 / theme.WIDTH, 1 / full) + figure.transFigure)
        if is_example:
            looks: dict[str, Any] = {"size": theme.NOTE, "weight": theme.BOLD, "color": theme.WARNING}
            sheet.text(theme.WIDTH, full - 2.4, theme.EXAMPLE_LABEL, ha="right", **looks)
        return sheet

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        ha: str = "left",
        size: float = theme.BODY,
        weight: int = theme.REGULAR,
        color: str = theme.INK,
        rotation: float = 0.0,
    ) -> None:
        """One line of text with the middle of its capitals at y (at x where it is turned), so that rows align with marks."""
        shift = _HALF_CAPITAL * size * lettering.MM_PER_POINT
        x, y = (x + shift, y) if rotation else (x, y - shift)
        self.figure.add_artist(Label(x, y, text, self.mm, size=size, weight=weight, color=color, ha=ha, rotation=rotation))

    def lines(self, x: float, y: float, lines: Sequence[str], **looks: Any) -> None:
        """Lines of text, the first with its middle at y, the next below."""
        step = lettering.line_height(looks.get("size", theme.BODY))
        for i, line in enumerate(lines):
            self.text(x, y - i * step, line, **looks)

    def upright(self, x: float, y: float, lines: Sequence[str], **looks: Any) -> None:
        """Lines of text turned a quarter to the left, read upwards from y, side by side around x."""
        step = lettering.line_height(looks.get("size", theme.BODY))
        for i, line in enumerate(lines):
            self.text(x + (i - (len(lines) - 1) / 2) * step, y, line, rotation=90, **looks)

    def rule(
        self,
        x: Sequence[float],
        y: Sequence[float],
        *,
        color: str = theme.RULE,
        width: float = 0.6,
        style: Any = "-",
        order: float = 1,
    ) -> None:
        """A line through the points; it breaks where a point is NaN."""
        looks: dict[str, Any] = {"color": color, "linewidth": width, "linestyle": style, "zorder": order}
        ends: dict[str, Any] = {"solid_capstyle": "butt", "dash_capstyle": "butt", "solid_joinstyle": "round", "marker": ""}
        self.figure.add_artist(Line2D(x, y, transform=self.mm, **looks, **ends))

    def mark(
        self,
        x: float | Sequence[float],
        y: float | Sequence[float],
        marker: str,
        *,
        size: float = 6.0,
        color: str = theme.OWN,
        face: str | None = None,
        fill: Literal["full", "left"] = "full",
        order: float = 4,
    ) -> None:
        """Point symbols; ``face`` another inside than edge, ``fill`` 'left' for half filled."""
        looks: dict[str, Any] = {"marker": marker, "markersize": size, "markeredgecolor": color, "markeredgewidth": 1.1}
        inside: dict[str, Any] = {"markerfacecolor": face or color, "markerfacecoloralt": theme.PAPER, "fillstyle": fill}
        self.figure.add_artist(
            Line2D(np.atleast_1d(x), np.atleast_1d(y), transform=self.mm, linestyle="none", zorder=order, **looks, **inside)
        )

    def boxes(self, boxes: Sequence[Box], *, face: str = "none", edge: str = "none", hatch: str = "", order: float = 2) -> None:
        """Rectangles that look alike, as one shape."""
        corners = [
            point
            for left, bottom, width, height in boxes
            for point in (
                (left, bottom),
                (left + width, bottom),
                (left + width, bottom + height),
                (left, bottom + height),
                (left, bottom),
            )
        ]
        if corners:
            self._patch(Path(corners, _BOX_CODES * len(boxes)), face, edge, hatch, order)

    def area(self, x: Sequence[float], low: Sequence[float], high: Sequence[float], *, face: str, order: float = 1.7) -> None:
        """The area between two lines over the same x."""
        self._patch(Path([*zip(x, low, strict=True), *zip(x[::-1], high[::-1], strict=True)]), face, "none", "", order)

    def _patch(self, path: Path, face: str, edge: str, hatch: str, order: float) -> None:
        looks: dict[str, Any] = {
            "facecolor": face,
            "edgecolor": edge,
            "hatch": hatch or None,
            "linewidth": 0.7,
            "zorder": order,
        }
        self.figure.add_artist(PathPatch(path, transform=self.mm, joinstyle="miter", **looks))
