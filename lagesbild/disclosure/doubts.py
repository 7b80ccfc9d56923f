"""Doubts as a report may tell them: what is told of one category or theme is a count like any other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lagesbild.disclosure.cells import SMALLEST_SHOWN
from lagesbild.errors import Doubt, Place
from lagesbild.measures.measure import Measures

#: Doubts about a category or theme that is named, or about what belongs to no area.
NAMING = ("okand_kategori", "okant_tema", "utan_omrade")
#: Doubts that tell how long the EST list is.
COUNTING = ("dubbletter", "utan_omrade", "del_av_ar")
_ROWS = re.compile(r",? (?:blad \"[^\"]*\" )?rad \d.*?(?=, kolumn |$)")


def protect_doubts(doubts: Iterable[Doubt], shown: Measures) -> tuple[Doubt, ...]:
    """The doubts without the rows, the number and the share of a category or theme that has 1-4 of them.

    Their words say "färre än 5" already. Where a year's total is hidden in ``shown``, what tells the length of the EST list
    goes as well. For the report: ``check`` shows the analyst every row.
    """
    is_lost = bool(lost_years(shown))
    return tuple(_protected(doubt, is_lost=is_lost) for doubt in doubts)


def lost_years(shown: Measures) -> set[int]:
    """The years whose EST total is hidden together with all their counts."""
    rows = shown.rows[shown.rows["measure"].eq("est_share")]
    bases = rows.groupby("year", observed=True)["denominator"].count()
    return {int(year) for year in bases.index[bases.eq(0)]}


def _protected(doubt: Doubt, *, is_lost: bool) -> Doubt:
    if is_lost and doubt.kind in COUNTING:
        return replace(doubt, where=_without_rows(doubt.where), what="Antalen visas inte.", n_rows=0, share=None)
    if doubt.kind in NAMING and 0 < doubt.n_rows < SMALLEST_SHOWN:
        # A theme's share is of mentions, not of rows, and is not told where they are few.
        share = doubt.share if doubt.kind == "okant_tema" else None
        return replace(doubt, where=_without_rows(doubt.where), n_rows=0, share=share)
    return doubt


def _without_rows(where: str) -> str:
    """The place without its row numbers.

    >>> _without_rows('est.xlsx, blad "Mars", rad 4 och 7, kolumn Kategori')
    'est.xlsx, blad "Mars", kolumn Kategori'
    """
    text = _ROWS.sub("", str(where))
    return Place(text, where.file, where.sheet, (), where.column, where.letter) if isinstance(where, Place) else text
