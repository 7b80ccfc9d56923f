"""What an answer to a survey question counts as, whatever words and numbers the tool puts round it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from lagesbild.taxonomy.names import fold

_WORDS: dict[str, list[str]] = tomllib.loads(files("lagesbild.taxonomy").joinpath("answer_words.toml").read_text("utf-8"))
_VALUES = {"yes": 1.0, "no": 0.0, "none": float("nan")}
_MEANING = {fold(word): _VALUES[kind] for kind, words in _WORDS.items() for word in words}
_STEP = re.compile(r"^\s*\d{1,2}\s*(?:[-\u2013\u2014.):=]\s*|\s)(?=\D)")
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
_DENIED = re.compile(r"\b(inte|aldrig|ingen|sallan|ej)\b")


@cache
def meaning(text: str) -> float | None:
    """1.0 where the answer is yes (the problem is there), 0.0 where it is no, NaN where it is none; None for unknown words.

    A step before the words and a remark after them are passed over: "4 – I hög utsträckning", "Ja (någon gång i år)".

    >>> meaning("5. Instämmer helt"), meaning("2 (Sällan)"), meaning("Ja, på stan"), meaning("Kanske")
    (1.0, 0.0, 1.0, None)
    """
    aside = _ASIDE.search(text)
    bare = _ASIDE.sub("", text)
    for form in (text, bare, _STEP.sub("", bare), aside[1] if aside and bare.strip().isdigit() else ""):
        key = fold(form)
        if key in _MEANING:
            return _MEANING[key]
    key = fold(_STEP.sub("", bare))
    if key.startswith("ja ") and not _DENIED.search(key):
        return 1.0
    return 0.0 if key.startswith("nej ") else None
