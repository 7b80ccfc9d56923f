"""A chart as a file: SVG and PNG, the same bytes each time."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

import typst

from lagesbild.charts import lettering, theme, writing
from lagesbild.charts.chart import Chart

_MM = 25.4
_POINTS = 72 / _MM
#: White round a chart that stands alone, mm.
_MARGIN = 5.0
#: What stands beyond a hundredth of a point, a third of what a printer can show; without it the file is half as large.
_SURPLUS = re.compile(r"(?<=\.\d\d)\d+")
_IDS = re.compile(r'\b(id="|xlink:href="#|url\(#)')
#: One page for each drawing, as large as the drawing.
_PAGES = b"""#set page(width: auto, height: auto, margin: 0pt)
#for drawing in json(bytes(sys.inputs.drawings)) { page(image(bytes(drawing), format: "svg")) }"""
_SIZE = re.compile(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"')


def svg(chart: Chart, standalone: bool = False, outlines: bool = True) -> bytes:
    """The chart as SVG, with its title and alt text inside for a screen reader.

    standalone: with title, subtitle and source line drawn, for use outside the report. outlines: text as outlines, so that it
    looks alike everywhere; False writes it as text, a fraction as large, for a document that brings the font itself. Every id
    starts with the chart's name, so that many charts can stand in one page.
    """
    head, body = chart.drawing.split("<svg ", 1)
    attributes, content = body.split(">", 1)
    content = _SURPLUS.sub("", content)
    content = _IDS.sub(lambda found: f"{found[0]}{chart.name}-", content)
    if standalone:
        attributes, content = _framed(chart, attributes, content)
    if outlines:
        content = writing.outlined(content, f"{chart.name}-")
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


def _framed(chart: Chart, attributes: str, content: str) -> tuple[str, str]:
    """The drawing's attributes and content with title, subtitle and source line written outside the plot.

    The plot keeps its place; the view widens, so that what stands above it is at negative y.
    """
    width, height = (float(side) * _MM for side in chart.figure.get_size_inches())
    step = lettering.line_height

    def written(lines: list[str], first: float, size: float, weight: int, color: str) -> str:
        """Lines from the baseline ``first`` down, mm from the plot's upper edge."""
        places = ((line, (first + i * step(size)) * _POINTS) for i, line in enumerate(lines))
        return "".join(writing.element(line, writing.attributes(0, y, size, weight, color)) for line, y in places)

    title = lettering.wrap(chart.title, width, theme.TITLE, theme.BOLD)
    subtitle = lettering.wrap(chart.subtitle, width)
    caption = lettering.wrap(chart.caption, width, theme.NOTE)
    top = -3.0 - len(subtitle) * step(theme.BODY) - len(title) * step(theme.TITLE)
    entitled = top + 0.75 * step(theme.TITLE)
    explained = entitled + (len(title) - 1) * step(theme.TITLE) + step(theme.BODY) + 0.8
    sourced = height + 3.0 + 0.75 * step(theme.NOTE)
    bottom = sourced + (len(caption) - 1) * step(theme.NOTE) + _MARGIN
    above = written(title, entitled, theme.TITLE, theme.BOLD, theme.INK)
    above += written(subtitle, explained, theme.BODY, theme.REGULAR, theme.QUIET)
    below = written(caption, sourced, theme.NOTE, theme.REGULAR, theme.QUIET)
    box = (-_MARGIN, top - _MARGIN, width + 2 * _MARGIN, bottom - top + _MARGIN)
    x, y, wide, high = (f"{side * _POINTS:.2f}" for side in box)
    paper = f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" style="fill: {theme.PAPER}"/>'
    attributes = _SIZE.sub(f'width="{wide}pt" height="{high}pt" viewBox="{x} {y} {wide} {high}"', attributes)
    return attributes, f"\n{paper}\n{above}{content.rstrip().removesuffix('</svg>')}{below}</svg>\n"
