"""Sentences about what people answered in surveys."""

from __future__ import annotations

import math

from lagesbild import swedish


def asked(item: str) -> str:
    """The question as a title: the producer's wording without what it says of itself.

    >>> asked("Oro för att utsättas för bostadsinbrott enligt NTU. Andel (%) som oroar sig ofta.")
    'Oro för att utsättas för bostadsinbrott'
    """
    return item.split(" enligt ")[0].rstrip(".")


def share(item: str, survey: str, value: float, lower: float, upper: float, year: int, area: str = "") -> str:
    """The share of those who answered, with its interval. area: the police area, where more than the kommun was asked.

    >>> share("Oro för att utsättas för rån", "NTU", .312, .27, .36, 2025).replace(chr(160), " ")
    'Oro för att utsättas för rån: 31 procent av dem som svarat i NTU 2025 (osäkerhetsintervall 27–36 procent).'
    """
    limits = (
        "" if math.isnan(lower) else f" (osäkerhetsintervall {swedish.interval(100 * lower, 100 * upper)}{swedish.NBSP}procent)"
    )
    whole = f" i hela {area}" if area else ""
    return f"{asked(item)}: {swedish.percent(value, words=True)} av dem som svarat i {survey} {year}{whole}{limits}."


def against_reference(value: float, lower: float, upper: float, reference: float, geography: str, margin: float = 0) -> str:
    """How the share stands to a reference geography's, in procentenheter (shares 0-1), counted from the figures as printed.

    margin: half the reference's own interval. The two differ where their distance is more than the root of the summed squares
    of the half intervals, as in the chart of the survey.

    >>> against_reference(.31, .27, .36, .22, "riket").replace(chr(160), " ")
    'Det är 9 procentenheter mer än i riket (22 procent).'
    >>> against_reference(.236, .21, .26, .164, "riket", .01).replace(chr(160), " ")  # printed as 24 and 16, 7,2 apart
    'Det är 8 procentenheter mer än i riket (16 procent).'
    """
    level = swedish.percent(reference, words=True)
    if abs(value - reference) <= math.hypot((upper - lower) / 2, margin):
        return f"Ingen säkerställd skillnad mot {geography} ({level})."
    direction = "mer" if value > reference else "mindre"
    apart = abs(round(100 * value) - round(100 * reference))
    if not apart:
        return f"Det är {direction} än i {geography} ({level}), men mindre än en procentenhet skiljer."
    return f"Det är {swedish.plural(apart, 'procentenhet', 'procentenheter')} {direction} än i {geography} ({level})."


def index(item: str, value: float, lower: float, upper: float, year: int, area: str = "") -> str:
    """The police's index 0-6, which is never a percentage. area: the police area, where more than the kommun was asked.

    >>> index("Problem med nedskräpning", 2.31, 2.1, 2.5, 2025)
    'Problem med nedskräpning: index 2,3 av 6 i polisens trygghetsmätning 2025 (osäkerhetsintervall 2,1–2,5; högre är sämre).'
    """
    limits = "" if math.isnan(lower) else f"osäkerhetsintervall {swedish.interval(lower, upper, 1)}; "
    survey = f"polisens trygghetsmätning {year}{f' i hela {area}' if area else ''}"
    return f"{asked(item)}: index {swedish.number(value, 1)} av 6 i {survey} ({limits}högre är sämre)."


def hidden(item: str, survey: str, year: int) -> str:
    """An answer share that may not be shown.

    >>> hidden("Utsatt för rån", "NTU", 2025)
    'Utsatt för rån: för få svar i NTU 2025 för att visas.'
    """
    return f"{asked(item)}: för få svar i {survey} {year} för att visas."


def withheld(item: str, survey: str, year: int) -> str:
    """A share that is hidden because it would tell another.

    >>> withheld("Utsatt för rån", "egen enkät", 2025)
    'Utsatt för rån: svaren i egen enkät 2025 visas inte, för de skulle avslöja ett litet antal i en grupp.'
    """
    return f"{asked(item)}: svaren i {survey} {year} visas inte, för de skulle avslöja ett litet antal i en grupp."
