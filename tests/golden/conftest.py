"""Whole runs, made once for every test that looks at them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import pipeline
from lagesbild.profile import Profile

PROFILES = ("mariestad", "falkoping", "ostra-skaraborg", "exempelby")


@pytest.fixture(scope="session")
def workspace(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A copy of the profiles and the raw data, so that a test may break it; gives the root of the copy."""

    def copy(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name)
        shutil.copytree(root / "profiles", folder / "profiles")
        shutil.copytree(root / "data" / "raw", folder / "data" / "raw")
        return folder

    return copy


@pytest.fixture(scope="session")
def finished(workspace: Callable[[str], Path]) -> dict[str, Path]:
    """The four run folders, made one after the other."""
    folder = workspace("finished")
    return {
        name: pipeline.write(pipeline.run(Profile.load(folder / "profiles" / f"{name}.toml")), folder / "reports")
        for name in PROFILES
    }


def fingerprint(folder: Path) -> dict[str, bytes]:
    """Every file below the folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
