"""What the sources say of one problem area, as sentences: the bridge from frames to the narrative's plain numbers."""

from __future__ import annotations

import math

from lagesbild import swedish
from lagesbild.report import facts
from lagesbild.report.content import names
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty, est, reported, survey
from lagesbild.report.narrative.certainty import lower_first

#: So many survey items are told in words; the chart and the workbook have them all.
ITEMS = 3


def reported_crime(lagesbild: Lagesbild, line: str, *, brief: bool = False) -> list[str]:
    """Level of the year, comparison and change; ``brief`` leaves out the level's interval and what cannot be told."""
    year = lagesbild.profile.year
    figures = facts.figures(lagesbild.measures, facts.REPORTED, "reported_rate")
    level = facts.latest(figures, year, line)
    known = facts.signals(lagesbild.ranking, line)
    sentences = []
    if level is not None and level.is_suppressed:
        sentences.append(reported.hidden(level.year))
    elif level is not None and level.is_known:
        sentences.append(
            reported.level(level.numerator, level.value, level.lower, level.upper, level.year, preliminary=level.is_preliminary)
        )
    compared = known.get((facts.REPORTED, "jamforelse"))
    if compared is not None:
        sentences.append(reported.comparison(compared.estimate, compared.lower, compared.upper, period(compared.period)))
    changed = known.get((facts.REPORTED, "utveckling"))
    if changed is not None and not (brief and changed.lower <= 0 <= changed.upper):
        sentences.append(_reported_trend(changed))
    return sentences


def _reported_trend(signal: facts.Signal) -> str:
    when = period(signal.period)
    if math.isnan(signal.estimate):
        return reported.too_small_for_change(signal.numerator, when)
    return reported.trend(signal.estimate, signal.lower, signal.upper, when)


def reservations(lagesbild: Lagesbild, line: str) -> list[str]:
    """What the line's own nature means for how its figures are read."""
    taxonomy = lagesbild.taxonomy
    sentences = []
    if taxonomy.is_combined(line):
        sentences.append(reported.combined([names.inside(taxonomy, area) for area in taxonomy.covers(line)]))
    if taxonomy.is_police_initiated(line):
        sentences.append(reported.police_initiated())
    return sentences


def observations(lagesbild: Lagesbild, line: str, *, brief: bool = False) -> list[str]:
    """The share of the EST observations, its change, and who reported."""
    year = lagesbild.profile.year
    share = facts.latest(facts.figures(lagesbild.measures, "est", "est_share"), year, line)
    if share is None:
        return []
    if share.is_suppressed:
        return [est.hidden(share.year)]
    if share.numerator == 0:
        return [] if brief else [est.absent(share.year)]
    sentences = [est.share(share.numerator, share.denominator, share.lower, share.upper, share.year)]
    changed = facts.signals(lagesbild.ranking, line).get(("est", "utveckling"))
    if changed is not None and not brief and share.numerator >= reported.SMALL:
        sentences.append(est.trend(changed.estimate, changed.lower, changed.upper, period(changed.period)))
    return sentences


def answers(lagesbild: Lagesbild, line: str, *, most: int = ITEMS) -> list[str]:
    """What people answered in surveys, each item of the last year with its reference geography."""
    taxonomy, year = lagesbild.taxonomy, lagesbild.profile.year
    items = {(row.survey, row.item): (row.dimension, row.short) for row in taxonomy.survey_items.itertuples(index=False)}
    sentences: list[str] = []
    for source in taxonomy.sources["source"]:
        for measure in ("survey_share", "survey_index"):
            own = [
                figure for figure in facts.figures(lagesbild.measures, source, measure)
                if figure.problem_area == line and figure.year <= year
            ]  # fmt: skip
            last = max((figure.year for figure in own), default=0)
            references = facts.figures(lagesbild.measures, source, measure, role="reference")
            for figure in (figure for figure in own if figure.year == last):
                item = items.get((source, figure.item), ("", figure.item))
                sentences.append(_answer(lower_first(names.source(taxonomy, source)), item, figure, references, measure))
    return sentences[:most]


def _answer(source: str, item: tuple[str, str], figure: facts.Figure, references: list[facts.Figure], measure: str) -> str:
    if not figure.is_known:
        return survey.hidden(source, figure.year)
    if measure == "survey_index":
        return survey.index(figure.value, figure.lower, figure.upper, figure.year, lower_first(item[1]))
    said = survey.share(source, survey.claim(*item), figure.value, figure.lower, figure.upper, figure.year)
    same = [ref for ref in references if ref.item == figure.item and ref.year == figure.year and ref.is_known]
    same = [ref for ref in same if ref.problem_area == figure.problem_area]
    if not same or math.isnan(figure.lower):
        return said
    reference = same[0]
    compared = survey.against_reference(figure.value, figure.lower, figure.upper, reference.value, place(reference.geography))
    return f"{said} {compared}"


def dialogues(lagesbild: Lagesbild, line: str) -> list[str]:
    """How often the area was mentioned in dialogues."""
    year = lagesbild.profile.year
    sentences = []
    for source, kind in (("medborgardialog", "medborgardialogen"), ("medarbetardialog", "medarbetardialogen")):
        figure = facts.latest(facts.figures(lagesbild.measures, source, "dialogue_share"), year, line)
        if figure is None or figure.numerator == 0:
            continue
        if figure.is_suppressed:
            sentences.append(est.dialogue_hidden([kind], figure.year))
        else:
            sentences.append(est.dialogue(kind, figure.numerator, figure.denominator, figure.year))
    return sentences


def disagreements(lagesbild: Lagesbild, line: str) -> list[str]:
    """Where two sources tell different stories of the line."""
    rows = lagesbild.ranking.disagreements
    sentences = []
    for row in rows[rows["problem_area"].eq(line)].itertuples(index=False):
        high, low = (row.source_a, row.source_b) if row.z_a > row.z_b else (row.source_b, row.source_a)
        said = [lower_first(names.source(lagesbild.taxonomy, source)) for source in (high, low)]
        criterion = {"jamforelse": "jämförelse"}.get(row.criterion, row.criterion)
        sentences.append(certainty.stories(names.spoken(lagesbild.taxonomy, line), criterion, *said))
    return sentences


def period(text: str) -> str:
    """'2023-2025' with an en dash."""
    return text.replace("-", swedish.EN_DASH)


def place(geography: str) -> str:
    """A survey's reference geography inside a sentence: 'riket', 'länet'."""
    known = {"hela landet": "riket", "riket": "riket", "00": "riket", "lan": "länet", "jamforbara": "jämförbara kommuner"}
    return known.get(geography.lower(), geography)
