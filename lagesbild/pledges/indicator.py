"""Which measure a pledge's indicator means: free text as people write it becomes a source, a line and a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from lagesbild.pledges.register import Pledge
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold, split

REPORTED, EST, SURVEY = "polisanmalda", "est", "enkat"
#: A word that names something may be the first part of a longer one ("skadegörelsebrott") where it is at least so long.
_SHORTEST_STEM = 5


@dataclass(frozen=True)
class Indicator:
    """The measure an indicator means. item: the survey question, else "". is_wider: the words name only a part of the line.

    is_other_line: the words name another line than the pledge's. is_assumed: no question was named, the area's own is taken.
    """

    source: str
    measure: str
    line: str
    item: str = ""
    is_wider: bool = False
    is_other_line: bool = False
    is_assumed: bool = False


@dataclass(frozen=True)
class Unresolved:
    """Why no measure is meant. kind: utan_indikator, okand_indikator, flera_kallor, flera_omraden, flera_fragor,
    utan_uppgifter or bara_bredare; names: the sources, lines or questions it lies between (ids)."""

    kind: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Hit:
    target: str
    first: int
    last: int
    is_part: bool = False

    def is_inside(self, other: _Hit) -> bool:
        """Whether the other covers the same words and more."""
        wider = other.last - other.first > self.last - self.first
        return wider and other.first <= self.first and self.last <= other.last


def resolve(pledge: Pledge, rows: pd.DataFrame, taxonomy: Taxonomy) -> Indicator | Unresolved:
    """The measure that the pledge's indicator means, among the own ``rows`` (MEASURE_SCHEMA) that were delivered.

    Sources named outright go before hints ("andel som", "per 100 000 invånare"). Two sources, lines or questions that are named
    alike make the indicator ambiguous, and it is not followed up: a guess would be printed as a result. Where no line is named
    the pledge's own problem area is meant; where a survey is named but no question, the area's only question that is a signal.
    """
    if not pledge.indicator:
        return Unresolved("utan_indikator")
    words = fold(pledge.indicator).split()
    asked = _questions(words, taxonomy)
    source = _source(words, asked, pledge, rows, taxonomy)
    if isinstance(source, Unresolved):
        return source
    if taxonomy.kind_of_source(source) in ("survey", "business"):
        return _question(source, asked, pledge, rows, taxonomy)
    return _line(source, words, pledge, rows, taxonomy)


def _source(
    words: list[str], asked: list[tuple[str, _Hit]], pledge: Pledge, rows: pd.DataFrame, taxonomy: Taxonomy
) -> str | Unresolved:
    table = taxonomy.pledge_indicators
    named = list(dict.fromkeys(hit.target for hit in _longest(_hits(words, table[table["kind"].eq("source")]))))
    if len(named) > 1:
        return Unresolved("flera_kallor", tuple(named))
    if named:
        return named[0]
    hinted = {hit.target for hit in _hits(words, table[table["kind"].eq("hint")])}
    if len(hinted) > 1:
        return Unresolved("okand_indikator")
    if hinted and hinted != {SURVEY}:
        return hinted.pop()
    if not hinted:
        return Unresolved("okand_indikator")
    if _asks_for_share(words):
        rows = rows[rows["measure"].eq("survey_share")]
    surveys = {source for source in rows["source"].unique() if taxonomy.kind_of_source(str(source)) in ("survey", "business")}
    there = set(zip(rows["source"], rows["item"], strict=True))
    fitting = {survey for survey, hit in asked if (survey, hit.target) in there}
    if not fitting:
        fitting = {survey for survey in surveys if _signals(survey, pledge.problem_area, rows, taxonomy)}
    if len(fitting) == 1:
        return str(fitting.pop())
    if not fitting:
        return Unresolved("utan_uppgifter")
    return Unresolved("flera_kallor", tuple(name for name in taxonomy.sources["source"] if name in fitting))


def _question(
    source: str, asked: list[tuple[str, _Hit]], pledge: Pledge, rows: pd.DataFrame, taxonomy: Taxonomy
) -> Indicator | Unresolved:
    items = taxonomy.survey_items
    area_of = dict(zip(zip(items["survey"], items["item"], strict=True), items["problem_area"], strict=True))
    named = list(dict.fromkeys(hit.target for hit in _longest([hit for survey, hit in asked if survey == source])))
    if len(named) > 1:
        named = [item for item in named if area_of[source, item] == pledge.problem_area] or named
    if len(named) > 1:
        return Unresolved("flera_fragor", tuple(named))
    is_assumed = not named
    if is_assumed:
        named = _signals(source, pledge.problem_area, rows, taxonomy)
        if len(named) > 1:
            return Unresolved("flera_fragor", tuple(named))
        if not named:
            return Unresolved("utan_uppgifter", (source,))
    item = named[0]
    line = area_of[source, item]
    own = rows[rows["source"].eq(source) & rows["item"].eq(item)]
    if own.empty:
        return Unresolved("utan_uppgifter", (source,))
    measure = str(own["measure"].iloc[0])
    return Indicator(source, measure, line, item, is_other_line=line != pledge.problem_area, is_assumed=is_assumed)


def _line(source: str, words: list[str], pledge: Pledge, rows: pd.DataFrame, taxonomy: Taxonomy) -> Indicator | Unresolved:
    table = taxonomy.pledge_indicators
    parts = [_Hit(hit.target, hit.first, hit.last, is_part=True) for hit in _hits(words, table[table["kind"].eq("part")])]
    hits = _longest([*_hits(words, table[table["kind"].eq("area")]), *parts])
    named = list(dict.fromkeys(hit.target for hit in hits))
    if len(named) > 1:
        return Unresolved("flera_omraden", tuple(named))
    line = named[0] if named else pledge.problem_area
    if line not in taxonomy.line_ids:
        return Unresolved("okand_indikator")
    is_wider = bool(hits) and all(hit.is_part for hit in hits)
    own = rows[rows["source"].eq(source)]
    there = own[own["problem_area"].eq(line)]
    wanted = ("reported_rate",) if source == REPORTED else _of_est(words)
    measure = next((name for name in wanted if there["measure"].eq(name).any()), None)
    if measure is None:
        wider = [str(other) for other in own["problem_area"].unique() if line in taxonomy.covers(str(other)) and other != line]
        return Unresolved("bara_bredare", tuple(sorted(wider))) if wider else Unresolved("utan_uppgifter", (source,))
    return Indicator(source, measure, line, "", is_wider, is_other_line=line != pledge.problem_area)


def _of_est(words: list[str]) -> tuple[str, ...]:
    """Per unit-week where the roster allows it, unless a share is asked for."""
    return ("est_share", "est_rate") if _asks_for_share(words) else ("est_rate", "est_share")


def _asks_for_share(words: list[str]) -> bool:
    return any(word.startswith("andel") for word in words)


def _questions(words: list[str], taxonomy: Taxonomy) -> list[tuple[str, _Hit]]:
    """(survey, where its question is named) of every question whose words stand in the text."""
    items = taxonomy.survey_items
    listed = zip(items["survey"], items["item"], items["short"], items["synonyms"], strict=True)
    return [
        (str(survey), _Hit(str(item), first, last))
        for survey, item, short, synonyms in listed
        for first, last in _places(words, f"{item};{short};{synonyms}")
    ]


def _signals(source: str, line: str, rows: pd.DataFrame, taxonomy: Taxonomy) -> list[str]:
    """The area's delivered questions in a survey that speak for it in the ranking."""
    items = taxonomy.survey_items
    signals = items[items["survey"].eq(source) & items["problem_area"].eq(line) & items["is_signal"]]
    there = set(rows.loc[rows["source"].eq(source), "item"])
    return [str(item) for item in signals["item"] if item in there]


def _hits(words: list[str], table: pd.DataFrame) -> list[_Hit]:
    return [
        _Hit(str(target), first, last)
        for target, listed in zip(table["target"], table["words"], strict=True)
        for first, last in _places(words, str(listed))
    ]


def _places(words: list[str], listed: str) -> list[tuple[int, int]]:
    """Where any phrase of a semicolon list stands; its last word may begin a longer one."""
    found = set()
    for parts in _phrases(listed):
        for at in range(len(words) - len(parts) + 1):
            last = at + len(parts) - 1
            if _begins(words[last], parts[-1]) and tuple(words[at:last]) == parts[:-1]:
                found.add((at, last))
    return sorted(found)


@cache
def _phrases(listed: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a semicolon list, folded, as words."""
    return tuple(parts for phrase in split(listed) if (parts := tuple(fold(phrase).split())))


def _begins(word: str, stem: str) -> bool:
    return word == stem or (len(stem) >= _SHORTEST_STEM and word.startswith(stem))


def _longest(hits: list[_Hit]) -> list[_Hit]:
    """The hits that do not lie inside a longer one."""
    return [hit for hit in hits if not any(hit.is_inside(other) for other in hits)]
