"""The first rows of the real files, where they are there, as samples: which of their rows are data is known by hand."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.property import books
from tests.property.rows import Sample

N_ROWS = 60


def _text(is_kept: str = "") -> Callable[[bytes, str], Sample]:
    """The headings and the first lines that match; all but the headings are data."""

    def sample(data: bytes, card: str) -> Sample:
        head, *lines = data.split(b"\n")
        kept = [line for line in lines if line.strip() and re.search(is_kept, line.decode("utf-8", "replace"))][: N_ROWS - 1]
        return Sample(b"\n".join([head, *kept, b""]), {"": frozenset(range(1, len(kept) + 1))}, card)

    return sample


def _report(data: bytes, card: str) -> Sample:
    """A printed table of SOL: rows of an offence are data, those of titles and of a kommun's name are not."""
    lines = data.split(b"\n")[:N_ROWS]
    return Sample(b"\n".join([*lines, b""]), {"": frozenset(at for at, line in enumerate(lines) if b"kap. " in line)}, card)


def _book(titles: tuple[int, ...]) -> Callable[[bytes, str], Sample]:
    """The first rows of every sheet as .xlsx; all but the titles are data."""

    def sample(data: bytes, card: str) -> Sample:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)[:N_ROWS] for name in book.sheet_names}
        places = {name: frozenset(range(len(rows))) - set(titles) for name, rows in sheets.items()}
        return Sample(books.written({name: [list(row) for row in rows] for name, rows in sheets.items()}), places, card)

    return sample


def _report_book(data: bytes, card: str) -> Sample:
    sample = _book(())(data, card)
    sheets = books.read(sample.data)
    places = {name: frozenset(at for at, row in enumerate(rows) if "kap. " in str(row[0])) for name, rows in sheets.items()}
    return Sample(sample.data, places, card)


def _events(data: bytes, card: str) -> Sample:
    return Sample(json.dumps(json.loads(data)[:20], ensure_ascii=False).encode(), card=card, records=lambda whole: [whole])  # type: ignore[list-item]


def _whole(data: bytes, card: str) -> Sample:
    return Sample(data, card=card)


#: Path of a file -> the source that reads it ("" where it is refused), how the sample is cut, and its card.
FILES: dict[str, tuple[str, Callable[[bytes, str], Sample], str]] = {
    "bra_databasfil/DatabasfilFeb2015.txt": ("Brå Databasfil", _text(), ""),
    "bra_sol_fixtures/sol_dbfil_ar.txt": ("Brå Databasfil", _text(), ""),
    "bra_sol_fixtures/sol_dbfil_manad.txt": ("Brå Databasfil", _text(), ""),
    "bra_sol_2021/Sokning.txt": ("Brå SOL, tabell", _report, ""),
    "bra_sol_2021/Bok1.xls": ("Brå SOL, tabell", _report_book, ""),
    "bra_sol_2021/anmalda_brott.csv": ("Brå, anmälda brott per kommun", _text(), 'title = "Anmälda brott 2021"\n'),
    "bra_sol_ostra_skaraborg/bra_crime_annual_1996_2025.csv": ("Brå, serie per kommun", _text(), ""),
    "bra_sol_ostra_skaraborg/bra_crime_quarterly_2014K1_2026K2.csv": ("Brå, serie per kommun", _text(), ""),
    "kolada_kommun/kolada_kommun_2025.csv": ("Kolada", _text(), ""),
    "kolada_kommun/1493.json": ("Kolada", _whole, ""),
    "scb_kommun/municip_data.csv": ("sammanställd kommunstatistik", _text(), ""),
    # the population of others is wrong in the file
    "kommun_indikatorer_2013/simplified_municipality_indicators.csv": (
        "sammanställd kommunstatistik",
        _text('^"?[0-9]+"?,"?[A-GK]'),
        "",
    ),
    "kommun_indikatorer_2013/school_fire_cases_1998_2014.csv": ("MSB IDA", _text(), ""),
    "kommun_indikatorer_2013/msb_ida_skolbrand_bib2014.xlsx": ("MSB IDA", _book((0,)), 'period = "2014"\n'),
    "polisen/polisen_events_vastra_gotaland.csv": ("Polisens händelser", _text(), ""),
    "polisen/events_2025-06-14.json": ("Polisens händelser", _events, ""),
    "dalarna/bra_kommunindikatorer.csv": ("Brås indikatorer i en lång tabell", _text(), ""),
    "dalarna/polisen_brottskod_niva_nyckel.csv": ("Polisens nyckel till brottskoder", _text(), ""),
    "dalarna/befolkning_deso_dalarna_2022_2025.csv": ("folkmängd per DeSO", _text(",2021,Vansbro,"), ""),
    "polisen/swedish_admin_areas.csv": ("", _text(), ""),
    "uk_asb/lancashire_asb.tab": ("", _text(), ""),
    "uk_asb/lancashire_ward_pop.xlsx": ("", _book((0,)), ""),
}


def sample(folder: Path, path: str) -> Sample:
    """The sample of one of the files."""
    _, cut, card = FILES[path]
    return cut((folder / path).read_bytes(), card)
