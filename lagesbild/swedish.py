"""Numbers, percentages, lists and plurals as Swedish text.

Thousands are parted by a no-break space, decimals by a comma, minus is U+2212 and a range takes an en dash.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"


def number(value: float, decimals: int = 0) -> str:
    """The number as it stands in Swedish text.

    >>> number(1284)
    '1\\xa0284'
    >>> number(-27.34, 1)
    '−27,3'
    >>> number(float("nan"))
    'uppgift saknas'
    """
    if value is None or math.isnan(value):
        return "uppgift saknas"
    text = f"{abs(value):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    is_zero = not any(character in "123456789" for character in text)
    return text if value >= 0 or is_zero else MINUS + text


def significant(value: float, digits: int = 2) -> str:
    """The number with so many significant digits, as Swedish text; whole part is never rounded away.

    >>> significant(1.512), significant(0.0834), significant(868.2)
    ('1,5', '0,083', '868')
    """
    if value is None or math.isnan(value):
        return "uppgift saknas"
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return number(value, decimals)


def signed(value: float, decimals: int = 0) -> str:
    """The number with its sign, plus included.

    >>> signed(11), signed(-2), signed(0)
    ('+11', '−2', '0')
    """
    text = number(value, decimals)
    return f"+{text}" if value > 0 and any(character in "123456789" for character in text) else text


def percent(share: float, decimals: int = 0, *, words: bool = False) -> str:
    """A share 0-1 as a percentage: '27 %' in tables and charts, '27 procent' in running text.

    >>> percent(0.2734, 1), percent(0.31, words=True)
    ('27,3\\xa0%', '31\\xa0procent')
    """
    return f"{number(100 * share, decimals)}{NBSP}{'procent' if words else '%'}"


def interval(lower: float, upper: float, decimals: int = 0) -> str:
    """An interval with an en dash; 'till' where a limit is negative, so that dash and minus are not confused.

    >>> interval(1.2, 1.6, 1), interval(-3, 4)
    ('1,2–1,6', '−3 till 4')
    """
    low, high = number(lower, decimals), number(upper, decimals)
    return f"{low} till {high}" if lower < 0 or upper < 0 else f"{low}{EN_DASH}{high}"


def years(first: int, last: int) -> str:
    """'2023–2025', or '2025' for a single year."""
    return str(last) if first == last else f"{first}{EN_DASH}{last}"


def listing(words: Sequence[str], conjunction: str = "och") -> str:
    """The words as a Swedish list; 'samt' before the last where a word itself holds 'och', semicolons where one holds a comma.

    >>> listing(["narkotika", "rån", "buskörning"])
    'narkotika, rån och buskörning'
    >>> listing(["narkotika och vapen", "stöld och rån"]), listing(["Rån, unga", "stöld", "trafik"])
    ('narkotika och vapen samt stöld och rån', 'Rån, unga; stöld samt trafik')
    """
    if len(words) < 2:
        return "".join(words)
    has_comma, has_and = (any(mark in word for word in words) for mark in (", ", " och "))
    last = "samt" if conjunction == "och" and (has_comma or has_and) else conjunction
    return f"{('; ' if has_comma else ', ').join(words[:-1])} {last} {words[-1]}"


def plural(count: float, singular: str, plural_form: str) -> str:
    """The count with the noun in its right form.

    >>> plural(1, "anmälan", "anmälningar"), plural(1284, "anmälan", "anmälningar")
    ('1\\xa0anmälan', '1\\xa0284\\xa0anmälningar')
    """
    return f"{number(count)}{NBSP}{singular if count == 1 else plural_form}"


SMALL = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def count_word(count: int) -> str:
    """Small counts as words (neuter), larger as digits: 'tre', '14'."""
    return SMALL[count] if 0 <= count < len(SMALL) else number(count)


def capital(text: str) -> str:
    """The text with its first letter upper-case, the rest untouched."""
    return text[:1].upper() + text[1:]


#: Lowest probability -> the word for it: the one table of how sure (voice), used in sentences, tables and the method chapter.
CERTAINTY = (
    (0.95, "så gott som säkert"),
    (0.80, "troligt"),
    (0.50, "möjligt, mer talar för än emot"),
    (0.20, "osäkert"),
    (0.00, "mindre troligt"),
)


def certainty(probability: float) -> str:
    """How sure, in the one set of words used everywhere (methods and voice: five steps).

    >>> certainty(.97), certainty(.8), certainty(.5), certainty(.2), certainty(.1)
    ('så gott som säkert', 'troligt', 'möjligt, mer talar för än emot', 'osäkert', 'mindre troligt')
    """
    return next((word for floor, word in CERTAINTY if probability >= floor), CERTAINTY[-1][1])


def of_hundred(probability: float) -> int:
    """The probability as a whole number of hundred that is in the same step: .798 is 79, for 80 is another word and tier.

    >>> of_hundred(.973), of_hundred(.798), of_hundred(.002)
    (97, 79, 0)
    """
    rounded = round(100 * probability)
    return rounded if certainty(rounded / 100) == certainty(probability) else rounded - 1
