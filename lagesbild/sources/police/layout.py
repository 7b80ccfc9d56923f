"""Which columns a police extract has, by its headings."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources

from lagesbild.sources.files.file import Sheet, is_blank
from lagesbild.taxonomy.names import fold

LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("police_incidents.toml").read_text("utf-8"))
_LOOK_FOR_HEADINGS_IN = 10


@dataclass(frozen=True)
class Layout:
    """row: the heading row's place in the sheet. columns: what is read -> its place in the row; names: the headings.

    Columns called ``area 0``, ``area 1`` … say where it happened, the finest part first.
    """

    row: int
    columns: dict[str, int]
    names: list[str]

    @property
    def is_police(self) -> bool:
        """Whether the headings are those of a police extract."""
        wanted = LAYOUT["recognised"]
        found = {"area" if name.startswith("area ") else name for name in self.columns}
        is_dated = not found.isdisjoint(wanted["one_of"])
        return wanted["needs"] in found and is_dated and len(found) >= wanted["at_least"]

    @property
    def areas(self) -> list[str]:
        """The columns that say where it happened."""
        return [name for name in self.columns if name.startswith("area ")]

    def heading(self, column: str) -> str:
        """The heading as it stands in the file."""
        return self.names[self.columns[column]]


def find(sheet: Sheet) -> Layout | None:
    """The first row near the top that is a police extract's headings; None where there is none."""
    layouts = (_layout(at, row) for at, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN]))
    return next((layout for layout in layouts if layout.is_police), None)


def nearest(sheet: Sheet) -> Layout:
    """The row near the top that has most of the columns."""
    layouts = [_layout(at, row) for at, row in enumerate(sheet.rows[:_LOOK_FOR_HEADINGS_IN])]
    return max(layouts, key=lambda layout: len(layout.columns), default=Layout(0, {}, []))


def _layout(at: int, row: list[object]) -> Layout:
    names = ["" if is_blank(cell) else " ".join(str(cell).replace("\ufeff", "").split()) for cell in row]
    keys = [_key(name) for name in names]
    columns = {}
    for column, synonyms in LAYOUT["columns"].items():
        place = next((keys.index(word) for word in synonyms if word in keys), None)
        if place is not None:
            columns[column] = place
    present = [heading for heading in LAYOUT["areas"]["headings"] if heading in keys]
    return Layout(at, columns | {f"area {at}": keys.index(heading) for at, heading in enumerate(present)}, names)


def _key(name: str) -> str:
    """The heading folded, a remark in parentheses left out: "Brottstid start (HHmm)" is "brottstid start"."""
    return fold(name.split("(")[0]) or fold(name)
