"""Every pledge of the register followed up with its own indicator."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lagesbild import swedish
from lagesbild.errors import Doubt
from lagesbild.measures.measure import Measures
from lagesbild.pledges.answers import follow_answers
from lagesbild.pledges.counted import Found, follow_counts
from lagesbild.pledges.indicator import Unresolved, resolve
from lagesbild.pledges.register import Pledge, contradictions, register
from lagesbild.pledges.result import DECREASED, INCREASED, NOT_JUDGED, NOT_SHOWN, FollowUp, FollowUps, Remark
from lagesbild.profile import Profile
from lagesbild.taxonomy import Taxonomy

#: What an indicator that cannot be followed up lacks, as a doubt tells it; and what to write instead.
_UNCLEAR = {
    "utan_indikator": "saknar indikator.",
    "okand_indikator": "har en indikator som inte går att knyta till något mått.",
    "flera_kallor": "har en indikator som kan gälla flera källor: {names}.",
    "flera_omraden": "har en indikator som nämner flera problemområden: {names}.",
    "flera_fragor": "har en indikator som kan gälla flera frågor: {names}.",
    "utan_uppgifter": "har en indikator som det inte finns några uppgifter om.",
    "bara_bredare": "har en indikator som bara finns i en bredare rad: {names}.",
}
_ACTION = (
    "Löftet redovisas utan före och efter. Skriv indikatorn med källa och mått, till exempel "
    "”Anmälda skadegörelsebrott per 100 000 invånare” eller ”Andel som ser öppen narkotikahandel som ett problem (NTU)”."
)


def follow_up(measures: Measures, pledges: pd.DataFrame, profile: Profile, taxonomy: Taxonomy) -> FollowUps:
    """Each pledge of the table ``pledges`` with its outcome, in the order of their numbers (methods §9).

    measures: after disclosure; nothing that may not be shown is read. An indicator that means no measure, or more than one, is
    a doubt and "kan inte bedömas".
    """
    found = tuple(_one(pledge, measures, profile, taxonomy) for pledge in register(pledges))
    doubts = [_doubt(one, one.indicator, taxonomy) for one in found if isinstance(one.indicator, Unresolved)]
    doubts += [_contradiction(*pair) for pair in contradictions(pledges)]
    return FollowUps(found, tuple(doubts))


def _one(pledge: Pledge, measures: Measures, profile: Profile, taxonomy: Taxonomy) -> FollowUp:
    meant = resolve(pledge, measures.own(), taxonomy)
    if isinstance(meant, Unresolved):
        return FollowUp(pledge, NOT_JUDGED, meant, (Remark(meant.kind, meant.names),))
    if meant.item:
        found = follow_answers(pledge, meant, measures.rows, taxonomy, profile)
    else:
        found = follow_counts(pledge, meant, measures.rows, taxonomy, profile.year)
    made = FollowUp(
        pledge, NOT_JUDGED, meant, found.reasons, found.reservations, found.before, found.after, found.own, found.compared,
        found.expected,
    )  # fmt: skip
    return replace(made, outcome=_outcome(made, found))


def _outcome(made: FollowUp, found: Found) -> str:
    verdict = made.verdict
    if found.reasons or verdict is None:
        return NOT_JUDGED
    return {-1: DECREASED, 0: NOT_SHOWN, 1: INCREASED}[verdict.side]


def _doubt(one: FollowUp, unclear: Unresolved, taxonomy: Taxonomy) -> Doubt:
    listed = swedish.listing([name_of(name, taxonomy) for name in unclear.names], "eller")
    where = f"tabellen pledges, löftet {one.pledge.pledge_id}"
    return Doubt("oklar_indikator", where, f"löftet {_UNCLEAR[unclear.kind].format(names=listed)}", _ACTION)


def _contradiction(pledge_id: str, columns: tuple[str, ...]) -> Doubt:
    where = f"tabellen pledges, löftet {pledge_id}"
    what = f"raderna säger olika i {'kolumnen' if len(columns) == 1 else 'kolumnerna'} {swedish.listing(list(columns))}."
    return Doubt(
        "loftet_sager_emot_sig", where, what, "Den första radens uppgift används. Skriv samma sak på alla löftets rader."
    )


def name_of(name: str, taxonomy: Taxonomy) -> str:
    """What a source, a line or a survey question is called; the question as it is asked."""
    if name in set(taxonomy.sources["source"]):
        return taxonomy.name_of_source(name)
    return taxonomy.name(name) if name in taxonomy.line_ids else name
