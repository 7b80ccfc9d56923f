"""The regions of Brå's tables: which kommun each is, which are something else, and which are not known at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import SetAside
from lagesbild.taxonomy import Taxonomy

_LAYOUT = tomllib.loads(resources.files("lagesbild.sources.bra").joinpath("kommuner.toml").read_text("utf-8"))
_NOT_A_KOMMUN = re.compile("|".join(_LAYOUT["not_a_kommun"]["patterns"]))
_DISTRICT = re.compile("|".join([*_LAYOUT["district"]["patterns"], *map(re.escape, _LAYOUT["district"]["names"])]))
_SUFFIX = " kommun"
#: Where so large a share of the names ends in " kommun", one that does not is a part of a city.
_MOST = 0.8
_SHOWN, _LONGEST_QUOTE = 5, 40


@dataclass(frozen=True)
class Regions:
    """kommunkod: per row, empty where the region is no kommun. set_aside: those rows, by reason; problems: unknown names."""

    kommunkod: pd.Series
    set_aside: tuple[SetAside, ...]
    doubts: tuple[Doubt, ...]
    problems: list[Problem]


def resolve(file: RawFile, regions: pd.Series, taxonomy: Taxonomy, column: str, sheet: str = "") -> Regions:
    """The kommun of every row. regions: names in any form Brå has used, indexed by row number (categories are quickest).

    The country, län, regions and parts of cities are set aside. A name that ends in "kommun" and is none is a problem with the
    nearest candidates, and so is any unknown name of a file that writes its kommuner without that word.
    """
    named = regions if isinstance(regions.dtype, pd.CategoricalDtype) else regions.astype("category")
    names = [str(name) for name in named.cat.categories]
    bases = {
        f"{name}{_SUFFIX}": code for code, name in zip(taxonomy.kommuner["kommunkod"], taxonomy.kommuner["name"], strict=True)
    }
    plain = {name: name.strip() for name in names}
    other = [name for name in names if _NOT_A_KOMMUN.fullmatch(plain[name])]
    codes = {name: bases.get(plain[name]) or taxonomy.kommunkod(plain[name]) for name in names if name not in other}
    districts = [name for name, code in codes.items() if not code and _DISTRICT.fullmatch(plain[name])]
    unknown = [name for name, code in codes.items() if not code and name not in districts]
    has_suffix = [plain[name].endswith(_SUFFIX) for name, code in codes.items() if code]
    guessed = []
    if has_suffix and sum(has_suffix) >= _MOST * len(has_suffix):
        guessed = [name for name in unknown if plain[name] and not plain[name].endswith(_SUFFIX)]
    problems = [
        _unknown(file, plain[name], named.index[named.eq(name)], taxonomy, column, sheet)
        for name in unknown
        if name not in guessed
    ]
    n_other, n_parts = (int(named.isin(some).sum()) for some in (other, [*districts, *guessed]))
    aside = (
        SetAside("gäller ett annat område än en kommun", n_other),
        SetAside("gäller en del av en kommun", n_parts),
    )
    doubts = (_guessed_doubt(file, named, guessed, column, sheet),) if guessed else ()
    return Regions(mapped(named, codes), tuple(item for item in aside if item.n_rows), doubts, problems)


def is_region(name: str, taxonomy: Taxonomy) -> bool:
    """Whether the text names a kommun, something that is none, a part of a city, or at least ends as a kommun does."""
    text = name.strip()
    is_known = _NOT_A_KOMMUN.fullmatch(text) or _DISTRICT.fullmatch(text) or text.endswith(_SUFFIX)
    return bool(is_known) or taxonomy.kommunkod(text) is not None


def mapped(cells: pd.Series, meaning: Mapping[str, object], dtype: str = "str") -> pd.Series:
    """Every categorical cell's meaning, looked up once per category; empty where it has none."""
    meanings = pd.Series([meaning.get(str(category)) for category in cells.cat.categories], dtype=dtype)
    return meanings.take(cells.cat.codes.to_numpy()).set_axis(cells.index)


def _unknown(file: RawFile, name: str, rows: pd.Index, taxonomy: Taxonomy, column: str, sheet: str) -> Problem:
    where = file.where(sheet, [int(row) for row in rows], column)
    if not name:
        return Problem(where, "kommunens namn saknas.", "ett namn som Mariestad kommun.", "Hämta filen på nytt hos Brå.")
    near = taxonomy.nearest(name.removesuffix(_SUFFIX)[:_LONGEST_QUOTE], taxonomy.kommuner["name"])
    hint = f"Närmast: {swedish.listing(near, 'eller')}." if near else "Kontrollera hur Brå skriver kommunens namn."
    shown = f'"{name}"' if len(name) <= _LONGEST_QUOTE else f"en text på {swedish.number(len(name))} tecken"
    return Problem(where, f"{shown} är ingen känd kommun.", action=hint)


def _guessed_doubt(file: RawFile, named: pd.Series, guessed: list[str], column: str, sheet: str) -> Doubt:
    rows = [int(row) for row in named.index[named.isin(guessed)]]
    short = [f'"{name.strip()[:_LONGEST_QUOTE]}"' for name in guessed]
    shown = short if len(short) <= _SHOWN else [*short[:_SHOWN], f"{len(short) - _SHOWN} till"]
    n_names = swedish.plural(len(guessed), "namn är ingen känd kommun", "namn är inga kända kommuner")
    what = f'{n_names} och slutar inte på "kommun" som de andra: {swedish.listing(shown)}.'
    action = "De räknas som stadsdelar och är undantagna. Kontrollera att ingen är en felskriven kommun."
    return Doubt("trolig_stadsdel", file.where(sheet, rows, column), what, action, len(rows))
