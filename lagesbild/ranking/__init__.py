"""Ranking: measures as they are shown become an order that says how sure it is and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.ranking.order import rank_signals
from lagesbild.ranking.result import CRITERIA, EVIDENCE, RANKING_COLUMNS, TIERS, Ranking
from lagesbild.ranking.severity import volume_and_harm
from lagesbild.ranking.signal_set import Signals
from lagesbild.ranking.signals import held_against, signals
from lagesbild.settings import SEVERITY_WEIGHTS
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.severity import harm

__all__ = ["CRITERIA", "EVIDENCE", "RANKING_COLUMNS", "TIERS", "Ranking", "rank", "rank_signals", "signals"]


def rank(
    measures: Measures,
    profile: Profile,
    taxonomy: Taxonomy,
    *,
    weights: Mapping[str, float] | None = None,
    without: Iterable[str] = (),
    severity: Mapping[str, float] | None = None,
) -> Ranking:
    """The ranking of the problem areas (methods §2-7), from measures that disclosure has passed.

    weights: criterion -> share, sum 1; the profile's unless given. without: sources to leave out, as if they had not been
    delivered. severity: line -> harm h > 0, as a fourth criterion "allvar"; the profile's unless given, and then only where the
    profile says that it is in use. Raises ValueError for an unknown criterion or source, or weights that do not sum to 1,
    ProfileError for a severity of lines that do not exist.
    """
    left_out = frozenset(without)
    unknown = left_out - set(taxonomy.sources["source"])
    if unknown:
        raise ValueError(f"no such source: {', '.join(sorted(unknown))}")
    used = Measures(measures.rows[~measures.rows["source"].isin(left_out)], measures.doubts)
    table = harm(profile, taxonomy)
    declared = dict(profile.weights)
    if profile.severity.use:
        severity = table if severity is None else severity
    elif severity is not None:
        declared = SEVERITY_WEIGHTS
    main = signals(used, profile, taxonomy)
    compared: dict[str, Signals | str] = {
        other.group.key: other.missing or held_against(main, used.rows, other.rows, profile, taxonomy)
        for other in measures.others
        if "reported" in main.kinds
    }
    found = rank_signals(
        main,
        declared if weights is None else weights,
        names={line: taxonomy.name(line) for line in taxonomy.line_ids},
        top_k=profile.pledge_slots,
        seed=profile.seed,
        draws=profile.draws,
        severity=severity,
        alternative=table,
        compared=compared,
    )
    return replace(found, volume_and_harm=volume_and_harm(used, found.table, table if severity is None else severity))
