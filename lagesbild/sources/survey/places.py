"""Which area a survey's text names: the country, a län or police region, a police area, a kommun, or none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

#: Words for an area that the rest of the table names.
OWN = {"kommunen", "var kommun", "er kommun", "din kommun"}
_COUNTRY = {"riket", "hela riket", "sverige", "hela landet", "landet"}
_REGION = re.compile(r"(?:polis)?region .+|.+ lan|.*\blanet")
_POLICE = re.compile(r"(?:lokalpolisomrade|polisomrade|lpo|po)\b *(.+)")
_POLICE_IN_TEXT = re.compile(r"\b(?:lokalpolisområdet?|lpo)\s+([A-ZÅÄÖ][\w-]*(?:[ -][A-ZÅÄÖ][\w-]*)*)", re.IGNORECASE)
_CODE = re.compile(r"\d{3,4}")


@dataclass(frozen=True)
class Area:
    """An area as ``survey_results`` writes it. level: kommun, police_area, lan or riket; name: kommunkod or name."""

    level: str
    name: str


def area(text: str, taxonomy: Taxonomy, *, is_police_area: bool = False) -> Area | None:
    """The area a text names; None for a part of a kommun and for anything unknown. A polisregion is wider than a län, "lan".

    is_police_area: the heading says that the texts are police areas, so that "Ystad" is not the kommun.
    """
    key = fold(text)
    if not key:
        return None
    if key in _COUNTRY:
        return Area("riket", "Riket")
    if is_police_area or _POLICE.fullmatch(key):
        name = " ".join(text.split())
        return Area("police_area", name if _POLICE.fullmatch(key) else f"Lokalpolisområde {name}")
    if _CODE.fullmatch(key):
        code = key.zfill(4)
        return Area("kommun", code) if code in set(taxonomy.kommuner["kommunkod"]) else None
    code = taxonomy.kommunkod(text) or ""
    if code:
        return Area("kommun", code)
    return Area("lan", " ".join(text.split())) if _REGION.fullmatch(key) else None


def named_in(title: str, taxonomy: Taxonomy) -> str:
    """The one area a title names ("Trygghetsmätning 2023, lokalpolisområde Ystad"), as text; "" where none or several are."""
    if fold(title) in OWN:
        return title.strip()
    if police := _POLICE_IN_TEXT.search(title):
        return f"Lokalpolisområde {police[1]}"
    split = re.split(r"[,:;()|–—-]|\b(?:i|för|19\d\d|20\d\d)\b", title)
    parts = [part.strip(" .") for part in (title, *split) if part.strip(" .")]
    parts = [part for part in parts if not part.isdigit()]  # 2021 is a year here, not Vansbro
    found = {named.name: part for part in parts if (named := area(part, taxonomy))}
    if not found:  # a name inside a phrase; its first word may be capital for another reason ("Vara ute ensam")
        words = title.split()
        phrases = [" ".join(words[at : at + n]).strip(".,:;()") for n in (2, 1) for at in range(1, len(words) - n + 1)]
        phrases = [phrase for phrase in phrases if phrase[:1].isupper() and not phrase[:1].isdigit()]
        found = {named.name: phrase for phrase in phrases if (named := area(phrase, taxonomy))}
    return next(iter(found.values())) if len(found) == 1 else ""
