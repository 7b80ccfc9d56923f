"""What is not known, in Swedish: areas without signals, criteria without figures, sources that were not delivered."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.profile import Profile
from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.said import Said
from lagesbild.ranking.signal_set import GAP_COLUMNS
from lagesbild.taxonomy import Taxonomy

NO_FIGURE = {
    "omfattning": "Ingen källa visar hur stort problemet är jämfört med andra områden.",
    "jamforelse": "Ingen källa går att jämföra med andra kommuner.",
    "utveckling": "Ingen källa visar hur det har utvecklats.",
}
DISPLAY = {"omfattning": "Omfattning", "jamforelse": "Jämförelse", "utveckling": "Utveckling"}


def gaps(
    heard: list[Said],
    lines: list[str],
    sources: list[str],
    delivered: frozenset[str],
    profile: Profile,
    taxonomy: Taxonomy,
) -> pd.DataFrame:
    """GAP_COLUMNS: areas without any signal ("omatt"), areas that only a combined line covers ("ingår i"), ranked lines'
    missing criteria ("kriterium"), and sources without figures or with figures that cannot be used ("kalla": problem_area is
    empty where the source is missing altogether)."""
    rows = [*_areas(lines, taxonomy), *_criteria(heard, lines, taxonomy), *_single(heard, lines, sources, taxonomy)]
    rows += _sources(sources, delivered, profile, taxonomy)
    return pd.DataFrame(rows, columns=list(GAP_COLUMNS)).astype("str")


def _areas(lines: list[str], taxonomy: Taxonomy) -> list[tuple[str, str, str, str]]:
    rows = []
    for area in taxonomy.area_ids:
        within = [line for line in lines if taxonomy.is_combined(line) and area in taxonomy.covers(line)]
        names = swedish.listing([taxonomy.name(line) for line in within])
        if area in lines:
            continue
        if within:
            detail = f"Redovisas inte för sig, bara som en del av {names}."
            rows.append((area, taxonomy.name(area), "ingår i", detail))
        else:
            detail = "Ingen av källorna har uppgifter om området. Det betyder inte att problemet är litet."
            rows.append((area, taxonomy.name(area), "omatt", detail))
    return rows


def _criteria(heard: list[Said], lines: list[str], taxonomy: Taxonomy) -> list[tuple[str, str, str, str]]:
    rows = []
    for line in lines:
        about = [said for said in heard if said.problem_area == line]
        for c, criterion in enumerate(CRITERIA):
            if all(np.isnan(said.z[c]) for said in about):
                reasons = [said.missing[c] for said in about if c in said.missing]
                detail = f"{DISPLAY[criterion]}: {reasons[0] if reasons else NO_FIGURE[criterion]}"
                rows.append((line, taxonomy.name(line), "kriterium", detail))
    return rows


def _single(heard: list[Said], lines: list[str], sources: list[str], taxonomy: Taxonomy) -> list[tuple[str, str, str, str]]:
    """Lines of which only one of several sources says anything."""
    if len(sources) < 2:
        return []
    rows = []
    for line in lines:
        known = [said.source for said in heard if said.problem_area == line]
        if len(known) == 1:
            detail = f"Bara en källa säger något om området: {taxonomy.name_of_source(known[0])}."
            rows.append((line, taxonomy.name(line), "kalla", detail))
    return rows


def _sources(
    sources: list[str], delivered: frozenset[str], profile: Profile, taxonomy: Taxonomy
) -> list[tuple[str, str, str, str]]:
    rows = []
    for source in taxonomy.sources["source"]:
        name = taxonomy.name_of_source(source)
        if source in sources:
            continue
        if source in delivered:
            rows.append(("", name, "kalla", f"{name}: uppgifterna räcker inte för någon bedömning av områdena."))
        else:
            rows.append(("", name, "kalla", f"{name} saknas för {profile.name}."))
    return rows
