"""Follow-up whatever is written and counted: never a crash, never a fifth word, and nothing that order or scale decides."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild import taxonomy
from lagesbild.pledges.indicator import Indicator, Unresolved, resolve
from lagesbild.pledges.periods import LONGEST, periods
from lagesbild.pledges.ratio import Counts, against_peers, of_shares
from lagesbild.pledges.register import Pledge
from tests.unit.pledges.test_indicator import delivered

WORDS = (
    "anmälda", "brott", "ntu", "est", "skadegörelse", "narkotika", "andel som", "trygghetsmätningen", "per",
    "100 000", "\u202e",
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)))
@settings(max_examples=25, deadline=None)
def test_any_indicator_is_a_measure_that_was_delivered_or_is_refused(text: str) -> None:
    rows, terms = delivered(), taxonomy.load()
    found = resolve(Pledge("L1", "Vi lovar.", "skadegorelse", text, date(2025, 1, 1), date(2025, 12, 31)), rows, terms)
    if isinstance(found, Unresolved):
        return
    assert isinstance(found, Indicator)
    same = rows[rows["source"].eq(found.source) & rows["measure"].eq(found.measure) & rows["item"].eq(found.item)]
    assert len(same[same["problem_area"].eq(found.line)]) == 1


COUNTS = st.lists(st.integers(0, 2000), min_size=5, max_size=5)


@given(COUNTS, COUNTS, st.permutations(range(1, 5)))
@settings(max_examples=40, deadline=None)
def test_neither_the_order_of_the_kommuner_nor_their_population_decides(
    before: list[int], after: list[int], order: list[int]
) -> None:
    def found(at: list[int], scale: float) -> tuple[float, float, float, int]:
        y0, y1 = (np.array(values, dtype=np.float64)[[0, *at]] for values in (before, after))
        base = np.full(5, 1000.0) * scale
        own = Counts(y0[:1], base[:1], y1[:1], base[:1])
        peers = Counts(y0[None, 1:], base[None, 1:], y1[None, 1:], base[None, 1:])
        made = against_peers(own, peers, 1.6)
        value, lower, upper = (float(part[0]) for part in made.relative)
        return value, lower, upper, int(made.rank[0])

    first = found([1, 2, 3, 4], 1.0)
    assert found(list(order), 7.0) == pytest.approx(first, rel=1e-9)
    assert first[1] <= first[0] <= first[2]
    assert 1 <= first[3] <= 5


@given(st.integers(2015, 2026), st.integers(0, 900), st.sets(st.integers(2010, 2027)))
@settings(max_examples=40, deadline=None)
def test_no_year_is_both_before_and_after(year: int, days: int, there: set[int]) -> None:
    start = date(year, 1, 1) + timedelta(days=days // 3)
    found = periods(Pledge("L1", "x", "ran", "x", start, start + timedelta(days=days)), there)
    assert not set(found.before) & set(found.after)
    assert {*found.before, *found.after} <= there
    assert len(found.before) <= LONGEST
    assert list(found.before) == list(range(found.before[0], found.before[-1] + 1)) if found.before else True
    assert all(one < start.year for one in found.before)


SHARES = st.floats(0.05, 0.9)


@given(SHARES, SHARES, st.floats(0.005, 0.02))
@settings(max_examples=40, deadline=None)
def test_a_ratio_of_shares_turns_round_with_before_and_after(first: float, second: float, half: float) -> None:
    one, two = (first, first - half, first + half), (second, second - half, second + half)
    value, lower, upper = of_shares(one, two)
    back = of_shares(two, one)
    assert back == pytest.approx((1 / value, 1 / upper, 1 / lower), rel=1e-9)
