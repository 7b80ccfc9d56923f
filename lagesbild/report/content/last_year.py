"""What is new since the year before: the year's reported offences beside what the years before let expect."""

from __future__ import annotations

from lagesbild.measures.rates import PER_100K
from lagesbild.report import facts
from lagesbild.report.content import names
from lagesbild.report.document import Block, Heading, Text
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import last_year as said
from lagesbild.report.narrative import reported

TOTAL = "totalt"


def last_year(lagesbild: Lagesbild) -> list[Block]:
    """The total and the areas that lie outside the expected; nothing where the year or the one before is missing."""
    year = lagesbild.profile.year
    figures = {figure.year: figure for figure in lagesbild.figures(facts.REPORTED, "reported_rate", TOTAL) if figure.is_known}
    if not {year - 1, year} <= set(figures):
        return []
    sentences = [said.counts(figures[year - 1].numerator, figures[year].numerator, year)]
    if total := _outcome(lagesbild, TOTAL):
        _, count, lower, upper = total
        sentences.append(reported.expected(count, lower, upper, year, preliminary=figures[year].is_preliminary))
    lines = (str(row.problem_area) for row in each(lagesbild.ranking.table))
    if outcomes := [found for line in lines if (found := _outcome(lagesbild, line))]:
        above = [one for one in outcomes if one[1] > one[3]]
        below = [one for one in outcomes if one[1] < one[2]]
        sentences.append(said.outside(above, below, len(outcomes)))
    return [Heading(2, "Sedan året före"), Text(" ".join(sentences))]


def _outcome(lagesbild: Lagesbild, line: str) -> said.Outcome | None:
    """The year's count and the limits of what was expected of it; None where either is missing."""
    year = lagesbild.profile.year
    level = facts.latest(lagesbild.figures(facts.REPORTED, "reported_rate", line), year)
    ahead = [one for one in lagesbild.figures(facts.REPORTED, "reported_expected", line) if one.year == year and one.is_known]
    if level is None or not level.is_known or level.year != year or not ahead:
        return None
    lower, upper = (round(limit * ahead[0].denominator / PER_100K) for limit in (ahead[0].lower, ahead[0].upper))
    return names.inside(lagesbild.taxonomy, line) if line != TOTAL else "", level.numerator, lower, upper
