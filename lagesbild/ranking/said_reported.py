"""Signals from reported offences: level, comparison with the peers, trend, all from the same counts (methods §2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.measures.overdispersion import shrunk_dispersion, spiegelhalter
from lagesbild.measures.rates import PER_100K, count_limits, rate_ratio
from lagesbild.measures.trends import LONGEST, LogLinear, slope_interval, slopes
from lagesbild.ranking.said import Fact, Said, percent_fact, propagate, shown_counts, span
from lagesbild.ranking.signal_set import COMPARISON, LEVEL, TREND, Array

#: Level and comparison rest on the last three final years.
POOLED_YEARS = 3


@dataclass(frozen=True)
class _Series:
    """One line's own final years, as far back as a trend may go. extra: variance that suppression, or a month at its expected
    value, adds to the counts."""

    line: str
    source: str
    years: Array
    counts: Array
    base: Array
    extra: Array
    first_trend_year: int

    @property
    def is_pooled(self) -> np.typing.NDArray[np.bool_]:
        return np.asarray(self.years > self.years.max() - POOLED_YEARS)

    @property
    def is_level(self) -> np.typing.NDArray[np.bool_]:
        """The pooled years of the newest series; the comparison may cross a break, for the peers' series break too."""
        return np.asarray(self.is_pooled & (self.is_trend | ~self.is_trend.any()))

    @property
    def is_trend(self) -> np.typing.NDArray[np.bool_]:
        return np.asarray(self.years >= self.first_trend_year)


def said_reported(rows: pd.DataFrame, combined: frozenset[str], breaks: dict[str, int], variation: float = 0.0) -> list[Said]:
    """What reported offences say of every line in ``rows`` (measure rows of one source, without the total).

    A year that also has a ``reported_robust`` row counts as that row has it: one campaign or investigation ranks no problem.
    combined: lines broader than one area; they have no level. breaks: line -> the year a new series starts; no trend across it.
    variation: squared coefficient of variation of a quiet year, for series too short to show it.
    Level: log((O + ½)/ΣN · 1000), three years. Comparison: log((O + ½)/(E + ½)) against the pooled peers. Trend: slope of the
    log-linear Poisson over at most five years. φ is shrunk over the lines.
    """
    credible = _credible(rows)
    final = credible[credible["status"].eq("final") & credible["group"].eq("alla")]
    own = final[final["role"].eq("own")].sort_values(["problem_area", "year"], kind="stable")
    series = [_series(str(line), part, breaks) for line, part in own.groupby("problem_area", observed=True)]
    if not series:
        return []
    years = np.arange(min(s.years.min() for s in series), max(s.years.max() for s in series) + 1)
    counts, base = (np.full((len(series), years.size), np.nan) for _ in range(2))
    for i, one in enumerate(series):
        at = (one.years[one.is_trend] - years[0]).astype(int)
        counts[i, at], base[i, at] = one.counts[one.is_trend], one.base[one.is_trend]
    centred = years - years.mean()
    fit = slopes(counts, base, centred)
    shrunk = shrunk_dispersion(fit.phi, fit.n_years, fit.mean_count, variation)
    lower, upper, _, _ = slope_interval(fit, shrunk.phi, shrunk.df)
    margin = (upper - lower) / 2
    peers, origin = _peers(final, series), float(years.mean())
    fits = [_Fitted(fit, i, float(shrunk.phi[i]), float(margin[i]), origin) for i in range(len(series))]
    return [_said(one, peers[one.line], fitted, combined) for one, fitted in zip(series, fits, strict=True)]


@dataclass(frozen=True)
class _Peers:
    """The comparison kommuner in a line's pooled years. years, counts, base, extra: of their sum, a year each. each_count,
    each_base: every kommun's own, over those years."""

    years: Array
    counts: Array
    base: Array
    extra: Array
    each_count: Array
    each_base: Array


def _peers(final: pd.DataFrame, series: list[_Series]) -> dict[str, _Peers]:
    """Line -> its comparison kommuner; empty arrays where there are none."""
    pooled = {(one.line, int(year)) for one in series for year in one.years[one.is_pooled]}
    pairs = zip(final["problem_area"], final["year"], strict=True)
    there = final[np.fromiter((pair in pooled for pair in pairs), dtype=bool, count=len(final))]
    together, alone = (there[there["role"].eq(role)] for role in ("peers", "peer"))
    each = alone.groupby(["problem_area", "geography"], observed=True)[["numerator", "denominator"]].sum().reset_index()
    columns = ["year", "numerator", "denominator", "extra"]
    sums, singles = together[columns].to_numpy(np.float64), each[columns[1:3]].to_numpy(np.float64)
    line_of_sum, line_of_single = (part["problem_area"].to_numpy(dtype=object) for part in (together, each))
    return {
        one.line: _Peers(*sums[line_of_sum == one.line].T.copy(), *singles[line_of_single == one.line].T.copy())
        for one in series
    }


@dataclass(frozen=True)
class _Fitted:
    """The line's place i in the fits, its shrunk φ, half the slope's 95 % interval, and the year the fits are centred on."""

    fit: LogLinear
    i: int
    phi: float
    margin: float
    origin: float


