"""The ratio of ratios by hand, and what it claims where nothing has happened."""

from __future__ import annotations

import numpy as np
import pytest

from lagesbild.pledges.ratio import Counts, Ratio, against_peers, alone, of_shares


def counts(before: object, after: object, base: float = 1000.0) -> Counts:
    y0, y1 = np.array(before, dtype=np.float64), np.array(after, dtype=np.float64)
    return Counts(y0, np.full(y0.shape, base), y1, np.full(y1.shape, base))


def test_the_ratio_of_ratios_by_hand() -> None:
    """Peers change by e^-.1, e^0, e^.1 and e^.2: mean .05, variance .01667; the own by e^-.5."""
    before = np.full((1, 4), 1e6)
    peers = counts(before, before * np.exp([-0.1, 0.0, 0.1, 0.2]))
    own = counts([1e6], [1e6 * np.exp(-0.5)])
    found = against_peers(own, peers, phi=1.0)
    s2 = np.var([-0.1, 0.0, 0.1, 0.2], ddof=1)
    assert found.tau2[0] == pytest.approx(s2, rel=1e-3), "counts of a million have next to no chance in them"
    assert found.relative[0][0] == pytest.approx(np.exp(-0.55), rel=1e-5)
    margin = 3.182446 * np.sqrt(s2 * (1 + 1 / 4))  # t with 3 degrees of freedom
    assert np.log(found.relative[2][0]) == pytest.approx(-0.55 + margin, abs=1e-3)
    assert found.rank[0] == 1
    assert found.peers[0][0] == pytest.approx(np.exp(0.05), rel=1e-5)


def test_chance_in_the_peers_is_not_taken_for_difference_between_them() -> None:
    random = np.random.default_rng(1)
    peers = counts(random.poisson(400, (4000, 8)), random.poisson(400, (4000, 8)))
    own = counts(random.poisson(400, 4000), random.poisson(400, 4000))
    found = against_peers(own, peers, phi=1.0)
    assert np.mean(found.tau2 == 0) > 0.3
    _, lower, upper = found.relative
    assert np.mean((lower > 1) | (upper < 1)) < 0.03
    assert np.bincount(found.rank, minlength=10)[1:] / 4000 == pytest.approx(1 / 9, abs=0.03), "the placebo rank is uniform"


def worlds(random: np.random.Generator, n: int, mean: float, effect: float, spread: float) -> tuple[Counts, Counts]:
    """n kommuner with 8 peers, 4 years before and 2 after, counts with variance 1.6 times the mean, changes that differ by
    ``spread`` from kommun to kommun."""
    level = np.exp(random.normal(0, 0.5, (n, 9)))
    level[:, 0] = 1
    shift = np.exp(random.normal(0, spread, (n, 9)))
    shift[:, 0] *= effect
    before, after = (random.negative_binomial(mu / 0.6, 1 / 1.6) for mu in (4 * mean * level, 2 * mean * level * shift))
    years = np.array([4.0, 2.0])[:, None, None] * 20_000 * level
    parts = [Counts(before[:, i], years[0][:, i], after[:, i], years[1][:, i]) for i in (0, slice(1, None))]
    return parts[0], parts[1]


@pytest.mark.parametrize(("mean", "spread"), [(20, 0.0), (60, 0.1), (200, 0.0), (200, 0.1), (800, 0.15)])
def test_at_most_five_in_a_hundred_unchanged_kommuner_are_called_changed(mean: float, spread: float) -> None:
    own, peers = worlds(np.random.default_rng(2025), 4000, mean, 1.0, spread)
    _, lower, upper = against_peers(own, peers, phi=1.6).relative
    assert np.mean((lower > 1) | (upper < 1)) <= 0.055  # 5 % and two standard errors of 4000 draws
    assert np.mean((lower <= 1) & (upper >= 1)) >= 0.94


def test_a_fall_by_three_tenths_is_found_at_two_hundred_a_year() -> None:
    own, peers = worlds(np.random.default_rng(7), 4000, 200, 0.7, 0.03)
    _, lower, upper = against_peers(own, peers, phi=1.6).relative
    assert np.mean(upper < 1) >= 0.80
    assert np.mean((lower <= 0.7) & (upper >= 0.7)) == pytest.approx(0.97, abs=0.02)


def test_a_change_alone_widens_with_what_is_not_chance() -> None:
    own = counts([100.0], [50.0])
    narrow, wide = alone(own, 0.0, np.inf), alone(own, 0.1, 5.0)
    assert narrow[0][0] == wide[0][0] == pytest.approx(50.5 / 100.5)
    assert wide[2][0] > 1 > narrow[2][0]


def test_published_limits_carry_over_to_a_ratio_of_shares() -> None:
    value, lower, upper = of_shares((0.2, 0.18, 0.22), (0.2, 0.18, 0.22))
    assert value == 1
    assert lower == pytest.approx(np.exp(-np.hypot(np.log(0.2 / 0.18), np.log(0.22 / 0.2))))
    assert upper > 1
    assert np.isnan(of_shares((0.2, np.nan, np.nan), (0.1, 0.08, 0.12))[1])


def test_a_side_is_taken_only_by_the_whole_interval() -> None:
    assert [Ratio(0.8, 0.7, 0.9).side, Ratio(0.8, 0.6, 1.0).side, Ratio(1.3, 1.1, 1.6).side] == [-1, 0, 1]
