"""The chapters of single problem areas: a spread of two facing pages where there is much to tell, else one page."""

from __future__ import annotations

from dataclasses import replace

from lagesbild import swedish
from lagesbild.charts.wording import chance
from lagesbild.report import facts
from lagesbild.report.content import answers, comparison, findings, names
from lagesbild.report.content.development import developed
from lagesbild.report.content.order import certainty_of
from lagesbild.report.content.pictures import named, picture
from lagesbild.report.content.place_time import where_and_when
from lagesbild.report.document import Block, Figures, Fitted, Heading, PageBreak, Picture, Points, Table, Text, columns
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import unknown
from lagesbild.report.narrative.certainty import lower_first

#: The tiers that get a chapter each; where none is there, the first three do.
UPPER = ("prioritera", "överväg")
#: Pages for all areas together, and lines that get any: the report is to hold 32 pages.
PAGES, MOST = 6, 6
KINDS = {"reported": "anmälda brott", "est": "EST", "survey": "enkäter", "business": "företagsenkät", "dialogue": "dialoger"}
#: The share of the column in which a chart has the size it was drawn for.
DRAWN = 0.947
#: Kinds of sources besides reported offences that make a spread of an area.
_FULL = {"est", "dialogue"}


def with_page(lagesbild: Lagesbild) -> list[str]:
    """The lines that get a chapter of their own, in order."""
    table = lagesbild.ranking.table
    upper = list(table.loc[table["tier"].isin(UPPER), "problem_area"])
    return (upper or list(table["problem_area"])[:3])[:MOST]


def with_spread(lagesbild: Lagesbild) -> list[str]:
    """Those of them that get two pages: the first ones with much to tell, while all fit in the pages there are."""
    lines = with_page(lagesbild)
    rich = [line for line in lines if _kinds(lagesbild, line) & _FULL]
    return rich[: max(0, PAGES - len(lines))]


def pages(lagesbild: Lagesbild) -> list[Block]:
    """The area chapters, in order; the spreads are first, so that each begins on a left-hand page."""
    blocks: list[Block] = []
    for line in with_page(lagesbild):
        blocks += page(lagesbild, line)
    return blocks


def page(lagesbild: Lagesbild, line: str) -> list[Block]:
    """The chapter of one ranked line."""
    return spread(lagesbild, line) if line in with_spread(lagesbild) else single(lagesbild, line)


def spread(lagesbild: Lagesbild, line: str) -> list[Block]:
    """Left: what is reported and where the area stands. Right: what is seen and felt, where and when, and what is unknown."""
    left = [*_crime(lagesbild, line, with_position=True), *_trend(lagesbild, line)]
    chart = picture(named(lagesbild, f"anmalda-{line.replace('_', '-')}"))
    stairs = picture(named(lagesbild, f"trappa-{line.replace('_', '-')}"))
    sure = _sure(lagesbild, line)
    references = _references(lagesbild, line)
    seen, asked = _seen(lagesbild, line), _asked(lagesbild, line)
    sexes = answers.women_and_men(lagesbild, line, "Kvinnor och män")
    last = [*_unknown(lagesbild, line), *criticism(lagesbild, line)]
    where = where_and_when(lagesbild, line)
    charts = [replace(block, width=DRAWN) for block in where if isinstance(block, Picture)]
    hours = charts[-1:]
    in_words = [block for block in where if not isinstance(block, Picture)]
    notes = in_words[-1:]
    left_page = Fitted(
        (
            (*left, *chart, *references, *sure),
            (*left, *chart, *sure),
            (*_crime(lagesbild, line, with_position=False), *chart, *sure),
        )
    )
    right_page = Fitted(
        (
            (*stairs, *seen, *asked, *sexes, *where, *last),
            (*seen, *asked, *sexes, *where, *last),
            (*seen, *_asked(lagesbild, line, most=1), *sexes, *where, *last),
            (*seen, *(sexes or asked), *where, *last),
            (*seen, *(sexes or asked), *charts, *notes, *last),
            (*seen, *([replace(sexes[0], title="")] if sexes else asked), *charts, *notes, *last),
            (*seen, *asked, *sexes, *in_words[:-1], *hours, *notes, *last),
            (*seen, *asked, *sexes, *in_words, *last),
            (*seen, *asked, *in_words, *last),
        )
    )
    whole = (*left, *chart, *sure, *seen, *asked, *sexes, *where, *last)  # what fits on one page gets no second
    return [*_head(lagesbild, line), Fitted((whole, (left_page, PageBreak(), right_page)))]


