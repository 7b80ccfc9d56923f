"""Text on a chart: how wide it is, where it breaks, and how labels keep out of one another's way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from lagesbild.charts.theme import BODY, FONT_FILES, FONTS, REGULAR

MM_PER_POINT = 25.4 / 72
ELLIPSIS = "…"
_PROPERTIES = {weight: FontProperties(fname=str(FONTS / file)) for weight, file in FONT_FILES.items()}
#: Letters met so far: id -> points and codes, and id -> SVG path data for those that have ink.
_GLYPHS: dict[str, Any] = {}
_SHAPES: dict[str, str] = {}
#: Last members of long compounds that stand in narrow heads; a word breaks before them if it must.
_TAILS = ("undersökning", "observationer", "mätning", "dialog", "enkät", "anmälda", "brott")


@dataclass(frozen=True)
class Outline:
    """A line of text as outlines, 100 points large, starting at 0 on its baseline.

    glyphs: (id, x) of every letter; the shape behind an id is in ``glyph_shape``. advance: the line's width.
    """

    glyphs: tuple[tuple[str, float], ...]
    advance: float

    @cached_property
    def path(self) -> Path:
        """All letters as one path."""
        placed = [(_GLYPHS[name], x) for name, x in self.glyphs if name in _SHAPES]
        if not placed:
            return Path(np.empty((0, 2)))
        vertices = np.concatenate([np.asarray(points) + np.array([x, 0.0]) for (points, _), x in placed])
        return Path(vertices, np.concatenate([codes for (_, codes), _ in placed]), readonly=True)


@lru_cache(maxsize=8192)
def outline(text: str, weight: int = REGULAR) -> Outline:
    """The text set in the shipped font, kerning and all. Kept, because the same labels return in chart after chart."""
    font = _font(weight)
    font.set_size(text_to_path.FONT_SCALE, text_to_path.DPI)
    placed, _, _ = text_to_path.get_glyphs_with_font(font, text, _GLYPHS)
    for name, *_ in placed:
        points, codes = _GLYPHS[name]
        if name not in _SHAPES and len(codes):
            _SHAPES[name] = _svg_path(Path(points, codes))
    return Outline(tuple((name, float(x)) for name, x, *_ in placed), _advance(text, weight))


def glyph_shape(name: str) -> str | None:
    """A letter's outline as SVG path data; None where it has no ink."""
    return _SHAPES.get(name)


@lru_cache(maxsize=8192)
def _advance(text: str, weight: int) -> float:
    font = _font(weight)
    font.set_size(text_to_path.FONT_SCALE, text_to_path.DPI)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


def _svg_path(path: Path) -> str:
    """Path data in tenths of a unit: at 9 points, a hundredth of a point."""
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
    parts = []
    for points, code in path.iter_segments(simplify=False, curves=True):
        numbers = "" if code == Path.CLOSEPOLY else " ".join(f"{number:.1f}".removesuffix(".0") for number in points)
        parts.append(letters[code] + numbers)
    return "".join(parts)


def width(text: str, size: float = BODY, weight: int = REGULAR) -> float:
    """The width of one line of text, mm.

    >>> 0 < width("ii") < width("MM")
    True
    """
    return _advance(text, weight) / text_to_path.FONT_SCALE * size * MM_PER_POINT


def line_height(size: float = BODY) -> float:
    """The distance between two lines, mm."""
    return size * 1.22 * MM_PER_POINT


def wrap(text: str, limit: float, size: float = BODY, weight: int = REGULAR, max_lines: int | None = None) -> list[str]:
    """The text in lines of at most ``limit`` mm, broken at ordinary spaces only; what does not fit ends in an ellipsis.

    >>> wrap("Hot och våld mot tjänsteperson", 30)
    ['Hot och våld mot', 'tjänsteperson']
    """
    lines: list[str] = []
    current, used, space = "", 0.0, width(" ", size, weight)
    for word in (part for whole in text.split(" ") for part in _parts(whole, limit, size, weight)):
        needed = width(word, size, weight)
        if current and used + space + needed > limit:
            lines.append(current)
            current, used = word, needed
        else:
            current, used = (f"{current} {word}", used + space + needed) if current else (word, needed)
    lines.append(current)
    if max_lines is not None and len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], f"{lines[max_lines - 1]} {ELLIPSIS}"]
    return [fit(line, limit, size, weight) for line in lines]


def _parts(word: str, limit: float, size: float, weight: int) -> list[str]:
    """The word, parted with a hyphen before a known last member of a compound where it is wider than a line."""
    if width(word, size, weight) <= limit:
        return [word]
    cut = next((word.rfind(tail) for tail in _TAILS if word.rfind(tail) > 0), 0)
    return [f"{word[:cut].removesuffix('-')}-", word[cut:]] if cut else [word]


def fit(text: str, limit: float, size: float = BODY, weight: int = REGULAR) -> str:
    """The text, cut with an ellipsis where it is wider than ``limit`` mm."""
    if width(text, size, weight) <= limit:
        return text
    kept = text
    while kept and width(kept + ELLIPSIS, size, weight) > limit:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def clean(text: str, limit: int = 60) -> str:
    """Text from a file made safe to draw: no control or direction marks, only letters the font has, at most ``limit`` signs.

    >>> clean("Park\\u202e\\x00 & Natur")
    'Park & Natur'
    """
    known = _font(REGULAR).get_charmap()
    spaced = re.sub(r"[ \t\r\n]+", " ", text[: 4 * limit]).strip()
    kept = "".join(sign for sign in spaced if ord(sign) in known and unicodedata.category(sign) not in ("Cc", "Cf"))
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + ELLIPSIS


def spread(wanted: Sequence[float], heights: Sequence[float], lower: float, upper: float) -> list[float]:
    """Centres as near the wanted ones as can be with no two labels overlapping, all within lower and upper.

    Neighbours that collide become one block around their mean (pool adjacent violators), in their wanted order.

    >>> spread([10.0, 11.0], [4.0, 4.0], 0.0, 100.0)
    [8.5, 12.5]
    >>> spread([99.0], [4.0], 0.0, 100.0)
    [98.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[tuple[float, float, list[int]]] = []  # (start, height, members)
    for i in order:
        block = (_within(wanted[i] - heights[i] / 2, heights[i], lower, upper), heights[i], [i])
        while blocks and blocks[-1][0] + blocks[-1][1] > block[0] + 1e-9:
            _, previous_height, previous = blocks.pop()
            members, height = previous + block[2], previous_height + block[1]
            block = (_within(_best_start(members, wanted, heights), height, lower, upper), height, members)
        blocks.append(block)
    centres = [0.0] * len(wanted)
    for start, _, members in blocks:
        for i in members:
            centres[i] = start + heights[i] / 2
            start += heights[i]
    return centres


def _best_start(members: Sequence[int], wanted: Sequence[float], heights: Sequence[float]) -> float:
    """Where a stack of labels starts so that its members are, on average, where they want to be."""
    above, total = 0.0, 0.0
    for i in members:
        total += wanted[i] - heights[i] / 2 - above
        above += heights[i]
    return total / len(members)


def _within(start: float, height: float, lower: float, upper: float) -> float:
    return max(lower, min(start, upper - height))


def _font(weight: int) -> FT2Font:
    return get_font(str(FONTS / FONT_FILES[weight]))
