"""Personal data is planted wherever a file may hold it, and looked for in all that leaves.

Every source's sample, each of its cells in turn; Exempelby's eleven tables in every column, heading, sheet name and comment.
"""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pikepdf
import pytest
from openpyxl import load_workbook

from lagesbild import pipeline, sources, taxonomy
from lagesbild.cli.commands import main
from lagesbild.errors import SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile
from lagesbild.tables import TABLES
from lagesbild.taxonomy import Taxonomy
from tests.property.readers import SAMPLES

NUMBER, PHONE, MAIL = "850709-9805", "070-174 06 05", "prov.person@example.com"
NAME = "Viggo Lindqvist"
SECRETS = (NUMBER, "8507099805", PHONE, "0701740605", MAIL, "prov.person", "Lindqvist")
PLANTED = f" {NUMBER} {PHONE} {MAIL} {NAME}"
#: So many cells of a sample are planted in, chosen the same way each time.
CELLS = 8


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


def leaks(content: str | bytes) -> list[str]:
    """What of the planted stands in the words or bytes."""
    data = content.encode() if isinstance(content, str) else content
    return [secret for secret in SECRETS if secret.encode() in data or secret.encode("utf-16-le") in data]


def chosen(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return places if len(places) <= CELLS else random.Random(1).sample(places, CELLS)


def in_text(data: bytes) -> Iterator[bytes]:
    """The text with the planted words after one of its cells, or in place of it."""
    text = data.decode("utf-8" if b"\xc3" in data or data.isascii() else "latin-1")
    fields = [found.span() for found in re.finditer(r"[^;,\t\n\r\"{}\[\]:=]*\w[^;,\t\n\r\"{}\[\]:=]*", text)]
    for start, end in chosen(fields):
        yield f"{text[:end]}{PLANTED}{text[end:]}".encode("utf-8" if not data.isascii() and b"\xc3" in data else "latin-1")
        yield f"{text[:start]}{NUMBER}{text[end:]}".encode("utf-8" if not data.isascii() and b"\xc3" in data else "latin-1")


def in_workbook(data: bytes) -> Iterator[bytes]:
    """The workbook with the planted words after one of its cells, or in place of it; last in a sheet's name."""
    book = load_workbook(io.BytesIO(data))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
    for number, _ in chosen([(number, 0) for number in range(len(cells))]):
        before = cells[number].value
        for planted in [f"{before}{PLANTED}"] if isinstance(before, str) else [8507099805]:
            cells[number].value = planted
            yield saved(book)
        cells[number].value = before
    book.worksheets[0].title = f"Blad {NUMBER}"
    yield saved(book)


def saved(book: object) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def words(file: RawFile, profile: Profile, terms: Taxonomy) -> str:
    """Everything a file gives rise to: rows, doubts, reasons, or an error."""
    try:
        reading = sources.read_file(file, profile, terms).reading
    except (SourceError, SchemaError) as error:
        return f"{error} {error!r} {error.problems!r}"
    tables = "\n".join(frame.to_csv() for frame in reading.tables.values())
    return f"{tables} {reading.doubts!r} {reading.set_aside!r}"


@pytest.mark.parametrize("name", list(SAMPLES))
def test_no_cell_of_any_source_lets_personal_data_out(name: str, tmp_path: Path, terms: Taxonomy) -> None:
    profile = Profile(slug="prov", name="Prov", kommunkoder=("1493",), year=2025, raw=tmp_path, processed=tmp_path)
    data = SAMPLES[name]()
    variants = in_workbook(data) if data.startswith(b"PK") else in_text(data)
    n_variants = 0
    for n_variants, variant in enumerate(variants, 1):  # noqa: B007
        assert not leaks(words(RawFile(tmp_path / "fil", "fil", variant), profile, terms)), variant[:2000]
    assert n_variants > CELLS


@pytest.fixture
def copied(root: Path, tmp_path: Path) -> Path:
    """Exempelby's profile and files without their cards, to plant in."""
    (tmp_path / "profiles").mkdir()
    shutil.copy(root / "profiles" / "exempelby.toml", tmp_path / "profiles")
    raw = tmp_path / "data" / "raw" / "exempel"
    raw.mkdir(parents=True)
    for path in (root / "data" / "raw" / "exempel").glob("*.csv"):
        shutil.copy(path, raw)
    return tmp_path


def observations(root: Path) -> list[list[object]]:
    """The first rows of the EST list, headings first."""
    book = load_workbook(root / "data" / "raw" / "exempel" / "est_2023-2025.xlsx", read_only=True)
    page = book.worksheets[0]
    return [list(row) for row in page.iter_rows(max_row=400, values_only=True)]


def plant(path: Path, only: set[str] | None = None) -> set[str]:
    """Plant in one row of each column of a table (or of those only), below its headings; the columns planted in."""
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    places = [place for place, heading in enumerate(rows[0]) if only is None or heading in only]
    for number, place in enumerate(places, start=1):
        rows[1 + number % (len(rows) - 1)][place] += PLANTED
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return {rows[0][place] for place in places}


def test_check_tells_where_personal_data_stands_and_never_what(
    copied: Path, root: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    raw = copied / "data" / "raw" / "exempel"
    for path in sorted(raw.glob("*.csv")):
        assert plant(path) == {column.name for column in TABLES[path.stem].columns}
    one = (raw / "peers.csv").read_text("utf-8").splitlines()
    (raw / "rubrik.csv").write_text("\n".join([f"{one[0]},{NUMBER}", *(f"{line},x" for line in one[1:])]), "utf-8")
    (raw / f"klagomål {NUMBER}.csv").write_text("a;b\n", "utf-8")
    rows = observations(root)
    book = load_workbook(root / "data" / "raw" / "exempel" / "est_2023-2025.xlsx", read_only=True)
    assert len(book.worksheets[0].title) > 0
    rows[0][-1] = f"{rows[0][-1]}{PLANTED}"
    put_workbook(raw / "est.xlsx", rows, f"Bil {NUMBER}")
    code = main(["check", str(copied / "profiles" / "exempelby.toml"), "--out", str(copied / "reports")])
    printed = "".join(capfd.readouterr())
    assert code in (10, 11)
    assert "(personuppgift)" in printed
    assert not leaks(printed + caplog.text), printed
    assert not found_below(copied / "reports")


def put_workbook(path: Path, rows: list[list[object]], title: str) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.worksheets[0].title = title
    for row in rows:
        book.worksheets[0].append(row)
    book.properties.creator = MAIL
    path.write_bytes(saved(book))


#: Columns that take any text, so that a run gets through with personal data in them.
FREE = {
    "pledges": {"text", "indicator", "activity", "responsible"},
    "judgements": {"reason", "forum"},
    "incidents": {"area"},
    "dialogue_themes": {"theme"},
    "survey_answers": {"area", "answer", "item", "group"},
    "survey_results": {"item", "group"},
    "reported_offences": {"offence"},
    "reporting_weeks": {"organisation"},
}


def test_a_whole_run_leaves_no_personal_data_anywhere(
    copied: Path, root: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    raw = copied / "data" / "raw" / "exempel"
    for table, columns in FREE.items():
        assert plant(raw / f"{table}.csv", columns) == columns
    rows = observations(root)
    for place in range(len(rows[0])):
        rows[3 + place][place] = f"{rows[3 + place][place]}{PLANTED}"
    put_workbook(raw / "est.xlsx", rows, f"Bil {NUMBER}")
    profile = Profile.load(copied / "profiles" / "exempelby.toml")
    lagesbild = pipeline.run(profile)
    folder = pipeline.write(lagesbild, copied / "reports")
    private = [doubt for doubt in lagesbild.doubts if doubt.kind == "personuppgift"]
    assert len(private) >= sum(map(len, FREE.values()))
    assert not found_below(folder)
    assert not found_below(profile.processed)
    assert not leaks("".join(capfd.readouterr()) + caplog.text)


def found_below(folder: Path) -> dict[str, list[str]]:
    """The files below the folder in which anything planted stands, in any layer of them, and what."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert paths, f"nothing was written to {folder}"
    return {str(path): found for path in paths if (found := sorted({leak for part in layers(path) for leak in leaks(part)}))}


def layers(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of what is packed in it."""
    data = path.read_bytes()
    yield data
    yield str(path).encode()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if path.suffix == ".parquet":
        yield pd.read_parquet(path).to_csv().encode()
    if path.suffix == ".pdf":
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            yield from (one.read_bytes() for one in streams if one.get("/Subtype") != "/Image")
            yield repr([one for one in pdf.objects if not isinstance(one, pikepdf.Stream)]).encode()
        if shutil.which("pdftotext"):
            yield subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout


def test_the_search_would_find_what_it_looks_for(tmp_path: Path) -> None:
    put_workbook(tmp_path / "a.xlsx", [["a"], [NUMBER]], "Blad")
    pd.DataFrame({"a": [PHONE]}).to_parquet(tmp_path / "b.parquet")
    (tmp_path / "c.txt").write_text(MAIL, "utf-16")
    assert len(found_below(tmp_path)) == 3
