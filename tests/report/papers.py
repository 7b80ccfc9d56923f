"""What a PDF holds as a reader, a screen reader and a printer get it."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

from lagesbild.report.document import Block, Contents, Cover, Document, Fitted, Kept, Picture, Row, block_texts

#: A page's head and foot, points from its upper and lower edge; what is drawn there is no content.
HEAD, FOOT = 60.0, 52.0


class Tag(NamedTuple):
    """One structure element: its name ('H1', 'Figure', 'TH'), alt text and scope."""

    name: str
    alt: str
    scope: str


def tags(data: bytes) -> list[Tag]:
    """Every structure element of the tagged PDF, in reading order."""
    found: list[Tag] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                attributes = node.get("/A", pikepdf.Array())
                each = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
                scope = next((str(one.Scope)[1:] for one in each if "/Scope" in one), "")
                found.append(Tag(str(node.S)[1:], str(node.get("/Alt", "")), scope))
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(io.BytesIO(data)) as file:
        walk(file.Root.StructTreeRoot.K)
    return found


def squeezed(text: str) -> str:
    """Letters and figures only, so that line breaks and spaces do not matter."""
    return re.sub(r"[\W_]", "", text).casefold()


def content(data: bytes, header: str, label: str) -> str:
    """All text in the order it is written, page heads and feet taken out, squeezed."""
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    pages = []
    for page in text.split("\f")[:-1]:
        lines = [
            line for line in page.splitlines() if not re.fullmatch(r"(Underlag – inte ett beslut ?)?(Sida \d+ av \d+)?", line)
        ]
        lines = [line for line in lines if not (line.startswith(header) and (not label or line.rstrip().endswith(label)))]
        pages.append("\n".join(lines))
    return squeezed("\n".join(pages))


def lost(document: Document, written: str) -> list[str]:
    """The document's texts that are not in the written text, or not in order; of lengths to choose from, one's must be."""

    def shown(block: Block) -> Iterator[str]:
        if isinstance(block, Picture):
            yield from (block.title, block.subtitle, block.caption)
        elif isinstance(block, Row):
            for column in block.columns:
                for inner in column:
                    yield from shown(inner)
        elif isinstance(block, Kept):
            for inner in block.blocks:
                yield from shown(inner)
        elif not isinstance(block, Contents | Cover):
            yield from block_texts(block)

    def after(blocks: tuple[Block, ...], place: int) -> tuple[int, list[str]]:
        missing = []
        for block in blocks:
            if isinstance(block, Fitted):
                tried = [after(variant, place) for variant in block.variants]
                place, absent = next((one for one in tried if not one[1]), tried[-1])
                missing += absent
                continue
            for text in map(squeezed, shown(block)):
                found = written.find(text, place)
                if found < 0:
                    missing.append(text)
                else:
                    place = found + len(text)
        return place, missing

    return after(document.blocks, 0)[1]


def ink(data: bytes) -> list[float]:
    """How far down each page is written, as a share of the height between head and foot."""
    text = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    shares = []
    for page in text.split("<page ")[1:]:
        height = float(re.search(r'height="([\d.]+)"', page)[1])  # type: ignore[index]
        lows = [float(low) for low in re.findall(r'yMax="([\d.]+)"', page)]
        lows = [low for low in lows if HEAD < low < height - FOOT]
        shares.append((max(lows, default=HEAD) - HEAD) / (height - HEAD - FOOT))
    return shares
