"""The paper a chart is drawn on: millimetres from its lower left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, Transform

from lagesbild import swedish
from lagesbild.charts import lettering, theme

MM = 25.4
#: Height of the strip that says EXEMPELDATA, mm.
_LABEL_STRIP = 5.0
#: Half the height of a capital letter as a share of the text size.
_HALF_CAPITAL = 0.33


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
            sheet.text(
                theme.WIDTH, full - 0.3, theme.EXAMPLE_LABEL, ha="right", va="top", size=theme.NOTE, weight=theme.BOLD,
                color=theme.WARNING,
            )  # fmt: skip
        return sheet

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        ha: str = "left",
        va: str = "middle",
        size: float = theme.BODY,
        weight: int = theme.REGULAR,
        color: str = theme.INK,
        rotation: float = 0.0,
    ) -> None:
        """One line of text at x, y; 'middle' puts the middle of its capitals at y, so that rows align with their marks."""
        if va == "middle":
            shift = _HALF_CAPITAL * size * lettering.MM_PER_POINT
            x, y, va = (x + shift, y, "baseline") if rotation else (x, y - shift, "baseline")
        self.figure.text(
            x, y, text, transform=self.mm, ha=ha, va=va, fontsize=size, fontweight=weight, color=color, rotation=rotation,
            fontfamily=theme.FAMILY,
        )  # fmt: skip

    def lines(self, x: float, y: float, lines: Sequence[str], **looks: Any) -> None:
        """Lines of text, the first with its middle at y, the next below."""
        step = lettering.line_height(looks.get("size", theme.BODY))
        for i, line in enumerate(lines):
            self.text(x, y - i * step, line, **looks)

    def upright(self, x: float, y: float, lines: Sequence[str], **looks: Any) -> None:
        """Lines of text turned a quarter to the left, read upwards from y, side by side around x."""
        step = lettering.line_height(looks.get("size", theme.BODY))
        for i, line in enumerate(lines):
            middle = x + (i - (len(lines) - 1) / 2) * step
            self.text(middle, y, line, rotation=90, va="middle", ha="left", **looks)

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
        """A line through the points."""
        self.figure.add_artist(
            Line2D(x, y, transform=self.mm, color=color, linewidth=width, linestyle=style, zorder=order, solid_capstyle="butt")
        )

    def mark(
        self,
        x: float,
        y: float,
        marker: str,
        *,
        size: float = 6.0,
        color: str = theme.OWN,
        face: str | None = None,
        fill: Literal["full", "left"] = "full",
    ) -> None:
        """One point symbol; ``face`` another inside than edge, ``fill`` 'left' for half filled."""
        self.figure.add_artist(
            Line2D(
                [x],
                [y],
                transform=self.mm,
                marker=marker,
                markersize=size,
                markeredgecolor=color,
                markeredgewidth=1.1,
                markerfacecolor=face or color,
                markerfacecoloralt=theme.PAPER,
                fillstyle=fill,
                linestyle="none",
                zorder=4,
            )
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        face: str = "none",
        edge: str = "none",
        hatch: str = "",
        order: float = 2,
    ) -> None:
        """A rectangle with its lower left corner at x, y."""
        self.figure.add_artist(
            Rectangle(
                (x, y),
                width,
                height,
                transform=self.mm,
                facecolor=face,
                edgecolor=edge,
                hatch=hatch,
                linewidth=0.7,
                zorder=order,
            )
        )

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes for data on part of the sheet, without frame, ticks' strokes or numbers in anything but Swedish."""
        full = float(self.figure.get_size_inches()[1]) * MM
        axes = self.figure.add_axes((left / theme.WIDTH, bottom / full, width / theme.WIDTH, height / full))
        axes.set_facecolor("none")
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0, pad=3, labelsize=theme.BODY)
        axes.set_axisbelow(True)
        return axes


def number_label(value: float, _position: int | None = None) -> str:
    """A number on an axis in Swedish: 1 200 with a hard space, 0,5 with a comma; the decimals it needs, at most three."""
    decimals = next((d for d in range(3) if abs(round(value, d) - value) < 1e-9 * max(1.0, abs(value))), 3)
    return swedish.number(value, decimals)


def percent_label(value: float, _position: int | None = None) -> str:
    """A share 0-1 on an axis as a Swedish percentage."""
    return swedish.percent(value)
