"""The officials' review page: one file that needs nothing else, on which a forum reads the charts and records its decision."""

from lagesbild.report.page.page import page

__all__ = ["page"]
