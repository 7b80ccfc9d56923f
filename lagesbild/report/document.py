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
    """A paragraph. ``lead`` opens it in bold ('Det här vet vi inte.'); ``style`` is body, close, finding or small."""

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
class Fitted:
    """The same matter in several lengths, longest first: the first that fits on the rest of the page is set, else the last."""

    variants: tuple[tuple[Block, ...], ...]


Block = Heading | Text | Points | Table | Picture | Contents | Fitted


@dataclass(frozen=True)
class Document:
    """The whole report. ``header`` stands at the top of every page, ``label`` beside it (EXEMPELDATA, or empty)."""

    title: str
    header: str
    label: str
    year: int
    blocks: tuple[Block, ...]

    def data(self) -> dict[str, Any]:
        """The document as plain values, ready for JSON."""
        return {
            "title": self.title,
            "header": self.header,
            "label": self.label,
            "year": self.year,
            "blocks": _plain(self.blocks),
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
        given |= asdict(block)
        if isinstance(block, Table):
            given["is_long"] = block.is_long
        if isinstance(block, Text):
            given["keep_with_next"] = isinstance(following, Table | Points | Picture)
        plain.append(given)
    return plain


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
