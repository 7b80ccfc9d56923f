"""A raw folder to fill, and a profile that reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import taxonomy
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy


@pytest.fixture(scope="session")
def terms() -> Taxonomy:
    return taxonomy.load()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """Mariestad 2025 with an empty raw folder."""
    (tmp_path / "raw").mkdir()
    return Profile(
        slug="prov", name="Prov", kommunkoder=("1493",), year=2025, raw=tmp_path / "raw", processed=tmp_path / "processed"
    )


@pytest.fixture
def put(profile: Profile) -> Callable[..., Path]:
    """Writes a file into the raw folder: text in an encoding, or bytes."""

    def write(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = profile.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
