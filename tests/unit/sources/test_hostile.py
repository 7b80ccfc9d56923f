"""Files that are not what they seem, through the whole reading: a clear error or a counted doubt, never a silent loss."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import sources
from lagesbild.errors import SchemaError, SourceError
from lagesbild.privacy import HIDDEN
from lagesbild.profile import Profile
from lagesbild.sources import Delivery
from lagesbild.sources.files import lines, text
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.files.sheet import UnreadableError
from lagesbild.tables import parse_figure
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

Put = Callable[..., Path]
EST = "Datum;Organisation;Kategori;Plats;Beskrivning\n"
ROW = "2025-03-{:02d};Fritid;Klotter;Torget;{}\n"


@pytest.fixture
def read(profile: Profile, terms: Taxonomy) -> Callable[[], Delivery]:
    return lambda: sources.read(profile, terms)


def told(read: Callable[[], Delivery]) -> str:
    with pytest.raises((SourceError, SchemaError)) as raised:
        read()
    return str(raised.value).replace("\N{NO-BREAK SPACE}", " ")


def file(content: str | bytes, name: str = "est.csv") -> RawFile:
    return RawFile(Path(name), name, content if isinstance(content, bytes) else content.encode())


# What it is ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 x", "filen är en PDF. PDF går inte att läsa. Be avsändaren om samma uppgifter som Excel eller CSV."),
        (b"\x89PNG\r\n\x1a\n\0", "filen är en bild."),
        (b"\x1f\x8b\x08\0", "filen är ett packat arkiv (gzip). Packa upp arkivet"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "filen är en webbsida"),
        (b"SQLite format 3\0", "filen är en databas."),
        (b" \r\n\0\0", "filen är tom."),
        (bytes(range(256)) * 4, "filen är varken text eller Excel."),
    ],
)
def test_a_file_of_another_kind_says_which(put: Put, read: Callable[[], Delivery], content: bytes, what: str) -> None:
    put("uppgifter.csv", content)
    assert told(read).startswith(f"uppgifter.csv: {what}")


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        (["word/document.xml"], "filen är ett Word-dokument."),
        (["ppt/presentation.xml"], "filen är en Powerpoint-presentation."),
        (["a.csv", "b.csv"], "filen är ett packat arkiv (zip). Packa upp arkivet och lägg filerna i mappen."),
    ],
)
def test_an_archive_that_is_no_workbook_says_what_it_is(
    put: Put, read: Callable[[], Delivery], tmp_path: Path, parts: list[str], what: str
) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    put("bok.xlsx", (tmp_path / "x.zip").read_bytes())
    assert told(read).startswith(f"bok.xlsx: {what}")


def test_content_decides_not_the_extension(put: Put, read: Callable[[], Delivery]) -> None:
    put("a.csv", workbook(Blad1=[EST.strip().split(";"), ["2025-03-01", "Fritid", "Klotter", "Torget", ""]]))
    put("b.xlsx", EST + ROW.format(2, ""))
    assert len(read().tables.observations) == 2


# Text ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encodings_and_line_ends_change_nothing(encoding: str, end: str) -> None:
    rows = [["Område", "Antal"], ["Västra bron", "2 537"]]
    raw = file((end.join(";".join(row) for row in rows) + end).encode(encoding))
    assert (raw.trouble, raw.sheets[0].rows, raw.sheets[0].numbers) == ("", rows, [1, 2])
    assert raw.heads == raw.sheets


def test_mixed_line_ends_and_joined_files_are_read() -> None:
    raw = file(b"\xef\xbb\xbfa;b\r\n1;2\r3;4\n\xef\xbb\xbf5;6")
    assert raw.sheets[0].rows == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_a_line_that_only_names_the_separator_is_no_row() -> None:
    (sheet,) = file("sep=,\na,b;c\n1,2\n").sheets
    assert (sheet.rows, sheet.numbers) == ([["a", "b;c"], ["1", "2"]], [2, 3])


def test_nul_bytes_in_a_text_are_told_with_their_row(put: Put, read: Callable[[], Delivery]) -> None:
    put("est.csv", EST + ROW.format(1, "x" * 200) + ROW.format(2, "\0"))
    assert told(read).startswith("est.csv, rad 3: 1 tecken är tomt (NUL): filen har skadats på vägen.")


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_begins(put: Put, read: Callable[[], Delivery]) -> None:
    rows = [ROW.format(day, '"bruten' if day == 2 else "hel") for day in range(1, 6)]
    put("est.csv", EST + "".join(rows))
    message = told(read)
    assert message.startswith("est.csv, rad 3: ett citattecken avslutas inte, så att 3 rader efter den hamnar i samma fält.")
    assert "bruten" not in message


def test_a_quotation_mark_that_swallows_rows_up_to_the_next_is_told(put: Put, read: Callable[[], Delivery]) -> None:
    rows = [ROW.format(1, '"bruten'), ROW.format(2, "hel"), ROW.format(3, '"hel"'), ROW.format(4, "hel")]
    put("est.csv", EST + "".join(rows))
    assert told(read).startswith("est.csv, rad 2: ett citattecken avslutas inte, så att 2 rader")


@pytest.mark.parametrize("text", ['"två\nrader; med ""citat"""', 'kallas "Kurt" i dag', '"a" b', '5" rör'])
def test_sound_quotation_marks_are_left_alone(text: str) -> None:
    (sheet,) = file(EST + ROW.format(1, text) + ROW.format(2, "hel")).sheets
    assert (len(sheet.rows), [row[0] for row in sheet.rows[1:]]) == (3, ["2025-03-01", "2025-03-02"])


