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
from lagesbild.taxonomy.names import fold

WHERE = "enkätsvar"
#: Answers that count as "yes" (the problem is there), as "no", and as no answer. Brå counts "i stor utsträckning" as a problem,
#: "i viss utsträckning" not; unsafe are "ganska" and "mycket otrygg", and those who therefore stay in.
YES = (
    "ja", "1", "sant", "i stor utsträckning", "i mycket stor utsträckning", "i ganska stor utsträckning", "i hög utsträckning",
    "i mycket hög utsträckning", "ofta", "ganska ofta", "mycket ofta", "ganska/mycket ofta", "ganska otrygg", "mycket otrygg",
    "otrygg", "går aldrig ut", "går i stort sett aldrig ut", "ja, en gång", "ja, flera gånger", "en gång", "flera gånger",
)  # fmt: skip
NO = (
    "nej", "0", "falskt", "i viss utsträckning", "i viss mån", "i liten utsträckning", "i ganska liten utsträckning",
    "i mycket liten utsträckning", "i låg utsträckning", "inte alls", "sällan", "ganska sällan", "mycket sällan", "aldrig",
    "ibland", "ganska trygg", "mycket trygg", "trygg", "nej, aldrig", "nej, ingen gång",
)  # fmt: skip
NO_ANSWER = (
    "vet ej", "vet inte", "vill inte svara", "vill ej svara", "ej svar", "inget svar", "uppgift saknas", "ingen åsikt",
    "ingen uppfattning", "ej aktuellt", "inte aktuellt",
)  # fmt: skip
_MEANING = {
    **{fold(text): 1.0 for text in YES},
    **{fold(text): 0.0 for text in NO},
    **{fold(text): float("nan") for text in NO_ANSWER},
}
#: An item with a larger share of answers nobody can read is not used.
MOST_UNREADABLE = 0.1


def answers(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> Measures:
    """``survey_share`` rows of ``survey_answers`` per item and year, for all and for each group.

    value: weighted share of "yes"; limits logit-t on the linearised error with strata (weights 1 and one stratum where the
    columns are empty); numerator and denominator: unweighted answers, "yes" and all; n_effective = p(1 − p)/se², at most n.
    Answers such as "vet ej" are no answers. Texts that are none of the known answers are counted, never quoted.
    """
    listed = tables.survey_answers[tables.survey_answers["year"].le(profile.year)]
    if listed.empty:
        return Measures(empty_rows())
    known, doubts = matched(listed, taxonomy, WHERE)
    items = taxonomy.survey_items[["survey", "item", "scale", "higher_is"]].rename(columns={"survey": "source"})
    known = known.merge(items, on=["source", "item"], how="left", validate="many_to_one")
    known = known[known["scale"].eq("percent")]
    folded = known["answer"].map(fold)
    known = known.assign(is_readable=folded.isin(list(_MEANING)), yes=folded.map(_MEANING).astype("float64"))
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
    weight = rows["weight"].fillna(1.0)
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
