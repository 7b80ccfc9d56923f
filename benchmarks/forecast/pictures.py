"""Two pictures of the back-test: how near each method comes, and how often the intervals hold."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure as Canvas

from benchmarks.forecast.report import THIRDS, Year2015
from benchmarks.forecast.trial import LAST, NATIONAL

matplotlib.use("Agg")
OWN, GREY, INK = "#0b6699", "#899198", "#1d2730"
MARKS = ("s", "D", "^", "v")
DOTS = 100


def pictures(year: Year2015, out: Path) -> tuple[Path, ...]:
    """The two files in ``out``; the same bytes for the same figures."""
    with matplotlib.rc_context({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        drawn = {"deviance": _deviance(year), "coverage": _coverage(year)}
        paths = []
        for name, canvas in drawn.items():
            paths.append(out / f"forecast-{name}.png")
            canvas.savefig(paths[-1], dpi=DOTS, metadata={"Software": None})
    return tuple(paths)


def _deviance(year: Year2015) -> Canvas:
    canvas = Canvas(figsize=(7.5, 4.4), layout="constrained")
    axes = canvas.subplots()
    at = np.arange(len(year.data.lines))[::-1]
    rivals = [name for name in year.rivals if name not in (LAST, NATIONAL)]
    for mark, name in zip(MARKS, rivals, strict=False):
        axes.plot(year.ratio(year.rivals[name]), at, mark, color=GREY, markersize=6, label=name)
    axes.plot(year.ratio(year.nearest.expected), at, "o", mfc="white", color=OWN, markersize=7, label="8 nearest as peers")
    axes.plot(year.ratio(year.ours.expected), at, "o", color=OWN, markersize=8, label="all others as peers")
    axes.axvline(1, color=INK, linewidth=0.8)
    axes.set_yticks(at, year.data.lines)
    axes.set_xlabel("Poisson deviance of 2015 over that of last year's count")
    axes.legend(frameon=False, fontsize=8)
    return canvas


def _coverage(year: Year2015) -> Canvas:
    canvas = Canvas(figsize=(7.5, 4.2), layout="constrained")
    axes = canvas.subplots()
    lines = ["All groups", *year.data.lines]
    at = np.arange(len(lines))[::-1]
    inside = year.ours.inside(year.y)
    axes.axvspan(0.77, 0.83, color="#d3e6f1", label=".77–.83")
    for i, (mark, third) in enumerate(zip(("v", "s", "^"), THIRDS, strict=True)):
        part = inside[year.third == i]
        axes.plot([part.mean(), *part.mean(axis=0)], at, mark, color=GREY, markersize=6, label=third)
    axes.plot([inside.mean(), *inside.mean(axis=0)], at, "o", color=OWN, markersize=8, label="all kommuner")
    axes.set_yticks(at, lines)
    axes.set_xlim(0.6, 1)
    axes.set_xlabel("Part of 290 kommuner whose 2015 lies inside the 80 % interval")
    axes.legend(frameon=False, fontsize=8)
    return canvas
