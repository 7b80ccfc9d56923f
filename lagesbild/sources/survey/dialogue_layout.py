"""Where a list of dialogues keeps its themes, days, kinds and numbers, and the mentions it holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files as resources
from typing import Any, ClassVar

import pandas as pd

from lagesbild.errors import Doubt, Problem
from lagesbild.profile import Profile
from lagesbild.sources.est.days import Clues, NoDate, read_day
from lagesbild.sources.files.file import RawFile, Sheet, is_blank
from lagesbild.sources.survey.grid import cell_text
from lagesbild.tables import parse_figure
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

LAYOUT: dict[str, Any] = tomllib.loads(resources("lagesbild.sources").joinpath("dialogue_list.toml").read_text("utf-8"))
_ROLES = {fold(word): role for role, words in LAYOUT.items() if role not in ("kinds", "sum") for word in words}
_KINDS = {kind: tuple(fold(word) for word in words) for kind, words in LAYOUT["kinds"].items()}
_LOOK_FOR_HEADINGS_IN, _LONGEST_QUOTE = 15, 20
_FEWEST_THEMES = 2
#: No dialogue has more people or mentions.
_MOST = 1e6
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)",
        r"(?<!\d)\d{1,2}\s+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*(?:\s+\d{4})?",
        r"(?<!\d)\d{1,2}/\d{1,2}(?:[\s/-]+\d{2,4})?(?!\d)",
    )
)
_MONTHS = {fold(name): number for name, number in {
    "januari": 1, "februari": 2, "mars": 3, "april": 4, "maj": 5, "juni": 6, "juli": 7, "augusti": 8, "september": 9,
    "oktober": 10, "november": 11, "december": 12,
}.items()}  # fmt: skip
_PEOPLE = re.compile(r"(?<!\d)(\d{1,6})\s*(?:deltagare|personer|pers\b)|deltagare\D{0,3}(\d{1,6})(?!\d)", re.IGNORECASE)
_COLUMNS = ["sheet", "row", "meeting", "dialogue", "date", "participants", "theme", "mentions"]


@dataclass(frozen=True)
class DialogueSheet:
    """A sheet of themes. head: place of its heading row; theme: column of the themes; roles: role -> column; title: the words
    above. A list has a row per mention or per theme and dialogue; otherwise every other column is a dialogue."""

    SUMS: ClassVar[frozenset[str]] = frozenset(fold(word) for word in LAYOUT["sum"])

    sheet: Sheet
    head: int
    theme: int
    roles: Mapping[str, int]
    title: str

    @property
    def is_list(self) -> bool:
        """Whether day or kind stand in columns of their own."""
        return bool({"date", "dialogue", "mentions"} & set(self.roles))

    @property
    def data(self) -> list[tuple[int, list[object]]]:
        """Row number and cells of every row with a theme and something beside it, or a theme in a list."""
        start = self.head + 1
        pairs = zip(self.sheet.numbers[start:], self.sheet.rows[start:], strict=True)
        return [(number, row) for number, row in pairs if self._is_data(row) and not self.is_people(row)]

    def _is_data(self, row: list[object]) -> bool:
        n_filled = sum(not is_blank(cell) for cell in row)
        return n_filled > 1 or (n_filled == 1 and self.is_list and self.theme < len(row) and not is_blank(row[self.theme]))

    def is_people(self, row: list[object]) -> bool:
        """Whether the row tells how many took part."""
        return self.theme < len(row) and _ROLES.get(fold(cell_text(row[self.theme]))) == "participants"


@dataclass(frozen=True)
class Mentions:
    """rows: sheet, row, meeting, dialogue, date, participants, theme, mentions (NaN where none stands)."""

    rows: pd.DataFrame
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]


def kind_of(text: str) -> str:
    """Whether a text is about staff or citizens; "" where it says neither.

    >>> kind_of("APT socialtjänsten"), kind_of("Torgmöte i Moholm"), kind_of("Kapten Bengt")
    ('staff', 'citizen', '')
    """
    words = fold(text).split()
    key = " " + " ".join(words)
    return next((kind for kind, starts in _KINDS.items() if any(f" {start}" in key for start in starts)), "")


def find(sheet: Sheet, taxonomy: Taxonomy) -> DialogueSheet | None:
    """The sheet as a list of dialogues; None where it has no column of themes, or nothing says that it is about dialogues."""
    title = [sheet.name]
    for head, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN]):
        texts = [cell_text(cell) for cell in row]
        if sum(map(bool, texts)) < 2:
            title += [text for text in texts if text]
            continue
        roles: dict[str, int] = {}
        for place, text in enumerate(texts):
            if role := _ROLES.get(fold(text)):
                roles.setdefault(role, place)
        theme = roles.pop("theme", 0)
        themes = {cell_text(line[theme]) for line in sheet.rows[head + 1 : head + 40] if theme < len(line)}
        n_known = sum(taxonomy.match_theme(text) is not None for text in themes if text)
        told = [sheet.name, *title, *texts]
        if "dialogue" in roles:
            told += [
                cell_text(line[roles["dialogue"]]) for line in sheet.rows[head + 1 : head + 40] if roles["dialogue"] < len(line)
            ]
        is_dialogue = any(kind_of(text) or "dialog" in fold(text) for text in told)
        if n_known >= _FEWEST_THEMES and is_dialogue:
            return DialogueSheet(sheet, head, theme, roles, " ".join(title))
    return None


def mentions(file: RawFile, found: DialogueSheet, profile: Profile) -> Mentions:
    """The sheet's mentions, one per row and dialogue; problems for a day, a kind or a number that is none."""
    return _of_list(file, found, profile) if found.is_list else _of_columns(file, found, profile)


