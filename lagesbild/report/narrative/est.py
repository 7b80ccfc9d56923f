"""Sentences about EST observations and about what was said in dialogues."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lagesbild import swedish
from lagesbild.report.narrative.reported import limits_of_change


def share(count: float, total: float, lower: float, upper: float, year: int) -> str:
    """The area's share of the year's observations; below 20 the count alone.

    >>> share(212, 1040, .18, .229, 2025).replace(chr(160), " ")
    '212 av 1 040 observationer i EST 2025 gäller området, 20 procent (osäkerhetsintervall 18–23 procent).'
    """
    of_all = f"{swedish.number(count)} av {swedish.number(total)} observationer i EST {year} gäller området"
    if count < 20:
        return f"{of_all}."
    limits = swedish.interval(100 * lower, 100 * upper)
    return f"{of_all}, {swedish.percent(count / total, words=True)} (osäkerhetsintervall {limits}{swedish.NBSP}procent)."


def hidden(year: int) -> str:
    """A number of observations that may not be shown."""
    return f"Färre än 5 observationer i EST {year} gäller området. Det exakta antalet visas inte."


def withheld(year: int) -> str:
    """A number of observations that is hidden because it would tell another; it may be large."""
    hidden = f"Antalet observationer i EST {year} som gäller området visas inte"
    return f"{hidden}, för det skulle avslöja ett litet antal i ett annat."


def absent(year: int) -> str:
    """An area that no one observed, which is not the same as that nothing happened."""
    return f"Ingen observation i EST {year} gäller området. Det betyder inte att inget har hänt."


def effort(organisations: int, weeks: int, largest_share: float, period: str) -> str:
    """Who stands behind the observations: how many organisations and weeks, and the largest reporter's share.

    >>> effort(9, 48, .41, "2023–2025").replace(chr(160), " ")
    'Observationerna 2023–2025 kommer från 9 organisationer under 48 veckor; den som rapporterade mest står för 41 procent.'
    """
    return (
        f"Observationerna {period} kommer från {swedish.plural(organisations, 'organisation', 'organisationer')} under "
        f"{swedish.plural(weeks, 'vecka', 'veckor')}; den som rapporterade mest står för "
        f"{swedish.percent(largest_share, words=True)}."
    )


def whole_list(listed: int, counted: int, organisations: int, weeks: int, missing: int) -> str:
    """How the EST list came about: both counts, organisations, weeks, and organisation-weeks without any report.

    >>> whole_list(1043, 1040, 9, 130, 12).replace(chr(160), " ")
    'EST-listan har 1 043 observationer från 9 organisationer under 130 veckor. 3 bekräftade dubbletter räknas inte, så 1 040 observationer återstår. 12 gånger saknas rapport från en organisation en vecka.'
    """  # noqa: E501
    said = [
        f"EST-listan har {swedish.plural(listed, 'observation', 'observationer')} från "
        f"{swedish.plural(organisations, 'organisation', 'organisationer')} under {swedish.plural(weeks, 'vecka', 'veckor')}."
    ]
    if listed > counted:
        doubles = swedish.plural(listed - counted, "bekräftad dubblett", "bekräftade dubbletter")
        said.append(f"{doubles} räknas inte, så {swedish.plural(counted, 'observation', 'observationer')} återstår.")
    if missing:
        said.append(f"{swedish.plural(missing, 'gång', 'gånger')} saknas rapport från en organisation en vecka.")
    return " ".join(said)


def trend(change: float, lower: float, upper: float, period: str) -> str:
    """The change per year of the area's share of all observations, or that none can be told (percent per year)."""
    if lower <= 0 <= upper:
        limits = limits_of_change(lower, upper)
        return (
            f"Andelen i EST: ingen säkerställd förändring {period} (osäkerhetsintervall {limits}{swedish.NBSP}procent per år)."
        )
    verb = "ökade" if change > 0 else "minskade"
    limits = limits_of_change(*sorted((abs(lower), abs(upper))))
    return (
        f"Andelen i EST {verb} med {swedish.significant(abs(change), 1)}{swedish.NBSP}procent per år {period} "
        f"(osäkerhetsintervall {limits}{swedish.NBSP}procent)."
    )


def dialogue(shares: Sequence[tuple[str, float, float]], year: int) -> str:
    """How often the area's themes were mentioned in dialogues, which are self-selected: (which, mentions, all mentions).

    A number of mentions below 5 that may not be shown is not a number (NaN); nor is the total of one hidden for another's sake.

    >>> dialogue([("medborgardialogen", 14, 120), ("medarbetardialogen", float("nan"), 60)], 2025)
    'År 2025 gällde 14 av 120 omnämnanden i medborgardialogen och färre än 5 av 60 i medarbetardialogen området. Deltagarna har själva valt att vara med.'
    """  # noqa: E501
    said: list[str] = []
    for kind, mentions, total in shares:
        if math.isnan(total):
            said.append(f"ett antal som inte visas{'' if said else ' av omnämnandena'} i {kind}")
            continue
        count = "färre än 5" if math.isnan(mentions) else swedish.number(mentions)
        said.append(f"{count} av {swedish.number(total)}{'' if said else ' omnämnanden'} i {kind}")
    return f"År {year} gällde {swedish.listing(said)} området. Deltagarna har själva valt att vara med."
