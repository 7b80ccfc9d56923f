"""Appendix: what each problem area is made of, in the sources' own words."""

from __future__ import annotations

from itertools import groupby

from lagesbild import swedish
from lagesbild.report.document import Block, Heading, Kept, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import chapters
from lagesbild.taxonomy.taxonomy import Taxonomy


def code_key(lagesbild: Lagesbild) -> list[Block]:
    """One row per problem area: its offence codes, EST categories and survey questions."""
    taxonomy = lagesbild.taxonomy
    rows = tuple(
        (taxonomy.name(area), _codes(taxonomy, area), _listed(taxonomy, area), _asked(taxonomy, area))
        for area in taxonomy.area_ids
    )
    heads = columns("Problemområde", "Brottskoder", "EST-kategorier", "Enkätfrågor", widths=(1.2, 2.4, 1.3, 2.2))
    return [Kept((Heading(1, "Bilaga: kodnyckel"), Text(chapters.CODE_KEY), Table("", heads, rows, dense=True)))]


def _codes(taxonomy: Taxonomy, area: str) -> str:
    """'1201, 1203–1205': codes of one running number as a span."""
    its = sorted(int(code) for code in taxonomy.offence_codes.loc[taxonomy.offence_codes["problem_area"].eq(area), "brottskod"])
    spans = []
    for _, run in groupby(enumerate(its), key=lambda one: one[1] - one[0]):
        numbers = [number for _, number in run]
        first, last = f"{numbers[0]:04d}", f"{numbers[-1]:04d}"
        spans.append(first if first == last else f"{first}{swedish.EN_DASH}{last}")
    return ", ".join(spans) or swedish.EN_DASH


def _listed(taxonomy: Taxonomy, area: str) -> str:
    its = taxonomy.est_categories
    return "; ".join(its.loc[its["problem_area"].eq(area), "category"]) or swedish.EN_DASH


def _asked(taxonomy: Taxonomy, area: str) -> str:
    """The questions' short names, each once, in whichever survey it is asked."""
    its = taxonomy.survey_items
    return "; ".join(dict.fromkeys(its.loc[its["problem_area"].eq(area), "short"])) or swedish.EN_DASH
