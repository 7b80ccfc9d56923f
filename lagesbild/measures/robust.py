"""The year's count with incredible months at their expected value, beside the count as it was published."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures import clustering
from lagesbild.measures.annual import WHERE
from lagesbild.measures.breaks import WINDOW
from lagesbild.measures.frame import empty_rows, measure_rows
from lagesbild.measures.months import as_array
from lagesbild.measures.rates import PER_100K
from lagesbild.measures.spikes import spikes
from lagesbild.taxonomy import Taxonomy

#: A year's months are held to be its own where their sum is so near its count.
_NEAR = 0.02
_TOTAL = "totalt"
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def found_spikes(months: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """The incredible months (``spikes.spikes``): kommunkod, line, year, month (1-12), count, expected, lower, upper, variance.

    months: ``months.month_counts``; own and comparison kommuner together, for each is judged by the others. years: kommunkod,
    line, year, count; a year whose twelve months do not add up to its count (within 2 %) is left as it is. The total is left
    out: it is never ranked.
    """
    used = months[months["line"].ne(_TOTAL)]
    if used.empty:
        return _none()
    counts, kommuner, lines, first = as_array(used)
    found = spikes(counts)
    k, line, t = np.nonzero(found.is_spike)
    at = (k, line, t)
    table = pd.DataFrame(
        {
            "kommunkod": np.array(kommuner, dtype=object)[k],
            "line": np.array(lines, dtype=object)[line],
            "year": (first + t) // 12,
            "month": (first + t) % 12 + 1,
            "count": counts[at],
            "expected": found.expected[at],
            "lower": found.lower[at],
            "upper": found.upper[at],
            "variance": found.variance[at],
        }
    ).astype(_none().dtypes.to_dict())
    sums = used.assign(year=used["month"] // 12).groupby(["kommunkod", "line", "year"], observed=True)["count"]
    whole = sums.agg(["sum", "size"]).reset_index().merge(years, on=["kommunkod", "line", "year"], validate="one_to_one")
    whole = whole[whole["size"].eq(12) & whole["sum"].sub(whole["count"]).abs().le(_NEAR * whole["count"])]
    return table.merge(whole[["kommunkod", "line", "year"]], on=["kommunkod", "line", "year"], validate="many_to_one")


def _none() -> pd.DataFrame:
    texts, whole = ("kommunkod", "line"), ("year", "month")
    numbers = ("count", "expected", "lower", "upper", "variance")
    types = dict.fromkeys(texts, "str") | dict.fromkeys(whole, "int64") | dict.fromkeys(numbers, "float64")
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in types.items()})


def robust_rows(rows: pd.DataFrame, found: pd.DataFrame, own: tuple[str, ...]) -> pd.DataFrame:
    """``reported_robust`` rows beside the ``reported_rate`` rows of the lines and years in which a kommun has such months.

    numerator: the published count less what the incredible months exceed the expected by. dispersion: variance of the expected
    months over the squared numerator, an extra variance of log(count). Limits: of the count, widened by it
    (``clustering.rate_limits``). A police area and the pooled comparison kommuner take the sums over their kommuner.
    """
    if found.empty:
        return empty_rows()
    is_own = found["kommunkod"].isin(own)
    kept = ["line", "year", "count", "expected", "variance"]
    parts = [
        found.loc[is_own, kept].assign(role="own", kommunkod=""),
        found.loc[~is_own, [*kept, "kommunkod"]].assign(role="peer"),
        found.loc[~is_own, kept].assign(role="peers", kommunkod=""),
    ]
    months = pd.concat(parts)
    months = months.assign(excess=months["count"] - months["expected"])
    sums = months.groupby(["line", "year", "role", "kommunkod"], observed=True)[["excess", "variance"]].sum().reset_index()
    keys = ["line", "year", "role", "kommunkod"]
    columns = ["problem_area", "year", "geography", "role", "source", "status", "numerator", "denominator", "is_published"]
    base = rows[columns].assign(line=rows["problem_area"], kommunkod=rows["geography"].where(rows["role"].eq("peer"), ""))
    made = base.merge(sums, on=keys, how="inner", validate="one_to_one")
    if made.empty:
        return empty_rows()
    count = made["numerator"] - made["excess"]
    dispersion = made["variance"] / count**2
    lower, upper = clustering.rate_limits(count, made["denominator"], dispersion)
    return measure_rows(
        made.assign(
            value=count / made["denominator"] * PER_100K,
            lower=lower * PER_100K,
            upper=upper * PER_100K,
            numerator=count,
            dispersion=dispersion,
        ),
        "reported_robust",
    )


def spike_doubts(found: pd.DataFrame, own: tuple[str, ...], last_year: int, taxonomy: Taxonomy) -> list[Doubt]:
    """A doubt per own kommun, line and year with incredible months, and one per line about the others; recent years only."""
    recent = found[found["year"].gt(last_year - WINDOW)]
    ours = recent[recent["kommunkod"].isin(own)]
    doubts = []
    for (code, line, year), part in ours.groupby(["kommunkod", "line", "year"], observed=True):
        where = f"{WHERE}, {taxonomy.name(str(line))}, {taxonomy.kommun_name(str(code))}, {year}"
        expected = swedish.interval(float(part["lower"].min()), float(part["upper"].max()))
        what = f"{_listed(part)} ligger långt över det väntade ({expected})."
        action = "Kontrollera om en enskild utredning ligger bakom. Rangordningen räknar med det väntade värdet; båda visas."
        doubts.append(Doubt("toppmanad", where, what, action, n_rows=len(part)))
    others = recent[~recent["kommunkod"].isin(own)]
    for line, part in others.groupby("line", observed=True):
        named = [
            f"{taxonomy.kommun_name(str(code))} {year}, {_listed(months)}"
            for (code, year), months in part.groupby(["kommunkod", "year"], observed=True)
        ]
        what = f"Månader långt över det väntade finns i jämförelsegruppen: {'; '.join(named)}."
        action = "Jämförelsen räknar med de väntade värdena; de publicerade visas."
        doubts.append(Doubt("toppmanad_jamforelse", f"{WHERE}, {taxonomy.name(str(line))}", what, action, n_rows=len(part)))
    return doubts


def _listed(part: pd.DataFrame) -> str:
    pairs = zip(part["month"], part["count"], strict=True)
    return swedish.listing([f"{_MONTHS[month - 1]} ({swedish.number(count)})" for month, count in pairs])
