"""The slides as values: what is shown, with nothing said about how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagesbild.charts.chart import Chart
from lagesbild.report.document import Table, block_texts


@dataclass(frozen=True)
class Slide:
    """One slide: its finding as title, and what shows it.

    points: short sentences, the most important first; those that have no room are told in the notes. table: shown as a native
    table. picture: a chart. source: the line at the foot. notes: what the speaker has to hand.
    """

    title: str
    points: tuple[str, ...] = ()
    table: Table | None = None
    picture: Chart | None = None
    source: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing below the title."""
        return not (self.points or self.table or self.picture)

    def texts(self) -> Iterator[str]:
        """Every text of the slide and its notes, in reading order."""
        yield self.title
        yield from self.points
        if self.table is not None:
            yield from block_texts(self.table)
        if self.picture is not None:
            yield self.picture.alt
        yield self.source
        yield from self.notes


@dataclass(frozen=True)
class Deck:
    """All slides. The first is the cover: its points stand below the title.

    footer: stands on every slide, after the label (EXEMPELDATA, or empty).
    """

    title: str
    footer: str
    label: str
    year: int
    slides: tuple[Slide, ...]

    def texts(self) -> Iterator[str]:
        """Every text of every slide."""
        for slide in self.slides:
            yield from slide.texts()
