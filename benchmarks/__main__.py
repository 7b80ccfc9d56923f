"""Print every benchmark."""

from __future__ import annotations

from benchmarks import laboratory, privacy, ranking, runs, sources

if __name__ == "__main__":
    print(privacy.report())
    print(ranking.report())
    print(laboratory.report())
    print(sources.report())
    print(runs.report())
