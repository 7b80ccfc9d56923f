"""What the product is held against: simpler rankings of the same signals, and an oracle that knows every planted bias.

Each is one number per ranked line, larger = higher, NaN where the rival says nothing of the line. None states a probability.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lagesbild.ranking.baselines import borda, counts, single_source, z_score_mean
from lagesbild.ranking.fusion import fuse
from lagesbild.ranking.signal_set import Array, Signals
from lagesbild.ranking.value import scores, values

#: Harm of one reported offence of each area, in days: about the least penalty the code gives for what is reported most there.
#: Declared for this laboratory alone; the product's own table of severity is another.
HARM = {
    "narkotika": 10, "unga_i_riskzon": 5, "vald_offentlig_miljo": 40, "vald_nara_relation": 150, "brott_mot_barn": 60,
    "skadegorelse": 5, "brander": 180, "trafik": 10, "bostadsinbrott": 180, "stold": 10, "brott_mot_naringsliv": 15, "ran": 540,
    "bedrageri": 20, "sexualbrott": 400, "ordningsstorning": 5, "hot_tjansteperson": 60,
}  # fmt: skip
#: Rivals that may use every source, and those that are counts; the single sources are named by their own ids.
Z_SCORES, BORDA, COUNTS, HARM_COUNTS, ORACLE = "z-score mean", "Borda", "counts", "harm-weighted counts", "oracle"


def by_rivals(signals: Signals, weights: Array) -> dict[str, Array]:
    """Every rival's numbers (A,) by its name; a single source by its id."""
    harm = np.array([HARM.get(area, np.nan) for area in signals.areas])
    return {
        Z_SCORES: z_score_mean(signals, weights),
        BORDA: borda(signals, weights),
        COUNTS: counts(signals),
        HARM_COUNTS: counts(signals) * harm,
        **{source: single_source(signals, source, weights) for source in signals.sources},
    }


def oracle(signals: Signals, bias: Array, weights: Array) -> Array:
    """(A,): the score of one who knows how far each signal (A,S,3) lies from the truth, and is left with chance alone."""
    freed = replace(signals, z=signals.z - bias, bias=np.zeros_like(signals.bias))
    return scores(values(fuse(freed).theta), weights)
