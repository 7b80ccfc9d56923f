"""An attacker who knows the rules, the totals and everything shown never learns a hidden small count."""

from __future__ import annotations

import itertools

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild import taxonomy as terms
from lagesbild.disclosure import protect
from lagesbild.measures.frame import measure_rows
from lagesbild.measures.measure import Measures

LINES = ("sexualbrott", "brott_mot_barn", "vald_nara_relation", "skadegorelse", "narkotika", "ran")
TAXONOMY = terms.load()


def shown_counts(counts: list[int], without_area: int) -> pd.DataFrame:
    total = sum(counts) + without_area
    frame = pd.DataFrame({"problem_area": LINES, "numerator": counts, "year": 2025, "denominator": total})
    frame = frame.assign(value=frame["numerator"] / max(total, 1), lower=0.0, upper=1.0, dispersion=0.15)
    rows = measure_rows(frame, "est_share", source="est", role="own", geography="1493", is_published=False)
    return protect(Measures(rows), TAXONOMY).rows.set_index("problem_area").loc[list(LINES)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6), st.integers(0, 3))
def test_every_hidden_small_count_has_two_possible_values(counts: list[int], without_area: int) -> None:
    shown = shown_counts(counts, without_area)
    small = [line for line, count in zip(LINES, counts, strict=True) if TAXONOMY.is_sensitive(line) and 1 <= count <= 4]
    assert shown.loc[small, "is_suppressed"].all()
    assert shown.loc[small, ["value", "numerator", "lower", "upper"]].isna().all(axis=None)
    hidden = [line for line in LINES if shown.loc[line, "is_suppressed"]]
    if shown.loc[hidden, "denominator"].isna().any():
        return  # the total is hidden as well: nothing to work with
    left = sum(counts) - int(shown["numerator"].sum())
    # The attacker even knows which cells were small (1-4) and which were hidden for their sake (any count).
    ranges = [range(1, 5) if line in small else range(left + 1) for line in hidden]
    possible = [values for values in itertools.product(*ranges) if sum(values) == left]
    for position, line in enumerate(hidden):
        if line in small:
            assert len({values[position] for values in possible}) >= 2, (counts, hidden, line)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_nothing_is_hidden_without_need(counts: list[int]) -> None:
    shown = shown_counts(counts, 0)
    if not any(TAXONOMY.is_sensitive(line) and 1 <= count <= 4 for line, count in zip(LINES, counts, strict=True)):
        assert not shown["is_suppressed"].any()
