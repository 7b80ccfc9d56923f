"""Fixtures every test folder shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lagesbild.garbage import collect_rarely

ROOT = Path(__file__).parent.parent

collect_rarely()  # as the command line does; a sixth of the suite's time


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files and published numbers that is not part of the project; skips where it is absent."""
    folder = Path(os.environ.get("LAGESBILD_SHARED", ROOT.parent / "shared"))
    if not (folder / "reference").is_dir():
        pytest.skip("the shared reference data is absent (set LAGESBILD_SHARED)")
    return folder
