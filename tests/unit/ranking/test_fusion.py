"""The closed form is the posterior; what is learnt is learnt from agreement."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lagesbild.ranking.draws import draw, noise
from lagesbild.ranking.fusion import fuse
from lagesbild.ranking.witnesses import MIN_COMMON
from tests.unit.ranking.worlds import brute_force, world


@pytest.mark.parametrize(
    ("n_areas", "n_sources", "missing"), [(16, 3, 0.0), (16, 5, 0.35), (9, 4, 0.3), (5, 1, 0.0), (3, 2, 0.0), (1, 1, 0.0)]
)
def test_closed_form_equals_brute_force(n_areas: int, n_sources: int, missing: float):
    signals, _ = world(7 * n_areas + n_sources, n_areas, n_sources, missing=missing)
    found = fuse(signals)
    covariance = signals.covariance() * found.trust.factor[:, :, None, None]
    mean, cov = brute_force(signals, found.prior, covariance, found.intercepts)
    assert found.theta == pytest.approx(mean, abs=1e-4)
    has_level = signals.available[:, :, 0].any(axis=1)
    exact = np.einsum("acad->acd", cov)
    assert found.covariance[has_level] == pytest.approx(exact[has_level], abs=1e-4)
    # An area without a level keeps the prior's; knowing that all levels sum to zero would take 1/16 of it away.
    if (~has_level).any():
        assert (np.diagonal(found.covariance[~has_level] - exact[~has_level], axis1=1, axis2=2) > -1e-6).all()


def test_draws_have_the_stated_mean_and_covariance():
    signals, _ = world(3, 6, 3, missing=0.2)
    found = fuse(signals)
    covariance = signals.covariance() * found.trust.factor[:, :, None, None]
    _, exact = brute_force(signals, found.prior, covariance, found.intercepts)
    theta = draw(found, noise(signals.n_lines, signals.n_taxonomy_sources, 200_000, 1)).theta
    assert theta.mean(axis=1) == pytest.approx(found.theta, abs=0.01)
    flat = theta.transpose(0, 2, 1).reshape(18, -1)
    scale = np.sqrt(np.einsum("acac->ac", exact)).ravel()
    assert np.cov(flat) / np.outer(scale, scale) == pytest.approx(exact.reshape(18, 18) / np.outer(scale, scale), abs=0.02)


def test_levels_sum_to_zero_and_parts_sum_to_theta():
    signals, _ = world(11, 16, 5, missing=0.3)
    found = fuse(signals)
    assert found.theta[:, 0].sum() == pytest.approx(0, abs=1e-9)
    assert found.parts.sum(axis=1) + found.shared == pytest.approx(found.theta, abs=1e-12)


def test_intercepts_end_where_alternating_weighted_means_end():
    signals, _ = world(5, 12, 3)
    found = fuse(signals)
    covariance = signals.covariance() * found.trust.factor[:, :, None, None]
    precision = np.zeros_like(covariance)
    for a in range(12):
        for s in range(3):
            there = np.flatnonzero(signals.available[a, s])
            precision[a, s][np.ix_(there, there)] = np.linalg.inv(covariance[a, s][np.ix_(there, there)])
    z, theta = np.nan_to_num(signals.z), np.zeros((12, 3))
    offsets, shared, kommun = np.zeros((3, 3)), 0.0, signals.prior.kommun
    for _ in range(6000):
        for s, c in found.intercepts:
            residual = z[:, s] - theta - offsets[s]
            residual[:, c] += offsets[s, c]
            pull = np.einsum("ad,ad->a", precision[:, s, c], np.where(signals.available[:, s], residual, 0)).sum()
            offsets[s, c] = pull / precision[:, s, c, c].sum()
            offsets[s, 1] = shared
        residual = np.where(signals.available, z - offsets - theta[:, None], 0)
        residual[:, :, 1] += np.where(signals.available[:, :, 1], shared, 0)
        pull = np.einsum("asd,asd->", precision[:, :, 1], residual)
        shared = pull / (precision[:, :, 1, 1].sum() + kommun**-2)
        offsets[:, 1] = shared
        weighted = np.einsum("ascd,asd->ac", precision, np.where(signals.available, z - offsets, 0))
        theta = np.einsum("acd,ad->ac", found.conditional, weighted)
    theta[:, 1] += shared
    assert found.theta + found.level_link * found.level_excess == pytest.approx(theta, abs=1e-8)


def test_90_percent_intervals_cover_about_90_percent():
    inside = []
    for seed in range(150):
        signals, theta = world(seed, 16, 4, missing=0.2)
        found = fuse(signals)
        sd = np.sqrt(np.einsum("acc->ac", found.covariance))
        inside.append(np.abs(found.theta - theta) < 1.645 * sd)
    covered = np.mean(inside, axis=(0, 1))
    assert ((covered > 0.87) & (covered < 0.94)).all(), covered


def test_two_measured_areas_of_sixteen_say_little_of_their_level():
    few, _ = world(2, 2, 1)
    many, _ = world(2, 16, 1)
    assert fuse(few).evidence[:, 0].max() < 0.5
    assert fuse(many).evidence[:, 0].min() > 0.7


def test_a_reversed_source_is_believed_less():
    signals, _ = world(21, 16, 4)
    z = signals.z.copy()
    z[:, 2, 0] = -z[:, 2, 0]
    turned = fuse(replace(signals, z=z)).trust
    straight = fuse(signals).trust
    assert turned.inflation[2] > 5
    assert turned.inflation[2] > 2 * straight.inflation[2]
    assert (turned.inflation[[0, 1, 3]] < 2).all()


def test_two_sources_are_inflated_alike_and_one_is_not_checked():
    signals, _ = world(4, 16, 2)
    z = signals.z.copy()
    z[:, 1, 0] *= 3
    both = fuse(replace(signals, z=z)).trust
    assert both.inflation[0] == both.inflation[1] > 1
    assert both.table["is_checked"].all()
    alone = fuse(signals.without(["est"])).trust
    assert alone.inflation.tolist() == [1.0]
    assert not alone.table["is_checked"].any()
    assert alone.scale == 1


def test_too_few_common_areas_leave_the_declared_classes_standing():
    signals, _ = world(4, MIN_COMMON - 1, 3)
    assert fuse(signals).trust.inflation.tolist() == [1, 1, 1]
    assert not fuse(signals).trust.table["is_checked"].any()


def test_the_scale_is_learnt_from_what_sources_share():
    learnt = [[fuse(world(seed, 16, 4, omega=omega)[0]).trust.scale ** 0.5 for seed in range(30)] for omega in (0.4, 1.0, 1.8)]
    low, middle, high = np.mean(learnt, axis=1)
    assert low < 0.75 < middle < 1.2 < high


def test_disagreement_is_found_with_both_stories():
    signals, _ = world(8, 16, 3)
    z = signals.z.copy()
    z[5, 0, 1] += 4
    found = fuse(replace(signals, z=z)).disagreements
    rows = found[(found["problem_area"] == "area_05") & (found["criterion"] == "jamforelse")]
    assert {"polisanmalda", "ntu"} in [set(pair) for pair in zip(rows["source_a"], rows["source_b"], strict=True)]
    assert (found["distance"] > 2).all()
