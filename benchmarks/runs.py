"""Whole runs: each profile alone, the way an analyst meets it and warm, and the four together on two processes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lagesbild import pipeline
from lagesbild.profile import Profile

PROFILES = sorted((Path(__file__).parents[1] / "profiles").glob("*.toml"))
ONE, ALL = 6.0, 20.0


def warm(path: Path, out: Path) -> float:
    """Seconds of the second run in one process: what the work itself takes, imports and font loading aside."""
    seconds = 0.0
    for _ in range(2):
        start = time.perf_counter()
        pipeline.write(pipeline.run(Profile.load(path)), out)
        seconds = time.perf_counter() - start
    return seconds


def command(*arguments: str) -> float:
    """Seconds of the command as a whole process, starting Python included."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "lagesbild", *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def report() -> str:
    """Lines: what was timed, the time, the target, and the ratio of the heaviest run to the lightest."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        alone = {path.stem: (warm(path, out), command("run", str(path), "--out", folder)) for path in PROFILES}
        together = command("batch", *map(str, PROFILES), "--workers", "2", "--out", folder)
    lines = [
        f"{name}, full run: {seconds:.1f} s warm (target {ONE:.0f} s), {whole:.1f} s as a command"
        for name, (seconds, whole) in alone.items()
    ]
    times = [seconds for seconds, _ in alone.values()]
    lines.append(f"heaviest to lightest: {max(times) / min(times):.1f}")
    lines.append(f"the {len(PROFILES)} together, two processes: {together:.1f} s (target {ALL:.0f} s)")
    return "\n".join(lines)
