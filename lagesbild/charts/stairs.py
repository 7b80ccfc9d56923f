"""One line's score as stairs: from 50, an average problem, one step per source up or down to the score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import pandas as pd

from lagesbild import swedish
from lagesbild.charts import behind, lettering, theme, wording
from lagesbild.charts.chart import Chart
from lagesbild.charts.points import SEEN, THE_CRITERION, is_single, sources_of
from lagesbild.charts.rows import Row, records
from lagesbild.charts.scales import number_label
from lagesbild.charts.sheet import Sheet
from lagesbild.profile import Profile
from lagesbild.ranking.result import CRITERIA, Ranking
from lagesbild.taxonomy import Taxonomy

_LABELS, _PLOT_LEFT, _PLOT_RIGHT, _FIGURES = 36.0, 40.0, 101.0, 106.0
_BAR, _HEAD, _FOOT, _LEAST, _AIR = 4.2, 8.0, 8.0, 7.0, 2.6
#: Room beyond the last step and the interval, points, so that a step's number is never cut.
_MARGIN = 4.0
MIDDLE = 50.0
#: The tiers whose lines get stairs; where none is in them, the first lines do.
_TIERS, _FIRST = ("prioritera", "överväg"), 3
_REST = "Övrigt"
_FALLING_HATCH = "//////"


@dataclass(frozen=True)
class Step:
    """What one source (or, where there is one source, one criterion) adds to 50.

    points: exact. shown: whole points, so rounded that all steps together give the rounded score less 50. figures: what the
    source says, one line each.
    """

    name: str
    points: float
    shown: int
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stairs:
    """A line's steps in their order, and where they end."""

    name: str
    steps: tuple[Step, ...]
    score: float
    lower: float
    upper: float

    @property
    def is_settled(self) -> bool:
        """Whether the interval of the score lies wholly on one side of an average problem."""
        return self.lower > MIDDLE or self.upper < MIDDLE

    @property
    def ends(self) -> list[float]:
        """The score after each step; the last is the line's own."""
        reached, total = [], MIDDLE
        for step in self.steps:
            total += step.points
            reached.append(total)
        return reached


