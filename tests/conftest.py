"""Fixtures every test folder shares."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lagesbild.garbage import collect_rarely

ROOT = Path(__file__).parent.parent
#: What lets Chromium start for root and ask the network for nothing.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip

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


def program(name: str) -> str:
    """Where the browser or other program is; skips where it is not, with the reason."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is absent: what needs it is not tried")
    return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for the tests of one file: while it is open, nothing else of the process may run a loop of its own."""
    sync = pytest.importorskip(
        "playwright.sync_api", reason="playwright is absent: the review page is not opened"
    ).sync_playwright
    path = program("chromium")
    with sync() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
