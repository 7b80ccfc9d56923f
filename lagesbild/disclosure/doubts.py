"""Doubts as a report may tell them: what is told of one category or theme is a count like any other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lagesbild.disclosure.cells import SMALLEST_SHOWN
from lagesbild.disclosure.series import hidden_years
from lagesbild.errors import Doubt, Place
from lagesbild.measures.measure import Measures
from lagesbild.taxonomy import Taxonomy

#: Doubts about a category or theme that is named, or about what belongs to no area.
NAMING = ("okand_kategori", "okant_tema", "utan_omrade")
#: Doubts that tell how long the EST list is.
COUNTING = ("dubbletter", "utan_omrade", "del_av_ar")
#: Doubts about one area, or one category, that tell how many observations it has at least.
BOUNDING = ("topp_est", "en_rapportor", "andrad_kategorilista")
#: Doubts that tell which figures the ranking reads -> the measure of those.
READING = {"fast_grupp": "est_panel", "topp_est": "est_robust"}
WITHHELD = "Antalen kan inte visas utan att avslöja ett litet antal. Därför räknas det på alla observationer."
_ROWS = re.compile(r",? (?:blad \"[^\"]*\" )?rad \d.*?(?=, kolumn |$)")


def protect_doubts(doubts: Iterable[Doubt], shown: Measures, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """The doubts without the rows, the number and the share of a category or theme that has 1-4 of them.

    Their words say "färre än 5" already. A doubt that tells what the ranking reads says so where that is hidden altogether.
    What tells that an area has many goes where a year of the area is hidden in ``shown``; where a year's total is hidden, so
    does what tells the length of the EST list. For the report: ``check`` shows the analyst every doubt and row.
    """
    is_lost = bool(lost_years(shown))
    read = set(shown.rows.loc[shown.rows["denominator"].notna(), "measure"])
    unread = {kind for kind, measure in READING.items() if measure not in read}
    hidden = {area for area, _ in hidden_years(shown)}
    return tuple(
        replace(doubt, action=WITHHELD) if doubt.kind in unread else _protected(doubt, is_lost=is_lost)
        for doubt in doubts
        if doubt.kind not in BOUNDING or _area(doubt, taxonomy) not in hidden
    )


def lost_years(shown: Measures) -> set[int]:
    """The years whose EST total is hidden together with all their counts."""
    rows = shown.rows[shown.rows["measure"].eq("est_share")]
    bases = rows.groupby("year", observed=True)["denominator"].count()
    return {int(year) for year in bases.index[bases.eq(0)]}


def _area(doubt: Doubt, taxonomy: Taxonomy) -> str:
    """The area that a doubt is about, by its name at the end of the place or by the category it quotes; "" for none."""
    names = {taxonomy.name(line): line for line in taxonomy.line_ids}
    quoted = re.search(r'kategorin "([^"]*)"', doubt.what)
    found = taxonomy.match_category(quoted[1]) if quoted else None
    return found.problem_area if found else next((names[name] for name in names if str(doubt.where).endswith(f", {name}")), "")


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
