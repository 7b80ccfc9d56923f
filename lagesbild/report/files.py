"""Every file of a run folder except the manifest: PDF, review page, workbook, slides, CSV and charts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lagesbild.charts import files as chart_files
from lagesbild.charts.chart import Chart
from lagesbild.report import csv_files
from lagesbild.report.content import agenda, document, slides
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.page import page
from lagesbild.report.pdf import pdf
from lagesbild.report.sheets import sheets
from lagesbild.report.slides import pptx
from lagesbild.report.workbook import workbook


def write(lagesbild: Lagesbild, folder: Path, progress: Callable[[str], None] = lambda step: None) -> None:
    """Every file of the run folder but ``manifest.json``, which records these. The same lägesbild, the same bytes.

    Raises ReportError where the PDF cannot be made to meet its standards.
    """
    for name, data in csv_files.files(lagesbild).items():
        (folder / name).write_bytes(data)
    progress("sätter rapporten")
    with ThreadPoolExecutor(1) as executor:  # Typst works outside the interpreter's lock, beside the drawing
        papers = {"lagesbild.pdf": document, "sammanfattning.pdf": agenda}
        being_set = {name: executor.submit(pdf, content(lagesbild), name) for name, content in papers.items()}
        progress("skriver diagram")
        drawings = [chart_files.svg(chart, standalone=True, outlines=False) for chart in lagesbild.charts]
        being_painted = executor.submit(chart_files.rasterised, drawings)
        write_charts(lagesbild.charts, folder / "charts")
        progress("skriver granskningssida")
        (folder / "granskning.html").write_bytes(page(lagesbild))
        progress("skriver arbetsbok")
        book = workbook(lagesbild.title, lagesbild.profile.year, lagesbild.label, sheets(lagesbild))
        (folder / "lagesbild.xlsx").write_bytes(book)
        (folder / "lagesbild.pptx").write_bytes(pptx(slides(lagesbild)))
        for name, paper in being_set.items():
            (folder / name).write_bytes(paper.result())
        for chart, picture in zip(lagesbild.charts, being_painted.result(), strict=True):
            (folder / "charts" / f"{chart.name}.png").write_bytes(picture)


def write_charts(charts: Sequence[Chart], folder: Path) -> None:
    """Each chart as SVG that stands alone, and ``charts.json`` with title, alt text and source line."""
    folder.mkdir(exist_ok=True)
    for chart in charts:
        (folder / f"{chart.name}.svg").write_bytes(chart_files.svg(chart, standalone=True))
    described = [
        {"name": chart.name, "title": chart.title, "subtitle": chart.subtitle, "alt": chart.alt, "caption": chart.caption}
        for chart in charts
    ]
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / "charts.json").write_bytes(text.encode())
