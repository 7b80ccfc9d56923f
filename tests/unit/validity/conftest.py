"""Worlds are drawn once for all tests of the laboratory."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.validity.scenarios import SCENARIOS
from benchmarks.validity.world import World
from benchmarks.validity.worlds import draw_world

SEED = 41
Made = Callable[..., list[World]]


@pytest.fixture(scope="session")
def made() -> Made:
    """The first ``n`` worlds of a scenario: ``made("base", 3)``."""
    drawn: dict[str, list[World]] = {}

    def first(name: str, n: int = 1) -> list[World]:
        worlds = drawn.setdefault(name, [])
        worlds += [draw_world(SCENARIOS[name], SEED, number) for number in range(len(worlds), n)]
        return worlds[:n]

    return first
