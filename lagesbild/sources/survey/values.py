"""Labelled figures become ``survey_results``: whose, which year, on which scale; every row of the file is accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.reading import Reading, SetAside
from lagesbild.sources.survey import doubts as survey_doubts
from lagesbild.sources.survey import places
from lagesbild.sources.survey.bases import KEY, in_percent, with_answers, with_limits
from lagesbild.sources.survey.grid import Cell, Grid, cell_text
from lagesbild.tables import TABLES, parse_figure, validate
from lagesbild.tables.figure import DASHES
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

UNKNOWN_AREA = "gäller en del av en kommun eller ett okänt område"
NO_VALUE = "anger antal svar, urval eller annat som inget värde hör till"
REPEATED = "upprepar ett värde som redan står i filen"
OUTSIDE = "ligger utanför skalan"
EMPTY = "saknar siffror"
_LONGEST_QUOTE = 15
#: No survey has more answers.
_LARGEST = 1e8
#: The scale of a unit: its name in the contract, its highest value.
_SCALES = {"percent": ("percent", 100.0), "index": ("index_0_6", 6.0)}


@dataclass(frozen=True)
class Figures:
    """Every figure that could be placed. frame: sheet, row, heading, item, group, geography_level, geography, year, value,
    missing, unit, statistic, category, is_text; problems: what could not; unknown: areas nobody knows; dropped: (sheet, row) ->
    reason; n_dashes: dashes taken as missing."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    unknown: tuple[str, ...]
    dropped: dict[tuple[str, int], str]
    rows: tuple[tuple[str, int], ...]
    n_dashes: int = 0


def figures(file: RawFile, grids: Iterable[Grid], taxonomy: Taxonomy, question: Callable[[Cell], str], unit: str) -> Figures:
    """The cells of the grids as one row per figure. unit: what a figure is where nothing says it.

    A dash is no answer here: a survey value of exactly 0 is printed as 0.
    """
    records: list[dict[str, object]] = []
    faults: dict[tuple[str, str, str], list[int]] = {}
    unknown: dict[str, None] = {}
    dropped: dict[tuple[str, int], str] = {}
    rows: dict[tuple[str, int], None] = {}
    n_dashes = 0
    for one in grids:
        rows |= {(one.sheet, row): None for row in one.rows}
        for cell in one.cells:
            statistic = cell.get("statistic") if "statistic" in (*cell.labels, *cell.context) else "value"
            if statistic == "":
                continue
            content, is_percent = _without_percent(cell.content)
            try:
                figure = parse_figure(content)
                if figure.value is not None and abs(figure.value) > _LARGEST:
                    raise ValueError("not a figure of a survey")
            except ValueError:
                faults.setdefault((one.sheet, cell.heading, _unreadable(cell.content)), []).append(cell.row)
                continue
            found, text = _area(cell, taxonomy)
            if found is None and (text or _is_unknown_row(cell)):
                unknown[text or cell.row_text] = None
                dropped.setdefault((one.sheet, cell.row), UNKNOWN_AREA)
                continue
            is_dash = isinstance(content, str) and content.strip() in DASHES
            n_dashes += is_dash
            records.append(
                {
                    "sheet": one.sheet,
                    "row": cell.row,
                    "heading": cell.heading,
                    "item": question(cell) if statistic in ("value", "lower", "upper") else "",
                    "group": cell.get("group") or "alla",
                    "geography_level": found.level if found else "",
                    "geography": found.name if found else "",
                    "year": _year(cell.get("year")),
                    "value": None if is_dash else figure.value,
                    "missing": "not_collected" if is_dash else figure.missing,
                    "unit": "percent" if is_percent else cell.get("unit") or unit,
                    "statistic": statistic,
                    "category": cell.get("category"),
                    "n_printed": cell.get("n"),
                    "is_text": is_percent,
                }
            )
    frame = pd.DataFrame(records, columns=_COLUMNS).astype(_TYPES)
    problems = [
        Problem(file.where(sheet, numbers, heading), what, "ett tal, eller .. där värdet inte visas.")
        for (sheet, heading, what), numbers in faults.items()
    ]
    return Figures(frame, (*problems, *_unplaced(file, frame)), tuple(unknown), dropped, tuple(rows), n_dashes)


_TYPES = {
    "sheet": "str", "row": "int64", "heading": "str", "item": "str", "group": "str", "geography_level": "str",
    "geography": "str", "year": "int64", "value": "float64", "missing": "str", "unit": "str", "statistic": "str",
    "category": "str", "n_printed": "str", "is_text": "bool",
}  # fmt: skip
_COLUMNS = list(_TYPES)


def _without_percent(content: object) -> tuple[object, bool]:
    text = str(content).strip()
    is_percent = isinstance(content, str) and text.endswith("%")
    return (text.removesuffix("%").rstrip(), True) if is_percent else (content, False)


def _unreadable(content: object) -> str:
    """What stands there; a longer text may be a comment and is not quoted."""
    text = cell_text(content)
    is_short = len(text) <= _LONGEST_QUOTE and any(sign.isdigit() for sign in text)
    return f'"{text}" är inget värde.' if is_short else "där står en text i stället för ett värde."


def _area(cell: Cell, taxonomy: Taxonomy) -> tuple[places.Area | None, str]:
    """The area of a figure and the text that names it, "" where nothing does."""
    for labels in (cell.labels, cell.context):
        for kind in ("police_area", "place"):
            text = labels.get(kind, "")
            if text and fold(text) not in places.OWN:
                return places.area(text, taxonomy, is_police_area=kind == "police_area"), text
    return None, cell.labels.get("place", "")


