"""The report: the same findings as a PDF, a workbook, CSV files and charts. Nothing is computed here."""

from lagesbild.report.files import write
from lagesbild.report.lagesbild import Lagesbild, with_ranking

__all__ = ["Lagesbild", "with_ranking", "write"]
