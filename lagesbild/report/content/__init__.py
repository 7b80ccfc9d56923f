"""What the report says, chapter by chapter."""

from lagesbild.report.content.agenda import agenda
from lagesbild.report.content.chapters import document
from lagesbild.report.content.slides import slides

__all__ = ["agenda", "document", "slides"]
