"""Follow-up of counts: reported offences against comparison kommuner, EST observations against nothing but themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.measures import forecast, rates
from lagesbild.measures.forecast import YEAR, Model
from lagesbild.measures.overdispersion import shrunk_dispersion
from lagesbild.pledges import ratio
from lagesbild.pledges.indicator import REPORTED, Indicator
from lagesbild.pledges.periods import Periods, periods
from lagesbild.pledges.ratio import Counts, Ratio
from lagesbild.pledges.register import Pledge
from lagesbild.pledges.result import Compared, Expected, Level, Remark
from lagesbild.taxonomy import Taxonomy

#: Fewer years before the pledge show nothing of how the figure varies from year to year by itself.
FEWEST_YEARS = {"reported_rate": 3, "est_rate": 2, "est_share": 2}
#: Below this many events before, no change is put in figures (methods §1).
FEWEST_EVENTS = 20


@dataclass(frozen=True)
class Found:
    """What was found of one indicator; reasons empty where it can be judged."""

    reasons: tuple[Remark, ...]
    reservations: tuple[Remark, ...]
    before: Level | None = None
    after: Level | None = None
    own: Ratio | None = None
    compared: Compared | None = None
    expected: Expected | None = None


@dataclass(frozen=True)
class _Table:
    """Counts and bases of one line by year (index), one column per unit; the own unit is ``own``."""

    counts: pd.DataFrame
    bases: pd.DataFrame
    own: str

    def total(self, unit: str, years: tuple[int, ...]) -> tuple[float, float]:
        """Events and base over the years; NaN where a year is missing."""
        at = list(years)
        counts, bases = self.counts[unit].reindex(at), self.bases[unit].reindex(at)
        return float(counts.sum(skipna=False)), float(bases.sum(skipna=False))

    def over(self, units: list[str], span: Periods) -> Counts:
        """The units' counts before and after."""
        before = [self.total(unit, span.before) for unit in units]
        after = [self.total(unit, span.after) for unit in units]
        (y0, n0), (y1, n1) = (np.array(rows, dtype=np.float64).reshape(-1, 2).T for rows in (before, after))
        return Counts(y0, n0, y1, n1)


def follow_counts(pledge: Pledge, meant: Indicator, rows: pd.DataFrame, taxonomy: Taxonomy, last_year: int) -> Found:
    """The indicator before and after, and beside the comparison kommuner's where it is reported offences.

    rows: measures after disclosure. Years are final ones; a year that is hidden, missing or preliminary is not used, and a
    declared break that stops trends cuts the baseline off, or leaves nothing to judge where it lies within the pledge.
    """
    line = rows[rows["source"].eq(meant.source) & rows["problem_area"].eq(meant.line) & rows["group"].eq("alla")]
    line = line[line["measure"].eq(meant.measure)]
    own = line[line["role"].eq("own")]
    final = own[own["status"].eq("final") & ~own["is_suppressed"] & own["numerator"].notna()]
    is_reported = meant.source == REPORTED
    span, broken = _span(pledge, final["year"].tolist(), meant, taxonomy, last_year)
    reasons = [*broken, *_missing(pledge, own, span, last_year)]
    if not span.before or not span.after:
        return Found(tuple(reasons), ())
    table = _table(line, str(own["geography"].iloc[0]))
    counts = table.over([table.own], span)
    events = float(counts.before[0])
    fewest = FEWEST_YEARS[meant.measure]
    if len(span.before) < fewest:
        reasons.append(Remark("fa_ar_fore", years=span.before, names=(str(fewest),)))
    if events < FEWEST_EVENTS:
        reasons.append(Remark("fa_handelser"))
    phi = taxonomy.constant("forecast_cluster") if is_reported else 1.0
    extra, df = (0.0, np.inf) if is_reported else _extra(rows, final, meant, span)
    spread = phi - 1 if is_reported else 0.0
    before = _level(counts.before[0], counts.before_base[0], span.before, is_reported, spread, extra)
    after = _level(counts.after[0], counts.after_base[0], span.after, is_reported, spread, extra)
    reservations = _reservations(pledge, own, span, meant, rows, taxonomy, last_year)
    if not is_reported:
        change = ratio.alone(counts, extra, df)
        return Found(tuple(reasons), tuple(reservations), before, after, _one(change))
    peers = [str(unit) for unit in table.counts if unit != table.own]
    compared, alone_change, why_not = _against(table, peers, span, counts, phi, taxonomy)
    reservations += why_not
    expected = _expected(table, peers, span, rows, meant, taxonomy)
    return Found(tuple(reasons), tuple(reservations), before, after, alone_change, compared, expected)