def single(lagesbild: Lagesbild, line: str) -> list[Block]:
    """One page: what each source says, how sure the order is, the chart, and what is not known."""
    told = [
        *_crime(lagesbild, line, with_position=True),
        *_seen(lagesbild, line),
        *_asked(lagesbild, line),
        *_trend(lagesbild, line),
        *_sure(lagesbild, line),
    ]
    shorter = [
        *_crime(lagesbild, line, with_position=False),
        *_seen(lagesbild, line),
        *_asked(lagesbild, line, most=1),
        *_sure(lagesbild, line),
    ]
    chart = picture(named(lagesbild, f"anmalda-{line.replace('_', '-')}"))
    last = [*_unknown(lagesbild, line), *criticism(lagesbild, line)]
    references, compared = _references(lagesbild, line), answers.compared(lagesbild, line)
    where = [block for block in where_and_when(lagesbild, line) if not isinstance(block, Picture)]
    return [
        *_head(lagesbild, line),
        Fitted(
            (
                (*told, *compared, *chart, *references, *where, *last),
                (*told, *compared, *chart, *where, *last),
                (*told, *chart, *references, *where, *last),
                (*told, *chart, *where, *last),
                (*shorter, *chart, *where, *last),
                (*shorter, *chart, *last),
            )
        ),
    ]


def _head(lagesbild: Lagesbild, line: str) -> list[Block]:
    """Name, definition and key figures."""
    row, ranked = facts.ranked(lagesbild.ranking, line), len(lagesbild.ranking.table)
    keys = [
        (f"{row.rank} av {ranked}", f"plats, intervall {swedish.years(int(row.rank_lower), int(row.rank_upper))}"),
        (
            swedish.number(row.score),
            f"poäng av 100, intervall {swedish.interval(round(row.score_lower), round(row.score_upper))}",
        ),
        (chance(row.p_top), f"sannolikhet att höra till de {swedish.count_word(facts.top_k(lagesbild.ranking))} största"),
        (swedish.capital(row.tier), f"nivå; underlag: {row.evidence}"),
    ]
    return [
        Heading(1, lagesbild.taxonomy.name(line), new_page=True),
        Text(lagesbild.taxonomy.definition(line)),
        Figures(tuple(keys)),
    ]


def _said(lead: str, sentences: list[str]) -> list[Block]:
    return [Text(" ".join(sentences), lead=lead)] if sentences else []


def _crime(lagesbild: Lagesbild, line: str, *, with_position: bool) -> list[Block]:
    crime = findings.reported_crime(lagesbild, line)
    place = comparison.position(lagesbild, line) if with_position else []
    return [
        *_said("Anmälda brott", [*crime, *findings.reservations(lagesbild, line)]),
        *_said("Bland kommunerna", place),
    ]


def _seen(lagesbild: Lagesbild, line: str) -> list[Block]:
    return [
        *_said("EST", findings.observations(lagesbild, line)),
        *_said("Dialoger", findings.dialogues(lagesbild, line)),
    ]


def _asked(lagesbild: Lagesbild, line: str, most: int = findings.ITEMS) -> list[Block]:
    return _said("Enkäter", findings.answers(lagesbild, line, most=most))


def _trend(lagesbild: Lagesbild, line: str) -> list[Block]:
    return _said("Utvecklingen", developed(lagesbild, line))


def _sure(lagesbild: Lagesbild, line: str) -> list[Block]:
    return _said("Hur sannolikt", [*certainty_of(lagesbild, line), *findings.disagreements(lagesbild, line)])


def _unknown(lagesbild: Lagesbild, line: str) -> list[Block]:
    return _said("Det här vet vi inte", not_known(lagesbild, line))


