"""The page after the cover: the summary that stands alone."""

from __future__ import annotations

from lagesbild import swedish
from lagesbild.report import facts
from lagesbild.report.content import findings, names
from lagesbild.report.document import Block, Heading, Text
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty, headline, reported, unknown

#: So many areas are told on page 1.
MOST = 3


def summary(lagesbild: Lagesbild) -> list[Block]:
    """What stands out, how sure, what is unknown; every sentence can be quoted alone."""
    blocks: list[Block] = [
        Heading(1, "Sammanfattning", new_page=True),
        Text(headline.purpose(lagesbild.profile.year), style="small"),
        Text(opening(lagesbild), style="finding"),
    ]
    blocks.append(Text(" ".join(background(lagesbild))))
    blocks += [Text(area_in_brief(lagesbild, line), lead=names.spoken(lagesbild.taxonomy, line)) for line in told(lagesbild)]
    tied = ties(lagesbild)
    disputed = [said for line in lagesbild.ranking.table["problem_area"] for said in findings.disagreements(lagesbild, line)]
    if tied or disputed:
        blocks.append(Text(" ".join([*tied, *disputed[:2]]), lead="Ordningen"))
    blocks.append(Text(" ".join(not_known(lagesbild)), lead="Det här vet vi inte"))
    blocks.append(Text(f"{certainty.INTERVAL_EXPLAINED} {headline.CLOSING}", lead="Så läses siffrorna"))
    return blocks


def opening(lagesbild: Lagesbild) -> str:
    """The finding in one sentence."""
    table, profile = lagesbild.ranking.table, lagesbild.profile
    if table.empty:
        return headline.nothing_ranked(lagesbild.place, profile.year)
    tiers = {
        tier: [names.spoken(lagesbild.taxonomy, line) for line in table.loc[table["tier"].eq(tier), "problem_area"]]
        for tier in ("prioritera", "överväg")
    }
    return headline.finding(lagesbild.place, profile.year, tiers["prioritera"], tiers["överväg"])


def told(lagesbild: Lagesbild) -> list[str]:
    """The lines told on page 1 and at the front of the area pages: the first tier, else the first three."""
    table = lagesbild.ranking.table
    first = list(table.loc[table["tier"].eq("prioritera"), "problem_area"])
    return (first or list(table["problem_area"]))[:MOST]


def background(lagesbild: Lagesbild) -> list[str]:
    """All reported offences, and what the ranking rests on."""
    profile, taxonomy = lagesbild.profile, lagesbild.taxonomy
    own = facts.latest(lagesbild.figures(facts.REPORTED, "reported_rate", "totalt"), profile.year)
    sentences = []
    if own is not None and own.is_known:
        pooled = lagesbild.figures(facts.REPORTED, "reported_rate", "totalt", "peers")
        same = [figure for figure in pooled if figure.year == own.year and figure.is_known]
        sentences.append(
            reported.total(
                lagesbild.place,
                own.numerator,
                own.value,
                own.year,
                peers_rate=same[0].value if same else None,
                preliminary=own.is_preliminary,
            )
        )
        sentences += findings.peaks_in_total(lagesbild, own.year)
    sentences += findings.furthest_above(lagesbild)
    used = set(lagesbild.ranking.signals["source"])
    if used == {facts.REPORTED}:
        sentences.append(headline.reported_only(lagesbild.place))
    elif used:
        sentences.append(headline.sources_used(names.sources(taxonomy, used)))
    return sentences


def area_in_brief(lagesbild: Lagesbild, line: str) -> str:
    """The few sentences of one area on page 1."""
    crime = findings.reported_crime(lagesbild, line, brief=True)
    said = [
        *crime,
        *([reported.POLICE_EFFORT] if crime and lagesbild.taxonomy.is_police_initiated(line) else []),
        *findings.observations(lagesbild, line, brief=True),
        *findings.answers(lagesbild, line, most=1),
        certainty.top(
            names.spoken(lagesbild.taxonomy, line), facts.ranked(lagesbild.ranking, line).p_top, facts.top_k(lagesbild.ranking)
        ),
    ]
    return " ".join(said)


def ties(lagesbild: Lagesbild) -> list[str]:
    """Neighbours at the top of whom none can be told from another; each such run is a sentence."""
    ranking = lagesbild.ranking
    first = list(ranking.table["problem_area"])[: facts.top_k(ranking) + 1]
    runs = facts.tied_runs(ranking, first)
    return [certainty.inseparable([names.spoken(lagesbild.taxonomy, line) for line in run]) for run in runs]


def not_known(lagesbild: Lagesbild) -> list[str]:
    """What no source says, which sources are missing, and what is seldom seen."""
    taxonomy, gaps = lagesbild.taxonomy, lagesbild.ranking.gaps
    unmeasured = list(gaps.loc[gaps["kind"].eq("omatt"), "problem_area"])
    sentences = []
    if len(unmeasured) > 5:
        sentences.append(unknown.unmeasured_count(len(unmeasured)))
    elif unmeasured:
        sentences.append(unknown.unmeasured([names.inside(taxonomy, line) for line in unmeasured]))
    used = set(lagesbild.measures.own()["source"])
    missing = [name for name in ("est", "ntu", "trygghetsmatning", "medborgardialog", "medarbetardialog") if name not in used]
    if missing:
        sentences.append(unknown.missing_sources(names.sources(taxonomy, set(missing)), lagesbild.place))
    areas = taxonomy.areas
    hidden = areas.loc[areas["kind"].eq("area") & areas["visibility"].eq("hem") & areas["is_sensitive"], "problem_area"]
    sentences.append(unknown.rarely_seen([names.spoken(taxonomy, line) for line in hidden]))
    return sentences


def unmeasured_names(lagesbild: Lagesbild) -> str:
    """The areas without any source, as a list."""
    gaps = lagesbild.ranking.gaps
    lines = gaps.loc[gaps["kind"].eq("omatt"), "problem_area"]
    return swedish.listing([names.inside(lagesbild.taxonomy, line) for line in lines])
