"""An EST list as it is kept in practice: a workbook or CSV with headings of its own, one or many sheets, many forms of date.

EST (Effektiv samordning för trygghet) has no national format and no standard categories, so headings and categories are matched
by synonyms, which the profile can add to. A sheet with the columns of ``reporting_weeks`` is the roster of who was to report.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Place, Problem, SchemaError, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import plain
from lagesbild.sources.est import headings as est_headings
from lagesbild.sources.est import identity, observations
from lagesbild.sources.est import kinds as est_kinds
from lagesbild.sources.est import sheet as est_sheet
from lagesbild.sources.est import when as est_when
from lagesbild.sources.est import wide as est_wide
from lagesbild.sources.est.sheet import EstSheet, SheetRows
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.files.sheet import Sheet, rows_text
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import TABLES
from lagesbild.taxonomy import Taxonomy

NAME = "EST-lista"
_SWEDISH = {"date": "datum", "category": "kategori"}
#: A place on more sheets than these is counted, not listed.
_SHEETS_SHOWN = 3
_SUMMARY = 'bladet "{name}" är en sammanställning'


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file with a sheet whose headings say when and what, or three of when, what, who and where."""
    found = [headings for sheet in file.heads if (headings := est_headings.find(sheet, profile))]
    if any(headings.is_est for headings in found):
        return None
    if foreign := next((name for headings in found if (name := est_headings.foreign(headings))), ""):
        return Refusal(f'listan är inte svensk (rubriken "{foreign[:40]}") och har ingen kategori per händelse')
    best = max(found, key=lambda headings: len(headings.columns), default=None)
    return Refusal(f"rubriker för datum och kategori hittas inte. {est_headings.advice(best)}")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The list as observations, and reporting_weeks where it has zero reports or a roster.

    Rows without a day, with an impossible one or with one after the report year are set aside, in doubt. An unknown category is
    kept, in doubt. Raises SourceError where a list has no heading for date or category, or the profile names unknown columns.
    """
    found = [(sheet, headings) for sheet in file.sheets if (headings := est_headings.find(sheet, profile))]
    lists = [EstSheet(file, sheet, headings, profile.year) for sheet, headings in found if headings.is_est]
    lists, summaries = _without_summaries(lists)
    problems = [*est_headings.unknown_columns(profile), *_without_headings(lists)]
    rosters, others, wrong = _others(file, [sheet for sheet, headings in found if not headings.is_est])
    if problems or wrong:
        raise SourceError([*problems, *wrong])
    parts = [_part(one, profile, taxonomy) for one in lists]
    places = [(part.one, int(row)) for part in parts for row in part.frame.index]
    where = _where(file, places)
    joined = pd.concat([part.frame for part in parts], ignore_index=True)
    rows, shared = identity.identified(joined, where)
    observed, weeks, settled = observations.settle(rows, where, profile, taxonomy)
    weeks = observations.strongest(pd.concat([weeks, *rosters]))
    tables = {"observations": observed[TABLES["observations"].names].reset_index(drop=True)}
    if len(weeks):
        tables["reporting_weeks"] = weeks
    doubts = [doubt for part in parts for doubt in part.doubts] + [_summary(one) for one in summaries]
    others += [SetAside(_SUMMARY.format(name=one.sheet.name), len(one.filled)) for one in summaries if one.filled]
    n_rosters, n_others = sum(map(len, rosters)), sum(item.n_rows for item in others)
    return Reading(
        tables,
        (*doubts, *shared, *settled),
        sum(len(one.filled) for one in lists) + n_rosters + n_others,
        _summed([*others, *(item for part in parts for item in part.aside)]),
        is_validated=False,
        rows_used=_n_used(places, rows, observed, weeks) + n_rosters,
        found_at=_found_at(observed, places),
    )


def _found_at(observed: pd.DataFrame, places: list[tuple[EstSheet, int]]) -> pd.DataFrame:
    """Where every observation stands in the file."""
    standing = [places[number] for number in observed.index]
    return pd.DataFrame(
        {
            "observation_id": observed["observation_id"].to_numpy(),
            "sheet": [one.sheet.name for one, _ in standing],
            "row": [row for _, row in standing],
        }
    )


def _summed(aside: list[SetAside]) -> tuple[SetAside, ...]:
    """One item per reason."""
    rows = Counter[str]()
    for item in aside:
        rows[item.reason] += item.n_rows
    return tuple(SetAside(reason, n_rows) for reason, n_rows in sorted(rows.items()))


def _part(one: EstSheet, profile: Profile, taxonomy: Taxonomy) -> SheetRows:
    """One sheet's observations and zero reports, with its doubts and what was set aside."""
    dated, is_week = est_when.dated(est_sheet.read_cells(one), profile)
    if one.headings.counted:
        settled = est_wide.counted(dated, profile, taxonomy)
    else:
        told = est_kinds.with_zero_reports(dated, is_week, profile, taxonomy)
        settled = est_kinds.apart(told, profile, taxonomy)
    named = est_sheet.unnamed(settled)
    return SheetRows(one, named.frame, (*named.doubts, *est_sheet.about_headings(one)), named.aside)


