"""Several files that went wrong in one folder: joined, checked, corrected and measured without a traceback, nothing lost."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pandas as pd
import pytest

from lagesbild import disclosure, measures, ranking, sources, taxonomy
from lagesbild.errors import LagesbildError, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.card import SUFFIX
from lagesbild.sources.corrections import FILE
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.inspection import Inspection
from lagesbild.sources.merge import Part
from lagesbild.taxonomy import Taxonomy
from tests.property import mutations, real, samples
from tests.property.harness import ENGLISH, N_FILES, for_seeds, is_swedish, own_words
from tests.property.readers import SAMPLES
from tests.property.rows import Sample, changed

#: Folders of invented and of real files; as many more with ``LAGESBILD_FUZZ`` as there are more files.
N_INVENTED, N_REAL = max(N_FILES // 10, 1), max(N_FILES // 20, 1)
_MOST_TRIES = 4


@pytest.fixture(scope="module")
def terms() -> Taxonomy:
    return taxonomy.load()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    raw = tmp_path / "raw"
    processed = tmp_path / "processed"
    return Profile(slug="prov", name="Prov", kommunkoder=("1493",), year=2025, raw=raw, processed=processed, draws=1000)


def test_folders_of_mutated_files_are_joined_checked_and_measured(profile: Profile, terms: Taxonomy) -> None:
    known = [samples.sample(name) for name in SAMPLES]
    for_seeds(N_INVENTED, lambda seed: answer(known, seed, profile, terms))


def test_folders_of_mutated_real_files_are_joined_checked_and_measured(shared: Path, profile: Profile, terms: Taxonomy) -> None:
    known = [real.sample(shared / "data", file) for file, (reader, *_) in real.FILES.items() if reader]
    for_seeds(N_REAL, lambda seed: answer(known, seed, profile, terms))


def answer(known: list[Sample], seed: int, profile: Profile, terms: Taxonomy) -> None:
    """One folder of two to five files, some of them versions of the same, is answered as it must be."""
    chance = random.Random(seed)
    shutil.rmtree(profile.raw, ignore_errors=True)
    profile.raw.mkdir(parents=True)
    chosen = chance.choices(known, k=chance.randint(1, 3))
    parts = [put(f"{at}.csv", one, profile, terms, chance) for at, one in enumerate([*chosen, *chosen[: chance.randrange(3)]])]
    if corrections := [correction(part, chance) for part in parts if part and chance.random() < 0.2]:
        (profile.raw / FILE).write_text("".join(corrections), "utf-8")
    inspection = sources.inspect(profile, terms)
    hold(inspection)
    if inspection.delivery is None:
        assert inspection.error is not None
        is_swedish(inspection.error)
        return
    try:
        shown = disclosure.protect(measures.measure(inspection.delivery.tables, profile, terms), terms)
        ranking.rank(shown, profile, terms)
    except LagesbildError as error:
        is_swedish(error)


def hold(inspection: Inspection) -> None:
    """Every file has its line, and all is told in Swedish."""
    assert len(inspection.files) == len({line.path for line in inspection.files})
    assert all(line.reader or line.problems for line in inspection.files)
    for doubt in inspection.doubts:
        assert not ENGLISH.search(own_words(doubt)), str(doubt)


def put(name: str, sample: Sample, profile: Profile, terms: Taxonomy, chance: random.Random) -> Part | None:
    """Writes a version of the sample that is read, if one is found soon; seldom one that is not."""
    path = profile.raw / name
    if sample.card:
        Path(f"{path}{SUFFIX}").write_text(sample.card, "utf-8")
    for _ in range(_MOST_TRIES):
        seed = chance.randrange(2**63)
        data = changed(sample, seed)[0] if sample.is_countable else mutations.mutated(sample.data, seed)
        try:
            part = sources.read_file(RawFile(path, name, data), profile, terms)
        except (SourceError, SchemaError):
            continue
        path.write_bytes(data)
        return part
    path.write_bytes(sample.data)
    return None


def correction(part: Part, chance: random.Random) -> str:
    """A correction of some row of the part, often a right one."""
    tables = [(name, frame) for name, frame in part.reading.tables.items() if len(frame)]
    if not tables:
        return ""
    name, frame = chance.choice(tables)
    row = frame.iloc[chance.randrange(len(frame))].dropna()
    said = {column: _toml(value) for column, value in row.items() if _toml(value)}
    where = dict(chance.sample(sorted(said.items()), k=min(3, len(said))))
    column = chance.choice(sorted(said))
    same = f"set = {{ {column} = {said[column]} }}"
    change = chance.choice(("remove = true", "remove = true", same, same, 'set = { count = "många" }', "set = {}"))
    guard = chance.choice((said[column], said[column], said[column], '"x"', "-1"))
    text = (
        f'[[correction]]\nfile = "{part.file.name}"\ntable = "{name}"\nwhere = {{ {_inline(where)} }}\n'
        f"expect = {{ {column} = {guard} }}\n{change}\nrows = {chance.choice((1, 1, 1, len(frame)))}\n"
        'why = "Fel i tabellen."\nreported_by = "Statistiker"\n'
    )
    return text if chance.random() < 0.9 else text.replace(chance.choice(text.split("\n")[:-1]), "")


def _inline(values: dict[str, str]) -> str:
    return ", ".join(f"{column} = {value}" for column, value in values.items())


def _toml(value: object) -> str:
    """The value in TOML; "" for one that has no place there."""
    value = getattr(value, "item", lambda: value)()
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, str):
        return "" if set(value) & set('"\\\n\r\t\0') or not value.isprintable() else f'"{value}"'
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
