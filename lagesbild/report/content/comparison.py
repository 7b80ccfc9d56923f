"""Whom the kommun is compared with, where it stands among them, and what another group would change."""

from __future__ import annotations

import math
import re

from lagesbild import swedish
from lagesbild.measures.measure import Comparison
from lagesbild.measures.nearest import N_NEIGHBOURS
from lagesbild.measures.standing import FEWEST, peer_rates, standing
from lagesbild.ranking.sensitivity import GROUP, MAIN
from lagesbild.report import facts, headings
from lagesbild.report.content import names
from lagesbild.report.document import Block, Heading, Points, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import comparison, reported
from lagesbild.taxonomy.peer_groups import NEAREST


def group(lagesbild: Lagesbild) -> list[Block]:
    """The comparison group by name, with its size and its members; nothing where no comparison is wanted."""
    compared = lagesbild.measures.compared
    if compared is None:
        return []
    place, key = lagesbild.place, compared.group.key
    heading = Heading(2, "Vilka kommuner jämförelsen görs med")
    if not compared.n:
        return [heading, Text(comparison.nobody(swedish.capital(place)))]
    if key == NEAREST:
        said = comparison.chosen(compared.group.name, swedish.capital(place), N_NEIGHBOURS, nearest=True)
        return [heading, Text(f"{said} {comparison.NAMED}"), _neighbours(lagesbild, compared)]
    said = comparison.chosen(compared.group.name, swedish.capital(place), compared.n)
    return [heading, Text(f"{said} {comparison.members(_kommuner(lagesbild, _there(lagesbild)))} {comparison.NAMED}")]


def _there(lagesbild: Lagesbild) -> set[str]:
    """The comparison kommuner that have figures."""
    rows = lagesbild.measures.rows
    return set(rows.loc[rows["role"].eq("peer") & rows["source"].eq(facts.REPORTED), "geography"])


def _kommuner(lagesbild: Lagesbild, codes: set[str] | tuple[str, ...]) -> list[str]:
    taxonomy = lagesbild.taxonomy
    known = dict(zip(taxonomy.kommuner["kommunkod"], taxonomy.kommuner["name"], strict=True))
    return [known.get(code, f"kommun {code}") for code in (codes if isinstance(codes, tuple) else sorted(codes))]


def _neighbours(lagesbild: Lagesbild, compared: Comparison) -> Table:
    """The neighbours of each ranked line, nearest first."""
    rows = tuple(
        (line.name, ", ".join(_kommuner(lagesbild, compared.group.of(line.problem_area))))
        for line in each(lagesbild.ranking.table)
        if compared.group.of(line.problem_area)
    )
    heads = columns("Problemområde", "Jämförs med, den mest lika först", widths=(1, 3))
    return Table("De mest lika kommunerna", heads, rows, dense=True)


def position(lagesbild: Lagesbild, line: str) -> list[str]:
    """The group's median and middle half and the own place, over the years of the comparison; nothing where the own count is
    small or fewer than five kommuner have figures."""
    known = facts.signals(lagesbild.ranking, line)
    compared, level = known.get((facts.REPORTED, "jamforelse")), known.get((facts.REPORTED, "omfattning"))
    if compared is None or not compared.numerator >= reported.SMALL:
        return []
    years = [int(year) for year in re.findall(r"\d{4}", compared.period)]
    rates = peer_rates(lagesbild.measures, line, years[0], years[-1])
    if len(rates) < FEWEST:
        return []
    if level is not None and level.period == compared.period and not math.isnan(level.lower):
        own = (level.estimate, level.lower, level.upper)
    else:  # a combined line has no level of its own: its rate is so many times the others'
        own = (
            compared.estimate * compared.reference,
            compared.lower * compared.reference,
            compared.upper * compared.reference,
        )
    found = standing(rates, *own)
    quartiles = (found.median, found.lower_quartile, found.upper_quartile)
    places = (found.position, found.best, found.worst)
    period = compared.period.replace("-", swedish.EN_DASH)
    return [comparison.position(swedish.capital(lagesbild.place), period, *quartiles, *places, found.n + 1)]


def other_groups(lagesbild: Lagesbild) -> list[Block]:
    """What the order is with each other group that could be tried, in words and as a table."""
    ranking = lagesbild.ranking
    tried = [other for other in lagesbild.measures.others if f"{GROUP}{other.group.key}" in set(ranking.sensitivity["variant"])]
    if not tried:
        return []
    main = _ranks(lagesbild, MAIN)
    views = {other.group.key: _ranks(lagesbild, f"{GROUP}{other.group.key}") for other in tried}
    said = [_said(lagesbild, other, main, views[other.group.key]) for other in tried]
    titles = ["Problemområde", "Vald grupp", *(headings.variant(f"{GROUP}{key}", lagesbild.taxonomy) for key in views)]
    rows = tuple(
        (line.name, *(str(places.get(line.problem_area, swedish.EN_DASH)) for places in (main, *views.values())))
        for line in each(ranking.table)
    )
    heads = columns(*titles, right=tuple(range(1, len(titles))), widths=(2.6, *([1.0] * (len(titles) - 1))))
    return [
        Heading(2, "Med andra jämförelsekommuner"),
        Points(tuple(said)),
        Table("Plats med andra jämförelsekommuner", heads, rows),
    ]


def _ranks(lagesbild: Lagesbild, variant: str) -> dict[str, int]:
    rows = lagesbild.ranking.sensitivity
    found = rows[rows["variant"].eq(variant) & rows["rank"].notna()]
    return {str(row.problem_area): int(row.rank) for row in each(found)}


def _said(lagesbild: Lagesbild, other: Comparison, main: dict[str, int], places: dict[str, int]) -> str:
    both = [line for line in main if line in places]
    line = max(both, key=lambda one: (abs(places[one] - main[one]), -main[one]))
    moved = (names.spoken(lagesbild.taxonomy, line), main[line], places[line]) if places[line] != main[line] else None
    first = min(both, key=lambda one: places[one])
    is_near = other.group.key == NEAREST
    return comparison.with_another(
        other.group.name,
        N_NEIGHBOURS if is_near else other.n,
        names.spoken(lagesbild.taxonomy, first),
        main[first] == min(main.values()),
        moved,
        nearest=is_near,
    )
