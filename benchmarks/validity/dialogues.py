"""Citizen dialogues: those who came name what they have met, and what is on everybody's lips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.validity import laws
from benchmarks.validity.expected import Expected
from benchmarks.validity.frames import frame
from benchmarks.validity.incidence import Incidence
from benchmarks.validity.scenario import Scenario
from benchmarks.validity.terms import LAST_YEAR, Array, Mask, Terms

#: Declared spread of the bias (class D), what of it comes of the saturation, how many meet an event, how alike those who come.
_LEVEL, _COMES, _NEAR, _ALIKE = 0.8, 0.28, 30.0, 40.0
_NO_AREA = ("Synlig polis", "Övrigt")


@dataclass(frozen=True)
class Dialogues:
    """share (U,): of the mentions of areas that each is expected to get. dates: of the meetings."""

    share: Array
    dates: tuple[np.datetime64, ...]


def draw_dialogues(random: np.random.Generator, scenario: Scenario, incidence: Incidence, terms: Terms) -> Dialogues:
    """Two or three meetings in the last two years. Whoever has met a problem names it, weighted by its salience."""
    spread = laws.left_for(_LEVEL, _COMES, scenario.bias_factor)
    met = 1 - np.exp(-_NEAR * incidence.rate[0, :, -2:].mean(axis=1))
    share = met * np.exp(spread * laws.skewed(random, (len(terms.areas),), scenario.tail))
    days = [f"{LAST_YEAR - 1}-04-18", f"{LAST_YEAR - 1}-10-09", f"{LAST_YEAR}-05-07"][int(random.integers(0, 2)) :]
    return Dialogues(share / share.sum(), tuple(np.datetime64(day) for day in days))


def dialogues_expected(dialogues: Dialogues, is_delivered: Mask) -> Expected:
    """Expected signals: the level only; is_delivered (U,)."""
    nothing = np.full(dialogues.share.shape, np.nan)
    return Expected("medborgardialog", np.where(is_delivered, np.log(dialogues.share), np.nan), nothing, nothing)


def draw_themes(random: np.random.Generator, dialogues: Dialogues, is_delivered: Mask, terms: Terms) -> pd.DataFrame:
    """``dialogue_themes``: mentions of each theme that came up, about two per participant."""
    rows = []
    for date in dialogues.dates:
        participants = int(random.integers(30, 150))
        opinion = random.dirichlet(_ALIKE * np.append(0.92 * dialogues.share, [0.04, 0.04]) + 1e-9)
        mentions = random.multinomial(random.poisson(2.0 * participants), opinion / opinion.sum())
        for a, n in enumerate(mentions):
            if n == 0 or (a < len(is_delivered) and not is_delivered[a]):
                continue
            names = terms.themes[a] if a < len(terms.themes) else (_NO_AREA[a - len(terms.themes)],)
            parts = random.multinomial(n, random.dirichlet(np.ones(len(names))))
            rows += [(date, participants, name, int(part)) for name, part in zip(names, parts, strict=True) if part]
    columns = (
        dict(zip(("date", "participants", "theme", "mentions"), map(list, zip(*rows, strict=True)), strict=True))
        if rows
        else {}
    )
    return frame("dialogue_themes", {"dialogue": "citizen", **columns} if rows else {}, len(rows))
