"""``lagesbild scrub``: a clean copy in the same format, the original untouched, and nothing personal said or left."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

from lagesbild.cli.commands import main
from lagesbild.privacy import HIDDEN

NUMBER, PHONE, MAIL, PLATE = "850709-9805", "070-174 06 05", "prov.person@example.com", "ABC12D"
SECRETS = [NUMBER, PHONE, MAIL, PLATE, "8507099805"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(data: bytes) -> bytes:
    """Every byte of a workbook's parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(
    ("codec", "mark", "end"),
    [("utf-8", ";", "\n"), ("utf-8-sig", ",", "\r\n"), ("cp1252", ";", "\r\n"), ("utf-16", "\t", "\n")],
)
def test_a_text_file_keeps_encoding_separator_and_every_other_line(here: Path, codec: str, mark: str, end: str) -> None:
    rows = [
        ["Datum", "Område", "Beskrivning"],
        ["2025-03-01", "Östra  Backen", '"citat" kvar'],
        ["2025-03-02", "Norr", f"ring {PHONE} om bråket"],
        ["2025-03-03", "Söder", "åäö"],
    ]
    quoted = [[f'"{cell.replace(chr(34), 2 * chr(34))}"' if '"' in cell else cell for cell in row] for row in rows]
    original = (end.join(mark.join(row) for row in quoted) + end).encode(codec)
    (here / "est.csv").write_bytes(original)
    assert main(["scrub", "est.csv"]) == 0
    assert (here / "est.csv").read_bytes() == original
    copy = (here / "est utan personuppgifter.csv").read_bytes()
    assert copy == original.decode(codec).replace(PHONE, HIDDEN).encode(codec)


def test_a_workbook_is_clean_in_every_corner_and_otherwise_the_same(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Mars"
    page.append(["Datum", "Antal", "Vad hände", "Id"])
    page.append(["2025-03-01", 4, f"pnr {NUMBER} på torget", 8507099805])
    page.append(["2025-03-02", 5, "klotter", 7])
    page.append(["2025-03-03", "=SUM(B2:B3)", f'="bil {PLATE}"', 8])
    page["B2"].font = Font(bold=True)
    page["A2"].comment = Comment(f"Anna Berg: mejla {MAIL}", "Anna Berg")
    page["A3"].hyperlink = f"mailto:{MAIL}"
    page.add_table(Table(displayName="Lista", ref="A1:D4"))
    page.oddHeader.left.text = f"Ring {PHONE}"
    hidden = book.create_sheet(f"Bil {PLATE}")
    hidden.sheet_state = "hidden"
    hidden.append([f"skriv till {MAIL}"])
    book.properties.creator, book.properties.title = "Anna Berg", f"Anmälan {NUMBER}"
    book.save(here / "est.xlsx")
    before = (here / "est.xlsx").read_bytes()

    assert main(["scrub", "est.xlsx", "--out", "ren.xlsx"]) == 0
    assert (here / "est.xlsx").read_bytes() == before
    copy = (here / "ren.xlsx").read_bytes()
    printed = "".join(capfd.readouterr())
    for secret in [*SECRETS, "Anna", "Berg"]:
        assert secret.encode() not in contents(copy), secret
        assert secret not in printed, secret
    clean = load_workbook(io.BytesIO(copy))
    mars = clean["Mars"]
    assert [cell.value for cell in mars[2]] == ["2025-03-01", 4, f"pnr {HIDDEN} på torget", HIDDEN]
    assert [cell.value for cell in mars[3]] == ["2025-03-02", 5, "klotter", 7]
    assert mars["B4"].value == "=SUM(B2:B3)"
    assert mars["C4"].value == HIDDEN
    assert mars["B2"].font.bold
    assert mars["A2"].comment.text.endswith(f"mejla {HIDDEN}")
    assert clean.worksheets[1].sheet_state == "hidden"
    assert "Mars\tVad hände\t2\tpersonnummer i 1 och registreringsnummer i 1" in printed
    assert "Mars\tId\t1\tpersonnummer i 1" in printed
    assert main(["scrub", "ren.xlsx"]) == 0  # a clean copy has nothing more to take out
    assert "Inga personuppgifter hittades" in capfd.readouterr().out


def test_a_file_without_personal_data_gets_no_copy(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "a.csv").write_text("kommunkod;year;population\n1493;2025;24421\n", "utf-8")
    assert main(["scrub", "a.csv"]) == 0
    assert "Ingen kopia skrevs" in capfd.readouterr().out
    assert [path.name for path in here.iterdir()] == ["a.csv"]


def test_nothing_is_overwritten(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / "a.csv").write_text(f"a;b\n1;{NUMBER}\n", "utf-8")
    assert main(["scrub", "a.csv", "--out", "a.csv"]) == 2
    assert (here / "a.csv").read_text("utf-8") == f"a;b\n1;{NUMBER}\n"
    assert "skrivs inte över" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "Excel"),
        ("a.xlsx", b"PK\x03\x04 avklippt", "Excel"),
        ("a.csv", b"", "tom"),
        ("a.bin", bytes(range(256)) * 40, "text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    here: Path, capfd: pytest.CaptureFixture[str], name: str, data: bytes, said: str
) -> None:
    (here / name).write_bytes(data)
    assert main(["scrub", name]) == 10
    assert said in capfd.readouterr().err
    assert [path.name for path in here.iterdir()] == [name]


def test_a_missing_file_and_a_folder_that_is_not_there_are_told(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["scrub", "saknas.csv"]) == 10
    (here / "a.csv").write_text(f"a;b\n1;{NUMBER}\n", "utf-8")
    assert main(["scrub", "a.csv", "--out", "finns-inte/b.csv"]) == 14
    assert NUMBER not in "".join(capfd.readouterr())


def test_a_name_with_a_number_is_not_repeated(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / f"klagomål {NUMBER}.csv").write_text(f"a;b\n1;{MAIL}\n", "utf-8")
    assert main(["scrub", f"klagomål {NUMBER}.csv"]) == 0
    assert NUMBER not in "".join(capfd.readouterr())
    assert (here / f"klagomål {HIDDEN} utan personuppgifter.csv").read_text("utf-8") == f"a;b\n1;{HIDDEN}\n"


def test_a_text_that_is_no_table_is_cleaned_line_by_line(here: Path) -> None:
    (here / "a.json").write_text(f'[\n {{"name": "Brand", "summary": "ring {PHONE}"}}\n]\n', "utf-8")
    assert main(["scrub", "a.json"]) == 0
    assert (here / "a utan personuppgifter.json").read_text(
        "utf-8"
    ) == f'[\n {{"name": "Brand", "summary": "ring {HIDDEN}"}}\n]\n'
