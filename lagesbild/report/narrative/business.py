"""Sentences about companies: what they answer, what they report, what is missing."""

from __future__ import annotations

INTRO = (
    "Företagens bild kommer från två håll: vad de svarar i en enkät och vad de anmäler. Enkäten frågar om brott och otrygghet "
    "i allmänhet, anmälningarna gäller inbrott i lokaler, butiksstöld och liknande."
)


def absent(place: str) -> str:
    """That nothing was delivered of companies.

    >>> absent("Mariestad")
    'Inga uppgifter om företagens utsatthet är levererade för Mariestad. Svenskt Näringsliv frågar företag i alla kommuner.'
    """
    return (
        f"Inga uppgifter om företagens utsatthet är levererade för {place}. Svenskt Näringsliv frågar företag i alla kommuner."
    )