def _credible(rows: pd.DataFrame) -> pd.DataFrame:
    """The published rows, with the count of the robust row where there is one, and the variance that it adds as ``extra``."""
    keys = ["problem_area", "role", "geography", "group", "year"]
    robust = rows.loc[rows["measure"].eq("reported_robust"), [*keys, "numerator", "dispersion"]]
    robust = robust.rename(columns={"numerator": "credible", "dispersion": "extra"})
    published = rows[rows["measure"].eq("reported_rate")].merge(robust, on=keys, how="left", validate="one_to_one")
    count = published["credible"].fillna(published["numerator"])
    return published.assign(numerator=count, extra=(published["extra"] * count**2).fillna(0.0)).drop(columns="credible")


def _series(line: str, rows: pd.DataFrame, breaks: dict[str, int]) -> _Series:
    last = int(rows["year"].max())
    used = rows[rows["year"].gt(last - LONGEST)]
    counts, extra = shown_counts(used)
    return _Series(
        line,
        str(used["source"].iloc[0]),
        used["year"].to_numpy(dtype=np.float64),
        counts,
        used["denominator"].to_numpy(dtype=np.float64),
        extra + used["extra"].to_numpy(dtype=np.float64),
        max(last - LONGEST + 1, breaks.get(line, 0)),
    )


def _said(one: _Series, peers: _Peers, fitted: _Fitted, combined: frozenset[str]) -> Said:
    fit, i, phi = fitted.fit, fitted.i, fitted.phi
    pooled = one.is_pooled
    padded = one.counts + 0.5 / pooled.sum()  # ½ spread over the pooled years
    variance = phi / padded + one.extra / padded**2  # of each year's log count
    total = one.counts[pooled].sum()
    z = np.full(3, np.nan)
    jacobian = np.zeros((3, one.years.size + 1))  # yearly counts, then the peers' rate
    facts: dict[int, Fact] = {}
    missing: dict[int, str] = {}
    if one.line in combined:
        missing[LEVEL] = "Raden är bredare än ett problemområde, så omfattningen går inte att jämföra med de andra."
    else:
        level = one.is_level
        count, population = one.counts[level].sum(), one.base[level].sum()
        z[LEVEL] = np.log((count + 0.5) / population * 1000)
        jacobian[LEVEL, :-1] = np.where(level, (one.counts + 0.5 / level.sum()) / (count + 0.5), 0.0)
        wide = phi + one.extra[level].sum() / max(count, 0.5)
        low, high = (float(limit) * wide / population * PER_100K for limit in count_limits(count / wide))
        facts[LEVEL] = Fact(float(count / population * PER_100K), low, high, "per_100k", span(one.years[level]), float(count))
    peer_variance = _comparison(one, peers, phi, z, jacobian, facts, missing)
    if fit.n_years[i] < 2 or np.isnan(fit.slope[i]):
        missing[TREND] = "Det finns för få år eller för få anmälningar för att se någon utveckling."
    else:
        used = one.is_trend
        t = one.years[used] - fitted.origin
        expected = one.base[used] * np.exp(fit.intercept[i] + fit.slope[i] * t)
        weight = np.zeros(one.years.size)
        weight[used] = expected * (t - np.average(t, weights=expected))
        poisson = float((weight**2 * phi / padded).sum())
        z[TREND] = fit.slope[i]
        jacobian[TREND, :-1] = weight * fit.slope_se[i] * np.sqrt(phi / poisson)
        # The margin of chance, widened by what suppressed counts and expected months add.
        margin = fitted.margin * float(np.sqrt((jacobian[TREND, :-1] ** 2 * variance).sum() / phi)) / float(fit.slope_se[i])
        facts[TREND] = percent_fact(
            float(fit.slope[i]), margin, span(one.years[used]), float(one.counts[used][0]), float(one.counts[used].sum())
        )
    return Said(
        problem_area=one.line,
        source=one.source,
        z=z,
        sampling=propagate(jacobian, np.append(variance, peer_variance)),
        facts=facts,
        missing=missing,
        count=float(total),
        dispersion=phi,
    )


def _comparison(
    one: _Series, peers: _Peers, phi: float, z: Array, jacobian: Array, facts: dict[int, Fact], missing: dict[int, str]
) -> float:
    """Fills in the comparison of ``one`` with the peers; returns the variance of the peers' log rate."""
    both = one.is_pooled & np.isin(one.years, peers.years)
    peer_count, peer_base = float(peers.counts.sum()), float(peers.base.sum())
    if not both.any() or peer_count <= 0:
        missing[COMPARISON] = "Det finns inga uppgifter från jämförbara kommuner."
        return 0.0
    n_peers = max(peers.each_count.size, 1)
    between = spiegelhalter(peers.each_count, peers.each_base * peer_count / peer_base).tau2
    count, base = one.counts[both].sum(), one.base[both].sum()
    added = float(peers.extra.sum()) / max(peer_count, 0.5) ** 2  # by the peers' months at their expected value
    unlike = between + n_peers * (added + float(one.extra[both].sum()) / max(float(count), 0.5) ** 2)
    ratio, low, high, _ = (
        float(x)
        for x in rate_ratio(count, base, peer_count, peer_base, dispersion=phi, between_variance=unlike, n_peers=n_peers)
    )
    z[COMPARISON] = np.log(ratio)
    padded = one.counts + 0.5 / both.sum()
    jacobian[COMPARISON, :-1] = np.where(both, padded / (count + 0.5), 0.0)
    jacobian[COMPARISON, -1] = -1.0
    facts[COMPARISON] = Fact(ratio, low, high, "ratio", span(one.years[both]), float(count), peer_count / peer_base * PER_100K)
    return phi / (peer_count + 0.5) + between / n_peers + added
