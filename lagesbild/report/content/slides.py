"""The slides for the meeting: ten, of which one is left out only where it would be empty."""

from __future__ import annotations

from dataclasses import replace

import lagesbild as package
from lagesbild import swedish
from lagesbild.charts.chart import Chart
from lagesbild.charts.order import rangordning
from lagesbild.charts.wording import chance
from lagesbild.report import facts
from lagesbild.report.content import area, findings, names, sources, summary
from lagesbild.report.content.agenda import disputed, order
from lagesbild.report.content.pictures import named
from lagesbild.report.document import Table, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import agenda as asked
from lagesbild.report.narrative import certainty, headline, unknown
from lagesbild.report.narrative import slides as said
from lagesbild.report.narrative.certainty import lower_first
from lagesbild.report.slides.deck import Deck, Slide

#: So many areas get a slide each.
MOST = 3
#: So many rows of the ranking can be read from the back of a room.
SHOWN = 8
TIERS = ("prioritera", "överväg", "bevaka")


def slides(lagesbild: Lagesbild) -> Deck:
    """Cover, finding, ranking, the three highest areas, sources, what is not known, the decision, how it was made.

    A slide without anything below its title is left out: an area's where fewer than three are ranked, the sources' where there
    is neither chart nor disagreement.
    """
    table = lagesbild.ranking.table
    inner = (
        _finding(lagesbild),
        _ranking(lagesbild),
        *(_area(lagesbild, line) for line in list(table["problem_area"])[:MOST]),
        _sources(lagesbild),
        Slide(said.UNKNOWN, points=tuple(_not_known(lagesbild))),
        _decision(lagesbild),
        _method(lagesbild),
    )
    warned = (said.MADE_UP,) if lagesbild.label else ()
    cover = Slide(lagesbild.title, points=(headline.purpose(lagesbild.profile.year), headline.CLOSING, *warned))
    kept = (cover, *(slide for slide in inner if not slide.is_empty))
    return Deck(lagesbild.title, lagesbild.title, lagesbild.label, lagesbild.profile.year, kept)


def _finding(lagesbild: Lagesbild) -> Slide:
    """What stands out, and which areas each tier holds."""
    table = lagesbild.ranking.table
    rows = []
    for tier in TIERS:
        held = [names.spoken(lagesbild.taxonomy, line) for line in table.loc[table["tier"].eq(tier), "problem_area"]]
        if held:
            rows.append((swedish.capital(tier), ", ".join(held), said.meaning(tier, _largest(lagesbild))))
    background = summary.background(lagesbild)
    heads = columns("Nivå", "Problemområden", "Vad det betyder", widths=(0, 2, 1.2))
    return Slide(
        said.first_sentence(summary.opening(lagesbild)).removesuffix("."),
        points=tuple(background[-1:]),
        table=Table("Problemområdena efter nivå", heads, tuple(rows)),
        notes=(*background[:-1], headline.CLOSING),
    )


def _ranking(lagesbild: Lagesbild) -> Slide:
    """The chart, and who cannot be told apart."""
    chart, rest = _highest(lagesbild)
    told = order(lagesbild)
    first = names.spoken(lagesbild.taxonomy, str(lagesbild.ranking.table["problem_area"].iloc[0]))
    is_tied = bool(summary.ties(lagesbild))
    return Slide(
        told[0].removesuffix(".") if is_tied else said.told_apart(first),
        points=(*told[1 if is_tied else 0 :], certainty.INTERVAL_EXPLAINED, *rest),
        picture=chart,
        source=chart.caption if chart else "",
        notes=(chart.subtitle,) if chart else (),
    )


def _highest(lagesbild: Lagesbild) -> tuple[Chart | None, tuple[str, ...]]:
    """The chart of the ranking, and which places it shows: of a long list the highest, so that it can be read in a room."""
    chart = next(iter(named(lagesbild, "rangordning")), None)
    ranking = lagesbild.ranking
    table = ranking.table
    shown = max(SHOWN, int(table["tier"].isin(area.UPPER).to_numpy().nonzero()[0].max(initial=0)) + 1)
    if chart is None or len(table) <= shown + 2:
        return chart, ()
    part = rangordning(replace(ranking, table=table.head(shown)), lagesbild.profile, lagesbild.taxonomy)
    return replace(part, name="rangordning-topp"), (said.part_shown(shown, len(table)),)


