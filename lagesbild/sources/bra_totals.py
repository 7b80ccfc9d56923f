"""Brå's open annual list "Anmälda brott i kommunerna": kommun, count and rate of all offences, without the year.

Three forms: headings ``Kommun;Antal;Per 100 000 inv.`` (2023–), none at all (2021), or those of a republished copy. Names
with or without "kommun", in the genitive, with an en dash; thousands with spaces; parts of cities among the kommuner.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import PurePosixPath

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_sol
from lagesbild.sources.bra import facts as bra_facts
from lagesbild.sources.bra import kommuner as bra_kommuner
from lagesbild.sources.bra import sol_checks as checks
from lagesbild.sources.card import SUFFIX, published, read_card
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.files.sheet import Sheet, is_blank
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import parse_figure, parse_figures
from lagesbild.taxonomy import Taxonomy

NAME = "Brå, anmälda brott per kommun"
LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("bra_totals.toml").read_text("utf-8"))
COLUMNS: dict[str, list[str]] = LAYOUT["columns"]
_KNOWN = {" ".join(name.split()).casefold(): column for column, names in COLUMNS.items() for name in names}
_NAMES = {"kommun": "Kommun", "count": "Antal", "rate": "Per 100 000 inv."}
_NAME = re.compile(r"[^\W\d_][^\d;]*")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?![\d]|-\d)")
_QUOTED = 40


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a table of three columns with the known headings, or without any: names of kommuner and two whole numbers."""
    if any(_start(sheet) is not None for sheet in file.heads):
        return None
    return Refusal(f'rubrikerna är inte "{";".join(_NAMES.values())}", och raderna är inte kommun och två tal')


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The list as reported_offences: one row per kommun, "Totalt antal brott", the year of the source card.

    Raises SourceError with every problem of the file: no year to be found, rows cut short, cells that are no figures, unknown
    kommuner, counts and rates that no population could explain.
    """
    sheet = next(sheet for sheet in file.sheets if _start(sheet) is not None)
    others = [other for other in file.sheets if other is not sheet and other.n_filled]
    aside = [SetAside(f'bladet "{other.name}" används inte', other.n_filled) for other in others]
    cells, problems = _cells(file, sheet)
    year, status, doubts, unknown_year = _dated(file)
    problems += unknown_year
    regions = bra_kommuner.resolve(file, cells["kommun"], taxonomy, _NAMES["kommun"], sheet.name)
    frame, unreadable = _frame(file, sheet, cells[regions.kommunkod.notna()], regions.kommunkod.dropna(), year, status)
    problems += [*regions.problems, *unreadable]
    if not problems:
        problems = checks.population(file, frame, bra_sol.LAYOUT["population"], sheet.name)
    if problems:
        raise SourceError(problems)
    facts = bra_facts.settle(file, frame, sheet.name)
    return Reading(
        {"reported_offences": facts.table},
        (*regions.doubts, *doubts, *facts.doubts, *_whole_country(file, facts.table, taxonomy)),
        len(cells) + sum(item.n_rows for item in aside),
        (*regions.set_aside, *facts.set_aside, *aside),
        is_validated=False,
        rows_used=facts.rows_used,
    )


def _start(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Where the data rows begin and where the columns are; None for another table."""
    first = next((at for at, row in enumerate(sheet.rows) if not all(map(is_blank, row))), None)
    if first is None:
        return None
    headings = _trimmed(sheet.rows[first])
    places = {_KNOWN[name]: at for at, cell in enumerate(headings) if (name := _heading(cell)) in _KNOWN}
    if len(places) == len(COLUMNS) == len(headings):
        return first + 1, places
    rows = [_trimmed(row) for row in sheet.rows[first:] if not all(map(is_blank, row))]
    sound = [row for row in rows if _is_data(row)]
    is_bare = _is_data(rows[0]) and len(sound) >= 0.9 * len(rows)
    has_kommun = any(str(row[0]).strip().endswith(" kommun") for row in sound)
    return (first, {"kommun": 0, "count": 1, "rate": 2}) if is_bare and has_kommun else None


def _trimmed(row: list[object]) -> list[object]:
    """The row without empty cells at its end."""
    width = max((at for at, cell in enumerate(row, start=1) if not is_blank(cell)), default=0)
    return row[:width]


def _heading(cell: object) -> str:
    return " ".join(str(cell).split()).casefold()


def _is_data(row: list[object]) -> bool:
    """Whether the row is a name and two figures."""
    try:
        figures = [parse_figure(cell) for cell in row[1:]]
    except ValueError:
        return False
    return len(figures) == 2 and isinstance(row[0], str) and bool(_NAME.fullmatch(row[0].strip()))


