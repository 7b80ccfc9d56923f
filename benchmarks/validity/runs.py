"""Many worlds through the product, on several processes, in an order that does not depend on how many."""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.validity.scenarios import SCENARIOS, worlds
from benchmarks.validity.trial import Heard, Trial, estimate, heard
from lagesbild import taxonomy
from lagesbild.taxonomy import Taxonomy

#: Kommuner of one task. Chunk i draws its worlds with seed + i · CHUNK, so n kommuner are the first n of more.
CHUNK = 20
SEED = 2025
Progress = Callable[[str], None]


def to_stderr(text: str) -> None:
    """Tell the one who waits."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Task:
    """One chunk of one scenario: its first world's number, and how many worlds of it are wanted."""

    scenario: str
    first: int
    n: int
    seed: int


@cache
def _terms() -> Taxonomy:
    return taxonomy.load()


def hear(task: Task) -> list[Heard]:
    """Stage 1 of the task's worlds."""
    made = worlds(SCENARIOS[task.scenario], CHUNK, task.seed + task.first)
    return [heard(world, task.scenario, task.first + i, _terms()) for i, world in enumerate(islice(made, task.n))]


def run(task: Task, cached: Path | None = None) -> list[Trial]:
    """Both stages. ``cached``: a folder where stage 1 is kept; it is the caller's to empty when worlds or signals change."""
    if cached is None:
        return [estimate(case) for case in hear(task)]
    path = cached / f"{task.scenario}-{task.seed}-{task.first}-{task.n}.pickle"
    if not path.exists():
        path.write_bytes(pickle.dumps(hear(task)))
    return [estimate(case) for case in pickle.loads(path.read_bytes())]


def tasks(scenarios: Sequence[str], kommuner: int, seed: int) -> list[Task]:
    """Every chunk of every scenario, scenario by scenario."""
    starts = range(0, kommuner, CHUNK)
    return [Task(name, first, min(CHUNK, kommuner - first), seed) for name in scenarios for first in starts]


def trials(
    scenarios: Sequence[str],
    kommuner: int,
    *,
    seed: int = SEED,
    workers: int = 2,
    cached: Path | None = None,
    progress: Progress = to_stderr,
) -> dict[str, list[Trial]]:
    """Every scenario's trials in the order of their worlds; the same whatever the number of workers.

    ``workers`` 1 runs in this process. An error in one world stops the run, with its scenario and chunk.
    """
    todo = tasks(scenarios, kommuner, seed)
    if cached is not None:
        cached.mkdir(parents=True, exist_ok=True)
    done: dict[Task, list[Trial]] = {}
    begun = time.perf_counter()
    for task, result in _results(todo, workers, cached):
        done[task] = result
        n = sum(map(len, done.values()))
        each = (time.perf_counter() - begun) * min(workers, len(todo)) / n
        progress(f"{len(done)}/{len(todo)} {task.scenario} {task.first}-{task.first + task.n}: {1000 * each:.0f} ms a kommun")
    return {name: [trial for task in todo if task.scenario == name for trial in done[task]] for name in scenarios}


def _results(todo: Sequence[Task], workers: int, cached: Path | None) -> Iterator[tuple[Task, list[Trial]]]:
    if workers == 1:
        for task in todo:
            yield task, run(task, cached)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures: dict[Future[list[Trial]], Task] = {pool.submit(run, task, cached): task for task in todo}
        for future in as_completed(futures):
            task = futures[future]
            try:
                yield task, future.result()
            except Exception as error:
                for other in futures:
                    other.cancel()
                raise RuntimeError(f"scenario {task.scenario}, worlds from {task.first}, seed {task.seed}") from error
