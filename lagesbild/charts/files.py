"""A chart as a file: SVG and PNG, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from xml.sax.saxutils import escape

from matplotlib import rc_context
from matplotlib.transforms import Affine2D, Bbox
from PIL import Image

from lagesbild.charts import lettering, theme
from lagesbild.charts.chart import Chart
from lagesbild.charts.label import Label

_MM = 25.4
#: The search for few colours leaves paper a shade off white.
_NEARLY_WHITE = 252
#: White round a chart that stands alone, mm.
_MARGIN = 5.0
#: What stands beyond a hundredth of a point, a third of what a printer can show; without it the file is half as large.
_SURPLUS = re.compile(r"(?<=\.\d\d)\d+")
_IDS = re.compile(r'\b(id="|xlink:href="#|url\(#)')
_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}


def svg(chart: Chart, standalone: bool = False, outlines: bool = True) -> bytes:
    """The chart as SVG, with its title and alt text inside for a screen reader.

    standalone: with title, subtitle and source line drawn, for use outside the report. outlines: text as outlines, so that it
    looks alike everywhere; False writes it as text, a fraction as large, for a document that brings the font itself. Every id
    starts with the chart's name, so that many charts can stand in one page.
    """
    with rc_context({"svg.fonttype": "path" if outlines else "none"}):
        text = _save(chart, standalone, "svg", metadata=_NOTHING).decode()
    head, body = text.split("<svg ", 1)
    attributes, content = body.split(">", 1)
    content = _SURPLUS.sub("", content)
    content = _IDS.sub(lambda found: f"{found[0]}{chart.name}-", content)
    spoken = (
        f'<title id="{chart.name}-titel">{escape(chart.title)}</title>\n'
        f' <desc id="{chart.name}-beskrivning">{escape(f"{chart.alt} {chart.caption}")}</desc>'
    )
    label = f"{chart.name}-titel {chart.name}-beskrivning"
    return f'{head}<svg role="img" aria-labelledby="{label}" {attributes}>\n {spoken}{content}'.encode()


def png(chart: Chart, dpi: int = 144, standalone: bool = False) -> bytes:
    """The chart as PNG of at most 128 colours, a third as large as in full colour; ``standalone`` as for svg."""
    pixels = _save(chart, standalone, "rgba", dpi=dpi)
    margins = 2 * _MARGIN / _MM if standalone else 0.0
    width = int((float(chart.figure.get_size_inches()[0]) + margins) * dpi)
    picture = Image.frombytes("RGBA", (width, len(pixels) // (4 * width)), pixels).convert("RGB")
    few = picture.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    few.putpalette([255 if channel >= _NEARLY_WHITE else channel for channel in palette])
    buffer = io.BytesIO()
    few.save(buffer, "png", compress_level=6, dpi=(dpi, dpi))
    return buffer.getvalue()


@theme.styled
def _save(chart: Chart, standalone: bool, kind: str, **settings: Any) -> bytes:
    buffer = io.BytesIO()
    with _framed(chart) if standalone else nullcontext() as box:
        chart.figure.savefig(buffer, format=kind, bbox_inches=box, **settings)
    return buffer.getvalue()


@contextmanager
def _framed(chart: Chart) -> Iterator[Bbox]:
    """The box round the chart with title, subtitle and source line written outside the drawing for as long as it lasts."""
    figure = chart.figure
    width, height = (float(side) * _MM for side in figure.get_size_inches())
    texts: list[Label] = []
    to_millimetres = Affine2D().scale(1 / width, 1 / height) + figure.transFigure

    def write(lines: list[str], first: float, size: float, weight: int, color: str) -> float:
        """Lines from the baseline ``first`` down; the last baseline."""
        for i, line in enumerate(lines):
            label = Label(
                0, first - i * step(size), line, to_millimetres, size=size, weight=weight, color=color, ha="left", rotation=0
            )
            label.set_clip_on(False)
            texts.append(label)
            figure.add_artist(label)
        return first - (len(lines) - 1) * step(size)

    step = lettering.line_height
    title = lettering.wrap(chart.title, width, theme.TITLE, theme.BOLD)
    subtitle = lettering.wrap(chart.subtitle, width)
    caption = lettering.wrap(chart.caption, width, theme.NOTE)
    top = height + 3.0 + len(subtitle) * step(theme.BODY) + len(title) * step(theme.TITLE)
    last = write(title, top - 0.75 * step(theme.TITLE), theme.TITLE, theme.BOLD, theme.INK)
    write(subtitle, last - step(theme.BODY) - 0.8, theme.BODY, theme.REGULAR, theme.QUIET)
    below = write(caption, -3.0 - 0.75 * step(theme.NOTE), theme.NOTE, theme.REGULAR, theme.QUIET)
    try:
        yield Bbox([[-_MARGIN / _MM, (below - _MARGIN) / _MM], [(width + _MARGIN) / _MM, (top + _MARGIN) / _MM]])
    finally:
        for text in texts:
            text.remove()
