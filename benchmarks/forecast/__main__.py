"""``python -m benchmarks.forecast``: the back-test, printed and written to docs/forecast.md with its pictures."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.forecast.data import folder, months_of_290, years_of_nine
from benchmarks.forecast.pictures import pictures
from benchmarks.forecast.report import Rolling, Year2015, written
from lagesbild import taxonomy

OUT = Path(__file__).parents[2] / "docs"


def main() -> int:
    """0; 2 where the real files are absent."""
    data = folder()
    if data is None:
        sys.stderr.write("the folder of real files is absent: set LAGESBILD_SHARED, or put it beside the project as shared\n")
        return 2
    constant = taxonomy.load().constant
    year = Year2015.of(months_of_290(data), constant)
    page = written(year, Rolling.of(years_of_nine(data), constant), constant)
    sys.stdout.write(page)
    (OUT / "forecast.md").write_text(page, encoding="utf-8", newline="\n")
    pictures(year, OUT)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
