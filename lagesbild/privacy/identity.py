"""Personnummer and samordningsnummer in every form people write them.

Format and check digit: lag (1991:481) and Skatteverket's SKV 704 and SKV 707: birth date, three digits and a check digit by the
Luhn formula over the ten digits; in a samordningsnummer 60 is added to the day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from lagesbild.privacy.hit import Hit, after, before, is_part_of_code

_SPACE = " \\u00a0\\u202f\\u2009"
_DASH = "\\-\\u2010\\u2011\\u2012\\u2013\\u2212"
#: Digits with what may stand between them in a number: everything else is looked for only here.
CHUNK = re.compile(rf"[0-9][0-9{_SPACE}{_DASH}+./()]{{4,}}[0-9]")
_DATE = (
    rf"(?P<century>1[89]|20)?(?P<year>[0-9]{{2}})(?P<sep>[{_SPACE}{_DASH}./]?)(?P<month>0[1-9]|1[0-2])[{_SPACE}{_DASH}./]?"
    r"(?P<day>[0-36-9][0-9])"
)
_GAP = rf"(?P<gap>[{_SPACE}]{{0,2}}[{_DASH}+./]?[{_SPACE}]{{0,2}})"
_NUMBER = re.compile(rf"(?<![0-9]){_DATE}{_GAP}(?P<serial>[0-9]{{2}}[{_SPACE}]?[0-9]{{2}})(?![0-9])")
#: After "personnummer" or "född" a birth date is enough, and a wrong check digit is a slip of the pen.
_CUED = re.compile(rf"(?<![0-9]){_DATE}(?:{_GAP}(?:[0-9]{{3,4}}|[xX*]{{2,4}}))?(?![0-9])")
_CUE = re.compile(
    r"(?:\bp-?nr|\bpers(?:on)?[ .-]{0,2}(?:nr|nummer|n:r)|\bpersonbet\w*|"
    r"\bsamordn(?:ings)?(?:nr|nummer)\w*|\bföd(?:d|da|else\w*)|\bf\.)"
    r"[\s:;=.,(]*(?:är|den)?\s*$",
    re.IGNORECASE,
)
_HALF = re.compile(rf"(?<![0-9]){_DATE}[{_SPACE}]?[{_DASH}+]?[{_SPACE}]?(?:[xX]{{4}}|\*{{4}})")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")
#: Figures of these years with a clock time after them are a moment: no list is older.
_FIRST_MOMENT, _LAST_MOMENT = 2013, 2039


def find(text: str, chunks: list[tuple[int, int]]) -> Iterator[Hit]:
    """Every identity number in the chunks (places that ``CHUNK`` matches) of the text."""
    for start, end in chunks:
        place = start
        while place < end and (found := _NUMBER.search(text, place, end + 1)):
            if _is_identity(found) and not is_part_of_code(text, found) and not _is_whole_moment(text, found):
                yield Hit("personnummer", found.start(), found.end())
                place = found.end()
            else:
                place = found.start() + 1
        if (cued := _CUED.match(text, start)) and is_date(cued) and _CUE.search(before(text, start, 30)):
            yield Hit("personnummer", start, cued.end())
    if "xxxx" in text or "XXXX" in text or "****" in text:
        yield from (Hit("personnummer", half.start(), half.end()) for half in _HALF.finditer(text) if is_date(half))


def is_identity(digits: str) -> bool:
    """Whether ten or twelve digits are a personnummer or samordningsnummer: a date that exists and a right check digit.

    >>> is_identity("8507099805"), is_identity("198507099805"), is_identity("8507099806"), is_identity("8513319805")
    (True, True, False, False)
    >>> is_identity("7010632391")  # a samordningsnummer: the 3rd
    True
    """
    found = _NUMBER.fullmatch(digits)
    return found is not None and _is_identity(found)


def is_moment(text: str) -> bool:
    """Whether a whole text is a day and a clock time in bare figures.

    >>> is_moment("202503141430"), is_moment("198503141430"), is_moment("202503142530")
    (True, False, False)
    """
    found = _NUMBER.fullmatch(text.strip())
    return (
        found is not None and found["gap"].strip() == "" and _is_recent(found) and _CLOCK.fullmatch(found["serial"]) is not None
    )


def check_digit(nine: str) -> int:
    """The tenth digit after these nine, by the Luhn formula.

    >>> check_digit("850709980")
    5
    """
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    return -sum(value - 9 if value > 9 else value for value in doubled) % 10


def is_date(found: re.Match[str]) -> bool:
    """Whether the day exists in some century that fits, 60 more than a day included."""
    month, day = int(found["month"]), int(found["day"]) % 60
    centuries = (found["century"],) if found["century"] else ("19", "20")
    years = [int(century + found["year"]) for century in centuries]
    return any(year <= _LAST_MOMENT and 1 <= day <= calendar.monthrange(year, month)[1] for year in years if year >= 1850)


def _is_identity(found: re.Match[str]) -> bool:
    serial = "".join(filter(str.isdigit, found["serial"]))
    if serial[:3] == "000" or not is_date(found):
        return False
    is_time_after_date = found["sep"] != "" and found["gap"].isspace() and _is_recent(found) and _CLOCK.fullmatch(serial)
    nine = found["year"] + found["month"] + found["day"] + serial[:3]
    return not is_time_after_date and check_digit(nine) == int(serial[3])


def _is_recent(found: re.Match[str]) -> bool:
    return _FIRST_MOMENT <= int((found["century"] or "20") + found["year"]) <= _LAST_MOMENT


def _is_whole_moment(text: str, found: re.Match[str]) -> bool:
    """Whether the number fills its cell and is a day and a clock time: a column of moments, not of persons."""
    is_whole = not before(text, found.start(), 99).strip() and not after(text, found.end(), 99).strip()
    return is_whole and is_moment(found.group())


def chunks(text: str) -> list[tuple[int, int]]:
    """Where digits stand so close that a number may hide there."""
    return [found.span() for found in CHUNK.finditer(text)]
