"""Small tidy tables, written row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from lagesbild import taxonomy as terms
from lagesbild.profile import Profile
from lagesbild.tables import TABLES
from lagesbild.taxonomy import Taxonomy

Rows = Callable[..., pd.DataFrame]
KEYS = {"reported_offences": {"key_type": "group", "status": "final"}}


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return terms.load()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A kommun with two comparison kommuner."""
    return Profile(
        slug="mariestad",
        name="Mariestad",
        kommunkoder=("1493",),
        year=2025,
        raw=tmp_path,
        processed=tmp_path,
        peer_group="grannar",
    )


@pytest.fixture
def police_area(profile: Profile) -> Profile:
    changed = {"slug": "ostra-skaraborg", "name": "Östra Skaraborg", "level": "police_area", "kommunkoder": ("1493", "1499")}
    return Profile(**{**profile.model_dump(), **changed})


@pytest.fixture
def table() -> Rows:
    """table(name, columns, rows): the rows as that table of the contract, other columns empty."""

    def make(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> pd.DataFrame:
        frame = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])
        frame = frame.assign(**{key: value for key, value in KEYS.get(name, {}).items() if key not in frame})
        contract = TABLES[name]
        typed = frame.reindex(columns=contract.names).astype(contract.empty().dtypes.to_dict())
        return contract.schema.validate(typed)

    return make
