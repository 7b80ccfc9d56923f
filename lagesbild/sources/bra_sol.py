"""Brå's "Databasfil" from Statistik över anmälda brott (SOL), monthly and annual, one row per region, offence and period.

ISO-8859-1 or UTF-8; six headings but seven fields, since every row ends with a semicolon. Annual exports write "År" in the
column År and the year in Period. A running year is written "2026 prel.". ``..`` stands where a parent of the
chosen offence is echoed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib import resources

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import bra_sol_checks as checks
from lagesbild.sources.file import RawFile
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.tables import TABLES, parse_figures, parse_year
from lagesbild.taxonomy import Taxonomy

NAME = "Brå Databasfil"
LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("bra_sol.toml").read_text("utf-8"))
COLUMNS: dict[str, str] = LAYOUT["columns"]
_NOT_A_KOMMUN = re.compile("|".join(LAYOUT["not_a_kommun"]["patterns"]))
_CODE_ROW = re.compile(r"(\d{4}) - .+")


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a text file whose first line holds the six headings, in whatever order; else why not."""
    if file.is_workbook:
        return Refusal("en Databasfil är en textfil, det här är en Excelfil")
    first = next((line for line in file.text[:10_000].split("\n") if line.strip()), "")
    if _positions(_headings(first)) is None:
        return Refusal(f'första raden är inte "{";".join(COLUMNS.values())}"')
    return None


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """All kommuner of the file as reported_offences. Counts are whole; rates per 100 000 and period, as Brå rounded them.

    Raises SourceError with every problem of the file: letters lost to a wrong encoding, rows with too few or too many fields, a
    last line that was cut, unknown years, periods, figures or kommuner, counts and rates that no population could explain.
    """
    (_, first), *body = _lines(file)
    positions = _positions(_headings(first)) or {}
    rows, problems = checks.split(file, first, body)
    cells = _cells(rows, positions)
    spoilt = checks.letters(file, cells)
    if spoilt:
        raise SourceError(problems + spoilt)  # with spoilt names every kommun would also be unknown
    kommun, aside, unknown = _kommuner(file, cells, taxonomy)
    problems += unknown
    is_kommun = kommun.notna()
    frame, unreadable = _frame(file, cells[is_kommun], kommun[is_kommun])
    problems += unreadable
    if not problems:
        problems = checks.population(file, frame, LAYOUT["population"])
    if problems:
        raise SourceError(problems)
    frame, repeated, doubts = _unrepeated(file, frame)
    doubts += checks.completeness(file, frame, taxonomy)
    set_aside = tuple(item for item in (*aside, *repeated) if item.n_rows)
    table = frame[TABLES["reported_offences"].names]
    return Reading({"reported_offences": table}, doubts, len(rows), set_aside, is_validated=False)


def _lines(file: RawFile) -> list[tuple[int, str]]:
    """Row number and text of every line that holds anything."""
    return [(number, line) for number, line in enumerate(file.text.split("\n"), start=1) if line.strip()]


def _headings(line: str) -> list[str]:
    names = [name.strip().strip('"') for name in line.split(";")]
    return names[:-1] if names and not names[-1] else names


def _positions(headings: list[str]) -> dict[str, int] | None:
    """Column -> its place in the row; None unless exactly the six headings are there."""
    known = {heading: name for name, heading in COLUMNS.items()}
    places = {known[heading]: at for at, heading in enumerate(headings) if heading in known}
    spoilt = [at for at, heading in enumerate(headings) if heading not in known and heading.endswith("r")]
    if "year" not in places and len(spoilt) == 1 and len(headings[spoilt[0]]) <= 5:  # "Ã…r" in a wrong encoding
        places["year"] = spoilt[0]
    return places if len(places) == len(COLUMNS) == len(headings) else None


