"""What the columns of an own survey hold: a known question, a weight, a stratum, a group, an area, or nothing that is kept."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files as resources
from typing import Any

from lagesbild import swedish
from lagesbild.errors import Problem
from lagesbild.profile import Profile
from lagesbild.sources.files.file import Sheet, is_blank
from lagesbild.sources.survey.grid import cell_text, is_figure
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

SURVEY = "egen_enkat"
LAYOUT: dict[str, Any] = tomllib.loads(resources("lagesbild.sources").joinpath("own_survey.toml").read_text("utf-8"))
_ROLES = {fold(word): role for role, words in LAYOUT["columns"].items() for word in words}
_CODEBOOK = {fold(word): role for role, words in LAYOUT["codebook"].items() for word in words}
_EST_LAYOUT = tomllib.loads(resources("lagesbild.sources").joinpath("est_list.toml").read_text("utf-8"))
_EST: dict[str, set[str]] = {role: {fold(word) for word in words} for role, words in _EST_LAYOUT["columns"].items()}
_LOOK_FOR_HEADINGS_IN = 10
_NUMBERING = re.compile(r"^(?:fråga\s*)?[a-zA-Z]?\d{1,3}[a-z]?(?:\s*[.:)_-]\s*|\s+)", re.IGNORECASE)
_BRACKETS = re.compile(r"^(?P<stem>.*?)\[(?P<part>[^\]]+)\]\s*$")
_STEM = re.compile(r"^(?P<stem>.+[?:])\s*[-\u2013/|]?\s*(?P<part>[^?:]+)$|^(?P<stem2>.+?)\s+[-\u2013|/]\s+(?P<part2>.+)$")
_ANCHOR = re.compile(r"(\d{1,2})\s*(?:=|är|betyder)\s*[\"”']?([^,;.)\d\"”']+)", re.IGNORECASE)


@dataclass(frozen=True)
class Headings:
    """A heading row. row: its place in the sheet; names: as they stand; roles: role -> place; items: place -> item."""

    row: int
    names: list[str]
    roles: Mapping[str, int]
    items: Mapping[int, str]

    def is_named(self, place: int) -> bool:
        """Whether a heading names a column of its own kind, used or not, and no question."""
        return fold(self.names[place]) in _ROLES

    def name(self, place: int) -> str:
        """A heading as it stands, shortened."""
        return self.names[place][:60]


def find(sheet: Sheet, profile: Profile, taxonomy: Taxonomy, texts: Mapping[str, str]) -> Headings | None:
    """The heading row with most known questions among the first ten rows; None where no row has any.

    texts: heading (folded) -> the question it stands for, from a sheet of codes.
    """
    found = [_headings(at, row, profile, taxonomy, texts) for at, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN])]
    return max((one for one in found if one.items), key=lambda one: (len(one.items), -one.row), default=None)


def _headings(at: int, row: list[object], profile: Profile, taxonomy: Taxonomy, texts: Mapping[str, str]) -> Headings:
    own = {fold(heading): target for heading, target in profile.survey.columns.items()}
    names = [cell_text(cell) for cell in row]
    roles: dict[str, int] = {}
    items: dict[int, str] = {}
    for place, name in enumerate(names):
        key = fold(name)
        target = own.get(key, "")
        role = target if target in LAYOUT["columns"] else _ROLES.get(key, "")
        item = taxonomy.match_item(SURVEY, target) if target else None if role else item_of(texts.get(key, name), taxonomy)
        if role and not item:
            roles.setdefault(role if role != "private" else f"private {place}", place)
        elif item and item not in items.values():
            items[place] = item
    return Headings(at, names, roles, items)


def counts_per_week(sheet: Sheet, found: Headings) -> bool:
    """Whether the questions are columns of counts in an EST list: figures only, beside an organisation and a week or day."""
    headings = {fold(name) for name in found.names if name}
    if not (headings & _EST["organisation"] and headings & (_EST["week"] | _EST["date"])):
        return False
    rows = sheet.rows[found.row + 1 :]
    cells = [row[place] for row in rows for place in found.items if place < len(row) and not is_blank(row[place])]
    return all(is_figure(cell) for cell in cells)


def item_of(heading: str, taxonomy: Taxonomy) -> str | None:
    """The survey item a heading asks, whole or by the part of a grid that it names; None where it is none that is known."""
    whole = _NUMBERING.sub("", heading.strip())
    without_anchors = re.sub(r"\s*\([^)]*\)\s*", " ", whole).strip()
    for text in (whole, without_anchors):
        if found := taxonomy.match_item(SURVEY, text):
            return found
    if not (parted := _BRACKETS.match(without_anchors) or _STEM.match(without_anchors)):
        return None
    groups = parted.groupdict()
    stem, part = groups.get("stem") or groups.get("stem2") or "", groups.get("part") or groups.get("part2") or ""
    found = taxonomy.match_item(SURVEY, part)
    if found is None:
        return None
    items = taxonomy.survey_items
    dimension = items.loc[items["survey"].eq(SURVEY) & items["item"].eq(found), "dimension"].iloc[0]
    asked = [dimensions for word, dimensions in LAYOUT["stems"].items() if re.search(rf"\b{fold(word)}", fold(stem))]
    return found if not asked or any(dimension in dimensions for dimensions in asked) else None


def anchors(heading: str) -> dict[int, str]:
    """What the steps of a scale mean where the heading tells it.

    >>> anchors("Problem med klotter (1 = inte alls, 5 = i mycket stor utsträckning)")
    {1: 'inte alls', 5: 'i mycket stor utsträckning'}
    """
    return {int(found[1]): " ".join(found[2].split()) for found in _ANCHOR.finditer(heading)}


@dataclass(frozen=True)
class Codebook:
    """texts: heading (folded) -> the question's text; answers: heading (folded) -> code -> answer, "" for every heading."""

    texts: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]
    sheets: frozenset[str]

    def of(self, heading: str) -> Mapping[str, str]:
        """The codes of one heading."""
        return {**self.answers.get("", {}), **self.answers.get(fold(heading), {})}