def _span(
    pledge: Pledge, years: list[int], meant: Indicator, taxonomy: Taxonomy, last_year: int
) -> tuple[Periods, list[Remark]]:
    """The periods, and the break that makes them incomparable, if any."""
    if meant.source != REPORTED:
        return periods(pledge, years), []
    since = taxonomy.series_start(meant.line, pledge.start.year - 1)
    span = periods(pledge, years, since)
    end = max(span.after, default=last_year)
    start = taxonomy.series_start(meant.line, end)
    if start >= pledge.start.year:
        return span, [Remark("brott_i_serien", (_break_text(meant.line, start, taxonomy),), (start,))]
    return span, []


def _break_text(line: str, year: int, taxonomy: Taxonomy) -> str:
    breaks = taxonomy.breaks_of(line)
    return str(breaks.loc[breaks["year"].eq(year) & breaks["stops_trend"], "text"].iloc[0])


def _missing(pledge: Pledge, own: pd.DataFrame, span: Periods, last_year: int) -> list[Remark]:
    """Why there is no year after or before, in the order in which it would be looked for."""
    reasons = []
    ran = own[own["year"].between(pledge.start.year, min(pledge.end.year, last_year))]
    if not span.after:
        if ran["is_suppressed"].any():
            reasons.append(Remark("dold"))
        elif ran["status"].eq("preliminary").any():
            reasons.append(Remark("preliminar", years=tuple(sorted({int(year) for year in ran["year"]}))))
        else:
            reasons.append(Remark("inget_ar_efter"))
    if not span.before:
        hidden = own[own["year"].lt(pledge.start.year) & own["is_suppressed"]]
        reasons.append(Remark("dold") if len(hidden) else Remark("inget_ar_fore"))
    return list(dict.fromkeys(reasons))


def _table(line: pd.DataFrame, own: str) -> _Table:
    used = line[
        line["role"].isin(["own", "peer"])
        & line["status"].eq("final")
        & ~line["is_suppressed"]
        & line["numerator"].notna()
        & line["denominator"].gt(0)
    ]
    pivot = {name: used.pivot_table(index="year", columns="geography", values=name) for name in ("numerator", "denominator")}
    return _Table(pivot["numerator"], pivot["denominator"], own)


def _level(count: float, base: float, years: tuple[int, ...], is_reported: bool, spread: float, extra: float) -> Level:
    """The figure over a period; limits of the count widened by φ (reported) or by its extra variance (EST)."""
    effect = 1 + spread if is_reported else 1 + extra / 2 * count
    lower, upper = rates.count_limits(count / effect)
    per = (rates.PER_100K if is_reported else 1.0) / base
    low, high = float(lower) * effect * per, float(upper) * effect * per
    return Level(years, float(count * per), low, high, float(count), float(base))


def _extra(rows: pd.DataFrame, final: pd.DataFrame, meant: Indicator, span: Periods) -> tuple[float, float]:
    """Variance of a log ratio of EST counts beyond Poisson, and the degrees of freedom behind it.

    From weeks (``dispersion`` of the rows) and from year to year: φ of the years before around their trend, shrunk over the
    areas of the list (methods §1), as (φ − 1)/events in each period; the larger of the two counts.
    """
    use = final.set_index("year")
    weekly = sum(float(use.loc[list(years), "dispersion"].mean()) / len(years) for years in (span.before, span.after))
    same = rows[rows["measure"].eq(meant.measure) & rows["role"].eq("own") & ~rows["is_suppressed"] & rows["numerator"].notna()]
    same = same[same["year"].isin(span.before)]
    counts = same.pivot_table(index="problem_area", columns="year", values="numerator").dropna()
    bases = same.pivot_table(index="problem_area", columns="year", values="denominator").reindex(counts.index)
    if len(span.before) < 2 or meant.line not in counts.index:
        return weekly, np.inf
    phi, df = between_years(counts.to_numpy(dtype=np.float64), bases.to_numpy(dtype=np.float64))
    at = counts.index.get_loc(meant.line)
    events = [float(use.loc[list(years), "numerator"].sum()) + 0.5 for years in (span.before, span.after)]
    return max(weekly, (float(phi[at]) - 1) * sum(1 / n for n in events)), float(df[at])


def between_years(counts: rates.Array, bases: rates.Array) -> tuple[rates.Array, rates.Array]:
    """φ of each area's yearly counts (A, T) around its mean rate, shrunk over the areas of the list, and degrees of freedom.

    Pearson's X²/(T − 1), then ``shrunk_dispersion``, whose T − 2 for a trend is T − 1 for a mean; at least one.
    """
    n_years = counts.shape[1]
    expected = bases * (counts.sum(axis=1) / bases.sum(axis=1))[:, None]
    pearson = ((counts - expected) ** 2 / np.maximum(expected, 0.5)).sum(axis=1) / (n_years - 1)
    shrunk = shrunk_dispersion(pearson, n_years + 1, counts.mean(axis=1))
    return shrunk.phi, np.maximum(shrunk.df, 1.0)


