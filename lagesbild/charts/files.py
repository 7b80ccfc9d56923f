"""A chart as a file: SVG and PNG, the same bytes each time."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from xml.sax.saxutils import escape

import typst
from matplotlib import rc_context
from matplotlib.transforms import Affine2D, Bbox

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
#: One page for each drawing, as large as the drawing.
_PAGES = b"""#set page(width: auto, height: auto, margin: 0pt)
#for drawing in json(bytes(sys.inputs.drawings)) { page(image(bytes(drawing), format: "svg")) }"""
_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}


def svg(chart: Chart, standalone: bool = False, outlines: bool = True) -> bytes:
    """The chart as SVG, with its title and alt text inside for a screen reader.

    standalone: with title, subtitle and source line drawn, for use outside the report. outlines: text as outlines, so that it
    looks alike everywhere; False writes it as text, a fraction as large, for a document that brings the font itself. Every id
    starts with the chart's name, so that many charts can stand in one page.
    """
    with rc_context({"svg.fonttype": "path" if outlines else "none"}):
        text = _save(chart, standalone).decode()
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
    """The chart as PNG; ``standalone`` as for svg."""
    return rasterised([svg(chart, standalone, outlines=False)], dpi)[0]


def rasterised(drawings: Sequence[bytes], dpi: int = 144) -> list[bytes]:
    """Charts drawn as SVG with text (``outlines=False``) as PNG, with the shipped fonts.

    Typst does it outside the interpreter's lock, so that a report's pictures can be made beside its other work.
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[theme.FONTS])
    given = json.dumps([drawing.decode() for drawing in drawings])
    pages = typst.Compiler(_PAGES, font_paths=fonts, sys_inputs={"drawings": given}).compile(format="png", ppi=dpi)
    return [page for page in (pages if isinstance(pages, list) else [pages]) if page is not None]


@theme.styled
def _save(chart: Chart, standalone: bool) -> bytes:
    buffer = io.BytesIO()
    with _framed(chart) if standalone else nullcontext() as box:
        chart.figure.savefig(buffer, format="svg", bbox_inches=box, metadata=_NOTHING)
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
