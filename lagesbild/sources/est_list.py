"""An EST list as it is kept in practice: a workbook or CSV with headings of its own, one or many sheets, many forms of date.

EST (Effektiv samordning för trygghet) has no national format and no standard categories, so headings and categories are matched
by synonyms, which the profile can add to. A sheet with the columns of ``reporting_weeks`` is the roster of who was to report.
"""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Problem, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import est_headings, identity, observations, plain
from lagesbild.sources.est_sheet import EstSheet, read_sheet
from lagesbild.sources.file import RawFile, Sheet, rows_text
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import TABLES, validate
from lagesbild.taxonomy import Taxonomy

NAME = "EST-lista"
_SWEDISH = {"date": "datum", "category": "kategori"}


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file with a sheet whose headings say when and what, or three of when, what, who and where."""
    found = [headings for sheet in file.heads if (headings := est_headings.find(sheet, profile))]
    if any(headings.is_est for headings in found):
        return None
    best = max(found, key=lambda headings: len(headings.columns), default=None)
    return Refusal(f"rubriker för datum och kategori hittas inte. {est_headings.advice(best)}")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The list as observations, and reporting_weeks where it has zero reports or a roster.

    Rows without a day, with an impossible one or with one after the report year are set aside, in doubt. An unknown category is
    kept, in doubt. Raises SourceError where a list has no heading for date or category, or the profile names unknown columns.
    """
    found = [(sheet, est_headings.find(sheet, profile)) for sheet in file.sheets]
    lists = [EstSheet(file, sheet, headings) for sheet, headings in found if headings and headings.is_est]
    problems = [*est_headings.unknown_columns(profile), *_without_headings(lists)]
    rosters, aside, wrong = _others(file, [sheet for sheet, headings in found if headings and not headings.is_est])
    if problems or wrong:
        raise SourceError([*problems, *wrong])
    parts = [read_sheet(one, profile) for one in lists]
    places = [(one, int(row)) for one, (frame, _, _) in zip(lists, parts, strict=True) for row in frame.index]
    where = _where(file, places)
    rows, shared = identity.identified(pd.concat([frame for frame, _, _ in parts], ignore_index=True), where)
    observed, weeks, settled = observations.settle(rows, where, profile, taxonomy)
    tables = {"observations": validate("observations", observed, file.name)}
    weeks = observations.strongest(pd.concat([weeks, *rosters]))
    if len(weeks):
        tables["reporting_weeks"] = weeks
    doubts = [doubt for _, its, _ in parts for doubt in its]
    n_rows = sum(len(one.filled) for one in lists) + sum(map(len, rosters))
    return Reading(tables, (*doubts, *shared, *settled), n_rows, (*aside, *(item for _, _, its in parts for item in its)))


def _without_headings(lists: list[EstSheet]) -> list[Problem]:
    """The lists that have no heading for what cannot be done without."""
    problems = []
    for one in lists:
        if one.headings.missing:
            what = f"rubrik för {swedish.listing([_SWEDISH[name] for name in one.headings.missing])} hittas inte."
            where = one.where([one.sheet.numbers[one.headings.row]])
            problems.append(Problem(where, what, action=est_headings.advice(one.headings)))
    return problems


def _others(file: RawFile, sheets: list[Sheet]) -> tuple[list[pd.DataFrame], list[SetAside], list[Problem]]:
    """The rosters among the sheets that are no lists, the other sheets (set aside), and what is wrong in the rosters."""
    rosters, aside, problems = [], [], []
    for sheet in sheets:
        table = plain.table_of(file, sheet)
        if table is TABLES["reporting_weeks"]:
            try:
                rosters.append(plain.read_sheet(file, sheet, table))
            except SchemaError as error:
                problems += list(error.problems)
        elif sheet.name not in plain.EXPLAINING_SHEETS:
            aside.append(SetAside(f'bladet "{sheet.name}" är ingen EST-lista', sheet.n_filled))
    return rosters, aside, problems


def _where(file: RawFile, places: list[tuple[EstSheet, int]]) -> observations.Where:
    """Names places in the file, given running numbers of the rows of all its lists."""

    def where(numbers: list[int], column: str) -> str:
        rows: dict[str, list[int]] = {}
        lists: dict[str, EstSheet] = {}
        for one, row in (places[number] for number in numbers):
            lists[one.sheet.name] = one
            rows.setdefault(one.sheet.name, []).append(row)
        if not lists:
            return file.name
        first = next(iter(lists.values()))
        if len(lists) == 1:
            return first.where(rows[first.sheet.name], column)
        parts = [f'blad "{name}" rad {rows_text(its)}' for name, its in rows.items()]
        return ", ".join([file.name, *parts, *([f"kolumn {first.headings.name_of(column)}"] if column else [])])

    return where
