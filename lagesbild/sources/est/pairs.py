"""Pairs of EST observations that may be one event, seen by two organisations, and how many such pairs chance would give."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.sources.est import identity
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold

#: Two clock times further apart, or two points, are no longer one event.
HOURS_APART, METRES_APART = 12, 500
#: On a day with more observations of one category in one area, who saw the same cannot be told; no pairs are sought there.
MOST_A_DAY = 10
#: The same search with one of the two lists moved so many days: what is found then is chance (weekday and season kept).
_MOVED = (7, 14, 21, 28)
_SHORTEST_WORD = 3
#: Days are counted from 1990; a group's days take up so many figures.
_DAYS = 1_000_000
#: Letters for hexadecimal figures.
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_Places = npt.NDArray[np.int64]
#: Which of two rows is the first.
ORDER = ["date", "time", "observation_id"]
COLUMNS = ["pair", "first", "second", "likeness", "strength"]


@dataclass(frozen=True)
class Pairs:
    """table: pair (its name, made of what both rows say), first, second (observation_id, the earlier first), likeness (what
    speaks for it, in Swedish), strength (higher first); the strongest first.

    n_expected: so many pairs as chance alone would give. n_crowded: observations on days too full to seek pairs in.
    """

    table: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS))
    n_expected: float = 0.0
    n_crowded: int = 0


def find(observations: pd.DataFrame, taxonomy: Taxonomy, own: Mapping[str, str]) -> Pairs:
    """Pairs of the same category and area (place, where the list has no area), of different organisations, at most a day apart,
    whose places, points and clock times do not contradict each other. Not arrangements, nor what is marked as a duplicate.

    n_expected is half the pairs found with one list moved 7, 14, 21 and 28 days, on average: a day apart may mean the day
    before or after, so where nothing ties the lists together, pairs of the same day are half as many as those of any other gap.
    """
    rows, places = _eligible(observations, taxonomy, own)
    sizes = rows.groupby(["group", "day"])["day"].transform("size")
    crowded = rows[sizes.gt(MOST_A_DAY)]
    n_crowded = int(crowded.groupby(["group", "day"])["organisation"].transform("nunique").gt(1).sum())
    rows = rows[sizes.le(MOST_A_DAY)].reset_index(drop=True)
    found = _compatible(rows, places, _near(rows, (0, 1)), 0)
    by_chance = [len(_compatible(rows, places, _near(rows, (gap - 1, gap, gap + 1)), gap)) for gap in _MOVED]
    if found.empty:
        return Pairs(n_expected=float(np.mean(by_chance)) / 2, n_crowded=n_crowded)
    return Pairs(_described(rows, found, observations), float(np.mean(by_chance)) / 2, n_crowded)


def _eligible(observations: pd.DataFrame, taxonomy: Taxonomy, own: Mapping[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """The rows that may be one of a pair, with what is compared as figures, in an order that no delivery decides; the places
    that their figures stand for."""
    found = {text: taxonomy.match_category(text, own) for text in observations["category"].unique()}
    arranged = [text for text, category in found.items() if category and category.kind == "arrangement"]
    where = observations["area"].fillna("\x1f" + observations["place"])
    is_open = where.notna() & observations["duplicate_of"].isna() & ~observations["category"].isin(arranged)
    rows = observations.assign(where=where)[is_open].sort_values(ORDER, kind="stable")
    day = (rows["date"].dt.normalize() - pd.Timestamp("1990-01-01")).dt.days.astype("int64")
    clock = rows["time"].map({time: _minutes(time) for time in rows["time"].dropna().unique()}).astype("float64")
    group = rows.groupby(["category", "where"], observed=True).ngroup()
    places, names = pd.factorize(rows["place"])
    frame = rows[["observation_id", "x", "y"]].assign(
        group=group.to_numpy(),
        day=day.to_numpy(),
        minute=(day * 1440 + clock).to_numpy(),
        place=places,
        organisation=pd.factorize(rows["organisation"])[0],
    )
    return frame.sort_values(["group", "day"], kind="stable").reset_index(drop=True), [str(name) for name in names]


def _minutes(time: str) -> int:
    """Minutes since midnight of 'HH:MM'."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _near(rows: pd.DataFrame, gaps: tuple[int, ...]) -> tuple[_Places, _Places]:
    """Places (a, b) of two rows of the same group with b so many days after a; on the same day each two once.

    The rows are in the order of group and day, so those of one day stand side by side.
    """
    keys = rows["group"].to_numpy() * _DAYS + rows["day"].to_numpy()
    places = np.arange(len(keys))
    ones, others = [], []
    for gap in gaps:
        start = places + 1 if gap == 0 else np.searchsorted(keys, keys + gap, "left")
        n_each = np.searchsorted(keys, keys + gap, "right") - start
        a = np.repeat(places, n_each)
        ones.append(a)
        others.append(np.arange(len(a)) - np.repeat(np.cumsum(n_each) - n_each, n_each) + np.repeat(start, n_each))
    return np.concatenate(ones), np.concatenate(others)


