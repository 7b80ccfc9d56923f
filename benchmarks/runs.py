"""Whole runs: each profile alone, the way an analyst meets it and warm, and the four together on two processes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lagesbild import pipeline
from lagesbild.garbage import collect_rarely
from lagesbild.profile import Profile

ROOT = Path(__file__).parents[1]
PROFILES = sorted((ROOT / "profiles").glob("*.toml"))
#: The heaviest of Dalarna's, where their real files have been copied into the project (``make dalarna``).
REAL = [ROOT / "profiles" / "dalarna" / "avesta.toml"] if [*(ROOT / "data" / "raw" / "dalarna").glob("bra_*.csv")] else []
#: Seconds: one profile warm, with every file of the run folder; all profiles as one command.
ONE, ALL = 8.0, 20.0


def warm(path: Path, out: Path) -> tuple[float, float]:
    """Seconds, and seconds of processor time, of the second run in one process: the work itself, without imports and fonts."""
    seconds = work = 0.0
    for _ in range(2):
        start, begun = time.perf_counter(), time.process_time()
        pipeline.write(pipeline.run(Profile.load(path)), out)
        seconds, work = time.perf_counter() - start, time.process_time() - begun
    return seconds, work


def command(*arguments: str) -> float:
    """Seconds of the command as a whole process, starting Python included."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "lagesbild", *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def report() -> str:
    """Lines: what was timed, the time, the target, and the ratio of the heaviest run to the lightest."""
    collect_rarely()  # as the command line does
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        alone = {path.stem: (*warm(path, out), command("run", str(path), "--out", folder)) for path in [*PROFILES, *REAL]}
        together = command("batch", *map(str, PROFILES), "--workers", "2", "--out", folder)
    lines = [
        f"{name}, full run: {seconds:.1f} s warm (target {ONE:.0f} s), {work:.1f} s of processor time, "
        f"{whole:.1f} s as a command"
        for name, (seconds, work, whole) in alone.items()
    ]
    times = [work for _, work, _ in alone.values()]
    lines.append(f"heaviest to lightest: {max(times) / min(times):.1f}")
    lines.append(f"the {len(PROFILES)} together, two processes: {together:.1f} s (target {ALL:.0f} s)")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
