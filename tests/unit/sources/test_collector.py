"""The pause in the search for objects nobody holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from lagesbild.sources import collector


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


def test_it_goes_on_afterwards_also_where_the_reading_stops() -> None:
    gc.enable()
    meanwhile: list[bool] = []

    @collector.paused()
    def stop() -> None:
        meanwhile.append(gc.isenabled())
        raise KeyError

    with pytest.raises(KeyError):
        stop()
    assert meanwhile == [False]
    assert gc.isenabled()


def test_one_who_has_turned_it_off_finds_it_so() -> None:
    gc.disable()
    with collector.paused():
        pass
    assert not gc.isenabled()
