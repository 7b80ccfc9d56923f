"""How likely it is that an area meets each of the ranking's criteria: the computed cells of Brå's matrix."""

from __future__ import annotations

from scipy import stats

from lagesbild.ranking.result import CRITERIA, Ranking


def odds(ranking: Ranking) -> dict[tuple[str, str], float]:
    """(problem area, criterion) -> P(θ > 0): larger than an average problem area (omfattning), than where it is compared with
    (jamforelse), growing (utveckling).

    P = Φ(θ̂/sd), the normal posterior of the fusion (methods §4). Only of criteria that some source gives a signal of: a
    posterior that is the prior alone says nothing.
    """
    heard = ranking.signals[ranking.signals["z"].notna()] if "z" in ranking.signals else ranking.signals
    known = set(zip(heard["problem_area"], heard["criterion"], strict=True))
    criteria = ranking.criteria[ranking.criteria["criterion"].isin(CRITERIA) & ranking.criteria["theta_sd"].gt(0)]
    chance = stats.norm.cdf(criteria["theta"] / criteria["theta_sd"])
    cells = zip(criteria["problem_area"], criteria["criterion"], chance, strict=True)
    return {(line, criterion): float(p) for line, criterion, p in cells if (line, criterion) in known}
