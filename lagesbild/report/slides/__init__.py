"""The slides for the meeting: what is shown (``deck``), how it fits (``fit``), how it looks (``look``), the file (``pptx``)."""

from lagesbild.report.slides.deck import Deck, Slide
from lagesbild.report.slides.pptx import pptx

__all__ = ["Deck", "Slide", "pptx"]
