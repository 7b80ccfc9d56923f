"""The ranking alone: 16 areas, 10 000 draws, every sensitivity view."""

from __future__ import annotations

import time

import numpy as np

from lagesbild.ranking.order import rank_signals
from lagesbild.ranking.signal_set import Signals

TARGET = 0.5
WEIGHTS = {"omfattning": 0.40, "jamforelse": 0.35, "utveckling": 0.25}
SOURCES = ("polisanmalda", "est", "ntu", "trygghetsmatning", "naringsliv", "medborgardialog", "medarbetardialog")
KINDS = ("reported", "est", "survey", "survey", "business", "dialogue", "dialogue")


def example(n_areas: int = 16) -> Signals:
    """Signals of all sources for every area, drawn once: the heaviest case there is."""
    random = np.random.default_rng(1)
    shape = (n_areas, len(SOURCES), 3)
    return Signals(
        areas=tuple(f"area_{i:02d}" for i in range(n_areas)),
        sources=SOURCES,
        kinds=KINDS,
        positions=tuple(range(n_areas)),
        source_positions=tuple(range(len(SOURCES))),
        z=random.normal(size=shape) * (1, 0.5, 0.1),
        sampling=np.broadcast_to(np.diag([0.02, 0.02, 0.001]), (*shape, 3)).copy(),
        bias=np.broadcast_to(np.diag([0.2, 0.06, 0.0016]), (*shape, 3)).copy(),
        available=np.ones(shape, dtype=bool),
        counts=np.round(np.exp(random.normal(5, 1, n_areas))),
        dispersion=np.full(n_areas, 1.5),
        n_universe=n_areas,
        n_lines=26,
        n_taxonomy_sources=8,
    )


def measure(repeats: int = 5) -> float:
    """Seconds of the fastest of some runs."""
    signals = example()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        rank_signals(signals, WEIGHTS)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def report() -> str:
    """One line: what was timed, the time, the target."""
    return f"ranking alone, 16 areas x 7 sources x 10 000 draws, all sensitivity views: {measure():.2f} s (target {TARGET} s)"
