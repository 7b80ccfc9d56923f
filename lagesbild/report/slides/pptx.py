"""The slides as a PowerPoint file: native text and tables, charts as pictures with their alt text, the same bytes each time."""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from lagesbild.charts import files as chart_files
from lagesbild.charts.chart import Chart
from lagesbild.report.archive import fixed_dates
from lagesbild.report.slides import fit, look, table
from lagesbild.report.slides.deck import Deck, Slide
from lagesbild.report.slides.text import plain

#: Pixels per inch of a chart's paper; on a slide that is shown over a whole screen a chart is up to twice as large.
DPI = 240
TITLES, BODIES, SOURCE = (28, 26, 24), (24, 22, 20, 18), 12
#: A point is a sentence or two, characters.
_POINT = 320
#: How much of the slide's width a chart may take beside text.
SHARES = (0.68, 0.64, 0.6, 0.56, 0.52)
#: Between what stands beside or below each other, and the indent of a point, mm.
_GAP, _BULLET = 8.0, 7.5


def pptx(deck: Deck) -> bytes:
    """The deck as pptx bytes. Every slide has a title, its reading order is title, text, table, picture, source, footer."""
    charts = list({slide.picture.name: slide.picture for slide in deck.slides if slide.picture}.values())
    drawings = [chart_files.svg(chart, outlines=False) for chart in charts]
    painted = chart_files.rasterised(drawings, DPI) if charts else []
    pictures = {chart.name: picture for chart, picture in zip(charts, painted, strict=True)}
    made = look.presentation(plain(deck.title, 255))
    for number, slide in enumerate(deck.slides):
        _cover(made, deck, slide) if number == 0 else _inner(made, deck, slide, pictures)
    buffer = io.BytesIO()
    made.save(buffer)
    return fixed_dates(buffer.getvalue(), datetime(deck.year + 1, 1, 1))


def _cover(made: Any, deck: Deck, slide: Slide) -> None:
    page = made.slides.add_slide(made.slide_layouts[look.COVER])
    size, _ = fit.largest([plain(slide.title)], (44, 36, 30), look.INNER, 50, is_bold=True)
    _write(page.shapes.title.text_frame, [fit.cut(plain(slide.title), size, look.INNER, 3, is_bold=True)], size)
    _write(page.placeholders[1].text_frame, [plain(point, _POINT) for point in slide.points], 22, after=6)
    _foot(made.slide_layouts[look.COVER], page, deck, is_dark=True)
    _tell(page, slide, ())


def _inner(made: Any, deck: Deck, slide: Slide, pictures: Mapping[str, bytes]) -> None:
    layout = made.slide_layouts[look.TEXT if slide.points else look.PLAIN]
    page = made.slides.add_slide(layout)
    _title(page, plain(slide.title))
    points = [plain(point, _POINT) for point in slide.points]
    top, bottom = look.BODY_TOP, look.BODY_BOTTOM - (7 if slide.source else 0)
    left_over: tuple[str, ...] = ()
    shown = slide.picture and _picture_box(slide.picture, points, bottom - top)
    tabled = table.plan(slide.table, _beside_points(points, bottom - top)) if slide.table else None
    if points:
        body = page.placeholders[1]
        width = look.INNER - (shown[2] + _GAP if shown else 0)
        start = top + (tabled.height + _GAP if tabled else 0)
        size, count = fit.largest(points, BODIES, width - _BULLET, bottom - start)
        left_over = tuple(points[count:])
        look.place(body, look.MARGIN, start, width, bottom - start)
        _write(body.text_frame, points[:count], size, after=size * fit.AFTER)
    if tabled:
        table.draw(page, tabled, look.MARGIN, top)
    if slide.picture and shown:
        stream = io.BytesIO(pictures[slide.picture.name])
        picture = page.shapes.add_picture(stream, 0, 0)
        look.place(picture, *shown)
        described = picture._element.nvPicPr.cNvPr
        described.set("descr", plain(slide.picture.alt))
        described.set("name", f"Diagram {slide.picture.name}")
    if slide.source:
        box = page.shapes.add_textbox(0, 0, 0, 0)
        look.place(box, look.MARGIN, look.BODY_BOTTOM - 4.5, look.INNER, 6)
        box.name = "Källa"
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        _write(frame, [fit.cut(plain(slide.source), SOURCE, look.INNER, 1)], SOURCE, colour=look.QUIET)
    _foot(layout, page, deck)
    _tell(page, slide, left_over)


def _title(page: Any, text: str) -> None:
    size, count = fit.largest([text], TITLES, look.INNER, look.TITLE_HEIGHT, is_bold=True)
    if not count:
        text = fit.cut(text, size, look.INNER, 2, is_bold=True)
    _write(page.shapes.title.text_frame, [text], size)


def _beside_points(points: list[str], room: float) -> float:
    """What the points leave for a table above them, where they take no more than half."""
    return room - min(room / 2, fit.height(points, BODIES[-1], look.INNER - _BULLET) + _GAP) if points else room


def _picture_box(chart: Chart, points: list[str], room: float) -> tuple[float, float, float, float]:
    """The chart's box, mm: alone in the middle, else beside the text and as large as the text allows."""
    wide, high = chart.figure.get_size_inches()
    for share in SHARES if points else (1.0,):
        width = min(look.INNER * share, room * wide / high)
        if fit.height(points, BODIES[-1], look.INNER - width - _GAP - _BULLET) <= room:
            break
    left = look.WIDTH - look.MARGIN - width if points else (look.WIDTH - width) / 2
    return left, look.BODY_TOP, width, width * high / wide


def _write(frame: Any, paragraphs: list[str], size: float, *, after: float = 0, colour: str = "") -> None:
    """The paragraphs, one run each, in Swedish."""
    for number, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(after)
        run(paragraph, text, size, colour=colour)


def run(paragraph: Any, text: str, size: float, *, colour: str = "", is_bold: bool | None = None) -> None:
    """Add a run of text to the paragraph."""
    added = paragraph.add_run()
    added.text = text
    added.font.size, added.font.language_id, added.font.bold = Pt(size), MSO_LANGUAGE_ID.SWEDISH, is_bold
    if colour:
        added.font.color.rgb = look.colour(colour)


def _foot(layout: Any, page: Any, deck: Deck, *, is_dark: bool = False) -> None:
    """Label, what the slides are, and the slide's number, in the layout's own places."""
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        element = copy.deepcopy(shape._element)
        page.shapes._spTree.append(element)
        element.nvSpPr.cNvPr.set("id", str(100 + int(kind)))
        if kind == PP_PLACEHOLDER.FOOTER:
            element.nvSpPr.cNvPr.set("name", "Sidfot")
            paragraph = page.shapes[-1].text_frame.paragraphs[0]
            if deck.label:
                run(paragraph, f"{deck.label}  ", SOURCE, colour="" if is_dark else look.WARNING, is_bold=True)
            run(paragraph, fit.cut(plain(deck.footer), SOURCE, look.INNER - 70, 1), SOURCE)
        else:
            element.nvSpPr.cNvPr.set("name", "Bildnummer")


def _tell(page: Any, slide: Slide, left_over: tuple[str, ...]) -> None:
    """The notes: what had no room, what the speaker has to hand, the source."""
    said = [*left_over, *slide.notes, slide.source]
    frame = page.notes_slide.notes_text_frame
    _write(frame, [plain(text) for text in dict.fromkeys(said) if text], SOURCE, after=4)
