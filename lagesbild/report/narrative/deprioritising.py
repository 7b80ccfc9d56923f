"""Sentences about areas that may wait: with how much right, and which are never proposed for it."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild import swedish
from lagesbild.report.narrative.certainty import lower_first
from lagesbild.report.narrative.unknown import LOW_IS_NOT_SMALL

INTRO = (
    "Att välja bort är också ett val. Lagen och Brå ser prioritering och bortprioritering som samma samtal. Matrisen visar vad "
    "siffrorna säger och lämnar plats för det som människor bedömer."
)
WAIT, LEAVE = "talar för att avvakta", "talar för att bortprioritera"
NONE = "Inget område har ett så lågt och säkerställt läge att underlaget talar för att avvakta eller bortprioritera det."
RULE = (
    "Ett område står här när det är mindre troligt att det hör till de största, underlaget är gott eller begränsat och området "
    "syns i källorna. Ordet bortprioritera används bara när underlaget är gott och hela intervallet för platsen ligger i "
    "listans nedre hälft."
)


def never(names: Sequence[str]) -> str:
    """The areas that are seldom seen, and so are never proposed to wait.

    >>> never(["Våld i nära relation", "Sexualbrott"]).partition(". ")[0]
    'Våld i nära relation och sexualbrott föreslås aldrig för bortprioritering'
    """
    listed = swedish.capital(swedish.listing([lower_first(name) for name in names]))
    return (
        f"{listed} föreslås aldrig för bortprioritering. De drabbar i det dolda, anmäls sällan och syns knappt i EST. "
        f"{LOW_IS_NOT_SMALL}"
    )


def too_little(names: Sequence[str]) -> str:
    """Areas that lie low but of which too little is known.

    >>> too_little(["Rån"])
    'Underlaget är för svagt för att säga om det går att avvakta med rån.'
    """
    listed = swedish.listing([lower_first(name) for name in names])
    return f"Underlaget är för svagt för att säga om det går att avvakta med {listed}."
