"""Print every benchmark."""

from __future__ import annotations

from benchmarks import ranking

if __name__ == "__main__":
    print(ranking.report())
