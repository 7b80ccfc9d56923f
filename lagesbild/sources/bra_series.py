"""Long series made of Brå's SOL tables by a public copy: ``kommun;period;key;count;per100k;preliminary``.

The period is a year ("2025") or a quarter ("2025K1"). The contract has no quarter: four make a year, fewer are set aside.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_sol
from lagesbild.sources.bra import facts as bra_facts
from lagesbild.sources.bra import sol_checks as checks
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.files.sheet import Sheet, is_blank
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import parse_figures
from lagesbild.taxonomy import Taxonomy

NAME = "Brå, serie per kommun"
LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("bra_series.toml").read_text("utf-8"))
COLUMNS: dict[str, list[str]] = LAYOUT["columns"]
_KNOWN = {name: column for column, names in COLUMNS.items() for name in names}
_OPTIONAL = {"preliminary"}
_PERIOD = re.compile(r"((?:19|20)\d{2})(?:\.0)?(?:\s*[KkQq]([1-4]))?")
_QUOTED = 40


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file with a sheet that has exactly the headings of the series; else why not."""
    if any(_places(sheet) for sheet in file.heads):
        return None
    return Refusal(f'rubrikerna är inte "{";".join(names[0] for names in COLUMNS.values())}"')


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The series as reported_offences: one row per kommun, group and year.

    Keys without a label of Brå's are set aside and doubted. Raises SourceError with every problem of the file: unknown
    kommuner, periods and figures, rows cut short, counts and rates that no population could explain.
    """
    sheet = next(sheet for sheet in file.sheets if _places(sheet))
    others = [other for other in file.sheets if other is not sheet and other.n_filled]
    aside = [SetAside(f'bladet "{other.name}" används inte', other.n_filled) for other in others]
    cells, problems = _cells(file, sheet)
    labels = cells["key"].str.strip().map(LAYOUT["keys"]).astype("str")
    unknown = labels.isna() & cells["key"].str.strip().ne("")
    aside += [SetAside("har en okänd nyckel", int(unknown.sum()))] if unknown.any() else []
    frame, unreadable = _frame(file, sheet, cells[~unknown], labels[~unknown], taxonomy)
    problems += unreadable
    if not problems:
        problems = checks.population(file, frame, bra_sol.LAYOUT["population"], sheet.name)
    if problems:
        raise SourceError(problems)
    facts = bra_facts.settle(file, frame, sheet.name)
    n_others = sum(other.n_filled for other in others)
    return Reading(
        {"reported_offences": facts.table},
        (*_unknown_keys(file, sheet, cells[unknown]), *facts.doubts, *checks.without_counts(file, facts.table)),
        len(cells) + n_others,
        (*facts.set_aside, *aside),
        is_validated=False,
        rows_used=facts.rows_used,
    )


def _places(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Where the headings are, and each column's place; None for another table."""
    first = next((at for at, row in enumerate(sheet.rows) if not all(map(is_blank, row))), None)
    if first is None:
        return None
    headings = [str(cell).strip().lower() for cell in sheet.rows[first] if not is_blank(cell)]
    places = {_KNOWN[name]: at for at, name in enumerate(headings) if name in _KNOWN}
    is_whole = set(COLUMNS) - set(places) <= _OPTIONAL and len(places) == len(headings)
    return (first, places) if is_whole else None


def _cells(file: RawFile, sheet: Sheet) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows as cells, text but for the figures; index "rad". The last field may be missing where it is empty."""
    start, places = _places(sheet) or (0, {})
    pairs = zip(sheet.numbers[start + 1 :], sheet.rows[start + 1 :], strict=True)
    rows = [(number, row) for number, row in pairs if not all(map(is_blank, row))]
    problems = []
    if not rows:
        problems.append(Problem(file.where(sheet.name), "filen har rubriker men inga rader.", action=checks.EXPORT_AGAIN))
    least = 1 + max((at for name, at in places.items() if name not in _OPTIONAL), default=0)
    uneven = [number for number, row in rows if len(row) < least or any(not is_blank(cell) for cell in row[len(places) :])]
    if uneven:
        what = f"{'raden' if len(uneven) == 1 else 'raderna'} har inte lika många fält som rubrikerna."
        action = "Filen kan vara avklippt. Hämta den på nytt."
        problems.append(Problem(file.where(sheet.name, uneven), what, f"{len(places)} fält.", action))
    columns = {name: [row[at] if at < len(row) else "" for _, row in rows] for name, at in places.items()}
    columns.setdefault("preliminary", [""] * len(rows))
    frame = pd.DataFrame(columns, pd.Index([number for number, _ in rows], name="rad", dtype="int64"), dtype="object")
    texts = {name: frame[name].map(_text).astype("str") for name in ("kommun", "period", "key", "preliminary")}
    return frame.assign(**texts), problems


def _text(cell: object) -> str:
    """A cell as text; a workbook keeps a code or a year as a number."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else "" if cell is None else str(cell).strip()


