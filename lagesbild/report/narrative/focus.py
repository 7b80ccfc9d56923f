"""Sentences that propose a focus: what speaks for it, what speaks against, what would change it. Never a decision."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish

INTRO = (
    "Kapitlet föreslår, det beslutar inte. För varje område står vad i underlaget som talar för, vad som talar emot och vad "
    "som skulle ändra bilden."
)
NONE_FIRST = (
    "Inget område når nivån prioritera. De områden som står här kan övervägas; att välja något annat, eller att först skaffa "
    "mer underlag, är lika förenligt med siffrorna."
)
PEOPLE = (
    "Siffrorna säger inte om ett problem går att påverka, vad det kostar eller vem som drabbas hårdast. Det bedömer parterna i "
    "matrisen, och det kan ge en annan ordning än den här."
)
NOTHING_AGAINST = "Inget i underlaget pekar åt andra hållet, men det prövar bara det som går att mäta."
POLICE = "Anmälningarna speglar hur mycket polisen kontrollerar, så de säger lite om hur stort problemet är."
NO_OTHER = "Området går att skilja från alla andra områden."


def speaks_for(tier: str) -> str:
    """What the tier means as a proposal.

    >>> speaks_for("prioritera"), speaks_for("överväg")
    ('Underlaget talar för prioritering.', 'Underlaget talar för att överväga området.')
    """
    return "Underlaget talar för prioritering." if tier == "prioritera" else "Underlaget talar för att överväga området."


def pushes(parts: Sequence[tuple[str, float]], *, up: bool) -> str:
    """Which sources lift or lower the area, in points.

    >>> pushes([("EST", 8.6), ("NTU", 5.2)], up=True)
    'Mest lyfter EST (9 poäng) och NTU (5 poäng).'
    """
    told = [f"{name} ({swedish.number(abs(points))} poäng)" for name, points in parts]
    return f"{'Mest lyfter' if up else 'Mest sänker'} {swedish.listing(told)}."


def survives(n_inside: int, n: int, k: int) -> str:
    """In how many ways of counting the area is likelier than not among the largest.

    >>> survives(12, 13, 3)
    'I 12 av 13 sätt att räkna talar mer för än emot att området är ett av de tre största.'
    """
    largest = "det största" if k == 1 else f"ett av de {swedish.count_word(k)} största"
    times = f"alla {n}" if n_inside == n else f"{n_inside} av {n}" if n_inside else f"inget av {n}"
    return f"I {times} sätt att räkna talar mer för än emot att området är {largest}."


def would_change(ways: Sequence[str]) -> str:
    """Which other ways of counting take the area out of the largest.

    >>> would_change(["utan EST", "dubbla skevheten"])
    'Bilden ändras om man räknar så: utan EST och dubbla skevheten.'
    >>> would_change([])
    'Inget av de andra sätt att räkna som har prövats ändrar bilden.'
    """
    if not ways:
        return "Inget av de andra sätt att räkna som har prövats ändrar bilden."
    return f"Bilden ändras om man räknar så: {swedish.listing(list(ways))}."


def alternatives(names: Sequence[str]) -> str:
    """Which areas one might as well choose.

    >>> alternatives(["narkotika", "skadegörelse"])
    'Lika gärna kan man välja narkotika eller skadegörelse: de går inte att skilja från området.'
    >>> alternatives(list("abcdef"))
    'Sex andra områden går inte att skilja från det här och kan lika gärna väljas.'
    """
    if len(names) > 4:
        many = swedish.capital(swedish.count_word(len(names)))
        return f"{many} andra områden går inte att skilja från det här och kan lika gärna väljas."
    they = "de går" if len(names) > 1 else "det går"
    return f"Lika gärna kan man välja {swedish.listing(list(names), 'eller')}: {they} inte att skilja från området."
