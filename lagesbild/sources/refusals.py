"""Why a file is not read: kinds that hold nothing a lägesbild uses, by name; of others, the layouts it comes closest to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from lagesbild.errors import Problem
from lagesbild.sources.files.file import RawFile, Sheet
from lagesbild.sources.people import headings as layout
from lagesbild.sources.reading import Refusal
from lagesbild.tables import TABLES
from lagesbild.taxonomy.names import fold

_RULES = layout.load("refusals")["refusals"]
_BEGINNING, _ROWS, _LONGEST_WORD = 2_000, 10, 60
_REMOVE = "Ta bort filen ur mappen."
_WHAT_TO_DO = "Rätta rubrikerna, eller ta bort filen ur mappen om den inte är en källa."
_SHOWN = 2
#: The modules whose words are not in a map of their own.
_WORDS = {"plain": [column.name for table in TABLES.values() for column in table.columns]}
_WORDS["population"] = ["kommun", "kommunkod", "region", "folkmängd", "medelfolkmängd", "befolkning", "invånare"]


def useless(file: RawFile) -> Problem | None:
    """Why the file is of no use, where it is of a kind that the map of refusals knows; else None."""
    for rule in _RULES:
        at = rule.get("letters_at")
        if at and file.data[at["offset"] : at["offset"] + len(at["letters"])] == at["letters"].encode():
            return Problem(file.name, rule["reason"], action=_REMOVE)
    if file.trouble:
        return None
    beginning = file.start[:_BEGINNING]
    for rule in _RULES:
        begins = rule.get("begins", [])
        if begins and all(letters in beginning for letters in begins):
            return Problem(file.name, rule["reason"], action=_REMOVE)
        if "headings" in rule and any(_has(sheet, rule["headings"], rule.get("is_all", False)) for sheet in file.heads):
            return Problem(file.name, rule["reason"], action=_REMOVE)
    return None


def unknown(file: RawFile, refused: Sequence[tuple[str, str, Refusal]]) -> Problem:
    """That no source knows the file: why the two nearest do not, by how many of the file's headings are theirs.

    refused: module, name and refusal of every source, in order. Where no heading is known, the last of them speaks: it is the
    loosest and shows the headings.
    """
    words = _words_of_file(file)
    scores = [len(words & _words_of_source(module)) for module, _, _ in refused]
    nearest = sorted((place for place, score in enumerate(scores) if score), key=lambda place: (-scores[place], place))
    if nearest:
        near = [place for place in nearest[:_SHOWN] if scores[place] * 2 > scores[nearest[0]]]  # a far second only confuses
        told = [f"{refused[place][1]}: {refused[place][2].reason.rstrip('.')}." for place in near]
        what = f"ingen källa känner igen filen. Närmast är {' Därefter '.join(told)}"
    else:
        told = [f"{name}: {refusal.reason.rstrip('.')}." for _, name, refusal in refused[-1:]]
        what = " ".join(["ingen källa känner igen filen. Ingen av rubrikerna är känd.", *told])
    return Problem(file.name, what, action=_WHAT_TO_DO)


def _has(sheet: Sheet, headings: list[str], is_all: bool) -> bool:
    """Whether one of the first rows has all the headings, and (is_all) nothing else."""
    wanted = {fold(heading) for heading in headings}
    for row in sheet.rows[:_ROWS]:
        found = {fold(cell) for cell in row if isinstance(cell, str) and cell.strip()}
        if found == wanted if is_all else wanted <= found:
            return True
    return False


def _words_of_file(file: RawFile) -> set[str]:
    """The short texts of the first rows of every sheet, folded."""
    cells = (cell for sheet in file.heads for row in sheet.rows[:_ROWS] for cell in row)
    return {fold(cell) for cell in cells if isinstance(cell, str) and 1 < len(cell) <= _LONGEST_WORD} - {""}


@cache
def _words_of_source(module: str) -> frozenset[str]:
    """The words that a source's map knows, keys and texts; digits and marks alone are no words."""
    name = module.rsplit(".", 1)[-1]
    found: list[object] = [*_WORDS.get(name, [])]
    if files("lagesbild.sources").joinpath(f"{name}.toml").is_file():
        found.append(layout.load(name))
    words: set[str] = set()
    while found:
        one = found.pop()
        if isinstance(one, dict):
            found += [*one, *one.values()]
        elif isinstance(one, list):
            found += one
        elif isinstance(one, str):
            words.add(fold(one))
    return frozenset(word for word in words if re.search("[a-z]{2}", word))
