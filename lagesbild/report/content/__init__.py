"""What the report says, chapter by chapter."""

from lagesbild.report.content.agenda import agenda
from lagesbild.report.content.chapters import document

__all__ = ["agenda", "document"]
