"""Files that went wrong: every reader answers with rows, doubts or an error in Swedish; never a traceback, never a lost row.

200 mutated files per reader here; ``LAGESBILD_FUZZ=2000`` (``make fuzz``) for as many as one has patience for.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lagesbild import sources, taxonomy
from lagesbild.errors import LagesbildError, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import SOURCES
from lagesbild.sources.files.file import RawFile
from lagesbild.taxonomy import Taxonomy
from tests.property.mutations import mutated
from tests.property.readers import SAMPLES

N_FILES = int(os.environ.get("LAGESBILD_FUZZ", "200"))
ENGLISH = re.compile(r" the |Error|error:|Traceback|\bNone\b|\bnan\b|<NA>|object at 0x")


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    folder = tmp_path_factory.mktemp("raw")
    return Profile(slug="prov", name="Prov", kommunkoder=("1493",), year=2025, raw=folder, processed=folder / "processed")


def test_every_reader_has_a_sample() -> None:
    assert set(SAMPLES) == {source.NAME for source in SOURCES}


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_sample_is_read_by_its_reader_and_no_row_is_lost(name: str, profile: Profile, terms: Taxonomy) -> None:
    data = SAMPLES[name]()
    file = RawFile(Path("fil"), "fil", data)
    source = next(source for source in SOURCES if source.recognise(file, profile) is None)
    assert name == source.NAME
    try:
        reading = source.read(file, profile, terms)
    except (SourceError, SchemaError):
        return  # a sample of what is always refused
    assert reading.rows_read > 0
    assert reading.rows_used is not None
    assert reading.n_lost == 0


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_mutated_file_gives_rows_doubts_or_an_error_and_loses_nothing(name: str, profile: Profile, terms: Taxonomy) -> None:
    sample = SAMPLES[name]()

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
        file = RawFile(Path("fil"), "fil", mutated(sample, seed))
        try:
            part = sources.read_file(file, profile, terms)
        except (SourceError, SchemaError) as error:
            _is_swedish(error)
            return
        assert part.reading.n_lost == 0
        for doubt in part.reading.doubts:
            assert not ENGLISH.search(_own_words(doubt)), str(doubt)

    is_told()


def _is_swedish(error: LagesbildError) -> None:
    assert error.problems
    for problem in error.problems:
        assert problem.where, problem
        assert problem.what.endswith((".", "!", "?")), problem.what
        assert "fel i programmet" not in problem.action, problem
        assert not ENGLISH.search(_own_words(problem)), str(problem)


def _own_words(told: object) -> str:
    """What is said, without what is quoted: a cell may hold any word."""
    return re.sub(r'"[^"]*"', '""', str(told))
