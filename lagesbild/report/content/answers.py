"""Survey answers of everybody, of women, of men and of ages as rows of text: what the safety chapter and each area print."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from lagesbild import swedish
from lagesbild.charts.survey import MEN, WOMEN
from lagesbild.report.content import names
from lagesbild.report.document import Block, Column, Table, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import safety, survey

MEASURES = ("survey_share", "survey_index")
ALL, NATION = "alla", {"riket", "hela landet", "sverige", "00"}


@dataclass(frozen=True)
class Item:
    """One question of one survey in its last year: the own groups and the references, each as a row of the measures' table."""

    source: str
    measure: str
    item: str
    label: str
    year: int
    groups: dict[str, Any]
    references: dict[str, Any]

    @property
    def nation(self) -> Any | None:
        """The nation's answer."""
        return next((row for name, row in self.references.items() if name.casefold() in NATION), None)

    def of(self, names: tuple[str, ...]) -> Any | None:
        """The row of the group that goes by one of the names."""
        return next((row for group, row in self.groups.items() if group.casefold() in names), None)

    @property
    def ages(self) -> list[str]:
        """The groups that are neither everybody nor women nor men, in the delivery's order."""
        return [group for group in self.groups if group != ALL and group.casefold() not in (*WOMEN, *MEN)]


def items(lagesbild: Lagesbild, line: str = "") -> list[Item]:
    """Every question with its groups, of one line or of all, in the taxonomy's order; no question about companies."""
    taxonomy, year = lagesbild.taxonomy, lagesbild.profile.year
    rows = lagesbild.measures.rows
    rows = rows[rows["measure"].isin(MEASURES) & rows["year"].le(year) & rows["source"].ne("naringsliv")]
    if line:
        rows = rows[rows["problem_area"].eq(line)]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in each(rows[rows["role"].isin(["own", "reference"])]):
        key = (row.source, row.item)
        its = found.setdefault(key, {"year": 0, "rows": []})
        its["rows"].append(row)
        if row.role == "own":
            its["year"] = max(its["year"], int(row.year))
    order = {(row.survey, row.item): place for place, row in enumerate(each(taxonomy.survey_items))}
    short = {(row.survey, row.item): str(row.short) for row in each(taxonomy.survey_items)}
    told = []
    for key in sorted(found, key=lambda one: (order.get(one, len(order)), one)):
        same = [row for row in found[key]["rows"] if int(row.year) == found[key]["year"]]
        groups = {str(row.group): row for row in same if row.role == "own"}
        references = {str(row.geography): row for row in same if row.role == "reference" and row.group == ALL}
        if ALL in groups:
            label = short.get(key) or survey.asked(key[1])
            told.append(Item(key[0], groups[ALL].measure, key[1], label, found[key]["year"], groups, references))
    return told


def told_apart(item: Item) -> str:
    """Whether women's and men's answers can be told apart; "" where either is missing."""
    women, men = item.of(WOMEN), item.of(MEN)
    if any(row is None or math.isnan(row.value) for row in (women, men)):
        return ""
    assert women is not None
    assert men is not None
    halves = [(row.upper - row.lower) / 2 for row in (women, men)]
    if any(math.isnan(half) for half in halves):
        return "intervall saknas"
    return safety.difference(women.value, halves[0], men.value, halves[1], "kvinnor")


def cell(row: Any | None, measure: str) -> str:
    """'19 % (14–25)', an index '2,3 (2,1–2,5)', 'dold', or a dash."""
    if row is None:
        return swedish.EN_DASH
    if row.is_suppressed:
        return "dold"
    if math.isnan(row.value):
        return swedish.EN_DASH
    is_share = measure == "survey_share"
    value = swedish.percent(row.value) if is_share else swedish.number(row.value, 1)
    if math.isnan(row.lower):
        return value
    limits = swedish.interval(100 * row.lower, 100 * row.upper) if is_share else swedish.interval(row.lower, row.upper, 1)
    return f"{value} ({limits})"


def women_and_men(lagesbild: Lagesbild, line: str, title: str) -> list[Table]:
    """Table of the line's questions: everybody, women, men, the nation; [] where no question has both women and men."""
    its = [item for item in items(lagesbild, line) if told_apart(item)]
    if not its:
        return []
    rows = tuple(
        (
            f"{item.label} ({_source(lagesbild, item)})",
            cell(item.groups[ALL], item.measure),
            cell(item.of(WOMEN), item.measure),
            cell(item.of(MEN), item.measure),
            cell(item.nation, item.measure),
            told_apart(item),
        )
        for item in its
    )
    heads = columns("Fråga", "Alla", "Kvinnor", "Män", "Riket", "Kvinnor och män", widths=(2.2, 1.1, 1.1, 1.1, 1.1, 1.5))
    return [Table(title, heads, rows, dense=True)]


def compared(lagesbild: Lagesbild, line: str) -> list[Block]:
    """Table of the line's questions: the own answer and each reference's; [] where no question has more than one of them."""
    its = items(lagesbild, line)
    wider = list(dict.fromkeys(name for item in its for name in item.references))
    if len(wider) < 2:
        return []
    rows = tuple(
        (
            f"{item.label} ({_source(lagesbild, item)})",
            cell(item.groups[ALL], item.measure),
            *(cell(item.references.get(name), item.measure) for name in wider),
        )
        for item in its
    )
    heads = columns("Fråga", swedish.capital(lagesbild.place), *wider, widths=(2.2, *[1.1] * (len(wider) + 1)))
    return [Table("", heads, rows, dense=True)]


def by_age(lagesbild: Lagesbild) -> list[Block]:
    """Table of the questions that have answers by age, one column per age; [] where none has."""
    its = [item for item in items(lagesbild) if item.ages]
    ages = list(dict.fromkeys(age for item in its for age in item.ages))[:6]
    if not its:
        return []
    rows = tuple(
        (
            f"{item.label} ({_source(lagesbild, item)})",
            *(cell(item.groups.get(age), item.measure) for age in ages),
        )
        for item in its
    )
    heads: tuple[Column, ...] = columns("Fråga", *(swedish.capital(age) for age in ages), widths=(2.2, *[1.0] * len(ages)))
    return [Table("Svar efter ålder", heads, rows, dense=True)]


def _source(lagesbild: Lagesbild, item: Item) -> str:
    return f"{names.source(lagesbild.taxonomy, item.source)} {item.year}"
