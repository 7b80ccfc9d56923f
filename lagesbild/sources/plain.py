"""The plain import: a CSV or workbook with the columns of a table of the contract; also how filled-in templates come back.

A CSV is one table, a workbook has one sheet per table. The columns decide which table it is; only where several tables could
have them does the name of the sheet or file.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SchemaError
from lagesbild.profile import Profile
from lagesbild.sources.est import headings as est_headings
from lagesbild.sources.est import observations
from lagesbild.sources.files.file import RawFile, Sheet, is_blank
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import TABLES, Table, validate
from lagesbild.taxonomy import Taxonomy

NAME = "tabell i programmets eget format"
_LOOK_FOR_HEADINGS_IN = 10
#: Sheets of a template that explain the columns and list what may be chosen.
EXPLAINING_SHEETS = ("Förklaring", "Listor")
_SHOWN = 6


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file in which some sheet has exactly the columns of a table (optional ones may be missing)."""
    tables = [(sheet, table) for sheet in file.heads if (table := table_of(file, sheet))]
    if tables and not (list_sheet := _beside_a_roster(file, tables, profile)):
        return None
    if tables:
        return Refusal(f'bladet "{list_sheet}" är en EST-lista, med en bemanningslista bredvid')
    headings = next((sheet_headings for sheet in file.heads if (sheet_headings := _headings(sheet)[1])), [])
    if not headings:
        return Refusal("det finns ingen rubrikrad")
    table, missing, unknown = _nearest(headings)
    reasons = [f"{swedish.listing(missing)} saknas"] if missing else []
    reasons += [f"{swedish.listing(unknown)} är okänd{'a' if len(unknown) > 1 else ''}"] if unknown else []
    because = swedish.listing(reasons) or "samma rubrik står flera gånger"
    return Refusal(f"rubrikerna är ingen tabells; närmast är {table.name}, där {because}")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """Every table of the file. Sheets that are no table are set aside and counted.

    Raises SchemaError with every problem of every sheet, and where two sheets hold the same table.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    sheets: dict[str, Sheet] = {}
    rows_read = 0
    aside: list[SetAside] = []
    is_template = any(sheet.name in EXPLAINING_SHEETS for sheet in file.sheets)
    for sheet in file.sheets:
        table = table_of(file, sheet)
        if table is None:
            n_rows = 0 if sheet.name in EXPLAINING_SHEETS else sheet.n_filled
            aside += [SetAside(f'bladet "{sheet.name}" är ingen tabell', n_rows)] if n_rows else []
            rows_read += n_rows
            continue
        if table.name in tables:
            problems.append(Problem(file.where(sheet.name), f"tabellen {table.name} finns redan på ett annat blad."))
            continue
        try:
            tables[table.name] = read_sheet(file, sheet, table)
        except SchemaError as error:
            problems += error.problems
            continue
        rows_read += len(_row_numbers(sheet))
        sheets[table.name] = sheet
        if is_template:
            is_example = _is_example(tables[table.name], table)
            tables[table.name] = tables[table.name][~is_example]
            aside += [SetAside("är exempelraden i mallen", int(is_example.sum()))] if is_example.any() else []
    if problems:
        raise SchemaError(problems)
    rows_used = sum(map(len, tables.values()))
    doubts: list[Doubt] = []
    if "observations" in tables:
        where = _where(file, sheets["observations"])
        numbers = pd.Index(_row_numbers(sheets["observations"]), name="rad")
        rows = tables["observations"].pipe(lambda kept: kept.set_axis(numbers[kept.index]))
        observed, weeks, doubts = observations.settle(rows, where, profile, taxonomy)
        tables["observations"] = validate("observations", observed, file.name)
        rows_used += len(observed) + _n_zero(rows.drop(observed.index), weeks) - len(rows)
        if len(weeks):
            given = tables.get("reporting_weeks", weeks.head(0))
            tables["reporting_weeks"] = observations.strongest(pd.concat([given, weeks]))
    return Reading(tables, tuple(doubts), rows_read, tuple(aside), rows_used=rows_used)


def _beside_a_roster(file: RawFile, tables: list[tuple[Sheet, Table]], profile: Profile) -> str:
    """The EST list's sheet in a workbook whose only table is the roster of who was to report; "" where there is none."""
    if any(table is not TABLES["reporting_weeks"] for _, table in tables):
        return ""
    rosters = [sheet.name for sheet, _ in tables]
    others = [(sheet, est_headings.find(sheet, profile)) for sheet in file.heads if sheet.name not in rosters]
    return next((sheet.name for sheet, headings in others if headings and headings.is_est), "")


