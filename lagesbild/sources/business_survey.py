"""Svenskt Näringsliv's survey: the share of companies that crime affects much, and the ranking, which is no share of anything.

Where the answers are printed, the share is "hög" and "mycket hög" together. The ranking, 1–290, is shown as background only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files as resources
from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild import taxonomy as terms
from lagesbild.errors import Doubt, Problem, SourceError
from lagesbild.profile import Profile
from lagesbild.sources import plain
from lagesbild.sources.files.file import RawFile, Sheet
from lagesbild.sources.reading import Reading, Refusal, SetAside
from lagesbild.sources.survey import business_answers, places
from lagesbild.sources.survey import values as survey_values
from lagesbild.sources.survey.grid import Cell, Grid, Label, grid
from lagesbild.tables import CONTEXT, validate
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

NAME = "Svenskt Näringslivs företagsenkät"
SURVEY = "naringsliv"
ITEM = "Företag som påverkas negativt av brottslighet och otrygghet"
LAYOUT: dict[str, Any] = tomllib.loads(resources("lagesbild.sources").joinpath("business_survey.toml").read_text("utf-8"))
_DIMENSIONS = {fold(word): kind for word, kind in LAYOUT["dimensions"].items()}
_STATISTICS = {fold(word): kind for word, kind in LAYOUT["statistics"].items()}
_CATEGORIES = {fold(word): str(step) for word, step in LAYOUT["categories"].items()}
_WORDS = tuple(fold(word) for word in LAYOUT["words"])
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![.,]?\d)")
_ANSWERS = re.compile(r"\bn\s*=\s*(\d[\d \u00a0\u202f]{0,9})", re.IGNORECASE)
_RANK = re.compile(r"\brank|\bplacering|\bplats\b", re.IGNORECASE)
_BOTH = re.compile(r"hög (?:eller|och|/) ?mycket hög", re.IGNORECASE)
_KOMMUNER = 290
OTHER_QUESTION = "gäller en annan fråga än brottslighet och otrygghet"


def recognise(file: RawFile, profile: Profile) -> Refusal | None:
    """None for a file that names Svenskt Näringsliv or företagsklimat and has figures about crime or a ranking."""
    if plain.recognise(file, profile) is None:
        return Refusal("filen är en tabell i programmets eget format")
    grids = _grids(file.heads, terms.load())
    words = fold(" ".join(text for one in grids for _, text in one.words))
    is_theirs = any(word in words for word in _WORDS)
    cells = [cell for one in grids for cell in one.cells]
    is_about = any("item" in {**cell.context, **cell.labels} or cell.get("statistic") == "rank" for cell in cells)
    if is_about and (is_theirs or any(cell.get("category") for cell in cells)):
        return None
    return Refusal("orden Svenskt Näringsliv eller företagsklimat och frågan om brottslighet hittas inte")


def read(file: RawFile, profile: Profile, taxonomy: Taxonomy) -> Reading:
    """The share in percent as ``survey_results`` and the ranking as ``context_figures``; other questions are set aside.

    Raises SourceError where a year or area is missing, an answer of the scale is missing, or nothing can be used.
    """
    grids = _grids(file.sheets, taxonomy)
    found = survey_values.figures(file, grids, taxonomy, _question, "percent")
    frame = found.frame
    ranks = _ranks(frame)
    is_rank = frame["statistic"].eq("rank")
    is_other = frame["statistic"].eq("value") & frame["item"].ne(ITEM)
    ours = frame[~is_rank & ~is_other]
    is_list, list_doubts = _lists_of_places(file, ours)
    shares, companions, problems = business_answers.shares(file, ours[~is_list])
    dropped = {
        **found.dropped,
        **_reasons(ours[is_list], "är en ranking, inte en andel"),
        **_reasons(frame[is_other & ~is_rank], OTHER_QUESTION),
    }
    if problems or found.problems:
        raise SourceError([*found.problems, *problems])
    rank_rows = set(zip(ranks["sheet"], ranks["row"], strict=True))
    if shares["statistic"].eq("value").any():
        kept = replace(found, frame=shares, dropped=dropped)
        reading = survey_values.settle(
            file, kept, SURVEY, taxonomy, lambda _: "worse", lambda used: _all_used(used, companions) | rank_rows
        )
    else:
        left = [place for place in found.rows if place not in rank_rows]
        told = [dropped.get(place, survey_values.NO_VALUE) for place in left]
        aside = tuple(SetAside(reason, told.count(reason)) for reason in dict.fromkeys(told))
        reading = Reading({}, (), len(found.rows), aside, rows_used=len(rank_rows))
    if ranks.empty and not reading.tables:
        action = "Ta bort filen ur mappen, eller hämta frågan om brottslighet och otrygghet."
        raise SourceError(
            Problem(file.name, "filen har varken andelen företag som påverkas eller någon ranking.", action=action)
        )
    tables = {**reading.tables, **_context(file, ranks)}
    return replace(reading, tables=tables, doubts=(*reading.doubts, *list_doubts, *_without_answers(file, reading)))


def _grids(sheets: Iterable[Sheet], taxonomy: Taxonomy) -> tuple[Grid, ...]:
    classify = _classifier(taxonomy)
    return tuple(grid(sheet, classify, _DIMENSIONS, fold) for sheet in sheets)


def _is_question(key: str) -> bool:
    return any(all(word in key for word in words) for words in LAYOUT["question"])


def _classifier(taxonomy: Taxonomy) -> Callable[[str], tuple[Label, ...]]:
    """What a text of the survey's tables says; each distinct text is looked at once."""

    @cache
    def classify(text: str) -> tuple[Label, ...]:
        years = set(_YEAR.findall(text))
        rest = _YEAR.sub(" ", text)
        key = fold(_ANSWERS.sub(" ", rest))
        labels = [Label("year", years.pop())] if len(years) == 1 else []
        if found := _ANSWERS.search(text):
            labels.append(Label("n", found[1]))
        if key in _STATISTICS:
            return (*labels, Label("statistic", _STATISTICS[key]))
        if key in _CATEGORIES:
            return (*labels, Label("category", _CATEGORIES[key]))
        if _RANK.search(rest):
            labels.append(Label("statistic", "rank"))
        if _is_question(key):
            return (*labels, Label("item", ITEM))
        if _BOTH.search(rest):
            return (*labels, Label("statistic", "value"))
        if place := places.named_in(text, taxonomy):
            labels.append(Label("place", place))
        return tuple(labels)

    return classify


