"""The table that Brå's SOL shows on the screen, saved as text ("Sökning.txt") or as Excel (.xls, sheet "Resultat").

A row with a kommun's name alone begins its block; its offences follow. Above stand a title, then one row each for year, period
and measure over the columns. In the text these rows come back on every page, also in the middle of a block, and ``&nbsp;``
ends with the separator. A parent of the chosen offence has ``..`` in the text and empty cells in Excel.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_sol
from lagesbild.sources.bra import facts as bra_facts
from lagesbild.sources.bra import kommuner as bra_kommuner
from lagesbild.sources.bra import sol_checks as checks
from lagesbild.sources.bra.sol_headings import LAYOUT, Column, columns_of, text_of
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.files.sheet import Sheet, is_blank
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.sources.screening import screened
from lagesbild.tables import parse_figures
from lagesbild.taxonomy import Taxonomy

NAME = "Brå SOL, tabell"
_TITLE, _PRODUCER = (re.compile(LAYOUT["title"][part]) for part in ("first", "producer"))
_COLUMN: str = LAYOUT["sheet"]["column"]
_CODE_ROW = re.compile(r"(\d{4}) - .+")
_QUOTED = 40


@dataclass(frozen=True)
class _Cell:
    """One figure with what it is about, as written."""

    rad: int
    region: str
    offence: str
    column: Column
    figure: object


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file with a sheet, or a text, that begins with SOL's title and Brå's name; else why not."""
    if any(_begins(sheet) for sheet in file.heads):
        return None
    return Refusal('första raden är inte "Anmälda brott" och "Brottsförebyggande rådet"')


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """All kommuner of the table as reported_offences; an empty count where only rates were chosen, which is doubted.

    Raises SourceError with every problem of the file: spoilt letters, headings that do not say year and measure, rows before
    the first kommun, cells that are no figures, unknown kommuner, counts and rates that no population could explain.
    """
    sheet, aside, private = _sheet(file)
    cells, rows, problems = _walk(file, sheet, taxonomy)
    regions = bra_kommuner.resolve(file, rows["region"], taxonomy, _COLUMN, sheet.name)
    spoilt = checks.letters(file, rows.astype("category"), sheet.name, _COLUMN)
    if spoilt:
        raise SourceError(spoilt)  # with spoilt names every kommun would also be unknown
    frame, unreadable = _frame(file, sheet, cells, regions.kommunkod)
    problems += [*regions.problems, *unreadable]
    if not problems and not len(rows):
        problems.append(Problem(file.where(sheet.name), "tabellen har rubriker men inga rader.", action=checks.EXPORT_AGAIN))
    if not problems and len(frame):
        problems = checks.population(file, frame, bra_sol.LAYOUT["population"], sheet.name)
    if problems:
        raise SourceError(problems)
    facts = bra_facts.settle(file, frame, sheet.name)
    doubts: tuple[Doubt, ...] = (*private, *regions.doubts, *facts.doubts, *checks.completeness(file, frame, taxonomy))
    return Reading(
        {"reported_offences": facts.table},
        (*doubts, *checks.without_counts(file, facts.table)),
        len(rows) + sum(item.n_rows for item in aside),
        (*regions.set_aside, *facts.set_aside, *aside),
        is_validated=False,
        rows_used=facts.rows_used,
    )


def _begins(sheet: Sheet) -> bool:
    """Whether the first row that holds anything is SOL's title."""
    first = next((row for row in sheet.rows if not all(map(is_blank, row))), [])
    return _is_title([text_of(cell) for cell in first])


def _is_title(row: list[str]) -> bool:
    return bool(row) and bool(_TITLE.fullmatch(row[0])) and any(_PRODUCER.fullmatch(cell) for cell in row[1:])


def _sheet(file: RawFile) -> tuple[Sheet, list[SetAside], tuple[Doubt, ...]]:
    """The table, the other sheets as set aside, and doubts; a text is parted only after its entities are decoded."""
    if not file.is_workbook:
        lines = html.unescape(file.text).split("\n")
        table = Sheet("", [list[object](line.split(";")) for line in lines], list(range(1, len(lines) + 1)))
        table, doubts = screened(table, file.where)
        return table, [], doubts
    sheet = next(sheet for sheet in file.sheets if _begins(sheet))
    others = [other for other in file.sheets if other is not sheet and other.n_filled]
    return sheet, [SetAside(f'bladet "{other.name}" används inte', other.n_filled) for other in others], ()


