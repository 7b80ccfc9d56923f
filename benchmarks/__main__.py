"""Print every benchmark."""

from __future__ import annotations

from benchmarks import ranking, runs

if __name__ == "__main__":
    print(ranking.report())
    print(runs.report())
