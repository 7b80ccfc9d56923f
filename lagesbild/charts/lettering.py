"""Text on a chart: how wide it is, where it breaks, and how labels keep out of one another's way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from lagesbild.charts.theme import BODY, FONT_FILES, FONTS, REGULAR

MM_PER_POINT = 25.4 / 72
ELLIPSIS = "…"
#: Last members of long compounds that stand in narrow heads; a word breaks before them if it must.
_TAILS = ("undersökning", "observationer", "mätning", "dialog", "enkät", "anmälda", "brott")


@lru_cache(maxsize=4096)
def width(text: str, size: float = BODY, weight: int = REGULAR) -> float:
    """The width of one line of text, mm, from the font's own advances.

    >>> 0 < width("ii") < width("MM")
    True
    """
    font = _font(weight)
    font.set_size(100.0, 72.0)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / 100 * size * MM_PER_POINT


def line_height(size: float = BODY) -> float:
    """The distance between two lines, mm."""
    return size * 1.22 * MM_PER_POINT


def wrap(text: str, limit: float, size: float = BODY, weight: int = REGULAR, max_lines: int | None = None) -> list[str]:
    """The text in lines of at most ``limit`` mm, broken at ordinary spaces only; what does not fit ends in an ellipsis.

    >>> wrap("Hot och våld mot tjänsteperson", 30)
    ['Hot och våld mot', 'tjänsteperson']
    """
    lines: list[str] = []
    current = ""
    for word in (part for whole in text.split(" ") for part in _parts(whole, limit, size, weight)):
        candidate = f"{current} {word}" if current else word
        if current and width(candidate, size, weight) > limit:
            lines.append(current)
            current = word
        else:
            current = candidate
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
