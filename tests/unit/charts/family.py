"""What every chart of the family owes its readers: each check gives the faults it finds, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from lagesbild.charts import Chart, theme
from lagesbild.report.narrative.lexicon import violations
from tests.unit.charts.colours import BLINDNESS, contrast, difference
from tests.unit.charts.legibility import colliding_labels, cut_off_labels, labels

TEXT, GRAPHIC = 4.5, 3.0
#: Lighter than a graphic that carries meaning may be, and why that is no loss.
DECORATION = {
    theme.PAPER: "paper",
    theme.RULE: "grid and dividing lines",
    theme.OWN_BAND: "the area of an interval, whose edges are drawn, or the ground of a sign that is written on it",
    "#e4e7e9": "the ground of a sign that is written on it",
}
#: Chart, by the start of its name -> what besides colour tells apart marks that look alike but for their colour.
SECOND_CUE = {
    "rangordning": "the tier stands as a heading above its lines, or in each line",
    "kallprofil": "the sign in the cell",
    "bidrag": "the side of zero the bar lies on, and the signed sum",
    "anmalda": "names at the lines' ends; the own line is wider, its band and its points are drawn",
    "alla-omraden": "the figure beside each end, the own one in bold; the own line is wider and ends in a ring, not a square",
    "anmalt-upplevt": "the point is filled where both are settled, and its name is bold",
    "est-veckor": "missing reports hang below the line, observations stand on it, and both are named",
    "enkat": "ring against square, and the upper of the two lines",
    "trappa": "bars that lower are hatched, and every step is signed",
    "loften": "names beside the marks",
}
#: Grey values closer than this, as a contrast ratio, look alike; colours closer than this (CIE76) do so to some readers.
_GREY, _SEEN = 1.4, 15.0
_UNIT = re.compile(
    r"per 100\s000 invånare|[Aa]ndel|[Ii]ndex|[Pp]oäng|[Oo]bservationer|[Hh]ändelser|[Aa]nmälningar|kvot|delat med"
    r"|omfattning mot|[Aa]ntal"
)


def faults(chart: Chart) -> list[str]:
    """Everything that is wrong with a chart; empty where it keeps the family's promises."""
    checks: tuple[Callable[[Chart], Iterator[str]], ...] = (words, numbers, sizes, places, contrasts, cues)
    return [f"{chart.name}: {fault}" for check in checks for fault in check(chart)]


def words(chart: Chart) -> Iterator[str]:
    """Title a finding, subtitle with unit, source line, and none of the words we do not use."""
    if not re.match(r"[A-ZÅÄÖ0-9]", chart.title) or chart.title.endswith(".") or " " not in chart.title:
        yield f"title is no sentence without its stop: {chart.title}"
    if not _UNIT.search(chart.subtitle) or not chart.subtitle.endswith("."):
        yield f"subtitle without unit: {chart.subtitle}"
    if not chart.caption.startswith(("Källa: ", theme.EXAMPLE_LABEL)):
        yield f"source line: {chart.caption}"
    drawn = [text.get_text() for text in labels(chart.figure)]
    yield from violations([chart.title, chart.subtitle, chart.alt, chart.caption, *drawn])


def numbers(chart: Chart) -> Iterator[str]:
    """The alt text opens with the finding and tells it with numbers, in Swedish signs, without brackets inside brackets."""
    if not chart.alt.startswith(chart.title):
        yield "alt text does not open with the finding"
    if len(re.findall(r"\d+(?:[,\s]\d+)*", chart.alt)) < 2:
        yield f"alt text without its numbers: {chart.alt}"
    if re.search(r"\([^()]*\(", chart.alt) or re.search(r"\d\.\d|\bnan\b|  |\.\.|;\.", chart.alt):
        yield f"alt text does not read well: {chart.alt}"


def sizes(chart: Chart) -> Iterator[str]:
    """No text below 8 points, hence none below 4 at half size; no line that vanishes there."""
    for text in labels(chart.figure):
        if text.get_fontsize() < theme.NOTE:
            yield f"text of {text.get_fontsize()} points: {text.get_text()}"
    for line in _of(chart.figure, Line2D):
        if line.get_linestyle() != "None" and line.get_linewidth() < 0.5 and to_hex(line.get_color()) not in DECORATION:
            yield f"line of {line.get_linewidth()} points"


def places(chart: Chart) -> Iterator[str]:
    """No text outside the paper, none over another."""
    yield from (f"cut off: {text}" for text in cut_off_labels(chart.figure))
    yield from (f"overlap: {first} / {second}" for first, second in colliding_labels(chart.figure))


