"""Bytes become text: which encoding a producer used, and which letters were lost on the way."""

from __future__ import annotations

import codecs
import re

from lagesbild import swedish
from lagesbild.sources.files.sheet import UnreadableError

#: Letters that went wrong: a replacement character, UTF-8 read as Latin-1 ('Ã¥') or as DOS text ('├Ñ'), DOS or Mac letters
#: read as Windows ones (a dagger or a quotation mark inside a word), and control characters where letters should be.
_WRONG = re.compile(
    "\ufffd|Ã[\x80-\xbf\u2026\u201e\u2013\u2020\u2030\u0160\u0152]|├|[a-zåäö][†„”ŠŒ][a-zåäö]|[\x80-\x84\x86-\x9f]"
)
#: Every wrong letter has one of these; to look for them one by one is twenty times as fast as the pattern.
_SIGNS = ("\ufffd", "Ã", "├", *"†„”ŠŒ", *map(chr, range(0x80, 0x85)), *map(chr, range(0x86, 0xA0)))
SEPARATORS = (";", "\t", ",")
_LINES_TO_JUDGE_BY = 10
_NOT_WINDOWS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_NO_LETTERS = bytes([*range(1, 9), *range(14, 27), *range(28, 32)])
_PIECE = 1 << 20
#: Of a text in two bytes to a letter without a mark, most letters have a NUL as their other byte.
_SAMPLE, _WIDE_SHARE = 4_000, 0.7


def decode(data: bytes) -> str:
    """The text of the bytes: UTF-8 or UTF-16 (with or without mark) where that is what they are, else Windows-1252.

    Lines end with a line feed; marks in mid-text, where files were joined, are left out. A file cut in the middle of a UTF-8
    letter keeps a replacement character there.

    >>> decode("Våldsbrott".encode("latin-1")), decode("\\ufeffÅr\\r\\n".encode())
    ('Våldsbrott', 'År\\n')
    """
    return _with_line_feeds(data.decode(encoding(data), "replace"))


def beginning(data: bytes, codec: str, n_bytes: int) -> str:
    """The first letters of the text, decoded as the whole would be; at most ``n_bytes`` of the bytes are read.

    >>> beginning("Våld\\r\\ni kommunen".encode(), "utf-8-sig", 7)
    'Våld\\n'
    """
    text = codecs.getincrementaldecoder(codec)("replace").decode(data[:n_bytes])
    return _with_line_feeds(text)


def encoding(data: bytes) -> str:
    """The codec that reads the bytes, judged by all of them without keeping their text.

    >>> encoding(b"Vald"), encoding("Våld".encode()), encoding("Våld".encode("latin-1"))
    ('utf-8-sig', 'utf-8-sig', 'cp1252')
    """
    if wide := _wide(data):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _PIECE):
            decoder.decode(data[at : at + _PIECE], final=at + _PIECE >= len(data))
    except UnicodeDecodeError as error:
        is_cut = at + _PIECE >= len(data) and error.end == len(error.object)
        if is_cut and not data[: len(data) - (error.end - error.start)].isascii():
            return "utf-8-sig"
        # five bytes mean nothing in Windows-1252
        return "latin-1" if any(byte in data for byte in _NOT_WINDOWS) else "cp1252"
    return "utf-8-sig"


def _with_line_feeds(text: str) -> str:
    if "\r" in text:  # a file that was written in text mode twice ends its lines with two carriage returns
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\ufeff", "") if "\ufeff" in text else text


def has_wrong_letters(text: str) -> bool:
    """Whether letters went wrong in an earlier conversion.

    >>> has_wrong_letters("VÃ¥ldsbrott"), has_wrong_letters("V\\ufffdldsbrott"), has_wrong_letters("Våldsbrott")
    (True, True, False)
    """
    return any(sign in text for sign in _SIGNS) and _WRONG.search(text) is not None


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


def hold_to_text(data: bytes) -> None:
    """Raises UnreadableError for bytes that are no text: NUL bytes stand in none, but for UTF-16 and UTF-32."""
    if b"\0" not in data or _wide(data):
        return
    at = data.index(b"\0")
    n_nul, n_others = data.count(b"\0"), len(data) - len(data.translate(None, _NO_LETTERS))
    if n_nul > len(data) // 100 or n_others > len(data) // 1000:
        raise UnreadableError("filen är varken text eller Excel.")
    what = f"{swedish.plural(n_nul, 'tecken är tomt', 'tecken är tomma')} (NUL): filen har skadats på vägen."
    raise UnreadableError(what, rows=(data.count(b"\n", 0, at) + 1,))


def _wide(data: bytes) -> str:
    """The encoding, if it takes two or four bytes to a letter; "" otherwise."""
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "utf-32"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    sample = data[: 2 * (min(len(data), _SAMPLE) // 2)]
    odd, even = sample[1::2].count(b"\0"), sample[::2].count(b"\0")
    if odd > _WIDE_SHARE * len(sample) / 2 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > _WIDE_SHARE * len(sample) / 2 and not odd else ""
