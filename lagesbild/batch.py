"""Many profiles over one executor: one by one, in processes, or on a cluster. One profile's failure stops no other.

A profile is one piece of work from raw files to written folder, so only settings and outcomes travel between machines.
"""

from __future__ import annotations

import multiprocessing
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lagesbild import pipeline
from lagesbild.errors import LagesbildError, Problem
from lagesbild.garbage import collect_rarely
from lagesbild.profile import Profile

#: matplotlib's settings are the process's: a cluster's worker with several threads takes one profile at a time.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Outcome:
    """What became of one profile: its run folder, or None and the problems. exit_code: the command line's, 0 when done."""

    profile: str
    folder: Path | None
    problems: tuple[Problem, ...] = ()
    exit_code: int = 0


def run_all(
    profiles: Sequence[Profile],
    out: Path,
    executor: Executor | None = None,
    progress: Callable[[str], None] = pipeline.silent,
) -> tuple[Outcome, ...]:
    """Every profile's run folder below ``out``; outcomes in the order of the profiles. Never raises for a profile's sake.

    executor: any ``concurrent.futures.Executor``; None runs one by one in this process. A cluster's workers must see the same
    raw folders and the same ``out``. progress: told each step when run one by one, else each profile as it is collected.
    """
    if executor is None:
        return tuple(run_one(profile, out, _named(profile, progress)) for profile in profiles)
    futures = [executor.submit(run_one, profile, out) for profile in profiles]
    outcomes = []
    for profile, future in zip(profiles, futures, strict=True):
        outcome = _collected(profile, future)
        progress(f"{profile.slug}: {'klar' if outcome.folder else 'gick inte att göra'}")
        outcomes.append(outcome)
    return tuple(outcomes)


def run_one(profile: Profile, out: Path, progress: Callable[[str], None] = pipeline.silent) -> Outcome:
    """One profile run and written; whatever goes wrong is in the outcome."""
    try:
        with _ONE_AT_A_TIME:
            folder = pipeline.write(pipeline.run(profile, progress), out, progress)
    except LagesbildError as error:
        return Outcome(profile.slug, None, error.problems, error.exit_code)
    except Exception as error:
        return Outcome(profile.slug, None, (unexpected(profile.slug, error),), 1)
    return Outcome(profile.slug, folder)


def unexpected(where: str, error: BaseException) -> Problem:
    """A fault of the program's own: its kind and place, never its message, which may quote what a file says."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "lagesbild" in Path(frame.filename).parts] or frames
    place = f" i {Path(ours[-1].filename).name}, rad {ours[-1].lineno}" if ours else ""
    return Problem(
        where, f"programmet stötte på ett fel det inte känner till ({type(error).__name__}{place}).", action=REPORT_IT
    )


REPORT_IT = "Felet ligger i programmet, inte i uppgifterna. Anmäl det med texten ovan."


@contextmanager
def executor_for(workers: int = 1, cluster: str | None = None) -> Iterator[Executor | None]:
    """The executor for so many processes, or for the Dask scheduler at the address; None for one process and no cluster.

    Processes are spawned: forking hangs once pyarrow or typst has started threads. Raises ImportError without the extra
    ``cluster``, OSError where no scheduler answers.
    """
    if cluster is not None:
        from distributed import Client

        with Client(cluster, timeout=10) as client:  # type: ignore[no-untyped-call]
            yield client.get_executor()
    elif workers > 1:
        spawned = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, spawned, initializer=collect_rarely) as executor:
            yield executor
    else:
        yield None


def _named(profile: Profile, progress: Callable[[str], None]) -> Callable[[str], None]:
    return lambda step: progress(f"{profile.slug}: {step}")


def _collected(profile: Profile, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except Exception as error:  # a worker that died, or a cluster that went away
        return Outcome(profile.slug, None, (unexpected(profile.slug, error),), 1)
