"""Signals of every problem area, source and criterion, with declared biases, from measures as they are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lagesbild.disclosure import hidden_because
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.ranking.gaps import SEARCHED_OUT, Heard, gaps
from lagesbild.ranking.prior import Prior
from lagesbild.ranking.result import CRITERIA
from lagesbild.ranking.said import Said
from lagesbild.ranking.said_reported import said_reported
from lagesbild.ranking.said_shares import said_shares
from lagesbild.ranking.said_survey import said_survey
from lagesbild.ranking.signal_set import COMPARISON, FACT_COLUMNS, LEVEL, TREND, Array, Signals
from lagesbild.taxonomy import Taxonomy

TOTAL = "totalt"
#: Kinds of source whose trend has an intercept of its own, so that a single area's trend says nothing.
EFFORT_KINDS = ("est", "dialogue")


@dataclass(frozen=True)
class _Declared:
    """kinds: source -> its kind, in taxonomy order. sd: bias class -> (3,), NaN where the class has no such criterion."""

    taxonomy: Taxonomy
    kinds: dict[str, str]
    sd: dict[str, Array]

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> _Declared:
        sources, classes = taxonomy.sources, taxonomy.bias_classes
        kinds = dict(zip(sources["source"], sources["kind"], strict=True))
        sd = dict(zip(classes["bias_class"], classes[list(CRITERIA)].to_numpy(dtype=np.float64), strict=True))
        return cls(taxonomy, kinds, sd)

    def bias_sd(self, said: Said) -> Array:
        """(3,): declared standard deviations of the bias; all NaN where such a source says nothing of the line."""
        found = self.taxonomy.bias_class(said.problem_area, self.kinds[said.source], is_wide=said.is_wide)
        return np.full(len(CRITERIA), np.nan) if found is None else self.sd[found]


def signals(measures: Measures, profile: Profile, taxonomy: Taxonomy) -> Signals:
    """What every source says of every line, on the log scale, with its errors (methods §2-3).

    ``measures`` as disclosure returned them: a count hidden because it is small enters as 2.5, one hidden to protect another is
    unknown and left out. Lines and sources stand in taxonomy order; a
    source without any signal is left out. What is missing, and why, stands in ``gaps``.
    """
    is_unknown = hidden_because(measures.rows).eq("other")
    rows = measures.rows[measures.rows["problem_area"].ne(TOTAL) & measures.rows["year"].le(profile.year) & ~is_unknown]
    declared = _Declared.of(taxonomy)
    heard = [said for source in declared.kinds for said in _said(source, rows, profile, taxonomy)]
    heard = [usable for said in heard if (usable := _biased(said, declared)) is not None]
    heard, confirmed_by = _confirmed(_comparable(heard, declared), declared, taxonomy)
    silent = [said for said in heard if np.isnan(said.z).all()]
    heard = [said for said in heard if not np.isnan(said.z).all()]
    lines = [line for line in taxonomy.line_ids if any(said.problem_area == line for said in heard)]
    sources = [source for source in declared.kinds if any(said.source == source for said in heard)]
    found = _arrays(heard, lines, sources, declared, taxonomy)
    covered = {area for line in lines if taxonomy.is_combined(line) for area in taxonomy.covers(line)}
    position = {line: i for i, line in enumerate(taxonomy.line_ids)}
    unmeasured = [position[area] for area in taxonomy.area_ids if area not in covered and area not in lines]
    delivered = frozenset(measures.rows["source"])
    missing = gaps(Heard(tuple(heard), tuple(silent), tuple(lines), tuple(sources), delivered), profile, taxonomy)
    return replace(found, unmeasured=tuple(unmeasured), facts=_facts(heard, found), gaps=missing, confirmed_by=confirmed_by)


def held_against(main: Signals, own: pd.DataFrame, others: pd.DataFrame, profile: Profile, taxonomy: Taxonomy) -> Signals:
    """The same signals with reported offences compared with other kommuner; level and trend stay as they are.

    own: the measure rows that ``main`` was made from. others: reported offences of the other kommuner, roles ``peer`` and
    ``peers``. A line that only the comparison speaks of, and only with the other kommuner, is not added.
    """
    declared, result = _Declared.of(taxonomy), main
    for s in (s for s, kind in enumerate(main.kinds) if kind == "reported"):
        rows = pd.concat([own[own["role"].eq("own") & own["source"].eq(main.sources[s])], others])
        rows = rows[rows["problem_area"].ne(TOTAL) & rows["year"].le(profile.year)]
        z, available = result.z.copy(), result.available.copy()
        sampling, bias = result.sampling.copy(), result.bias.copy()
        z[:, s, COMPARISON], available[:, s, COMPARISON] = np.nan, False
        for said in _said(main.sources[s], rows, profile, taxonomy):
            usable = _biased(said, declared) if said.problem_area in main.areas else None
            if usable is None or np.isnan(usable.z[COMPARISON]):
                continue
            a = main.areas.index(said.problem_area)
            z[a, s, COMPARISON], available[a, s, COMPARISON] = usable.z[COMPARISON], True
            sampling[a, s], bias[a, s] = usable.sampling, bias_covariance(declared.bias_sd(said))
        both = available[..., :, None] & available[..., None, :]
        sampling, bias = np.where(both, sampling, 0.0), np.where(both, bias, 0.0)
        result = replace(result, z=z, available=available, sampling=sampling, bias=bias)
    return result


def _said(source: str, rows: pd.DataFrame, profile: Profile, taxonomy: Taxonomy) -> list[Said]:
    """What one source says, before the bias classes."""
    mine = rows[rows["source"].eq(source)]
    if mine.empty:
        return []
    if mine["measure"].eq("reported_rate").any():
        combined = frozenset(line for line in taxonomy.line_ids if taxonomy.is_combined(line))
        counted = mine[mine["measure"].isin(["reported_rate", "reported_robust"])]
        starts = {line: taxonomy.series_start(line, profile.year) for line in taxonomy.line_ids}
        return said_reported(counted, combined, starts, taxonomy.constant("arlig_variation"))
    if mine["measure"].isin(["survey_share", "survey_index"]).any():
        items = taxonomy.survey_items
        wanted = items.loc[items["survey"].eq(source) & items["is_signal"], "item"]
        return said_survey(mine, frozenset(wanted), frozenset({*profile.kommunkoder, profile.name, profile.slug}))
    return said_shares(mine)


def _biased(said: Said, declared: _Declared) -> Said | None:
    """The signals for which the source has a declared bias; None where it has none for the area."""
    allowed = ~np.isnan(declared.bias_sd(said))
    return _keep(said, allowed, {}) if allowed.any() else None


def _keep(said: Said, kept: np.typing.NDArray[np.bool_], reasons: dict[int, str]) -> Said:
    """The same with the other criteria dropped, for these reasons."""
    both = kept[:, None] & kept[None, :]
    return replace(
        said,
        z=np.where(kept, said.z, np.nan),
        sampling=np.where(both, said.sampling, 0.0),
        facts={c: fact for c, fact in said.facts.items() if kept[c]},
        missing={**said.missing, **reasons},
    )


def _comparable(heard: list[Said], declared: _Declared) -> list[Said]:
    """Without the levels (and effort-bound trends) of a source that has but one: it has nothing to be compared with."""
    result = []
    for said in heard:
        kept, reasons = np.ones(3, dtype=bool), {}
        bound = (LEVEL, TREND) if declared.kinds[said.source] in EFFORT_KINDS else (LEVEL,)
        for criterion in bound:
            others = [o for o in heard if o.source == said.source and not np.isnan(o.z[criterion])]
            if len(others) == 1 and others[0] is said:
                kept[criterion] = False
                reasons[criterion] = "Källan gäller bara ett område, så det finns inget annat område att ställa det mot."
        result.append(_keep(said, kept, reasons) if reasons else said)
    return result


def _confirmed(heard: list[Said], declared: _Declared, taxonomy: Taxonomy) -> tuple[list[Said], dict[str, frozenset[str]]]:
    """Without the trend of what the police search out themselves, unless another source's trend goes the same way; and which
    sources confirm each trend that stays.

    For a combined line, the areas it covers may confirm it. An EST trend is taken against the mean of the list, because the
    effort behind it is unknown.
    """
    centre = {
        source: float(np.mean([said.z[TREND] for said in heard if said.source == source and not np.isnan(said.z[TREND])]))
        for source in sorted({said.source for said in heard if not np.isnan(said.z[TREND])})
        if declared.kinds[source] in EFFORT_KINDS
    }
    result, confirmed_by = [], {}
    for said in heard:
        is_searched = declared.kinds[said.source] == "reported" and taxonomy.is_police_initiated(said.problem_area)
        if not is_searched or np.isnan(said.z[TREND]):
            result.append(said)
            continue
        about = {said.problem_area, *taxonomy.covers(said.problem_area)}
        others = [o for o in heard if o.source != said.source and o.problem_area in about and not np.isnan(o.z[TREND])]
        agreeing = [o for o in others if np.sign(o.z[TREND] - centre.get(o.source, 0.0)) == np.sign(said.z[TREND])]
        if agreeing:
            confirmed_by[said.problem_area] = frozenset(o.source for o in agreeing)
            result.append(said)
            continue
        result.append(_keep(said, np.array([True, True, False]), {TREND: SEARCHED_OUT}))
    return result, confirmed_by


def _arrays(heard: list[Said], lines: list[str], sources: list[str], declared: _Declared, taxonomy: Taxonomy) -> Signals:
    shape = (len(lines), len(sources), len(CRITERIA))
    z = np.full(shape, np.nan)
    sampling, bias = np.zeros((*shape, len(CRITERIA))), np.zeros((*shape, len(CRITERIA)))
    counts, dispersion = np.full(len(lines), np.nan), np.full(len(lines), np.nan)
    for said in heard:
        a, s = lines.index(said.problem_area), sources.index(said.source)
        z[a, s] = said.z
        there = ~np.isnan(said.z)
        both = there[:, None] & there[None, :]
        sampling[a, s] = np.where(both, said.sampling, 0.0)
        bias[a, s] = np.where(both, bias_covariance(declared.bias_sd(said)), 0.0)
        if not np.isnan(said.count):
            counts[a], dispersion[a] = said.count, said.dispersion
    all_sources = list(declared.kinds)
    return Signals(
        areas=tuple(lines),
        sources=tuple(sources),
        kinds=tuple(declared.kinds[source] for source in sources),
        positions=tuple(taxonomy.line_ids.index(line) for line in lines),
        source_positions=tuple(all_sources.index(source) for source in sources),
        z=z,
        sampling=sampling,
        bias=bias,
        available=~np.isnan(z),
        counts=counts,
        dispersion=dispersion,
        n_universe=len(taxonomy.area_ids),
        n_lines=len(taxonomy.line_ids),
        n_taxonomy_sources=len(all_sources),
        prior=Prior.of(taxonomy),
    )


def bias_covariance(sd: Array) -> Array:
    """(3,3) from the declared standard deviations: what sets the own kommun's reporting apart from its peers' is in part a bias
    of its level too, so the two share half of the smaller variance; the bias of the trend is separate.

    >>> bias_covariance(np.array([.5, .2, .1])).round(2).tolist()
    [[0.25, 0.02, 0.0], [0.02, 0.04, 0.0], [0.0, 0.0, 0.01]]
    """
    known = np.nan_to_num(sd)
    covariance = np.diag(known**2)
    covariance[LEVEL, COMPARISON] = covariance[COMPARISON, LEVEL] = min(known[LEVEL], known[COMPARISON]) ** 2 / 2
    return covariance


def _facts(heard: list[Said], found: Signals) -> pd.DataFrame:
    """FACT_COLUMNS, in the order of areas, sources and criteria; z before the source's intercept, se with bias."""
    variance = np.einsum("ascc->asc", found.covariance())
    records = []
    for said in heard:
        a, s = found.areas.index(said.problem_area), found.sources.index(said.source)
        for c, fact in said.facts.items():
            record = (
                said.problem_area, said.source, CRITERIA[c], said.z[c], np.sqrt(variance[a, s, c]), fact.estimate, fact.lower,
                fact.upper, fact.unit, fact.numerator, fact.reference, fact.period,
            )  # fmt: skip
            records.append(((a, s, c), record))
    records.sort(key=lambda item: item[0])
    frame = pd.DataFrame([record for _, record in records], columns=list(FACT_COLUMNS))
    texts = ("problem_area", "source", "criterion", "unit", "period")
    return frame.astype({name: "str" if name in texts else "float64" for name in FACT_COLUMNS})
