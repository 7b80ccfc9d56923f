"""Rescue operations per kommun from MSB's database IDA, with the population on 31 December that MSB divides by.

MSB's own export has no year: the source card must say it (``period = "2014"``, or a year in the title).
"""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.card import read_card
from lagesbild.sources.files.file import RawFile, Sheet
from lagesbild.sources.people import kommun_layout, kommun_table
from lagesbild.sources.people.headings import load
from lagesbild.sources.people.kommun_layout import Layout
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "MSB IDA"
_MAP = load("msb_ida")
LAYOUTS = _MAP["layouts"]
_TOTAL = {fold(word) for word in _MAP["total"]}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file with a sheet that has the headings of MSB's export, or of the table for many years."""
    return None if kommun_layout.find(file.heads, LAYOUTS) else kommun_layout.refusal(LAYOUTS)


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The sheet as context_figures and population. The row of totals is set aside and held against the sum of the kommuner.

    Where neither file nor card says the year, every row is set aside, in doubt. Raises SourceError.
    """
    sheet, layout, head = kommun_layout.find(file.sheets, LAYOUTS) or (file.sheets[0], LAYOUTS[0], 0)
    year = None if "year" in layout else _year_of_card(file)
    reading = kommun_layout.read(file, sheet, layout, head, taxonomy, year or 2000)
    reading = replace(reading, doubts=(*reading.doubts, *_off_totals(file, sheet, layout, head)))
    return reading if "year" in layout or year else _without_year(file, reading)


def _year_of_card(file: RawFile) -> int | None:
    """The one year that the card's period or title names; None where there is none or several."""
    card = read_card(file)
    for key in ("period", "year", "title"):
        found = set(_YEAR.findall(str(card.get(key, ""))))
        if len(found) == 1:
            return int(found.pop())
    return None


def _without_year(file: RawFile, reading: Reading) -> Reading:
    n_rows = reading.rows_used
    what = "filen säger inte vilket år insatserna gäller."
    action = f'Skriv period = "2014" (rätt år) i {file.name}.source.toml. Till dess används filen inte.'
    aside = (*reading.set_aside, *([SetAside("filen säger inte vilket år den gäller", n_rows)] if n_rows else []))
    doubt = Doubt("ar_saknas", file.name, what, action, n_rows)
    kept = tuple(doubt for doubt in reading.doubts if doubt.kind == "summa_skiljer")
    return Reading({}, (doubt, *kept), reading.rows_read, aside, rows_used=0)


def _off_totals(file: RawFile, sheet: Sheet, layout: Layout, head: int) -> list[Doubt]:
    """Doubts where a printed total of whole numbers is not the sum of the kommuner."""
    cells = kommun_table.cells_of(sheet, head)
    is_total = cells[fold(layout["name"])].map(lambda cell: fold(str(cell)) in _TOTAL).astype("bool")
    counted = [figure["heading"] for figure in layout["figures"] if " per " not in figure["heading"]]
    doubts = []
    for heading in [*counted, layout["population"]] if is_total.any() else []:
        values = pd.to_numeric(cells[fold(heading)], errors="coerce")
        printed, total = values[is_total].iloc[0], values[~is_total].sum()
        if pd.notna(printed) and printed != total:
            what = f"{heading}: på raden för alla står {swedish.number(printed)}, kommunerna blir {swedish.number(total)}."
            rows = [int(row) for row in cells.index[is_total]]
            doubts.append(Doubt("summa_skiljer", file.where(sheet.name, rows, heading), what, "Fattas någon kommun i filen?"))
    return doubts
