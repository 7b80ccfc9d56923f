"""Whatever stands in a file is text and nothing but text in all that a run writes and prints."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from lxml import html
from pptx import Presentation
from rich.console import Console

from lagesbild import letters, pipeline, taxonomy
from lagesbild.cli.commands import main
from lagesbild.cli.findings import show_ranking
from lagesbild.cli.inspected import write_checklist, write_duplicates
from lagesbild.cli.screen import Screen
from lagesbild.errors import Problem
from lagesbild.profile import Profile
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.inspection import Inspection
from lagesbild.taxonomy import Taxonomy
from tests.golden.test_no_personal_data import saved, words
from tests.golden.texts import in_workbook, pages
from tests.property.readers import SAMPLES
from tests.report import hostile
from tests.report.payloads import PAYLOADS, forbidden

A4 = (595.276, 841.89)


@dataclass(frozen=True)
class Run:
    """The hostile delivery, its lägesbild and the folder it wrote."""

    profile: Profile
    lagesbild: Lagesbild
    folder: Path


@pytest.fixture(scope="module")
def run(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("fientlig")
    profile = hostile.write(root, folder)
    lagesbild = pipeline.run(profile)
    return Run(profile, lagesbild, pipeline.write(lagesbild, folder / "reports"))


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


def files(run: Run, *suffixes: str) -> list[Path]:
    return [path for path in sorted(run.folder.rglob("*")) if path.suffix in suffixes]


def test_the_handbook_tells_what_every_file_is_for(run: Run, root: Path) -> None:
    table = (root / "docs" / "handbok.md").read_text("utf-8").split("| Fil | För vem", 1)[1].split("\n\n", 1)[0]
    told = set(re.findall(r"`([\w.]+)/?`", table))
    assert {path.name for path in run.folder.iterdir()} <= told
    assert told - {path.name for path in run.folder.iterdir()} == {"charts.json"}


def test_no_unseen_mark_leaves_in_any_text(run: Run) -> None:
    texts = {path.name: path.read_text("utf-8") for path in files(run, ".csv", ".json", ".svg", ".html")}
    assert {"ranking.csv", "measures.csv", "manifest.json", "charts.json"} <= set(texts)
    for path in files(run, ".xlsx", ".pptx"):
        with zipfile.ZipFile(path) as archive:
            texts |= {
                f"{path.name}/{name}": archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")
            }
    assert {name: found for name, text in texts.items() if (found := forbidden(text.replace("\r", "")))} == {}


def test_every_change_of_a_letter_is_told(run: Run) -> None:
    told = [doubt for doubt in run.lagesbild.doubts if doubt.kind == "tecken"]
    told_files = {getattr(doubt.where, "file", doubt.where).rsplit("/", 1)[-1] for doubt in told}
    assert {
        f"{name}.csv" for name in ("pledges", "judgements", "dialogue_themes", "incidents", "reporting_weeks")
    } <= told_files
    n_changed = sum(not letters.is_shown(text) for text in PAYLOADS.values())
    pledges = next(doubt for doubt in told if "pledges" in doubt.where)
    assert pledges.n_rows == n_changed * 4 + sum(not letters.is_shown(text) for text in list(PAYLOADS.values())[::5])


@pytest.mark.parametrize("name", ["lagesbild.pdf", "sammanfattning.pdf"])
def test_a_pdf_holds_nothing_that_runs_and_keeps_its_paper(run: Run, name: str) -> None:
    with pikepdf.open(run.folder / name) as pdf:
        assert 1 < len(pdf.pages) < 60
        for page in pdf.pages:
            assert tuple(map(float, page.mediabox[2:])) == pytest.approx(A4, abs=0.01)
        keys = {str(key) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) for key in one}
        assert not keys & {"/JS", "/JavaScript", "/Launch", "/URI", "/EmbeddedFiles", "/AcroForm", "/AA", "/OpenAction"}


def test_the_pdf_shows_each_payload_as_the_text_it_is(run: Run) -> None:
    shown = squeezed(" ".join(pages((run.folder / "lagesbild.pdf").read_bytes())))
    absent = {}
    for name, text in PAYLOADS.items():
        wanted = squeezed(letters.shown(text))[:60]
        if wanted and wanted not in shown:
            absent[name] = wanted
    assert not absent


def squeezed(text: str) -> str:
    """The text without the spaces and places to break that lines add."""
    return re.sub(r"[\s\u200b\u2060\xad]+", "", text)


def test_a_long_text_is_cut_where_it_is_shown_and_kept_in_the_tables(run: Run) -> None:
    shown = squeezed(" ".join(pages((run.folder / "lagesbild.pdf").read_bytes())))
    assert 50 < max(map(len, re.findall("Å+", shown))) < 5_000, "cells of at most 1 200 and sentences of 2 000, side by side"
    assert max(map(len, run.lagesbild.delivery.tables.pledges["text"])) == 10_000
    assert max(len(doubt.what) for doubt in run.lagesbild.doubts) <= 3_000


def test_no_text_runs_out_of_its_page(run: Run) -> None:
    for name in ("lagesbild.pdf", "sammanfattning.pdf"):
        assert list(beyond_the_margins(run.folder / name)) == []


def beyond_the_margins(path: Path) -> Iterator[str]:
    """The words of a PDF that stand outside its paper's margins, as pdftotext finds their boxes."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is absent")
    out = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True).stdout.decode()
    for x_min, x_max, word in re.findall(
        r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', out
    ):
        if float(x_max) > A4[0] - 28 or float(x_min) < 28:
            yield word


