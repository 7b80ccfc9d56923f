"""The kommun's own survey, answer by answer: weighted shares with design-based limits."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures import survey
from lagesbild.measures.frame import empty_rows, joined, measure_rows
from lagesbild.measures.measure import Measures
from lagesbild.measures.surveys import matched
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.answer_words import meaning

WHERE = "enkätsvar"
#: An item with a larger share of answers nobody can read is not used.
MOST_UNREADABLE = 0.1


def answers(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> Measures:
    """``survey_share`` rows of ``survey_answers`` per item and year, for all and for each group.

    value: weighted share of "yes"; limits logit-t on the linearised error with strata (weights 1 and one stratum where the
    columns are empty; a missing weight is the mean of those given); numerator and denominator: unweighted answers, "yes" and
    all; n_effective = p(1 − p)/se², at most n.
    Answers such as "vet ej" are no answers. Texts that are none of the known answers are counted, never quoted.
    """
    listed = tables.survey_answers[tables.survey_answers["year"].le(profile.year)]
    if listed.empty:
        return Measures(empty_rows())
    known, doubts = matched(listed, taxonomy, WHERE)
    items = taxonomy.survey_items[["survey", "item", "scale", "higher_is"]].rename(columns={"survey": "source"})
    known = known.merge(items, on=["source", "item"], how="left", validate="many_to_one")
    known = known[known["scale"].eq("percent")]
    read = {answer: meaning(answer) for answer in known["answer"].unique()}
    is_readable = known["answer"].isin([answer for answer, found in read.items() if found is not None])
    known = known.assign(is_readable=is_readable, yes=known["answer"].map(read).astype("float64"))
    records = []
    for (source, item, year), part in known.groupby(["source", "item", "year"], observed=True):
        n_unreadable = int((~part["is_readable"]).sum())
        is_used = n_unreadable <= MOST_UNREADABLE * len(part)
        if n_unreadable:
            doubts.append(_unreadable(str(item), str(year), n_unreadable, len(part), is_used))
        told = part[part["yes"].notna()]
        if not is_used or told.empty:
            continue
        constants = {"source": source, "item": item, "year": year, "problem_area": part["problem_area"].iloc[0]}
        constants["is_higher_worse"] = bool(part["higher_is"].iloc[0] == "worse")
        groups = [("alla", told), *((str(name), rows) for name, rows in told.groupby("group", observed=True) if name != "alla")]
        records += [{**constants, "group": name, **_share(rows)} for name, rows in groups]
    if not records:
        return Measures(empty_rows(), tuple(doubts))
    geography = profile.slug if profile.is_police_area else profile.kommunkoder[0]
    made = measure_rows(pd.DataFrame(records), "survey_share", role="own", geography=geography, is_published=False)
    return Measures(joined([made]), tuple(doubts))


def _share(rows: pd.DataFrame) -> dict[str, float]:
    weight = rows["weight"].fillna(rows["weight"].mean()).fillna(1.0)
    used = rows[weight.gt(0)]
    if used.empty:
        used, weight = rows, pd.Series(1.0, index=rows.index)
    mean = survey.design_mean(used["yes"], weight[used.index], used["stratum"].fillna("").astype("str"))
    lower, upper = survey.design_limits(mean)
    return {
        "value": mean.share,
        "lower": lower,
        "upper": upper,
        "numerator": float(used["yes"].sum()),
        "denominator": float(len(used)),
        "n_effective": min(mean.n_effective, float(len(used))),
    }


def _unreadable(item: str, year: str, n: int, n_all: int, is_used: bool) -> Doubt:
    action = "De räknas som uteblivna svar." if is_used else "Frågan används inte det året."
    what = f'{swedish.plural(n, "svar", "svar")} av {swedish.number(n_all)} på frågan "{item}" är inget känt svarsalternativ.'
    return Doubt("okant_svar", f"{WHERE} {year}", what, action, n_rows=n, share=n / n_all)
