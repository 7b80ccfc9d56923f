"""Whether text fits its box: Arial's width from the report's own font, of which it is never more than WIDER times as wide."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lagesbild.charts import lettering, theme

#: Arial over Source Sans 3, measured on the sentences of the four reports: 1.03-1.12 regular, 1.06-1.11 bold.
WIDER = 1.13
#: A line's height and the space after a paragraph, as shares of the text's size.
LINE, AFTER = 1.2, 0.35


def lines(text: str, size: float, width: float, *, is_bold: bool = False) -> int:
    """How many lines the text takes in a box of that width, mm; a word wider than the box is broken where the box ends."""
    weight, limit = theme.BOLD if is_bold else theme.REGULAR, width / WIDER
    wide = (lettering.width(word, size, weight) / limit for word in text.split(" "))
    return len(lettering.wrap(text, limit, size, weight)) + sum(math.ceil(share) - 1 for share in wide if share > 1)


def height(texts: Sequence[str], size: float, width: float, *, is_bold: bool = False, after: float = AFTER) -> float:
    """The height of the paragraphs one below the other, mm."""
    count = sum(lines(text, size, width, is_bold=is_bold) for text in texts)
    return (count * LINE + len(texts) * after) * size * lettering.MM_PER_POINT


def largest(
    texts: Sequence[str], sizes: Sequence[float], width: float, room: float, *, is_bold: bool = False
) -> tuple[float, int]:
    """The largest of the sizes (given in falling order) in which all texts fit; else the smallest and how many do.

    >>> largest(["kort"], (24, 18), 200, 100)
    (24, 1)
    >>> size, count = largest(["en mening som är lite längre än så"] * 50, (24, 18), 100, 40)
    >>> size, count < 6
    (18, True)
    """
    for size in sizes:
        if height(texts, size, width, is_bold=is_bold) <= room:
            return size, len(texts)
    count = len(texts)
    while count and height(texts[:count], sizes[-1], width, is_bold=is_bold) > room:
        count -= 1
    return sizes[-1], count


def cut(text: str, size: float, width: float, most: int, *, is_bold: bool = False) -> str:
    """The text, cut with an ellipsis, at a word where there is one, where it takes more than ``most`` lines.

    >>> cut("Underlag för samtalet mellan kommun och polis", 12, 40, 1)
    'Underlag för…'
    """
    if lines(text, size, width, is_bold=is_bold) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = lines(f"{text[:middle]}{lettering.ELLIPSIS}", size, width, is_bold=is_bold) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    kept = text[:low]
    at_word = kept.rpartition(" ")[0] if low < len(text) and text[low] != " " else kept
    return f"{(at_word or kept).rstrip(' ,;:')}{lettering.ELLIPSIS}"


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    """The width of the text on one line, mm."""
    return lettering.width(text, size, theme.BOLD if is_bold else theme.REGULAR) * WIDER
