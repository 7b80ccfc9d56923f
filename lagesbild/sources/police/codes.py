"""What each row of a police extract is about: its offence code, how many offences, and in which kommun."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from lagesbild import privacy, swedish
from lagesbild.errors import Problem
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.police.columns import Coded, Columns
from lagesbild.sources.police.layout import LAYOUT, Layout
from lagesbild.tables import parse_figures
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

Flags = npt.NDArray[np.bool_]
#: The tag of the code table for what only police extracts hold.
OUTSIDE = "utanfor_bra"
_CODE = re.compile(r"(\d{1,4})(?:\.0)?|(\d{4})[\s:–—-]+\D.*", re.ASCII)
_KOMMUNKOD = re.compile(r"(\d{3,4})(?:\.0)?", re.ASCII)
_SHOWN = 8


@dataclass(frozen=True)
class OffenceCodes:
    """column: four digits each, -1 for none; is_outside: rows that Brå does not count; is_unknown: not in the table."""

    column: Coded
    is_outside: Flags
    is_unknown: Flags


def offence_codes(cells: Coded, taxonomy: Taxonomy) -> OffenceCodes:
    """The codes with the leading zeros that a spreadsheet took; a label after the code is left out."""
    read = [_code(text) for text in cells.texts.to_pylist()]
    distinct = sorted({code for code in read if code})
    place = {code: at for at, code in enumerate(distinct)}
    codes = cells.take(np.array([place.get(code or "", -1) for code in read], dtype="int32"), -1)
    tags: dict[str, str] = dict(zip(taxonomy.offence_codes["brottskod"], taxonomy.offence_codes["tags"], strict=True))
    column = Coded(pa.array(distinct, "string"), codes)
    is_outside = np.array([OUTSIDE in tags.get(code, "").split(";") for code in distinct], dtype="bool")
    is_unknown = np.array([code not in tags for code in distinct], dtype="bool")
    return OffenceCodes(column, column.take(is_outside, False), column.take(is_unknown, False))


def counts(cells: Coded | None, n_rows: int) -> npt.NDArray[np.float64]:
    """How many offences each row is; one where the list has no such column, NaN where there is no whole number."""
    if cells is None:
        return np.ones(n_rows)
    values = parse_figures(pd.Series(cells.texts.to_pylist(), dtype="object"))["value"].to_numpy()
    found: npt.NDArray[np.float64] = cells.take(np.where((values >= 0) & (values % 1 == 0), values, np.nan), np.nan)
    return found


def own_kommun(
    file: RawFile, layout: Layout, columns: Columns, profile: Profile, taxonomy: Taxonomy
) -> tuple[Flags, Flags, list[Problem]]:
    """Which rows are the profile's own, which name a kommun at all, and the names that no kommun has.

    Every row of a list without such a column counts as the profile's own.
    """
    n_rows = len(columns.numbers)
    is_own, is_known = np.zeros(n_rows, dtype="bool"), np.zeros(n_rows, dtype="bool")
    problems: list[Problem] = []
    given = [name for name in ("kommunkod", "kommun") if name in columns.cells]
    known = set(taxonomy.kommuner["kommunkod"])
    for name in given:
        cells = columns.cells[name]
        texts = cells.texts.to_pylist()
        codes = [_kommunkod(text, known, taxonomy) for text in texts]
        is_unplaced = np.array([fold(text) in LAYOUT["kommun"]["unknown"] for text in texts], dtype="bool")
        is_here = (cells.codes >= 0) & ~cells.take(is_unplaced, False) & ~is_known
        is_own |= is_here & cells.take(np.array([code in profile.kommunkoder for code in codes], dtype="bool"), False)
        is_known |= is_here
        wrong = [at for at, code in enumerate(codes) if code is None and not is_unplaced[at]]
        for at in wrong[:_SHOWN]:
            near = taxonomy.nearest(texts[at], taxonomy.kommuner["name"])
            hint = f"Närmast: {swedish.listing(near, 'eller')}." if near else "Kontrollera hur kommunen skrivs."
            where = file.where(columns.sheet, columns.numbers[cells.codes == at].tolist(), layout.heading(name))
            problems.append(Problem(where, f'"{privacy.masked(texts[at][:40])}" är ingen känd kommun.', action=hint))
        if len(wrong) > _SHOWN:
            where = file.where(columns.sheet, None, layout.heading(name))
            problems.append(Problem(where, f"{len(wrong) - _SHOWN} namn till är ingen känd kommun."))
    if not given:
        return np.ones(n_rows, dtype="bool"), np.ones(n_rows, dtype="bool"), []
    return is_own, is_known, problems


def _code(text: str) -> str | None:
    found = _CODE.fullmatch(text)
    return (found[1] or found[2]).zfill(4) if found else None


def _kommunkod(text: str, known: set[str], taxonomy: Taxonomy) -> str | None:
    found = _KOMMUNKOD.fullmatch(text)
    if found:
        return found[1].zfill(4) if found[1].zfill(4) in known else None
    return taxonomy.kommunkod(text)
