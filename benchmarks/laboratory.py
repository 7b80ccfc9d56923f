"""The validity laboratory: what one invented kommun costs, stage by stage."""

from __future__ import annotations

import time
from itertools import islice

from benchmarks.validity.runs import SEED
from benchmarks.validity.scenarios import SCENARIOS, worlds
from benchmarks.validity.trial import estimate, heard
from lagesbild import taxonomy
from lagesbild.disclosure import protect
from lagesbild.measures import measure
from lagesbild.ranking.signals import signals

STAGES = ("world", "measures", "disclosure", "signals", "ranking")
#: A thousand kommuner on two processes, seconds.
TARGET = 180.0


def stages(n: int = 20, scenario: str = "base") -> dict[str, float]:
    """Milliseconds of processor time of each stage, mean over ``n`` kommuner after two that warm up."""
    terms, spent = taxonomy.load(), dict.fromkeys(STAGES, 0.0)
    made = worlds(SCENARIOS[scenario], n + 2, SEED)
    for world in islice(made, 2):
        estimate(heard(world, scenario, 0, terms))
    begun = time.process_time()
    for world in made:
        ticks = [begun, time.process_time()]
        rows = measure(world.tables, world.profile, terms)
        ticks.append(time.process_time())
        shown = protect(rows, terms)
        ticks.append(time.process_time())
        signals(shown, world.profile, terms)
        ticks.append(time.process_time())
        case = heard(world, scenario, 0, terms)
        start = time.process_time()
        estimate(case)
        ticks.append(ticks[-1] + time.process_time() - start)
        for name, before, after in zip(STAGES, ticks, ticks[1:], strict=False):
            spent[name] += 1000 * (after - before) / n
        begun = time.process_time()
    return spent


def report() -> str:
    """One line: milliseconds a kommun by stage, and what a thousand take on two processes."""
    spent = stages()
    each = sum(spent.values())
    parts = ", ".join(f"{name} {milliseconds:.0f}" for name, milliseconds in spent.items())
    return (
        f"laboratory: {each:.0f} ms of processor time a kommun ({parts}); 1 000 on two processes: {each / 2:.0f} s "
        f"(target {TARGET:.0f} s)"
    )
