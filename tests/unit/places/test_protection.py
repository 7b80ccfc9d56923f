"""From tables to what may be shown: the counting, and its protection, on lists made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild import disclosure, places, taxonomy
from lagesbild.disclosure.places import hidden_cells, hidden_lines, months_shown
from lagesbild.measures.frame import empty_rows
from lagesbild.measures.measure import Measures
from lagesbild.places.hours import aoristic
from lagesbild.places.value import Counted, Places
from lagesbild.profile import Profile
from lagesbild.tables import Tables, validate

TERMS = taxonomy.load()
NOTHING = Measures(empty_rows())
#: Vandalism, and rape of a child (a sensitive area).
VANDALISM = "1201"
OTHER = next(
    code
    for code in TERMS.offence_codes["brottskod"]
    if code != VANDALISM and TERMS.area_of_code(code) == TERMS.area_of_code(VANDALISM)
)
SENSITIVE = next(
    code for code, line in zip(TERMS.offence_codes["brottskod"], TERMS.offence_codes["problem_area"], strict=True)
    if line and TERMS.is_sensitive(line)
)  # fmt: skip


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(slug="x", name="X", kommunkoder=("9901",), year=2025, raw=tmp_path, processed=tmp_path)


def incidents(areas: dict[str, int], code: str = VANDALISM, start: str = "P") -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for area, count in areas.items():
        for _ in range(count):
            day = pd.Timestamp("2025-01-01") + pd.Timedelta(days=len(rows) * 7 % 360)
            rows.append({
                "incident_id": f"{start}{len(rows)}", "brottskod": code, "count": 1, "reported_on": f"{day.date()}",
                "occurred_from": f"{day.date()} 22:00", "occurred_to": f"{day.date()} 23:30", "area": area or None,
            })  # fmt: skip
    return rows


def counted(rows: list[dict[str, object]], profile: Profile) -> Counted:
    return places.count(Tables(incidents=validate("incidents", pd.DataFrame(rows), "lista.csv")), profile, TERMS)


def shown(rows: list[dict[str, object]], profile: Profile) -> Places:
    return disclosure.protect_places(counted(rows, profile), NOTHING, TERMS, 1)


def test_a_small_area_is_hidden_with_another_and_all_else_is_shown(profile: Profile) -> None:
    found = shown(incidents({"A": 3, "B": 9, "C": 20, "D": 30}), profile).places.set_index("area")["count"]
    assert found["C"] == 20
    assert found["D"] == 30
    assert found[["A", "B"]].isna().all()


def test_which_area_is_hidden_beside_it_does_not_depend_on_the_counts(profile: Profile) -> None:
    for b, c in ((9, 30), (30, 9), (12, 12)):
        found = shown(incidents({"A": 2, "B": b, "C": c, "D": 25, "E": 30}), profile).places
        assert set(found.loc[found["is_suppressed"], "area"]) == {"A", "B"}


def test_figures_of_a_row_are_the_same_whatever_its_small_counts_are(profile: Profile) -> None:
    tables = [shown(incidents({"A": a, "B": 15 - a, "C": 20, "D": 30}), profile) for a in (1, 2, 3, 4)]
    assert len({table.places.to_csv() for table in tables}) == 1


def test_a_sensitive_area_is_shown_nowhere_and_what_protects_it_is_not_either(profile: Profile) -> None:
    rows = [*incidents({"A": 30, "B": 30}), *incidents({"A": 3}, SENSITIVE, "S"), *incidents({"A": 40, "B": 9}, "0801", "T")]
    bases = counted(rows, profile).bases
    gone = hidden_lines(bases, TERMS)
    assert TERMS.area_of_code(SENSITIVE) in gone
    assert len(gone) == 2, "one other area stands beside it"
    found = shown(rows, profile)
    for name in ("bases", "places", "hours", "blocks", "months"):
        assert not set(getattr(found, name)["problem_area"]) & set(gone)
    assert len(found.bases) == 1


def test_months_of_est_are_not_shown_where_the_weeks_would_then_tell_a_sensitive_area() -> None:
    def yearly(**counts: int) -> pd.DataFrame:
        return pd.DataFrame({"year": 2025, "problem_area": list(counts), "count": list(counts.values())})

    wanted = {"skadegorelse", "trafik"}
    alone = yearly(skadegorelse=70, trafik=40, sexualbrott=9)
    assert not months_shown(alone, wanted, TERMS)
    assert not months_shown(pd.concat([alone, yearly(ran=4)]), wanted, TERMS), "fewer than five beside it"
    assert months_shown(pd.concat([alone, yearly(ran=5)]), wanted, TERMS)
    assert not months_shown(pd.concat([alone, yearly(narkotika=30)]), wanted, TERMS), "it may have a weekly chart"
    assert months_shown(alone[alone["problem_area"].ne("sexualbrott")], wanted, TERMS)


def test_streets_are_no_areas_and_are_counted(profile: Profile) -> None:
    found = shown(incidents({"Storgatan 5": 8, "": 6, "C": 20, "D": 30}), profile)
    assert set(found.places["area"]) == {"C", "D"}
    told = {doubt.kind: doubt.what for doubt in found.doubts}
    assert told["plats_utan_namn"] == "14 av 64 händelser har inget namngivet område."
    assert told["plats_ar_gata"] == "8 händelser har en gata som område."


def test_one_event_of_several_offences_is_one_and_few_events_are_not_spread(profile: Profile) -> None:
    rows = incidents({"A": 12, "B": 7})
    twice = [*rows, *({**row, "brottskod": OTHER} for row in rows)]
    found = counted(twice, profile).bases
    assert found["n"].tolist() == [19]
    few = shown(twice, profile)
    assert len(few.bases) == 1
    assert few.places.empty
    assert few.hours.empty
    assert few.months.empty


def test_an_even_share_of_what_is_left_is_all_that_the_smoothing_knows(profile: Profile) -> None:
    table = counted(incidents({"A": 3, "B": 9, "C": 20, "D": 30}), profile).places
    assert hidden_cells(table, TERMS)["is_suppressed"].tolist() == [True, True, False, False]


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 24 * 60)), max_size=40))
def test_no_event_is_lost_or_made_and_the_order_does_not_matter(minutes: list[tuple[int, int]]) -> None:
    starts = np.array([start * 60 for start, _ in minutes], dtype="datetime64[s]")
    ends = np.array([(start + length) * 60 for start, length in minutes], dtype="datetime64[s]")
    week = aoristic(starts, ends)
    assert week.sum() == pytest.approx(len(minutes))
    assert (week >= 0).all()
    turned = np.arange(len(minutes))[::-1]
    np.testing.assert_allclose(aoristic(starts[turned], ends[turned]), week)
