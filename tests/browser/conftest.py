"""The review page of one whole run, and the browsers to open it in; where a browser is absent, its tests say so in one line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lagesbild import pipeline
from lagesbild.profile import Profile
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.page import page as review_page

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


def program(name: str) -> str:
    """Where the program is; skips where it is not."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is absent: the review page is not tried in it")
    return found


@pytest.fixture(scope="session")
def exempelby(root: Path) -> Lagesbild:
    return pipeline.run(Profile.load(root / "profiles" / "exempelby.toml"))


@pytest.fixture(scope="session")
def file(exempelby: Lagesbild, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as it lies in a run folder."""
    path = tmp_path_factory.mktemp("sidan") / "granskning.html"
    path.write_bytes(review_page(exempelby))
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    sync = pytest.importorskip(
        "playwright.sync_api", reason="playwright is absent: the review page is not opened"
    ).sync_playwright
    path = program("chromium")
    with sync() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Any, file: Path) -> Iterator[Any]:
    """The page, opened from disk in a browser of its own; at the end nothing was fetched and nothing was complained about."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE", reduced_motion="reduce")
    shown = context.new_page()
    complaints: list[str] = []
    fetched: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text))
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.on("request", lambda request: fetched.append(request.url))
    shown.goto(file.as_uri())
    yield shown
    assert complaints == []
    assert [url for url in fetched if url != file.as_uri() and not url.startswith(("data:", "blob:"))] == []
    context.close()
