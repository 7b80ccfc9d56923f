"""The police's key of offence codes: brottskod x level -> category and question. It gives no table, only checks of the codes.

One row per code and level (1-5); a code has one category on each level and at most one question on some of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib import resources

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources.files.file import RawFile, Sheet, is_blank
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "Polisens nyckel till brottskoder"
LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("police_code_key.toml").read_text("utf-8"))
_NEEDED = ("code", "level", "category")
_CODE = re.compile(r"(\d{1,4})(?:\.0)?", re.ASCII)
_LOOK_FOR_HEADINGS_IN, _SHOWN = 10, 5


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file in which some sheet has a code, a level and a category, and no counts."""
    if any(_headings(sheet) for sheet in file.heads):
        return None
    return Refusal("rubrikerna Brottskod, nivå och brottskategori saknas")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """No table, but doubts where the key and the code table differ; every row that names a code is used for that.

    Raises SourceError for a key without any code.
    """
    frames, outside = [], 0
    for sheet in file.sheets:
        if found := _headings(sheet):
            frames.append(_rows(sheet, *found))
        else:
            outside += sheet.n_filled
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*LAYOUT["columns"]], dtype="str")
    codes = rows["code"].str.extract(rf"^{_CODE.pattern}$", expand=False).str.zfill(4)
    if not codes.notna().any():
        raise SourceError(Problem(file.name, "ingen rad har en brottskod.", "fyra siffror i kolumnen Brottskod."))
    used = rows.assign(code=codes)[codes.notna()]
    doubts = [*_absent(file.name, used, taxonomy), *_contradicting(file.name, used, taxonomy)]
    aside = (
        SetAside("har en brottskod som inte går att läsa", int(codes.isna().sum())),
        SetAside("bladet är ingen kodnyckel", outside),
    )
    set_aside = tuple(item for item in aside if item.n_rows)
    return Reading({}, tuple(doubts), len(rows) + outside, set_aside, rows_used=used.index.nunique())


def _headings(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The heading row's place and the columns' places in it; None where there is none."""
    for at, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN]):
        keys = ["" if is_blank(cell) else fold(str(cell)) for cell in row]
        places = {
            name: next((keys.index(word) for word in words if word in keys), -1) for name, words in LAYOUT["columns"].items()
        }
        if all(places[name] >= 0 for name in _NEEDED) and not any(key.startswith("antal") for key in keys):
            return at, {name: place for name, place in places.items() if place >= 0}
    return None


def _rows(sheet: Sheet, heading: int, places: Mapping[str, int]) -> pd.DataFrame:
    """Every filled row below the headings, as text."""
    filled = [row for row in sheet.rows[heading + 1 :] if not all(is_blank(cell) for cell in row)]
    cells = {
        name: ["" if place >= len(row) or is_blank(row[place]) else str(row[place]).strip() for row in filled]
        for name, place in places.items()
    }
    return pd.DataFrame(cells, dtype="str").reindex(columns=[*LAYOUT["columns"]]).astype("str").fillna("")


def _absent(where: str, rows: pd.DataFrame, taxonomy: Taxonomy) -> list[Doubt]:
    """Codes of the key that the code table lacks."""
    absent = sorted(set(rows["code"]) - set(taxonomy.offence_codes["brottskod"]))
    if not absent:
        return []
    n_codes = rows["code"].nunique()
    what = f"{_codes(len(absent))} av {swedish.number(n_codes)} saknas i kodtabellen: {_some(absent)}."
    action = "Händelser med de koderna räknas som oklassade. Anmäl koderna, så att de kan föras in."
    return [Doubt("kod_saknas", where, what, action, int(rows["code"].isin(absent).sum()), len(absent) / n_codes)]


def _contradicting(where: str, rows: pd.DataFrame, taxonomy: Taxonomy) -> list[Doubt]:
    """Codes whose area in the code table the key's question does not cover. A code without area contradicts nothing."""
    asked = rows[rows["question"].ne("")].drop_duplicates(["code", "question"])
    covered: dict[str, set[str]] = {}
    for code, question in zip(asked["code"], asked["question"], strict=True):
        areas = next((its for start, its in LAYOUT["questions"].items() if fold(question).startswith(start)), None)
        if areas is not None:
            covered.setdefault(code, set()).update(areas)
    compared = {code: taxonomy.area_of_code(code) for code in covered}
    other = sorted(code for code, area in compared.items() if area and area not in covered[code])
    if not other:
        return []
    n_compared = sum(bool(area) for area in compared.values())
    what = f"{_codes(len(other))} av {swedish.number(n_compared)} hör hos polisen till en annan fråga än här: {_some(other)}."
    action = "Kodtabellens område används. Det kan förklara skillnader mot polisens egna sammanställningar."
    return [Doubt("kod_annat_omrade", where, what, action, int(rows["code"].isin(other).sum()), len(other) / n_compared)]


def _codes(number: int) -> str:
    return swedish.plural(number, "brottskod", "brottskoder")


def _some(codes: list[str]) -> str:
    more = [f"{swedish.number(len(codes) - _SHOWN)} till"] if len(codes) > _SHOWN else []
    return swedish.listing([*codes[:_SHOWN], *more])
