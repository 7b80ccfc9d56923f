"""A reader who knows the rule, the totals and everything shown never learns a hidden small count, nor narrows it down."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild import taxonomy as terms
from lagesbild.disclosure import protect
from lagesbild.disclosure.cells import is_few
from lagesbild.disclosure.sums import Hidden, Sum, complete
from lagesbild.measures.frame import joined, measure_rows
from lagesbild.measures.measure import Measures

LINES = ("sexualbrott", "brott_mot_barn", "vald_nara_relation", "skadegorelse", "narkotika", "ran")
TAXONOMY = terms.load()
#: Two sensitive areas and three others, which help in turn; and a question with three groups and everybody.
AREAS = Sum((0, 1, 2, 3, 4), (2, 3, 4))
GROUPS = Sum((0, 1, 2), (0, 1, 2), 3, 5)
#: The table as a reader sees it: counts, None where hidden; which hidden ones are small; whether the total is hidden.
Seen: TypeAlias = tuple[tuple[int | None, ...], tuple[bool, ...], bool]
Rule: TypeAlias = Callable[[Sum, tuple[int, ...]], Seen]


def by_the_rule(total: Sum, counts: tuple[int, ...]) -> Seen:
    numbers = np.array(counts, dtype=np.float64)
    is_protected = np.array([total is GROUPS or cell < 2 for cell in range(len(counts))])
    few = is_few(numbers) & is_protected
    hidden = Hidden(few.copy(), few.copy())
    complete(total, numbers, np.where(few, 4.0, np.nan), hidden)
    return seen(counts, hidden.is_hidden, hidden.has_base, bool(hidden.lost))


def by_the_smallest(total: Sum, counts: tuple[int, ...]) -> Seen:
    """What many do: the next smallest count, and only while a small one has one possible value."""
    few = [cell for cell in total.parts if cell < 2 and 0 < counts[cell] < 5]
    hidden = set(few)

    def is_told() -> bool:
        known = sum(counts[cell] for cell in hidden)
        helped = hidden > set(few)
        return any(min(4, known - len(few) + 1) - (1 if helped else max(1, known - 4 * (len(few) - 1))) < 1 for _ in few)

    others = sorted((cell for cell in total.helpers if counts[cell]), key=lambda cell: (counts[cell], cell))
    while few and is_told() and others:
        hidden.add(others.pop(0))
    at = np.array([cell in hidden for cell in range(len(counts))])
    return seen(counts, at, np.array([cell in few for cell in range(len(counts))]), False)


def seen(counts: tuple[int, ...], is_hidden: np.ndarray, has_base: np.ndarray, is_lost: bool) -> Seen:
    shown = tuple(None if gone else count for count, gone in zip(counts, is_hidden, strict=True))
    return shown, tuple(bool(small) for small in has_base), is_lost


def worlds(total: Sum, counts: tuple[int, ...], shown: Seen) -> Iterator[tuple[int, ...]]:
    """Every table that has the same shown cells and the same sum."""
    known = sum(counts[cell] for cell in total.parts)
    free = [cell for cell in total.parts if shown[0][cell] is None]
    most = known - sum(count for cell, count in enumerate(shown[0]) if count is not None and cell in total.parts)
    is_open = total.whole is not None and shown[0][total.whole] is None
    ranges = [range(1, 5) if shown[1][cell] else range(most + 5 * is_open + 1) for cell in free]
    for values in itertools.product(*ranges):
        if sum(values) != most and not is_open:
            continue
        world = [count or 0 for count in counts]
        for cell, value in zip(free, values, strict=True):
            world[cell] = value
        if total.whole is not None:
            world[total.whole] = sum(world[cell] for cell in total.parts)
        yield tuple(world)


def possible(rule: Rule, total: Sum, counts: tuple[int, ...]) -> dict[int, set[int]]:
    """Small cell -> its values over all the tables in which the rule would have shown just this."""
    shown = rule(total, counts)
    small = [cell for cell, is_small in enumerate(shown[1]) if is_small]
    fitting = [world for world in worlds(total, counts, shown) if rule(total, world) == shown] if small else []
    return {cell: {world[cell] for world in fitting} for cell in small}


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 6)] * 5))
def test_every_small_count_of_an_area_may_be_any_of_the_four(counts: tuple[int, ...]) -> None:
    shown = by_the_rule(AREAS, counts)
    if shown[2]:
        assert all(count is None for count in shown[0])  # the total is hidden as well: nothing to work with
        return
    for cell, values in possible(by_the_rule, AREAS, counts).items():
        assert values == {1, 2, 3, 4}, (counts, shown, cell)


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 7)] * 3))
def test_every_small_count_of_a_group_may_be_three_or_four_of_the_four(groups: tuple[int, ...]) -> None:
    counts = (*groups, sum(groups))
    for cell, values in possible(by_the_rule, GROUPS, counts).items():
        # Three where another group has just five or a few more: with it the small one would be 4 of nine or more.
        assert len(values) >= 3, (counts, by_the_rule(GROUPS, counts), cell)


@pytest.mark.parametrize("counts", [(1, 1, 2, 30, 40), (3, 0, 1, 1, 40)])
def test_hiding_the_next_smallest_is_seen_through(counts: tuple[int, ...]) -> None:
    """The attack is not blind: it beats the rule that this one replaced."""
    assert any(len(values) == 1 for values in possible(by_the_smallest, AREAS, counts).values())


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 6)] * 4), st.integers(1, 3), st.integers(0, 4))
def test_one_observation_more_tells_nothing_of_a_count_that_stays_small(
    others: tuple[int, ...], small: int, place: int
) -> None:
    """Two reports of one year, before and after: the reader knows that one came, and which tables fit both."""
    before = (small, *others)
    after = tuple(count + (cell == place) for cell, count in enumerate(before))
    if is_few(np.array(before))[:2].tolist() != is_few(np.array(after))[:2].tolist():
        return  # a count that passes from none to one, or from four to five, tells that much: docs/sekretess.md says so
    shown, later = by_the_rule(AREAS, before), by_the_rule(AREAS, after)
    if shown[2] or later[2]:
        return
    fitting = {
        world[0]
        for world in worlds(AREAS, before, shown)
        if by_the_rule(AREAS, world) == shown
        and any(by_the_rule(AREAS, tuple(n + (c == at) for c, n in enumerate(world))) == later for at in range(5))
    }
    assert len(fitting) >= 3, (before, after, fitting)


def protected(counts: list[int], without_area: int) -> Measures:
    total = sum(counts) + without_area
    frame = measure_rows_of(counts, total, "est_share")
    return protect(Measures(joined([frame, measure_rows_of(counts, 500, "est_rate")])), TAXONOMY)


def measure_rows_of(counts: list[int], base: int, measure: str) -> pd.DataFrame:
    frame = pd.DataFrame({"problem_area": LINES, "numerator": counts, "year": 2025, "denominator": base})
    frame = frame.assign(value=frame["numerator"] / max(base, 1), lower=0.0, upper=1.0, dispersion=0.15)
    return measure_rows(frame, measure, source="est", role="own", geography="1493", is_published=False)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6), st.integers(0, 3))
def test_a_small_count_is_gone_from_every_column_and_nothing_is_hidden_without_need(
    counts: list[int], without_area: int
) -> None:
    rows = protected(counts, without_area).rows
    small = [line for line, count in zip(LINES, counts, strict=True) if TAXONOMY.is_sensitive(line) and 1 <= count <= 4]
    of_small = rows[rows["problem_area"].isin(small)]
    assert of_small["is_suppressed"].all()
    assert of_small[["value", "numerator", "lower", "upper"]].isna().all(axis=None)
    assert rows["is_suppressed"].any() == bool(small)
    again = protect(Measures(rows), TAXONOMY).rows
    assert again.equals(rows)