def _cells(rows: list[tuple[int, list[str]]], positions: dict[str, int]) -> pd.DataFrame:
    """The cells as stripped text, all but the figures as categories; an annual export's year is put in its own column.

    Index "rad" is the row number in the file. ``period`` is "År" for a whole year.
    """
    fields = list(zip(*(row for _, row in rows), strict=True)) or [()] * len(positions)
    columns = {name: [cell.strip() for cell in fields[at]] for name, at in positions.items()}
    annual = LAYOUT["words"]["annual"]
    if annual in columns["year"]:
        pairs = zip(columns["year"], columns["period"], strict=True)
        turned = [(period, annual) if year == annual else (year, period) for year, period in pairs]
        columns |= {"year": [year for year, _ in turned], "period": [period for _, period in turned]}
    figures = {name: pd.array(columns[name], dtype="str") for name in ("count", "rate")}
    named = {name: _categorical(columns[name]) for name in ("region", "offence", "year", "period")}
    return pd.DataFrame({**named, **figures}, index=pd.Index([number for number, _ in rows], name="rad"))


def _categorical(cells: list[str]) -> pd.Categorical:
    names = sorted(set(cells))
    codes = {name: code for code, name in enumerate(names)}
    dtype: pd.CategoricalDtype = pd.CategoricalDtype(names)
    return pd.Categorical.from_codes(np.array([codes[cell] for cell in cells], dtype="int32"), dtype=dtype)


def _kommuner(file: RawFile, cells: pd.DataFrame, taxonomy: Taxonomy) -> tuple[pd.Series, list[SetAside], list[Problem]]:
    """The kommunkod of every row (missing: not one), the rows set aside, and the regions that are neither."""
    bases = {
        f"{name} kommun": code for code, name in zip(taxonomy.kommuner["kommunkod"], taxonomy.kommuner["name"], strict=True)
    }
    regions = [str(region) for region in cells["region"].cat.categories]
    other = [region for region in regions if _NOT_A_KOMMUN.fullmatch(region)]
    codes = {region: bases.get(region) or taxonomy.kommunkod(region) for region in regions if region not in other}
    unknown = []
    for region in (region for region, code in codes.items() if not code):
        near = taxonomy.nearest(region.removesuffix(" kommun"), taxonomy.kommuner["name"])
        hint = f"Närmast: {swedish.listing(near, 'eller')}." if near else "Kontrollera hur Brå skriver kommunens namn."
        where = file.where(rows=list(cells.index[cells["region"].eq(region)]), column=COLUMNS["region"])
        unknown.append(Problem(where, f'"{region}" är ingen känd kommun.', action=hint))
    aside = SetAside("gäller ett annat område än en kommun", int(cells["region"].isin(other).sum()))
    return _mapped(cells["region"], codes), [aside], unknown


def _mapped(cells: pd.Series, meaning: Mapping[str, object], dtype: str = "str") -> pd.Series:
    """Every cell's meaning, looked up once per category; empty where it has none."""
    meanings = pd.Series([meaning.get(str(category)) for category in cells.cat.categories], dtype=dtype)
    return meanings.take(cells.cat.codes.to_numpy()).set_axis(cells.index)


def _frame(file: RawFile, cells: pd.DataFrame, kommun: pd.Series) -> tuple[pd.DataFrame, list[Problem]]:
    """The rows as columns of reported_offences, and the cells that could not be read."""
    known = {str(year): _year(str(year)) for year in cells["year"].cat.categories}
    year = _mapped(cells["year"], {text: parsed and parsed[0] for text, parsed in known.items()}, "Int64")
    month = _mapped(cells["period"], LAYOUT["months"], "Int64")
    is_annual = cells["period"].eq(LAYOUT["words"]["annual"])
    label = cells["offence"]
    codes = {str(name): found[1] for name in label.cat.categories if (found := _CODE_ROW.fullmatch(str(name)))}
    count, rate = _figures(cells["count"]), _figures(cells["rate"])
    is_rate_only = count["value"].isna() & count["is_readable"] & rate["value"].notna()
    is_count_only = count["value"].notna() & rate["missing"].eq("not_collected")
    faults = (
        ("year", year.isna(), "ett år, som 2025, med eller utan prel. efter."),
        ("period", month.isna() & ~is_annual, f"en månad: {', '.join(LAYOUT['months'])}."),
        ("count", ~count["is_readable"] | count["value"].mod(1).gt(0) | count["value"].lt(0), "ett heltal, eller två punkter."),
        ("rate", ~rate["is_readable"] | rate["value"].lt(0), "ett tal, eller två punkter."),
        ("rate", is_rate_only | is_count_only, "tal i både Antal och /100 000 inv, eller två punkter i båda."),
        ("offence", label.eq(""), "en brottsgrupp eller ett brott."),
    )
    problems = [
        problem for column, is_wrong, expected in faults for problem in checks.faulty(file, cells, column, is_wrong, expected)
    ]
    if problems:
        return pd.DataFrame(), problems
    kinds = {str(name): "code" if name in codes else "group" for name in label.cat.categories}
    frame = pd.DataFrame(
        {
            "kommunkod": kommun,
            "offence": _mapped(label, {str(name): codes.get(str(name), str(name)) for name in label.cat.categories}),
            "key_type": _mapped(label, kinds),
            "year": year.astype("int64"),
            "month": month,
            "count": count["value"].astype("Int64"),
            "rate_per_100k": rate["value"],
            "missing": count["missing"],
            "status": _mapped(cells["year"], {text: parsed and parsed[1] for text, parsed in known.items()}),
            checks.FACT: _facts(cells, {str(name): codes.get(str(name), str(name)) for name in label.cat.categories}),
            checks.KOMMUN_YEAR: kommun.astype("int64") * 10_000 + year.astype("int64"),
        }
    )
    return frame, []


