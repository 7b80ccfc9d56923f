"""Many profiles: each gets its outcome, in order, whatever happens to the others."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from lagesbild import batch, pipeline
from lagesbild.errors import Problem, SourceError
from lagesbild.profile import Profile

SECRET = "Anna Exempel på Storgatan 1"


def profile(slug: str, raw: Path = Path("saknas")) -> Profile:
    return Profile(slug=slug, name=slug.title(), kommunkoder=("1493",), year=2025, raw=raw, processed=raw)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pipeline replaced by one that fails for two of the slugs; gives the steps that were told."""
    steps: list[str] = []

    def run(profile: Profile, progress: Any) -> Profile:
        progress("läser källfiler")
        if profile.slug == "tom":
            raise SourceError([Problem("a.csv", "ett."), Problem("b.csv", "två.")])
        if profile.slug == "bugg":
            raise TypeError(SECRET)
        return profile

    monkeypatch.setattr(pipeline, "run", run)
    monkeypatch.setattr(pipeline, "write", lambda profile, out, progress: out / f"{profile.slug}-2025")
    return steps


@pytest.mark.parametrize("threads", [0, 2])
def test_one_profiles_failure_stops_no_other(told: list[str], threads: int) -> None:
    profiles = [profile(slug) for slug in ("tom", "mariestad", "bugg", "falkoping")]
    if threads:
        with ThreadPoolExecutor(threads) as executor:
            outcomes = batch.run_all(profiles, Path("ut"), executor, told.append)
    else:
        outcomes = batch.run_all(profiles, Path("ut"), None, told.append)
    assert [outcome.profile for outcome in outcomes] == ["tom", "mariestad", "bugg", "falkoping"]
    assert [outcome.folder for outcome in outcomes] == [None, Path("ut/mariestad-2025"), None, Path("ut/falkoping-2025")]
    assert [outcome.exit_code for outcome in outcomes] == [10, 0, 1, 0]
    assert outcomes[0].problems == (Problem("a.csv", "ett."), Problem("b.csv", "två."))
    if threads:
        assert told == ["tom: gick inte att göra", "mariestad: klar", "bugg: gick inte att göra", "falkoping: klar"]
    else:
        assert told[0] == "tom: läser källfiler"


def test_a_fault_of_the_program_is_told_without_its_message(told: list[str]) -> None:
    (outcome,) = batch.run_all([profile("bugg")], Path("ut"))
    said = str(outcome.problems[0])
    assert "TypeError i test_batch.py" in said or "TypeError i batch.py" in said
    assert SECRET not in said


class Lost(Executor):
    """An executor whose workers die."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(MemoryError())
        return future


def test_a_worker_that_dies_is_an_outcome_too() -> None:
    outcomes = batch.run_all([profile("a"), profile("b")], Path("ut"), Lost())
    assert [outcome.folder for outcome in outcomes] == [None, None]
    assert "MemoryError" in str(outcomes[1].problems[0])


def test_a_spawned_process_hands_back_the_problems_themselves(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    with batch.executor_for(2) as executor:
        (outcome,) = batch.run_all([profile("a", tmp_path / "tom")], tmp_path / "ut", executor)
    assert outcome.exit_code == SourceError.exit_code
    assert isinstance(outcome.problems[0], Problem)
    assert not (tmp_path / "ut").exists() or not list((tmp_path / "ut").iterdir())


def test_one_worker_needs_no_executor() -> None:
    with batch.executor_for(1) as executor:
        assert executor is None


def test_no_profiles_no_outcomes() -> None:
    assert batch.run_all([], Path("ut")) == ()