def test_a_field_longer_than_the_reader_s_limit_is_told() -> None:
    raw = file(EST + ROW.format(1, "x" * (csv.field_size_limit() + 1)))
    with pytest.raises(SourceError, match=r"est.csv, rad 2: .*längre än"):
        _ = raw.sheets
    assert raw.heads[0].numbers[0] == 1


def test_a_row_of_a_million_fields_is_told_and_the_head_stays_short() -> None:
    raw = file(EST + ";" * 1_000_000)
    with pytest.raises(SourceError, match=r"est.csv, rad 2: raden har 1\s000\s001 fält"):
        _ = raw.sheets
    assert max(len(row) for row in raw.heads[0].rows) <= lines.MOST_FIELDS


def test_too_many_cells_for_a_table_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_CELLS", 3)
    with pytest.raises(UnreadableError, match="filen har 4 celler"):
        lines.read("a;b\n1;2")


@pytest.mark.parametrize(
    "content", ['{"a": [1, 2, "' + "x" * 300_000 + '"]}', "[" + "1,2," * 50_000 + "3]", 'AXIS-VERSION="2013";\n']
)
def test_data_that_is_no_table_has_a_head_all_the_same(content: str) -> None:
    raw = file(content, "x.json")
    assert (raw.trouble, len(raw.heads), raw.doubts) == ("", 1, ())


def test_errors_in_a_text_are_empty_and_counted() -> None:
    raw = file("Kategori;Antal\nKlotter;#SAKNAS!\nBråk;#DIV/0!\n#1;5\n")
    assert raw.sheets[0].rows[1:] == [["Klotter", ""], ["Bråk", ""], ["#1", "5"]]
    assert [(doubt.kind, doubt.n_rows) for doubt in raw.doubts] == [("felvarde", 2)]


def test_a_formula_in_a_text_cell_is_data(put: Put, read: Callable[[], Delivery]) -> None:
    put("est.csv", EST.replace("Plats", "Område") + '2025-03-01;Fritid;Klotter;"=HYPERLINK(""http://x"")";\n')
    assert read().tables.observations["area"].tolist() == ['=HYPERLINK("http://x")']


@pytest.mark.parametrize("space", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}")
def test_thin_spaces_and_decimal_commas_are_figures(space: str) -> None:
    assert parse_figure(f"12{space}537,5").value == 12537.5


def test_doubled_headings_are_told_by_letter(put: Put, read: Callable[[], Delivery]) -> None:
    put("folk.csv", "Kommunkod;Year;Population; population\n1493;2025;24501;99\n")
    (doubt,) = [doubt for doubt in read().doubts if doubt.kind == "dubbla_rubriker"]
    assert str(doubt).startswith("folk.csv, rad 1: flera kolumner har samma rubrik (C och D).")


@pytest.mark.parametrize("first", ["2024;2024;2025", "Andel;KI;KI 2", "Tabell\nAndel;KI;KI 2", ";;\nx;1;1"])
def test_headings_that_differ_and_rows_of_figures_are_not_doubted(first: str) -> None:
    raw = file(first + "\n1;2;3\n")
    assert (len(raw.sheets), raw.doubts) == (1, ())


PRIVATE = "hämtade 850709-9805 vid bron"


@pytest.mark.parametrize(
    "make", [lambda: EST + ROW.format(1, PRIVATE), lambda: workbook(A=[["Datum", "Text"], ["x", PRIVATE]])]
)
def test_personal_data_is_hidden_once_in_sheets_and_heads_alike(make: Callable[[], str | bytes]) -> None:
    raw = file(make())
    assert raw.heads == raw.sheets
    assert raw.sheets[0].rows[1][-1] == HIDDEN
    assert [(doubt.kind, doubt.n_rows) for doubt in raw.doubts] == [("personuppgift", 1)]


@pytest.mark.parametrize("state", ["visible", "hidden"])
def test_a_sheet_s_name_is_screened_too(state: str) -> None:
    book = workbook(**{"Blad": [["a", "b"]], "850709-9805": [["a", "a"], [1, "#N/A"]]})
    old, buffer = zipfile.ZipFile(io.BytesIO(book)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            first, mark, rest = old.read(name).partition(b'name="850709-9805"')
            new.writestr(name, first + mark + (rest.replace(b"visible", state.encode(), 1) if mark else rest))
    raw = file(buffer.getvalue())
    assert len(raw.sheets) == (2 if state == "visible" else 1)
    assert "9805" not in repr((raw.sheets, raw.doubts, [str(doubt) for doubt in raw.doubts]))
    assert len(raw.doubts) == (2 if state == "visible" else 1)


def test_nothing_is_written_where_a_file_is_refused(put: Put, read: Callable[[], Delivery], tmp_path: Path) -> None:
    put("a.csv", b"%PDF-1.7")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    told(read)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_the_head_of_a_long_text_is_cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "decode", lambda _: pytest.fail("the whole text was decoded"))
    assert len(file(EST + ROW.format(1, "") * 50_000).heads[0].rows) == 40
