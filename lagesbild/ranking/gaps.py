"""What is not known, in Swedish: areas without signals, criteria without figures, sources that were not delivered."""

from __future__ import annotations

from dataclasses import dataclass

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
#: Why reported crime has no trend where the police search the crime out themselves.
SEARCHED_OUT = "Anmälningarna speglar hur mycket polisen letar, och ingen annan källa bekräftar åt vilket håll det går."
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Heard:
    """What was said, with and without any usable signal; the ranked lines; the sources behind them; all delivered sources."""

    said: tuple[Said, ...]
    silent: tuple[Said, ...]
    lines: tuple[str, ...]
    sources: tuple[str, ...]
    delivered: frozenset[str]


def gaps(heard: Heard, profile: Profile, taxonomy: Taxonomy) -> pd.DataFrame:
    """GAP_COLUMNS: lines without any signal ("omatt"), areas that only a ranked combined line covers ("ingår i"), ranked lines'
    missing criteria ("kriterium"; also where the police's figures were set aside but others stand), and sources ("kalla":
    problem_area is empty where a source gives nothing at all, else a line of which only one of several sources speaks).
    """
    rows = [*_areas(heard, taxonomy), *_criteria(heard, taxonomy), *_single(heard, taxonomy)]
    rows += _sources(heard, profile, taxonomy)
    return pd.DataFrame(rows, columns=list(GAP_COLUMNS)).astype("str")


def _areas(heard: Heard, taxonomy: Taxonomy) -> list[Row]:
    silent = {said.problem_area: said for said in heard.silent if said.problem_area not in heard.lines}
    rows = []
    for line in taxonomy.line_ids:
        if line in heard.lines or not (taxonomy.is_area(line) or line in silent):
            continue
        wider = [other for other in taxonomy.line_ids if taxonomy.is_combined(other) and line in taxonomy.covers(other)]
        ranked = [taxonomy.name(other) for other in wider if other in heard.lines]
        unranked = [taxonomy.name(other) for other in wider if other in silent]
        kind = "ingår i" if ranked and taxonomy.is_area(line) else "omatt"
        if line in silent:
            reasons = " ".join(silent[line].missing[c] for c in sorted(silent[line].missing))
            detail = f"Uppgifter finns men räcker inte för en rangordning. {reasons}".strip()
        elif ranked:
            detail = f"Redovisas inte för sig, bara som en del av {swedish.listing(ranked)}."
        elif unranked:
            detail = f"Uppgifter finns bara i {swedish.listing(unranked)}, som inte går att rangordna."
        else:
            detail = "Ingen av källorna har uppgifter om området. Det betyder inte att problemet är litet."
        rows.append((line, taxonomy.name(line), kind, detail))
    return rows


def _criteria(heard: Heard, taxonomy: Taxonomy) -> list[Row]:
    rows = []
    for line in heard.lines:
        about = [said for said in heard.said if said.problem_area == line]
        for c, criterion in enumerate(CRITERIA):
            reasons = [said.missing[c] for said in about if c in said.missing]
            if SEARCHED_OUT in reasons and not all(np.isnan(said.z[c]) for said in about):
                detail = f"{DISPLAY[criterion]}: {SEARCHED_OUT} Utvecklingen bygger på de andra källorna."
                rows.append((line, taxonomy.name(line), "kriterium", detail))
            elif all(np.isnan(said.z[c]) for said in about):
                detail = f"{DISPLAY[criterion]}: {reasons[0] if reasons else NO_FIGURE[criterion]}"
                rows.append((line, taxonomy.name(line), "kriterium", detail))
    return rows


def _single(heard: Heard, taxonomy: Taxonomy) -> list[Row]:
    """Lines of which only one of several sources says anything."""
    if len(heard.sources) < 2:
        return []
    rows = []
    for line in heard.lines:
        known = [said.source for said in heard.said if said.problem_area == line]
        if len(known) == 1:
            detail = f"Bara en källa säger något om området: {taxonomy.name_of_source(known[0])}."
            rows.append((line, taxonomy.name(line), "kalla", detail))
    return rows


def _sources(heard: Heard, profile: Profile, taxonomy: Taxonomy) -> list[Row]:
    rows = []
    for source in taxonomy.sources["source"]:
        name = taxonomy.name_of_source(source)
        if source in heard.sources:
            continue
        if source in heard.delivered:
            rows.append(("", name, "kalla", f"{name}: uppgifterna räcker inte för någon bedömning av områdena."))
        else:
            rows.append(("", name, "kalla", f"{name} saknas för {profile.place}."))
    return rows
