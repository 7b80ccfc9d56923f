"""The police's local extract of reported offences, one row per offence or per code, day and area, in the three layouts met.

a) Inskrivningsdatum, Näpo, Basområde, Gata, Brottskod, Antal, Brottsdag start/slut, Brottstid start/slut (HHmm): dates m/d/yy,
   leading zeros lost. b) ID, BROTTSKOD, LATITUDE, LONGITUDE, GATA, GATUNR, KOMMUN, BROTTSDATUMTID_START/SLUT. c) Kommunkod,
   Kommunnamn, desokod, regsonamn, Brottskod, Inskr år, Inskr årmånad, Inskrivningsdatum, antal_brott, aggregated.

Streets and their numbers are never read, case numbers become digests. Codes that Brå does not count are set aside by the code
table, so that levels can be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files import text
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.police import checks, names
from lagesbild.sources.police.codes import counts, offence_codes, own_kommun
from lagesbild.sources.police.columns import Coded, Columns, first_given, from_rows, from_text, series
from lagesbild.sources.police.layout import LAYOUT, Layout, find, nearest
from lagesbild.sources.police.places import points
from lagesbild.sources.police.times import times
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.sources.screening import screen_frame
from lagesbild.tables import TABLES
from lagesbild.taxonomy import Taxonomy

NAME = "Polisens uttag av anmälda brott"
_NO_DATE = "saknar datum"


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file in which some sheet has the headings of a police extract: a code, a date, and something more."""
    if any(find(sheet) for sheet in file.heads):
        return None
    found = max((nearest(sheet) for sheet in file.heads), key=lambda layout: len(layout.columns), default=Layout(0, {}, []))
    if "code" not in found.columns:
        return Refusal("rubriken Brottskod saknas")
    return Refusal("vid Brottskod saknas Inskrivningsdatum eller Brottsdag start, som polisens uttag har")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The profile's own incidents, checked but not yet held to the schema. The rows' order does not matter.

    Raises SourceError with every problem of the file: spoilt letters, rows with too many fields, unknown kommuner, columns of
    dates that cannot be read or whose day and month have been mixed.
    """
    sheets, outside = _sheets(file)
    parts: list[_Part] = []
    problems: list[Problem] = []
    for layout, columns in sheets:
        try:
            parts.append(_part(file, layout, columns, profile, taxonomy))
        except SourceError as error:
            problems += error.problems
    if problems:
        raise SourceError(problems)
    frame, named = _joined(file, parts)
    frame, private = screen_frame(frame, ["area"], lambda sheet, rows, column: file.where(sheet, None, "område"))
    set_aside = Counter[str](outside)
    for part in parts:
        set_aside.update(part.set_aside)
    n_rows = sum(part.n_rows for part in parts) + sum(outside.values())
    told = checks.whole(file.name, frame, n_rows, set_aside, profile, has_places=any(part.has_places for part in parts))
    return Reading(
        {"incidents": frame},
        (*(doubt for part in parts for doubt in part.doubts), *named, *private, *told),
        n_rows,
        tuple(SetAside(reason, count) for reason, count in sorted(set_aside.items()) if count),
        is_validated=False,
        rows_used=frame.index.nunique(),
    )


@dataclass(frozen=True)
class _Part:
    """One sheet. frame: the table without incident_id, index the place among the sheet's rows; named: the rows' names."""

    frame: pd.DataFrame
    named: names.Named
    n_rows: int
    set_aside: dict[str, int]
    doubts: list[Doubt] = field(default_factory=list)
    has_places: bool = False


def _sheets(file: RawFile) -> tuple[list[tuple[Layout, Columns]], dict[str, int]]:
    """The columns of every sheet that is an extract, and how many rows the other sheets have."""
    if not file.is_workbook:
        layout = find(file.heads[0])
        if layout is None:
            raise SourceError(Problem(file.name, "rubrikraden går inte att läsa."))
        return [(layout, from_text(file, file.heads[0], layout.row, layout.columns))], {}
    found: list[tuple[Layout, Columns]] = []
    outside = {}
    for sheet in file.sheets:
        layout = find(sheet)
        if layout:
            found.append((layout, from_rows(sheet, layout.row, layout.columns)))
        elif sheet.n_filled:
            outside[f'bladet "{sheet.name}" är inget uttag av brott'] = sheet.n_filled
    return found, outside


def _part(file: RawFile, layout: Layout, columns: Columns, profile: Profile, taxonomy: Taxonomy) -> _Part:
    """One sheet's rows as a table. Raises SourceError."""
    cells, n_rows = columns.cells, len(columns.numbers)
    area = first_given([cells[name] for name in layout.areas], n_rows)
    _hold_to_letters(file, layout, columns, area)
    is_own, is_known, unknown = own_kommun(file, layout, columns, profile, taxonomy)
    code = offence_codes(cells["code"], taxonomy)
    count = counts(cells.get("count"), n_rows)
    when, wrong = times(file, layout, columns, is_own)
    if unknown or wrong:
        raise SourceError([*unknown, *wrong])
    reasons: tuple[tuple[str, npt.NDArray[np.bool_]], ...] = (
        ("saknar kommun", ~is_known),
        ("gäller en annan kommun", ~is_own),
        ("saknar brottskod", cells["code"].codes < 0),
        ("har en brottskod som inte går att läsa", code.column.codes < 0),
        (checks.OUTSIDE_BRA, code.is_outside),
        ("saknar antal", np.isnan(count) & (cells["count"].codes < 0 if "count" in cells else False)),
        ("har ett antal som inte går att läsa", np.isnan(count)),
        (_NO_DATE, when.is_undated),
    )
    is_left, set_aside = np.ones(n_rows, dtype="bool"), {}
    for reason, applies in reasons:
        set_aside[reason] = int((applies & is_left).sum())
        is_left &= ~applies
    place = (
        points(cells["latitude"], cells["longitude"], LAYOUT["sweden"])
        if {"latitude", "longitude"} <= set(cells)
        else points(cells["north"], cells["east"], LAYOUT["sweden"])
        if {"north", "east"} <= set(cells)
        else None
    )
    none = np.full(n_rows, np.nan)
    given: dict[str, Coded | npt.NDArray[Any]] = {
        "code": code.column.filtered(is_left),
        "count": np.where(is_left, count, 0)[is_left].astype("int64"),
        **{name: moments[is_left] for name, moments in when.moments.items()},
        "area": area.filtered(is_left),
        "x": (place.x if place else none)[is_left],
        "y": (place.y if place else none)[is_left],
    }
    frame = _frame(given, np.flatnonzero(is_left))
    doubts = checks.codes(file.name, columns.sheet, code, is_own & is_known)
    doubts += checks.dates(file, layout, columns, when, is_left)
    doubts += checks.places(file.where(columns.sheet), place, n_rows)
    if "kommun" not in cells and "kommunkod" not in cells:
        doubts.append(checks.no_kommun(file.where(columns.sheet), profile))
    ids = cells["incident_id"].filtered(is_left) if "incident_id" in cells else None
    named = names.named(ids, code.column.filtered(is_left), names.content_keys(given))
    return _Part(frame, named, n_rows, set_aside, doubts, bool(layout.areas) or place is not None)