def _facts(cells: pd.DataFrame, offences: Mapping[str, str]) -> pd.Series:
    """A whole number per offence, year and period."""
    offence = pd.factorize(np.array([offences[str(name)] for name in cells["offence"].cat.categories], dtype="object"))[0]
    years, periods = cells["year"].cat, cells["period"].cat
    code = offence[cells["offence"].cat.codes.to_numpy()] * len(years.categories) + years.codes.to_numpy()
    return pd.Series(code * len(periods.categories) + periods.codes.to_numpy(), cells.index)


def _figures(cells: pd.Series) -> pd.DataFrame:
    """``parse_figures``, with a short cut for a column of whole numbers only."""
    is_plain = bool(cells.str.isdigit().all())
    return parse_figures(cells.astype("int64") if is_plain else cells)


def _year(written: str) -> tuple[int, str] | None:
    try:
        year = parse_year(written)
    except ValueError:
        return None
    return year.year, year.status


def _unrepeated(file: RawFile, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[SetAside], tuple[Doubt, ...]]:
    """One row per key. SOL echoes parents without figures, repeats a label under several parents and a kommun that changed län:
    rows without figure, with the same figure or with zero are dropped and counted; of different figures the largest (the
    broadest of the parents) is kept, in doubt."""
    key = frame[checks.FACT] * 10_000 + frame["kommunkod"].astype("int64")
    repeated = frame[key.duplicated(keep=False)].assign(key=key)
    if repeated.empty:
        return frame, [], ()
    ordered = repeated.sort_values(["key", "count", "rate_per_100k"], ascending=[True, False, False], kind="stable")
    is_kept = ~ordered["key"].duplicated()
    dropped = ordered.assign(count_kept=ordered["count"].where(is_kept).ffill())[~is_kept].reset_index()
    is_empty = dropped["count"].isna()
    is_same = dropped["count"].eq(dropped["count_kept"]).fillna(False).astype("bool")
    is_zero = (dropped["count"].eq(0) & ~is_same).fillna(False).astype("bool")
    is_other = ~(is_empty | is_same | is_zero)
    set_aside = [
        SetAside("upprepar en rad, utan siffra", int(is_empty.sum())),
        SetAside("upprepar en rad, med samma siffra", int(is_same.sum())),
        SetAside("upprepar en rad, med noll", int(is_zero.sum())),
        SetAside("upprepar en rad, med en mindre siffra", int(is_other.sum())),
    ]
    doubts = []
    for offence, rows in dropped[is_other].groupby("offence", observed=True):
        first = rows.sort_values("rad").iloc[0]
        figures = f"{swedish.number(first['count_kept'])} och {swedish.number(first['count'])}"
        what = f'"{offence}" står flera gånger för samma kommun och period med olika siffror, till exempel {figures}.'
        action = "Den största används. Kontrollera mot Brås tabell vilken av dem som är hela gruppen."
        doubts.append(Doubt("motstridiga_siffror", file.where(rows=[int(row) for row in rows["rad"]]), what, action, len(rows)))
    return frame.drop(index=list(dropped["rad"])), set_aside, tuple(doubts)
