"""Files that went wrong: every reader answers with rows, doubts or an error in Swedish; never a traceback, never a lost row.

60 mutated files per reader here and 15 per real file; ``LAGESBILD_FUZZ=2000`` (``make fuzz``) for as many as one has patience
for. The rows are counted without the readers' help (``rows``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild import sources, taxonomy
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.registry import SOURCES
from lagesbild.taxonomy import Taxonomy
from tests.property import real, samples
from tests.property.harness import N_FILES, answer, for_seeds, read, with_card
from tests.property.readers import SAMPLES
from tests.property.rows import beside_notes

#: In these printed tables a row of words alone is a heading, and no heading is counted.
_WORDS_ARE_HEADINGS = ("Polisens trygghetsmätning", "Svenskt Näringslivs företagsenkät")


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
    sample = samples.sample(name)
    part = sources.read_file(RawFile(with_card(sample, profile.raw), "fil", sample.data), profile, terms)
    assert part.reader == name
    assert part.reading.rows_read == sample.n_rows > 0
    assert part.reading.n_lost == 0


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_mutated_file_gives_rows_doubts_or_an_error_and_loses_nothing(name: str, profile: Profile, terms: Taxonomy) -> None:
    sample = samples.sample(name)
    path = with_card(sample, profile.raw)
    for_seeds(N_FILES, lambda seed: answer(sample, path, seed, profile, terms))


@pytest.mark.parametrize("name", [name for name in SAMPLES if samples.sample(name).data_rows])
def test_a_sheet_of_notes_beside_is_counted(name: str, profile: Profile, terms: Taxonomy) -> None:
    sample = samples.sample(name)
    path = with_card(sample, profile.raw)
    text = RawFile(path, "fil", sample.data).text
    part = read(RawFile(path, "fil.xlsx", beside_notes(sample, text)), profile, terms)
    assert part is None or part.reading.rows_read == sample.n_rows + (0 if name in _WORDS_ARE_HEADINGS else 2)


@pytest.mark.parametrize("file", list(real.FILES))
def test_a_mutated_real_file_is_answered_likewise(file: str, shared: Path, profile: Profile, terms: Taxonomy) -> None:
    sample = real.sample(shared / "data", file)
    path = with_card(sample, profile.raw)
    if reader := real.FILES[file][0]:
        part = sources.read_file(RawFile(path, "fil", sample.data), profile, terms)
        assert (part.reader, part.reading.rows_read) == (reader, sample.n_rows or part.reading.rows_read)
    for_seeds(max(N_FILES // 4, 1), lambda seed: answer(sample, path, seed, profile, terms))
