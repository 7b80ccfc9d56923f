"""The review page of one whole run, opened from disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lagesbild import pipeline
from lagesbild.profile import Profile
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.page import page as review_page


@pytest.fixture(scope="session")
def exempelby(root: Path) -> Lagesbild:
    return pipeline.run(Profile.load(root / "profiles" / "exempelby.toml"))


@pytest.fixture(scope="session")
def file(exempelby: Lagesbild, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as it lies in a run folder."""
    path = tmp_path_factory.mktemp("sidan") / "granskning.html"
    path.write_bytes(review_page(exempelby))
    return path


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
