"""Stream ends that every PDF reader finds at the same byte.

A compressed stream whose last byte happens to be a carriage return stands before the line feed of ``endstream``. A
validator then reads the two as one line end, and the stream seems a byte shorter than its ``Length`` (ISO 19005-2,
6.1.7.1). It happens to one stream in 256; such a stream is stored without compression instead.
"""

from __future__ import annotations

import re
import zlib

_ENTRY = re.compile(rb"^(\d{10}) (\d{5}) n", re.MULTILINE)
_LENGTH = re.compile(rb"/Length (\d+)")
_FLATE = re.compile(rb"/Filter ?/FlateDecode")
_KEYWORD = b"stream\n"


def unambiguous(data: bytes) -> bytes:
    """The same PDF with no compressed stream ending in a carriage return; byte for byte the same where there is none.

    data: a PDF with one classic cross-reference table, as Typst writes it.
    """
    start = int(data[data.rindex(b"startxref") :].split()[1])
    body, table = data[:start], data[start:]
    offsets = sorted(int(found[1]) for found in _ENTRY.finditer(table))
    parts, moved, shift = [body[: offsets[0]]], {}, 0
    for here, following in zip(offsets, [*offsets[1:], start], strict=True):
        moved[here] = here + shift
        part = _stored(body[here:following])
        shift += len(part) - (following - here)
        parts.append(part)
    if not shift:
        return data
    table = _ENTRY.sub(lambda found: b"%010d %s n" % (moved[int(found[1])], found[2]), table)
    head, tail = table.rsplit(b"startxref", 1)
    return b"".join(parts) + head + b"startxref" + tail.replace(b"%d" % start, b"%d" % (start + shift), 1)


def _stored(part: bytes) -> bytes:
    """One indirect object, its stream uncompressed where the compressed one ends in a carriage return."""
    begin = part.find(_KEYWORD)
    head = part[:begin]
    length, flate = _LENGTH.search(head), _FLATE.search(head)
    if begin < 0 or length is None or flate is None:
        return part
    end = begin + len(_KEYWORD) + int(length[1])
    content = part[begin + len(_KEYWORD) : end]
    if not content.endswith(b"\r"):
        return part
    plain = zlib.decompress(content)
    head = _LENGTH.sub(b"/Length %d" % len(plain), _FLATE.sub(b"", head, count=1), count=1)
    return head + _KEYWORD + plain + part[end:]
