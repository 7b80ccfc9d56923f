"""Whether an index is the one it should be: 0–6, higher worse. One turned round or on 1–6 would turn a ranking upside down."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt, Problem
from lagesbild.sources.files.file import RawFile
from lagesbild.sources.survey.grid import Grid

_ONE_TO_SIX = re.compile(r"(?<![\d,.])1\s*(?:[-\u2013\u2014]|till|to)\s*6(?![\d,.])", re.IGNORECASE)
_NEAR = r"(?:(?!låg|hög|sämre|inte)[^.;,\d]){0,30}?"
_TURNED = re.compile(
    rf"hög(?:re|t|a)\b{_NEAR}\b(?:är|innebär|betyder|ger|visar){_NEAR}\b(?:bättre|tryggare|tryggt?|trygghet|bra|positivt|"
    r"(?:färre|mindre|små|inga) problem)\b"
    r"|låg(?:re|t|a)\b(?:(?!låg|hög|bättre|inte)[^.;,\d]){0,40}?\b(?:sämre|otryggare|otryggt?|(?:fler|större|stora) problem)\b"
    r"|\b6\s*(?:=|är|indikerar|betyder)[^.;,\d]{0,25}?\b(?:tryggt?|inga problem|inget problem|bäst)\b"
    r"|\b0\s*(?:=|är|indikerar|betyder)[^.;,\d]{0,25}?\b(?:otryggt?|stora problem|sämst)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"hög(?:re|t|a)\b[^.;]{0,40}?\b(?:sämre|otryggare|stora problem|större problem)|låg(?:re|t|a)\b[^.;]{0,40}?\bbättre|"
    r"\b0\s*(?:=|är|indikerar|betyder)[^.;]{0,30}?\b(?:inget|inga|obefintlig\w*)|(?<![\d,.])0\s*[-\u2013\u2014]\s*6(?![\d,.])",
    re.IGNORECASE,
)
_NAMED = re.compile(r"trygghetsindex", re.IGNORECASE)
_EXPECTED = "ett problemindex från 0 (inga problem) till 6 (stora problem), där högre är sämre."
_FEWEST_TO_JUDGE = 5


def scale_problems(file: RawFile, grids: Iterable[Grid]) -> list[Problem]:
    """A problem for every text that says that the index is on 1–6 or that a higher value is better."""
    problems = []
    for one in grids:
        for row, text in dict.fromkeys(one.words):
            where = file.where(one.sheet, row or None)
            if _TURNED.search(text):
                action = "Be polisen om problemindexet, eller räkna om värdena till 6 minus indexet och rätta texten."
                problems.append(Problem(where, "texten säger att ett högre index är bättre.", _EXPECTED, action))
            elif _ONE_TO_SIX.search(text):
                action = "Fråga polisen vilken skalan är. Är den 0–6 räcker det att rätta texten."
                problems.append(Problem(where, "texten anger skalan 1–6.", _EXPECTED, action))
    return problems


def scale_doubts(file: RawFile, grids: Iterable[Grid], results: pd.DataFrame) -> list[Doubt]:
    """Doubts about the direction, where it is called trygghetsindex, and about the scale, where no value is below 1."""
    texts = [text for one in grids for _, text in one.words]
    is_told = any(_TOLD.search(text) for text in texts)
    index = results.loc[results["scale"].eq("index_0_6"), "value"].dropna()
    doubts = []
    if len(index) and not is_told and any(_NAMED.search(text) for text in texts):
        what = "indexet kallas trygghetsindex och filen säger inte åt vilket håll det går."
        action = "Det läses som problemindex, där högre är sämre. Kontrollera det hos polisen."
        doubts.append(Doubt("oklar_riktning", file.name, what, action, len(index)))
    if len(index) >= _FEWEST_TO_JUDGE and index.ge(1).all():
        span = f"{swedish.number(index.min(), 2)} till {swedish.number(index.max(), 2)}"
        what = f"alla {swedish.number(len(index))} index är minst 1 (från {span})."
        action = "De läses på skalan 0–6. Kontrollera att skalan inte är 1–6."
        doubts.append(Doubt("oklar_skala", file.name, what, action, len(index)))
    return doubts
