"""Print every benchmark."""

from __future__ import annotations

from benchmarks import ranking, runs, sources

if __name__ == "__main__":
    print(ranking.report())
    print(sources.report())
    print(runs.report())
