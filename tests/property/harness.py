"""How a file that went wrong must be answered: rows, doubts or an error in Swedish, no row lost, within a second."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lagesbild import sources
from lagesbild.errors import LagesbildError, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.card import SUFFIX
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.merge import Part
from lagesbild.taxonomy import Taxonomy
from tests.property.mutations import mutated
from tests.property.rows import Sample, changed

#: Mutated files per reader; ``LAGESBILD_FUZZ=2000`` (``make fuzz``) for more.
N_FILES = int(os.environ.get("LAGESBILD_FUZZ", "60"))
MOST_SECONDS = 1.0
ENGLISH = re.compile(r" the |Error|error:|Traceback|\bNone\b|\bnan\b|<NA>|object at 0x|\bTrue\b|\bFalse\b|dtype|Timestamp")


def for_seeds(n_files: int, is_told: Callable[[int], None]) -> None:
    """Calls with so many seeds, the same ones every time."""

    @given(seed=st.integers(0, 2**63))
    @settings(
        max_examples=n_files,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def run(seed: int) -> None:
        is_told(seed)

    run()


def with_card(sample: Sample, folder: Path) -> Path:
    """Where the sample is thought to lie, its card beside it."""
    path = folder / "fil"
    card = Path(f"{path}{SUFFIX}")
    card.unlink(missing_ok=True)
    if sample.card:
        card.write_text(sample.card, "utf-8")
    return path


def answer(sample: Sample, path: Path, seed: int, profile: Profile, terms: Taxonomy) -> None:
    """One mutated file is answered as it must be. Two of three seeds spoil it anyhow, the third keeps its rows countable."""
    is_countable = sample.is_countable and seed % 3 == 0
    data, n_rows = changed(sample, seed) if is_countable else (mutated(sample.data, seed), 0)
    file = RawFile(path, "fil", data)
    part = read(file, profile, terms)
    if part is not None and is_countable:
        n_read, aside = part.reading.rows_read, part.reading.set_aside
        is_whole_sheet = any(item.reason.startswith('bladet "') for item in aside)
        assert n_read == n_rows or (is_whole_sheet and n_read > n_rows), (n_read, n_rows, aside)


def read(file: RawFile, profile: Profile, terms: Taxonomy) -> Part | None:
    """The file's part, held to what every answer must be; None where it is refused."""
    start = time.process_time()
    try:
        part = sources.read_file(file, profile, terms)
    except (SourceError, SchemaError) as error:
        is_swedish(error)
        return None
    finally:
        seconds = time.process_time() - start
        assert seconds < MOST_SECONDS, seconds
    assert part.reading.n_lost == 0
    for doubt in part.reading.doubts:
        assert not ENGLISH.search(own_words(doubt)), str(doubt)
    return part


def is_swedish(error: LagesbildError) -> None:
    """The error says where, what and what to do, in whole Swedish sentences."""
    assert error.problems
    for problem in error.problems:
        assert problem.where, problem
        assert problem.what.endswith((".", "!", "?")), problem.what
        assert "fel i programmet" not in problem.action, problem
        assert not ENGLISH.search(own_words(problem)), str(problem)


def own_words(told: object) -> str:
    """What is said, without what is quoted and the column it stands in: a cell or heading may hold any word."""
    return re.sub(r'"[^"]*"|kolumn [^:]*:', '""', str(told))
