"""The answer key: the planted truth, what it would rank as, and how each source errs, as TOML."""

from __future__ import annotations

from statistics import NormalDist

from lagesbild.example import observations, offences, surveys, world
from lagesbild.example.world import Truth

#: The value layer's fixed goalposts and weights (methods §5): v = 100·Φ(θ/κ), S = Σ w·v.
GOALPOSTS, WEIGHTS = (1.0, 0.5, 0.15), (0.40, 0.35, 0.25)
N_TOP, N_BOTTOM = 3, 5


def score(true: Truth) -> float:
    """The score 0-100 of an area if its truth were known exactly.

    >>> score(Truth("x", 0.0, 0.0, 0.0))
    50.0
    """
    levels = (true.level, true.comparison, true.trend)
    return sum(
        weight * 100 * NormalDist().cdf(level / goalpost)
        for level, goalpost, weight in zip(levels, GOALPOSTS, WEIGHTS, strict=True)
    )


def order() -> list[str]:
    """The problem areas by true score, highest first."""
    return sorted(world.truth(), key=lambda area: (-score(world.truth()[area]), area))


def facit(seed: int) -> bytes:
    """facit.toml."""
    ranked = order()
    eager = max(world.organisations(), key=lambda organisation: organisation.eagerness)
    lines = [
        "# EXEMPELDATA, påhittad. Exempelby finns inte. Det här är facit: det som lades in innan källorna gjordes.",
        "# Nivå, jämförelse och utveckling står på logaritmisk skala: 0,69 är dubbelt så mycket. Utveckling är per år.",
        f"seed = {seed}",
        f'kommunkod = "{world.OWN}"',
        f"top_three = {_texts(ranked[:N_TOP])}",
        f"bottom_five = {_texts(ranked[-N_BOTTOM:])}",
        "",
        "[hot_spot]",
        f'area = "{world.HOT_AREA}"',
        f"hour = {world.HOT_HOUR}  # klockan 22.00–22.59",
        f"weekdays = {_texts(['fredag', 'lördag'])}",
        f"problem_areas = {_texts(world.HOT_PROBLEMS)}",
        f"place_share = {world.HOT_SHARE_PLACE}  # så stor del förs till platsen, utöver det som ändå sker där",
        f"time_share = {world.HOT_SHARE_TIME}  # så stor del förs till tiden, utöver det som ändå sker då",
        "",
        "[over_eager]  # så många gånger flitigare i kategorin; kommer utöver källans avvikelse",
        f'organisation = "{eager.name}"',
        f'category = "{eager.favourite}"',
        f"factor = {eager.eagerness}",
        "",
        "[mechanism]",
        f"reported_per_100k_at_level_0 = {offences.MEAN_RATE}",
        f"reported_dispersion = {offences.DISPERSION}",
        f"peer_spread = {offences.PEER_SPREAD}",
        f"est_per_week_at_level_0 = {observations.BASE}",
        f"est_growth_of_reporting = {observations.GROWTH}",
        f"est_weekly_spread = {observations.WEEKLY_SPREAD}",
        f"survey_scale = {surveys.SCALE}",
        f"survey_design_effect = {surveys.DESIGN_EFFECT}",
    ]
    for rank, area in enumerate(ranked, 1):
        true = world.truth()[area]
        lines += [
            "",
            f"[truth.{area}]",
            f"level = {true.level}",
            f"comparison = {true.comparison}",
            f"trend = {true.trend}",
            f"score = {score(true):.1f}",
            f"rank = {rank}",
        ]
    for source, biases in world.biases().items():
        lines += ["", f"[bias.{source}]  # det källan visar = sanningen + detta; ett område som saknas syns inte i källan"]
        lines += [
            f"{area} = {{ level = {bias.level}, comparison = {bias.comparison}, trend = {bias.trend} }}"
            for area, bias in biases.items()
        ]
    offsets = {item.item: item.offset for item in world.items() if item.offset}
    lines += ["", "[item_offset]  # frågans egen nivå på logitskala, utöver områdets"]
    lines += [f'"{item}" = {offset}' for item, offset in offsets.items()]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _texts(texts: tuple[str, ...] | list[str]) -> str:
    return "[" + ", ".join(f'"{text}"' for text in texts) + "]"
