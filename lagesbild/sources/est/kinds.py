"""What the rows of an EST list are about: nothing to report, one category, or several at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.profile import Profile
from lagesbild.sources.est import cells as est_cells
from lagesbild.sources.est.cells import LAYOUT
from lagesbild.sources.est.sheet import SheetRows, distinct
from lagesbild.taxonomy import Category, Taxonomy
from lagesbild.taxonomy.names import fold

_NOTHING = {fold(word) for word in LAYOUT["nothing"]["words"]}
#: A longer text is no word for nothing.
_LONGEST_WORD = 50
#: What a row has that tells of an event; a row of a week with none of them tells that there was none.
_DETAILS = ("place", "time", "severity", "persons", "x")
#: A form puts a semicolon between answers. People use the other signs too, but also within the name of one category.
_BETWEEN_ANSWERS, _BETWEEN_WORDS = re.compile(r"[;\n\r|]+"), re.compile(r"[,/&+]|\boch\b|\bsamt\b", re.IGNORECASE)


def zero_report(taxonomy: Taxonomy) -> str:
    """The category that says nothing happened."""
    kinds = taxonomy.est_categories
    return str(kinds.loc[kinds["kind"].eq("zero_report"), "category"].iloc[0])


def with_zero_reports(part: SheetRows, is_week: pd.Series, profile: Profile, taxonomy: Taxonomy) -> SheetRows:
    """The rows with the category of a zero report where they say so without naming it.

    That is: 'nej' to whether there is anything to report; a dash, 'nej' or 'inga' as category, or those words as description;
    or an empty category in a row that gives only week and organisation. Never where the row tells of an event.
    """
    one, frame, zero = part.one, part.frame, zero_report(taxonomy)
    at = {number: place for place, number in enumerate(one.rows)}
    places = [at[int(row)] for row in frame.index]

    def said(column: str, places: list[int]) -> list[str]:
        """What each of these rows says: '' nothing, 'zero' that it is a zero report, 'none' no or a dash, 'some' else."""
        cells = one.cells(column)
        return distinct([cells[place] for place in places], lambda cell: _said(cell, profile, taxonomy))

    categories = said("category", places)
    is_open = pd.Series([category != "some" for category in categories], frame.index, dtype="bool")
    rows = frame[is_open]
    its = [place for place, is_one in zip(places, is_open, strict=True) if is_one]
    told = zip(
        [category for category in categories if category != "some"],
        said("description", its),
        said("anything", its),
        rows[list(_DETAILS)].notna().any(axis=1).tolist(),
        (is_week[is_open] & rows["organisation"].notna()).tolist(),
        strict=True,
    )
    replaced = pd.Series([zero if _is_zero(*row) else None for row in told], dtype="str")
    category = frame["category"].to_numpy(dtype=object, copy=True)
    category[is_open.to_numpy()] = replaced.to_numpy(dtype=object)
    return replace(part, frame=frame.assign(category=pd.Series(category, frame.index, dtype="str")))


def _is_zero(category: str, description: str, answer: str, has_details: bool, is_week_of_one: bool) -> bool:
    """Whether a row without a category of its own says that nothing happened."""
    if category == "zero" or has_details or description == "some":
        return category == "zero"
    return bool({"none", "zero"} & {category, description, answer}) or (answer != "some" and is_week_of_one)


def apart(part: SheetRows, profile: Profile, taxonomy: Taxonomy) -> SheetRows:
    """One observation for each problem area that a row names, where it names several categories; told.

    Of several categories of one area the first is kept, for it is one event. A zero report beside a category is none.
    """
    frame = part.frame
    answers = {text: _categories(text, profile.est.categories, taxonomy) for text in frame["category"].dropna().unique()}
    changed = {text: its for text, its in answers.items() if its != (text,)}
    if not changed:
        return part
    split = frame["category"].map(lambda text: answers.get(text, (text,)))
    n_each = split.map(len)
    long = frame.assign(category=split).explode("category")
    long = long.assign(category=long["category"].astype("str"))
    order = pd.Series([k for n in n_each for k in range(1, n + 1)], long.index)
    ids = long["observation_id"]
    long = long.assign(observation_id=ids.where(order.eq(1), ids + "-" + order.astype("str")).astype("str"))
    rows = sorted({int(row) for row in n_each.index[n_each.gt(1)]})
    if not rows:
        return replace(part, frame=long)
    n_found = int(n_each[n_each.gt(1)].sum())
    told = swedish.plural(len(rows), "rad anger", "rader anger")
    what = f"{told} flera kategorier och blir {swedish.number(n_found)} observationer."
    action = "En för varje problemområde; av flera kategorier i samma område används den första."
    doubt = Doubt("flera_kategorier", part.one.where(rows, "category"), what, action, len(rows), len(rows) / len(frame))
    return replace(part, frame=long, doubts=(*part.doubts, doubt))


def _said(cell: object, profile: Profile, taxonomy: Taxonomy) -> str:
    text = est_cells.as_text(cell)
    if not text or len(text) > _LONGEST_WORD:
        return "some" if text else ""
    found = taxonomy.match_category(text, profile.est.categories)
    if found:
        return "zero" if found.kind == "zero_report" else "some"
    return "none" if text in est_cells.DASHES or fold(text) in _NOTHING else "some"


def _categories(text: str, own: Mapping[str, str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The categories that a cell names, one per problem area, as written; the cell itself where it names one or is unknown."""
    if taxonomy.match_category(text, own):
        return (text,)
    parts = [part.strip() for part in _BETWEEN_ANSWERS.split(text) if part.strip()]
    if len(parts) < 2:
        parts = [part.strip() for part in _BETWEEN_WORDS.split(text) if part.strip()]
        if len(parts) < 2 or not all(taxonomy.match_category(part, own) for part in parts):
            return (text.strip(" ;\n\r|") or text,)
    kept: dict[str, str] = {}
    for part in parts:
        found = taxonomy.match_category(part, own) or Category(part, "", "unknown")
        key = found.problem_area or f"{found.kind} {found.category}"
        kept.setdefault(key, part)
    zero = f"zero_report {zero_report(taxonomy)}"
    return tuple(part for key, part in kept.items() if key != zero) or tuple(kept.values())