def _references(lagesbild: Lagesbild, line: str) -> list[Block]:
    """Reported offences of the last year: own, the group, län and riket where delivered."""
    year = lagesbild.profile.year
    own = facts.latest(lagesbild.figures(facts.REPORTED, "reported_rate", line), year)
    if own is None or not own.is_known:
        return []
    rows = [
        (
            swedish.capital(lagesbild.place),
            swedish.number(own.numerator),
            f"{swedish.number(own.value)} ({swedish.interval(own.lower, own.upper)})",
        )
    ]
    pooled = [figure for figure in lagesbild.figures(facts.REPORTED, "reported_rate", line, "peers") if figure.year == own.year]
    rows += [
        ("Jämförbara kommuner", swedish.number(one.numerator), swedish.number(one.value)) for one in pooled if one.is_known
    ]
    wider = lagesbild.elsewhere
    rows += [
        ("Riket" if one.level == "riket" else one.geography, swedish.number(one.count), swedish.number(one.rate))
        for one in facts.each(wider[wider["line"].eq(line) & wider["year"].eq(own.year)])
    ]
    heads = columns(
        f"Anmälda brott {own.year}", "Antal", f"Per {swedish.number(100_000)} invånare", right=(1, 2), widths=(2, 1, 1.6)
    )
    return [Table("", heads, tuple(rows), dense=True)]


def not_known(lagesbild: Lagesbild, line: str) -> list[str]:
    """The gaps of one line, and the breaks in its series."""
    gaps, taxonomy, year = lagesbild.ranking.gaps, lagesbild.taxonomy, lagesbild.profile.year
    told = _told(lagesbild, line)
    rows = gaps[gaps["problem_area"].eq(line)].drop_duplicates("detail")
    kinds = dict(zip(rows["detail"], rows["kind"], strict=True))
    said = [
        detail.split(": ", 1)[-1] if kind == "kriterium" else detail
        for detail, kind in kinds.items()
        if not detail.startswith(told)
    ]
    said += _silent(lagesbild, line)
    breaks = taxonomy.breaks_of(line)
    recent = breaks[breaks["year"].between(year - 3, year)]  # of five years, the first one's break is not crossed
    said += [unknown.broken_series(int(row.year), row.text) for row in each(recent)]
    if taxonomy.is_sensitive(line):
        said.append(unknown.LOW_IS_NOT_SMALL)
    return [text if text.endswith(".") else f"{text}." for text in said]


def _told(lagesbild: Lagesbild, line: str) -> tuple[str, ...]:
    """The criteria whose absence the line's reservations have explained already."""
    combined = ("Omfattning:",) if lagesbild.taxonomy.is_combined(line) else ()
    return (*combined, "Utveckling:") if lagesbild.taxonomy.is_police_initiated(line) else combined


def _kinds(lagesbild: Lagesbild, line: str) -> set[str]:
    """The kinds of sources that say something of the line."""
    signals = lagesbild.ranking.signals
    return {lagesbild.taxonomy.kind_of_source(source) for source in signals.loc[signals["problem_area"].eq(line), "source"]}


def _silent(lagesbild: Lagesbild, line: str) -> list[str]:
    """Which kinds of sources could say something of the line but do not."""
    taxonomy = lagesbild.taxonomy
    able = set(taxonomy.bias.loc[taxonomy.bias["problem_area"].isin([line, *taxonomy.covers(line)]), "kind"])
    kinds = [spoken for kind, spoken in KINDS.items() if kind in able - _kinds(lagesbild, line)]
    return [unknown.silent(kinds)] if kinds else []


def criticism(lagesbild: Lagesbild, line: str) -> list[Block]:
    """Which sources were used and how each can mislead here."""
    taxonomy = lagesbild.taxonomy
    used = set(lagesbild.ranking.signals.loc[lagesbild.ranking.signals["problem_area"].eq(line), "source"])
    same: dict[str, list[str]] = {}  # what holds for several sources alike is said once
    reasons = dict(
        zip(zip(taxonomy.bias["problem_area"], taxonomy.bias["kind"], strict=True), taxonomy.bias["reason"], strict=True)
    )
    for row in each(taxonomy.sources):
        if row.source in used:
            same.setdefault(reasons.get((line, row.kind), row.weaknesses), []).append(names.source(taxonomy, row.source))
    said = tuple(f"{swedish.listing([told[0], *map(lower_first, told[1:])])}: {reason}" for reason, told in same.items())
    return [Heading(2, "Källkritik"), Points(said, compact=True)] if said else []
