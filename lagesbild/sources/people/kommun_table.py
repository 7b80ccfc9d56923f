"""A sheet with a heading row and a kommun in every row: its cells as columns, its kommuner as codes, its figures as numbers."""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Problem
from lagesbild.sources.files.file import RawFile, Sheet, is_blank
from lagesbild.sources.reading import SetAside
from lagesbild.tables import parse_figures
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

_LOOK_FOR_HEADINGS_IN = 10
_LONGEST_QUOTE = 40
#: Regions of official tables that are no kommun: the country (00), the län (two digits), totals.
_NOT_A_KOMMUN = re.compile(
    r"(\d{2}(\s.*)?|riket|hela riket|hela landet|sverige|totalt?|totaler|summa|.+ län|.+ county|okän[dt].*)", re.IGNORECASE
)
OTHER_REGION = "gäller ett annat område än en kommun"


def head_of(sheet: Sheet, wanted: Collection[str]) -> int | None:
    """The place of the first of ten rows that has all the wanted headings (folded); None where none has."""
    for at, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN]):
        if set(wanted) <= {fold(cell) for cell in row if isinstance(cell, str)}:
            return at
    return None


def cells_of(sheet: Sheet, head: int) -> pd.DataFrame:
    """The rows below the headings that hold more than a footnote, cells as they stand ("" where blank).

    Columns are folded headings (of equal ones the first), index "rad" the row number in the file.
    """
    names = [fold(cell) if isinstance(cell, str) else "" for cell in sheet.rows[head]]
    places = {name: at for at, name in reversed(list(enumerate(names))) if name}
    pairs = zip(sheet.numbers[head + 1 :], sheet.rows[head + 1 :], strict=True)
    kept = [(number, row) for number, row in pairs if sum(not is_blank(cell) for cell in row) > 1]
    index = pd.Index([number for number, _ in kept], name="rad", dtype="int64")
    columns = {name: [_cell(row, at) for _, row in kept] for name, at in sorted(places.items(), key=lambda item: item[1])}
    return pd.DataFrame({name: pd.Series(column, index, dtype="object") for name, column in columns.items()}, index=index)


def kommuner(
    file: RawFile, sheet: str, codes: pd.Series | None, names: pd.Series | None, taxonomy: Taxonomy
) -> tuple[pd.Series, list[Problem]]:
    """The kommunkod of every row, "" where the region is no kommun; problems for unknown kommuner and for a code and a name
    that are not the same kommun. A code that lost its leading zero gets it back. At least one of codes and names is given.
    """
    given = codes if codes is not None else names
    index = pd.Index([]) if given is None else given.index
    pairs = pd.DataFrame(
        {
            "code": pd.Series("", index, dtype="str") if codes is None else codes.map(_text),
            "name": pd.Series("", index, dtype="str") if names is None else names.map(_text),
        }
    )
    known = set(taxonomy.kommuner["kommunkod"])
    found: dict[tuple[str, str], str] = {}
    problems = []
    written = list(zip(pairs["code"].tolist(), pairs["name"].tolist(), strict=True))
    for code, name in dict.fromkeys(written):
        found[code, name], what, action = _resolved(code, name, known, taxonomy)
        if what:
            rows = [int(row) for row, pair in zip(index, written, strict=True) if pair == (code, name)]
            problems.append(Problem(file.where(sheet, rows), what, action=action))
    return pd.Series([found[pair] for pair in written], index, dtype="str"), problems


def figures(
    file: RawFile, sheet: str, column: str, cells: pd.Series, expected: str = "ett tal."
) -> tuple[pd.Series, list[Problem]]:
    """The cells as float64, empty where a mark such as ``..`` or NA or nothing stands; problems for any other text."""
    parsed = parse_figures(cells.mask(cells.isin(["NA", "N/A", "NaN"]), ""))
    unreadable = cells[~parsed["is_readable"]].map(lambda cell: _text(cell)[:_LONGEST_QUOTE])
    problems = [
        Problem(file.where(sheet, [int(row) for row in rows], column), f'"{written}" är inget tal.', expected)
        for written, rows in unreadable.groupby(unreadable, sort=False).groups.items()
    ]
    return parsed["value"], problems


def years(file: RawFile, sheet: str, column: str, cells: pd.Series) -> tuple[pd.Series, list[Problem]]:
    """The cells as whole years (0 where one is wrong), and a problem for each text that is no year from 1900 to 2100."""
    value, problems = figures(file, sheet, column, cells, "ett år, som 2025.")
    is_wrong = (value.isna() | value.mod(1).ne(0) | ~value.between(1900, 2100)) & ~_blamed(problems, value.index)
    if is_wrong.any():
        rows = [int(row) for row in value.index[is_wrong]]
        problems.append(Problem(file.where(sheet, rows, column), "cellen är inget år.", "ett år, som 2025."))
    return value.where(value.between(1900, 2100) & value.mod(1).eq(0), 0).astype("int64"), problems


def conflicts(file: RawFile, sheet: str, rows: pd.DataFrame, what: str) -> list[Problem]:
    """A problem for each kommun and year that has several figures. rows: kommunkod, year, value; index "rad"."""
    repeated = rows[rows.duplicated(["kommunkod", "year"], keep=False)]
    return [
        Problem(
            file.where(sheet, [int(row) for row in its.index]),
            f"kommun {code} har flera olika {what} {year}."
            if its["value"].ne(its["value"].iloc[0]).any()
            else f"kommun {code} står två gånger {year}.",
            "en rad per kommun och år.",
        )
        for (code, year), its in repeated.groupby(["kommunkod", "year"])
    ]


def other_sheets(file: RawFile, used: Collection[str]) -> list[SetAside]:
    """The filled rows of the sheets that are not read."""
    return [
        SetAside(f'bladet "{sheet.name}" används inte', sheet.n_filled)
        for sheet in file.sheets
        if sheet.name not in used and sheet.n_filled
    ]


def _blamed(problems: list[Problem], index: pd.Index) -> pd.Series:
    rows = {row for problem in problems for row in getattr(problem.where, "rows", ())}
    return pd.Series(index.isin(list(rows)), index)


def _resolved(code: str, name: str, known: set[str], taxonomy: Taxonomy) -> tuple[str, str, str]:
    """kommunkod (or ""), what is wrong (or ""), and what to do."""
    if _NOT_A_KOMMUN.fullmatch(name or code) or (not name and not code):
        return "", "", ""
    full = code.zfill(4) if re.fullmatch(r"\d{3,4}", code, re.ASCII) else ""
    named = taxonomy.kommunkod(name) if name else None
    if full in known and named in (full, None) and not (name and named is None):
        return full, "", ""
    if named and not code:
        return named, "", ""
    if full in known and named:
        what = f"kommunkod {full} står på samma rad som {name[:_LONGEST_QUOTE]}, som har {named}."
        return "", what, "Raderna kan ha förskjutits. Hämta tabellen på nytt."
    if full and full not in known:
        return "", f'"{full}" är ingen kommunkod.', "Kontrollera koden hos SCB."
    near = taxonomy.nearest(name, taxonomy.kommuner["name"])
    hint = f"Närmast: {swedish.listing(near, 'eller')}." if near else "Skriv kommunens namn som SCB gör."
    return "", f'"{(name or code)[:_LONGEST_QUOTE]}" är ingen känd kommun.', hint


def _cell(row: list[object], at: int) -> object:
    return row[at] if at < len(row) and not is_blank(row[at]) else ""


def _text(cell: object) -> str:
    """A cell as one line of text, whole numbers without decimals."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())
