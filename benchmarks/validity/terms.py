"""The plain numbers and names of the taxonomy's CSV files that a kommun's deliveries are written in."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
_FOLDER = files("lagesbild.taxonomy")
_CRITERIA = ("omfattning", "jamforelse", "utveckling")
#: The year of the report, and the first year in which every code used is valid.
LAST_YEAR = 2025
_FIRST_YEAR = 2021


@dataclass(frozen=True)
class Item:
    """A survey question about the area at this position."""

    survey: str
    item: str
    area: int


@dataclass(frozen=True)
class Terms:
    """areas: ids in order, U of them. visibility (U,): where a problem shows. is_searched (U,): found by police control.

    codes: offence codes per area. categories: EST categories per area. other_categories: those of none. themes: dialogue themes
    per area. items: survey questions in percent that count as signals. spread: kind of source -> (U,3) declared standard
    deviations of level, comparison and trend; NaN where the kind says nothing of an area. classes (U,): bias class of reports.
    """

    areas: tuple[str, ...]
    visibility: tuple[str, ...]
    is_searched: Mask
    codes: tuple[tuple[str, ...], ...]
    categories: tuple[tuple[str, ...], ...]
    other_categories: tuple[str, ...]
    themes: tuple[tuple[str, ...], ...]
    items: tuple[Item, ...]
    spread: dict[str, Array]
    classes: tuple[str, ...]

    def position(self, area: str) -> int:
        """The area's place in the order."""
        return self.areas.index(area)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_FOLDER / f"{name}.csv").read_text("utf-8").splitlines()))


@cache
def terms() -> Terms:
    """The taxonomy as the generator needs it, read once."""
    rows = sorted((row for row in _rows("areas") if row["kind"] == "area"), key=lambda row: int(row["order"]))
    areas = tuple(row["problem_area"] for row in rows)
    classes = {row["bias_class"]: [float(row[name] or "nan") for name in _CRITERIA] for row in _rows("bias_classes")}
    declared = {(row["problem_area"], row["kind"]): row["bias_class"] for row in _rows("bias")}
    kinds = sorted({kind for _, kind in declared})
    unknown = [float("nan")] * len(_CRITERIA)
    spread = {
        kind: np.array([classes.get(declared.get((area, kind), ""), unknown) for area in areas], dtype=np.float64)
        for kind in kinds
    }
    codes = [row for row in _rows("offence_codes") if not row["valid_to"] and int(row["valid_from"] or 0) <= _FIRST_YEAR]
    categories = _rows("est_categories")
    return Terms(
        areas=areas,
        visibility=tuple(row["visibility"] for row in rows),
        is_searched=np.array([row["is_police_initiated"] == "true" for row in rows]),
        codes=tuple(tuple(row["brottskod"] for row in codes if row["problem_area"] == area) for area in areas),
        categories=tuple(tuple(row["category"] for row in categories if row["problem_area"] == area) for area in areas),
        other_categories=tuple(row["category"] for row in categories if row["kind"] == "other"),
        themes=tuple(tuple(row["theme"] for row in _rows("dialogue_themes") if row["problem_area"] == area) for area in areas),
        items=tuple(
            Item(row["survey"], row["item"], areas.index(row["problem_area"]))
            for row in _rows("survey_items")
            if row["is_signal"] == "true" and row["scale"] == "percent" and row["problem_area"] in areas
        ),
        spread=spread,
        classes=tuple(declared[area, "reported"] for area in areas),
    )