def _of_columns(file: RawFile, found: DialogueSheet, profile: Profile) -> Mentions:
    """Themes as rows, dialogues as columns; how many took part in the heading or in a row of its own."""
    sheet = found.sheet
    headings = [cell_text(cell) for cell in sheet.rows[found.head]]
    people = next((row for row in sheet.rows[found.head + 1 :] if found.is_people(row)), [])
    problems: list[Problem] = []
    rough: list[str] = []
    records: list[dict[str, object]] = []
    for place, heading in enumerate(headings):
        if (
            place == found.theme
            or fold(heading) in DialogueSheet.SUMS
            or _ROLES.get(fold(heading)) in ("remarks", "place", "participants")
        ):
            continue
        cells = [(number, row[place]) for number, row in found.data if place < len(row) and not is_blank(row[place])]
        if not heading or not cells:
            continue
        where = file.where(sheet.name, None, heading[:60])
        day, is_rough = _day(heading, found.title, profile)
        kind = kind_of(heading) or kind_of(found.title)
        problems += _untold(where, day, kind)
        rough += [heading] if is_rough else []
        told = _PEOPLE.search(heading)
        n_people = _number(people[place]) if place < len(people) else float(told[1] or told[2]) if told else float("nan")
        for number, row in found.data:
            value, is_wrong = _mentions(row[place] if place < len(row) else None)
            if is_wrong:
                problems.append(_no_number(file.where(sheet.name, number, heading[:60])))
            theme = cell_text(row[found.theme]) if found.theme < len(row) else ""
            records.append(dict(zip(_COLUMNS, (sheet.name, number, place, kind, day, n_people, theme, value), strict=True)))
    return Mentions(_frame(records), tuple(_together(file, sheet, problems)), _rough(file, sheet, len(rough)))