def test_no_cell_of_the_workbook_runs(run: Run) -> None:
    book = openpyxl.load_workbook(run.folder / "lagesbild.xlsx")
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 1000
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert {link.target for link in links} == {None}, "they lead to a sheet of the same book"
    assert {link.location for link in links} == {f"'{name}'!A1" for name in book.sheetnames}
    texts = {text for _, text in in_workbook((run.folder / "lagesbild.xlsx").read_bytes())}
    assert any("=HYPERLINK(" in text for text in texts), "the payload is not there, so nothing was tested"
    with zipfile.ZipFile(run.folder / "lagesbild.xlsx") as archive:
        names = archive.namelist()
    assert not [name for name in names if re.search("vba|external|activeX|embeddings|connections", name)]


def test_no_cell_of_what_check_writes_runs(run: Run, tmp_path: Path) -> None:
    inspection = Inspection((), run.lagesbild.doubts, run.lagesbild.delivery)
    written = [write_checklist(run.profile, inspection, tmp_path), write_duplicates(run.profile, inspection, tmp_path)]
    texts: list[str] = []
    for path in filter(None, written):
        cells = [cell for page in openpyxl.load_workbook(path) for row in page.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
        texts += [cell.value for cell in cells if isinstance(cell.value, str)]
    assert any("<script>" in text for text in texts), "the payload is not there, so nothing was tested"
    assert forbidden("".join(texts)) == []


def test_no_cell_of_a_csv_file_is_taken_for_a_formula(run: Run) -> None:
    cells = [
        cell
        for path in files(run, ".csv")
        for row in csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
        for cell in row
    ]
    assert any("HYPERLINK(" in cell for cell in cells), "the payload is not there, so nothing was tested"
    assert [cell for cell in cells if cell.startswith(letters.FORMULA_SIGNS) and not is_number(cell)] == []


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_the_slides_hold_text_and_nothing_to_press(run: Run) -> None:
    slides = Presentation(str(run.folder / "lagesbild.pptx")).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    assert any(hostile.NAME in shape.text_frame.text for shape in shapes if shape.has_text_frame)
    assert [shape.name for shape in shapes if getattr(shape.click_action.hyperlink, "address", None)] == []
    with zipfile.ZipFile(run.folder / "lagesbild.pptx") as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
        assert not [name for name in archive.namelist() if re.search("vba|external|activeX|embeddings", name)]
    fields = {kind for text in parts.values() for kind in re.findall('<a:fld [^>]*type="([^"]*)"', text)}
    assert fields <= {"slidenum", "datetimeFigureOut", "datetime1"}
    assert not [name for name, text in parts.items() if 'TargetMode="External"' in text or "hlinkClick" in text]


def test_the_page_holds_no_element_made_of_data(run: Run, root: Path) -> None:
    page = html.document_fromstring((run.folder / "granskning.html").read_bytes())
    elements = [one for one in page.iter() if isinstance(one.tag, str)]
    assert not {one.tag for one in elements} & {"img", "iframe", "object", "embed", "base", "b", "foreignobject"}
    assert not [name for one in elements for name in one.attrib if name.lower().startswith("on")]
    links = [one.get("href") or one.get("src") for one in elements if one.get("href") or one.get("src")]
    assert all(link.startswith(("#", "data:")) for link in links), links
    scripts = page.findall(".//script")
    told = [one for one in scripts if one.get("type") == "application/json"]
    assert len(scripts) == 1 + len(list((root / "lagesbild" / "report" / "page" / "script").glob("*.js")))
    assert len(told) == 1
    json.loads(told[0].text)
    assert hostile.NAME in page.findtext(".//title")
    assert hostile.NAME in " ".join(page.itertext())


def test_the_page_does_nothing_of_itself_in_a_browser(run: Run, chromium: Any) -> None:
    heard: list[str] = []
    view = chromium.new_page()
    view.on("dialog", lambda dialog: (heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
    view.on("console", lambda message: heard.append(f"console {message.text}"))
    view.on("pageerror", lambda error: heard.append(f"error {error}"))
    view.on("request", lambda request: heard.append(f"request {request.url[:200]}"))
    view.goto((run.folder / "granskning.html").as_uri())
    view.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    view.wait_for_timeout(200)
    assert hostile.NAME in view.title()
    width = view.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    view.close()
    own = ("request file:", "request data:")
    assert [one for one in heard if not one.startswith(own)] == []
    assert sum(one.startswith("request file:") for one in heard) == 1
    assert width <= 0, "a long text makes the page scroll sideways"


def test_the_pages_script_reads_no_text_as_html(root: Path) -> None:
    for path in sorted((root / "lagesbild" / "report" / "page" / "script").glob("*.js")):
        written = path.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", written), (
            path.name
        )


def test_no_drawing_holds_more_than_shapes(run: Run) -> None:
    allowed = {
        "svg", "g", "path", "defs", "use", "style", "title", "desc", "metadata", "rect", "clipPath", "circle", "line", "text",
        "polygon", "polyline", "pattern", "tspan", "ellipse", "symbol",
        "RDF", "Work", "type", "date", "format", "creator", "Agent",
    }  # fmt: skip
    for path in files(run, ".svg"):
        tree = ET.fromstring(path.read_text("utf-8"))
        assert {node.tag.rsplit("}", 1)[-1] for node in tree.iter()} <= allowed, path.name
        attributes = {name for node in tree.iter() for name in node.attrib}
        assert not [name for name in attributes if name.lower().startswith("on")]
        links = [value for node in tree.iter() for name, value in node.attrib.items() if name.endswith("href")]
        assert all(link.startswith("#") for link in links)
    described = json.loads((run.folder / "charts" / "charts.json").read_text("utf-8"))
    assert any(hostile.NAME in chart["subtitle"] + chart["alt"] for chart in described)


def test_the_terminal_is_steered_by_nothing(run: Run) -> None:
    printed = io.StringIO()
    screen = Screen(Console(file=printed, force_terminal=True, width=100), Console(file=printed))
    show_ranking(screen, run.lagesbild)
    for doubt in run.lagesbild.doubts:
        screen.line(str(doubt))
    screen.problems(Problem(f"{text}.csv", text, text, text) for text in PAYLOADS.values())
    screen.line("caf\udce9")
    written = re.sub(r"\x1b\[[0-9;]*m", "", printed.getvalue())
    assert "#panic()" in written
    assert "<script>alert(1)</script>" in written
    unseen = {"U+200C", "U+200D", "U+2028", "U+2029", "U+FEFF", "U+FFFE"}
    assert set(forbidden(written)) <= unseen, "nothing that a terminal obeys, and nothing that turns a line round"


@pytest.mark.parametrize("name", list(SAMPLES))
def test_no_cell_of_any_source_lets_an_unseen_mark_out(name: str, tmp_path: Path, terms: Taxonomy) -> None:
    profile = Profile(slug="prov", name="Prov", kommunkoder=("1493",), year=2025, raw=tmp_path, processed=tmp_path)
    data = SAMPLES[name]()
    n_variants = 0
    for n_variants, variant in enumerate(planted(data), 1):  # noqa: B007
        said = words(RawFile(tmp_path / "fil", "fil", variant), profile, terms)
        assert forbidden(said.replace("\r", "")) == [], variant[:2000]
    assert n_variants > 3


def planted(data: bytes) -> Iterator[bytes]:
    """The sample with a few unseen and unshowable marks after one of its cells."""
    marks = "\u202e\u2066\u200b🚗\x01"
    if data.startswith(b"PK"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
        for number in range(0, len(cells), max(1, len(cells) // 4)):
            before = cells[number].value
            cells[number].value = f"{before}{marks[:-1]}"
            yield saved(book)
            cells[number].value = before
        return
    encoding = "utf-8" if b"\xc3" in data or data.isascii() else "latin-1"
    text = data.decode(encoding)
    fields = [found.end() for found in re.finditer(r"[^;,\t\n\r\"{}\[\]:=]*\w[^;,\t\n\r\"{}\[\]:=]*", text)]
    is_json = text.lstrip().startswith(("{", "["))
    for end in fields[:: max(1, len(fields) // 4)]:
        yield f"{text[:end]}{marks[:-1] if is_json else marks}{text[end:]}".encode()
        if is_json:
            yield f"{text[:end]}\\u202e\\ud83d{text[end:]}".encode()


def test_a_file_whose_name_is_no_text_is_told_and_gets_a_card(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    table = b"kommunkod,year,population\n1493,2025,24000\n"
    try:
        Path(os.fsdecode(os.fsencode(raw) + b"/caf\xe9\x1b[31m.csv")).write_bytes(table)
    except OSError:
        pytest.skip("this file system keeps no such name")
    (raw / "\u202egnp.csv").write_bytes(b"kommunkod,peer_group\n1493,x\n")
    profile = tmp_path / "p.toml"
    profile.write_text('name = "P"\nlevel = "kommun"\nkommunkoder = ["1493"]\nyear = 2025\nraw = "raw"\n', "utf-8")
    assert main(["check", str(profile), "--out", str(tmp_path / "reports"), "--cards"]) == 0
    printed = "".join(capfd.readouterr())
    assert "caf□□[31m.csv" in printed
    assert forbidden(printed) == []
    assert len(list(raw.glob("*.source.toml"))) == 2


def test_a_name_that_could_not_be_shown_is_refused_by_name() -> None:
    for text, said in (("By\u202e", "tecken som inte kan visas"), ("🚗", "tecken som inte kan visas"), ("Å" * 81, "högst 80")):
        with pytest.raises(ValueError, match=said):
            Profile(slug="a", name=text, kommunkoder=("1493",), year=2025, raw=Path(), processed=Path())
        with pytest.raises(ValueError, match=said):
            Profile(slug="a", name="A", peer_group=text, kommunkoder=("1493",), year=2025, raw=Path(), processed=Path())