def _frame(given: Mapping[str, Coded | npt.NDArray[Any]], index: npt.NDArray[np.int64]) -> pd.DataFrame:
    """The columns with the types of the table; those of text from their distinct texts."""
    data = {
        {"code": "brottskod"}.get(name, name): series(column.texts, column.codes) if isinstance(column, Coded) else column
        for name, column in given.items()
    }
    return pd.DataFrame(data).set_axis(pd.Index(index, name="rad")).astype({"count": "Int64"})


def _joined(file: RawFile, parts: list[_Part]) -> tuple[pd.DataFrame, list[Doubt]]:
    """All sheets as one table, every row with a name of its own."""
    frames, keys, doubts, start = [], [], [], 0
    for part in parts:
        doubts += checks.case_numbers(file.name, part.named.n_digests)
        doubts += checks.repeated(file.name, part.named)
        name = part.named.names.set_axis(part.frame.index)
        frame = part.frame.assign(incident_id=name)[TABLES["incidents"].names]
        frames.append(frame.set_axis(part.frame.index + start))
        keys.append(part.named.keys)
        start += part.n_rows
    frame = pd.concat(frames) if len(frames) > 1 else frames[0]
    return frame.assign(incident_id=names.told_apart(frame["incident_id"], np.concatenate(keys))), doubts


def _hold_to_letters(file: RawFile, layout: Layout, columns: Columns, area: Coded) -> None:
    """Raises SourceError where letters of the headings or the names of areas and kommuner went wrong in an earlier program."""
    texts = [*layout.names, *area.texts.to_pylist()]
    texts += columns.cells["kommun"].texts.to_pylist() if "kommun" in columns.cells else []
    if text.has_wrong_letters("\n".join(texts)):
        what = "filen är sparad med fel teckenkodning, så att å, ä och ö har förvanskats."
        action = "Hämta filen på nytt, eller spara om originalet som UTF-8."
        raise SourceError(Problem(file.where(columns.sheet), what, action=action))