def _is_unknown_row(cell: Cell) -> bool:
    """Whether the row's text can only be an area: the column says which question."""
    return bool(cell.row_text) and "item" in cell.labels


def _year(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{4}", text) else 0


def _unplaced(file: RawFile, frame: pd.DataFrame) -> list[Problem]:
    """Values whose year, area or question nothing in the file tells."""
    values = frame[frame["statistic"].eq("value")]
    wants = {
        "year": (values["year"].eq(0), "vilket år värdena gäller", "Skriv året i rubriken, till exempel 2025."),
        "geography": (
            values["geography"].eq(""),
            "vilken kommun eller vilket lokalpolisområde värdena gäller",
            "Skriv namnet i en cell ovanför tabellen.",
        ),
        "item": (values["item"].eq("") & values["category"].eq(""), "vilken fråga värdena gäller", "Skriv frågan i rubriken."),
    }
    problems = []
    for is_absent, what, action in wants.values():
        for sheet, part in values[is_absent].groupby("sheet", observed=True, sort=False):
            where = file.where(str(sheet), [int(row) for row in part["row"].unique()])
            problems.append(Problem(where, f"det framgår inte {what}.", action=action))
    return problems


def settle(
    file: RawFile,
    found: Figures,
    survey: str,
    taxonomy: Taxonomy,
    direction: Callable[[str], str],
    used_besides: Callable[[set[tuple[str, int]]], set[tuple[str, int]]] = set,
) -> Reading:
    """The figures as ``survey_results`` with every doubt. Raises SourceError with all problems.

    used_besides: the used rows -> all rows that stand in the result with them.
    """
    if found.problems:
        raise SourceError(found.problems)
    frame, fraction_doubts = in_percent(file, found.frame)
    values = frame[frame["statistic"].eq("value")]
    highest = values["unit"].map({unit: most for unit, (_, most) in _SCALES.items()}).astype("float64")
    is_outside = values["value"].gt(highest) | values["value"].lt(0)
    inside = values[~is_outside]
    if inside["value"].notna().sum() == 0:
        what = "inget värde i filen går att använda." + (" Alla ligger utanför skalan." if is_outside.any() else "")
        action = 'Är värdena andelar ska det stå "andel" eller "procent" i rubriken.'
        raise SourceError(Problem(file.name, what, "index från 0 till 6, eller procent från 0 till 100.", action))
    is_repeated = inside.duplicated([*KEY, "unit"])
    once = inside[~is_repeated]
    doubts = [
        *fraction_doubts,
        *survey_doubts.outside(file, values[is_outside]),
        *survey_doubts.conflicting(file, inside, [*KEY, "unit"]),
        *survey_doubts.dashes(file, found.n_dashes),
        *survey_doubts.unknown_areas(file, found.unknown, sum(r == UNKNOWN_AREA for r in found.dropped.values()), taxonomy),
        *survey_doubts.unknown_items(file, once, survey, taxonomy),
    ]
    based, n_rows = with_answers(with_limits(once, frame), frame)
    known = {item: taxonomy.match_item(survey, item) for item in based["item"].unique()}
    is_share_of_index = based["unit"].eq("percent") & based["item"].map(lambda item: _is_index(survey, known[item], taxonomy))
    table = based.assign(
        survey=survey,
        item=based["item"].mask(is_share_of_index, based["item"] + " (andel)"),
        scale=based["unit"].map({unit: scale for unit, (scale, _) in _SCALES.items()}),
        higher_is=based["item"].map({item: direction(item) for item in based["item"].unique()}),
        missing=based["missing"].where(based["value"].isna()),
    )
    names = TABLES["survey_results"].names
    placed = table[names].set_axis(pd.Index(table["row"], name="rad"))
    used = used_besides({*zip(table["sheet"], table["row"], strict=True), *n_rows})
    aside = _aside(found, used, frame, values[is_outside], inside[is_repeated])
    return Reading(
        {"survey_results": validate("survey_results", placed, file.name)},
        tuple(doubts),
        len(found.rows),
        aside,
        rows_used=len(used & set(found.rows)),
    )


def _is_index(survey: str, item: str | None, taxonomy: Taxonomy) -> bool:
    """Whether the taxonomy knows the question as an index: a share of it is another figure and must not be taken for it."""
    items = taxonomy.survey_items
    rows = items[items["survey"].eq(survey) & items["item"].eq(item or "")]
    return bool(rows["scale"].eq("index_0_6").any())


def _aside(
    found: Figures, used: set[tuple[str, int]], frame: pd.DataFrame, outside: pd.DataFrame, repeated: pd.DataFrame
) -> tuple[SetAside, ...]:
    """Why each data row that is not used is not, by the weightiest of its figures' reasons."""
    reasons: dict[tuple[str, int], str] = {}
    for reason, part in ((OUTSIDE, outside), (REPEATED, repeated), (NO_VALUE, frame[frame["statistic"].ne("value")])):
        for place in zip(part["sheet"], part["row"], strict=True):
            reasons.setdefault(place, reason)
    reasons = {**reasons, **found.dropped}
    left = [place for place in found.rows if place not in used]
    told = [reasons.get(place, EMPTY) for place in left]
    return tuple(SetAside(reason, told.count(reason)) for reason in dict.fromkeys(told))


def with_doubts(reading: Reading, more: Iterable[Doubt]) -> Reading:
    """The reading with further doubts."""
    return replace(reading, doubts=(*reading.doubts, *more))
