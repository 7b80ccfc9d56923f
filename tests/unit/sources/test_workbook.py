"""Workbooks as they come: hidden, merged, half worked out, damaged, protected or made to take all memory."""

from __future__ import annotations

import datetime
import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lagesbild.errors import Doubt
from lagesbild.sources.files import container, extent, extent_binary, ole, parts
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import SetAside
from tests.unit.sources.books import workbook

SHEET = "xl/worksheets/sheet1.xml"
EST = [["Datum", "Kategori"], ["2025-03-31", "Klotter"]]


def file(data: bytes) -> RawFile:
    return RawFile(Path("bok.xlsx"), "bok.xlsx", data)


def made(fill: Callable[[Worksheet], object]) -> bytes:
    """A workbook with the one sheet that ``fill`` fills."""
    book = Workbook()
    fill(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cells(**values: object) -> bytes:
    return made(lambda sheet: [sheet.__setitem__(place, value) for place, value in values.items()])


def patched(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed (or added)."""
    old, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), part]):
            content = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(content) if name == part else content)
    return buffer.getvalue()


def with_row(row: bytes) -> bytes:
    """EST with one more row of XML."""
    return patched(workbook(Blad1=EST), SHEET, lambda xml: xml.replace(b"</sheetData>", row + b"</sheetData>"))


def of_kind(raw: RawFile, kind: str) -> list[Doubt]:
    return [doubt for doubt in raw.doubts if doubt.kind == kind]


# Sheets and cells that are not as they seem --------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "advice"), [("hidden", "välj Ta fram"), ("veryHidden", "Be avsändaren")])
def test_a_hidden_sheet_is_left_out_and_counted(state: str, advice: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Datum"])
        hidden = sheet.parent.create_sheet("Gammalt")
        hidden.sheet_state = state
        for row in (["Datum"], [], ["2024-01-01"]):
            hidden.append(row)

    raw = file(made(fill))
    assert [sheet.name for sheet in raw.sheets] == ["Sheet"]
    assert raw.set_aside == (SetAside("står på ett dolt blad", 2),)
    (doubt,) = of_kind(raw, "dolt_blad")
    assert str(doubt).startswith('bok.xlsx, blad "Gammalt": bladet är dolt och läses inte (2\N{NO-BREAK SPACE}rader). ')
    assert advice in doubt.action


def test_a_workbook_of_hidden_sheets_alone_is_refused() -> None:
    data = patched(workbook(A=EST), "xl/workbook.xml", lambda xml: xml.replace(b'state="visible"', b'state="hidden"'))
    assert file(data).trouble == "alla blad i arbetsboken är dolda."


def test_cells_merged_downwards_get_the_value_at_the_top_in_rows_that_hold_more() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["Vecka", "Kategori"], ["10", "Klotter"], [None, "Bråk"], [None, None], [None, "Droger"], [None, "Annat"]):
            sheet.append(row)
        sheet.merge_cells("A2:A5")
        sheet.merge_cells("C1:E1")

    raw = file(made(fill))
    assert [row[0] for row in raw.sheets[0].rows] == ["Vecka", "10", "10", "", "10", ""]
    (doubt,) = of_kind(raw, "sammanslagna_celler")
    assert (doubt.n_rows, getattr(doubt.where, "rows", ())) == (2, (3, 5))


def test_a_formula_without_a_value_is_empty_and_told() -> None:
    raw = file(cells(A1="Antal", A2="=1+1", A3=5))
    assert [row[0] for row in raw.sheets[0].rows] == ["Antal", "", 5.0]
    (doubt,) = of_kind(raw, "formel_utan_varde")
    assert (doubt.n_rows, getattr(doubt.where, "rows", ())) == (1, (2,))


@pytest.mark.parametrize("cached", [b'<c r="A3"><f>1+1</f><v>2</v></c>', b'<c r="A3" t="str"><f>"&amp;"</f><v></v></c>'])
def test_a_formula_with_its_value_is_not_doubted(cached: bytes) -> None:
    assert file(with_row(b'<row r="3">' + cached + b"</row>")).doubts == ()


def test_error_cells_are_empty_and_counted_whether_worked_out_or_typed() -> None:
    row = b'<row r="3"><c r="A3" t="e"><f>NA()</f><v>#N/A</v></c><c r="B3" t="inlineStr"><is><t>#REFERENS!</t></is></c></row>'
    raw = file(with_row(row))
    assert raw.sheets[0].rows[2] == ["", ""]
    (doubt,) = raw.doubts
    assert (doubt.kind, doubt.n_rows, getattr(doubt.where, "rows", ())) == ("felvarde", 2, (3,))


def test_a_number_that_is_none_is_an_error_cell() -> None:
    raw = file(with_row(b'<row r="3"><c r="A3"><v>NaN</v></c><c r="B3"><v>1e400</v></c></row>'))
    assert raw.sheets[0].rows[2] == ["", ""]
    assert [doubt.n_rows for doubt in raw.doubts] == [2]


def test_rows_hidden_by_a_filter_are_read_and_told() -> None:
    raw = file(with_row(b'<row r="3" hidden="1"><c r="A3"><v>1</v></c></row><row r="4" hidden="1"/>'))
    assert raw.sheets[0].n_filled == 3
    assert [(doubt.kind, doubt.n_rows) for doubt in raw.doubts] == [("dolda_rader", 1)]


def test_text_that_looks_like_a_formula_or_a_date_stays_text() -> None:
    (sheet,) = file(with_row(b'<row r="3"><c r="A3" t="inlineStr"><is><t>=HYPERLINK("http://x";"y")</t></is></c></row>')).sheets
    assert sheet.rows[2][0] == '=HYPERLINK("http://x";"y")'
    assert file(cells(A1=datetime.date(2025, 3, 31), B1="2025-03-31", C1="1 284,5")).sheets[0].rows == [
        [datetime.date(2025, 3, 31), "2025-03-31", "1 284,5"]
    ]


# Sizes ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", [b"", b' s="0" customFormat="1"'])
def test_a_million_empty_rows_are_no_rows(style: bytes) -> None:
    rows = b"".join(b'<row r="%d"%b/>' % (number, style) for number in range(3, 1_048_577))
    raw = file(with_row(rows))
    assert len(raw.sheets[0].rows) == 2


def test_formatted_cells_without_a_value_do_not_count() -> None:
    raw = file(with_row(b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'))
    assert len(raw.sheets[0].rows) == 2


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b"<c s='0' r = 'xfd1048576'><v>1</v></c>",
        b'<x:c r="XFD1048576"><x:v>1</x:v></x:c>',
    ],
)
def test_a_single_value_in_the_last_cell_is_refused_by_its_place_however_it_is_written(cell: bytes) -> None:
    data = with_row(b'<row r="1048576">' + cell + b"</row>")
    if b"<x:" in cell:
        data = patched(data, SHEET, lambda xml: xml.replace(b"sheetData", b"x:sheetData"))
    raw = file(data)
    assert raw.trouble.startswith("bladet sträcker sig till cell XFD1048576.")
    assert str(raw.problem).startswith('bok.xlsx, blad "Blad1": ')
    assert (raw.heads, raw.sheets, raw.doubts) == ((), (), ())


@pytest.mark.parametrize("place", [b"A2000000", b"XFE1", b"ZZZZZ99999999999999"])
def test_a_cell_outside_every_sheet_is_damage(place: bytes) -> None:
    assert "celler som inte kan finnas" in file(with_row(b'<row r="3"><c r="' + place + b'"><v>1</v></c></row>')).trouble


def test_a_value_in_the_last_row_keeps_its_number_and_the_gap_is_left_out() -> None:
    raw = file(with_row(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    (sheet,) = raw.sheets
    assert (len(sheet.rows), sheet.numbers[-1], sheet.rows[-1], sheet.n_filled) == (103, 1_048_576, [1.0, ""], 3)


def test_places_are_found_across_the_pieces_of_a_long_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = b'<row r="%d"><c r="AB%d" s="1"><v>1</v></c></row>'
    xml = b"<worksheet><sheetData>" + b"".join(cell % (number, number) for number in range(1, 60)) + b"</sheetData></worksheet>"
    for size in range(70, 110):
        monkeypatch.setattr(extent, "_PIECE", size)
        assert (extent.of_xml(xml).n_rows, extent.of_xml(xml).n_columns) == (59, 28)


def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    data = patched(workbook(A=EST), SHEET, lambda xml: xml + b" " * 60_000_000)
    assert len(data) < 100_000
    tracemalloc.start()
    what = file(data).trouble
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert what.startswith("arbetsboken är 57\N{NO-BREAK SPACE}MB stor när den packas upp.")
    assert peak < 5_000_000


def test_a_bomb_that_lies_about_its_size_is_not_followed() -> None:
    data = bytearray(patched(workbook(A=EST), SHEET, lambda xml: xml + b" " * 60_000_000))
    entry = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") - 4)
    while not data[entry + 46 :].startswith(SHEET.encode()):
        entry = data.index(b"PK\x01\x02", entry + 4)
    struct.pack_into("<I", data, entry + 24, 1000)
    tracemalloc.start()
    what = file(bytes(data)).trouble
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert what == container.DAMAGED
    assert peak < 25_000_000


def test_one_long_text_in_very_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_TEXT_BYTES", 50_000)
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>' + b"x" * 10_000 + b"</t></si></sst>"
    )
    row = b'<row r="3">' + b"".join(b'<c r="%c3" t="s"><v>0</v></c>' % letter for letter in b"ABCDEFGH") + b"</row>"
    assert "texter är för långa" in file(patched(with_row(row), "xl/sharedStrings.xml", lambda _: strings)).trouble
    assert file(patched(with_row(b""), "xl/sharedStrings.xml", lambda _: strings)).trouble == ""


# Damage, locks and traps ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.99])
def test_a_truncated_workbook_is_told(keep: float) -> None:
    data = workbook(A=EST)
    assert file(data[: int(len(data) * keep)]).trouble == container.DAMAGED


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[:-60],
        lambda xml: xml.decode().encode("utf-16"),
        lambda xml: b"",
        lambda xml: xml.replace(b"2025", b"\xff\xfe&"),
    ],
)
def test_a_damaged_sheet_is_told_never_read_as_empty(change: Callable[[bytes], bytes]) -> None:
    assert "skadat" in file(patched(workbook(A=EST), SHEET, change)).trouble


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_a_workbook_with_entities_is_refused(part: str) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><'
    raw = file(patched(workbook(A=EST), part, lambda xml: xml[: xml.index(b"<w")] + entity + xml[xml.index(b"<w") + 1 :]))
    assert "XML-entitet" in raw.trouble


def protected() -> bytes:
    """What Excel makes of a workbook with a password: a container with an encrypted stream."""
    return ole.rebuilt(b"x" * 5000, "EncryptedPackage")


def test_a_protected_workbook_says_so_and_how_to_unlock_it() -> None:
    problem = file(protected()).problem
    assert problem is not None
    assert problem.what == "arbetsboken är skyddad med lösenord."
    assert "ta bort lösenordet" in problem.action


def test_an_old_workbook_is_held_to_the_same_limits() -> None:
    def record(code: int, body: bytes) -> bytes:
        return struct.pack("<HH", code, len(body)) + body

    start = record(0x809, bytes(16)) + record(0x85, struct.pack("<IBBBB", 39, 0, 0, 1, 0) + b"A") + record(0x0A, b"")
    for more, size in (
        (record(0x203, struct.pack("<HHHd", 65_535, 16_383, 0, 1.0)), (65_536, 16_384)),
        (record(0x205, struct.pack("<HHHBB", 3, 1, 0, 42, 1)), (4, 2)),
    ):
        ((name, found),) = extent_binary.of_xls(ole.rebuilt(start.ljust(39, b"\0") + more, "Workbook"))
        assert (name, found.n_rows, found.n_columns, found.errors) == ("A", *size, [4] if size == (4, 2) else [])
    hostile = record(0x200, struct.pack("<IIHHH", 900, 3, 0, 3, 0))
    assert file(ole.rebuilt(start.ljust(39, b"\0") + hostile, "Workbook")).trouble == container.DAMAGED
    wide = record(0x203, struct.pack("<HHHd", 65_535, 16_383, 0, 1.0))
    assert "XFD65536" in file(ole.rebuilt(start.ljust(39, b"\0") + wide, "Workbook")).trouble


def test_a_binary_workbook_s_cells_are_found() -> None:
    row = b"\x00\x04" + struct.pack("<I", 6)
    xml = row + b"\x05\x10" + struct.pack("<IId", 4, 0, 1.0) + b"\x03\x09" + struct.pack("<IIB", 1, 0, 42)
    found = extent_binary.of_xlsb(xml)
    assert (found.n_rows, found.n_columns, found.errors) == (7, 5, [7])


def ods(rows: bytes) -> bytes:
    spaces = (b"office", b"table", b"text")
    names = b" ".join(b'xmlns:%b="urn:oasis:names:tc:opendocument:xmlns:%b:1.0"' % (name, name) for name in spaces)
    table = b'<office:body><office:spreadsheet><table:table table:name="Blad1">' + rows + b"</table:table>"
    content = (
        b"<office:document-content " + names + b">" + table + b"</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


def test_an_open_document_is_read_and_its_repetitions_are_counted() -> None:
    cell = b'<table:table-cell office:value-type="string"%b><text:p>Klotter</text:p></table:table-cell>'
    empty = b'<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'
    row = b"<table:table-row>" + cell % b"" + b"</table:table-row>"
    assert file(ods(row + empty + b"</table:table-row>")).sheets[0].rows == [["Klotter"]]
    repeated = b"<table:table-row>" + cell % b' table:number-columns-repeated="99999999"' + b"</table:table-row>"
    assert "kan finnas" in file(ods(repeated)).trouble
    far = row + empty + b"</table:table-row><table:table-row>" + cell % b' table:number-columns-repeated="16000"'
    assert "sträcker sig" in file(ods(far + b"</table:table-row>")).trouble
