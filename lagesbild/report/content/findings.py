"""What the sources say of one problem area, as sentences: the bridge from frames to the narrative's plain numbers."""

from __future__ import annotations

import math

from lagesbild import swedish
from lagesbild.measures.breaks import WINDOW
from lagesbild.measures.rates import PER_100K
from lagesbild.report import facts
from lagesbild.report.content import names
from lagesbild.report.facts import each
from lagesbild.report.lagesbild import Lagesbild
from lagesbild.report.narrative import certainty, est, reported, survey
from lagesbild.report.narrative.certainty import lower_first

#: So many survey items are told in words; the chart and the workbook have them all.
ITEMS = 3


def reported_crime(lagesbild: Lagesbild, line: str, *, brief: bool = False) -> list[str]:
    """Level of the year, comparison and change; ``brief`` leaves out the level's interval and what cannot be told."""
    year = lagesbild.profile.year
    level = facts.latest(lagesbild.figures(facts.REPORTED, "reported_rate", line), year)
    known = facts.signals(lagesbild.ranking, line)
    sentences = []
    if level is not None and level.is_suppressed:
        sentences.append(reported.hidden(level.year))
    elif level is not None and level.is_known:
        sentences.append(
            reported.level(
                level.numerator,
                level.value,
                math.nan if brief else level.lower,
                level.upper,
                level.year,
                preliminary=level.is_preliminary,
                part=lagesbild.measures.parts.get(line, ""),
            )
        )
    sentences += credible(lagesbild, line)
    sentences += [] if brief or level is None else _expected(lagesbild, level)
    compared = known.get((facts.REPORTED, "jamforelse"))
    if compared is not None:
        sentences.append(reported.comparison(compared.estimate, compared.lower, compared.upper, period(compared.period)))
    changed = known.get((facts.REPORTED, "utveckling"))
    if changed is not None and not (brief and changed.lower <= 0 <= changed.upper):
        sentences.append(_reported_trend(changed))
    return sentences


def credible(lagesbild: Lagesbild, line: str) -> list[str]:
    """Each year of the last five in which single months lie far above the expected, with and without them."""
    last = lagesbild.profile.year
    counts = {figure.year: figure.numerator for figure in lagesbild.figures(facts.REPORTED, "reported_rate", line)}
    robust = lagesbild.figures(facts.REPORTED, "reported_robust", line)
    return [
        reported.credible(counts[figure.year], figure.numerator, figure.year)
        for figure in robust
        if last - WINDOW < figure.year <= last and figure.year in counts
    ]


def _expected(lagesbild: Lagesbild, level: facts.Figure) -> list[str]:
    """Whether the year lies inside what the years before let expect; nothing where they let expect nothing."""
    ahead = lagesbild.figures(facts.REPORTED, "reported_expected", level.problem_area)
    found = [figure for figure in ahead if figure.year == level.year and figure.is_known]
    if not found or not level.is_known:
        return []
    lower, upper = (round(limit * found[0].denominator / PER_100K) for limit in (found[0].lower, found[0].upper))
    return [reported.expected(level.numerator, lower, upper, level.year, preliminary=level.is_preliminary)]


def _reported_trend(signal: facts.Signal) -> str:
    when = period(signal.period)
    if math.isnan(signal.estimate):
        return reported.too_small_for_change(signal.numerator, when)
    return reported.trend(signal.estimate, signal.lower, signal.upper, when)


def furthest_above(lagesbild: Lagesbild) -> list[str]:
    """The line whose reports lie furthest above the comparable kommuner, where that is settled, both rates are known
    and there are 20 reports or more."""
    rows = lagesbild.ranking.signals
    compared = rows[rows["source"].eq(facts.REPORTED) & rows["criterion"].eq("jamforelse") & rows["estimate"].notna()]
    if compared.empty:
        return []
    many = compared[compared["numerator"].ge(reported.SMALL)]
    if many.empty:
        return []
    line = str(max(each(many), key=lambda row: float(row.estimate)).problem_area)
    known = facts.signals(lagesbild.ranking, line)
    ratio, level = known[facts.REPORTED, "jamforelse"], known.get((facts.REPORTED, "omfattning"))
    if level is None or level.period != ratio.period or ratio.lower <= 1:
        return []
    part = lagesbild.measures.parts.get(line)
    name = names.inside(lagesbild.taxonomy, line) + (f" ({part})" if part else "")
    return [
        reported.furthest(
            name,
            ratio.estimate,
            level.estimate,
            ratio.reference,
            period(ratio.period),
            limits=(ratio.lower, ratio.upper),
            among_many=bool(compared["estimate"].max() > ratio.estimate),
        )
    ]


def peaks_in_total(lagesbild: Lagesbild, year: int) -> list[str]:
    """What the year's total holds of months that the ranking does not count as they are, where any ranked line has such."""
    peaks = []
    for line in lagesbild.ranking.table["problem_area"]:
        counts = {one.year: one.numerator for one in lagesbild.figures(facts.REPORTED, "reported_rate", line)}
        robust = lagesbild.figures(facts.REPORTED, "reported_robust", line)
        name = names.inside(lagesbild.taxonomy, line)
        peaks += [(name, counts[year], one.numerator) for one in robust if one.year == year and year in counts]
    return [reported.peaks_in_total(peaks)] if peaks else []


