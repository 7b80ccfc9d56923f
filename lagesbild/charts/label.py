"""One line of text as an artist, drawn as the font's outlines or written as text."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from matplotlib import rcParams
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex, to_rgba
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Bbox, Transform

from lagesbild.charts import lettering, writing

#: Share of a line's size above and below its baseline that its letters may take.
ASCENT, DESCENT = 0.75, 0.22


class Label(Text):
    """Text at a point on its baseline, in the shipped font whatever fonts the machine has, never read as mathematics.

    matplotlib lays a text out anew each time it is drawn; here the outline is laid out once and kept, which makes a report's
    charts several times faster and their files the same on every machine.
    """

    def __init__(
        self,
        x: float,
        y: float,
        text: str,
        transform: Transform,
        *,
        size: float,
        weight: int,
        color: str,
        ha: str,
        rotation: float,
    ) -> None:
        super().__init__(x, y, text, color=color, fontsize=size, fontweight=weight, parse_math=False, rotation=rotation)
        self.set_transform(transform)
        self._outline = lettering.outline(text, weight)
        self._weight = weight
        self._anchor = {"left": "start", "center": "middle", "right": "end"}[ha]

    def draw(self, renderer: RendererBase, *_arguments: Any, **_named: Any) -> None:
        """Fill the outline."""
        if not self.get_visible():
            return
        if hasattr(renderer, "writer") and rcParams["svg.fonttype"] == "none":
            self._write(renderer)
            return
        gc = renderer.new_gc()
        gc.set_linewidth(0.0)
        colour = to_rgba(self.get_color())
        gc.set_foreground(colour, isRGBA=True)
        renderer.draw_path(gc, self._outline.path, self._placed(cast(float, renderer.points_to_pixels(1.0))), colour)
        gc.restore()
        self.stale = False

    def _write(self, renderer: Any) -> None:
        """The line as text in the file."""
        x, y = self.get_transform().transform(self.get_position())
        y = float(renderer.height - y)
        size, weight, color = float(self.get_fontsize()), self._weight, to_hex(self.get_color())
        described = writing.attributes(float(x), y, size, weight, color, self._anchor, self.get_rotation())
        renderer.writer.element("text", self.get_text(), attrib=described)

    def get_window_extent(self, renderer: RendererBase | None = None, dpi: float | None = None) -> Bbox:
        """The box round the line, in pixels: its advance wide, from descent to ascent."""
        figure = self.get_figure(root=True)
        assert figure is not None
        size = text_to_path.FONT_SCALE
        corners = [(x, y * size) for x in (0.0, self._outline.advance) for y in (-DESCENT, ASCENT)]
        placed = self._placed((dpi or figure.dpi) / 72).transform(np.array(corners))
        return Bbox([placed.min(axis=0), placed.max(axis=0)])

    def _placed(self, pixels_per_point: float) -> Affine2D:
        x, y = self.get_transform().transform(self.get_position())
        scale = float(self.get_fontsize()) * pixels_per_point / text_to_path.FONT_SCALE
        return (
            Affine2D()
            .translate(-writing.SHARES[self._anchor] * self._outline.advance, 0)
            .scale(scale)
            .rotate_deg(self.get_rotation())
            .translate(x, y)
        )