def _area(lagesbild: Lagesbild, line: str) -> Slide:
    """One of the highest areas: what the sources say, how sure its place is, and the reported offences over time."""
    taxonomy, row = lagesbild.taxonomy, facts.ranked(lagesbild.ranking, line)
    chart = next(iter(named(lagesbild, f"anmalda-{line.replace('_', '-')}")), None)
    ranked = len(lagesbild.ranking.table)
    place = certainty.score(row.score, row.score_lower, row.score_upper, row.rank, row.rank_lower, row.rank_upper, ranked)
    crime, answers = findings.reported_crime(lagesbild, line, brief=True), findings.answers(lagesbild, line, most=1)
    points = (
        certainty.top(names.spoken(taxonomy, line), row.p_top, facts.top_k(lagesbild.ranking)),
        *findings.observations(lagesbild, line, brief=True),
        *(said.first_sentence(answer) for answer in answers),
        *crime[-2:],
        *findings.disagreements(lagesbild, line),
    )
    return Slide(
        chart.title if chart else said.place(names.spoken(taxonomy, line), row.rank, ranked),
        points=points,
        picture=chart,
        source=chart.caption if chart else "",
        notes=(
            place,
            *crime[:-2],
            *answers,
            *findings.reservations(lagesbild, line),
            *findings.dialogues(lagesbild, line),
            *area.not_known(lagesbild, line),
        ),
    )


def _sources(lagesbild: Lagesbild) -> Slide:
    """What each source says of each area, and where they disagree."""
    chart = next(iter(named(lagesbild, "kallprofil")), None)
    agreement = [text for block in sources.agreement(lagesbild) for text in getattr(block, "text", "").split("\n")]
    title = chart.title if chart else said.AGREE if lagesbild.ranking.signals["source"].nunique() > 1 else said.ALONE
    return Slide(
        title,
        points=(*disputed(lagesbild, 2), *agreement[1:]),
        picture=chart,
        source=chart.caption if chart else "",
        notes=(chart.subtitle,) if chart else (),
    )


def _not_known(lagesbild: Lagesbild) -> list[str]:
    """What no source says, and what is missing for the highest areas."""
    used = set(lagesbild.ranking.signals["source"])
    highest = [
        f"{names.spoken(lagesbild.taxonomy, line)}: {lower_first(detail)}"
        for line in list(lagesbild.ranking.table["problem_area"])[:MOST]
        for detail in area.not_known(lagesbild, line)[:1]
        if detail != unknown.LOW_IS_NOT_SMALL and len(used) > 1
    ]
    blind = [
        f"{names.source(lagesbild.taxonomy, row.source)}: {said.first_sentence(lower_first(row.weaknesses))}"
        for row in each(lagesbild.taxonomy.sources)
        if row.source in used
    ]
    return [*summary.not_known(lagesbild), *highest, *blind]


def _decision(lagesbild: Lagesbild) -> Slide:
    """The areas that the figures speak for or that may be considered, with what can be decided of each."""
    top = area.with_page(lagesbild)
    rows = []
    for line in top:
        row = facts.ranked(lagesbild.ranking, line)
        where = f"{row.rank} ({swedish.years(int(row.rank_lower), int(row.rank_upper))})"
        name = names.spoken(lagesbild.taxonomy, line)
        rows.append((name, where, chance(row.p_top), swedish.capital(asked.proposal(row.tier)), *[asked.BOX] * 3))
    heads = columns(
        "Område", "Plats", f"Bland {_largest(lagesbild)}", "Underlaget", *asked.CHOICES, right=(2,),
        widths=(1, 0, 0, 0, 0, 0, 0),
    )  # fmt: skip
    return Slide(
        said.DECISION, points=asked.ASKED[1:], table=Table("Beslut för varje område", heads, tuple(rows)), notes=asked.ASKED
    )


def _method(lagesbild: Lagesbild) -> Slide:
    """How the ranking is made, and what each source gave."""
    taxonomy, settings = lagesbild.taxonomy, lagesbild.ranking.settings
    rows = tuple(
        (names.source(taxonomy, row.source), given)
        for row in each(taxonomy.sources)
        if (given := sources.given(lagesbild, row.source)) != "saknas"
    )
    heads = columns("Källa", "Uppgifter i lägesbilden", widths=(1, 1))
    return Slide(
        said.METHOD,
        points=(*said.MADE, said.calculated(int(str(settings["draws"])), _largest(lagesbild))),
        table=Table("Källorna", heads, rows),
        notes=(said.made_with(package.__version__, int(str(settings["seed"]))), asked.WHERE_MORE),
    )


def _largest(lagesbild: Lagesbild) -> str:
    k = facts.top_k(lagesbild.ranking)
    return "det största" if k == 1 else f"de {swedish.count_word(k)} största"
