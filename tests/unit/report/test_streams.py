from __future__ import annotations

import io
import zlib

import page
import pikepdf
import pytest

from lagesbild.report.streams import unambiguous


def ending_in(byte: bytes) -> bytes:
    """Content whose compressed form ends in the given byte: the last byte of the checksum is the sum of the content's bytes."""
    for padding in range(256):
        content = b"%" + b"A" * padding + b"\n"
        if zlib.compress(content).endswith(byte):
            return content
    raise AssertionError("no such content")


def pdf(content: bytes) -> bytes:
    """A one-page PDF in Typst's manner, by hand: the content stream, then objects after it."""
    data = zlib.compress(content)
    objects = [
        b"1 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n\n" % (len(data), data),
        b"2 0 obj\n<</Type/Catalog/Pages 3 0 R>>\nendobj\n\n",
        b"3 0 obj\n<</Type/Pages/Count 1/Kids[4 0 R]>>\nendobj\n\n",
        b"4 0 obj\n<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents 1 0 R>>\nendobj\n\n",
    ]
    out, offsets = b"%PDF-1.7\n", []
    for part in objects:
        offsets.append(len(out))
        out += part
    entries = b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    table = b"xref\n0 5\n0000000000 65535 f\r\n" + entries + b"trailer\n<</Size 5/Root 2 0 R>>\n"
    return out + table + b"startxref\n%d\n%%%%EOF" % len(out)


def complaints(data: bytes) -> list[str]:
    report = page.validate_pdf_bytes(data, profile="2a")
    return [failure.rule_id for failure in report.failures if "STREAM-LENGTH" in failure.rule_id]


def test_a_stream_that_ends_in_a_carriage_return_is_mended() -> None:
    content = ending_in(b"\r")
    made = pdf(content)
    mended = unambiguous(made)
    assert complaints(made)
    assert not complaints(mended)
    with pikepdf.open(io.BytesIO(mended)) as file:
        assert file.check_pdf_syntax() == []
        assert file.pages[0].Contents.read_bytes() == content
        assert "/Filter" not in file.pages[0].Contents


@pytest.mark.parametrize("byte", [b"\n", b"\x00", b"d"])
def test_every_other_pdf_stays_as_it_is(byte: bytes) -> None:
    made = pdf(ending_in(byte))
    assert unambiguous(made) == made
    assert not complaints(made)
