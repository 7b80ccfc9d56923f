"""The slides for the meeting, read back as a program that shows them reads them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.util import Emu

from lagesbild.report.content import slides
from lagesbild.report.document import Table, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.lexicon import violations
from lagesbild.report.slides import Deck, Slide, fit, pptx, table
from tests.report.conftest import MARKUP

KINDS = ("lagesbild", "reported_only", "hostile")
HOSTILE = (
    "=cmd|' /C calc'!A0 <script>alert(1)</script> {{7*7}} \u202eabc\u202c \x07 🚓 #set page(fill: red) & "
    + "mycket långt ord " * 600
)


@pytest.fixture(scope="module")
def hostile(lagesbild: Lagesbild) -> Lagesbild:
    """A kommun whose name is everything a name should not be."""
    return replace(lagesbild, profile=lagesbild.profile.model_copy(update={"name": HOSTILE}))


@pytest.fixture(scope="module")
def written(lagesbild: Lagesbild) -> bytes:
    return pptx(slides(lagesbild))


@pytest.fixture(scope="module", params=KINDS)
def shown(request: pytest.FixtureRequest) -> Any:
    return Presentation(io.BytesIO(pptx(slides(request.getfixturevalue(request.param)))))


def frames(shape: Any) -> Iterator[Any]:
    if shape.has_text_frame:
        yield shape.text_frame
    if shape.has_table:
        yield from (cell.text_frame for row in shape.table.rows for cell in row.cells)


def texts(page: Any) -> list[str]:
    found = [frame.text for shape in page.shapes for frame in frames(shape)]
    return [*found, page.notes_slide.notes_text_frame.text]


def test_a_full_delivery_gives_ten_slides_and_each_has_a_title(shown: Any) -> None:
    assert len(shown.slides) == 10
    for page in shown.slides:
        assert page.shapes.title is not None
        assert page.shapes.title.text_frame.text.strip()
        assert page.shapes[0].placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE), "read first"
    assert abs(shown.slide_width / shown.slide_height - 16 / 9) < 0.001


def test_a_slide_that_would_be_empty_is_left_out(reported_only: Lagesbild) -> None:
    ranking = reported_only.ranking
    one = replace(reported_only, ranking=replace(ranking, table=ranking.table.head(1), trust=ranking.trust.head(0)))
    deck = slides(one)
    assert len(deck.slides) == 7, "one area and no sources to compare"
    assert not any(slide.is_empty for slide in deck.slides)


def test_every_picture_says_what_it_shows(lagesbild: Lagesbild, shown: Any) -> None:
    pictures = [shape for page in shown.slides for shape in page.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    for picture in pictures:
        described = picture._element.nvPicPr.cNvPr.get("descr")
        assert len(described) > 40
        assert re.search(r"\d", described)
    if lagesbild.profile.name in shown.slides[0].shapes.title.text_frame.text:
        assert len(pictures) == len(lagesbild.charts)


def test_tables_are_native_and_their_first_row_is_a_header(shown: Any) -> None:
    tables = [shape for page in shown.slides for shape in page.shapes if shape.has_table]
    assert len(tables) == 3
    for one in tables:
        assert one.table.first_row
        assert one._element.nvGraphicFramePr.cNvPr.get("descr")
        assert all(cell.text_frame.text for cell in one.table.rows[0].cells)


def test_every_run_is_swedish_and_large_enough(shown: Any) -> None:
    for page in shown.slides:
        for shape in page.shapes:
            least = 14 if shape.has_table else 18
            is_furniture = shape.name in ("Källa", "Sidfot", "Bildnummer")
            for frame in frames(shape):
                runs = [run for paragraph in frame.paragraphs for run in paragraph.runs]
                assert {run._r.rPr.get("lang") for run in runs} <= {"sv-SE"}
                assert all(run.font.size.pt >= (12 if is_furniture else least) for run in runs)
        assert b'lang="en' not in page.part.blob
        assert b'lang="en' not in page.notes_slide.part.blob
    assert b'lang="en' not in shown.slide_master.part.blob + shown.notes_master.part.blob


def test_no_text_overflows_its_box_and_no_box_the_slide(shown: Any) -> None:
    for number, page in enumerate(shown.slides, 1):
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= shown.slide_width
            assert shape.top + shape.height <= shown.slide_height
            if shape.has_table:
                assert sum(row.height for row in shape.table.rows) <= shape.height + Emu(20)
                assert sum(column.width for column in shape.table.columns) <= shown.slide_width
            elif shape.has_text_frame and shape.text_frame.text:
                paragraphs = [paragraph for paragraph in shape.text_frame.paragraphs if paragraph.runs]
                size = max((run.font.size.pt for paragraph in paragraphs for run in paragraph.runs), default=12)
                told = [paragraph.text for paragraph in paragraphs]
                is_title = shape == page.shapes.title
                needed = fit.height(told, size, shape.width / 36_000, is_bold=is_title, after=0)
                assert needed <= shape.height / 36_000 + 0.5, (number, shape.name, told)


def test_no_two_boxes_lie_on_each_other(shown: Any) -> None:
    for number, page in enumerate(shown.slides, 1):
        boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in page.shapes]
        for i, one in enumerate(boxes):
            for other in boxes[i + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (number, [shape.name for shape in page.shapes])


def test_example_data_says_so_on_every_slide_and_nothing_else_does(lagesbild: Lagesbild, reported_only: Lagesbild) -> None:
    for made, is_example in ((lagesbild, True), (reported_only, False)):
        for page in Presentation(io.BytesIO(pptx(slides(made)))).slides:
            assert any("EXEMPELDATA" in text for text in texts(page)[:-1]) == is_example


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_uses_a_forbidden_word(kind: str, request: pytest.FixtureRequest) -> None:
    told = list(slides(request.getfixturevalue(kind)).texts())
    assert len(told) > 40
    assert violations(told) == []


def test_text_from_data_is_text(hostile: Lagesbild) -> None:
    data = pptx(slides(hostile))
    pages = Presentation(io.BytesIO(data)).slides
    first = pages[0].shapes.title.text_frame.text
    assert "=cmd|' /C calc'!A0 <script>alert(1)</script> {{7*7}} abc" in first
    assert not any(sign in text for page in pages for text in texts(page) for sign in "\u202e\x07")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        links = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
    assert b"hyperlink" not in links
    assert b"External" not in links


def test_the_notes_hold_what_had_no_room_and_the_source() -> None:
    points = tuple(f"Mening {i}: {'ord ' * 40}." for i in range(20))
    deck = Deck("T", "T", "", 2025, (Slide("Omslag"), Slide("Rubrik", points=points, source="Källa: Brå.")))
    page = Presentation(io.BytesIO(pptx(deck))).slides[1]
    on_slide = page.placeholders[1].text_frame.text
    notes = page.notes_slide.notes_text_frame.text
    for i in range(20):
        assert (f"Mening {i}:" in on_slide) != (f"Mening {i}:" in notes)
    assert "Källa: Brå." in notes


def test_a_table_with_too_many_rows_counts_those_left_out() -> None:
    made = Table("Lång", columns("Område", "Tal"), tuple((f"Område {i}", str(i)) for i in range(40)))
    planned = table.plan(made, 100.0)
    assert planned.height <= 100
    assert planned.size == 14
    assert planned.rows[-1][0] == f"… och {41 - len(planned.rows)} till, se lagesbild.pdf"


def test_markup_in_a_chart_title_is_shown_as_it_stands(written: bytes) -> None:
    titles = [page.shapes.title.text_frame.text for page in Presentation(io.BytesIO(written)).slides]
    assert any(MARKUP[:20] in title for title in titles)


def test_the_same_deck_gives_the_same_bytes_without_a_clock(lagesbild: Lagesbild, written: bytes) -> None:
    assert pptx(slides(lagesbild)) == written
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    core = Presentation(io.BytesIO(written)).core_properties
    assert (core.created.year, core.modified.year, core.title) == (2026, 2026, "Lägesbild Exempelby 2025")
    assert core.language == "sv-SE"
    assert not any("thumbnail" in name or "printerSettings" in name for name in names)
