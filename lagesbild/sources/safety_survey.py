"""Polisens trygghetsmätning: an index from 0 (no problem) to 6 (large problems) per question, area and year; shares beside it.

The police deliver tables, not a format; where questions, years and areas stand is read from the texts (``survey_grid``). Asked
for a police area, a value is the police area's: it is never called the kommun's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from typing import Any

from lagesbild import taxonomy as terms
from lagesbild.errors import SourceError
from lagesbild.profile import Profile
from lagesbild.sources import plain
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, Refusal
from lagesbild.sources.survey import places
from lagesbild.sources.survey import values as survey_values
from lagesbild.sources.survey.grid import Cell, Grid, Label, grid
from lagesbild.sources.survey.scale import scale_doubts, scale_problems
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "Polisens trygghetsmätning"
SURVEY = "trygghetsmatning"
LAYOUT: dict[str, Any] = tomllib.loads(resources("lagesbild.sources").joinpath("safety_survey.toml").read_text("utf-8"))
_DIMENSIONS = {fold(word): kind for word, kind in LAYOUT["dimensions"].items()}
_STATISTICS = {fold(word): kind for word, kind in LAYOUT["statistics"].items()}
_SECTIONS: dict[str, dict[str, Any]] = {fold(name): section for name, section in LAYOUT["sections"].items()}
_WORDS = tuple(fold(word) for word in LAYOUT["words"])
_FEWEST_FIGURES, _FEWEST_KNOWN = 3, 3
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![.,]?\d)")
_ANSWERS = re.compile(r"\bn\s*=\s*(\d[\d \u00a0\u202f]{0,9})", re.IGNORECASE)
_NUMBERING = re.compile(r"^(?:(?:fråga\s*)?\d{1,2}\s*[a-z]?\s*[.):]\s*|[a-z]\)\s*|fråga\s+\d{1,2}\s+)", re.IGNORECASE)
_GROUPS = {"kvinnor": "kvinnor", "kvinna": "kvinnor", "man": "män", "alla": "alla", "samtliga": "alla"}
_TOTAL = {"total", "totalt", "totalindex", "totalt index", "index totalt", "sammanlagt"}
_WHOLE = "Problemindex totalt"
_SHARE = re.compile(r"%|\b(?:andel\w*|procent)\b", re.IGNORECASE)
_INDEX = re.compile(r"index", re.IGNORECASE)
_BETTER = re.compile(r"(?<!o)trygg|förtroende|nöjd|bryr sig", re.IGNORECASE)


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file that says it is the police's survey, or has its questions and the word index, beside figures."""
    if plain.recognise(file, profile) is None:
        return Refusal("filen är en tabell i programmets eget format")
    grids = _grids(file.heads, terms.load())
    n_figures = sum(len(one.cells) for one in grids)
    words = fold(" ".join(text for one in grids for _, text in one.words))
    known = {cell.labels["item"] for one in grids for cell in one.cells if "item" in cell.labels}
    is_named = any(word in words for word in _WORDS)
    if n_figures >= _FEWEST_FIGURES and (is_named or ("index" in words and len(known) >= _FEWEST_KNOWN)):
        return None
    return Refusal("ordet trygghetsmätning och trygghetsmätningens frågor hittas inte")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The file as ``survey_results``: index or percent per question, area and year, with answers and limits where printed.

    Raises SourceError for an index on another scale or turned round, and where no year or area is said. Parts of a kommun and
    unknown areas are set aside; unknown questions are kept, in doubt.
    """
    grids = _grids(file.sheets, taxonomy)
    if problems := scale_problems(file, grids):
        raise SourceError(problems)
    found = survey_values.figures(file, grids, taxonomy, lambda cell: _question(cell, taxonomy), "index")
    reading = survey_values.settle(file, found, SURVEY, taxonomy, _direction(taxonomy))
    return survey_values.with_doubts(reading, scale_doubts(file, grids, reading.tables["survey_results"]))


def _grids(sheets: Any, taxonomy: Taxonomy) -> tuple[Grid, ...]:
    classify = _classifier(taxonomy)
    return tuple(grid(sheet, classify, _DIMENSIONS, fold) for sheet in sheets)


def _classifier(taxonomy: Taxonomy) -> Callable[[str], tuple[Label, ...]]:
    """What a text of the police's tables says; each distinct text is looked at once."""

    @cache
    def classify(text: str) -> tuple[Label, ...]:
        years = set(_YEAR.findall(text))
        rest = _YEAR.sub(" ", text)
        key = fold(_ANSWERS.sub(" ", rest))
        labels = [Label("year", years.pop())] if len(years) == 1 else []
        if found := _ANSWERS.search(text):
            labels.append(Label("n", found[1]))
        if key in _STATISTICS:
            unit = [Label("unit", "index")] if "index" in key else []
            return (*labels, Label("statistic", _STATISTICS[key]), *unit)
        if any(key.startswith(section) for section in _SECTIONS):
            return tuple(labels)
        if key in _TOTAL:
            return (*labels, Label("total", _WHOLE), *([Label("unit", "index")] if "index" in key else []))
        if key in _GROUPS:
            return (*labels, Label("group", _GROUPS[key]))
        if _SHARE.search(rest):
            labels.append(Label("unit", "percent"))
        elif _INDEX.search(rest):
            labels.append(Label("unit", "index"))
        if taxonomy.match_item(SURVEY, plain_question(rest)):
            return (*labels, Label("item", " ".join(rest.split())))
        if place := places.named_in(text, taxonomy):
            labels.append(Label("place", place))
        return tuple(labels)

    return classify


