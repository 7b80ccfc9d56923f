"""Citizen and staff dialogues: how often each theme was mentioned, with a column per dialogue or a row per mention.

Who said what, and in which words, is never kept: comments are read past, and a theme as long as a sentence is set aside.
"""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild import taxonomy as terms
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.privacy import HIDDEN
from lagesbild.profile import Profile
from lagesbild.sources import plain
from lagesbild.sources.checks.shown import FEWEST
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.sources.survey.dialogue_layout import DialogueSheet, find, mentions
from lagesbild.tables import validate
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "dialoger"
_LONGEST_THEME, _SHOWN = 60, 5
SUM, FREE_TEXT, UNNAMED, EMPTY = "summerar andra rader", "har en mening i stället för ett tema", "saknar tema", "saknar antal"


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file with a sheet of themes that says that it is about dialogues, by a title, a heading or a column."""
    if plain.recognise(file, profile) is None:
        return Refusal("filen är en tabell i programmets eget format")
    taxonomy = terms.load()
    if any(find(sheet, taxonomy) for sheet in file.heads):
        return None
    return Refusal("det finns ingen lista med teman och dialoger")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """Every such sheet as ``dialogue_themes``: mentions per theme, day and kind of dialogue.

    Two dialogues of the same kind on the same day are one. Raises SourceError where a dialogue's day or kind is not told, or a
    number of mentions is none.
    """
    found = [one for sheet in file.sheets if (one := find(sheet, taxonomy))]
    parts = [mentions(file, one, profile) for one in found]
    if problems := [problem for part in parts for problem in part.problems]:
        raise SourceError(problems)
    rows = pd.concat([part.rows for part in parts], ignore_index=True)
    n_rows = sum(len(one.data) for one in found)
    is_long = rows["theme"].str.len().gt(_LONGEST_THEME) | rows["theme"].str.contains(HIDDEN, regex=False)
    is_sum = rows["theme"].map(fold).isin(DialogueSheet.SUMS)
    is_unnamed = rows["theme"].eq("")
    is_left = is_long | is_sum | is_unnamed
    kept = rows[~is_left & rows["mentions"].notna()]
    if kept.empty:
        what = "inget tema har något antal."
        raise SourceError(
            Problem(file.name, what, action="Skriv ett tema per rad och hur ofta det nämndes i en kolumn per dialog.")
        )
    others = [sheet for sheet in file.sheets if sheet.name not in {one.sheet.name for one in found} and sheet.n_filled]
    aside = [
        SetAside(FREE_TEXT, _n_rows(rows[is_long])),
        SetAside(SUM, _n_rows(rows[is_sum & ~is_long])),
        SetAside(UNNAMED, _n_rows(rows[is_unnamed])),
        SetAside(EMPTY, n_rows - _n_rows(rows[is_left]) - _n_rows(kept)),
        *(SetAside(f'bladet "{sheet.name}" är ingen lista över dialoger', sheet.n_filled) for sheet in others),
    ]
    doubts = [doubt for part in parts for doubt in part.doubts] + _unknown(file, kept, taxonomy)
    return Reading(
        {"dialogue_themes": validate("dialogue_themes", _themes(kept), file.name)},
        tuple(doubts),
        n_rows + sum(sheet.n_filled for sheet in others),
        tuple(item for item in aside if item.n_rows),
        rows_used=_n_rows(kept),
    )


def _n_rows(rows: pd.DataFrame) -> int:
    return len(rows.drop_duplicates(["sheet", "row"]))


def _themes(rows: pd.DataFrame) -> pd.DataFrame:
    """Mentions summed per theme, day and kind; participants summed over the meetings of the day."""
    spelt = rows.assign(key=rows["theme"].map(fold))
    spelt["theme"] = spelt.groupby("key", observed=True)["theme"].transform("first")
    meetings = rows.groupby(["dialogue", "date", "meeting"], observed=True)["participants"].max().reset_index()
    people = meetings.groupby(["dialogue", "date"], observed=True)["participants"].sum(min_count=1).reset_index()
    sums = spelt.groupby(["dialogue", "date", "theme"], observed=True, sort=False)["mentions"].sum().reset_index()
    return sums.merge(people, on=["dialogue", "date"], how="left", validate="many_to_one")


def _unknown(file: RawFile, rows: pd.DataFrame, taxonomy: Taxonomy) -> list[Doubt]:
    """The themes the taxonomy does not know, with the nearest it does and their share of all mentions."""
    unknown = [theme for theme in rows["theme"].unique() if taxonomy.match_theme(theme) is None]
    if not unknown:
        return []
    named = []
    for theme in unknown[:_SHOWN]:
        near = taxonomy.nearest(theme, taxonomy.dialogue_themes["theme"])
        named.append(f'"{theme}"' + (f" (närmast: {near[0]})" if near else ""))
    more = [f"{len(unknown) - _SHOWN} till"] if len(unknown) > _SHOWN else []
    part = rows[rows["theme"].isin(unknown)]
    total, n = rows["mentions"].sum(), part["mentions"].sum()
    share = float(n / total) if total and n >= FEWEST else None
    what = f"{swedish.plural(len(unknown), 'tema är okänt', 'teman är okända')}: {swedish.listing([*named, *more])}."
    action = "De räknas i summan men inte i något problemområde."
    return [Doubt("okant_tema", file.name, what, action, len(part), share)]
