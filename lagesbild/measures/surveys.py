"""Published survey results: shares with their effective base and limits, and the police's problem index as an index."""

from __future__ import annotations

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures import survey
from lagesbild.measures.frame import empty_rows, joined, measure_rows
from lagesbild.measures.geography import with_roles
from lagesbild.measures.measure import Measures
from lagesbild.profile import Profile
from lagesbild.tables import Tables
from lagesbild.taxonomy import Taxonomy
from lagesbild.taxonomy.names import fold
from lagesbild.taxonomy.peer_groups import chosen_group

KINDS = ("survey", "business")
_EVERYONE = {"alla", "samtliga", "totalt", "total", "bada konen"}
#: So many unknown questions are named, the others counted.
_SHOWN = 5
_ROW = ["source", "item", "group", "geography_level", "geography", "year"]


def surveys(tables: Tables, profile: Profile, taxonomy: Taxonomy) -> Measures:
    """``survey_share`` and ``survey_index`` rows of ``survey_results``, every item the taxonomy knows.

    value, lower, upper: shares 0-1, or the index as it is. n_effective: from published limits (at most n, because limits are
    printed rounded), else n/1.4. lower, upper: the published ones, else the logit interval on n_effective. numerator: value·n.
    Values without any base keep their value, without limits.
    """
    listed = tables.survey_results[tables.survey_results["year"].le(profile.year)]
    if listed.empty:
        return Measures(empty_rows())
    known, doubts = matched(listed, taxonomy, "enkätresultat")
    there = known[known["value"].notna()]
    group = chosen_group(profile, tables.peers, taxonomy)  # neighbours are found for offences, not for answers
    placed = with_roles(there, profile, () if group is None else group.members, taxonomy)
    doubts += [*_missing(known), *_elsewhere(placed, profile)]
    ours = placed[placed["role"].ne("")].sort_values([*_ROW, "text"], kind="stable")
    is_repeated = ours.duplicated(_ROW)
    doubts += _repeated(ours[is_repeated])
    rows = _figures(ours[~is_repeated])
    doubts += _without_base(rows)
    shares, indexes = rows[rows["scale"].eq("percent")], rows[rows["scale"].ne("percent")]
    parts = [measure_rows(shares, "survey_share", is_published=True), measure_rows(indexes, "survey_index", is_published=True)]
    return Measures(joined(parts), tuple(doubts))


def matched(listed: pd.DataFrame, taxonomy: Taxonomy, where: str) -> tuple[pd.DataFrame, list[Doubt]]:
    """The rows whose survey and item the taxonomy knows, with source, item, problem_area and text (the item as written).

    Unknown surveys and items are doubts. Group "Samtliga" and the like become "alla".
    """
    sources = {name: _source(str(name), taxonomy) for name in listed["survey"].unique()}
    rows = listed.assign(
        source=listed["survey"].map(sources).astype("str"),
        text=listed["item"].str.strip(),
        group=_groups(listed["group"]),
    )
    is_known = rows["source"].ne("")
    doubts = [
        _unknown("okand_enkat", where, f'Enkäten "{name}"', part)
        for name, part in rows[~is_known].groupby("survey", observed=True)
    ]
    rows = rows[is_known]
    pairs = rows[["source", "text"]].drop_duplicates()
    items = {
        (source, text): taxonomy.match_item(source, text) or "" for source, text in pairs.itertuples(index=False, name=None)
    }
    rows = rows.assign(
        item=pd.Series([items[pair] for pair in zip(rows["source"], rows["text"], strict=True)], rows.index, "str")
    )
    is_known = rows["item"].ne("")
    doubts += [
        _unknown_items(where, taxonomy.name_of_source(str(source)), part)
        for source, part in rows[~is_known].groupby("source", observed=True)
    ]
    areas = taxonomy.survey_items[["survey", "item", "problem_area"]].rename(columns={"survey": "source"})
    return rows[is_known].merge(areas, on=["source", "item"], how="left", validate="many_to_one"), doubts


def _source(name: str, taxonomy: Taxonomy) -> str:
    """The source id of a survey's name; "" for an unknown one or one of another kind."""
    found = taxonomy.match_source(name)
    return found if found is not None and taxonomy.kind_of_source(found) in KINDS else ""


def _groups(groups: pd.Series) -> pd.Series:
    lowered = groups.fillna("alla").str.strip().str.lower()
    return lowered.mask(lowered.map(fold).isin(_EVERYONE), "alla").astype("str")


