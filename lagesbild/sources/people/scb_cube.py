"""A statistical cube in long form: one row per cell, and how its cells become one population per kommun and year."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from lagesbild import privacy, swedish
from lagesbild.errors import Problem
from lagesbild.sources.people.headings import load
from lagesbild.sources.people.mean import Kind
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

MAP = load("scb_pxweb")
_ROLE: dict[str, str] = {word: role for role, words in MAP["dimensions"].items() for word in words}
_KIND: dict[str, Kind] = {word: kind for kind, words in MAP["contents"].items() for word in words}
_EVERYONE = (set(MAP["everyone"]["labels"]), set(MAP["everyone"]["codes"]))
_CODED = re.compile(r"(\d{2,4}|\d{4}[A-C]\d{4}\S*)(?:\s+(.*))?", re.ASCII | re.DOTALL)
_AGE = re.compile(r"(\d{1,3})\s*(?:([-–])\s*(\d{1,3}|w)|(\+))?\s*(?:år|years?)?", re.ASCII | re.IGNORECASE)
_ELSEWHERE = re.compile(r"riket|hela riket|sverige|sweden|.+ län|.+ county", re.IGNORECASE)
#: The reasons a cell may be set aside for, in the order they are tried.
NOT_POPULATION = "innehållet är ingen folkmängd"
PART = "gäller en del av befolkningen"


@dataclass(frozen=True)
class Cube:
    """dimensions: name -> role ("" for an unknown one). cells: one row per cell, index 0…, with the columns rad (row or running
    number in the file), value (float64, empty where a mark stands) and, per dimension, its label under the dimension's name and
    its code under the name and "#". place: what ``rad`` counts, in Swedish ("rad" or "cell").
    """

    dimensions: dict[str, str]
    cells: pd.DataFrame
    place: str = "rad"

    def of(self, role: str) -> str | None:
        """The name of the dimension with a role; None where there is none."""
        return next((name for name, its in self.dimensions.items() if its == role), None)


def role(name: str) -> str:
    """The role that a dimension's name or code gives it; "" for an unknown one.

    >>> role("ålder"), role("ContentsCode"), role("bakgrund")
    ('age', 'contents', '')
    """
    return _ROLE.get(fold(name), "")


def kind(contents: str) -> Kind | None:
    """What kind of population a content or title names, up to "efter" or "by"; None where it is none.

    >>> kind("Folkmängd efter region och år"), kind("Medelfolkmängd"), kind("Folkökning"), kind("Folkmängden den 1 november")
    ('year_end', 'mean', None, None)
    """
    return _KIND.get(re.split(r" (?:efter|by) ", fold(contents) + " ")[0].strip())


def kommuner(cube: Cube, where: str, taxonomy: Taxonomy) -> tuple[pd.Series, list[Problem]]:
    """The kommunkod of every cell, "" for other regions; a problem for each region that looks like a kommun and is none."""
    name = cube.of("region") or ""
    known = set(taxonomy.kommuner["kommunkod"])
    found: dict[tuple[str, str], str] = {}
    problems = []
    pairs = list(zip(cube.cells[f"{name}#"].tolist(), cube.cells[name].tolist(), strict=True))
    for code, label in dict.fromkeys(pairs):
        inside = _CODED.fullmatch(label)
        own, text = (inside[1], inside[2] or "") if inside else (code, label)
        named = taxonomy.kommunkod(text) if text and not _ELSEWHERE.fullmatch(text) else None
        if own in known and named in (None, own):
            found[code, label] = own
        elif own in known:
            what = f"koden {own} står för {privacy.masked(text[:40])}, som har {named}."
            problems.append(Problem(where, what, action="Hämta tabellen från SCB på nytt."))
        elif named and not inside and not re.fullmatch(r"\d+.*", own):
            found[code, label] = named
        elif re.fullmatch(r"\d{4}", own, re.ASCII):
            problems.append(Problem(where, f"{own} är ingen kommunkod.", action="Kontrollera koden hos SCB."))
        elif not re.fullmatch(r"\d\d|\d{4}[A-C]\d{4}\S*", own) and not _ELSEWHERE.fullmatch(text):
            near = taxonomy.nearest(text, taxonomy.kommuner["name"])
            hint = f"Närmast: {swedish.listing(near, 'eller')}." if near else "Skriv kommunens namn som SCB gör."
            problems.append(Problem(where, f'"{privacy.masked(text[:40])}" är ingen känd kommun.', action=hint))
    return pd.Series([found.get(pair, "") for pair in pairs], cube.cells.index, dtype="str"), problems


def parts(cube: Cube, cells: pd.DataFrame) -> tuple[pd.Series, list[str], list[str]]:
    """Which cells to count: those for everyone where the dimension has such a category, else all parts if they are complete.

    Also the dimensions that are summed, and those that cannot be: without a total, and with parts that are not complete.
    """
    is_counted = pd.Series(True, cells.index)
    summed, incomplete = [], []
    for name, its in cube.dimensions.items():
        if its in ("region", "time", "contents"):
            continue
        labels = dict(zip(cells[name].tolist(), cells[f"{name}#"].tolist(), strict=True))
        everyone = [label for label, code in labels.items() if fold(label) in _EVERYONE[0] or fold(code) in _EVERYONE[1]]
        if everyone:
            is_counted &= cells[name].isin(everyone)
        elif _is_complete(its, list(labels)):
            summed.append(name)
        else:
            incomplete.append(name)
    return is_counted, summed, incomplete


def _is_complete(role: str, labels: list[str]) -> bool:
    """Whether the categories together are everyone, each once.

    >>> _is_complete("age", ["0-17 år", "18-64 år", "65+ år"]), _is_complete("age", ["18-64 år", "65+ år"])
    (True, False)
    >>> _is_complete("sex", ["män", "kvinnor"]), _is_complete("sex", ["kvinnor"])
    (True, False)
    """
    if role != "age":
        return sorted(map(fold, labels)) in [sorted(words) for words in MAP["parts"].get(role, [])]
    spans = [found for label in labels if (found := _AGE.fullmatch(label.strip()))]
    if len(spans) < len(labels) or not spans:
        return False
    ordered = sorted(spans, key=lambda span: int(span[1]))
    ends = [None if span[4] or (span[3] or "").lower() == "w" else int(span[3] or span[1]) for span in ordered]
    starts = [int(span[1]) for span in ordered]
    follows = all(end is not None and start == end + 1 for end, start in zip(ends, starts[1:], strict=False))
    return starts[0] == 0 and follows and ends[-1] is None