def trappor(ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> tuple[Chart, ...]:
    """The stairs of every line in the tiers 'prioritera' and 'överväg', in rank order; of the first three if there is none."""
    table = ranking.table.sort_values("rank", kind="stable")
    lines = [str(line) for line in table.loc[table["tier"].isin(_TIERS), "problem_area"]]
    lines = lines or [str(line) for line in table["problem_area"][:_FIRST]]
    return tuple(trappa(line, ranking, profile, taxonomy) for line in lines)


@theme.styled
def trappa(line: str, ranking: Ranking, profile: Profile, taxonomy: Taxonomy) -> Chart:
    """From 50 to the line's score, one step per source, with the figures behind it; per criterion where there is one source."""
    points = ranking.explanation[ranking.explanation["problem_area"].eq(line)]
    sources = sources_of(ranking.explanation, taxonomy)
    stairs = _stairs(line, ranking, points, sources, taxonomy)
    title = _title(stairs, is_single(sources))
    given = [name for source, name in sources.items() if source not in wording.NO_SOURCE and source in set(points["source"])]
    return Chart(
        name=f"trappa-{line.replace('_', '-')}",
        figure=_draw(stairs, profile).figure,
        title=title,
        subtitle="Poäng från 50, ett genomsnittligt problem, till områdets poäng, med 80 procents osäkerhetsintervall. "
        "Stegen är så avrundade att de ger summan.",
        alt=_alt(title, stairs),
        caption=wording.source_line(given, f"Lägesbild {profile.year}", profile),
        table=_table(stairs),
    )


def _stairs(line: str, ranking: Ranking, points: pd.DataFrame, sources: dict[str, str], taxonomy: Taxonomy) -> Stairs:
    row = records(ranking.table[ranking.table["problem_area"].eq(line)])[0]
    column = "criterion" if is_single(sources) else "source"
    sums = points.groupby(column, observed=True)["points"].sum()
    order = {key: i for i, key in enumerate(wording.CRITERIA if column == "criterion" else sources)}
    ranked = sorted(sums.items(), key=lambda pair: (-float(pair[1]), order[str(pair[0])]))
    signals = records(ranking.signals[ranking.signals["problem_area"].eq(line)])
    least = 0.0 if column == "criterion" else SEEN
    given = [(str(key), float(worth)) for key, worth in ranked if abs(worth) >= least]
    rest = [(str(key), float(worth)) for key, worth in ranked if abs(worth) < least]
    worths = [worth for _, worth in given] + ([sum(worth for _, worth in rest)] if rest else [])
    shown = rounded_to_sum(worths, round(row["score"]) - round(MIDDLE))

    def name(key: str) -> str:
        return swedish.capital(wording.CRITERIA[key]) if column == "criterion" else wording.source_label(sources[key])

    steps = [
        Step(name(key), worth, number, _figures(key, column, signals, taxonomy))
        for (key, worth), number in zip(given, shown, strict=False)
    ]
    if rest:
        steps.append(Step(_REST, worths[-1], shown[-1], (swedish.listing([wording.within(name(key)) for key, _ in rest]),)))
    return Stairs(str(row["name"]), tuple(steps), row["score"], row["score_lower"], row["score_upper"])


def _figures(key: str, column: str, signals: list[Row], taxonomy: Taxonomy) -> tuple[str, ...]:
    """What the source says of the line, by criterion; of a criterion, what the one source says."""
    own = sorted((row for row in signals if row[column] == key), key=lambda row: CRITERIA.index(row["criterion"]))
    return tuple(text for row in own if (text := behind.told(row, taxonomy.kind_of_source(str(row["source"])))))


def rounded_to_sum(parts: Sequence[float], total: int) -> list[int]:
    """Each part rounded down or up to a whole number so that they sum to ``total``, the nearest ones first (Hamilton's method).

    Where ``total`` is out of reach that way, the parts with most (or least) left over move one more.

    >>> rounded_to_sum([8.4, 3.5, 3.4, -2.2], 13)
    [8, 4, 3, -2]
    >>> rounded_to_sum([], 0)
    []
    """
    whole = [floor(part) for part in parts]
    left = total - sum(whole)
    order = sorted(range(len(parts)), key=lambda i: (whole[i] - parts[i], i))
    for turn in range(abs(left) if parts else 0):
        at = order[turn % len(parts)] if left > 0 else order[-1 - turn % len(parts)]
        whole[at] += 1 if left > 0 else -1
    return whole


def _draw(stairs: Stairs, profile: Profile) -> Sheet:
    note = lettering.line_height(theme.NOTE)
    told = [
        [line for text in step.figures for line in lettering.wrap(text, theme.WIDTH - _FIGURES, theme.NOTE)]
        for step in stairs.steps
    ]
    names = [lettering.wrap(step.name, _LABELS, max_lines=2) for step in stairs.steps]
    heights = [
        max(_LEAST, _AIR + note * max(len(lines), 2 * (len(name) - 1) + 1)) for lines, name in zip(told, names, strict=True)
    ]
    total = lettering.wrap(wording.plain(stairs.name), _LABELS, theme.BODY, theme.SEMIBOLD, max_lines=2)
    last = _LEAST + 4.0 * (len(total) - 1)
    sheet = Sheet.new(_HEAD + sum(heights) + last + _FOOT, is_example=profile.is_example)
    reached = [MIDDLE, stairs.lower, stairs.upper, *stairs.ends]
    low, high = 10 * floor((min(reached) - _MARGIN) / 10), 10 * ceil((max(reached) + _MARGIN) / 10)

    def x(score: float) -> float:
        return float(_PLOT_LEFT + (score - low) / (high - low) * (_PLOT_RIGHT - _PLOT_LEFT))

    y = sheet.top - _HEAD
    bottom = y - sum(heights) - last
    quiet: dict[str, Any] = {"size": theme.NOTE, "color": theme.QUIET}
    sheet.text(x(MIDDLE), y + 2.8, "50 = genomsnitt", ha="center", **quiet)
    sheet.text(_FIGURES, y + 2.8, f"Vad källan säger (95{swedish.NBSP}% intervall)", **quiet)
    sheet.rule((0, theme.WIDTH), (y, y), color=theme.QUIET, width=0.7)
    for score in range(low, high + 1, 10):
        is_middle = score == MIDDLE
        sheet.rule(
            (x(score), x(score)), (bottom, y), color=theme.QUIET if is_middle else theme.RULE, width=0.9 if is_middle else 0.4
        )
        sheet.text(x(score), bottom - 3.2, number_label(score), ha="center", color=theme.QUIET)
    start = MIDDLE
    for step, end, height, lines, name in zip(stairs.steps, stairs.ends, heights, told, names, strict=True):
        middle = y - height / 2
        sheet.lines(0, middle + (len(name) - 1) * lettering.line_height() / 2, name)
        _draw_step(sheet, step, (x(start), x(end)), x(MIDDLE), middle)
        sheet.rule((x(end), x(end)), (middle - _BAR / 2, middle - height / 2 - 1.4), color=theme.QUIET, width=0.7, order=3)
        sheet.lines(_FIGURES, middle + (len(lines) - 1) * note / 2, lines, **quiet)
        y -= height
        sheet.rule((0, theme.WIDTH), (y, y), width=0.4)
        start = end
    sheet.rule((0, theme.WIDTH), (y, y), color=theme.QUIET, width=0.7)
    _draw_total(sheet, stairs, total, x, y - last / 2)
    sheet.rule((0, theme.WIDTH), (bottom, bottom), color=theme.QUIET, width=0.7)
    return sheet


def _draw_step(sheet: Sheet, step: Step, ends: tuple[float, float], centre: float, y: float) -> None:
    """The bar from where the last one ended, filled where it lifts and hatched where it lowers, and its points beyond it.

    centre: x of 50; where the points would be written across it they stand on the bar's other side.
    """
    left, right = min(ends), max(ends)
    box = (left, y - _BAR / 2, max(right - left, 0.2), _BAR)
    if step.points >= 0:
        sheet.boxes([box], face=theme.OWN, edge=theme.OWN)
    else:
        sheet.boxes([box], face=theme.PAPER, edge=theme.POOLED, hatch=_FALLING_HATCH)
    text = swedish.signed(step.shown)
    width = lettering.width(text, theme.BODY, theme.SEMIBOLD) + 1.4
    is_right = step.points >= 0
    if (is_right and right < centre < right + width) or (not is_right and left - width < centre < left):
        is_right = not is_right
    sheet.text(right + 1.4 if is_right else left - 1.4, y, text, ha="left" if is_right else "right", weight=theme.SEMIBOLD)


def _draw_total(sheet: Sheet, stairs: Stairs, name: list[str], x: Callable[[float], float], y: float) -> None:
    sheet.lines(0, y + (len(name) - 1) * lettering.line_height() / 2, name, weight=theme.SEMIBOLD)
    sheet.rule((x(stairs.lower), x(stairs.upper)), (y, y), color=theme.INK, width=1.8, order=3)
    sheet.mark(x(stairs.score), y, "D", size=5.4, color=theme.INK)
    text = f"{swedish.number(stairs.score)} poäng"
    sheet.text(_FIGURES, y, text, weight=theme.SEMIBOLD)
    left = _FIGURES + lettering.width(f"{text} ", theme.BODY, theme.SEMIBOLD)
    sheet.text(left, y, f"({swedish.interval(stairs.lower, stairs.upper)})", color=theme.QUIET)


def _title(stairs: Stairs, is_alone: bool) -> str:
    """The score, whether it is settled that the problem is not an average one, and what lifts and what lowers most."""
    head = f"{wording.plain(stairs.name)} får {swedish.number(stairs.score)} poäng"
    if not stairs.is_settled:
        return f"{head}, vilket inte går att skilja från ett genomsnittligt problem"
    named = [step for step in stairs.steps if step.name != _REST]
    if not named:
        return head
    most, least = max(named, key=lambda step: step.points), min(named, key=lambda step: step.points)
    none = "inget" if is_alone else "ingen källa"

    def who(step: Step) -> str:
        name = wording.within(step.name)
        told = next((THE_CRITERION[c] for c, criterion in wording.CRITERIA.items() if criterion == name), name)
        return f"{told if is_alone else name} ({swedish.signed(step.shown)})"

    lifts = f"{who(most)} lyfter mest" if most.shown > 0 else f"{none} lyfter"
    lowers = f"{who(least)} sänker mest" if least.shown < 0 else f"{none} sänker"
    return f"{head}: {lifts} och {lowers}"


def _alt(title: str, stairs: Stairs) -> str:
    limits = swedish.interval(stairs.lower, stairs.upper)
    parts = []
    for step in stairs.steps:
        said = f": {', '.join(step.figures)}" if step.figures else ""
        parts.append(f"{step.name} {swedish.signed(step.shown)}{said}")
    return (
        f"{title}. Från 50 till {swedish.number(stairs.score)} poäng (80 procents osäkerhetsintervall {limits}). "
        f"{'; '.join(parts)}."
    )


def _table(stairs: Stairs) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Steg": [step.name for step in stairs.steps],
            "Vad källan säger": ["; ".join(step.figures) for step in stairs.steps],
            "Poäng upp eller ned": [step.points for step in stairs.steps],
            "Poäng efter steget": stairs.ends,
            "Poäng, nedre gräns": stairs.lower,
            "Poäng, övre gräns": stairs.upper,
        }
    )
