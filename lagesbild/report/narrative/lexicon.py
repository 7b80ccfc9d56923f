"""Words the product does not use, and where they stand in a text: the one list, for every report, chart, table and screen.

Three rules need saying. "Kan bero på" is allowed, "beror på" is not: that a figure may have another reason than crime (a break,
who reported, how much the police searched) is a reservation, that it has is a claim. "Så gott som säkert" is the strongest word
there is; "säkerställd" tells of an interval and "osäker" of a lack. "På grund av oro för" is NTU's own question of what people
have refrained from, and stands as it was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What is wrong -> the patterns that find it. A cause, an alarm, a label, a decision or a certainty that figures cannot carry.
FORBIDDEN: dict[str, tuple[str, ...]] = {
    "orsak": (
        r"\borsak(a|ad|ade|ades|ar|as|at|ats|en|er|erna)?\b", r"\bupphov till\b", r"\ble(da|der|tt|dde) till\b",
        r"\bpå grund av\b(?! oro för)", r"\bp\.? ?g\.? ?a\b", r"\btill följd av\b", r"\btack vare\b",
        r"\beffekt(en|er|erna)? av\b", r"\b(har haft|ger|gav) effekt\b", r"\bresulter(a|ar|ade) i\b", r"\bförklaras av\b",
        r"(?<!kan )(?<!kunna )(?<!kunde )\bbero(r|dde|tt)? på\b", r"\bgenom löftet\b", r"\blöftets (effekt|resultat)\b",
    ),
    "larm": (
        r"\b(alarmerande|larmande|skrämmande|chock\w*|dramatisk\w*|akut läge)\b", r"\bsken(a|ar|ade|at|ande)\b",
        r"\bexplo(sion(en|er)?|sionsartad\w*|der(a|ar|ade|at))\b", r"\brekord\w*", r"\b(vålds|brotts)våg\w*",
    ),
    "etikett": (
        r"\butsatt(a)? område(t|n|na)?\b", r"\butsatta områdena\b", r"\bbrottsling\w*", r"\bkriminella\b", r"\bvärsting\w*",
        r"\bproblem(plats|torg|kvarter|skol|gård)\w*", r"(?-i:\b[Pp]roblemområdet [A-ZÅÄÖ][a-zåäö])",
        r"\b(plats|stadsdel|torg|kvarter|bostadsområde|ort|DeSO)\w* (är|blir|räknas som|pekas ut som) ett problemområde\b",
    ),
    "beslut": (
        r"\b(ska|skall|bör|måste|behöver)( \w+){0,2} prioritera(s|t|d|de)?\b", r"\brekommender\w*",
        r"\b(systemet|programmet) beslutar\b",
    ),
    "visshet": (
        r"\b(o?bevis(a|ad|ar|as|at|ats|en|ligen)?)\b", r"\buteslut(et|en|na|it|its)\b", r"(?<!så gott som )\bsäkert\b",
        r"\bgarantera\w*", r"\b(o?tvivelaktigt|utan tvekan|utan tvivel|definitivt|helt klart|med säkerhet)\b",
    ),
    "oförändrat": (
        r"\boförändra(d|t|de)\b", "[\u2190-\u21ff\u25b2-\u25b5\u25bc-\u25bf\u27f0-\u27ff\u2b00-\u2b0d]",
    ),
    "brott": (
        r"(?-i:\d[\d\s]*brott(en)?\b)", r"\b(fler|färre) brott\b", r"\b(ökning|minskning)(en)? av brott\w*",
        r"\bbrott(en|et|sligheten) (har )?(öka|minska|stig|stått|sjunk|sjönk|steg|gått|går|gick|föll|faller)\w*",
    ),
    "fackord": (
        r"\bsignifikan\w*", r"(?-i:\bKI\b)", r"\bkonfidensintervall\w*", r"\bp-värde\w*", r"\bnollhypotes\w*",
    ),
    "tecken": (r"(?<![\w.}])-\d", r"\d\.\d+(?= ?(procent|%))"),
    "saknat tal": (r"\bnan\b", r"(?-i:\bNone\b)", "<NA>"),
}  # fmt: skip
_PATTERNS = {kind: re.compile("|".join(f"(?:{one})" for one in found), re.IGNORECASE) for kind, found in FORBIDDEN.items()}


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
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    ]


def found_in(places: Iterable[tuple[str, str]]) -> list[str]:
    """The same of texts that each say where they stand (where, text).

    >>> found_in([("sida 3", "Antalet är oförändrat."), ("sida 4", "Ingen säkerställd förändring.")])
    ['sida 3: oförändrat: Antalet är oförändrat.']
    """
    return [f"{where}: {found}" for where, text in places for found in violations([text])]
