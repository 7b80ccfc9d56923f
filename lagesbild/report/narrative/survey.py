"""Sentences about what people answered in surveys."""

from __future__ import annotations

import math

from lagesbild import swedish
from lagesbild.report.narrative.certainty import lower_first


def claim(dimension: str, short: str) -> str:
    """What those who answered say, as a verb phrase, from the item's dimension and its short name.

    >>> claim("problem", "Skadegörelse"), claim("oro", "Oro för rån"), claim("utsatthet", "Utsatt för rån")
    ('ser skadegörelse som ett problem där de bor', 'känner oro för rån', 'har varit utsatta för rån')
    """
    item = lower_first(short)
    if dimension == "problem":
        return f"ser {item} som ett problem där de bor"
    if dimension == "oro" and item.startswith("oro "):
        return f"känner {item}"
    if dimension == "utsatthet" and " i " not in item:
        return f"har varit utsatta för {item.removeprefix('utsatt för ')}"
    return f"svarar ja på frågan om {item}"


def share(survey: str, said: str, value: float, lower: float, upper: float, year: int) -> str:
    """The share of those who answered, with its interval; ``said`` is what they say, from ``claim``.

    >>> share("NTU", "känner oro för rån", .312, .27, .36, 2025).replace(chr(160), " ")
    'Enligt NTU 2025 är det 31 procent av dem som svarat som känner oro för rån (osäkerhetsintervall 27–36 procent).'
    """
    limits = (
        "" if math.isnan(lower) else f" (osäkerhetsintervall {swedish.interval(100 * lower, 100 * upper)}{swedish.NBSP}procent)"
    )
    return f"Enligt {survey} {year} är det {swedish.percent(value, words=True)} av dem som svarat som {said}{limits}."


def against_reference(value: float, lower: float, upper: float, reference: float, geography: str) -> str:
    """How the share stands to a reference geography's, in procentenheter (shares 0-1).

    >>> against_reference(.31, .27, .36, .22, "riket").replace(chr(160), " ")
    'Det är 9 procentenheter mer än i riket (22 procent).'
    """
    level = swedish.percent(reference, words=True)
    if lower <= reference <= upper:
        return f"Ingen säkerställd skillnad mot {geography} ({level})."
    points = swedish.plural(round(100 * abs(value - reference)), "procentenhet", "procentenheter")
    return f"Det är {points} {'mer' if value > reference else 'mindre'} än i {geography} ({level})."


def index(value: float, lower: float, upper: float, year: int, item: str) -> str:
    """The police's index 0-6, which is never a percentage.

    >>> index(2.31, 2.1, 2.5, 2025, "ordningsstörningar")
    'Polisens trygghetsmätning 2025: index 2,3 av 6 (ordningsstörningar; osäkerhetsintervall 2,1–2,5; högre är sämre).'
    """
    limits = "" if math.isnan(lower) else f"osäkerhetsintervall {swedish.interval(lower, upper, 1)}; "
    return f"Polisens trygghetsmätning {year}: index {swedish.number(value, 1)} av 6 ({item}; {limits}högre är sämre)."


def hidden(survey: str, year: int) -> str:
    """An answer share that may not be shown."""
    return f"{survey} {year}: för få svar för att visas."