def _figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Value, limits, base and direction of every row."""
    is_share = rows["scale"].eq("percent")
    scale = is_share.map({True: 100.0, False: 1.0})
    value: pd.Series = rows["value"] / scale
    lower: pd.Series = rows["lower"] / scale
    upper: pd.Series = rows["upper"] / scale
    n = rows["n"].astype("float64").where(rows["n"].gt(0).fillna(False).astype("bool"))
    published = pd.Series(survey.n_effective_from_limits(value, lower, upper), index=rows.index)
    at_most_n = published.mask(published.gt(n), n)  # limits are printed rounded; without n they stand as they are
    n_effective = at_most_n.where(is_share & at_most_n.gt(0), n / survey.DEFAULT_DEFF)
    low, high = survey.logit_limits(value.where(is_share), n_effective)
    is_given = lower.notna() & upper.notna()
    return rows.assign(
        value=value,
        lower=lower.where(is_given, low),
        upper=upper.where(is_given, high),
        numerator=(value * n).where(is_share),
        denominator=n,
        n_effective=n_effective,
        is_higher_worse=rows["higher_is"].eq("worse"),
    )


def _unknown(kind: str, where: str, what: str, part: pd.DataFrame) -> Doubt:
    action = "Värdena används inte. Kontrollera stavningen."
    return Doubt(kind, where, f"{what} är okänd ({swedish.plural(len(part), 'rad', 'rader')}).", action, n_rows=len(part))


def _unknown_items(where: str, source: str, part: pd.DataFrame) -> Doubt:
    """One doubt for all the questions of a survey that the taxonomy does not know: the police ask about forty."""
    texts = sorted(part["text"].unique())
    if len(texts) == 1:
        return _unknown("okand_fraga", f"{where}, {source}", f'Frågan "{texts[0]}"', part)
    more = [f"{len(texts) - _SHOWN} till"] if len(texts) > _SHOWN else []
    named = swedish.listing([*(f'"{text}"' for text in texts[:_SHOWN]), *more])
    what = f"{len(texts)} frågor är okända ({swedish.plural(len(part), 'rad', 'rader')}): {named}."
    action = "Värdena används inte. Kontrollera stavningen."
    return Doubt("okand_fraga", f"{where}, {source}", what, action, n_rows=len(part))


def _missing(rows: pd.DataFrame) -> list[Doubt]:
    absent = rows[rows["value"].isna()]
    if absent.empty:
        return []
    what = f"{swedish.plural(len(absent), 'värde', 'värden')} visas inte i källan, oftast för att de svarande är för få."
    return [Doubt("varde_saknas", "enkätresultat", what, "De lämnas tomma och ersätts inte.", n_rows=len(absent))]


def _elsewhere(placed: pd.DataFrame, profile: Profile) -> list[Doubt]:
    is_part = placed["geography_level"].eq("kommun") & placed["geography"].isin(profile.kommunkoder) & placed["role"].ne("own")
    doubts = []
    n_parts = int(is_part.sum())
    if n_parts:
        what = f"{swedish.plural(n_parts, 'värde', 'värden')} gäller enskilda kommuner i polisområdet."
        action = "De används inte, för andelar ur flera undersökningar går inte att lägga ihop till ett område."
        doubts.append(Doubt("enkat_per_kommun", "enkätresultat", what, action, n_rows=n_parts))
    n_others = int((placed["role"].eq("") & ~is_part).sum())
    if n_others:
        what = f"{swedish.plural(n_others, 'värde', 'värden')} gäller kommuner utanför jämförelsegruppen."
        doubts.append(Doubt("annan_kommun", "enkätresultat", what, "De används inte.", n_rows=n_others))
    return doubts


def _repeated(rows: pd.DataFrame) -> list[Doubt]:
    return [
        Doubt(
            "dubbel_fraga",
            "enkätresultat",
            f'Frågan "{item}" finns flera gånger för samma grupp, område och år.',
            "Den första i bokstavsordning används.",
            n_rows=len(part),
        )
        for item, part in rows.groupby("item", observed=True)
    ]


def _without_base(rows: pd.DataFrame) -> list[Doubt]:
    bare = rows[rows["role"].eq("own") & rows["lower"].isna()]
    if bare.empty:
        return []
    what = f"{swedish.plural(len(bare), 'värde', 'värden')} saknar både antal svarande och osäkerhetsintervall."
    return [Doubt("bas_saknas", "enkätresultat", what, "De visas utan intervall.", n_rows=len(bare))]
