from __future__ import annotations

import pytest

from lagesbild.report.assumptions import assumptions
from lagesbild.report.narrative.lexicon import violations


@pytest.mark.parametrize(
    "text",
    [
        "Belysningen leder till färre brott.", "Det beror på, eller på grund av, något.", "Minskade tack vare löftet.",
        "Det här är bevisat.", "Ökningen är signifikant.", "Det är säkert att rån ökar.", "Läget är oförändrat.",
        "En explosion av brott.", "Rekordmånga anmälningar.", "Ett utsatt område.", "Rån ska prioriteras.", "KI 95",
        "Förändring -12 %.", "Andelen är 3.5 procent.", "Värdet är nan.", "Ökar ↑",
    ],
)  # fmt: skip
def test_what_may_not_be_said_is_found(text: str) -> None:
    assert violations([text])


@pytest.mark.parametrize(
    "text",
    [
        "Det är så gott som säkert (97 av 100 beräkningar).", "Ingen säkerställd förändring (−3 till 4 procent).",
        "Underlaget talar för prioritering.", "Skriv datum som 2025-03-31.", "Osäkert är också ett svar.", "Brott 2023–2025.",
        "Så kan den missvisa här.", "Andelen är 3,5 procent.",
    ],
)  # fmt: skip
def test_what_may_be_said_passes(text: str) -> None:
    assert violations([text]) == []


def test_the_assumptions_keep_to_the_lexicon() -> None:
    assert violations(f"{one.text} {one.basis}" for one in assumptions()) == []
