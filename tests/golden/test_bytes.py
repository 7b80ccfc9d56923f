"""The same inputs give the same bytes: twice, through processes, and through a cluster."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from lagesbild import batch, pipeline
from lagesbild.profile import Profile
from tests.golden.conftest import PROFILES, fingerprint


def assert_same_bytes(first: Path, second: Path) -> None:
    one, two = fingerprint(first), fingerprint(second)
    assert one.keys() == two.keys()
    different = [name for name in one if one[name] != two[name]]
    assert not different, f"{first.name}: {different}"


def load(root: Path) -> list[Profile]:
    return [Profile.load(root / "profiles" / f"{name}.toml") for name in PROFILES]


def test_two_runs_in_one_process_give_the_same_bytes(finished: dict[str, Path], workspace: Callable[[str], Path]) -> None:
    root = workspace("again")
    again = pipeline.write(pipeline.run(Profile.load(root / "profiles" / "exempelby.toml")), root / "reports")
    assert_same_bytes(finished["exempelby"], again)


def test_processes_give_the_same_bytes(finished: dict[str, Path], workspace: Callable[[str], Path]) -> None:
    root = workspace("processes")
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
        outcomes = batch.run_all(load(root), root / "reports", executor)
    for name, outcome in zip(PROFILES, outcomes, strict=True):
        assert not outcome.problems
        assert_same_bytes(finished[name], outcome.folder)


def test_a_dask_cluster_gives_the_same_bytes(finished: dict[str, Path], workspace: Callable[[str], Path]) -> None:
    distributed = pytest.importorskip("distributed", reason="needs the extra 'cluster'")
    root = workspace("cluster")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        outcomes = batch.run_all(load(root), root / "reports", client.get_executor())
    for name, outcome in zip(PROFILES, outcomes, strict=True):
        assert not outcome.problems
        assert_same_bytes(finished[name], outcome.folder)


def test_one_profiles_failure_stops_no_other(workspace: Callable[[str], Path]) -> None:
    root = workspace("failure")
    (root / "data" / "raw" / "exempel" / "obegriplig.csv").write_text("a,b\n1,2\n", "utf-8")
    profiles = [Profile.load(root / "profiles" / f"{name}.toml") for name in ("exempelby", "mariestad")]
    failed, done = batch.run_all(profiles, root / "reports", None)
    assert failed.folder is None
    assert "obegriplig.csv" in str(failed.problems[0])
    assert done.folder is not None
    assert not (root / "reports" / "exempelby-2025").exists()
    assert [path.name for path in sorted((root / "reports").iterdir())] == ["mariestad-2025"]
