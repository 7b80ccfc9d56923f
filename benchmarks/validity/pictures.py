"""Three pictures of the laboratory: how near to the truth, how honest the probabilities, how often the intervals hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure as Canvas

from benchmarks.validity.rivals import BORDA, COUNTS, HARM_COUNTS, ORACLE, Z_SCORES
from benchmarks.validity.scores import Figure
from benchmarks.validity.summary import OURS, Summary

matplotlib.use("Agg")
OWN, GREY, INK = "#0b6699", "#899198", "#1d2730"
#: Marks of the product, its plain rivals and the oracle; single sources share one.
MARKS = {OURS: "o", Z_SCORES: "s", BORDA: "D", COUNTS: "^", HARM_COUNTS: "v", ORACLE: "*"}
DOTS = 110


def pictures(found: Mapping[str, Summary], out: Path) -> tuple[Path, ...]:
    """The three files, written into ``out``; the same bytes for the same figures."""
    with matplotlib.rc_context({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        drawn = {"tau": _tau(found), "reliability": _reliability(found), "coverage": _coverage(found)}
        paths = []
        for name, canvas in drawn.items():
            paths.append(out / f"validity-{name}.png")
            canvas.savefig(paths[-1], dpi=DOTS, metadata={"Software": None})
    return tuple(paths)


def _rows(found: Mapping[str, Summary], width: float = 7.5) -> tuple[Canvas, np.ndarray]:
    canvas = Canvas(figsize=(width, 1.3 + 0.42 * len(found)), layout="constrained")
    return canvas, np.arange(len(found))[::-1]


def _tau(found: Mapping[str, Summary]) -> Canvas:
    canvas, y = _rows(found)
    axes = canvas.subplots()
    for at, summary in zip(y, found.values(), strict=True):
        for source in summary.sources:
            axes.plot(summary.tau(source).value, at, "|", color=GREY, markersize=9)
        for name, mark in MARKS.items():
            told, is_ours = summary.tau(name), name == OURS
            colour = OWN if is_ours else INK if name == ORACLE else GREY
            axes.plot([told.lower, told.upper], [at, at], color=colour, linewidth=3 if is_ours else 1, alpha=0.6)
            axes.plot(told.value, at, mark, color=colour, markersize=8 if is_ours else 6)
    for name, mark in MARKS.items():
        axes.plot([], [], mark, color=OWN if name == OURS else INK if name == ORACLE else GREY, label=name)
    axes.plot([], [], "|", color=GREY, markersize=9, label="one source alone")
    axes.set_yticks(y, list(found))
    axes.set_xlabel("Kendall τ against the true order, mean over the kommuner (bars: 95 %)")
    axes.grid(axis="x", color="#e3e7ea")
    canvas.legend(loc="outside upper left", ncols=4, frameon=False, fontsize=8)
    return canvas


def _reliability(found: Mapping[str, Summary]) -> Canvas:
    canvas = Canvas(figsize=(5.2, 4.8), layout="constrained")
    axes = canvas.subplots()
    axes.fill_between([0, 1], [-0.05, 0.95], [0.05, 1.05], color="#d3e6f1", linewidth=0, label="within .05")
    first = next(iter(found))
    for name, summary in found.items():
        bins = [one for one in summary.reliability if one.n >= 20]
        x, seen = [one.stated for one in bins], [one.observed for one in bins]
        if name != first:
            axes.plot(x, seen, color=GREY, linewidth=0.7, alpha=0.8)
            continue
        margins = [[one.observed - one.lower for one in bins], [one.upper - one.observed for one in bins]]
        axes.errorbar(x, seen, yerr=margins, color=OWN, marker="o", linewidth=1.5, zorder=3, label=name)
    if len(found) > 1:
        axes.plot([], [], color=GREY, linewidth=0.7, label="the other scenarios")
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="stated P(top 3)", ylabel="share that was among the true top 3")
    axes.legend(frameon=False, loc="upper left")
    return canvas


def _coverage(found: Mapping[str, Summary]) -> Canvas:
    canvas, y = _rows(found)
    one, other = canvas.subplots(1, 2, sharey=True)
    _covered(one, [s.coverage(0.9) for s in found.values()], [s.coverage(0.8) for s in found.values()], y)
    one.axvspan(0.88, 0.93, color="#d3e6f1", linewidth=0)
    one.set_xlabel("score intervals (target .88–.93 for 90 %)")
    _covered(other, [s.rank_coverage(0.9) for s in found.values()], [s.rank_coverage(0.8) for s in found.values()], y)
    other.set_xlabel("rank intervals")
    one.set_yticks(y, list(found))
    canvas.legend(*other.get_legend_handles_labels(), loc="outside upper left", ncols=2, frameon=False, fontsize=8)
    return canvas


def _covered(axes: matplotlib.axes.Axes, nine: Sequence[Figure], eight: Sequence[Figure], y: np.ndarray) -> None:
    for figures, colour, label, mark in ((nine, OWN, "90 % intervals cover", "o"), (eight, GREY, "80 % intervals cover", "s")):
        axes.axvline(0.9 if colour == OWN else 0.8, color=colour, linewidth=0.8, linestyle=":")
        axes.hlines(y, [f.lower for f in figures], [f.upper for f in figures], color=colour, linewidth=1.5)
        axes.plot([f.value for f in figures], y, mark, color=colour, label=label)