def codebook(sheets: tuple[Sheet, ...]) -> Codebook:
    """The sheets that list question, code and answer; a question holds until the next one (merged cells)."""
    texts: dict[str, str] = {}
    answers: dict[str, dict[str, str]] = {}
    names: set[str] = set()
    for sheet in sheets:
        at, places = _codebook_headings(sheet)
        if not {"code", "answer"} <= set(places):
            continue
        names.add(sheet.name)
        question = ""
        for row in sheet.rows[at + 1 :]:
            cells = {role: cell_text(row[place]) if place < len(row) else "" for role, place in places.items()}
            question = cells.get("question") or question
            if cells.get("text") and question:
                texts[fold(question)] = cells["text"]
            if cells["code"] and cells["answer"]:
                answers.setdefault(fold(question), {})[cells["code"]] = cells["answer"]
    return Codebook(texts, answers, frozenset(names))


def _codebook_headings(sheet: Sheet) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN]):
        filled = [place for place, cell in enumerate(row) if not is_blank(cell)]
        places = {role: place for place in filled if (role := _CODEBOOK.get(fold(cell_text(row[place]))))}
        if len(filled) <= 5 and {"code", "answer"} <= set(places):
            return at, places
    return 0, {}


def unknown_targets(profile: Profile, taxonomy: Taxonomy) -> list[Problem]:
    """What the profile's [survey.columns] names that is neither a question nor a column of the survey."""
    items = taxonomy.survey_items
    known = [*LAYOUT["columns"], *items.loc[items["survey"].eq(SURVEY), "item"]]
    problems = []
    for heading, target in sorted(profile.survey.columns.items()):
        if target not in LAYOUT["columns"] and taxonomy.match_item(SURVEY, target) is None:
            near = taxonomy.nearest(target, known)
            hint = f"Närmast: {swedish.listing(near, 'eller')}." if near else f"Möjliga är {swedish.listing(known)}."
            what = f'"{heading[:40]}" = "{target[:60]}": frågan finns inte.'
            problems.append(Problem(f"{profile.slug}.toml, [survey.columns]", what, action=hint))
    return problems
