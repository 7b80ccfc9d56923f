"""Worlds drawn from the model itself, as signals, for the tests of what stands behind the signals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from lagesbild.ranking.prior import DECLARED
from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import Signals

KINDS = ("reported", "est", "survey", "business", "dialogue")
IDS = ("polisanmalda", "est", "ntu", "naringsliv", "medborgardialog")
BIAS = {
    "reported": (0.45, 0.15, 0.04),
    "est": (0.60, np.nan, 0.05),
    "survey": (0.40, 0.20, 0.03),
    "business": (0.40, 0.20, 0.03),
    "dialogue": (0.80, np.nan, np.nan),
}


def covariances(random: Generator, n_areas: int, n_sources: int) -> tuple[np.ndarray, np.ndarray]:
    """Sampling and bias covariances with the correlations that shared counts and a shared reporting bias give."""
    root = random.normal(size=(n_areas, n_sources, 3, 3)) * np.array([0.12, 0.12, 0.02])[:, None]
    sampling = root @ root.transpose(0, 1, 3, 2) + np.diag([0.02, 0.02, 0.0004])
    bias = np.zeros((n_areas, n_sources, 3, 3))
    for s in range(n_sources):
        sd = np.nan_to_num(np.array(BIAS[KINDS[s]]))
        bias[:, s] = np.diag(sd**2)
        bias[:, s, 0, 1] = bias[:, s, 1, 0] = min(sd[0], sd[1]) ** 2
    return sampling, bias


def world(
    seed: int,
    n_areas: int = 16,
    n_sources: int = 3,
    *,
    n_universe: int = 16,
    missing: float = 0.0,
    omega: float = 1.0,
) -> tuple[Signals, np.ndarray]:
    """Signals of one world and its true θ (A,3); the true levels of all ``n_universe`` areas sum to zero."""
    random = np.random.default_rng(seed)
    everyone = random.multivariate_normal(np.zeros(3), DECLARED.covariance(omega), size=max(n_universe, n_areas))
    everyone[:, 1] += random.normal() * DECLARED.kommun
    everyone[:, 0] -= everyone[:, 0].mean()
    theta = everyone[:n_areas]
    sampling, bias = covariances(random, n_areas, n_sources)
    sd = np.array([BIAS[KINDS[s]] for s in range(n_sources)])
    available = np.broadcast_to(~np.isnan(sd), (n_areas, n_sources, 3)).copy()
    gone = random.random((n_areas, n_sources)) < missing
    gone[gone.all(axis=1)] = False
    available &= ~gone[:, :, None]
    errors = np.linalg.cholesky(sampling + bias + 1e-15 * np.eye(3)) @ random.normal(size=(n_areas, n_sources, 3, 1))
    z = theta[:, None, :] + errors[..., 0]
    z[:, :, 0] += random.normal(size=n_sources) * 3
    for s in range(n_sources):
        if KINDS[s] in ("est", "dialogue"):
            z[:, s, 2] += random.normal() * 0.1
    both = available[..., :, None] & available[..., None, :]
    signals = Signals(
        areas=tuple(f"area_{i:02d}" for i in range(n_areas)),
        sources=IDS[:n_sources],
        kinds=KINDS[:n_sources],
        positions=tuple(range(n_areas)),
        source_positions=tuple(range(n_sources)),
        z=np.where(available, z, np.nan),
        sampling=np.where(both, sampling, 0.0),
        bias=np.where(both, bias, 0.0),
        available=available,
        counts=np.round(np.exp(random.normal(4, 1, n_areas))),
        dispersion=np.ones(n_areas),
        unmeasured=tuple(range(n_areas, n_universe)),
        n_universe=n_universe,
        n_lines=max(n_universe, n_areas),
        n_taxonomy_sources=len(IDS),
    )
    return signals, theta


def shuffled(signals: Signals, seed: int) -> Signals:
    """The same signals with their areas and sources in another order."""
    random = np.random.default_rng(seed)
    a, s = random.permutation(len(signals.areas)), random.permutation(len(signals.sources))
    return replace(
        signals,
        areas=tuple(signals.areas[i] for i in a),
        positions=tuple(signals.positions[i] for i in a),
        sources=tuple(signals.sources[i] for i in s),
        kinds=tuple(signals.kinds[i] for i in s),
        source_positions=tuple(signals.source_positions[i] for i in s),
        z=signals.z[a][:, s],
        sampling=signals.sampling[a][:, s],
        bias=signals.bias[a][:, s],
        available=signals.available[a][:, s],
        counts=signals.counts[a],
        dispersion=signals.dispersion[a],
    )


def brute_force(signals: Signals, omega: np.ndarray, covariance: np.ndarray, intercepts: tuple[tuple[int, int], ...]):
    """Mean and covariance of all θ (A·3) by conditioning one large Gaussian on every signal and on Σ levels = 0.

    Unknowns: every θ, with what the comparisons share, every intercept (flat: variance 1e6), and the sum of the levels that no
    source measures. omega (3,3).
    """
    n_areas, n_sources = len(signals.areas), len(signals.sources)
    n_theta, n_alpha = 3 * n_areas, len(intercepts)
    has_level = signals.available[:, :, 0].any(axis=1)
    n_rest = signals.n_universe - int(has_level.sum())
    prior = np.diag(np.concatenate([np.zeros(n_theta), np.full(n_alpha, 1e6), [n_rest * omega[0, 0]]]))
    prior[:n_theta, :n_theta] = np.kron(np.eye(n_areas), omega)
    prior[1:n_theta:3, 1:n_theta:3] += signals.prior.kommun**2
    rows, data, noise = [], [], []
    for a in range(n_areas):
        for s in range(n_sources):
            there = [c for c in range(len(CRITERIA)) if signals.available[a, s, c]]
            for c in there:
                row = np.zeros(len(prior))
                row[3 * a + c] = 1
                if (s, c) in intercepts:
                    row[n_theta + intercepts.index((s, c))] = 1
                rows.append(row)
                data.append(signals.z[a, s, c])
            if there:
                noise.append(covariance[a, s][np.ix_(there, there)])
    balance = np.zeros(len(prior))
    balance[:n_theta:3] = has_level
    balance[-1] = 1
    rows.append(balance)
    data.append(0.0)
    noise.append(np.array([[1e-10]]))
    design = np.array(rows)
    error = np.zeros((len(data), len(data)))
    at = 0
    for block in noise:
        error[at : at + len(block), at : at + len(block)] = block
        at += len(block)
    total = design @ prior @ design.T + error
    gain = np.linalg.solve(total, design @ prior).T
    mean = gain @ np.array(data)
    cov = prior - gain @ design @ prior
    return mean[:n_theta].reshape(n_areas, 3), cov[:n_theta, :n_theta].reshape(n_areas, 3, n_areas, 3)