def contrasts(chart: Chart) -> Iterator[str]:
    """Text 4.5 : 1 on what it stands on; graphics 3 : 1 on paper, unless they are decoration or hold their meaning as text."""
    grounds = [(patch, to_hex(patch.get_facecolor())) for patch in _painted(chart.figure)]
    texts = labels(chart.figure)
    for text in texts:
        box = text.get_window_extent()
        ground = _ground(grounds, box, text.get_zorder())
        if contrast(to_hex(text.get_color()), ground) < TEXT:
            yield f"{text.get_text()}: {to_hex(text.get_color())} on {ground}"
    for color in sorted({color for color, _ in _looks(chart.figure)} - DECORATION.keys()):
        if contrast(color, theme.PAPER) < GRAPHIC and not _holds_text(chart.figure, color, texts):
            yield f"{color} is hard to tell from paper"


def cues(chart: Chart) -> Iterator[str]:
    """Where two marks look alike but for a colour that grey print or a colour-blind reader loses, something else tells."""
    if any(chart.name.startswith(name) for name in SECOND_CUE):
        return
    by_look: dict[str, set[str]] = {}
    for color, look in _looks(chart.figure):
        by_look.setdefault(look, set()).add(color)
    for look, colors in sorted(by_look.items()):
        for one, other in combinations(sorted(colors - DECORATION.keys()), 2):
            is_seen = all(difference(one, other, blindness) >= _SEEN for blindness in BLINDNESS)
            if contrast(one, other) < _GREY or not is_seen:
                yield f"{look}: {one} and {other} differ in colour alone; name the second cue in SECOND_CUE"


_Kind = TypeVar("_Kind", bound=Artist)


def _of(figure: Figure, kind: type[_Kind]) -> list[_Kind]:
    return [artist for artist in figure.get_children() if type(artist) is kind]


def _looks(figure: Figure) -> Iterator[tuple[str, str]]:
    """Every colour that is drawn as a graphic, and everything else about how it looks."""
    for line in _of(figure, Line2D):
        if line.get_linestyle() == "None":
            is_hollow = to_hex(line.get_markerfacecolor()) == theme.PAPER
            look = f"mark {line.get_marker()} {line.get_fillstyle()} {'hollow' if is_hollow else 'filled'}"
            yield to_hex(line.get_markeredgecolor()), look
        else:
            yield to_hex(line.get_color()), f"line {line.get_linestyle()} {line.get_linewidth():.1f}"
    for patch in _of(figure, PathPatch):
        if patch.get_facecolor()[3]:
            yield to_hex(patch.get_facecolor()), f"box {patch.get_hatch() or ''}"
        if patch.get_edgecolor()[3]:
            yield to_hex(patch.get_edgecolor()), f"edge {patch.get_hatch() or ''}"


def _painted(figure: Figure) -> list[PathPatch]:
    patches = [patch for patch in _of(figure, PathPatch) if patch.get_facecolor()[3]]
    return sorted(patches, key=lambda patch: patch.get_zorder())


def _boxes(patch: PathPatch) -> list[Bbox]:
    """The corners of every rectangle of a patch, or of its whole, in pixels."""
    points = patch.get_transform().transform(patch.get_path().vertices)
    parts = [points[i : i + 5] for i in range(0, len(points), 5)] if len(points) % 5 == 0 else [points]
    return [Bbox([part.min(axis=0), part.max(axis=0)]) for part in map(np.asarray, parts)]


def _ground(grounds: list[tuple[PathPatch, str]], box: Bbox, order: float) -> str:
    """The colour of the topmost patch under the middle of a text."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    under = [color for patch, color in grounds if patch.get_zorder() <= order and any(b.contains(x, y) for b in _boxes(patch))]
    return under[-1] if under else theme.PAPER


def _holds_text(figure: Figure, color: str, texts: list[Text]) -> bool:
    """Whether every box of the colour has its figure or sign written in it."""
    boxes = [b for p in _painted(figure) if to_hex(p.get_facecolor()) == color for b in _boxes(p)]
    lines = [line for line in _of(figure, Line2D) if color in (to_hex(line.get_color()), to_hex(line.get_markeredgecolor()))]
    middles = [((b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2) for b in (text.get_window_extent() for text in texts)]
    return bool(boxes) and not lines and all(any(box.contains(x, y) for x, y in middles) for box in boxes)
