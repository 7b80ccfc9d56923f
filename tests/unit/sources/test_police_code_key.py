from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild import sources
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import police_code_key
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading
from lagesbild.taxonomy import Taxonomy
from tests.unit.sources.books import workbook

HEAD = "Brottskod,Brott_niva,Brottskategorier_namn,Frågeområde_namn"


def read(content: str | bytes, profile: Profile, terms: Taxonomy) -> Reading:
    file = RawFile(Path("nyckel"), "nyckel", content if isinstance(content, bytes) else content.encode())
    assert next(source for source in sources.SOURCES if source.recognise(file, profile) is None) is police_code_key
    return police_code_key.read(file, profile, terms)


def test_a_code_that_the_table_lacks_and_one_under_another_question(profile: Profile, terms: Taxonomy) -> None:
    lines = [
        HEAD,
        "801,1,Tillgrepp,Fråga 1 - Ordningsstörningar och otrygghet",
        "801,2,Bil,",
        "7777,1,Nytt,Fråga 6 - Bedrägerier",
        "5011,1,Narkotika,Fråga 6 - Bedrägerier",
        "9001,1,Böter,Fråga 6 - Bedrägerier",
        "okänd,1,Böter,",
    ]
    reading = read("\n".join(lines), profile, terms)
    told = {doubt.kind: doubt.what for doubt in reading.doubts}
    assert told["kod_saknas"] == "1\N{NO-BREAK SPACE}brottskod av 4 saknas i kodtabellen: 7777."
    assert told["kod_annat_omrade"] == "1\N{NO-BREAK SPACE}brottskod av 2 hör hos polisen till en annan fråga än här: 5011."
    assert (reading.tables, reading.rows_read, reading.rows_used, reading.n_lost) == ({}, 6, 5, 0)


def test_a_workbook_is_read_and_other_sheets_are_counted(profile: Profile, terms: Taxonomy) -> None:
    book = workbook(Nyckel=[HEAD.split(","), [801, 1, "Tillgrepp", None], [None] * 4], Info=[["Version 3"]])
    reading = read(book, profile, terms)
    assert [(item.reason, item.n_rows) for item in reading.set_aside] == [("bladet är ingen kodnyckel", 1)]
    assert (reading.rows_read, reading.doubts) == (2, ())


def test_a_key_without_codes_is_refused(profile: Profile, terms: Taxonomy) -> None:
    with pytest.raises(SourceError, match="ingen rad har en brottskod"):
        read(f"{HEAD}\nx,1,Tillgrepp,\n", profile, terms)


def test_the_police_key_is_read_whole(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    """3 415 rows below the heading (wc -l); five levels of 683 codes, none of which the code table lacks."""
    path = shared / "data" / "dalarna" / "polisen_brottskod_niva_nyckel.csv"
    reading = read(path.read_bytes(), profile, terms)
    assert (reading.rows_read, reading.rows_used) == (3415, 3415)
    assert [(doubt.kind, doubt.n_rows) for doubt in reading.doubts] == [("kod_annat_omrade", 90)]
