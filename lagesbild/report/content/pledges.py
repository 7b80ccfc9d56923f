"""The last pledges: what was promised and done, and the indicator before and after, never what led to what."""

from __future__ import annotations

import math

from lagesbild import swedish
from lagesbild.pledges.followup import name_of
from lagesbild.pledges.indicator import Indicator
from lagesbild.pledges.result import DECREASED, Compared, FollowUp, Level, Remark
from lagesbild.report.content import names
from lagesbild.report.content.pictures import named, picture
from lagesbild.report.document import Block, Heading, Table, Text, columns
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import pledges as said
from lagesbild.report.narrative.certainty import lower_first
from lagesbild.taxonomy.taxonomy import Taxonomy


def pledges(lagesbild: Lagesbild) -> list[Block]:
    """The chapter: a chart of every change, then a block per pledge; one sentence where no register was delivered."""
    followed = lagesbild.pledges.found
    if not followed:
        return [Heading(1, "Tidigare löften"), Text(said.not_delivered(lagesbild.place))]
    blocks: list[Block] = [Heading(1, "Tidigare löften", new_page=True), Text(f"{said.NOT_CAUSES} {said.FOUR_WORDS}")]
    blocks += picture(named(lagesbild, "loften"))
    for one in followed:
        blocks += _pledge(lagesbild, one)
    return blocks


def _pledge(lagesbild: Lagesbild, one: FollowUp) -> list[Block]:
    taxonomy, pledge = lagesbild.taxonomy, one.pledge
    is_against = one.compared is not None and one.compared.relative is not None
    area = area_name(taxonomy, pledge.problem_area)
    reasons = [said.why_not(remark.kind, spoken(taxonomy, remark), remark.years) for remark in one.reasons]
    reservations = [said.reservation(remark.kind, spoken(taxonomy, remark), remark.years) for remark in remarks(one)]
    blocks: list[Block] = [
        Heading(2, said.heading(area, one.outcome, is_against_others=is_against)),
        Text(said.promise(pledge.text, f"{pledge.start}", f"{pledge.end}"), style="close"),
    ]
    if pledge.activities:
        blocks.append(_activities(one))
    figures = before_and_after(lagesbild, one)
    blocks += [Text(" ".join(told), lead=lead, style="close") for lead, told in figures if told]
    if reasons:
        blocks.append(Text(" ".join(reasons), lead="Därför går det inte att bedöma.", style="close"))
    if reservations and figures:
        blocks.append(Text(" ".join(reservations), lead="Att tänka på.", style="close"))
    return blocks


def area_name(taxonomy: Taxonomy, line: str) -> str:
    """The area's short name; what the register says where the taxonomy does not know it."""
    return names.spoken(taxonomy, line) if line in taxonomy.line_ids else line


def _activities(one: FollowUp) -> Table:
    rows = tuple(
        (act.activity, act.responsible or "uppgift saknas", count(act.planned), count(act.done))
        for act in one.pledge.activities
    )
    heads = columns("Aktivitet", "Ansvarig", "Planerat", "Genomfört", right=(2, 3), widths=(3, 2, 0, 0))
    return Table("", heads, rows)


def count(value: int | None) -> str:
    """How many times, or that it is not known."""
    return "uppgift saknas" if value is None else swedish.number(value)


def before_and_after(lagesbild: Lagesbild, one: FollowUp) -> list[tuple[str, list[str]]]:
    """The sentences of the indicator under their leads: levels, the others', what was to be expected; [] without figures."""
    before, after, own, meant = one.before, one.after, one.own, one.indicator
    if before is None or after is None or own is None or not isinstance(meant, Indicator):
        return []
    first = (said.covered(before.years), figure(meant, before, is_first=False))
    told = [said.levels(what(lagesbild, meant), (said.covered(after.years), figure(meant, after)), first)]
    told.append(said.change(said.times(own.value, own.lower, own.upper)))
    return [
        ("Före och efter.", told),
        ("Jämfört med andra.", _against(one.compared)),
        ("Vad som var väntat.", _expected(one, after)),
    ]


