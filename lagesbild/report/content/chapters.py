"""The report's chapters in order."""

from __future__ import annotations

from lagesbild.report.content.appendix import appendix
from lagesbild.report.content.area import pages
from lagesbild.report.content.business import business
from lagesbild.report.content.causes import groundwork
from lagesbild.report.content.code_key import code_key
from lagesbild.report.content.cover import cover
from lagesbild.report.content.decisions import decisions
from lagesbild.report.content.focus import focus
from lagesbild.report.content.gaps import gaps
from lagesbild.report.content.kommun import kommun
from lagesbild.report.content.law import law
from lagesbild.report.content.method import method
from lagesbild.report.content.order import order
from lagesbild.report.content.others import more_charts, others
from lagesbild.report.content.pledges import pledges
from lagesbild.report.content.priorities import priorities
from lagesbild.report.content.quality import quality
from lagesbild.report.content.safety import safety
from lagesbild.report.content.sensitivity import sensitivity
from lagesbild.report.content.severity import severity
from lagesbild.report.content.sources import sources
from lagesbild.report.content.summary import summary
from lagesbild.report.document import Block, Document, Kept, block_texts
from lagesbild.report.lagesbild import Lagesbild

#: So many letters surely fit on a page, tables and all.
PAGE = 2_600


def together(blocks: list[Block]) -> list[Block]:
    """The blocks kept together where they are short enough for a page."""
    length = sum(len(text) for block in blocks for text in block_texts(block))
    return [Kept(tuple(blocks))] if length < PAGE else blocks


def document(lagesbild: Lagesbild) -> Document:
    """The whole report as blocks: the summary that stands alone first, the evidence after it, the tables last."""
    blocks = (
        cover(lagesbild),
        *summary(lagesbild),
        *law(),
        *sources(lagesbild),
        *method(lagesbild),
        *kommun(lagesbild),
        *order(lagesbild),
        *pages(lagesbild),
        *others(lagesbild),
        *more_charts(lagesbild),
        *safety(lagesbild),
        *business(lagesbild),
        *pledges(lagesbild),
        *priorities(lagesbild),
        *decisions(lagesbild),
        *groundwork(lagesbild),
        *focus(lagesbild),
        *together(gaps(lagesbild)),
        *severity(lagesbild),
        *sensitivity(lagesbild),
        *quality(lagesbild),
        *appendix(lagesbild),
        *code_key(lagesbild),
    )
    return Document(lagesbild.title, lagesbild.title, lagesbild.label, lagesbild.profile.year, blocks, side_heads=True)
