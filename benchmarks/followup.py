"""What the follow-up of pledges claims where the truth is known: ``python -m benchmarks.followup [--kommuner N]``.

Invented kommuner with a planted change (or none) in one offence group, drawn by a mechanism of its own: reports in batches,
every kommun with a level, a slow drift and a change of its own, peers of other sizes. Prints, in the words of methods §13,
false claims at no change, coverage of the stated 95 % and power at −30 %; beside them what rival ways would have claimed, and
what a choice of the worst area brings by itself.
"""

from __future__ import annotations

import argparse
import itertools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lagesbild import taxonomy
from lagesbild.measures.change import weighted_displacement_difference
from lagesbild.measures.survey import logit_limits
from lagesbild.pledges.counted import between_years
from lagesbild.pledges.ratio import Counts, against_peers, alone, of_shares

Array = NDArray[np.float64]
SEED, N = 2025, 4000
PEOPLE = 20_000.0
EFFECT = 0.7


@dataclass(frozen=True)
class World:
    """One kommun and its peers. mean: the own events a year. cluster: variance of a year's count over its expectation. spread:
    sd of what a kommun's change is of its own. drift: sd of its yearly slope. size: the peers' size against the own."""

    name: str
    mean: float = 200.0
    peers: int = 8
    before: int = 4
    after: int = 2
    cluster: float = 1.6
    spread: float = 0.03
    drift: float = 0.0
    size: float = 1.0


WORLDS = (
    World("ett år efter", after=1),
    World("två år efter"),
    World("fyra år efter", after=4),
    World("medel 20", mean=20),
    World("medel 60", mean=60),
    World("medel 800", mean=800),
    World("4 jämförelsekommuner", peers=4),
    World("20 jämförelsekommuner", peers=20),
    World("bara slumpen (φ 1, ingen spridning)", cluster=1.01, spread=0.0),
    World("bara slumpen, ett år efter", cluster=1.01, spread=0.0, after=1),
    World("spridning 0,10", spread=0.10),
    World("spridning 0,20", spread=0.20),
    World("egen drift 0,03 per år", drift=0.03),
    World("φ 2,5", cluster=2.5),
    World("φ 2,5, fem gånger större jämförelser", cluster=2.5, size=5.0),
    World("fem gånger mindre jämförelser", size=0.2),
)


def counts(world: World, effect: float, n: int, random: np.random.Generator) -> tuple[Array, Array]:
    """Yearly counts (n, 1 + peers, years), the own first, and mean populations of the same shape."""
    units, years = world.peers + 1, world.before + world.after
    level, size = np.exp(random.normal(0, 0.35, (n, units, 1))), np.exp(random.normal(0, 0.5, (n, units, 1))) * world.size
    level[:, 0], size[:, 0] = 1.0, 1.0
    common = np.cumsum(random.normal(0, 0.06, (n, 1, years)), axis=2)
    drift = random.normal(0, world.drift, (n, units, 1)) * np.arange(years)
    is_after = np.arange(years) >= world.before
    own = random.normal(0, world.spread, (n, units, 1)) * is_after
    own[:, 0] += np.log(effect) * is_after
    mean = world.mean * level * size * np.exp(common + drift + own)
    shape = mean / (world.cluster - 1)
    return random.negative_binomial(shape, 1 / world.cluster).astype(np.float64), np.broadcast_to(size * PEOPLE, mean.shape)


def periods(world: World, y: Array, people: Array) -> tuple[Counts, Counts]:
    """The own counts and the peers' before and after."""
    parts = [(y[..., : world.before], people[..., : world.before]), (y[..., world.before :], people[..., world.before :])]
    (y0, n0), (y1, n1) = ((a.sum(axis=-1), b.sum(axis=-1)) for a, b in parts)
    own, others = (Counts(y0[:, at], n0[:, at], y1[:, at], n1[:, at]) for at in (0, slice(1, None)))
    return own, others


@dataclass(frozen=True)
class Row:
    """Shares 0-1. naive: how often the z test of own before and after calls no change a change; wdd: the scaled weighted
    displacement difference."""

    false: float
    coverage: float
    power: float
    naive: float
    wdd: float


def measure(world: World, n: int, phi: float) -> Row:
    """The follow-up of n kommuner without any change, and of n that fell by three tenths."""
    random = np.random.default_rng(SEED)
    own, peers = periods(world, *counts(world, 1.0, n, random))
    _, lower, upper = against_peers(own, peers, phi).relative
    changed, others = periods(world, *counts(world, EFFECT, n, random))
    _, low, high = against_peers(changed, others, phi).relative
    inside = [np.mean((lower <= 1) & (upper >= 1)), np.mean((low <= EFFECT) & (high >= EFFECT))]
    z = own.change / np.sqrt(1 / (own.before + 0.5) + 1 / (own.after + 0.5))
    return Row(
        float(np.mean((lower > 1) | (upper < 1))), float(np.mean(inside)), float(np.mean(high < 1)),
        float(np.mean(np.abs(z) > 1.96)), _displaced(world, own, peers, min(n, 1000)),
    )  # fmt: skip


