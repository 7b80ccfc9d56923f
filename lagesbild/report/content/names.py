"""What lines, sources and places are called inside a sentence."""

from __future__ import annotations

import re

from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative.certainty import lower_first
from lagesbild.taxonomy.taxonomy import Taxonomy


def spoken(taxonomy: Taxonomy, line: str) -> str:
    """The line's name short enough for a sentence, capitalised: 'Skadegörelse', 'Brott mot person', 'Stöld'."""
    short = taxonomy.short(line).rstrip("*").strip()
    return short if "," not in short else re.split(r", | av ", taxonomy.name(line))[0]


def inside(taxonomy: Taxonomy, line: str) -> str:
    """The same with a small first letter, as it stands within a sentence."""
    return lower_first(spoken(taxonomy, line))


def source(taxonomy: Taxonomy, name: str) -> str:
    """The source's short name: 'NTU', 'Polisanmälda brott', 'EST'.

    An abbreviation in brackets is what people call the source; other brackets say who publishes it and are left out.
    """
    full = taxonomy.name_of_source(name)
    found = re.search(r"\(([A-ZÅÄÖ]{2,})\)", full)
    return found[1] if found else re.sub(r" \(.*\)", "", full)


def in_table(lagesbild: Lagesbild, line: str) -> str:
    """The line's whole name beside figures of reported offences, with the part they count: 'Rån (anmälda brott: bara ...)'."""
    part = lagesbild.measures.parts.get(line)
    return lagesbild.taxonomy.name(line) + (f" (anmälda brott: bara {part})" if part else "")


def sources(taxonomy: Taxonomy, ids: set[str]) -> list[str]:
    """The short names of the sources, in the taxonomy's order, as they stand within a sentence."""
    return [lower_first(source(taxonomy, name)) for name in taxonomy.sources["source"] if name in ids]
