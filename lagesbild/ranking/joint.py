"""θ of every area at once as one normal distribution per view: what the review page draws from when a weight is moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lagesbild.ranking.draws import Noise, draw
from lagesbild.ranking.fusion import Posterior
from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import Array
from lagesbild.ranking.view import View


@dataclass(frozen=True, eq=False)
class JointView:
    """θ ~ N(mean, root·rootᵀ) of A ranked areas and then U unmeasured rivals, n = 3(A + U), area by area in CRITERIA's order.

    name: "huvudberakning" or "utan_<source>". areas: the ranked lines in the taxonomy's order. is_measured: which of them have
    a signal left in this view; the others keep the prior. mean (n,). root (n,n): lower triangular. point (A,3): θ̂, from which
    the score itself is made. severity (A,): values 0-100 where severity is a criterion, else None; a rival's is 50.
    n_rivals: U.
    """

    name: str
    areas: tuple[str, ...]
    is_measured: tuple[bool, ...]
    mean: Array
    root: Array
    point: Array
    severity: Array | None
    n_rivals: int


def joint_view(name: str, seen: View) -> JointView:
    """The distribution that ``draws.draw`` draws this view's θ from, in closed form."""
    posterior = seen.posterior
    mean, root = joint_normal(posterior)
    return JointView(
        name=name,
        areas=posterior.signals.areas,
        is_measured=tuple(bool(is_measured) for is_measured in seen.measured),
        mean=mean,
        root=root,
        point=posterior.theta,
        severity=seen.severity,
        n_rivals=len(posterior.signals.unmeasured),
    )


def joint_normal(posterior: Posterior) -> tuple[Array, Array]:
    """Mean (n,) and lower-triangular root (n,n) of the joint covariance of θ.

    ``draw`` is affine in its standard normals, θ = mean + M·ε. Its value at ε = 0 is the mean, at each unit vector a column of
    M; with Mᵀ = Q·R, M·Mᵀ = Rᵀ·R, so the root is Rᵀ. Nothing is squared, so a covariance that is singular, as where all levels
    are known and sum to zero, has its root too.
    """
    found = draw(posterior, _units(posterior))
    theta = np.concatenate([found.theta, found.rivals]).transpose(0, 2, 1)
    flat = theta.reshape(-1, theta.shape[-1])
    mean, linear = flat[:, 0], flat[:, 1:] - flat[:, :1]
    upper: Array = np.asarray(np.linalg.qr(linear.T, mode="r"))
    signs = np.where(np.diag(upper) < 0, -1.0, 1.0)
    return mean.copy(), np.asarray((upper * signs[:, None]).T)


def _units(posterior: Posterior) -> Noise:
    """Draw 0 with every normal at zero, then one draw per normal that ``draw`` reads, with that one at 1."""
    signals = posterior.signals
    lines = [(position, c) for position in (*signals.positions, *signals.unmeasured) for c in range(len(CRITERIA))]
    sources = [(position, kind) for position in signals.source_positions for kind in range(2)]
    total = 1 + len(lines) + len(sources) + 2
    units = Noise(
        np.zeros((max((position for position, _ in lines), default=-1) + 1, len(CRITERIA), total)),
        np.zeros((max(signals.source_positions, default=-1) + 1, 2, total)),
        np.zeros(total),
        np.zeros(total),
    )
    for at, (position, c) in enumerate(lines, start=1):
        units.lines[position, c, at] = 1
    for at, (position, kind) in enumerate(sources, start=1 + len(lines)):
        units.sources[position, kind, at] = 1
    units.common[-2], units.rest[-1] = 1, 1
    return units
