"""The command ``batch``: many profiles, what each came to, and the failures last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lagesbild import batch, swedish
from lagesbild.batch import Outcome
from lagesbild.cli.screen import Screen
from lagesbild.errors import Problem, ProfileError, UsageError
from lagesbild.profile import Profile


def run(screen: Screen, paths: Sequence[Path], out: Path, workers: int, cluster: str | None) -> int:
    """Run every profile that can be loaded; the exit code is that of the first that failed, else 0.

    Raises UsageError where the same profile is named twice, or the cluster cannot be used.
    """
    profiles, refused = _loaded(paths)
    if doubled := sorted({one.slug for one in profiles if [other.slug for other in profiles].count(one.slug) > 1}):
        raise UsageError(Problem("lagesbild batch", f"profilen {swedish.listing(doubled)} står flera gånger."))
    try:
        with screen.progress() as progress, batch.executor_for(min(workers, len(profiles)), cluster) as executor:
            outcomes = [*batch.run_all(profiles, out, executor, progress), *refused]
    except ImportError as error:
        if not (error.name or "").startswith(("distributed", "dask")):
            raise
        raise UsageError(
            _no_cluster("tillägget cluster är inte installerat.", "Kör pip install 'lagesbild[cluster]'.")
        ) from error
    except OSError as error:
        if cluster is None:
            raise
        raise UsageError(_no_cluster(f"ingen schemaläggare svarar på {cluster}.", "Kontrollera adressen.")) from error
    for outcome in outcomes:
        if outcome.folder is not None:
            screen.line(f"Klart: {outcome.folder}")
    failed = [outcome for outcome in outcomes if outcome.folder is None]
    for outcome in failed:
        screen.problems(_of_profile(outcome))
    if failed:
        screen.line(f"{swedish.plural(len(failed), 'profil', 'profiler')} av {len(outcomes)} gick inte att göra.")
    return failed[0].exit_code if failed else 0


def _loaded(paths: Sequence[Path]) -> tuple[list[Profile], list[Outcome]]:
    """The profiles that can be read, and the outcomes of those that cannot."""
    profiles, refused = [], []
    for path in paths:
        try:
            profiles.append(Profile.load(path))
        except ProfileError as error:
            refused.append(Outcome(path.stem, None, error.problems, error.exit_code))
    return profiles, refused


def _of_profile(outcome: Outcome) -> Iterator[Problem]:
    """The problems, each with its profile's name where it does not already begin with it."""
    for problem in outcome.problems:
        is_named = problem.where.startswith(outcome.profile)
        yield problem if is_named else replace(problem, where=f"{outcome.profile}, {problem.where}")


def _no_cluster(what: str, action: str) -> Problem:
    return Problem("lagesbild batch", what, action=action)
