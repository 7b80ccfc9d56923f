"""Where an EST list keeps its columns: the heading row of a sheet and what each heading means."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from lagesbild import swedish
from lagesbild.errors import Problem
from lagesbild.profile import Profile
from lagesbild.sources.est_cells import LAYOUT
from lagesbild.sources.file import Sheet, is_blank
from lagesbild.taxonomy.names import fold

LOOK_FOR_HEADINGS_IN = 10
#: What tells an EST list from any other table: when, what, who, where.
CORE = ("date", "week", "category", "organisation", "area", "place")
_SYNONYMS: dict[str, list[str]] = {
    column: [fold(word) for word in (column, *words)] for column, words in LAYOUT["columns"].items()
}
#: A heading that no EST list has, but the lists of reported offences do.
_FOREIGN = {"brottskod"}
_LONGEST_QUOTE, _SHOWN = 40, 12


@dataclass(frozen=True)
class Headings:
    """A heading row. row: its place among the sheet's rows; columns: column -> place in the row; names: as they stand."""

    row: int
    columns: dict[str, int]
    names: list[str]

    @property
    def is_est(self) -> bool:
        """Whether the headings are an EST list's: when and what, or three of when, what, who and where."""
        found = set(CORE) & set(self.columns)
        is_dated = bool({"date", "week"} & found)
        return not _FOREIGN & {fold(name) for name in self.names} and (len(found) >= 3 or (is_dated and "category" in found))

    @property
    def missing(self) -> list[str]:
        """What cannot be done without and was not found."""
        absent = [] if {"date", "week"} & set(self.columns) else ["date"]
        return absent + ([] if "category" in self.columns else ["category"])

    def name_of(self, column: str) -> str:
        """The heading as it stands in the file."""
        return self.names[self.columns[column]] if column in self.columns else column

    @property
    def unused(self) -> list[str]:
        """Headings that mean nothing here, shortened."""
        used = set(self.columns.values())
        return [name[:_LONGEST_QUOTE] for place, name in enumerate(self.names) if name and place not in used]


def find(sheet: Sheet, profile: Profile) -> Headings | None:
    """The best heading row among the first ten rows; None in a sheet without any text."""
    own = {fold(heading): column for heading, column in profile.est.columns.items()}
    candidates = [
        _read(at, row, own)
        for at, row in enumerate(sheet.rows[:LOOK_FOR_HEADINGS_IN])
        if not all(is_blank(cell) for cell in row)
    ]
    return max(
        candidates, key=lambda found: (len(set(CORE) & set(found.columns)), len(found.columns), -found.row), default=None
    )


def unknown_columns(profile: Profile) -> list[Problem]:
    """The columns named in the profile's [est.columns] that do not exist."""
    problems = []
    for heading, column in sorted(profile.est.columns.items()):
        if column not in _SYNONYMS:
            near = difflib.get_close_matches(column, list(_SYNONYMS), n=1, cutoff=0.5)
            hint = f"Närmast är {near[0]}." if near else f"Kolumnerna är {swedish.listing(list(_SYNONYMS))}."
            where = f"{profile.slug}.toml, [est.columns]"
            problems.append(Problem(where, f'"{heading}" = "{column}": kolumnen {column} finns inte.', action=hint))
    return problems


def advice(headings: Headings | None) -> str:
    """What was found and what to write in the profile, for an error or a refusal."""
    names = [f'"{name[:_LONGEST_QUOTE]}"' for name in (headings.names if headings else []) if name]
    if not names:
        return "Lägg rubriker på bladets första rad, till exempel Datum, Kategori, Organisation och Plats."
    shown = swedish.listing(names) if len(names) <= _SHOWN else f"{', '.join(names[:_SHOWN])} med flera"
    missing = headings.missing if headings else []
    lines = [f'"rubriken i listan" = "{column}"' for column in missing]
    how = f" Skriv i profilen under [est.columns]: {' och '.join(lines)}." if lines else ""
    return f"Rubrikerna är {shown}.{how}"


def _read(at: int, row: list[object], own: Mapping[str, str]) -> Headings:
    names = ["" if is_blank(cell) else " ".join(str(cell).split()) for cell in row]
    keys = [fold(name) for name in names]
    columns = {own[key]: place for place, key in reversed(list(enumerate(keys))) if key in own}
    for column, synonyms in _SYNONYMS.items():
        ranked = [keys.index(word) for word in synonyms if word in keys]
        free = [place for place in ranked if place not in columns.values()]
        if column not in columns and free:
            columns[column] = free[0]
    return Headings(at, columns, names)
