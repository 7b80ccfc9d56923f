"""Sentences about reported crime: level, comparison, change, and what the figures cannot tell."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lagesbild import swedish

#: Below so many events no percentage is given, only the count.
SMALL = 20


def level(
    count: float, rate: float, lower: float, upper: float, year: int, *, preliminary: bool = False, part: str = ""
) -> str:
    """The year's count and rate per 100 000 with its interval (left out where it is NaN); a count below 20 stands alone.

    part: what part of the area the figure counts, where the source does not count it whole.

    >>> level(2418, 9868.6, 9479.2, 10270.1, 2025).replace(chr(160), " ")
    'År 2025 registrerades 2 418 anmälda brott, 9 869 per 100 000 invånare (osäkerhetsintervall 9 479–10 270).'
    >>> level(12, 49, 25, 86, 2025, part="vapenbrott").split(". ")[0].replace(chr(160), " ")
    'År 2025 registrerades 12 anmälda brott i en del av området (vapenbrott)'
    """
    reports = swedish.plural(count, "anmält brott", "anmälda brott") + (f" i en del av området ({part})" if part else "")
    hedge = " Uppgiften är preliminär." if preliminary else ""
    if count < SMALL:
        return f"År {year} registrerades {reports}. Antalet är för litet för att räknas om per invånare.{hedge}"
    limits = "" if math.isnan(lower) else f" (osäkerhetsintervall {swedish.interval(lower, upper)})"
    return f"År {year} registrerades {reports}, {swedish.number(rate)} per {swedish.number(100_000)} invånare{limits}.{hedge}"


def credible(published: float, count: float, year: int) -> str:
    """The year's count with and without months far above the expected.

    >>> credible(656, 277.2, 2015).partition(". ")[2]
    'Med det väntade antalet de månaderna blir det 277 anmälda brott i stället för 656; så räknar rangordningen. Båda visas.'
    """
    return (
        f"Enstaka månader {year} ligger långt över det väntade (toppmånader). Med det väntade antalet de månaderna blir det "
        f"{swedish.number(count)} anmälda brott i stället för {swedish.number(published)}; så räknar rangordningen. Båda visas."
    )


def peaks_in_total(peaks: Sequence[tuple[str, float, float]]) -> str:
    """Which areas' months far above the expected the total holds: (name, published, with the expected) of each.

    >>> peaks_in_total([("narkotika", 656, 272)])
    'I totalen ingår månader långt över det väntade: narkotika 656 anmälda brott, med det väntade antalet 272.'
    """
    told = [
        f"{name} {swedish.number(published)} anmälda brott, med det väntade antalet {swedish.number(count)}"
        for name, published, count in peaks
    ]
    return f"I totalen ingår månader långt över det väntade: {'; '.join(told)}."


def expected(count: float, lower: float, upper: float, year: int, *, preliminary: bool = False) -> str:
    """Whether the year's count lies inside what the years before let expect, with the limits in reports.

    >>> expected(576, 446, 673, 2025)
    'Utfallet 2025 ligger inom det väntade intervallet: åren före lät vänta 446–673 anmälningar.'
    >>> expected(78, 99, 195, 2025).partition(". ")[2]
    'Ungefär vart femte utfall hamnar utanför ett sådant intervall.'
    """
    where = "inom" if lower <= count <= upper else "över" if count > upper else "under"
    what = "Det preliminära utfallet" if preliminary else "Utfallet"
    limits = f"{swedish.interval(lower, upper)} anmälningar"
    said = f"{what} {year} ligger {where} det väntade intervallet: åren före lät vänta {limits}."
    return said if where == "inom" else f"{said} Ungefär vart femte utfall hamnar utanför ett sådant intervall."


def hidden(year: int) -> str:
    """A count that may not be shown."""
    return f"År {year} registrerades färre än 5 anmälda brott. Det exakta antalet visas inte."


def only_part(part: str) -> str:
    """The caveat of figures that count only a part of the area.

    >>> only_part("rån mot personer under 18 år")
    'Uppgifterna om anmälda brott gäller bara en del av området: rån mot personer under 18 år.'
    """
    return f"Uppgifterna om anmälda brott gäller bara en del av området: {part}."


def comparison(ratio: float, lower: float, upper: float, period: str) -> str:
    """How many times as often as in comparable kommuner, or that no difference can be told.

    >>> comparison(1.42, 1.23, 1.61, "2023–2025")
    'Anmälningarna per invånare var 1,4 gånger så många som i jämförbara kommuner 2023–2025 (osäkerhetsintervall 1,2–1,6).'
    """
    decimals = 2 if ratio < 1 or any(abs(limit - 1) < 0.05 for limit in (lower, upper)) else 1
    times = f"{swedish.number(ratio, decimals)} gånger så många"
    limits = swedish.interval(lower, upper, decimals)
    if lower <= 1 <= upper:
        return (
            f"Ingen säkerställd skillnad mot jämförbara kommuner {period} ({times} anmälningar per invånare, "
            f"osäkerhetsintervall {limits})."
        )
    return f"Anmälningarna per invånare var {times} som i jämförbara kommuner {period} (osäkerhetsintervall {limits})."


def trend(change: float, lower: float, upper: float, period: str) -> str:
    """The change per year in percent with its interval, or that none can be told.

    change, lower, upper: percent per year.

    >>> trend(-6, -10, -2, "2021–2025").replace(chr(160), " ")
    'Anmälningarna per invånare minskade med 6 procent per år 2021–2025 (osäkerhetsintervall 2–10 procent).'
    >>> trend(1, -3, 4, "2021–2025").replace(chr(160), " ")
    'Ingen säkerställd förändring 2021–2025 (osäkerhetsintervall −3 till 4 procent per år).'
    """
    if lower <= 0 <= upper:
        limits = limits_of_change(lower, upper)
        return f"Ingen säkerställd förändring {period} (osäkerhetsintervall {limits}{swedish.NBSP}procent per år)."
    verb = "ökade" if change > 0 else "minskade"
    limits = limits_of_change(*sorted((abs(lower), abs(upper))))
    return (
        f"Anmälningarna per invånare {verb} med {swedish.significant(abs(change), 1)}{swedish.NBSP}procent per år {period} "
        f"(osäkerhetsintervall {limits}{swedish.NBSP}procent)."
    )


def furthest(
    name: str,
    ratio: float,
    own: float,
    peers: float,
    period: str,
    *,
    limits: tuple[float, float] | None = None,
    among_many: bool = False,
) -> str:
    """The area that lies furthest above the comparable kommuner, with both rates (per 100 000 and year).

    limits: the ratio's interval. among_many: whether areas with fewer than 20 reports lie still further above.

    >>> furthest("skadegörelse", 1.512, 1221.6, 808.3, "2020–2022").replace(chr(160), " ")
    'Längst över jämförbara kommuner ligger skadegörelse: 1 222 anmälda brott per 100 000 invånare och år 2020–2022 mot 808, 1,51 gånger så många.'
    """  # noqa: E501
    base = f"per {swedish.number(100_000)} invånare och år {period}"
    # Rounded so far that who divides the two printed rates gets the printed ratio.
    shown = round(own) / round(peers) if round(peers) else ratio
    decimals = next((d for d in (2, 1) if round(shown, d) == round(ratio, d)), 0)
    sure = "" if limits is None else f" (osäkerhetsintervall {swedish.interval(*limits, decimals or 1)})"
    who = f"Längst över jämförbara kommuner ligger {name}"
    if among_many:
        who = f"Bland områden med minst {SMALL} anmälningar ligger {name} längst över jämförbara kommuner"
    return (
        f"{who}: {swedish.number(own)} anmälda brott {base} mot {swedish.number(peers)}, "
        f"{swedish.number(shown, decimals or 1)} gånger så många{sure}."
    )


def limits_of_change(lower: float, upper: float) -> str:
    """The limits of a percentage; a decimal where a limit would else be printed as 0, on the wrong side of the finding.

    >>> limits_of_change(.3, 4.2), limits_of_change(2.2, 10.1)
    ('0,3–4,2', '2–10')
    """
    return swedish.interval(lower, upper, 1 if min(abs(lower), abs(upper)) < 0.5 else 0)


def too_small_for_change(count: float, period: str) -> str:
    """Why no percentage is given: the base is below 20."""
    base = swedish.plural(count, "anmälan", "anmälningar")
    return f"Underlaget {period} är {base}, för litet för att en förändring ska anges i procent."


def parts_of_areas(parts: Sequence[tuple[str, str]]) -> str:
    """Below the ranking: for which areas (name, part) the reported offences count only a part.

    >>> parts_of_areas([("Rån", "rån mot personer under 18 år"), ("Trafik", "rattfylleri")])
    'Anmälda brott räknas bara för en del av området: Rån (rån mot personer under 18 år); Trafik (rattfylleri).'
    """
    return f"Anmälda brott räknas bara för en del av området: {'; '.join(f'{name} ({part})' for name, part in parts)}."


POLICE_EFFORT = "Anmälningarna speglar främst hur mycket polisen kontrollerar."


def police_initiated() -> str:
    """The caveat of offences that are found by police control."""
    return f"{POLICE_EFFORT} Utvecklingen i anmälda brott ger därför poäng bara när en annan källa visar samma riktning."


def combined(covers: Sequence[str]) -> str:
    """The caveat of a line whose figures cannot be parted among several problem areas."""
    return (
        f"Brås uppgift omfattar flera problemområden: {swedish.listing(covers)}. Den går inte att dela upp på vart och ett, "
        "och nivån räknas därför inte."
    )


def total(place: str, count: float, rate: float, year: int, *, peers_rate: float | None, preliminary: bool = False) -> str:
    """All reported offences of the year, with the comparable kommuner's rate where it is known.

    >>> total("Mariestad", 2418, 9868.6, 2025, peers_rate=None).replace(chr(160), " ")
    'I Mariestad registrerades 2 418 anmälda brott, 9 869 per 100 000 invånare, under 2025.'
    """
    peers = (
        ""
        if peers_rate is None
        else f" I jämförbara kommuner var det {swedish.number(peers_rate)} per {swedish.number(100_000)}."
    )
    hedge = " Uppgiften är preliminär." if preliminary else ""
    return (
        f"I {place} registrerades {swedish.plural(count, 'anmält brott', 'anmälda brott')}, {swedish.number(rate)} per "
        f"{swedish.number(100_000)} invånare, under {year}.{hedge}{peers}"
    )
