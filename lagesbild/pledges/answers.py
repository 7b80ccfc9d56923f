"""Follow-up of survey answers: two published values with their limits, beside a reference geography."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.pledges import ratio
from lagesbild.pledges.counted import Found
from lagesbild.pledges.indicator import Indicator
from lagesbild.pledges.periods import LONGEST
from lagesbild.pledges.ratio import Ratio
from lagesbild.pledges.register import Pledge
from lagesbild.pledges.result import Compared, Level, Remark
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy

#: Surveys that ask about the calendar year before, where the question is what one has been exposed to.
_YEAR_BEFORE = {"ntu": "utsatthet"}
#: Reference geographies in order of preference; others come after, by name.
_NATION = ("riket", "hela landet", "sverige")


def follow_answers(pledge: Pledge, meant: Indicator, rows: pd.DataFrame, taxonomy: Taxonomy, profile: Profile) -> Found:
    """The mean of the measurements before the pledge (at most five years back) against those made while it ran.

    rows: measures after disclosure. Limits are the published ones, or those of n. What other kommuner's answers have varied by
    between two measurements is not known, so the reference is shown beside and tests nothing.
    """
    same = rows[rows["source"].eq(meant.source) & rows["item"].eq(meant.item) & rows["group"].eq("alla")]
    same = same[same["measure"].eq(meant.measure)].drop_duplicates(["role", "geography", "year"])
    lag = _lag(meant, taxonomy)
    own = same[same["role"].eq("own")]
    there = own[own["value"].notna() & ~own["is_suppressed"]]
    told = there["year"] - lag
    before = there[told.lt(pledge.start.year) & told.ge(pledge.start.year - LONGEST)]
    after = there[told.between(pledge.start.year, pledge.end.year)]
    reasons = []
    if before.empty:
        reasons.append(Remark("dold") if own["is_suppressed"].any() else Remark("ingen_matning_fore"))
    if after.empty:
        kind = "matning_avser_aret_fore" if lag and there["year"].ge(pledge.start.year).any() else "ingen_matning_efter"
        reasons.append(Remark("dold") if own["is_suppressed"].any() else Remark(kind))
    if reasons:
        return Found(tuple(dict.fromkeys(reasons)), ())
    first, second = _level(before), _level(after)
    if min(first.value, second.value) <= 0:
        return Found((Remark("noll"),), (), first, second)
    change = _ratio(first, second)
    if np.isnan(change.lower):
        reasons.append(Remark("utan_intervall"))
    compared = _reference(same, before, after)
    return Found(
        tuple(reasons), tuple(_reservations(pledge, there, before, after, meant, taxonomy, profile)), first, second, change,
        compared,
    )  # fmt: skip


def _lag(meant: Indicator, taxonomy: Taxonomy) -> int:
    """How many years before the survey the question is about."""
    items = taxonomy.survey_items
    asked = items[items["survey"].eq(meant.source) & items["item"].eq(meant.item)]
    return int(asked["dimension"].eq(_YEAR_BEFORE.get(meant.source, "")).any())


def _level(rows: pd.DataFrame) -> Level:
    """The mean of the measurements; its limits from theirs, side by side (MOVER): mean ∓ √Σ(value − limit)²/k."""
    value, lower, upper = (rows[name].to_numpy(dtype=np.float64) for name in ("value", "lower", "upper"))
    middle = float(value.mean())
    down, up = (float(np.sqrt(((value - limit) ** 2).sum()) / value.size) for limit in (lower, upper))
    base = rows["n_effective"].where(rows["n_effective"].notna(), rows["denominator"])
    years = tuple(sorted(int(year) for year in rows["year"]))
    return Level(years, middle, middle - down, middle + up, float("nan"), float(base.sum(skipna=False)))


def _ratio(before: Level, after: Level) -> Ratio:
    return Ratio(*ratio.of_shares((before.value, before.lower, before.upper), (after.value, after.lower, after.upper)))


def _reference(same: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> Compared | None:
    """The change of the reference geography over the same measurements; None where it lacks one of them."""
    others = same[same["role"].isin(["reference", "peers"]) & same["value"].notna()]
    names = sorted(others["geography"].unique(), key=lambda name: (str(name).casefold() not in _NATION, str(name)))
    for name in names:
        its = others[others["geography"].eq(name)]
        first, second = (its[its["year"].isin(rows["year"])] for rows in (before, after))
        is_there = len(first) == len(before) and len(second) == len(after)
        if is_there and min(first["value"].max(), second["value"].max()) > 0:
            return Compared(str(name), _ratio(_level(first), _level(second)))
    return None


def _reservations(
    pledge: Pledge, there: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame, meant: Indicator, taxonomy: Taxonomy,
    profile: Profile,
) -> list[Remark]:  # fmt: skip
    window = range(int(before["year"].min()) + 1, int(after["year"].max()) + 1)
    said = []
    if len(before) == 1:
        said.append(Remark("en_matning_fore", years=(int(before["year"].iloc[0]),)))
    if pledge.end.year > int(after["year"].max()):
        said.append(Remark("pagar", years=(pledge.end.year,)))
    wider = sorted({profile.wider_area(str(name)) for name in there["geography"]} - {""})
    if wider:
        said.append(Remark("storre_omrade", tuple(wider)))
    if not there["is_higher_worse"].all():
        said.append(Remark("hog_ar_bra"))
    marked = taxonomy.breaks[taxonomy.breaks["key_or_area"].eq(meant.source) & taxonomy.breaks["year"].isin(window)]
    said += [Remark("andring", (str(row.text),), (int(str(row.year)),)) for row in marked.itertuples(index=False)]
    return [*said, Remark("utan_jamforelse_enkat")]
