"""The report's chapters in order."""

from __future__ import annotations

from lagesbild.report.content.appendix import appendix
from lagesbild.report.content.area import pages
from lagesbild.report.content.context import context
from lagesbild.report.content.decisions import decisions
from lagesbild.report.content.gaps import gaps
from lagesbild.report.content.method import method
from lagesbild.report.content.order import order
from lagesbild.report.content.others import more_charts, others
from lagesbild.report.content.pledges import pledges
from lagesbild.report.content.quality import quality
from lagesbild.report.content.sensitivity import sensitivity
from lagesbild.report.content.severity import severity
from lagesbild.report.content.sources import sources
from lagesbild.report.content.summary import summary
from lagesbild.report.document import Contents, Document
from lagesbild.report.lagesbild import Lagesbild


def document(lagesbild: Lagesbild) -> Document:
    """The whole report as blocks: the summary that stands alone first, the evidence after it, the tables last."""
    between = [*others(lagesbild), *more_charts(lagesbild)]
    blocks = (
        *summary(lagesbild),
        Contents(),
        *method(lagesbild),
        *sources(lagesbild),
        *order(lagesbild),
        *pages(lagesbild),
        *between,
        *gaps(lagesbild, new_page=not between),
        *severity(lagesbild),
        *sensitivity(lagesbild),
        *decisions(lagesbild, level=1),
        *pledges(lagesbild),
        *context(lagesbild),
        *quality(lagesbild),
        *appendix(lagesbild),
    )
    return Document(lagesbild.title, lagesbild.title, lagesbild.label, lagesbild.profile.year, blocks, side_heads=True)