def _against(others: Compared | None) -> list[str]:
    if others is None:
        return []
    theirs, relative = said.times(others.ratio.value, others.ratio.lower, others.ratio.upper), others.relative
    if relative is None:
        return [said.reference("riket" if others.who.casefold() == "riket" else others.who, theirs)]
    told = [said.against_kommuner(others.n, theirs, said.times(relative.value, relative.lower, relative.upper))]
    told.append(said.place_among(others.rank, others.n + 1))
    return told if others.fewer is None else [*told, said.fewer(*others.fewer)]


def _expected(one: FollowUp, after: Level) -> list[str]:
    expected = one.expected
    if expected is None:
        return []
    span = said.covered(after.years)
    told = [said.expected(expected.value, expected.lower, expected.upper, after.count, span)]
    return [*told, said.WAS_EXPECTED] if one.outcome == DECREASED and after.count >= expected.lower else told


def what(lagesbild: Lagesbild, meant: Indicator) -> str:
    """What the indicator measures, as it opens a sentence."""
    taxonomy = lagesbild.taxonomy
    area = names.inside(taxonomy, meant.line)
    if meant.item:
        return f"{names.source(taxonomy, meant.source)}, ”{meant.item}”"
    if meant.measure == "reported_rate":
        part = lagesbild.measures.parts.get(meant.line)
        return f"Anmälda brott, {part or area}"
    return f"EST, {area}"


def figure(meant: Indicator, level: Level, *, is_first: bool = True) -> str:
    """A level with its interval and its base; the unit where it stands first."""
    if meant.measure in ("survey_share", "est_share"):
        number, limits = _percent(level.value), _interval(100 * level.lower, 100 * level.upper, 0)
        unit = " av dem som svarat" if meant.item else " av observationerna"
    elif meant.measure == "survey_index":
        number, limits, unit = swedish.number(level.value, 1), _interval(level.lower, level.upper, 1), " (index 0–6)"
    elif meant.measure == "reported_rate":
        number, limits = swedish.number(level.value), _interval(level.lower, level.upper, 0)
        unit = " per 100\N{NO-BREAK SPACE}000 invånare och år"
    else:
        number, limits = swedish.number(level.value, 2), _interval(level.lower, level.upper, 2)
        unit = " per rapporterande organisation och vecka"
    base = _base(meant, level)
    inside = "; ".join(part for part in (limits, base) if part)
    return f"{number}{unit if is_first else ''}" + (f" ({inside})" if inside else "")


def _base(meant: Indicator, level: Level) -> str:
    if math.isnan(level.count):
        return ""
    words = ("anmälan", "anmälningar") if meant.measure == "reported_rate" else ("observation", "observationer")
    return swedish.plural(level.count, *words)


def _percent(share: float) -> str:
    return swedish.percent(share, words=True)


def _interval(lower: float, upper: float, decimals: int) -> str:
    return "" if math.isnan(lower) or math.isnan(upper) else swedish.interval(lower, upper, decimals)


def remarks(one: FollowUp) -> tuple[Remark, ...]:
    """The reservations, with those that concern what the indicator was taken to mean first."""
    meant = one.indicator
    if not isinstance(meant, Indicator):
        return one.reservations
    found = []
    if meant.is_wider:
        found.append(Remark("bredare", (meant.line,)))
    if meant.is_other_line:
        found.append(Remark("annat_omrade", (meant.line,)))
    if meant.is_assumed:
        found.append(Remark("antagen_fraga", (f"”{meant.item}”",)))
    return (*found, *one.reservations)


def spoken(taxonomy: Taxonomy, remark: Remark) -> list[str]:
    """What a remark speaks of, as it stands in a sentence."""
    return [lower_first(taxonomy.name(name)) if name in taxonomy.line_ids else name_of(name, taxonomy) for name in remark.names]