def _one(change: tuple[rates.Array, rates.Array, rates.Array]) -> Ratio:
    value, lower, upper = (float(np.asarray(part).reshape(-1)[0]) for part in change)
    return Ratio(value, lower, upper)


def _against(
    table: _Table, peers: list[str], span: Periods, own: Counts, phi: float, taxonomy: Taxonomy
) -> tuple[Compared | None, Ratio, list[Remark]]:
    """The comparison with the kommuner that have every year; the own change; and why there is no comparison."""
    theirs = table.over(peers, span)
    known = np.isfinite(theirs.before) & np.isfinite(theirs.after)
    n = int(known.sum())
    yearly = taxonomy.constant("arlig_variation") * (1 / len(span.before) + 1 / len(span.after))
    if n < ratio.FEWEST_PEERS:
        variance = yearly + (phi - 1) * float(ratio.count_variance(own.before, own.after, 1.0)[0])
        return None, _one(ratio.alone(own, variance, np.inf)), [Remark("utan_jamforelse", names=(str(n),))]
    used = Counts(*(part[None, known] for part in (theirs.before, theirs.before_base, theirs.after, theirs.after_base)))
    found = ratio.against_peers(own, used, phi)
    relative = _one(found.relative)
    after = float(own.after[0])
    fewer = tuple(after * (1 - 1 / part) for part in (relative.value, relative.lower, relative.upper))
    compared = Compared("jamforbara", _one(found.peers), n, relative, int(found.rank[0]), (fewer[0], fewer[1], fewer[2]))
    return compared, _one(found.own), []


def _expected(
    table: _Table, peers: list[str], span: Periods, rows: pd.DataFrame, meant: Indicator, taxonomy: Taxonomy
) -> Expected | None:
    """What the years before let expect of the years after (``forecast``), drawn towards the peers and with common growth.

    The measure ``reported_expected`` where it is of the same single year, so that the report tells one figure.
    """
    if len(span.after) == 1 and span.before[-1] == span.after[0] - 1:
        same = rows[rows["measure"].eq("reported_expected") & rows["role"].eq("own") & rows["problem_area"].eq(meant.line)]
        same = same[same["year"].eq(span.after[0])]
        if len(same):
            number, low, high, base = same[["numerator", "lower", "upper", "denominator"]].to_numpy(dtype=np.float64)[0]
            return Expected(float(number), float(low * base / rates.PER_100K), float(high * base / rates.PER_100K))
    units = [table.own, *peers]
    years = list(range(span.before[0], span.before[-1] + 1))
    counts, bases = (frame[units].reindex(years).to_numpy().T for frame in (table.counts, table.bases))
    model = Model.of(taxonomy.constant)
    total, variance = 0.0, 0.0
    for year in span.after:
        people = table.bases[units].reindex([year]).to_numpy()[0]
        made = forecast.forecast(forecast.years_of(counts, bases, span.before[0]), people, YEAR * year, model)
        total, variance = total + float(made.expected[0]), variance + float(np.sqrt(made.variance[0]))
    lower, upper = forecast.limits(total, variance**2)  # the years' errors are the level's, so they add
    return Expected(total, float(lower), float(upper))


def _reservations(
    pledge: Pledge, own: pd.DataFrame, span: Periods, meant: Indicator, rows: pd.DataFrame, taxonomy: Taxonomy, last_year: int
) -> list[Remark]:
    window = {*span.before, *span.after}
    said = []
    if span.is_part:
        said.append(Remark("del_av_ar", years=span.after))
    if pledge.end.year > max(span.after):
        said.append(Remark("pagar", years=(pledge.end.year,)))
    late = own[own["status"].eq("preliminary") & own["year"].between(pledge.start.year, min(pledge.end.year, last_year))]
    if len(late):
        said.append(Remark("preliminara_ar", years=tuple(int(year) for year in late["year"])))
    marked = taxonomy.breaks_for(meant.line, meant.source)
    marked = marked[~marked["stops_trend"] & marked["year"].isin(window)]
    said += [Remark("andring", (str(row.text),), (int(str(row.year)),)) for row in marked.itertuples(index=False)]
    same = rows[rows["problem_area"].eq(meant.line) & rows["role"].eq("own") & rows["source"].eq(meant.source)]
    robust = same[same["measure"].isin(["reported_robust", "est_robust"]) & same["year"].isin(window)]
    if len(robust):
        said.append(Remark("topp", years=tuple(sorted({int(year) for year in robust["year"]}))))
    if meant.source != REPORTED:
        if same["measure"].eq("est_panel").any():
            said.append(Remark("andra_rapportorer"))
        said.append(Remark("utan_jamforelse_est"))
    if taxonomy.is_police_initiated(meant.line) and meant.source == REPORTED:
        said.append(Remark("polisens_letande"))
    return said
