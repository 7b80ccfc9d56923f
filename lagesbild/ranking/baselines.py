"""Simpler rankings, for comparison only: what one would get from z-scores, from Borda points, from counts, from one source.

Each returns one number per area, larger = higher; an area without any signal gets NaN. None is used in the product's ranking.
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from lagesbild.ranking.signal_set import Array, Signals


def z_score_mean(signals: Signals, weights: Array) -> Array:
    """(A,): weighted mean over criteria of the mean over sources of each signal's z-score over the ranked areas."""
    shown = np.where(signals.available, signals.z, np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a source or criterion without any signal
        spread = np.nanstd(shown, axis=0)
        standard = (shown - np.nanmean(shown, axis=0)) / np.where(spread > 0, spread, np.nan)
        return _over_criteria(np.nanmean(standard, axis=1), weights)


def borda(signals: Signals, weights: Array) -> Array:
    """(A,): weighted mean over criteria of the mean share of the other areas that a source puts below the area."""
    shown = np.where(signals.available, signals.z, np.nan)
    n = (~np.isnan(shown)).sum(axis=0)
    place = pd.DataFrame(shown.reshape(len(shown), -1)).rank().to_numpy().reshape(shown.shape)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        share = (place - 1) / np.where(n > 1, n - 1, np.nan)
        return _over_criteria(np.nanmean(share, axis=1), weights)


def counts(signals: Signals) -> Array:
    """(A,): the number of reported offences."""
    return signals.counts.copy()


def single_source(signals: Signals, source: str, weights: Array) -> Array:
    """(A,): weighted mean of one source's own signals; the weights brought to 1 over those it has. ValueError if there is
    none.
    """
    if source not in signals.sources:
        raise ValueError(f"no such source among the signals: {source}")
    s = signals.sources.index(source)
    return _over_criteria(np.where(signals.available[:, s], signals.z[:, s], np.nan), weights)


def _over_criteria(value: Array, weights: Array) -> Array:
    """Weighted mean over the criteria an area has, with the weights brought to 1 over those."""
    there = ~np.isnan(value)
    total = (there * weights[: value.shape[1]]).sum(axis=1)
    summed = np.where(there, value, 0.0) @ weights[: value.shape[1]]
    return np.where(total > 0, summed / np.where(total > 0, total, 1.0), np.nan)