def _of_list(file: RawFile, found: DialogueSheet, profile: Profile) -> Mentions:
    """A row per mention, or per theme and dialogue with a number."""
    sheet, roles = found.sheet, found.roles
    problems: list[Problem] = []
    n_rough = 0
    records: list[dict[str, object]] = []
    for number, row in found.data:
        cells = {role: row[place] if place < len(row) else None for role, place in roles.items()}
        theme = cell_text(row[found.theme]) if found.theme < len(row) else ""
        day, is_rough = _day(cell_text(cells.get("date")), found.title, profile)
        kind = kind_of(cell_text(cells.get("dialogue"))) or kind_of(found.title)
        n_rough += is_rough
        value, is_wrong = _mentions(cells["mentions"]) if "mentions" in cells else (1.0, False)
        where = file.where(sheet.name, number)
        problems += [*_untold(where, day, kind), *([_no_number(where)] if is_wrong else [])] if theme else []
        n_people = _number(cells.get("participants"))
        meeting = cell_text(cells.get("dialogue"))
        value = value if theme else float("nan")
        records.append(dict(zip(_COLUMNS, (sheet.name, number, meeting, kind, day, n_people, theme, value), strict=True)))
    return Mentions(_frame(records), tuple(_together(file, sheet, problems)), _rough(file, sheet, n_rough))


def _frame(records: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(records, columns=_COLUMNS)
    types = {"theme": "str", "dialogue": "str", "participants": "float64", "mentions": "float64", "meeting": "str"}
    return frame.astype(types).assign(date=pd.to_datetime(frame["date"]))


def _day(text: str, title: str, profile: Profile) -> tuple[object, bool]:
    """The day in a text, else in the title, else the first of the month or year they name (True: only so roughly)."""
    years = _YEAR.findall(text) or _YEAR.findall(title)
    year = int(years[0]) if years else None
    for source in (text, title):
        for form in _DAYS:
            if found := form.search(source):
                try:
                    return read_day(found[0], Clues(year=year, report_year=profile.year)).day, False
                except NoDate:
                    continue
    if year is None:
        return None, False
    month = next((number for name, number in _MONTHS.items() if name in fold(text).split()), 1)
    return pd.Timestamp(year, month, 1).date(), True


def _number(cell: object) -> float:
    try:
        value = parse_figure(cell).value
    except ValueError:
        return float("nan")
    return float("nan") if value is None or not 0 <= value <= _MOST else float(round(value))


def _mentions(cell: object) -> tuple[float, bool]:
    """A number of mentions, and whether the cell is wrong. A cross is one, an empty cell is none at all."""
    if is_blank(cell):
        return float("nan"), False
    if cell_text(cell).lower() in ("x", "ja"):
        return 1.0, False
    value = _number(cell)
    is_whole = isinstance(cell, str) or not isinstance(cell, float) or cell.is_integer()
    return value, pd.isna(value) or not is_whole


def _untold(where: str, day: object, kind: str) -> list[Problem]:
    problems = []
    if day is None:
        problems.append(Problem(where, "det framgår inte vilken dag dialogen hölls.", "ett datum som 2025-03-29."))
    if not kind:
        expected = '"medborgardialog" eller "medarbetardialog" i rubriken, i en kolumn eller ovanför tabellen.'
        problems.append(Problem(where, "det framgår inte om dialogen var med medborgare eller medarbetare.", expected))
    return problems


def _together(file: RawFile, sheet: Sheet, problems: list[Problem]) -> list[Problem]:
    """One problem per cause, with all its rows."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    for problem in problems:
        where = problem.where
        rows.setdefault((getattr(where, "column", ""), problem.what, problem.expected), []).extend(getattr(where, "rows", ()))
    return [Problem(file.where(sheet.name, found, column), *texts) for (column, *texts), found in rows.items()]


def _no_number(where: str) -> Problem:
    return Problem(where, "talet är inget antal gånger.", "ett heltal.")


def _rough(file: RawFile, sheet: Sheet, n: int) -> tuple[Doubt, ...]:
    what = "dagen för dialogen är inte utskriven, bara år eller månad."
    return (Doubt("datum_ungefarligt", file.where(sheet.name), what, "Den första dagen används.", n),) if n else ()
