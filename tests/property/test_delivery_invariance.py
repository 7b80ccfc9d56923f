"""From tidy tables, and from files, to the ranking: what says nothing of the problems changes nothing in their order."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild import pipeline, taxonomy
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from tests.property import deliveries
from tests.property.deliveries import Ranked, ranked

TERMS = taxonomy.load()
seeds = st.integers(0, 10_000)


@pytest.fixture(scope="module")
def profile(root: Path) -> Profile:
    return Profile.load(root / "profiles" / "exempelby.toml").model_copy(update={"draws": 1000})


@pytest.fixture(scope="module")
def tables(profile: Profile) -> Tables:
    return deliveries.small(pipeline.read(profile).tables)


@pytest.fixture(scope="module")
def known(tables: Tables, profile: Profile) -> Ranked:
    return ranked(tables, profile, TERMS)


def scores(found: Ranked) -> dict[str, float]:
    return dict(zip(found.ranking.table["problem_area"], found.ranking.table["score"], strict=True))


def frames(found: Ranked) -> tuple[pd.DataFrame, ...]:
    """Every table of the ranking, and its measures; the comparison kommuner one by one apart."""
    rows, ranking = found.measures.rows, found.ranking
    return (
        ranking.table, ranking.explanation, ranking.sensitivity, ranking.signals, ranking.pairwise, ranking.gaps, ranking.trust,
        rows[rows["role"].ne("peer")],
    )  # fmt: skip


def printed(found: Ranked) -> list[str]:
    """All of it, digit for digit."""
    return [frame.to_csv() for frame in frames(found)]


def assert_no_clear_pair_turns(before: Ranked, after: Ranked) -> None:
    """No pair with P(i > j) ≥ .9 stands the other way round."""
    place = dict(zip(after.ranking.table["problem_area"], after.ranking.table["rank"], strict=True))
    names = list(before.ranking.pairwise.index)
    clear = np.argwhere(before.ranking.pairwise.to_numpy() >= 0.9)
    assert len(clear) > 20
    turned = [(names[i], names[j]) for i, j in clear if place.get(names[i], 0) > place.get(names[j], 99)]
    assert turned == []


@settings(max_examples=2, deadline=None)
@given(seed=seeds)
def test_the_order_of_rows_changes_no_digit(tables: Tables, profile: Profile, known: Ranked, seed: int) -> None:
    assert printed(ranked(deliveries.shuffled(tables, seed), profile, TERMS)) == printed(known)


@settings(max_examples=2, deadline=None)
@given(data=st.data())
def test_two_comparison_kommuner_that_change_places_change_nothing(
    tables: Tables, profile: Profile, known: Ranked, data: st.DataObject
) -> None:
    codes = sorted(set(tables.peers["kommunkod"]) - set(profile.kommunkoder))
    one, two = data.draw(st.lists(st.sampled_from(codes), min_size=2, max_size=2, unique=True))
    found = ranked(deliveries.swapped(tables, one, two), profile, TERMS)
    for ours, theirs in zip(frames(found), frames(known), strict=True):  # sums over kommuner in another order: the last bit
        pd.testing.assert_frame_equal(ours.reset_index(drop=True), theirs.reset_index(drop=True), rtol=1e-12, atol=1e-12)


def test_sources_that_are_empty_change_no_digit(tables: Tables, profile: Profile, known: Ranked) -> None:
    found = ranked(deliveries.with_empty_sources(tables), profile, TERMS)
    one, two = found.ranking, known.ranking
    for name in ("table", "explanation", "sensitivity", "pairwise"):
        assert getattr(one, name).to_csv() == getattr(two, name).to_csv(), name


@settings(max_examples=1, deadline=None)
@given(times=st.integers(2, 50))
def test_inhabitants_in_other_units_shift_the_intercept_alone(
    tables: Tables, profile: Profile, known: Ranked, times: int
) -> None:
    found = ranked(deliveries.more_people(tables, times), profile, TERMS)
    assert scores(found) == pytest.approx(scores(known), abs=0.05)
    assert list(scores(found)) == list(scores(known))


def test_doubled_est_effort_turns_no_clear_pair(tables: Tables, profile: Profile, known: Ranked) -> None:
    found = ranked(deliveries.twice_observed(tables), profile, TERMS)
    assert_no_clear_pair_turns(known, found)
    assert scores(found) == pytest.approx(scores(known), abs=1.5)
    shares = [
        one.measures.rows.query("measure in ['est_share', 'est_rate'] and problem_area == 'skadegorelse'")["value"].to_numpy()
        for one in (known, found)
    ]
    assert shares[1] == pytest.approx(shares[0])


@settings(max_examples=2, deadline=None)
@given(area=st.sampled_from(TERMS.area_ids))
def test_a_removed_area_turns_no_clear_pair(tables: Tables, profile: Profile, known: Ranked, area: str) -> None:
    found = ranked(deliveries.without_area(tables, area, TERMS), profile, TERMS)
    assert area not in scores(found)
    assert_no_clear_pair_turns(known, found)


def test_names_and_order_of_files_change_no_digit(profile: Profile, tmp_path: Path) -> None:
    """Each file, with its card, under another name; names sort the other way round."""
    found = []
    files = sorted(path for path in profile.raw.iterdir() if path.suffix in {".csv", ".xlsx"} and "answers" not in path.name)
    for naming in ("as delivered", "renamed"):
        folder = tmp_path / naming
        folder.mkdir()
        for number, path in enumerate(files):
            name = path.name if naming == "as delivered" else f"{chr(ord('z') - number)} fil{path.suffix}"
            shutil.copy(path, folder / name)
            shutil.copy(f"{path}.source.toml", folder / f"{name}.source.toml")
        own = profile.model_copy(update={"raw": folder, "processed": tmp_path / "p", "draws": 200})
        found.append(ranked(pipeline.read(own).tables, own, TERMS))
    assert printed(found[0]) == printed(found[1])
