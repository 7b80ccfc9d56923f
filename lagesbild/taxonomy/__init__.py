"""Problem areas, and the maps from every producer's words to them: CSV files and the module that reads them."""

from __future__ import annotations

from lagesbild.taxonomy.files import load
from lagesbild.taxonomy.names import nearest
from lagesbild.taxonomy.taxonomy import Category, Taxonomy, Theme

__all__ = ["Category", "Taxonomy", "Theme", "load", "nearest"]
