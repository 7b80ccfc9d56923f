"""What must not change the ranking does not change it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.measures import Measures
from lagesbild.measures.frame import measure_rows
from lagesbild.ranking import rank
from lagesbild.ranking.draws import beats, noise
from lagesbild.ranking.explanation import points
from lagesbild.ranking.fusion import fuse
from lagesbild.ranking.order import rank_signals
from lagesbild.ranking.value import scores, values, weight_vector
from lagesbild.ranking.view import view
from lagesbild.taxonomy import load
from tests.unit.ranking.rows import KOMMUN, asked, measures, profile
from tests.unit.ranking.worlds import shuffled, world

WEIGHTS = {"omfattning": 0.40, "jamforelse": 0.35, "utveckling": 0.25}
AREAS = ("narkotika", "vald_offentlig_miljo", "skadegorelse", "trafik", "bostadsinbrott", "stold")
ITEMS = {
    "narkotika": "Problem med öppen narkotikahandel i det egna bostadsområdet",
    "vald_offentlig_miljo": "Självrapporterad utsatthet för misshandel",
    "skadegorelse": "Problem med skadegörelse i det egna bostadsområdet",
    "trafik": "Problem med övrig störande körning i det egna bostadsområdet",
    "stold": "Självrapporterad utsatthet för cykelstöld bland cykelägare",
}
seeds = st.integers(0, 10_000)


def kommun(seed: int, effort: float = 1.0, base: float = 1.0) -> Measures:
    """Measures of a kommun with reported crime, EST and a survey. effort: factor on every EST count."""
    random = np.random.default_rng(seed)
    own, other, seen = [], [], []
    mean = np.exp(random.normal(4.5, 0.7, len(AREAS)))
    for area, expected in zip(AREAS, mean, strict=True):
        own += [(area, year, float(random.poisson(expected)), 24_000 * base) for year in range(2021, 2026)]
        other += [(area, year, 4 * expected, 96_000 * base) for year in range(2021, 2026)]
        seen += [(area, year, (random.poisson(expected / 2) + 5) * effort, 400 * effort) for year in (2023, 2024, 2025)]
    names = ["problem_area", "year", "numerator", "denominator"]
    police = {"source": "polisanmalda", "is_published": True}
    est = {"source": "est", "role": "own", "geography": KOMMUN, "is_published": False, "dispersion": 0.1}
    shares = random.uniform(0.05, 0.4, len(ITEMS))
    answers = [
        (area, item, year, share * (1 + 0.05 * (year - 2023)), 500.0)
        for (area, item), share in zip(ITEMS.items(), shares, strict=True)
        for year in (2023, 2025)
    ]
    asked = pd.DataFrame(answers, columns=["problem_area", "item", "year", "value", "n_effective"])
    return measures(
        measure_rows(pd.DataFrame(own, columns=names), "reported_rate", role="own", geography=KOMMUN, **police),
        measure_rows(pd.DataFrame(other, columns=names), "reported_rate", role="peers", geography="jamforbara", **police),
        measure_rows(pd.DataFrame(seen, columns=names), "est_share", **est),
        measure_rows(asked, "survey_share", source="ntu", role="own", geography=KOMMUN, is_published=True),
    )


def table(found: Measures, **changes: object) -> pd.DataFrame:
    return rank(found, profile(**changes), load()).table


@settings(max_examples=5, deadline=None)
@given(seeds, seeds)
def test_row_order_changes_nothing(seed: int, other: int):
    found = kommun(seed)
    mixed = Measures(found.rows.sample(frac=1, random_state=other))
    one, two = rank(found, profile(), load()), rank(mixed, profile(), load())
    assert one.table.to_csv() == two.table.to_csv()
    assert one.explanation.to_csv() == two.explanation.to_csv()
    assert one.sensitivity.to_csv() == two.sensitivity.to_csv()


@settings(max_examples=12, deadline=None)
@given(seeds, seeds)
def test_the_order_of_areas_and_sources_changes_no_figure(seed: int, other: int):
    signals, _ = world(seed, 10, 4, missing=0.2)
    one = rank_signals(signals, WEIGHTS, draws=1000).table.set_index("problem_area")
    two = rank_signals(shuffled(signals, other), WEIGHTS, draws=1000).table.set_index("problem_area").loc[one.index]
    assert two["score"].to_numpy() == pytest.approx(one["score"].to_numpy(), abs=1e-9)
    assert two["p_top"].to_numpy() == pytest.approx(one["p_top"].to_numpy(), abs=2e-3)
    assert (two["rank"] == one["rank"]).all()


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(0, 15))
def test_a_removed_area_turns_round_no_clear_pair(seed: int, removed: int):
    signals, _ = world(seed, 16, 4, missing=0.15)
    weights = weight_vector(WEIGHTS)
    whole = view(signals, noise(16, 5, 2000, 1))
    before = beats(whole.scores(weights)).mean(axis=2)
    kept = [i for i in range(16) if i != removed]
    fewer = replace(signals.only([signals.areas[i] for i in kept]), unmeasured=(removed,))
    after = view(fewer, noise(16, 5, 1000, 1)).rank(weights)
    place = dict(zip(kept, after, strict=True))
    for i, j in np.argwhere(before >= 0.9):
        if removed not in (i, j):
            assert place[i] < place[j], (signals.areas[i], signals.areas[j])


@settings(max_examples=5, deadline=None)
@given(seeds)
def test_inhabitants_in_other_units_change_nothing(seed: int):
    """Populations in thousands shift every rate alike: the intercept takes it up."""
    one, two = table(kommun(seed)), table(kommun(seed, base=0.001))
    assert two["problem_area"].tolist() == one["problem_area"].tolist()
    assert two["score"].to_numpy() == pytest.approx(one["score"].to_numpy(), abs=1e-3)


@settings(max_examples=5, deadline=None)
@given(seeds)
def test_doubled_est_effort_changes_no_clear_pair_and_hardly_a_score(seed: int):
    once, twice = (rank(kommun(seed, effort=effort), profile(), load()) for effort in (1.0, 2.0))
    one, two = (found.table.set_index("problem_area")["score"] for found in (once, twice))
    assert two[one.index].to_numpy() == pytest.approx(one.to_numpy(), abs=1.5)
    place = twice.table.set_index("problem_area")["rank"]
    names = list(once.pairwise.index)
    for i, j in np.argwhere(once.pairwise.to_numpy() >= 0.9):
        assert place[names[i]] < place[names[j]]


@settings(max_examples=3, deadline=None)
@given(seeds)
def test_an_added_empty_source_changes_nothing(seed: int):
    found = kommun(seed)
    silent = asked("skadegorelse", "Problem med skadegörelse där jag bor", {2025: np.nan}, source="egen_enkat")
    added = measures(found.rows, silent)
    assert table(added).to_csv() == table(found).to_csv()


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(1, 16), st.integers(1, 5), st.floats(0, 0.6), st.floats(0.01, 0.98))
def test_points_sum_to_the_score(seed: int, n_areas: int, n_sources: int, missing: float, level: float):
    signals, _ = world(seed, n_areas, n_sources, missing=missing)
    posterior = fuse(signals)
    weights = weight_vector({"omfattning": level, "jamforelse": (1 - level) / 2, "utveckling": (1 - level) / 2})
    total = points(posterior, weights).sum(axis=(1, 2))
    assert total == pytest.approx(scores(values(posterior.theta), weights) - 50, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_a_source_turned_round_is_believed_less_than_before(seed: int):
    signals, _ = world(seed, 16, 4)
    z = signals.z.copy()
    z[:, 2, 0] *= -1
    turned = fuse(replace(signals, z=z)).trust.inflation
    assert turned[2] > fuse(signals).trust.inflation[2]
    assert turned[2] == turned.max()
