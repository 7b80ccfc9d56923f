"""Print every benchmark."""

from __future__ import annotations

from benchmarks import privacy, ranking, runs, sources

if __name__ == "__main__":
    print(privacy.report())
    print(ranking.report())
    print(sources.report())
    print(runs.report())