def _frame(
    file: RawFile, sheet: Sheet, cells: pd.DataFrame, labels: pd.Series, taxonomy: Taxonomy
) -> tuple[pd.DataFrame, list[Problem]]:
    """The cells as facts (``bra_facts``), and those that could not be read."""
    code = cells["kommun"].map({text: _code(text, taxonomy) for text in cells["kommun"].unique()}).astype("str")
    period = cells["period"].str.extract(rf"^{_PERIOD.pattern}$").set_axis(["year", "quarter"], axis=1)
    count, rate = parse_figures(cells["count"]), parse_figures(cells["rate"])
    mark = cells["preliminary"].str.lower()
    faults = {
        "kommun": (code.isna(), "en kommunkod med fyra siffror, som 1493."),
        "period": (period["year"].isna(), "ett år eller kvartal, som 2025 eller 2025K1."),
        "key": (labels.isna(), "en nyckel, som total."),
        "count": (~count["is_readable"] | count["value"].mod(1).gt(0) | count["value"].lt(0), "ett heltal."),
        "rate": (~rate["is_readable"] | rate["value"].lt(0), "ett tal."),
        "preliminary": (~mark.isin([*LAYOUT["preliminary"]["yes"], *LAYOUT["preliminary"]["no"]]), "1 eller tomt."),
    }
    problems = [
        problem for name, (wrong, wanted) in faults.items() for problem in _faulty(file, sheet, cells, name, wrong, wanted)
    ]
    if problems:
        return pd.DataFrame(), problems
    frame = pd.DataFrame(
        {
            "kommunkod": code,
            "offence": labels,
            "key_type": pd.Series("group", cells.index, dtype="str"),
            "year": period["year"].astype("int64"),
            "month": pd.array([pd.NA] * len(cells), dtype="Int64"),
            "quarter": period["quarter"].astype("Int64"),
            "count": count["value"].astype("Int64"),
            "rate_per_100k": rate["value"],
            "missing": count["missing"].where(rate["value"].isna()),
            "status": mark.isin(LAYOUT["preliminary"]["yes"]).map({True: "preliminary", False: "final"}).astype("str"),
        }
    )
    return bra_facts.with_keys(frame), []


def _code(text: str, taxonomy: Taxonomy) -> str | None:
    """The kommunkod, with a leading zero that a spreadsheet lost; None for what is no kommun."""
    return taxonomy.kommunkod(text.zfill(4) if text.isdigit() else text)


def _faulty(
    file: RawFile, sheet: Sheet, cells: pd.DataFrame, column: str, is_wrong: pd.Series, expected: str
) -> Iterator[Problem]:
    """One problem per distinct faulty cell of a column, with its rows."""
    wrong = cells.loc[is_wrong.fillna(False).astype("bool"), column].map(_text).astype("str")
    for value, rows in sorted(wrong.groupby(wrong, observed=True).groups.items()):
        where = file.where(sheet.name, [int(row) for row in rows], COLUMNS[column][0])
        found = f'"{str(value)[:_QUOTED]}" kan inte stå här.' if value else "cellen är tom."
        yield Problem(where, found, expected)


def _unknown_keys(file: RawFile, sheet: Sheet, cells: pd.DataFrame) -> tuple[Doubt, ...]:
    """A doubt about the keys that no label of Brå's is known for."""
    if cells.empty:
        return ()
    keys = sorted({f'"{key[:_QUOTED]}"' for key in cells["key"]})
    shown = keys if len(keys) <= 5 else [*keys[:5], f"{len(keys) - 5} till"]
    what = f"{swedish.plural(len(cells), 'rad har', 'rader har')} en okänd nyckel i kolumnen key: {swedish.listing(shown)}."
    action = f"De är undantagna. Kända nycklar är {swedish.listing(sorted(LAYOUT['keys']))}."
    where = file.where(sheet.name, [int(row) for row in cells.index], "key")
    return (Doubt("okand_nyckel", where, what, action, len(cells)),)
