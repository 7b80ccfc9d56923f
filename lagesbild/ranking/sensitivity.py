"""What would change the order: other weights, one source less, other bias classes, severity or not (methods §6 a-e)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

from lagesbild.ranking.draws import Noise, beats, order, ranks, top_probability
from lagesbild.ranking.joint import JointView, joint_view
from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.signal_set import Array, Signals
from lagesbild.ranking.smaa import Acceptability, smaa
from lagesbild.ranking.value import SEVERITY
from lagesbild.ranking.view import View, view

#: How closely the drawn weights of view (a) keep to the declared ones.
CONCENTRATION = 30.0
BIAS_VIEWS = {"bias_halva": 0.5, "bias_dubbla": 2.0}
#: A view with another comparison group is called so, and then by the group.
GROUP = "jamforelse_"
MAIN, NEAR, FREE = "huvudberakning", "vikter_nara", "vikter_fria"
WITH_SEVERITY, NO_SEVERITY = "med_allvar", "utan_allvar"
#: What severity weighs in the view that adds it; the declared weights share the rest.
SEVERITY_SHARE = 0.2


@dataclass(frozen=True)
class Sensitivity:
    """table: variant, problem_area, rank, p_top. skipped: variant -> Swedish reason. acceptability, views: as ``Ranking``'s."""

    table: pd.DataFrame
    skipped: dict[str, str]
    acceptability: pd.DataFrame
    views: tuple[JointView, ...]


def sensitivity(
    main: View,
    weights: Array,
    top_k: int,
    random: Noise,
    seed: int,
    severity: Array | None = None,
    compared: Mapping[str, Signals | str] | None = None,
) -> Sensitivity:
    """Every view beside the main one. Where an area has no signal left in a view, its rank there is empty (NA).

    In the views with drawn weights the rank is the order of the mean ranks. severity (A,): the values 0-100 of the view with
    severity where it is no criterion of the main one. compared: comparison group -> the main signals held against it, or why
    they cannot be (Swedish).
    """
    signals = main.posterior.signals
    rows = [_rows(MAIN, main, main.rank(weights), main.p_top(weights, top_k))]
    views = [joint_view(MAIN, main)]
    skipped: dict[str, str] = {}
    near, free = _weight_draws(weights, main.value.shape[1], seed)
    wins = beats(main.scores(near))
    place = ranks(wins)
    p_near = top_probability(place, main.scores(near), main.rival_scores(near), top_k)
    rows.append(_rows(NEAR, main, order(-place.mean(axis=1)), p_near))
    accepted = smaa(_with_severity(main), free)
    rows.append(_rows(FREE, main, order(-accepted.expected_rank), main.p_top(free, top_k)))
    for source in signals.sources:
        if len(signals.sources) == 1:
            skipped[f"utan_{source}"] = "Det finns bara en källa. Utan den finns inget att rangordna."
            continue
        other = view(signals.without([source]), random, main.severity)
        rows.append(_rows(f"utan_{source}", other, other.rank(weights), other.p_top(weights, top_k)))
        views.append(joint_view(f"utan_{source}", other))
    for variant, factor in BIAS_VIEWS.items():
        other = view(signals, random, main.severity, factor)
        rows.append(_rows(variant, other, other.rank(weights), other.p_top(weights, top_k)))
    for group, found in (compared or {}).items():
        if isinstance(found, str):
            skipped[f"{GROUP}{group}"] = found
            continue
        other = view(found, random, main.severity)
        rows.append(_rows(f"{GROUP}{group}", other, other.rank(weights), other.p_top(weights, top_k)))
    variant, own = (WITH_SEVERITY, severity) if main.severity is None else (NO_SEVERITY, None)
    shares = weights[: len(CRITERIA)]
    if main.severity is None and severity is None:
        skipped[WITH_SEVERITY] = "Ingen tabell över brottens allvar är angiven."
    elif shares.sum() <= 0:
        skipped[NO_SEVERITY] = "Allvar är det enda som har någon vikt, så utan det finns inget att rangordna efter."
    else:
        shares = shares / shares.sum()
        used = shares if own is None else np.append((1 - SEVERITY_SHARE) * shares, SEVERITY_SHARE)
        other = View(main.posterior, main.value, main.rival_value, main.point_value, own)
        rows.append(_rows(variant, other, other.rank(used), other.p_top(used, top_k)))
    return Sensitivity(pd.concat(rows, ignore_index=True), skipped, _acceptability(main, accepted), tuple(views))


def _weight_draws(weights: Array, draws: int, seed: int) -> tuple[Array, Array]:
    """(a) w ~ Dirichlet(30·w) and (b) w uniform on the simplex, each (D,C); a criterion of weight 0 stays at 0 in both."""
    generator = Generator(PCG64(seed).jumped())
    used = weights > 0
    near, free = np.zeros((draws, weights.size)), np.zeros((draws, weights.size))
    near[:, used] = generator.dirichlet(CONCENTRATION * weights[used], draws)
    free[:, used] = generator.dirichlet(np.ones(int(used.sum())), draws)
    return near, free


def _with_severity(main: View) -> Array:
    if main.severity is None:
        return main.value
    constant = np.broadcast_to(main.severity[:, None, None], (*main.value.shape[:2], 1))
    return np.concatenate([main.value, constant], axis=2)


def _rows(variant: str, seen: View, rank: NDArray[np.int64], p_top: Array) -> pd.DataFrame:
    place = np.where(seen.measured, rank, -1)
    place[seen.measured] = 1 + np.argsort(np.argsort(place[seen.measured], kind="stable"), kind="stable")
    frame = pd.DataFrame(
        {
            "variant": pd.Series([variant] * len(rank), dtype="str"),
            "problem_area": pd.Series(seen.posterior.signals.areas, dtype="str"),
            "rank": pd.Series(place, dtype="Int64").mask(~seen.measured),
            "p_top": p_top,
        }
    )
    return frame.sort_values("rank", kind="stable", na_position="last")


def _acceptability(main: View, found: Acceptability) -> pd.DataFrame:
    n = len(main.posterior.signals.areas)
    names = CRITERIA if main.severity is None else (*CRITERIA, SEVERITY)
    columns: dict[str, object] = {"problem_area": pd.Series(main.posterior.signals.areas, dtype="str")}
    columns |= {f"rank_{place + 1}": found.rank_acceptability[:, place] for place in range(n)}
    columns |= {f"w_{name}": found.central_weights[:, c] for c, name in enumerate(names)}
    return pd.DataFrame(columns | {"confidence": found.confidence})
