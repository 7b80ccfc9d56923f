"""The PDF: what a screen reader, an archive and a reader on paper get."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise

import page
import pikepdf
import pytest

from lagesbild.errors import ReportError
from lagesbild.report.content import document
from lagesbild.report.document import Document, Fitted, Heading, Picture, Points, Row, Text, block_texts, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.pdf import pdf
from tests.report import papers
from tests.report.conftest import MARKUP
from tests.report.papers import tags


@pytest.fixture(scope="module")
def written(lagesbild: Lagesbild) -> bytes:
    return pdf(document(lagesbild))


@pytest.fixture(scope="module")
def plain(reported_only: Lagesbild) -> bytes:
    return pdf(document(reported_only))


def pages(data: bytes, mode: str = "-layout") -> list[str]:
    """The text of each page as a reader copies it, spaces made plain."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is absent")
    text = subprocess.run(["pdftotext", mode, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    return [re.sub(r"\s+", " ", one) for one in text.split("\f")[:-1]]


@pytest.mark.parametrize("standard", ["ua1", "2a"])
@pytest.mark.parametrize("kind", ["written", "plain"])
def test_the_pdf_meets_both_standards(kind: str, standard: str, request: pytest.FixtureRequest) -> None:
    report = page.validate_pdf_bytes(request.getfixturevalue(kind), profile=standard)
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures][:5]
    assert report.rules.total > 50


def test_the_validator_would_notice(written: bytes) -> None:
    with pikepdf.open(io.BytesIO(written)) as file:
        del file.Root.Lang
        broken = io.BytesIO()
        file.save(broken)
    assert not page.validate_pdf_bytes(broken.getvalue(), profile="ua1").is_compliant


def test_title_language_and_bookmarks(written: bytes) -> None:
    with pikepdf.open(io.BytesIO(written)) as file:
        assert file.docinfo["/Title"] == "Lägesbild Exempelby 2025"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert str(file.Root.Lang).lower() in {"sv", "sv-se"}
        with file.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles[0].replace("\xa0", " ") == "Lägesbild Exempelby 2025"
        assert {
            "Sammanfattning", "Uppdraget", "Källorna", "Så är lägesbilden gjord", "Kommunen i korthet",
            "Den samlade problembilden", "Trygghet", "Näringsliv", "Prioritering och bortprioritering",
            "Underlag för orsaksanalys", "Förslag till fokusområden", "Kunskapsluckor", "Uppgifternas kvalitet",
            "Bilaga: kodnyckel",
        } <= set(titles)  # fmt: skip


def test_every_figure_has_its_finding_as_alt_text(written: bytes) -> None:
    figures = [tag for tag in tags(written) if tag.name == "Figure"]
    assert len(figures) == 2
    for figure in figures:
        assert re.search(r"\d", figure.alt)
        assert len(figure.alt) > 60


def test_tables_are_tables_with_header_cells(written: bytes) -> None:
    found = tags(written)
    headers = [tag for tag in found if tag.name == "TH"]
    assert len(headers) > 20
    assert {tag.scope for tag in headers} == {"Column"}
    assert sum(tag.name == "Table" for tag in found) >= 10


def test_headings_go_down_one_step_at_a_time(written: bytes) -> None:
    levels = [int(tag.name[1]) for tag in tags(written) if re.fullmatch(r"H[1-6]", tag.name)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_font_is_the_packages_own_and_embedded(written: bytes) -> None:
    names = set()
    with pikepdf.open(io.BytesIO(written)) as file:
        for obj in file.objects:
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor":
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(obj.keys())
                names.add(str(obj.FontName))
    assert names
    assert all("SourceSans3" in name for name in names), names


def test_the_key_figures_stand_on_the_summary_page(written: bytes, plain: bytes) -> None:
    first = pages(written)[1]
    assert "Två problemområden står ut i Exempelby 2025: skadegörelse och narkotika." in first
    assert "2 418 anmälda brott, 9 869 per 100 000 invånare" in first
    assert "så gott som säkert (97 av 100 beräkningar)" in first
    assert "Rangordningen är ett underlag. Kommun och polis beslutar tillsammans vad löftet ska handla om." in first
    alone = pages(plain)[1]
    assert "Inget problemområde står tydligt ut i Mariestad 2025." in alone
    assert "För Mariestad finns bara anmälda brott." in alone


def test_example_data_is_labelled_on_every_page_and_nothing_else_is(written: bytes, plain: bytes) -> None:
    assert all("EXEMPELDATA" in text for text in pages(written))
    assert not any("EXEMPELDATA" in text for text in pages(plain))


def test_pages_are_numbered_named_and_never_blank(written: bytes) -> None:
    texts = pages(written)
    assert len(texts) <= 32
    for number, text in enumerate(texts, 1):
        assert "Lägesbild Exempelby 2025" in text
        assert number == 1 or f"Sida {number} av {len(texts)}" in text
        assert len(text) > 150, f"page {number} is nearly blank: {text}"


def test_every_doubt_stands_in_the_quality_chapter(written: bytes, lagesbild: Lagesbild) -> None:
    squeezed = re.sub(r"\W", "", " ".join(pages(written, "-raw"))).casefold()
    for doubt in lagesbild.doubts:
        assert re.sub(r"\W", "", str(doubt)).casefold() in squeezed
    assert "datumsaknas2" in squeezed


def test_text_is_data_never_markup(written: bytes) -> None:
    letters = re.sub(r"\s", "", " ".join(pages(written, "-raw")))
    assert letters.count(re.sub(r"\s", "", MARKUP)) >= 3, "a name, a doubt and a pledge hold it as it stands"


def test_the_same_document_gives_the_same_bytes(lagesbild: Lagesbild, written: bytes) -> None:
    assert pdf(document(lagesbild)) == written


def test_the_creation_date_follows_from_the_year(written: bytes) -> None:
    with pikepdf.open(io.BytesIO(written)) as file:
        assert str(file.docinfo["/CreationDate"]).startswith("D:20260101")


def test_the_report_is_small(written: bytes) -> None:
    assert len(written) < 3_000_000


def test_a_picture_without_alt_text_is_refused() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'
    with pytest.raises(ReportError, match=r"lagesbild\.pdf"):
        pdf(Document("T", "T", "", 2025, (Heading(1, "T"), Picture("a", "b", svg, "", "c"))))


def test_a_character_no_font_has_is_seen_as_a_box_not_a_blank() -> None:
    assert "□" in pages(pdf(Document("T", "T", "", 2025, (Heading(1, "T"), Text("a 漢 b")))))[0]


def test_a_table_refuses_a_row_of_another_length() -> None:
    from lagesbild.report.document import Table

    with pytest.raises(ValueError, match="2 columns"):
        Table("t", columns("a", "b"), (("1",),))


def test_blocks_in_a_row_are_read_from_left_to_right() -> None:
    left, right = (Text("Vänster."), Points(("Punkt.",))), (Text("Höger."),)
    row = Row((left, right), (2, 1))
    found = " ".join(pages(pdf(Document("T", "T", "", 2025, (Heading(1, "T"), row))), "-raw"))
    assert block_texts(row) == ("Vänster.", "Punkt.", "Höger.")
    assert found.index("Vänster.") < found.index("Punkt.") < found.index("Höger.")
    with pytest.raises(ValueError, match="2 columns"):
        Row((left, right), (1,))


def test_heads_at_the_side_come_before_their_text() -> None:
    blocks = (Heading(1, "T"), Heading(2, "Huvud"), Text("Brödtext."), Text("Mer.", lead="Ingång."), Text("Sist."))
    found = " ".join(pages(pdf(Document("T", "T", "", 2025, blocks, side_heads=True)), "-raw"))
    places = [found.index(text) for text in ("Huvud", "Brödtext.", "Ingång.", "Mer.", "Sist.")]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ["lagesbild", "reported_only"])
def test_nothing_of_the_document_is_lost_or_reordered_on_paper(kind: str, request: pytest.FixtureRequest) -> None:
    content = document(request.getfixturevalue(kind))
    written = request.getfixturevalue({"lagesbild": "written", "reported_only": "plain"}[kind])
    found = papers.content(written, content.header, content.label)
    assert papers.lost(content, found) == []
    turned = replace(content, blocks=(*content.blocks[10:], *content.blocks[:10]))
    assert papers.lost(turned, found), "the check would notice another order"
    longer = replace(content, blocks=(*content.blocks, Text("Den här meningen står inte på papperet.")))
    assert papers.lost(longer, found) == ["denhärmeningenstårintepåpapperet"]


@pytest.mark.parametrize("kind", ["written", "plain"])
def test_no_page_is_nearly_empty(kind: str, request: pytest.FixtureRequest) -> None:
    shares = papers.ink(request.getfixturevalue(kind))
    assert [number for number, share in enumerate(shares, 1) if share < 0.25] == []


def test_a_nearly_empty_page_would_be_noticed() -> None:
    blocks = (Heading(1, "T"), Text("Kort."), Heading(1, "U", new_page=True), *[Text("Rad.")] * 60)
    shares = papers.ink(pdf(Document("T", "T", "", 2025, blocks)))
    assert shares[0] < 0.25 < shares[1]


def test_the_first_fitting_length_is_set() -> None:
    def on_paper(*variants: tuple[Text, ...]) -> str:
        return " ".join(pages(pdf(Document("T", "T", "", 2025, (Heading(1, "T"), Fitted(variants))))))

    long, short = (Text("Lång."),) * 90, (Text("Kort."),)
    assert "Lång." in on_paper((Text("Lång."),), short)
    assert "Lång." not in on_paper(long, short)
