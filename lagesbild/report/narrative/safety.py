"""Sentences about safety: how people feel and what they hold back from, and what is not known of it."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish

INTRO = (
    "Trygghet är hur invånarna upplever sin vardag: oro, otrygghet och det de avstår från. Den följer inte alltid det som "
    "anmäls. Båda redovisas, var för sig."
)
NO_AGES = "Svar efter ålder är inte levererade. Om unga eller äldre är otryggare än andra går därför inte att säga."
NO_SEXES = "Svar från kvinnor och män var för sig är inte levererade. Om de upplever olika saker går därför inte att säga."
SMALL_GROUPS = (
    "Grupper har färre svarande än alla tillsammans, så intervallen är bredare. En skillnad som inte går att skilja från "
    "slumpen kan ändå finnas."
)


def absent(place: str) -> str:
    """That no survey of how safe people feel was delivered.

    >>> absent("Mariestad")[:58]
    'Ingen enkät om trygghet är levererad för Mariestad. Rappor'
    """
    return (
        f"Ingen enkät om trygghet är levererad för {place}. Rapporten kan därför inte säga hur trygga invånarna är, om kvinnor "
        "och män upplever olika saker eller om oron ökar. NTU för kommuner och polisområden finns hos Brå; polisens "
        "trygghetsmätning finns hos polisregionen där den görs."
    )


def sexes(n_differing: int, n: int, items: Sequence[str]) -> str:
    """In how many questions women and men can be told apart, and which.

    >>> sexes(2, 18, ["Otrygg ute sent", "Oro för sexuella angrepp"])
    'Kvinnor och män svarar olika i 2 av 18 frågor: otrygg ute sent och oro för sexuella angrepp.'
    >>> sexes(0, 5, [])
    'Kvinnors och mäns svar går inte att skilja åt i någon av 5 frågor.'
    """
    if not n_differing:
        return f"Kvinnors och mäns svar går inte att skilja åt i någon av {n} frågor."
    named = swedish.listing([item[:1].lower() + item[1:] for item in items])
    return f"Kvinnor och män svarar olika i {n_differing} av {n} frågor: {named}."


def difference(first: float, first_half: float, second: float, second_half: float, name: str) -> str:
    """Whether one group's share is settled to be larger: the distance against the root of the summed squared half intervals.

    >>> difference(.35, .08, .18, .07, "kvinnor"), difference(.2, .08, .18, .07, "kvinnor")
    ('kvinnor högre', 'går inte att skilja åt')
    """
    if not abs(first - second) > (first_half**2 + second_half**2) ** 0.5:
        return "går inte att skilja åt"
    return f"{name} {'högre' if first > second else 'lägre'}"
