"""A chart as a file: SVG and PNG, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from xml.sax.saxutils import escape

from matplotlib.text import Text
from matplotlib.transforms import Bbox

from lagesbild.charts import lettering, theme
from lagesbild.charts.chart import Chart

_MM = 25.4
#: White round a chart that stands alone, mm.
_MARGIN = 5.0
_IDS = re.compile(r'\b(id="|xlink:href="#|url\(#)')


def svg(chart: Chart, standalone: bool = False) -> bytes:
    """The chart as SVG, text as outlines, with its title and alt text inside for a screen reader.

    standalone: with title, subtitle and source line drawn, for use outside the report. Every id starts with the chart's name,
    so that many charts can stand in one page.
    """
    text = _save(chart, standalone, "svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}).decode()
    head, body = text.split("<svg ", 1)
    attributes, content = body.split(">", 1)
    content = _IDS.sub(lambda found: f"{found[0]}{chart.name}-", content)
    spoken = (
        f'<title id="{chart.name}-titel">{escape(chart.title)}</title>\n'
        f' <desc id="{chart.name}-beskrivning">{escape(f"{chart.alt} {chart.caption}")}</desc>'
    )
    label = f"{chart.name}-titel {chart.name}-beskrivning"
    return f'{head}<svg role="img" aria-labelledby="{label}" {attributes}>\n {spoken}{content}'.encode()


def png(chart: Chart, dpi: int = 144, standalone: bool = False) -> bytes:
    """The chart as PNG; ``standalone`` as for svg."""
    return _save(chart, standalone, "png", dpi=dpi, metadata={"Software": None})


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
    texts: list[Text] = []

    def write(lines: list[str], baseline: float, step: float, **looks: Any) -> float:
        for line in lines:
            texts.append(figure.text(0, baseline / height, line, va="baseline", **looks))
            baseline -= step
        return baseline

    title = lettering.wrap(chart.title, width, theme.TITLE, theme.BOLD)
    subtitle = lettering.wrap(chart.subtitle, width)
    caption = lettering.wrap(chart.caption, width, theme.NOTE)
    title_step, step, note_step = (lettering.line_height(size) for size in (theme.TITLE, theme.BODY, theme.NOTE))
    top = height + 3.0 + len(subtitle) * step + len(title) * title_step
    baseline = write(title, top - title_step * 0.75, title_step, fontsize=theme.TITLE, fontweight=theme.BOLD)
    write(subtitle, baseline + title_step - step - 0.6, step, fontsize=theme.BODY, color=theme.QUIET)
    below = write(caption, -3.0 - note_step * 0.75, note_step, fontsize=theme.NOTE, color=theme.QUIET) + note_step * 0.75
    try:
        yield Bbox([[-_MARGIN / _MM, (below - _MARGIN) / _MM], [(width + _MARGIN) / _MM, (top + _MARGIN) / _MM]])
    finally:
        for text in texts:
            text.remove()