def table_of(file: RawFile, sheet: Sheet) -> Table | None:
    """The table whose columns the sheet has; by name of the sheet or file where several have them; None where none has."""
    _, headings = _headings(sheet)
    fitting = [table for table in TABLES.values() if _fits(table, headings)]
    named = [table for table in fitting if table.name in (_name(sheet.name), _name(PurePosixPath(file.name).stem))]
    # Of several that fit, the one with the fewest columns left empty says most exactly what the sheet is.
    return min(named or fitting, key=lambda table: (len(table.names) - len(headings), table.name), default=None)


def read_sheet(file: RawFile, sheet: Sheet, table: Table) -> pd.DataFrame:
    """The sheet as a validated table. Raises SchemaError with every problem, by row and column."""
    at, headings = _headings(sheet)
    filled = [
        (number, row) for number, row in zip(sheet.numbers[at + 1 :], sheet.rows[at + 1 :], strict=True) if _is_filled(row)
    ]
    cells = {
        name: [row[place] if place < len(row) else None for _, row in filled] for place, name in enumerate(headings) if name
    }
    longer = [number for number, row in filled if any(not is_blank(cell) for cell in row[len(headings) :])]
    if longer:
        raise SchemaError(
            Problem(file.where(sheet.name, longer), "raden har fler fält än rubrikraden.", f"{len(headings)} fält.")
        )
    index = pd.Index([number for number, _ in filled], name="rad", dtype="int64")
    dtype = "object" if file.is_workbook else "str"
    frame = pd.DataFrame({name: pd.Series(column, index, dtype=dtype) for name, column in cells.items()}, index=index)
    return validate(table.name, frame, file.where(sheet.name))


def _n_zero(rows: pd.DataFrame, weeks: pd.DataFrame) -> int:
    """How many of the zero reports stand among the reporting weeks."""
    told = set(zip(weeks["organisation"], weeks["week"], strict=True))
    return sum(key in told for key in zip(rows["organisation"], observations.iso_week(rows["date"]), strict=True))


def _is_example(rows: pd.DataFrame, table: Table) -> pd.Series[bool]:
    """Which rows are the template's example, left in the file when it was filled in."""
    example = validate(table.name, pd.DataFrame([{column.name: column.example for column in table.columns}]), "mall").iloc[0]
    return (rows.eq(example) | (rows.isna() & example.isna())).all(axis=1)


def _row_numbers(sheet: Sheet) -> list[int]:
    """The row number of every data row."""
    start = _headings(sheet)[0] + 1
    return [number for number, row in zip(sheet.numbers[start:], sheet.rows[start:], strict=True) if _is_filled(row)]


def _where(file: RawFile, sheet: Sheet) -> observations.Where:
    return lambda rows, column: file.where(sheet.name, rows, column)


def _headings(sheet: Sheet) -> tuple[int, list[str]]:
    """Place and names of the first row with anything in it that looks like headings; trailing empty cells left out."""
    for at, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN]):
        if _is_filled(row):
            names = ["" if is_blank(cell) else str(cell).strip().lower() for cell in row]
            while names and not names[-1]:
                names.pop()
            return at, names
    return 0, []


def _fits(table: Table, headings: list[str]) -> bool:
    required = {column.name for column in table.columns if not column.is_optional}
    return len(set(headings)) == len(headings) and required <= set(headings) <= set(table.names)


def _nearest(headings: list[str]) -> tuple[Table, list[str], list[str]]:
    """The table that shares most columns with the headings, the required ones that are missing and the unknown ones."""
    given = {name for name in headings if name}

    def likeness(table: Table) -> tuple[int, int]:
        return len(given & set(table.names)), -len(given ^ set(table.names))

    table = max(TABLES.values(), key=likeness)
    missing = [column.name for column in table.columns if not column.is_optional and column.name not in given]
    unknown = [f'"{name[:40]}"' for name in headings if name and name not in table.names]
    more = [f"{len(unknown) - _SHOWN} till"] if len(unknown) > _SHOWN else []
    return table, missing, unknown[:_SHOWN] + more


def _is_filled(row: list[object]) -> bool:
    return any(not is_blank(cell) for cell in row)


def _name(text: str) -> str:
    return text.strip().lower().replace(" ", "_").replace("-", "_")