def _cells(file: RawFile, sheet: Sheet) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows as cells kommun, count, rate, index "rad"; the rows that are not whole."""
    start, places = _start(sheet) or (0, {})
    pairs = zip(sheet.numbers[start:], sheet.rows[start:], strict=True)
    rows = [(number, _trimmed(row)) for number, row in pairs if not all(map(is_blank, row))]
    problems = []
    if not rows:
        problems.append(Problem(file.where(sheet.name), "filen har rubriker men inga rader.", action=checks.EXPORT_AGAIN))
    if uneven := [number for number, row in rows if len(row) != len(COLUMNS)]:
        what = f"{'raden' if len(uneven) == 1 else 'raderna'} har inte tre fält. Filen kan vara avklippt."
        problems.append(
            Problem(file.where(sheet.name, uneven), what, "kommun, antal och tal per 100 000.", checks.EXPORT_AGAIN)
        )
    columns = {name: [row[at] if at < len(row) else "" for _, row in rows] for name, at in places.items()}
    frame = pd.DataFrame(columns, pd.Index([number for number, _ in rows], name="rad", dtype="int64"), dtype="object")
    return frame.assign(kommun=frame["kommun"].astype("str")), problems


def _frame(
    file: RawFile, sheet: Sheet, cells: pd.DataFrame, kommun: pd.Series, year: int, status: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """The cells as facts (``bra_facts``), and those that are no figures."""
    count, rate = parse_figures(cells["count"]), parse_figures(cells["rate"])
    is_wrong = {
        "count": ~count["is_readable"] | count["value"].mod(1).gt(0) | count["value"].lt(0),
        "rate": ~rate["is_readable"] | rate["value"].lt(0),
    }
    problems = [
        Problem(
            file.where(sheet.name, int(str(row)), _NAMES[column]),
            f'"{str(cells.loc[row, column])[:_QUOTED]}" är ingen siffra.',
            "ett tal, eller två punkter.",
        )
        for column, wrong in is_wrong.items()
        for row in cells.index[wrong]
    ]
    if problems:
        return pd.DataFrame(), problems
    frame = pd.DataFrame(
        {
            "kommunkod": kommun,
            "offence": LAYOUT["figure"]["offence"],
            "key_type": "group",
            "year": year,
            "month": pd.array([pd.NA] * len(cells), dtype="Int64"),
            "count": count["value"].astype("Int64"),
            "rate_per_100k": rate["value"],
            "missing": count["missing"],
            "status": status,
        }
    ).astype({"offence": "str", "key_type": "str", "status": "str"})
    return bra_facts.with_keys(frame), []


def _dated(file: RawFile) -> tuple[int, str, tuple[Doubt, ...], list[Problem]]:
    """Year and status of the figures, with what is doubtful about them; a problem where there is no year.

    The year is the one in the card's title; else the one in the file's name, or the year before the publication: both doubted.
    """
    card, base = read_card(file), PurePosixPath(file.name).name
    title = str(card.get("title", ""))
    told = {int(year) for year in _YEAR.findall(title)}
    named = {int(year) for year in _YEAR.findall(base)}
    before = int(published(card)[:4]) - 1 if published(card) else None
    status, doubts = _status(file, f"{card.get('status', '')} {title}")
    if len(told) == 1:
        return told.pop(), status, doubts, []
    action = f'Skriv året i källkortets titel ({base}{SUFFIX}), som title = "Anmälda brott i kommunerna 2025".'
    if len(named) == 1:
        year, why = named.pop(), "Året är taget ur filens namn, eftersom källkortet inte säger vilket år siffrorna gäller"
    elif before:
        year, why = before, f"Året är gissat som året före publiceringen ({before + 1})"
    else:
        what = "filen säger inte vilket år siffrorna gäller, och det gör inte heller källkortet."
        return 0, status, doubts, [Problem(file.name, what, "ett år i källkortets titel.", action)]
    return year, status, (*doubts, Doubt("ar_ur_namn", file.name, f"{why}: {year}.", action)), []


def _status(file: RawFile, text: str) -> tuple[str, tuple[Doubt, ...]]:
    """Final or preliminary as the card says; preliminary, in doubt, where it does not: a final figure is never replaced."""
    if re.search(LAYOUT["status"]["preliminary"], text, re.IGNORECASE):
        return "preliminary", ()
    if re.search(LAYOUT["status"]["final"], text, re.IGNORECASE):
        return "final", ()
    what = "källkortet säger inte om siffrorna är slutliga eller preliminära."
    action = 'De räknas som preliminära. Skriv status = "slutlig" i källkortet om de är det.'
    return "preliminary", (Doubt("status_saknas", file.name, what, action),)


def _whole_country(file: RawFile, table: pd.DataFrame, taxonomy: Taxonomy) -> tuple[Doubt, ...]:
    """A doubt where kommuner are missing: Brå's list has all of them."""
    n_all = len(taxonomy.kommuner)
    missing = taxonomy.kommuner[~taxonomy.kommuner["kommunkod"].isin(table["kommunkod"])]
    if missing.empty:
        return ()
    names = sorted(missing["name"])
    shown = names if len(names) <= 5 else [*names[:5], f"{len(names) - 5} till"]
    what = f"{swedish.number(len(missing))} av landets {swedish.number(n_all)} kommuner saknas: {swedish.listing(shown)}."
    action = "Brås lista har alla. Hämta den på nytt om den inte är kortad med avsikt."
    return (Doubt("ofullstandig_fil", file.name, what, action, len(missing), len(missing) / n_all),)
