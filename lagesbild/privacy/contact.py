"""Telephone numbers and e-mail addresses.

Number plan: PTS, "Den svenska telefoninummerplanen": area codes, mobile numbers 070, 072, 073, 076 and 079, eight to ten digits
with the zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lagesbild.privacy.hit import Hit, before, is_part_of_code

_GAP = r"[ \u00a0\u202f\u2009\-\u2010-\u2013\u2212./]"
_AREA = (
    r"8|1[013689]|2[136]|3[1356]|4[0246]|54|6[03]|90|1(?:2[0-5]|4[0-4]|5[0-9]|7[1-6])|2(?:2[0-7]|4[0136-8]|5[0138]|7[018]|8[01]|9[0157])|"
    r"3(?:0[0134]|2[0-5]|4[056]|7[0-2]|8[0-3]|9[0-3])|4(?:1[0-8]|3[0135]|5[1-79]|7[0-9]|8[0-69]|9[0-9])|"
    r"5(?:0[0-6]|1[0-5]|2[0-68]|3[0-4]|5[0-5]|6[0-5]|7[013]|8[0-9]|9[0-1])|6(?:1[1-3]|2[0-4]|4[0-57]|5[0-37]|6[0-3]|7[0-2]|8[02-7]|9[0-6])|"
    r"9(?:1[0-8]|2[0-9]|3[0-5]|4[0-3]|5[0-4]|6[01]|7[0135-8]|8[01])"
)
_ABROAD = r"(?:\+|(?<![0-9])00)[ ]?"
_ZERO = rf"(?:(?:\+|(?<![0-9])00|(?<![0-9+]))46{_GAP}?(?:\(0\){_GAP}?)?0?|(?<![0-9])\(?0)"
_MOBILE = re.compile(rf"{_ZERO}7\)?{_GAP}?[02369](?:\)?{_GAP}{{0,3}}[0-9]){{7}}(?![0-9])")
_LANDLINE = re.compile(
    rf"{_ZERO}(?P<area>{_AREA})\)?(?P<gap>{_GAP}{{0,3}})(?P<number>[0-9]{{5,8}}|[0-9]{{2,3}}(?:{_GAP}[0-9]{{2,3}}){{1,3}})"
    r"(?![0-9]|[\-\u2010-\u2013/.:][0-9])"
)
_FOREIGN = re.compile(rf"{_ABROAD}[1-9][0-9]{{0,2}}(?:{_GAP}{{0,2}}\(?[0-9]\)?){{7,12}}(?![0-9])")
_CUE = re.compile(
    r"(?:\btel\b|\btel\.|telefon|\btfn|\bmob\b|mobil|\bnr\b|nummer|\bring|\bnås|\bsms|\bkontakt|\bphone)[^0-9\0]{0,15}$",
    re.IGNORECASE,
)
_IN_CODE = re.compile(r"(?:[A-Za-zÅÄÖåäö][\-_/.]?|[0-9][\-_/.:,])$")
_EMAIL = re.compile(
    r"[A-Za-z0-9ÅÄÖåäöéüÉÜ._%+\-]{1,64}\s{0,2}(?:@|[(\[{<]\s?(?:at|@|snabel-?a)\s?[)\]}>])\s{0,2}"
    r"(?:[A-Za-z0-9ÅÄÖåäöéü\-]{1,63}(?:\.|\s?[(\[](?:dot|punkt)[)\]]\s?)){1,5}[A-Za-z]{2,24}"
)
_EMAIL_CUT = re.compile(
    r"[A-Za-z0-9ÅÄÖåäöéü._%+\-]{1,64}\s?@\s?(?:gmail|hotmail|outlook|live|yahoo|icloud|telia|msn|me|protonmail|spray|bredband)\b",
    re.IGNORECASE,
)
_EMAIL_SAID = re.compile(
    r"[A-Za-z0-9ÅÄÖåäö._%+\-]{2,64}\s(?:at|snabel-?a)\s(?:[A-Za-z0-9\-]{2,63}(?:\.|\spunkt\s|\sdot\s)){1,3}(?:se|com|nu|net|org)\b",
    re.IGNORECASE,
)
#: What stands between the two parts of an address.
_MARKS = ("@", "(at", "( at", "(AT", "[at", "[AT", "{at", "<at", "(snabel", "[snabel", "snabel", " at ")


def find_phones(text: str, chunks: list[tuple[int, int]]) -> Iterator[Hit]:
    """Every telephone number in the chunks of the text, at home or abroad, however it is grouped."""
    for start, end in chunks:
        for pattern in (_MOBILE, _LANDLINE, _FOREIGN):
            place = max(0, start - 2)
            while place < end and (found := pattern.search(text, place, end + 2)):
                is_phone = pattern is not _LANDLINE or _is_landline(text, found)
                if is_phone and not is_part_of_code(text, found) and not _is_date_run(found.group()):
                    yield Hit("telefonnummer", found.start(), found.end())
                    place = found.end()
                else:
                    place = found.start() + 1


def _is_landline(text: str, found: re.Match[str]) -> bool:
    """Whether area code and number are a telephone number: right length, parted or cued, not the tail of a code."""
    n_digits = 1 + len(found["area"]) + sum(map(str.isdigit, found["number"]))
    if not 8 <= n_digits <= 10:
        return False
    is_abroad = found.group().lstrip("(").startswith(("+", "00", "46"))
    lead = before(text, found.start(), 40)
    is_cued = _CUE.search(lead) is not None
    if is_abroad and found.group().startswith(("+", "00")):
        return True
    if _IN_CODE.search(lead) and not is_cued:
        return False
    is_parted = bool(found["gap"]) and not found["gap"].isspace()
    is_grouped = bool(found["gap"]) and not found["number"].isdigit()
    return is_cued or is_parted or is_grouped


def _is_date_run(phone: str) -> bool:
    """Whether the figures are a date and a time rather than a number: nothing but years and days."""
    return re.fullmatch(r"0?20[0-9]{2}-[0-9]{2}-[0-9]{2}.*", phone) is not None


def find_emails(text: str) -> Iterator[Hit]:
    """Every e-mail address, "(at)" and an address without its ending at a common provider included."""
    for mark in _MARKS:
        place = -1
        while (place := text.find(mark, place + 1)) >= 0:
            if found := _around(text, place):
                yield Hit("e-postadress", *found.span())


def _around(text: str, place: int) -> re.Match[str] | None:
    """The address that spans the mark at the place; only its neighbourhood is searched."""
    start, end = place - len(before(text, place, 66)), place + 100
    for pattern in (_EMAIL, _EMAIL_CUT, _EMAIL_SAID):
        found = pattern.search(text, start, end)
        while found and found.end() <= place:
            found = pattern.search(text, found.end(), end)
        if found and found.start() < place:
            return found
    return None
