"""What the titles, headings and regions of Brå's kommun indicators mean: a title becomes a label that the taxonomy knows."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from lagesbild.tables import parse_year
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold, synonym_table

LAYOUT = tomllib.loads(resources.files("lagesbild.sources").joinpath("bra_indicators.toml").read_text("utf-8"))
COUNTRY: str = LAYOUT["regions"]["country"]
_COUNTRY = {fold(name) for name in LAYOUT["regions"]["country_names"]}
_LAN = re.compile(LAYOUT["regions"]["lan"], re.IGNORECASE)
_OTHERS = re.compile("|".join(LAYOUT["regions"]["others"]), re.IGNORECASE)
_TAILS = [
    re.compile(tail + ("" if tail.endswith("$") else ".*"), re.IGNORECASE | re.DOTALL) for tail in LAYOUT["titles"]["tails"]
]
_RESPONDENTS = {fold(text) for text in LAYOUT["titles"]["respondents"]}
_BEGINNINGS = [(fold(text), str(row["measure"])) for row in LAYOUT["measures"] for text in row["begins"]]
_SPAN = re.compile(r"\b(\d{4})\s*[-\N{EN DASH}]\s*(\d{4})\b")
_YEARS = re.compile(r"(\d{4})(?:\s*[/\N{EN DASH}-]\s*(\d{4}))?\s*(\*?\s*(?:prel\.?)?)", re.IGNORECASE | re.ASCII)
_YEARS_KNOWN = (1990, 2100)
#: A cell repeats many times in a file; so many different ones are remembered.
_REMEMBERED = 4096
OFFENCES = synonym_table((name, ";".join(others)) for name, others in LAYOUT["offences"].items())
ITEMS = synonym_table((name, ";".join(others)) for name, others in LAYOUT["items"].items())


@dataclass(frozen=True)
class Title:
    """A series' title. label: its name alone. refers_to, asked_in: last year of the years it gives, None where it gives none.

    'X 2016–2023, enligt NTU 2017–2024.' refers to 2016–2023 and was asked in 2017–2024.
    """

    label: str
    refers_to: int | None
    asked_in: int | None


@dataclass(frozen=True)
class Period:
    """A printed year. is_merged: two years stand there ('2017/2018'); the year is the later one."""

    year: int
    is_preliminary: bool = False
    is_merged: bool = False


@dataclass(frozen=True)
class Region:
    """Where a figure holds. level: kommun, lan, riket, other (another kind of area) or "" (unknown). name: as in the tables."""

    level: str
    name: str


def parse_title(text: str) -> Title:
    """The parts of a title, a variable's name or a sheet's name.

    >>> parse_title("Självrapporterad utsatthet för rån 2016–2023, enligt NTU 2017–2024. Andel (%) utsatta.")
    Title(label='Självrapporterad utsatthet för rån', refers_to=2023, asked_in=2024)
    >>> parse_title("Skadegörelsebrott (anmälda brott) i kommunen, länet och hela landet 2015–2024").label
    'Skadegörelsebrott'
    """
    plain = _spaced(text)
    spans = [int(last) for _, last in _SPAN.findall(plain)]
    label = plain
    for tail in _TAILS:
        label = tail.sub("", label).strip()
    label = re.sub(r"[ ,.]+$", "", _spaced(_SPAN.sub("", label)))
    is_survey = "ntu" in fold(plain).split()
    refers = spans[0] if spans and (len(spans) > 1 or not is_survey) else None
    return Title(label, refers, spans[-1] if spans and is_survey else None)


@lru_cache(maxsize=_REMEMBERED, typed=True)
def parse_period(text: object) -> Period:
    """The year a cell holds, or the later of two merged ones. Raises ValueError for anything else, and for a year before 1990.

    >>> parse_period("2017/2018"), parse_period("2025 prel.").is_preliminary
    (Period(year=2018, is_preliminary=False, is_merged=True), True)
    """
    found = _YEARS.fullmatch(str(int(text)) if isinstance(text, float) and text.is_integer() else _spaced(str(text)))
    if not found or (found[2] and int(found[2]) != int(found[1]) + 1):
        raise ValueError("not a year")
    year = parse_year(f"{found[2] or found[1]} {found[3]}")
    if not _YEARS_KNOWN[0] <= year.year <= _YEARS_KNOWN[1]:
        raise ValueError("not a year of these statistics")
    return Period(year.year, year.status == "preliminary", bool(found[2]))


@lru_cache(maxsize=_REMEMBERED, typed=True)
def measure_of(text: str) -> str:
    """What a heading or a unit says the figure is: count, rate, value, lower, upper or n; "" where it says something else.

    >>> measure_of("KI (95 %) undre gräns"), measure_of("Antal per 100 000 inv"), measure_of("Kommentar")
    ('lower', 'rate', '')
    """
    folded = fold(text)
    return next((measure for begins, measure in _BEGINNINGS if folded.startswith(begins)), "")


@lru_cache(maxsize=_REMEMBERED, typed=True)
def is_respondents(label: str) -> bool:
    """Whether a label is that of the number of respondents."""
    return fold(parse_title(label).label) in _RESPONDENTS or fold(label) in _RESPONDENTS


def offence_of(label: str) -> str:
    """The series of reported offences that a label names, as the taxonomy's era "lagesbild" spells it; "" if unknown."""
    return OFFENCES.get(fold(label), "")


def item_of(label: str, taxonomy: Taxonomy) -> str:
    """NTU's question that a label names, as ``survey_items`` spells it; "" if unknown."""
    known = taxonomy.match_item("ntu", label)
    if known is None and (other := ITEMS.get(fold(label))):
        known = taxonomy.match_item("ntu", other)
    return known or ""


def region_of(text: str, taxonomy: Taxonomy) -> Region:
    """The region a file calls so.

    A län keeps its name. 'Gotlands län' is a län, 'Gotland' a kommun.
    """
    plain = _spaced(text)
    if fold(plain) in _COUNTRY:
        return Region("riket", COUNTRY)
    if _LAN.fullmatch(plain):
        return Region("lan", plain)
    if code := taxonomy.kommunkod(plain):
        return Region("kommun", code)
    return Region("other" if _OTHERS.fullmatch(plain) else "", plain)


def _spaced(text: str) -> str:
    """One plain space wherever any spaces or line breaks stand."""
    return " ".join(text.split())
