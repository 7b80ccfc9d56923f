"""Where an EST list keeps its columns: the heading row of a sheet and what each heading means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lagesbild import swedish, taxonomy
from lagesbild.errors import Problem
from lagesbild.profile import Profile
from lagesbild.sources.est.cells import LAYOUT
from lagesbild.sources.files.sheet import Sheet, is_blank
from lagesbild.taxonomy.names import fold

LOOK_FOR_HEADINGS_IN = 10
#: What tells an EST list from any other table: when, what, who, where.
CORE = ("date", "week", "category", "organisation", "area", "place")
_SYNONYMS: dict[str, list[str]] = {
    column: [fold(word) for word in (column, *words)] for column, words in LAYOUT["columns"].items()
}
_QUESTIONS: dict[str, list[str]] = {column: [fold(words) for words in its] for column, its in LAYOUT["questions"].items()}
_REPORTED, _PRIVATE, _IGNORED, _FOREIGN_LISTS = (
    {fold(word) for word in LAYOUT[name]["headings"]} for name in ("reported", "private", "ignored", "foreign")
)
_PRIVATE_WORDS = {fold(word) for word in LAYOUT["private"]["words"]}
_TOTALS = {fold(word) for word in LAYOUT["totals"]["words"]}
#: A heading that no EST list has, but the lists of reported offences do.
_FOREIGN = {"brottskod"}
#: So many columns with a category's name make a list with a column per category.
FEWEST_COUNTED = 3
_NUMBERING, _ASIDE = re.compile(r"^\s*\d{1,2}\s*[.)]\s*"), re.compile(r"\([^()]*\)|[*?:]+\s*$")
_LONGEST_QUOTE, _SHOWN = 40, 12


@dataclass(frozen=True)
class Headings:
    """A heading row. row: its place among the sheet's rows; columns: column -> place in the row; names: as they stand.

    counted: place -> category, in a list with one column per category and counts in the cells. sums: places of row sums there.
    """

    row: int
    columns: dict[str, int]
    names: list[str]
    counted: dict[int, str] = field(default_factory=dict)
    sums: tuple[int, ...] = ()

    @property
    def is_est(self) -> bool:
        """Whether the headings are an EST list's: when and what, or three of when, what, who and where."""
        found = set(CORE) & set(self.columns)
        is_dated = "week" in found or ("date" in found and not self.is_reported)
        is_foreign = bool(_FOREIGN & {fold(name) for name in self.names})
        return not is_foreign and (bool(self.counted) or len(found) >= 3 or (is_dated and "category" in found))

    @property
    def is_reported(self) -> bool:
        """Whether the days say when the report was written, not when it happened."""
        return "date" in self.columns and fold(_NUMBERING.sub("", self.name_of("date"))) in _REPORTED

    @property
    def missing(self) -> list[str]:
        """What cannot be done without and was not found."""
        absent = [] if {"date", "week"} & set(self.columns) else ["date"]
        return absent + ([] if self.counted or "category" in self.columns else ["category"])

    def name_of(self, column: str) -> str:
        """The heading as it stands in the file."""
        return self.names[self.columns[column]] if column in self.columns else column

    @property
    def private(self) -> list[str]:
        """Headings of columns that hold persons and are never read."""
        return [name[:_LONGEST_QUOTE] for name in self.names if _is_private(name)]

    @property
    def unused(self) -> list[str]:
        """Headings that mean nothing here, shortened."""
        used = {*self.columns.values(), *self.counted, *self.sums}
        left = [name for place, name in enumerate(self.names) if name and place not in used]
        return [name[:_LONGEST_QUOTE] for name in left if fold(name) not in _IGNORED and not _is_private(name)]


def find(sheet: Sheet, profile: Profile) -> Headings | None:
    """The best heading row among the first ten rows; None in a sheet without any text."""
    own = {fold(heading): column for heading, column in profile.est.columns.items()}
    candidates = [
        _read(at, row, own, profile.est.categories)
        for at, row in enumerate(sheet.rows[:LOOK_FOR_HEADINGS_IN])
        if not all(is_blank(cell) for cell in row)
    ]
    return max(
        candidates,
        key=lambda found: (len(set(CORE) & set(found.columns)), len(found.columns) + len(found.counted), -found.row),
        default=None,
    )


