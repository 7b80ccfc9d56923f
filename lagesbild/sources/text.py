"""Bytes become text: which encoding a producer used, and which letters were lost on the way."""

from __future__ import annotations

import re

#: Letters that went wrong: a replacement character, UTF-8 read as Latin-1 ('Ã¥') or as DOS text ('├Ñ'), DOS or Mac letters
#: read as Windows ones (a dagger or a quotation mark inside a word), and control characters where letters should be.
_WRONG = re.compile(
    "\ufffd|Ã[\x80-\xbf\u2026\u201e\u2013\u2020\u2030\u0160\u0152]|├|[a-zåäö][†„”ŠŒ][a-zåäö]|[\x80-\x84\x86-\x9f]"
)
SEPARATORS = (";", "\t", ",")
_LINES_TO_JUDGE_BY = 10


def decode(data: bytes) -> str:
    """The text of the bytes: UTF-8 (with or without mark) or UTF-16 with mark where that is what they are, else Windows-1252.

    Lines end with a line feed. A file cut in the middle of a UTF-8 letter keeps a replacement character there.

    >>> decode("Våldsbrott".encode("latin-1")), decode("\\ufeffÅr\\r\\n".encode())
    ('Våldsbrott', 'År\\n')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            is_cut = error.end == len(data) and not data[: error.start].isascii()
            text = data.decode("utf-8-sig", "replace") if is_cut else _western(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252
        return data.decode("latin-1")


def has_wrong_letters(text: str) -> bool:
    """Whether letters went wrong in an earlier conversion.

    >>> has_wrong_letters("VÃ¥ldsbrott"), has_wrong_letters("V\\ufffdldsbrott"), has_wrong_letters("Våldsbrott")
    (True, True, False)
    """
    return _WRONG.search(text) is not None


def separator(lines: list[str]) -> str:
    """What parts the fields: of semicolon, tab and comma the one that parts most lines into equally many.

    >>> separator(["kommunkod;namn", "1493;Mariestad, Töreboda"])
    ';'
    """
    counted = [line for line in lines if line.strip()][:_LINES_TO_JUDGE_BY]

    def regularity(mark: str) -> tuple[int, int]:
        counts = [n for line in counted if (n := line.count(mark))]
        return max(((counts.count(n), n) for n in counts), default=(0, 0))

    return max(SEPARATORS, key=regularity)
