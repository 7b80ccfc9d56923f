"""Text from data made safe for a slide."""

from __future__ import annotations

import re
import unicodedata

#: The longest a sentence, a cell or an alternative text may be; longer is no text for a slide.
LONGEST = 2000


def plain(text: str, longest: int = LONGEST) -> str:
    """The text on one line, cut at ``longest``, without control and direction marks: XML refuses them or they turn the text.

    >>> plain("Park\\u202e\\x00 &\\n  Natur")
    'Park & Natur'
    """
    kept = "".join(
        sign for sign in text[: 4 * longest] if unicodedata.category(sign) not in ("Cc", "Cf", "Cs") or sign in "\n\t"
    )
    whole = re.sub(r"[ \t\n]+", " ", kept).strip()
    return whole if len(whole) <= longest else f"{whole[: longest - 1].rstrip()}…"
