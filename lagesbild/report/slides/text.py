"""Text from data made safe for a slide."""

from __future__ import annotations

import re

from lagesbild import letters

#: The longest a cell or an alternative text may be; longer is no text for a slide.
LONGEST = 2000


def plain(text: str, longest: int = LONGEST) -> str:
    """The text on one line, cut at ``longest``, with nothing in it that cannot be shown or that turns the text round.

    >>> plain("Park\\u202e\\x00 &\\n  Natur")
    'Park□ & Natur'
    """
    return letters.shortened(re.sub(r"[ \t\n]+", " ", letters.shown(text[: 4 * longest])).strip(), longest)