def reservations(lagesbild: Lagesbild, line: str) -> list[str]:
    """What the line's own nature means for how its figures are read."""
    taxonomy = lagesbild.taxonomy
    sentences = []
    if line in lagesbild.measures.parts:
        sentences.append(reported.only_part(lagesbild.measures.parts[line]))
    if taxonomy.is_combined(line):
        sentences.append(reported.combined([names.inside(taxonomy, area) for area in taxonomy.covers(line)]))
    if taxonomy.is_police_initiated(line):
        sentences.append(reported.police_initiated())
    return sentences


def observations(lagesbild: Lagesbild, line: str, *, brief: bool = False) -> list[str]:
    """The share of the EST observations, its change, and who reported."""
    year = lagesbild.profile.year
    share = facts.latest(lagesbild.figures("est", "est_share", line), year)
    if share is None:
        return []
    if share.is_suppressed:
        return [est.hidden(share.year) if share.is_few else est.withheld(share.year)]
    if share.numerator == 0:
        return [] if brief else [est.absent(share.year)]
    sentences = [est.share(share.numerator, share.denominator, share.lower, share.upper, share.year)]
    changed = facts.signals(lagesbild.ranking, line).get(("est", "utveckling"))
    if changed is not None and not brief and share.numerator >= reported.SMALL:
        sentences.append(est.trend(changed.estimate, changed.lower, changed.upper, period(changed.period)))
    return sentences if brief else [*sentences, *_reporters(lagesbild, line)]


def _reporters(lagesbild: Lagesbild, line: str) -> list[str]:
    """Who stands behind the line's observations, where that may be shown."""
    rows, years = lagesbild.effort.areas, lagesbild.effort.years["year"]
    found = rows[rows["problem_area"].eq(line) & ~rows["is_suppressed"]]
    if found.empty or int(found["n_counted"].iloc[0]) < reported.SMALL:
        return []
    row = found.iloc[0]
    when = swedish.years(int(years.min()), int(years.max()))
    return [est.effort(int(row["n_organisations"]), int(row["n_weeks"]), float(row["largest_share"]), when)]


def answers(lagesbild: Lagesbild, line: str, *, most: int = ITEMS) -> list[str]:
    """What people answered in surveys: each item of the last year with its reference geography, the ranked items first."""
    taxonomy, year = lagesbild.taxonomy, lagesbild.profile.year
    order = {(row.survey, row.item): (not row.is_signal, place) for place, row in enumerate(each(taxonomy.survey_items))}
    found: list[tuple[facts.Figure, str]] = []
    for source in taxonomy.sources["source"]:
        for measure in ("survey_share", "survey_index"):
            own = lagesbild.figures(source, measure, line)
            last = max((figure.year for figure in own if figure.year <= year), default=0)
            found += [(figure, measure) for figure in own if figure.year == last]
    found.sort(key=lambda one: order.get((one[0].source, one[0].item), (True, len(order))))
    return [_answer(lagesbild, figure, measure) for figure, measure in found[:most]]


def _answer(lagesbild: Lagesbild, figure: facts.Figure, measure: str) -> str:
    source = lower_first(names.source(lagesbild.taxonomy, figure.source))
    if not figure.is_known:
        is_for_another = figure.is_suppressed and not figure.is_few
        return (survey.withheld if is_for_another else survey.hidden)(figure.item, source, figure.year)
    area = lagesbild.profile.wider_area(figure.geography)
    if measure == "survey_index":
        return survey.index(figure.item, figure.value, figure.lower, figure.upper, figure.year, area)
    said = survey.share(figure.item, source, figure.value, figure.lower, figure.upper, figure.year, area)
    others = lagesbild.figures(figure.source, measure, figure.problem_area, "reference")
    same = [other for other in others if (other.item, other.year) == (figure.item, figure.year) and other.is_known]
    if not same or math.isnan(figure.lower):
        return said
    reference = min(same, key=lambda other: (place(other.geography) != "riket", other.geography))
    margin = 0 if math.isnan(reference.lower) else (reference.upper - reference.lower) / 2
    limits = (figure.value, figure.lower, figure.upper)
    compared = survey.against_reference(*limits, reference.value, place(reference.geography), margin)
    return f"{said} {compared}"


def dialogues(lagesbild: Lagesbild, line: str) -> list[str]:
    """How often the area was mentioned in dialogues."""
    found: dict[int, list[tuple[str, float, float]]] = {}
    for source, kind in (("medborgardialog", "medborgardialogen"), ("medarbetardialog", "medarbetardialogen")):
        own = lagesbild.figures(source, "dialogue_share", line)
        figure = facts.latest(own, lagesbild.profile.year)
        if figure is not None and figure.numerator != 0:
            found.setdefault(figure.year, []).append((kind, figure.numerator, figure.denominator))
    return [est.dialogue(shares, year) for year, shares in sorted(found.items())]


def disagreements(lagesbild: Lagesbild, line: str) -> list[str]:
    """Where two sources tell different stories of the line."""
    sentences = []
    for row in lagesbild.ranking.disagreements_of.get(line, ()):
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