def _compatible(rows: pd.DataFrame, places: list[str], near: tuple[_Places, _Places], gap: int) -> pd.DataFrame:
    """The pairs of different organisations whose places, points and times agree as far as both are known.

    at_a, at_b: the rows. minutes: between the clock times (NaN: one is unknown), without the days that one list was moved.
    shared: how the places agree, 2 the same words, 1 a word in common, 0 not both known.
    """
    columns = {name: rows[name].to_numpy() for name in ("organisation", "minute", "x", "y", "place")}
    is_others = columns["organisation"][near[0]] != columns["organisation"][near[1]]
    a, b = near[0][is_others], near[1][is_others]
    between = {name: values[b] - values[a] for name, values in columns.items() if name in ("minute", "x", "y")}
    minutes = np.abs(between["minute"] - gap * 1440)
    is_possible = ~(minutes > HOURS_APART * 60) & ~(np.hypot(between["x"], between["y"]) > METRES_APART)
    a, b, minutes = a[is_possible], b[is_possible], minutes[is_possible]
    of_a, of_b = columns["place"][a], columns["place"][b]
    is_told = (of_a >= 0) & (of_b >= 0)
    shared = np.where(is_told, _shared(places, of_a, of_b), 0)
    found = pd.DataFrame({"at_a": a, "at_b": b, "minutes": minutes, "shared": shared})
    kept: pd.DataFrame = found[~is_told | (shared > 0)].reset_index(drop=True)
    return kept


def _shared(places: list[str], a: _Places, b: _Places) -> _Places:
    """How two places agree: 2 the same words, 1 a word in common, 0 none; each two names are compared once."""
    codes, where = np.unique(a * (len(places) + 1) + b, return_inverse=True)
    first = np.zeros(len(codes), dtype="int64")
    first[where] = np.arange(len(a))
    agree = [_agree(places, int(a[at]), int(b[at])) for at in first]
    return np.array(agree, dtype="int64")[where]


def _agree(places: list[str], one: int, other: int) -> int:
    if one < 0 or other < 0:
        return 0
    first, second = _words(places[one]), _words(places[other])
    return 2 if first == second else int(bool(first & second))


@lru_cache(maxsize=10_000)
def _words(place: str) -> frozenset[str]:
    """The words of a place that tell it from others; the whole of it where all are short."""
    words = fold(place).split()
    return frozenset(word for word in words if len(word) >= _SHORTEST_WORD) or frozenset(words)


def _described(rows: pd.DataFrame, found: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    a, b = (rows.loc[found[name]].reset_index(drop=True) for name in ("at_a", "at_b"))
    days = b["day"] - a["day"]
    strength = found["shared"] + 2 * found["minutes"].le(120) + days.eq(0)
    cells = zip(days.tolist(), found["minutes"].tolist(), found["shared"].tolist(), strict=True)
    likeness = [_likeness(*its) for its in cells]
    table = pd.DataFrame(
        {
            "pair": _names(a["observation_id"], b["observation_id"], observations),
            "first": a["observation_id"],
            "second": b["observation_id"],
            "likeness": pd.Series(likeness, dtype="str"),
            "strength": strength.astype("int64"),
        }
    )
    day = a["day"].to_numpy()
    ordered = table.assign(day=day).sort_values(["strength", "day", "pair"], ascending=[False, True, True], kind="stable")
    return ordered[COLUMNS].reset_index(drop=True)


def _likeness(days: int, minutes: float, shared: int) -> str:
    """What speaks for one event, in words that give no place away."""
    said = ["samma dag" if days == 0 else "dagen efter"]
    said += {2: ["samma plats"], 1: ["platserna liknar varandra"]}.get(shared, [])
    if not np.isnan(minutes):
        said.append(f"{minutes:.0f} minuter emellan" if minutes < 120 else f"{minutes / 60:.0f} timmar emellan")
    return ", ".join(said)


def _names(first: pd.Series, second: pd.Series, observations: pd.DataFrame) -> pd.Series:
    """A name per pair of what both rows say, so that it is the same when the list is delivered again or renumbered.

    Letters only: figures might be taken for an identity or telephone number.
    """
    paired = {*first.tolist(), *second.tolist()}  # far faster than to ask the column which of them it holds
    is_paired = [name in paired for name in observations["observation_id"].tolist()]
    concerned = observations[is_paired].sort_values("observation_id")
    content = identity.digests(concerned)
    ordinal = content.groupby(content).cumcount().astype("str")
    named = dict(zip(concerned["observation_id"].tolist(), (content + "-" + ordinal).tolist(), strict=True))
    pairs = (sorted((named[one], named[other])) for one, other in zip(first.tolist(), second.tolist(), strict=True))
    hashed = [hashlib.sha256("\x1f".join(pair).encode()).hexdigest()[:12].translate(_LETTERS) for pair in pairs]
    return pd.Series(hashed, first.index, dtype="str")


def classes(pairs: list[tuple[str, str]]) -> list[set[str]]:
    """The sets of observations that pairs tie together, directly or through others.

    >>> [sorted(its) for its in classes([("a", "b"), ("c", "d"), ("b", "c")])]
    [['a', 'b', 'c', 'd']]
    """
    of: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = of.get(one, {one}) | of.get(other, {other})
        of |= dict.fromkeys(joined, joined)
    return [set(its) for its in sorted({tuple(sorted(its)) for its in of.values()})]