def unknown_columns(profile: Profile) -> list[Problem]:
    """What cannot be used in the profile's [est.columns]: columns that do not exist, and headings of persons."""
    problems = []
    where = f"{profile.slug}.toml, [est.columns]"
    for heading, column in sorted(profile.est.columns.items()):
        if column not in _SYNONYMS:
            near = difflib.get_close_matches(column, list(_SYNONYMS), n=1, cutoff=0.5)
            hint = f"Närmast är {near[0]}." if near else f"Kolumnerna är {swedish.listing(list(_SYNONYMS))}."
            problems.append(Problem(where, f'"{heading}" = "{column}": kolumnen {column} finns inte.', action=hint))
        elif _is_private(heading):
            what = f'"{heading}": en kolumn med det namnet kan peka ut personer och läses aldrig.'
            problems.append(Problem(where, what, action="Byt rubrik i listan om kolumnen gäller något annat än personer."))
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


def foreign(headings: Headings) -> str:
    """The first heading that only lists of other countries have; "" where there is none."""
    return next((name for name in headings.names if fold(name) in _FOREIGN_LISTS), "")


def is_total(text: str) -> bool:
    """Whether a cell or heading says that its row or column sums others.

    >>> is_total("SUMMA:"), is_total("Totalt mars"), is_total("Summan av allt")
    (True, True, False)
    """
    key = fold(text)
    return key in _TOTALS or key.split(" ", 1)[0] in ("summa", "totalt")


def _is_private(name: str) -> bool:
    return fold(_ASIDE.sub(" ", _NUMBERING.sub("", name))) in _PRIVATE


def _read(at: int, row: list[object], own: Mapping[str, str], categories: Mapping[str, str]) -> Headings:
    names = ["" if is_blank(cell) else " ".join(str(cell).split()) for cell in row]
    keys = ["" if _is_private(name) else fold(name) for name in names]
    bare = [fold(_ASIDE.sub(" ", _NUMBERING.sub("", name))) if key else "" for name, key in zip(names, keys, strict=True)]
    columns = {own[key]: place for place, key in reversed(list(enumerate(keys))) if key in own}
    for spellings in (keys, bare):
        for column, synonyms in _SYNONYMS.items():
            ranked = [spellings.index(word) for word in synonyms if word in spellings]
            free = [place for place in ranked if place not in columns.values()]
            if column not in columns and free:
                columns[column] = free[0]
    columns |= _asked(bare, columns)
    counted = _counted(names, keys, columns, categories)
    if not counted:
        return Headings(at, columns, names)
    taken = {column: place for column, place in columns.items() if place not in counted}
    sums = tuple(place for place, name in enumerate(names) if is_total(name) or place == taken.get("persons"))
    taken.pop("persons", None)
    return Headings(at, taken, names, counted, sums)


def _asked(keys: list[str], columns: Mapping[str, int]) -> dict[str, int]:
    """The columns that are questions of a form, by the words in them; the headings above go first."""
    found: dict[str, int] = {}
    is_weak = {"date"} if "date" in columns and keys[columns["date"]] in _REPORTED else set()
    open_columns = [column for column in _QUESTIONS if column not in columns or column in is_weak]
    free = {place: f" {key} " for place, key in enumerate(keys) if key and place not in columns.values()}
    for column in open_columns:
        for place, key in free.items():
            if place not in found.values() and any(
                f" {words} " in key or key.startswith(f" {words}") for words in _QUESTIONS[column]
            ):
                found[column] = -1 if _PRIVATE_WORDS & set(key.split()) else place
                break
    return {column: place for column, place in found.items() if place >= 0}


def _counted(names: list[str], keys: list[str], columns: Mapping[str, int], categories: Mapping[str, str]) -> dict[int, str]:
    """The columns that are categories, where a list has at least three of them, a day or week, and no column of categories."""
    if "category" in columns or not {"date", "week"} & set(columns):
        return {}
    terms = taxonomy.load()
    fixed = {place for column, place in columns.items() if column not in ("description", "persons", "place", "area")}
    found = {
        place: name
        for place, (name, key) in enumerate(zip(names, keys, strict=True))
        if key and place not in fixed and not is_total(name) and terms.match_category(name, categories)
    }
    return found if len(found) >= FEWEST_COUNTED else {}
