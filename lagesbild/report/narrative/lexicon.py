"""Words the product does not use, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What is wrong -> the pattern that finds it. A cause, an alarm, a label, a decision or a certainty that figures cannot carry.
FORBIDDEN = {
    "orsak": r"\borsaka(r|de|t|s)\b|\ble(der|dde) till\b|\bpå grund av\b|\btack vare\b|\beffekten av\b|\bgenom löftet\b",
    "larm": r"\blarmande\b|\bskena(r|de)\b|\bexplo(sion|derar)\w*|\brekord\w*",
    "etikett": r"\butsatt(a)? områden?\b|\bbrottsling\w*|\bkriminella\b",
    "beslut": r"\bska prioriteras\b|\bmåste prioriteras\b",
    "visshet": r"\bbevisa(t|r|s)\b|\buteslut(et|en|na)\b|(?<!så gott som )\bsäkert\b",
    "oförändrat": r"\boförändra(d|t|de)\b|[←-⇿]",
    "fackord": r"\bsignifikan\w*|\bKI\b|\bkonfidensintervall\w*|\bp-värde\w*",
    "tecken": r"(?<![\w.])-\d|\d\.\d+(?= ?(procent|%))",
    "saknat tal": r"\bnan\b|\bNone\b|<NA>",
}


def violations(texts: Iterable[str]) -> list[str]:
    """Every forbidden word with its neighbourhood, 'orsak: ... leder till ...'; empty where the texts are clean.

    >>> violations(["Anmälningarna skenar."])
    ['larm: Anmälningarna skenar.']
    >>> violations(["Det är så gott som säkert."])
    []
    """
    return [
        f"{kind}: {text[max(0, match.start() - 30) : match.end() + 30]}"
        for text in texts
        for kind, pattern in FORBIDDEN.items()
        for match in re.finditer(pattern, text, flags=0 if kind == "fackord" else re.IGNORECASE)
    ]