def _walk(file: RawFile, sheet: Sheet, taxonomy: Taxonomy) -> tuple[list[_Cell], pd.DataFrame, list[Problem]]:
    """Every figure; region and offence of every data row (index "rad"); what is wrong with the table as such.

    A row with a name alone is a region, or else a parent without figures; below the last figure it is a footnote, unless an
    offence above has the name.
    """
    lines = [(number, row) for number, row in zip(sheet.numbers, sheet.rows, strict=True) if not all(map(is_blank, row))]
    last = max((number for number, row in lines if not all(map(is_blank, row[1:]))), default=0)
    heading: list[list[str]] | None = None
    columns: list[Column] = []
    cells: list[_Cell] = []
    rows: dict[int, tuple[str, str]] = {}
    problems: dict[str, Problem] = {}
    region, offences = "", set[str]()
    for number, row in lines:
        texts = [text_of(cell) for cell in row]
        if _is_title(texts):
            heading = []
            continue
        if heading is not None and not texts[0]:
            heading.append(texts)
            continue
        if heading is not None:
            columns, wrong = columns_of(file, sheet, number, heading)
            problems |= {problem.what: problem for problem in wrong}
            heading = None
        has_figures = any(texts[1:])
        if not has_figures and bra_kommuner.is_region(texts[0], taxonomy):
            region = texts[0]
        elif has_figures or number < last or texts[0] in offences:
            offences.add(texts[0])
            rows[number] = (region, texts[0])
            places = {column.at for column in columns}
            is_short = has_figures and len(row) <= max(places, default=0)
            if is_short or any(text and at not in places for at, text in enumerate(texts[1:], start=1)):
                problems.setdefault(f"{number}", _uneven(file, sheet, number, len(columns)))
            cells += [
                _Cell(number, region, texts[0], column, row[column.at] if column.at < len(row) else "") for column in columns
            ]
    if not file.is_workbook and not file.text.endswith("\n") and not file.text.endswith(";"):
        where = file.where(rows=lines[-1][0])
        problems["avklippt"] = Problem(where, "filen är avklippt: sista raden är inte hel.", action=checks.EXPORT_AGAIN)
    if nameless := [number for number, (_, offence) in rows.items() if not offence]:
        where = file.where(sheet.name, nameless)
        problems["namnlös"] = Problem(where, "brottets namn saknas.", "ett namn i första kolumnen.", checks.EXPORT_AGAIN)
    if early := [number for number, (above, _) in rows.items() if not above]:
        where = file.where(sheet.name, early)
        problems["tidig"] = Problem(where, "raden står före den första kommunen.", "kommunens namn.", checks.EXPORT_AGAIN)
    index = pd.Index(list(rows), name="rad", dtype="int64")
    return cells, pd.DataFrame(list(rows.values()), index, ["region", "offence"], dtype="str"), list(problems.values())


def _uneven(file: RawFile, sheet: Sheet, number: int, n_columns: int) -> Problem:
    what = "raden har inte lika många siffror som rubrikerna."
    expected = f"{swedish.plural(n_columns, 'siffra', 'siffror')} efter namnet."
    return Problem(file.where(sheet.name, number), what, expected, checks.EXPORT_AGAIN)


def _frame(file: RawFile, sheet: Sheet, cells: list[_Cell], kommun: pd.Series) -> tuple[pd.DataFrame, list[Problem]]:
    """The cells as facts (``bra_facts``), count and rate of one period side by side; the cells that are no figures."""
    rows = [cell for cell in cells if pd.notna(kommun[cell.rad])]
    figures = parse_figures(pd.Series([cell.figure for cell in rows], dtype="object"))
    problems: list[Problem] = []
    records: dict[tuple[int, str, int | None, int | None], dict[str, object]] = {}
    for cell, value, missing, is_readable in zip(
        rows, figures["value"], figures["missing"], figures["is_readable"], strict=True
    ):
        is_whole = cell.column.measure == "rate" or pd.isna(value) or value == round(value)
        if not is_readable or not is_whole or value < 0:
            where = file.where(sheet.name, cell.rad)
            problems.append(
                Problem(where, f'"{text_of(cell.figure)[:_QUOTED]}" är ingen siffra.', "ett tal, eller två punkter.")
            )
            continue
        code = _CODE_ROW.fullmatch(cell.offence)
        year, status = bra_sol.year_of(cell.column.year) or (0, "")
        record = records.setdefault(
            (cell.rad, cell.column.year, cell.column.month, cell.column.quarter),
            {
                "rad": cell.rad,
                "kommunkod": kommun[cell.rad],
                "offence": code[1] if code else cell.offence,
                "key_type": "code" if code else "group",
                "year": year,
                "month": cell.column.month,
                "quarter": cell.column.quarter,
                "status": status,
            },
        )
        record[cell.column.measure] = value
        record["missing"] = None if pd.notna(value) else record.get("missing", missing)
    columns = ["rad", "kommunkod", "offence", "key_type", "year", "month", "quarter", "count", "rate", "missing", "status"]
    types = {"year": "int64", "month": "Int64", "quarter": "Int64", "count": "Int64", "rate": "float64", "rad": "int64"}
    texts = dict.fromkeys(["kommunkod", "offence", "key_type", "missing", "status"], "str")
    frame = pd.DataFrame(list(records.values()), columns=columns).astype({**types, **texts}).set_index("rad")
    return bra_facts.with_keys(frame.rename(columns={"rate": "rate_per_100k"})), problems