def _n_used(places: list[tuple[EstSheet, int]], rows: pd.DataFrame, observed: pd.DataFrame, weeks: pd.DataFrame) -> int:
    """Rows of the lists that stand in a table: as observations, or as zero reports among the weeks; each row once."""
    zero = rows.drop(index=observed.index)
    told = set(zip(weeks["organisation"].tolist(), weeks["week"].tolist(), strict=True))
    its_weeks = zip(zero.index, zero["organisation"].tolist(), observations.iso_week(zero["date"]).tolist(), strict=True)
    standing = [*observed.index, *(row for row, who, week in its_weeks if (who, week) in told)]
    return len({(places[number][0].sheet.name, places[number][1]) for number in standing})


def _without_summaries(lists: list[EstSheet]) -> tuple[list[EstSheet], list[EstSheet]]:
    """The lists, and beside a list with one row per event the sheets that only sum it up: they would count it twice."""
    complete = [one for one in lists if not one.missing and not one.headings.counted]
    if not complete:
        return lists, []
    return [one for one in lists if not _is_summary(one)], [one for one in lists if _is_summary(one)]


def _is_summary(one: EstSheet) -> bool:
    """Whether a sheet beside a list sums it up: a column per category, no day, or counts without category and event."""
    columns = set(one.headings.columns)
    is_sum = "persons" in columns and not columns & {"time", "place", "description"}
    return bool(one.headings.counted) or "date" in one.missing or ("category" in one.missing and is_sum)


def _summary(one: EstSheet) -> Doubt:
    missing = swedish.listing([_SWEDISH[name] for name in one.missing])
    why = "har en kolumn per kategori, medan ett annat blad har en rad per händelse" if one.headings.counted else ""
    what = f"bladet {why or f'har ingen rubrik för {missing}, medan ett annat blad har det'}. Det läses som en sammanställning."
    action = "Ingenting ur bladet räknas. Lägg det i en egen fil om det är en egen lista."
    return Doubt("sammanstallning", one.where([]), what, action, len(one.filled))


def _without_headings(lists: list[EstSheet]) -> list[Problem]:
    """The lists that have no heading for what cannot be done without."""
    problems = []
    for one in lists:
        if one.missing:
            what = f"rubrik för {swedish.listing([_SWEDISH[name] for name in one.missing])} hittas inte."
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
        n_rows = sum(map(len, rows.values()))
        few = [f'blad "{name}" rad {rows_text(its)}' for name, its in rows.items()]
        parts = few if len(few) <= _SHEETS_SHOWN else [f"{n_rows} rader på {len(few)} blad"]
        heading = first.headings.name_of(column) if column else ""
        words = ", ".join([file.name, *parts, *([f"kolumn {heading}"] if heading else [])])
        return Place(words, file.name, ", ".join(rows), (), heading)

    return where