def _question(cell: Cell) -> str:
    """The question about crime, or the text of another one."""
    own = cell.labels.get("item") or cell.row_text or cell.column_text or cell.context.get("item", "")
    return ITEM if own == ITEM or _is_question(fold(own)) else own


def _ranks(frame: pd.DataFrame) -> pd.DataFrame:
    """The places 1–290 of kommuner; what is no such place is left out."""
    rows = frame[frame["statistic"].eq("rank") & frame["geography_level"].eq("kommun") & frame["year"].gt(0)]
    is_place = rows["value"].between(1, _KOMMUNER) & rows["value"].eq(rows["value"].round())
    return rows[is_place].drop_duplicates(["geography", "year"])


def _lists_of_places(file: RawFile, frame: pd.DataFrame) -> tuple[pd.Series, list[Doubt]]:
    """Columns called shares that are places in a ranking: whole numbers, some above 100, none above 290."""
    column = [frame["sheet"], frame["heading"]]
    values = frame["value"].where(frame["statistic"].eq("value") & frame["category"].eq(""))
    is_whole = values.isna() | values.eq(values.round())
    grouped = values.groupby(column, observed=True)
    is_ranking = grouped.transform("max").between(101, _KOMMUNER) & is_whole.groupby(column, observed=True).transform("all")
    doubts = []
    if is_ranking.any():
        headings = [f'"{text[:40]}"' for text in frame.loc[is_ranking, "heading"].unique()]
        what = f"kolumnen {swedish.listing(headings)} ser ut som en ranking (hela tal upp till {_KOMMUNER}), inte som en andel."
        doubts.append(Doubt("ranking_ej_andel", file.name, what, "Den används inte.", int(is_ranking.sum())))
    return is_ranking.reindex(frame.index, fill_value=False), doubts


def _reasons(rows: pd.DataFrame, reason: str) -> dict[tuple[str, int], str]:
    return {(sheet, int(row)): reason for sheet, row in zip(rows["sheet"], rows["row"], strict=True)}


def _all_used(used: set[tuple[str, int]], companions: dict[tuple[str, int], set[tuple[str, int]]]) -> set[tuple[str, int]]:
    return used.union(*(companions.get(place, set()) for place in used))


def _context(file: RawFile, ranks: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The ranking as background; {} without one."""
    if ranks.empty:
        return {}
    frame = ranks.rename(columns={"geography": "kommunkod"}).assign(
        indicator="foretagsklimat_ranking",
        name="Ranking av företagsklimatet",
        unit=f"plats 1{swedish.EN_DASH}{_KOMMUNER}",
        source="Svenskt Näringsliv",
    )
    return {"context_figures": validate("context_figures", frame[CONTEXT["context_figures"].names], file.name)}


def _without_answers(file: RawFile, reading: Reading) -> list[Doubt]:
    """Shares without the number of companies that answered have no interval."""
    if "survey_results" not in reading.tables:
        return []
    table = reading.tables["survey_results"]
    n_bare = int((table["n"].isna() & table["lower"].isna() & table["value"].notna()).sum())
    if not n_bare:
        return []
    what = f"{swedish.plural(n_bare, 'andel saknar', 'andelar saknar')} antal svarande företag."
    action = "Utan antalet går inget osäkerhetsintervall att räkna ut. Be Svenskt Näringsliv om det; ofta är det omkring 100."
    return [Doubt("antal_svar_saknas", file.name, what, action, n_bare)]