def plain_question(text: str) -> str:
    """The question without its number.

    >>> plain_question("3. Nedskräpning"), plain_question("Fråga 12: Oro för inbrott")
    ('Nedskräpning', 'Oro för inbrott')
    """
    return " ".join(_NUMBERING.sub("", text.strip()).split())


@dataclass(frozen=True)
class _Section:
    dimensions: tuple[str, ...]
    prefix: str


def _section(text: str) -> _Section | None:
    key = fold(text)
    name = max((name for name in _SECTIONS if key.startswith(name)), key=len, default="")
    found = _SECTIONS.get(name)
    return None if found is None else _Section(tuple(found["dimensions"]), found.get("prefix", ""))


def _question(cell: Cell, taxonomy: Taxonomy) -> str:
    """The question of a figure, worded so that the taxonomy takes "Skadegörelse" under "Utsatthet" for no problem outdoors."""
    labels = cell.labels
    own = labels.get("item") or cell.row_text or cell.column_text or labels.get("total") or cell.context.get("item", "")
    text = plain_question(own)
    sections = [_section(written) for written in (cell.labels.get("section", ""), cell.section, cell.sheet)]
    section = next((found for found in sections if found is not None), None)
    if section is None or not text:
        return text
    if _dimension(text, taxonomy) in section.dimensions:
        return text
    longer = f"{section.prefix} {text[:1].lower()}{text[1:]}" if section.prefix else text
    if fold(text).startswith(fold(section.prefix).split(" ")[0] or "\0"):
        return text
    return longer


def _dimension(text: str, taxonomy: Taxonomy) -> str:
    found = taxonomy.match_item(SURVEY, text)
    if found is None:
        return ""
    items = taxonomy.survey_items
    return str(items.loc[items["survey"].eq(SURVEY) & items["item"].eq(found), "dimension"].iloc[0])


def _direction(taxonomy: Taxonomy) -> Callable[[str], str]:
    """Whether a higher value of a question is worse or better; of an unknown one by its words."""
    items = taxonomy.survey_items[taxonomy.survey_items["survey"].eq(SURVEY)].set_index("item")["higher_is"]

    def direction(question: str) -> str:
        found = taxonomy.match_item(SURVEY, question)
        return str(items[found]) if found else "better" if _BETTER.search(question) else "worse"

    return direction
