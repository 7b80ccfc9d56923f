"""Whole runs, made once for every test that looks at them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lagesbild import pipeline
from lagesbild.profile import Profile
from lagesbild.report.lagesbild import Lagesbild

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
def made(finished_folder: Path) -> dict[str, Lagesbild]:
    """The four lägesbilder as values, made one after the other."""
    return {name: pipeline.run(Profile.load(finished_folder / "profiles" / f"{name}.toml")) for name in PROFILES}


@pytest.fixture(scope="session")
def finished_folder(workspace: Callable[[str], Path]) -> Path:
    """Where the four are made."""
    return workspace("finished")


@pytest.fixture(scope="session")
def finished(made: dict[str, Lagesbild], finished_folder: Path) -> dict[str, Path]:
    """Their run folders."""
    return {name: pipeline.write(lagesbild, finished_folder / "reports") for name, lagesbild in made.items()}


def fingerprint(folder: Path) -> dict[str, bytes]:
    """Every file below the folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
