"""Which letters can be shown, and what stands in place of those that cannot.

All that is shown is set in the package's own fonts, and a PDF that a screen reader can read may hold no letter that its font
lacks. Marks that no one sees but that turn the text round (U+202E) or part a word without a trace (U+200B) are left out, so
that what a reader sees is what stands there.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources

#: What is seen in place of a letter that no shipped font has.
BOX = "\N{WHITE SQUARE}"
ELLIPSIS = "…"
#: What a text may begin with that a spreadsheet would reckon with.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
#: So much of one cell's text is shown in a report, more than any of the program's own; the tables behind it keep the whole.
LONGEST = 1_200
#: So much of a text from a file stands in a sentence about it, and so long a sentence may be.
_QUOTED, _SENTENCE = 80, 3_000
_QUOTE = re.compile(f'"([^"]{{{_QUOTED + 1},}})"')
#: A word longer than this may break anywhere where it is set; real Swedish compounds are shorter.
_LONG_WORD = re.compile(r"\S{46,}")
_PIECE = 15
#: More accents than these on one letter would run into the lines above and below.
_MOST_MARKS = 2
_HEAPED = re.compile(f"([\u0300-\u036f]{{{_MOST_MARKS}}})[\u0300-\u036f]+")
#: Ways to end a line other than a line feed.
_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_UNSEEN = frozenset(("\u034f", *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))))


def _known() -> frozenset[str]:
    """Every letter that all of the fonts have and that is seen or is a space, and the tab and line feed."""
    spans = (line.split("-") for line in resources.files("lagesbild").joinpath("fonts/letters.txt").read_text().split())
    return frozenset("\t\n").union(chr(code) for first, last in spans for code in range(int(first, 16), int(last, 16) + 1))


_KNOWN = _known()


def unshown(text: str) -> set[str]:
    """The letters of the text that cannot be shown as they are.

    >>> sorted(unshown("Skade\\u200bgörelse 🚗")) == ["\\u200b", "🚗"]
    True
    """
    return set(text) - _KNOWN


def shown(text: str) -> str:
    """The text as it can be shown: a box for each letter the fonts lack, unseen marks left out, accents composed.

    >>> shown("Busk\\u202eörning 🚗"), shown("A\\u030angermanland"), shown("rad\\x0btvå")
    ('Buskörning □', 'Ångermanland', 'rad två')
    """
    if text.isascii() and text.isprintable():
        return text
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if wrong := unshown(plain):
        plain = plain.translate({ord(letter): _instead(letter) for letter in wrong})
    return _HEAPED.sub(r"\1", plain)


def all_shown(value: object) -> object:
    """Lists and objects of JSON with every text in them as it can be shown.

    >>> all_shown({"title": ["a\\u202eb", 1]})
    {'title': ['ab', 1]}
    """
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {shown(str(key)): all_shown(inner) for key, inner in value.items()}
    return list(map(all_shown, value)) if isinstance(value, list) else value


def is_shown(text: str) -> bool:
    """Whether nothing of the text is left out or replaced: ``shown`` at most composes its accents."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return not unshown(plain) and not _HEAPED.search(plain)


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text with at most so many letters; what is left out is told by an ellipsis.

    >>> shortened("Mycket skadegörelse", 7)
    'Mycket…'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + ELLIPSIS


def told(sentence: str) -> str:
    """A sentence about a file with what it quotes shortened, and itself.

    >>> len(told('Kategorin "' + 200 * "a" + '" är okänd.'))
    102
    """
    return shortened(_QUOTE.sub(lambda found: f'"{shortened(found[1], _QUOTED)}"', sentence), _SENTENCE)


def breakable(text: str) -> str:
    """The text with unseen places to break in words longer than any real one, which would else run out of their column."""
    return _LONG_WORD.sub(lambda found: "\u200b".join(_pieces(found[0])), text)


def _pieces(word: str) -> list[str]:
    return [word[at : at + _PIECE] for at in range(0, len(word), _PIECE)]


def _instead(letter: str) -> str:
    if letter in _ENDS:
        return " "
    kind = unicodedata.category(letter)
    if kind == "Zs":
        return " "
    return "" if kind == "Cf" or letter in _UNSEEN else BOX
