"""Months that a kommun's own history and its peers make incredible: one long investigation, one campaign.

The expected count of a month is the own level of the months around it times how the peers moved that month; a count is
incredible far beyond a negative binomial limit around it. After Farrington et al. (1996, J. R. Stat. Soc. A 159:547) and
Noufaily et al. (2013, Stat. Med. 32:1206), who watch for outbreaks the same way; here with months on both sides, because the
question is whether a year may be counted, not whether an alarm should sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from lagesbild.measures.rates import Array

Mask: TypeAlias = npt.NDArray[np.bool_]
_Side: TypeAlias = tuple[Array, Array]

#: The own level is that of so many months before, and after; fewer known months than FEWEST on a side say nothing.
SIDE, FEWEST = 12, 6
#: Chance that an ordinary month reaches the limit. Of the 290 kommuner's 93 960 months in nine offence groups, 2013-2015, 70
#: are found: each three times the expected or more, half of them six times.
INCREDIBLE = 1e-7
#: The same beside an incredible month: the two speak for each other.
BESIDE = 1e-5
#: Chance below which a month is high: such months side by side are one spell, and in two years' same month a season.
HIGH = 1e-3
#: A spell longer than this is a new level, not a spike.
LONGEST = 3
#: A spike must be worth so many reports, and so large a part of what its twelve months else would be.
LEAST_EXCESS, LEAST_SHARE = 10.0, 0.1
#: The peers' movement is drawn towards none as by so many reports; a series' dispersion towards its line's as by so many
#: months, and the line's towards ORDINARY as by so many.
_MOVEMENT, _OWN_MONTHS, _LINE_MONTHS = 20.0, 24.0, 60.0
#: Variance of the log of an ordinary month beyond chance: the median over the same nine groups of all kommuner.
ORDINARY = 0.05
_PASSES, _FLOOR = 3, 0.1
#: Residuals are cut at so many standard deviations; what is left of a normal variance then.
_CLIP, _LEFT = 2.0, 0.9205


@dataclass(frozen=True)
class Spikes:
    """Per series and month (K, L, T). is_spike; expected: the count instead of it; lower, upper: the 80 % range of an
    ordinary month; variance: that of the expected count as a prediction."""

    is_spike: Mask
    expected: Array
    lower: Array
    upper: Array
    variance: Array


@dataclass(frozen=True)
class _Level:
    """Own level by months: two_sided (n months behind it), and the higher of the two sides (n_high)."""

    two_sided: Array
    n: Array
    high: Array
    n_high: Array


def spikes(counts: npt.ArrayLike) -> Spikes:
    """The incredible months of monthly ``counts`` (K kommuner, L lines, T months on end), NaN where a month is unknown.

    Level: m = Σy/Σc over the twelve months before and the twelve after, c the peers' movement. c = (Σ_j y_j + 20)/(Σ_j e_j +
    20) over the other kommuner j, e their usual month. μ = m·c; for the test m is the higher of the two sides, so that a
    change of level is none, and c without the 20 where that is higher. Variance V = μ + ψμ² + μ²·(1/(n·m) + ψ/n), ψ by
    winsorised moments per line, drawn towards .05, and per series, never below its line's. A month is a spike where P(Y ≥ y) <
    1e-7 for a negative binomial (μ, V), 1e-5 beside such a month, except

    - in a spell of more than three high months, P < .001 and at least half as large: a new level;
    - where half of the other kommuner, by their usual counts, or more are high too;
    - where the same month of another year is high and half as large too: a season (a yearly festival);
    - where the excess y − μ is below 10, or the spikes of a year add less than a tenth to its other months.

    Three rounds: high months of one round, the peers' too, count as expected in the level and in c of the next (neither
    lasting nor seasonal ones). The first takes medians, and leaves out of c the peer with the largest excess. Where neither
    side has six known months nothing is said.
    """
    y = np.asarray(counts, dtype=np.float64)
    if y.size == 0 or y.shape[-1] <= FEWEST:
        return Spikes(np.zeros(y.shape, dtype=bool), y.copy(), *(np.full(y.shape, np.nan) for _ in range(3)))
    is_known = np.isfinite(y)
    usual = _usual(y)
    is_apart = np.zeros(y.shape, dtype=bool)
    expected = np.broadcast_to(usual[..., None], y.shape)
    level, movement, most, psi = _fitted(y, is_apart, expected, usual, is_first=True)
    for i in range(_PASSES):
        if i:
            level, movement, most, psi = _fitted(y, is_apart, expected, usual, is_first=False)
        expected = np.maximum(level.two_sided * movement, _FLOOR)
        chance = _chance(y, np.maximum(level.high * most, _FLOOR), level.n_high, psi)
        is_high = is_known & (chance < HIGH)
        is_apart = is_high & ~_is_lasting(y, is_high) & ~_is_season(y, is_high) & ~_is_common(is_high, usual)
    is_spike = _with_neighbours(is_apart & (chance < INCREDIBLE), is_apart & (chance < BESIDE))
    is_spike &= _is_material(y, expected, is_spike)
    variance = _variance(expected, level.n, psi)
    lower, upper = (_quantile(p, expected, variance, is_spike) for p in (0.1, 0.9))
    return Spikes(is_spike, np.where(is_spike, expected, y), lower, upper, np.where(is_spike, variance, 0.0))


def _usual(y: Array) -> Array:
    """(K, L): the series' mean month, large months cut down; 0 where nothing is known."""
    is_known = np.isfinite(y)
    ranked = np.sort(y, axis=-1)  # NaN last
    n = is_known.sum(axis=-1)
    median = np.take_along_axis(ranked, np.maximum((n - 1) // 2, 0)[..., None], axis=-1)
    cut = np.where(is_known, np.minimum(y, 3 * np.nan_to_num(median) + 5), 0.0)
    return np.asarray(cut.sum(axis=-1) / np.maximum(n, 1))


def _fitted(y: Array, is_apart: Mask, expected: Array, usual: Array, *, is_first: bool) -> tuple[_Level, Array, Array, Array]:
    """Own level, the peers' movement, that at most, and the dispersion ψ (K, L), given the months set apart so far."""
    movement, most = _movement(np.where(is_apart, expected, y), usual, is_first=is_first)
    ordinary = np.where(is_apart, np.nan, y)
    level = _level(ordinary, np.where(np.isfinite(ordinary), movement, np.nan), is_first=is_first)
    return level, movement, most, _dispersion(y, np.maximum(level.two_sided * movement, _FLOOR), level.n)


def _movement(y: Array, usual: Array, *, is_first: bool) -> tuple[Array, Array]:
    """How the other kommuner's months stand to their usual ones, drawn towards 1, and at most; 1 where there is no other."""
    is_known = np.isfinite(y)
    seen, base = np.where(is_known, y, 0.0), np.where(is_known, usual[..., None], 0.0)
    others, bases = seen.sum(axis=0) - seen, base.sum(axis=0) - base
    if is_first and y.shape[0] > 2:
        largest = np.argsort(base - seen, axis=0, kind="stable")[:2]
        rows = np.arange(y.shape[0])[:, None, None]
        left_out = np.where(largest[0][None] == rows, largest[1][None], largest[0][None])
        others = others - np.take_along_axis(seen, left_out, axis=0)
        bases = bases - np.take_along_axis(base, left_out, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        bare = np.where(bases > 0, others / bases, 1.0)
    drawn = (others + _MOVEMENT) / (bases + _MOVEMENT)
    return drawn, np.maximum(drawn, bare)


def _level(y: Array, movement: Array, *, is_first: bool) -> _Level:
    """The own level from the months before and after; NaN where neither side has six known months."""
    sides = [_side(y, movement, is_after, is_first=is_first) for is_after in (False, True)]
    (before, n_before), (after, n_after) = sides
    n = n_before + n_after
    with np.errstate(invalid="ignore", divide="ignore"):
        two_sided = (np.nan_to_num(before) * n_before + np.nan_to_num(after) * n_after) / n
    is_before = np.isnan(after) | (before >= after)
    return _Level(two_sided, n, np.fmax(before, after), np.where(is_before, n_before, n_after))


def _side(y: Array, movement: Array, is_after: bool, *, is_first: bool) -> _Side:
    """The level on one side of each month and how many months stand behind it; NaN and 0 where they are too few."""
    n = _window_sums(np.where(np.isfinite(y), 1.0, np.nan), is_after)
    with np.errstate(invalid="ignore", divide="ignore"):
        if is_first:
            median = _window_medians(y / movement, n, is_after)
            level = median + np.where(median < 5, 1 / 3, 0.0)  # a Poisson median lies that much below the mean
        else:
            level = _window_sums(y, is_after) / _window_sums(movement, is_after)
    is_enough = n >= FEWEST
    return np.where(is_enough, level, np.nan), np.where(is_enough, n, 0.0)


def _window_sums(x: Array, is_after: bool) -> Array:
    """Sums over the twelve months before, or after, each month; NaN counts as 0."""
    total = np.concatenate([np.zeros((*x.shape[:-1], 1)), np.cumsum(np.nan_to_num(x), axis=-1)], axis=-1)
    at = np.arange(x.shape[-1])
    first, last = (at + 1, np.minimum(at + 1 + SIDE, at.size)) if is_after else (np.maximum(at - SIDE, 0), at)
    return np.asarray(total[..., last] - total[..., first])


def _window_medians(x: Array, n: Array, is_after: bool) -> Array:
    edge = np.full((*x.shape[:-1], SIDE), np.nan)
    padded = np.concatenate([x, edge] if is_after else [edge, x], axis=-1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, SIDE, axis=-1)
    ranked = np.sort(windows[..., 1:, :] if is_after else windows[..., :-1, :], axis=-1)  # NaN last
    middle = [np.clip(place, 0, SIDE - 1).astype(np.int64)[..., None] for place in ((n - 1) // 2, n // 2)]
    low, high = (np.take_along_axis(ranked, place, axis=-1)[..., 0] for place in middle)
    return np.asarray((low + high) / 2)


def _dispersion(y: Array, expected: Array, n: Array) -> Array:
    """ψ (K, L): variance of the log of a month beyond chance, residuals cut at two standard deviations."""
    with np.errstate(invalid="ignore", divide="ignore"):
        widened = 1 + 1 / n
        error = y - expected
        line = np.full(y.shape[1], ORDINARY)
        for _ in range(4):
            variance = expected + line[:, None] * expected**2
            margin = _CLIP * np.sqrt(variance * widened)
            beyond = (np.clip(error, -margin, margin) ** 2 / (widened * _LEFT) - expected) / expected**2
            weight = np.where(np.isfinite(beyond), expected**4 / variance**2, 0.0)
            weighted, weights = np.where(weight > 0, weight * beyond, 0.0).sum(axis=-1), weight.sum(axis=-1)
            a_month = weights.sum(axis=0) / np.maximum((weight > 0).sum(axis=(0, 2)), 1)
            drawn = _LINE_MONTHS * a_month
            line = np.maximum((weighted.sum(axis=0) + drawn * ORDINARY) / (weights.sum(axis=0) + drawn), 0.0)
            line = np.where(np.isfinite(line), line, ORDINARY)
        own = _OWN_MONTHS * weights / np.maximum((weight > 0).sum(axis=-1), 1)
        series = (weighted + own * line) / (weights + own)
    return np.asarray(np.maximum(np.where(np.isfinite(series), series, line), line))


def _variance(expected: Array, n: Array, psi: Array) -> Array:
    """Of the count of an ordinary month as predicted from n months."""
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (1 / np.maximum(expected, 1 / 3) + psi[..., None]) / n
    return np.asarray(expected + expected**2 * (psi[..., None] + known))


def _chance(y: Array, expected: Array, n: Array, psi: Array) -> Array:
    """P(Y ≥ y) where y exceeds the expected by ten or more (1 elsewhere), negative binomial by the incomplete beta function."""
    variance = _variance(expected, n, psi)
    chance = np.ones(y.shape)
    with np.errstate(invalid="ignore"):
        is_above = y >= expected + LEAST_EXCESS
    mean, size = expected[is_above], expected[is_above] ** 2 / (variance[is_above] - expected[is_above])
    chance[is_above] = special.betainc(y[is_above], size, mean / (mean + size))
    return np.asarray(np.where(np.isnan(chance), 1.0, chance))


def _is_lasting(y: Array, is_high: Mask) -> Mask:
    """Months in a spell of more than three high ones, each at least half as large."""
    length = np.ones(y.shape, dtype=np.int64)
    for step in (-1, 1):
        is_on = np.ones(y.shape, dtype=bool)
        for months in range(1, LONGEST + 1):
            is_on &= _is_alike(y, is_high, step * months)
            length += is_on
    return np.asarray(length > LONGEST)


def _is_season(y: Array, is_high: Mask) -> Mask:
    """Months whose same month of another year is high too, and at least half as large."""
    found = np.zeros(y.shape, dtype=bool)
    for months in range(12, y.shape[-1], 12):
        found |= _is_alike(y, is_high, months) | _is_alike(y, is_high, -months)
    return found


def _with_neighbours(is_spike: Mask, is_likely: Mask) -> Mask:
    """The spikes with the likely months that follow on them, or lead up to them."""
    found = is_spike
    for _ in range(LONGEST - 1):
        beside = np.zeros(found.shape, dtype=bool)
        beside[..., 1:] |= found[..., :-1]
        beside[..., :-1] |= found[..., 1:]
        found = found | (beside & is_likely)
    return found


def _is_common(is_high: Mask, usual: Array) -> Mask:
    """Months in which half of the others, or more, are high too (by their usual counts)."""
    base = np.broadcast_to(usual[..., None], is_high.shape)
    high = np.where(is_high, base, 0.0)
    return np.asarray(2 * (high.sum(axis=0) - high) >= np.maximum(base.sum(axis=0) - base, 1e-9))


def _is_alike(y: Array, is_high: Mask, months: int) -> Mask:
    """Whether the month so many later (earlier where negative) is high and at least half as large as the month itself."""
    other, is_high_there = np.full(y.shape, np.nan), np.zeros(y.shape, dtype=bool)
    here, there = (slice(None, -months), slice(months, None)) if months > 0 else (slice(-months, None), slice(None, months))
    other[..., here], is_high_there[..., here] = y[..., there], is_high[..., there]
    return np.asarray(is_high_there & (other >= y / 2))


def _is_material(y: Array, expected: Array, is_spike: Mask) -> Mask:
    """Whether the spikes of the twelve months around add a tenth or more to what those months else would be."""
    excess = np.where(is_spike, y - expected, 0.0)
    usual = np.nan_to_num(np.where(is_spike, expected, y))
    around = np.ones(2 * LONGEST + 1)
    spell = np.apply_along_axis(lambda row: np.convolve(row, around, mode="same")[: row.size], -1, excess)
    year = np.maximum(_window_sums(usual, False) + usual, _window_sums(usual, True) + usual) * SIDE / (SIDE + 1)
    return np.asarray((excess >= LEAST_EXCESS) & (spell >= LEAST_SHARE * year))


def _quantile(p: float, mean: Array, variance: Array, wanted: Mask) -> Array:
    found = np.full(mean.shape, np.nan)
    m, v = mean[wanted], variance[wanted]
    found[wanted] = stats.nbinom.ppf(p, m**2 / (v - m), m / v)
    return found