def _displaced(world: World, own: Counts, peers: Counts, n: int) -> float:
    """How often the weighted displacement difference, scaled to years and size, calls no change a change."""
    found = 0
    for i in range(n):
        scale = peers.before[i].sum() / own.before[i]
        result = weighted_displacement_difference(
            (own.before[i], own.after[i]), (peers.before[i].sum(), peers.after[i].sum()),
            time_weights=(world.before, world.after), area_weights=(scale, 1, 1, 1), confidence=0.95,
        )  # fmt: skip
        found += bool(result.lower > 0 or result.upper < 0)
    return found / n


@dataclass(frozen=True)
class Chosen:
    """Of kommuner that chose their worst of ten areas by its last year, with a baseline of so many years: the share called
    decreased though nothing happened, and the mean ratio of ratios, which would be 1 without the choice."""

    years: int
    decreased: float
    mean_ratio: float


def choose(years: int, n: int, phi: float) -> Chosen:
    """Ten areas of 60 events a year; the one furthest above its peers in the last year before gets a pledge, and nothing
    happens."""
    random = np.random.default_rng(SEED + years)
    drawn = World("val", mean=60, before=5, after=1, spread=0.05)
    sets = [counts(drawn, 1.0, n, random) for _ in range(10)]
    y, people = (np.stack([one[part] for one in sets], axis=1) for part in (0, 1))
    rate = np.log((y + 0.5) / people)[..., drawn.before - 1]
    at = (np.arange(n), (rate[:, :, 0] - rate[:, :, 1:].mean(axis=2)).argmax(axis=1))
    kept = replace(drawn, before=years)
    found = against_peers(*periods(kept, y[at][..., -years - 1 :], people[at][..., -years - 1 :]), phi)
    value, _, upper = found.relative
    return Chosen(years, float(np.mean(upper < 1)), float(np.exp(np.log(value).mean())))


def observe(n_years: int, varies: float, mean: float, n: int) -> float:
    """How often EST observations of ten areas, of which none changes, are called changed in the first; years differ by
    ``varies`` (sd of the log) beyond chance."""
    random, calls = np.random.default_rng(SEED), 0
    for _ in range(n):
        level = mean * np.exp(random.normal(0, 0.6, 10))
        level[0] = mean
        y = random.poisson(level[:, None] * np.exp(random.normal(0, varies, (10, n_years + 1)))).astype(np.float64)
        phi, df = between_years(y[:, :-1], np.full((10, n_years), 400.0))
        before, after = float(y[0, :-1].sum()), float(y[0, -1])
        extra = (phi[0] - 1) * (1 / (before + 0.5) + 1 / (after + 0.5))
        own = Counts(np.array([before]), np.array([400.0 * n_years]), np.array([after]), np.array([400.0]))
        _, lower, upper = alone(own, extra, float(df[0]))
        calls += bool(lower[0] > 1 or upper[0] < 1)
    return calls / n


def ask(share: float, n_effective: float, n: int) -> float:
    """How often two samples of the same share, with the limits that are printed of them, are called different."""
    random = np.random.default_rng(SEED)
    found = random.binomial(int(n_effective), share, (n, 2)) / n_effective
    lower, upper = logit_limits(found, n_effective)
    calls = 0
    for p, low, high in zip(found, lower, upper, strict=True):
        before, after = ((float(p[i]), float(low[i]), float(high[i])) for i in (0, 1))
        _, down, up = of_shares(before, after)
        calls += bool(down > 1 or up < 1)
    return calls / n


def report(n: int = N) -> str:
    """The table, and what the choice of the worst area brings."""
    phi = taxonomy.load().constant("forecast_cluster")
    lines = [
        f"follow-up of pledges: {n} invented kommuner per row; target false ≤ .05, coverage .94–.98, power ≥ .85 at −30 %",
        f"{'world':42s}{'false':>7s}{'cover':>7s}{'power':>7s}{'z test':>8s}{'WDD':>7s}",
    ]
    for world in WORLDS:
        row = measure(world, n, phi)
        lines.append(f"{world.name:42s}{row.false:7.3f}{row.coverage:7.3f}{row.power:7.3f}{row.naive:8.2f}{row.wdd:7.2f}")
    lines.append("worst of ten areas chosen by its last year, nothing happens afterwards (60 events a year):")
    lines += [
        f"  baseline {made.years} years: called decreased {made.decreased:.3f}, mean ratio {made.mean_ratio:.2f}"
        for made in (choose(years, n, phi) for years in (1, 3, 5))
    ]
    lines.append("EST: nothing changes, ten areas in the list; years before, sd between years, observations a year: false")
    for years, varies, mean in itertools.product((2, 3, 4), (0.0, 0.1, 0.2), (40, 120)):
        lines.append(f"  {years} {varies:.1f} {mean:4d}: {observe(years, varies, mean, min(n, 1500)):.3f}")
    lines.append("survey: nothing changes; share, effective answers: false")
    for share, size in itertools.product((0.05, 0.2, 0.5), (100, 300)):
        lines.append(f"  {share:.2f} {size:4d}: {ask(share, size, n):.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kommuner", type=int, default=N)
    print(report(parser.parse_args().kommuner))
