"""The other layouts of police extracts: mutated files give rows, doubts or an error, and lose nothing."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from lagesbild import sources, taxonomy
from lagesbild.errors import SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.police_incidents import NAME
from lagesbild.tables import TABLES
from tests.property.mutations import mutated

N_FILES = int(os.environ.get("LAGESBILD_FUZZ", "200")) // 2
_TERMS = taxonomy.load()


def _with_points() -> bytes:
    rows = [
        "ID;BROTTSKOD;LATITUDE;LONGITUDE;GATA;GATUNR;KOMMUN;BROTTSDATUMTID_START;BROTTSDATUMTID_SLUT",
        "17;1203;58.71;13.82;Storgatan;12;Mariestad;2025-03-29 22:10:00;2025-03-30 07:00:00",
        "18;0365;13,82;58,71;Storgatan;12;MARIESTADS KOMMUN;2025-03-29 00:00:00;2025-03-29 00:00:00",
        "5000-K12345-25;1203;0;0;Storgatan;;Skövde;2025-03-29T22:10;",
    ]
    return "\n".join([*rows, ""]).encode("utf-16")


def _aggregated() -> bytes:
    rows = [
        "Kommunkod\tKommunnamn\tdesokod\tregsonamn\tBrottskod\tInskr år\tInskr årmånad\tInskrivningsdatum\tantal_brott",
        "1493\tMariestad\t1493A0010\tCentrum\t1203\t2025\t202503\t2025-03-31\t3",
        "1493\tMariestad\t1493A0020\t\t801\t2025\t202504\t\t..",
        "1496\tSkövde\t1496A0010\tNorr\t1203\t2025\t202503\t2025-03-31\t2",
    ]
    return "\n".join([*rows, ""]).encode()


def _workbook() -> bytes:
    book = Workbook()
    for line in _aggregated().decode().splitlines():
        book.worksheets[0].append([int(cell) if cell.isdigit() else cell for cell in line.split("\t")])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("sample", [_with_points, _aggregated, _workbook])
def test_a_mutated_extract_gives_rows_doubts_or_an_error(sample: Callable[[], bytes], tmp_path: Path) -> None:
    profile = Profile(slug="prov", name="Prov", kommunkoder=("1493",), year=2025, raw=tmp_path, processed=tmp_path)
    data = sample()
    assert sources.read_file(RawFile(tmp_path / "fil", "fil", data), profile, _TERMS).reader == NAME

    @given(seed=st.integers(0, 2**63))
    @settings(
        max_examples=N_FILES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def is_told(seed: int) -> None:
        try:
            reading = sources.read_file(RawFile(tmp_path / "fil", "fil", mutated(data, seed)), profile, _TERMS).reading
        except (SourceError, SchemaError):
            return
        assert reading.n_lost == 0
        if "incidents" in reading.tables:
            TABLES["incidents"].schema.validate(reading.tables["incidents"].reset_index(drop=True))
            assert not reading.tables["incidents"].duplicated(["incident_id", "brottskod"]).any()

    is_told()
