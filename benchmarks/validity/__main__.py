"""The laboratory from the command line: worlds, the product, and what comes of it in docs/validity.md."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from benchmarks.validity import pictures, report, targets
from benchmarks.validity.power import power
from benchmarks.validity.runs import SEED, to_stderr, trials
from benchmarks.validity.scenarios import SCENARIOS
from benchmarks.validity.summary import Summary
from lagesbild import taxonomy


def main(arguments: list[str] | None = None) -> int:
    """Runs what is asked for; 1 where a target is missed without a written reason."""
    asked = _parser().parse_args(arguments)
    names = asked.scenario or list(SCENARIOS)
    begun = time.perf_counter()
    done = trials(names, asked.kommuner, seed=asked.seed, workers=asked.workers, cached=asked.cache)
    found = {name: Summary(name, SCENARIOS[name].is_null, done[name]) for name in names}
    strength = power(taxonomy.load(), asked.kommuner)
    results = targets.targets(found, strength)
    written = targets.reasons()
    asked.out.mkdir(parents=True, exist_ok=True)
    drawn = pictures.pictures(found, asked.out)
    told = "".join(f" --scenario {name}" for name in asked.scenario or [])
    command = f"python -m benchmarks.validity --kommuner {asked.kommuner}{told}"
    command += "" if asked.seed == SEED else f" --seed {asked.seed}"
    findings = report.Findings(found, SCENARIOS, strength, results, written, command, asked.seed, [path.name for path in drawn])
    path = report.write(findings, asked.out)
    for result in results:
        to_stderr(f"{result.verdict:6} {result.key}: {result.figures}")
    for key in targets.outdated(results, written) if asked.scenario is None else []:
        to_stderr(f"reasons.toml: {key} is met, or is no target: take its reason out")
    to_stderr(f"{path} after {time.perf_counter() - begun:.0f} s")
    bare = targets.unexplained(results, written)
    if bare:
        to_stderr(f"MISSED WITHOUT A REASON in reasons.toml: {', '.join(bare)}")
    return 1 if bare else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validity", description=__doc__)
    parser.add_argument("--kommuner", type=int, default=500, help="kommuner per scenario (500)")
    parser.add_argument("--scenario", action="append", choices=list(SCENARIOS), help="only this one; may be given again")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder of validity.md and its pictures (docs)")
    parser.add_argument("--cache", type=Path, help="keep the signals here and read them if there; empty it when worlds change")
    return parser


if __name__ == "__main__":
    sys.exit(main())
