"""The report's content as blocks: what is written, with nothing said about how it looks.

``lagesbild.report.template`` sets the blocks; text in a block is data and is never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

#: A column's alignment in a table.
LEFT, RIGHT = "left", "right"


@dataclass(frozen=True)
class Heading:
    """A heading of level 1-3; ``new_page`` starts it on a page of its own."""

    level: int
    text: str
    new_page: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph. ``lead`` opens it in bold ('Det här vet vi inte.'); ``style`` is body, close, intro, finding or small."""

    text: str
    lead: str = ""
    style: str = "body"


@dataclass(frozen=True)
class Points:
    """A list of short sentences; ``compact`` sets it small, for long lists in the quality chapter."""

    items: tuple[str, ...]
    compact: bool = False


@dataclass(frozen=True)
class Column:
    """A table's column: heading, alignment and its share of the width (0 = as wide as its content)."""

    title: str
    align: str = LEFT
    width: float = 0.0


@dataclass(frozen=True)
class Table:
    """A table with a header row. ``rows`` hold finished text. ``dense`` sets it small, for the appendix.

    to_fill_in: the text of the cells that are left open for people; a line to write on is drawn below it. "" where none are.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    dense: bool = False
    to_fill_in: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the table may be parted by a page break: it would else leave much of a page empty."""
        return len(self.rows) > 20 or sum(len(cell) for row in self.rows for cell in row) > 2200

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"table {self.title!r}: {len(self.columns)} columns, but a row has {len(wrong[0])} cells")


@dataclass(frozen=True)
class Picture:
    """A chart: the finding as title, what is shown as subtitle, the picture as SVG, its alt text and its source line.

    width: share of the column's width that the picture takes.
    """

    title: str
    subtitle: str
    svg: str
    alt: str
    caption: str
    width: float = 1.0


@dataclass(frozen=True)
class Contents:
    """The list of chapters with page numbers."""

    title: str = "Innehåll"


@dataclass(frozen=True)
class Cover:
    """The first page: what the report is, of which place and year, in which standing; ``facts`` are pairs of word and text."""

    title: str
    place: str
    year: str
    status: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """Blocks side by side, read from left to right; ``widths`` are the columns' shares of the width (equal where empty).

    A row does not break over two pages. A picture in it is as wide as its column, so it has to be drawn for that width.
    """

    columns: tuple[tuple[Block, ...], ...]
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.widths and len(self.widths) != len(self.columns):
            raise ValueError(f"a row of {len(self.columns)} columns has {len(self.widths)} widths")


@dataclass(frozen=True)
class Kept:
    """Blocks that stand together: on the next page where this one has no room for all. They must fit on a page."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Figures:
    """A few key figures side by side: each the figure and, below it, what it is."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a page of its own, without a heading."""


@dataclass(frozen=True)
class Fitted:
    """The same matter in several lengths, longest first: the first that fits on the rest of the page is set, else the last."""

    variants: tuple[tuple[Block, ...], ...]


Block = Heading | Text | Points | Table | Picture | Contents | Cover | Row | Kept | Figures | PageBreak | Fitted


@dataclass(frozen=True)
class Document:
    """The whole report. ``header`` stands at the top of every page, ``label`` beside it (EXEMPELDATA, or empty).

    side_heads: headings of level 2 and the words that open a paragraph stand in a column of their own, left of the text.
    """

    title: str
    header: str
    label: str
    year: int
    blocks: tuple[Block, ...]
    side_heads: bool = False

    def data(self) -> dict[str, Any]:
        """The document as plain values, ready for JSON."""
        plain = _plain(self.blocks)
        return {
            "title": self.title,
            "header": self.header,
            "label": self.label,
            "year": self.year,
            "blocks": _beside(plain) if self.side_heads else plain,
        }

    def texts(self) -> Iterator[str]:
        """Every text a reader meets, in reading order, alt texts included."""
        for block in self.blocks:
            yield from block_texts(block)


def _plain(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """The blocks as plain values, each with its kind and with what its neighbours mean for it."""
    plain = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        given: dict[str, Any] = {"kind": type(block).__name__.lower()}
        if isinstance(block, Fitted):
            plain.append(given | {"variants": [_plain(variant) for variant in block.variants]})
            continue
        if isinstance(block, Kept):
            plain.append(given | {"blocks": _plain(block.blocks)})
            continue
        if isinstance(block, Row):
            shares = list(block.widths) or [1.0] * len(block.columns)
            plain.append(given | {"columns": [_plain(column) for column in block.columns], "widths": shares})
            continue
        given |= asdict(block)
        if isinstance(block, Table):
            given["is_long"] = block.is_long
        if isinstance(block, Text):
            given["keep_with_next"] = isinstance(following, Table | Points)
        plain.append(given)
    return plain


def _beside(plain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks with each heading of level 2, or opening words, and the text below it as a section with a head at the side."""
    found: list[dict[str, Any]] = []
    for given in plain:
        kind = given["kind"]
        if kind == "fitted":
            found.append(given | {"variants": [_beside(variant) for variant in given["variants"]]})
        elif kind == "kept":
            found.append(given | {"blocks": _beside(given["blocks"])})
        elif kind == "heading" and given["level"] == 2:
            found.append({"kind": "section", "heading": given, "lead": "", "blocks": []})
        elif kind == "text" and given["lead"] and not (found and found[-1].get("heading")):
            found.append(
                {"kind": "section", "heading": None, "lead": given["lead"].rstrip("."), "blocks": [given | {"lead": ""}]}
            )
        elif kind in {"text", "points"} and found and found[-1]["kind"] == "section" and not found[-1]["lead"]:
            found[-1]["blocks"].append(given)
        else:
            found.append(given)
    return found


def block_texts(block: Block) -> tuple[str, ...]:
    """The texts of one block, in reading order; of lengths to choose from, every text of any."""
    if isinstance(block, Heading):
        return (block.text,)
    if isinstance(block, Text):
        return (f"{block.lead} {block.text}".strip(),)
    if isinstance(block, Points):
        return block.items
    if isinstance(block, Table):
        cells = (cell for row in block.rows for cell in row)
        return (block.title, *(column.title for column in block.columns), *cells, block.note)
    if isinstance(block, Picture):
        return (block.title, block.subtitle, block.alt, block.caption)
    if isinstance(block, Cover):
        return (f"{block.title} {block.place} {block.year}", block.status, *(text for pair in block.facts for text in pair))
    if isinstance(block, Figures):
        return tuple(text for pair in block.items for text in pair)
    if isinstance(block, PageBreak):
        return ()
    if isinstance(block, Kept):
        return tuple(text for inner in block.blocks for text in block_texts(inner))
    if isinstance(block, Row):
        return tuple(text for column in block.columns for inner in column for text in block_texts(inner))
    if isinstance(block, Fitted):
        told = (text for variant in block.variants for inner in variant for text in block_texts(inner))
        return tuple(dict.fromkeys(told))
    return (block.title,)


def columns(*titles: str, right: Sequence[int] = (), widths: Sequence[float] = ()) -> tuple[Column, ...]:
    """Columns by title; ``right`` gives the positions set flush right, ``widths`` the shares of the width (0 = as needed).

    >>> [column.align for column in columns("Namn", "Antal", right=[1])]
    ['left', 'right']
    """
    shares = tuple(widths) or (0.0,) * len(titles)
    return tuple(
        Column(title, RIGHT if position in right else LEFT, share)
        for position, (title, share) in enumerate(zip(titles, shares, strict=True))
    )
